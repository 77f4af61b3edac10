"""Whatever a file holds, reading gives tidy blocks or a `ReadError`, and never anything else."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import docx, levels, p, r, table, tc

from corpus.errors import ReadError
from corpus.read.plain import read_plain
from corpus.read.word.body import parse_docx
from corpus.types import Block

PIECES = [
    "*", "**", "***", "****", "_", "__", "#", "# ", "## ", "|", "||", "-", "- ", "\\", "<sup>", "</sup>",
    "<b>", "</b>", "<br>", "[", "](http://a.b)", "[^1]", "![", "<!--", "-->", "&amp;", "\n", "\n\n", "  \n",
    "\\\n",
    "\f", "\t", "     ", "a", "Bộ", "Điều 5. ", "1. ", "a) ", "CỘNG HÒA XÃ HỘI", "Số: 5", "Nơi nhận:", " ",
    "(", ")", ".", ",", "\u0301", "\u200b", "\x01", "\r", "x2", "---", "|---|---|", "===",
]  # fmt: skip

WORD = docx(
    p("Mục", num="1/0")
    + p(r("đậm", "b"), style="H")
    + table(["x", "y"], [tc("1", merge="restart"), tc("q", span=2)])
    + p('<w:r><w:footnoteReference w:id="1"/></w:r>', "z"),
    numbering=levels(("decimal", "%1."), ("upperRoman", "%2.")),
    styles='<w:style w:styleId="H" w:type="paragraph" w:default="1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/><w:jc w:val="center"/></w:pPr></w:style>',
    footnotes=f'<w:footnote w:id="1">{p("chú giải")}</w:footnote>',
)


def assert_tidy(blocks: tuple[Block, ...]) -> None:
    assert blocks
    for block in blocks:
        assert block.text
        assert block.text == block.text.strip()
        assert "  " not in block.text
        assert not set(block.text) & set("\r\f\v\t\x00\x1e\u200b\ufeff\ue02a")
        assert 0 <= block.bold_lead < len(block.text)
        assert not (block.bold and block.bold_lead)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_marks_in_any_order(text: str) -> None:
    try:
        source = read_plain(text.encode(), "a.txt")
    except ReadError:
        return
    assert_tidy(source.blocks)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    try:
        source = read_plain(data, "a.txt")
    except ReadError:
        return
    assert_tidy(source.blocks)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.text(alphabet="aăâbcdđeê ,;:“”()", min_size=1, max_size=30), min_size=1, max_size=8))
def test_paragraphs_without_marks_stay_as_they_are(paragraphs: list[str]) -> None:
    wanted = [" ".join(one.split()) for one in paragraphs]
    wanted = [one for one in wanted if one]
    if wanted:
        found = read_plain("\n\n".join(wanted).encode(), "a.txt")
        assert [block.text for block in found.blocks] == wanted


def damaged(seed: int) -> bytes:
    """The Word file with a few random changes in one of its XML parts."""
    rng = random.Random(seed)
    given_zip = zipfile.ZipFile(io.BytesIO(WORD))
    victim = rng.choice([name for name in given_zip.namelist() if name.startswith("word/")])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in given_zip.namelist():
            content = bytearray(given_zip.read(name))
            for _ in range(rng.randint(1, 4) if name == victim else 0):
                at = rng.randrange(len(content))
                if rng.random() < 0.5:
                    digits = content.find(b'="', at) + 2
                    content[digits : content.find(b'"', digits)] = rng.choice(
                        [b"-1", b"99999999999", b"x", b"", b"2147483647"]
                    )
                elif rng.random() < 0.5:
                    content[at] = rng.randrange(256)
                else:
                    content[at:at] = content[at : at + rng.randint(1, 90)]
            archive.writestr(name, bytes(content))
    return stream.getvalue()


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_damaged_word_files(start: int) -> None:
    read = 0
    for seed in range(start, start + 50):
        try:
            source = parse_docx(damaged(seed))
        except ReadError:
            continue
        assert_tidy(source.blocks)
        read += 1
    assert read > 5  # otherwise nothing was tested but the zip
