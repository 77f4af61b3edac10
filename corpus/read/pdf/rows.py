"""Characters put into rows by their baselines, rows cut into pieces where a column ends.

Fonts that lack Vietnamese letters make programs print a word in parts, out of order: only the
places of the characters say what stands beside what.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.read.columns import is_letterhead
from corpus.read.inline import boldness
from corpus.read.markdown import raised
from corpus.read.pdf.bands import SMALL, attach, bands, raised_joined
from corpus.read.pdf.glyphs import Glyph
from corpus.text import nfc

__all__ = ["Piece", "Row", "rows_of"]

_WORD_GAP = 0.14
"""A gap wider than this, in heights, parts words that no space character parts."""

_COLUMN_GAP = 0.95
"""A gap narrower than this, in heights, never parts columns."""

_LABEL = re.compile(
    r"(?:[-–+*•●▪◦\uf000-\uf0ff]|[(\[]?(?:\d{1,3}|[a-zđA-ZĐ]|[ivxIVX]{1,5})(?:\.\d{1,2})*[.)\]/:]?\.?)$"
)


class Piece:
    """Characters of one row that stand in one column."""

    def __init__(self, glyphs: list[Glyph]) -> None:
        self.glyphs = glyphs
        self.left = min(glyph.left for glyph in glyphs)
        self.right = max(glyph.right for glyph in glyphs)
        large = max(glyphs, key=lambda glyph: (glyph.size, -glyph.left))
        sizes = sorted(glyph.size for glyph in glyphs)
        self.size = sizes[len(sizes) // 2]
        bases = sorted(glyph.base for glyph in glyphs if glyph.size > SMALL * large.size)
        self.base = bases[len(bases) // 2]
        self._text: str | None = None
        self.flags = b""
        self.first_width = 0.0

    @property
    def text(self) -> str:
        """Words parted by one space; `flags` has one byte for each character, 1 where it is bold."""
        if self._text is None:
            self._spell()
        return self._text or ""

    @property
    def top(self) -> float:
        """Where its highest letters reach."""
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """Where its lowest letters reach."""
        return self.base + 0.2 * self.size

    @property
    def bold(self) -> bool:
        """All of it is bold."""
        return bool(self.text) and boldness(self.text, self.flags)[0]

    def _is_high(self, glyph: Glyph) -> bool:
        return glyph.size < SMALL * self.size and self.base - glyph.base > 0.12 * self.size

    def _spell(self) -> None:
        parts: list[str] = []
        flags = bytearray()
        before: Glyph | None = None
        limit = _WORD_GAP * self.size + _spread(self.glyphs)
        pending = False
        for glyph in self.glyphs:
            if glyph.text.isspace():
                pending = True
                continue
            high = self._is_high(glyph)
            if before is not None and (pending or (glyph.left - before.right > limit and not high)):
                if not self.first_width:
                    self.first_width = before.right - self.left
                parts.append(" ")
                flags.append(flags[-1])
            text = nfc(glyph.text)
            if high and text.isdigit():
                # A mark of a note, unless it stands on a unit: "m2".
                text = raised(text, "".join(parts[-3:]))
                if text[0] == "[" and parts and parts[-1][-1:] == "]" and parts[-1][:1] == "[":
                    text = f"{parts.pop()[:-1]}{text[1:]}"
                    del flags[-(len(text) - 1) :]
            parts.append(text)
            flags += (b"\1" if glyph.bold else b"\0") * len(text)
            before, pending = glyph, False
        if not self.first_width:
            self.first_width = self.right - self.left
        text = "".join(parts)
        composed = nfc(text)
        self._text = composed
        self.flags = bytes(flags) if len(composed) == len(text) else bytes(flags[:1]) * len(composed)


def _spread(glyphs: list[Glyph]) -> float:
    """How far the letters of a spaced-out line stand apart; nearly always nothing."""
    gaps = sorted(
        after.left - before.right
        for before, after in itertools.pairwise(glyphs)
        if not (before.text.isspace() or after.text.isspace())
    )
    return max(0.0, gaps[len(gaps) // 2]) if len(gaps) > 4 else 0.0


@dataclass(slots=True)
class Row:
    """Pieces side by side on one baseline, from left to right."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def base(self) -> float:
        """Baseline of the widest piece."""
        return max(self.pieces, key=lambda piece: piece.right - piece.left).base

    @property
    def size(self) -> float:
        """Height of its largest piece."""
        return max(piece.size for piece in self.pieces)

    @property
    def left(self) -> float:
        """Left edge."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return self.pieces[-1].right

    @property
    def text(self) -> str:
        """All pieces, parted by a space."""
        return " ".join(piece.text for piece in self.pieces)


def rows_of(glyphs: Iterable[Glyph], *, split: bool = True) -> list[Row]:
    """Rows from top to bottom. `split`: cut a row where a gap is too wide to be one between words."""
    plain: list[Glyph] = []
    marks: list[Glyph] = []
    for glyph in glyphs:
        (marks if unicodedata.combining(glyph.text[0]) else plain).append(glyph)
    found = bands(plain)
    attach(marks, found)
    rows: list[Row] = []
    for band in raised_joined(found):
        if any(not glyph.text.isspace() for glyph in band):
            pieces = _cut(band) if split else [Piece(_trimmed(band))]
            rows.append(Row(pieces))
    return _levelled(rows) if split else rows


def _levelled(rows: list[Row]) -> list[Row]:
    """Two columns whose baselines differ a little: one row, if they stand side by side."""
    out: list[Row] = []
    for row in rows:
        before = out[-1] if out else None
        if before is not None and row.base - before.base < 0.45 * min(row.size, before.size):
            both = sorted(before.pieces + row.pieces, key=lambda piece: piece.left)
            if all(b.left - a.right > 0.8 * a.size for a, b in itertools.pairwise(both)):
                before.pieces = both
                continue
        out.append(row)
    return out


def _trimmed(band: list[Glyph]) -> list[Glyph]:
    start, end = 0, len(band)
    while start < end and band[start].text.isspace():
        start += 1
    while end > start and band[end - 1].text.isspace():
        end -= 1
    return band[start:end]


def _is_wide(gap: float, gaps: list[float], size: float, *, close: bool) -> bool:
    """Does a gap part columns? In a justified line all gaps are wide, but all alike."""
    usual = sorted(gaps)[len(gaps) // 3]
    if close and gap == max(gaps) and gap >= max(0.4 * size, 1.7 * sorted(gaps)[len(gaps) // 2]):
        return True
    if len(gaps) > 1 and max(gaps) <= 1.03 * min(gaps):
        return False  # a line cut by hand and spread over the whole width
    if gap >= 5 * size or (gap >= 3 * size and gap >= 2.2 * min(gaps)):
        return True
    return gap >= _COLUMN_GAP * size and gap >= (2.2 * usual if len(gaps) > 2 else 1.8 * size)


def _cut(band: list[Glyph]) -> list[Piece]:
    """Cut a row at gaps that are wide in themselves and among the gaps of this row."""
    words: list[list[Glyph]] = []
    gaps: list[float] = []
    spaces: list[list[Glyph]] = []
    last: Glyph | None = None
    waiting: list[Glyph] = []
    size = sorted(glyph.size for glyph in band)[len(band) // 2]
    limit = size * _WORD_GAP + _spread(band)
    for glyph in band:
        if glyph.text.isspace():
            waiting.append(glyph)
            continue
        gap = glyph.left - last.right if last is not None else 0.0
        if last is None or waiting or gap > limit:
            if last is not None:
                gaps.append(gap)
                spaces.append(waiting[:1])
            words.append([])
        words[-1].append(glyph)
        last, waiting = glyph, []
    # The two sides of a letterhead may stand close: there the words themselves tell.
    close = is_letterhead(" ".join("".join(glyph.text for glyph in word) for word in words))
    pieces = words[:1]
    for gap, space, word in zip(gaps, spaces, words[1:], strict=True):
        wide = _is_wide(gap, gaps, size, close=close)
        if wide and not (gap < 4 * size and _LABEL.match("".join(glyph.text for glyph in pieces[-1]))):
            pieces.append(word)
        else:
            pieces[-1].extend(space + word)
    return [Piece(piece) for piece in pieces]
