"""Hostile and broken files, as they arrive by mail and from old disks.

    .venv/bin/python tests/corpus/hostile_files.py FOLDER          # write them all, with three good documents
    .venv/bin/python tests/corpus/hostile_files.py FOLDER --read   # and read each, saying how long it took

Every one must be refused with a line that says why, or read with what can be saved of it; none may hang,
and none may leave a process or a temporary file behind.
"""

import contextlib
import io
import os
import random
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from pdf_files import Sheet, pdf
from word_files import NAMESPACES, docx, p, package

LINE = "Ủy ban nhân dân tỉnh quyết định giao các sở, ngành thực hiện Kế hoạch này."
GOOD = ("tốt-1.txt", "tốt-2.docx", "tốt-3.pdf")
"""Names of the good documents among the others."""

Content = bytes | Callable[[], bytes]


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _nested(depth: int) -> bytes:
    data = _zip({"a.txt": LINE.encode()})
    for _ in range(depth):
        data = _zip({"trong.zip": data})
    return data


def _linked() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("liên kết.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return stream.getvalue()


def _locked(data: bytes) -> bytes:
    """The same archive with every member marked as encrypted."""
    out = bytearray(data)
    for sign, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := out.find(sign, at + 1)) >= 0:
            out[at + offset] |= 1
    return bytes(out)


def _doctype(doctype: str, text: str) -> bytes:
    xml = f'<?xml version="1.0"?>{doctype}<w:document {NAMESPACES}><w:body>{text}</w:body></w:document>'
    return package({"word/document.xml": xml})


def _external(address: str) -> bytes:
    return _doctype(f'<!DOCTYPE d [<!ENTITY x SYSTEM "{address}">]>', p("&x;"))


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return _doctype(f'<!DOCTYPE d [<!ENTITY l0 "ha">{entities}]>', p("&l9;"))


def _good_pdf(**more: str) -> bytes:
    sheet = Sheet()
    sheet.prose(LINE)
    return pdf([sheet], **more)


def _scanned(pages: int, box: tuple[float, float] = (595.0, 842.0)) -> bytes:
    sheets = []
    for _ in range(pages):
        sheet = Sheet(box=box)
        sheet.picture(0, 0, *box)
        sheets.append(sheet)
    return pdf(sheets)


def _ten_thousand() -> bytes:
    data = _good_pdf()
    start = data.index(b"/Kids [") + len(b"/Kids [")
    kid = data[start : data.index(b"]", start)]
    listed = b"/Kids [" + (kid + b" ") * 10_000 + b"]"
    return data.replace(b"/Kids [" + kid + b"]", listed).replace(b"/Count 1 ", b"/Count 10000 ")


def _own_parent() -> bytes:
    data = _good_pdf()
    start = data.index(b"/Kids [") + len(b"/Kids [")
    return data[:start] + b"2 0 R" + data[data.index(b"]", start) :]


def _self_drawing() -> bytes:
    number = _good_pdf().count(b" obj\n") + 1
    form = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {number} 0 R >> >> "
        "/Length 5 >>\nstream\n/F Do\nendstream"
    )
    sheet = Sheet()
    sheet.ops.append("/F Do")
    return pdf([sheet], extra=[form]).replace(b"/XObject << /I", b"/XObject << /F %d 0 R /I" % number)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(wide: int, high: int, rows: int | None = None) -> bytes:
    """A grey picture; `rows`: how many of its rows are there."""
    body = zlib.compressobj(9)
    row = b"\0" + b"\xff" * wide
    data = b"".join(body.compress(row) for _ in range(high if rows is None else rows)) + body.flush()
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _ole(stream: str) -> bytes:
    """The head of an old Office file, its directory naming one stream, the rest noise."""
    noise = random.Random(1).randbytes(6_000)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + noise


def _odt(content: bytes) -> bytes:
    return _zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content}, 0)


NOISE = random.Random(7)

