"""Tables of a .docx: data, which becomes rows, or lines side by side, which become paragraphs.

Letterheads and signatures are laid out as tables without lines: their columns are read one after
the other, never across.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.read.columns import LETTERHEAD
from corpus.read.word.package import W, attribute, local
from corpus.read.word.styles import Styles, has_lines, number
from corpus.types import Block

__all__ = ["table_blocks"]

_MOST_COLUMNS = 200
_LONG_CELL = 4
"""More paragraphs than this in one cell: prose laid out in a frame."""


@dataclass(frozen=True, slots=True)
class _Cell:
    column: int
    width: int
    blocks: tuple[Block, ...]
    continues: bool = False
    """Only goes on from the merged cell above; `blocks` is empty then."""

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)


def table_blocks(
    table: Element, styles: Styles, contents: Callable[[Element], Iterator[Block]]
) -> Iterator[Block]:
    """Blocks of a table; `contents` gives the blocks of one cell, nested tables included."""
    rows = [list(_cells(row, contents)) for row in _rows(table)]
    rows = [row for row in rows if any(cell.blocks for cell in row)]
    if not rows:
        return
    if _is_layout(table, rows, styles):
        yield from _by_column(rows)
        return
    for row in rows:
        texts = [
            " ".join(block.text.replace("\n", " ") for block in cell.blocks)
            for cell in row
            if not cell.continues
        ]
        while texts and not texts[-1]:
            texts.pop()
        first = next(block for cell in row for block in cell.blocks)
        bold = all(block.bold for cell in row for block in cell.blocks)
        yield Block(" ".join(" | ".join(texts).split()), first.page, bold=bold, table_row=True)


def _rows(parent: Element) -> Iterator[Element]:
    """Rows that are not deleted, also those inside content controls."""
    for child in parent:
        if local(child) == "tr":
            properties = child.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield child
        elif local(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _rows(child)


def _cells(row: Element, contents: Callable[[Element], Iterator[Block]]) -> Iterator[_Cell]:
    """Cells of a row with their column; those that only continue a merged cell are left out."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    column = min(number(attribute(before)) or 0, _MOST_COLUMNS)
    for cell in _wrapped_cells(row):
        properties = cell.find(W + "tcPr")
        span = properties.find(W + "gridSpan") if properties is not None else None
        width = max(1, min(number(attribute(span)) or 1, _MOST_COLUMNS))
        merged = properties.find(W + "vMerge") if properties is not None else None
        continues = merged is not None and attribute(merged) != "restart"
        blocks = tuple(contents(cell))
        yield _Cell(column, width, () if continues else blocks, continues)
        column += width


def _wrapped_cells(parent: Element) -> Iterator[Element]:
    for child in parent:
        if local(child) == "tc":
            yield child
        elif local(child) in ("sdt", "sdtContent", "customXml"):
            yield from _wrapped_cells(child)


def _is_layout(table: Element, rows: list[list[_Cell]], styles: Styles) -> bool:
    """Is this table only a way to put lines side by side?"""
    filled = [[cell for cell in row if cell.blocks] for row in rows]
    if max(len(row) for row in filled) == 1 and not (len(rows) > 2 and max(len(row) for row in rows) > 1):
        return True  # a frame around text
    if max(len(cell.blocks) for row in filled for cell in row) > _LONG_CELL * len(rows):
        return True
    text = "\n".join(cell.text for row in filled for cell in row)
    if len(rows) <= 8 and max(len(row) for row in rows) <= 3 and LETTERHEAD.search(text):
        return True
    return len(rows) <= 3 and max(len(row) for row in rows) <= 2 and not _has_lines(table, styles)


def _has_lines(table: Element, styles: Styles) -> bool:
    properties = table.find(W + "tblPr")
    if properties is not None:
        own = properties.find(W + "tblBorders")
        if own is not None and has_lines(own):
            return True
        if own is None and styles.get(attribute(properties.find(W + "tblStyle"))).bordered:
            return True
    return any(has_lines(borders) for borders in table.iter(W + "tcBorders"))


def _by_column(rows: list[list[_Cell]]) -> Iterator[Block]:
    """Each column from top to bottom; a row with one cell across divides what is above and below."""
    widest = max(cell.column + cell.width for row in rows for cell in row)
    group: list[list[_Cell]] = []
    for row in rows:
        if len(row) == 1 and row[0].column == 0 and row[0].width >= widest > 1:
            yield from _columns(group)
            yield from row[0].blocks
            group = []
        else:
            group.append(row)
    yield from _columns(group)


def _columns(rows: list[list[_Cell]]) -> Iterator[Block]:
    columns: dict[int, list[Block]] = {}
    for row in rows:
        for cell in row:
            columns.setdefault(cell.column, []).extend(cell.blocks)
    for column in sorted(columns):
        yield from columns[column]
