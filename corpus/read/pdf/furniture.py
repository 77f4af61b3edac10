"""Running heads, running feet and page numbers: what returns at the same place on other pages.

Recognised by repetition and place, never by words: the same text (but for the page number) at the same
height among the first or last rows of several pages, or a number that counts with the pages.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.read.lines import is_item
from corpus.read.pdf.glyphs import Rule
from corpus.read.pdf.rows import Row
from corpus.text import fold

__all__ = ["Sheet", "without_furniture"]

_OUTER_ROWS = 4
"""So many rows from the edge of a page may be furniture."""

_EDGE_NUMBER = re.compile(r"^(\d{1,4})\s|\s(\d{1,4})$")
_SAME_HEIGHT = 6.0
_FEWEST_LETTERS, _ALIKE = 12, 0.85
"""Heads of recognised pages with so many letters are one where so many agree."""

_APART = 1.6
"""Lines farther apart than this, in heights of their letters, are set apart."""

_MARGIN = 0.13
"""Share of a page's height, from either end, in which a single page's head is looked for."""

_NUMBER = re.compile(
    r"\s*(?:trang|page)?\s*[-–—|/.(\[]*\s*(\d{1,4}|[ivxlc]{1,6})\s*(?:[/|]\s*\d{1,4})?[-–—|/.)\]\s]*$", re.I
)


@dataclass(slots=True)
class Sheet:
    """Rows of one frame of a page that stand in no table. `tables`: where those begin and end."""

    page: int
    turn: int
    top: float
    bottom: float
    rows: list[Row]
    rules: Sequence[Rule] = ()
    tables: Sequence[tuple[float, float]] = ()
    recognised: bool = False
    """Its text was recognised from a picture: the same head reads a little differently on each page."""


def without_furniture(sheets: Sequence[Sheet], pages: int) -> list[list[Row]]:
    """For each sheet its rows without furniture."""
    seen: dict[tuple[object, ...], set[int]] = defaultdict(set)
    known_as = _Heads()
    for sheet in sheets:
        for at, edge in _outer(sheet):
            for key in _keys(sheet, at, edge, known_as):
                seen[key].add(sheet.page)
    needed = max(2, min(5, pages // 6))
    known = {key for key, where in seen.items() if len(where) >= needed}
    words = {key[2] for key in known if key[2] != "number"}
    return [_kept(sheet, known, words, known_as) for sheet in sheets]


class _Heads:
    """Heads of recognised pages under one spelling: those that are alike but for misread letters."""

    def __init__(self) -> None:
        self._spellings: list[str] = []

    def one(self, text: str) -> str:
        """The spelling under which a head is known."""
        letters = "".join(char for char in fold(text) if char.isalnum())
        if len(letters) < _FEWEST_LETTERS:
            return letters
        for spelling in self._spellings[-200:]:
            if spelling == letters or SequenceMatcher(None, spelling, letters).ratio() >= _ALIKE:
                return spelling
        self._spellings.append(letters)
        return letters


def _kept(sheet: Sheet, known: set[tuple[object, ...]], words: set[object], known_as: _Heads) -> list[Row]:
    gone: set[int] = set()
    stopped: set[str] = set()
    counts: set[object] = {0, *(key[3] for key in known if isinstance(key[3], int))}
    for at, edge in _outer(sheet):
        keys = _keys(sheet, at, edge, known_as)
        found = (
            any(key in known for key in keys)
            or _own_number(sheet, at, keys, counts)
            or (edge == "top" and _over_rule(sheet, at))
            # On a page set across, the head of the other pages stands at its side.
            or (len(sheet.rows) <= 2 and any(key[2] in words for key in keys))
        )
        if found and edge not in stopped:
            gone.add(at)
        elif at not in gone:
            stopped.add(edge)
    middle = len(sheet.rows) / 2
    for at in sorted(gone, key=lambda one: abs(one - middle)):
        if not _set_apart(sheet, at, gone):
            gone.discard(at)
    return [row for at, row in enumerate(sheet.rows) if at not in gone]


def _set_apart(sheet: Sheet, at: int, gone: set[int]) -> bool:
    """Furniture keeps its distance from the text; what returns right at the text belongs to it."""
    if _NUMBER.match(sheet.rows[at].text):
        return True
    step = 1 if at < len(sheet.rows) / 2 else -1
    inner = at + step
    while inner in gone:
        inner += step
    if not 0 <= inner < len(sheet.rows):
        return True
    edge, text = sheet.rows[inner - step], sheet.rows[inner]
    between = sorted((edge.base, text.base - 0.7 * text.size))
    if any(rule.flat and between[0] < rule.top < between[1] for rule in sheet.rules):
        return True
    return abs(text.base - edge.base) > _APART * max(edge.size, text.size)


def _own_number(sheet: Sheet, at: int, keys: list[tuple[object, ...]], counts: set[object]) -> bool:
    """A lone number close to the edge that is the page's own, or counts as running heads do."""
    row, height = sheet.rows[at], sheet.bottom - sheet.top
    outside = not _MARGIN * height < row.base - sheet.top < (1 - _MARGIN) * height
    return outside and any(key[2] == "number" and key[3] in counts for key in keys)


