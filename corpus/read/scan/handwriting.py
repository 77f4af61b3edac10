"""Numbers and days written by hand into a printed letterhead, which no recogniser of print can read.

What it makes of them looks like a number and is none. Where it is not sure, the place is left open,
as in a draft: a wrong number of a document is worse than a missing one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.read.scan.words import Word

__all__ = ["OPEN", "left_open"]

OPEN = "…"

_SURE, _SURE_APART = 60.0, 88.0
"""Confidence in a printed number, and in one that stands apart from the "/" of its symbol: that is how
numbers stand that were written or stamped into a blank."""

_SYMBOL = re.compile(r"^[/\-–]?\s*[A-ZĐ]{2}")
_FIRST_WORD = re.compile(r"^S[ốóôo6]:?$", re.IGNORECASE)


def left_open(words: Sequence[Word]) -> tuple[list[Word], bool]:
    """The words of a page with unsure numbers and days of its letterhead left open, and whether any were."""
    out: list[Word] = []
    opened = False
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    for line in lines.values():
        changed = _number_open(_days_open(line))
        opened = opened or changed != line
        out.extend(changed)
    return out, opened


def _number_open(line: list[Word]) -> list[Word]:
    """“Số: 4A5 /NQ-CP” → “Số: … /NQ-CP” where what stands before the symbol is unsure."""
    if not _FIRST_WORD.match(line[0].text) or len(line) < 3:
        return line
    for at in range(1, min(len(line), 5)):
        if _SYMBOL.match(line[at].text) and line[at].text.lstrip("/-–")[:1].isupper():
            number = line[1:at]
            if not number:
                return line
            sure = min(word.confidence for word in number)
            digits = "".join(word.text for word in number).rstrip("/-–").isdigit()
            if digits and sure >= _SURE_APART:
                return line
            return [line[0], _hole(number), *line[at:]]
    return line


def _days_open(line: list[Word]) -> list[Word]:
    """“Hà Nội, ngày #@3 tháng !† năm 2026” → “Hà Nội, ngày … tháng … năm 2026”."""
    said = [word.text.lower().strip(".;:") for word in line]
    try:
        day = next(at for at in range(1, len(said)) if said[at] == "ngày" and said[at - 1].endswith(","))
        month = said.index("tháng", day)
        year = said.index("năm", month)
    except (StopIteration, ValueError):
        return line
    if len(said) > year + 2 or month - day > 4 or year - month > 4:
        return line
    days, months = line[day + 1 : month], line[month + 1 : year]
    return [
        *line[: day + 1], *_checked(days, 31), line[month], *_checked(months, 12), *line[year:],
    ]  # fmt: skip


def _checked(number: list[Word], most: int) -> list[Word]:
    """The number of a day or month as it is where it can be one and is sure."""
    if not number:
        return number
    text = "".join(word.text for word in number)
    sure = min(word.confidence for word in number) >= _SURE
    return number if text.isdigit() and 1 <= int(text) <= most and sure else [_hole(number)]


def _hole(words: Sequence[Word]) -> Word:
    return replace(words[0], text=OPEN, right=words[-1].right, confidence=0.0)
