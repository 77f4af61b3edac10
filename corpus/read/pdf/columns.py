"""Rows of several pieces: letterheads and text in columns, or a table that has no lines."""

import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.read.columns import is_letterhead
from corpus.read.lines import is_item
from corpus.read.pdf.rows import Piece, Row

__all__ = ["Region", "head_lines", "regions"]

_MANY_ROWS = 6
_PROSE = 22
"""Pieces of at least so many characters, on many rows, are columns of prose."""


_DATE_OPEN = re.compile(r"\b(?:ngày|tháng)[\s.…_]*$")


@dataclass(slots=True)
class Region:
    """Rows that are read together.

    "lines": one piece a row, in `columns[0]`. "head": columns of a letterhead or signature, line by
    line. "prose": columns of text. "table": `columns` are its rows, each a list of cells.
    """

    kind: Literal["lines", "head", "prose", "table"]
    columns: list[list[Piece]]
    top: float
    cells: list[list[str]] | None = None


def regions(rows: Sequence[Row]) -> list[Region]:
    """Cut the rows of a page into regions, in reading order."""
    out: list[Region] = []
    rows = [Row(_dates_joined(row.pieces)) for row in rows]
    at = 0
    while at < len(rows):
        row = rows[at]
        if len(row.pieces) == 1:
            _line(out, row.pieces[0])
            at += 1
            continue
        start, end = _extent(rows, at)
        start = max(start, at - _unfinished(out))
        for _ in range(at - start):
            _drop_line(out)
        region = _region(rows[start:end])
        while region.kind == "table" and len(rows[end - 1].pieces) == 1 and is_item(rows[end - 1].text):
            end -= 1  # a point of the text that follows the table
            region = _region(rows[start:end])
        out.append(region)
        at = end
    return out


def _dates_joined(pieces: Sequence[Piece]) -> list[Piece]:
    """A date whose day or month is left blank is one piece: "ngày     tháng 8 năm 2026"."""
    out: list[Piece] = []
    for piece in pieces:
        if out and _DATE_OPEN.search(out[-1].text) and piece.text.startswith(("tháng", "năm")):
            out[-1] = Piece(out[-1].glyphs + piece.glyphs)
        else:
            out.append(piece)
    return out


def _line(out: list[Region], piece: Piece) -> None:
    if out and out[-1].kind == "lines":
        out[-1].columns[0].append(piece)
    else:
        out.append(Region("lines", [[piece]], piece.top))


def _unfinished(out: list[Region]) -> int:
    return len(out[-1].columns[0]) if out and out[-1].kind == "lines" else 0


def _drop_line(out: list[Region]) -> None:
    out[-1].columns[0].pop()
    if not out[-1].columns[0]:
        out.pop()


def _gap(row: Row) -> tuple[float, float]:
    """The widest gap of a row."""
    gaps = [(b.left - a.right, a.right, b.left) for a, b in itertools.pairwise(row.pieces)]
    return max(gaps)[1:]


def _extent(rows: Sequence[Row], at: int) -> tuple[int, int]:
    """First row and the row after the last one of the columns that row `at` begins."""
    left, right = _gap(rows[at])
    start = at
    while start and _beside(rows[start - 1], left, right) and _close(rows[start - 1], rows[start], 1.3):
        if not _in_column(rows[start - 1].pieces[0], rows[at]):
            break
        start -= 1
    end, last_split = at + 1, at
    while end < len(rows) and _close(rows[end - 1], rows[end], 3.2):
        row = rows[end]
        if len(row.pieces) > 1:
            gaps = [(max(left, a.right), min(right, b.left))
                    for a, b in itertools.pairwise(row.pieces)]  # fmt: skip
            common = max(gaps, key=lambda gap: gap[1] - gap[0])
            if common[1] - common[0] < 0.5 * row.size:
                break
            left, right = common
            last_split = end
        elif not _beside(row, left, right):
            break
        end += 1
    # What stands on one side only, below the last row with both, belongs here if it goes on a column.
    tail = last_split + 1
    while (
        tail < end
        and _close(rows[tail - 1], rows[tail], 1.45)
        and any(_in_column(rows[tail].pieces[0], row) for row in rows[at : last_split + 1])
    ):
        tail += 1
    return start, tail


def _close(above: Row, below: Row, most: float) -> bool:
    return below.base - above.base < most * max(above.size, below.size)


