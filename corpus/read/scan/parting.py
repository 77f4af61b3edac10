"""A page cut into blocks that each hold one column of lines, so that the recogniser need not guess columns.

Left to itself it takes the numbers of a list for a column of their own and mixes the two sides of a
letterhead. Cells of ruled tables are blocks; the rest of the page is cut by white: into bands from top
to bottom, and a band whose rows share a gap into its columns. All numbers are pixels.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.read.pdf.glyphs import Rule
from corpus.read.pdf.grid import grids
from corpus.read.scan.picture import Stroke

__all__ = ["Box", "parted"]

Ink = NDArray[np.bool_]
_Gutter = tuple[int, int]

_GUTTER = 2.2
"""White between columns, in heights of a row; between a list's number and its text there is less."""

_COMMON = 1.3
"""White that all rows of a band must share to be in columns."""

_APART = 2.6
"""Rows farther apart than this belong to different bands."""

_NARROW = 3.0
"""A column not wider than this is numbers or marks of the rows beside it, and is read with them."""

_LEAST = 6
"""Rows of pixels less high than this are dots and accents of the row below or above."""


_DUST = 6
"""Pixels of ink in a square of five by five around a pixel that is part of a letter."""


class Box(NamedTuple):
    """Columns `left` ≤ x < `right` and rows `top` ≤ y < `bottom` of a picture."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of text: from where to where, and its pieces between wide gaps."""

    top: int
    bottom: int
    pieces: tuple[tuple[int, int], ...]

    @property
    def left(self) -> int:
        return self.pieces[0][0]

    @property
    def right(self) -> int:
        return self.pieces[-1][1]


def parted(ink: Ink, strokes: Sequence[Stroke], points: float) -> list[Box]:
    """Blocks of a page from its ink without ruling lines; `points`: how large a pixel is."""
    ink = _without_dust(ink)
    boxes = _cells(ink, strokes, points)
    rows = _rows(ink, points)
    at = 0
    while at < len(rows):
        if len(rows[at].pieces) == 1:
            end = at + 1
            while end < len(rows) and len(rows[end].pieces) == 1:
                end += 1
            end_of_columns = end
            gutters: list[_Gutter] = []
            if end < len(rows):  # what stands above one side of the columns that follow belongs to them
                end, end_of_columns, gutters = _columns(rows, end, at)
            if end > at:
                boxes.append(_around(rows[at:end]))
            if end < len(rows):
                boxes.extend(_strips(rows[end:end_of_columns], gutters))
            at = max(end_of_columns, at + 1) if end < len(rows) else end
        else:
            _, end, gutters = _columns(rows, at, at)
            boxes.extend(_strips(rows[at:end], gutters))
            at = end
    return boxes


