"""What the recogniser says of a page: words with boxes and baselines, out of its hOCR."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

__all__ = ["Word", "words_of"]

_PART = re.compile(
    r"<span class='(?P<line>ocr_line|ocr_header|ocr_caption|ocr_textfloat)'[^>]*?title=\"(?P<about>[^\"]*)\""
    r"|<span class='ocrx_word'[^>]*?title='(?P<word>[^']*)'>(?P<text>.*?)</span>(?=\s*(?:<span|</span|$))",
    re.DOTALL,
)
_TAG = re.compile(r"<[^<>]*>")
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_HEIGHT = re.compile(r"x_size (-?[\d.]+)")
_SURE = re.compile(r"x_wconf (\d+)")

_JUNK_LINE, _JUNK_WORD = 40.0, 25.0
"""Lines of less mean confidence, and marks without a letter of less, are stamps, signatures, dirt."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in pixels of the picture; `base` is the baseline of its line, `height` of its line's letters.

    `confidence` is 0–100, `line` counts the lines of the page.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    height: float
    confidence: float
    line: int
    bold: bool = False


def words_of(hocr: str, corners: Sequence[tuple[int, int]] = ((0, 0),)) -> list[Word]:
    """Words in the order in which they were recognised, without what is no text.

    `corners`: where the upper left corner of each recognised picture stands on the page.
    """
    lines: list[list[Word]] = []
    pages = hocr.split("<div class='ocr_page'")[1:]
    for page, corner in zip(pages, corners, strict=False):
        _read(page, corner, lines)
    return [word for line in lines if _is_text(line) for word in line if not _is_dirt(word)]


def _read(page: str, corner: tuple[int, int], lines: list[list[Word]]) -> None:
    """Append the lines of a picture."""
    base = height = 0.0
    x, y = corner
    for part in _PART.finditer(page):
        if part["line"]:
            base, height = _line(part["about"])
            lines.append([])
            continue
        box, sure = _BOX.search(part["word"]), _SURE.search(part["word"])
        text = unescape(_TAG.sub("", part["text"])).strip()
        if box and text and lines:
            left, top, right, bottom = map(float, box.groups())
            confidence = float(sure[1]) if sure else 0.0
            lines[-1].append(
                Word(text, left + x, top + y, right + x, bottom + y, base + y, height, confidence, len(lines))
            )


def _line(about: str) -> tuple[float, float]:
    """Baseline in the middle of a line and the height of its letters."""
    box, slope, size = _BOX.search(about), _BASELINE.search(about), _HEIGHT.search(about)
    if not box:
        return 0.0, 0.0
    left, top, right, bottom = map(float, box.groups())
    falls, below = (float(slope[1]), float(slope[2])) if slope else (0.0, 0.0)
    return bottom + below + falls * (right - left) / 2, float(size[1]) if size else bottom - top


def _is_text(line: list[Word]) -> bool:
    if not any(char.isalnum() for word in line for char in word.text):
        return False
    letters = sum(len(word.text) for word in line)
    return sum(len(word.text) * word.confidence for word in line) / letters >= _JUNK_LINE


def _is_dirt(word: Word) -> bool:
    return word.confidence < _JUNK_WORD and not any(map(str.isalnum, word.text))
