"""Forms that documents come in besides text, Word and PDF: web pages, archives, files under a wrong name."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from renderings import office, paragraphs_f1, with_font, word_sources
from word_files import docx, p

from corpus.errors import LibraryError, ReadError
from corpus.ingest import add_files, read_document
from corpus.library import Library
from corpus.read import read_bytes
from corpus.read.archive import members
from corpus.read.kinds import kind_of
from corpus.types import Block

SENTENCE = "Ủy ban nhân dân tỉnh quyết định giao các sở, ngành thực hiện."
PLAN = "KẾ HOẠCH\n\nSố: {}/KH-UBND\n\nI. MỤC TIÊU\n\nNâng cao chất lượng giáo dục và đào tạo.\n"


@pytest.mark.slow
def test_forms_that_libreoffice_writes(tmp_path: Path) -> None:
    """Every form reads as the .docx does; see `renderings.py` for all samples."""
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice: make system-packages")
    for name in ("word", "form", "font"):
        (tmp_path / name).mkdir()
    sources = word_sources(tmp_path / "word", ["11"])
    expected = read_document(sources[0])
    for suffix in (".rtf", ".html"):
        found = read_document(office(sources, suffix, tmp_path / "form")[0])
        assert paragraphs_f1(expected, found) >= 0.98
        assert [(one.label, one.title) for one in found.sections] == [
            (one.label, one.title) for one in expected.sections
        ]
        assert found.metadata == expected.metadata
    lacking = office([with_font(sources[0], tmp_path / "font")], ".pdf", tmp_path / "font")
    assert paragraphs_f1(expected, read_document(lacking[0])) >= 0.98


def html(body: str, head: str = "<meta charset='utf-8'>") -> list[Block]:
    return list(read_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a.html").blocks)


def texts(body: str) -> list[str]:
    return [block.text for block in html(body)]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<p>Một<p>Hai", ["Một", "Hai"]),
        ("Một<div>Hai</div>Ba", ["Một", "Hai", "Ba"]),
        ("<div><span>Một <b>đậm</b>\n  chữ</span></div>", ["Một đậm chữ"]),
        ("<p>Nơi nhận:<br>- Như trên;<br>- Lưu: VT.</p>", ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]),
        ("<ol><li>Một</li><li>Hai</li></ol>", ["1. Một", "2. Hai"]),
        ("<ol type='a'><li>Một</li><li>Hai</li></ol>", ["a) Một", "b) Hai"]),
        ("<ol><li>1. Một</li></ol>", ["1. Một"]),
        ("<font size=2><p>Một</p><p>Hai</p></font>", ["Một", "Hai"]),
        ("<a href='/x'><p>Một</p></a><p>Hai</p>", ["Một", "Hai"]),
        ("<p>A&nbsp;&amp;&nbsp;B &#7841;</p>", ["A & B ạ"]),
        ("<p>e\u0302\u0301</p>", ["ế"]),
        ("<nav>Trang chủ</nav><p>Một</p><script>x()</script><style>p{}</style>", ["Một"]),
        ("<p>Một</p><p hidden>Ẩn</p><p style='display: none'>Ẩn</p>", ["Một"]),
        ("<table><tr><th>TT<th>Tên<tr><td>1<td>An</table>", ["TT | Tên", "1 | An"]),
        ("<pre>Một\n\nHai</pre>", ["Một", "Hai"]),
    ],
)
def test_web_page(body: str, read: list[str]) -> None:
    assert texts(body) == read


def test_how_a_web_page_looks() -> None:
    found = html(
        "<h2>Điều 1</h2><p align=center>Giữa</p><p style='text-align:right;font-weight:bold'>Phải</p>"
        "<p><strong>1.</strong> Chăm lo</p><ul><li>Một</li></ul>"
    )
    assert [(one.heading_level, one.aligned, one.bold, one.bold_lead, one.list_item) for one in found] == [
        (2, None, True, 0, False), (None, "center", False, 0, False), (None, "right", True, 0, False),
        (None, None, False, 2, False), (None, None, False, 0, True),
    ]  # fmt: skip


def test_letterhead_of_a_web_page_is_read_column_by_column() -> None:
    left = "<td>UBND TỈNH BÌNH AN<br>Số: 12/KH-UBND</td>"
    right = "<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</td>"
    [first, second] = texts(f"<table><tr>{left}{right}</tr></table>")
    assert first == "UBND TỈNH BÌNH AN\nSố: 12/KH-UBND"
    assert second.startswith("CỘNG HÒA")


def test_menus_and_side_bars_of_a_portal_are_left_out() -> None:
    links = "".join(f"<li><a href='/{n}'>Văn bản mới số {n}</a></li>" for n in range(12))
    articles = "".join(f"<p>Điều {n}. {SENTENCE} Theo <a href='/l'>Luật số 12</a>.</p>" for n in range(1, 9))
    body = (
        f"<div id='top-menu'><ul>{links}</ul></div><div class='wrap'><div class='content'>{articles}</div>"
        f"<div class='sidebar'>Tin nổi bật</div><div><ul>{links}</ul></div></div>"
        "<div class='footer'>Bản quyền thuộc về cổng thông tin</div>"
    )
    found = texts(body)
    assert len(found) == 8
    assert all(text.startswith("Điều") for text in found)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"), ("", "utf-16"), ("<meta charset=windows-1258>", "cp1258"), ("", "cp1258"),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1258'>", "cp1258"),
        ("<meta charset=utf-8>", "cp1258"),
    ],
)  # fmt: skip
def test_encodings_of_a_web_page(head: str, encoding: str) -> None:
    import unicodedata

    text = unicodedata.normalize("NFC", SENTENCE)
    if encoding == "cp1258":  # letters with hats are whole there, tones apart
        text = "".join(
            unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones))
            + "".join(c for c in apart if c in tones)
            for tones in ("\u0300\u0301\u0303\u0309\u0323",)
            for apart in (unicodedata.normalize("NFD", char) for char in text)
        )
    data = f"<html><head>{head}</head><body><p>{text}</p></body></html>".encode(encoding)
    assert [block.text for block in read_bytes(data, "a.htm").blocks] == [SENTENCE]


def test_old_fonts_of_a_web_page() -> None:
    """Named with the text, and named nowhere."""
    old = "Céng hoµ x· héi chñ nghÜa ViÖt Nam"
    read = "Cộng hoà xã hội chủ nghĩa Việt Nam"
    named = read_bytes(f"<html><p><font face='.VnTime'>{old}</font></p></html>".encode(), "a.html")
    assert named.blocks[0].text == read
    assert "phông chữ cũ" in named.warnings[0]
    nowhere = read_bytes(f"<html><p>{old}</p><p>{old}</p></html>".encode("latin-1"), "a.html")
    assert [block.text for block in nowhere.blocks] == [read, read]


def test_web_archive() -> None:
    page = f"<html><body><p>{SENTENCE}</p></body></html>".encode().hex("=").upper()
    data = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"={page}\n--x--\n"
    ).encode()
    assert [block.text for block in read_bytes(data, "a.doc").blocks] == [SENTENCE]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.doc", b"{\\rtf1 x}", "rtf"),
        ("a.doc", b"\xef\xbb\xbf  <!DOCTYPE html><html>", "html"),
        ("a.doc", b"<!-- x --><html xmlns:w='urn'>", "html"),
        ("a.doc", "Nghị quyết".encode(), "text"),
        ("a.doc", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "wordxml"),
        ("a.txt", b"%PDF-1.4", "pdf"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.md", b"<div>\n\n# Ke hoach", "text"),
        ("a.txt", b"<<", "text"),
        ("a", b"%PDF-1.4", "pdf"),
    ],
)
def test_content_decides(name: str, data: bytes, kind: str) -> None:
    found, warning = kind_of(data, name)
    assert found == kind
    assert bool(warning) == (kind != {"a.doc": "doc", "a.txt": "text", "a.md": "text", "a": kind}.get(name))


def packed(files: dict[str, bytes], *, flag: int = 0) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_members_of_an_archive() -> None:
    inner = packed({"sâu.txt": b"x"})
    data = packed({"b/c.txt": b"2", "a.txt": b"1", "__MACOSX/._a.txt": b"", "trong.zip": inner, "d/": b""})
    assert [(one.name, one.data) for one in members(data, "k.zip")] == [
        ("k.zip › a.txt", b"1"), ("k.zip › c.txt", b"2"), ("k.zip › trong.zip › sâu.txt", b"x"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
def test_names_from_old_programs(encoding: str) -> None:
    """The name's bytes stand in the archive without a word on their encoding."""
    name = "kê hoach ưu đai.txt".encode(encoding)
    data = packed({"x" * len(name): b"1"}).replace(b"x" * len(name), name)
    assert [one.name for one in members(data, "k.zip")] == ["k.zip › kê hoach ưu đai.txt"]