def _outer(sheet: Sheet) -> list[tuple[int, str]]:
    """Numbers of the rows at the edges, from each edge inwards."""
    size = len(sheet.rows)
    first = min((top for top, _ in sheet.tables), default=sheet.bottom)
    last = max((bottom for _, bottom in sheet.tables), default=sheet.top)
    top = [(at, "top") for at in range(min(_OUTER_ROWS, size)) if sheet.rows[at].base < first]
    bottom = [(at, "bottom") for at in range(size - 1, max(-1, size - 1 - _OUTER_ROWS), -1)
              if sheet.rows[at].base > last]  # fmt: skip
    return top + bottom


def _keys(sheet: Sheet, at: int, edge: str, known_as: _Heads) -> list[tuple[object, ...]]:
    """What a row is known by on other pages: its text without numbers, at its height."""
    row = sheet.rows[at]
    height = row.base - sheet.top if edge == "top" else sheet.bottom - row.base
    text = row.text
    if _NUMBER.match(text):
        number = _NUMBER.match(text)
        digits = number[1] if number else ""
        offset = int(digits) - sheet.page if digits.isdecimal() else "roman"
        # Some page numbers count on from a volume, some from 1: the difference stays the same.
        return [(sheet.turn, edge, "number", offset, band) for band in _height_bands(height)]
    # The page number stands before or behind a running head, and counts on from page to page.
    edges = _EDGE_NUMBER.search(text)
    counts = int(edges[1] or edges[2]) - sheet.page if edges else None
    words = _EDGE_NUMBER.sub("", text).strip(" .|–-")
    if len(words) < 3:
        return []
    if sheet.recognised:
        if is_item(words):  # "Chương II" and "Chương III" may read the same
            return []
        words, counts = known_as.one(words), None
    return [(sheet.turn, edge, words, counts, band) for band in _height_bands(height)]


def _height_bands(height: float) -> tuple[int, int]:
    """Two overlapping bands, so that near heights share one."""
    return int(height // _SAME_HEIGHT) * 2, int((height + _SAME_HEIGHT / 2) // _SAME_HEIGHT) * 2 + 1


def _over_rule(sheet: Sheet, at: int) -> bool:
    """A single row over a line across the whole page, close to its upper edge: a head of one page."""
    row = sheet.rows[at]
    if at or len(sheet.rows) < 3 or row.base - sheet.top > _MARGIN * (sheet.bottom - sheet.top):
        return False
    left = min(one.left for one in sheet.rows)
    right = max(one.right for one in sheet.rows)
    below = sheet.rows[at + 1].base - 0.7 * sheet.rows[at + 1].size
    return any(
        rule.flat and row.base < rule.top < below and rule.right - rule.left > 0.9 * (right - left)
        for rule in sheet.rules
    )
