"""Ruled tables to rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.read.columns import is_letterhead
from corpus.read.pdf.columns import head_lines
from corpus.read.pdf.paragraphs import Paragraph, joined
from corpus.read.pdf.rows import Piece
from corpus.types import Block

__all__ = ["Table", "table_blocks"]


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


def _heads(table: Table) -> list[str]:
    """The first rows of a table as text."""
    return [" ".join(" | ".join(joined(cell)[0] for cell in row).split()) for row in table.rows()[:3]]


def _columns(table: Table, page: int) -> Iterator[Block]:
    """A letterhead or signature in a frame: column by column."""
    columns: dict[int, list[Piece]] = {}
    for _, column, lines in table.cells:
        columns.setdefault(column, []).extend(lines)
    for column in sorted(columns):
        for lines in head_lines(columns[column]):
            yield Paragraph(lines).block(page)
