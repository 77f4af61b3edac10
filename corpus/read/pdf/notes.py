"""Footnotes: small print at the foot of a page, mostly under a short line."""

import re
from collections.abc import Sequence

from corpus.read.pdf.glyphs import Rule
from corpus.read.pdf.paragraphs import joined
from corpus.read.pdf.rows import Piece, Row

__all__ = ["note_texts", "split_notes"]

_SMALLER = 0.93
_MARK = re.compile(r"(?:\[(\d{1,3})\]|\(?(\d{1,3})\)?(?![\d./]))\s*|(\*+)\s*")


def split_notes(
    rows: Sequence[Row], rules: Sequence[Rule], size: float, width: float
) -> tuple[list[Row], list[Row]]:
    """Rows of the text and rows of its footnotes; `size` is that of the body's letters."""
    start = len(rows)
    while start and _is_small(rows[start - 1], size):
        start -= 1
    while start < len(rows) and not _MARK.match(rows[start].text):
        start += 1
    if start == len(rows) or start < len(rows) * 0.3:
        return list(rows), []
    first = rows[start]
    ruled = any(
        rule.flat
        and 0.05 * width < rule.right - rule.left < 0.6 * width
        and first.base - 2.5 * first.size < rule.top < first.base - 0.6 * first.size
        for rule in rules
    )
    raised = first.text.startswith("[")
    if not ruled and not raised:
        return list(rows), []
    return list(rows[:start]), list(rows[start:])


def _is_small(row: Row, size: float) -> bool:
    return len(row.pieces) == 1 and row.size < _SMALLER * size


def note_texts(rows: Sequence[Row]) -> list[str]:
    """Each note as "[1] Its text."."""
    notes: list[list[Piece]] = []
    for row in rows:
        if _MARK.match(row.text) or not notes:
            notes.append([])
        notes[-1].extend(row.pieces)
    out: list[str] = []
    for lines in notes:
        text = joined(lines)[0]
        mark = _MARK.match(text)
        name = next((group for group in mark.groups() if group), "") if mark else ""
        out.append(f"[{name}] {text[mark.end() :].strip()}" if mark and name.isdigit() else text)
    return out
