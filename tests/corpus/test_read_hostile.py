"""Hostile and broken files: one plain Vietnamese line that says what to do, soon, in little memory."""

import io
import os
import random
import re
import socket
import struct
import subprocess
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from word_files import NAMESPACES, docx, levels, p, package, part, table

from corpus.errors import ReadError
from corpus.read import READERS, limits, read_source, sandbox
from corpus.read.sandbox import parse_apart

NOISE = random.Random(7)
GOOD = docx("".join(p(f"Đoạn {n} của văn bản mẫu.") for n in range(300)))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
DOCUMENT = "word/document.xml"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_doctype(doctype: str, text: str) -> bytes:
    xml = f'<?xml version="1.0"?>{doctype}<w:document {NAMESPACES}><w:body>{text}</w:body></w:document>'
    return package({DOCUMENT: xml})


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return with_doctype(f'<!DOCTYPE d [<!ENTITY l0 "ha">{entities}]>', p("&l9;"))


def external(uri: str) -> bytes:
    return with_doctype(f'<!DOCTYPE d [<!ENTITY x SYSTEM "{uri}">]>', p("&x;"))


def bomb() -> bytes:
    return package({DOCUMENT: b"<w:document>" + b" " * 60_000_000})


def lying_bomb() -> bytes:
    """The directory says that the part is small; it unpacks to more than 100 MB."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(body.compress(b"A" * 1_000_000) for _ in range(120)) + body.flush()
    name = DOCUMENT.encode()
    head = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), 900, len(name), 0)
    entry = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(packed), 900, len(name), 0, 0, 0, 0, 0, 0,
    ) + name  # fmt: skip
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(entry), len(head + name + packed), 0)
    return head + name + packed + entry + end


def deep(depth: int) -> bytes:
    return docx("<w:sdt><w:sdtContent>" * depth + p("đáy") + "</w:sdtContent></w:sdt>" * depth)


def nested_tables(depth: int) -> bytes:
    inside = p("đáy")
    for _ in range(depth):
        inside = f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"
    return docx(inside)


def corrupt_member() -> bytes:
    data = bytearray(GOOD)
    at = data.index(DOCUMENT.encode()) + len(DOCUMENT) + 40
    data[at : at + 60] = b"\xff" * 60
    return bytes(data)


def encrypted_member() -> bytes:
    data = bytearray(GOOD)
    for sign, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := data.find(sign, at + 1)) >= 0:
            data[at + offset] |= 1
    return bytes(data)


# name of the file, its bytes, what the one line must hold
BAD: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "empty text": ("a.txt", b"", "rỗng"),
    "empty markdown": ("a.md", b"", "rỗng"),
    "empty word": ("a.docx", b"", "rỗng"),
    "white space": ("a.txt", b" \r\n\t\n \f " * 100, "không có chữ nào"),
    "byte order mark alone": ("a.txt", b"\xef\xbb\xbf", "không có chữ nào"),
    "invisible characters alone": ("a.txt", "\u200b\ufeff\u00a0\u2060\n".encode(), "không có chữ nào"),
    "zeros": ("a.txt", b"\0" * 5000, "rỗng"),
    "random bytes": ("a.txt", NOISE.randbytes(200_000), "không phải chữ"),
    "random bytes without zeros": ("a.txt", NOISE.randbytes(200_000).replace(b"\0", b""), "không"),
    "pdf as text": ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    "picture as text": ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "tệp ảnh hỏng"),
    "zip as text": ("a.md", zipped({"x": b"y"}), "ZIP"),
    "old word as text": ("a.txt", OLE, "Word"),
    "gif as text": ("a.txt", b"GIF89a" + b"\0" * 99, "ảnh GIF"),
    "program as text": ("a.txt", b"\x7fELF\2\1\1" + b"\0" * 99, "chương trình"),
    "control characters": ("a.txt", b"\x01\x02abc\x03\x04" * 1000, "nhị phân"),
    "chinese": ("a.txt", "中华人民共和国主席令".encode("gbk") * 50, "bảng mã"),
    "broken utf-16": ("a.txt", b"\xff\xfe" + b"\x00\xd8" * 500, "hỏng"),
    "text as word": ("a.docx", "Nghị quyết".encode(), "không phải tệp Word"),
    "pdf as word": ("a.docx", b"%PDF-1.4", "PDF"),
    "old word as word": ("a.docx", OLE, "đời cũ"),
    "word with password": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "plain zip as word": ("a.docx", zipped({"a.txt": b"abc"}), "không có nội dung Word"),
    "spreadsheet as word": ("a.docx", zipped({"xl/workbook.xml": b"<x/>"}), "bảng tính"),
    "word without body": ("a.docx", package({DOCUMENT: part("document", "")}), "không có phần nội dung"),
    "word without text": ("a.docx", docx(p("")), "không có chữ nào"),
    "truncated word": ("a.docx", GOOD[: len(GOOD) // 2], "hỏng"),
    "half a directory": ("a.docx", GOOD[:-30], "hỏng"),
    "magic only": ("a.docx", b"PK\3\4", "hỏng"),
    "corrupt member": ("a.docx", corrupt_member, "hỏng"),
    "encrypted member": ("a.docx", encrypted_member, "mật khẩu"),
    "no xml": ("a.docx", package({DOCUMENT: b"<w:document"}), "hỏng"),
    "unknown encoding": ("a.docx", package({DOCUMENT: b'<?xml version="1.0" encoding="x-y"?><a/>'}), "hỏng"),
    "zip bomb": ("a.docx", bomb, "bom nén"),
    "lying zip bomb": ("a.docx", lying_bomb, "nên không đọc|hỏng"),
    "too many members": ("a.docx", zipped({f"f{n}": b"" for n in range(20_001)}), "quá nhiều thành phần"),
    "billion laughs": ("a.docx", billion_laughs, "không an toàn"),
    "external entity": ("a.docx", external("file:///etc/passwd"), "không an toàn"),
    "network entity": ("a.docx", external("http://127.0.0.1:9/x"), "không an toàn"),
    "nested controls": ("a.docx", deep(20_000), "lồng quá sâu"),
    "nested tables": ("a.docx", nested_tables(60), "lồng nhau quá sâu"),
    "unknown kind": ("a.xyz", b"abc", ".txt, .md, .docx"),
    "old office": ("a.DOC", OLE, "không phải văn bản Word"),
    "no kind": ("a", b"abc", ".txt, .md, .docx"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_one_line_that_says_what_to_do(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, content, said = BAD[case]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    start = time.monotonic()
    with pytest.raises(ReadError) as caught:
        read_source(path)
    message = str(caught.value)
    assert time.monotonic() - start < 20
    assert message.startswith(f"{name}: ")
    assert "\n" not in message
    assert re.search(said, message), message
    assert message.endswith(".")
    assert not list((tmp_path / "tmp").iterdir())


def test_too_large_text_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    start = time.monotonic()
    with pytest.raises(ReadError, match=r"quá lớn \(50 MB, tối đa 20 MB\); hãy tách"):
        read_source(path)
    assert time.monotonic() - start < 1


def test_largest_text_is_read_in_bounded_time(tmp_path: Path) -> None:
    line = "Tăng cường sự lãnh đạo của Đảng đối với hoạt động xuất bản *trong* tình hình mới.\n\n"
    path = tmp_path / "a.txt"
    path.write_text(line * (2_000_000 // len(line.encode())), encoding="utf-8")
    start = time.monotonic()
    assert len(read_source(path).blocks) > 15_000
    assert time.monotonic() - start < 15


@pytest.mark.parametrize(
    "unit",
    [
        "a", "chữ ", "*", "**", "*a ", "**a ", "a* ", "_", "_a", "<", "<b>", "<sup>", "</sup>", "|", "[",
        "[^", "[a](", "\\", "#", "# ", "- ", "1. ", " ", "\t", "`", "&", "&amp;", "<!--", "a**b", "![",
        "\u0301", "\u200b", "**a ** ", "<br>", "(*) ", "|-", "-----", "=", "<table>", "<table><tr><td>",
        "> ", "<td",
    ],
)  # fmt: skip
def test_one_enormous_line(unit: str, tmp_path: Path) -> None:
    """Linear time whatever the line is made of: a quadratic step would take minutes."""
    path = tmp_path / "a.txt"
    path.write_text("Đầu dòng " + unit * (100_000 // len(unit)) + " cuối", encoding="utf-8")
    start = time.monotonic()
    source = read_source(path)
    assert time.monotonic() - start < 8
    assert source.blocks[0].text.startswith("Đầu dòng")


@pytest.mark.parametrize(
    "unit", ["a\n", "\n", "*\n", "|\n", "| a |\n", "**a\n", "# a\n", "\f", "- a\n", "a\r"]
)
def test_very_many_lines(unit: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("đầu\n" + unit * 20_000 + "\ncuối", encoding="utf-8")
    start = time.monotonic()
    assert read_source(path).blocks
    assert time.monotonic() - start < 15


def test_huge_word_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx("".join(p(f"Đoạn {n} của một văn bản rất dài.") for n in range(10_000))))
    assert len(read_source(path).blocks) == 10_000


def test_very_wide_table(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(table(["chữ", *["<w:tc><w:p/></w:tc>"] * 40_000])))
    start = time.monotonic()
    assert [block.text for block in read_source(path).blocks] == ["chữ"]
    assert time.monotonic() - start < 15


def test_broken_side_parts_and_strange_values_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    body = (
        p("a", num="99/9", style="không-có")
        + p("e", num="98/-1")
        + p("b", props='<w:outlineLvl w:val="x"/><w:jc/>')
        + table(["c", "<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr></w:tc>"])
        + '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="-5"/></w:trPr></w:tr></w:tbl>'
    )
    cycle = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    numbering = '<w:num w:numId="99"/>' + levels(("decimal", "%1."), number="98").replace(
        'ilvl="0"', 'ilvl="-1"'
    )
    path.write_bytes(docx(body + p("d", style="A"), styles=cycle, numbering=numbering))
    assert [block.text for block in read_source(path).blocks] == ["a", "e", "b", "c", "d"]


class TestSandbox:
    def test_slow_file_is_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sandbox, "_START", "import time; time.sleep(60)")
        start = time.monotonic()
        with pytest.raises(ReadError, match="quá lâu"):
            parse_apart(GOOD, "a.docx", seconds=0.5)
        assert time.monotonic() - start < 5

    def test_its_children_are_stopped_too(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        mark = tmp_path / "alive"
        child = f"import time; time.sleep(2); open({str(mark)!r}, 'w')"
        monkeypatch.setattr(
            sandbox,
            "_START",
            "import subprocess, sys, time; "
            f"subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)",
        )
        with pytest.raises(ReadError, match="quá lâu"):
            parse_apart(GOOD, "a.docx", seconds=0.7)
        time.sleep(2.2)
        assert not mark.exists()

    @pytest.mark.parametrize(
        "start",
        [
            "import os; os.abort()",
            "raise SystemExit(3)",
            "print('no json')",
            "print('[]')",
            'print(\'{"blocks": [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]], "pages": 1, "warnings": []}\')',
        ],
    )
    def test_crash_or_nonsense_is_a_read_error(self, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sandbox, "_START", start)
        with pytest.raises(ReadError, match="đột ngột"):
            parse_apart(GOOD, "a.docx")

    def test_machine_out_of_room(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(sandbox.tempfile, "TemporaryFile", full)
        with pytest.raises(ReadError, match="giải phóng đĩa tạm"):
            parse_apart(GOOD, "a.docx")

    def test_memory_is_limited(self, monkeypatch: pytest.MonkeyPatch) -> None:
        big = docx("".join(p(f"Đoạn {n}.") for n in range(30_000)))
        monkeypatch.setattr(sandbox, "MAX_MEMORY_BYTES", 50_000_000)
        with pytest.raises(ReadError, match="quá nặng"):
            parse_apart(big, "a.docx")

    def test_answer_is_limited(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sandbox, "MAX_ANSWER_BYTES", 1_000)
        with pytest.raises(ReadError, match="đột ngột"):
            parse_apart(GOOD, "a.docx")

    def test_processor_time_is_limited(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sandbox, "MAX_CPU_SECONDS", 1)
        monkeypatch.setattr(
            sandbox,
            "_START",
            "import sys; sys.path.insert(0, sys.argv[1]); from corpus.read.sandbox import _limit; "
            "_limit(*map(int, sys.argv[2:5]))\nwhile True: pass",
        )
        with pytest.raises(ReadError, match="đột ngột"):
            parse_apart(GOOD, "a.docx", seconds=30)


class TestLoading:
    def test_missing(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match=r"^b\.txt: không tìm thấy"):
            read_source(tmp_path / "b.txt")

    def test_directory(self, tmp_path: Path) -> None:
        (tmp_path / "x.txt").mkdir()
        with pytest.raises(ReadError, match="thư mục"):
            read_source(tmp_path / "x.txt")

    def test_pipe_is_never_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "p.txt")
        with pytest.raises(ReadError, match="không phải tệp thông thường"):
            read_source(tmp_path / "p.txt")

    def test_socket(self, tmp_path: Path) -> None:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(tmp_path / "s.txt"))
            with pytest.raises(ReadError, match="không phải tệp thông thường"):
                read_source(tmp_path / "s.txt")

    def test_device(self, tmp_path: Path) -> None:
        (tmp_path / "d.txt").symlink_to("/dev/zero")
        with pytest.raises(ReadError, match="không phải tệp thông thường"):
            read_source(tmp_path / "d.txt")

    def test_loop(self, tmp_path: Path) -> None:
        (tmp_path / "l.txt").symlink_to(tmp_path / "l.txt")
        with pytest.raises(ReadError, match="liên kết vòng"):
            read_source(tmp_path / "l.txt")

    def test_no_right_to_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> int:
            raise PermissionError(13, "Permission denied")

        (tmp_path / "a.txt").write_text("chữ")
        monkeypatch.setattr(limits.os, "open", refuse)
        with pytest.raises(ReadError, match="không có quyền đọc"):
            read_source(tmp_path / "a.txt")

    def test_file_that_vanishes_or_becomes_a_pipe(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a.txt"
        path.write_text("chữ")
        real = os.open

        def swap(name: Path, flags: int) -> int:
            path.unlink()
            os.mkfifo(path)
            return real(name, flags)

        monkeypatch.setattr(limits.os, "open", swap)
        with pytest.raises(ReadError, match="không phải tệp thông thường"):
            read_source(path)

    def test_disk_error(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> int:
            raise OSError(5, "Input/output error")

        (tmp_path / "a.txt").write_text("chữ")
        monkeypatch.setattr(limits.os, "open", fail)
        with pytest.raises(ReadError, match="chép lại tệp"):
            read_source(tmp_path / "a.txt")

    @pytest.mark.parametrize(
        "name", ["a\nb.txt", "a\x1b[31m.txt", "a\udcff.txt", "\u202etxt.exe.txt", "x" * 240 + ".txt"]
    )
    def test_names_are_shown_on_one_safe_line(self, name: str, tmp_path: Path) -> None:
        (tmp_path / name).write_bytes(b"")
        with pytest.raises(ReadError) as caught:
            read_source(tmp_path / name)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 250
        str(caught.value).encode()

    def test_impossible_name(self) -> None:
        with pytest.raises(ReadError, match="không hợp lệ"):
            read_source(Path("a\0.txt"))


def test_importing_the_readers_is_cheap() -> None:
    code = "import sys, corpus.read; print(*sys.modules)"
    out = subprocess.run([os.sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"docx", "lxml", "numpy", "torch", "underthesea"} & set(out.split())


def test_all_kinds_are_known() -> None:
    assert {".txt", ".md", ".docx", ".pdf", ".doc", ".rtf", ".odt", ".html", ".htm", ".zip"} <= set(READERS)