def _without_dust(ink: Ink) -> Ink:
    """The ink without spots smaller than the dot under a letter."""
    reach = 2
    sums = np.pad(np.pad(ink, reach).astype(np.int32).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    size = 2 * reach + 1
    around = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    dense: Ink = ink & (around >= _DUST)
    return dense


def _cells(ink: Ink, strokes: Sequence[Stroke], points: float) -> list[Box]:
    """Cells of ruled tables that hold ink; it is taken off the page."""
    boxes: list[Box] = []
    rules = [Rule(*(value * points for value in stroke.box)) for stroke in strokes]
    for grid in grids(rules):
        for cell in grid.cells:
            left, right = (round(grid.xs[at] / points) for at in (cell.column, cell.column_end))
            top, bottom = (round(grid.ys[at] / points) for at in (cell.row, cell.row_end))
            inside = ink[top + 4 : bottom - 3, left + 4 : right - 3]
            if inside.sum() >= 12:
                boxes.append(Box(left + 3, top + 3, right - 2, bottom - 2))
        edges = [round(value / points) for value in (grid.ys[0], grid.ys[-1], grid.xs[0], grid.xs[-1])]
        ink[max(0, edges[0] - 4) : edges[1] + 5, max(0, edges[2] - 4) : edges[3] + 5] = False
    return boxes


def _rows(ink: Ink, points: float) -> list[_Row]:
    """Rows of text from top to bottom; where they lie askew or close, one may hold several lines."""
    usual = max(8, round(11 / points))
    spans = _joined(_runs(ink.sum(axis=1) >= 3, 2), usual)
    heights = sorted(bottom - top for top, bottom in spans)
    high = min(max(heights[len(heights) // 2] if heights else usual, usual // 2), 3 * usual)
    out: list[_Row] = []
    for top, bottom in spans:
        columns = ink[top:bottom].sum(axis=0) >= 1
        pieces = [(a, b) for a, b in _runs(columns, int(_GUTTER * high)) if columns[a:b].sum() >= 3]
        if pieces:
            out.append(_Row(top, bottom, tuple(pieces)))
    return out


def _joined(spans: list[tuple[int, int]], usual: int) -> list[tuple[int, int]]:
    """Low runs of rows, accents and dots, put to the near one."""
    out: list[tuple[int, int]] = []
    for top, bottom in spans:
        low = min(bottom - top, *(b - a for a, b in out[-1:]), 1 << 30) < max(_LEAST, usual // 2)
        if out and low and top - out[-1][1] <= usual // 3:
            out[-1] = (out[-1][0], bottom)
        else:
            out.append((top, bottom))
    return [(top, bottom) for top, bottom in out if bottom - top >= 4]


def _runs(marked: NDArray[np.bool_], gap: int) -> list[tuple[int, int]]:
    """Runs of True; those closer than `gap` are one."""
    edges = np.flatnonzero(np.diff(np.pad(marked.astype(np.int8), 1)))
    out: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if out and start - out[-1][1] < gap:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _columns(rows: Sequence[_Row], at: int, first: int) -> tuple[int, int, list[_Gutter]]:
    """First row, row after the last, and gutters of the columns that row `at`, of several pieces, is in."""
    gutters = [(a[1], b[0]) for a, b in itertools.pairwise(rows[at].pieces)]
    start, end = at, at + 1
    while start > first and (kept := _shared(gutters, rows[start - 1], rows[start])) is not None:
        if not _on_one_side(rows[start - 1], kept):
            break
        start, gutters = start - 1, kept
    while end < len(rows) and (kept := _shared(gutters, rows[end], rows[end - 1])) is not None:
        end, gutters = end + 1, kept
    while end > at + 1 and len(rows[end - 1].pieces) == 1 and _fills(rows[end - 1], rows[at], gutters):
        end -= 1
    return start, end, gutters


def _shared(gutters: Sequence[_Gutter], row: _Row, beside: _Row) -> list[_Gutter] | None:
    """What is left of the gutters with another row; None where it crosses them all or stands apart."""
    height = max(12, beside.bottom - beside.top)
    distance = row.top - beside.bottom if row.top >= beside.bottom else beside.top - row.bottom
    if distance > _APART * height:
        return None
    kept: list[_Gutter] = []
    for left, right in gutters:
        blocks = [piece for piece in row.pieces if piece[0] < right and piece[1] > left]
        lefts = [left, *(piece[1] for piece in blocks if piece[0] < left)]
        rights = [right, *(piece[0] for piece in blocks if piece[0] >= left)]
        if any(piece[0] < left and piece[1] > right for piece in blocks):
            continue
        a, b = max(lefts), min(rights)
        if b - a >= _COMMON * height * 0.8:
            kept.append((a, b))
    return kept or None


def _on_one_side(row: _Row, gutters: Sequence[_Gutter]) -> bool:
    return len(row.pieces) > 1 or any(row.right <= left or row.left >= right for left, right in gutters)


def _fills(row: _Row, columns: _Row, gutters: Sequence[_Gutter]) -> bool:
    """A row below columns that begins left of them all is a line of text again."""
    return row.left < columns.left - 20 and row.right > gutters[0][0]


def _around(rows: Sequence[_Row]) -> Box:
    return Box(min(row.left for row in rows), rows[0].top, max(row.right for row in rows), rows[-1].bottom)


def _strips(rows: Sequence[_Row], gutters: Sequence[_Gutter]) -> list[Box]:
    """A box for each column of a band."""
    height = max(12, int(np.median([row.bottom - row.top for row in rows])))
    edges = [0, *((left + right) // 2 for left, right in gutters), 1 << 30]
    strips: list[Box] = []
    for left, right in itertools.pairwise(edges):
        inside = [
            (max(a, left), row.top, min(b, right), row.bottom)
            for row in rows
            for a, b in row.pieces
            if a < right and b > left
        ]
        if not inside:
            continue
        box = Box(
            min(one[0] for one in inside), min(one[1] for one in inside),
            max(one[2] for one in inside), max(one[3] for one in inside),
        )  # fmt: skip
        if strips and strips[-1].right - strips[-1].left <= _NARROW * height:
            before = strips.pop()
            box = Box(before.left, min(before.top, box.top), box.right, max(before.bottom, box.bottom))
        strips.append(box)
    return strips