def test_archives_in_the_library(tmp_path: Path) -> None:
    folder = tmp_path / "vào"
    folder.mkdir()
    word = docx(p("KẾ HOẠCH") + p("Nội dung."))
    files = {
        "một.txt": PLAN.format(1).encode(), "Fwd_ một (1).txt": PLAN.format(1).encode(),
        "hai.docx": word, "hỏng.docx": word[:300], "ảnh.jpg": b"\xff\xd8\xff",
    }  # fmt: skip
    (folder / "gói.zip").write_bytes(packed(files))
    with Library.open(tmp_path / "thư viện", create=True) as library:
        report = add_files(library, [folder], jobs=2)
        assert {outcome.name: outcome.status for outcome in report.outcomes} == {
            "gói.zip › Fwd_ một (1).txt": "added", "gói.zip › một.txt": "duplicate",
            "gói.zip › hai.docx": "added", "gói.zip › hỏng.docx": "failed",
        }  # fmt: skip
        assert "bỏ qua 1 tệp bên trong" in report.problems[0].reason
        assert {one.source for one in library.documents()} == {
            "gói.zip › Fwd_ một (1).txt", "gói.zip › hai.docx",
        }  # fmt: skip
        again = add_files(library, [folder])
        assert {outcome.status for outcome in again.outcomes} == {"unchanged", "duplicate", "failed"}


