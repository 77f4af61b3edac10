"""Ruled tables to rows."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.read.columns import is_letterhead
from corpus.read.pdf.columns import head_lines
from corpus.read.pdf.paragraphs import Paragraph, joined
from corpus.read.pdf.rows import Piece
from corpus.types import Block

__all__ = ["Table", "mend_cut_row", "table_blocks"]

_CLOSED = re.compile(r"[.;!?…][\"”’»)\]]{0,2}$")


@dataclass(slots=True)
class Table:
    """A ruled table: its edges, and each cell's row, column and lines."""

    top: float
    bottom: float
    xs: list[float]
    cells: list[tuple[int, int, list[Piece]]]

    def rows(self) -> list[list[list[Piece]]]:
        """Cells by row, from left to right; a cell over several rows stands in its first."""
        rows: dict[int, list[tuple[int, list[Piece]]]] = {}
        for row, column, lines in self.cells:
            rows.setdefault(row, []).append((column, lines))
        return [
            [lines for _, lines in sorted(cells, key=lambda one: one[0])] for _, cells in sorted(rows.items())
        ]


def table_blocks(table: Table, page: int, before: Table | None) -> Iterator[Block]:
    """Rows of a table; of one that goes on from the page before (`before`) without its repeated head."""
    rows = table.rows()
    text = "\n".join(line.text for row in rows for cell in row for line in cell)
    if len(rows) <= 8 and len(table.xs) <= 4 and is_letterhead(text):
        yield from _columns(table, page)
        return
    heads = _heads(before) if before is not None else []
    for number, row in enumerate(rows):
        texts = [joined(cell)[0] for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        joined_text = " ".join(" | ".join(texts).split())
        if not joined_text or (number < len(heads) and heads[number] == joined_text):
            continue
        filled = [line for cell in row for line in cell]
        yield Block(joined_text, page, bold=all(line.bold for line in filled), table_row=True)


def mend_cut_row(before: Table, after: Table) -> None:
    """Put the first row of a table into the last one of the page before, where the page break cut it."""
    rows = after.rows()
    heads, number = _heads(before), 0
    while number < min(len(heads), len(rows)) and _texts(rows[number]) == heads[number]:
        number += 1
    order = sorted({row for row, _, _ in after.cells})
    ends = {column: lines for row, column, lines in before.cells if row == max(r for r, _, _ in before.cells)}
    if number >= len(order):
        return
    goes_on = {column: lines for row, column, lines in after.cells if row == order[number]}
    if not _is_rest(ends, goes_on, before.xs):
        return
    for column, lines in goes_on.items():
        ends[column].extend(lines)
    after.cells = [cell for cell in after.cells if cell[0] != order[number]]


def _is_rest(ends: dict[int, list[Piece]], goes_on: dict[int, list[Piece]], xs: list[float]) -> bool:
    """Is a row the rest of the one before? Then some of its cells are empty, the others go on open ones."""
    if ends.keys() != goes_on.keys():
        return False
    filled = [column for column, lines in goes_on.items() if lines]
    if not filled or not any(lines for column, lines in ends.items() if column not in filled):
        return False
    edges = dict(itertools.pairwise([*sorted(ends), len(xs) - 1]))
    return all(
        ends[column] and _goes_on(ends[column][-1], goes_on[column][0], xs[edges[column]])
        for column in filled
    )


def _goes_on(last: Piece, line: Piece, edge: float) -> bool:
    """Does a line in a cell go on the one before? It does in small letters, or if there was no more room."""
    if _CLOSED.search(last.text):
        return False
    return line.text[:1].islower() or last.right + line.first_width + 0.8 * line.size > edge


def _texts(row: list[list[Piece]]) -> str:
    return " ".join(" | ".join(joined(cell)[0] for cell in row).split())


def _heads(table: Table) -> list[str]:
    """The first rows of a table as text."""
    return [_texts(row) for row in table.rows()[:3]]


def _columns(table: Table, page: int) -> Iterator[Block]:
    """A letterhead or signature in a frame: column by column."""
    columns: dict[int, list[Piece]] = {}
    for _, column, lines in table.cells:
        columns.setdefault(column, []).extend(lines)
    for column in sorted(columns):
        for lines in head_lines(columns[column]):
            yield Paragraph(lines).block(page)
