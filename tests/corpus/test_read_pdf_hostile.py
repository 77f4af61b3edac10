"""Hostile and broken PDFs: refused or read within limits, with one plain line; nothing is left behind."""

import re
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_files import LEFT, TOP, Sheet, pdf

from corpus.errors import ReadError
from corpus.read import read_bytes, read_source
from corpus.read.pdf import parse

LINE = "Ủy ban nhân dân tỉnh quyết định."


def good() -> bytes:
    sheet = Sheet()
    sheet.prose(LINE)
    return pdf([sheet])


def locked() -> bytes:
    """Standard encryption with keys that no empty password opens."""
    keys = f"/O <{'41' * 32}> /U <{'42' * 32}>"
    encrypt = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 {keys} >>"
    return pdf([Sheet()], trailer=f"{encrypt} /ID [<00> <00>]")


def many_pages(count: int) -> bytes:
    """One page object, listed again and again."""
    data = good()
    kid = re.search(rb"/Kids \[(\d+ 0 R)\]", data)
    assert kid
    return data.replace(kid[0], b"/Kids [" + (kid[1] + b" ") * count + b"]").replace(
        b"/Count 1 ", b"/Count %d " % count
    )


def own_parent() -> bytes:
    return re.sub(rb"/Kids \[\d+ 0 R\]", b"/Kids [2 0 R]", good())


def deep_tree() -> bytes:
    """Page nodes nested a thousand deep."""
    start = int(re.findall(rb"(\d+) 0 obj", good())[-1]) + 1
    nodes = [f"<< /Type /Pages /Count 1 /Kids [{start + n + 1} 0 R] >>" for n in range(1_000)]
    data = pdf([Sheet()], extra=nodes)
    return re.sub(rb"/Kids \[\d+ 0 R\]", b"/Kids [%d 0 R]" % start, data, count=1)


def inflated(content: bytes) -> bytes:
    """A page whose content unpacks to something large."""
    packed = zlib.compress(content, 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed) + packed + b"\nendstream"
    number = int(re.findall(rb"(\d+) 0 obj", good())[-1]) + 1
    data = pdf([Sheet()], extra=[stream])  # type: ignore[list-item]
    return re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % number, data, count=1)


# bytes, what the one line must hold
BAD: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty": (b"", "rỗng"),
    "zeros": (b"\0" * 4_000, "rỗng"),
    "text": ("Nghị quyết".encode(), "không phải tệp PDF"),
    "word": (b"PK\3\4 word/document.xml", "là tệp nén ZIP"),  # by its name inside only
    "head only": (b"%PDF-1.7\n", "hỏng"),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 200, "hỏng"),
    "half": (lambda: good()[:600], "hỏng|không có chữ"),
    "password": (locked, "mật khẩu"),
    "ten thousand pages": (lambda: many_pages(10_000), "10.?000 trang, tối đa"),
    "page tree that holds itself": (own_parent, "không có chữ|hỏng"),
    "deep page tree": (deep_tree, "không có chữ|hỏng|đột ngột"),
    "no pages": (lambda: pdf([]), "không có chữ|hỏng"),
    "blank": (lambda: pdf([Sheet()]), "không có chữ"),
    "graphics states without end": (lambda: inflated(b"q " * 20_000_000), "không có chữ|đột ngột|quá"),
}


@pytest.mark.parametrize("case", BAD)
def test_one_line_that_says_what_to_do(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, said = BAD[case]
    path = tmp_path / "a.pdf"
    path.write_bytes(content if isinstance(content, bytes) else content())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    start = time.monotonic()
    with pytest.raises(ReadError) as caught:
        read_source(path)
    message = str(caught.value)
    assert time.monotonic() - start < 30
    assert message.startswith("a.pdf: ")
    assert message.endswith(".")
    assert "\n" not in message
    assert re.search(said, message), message
    assert not list((tmp_path / "tmp").iterdir())


def text_of(data: bytes) -> list[str]:
    return [block.text for block in read_bytes(data, "a.pdf").blocks]


@pytest.mark.parametrize(
    "catalog",
    [
        "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); while\\(true\\){}) >>",
        "/OpenAction << /S /Launch /F (/bin/sh) >>",
        "/OpenAction << /S /URI /URI (http://127.0.0.1:9/) >>",
        "/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (../../a.exe) >>] >> >>",
        "/AcroForm << /XFA (<x/>) /Fields [] >>",
    ],
)
def test_scripts_and_embedded_files_are_ignored(catalog: str) -> None:
    sheet = Sheet()
    sheet.prose(LINE)
    assert text_of(pdf([sheet], catalog=catalog)) == [LINE]


def test_broken_cross_references_are_mended() -> None:
    assert text_of(re.sub(rb"startxref\n\d+", b"startxref\n7", good())) == [LINE]
    assert text_of(good().replace(b"00000 n", b"00009 n")) == [LINE]


def test_lines_above_the_head() -> None:
    assert text_of(b"From: someone\r\n\r\n" + good()) == [LINE]


@pytest.mark.parametrize("box", [(200_000.0, 200_000.0), (600.0, 842.0), (1e9, 1e9)])
def test_page_of_any_size(box: tuple[float, float]) -> None:
    sheet = Sheet(box=box)
    sheet.prose(LINE)
    assert text_of(pdf([sheet])) == [LINE]


@pytest.mark.parametrize("matrix", ["0 0 0 0", "1e9 0 0 1e9", "nan 0 0 1", "1 0 0 0.00001"])
def test_impossible_letters_do_no_harm(matrix: str) -> None:
    sheet = Sheet()
    sheet.prose(LINE)
    sheet.text(LEFT, 300, "x", matrix=matrix)
    assert LINE in text_of(pdf([sheet]))


def test_forms_that_draw_themselves() -> None:
    number = int(re.findall(rb"(\d+) 0 obj", good())[-1]) + 1
    form = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {number} 0 R >> >> "
        "/Length 5 >>\nstream\n/F Do\nendstream"
    )
    sheet = Sheet()
    sheet.prose(LINE)
    sheet.ops.append("/F Do")
    data = pdf([sheet], extra=[form]).replace(b"/XObject << /I", b"/XObject << /F %d 0 R /I" % number)
    assert text_of(data) == [LINE]


def test_page_crowded_with_letters_and_lines() -> None:
    sheet = Sheet()
    sheet.prose(LINE)
    for number in range(400):
        sheet.text(LEFT, TOP - 40 - number / 2, "chữ chồng lên nhau " * 8, size=4)
    for number in range(3_000):
        sheet.rule(LEFT + number % 60 * 7, 100, LEFT + number % 60 * 7, 100 + number % 50 * 8)
        sheet.rule(LEFT, 100 + number % 50 * 8, 500, 100 + number % 50 * 8)
    start = time.monotonic()
    assert text_of(pdf([sheet]))
    assert time.monotonic() - start < 20


def test_pages_beyond_the_limit_are_refused_before_any_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MAX_PAGES", 3)
    with pytest.raises(ReadError, match="4 trang, tối đa 3"):
        parse.parse_pdf(many_pages(4))
