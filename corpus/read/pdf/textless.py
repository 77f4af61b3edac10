"""Pages whose text layer is none or cannot be trusted; how each page was read, and what to say of it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from corpus.errors import ReadError
from corpus.read.legacy import likeness
from corpus.read.pdf.glyphs import Page
from corpus.types import PageReading

__all__ = ["is_textless", "readings_of", "warnings_for"]

_PICTURED = ((0.5, 250), (0.2, 120), (0.1, 12))
"""Covered by pictures to this share, with fewer letters than this: a picture of a page may bear a
stamp of signing or the name of the signer as text."""

_BROKEN = 0.3

_UNLIKELY = 0.6
"""Share of accented words that can be Vietnamese below which a text layer holds other letters than it
shows. On the pages of the gazette it is .97 and more."""

_POOR, _BARE = 0.85, 0.25
"""The same for a layer that a program put under a picture, and its share of accented words: programs
that know no Vietnamese leave the accents out. Vietnamese has .7."""

_LONE = 0.12
"""Share of words that are one accented vowel; whole text has one in fifty ("ở", "ý")."""

_FEWEST_WORDS = 30
_DOUBTFUL = 75.0
"""A page recognised with less confidence has many wrong words."""

_WORD = re.compile(r"[^\W\d_]+")


def is_textless(page: Page, text: str) -> bool:
    """A page that shows text which its text layer does not hold; `text` without running heads."""
    letters = len(text)
    if page.broken > _BROKEN:
        return True
    if any(page.pictured > share and letters < few for share, few in _PICTURED):
        return True
    return _is_garbled(text, under_picture=page.hidden or page.pictured > 0.5)


def _is_garbled(text: str, *, under_picture: bool) -> bool:
    words = _WORD.findall(text[:20_000])
    if len(words) < _FEWEST_WORDS:
        return False
    share, seen = likeness(text)
    lone = sum(len(word) == 1 and not word.isascii() for word in words)
    if seen >= _FEWEST_WORDS and (share < _UNLIKELY or lone > _LONE * len(words)):
        return True
    return under_picture and (seen < _BARE * len(words) or share < _POOR)


def readings_of(
    pages: Sequence[Page], textless: Collection[int], recognised: Mapping[str, Mapping[str, Any]]
) -> tuple[PageReading, ...]:
    """How each page was read."""
    return tuple(
        PageReading(page.number, "ocr", said["confidence"])
        if (said := recognised.get(str(page.number))) is not None
        else PageReading(page.number, "unread" if page.number in textless else "text")
        for page in pages
    )


def warnings_for(
    pages: Sequence[Page],
    readings: Sequence[PageReading],
    count: int,
    without: str = "",
    *,
    left_open: bool = False,
) -> tuple[str, ...]:
    """What a user must know. Raises `ReadError` where no page holds text.

    `without`: why pages that are pictures were not recognised, and what to do about it. `left_open`: a
    number or day written by hand was left open.
    """
    unread = [reading.page for reading in readings if reading.how == "unread"]
    if unread and len(unread) * 10 >= 9 * len(pages) and len(unread) >= len(pages) - 1:
        broken = sum(page.broken > _BROKEN for page in pages if page.number in unread)
        what = (
            "lớp chữ trong tệp PDF bị hỏng mã, không đọc ra chữ được"
            if broken * 2 > len(unread)
            else "đây là bản quét (ảnh chụp trang giấy), không có lớp chữ"
        )
        raise ReadError(f"{what}; {without or 'hãy dùng bản chữ (.docx hoặc PDF xuất từ Word).'}")
    warnings = list(_recognised(readings, count))
    if left_open:
        warnings.append(
            "Số hoặc ngày của văn bản viết tay hay đóng dấu, nhận dạng không chắc nên để trống (…); "
            "hãy xem bản gốc và điền bằng tay."
        )
    if unread:
        warnings.append(
            f"Trang {_ranges(unread)} là ảnh quét hoặc có lớp chữ hỏng nên chưa đọc được; "
            f"{without or 'các trang khác đã đọc.'}"
        )
    text = {reading.page for reading in readings if reading.how == "text"}
    if any(page.hidden and page.number in text for page in pages):
        warnings.append("Chữ lấy từ lớp nhận dạng ẩn dưới ảnh quét, có thể sai; hãy đối chiếu với bản gốc.")
    missing = count - len(pages)
    if missing:
        warnings.append(f"Có {missing} trang hỏng không mở được; hãy kiểm tra lại tệp gốc.")
    return tuple(warnings)


def _recognised(readings: Sequence[PageReading], count: int) -> Iterable[str]:
    """That pages were recognised from pictures, and which of them badly."""
    seen = {reading.page: reading.confidence or 0.0 for reading in readings if reading.how == "ocr"}
    if not seen:
        return
    mean = sum(seen.values()) / len(seen)
    which = "Chữ" if len(seen) == count else f"Chữ trang {_ranges(seen)}"
    yield (
        f"{which} nhận dạng từ bản quét (độ tin cậy {mean:.0f}%), có thể sai vài chỗ; "
        "hãy đối chiếu với bản gốc."
    )
    doubtful = [page for page, confidence in seen.items() if confidence < _DOUBTFUL]
    if doubtful:
        yield (
            f"Trang {_ranges(doubtful)} nhận dạng kém (dưới {_DOUBTFUL:.0f}%), chữ có thể sai nhiều; "
            "nên quét lại rõ hơn hoặc dùng bản chữ."
        )


def _ranges(numbers: Iterable[int]) -> str:
    """Page numbers as people write them: "2, 5–7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
