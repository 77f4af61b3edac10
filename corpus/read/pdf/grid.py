"""Tables drawn with lines: which ruling lines make a table, and which text stands in which cell."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.read.pdf.glyphs import Glyph, Rule

__all__ = ["Cell", "Grid", "grids"]

_NEAR = 3.0
"""Lines closer than this touch; edges closer than this are one edge. Points."""

_MOST_EDGES = 400
_MOST_RULES = 6_000


@dataclass(slots=True)
class Cell:
    """A cell that covers rows `row` ≤ r < `row_end` and columns `column` ≤ c < `column_end`."""

    row: int
    column: int
    row_end: int
    column_end: int
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table: its edges and cells, in reading order."""

    xs: list[float]
    ys: list[float]
    cells: list[Cell]

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.ys[-1]

    def take(self, glyphs: Iterable[Glyph]) -> list[Glyph]:
        """Put the characters inside into their cells; those outside are given back."""
        owner = {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row_end)
            for column in range(cell.column, cell.column_end)
        }
        left: list[Glyph] = []
        for glyph in glyphs:
            row = _between(self.ys, glyph.base - 0.3 * glyph.size)
            column = _between(self.xs, (glyph.left + glyph.right) / 2)
            cell = owner.get((row, column)) if row is not None and column is not None else None
            if cell is None:
                left.append(glyph)
            else:
                cell.glyphs.append(glyph)
        return left


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """All tables with at least two cells, from top to bottom."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    found = (grid for group in _groups(_merged(rules)) if (grid := _grid(group)) is not None)
    return sorted(found, key=lambda grid: grid.top)


def _between(edges: Sequence[float], value: float) -> int | None:
    if not edges[0] - _NEAR <= value <= edges[-1] + _NEAR:
        return None
    for at in range(len(edges) - 2, -1, -1):
        if value >= edges[at]:
            return at
    return 0


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line put together."""
    out: list[Rule] = []
    flat = sorted((rule for rule in rules if rule.flat), key=lambda one: (round(one.top), one.left))
    tall = sorted((rule for rule in rules if not rule.flat), key=lambda one: (round(one.left), one.top))
    for rule in flat:
        last = out[-1] if out else None
        if last is not None and abs(last.top - rule.top) < 1.5 and rule.left <= last.right + _NEAR:
            out[-1] = Rule(last.left, last.top, max(last.right, rule.right), last.bottom)
        else:
            out.append(rule)
    start = len(out)
    for rule in tall:
        last = out[-1] if len(out) > start else None
        if last is not None and abs(last.left - rule.left) < 1.5 and rule.top <= last.bottom + _NEAR:
            out[-1] = Rule(last.left, last.top, last.right, max(last.bottom, rule.bottom))
        else:
            out.append(rule)
    return out


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Lines that touch each other, directly or through others."""
    parent = list(range(len(rules)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    order = sorted(range(len(rules)), key=lambda at: rules[at].top)
    open_: list[int] = []
    for at in order:
        rule = rules[at]
        open_ = [one for one in open_ if rules[one].bottom >= rule.top - _NEAR]
        for one in open_:
            other = rules[one]
            if (
                other.flat != rule.flat
                and other.left <= rule.right + _NEAR
                and rule.left <= other.right + _NEAR
            ):
                parent[root(at)] = root(one)
        open_.append(at)
    groups: dict[int, list[Rule]] = {}
    for at, rule in enumerate(rules):
        groups.setdefault(root(at), []).append(rule)
    return list(groups.values())


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _grid(group: list[Rule]) -> Grid | None:
    flat = [rule for rule in group if rule.flat]
    tall = [rule for rule in group if not rule.flat]
    xs = _edges(rule.left for rule in tall)
    ys = _edges(rule.top for rule in flat)
    if tall and flat:
        # An outer border is often left out: the ends of the lines across stand for it.
        xs = _edges([*xs, *_ends(xs, [(rule.left, rule.right) for rule in flat])])
        ys = _edges([*ys, *_ends(ys, [(rule.top, rule.bottom) for rule in tall])])
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) > _MOST_EDGES or len(xs) + len(ys) < 5:
        return None
    cells = _cells(xs, ys, flat, tall)
    return Grid(xs, ys, cells) if len(cells) > 1 else None


def _ends(edges: list[float], spans: list[tuple[float, float]]) -> list[float]:
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    out = [first] if not edges or first < edges[0] - 2 * _NEAR else []
    return out + ([last] if not edges or last > edges[-1] + 2 * _NEAR else [])


@dataclass(slots=True)
class _Lines:
    """Which fields of a grid have a line at their left, and which above them."""

    beside: list[list[bool]]
    above: list[list[bool]]


def _lines(xs: list[float], ys: list[float], flat: list[Rule], tall: list[Rule]) -> _Lines:
    columns, rows = len(xs) - 1, len(ys) - 1
    lines = _Lines(
        [[False] * (columns + 1) for _ in range(rows)], [[False] * columns for _ in range(rows + 1)]
    )
    for rule in tall:
        at = min(range(len(xs)), key=lambda number: abs(xs[number] - rule.left))
        for row in range(rows):
            if rule.top <= (ys[row] + ys[row + 1]) / 2 <= rule.bottom:
                lines.beside[row][at] = True
    for rule in flat:
        at = min(range(len(ys)), key=lambda number: abs(ys[number] - rule.top))
        for column in range(columns):
            if rule.left <= (xs[column] + xs[column + 1]) / 2 <= rule.right:
                lines.above[at][column] = True
    return lines


def _cells(xs: list[float], ys: list[float], flat: list[Rule], tall: list[Rule]) -> list[Cell]:
    """Fields of the grid, joined where no line parts them."""
    columns, rows = len(xs) - 1, len(ys) - 1
    lines = _lines(xs, ys, flat, tall)
    cells: list[Cell] = []
    taken = [[False] * columns for _ in range(rows)]
    for row, column in itertools.product(range(rows), range(columns)):
        if taken[row][column]:
            continue
        end = column + 1
        while end < columns and not lines.beside[row][end] and not taken[row][end]:
            end += 1
        last = row + 1
        while last < rows and _opens_below(lines, taken, last, column, end):
            last += 1
        for r, c in itertools.product(range(row, last), range(column, end)):
            taken[r][c] = True
        cells.append(Cell(row, column, last, end))
    return cells


def _opens_below(lines: _Lines, taken: list[list[bool]], row: int, column: int, end: int) -> bool:
    """Whether a cell from `column` to `end` goes on into the fields of `row`."""
    if any(lines.above[row][at] or taken[row][at] for at in range(column, end)):
        return False
    return not any(lines.beside[row][at] for at in range(column + 1, end))