FILES: dict[str, Content] = {
    "rỗng.txt": b"",
    "rỗng.pdf": b"",
    "rỗng.docx": b"",
    "toàn số không.txt": b"\0" * 50_000,
    "nhiễu.txt": lambda: NOISE.randbytes(100_000),
    "byte rỗng.txt": ("Nghị quyết\0" * 500).encode(),
    "một dòng dài.txt": b"a." * 2_000_000,
    "chỉ dấu.md": b"*_[](" * 100_000,
    "bom.txt": b"\xff\xfe" + b"\x00\xd8" * 500,
    "bom nén.docx": lambda: package({"word/document.xml": b"<w:document>" + b" " * 60_000_000}),
    "cười vỡ bụng.docx": _laughs,
    "thực thể ngoài.docx": lambda: _external("file:///etc/passwd"),
    "thực thể mạng.docx": lambda: _external("http://127.0.0.1:9/"),
    "lồng sâu.docx": lambda: docx("<w:sdt><w:sdtContent>" * 20_000 + p("x")),
    "cắt cụt.docx": lambda: docx(p(LINE))[:400],
    "đuôi sai.docx": LINE.encode(),
    "đuôi sai.pdf": LINE.encode(),
    "thật ra là pdf.txt": _good_pdf,
    "thật ra là docx.doc": lambda: docx(p(LINE)),
    "thật ra là rtf.doc": b"{\\rtf1\\ansi{\\fonttbl\\f0 Times;}\\f0 Nghi quyet ve cong tac dan van\\par}",
    "thật ra là web.doc": f"<html><meta charset='utf-8'><p>{LINE}</p></html>".encode(),
    "chương trình.pdf": b"\x7fELF\2\1\1" + b"\0" * 200,
    "script.pdf": lambda: _good_pdf(catalog="/OpenAction << /S /JavaScript /JS (while\\(true\\){}) >>"),
    "chạy lệnh.pdf": lambda: _good_pdf(catalog="/OpenAction << /S /Launch /F (/bin/sh) >>"),
    "mười nghìn trang.pdf": _ten_thousand,
    "tự chứa mình.pdf": _own_parent,
    "tự vẽ mình.pdf": _self_drawing,
    "khổ khổng lồ.pdf": lambda: _scanned(1, (1e9, 1e9)),
    "quét khổ dải.pdf": lambda: _scanned(1, (10.0, 14_000.0)),
    "quét trắng.pdf": lambda: _scanned(3),
    "cắt cụt.pdf": lambda: _good_pdf()[:600],
    "chỉ đầu.pdf": b"%PDF-1.7\n",
    "đa hình.pdf": lambda: _good_pdf() + _zip({"a.txt": LINE.encode()}),
    "đa hình.zip": lambda: _zip({"a.txt": LINE.encode()}) + _good_pdf(),
    "bom.zip": lambda: _zip({"a.txt": b"0" * 90_000_000}),
    "lồng.zip": lambda: _nested(5),
    "nghìn tệp.zip": lambda: _zip({f"{n}.txt": b"x" for n in range(2_200)}, zipfile.ZIP_STORED),
    "leo thư mục.zip": lambda: _zip({"../../../../tmp/tracuu-leo.txt": LINE.encode() * 2}),
    "tên tuyệt đối.zip": lambda: _zip({"/etc/tracuu-leo.txt": LINE.encode() * 3}),
    "liên kết.zip": _linked,
    "mật khẩu.zip": lambda: _locked(_zip({"a.txt": LINE.encode()})),
    "rỗng.zip": lambda: _zip({}),
    "cắt cụt.zip": lambda: _zip({"a.txt": LINE.encode() * 400})[:300],
    "mac.zip": lambda: _zip({"__MACOSX/._a.txt": b"x", ".DS_Store": b"y"}),
    "thẻ lồng.html": lambda: b"<div>" * 100_000 + LINE.encode() + b"</div>" * 100_000,
    "bảng lồng.html": lambda: b"<table><tr><td>" * 3_000 + LINE.encode(),
    "chỉ script.html": b"<html><script>while(true){}</script><style>x</style></html>",
    "nhiễu.html": lambda: b"<html>" + NOISE.randbytes(50_000),
    "ngoại.html": f"<html><meta charset=utf-8><iframe src='file:///etc/passwd'></iframe><p>{LINE}".encode(),
    "nhúng.rtf": b"{\\rtf1{\\object\\objocx{\\*\\objdata " + b"d0cf11e0" * 4_000 + b"}}Noi dung\\par}",
    "ngoặc.rtf": b"{\\rtf1 " + b"{" * 200_000,
    "hỏng.doc": lambda: _ole("WordDocument"),
    "bảng tính.doc": lambda: _ole("Workbook"),
    "mật khẩu.doc": lambda: _ole("EncryptedPackage"),
    "hỏng.odt": lambda: _odt(b"<office:document-content"),
    "cười.odt": lambda: _odt(b'<!DOCTYPE d [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><d>&c;</d>'),
    "bom ảnh.tif": lambda: _png(30_000, 30_000, 2_000),
    "cắt cụt.tif": b"II*\0\x08\0\0\0\xff\xff" + b"\0" * 200,
    "n" * 240 + ".txt": b"",
}  # fmt: skip
"""File name → content. Names are as odd as file systems allow."""


def write(folder: Path, *, only: Callable[[str], bool] = lambda name: True) -> list[Path]:
    """Write the files whose names `only` takes, and what is no plain file; returns all but the good ones."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, content in FILES.items():
        if only(name):
            path = folder / name
            path.write_bytes(content if isinstance(content, bytes) else content())
            written.append(path)
    with contextlib.suppress(OSError):
        os.mkfifo(folder / "ống.txt")
        written.append(folder / "ống.txt")
    for name, target in (("vòng.txt", "vòng.txt"), ("cụt.pdf", "không có"), ("lên trên", "..")):
        with contextlib.suppress(OSError):
            (folder / name).symlink_to(target)
            written.append(folder / name)
    closed = folder / "cấm đọc.txt"
    closed.write_text(LINE, encoding="utf-8")
    closed.chmod(0)
    written.append(closed)
    (folder / GOOD[0]).write_text(f"KẾ HOẠCH\n\nI. MỤC TIÊU\n\n{LINE}\n", encoding="utf-8")
    (folder / GOOD[1]).write_bytes(docx(p("KẾ HOẠCH") + p(LINE) + p("Một.")))
    sheet = Sheet()
    sheet.prose(f"{LINE} Hai.")
    (folder / GOOD[2]).write_bytes(pdf([sheet]))
    return written


SLOW = frozenset({
    "cười.odt", "hỏng.odt", "ngoặc.rtf", "nhúng.rtf", "thật ra là rtf.doc", "khổ khổng lồ.pdf",
    "quét trắng.pdf",
})  # fmt: skip
"""Those that take seconds, most because LibreOffice is started for each: left out of the daily tests."""


def _read(path: Path) -> str:
    from corpus.ingest import read_document

    try:
        document = read_document(path)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return f"đọc được {len(document.passages)} đoạn {document.warnings or ''}"


if __name__ == "__main__":
    for made in write(Path(sys.argv[1])):
        start = time.monotonic()
        said = _read(made) if "--read" in sys.argv else made
        print(f"{time.monotonic() - start:5.1f} s  {said}", flush=True)  # noqa: T201