def test_the_same_text_in_another_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN.format(7), encoding="utf-8")
    (tmp_path / "b.md").write_text(PLAN.format(7).replace("KẾ HOẠCH", "**KẾ HOẠCH**"), encoding="utf-8")
    (tmp_path / "c.txt").write_text(PLAN.format(8), encoding="utf-8")
    with Library.open(tmp_path / "thư viện", create=True) as library:
        report = add_files(library, [tmp_path / name for name in ("a.txt", "b.md", "c.txt")])
    assert [(outcome.status, outcome.twin) for outcome in report.outcomes] == [
        ("added", None), ("added", "a.txt"), ("added", None),
    ]  # fmt: skip


def test_a_library_that_fails_does_not_hide_behind_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> bool:
        raise LibraryError("Ổ đĩa đầy; hãy giải phóng chỗ trống.")

    (tmp_path / "gói.zip").write_bytes(packed({"a.txt": PLAN.format(1).encode()}))
    monkeypatch.setattr(Library, "add", full)
    with Library.open(tmp_path / "thư viện", create=True) as library:
        [outcome] = add_files(library, [tmp_path / "gói.zip"]).outcomes
    assert outcome.status == "failed"
    assert outcome.reason == "gói.zip › a.txt: Ổ đĩa đầy; hãy giải phóng chỗ trống."


def test_an_archive_is_no_single_document() -> None:
    with pytest.raises(ReadError, match=r"^a\.zip: là tệp nén ZIP"):
        read_bytes(packed({"a.txt": b"x"}), "a.zip")