def _beside(row: Row, left: float, right: float) -> bool:
    return len(row.pieces) == 1 and (row.right <= right - 2 or row.left >= left + 2)


def _in_column(piece: Piece, row: Row) -> bool:
    """The piece has the left edge or the centre of a piece of the row."""
    return any(
        abs(one.left - piece.left) < 0.5 * piece.size
        or abs((one.left + one.right) - (piece.left + piece.right)) < piece.size
        for one in row.pieces
    )


def _region(rows: Sequence[Row]) -> Region:
    split = [row for row in rows if len(row.pieces) > 1]
    columns = _columns(rows)
    top = min(piece.top for row in rows for piece in row.pieces)
    if is_letterhead("\n".join(piece.text for column in columns for piece in column)) or any(
        is_letterhead(row.text) for row in split
    ):
        return Region("head", columns, top)
    if len(split) >= _MANY_ROWS and all(
        statistics.median(len(piece.text) for piece in column) >= _PROSE for column in columns
    ):
        return Region("prose", columns, top)
    if len(split) > 1 or len(split[0].pieces) > 2:
        return Region("table", columns, top, _table(rows))
    return Region("head", columns, top)


def _columns(rows: Sequence[Row]) -> list[list[Piece]]:
    """Pieces by column, columns from left to right."""
    spans: list[list[float]] = []
    widest = max(rows, key=lambda row: len(row.pieces))
    spans = [[piece.left, piece.right] for piece in widest.pieces]
    columns: list[list[Piece]] = [[] for _ in spans]
    for row in rows:
        for piece in row.pieces:
            columns[_nearest(piece, spans)].append(piece)
    return [column for column in columns if column]


def _nearest(piece: Piece, spans: Sequence[Sequence[float]]) -> int:
    def distance(at: int) -> float:
        left, right = spans[at]
        overlap = min(right, piece.right) - max(left, piece.left)
        return -overlap if overlap > 0 else abs((left + right) - (piece.left + piece.right)) / 2

    return min(range(len(spans)), key=distance)


_MOTTO_BEGINS = re.compile(r"CỘNG H(?:ÒA|OÀ)\b|Độc lập\b|ĐẢNG CỘNG SẢN\b")
_MOTTO_ENDS = re.compile(r"VIỆT NAM$|[Hh]ạnh phúc$")
_DATE_CUT = re.compile(r"\b(?:ngày|tháng|năm)\b[\s\d.…]*$")
_DATE_GOES_ON = re.compile(r"(?:\d{1,2}\s+)?(?:tháng\b|năm\b)|\d{4}$")


def head_lines(column: Sequence[Piece]) -> list[list[Piece]]:
    """Lines of a letterhead's column; a motto or date that a narrow column wraps is one."""
    out: list[list[Piece]] = []
    for line in column:
        before = " ".join(piece.text for piece in out[-1]) if out else ""
        motto = _MOTTO_BEGINS.match(before) and not _MOTTO_ENDS.search(before)
        date = _DATE_CUT.search(before) and _DATE_GOES_ON.match(line.text)
        if out and (motto or date) and len(out[-1]) < 3:
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _at_columns(piece: Piece, spans: Sequence[Sequence[float]]) -> list[Piece]:
    """A piece cut where a column of the other rows begins: its gap was too narrow to tell."""
    for left, _ in spans:
        before = [glyph for glyph in piece.glyphs if glyph.left < left - 1]
        after = piece.glyphs[len(before) :]
        if before and after and abs(after[0].left - left) < 1.5 and after[0].left - before[-1].right > 0:
            return [Piece(before), *_at_columns(Piece(after), spans)]
    return [piece]


def _table(rows: Sequence[Row]) -> list[list[str]]:
    """Cells of each row; a row that lacks its first cell goes on the row above."""
    widest = max(rows, key=lambda row: len(row.pieces))
    spans = [[piece.left, piece.right] for piece in widest.pieces]
    out: list[list[str]] = []
    for row in rows:
        cells = [""] * len(spans)
        for piece in (part for one in row.pieces for part in _at_columns(one, spans)):
            at = _nearest(piece, spans)
            cells[at] = f"{cells[at]} {piece.text}".strip()
        if out and not cells[0] and len(row.pieces) < len(spans):
            out[-1] = [f"{above} {cell}".strip() for above, cell in zip(out[-1], cells, strict=True)]
        else:
            out.append(cells)
    return out
