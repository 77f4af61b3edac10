"""A PDF with a text layer to blocks: the whole way, inside the limited process."""

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import ReadError
from corpus.read.pdf.columns import Region, head_lines, regions
from corpus.read.pdf.furniture import Sheet, without_furniture
from corpus.read.pdf.glyphs import Frame, Page
from corpus.read.pdf.grid import Grid, grids
from corpus.read.pdf.notes import note_texts, split_notes
from corpus.read.pdf.pages import open_pdf, read_page
from corpus.read.pdf.paragraphs import (
    Habits,
    Measure,
    Paragraph,
    goes_on_after,
    habits_of,
    measure_of,
    paragraphs,
)
from corpus.read.pdf.rows import Piece, Row, rows_of
from corpus.read.pdf.tables import Table, mend_cut_row, table_blocks
from corpus.read.pdf.textless import is_textless, readings_of, warnings_for
from corpus.read.scan.layout import recognised_page
from corpus.types import Block, SourceText

__all__ = ["parse_or_ask", "parse_pdf", "parse_pictures"]

MAX_PAGES = 2_000
_WHOLE = Measure(0.0, 0.0)

_SOUND, _BACKED = 0.05, 0.1
"""Share of characters without a letter, and of the page that pictures cover: a page that is a picture
with few but sound characters on it (a running head put onto a scan) keeps them."""

_NONE: Mapping[str, Any] = {}


@dataclass(slots=True)
class _Sheet:
    """One frame of one page on its way."""

    page: int
    frame: Frame
    rows: list[Row]
    tables: list[Table]
    notes: list[Row] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)

    @property
    def lines(self) -> list[Piece]:
        """Lines of running text, from top to bottom."""
        return [line for region in self.regions if region.kind == "lines" for line in region.columns[0]]


def parse_pdf(data: bytes, *, recognised: Mapping[str, Any] | None = None, without: str = "") -> SourceText:
    """Read the bytes of a PDF. Raises `ReadError` without the file's name.

    `recognised`: what `recognise_page` said of pages that are pictures, by number from 1. `without`: why
    others of them were not recognised and what to do, for the message.
    """
    pages, count = _pages(data)
    return _put_together(pages, count, recognised or {}, without)


def parse_or_ask(data: bytes) -> SourceText | dict[str, object]:
    """Read the bytes of a PDF, or say which of its pages must be recognised: {"textless": [1, 3]}.

    Raises `ReadError` without the file's name.
    """
    pages, count = _pages(data)
    sheets = [sheet for page in pages for sheet in _sheets(page)]
    _drop_furniture(sheets, count)
    textless = _textless(pages, sheets)
    if textless:
        return {"textless": sorted(textless)}
    return _finished(pages, count, sheets)


def parse_pictures(
    data: bytes, *, count: int, recognised: Mapping[str, Any], without: str = ""
) -> SourceText:
    """Put together the recognised pages of a picture file; `data` has been looked at already."""
    del data
    pages = [Page(number, [], pictured=1.0) for number in range(1, count + 1)]
    return _put_together(pages, count, recognised, without)


def _pages(data: bytes) -> tuple[list[Page], int]:
    """The pages that can be opened, and how many there are."""
    document = open_pdf(data)
    count = document.pages
    if count > MAX_PAGES:
        raise ReadError(
            f"tệp PDF có {count} trang, tối đa {MAX_PAGES}; hãy tách thành nhiều tệp rồi thêm lại."
        )
    return [page for index in range(count) if (page := read_page(document, index)) is not None], count


def _put_together(
    pages: Sequence[Page], count: int, recognised: Mapping[str, Any], without: str
) -> SourceText:
    sheets: list[_Sheet] = []
    for page in pages:
        said = recognised.get(str(page.number))
        if said is not None:
            sound = page.broken < _SOUND and not page.hidden and page.pictured > _BACKED
            sheets.extend(_sheets(recognised_page(page.number, said, page if sound else None)))
        else:
            sheets.extend(_sheets(page))
    _drop_furniture(sheets, count, recognised)
    textless = _textless([page for page in pages if str(page.number) not in recognised], sheets)
    return _finished(pages, count, sheets, textless=textless, recognised=recognised, without=without)


def _finished(
    pages: Sequence[Page],
    count: int,
    sheets: Sequence[_Sheet],
    *,
    textless: frozenset[int] = frozenset(),
    recognised: Mapping[str, Any] = _NONE,
    without: str = "",
) -> SourceText:
    readings = readings_of(pages, textless, recognised)
    left_open = any(said.get("left_open") for said in recognised.values())
    warnings = warnings_for(pages, readings, count, without, left_open=left_open)
    blocks = tuple(_blocks([sheet for sheet in sheets if sheet.page not in textless]))
    if not blocks and recognised:
        raise ReadError("không nhận ra chữ nào trên bản quét; hãy quét lại rõ hơn rồi thêm lại.")
    if not blocks:
        raise ReadError("tệp không có chữ nào; hãy kiểm tra lại tệp gốc.")
    return SourceText(blocks, count, warnings, readings)


def _sheets(page: Page) -> Iterator[_Sheet]:
    for frame in page.frames:
        glyphs = frame.glyphs
        tables: list[Table] = []
        for grid in grids(frame.rules):
            inside = len(glyphs)
            glyphs = grid.take(glyphs)
            if len(glyphs) < inside:
                tables.append(_table(grid))
        yield _Sheet(page.number, frame, rows_of(glyphs), tables)


def _table(grid: Grid) -> Table:
    return Table(grid.top, grid.bottom, grid.xs, [
        (cell.row, cell.column, [row.pieces[0] for row in rows_of(cell.glyphs, split=False)])
        for cell in grid.cells
    ])  # fmt: skip


def _drop_furniture(sheets: Sequence[_Sheet], pages: int, recognised: Collection[str] = ()) -> None:
    kept = without_furniture(
        [
            Sheet(
                sheet.page, sheet.frame.turn, sheet.frame.top, sheet.frame.bottom, sheet.rows,
                sheet.frame.rules, [(table.top, table.bottom) for table in sheet.tables],
                str(sheet.page) in recognised,
            )
            for sheet in sheets
        ],
        pages,
    )  # fmt: skip
    for sheet, rows in zip(sheets, kept, strict=True):
        sheet.rows = rows


def _textless(pages: Sequence[Page], sheets: Sequence[_Sheet]) -> frozenset[int]:
    texts: dict[int, list[str]] = {}
    for sheet in sheets:
        texts.setdefault(sheet.page, []).extend(row.text for row in sheet.rows)
        texts[sheet.page].extend(
            line.text for table in sheet.tables for _, _, cell in table.cells for line in cell
        )
    return frozenset(
        page.number for page in pages if is_textless(page, "\n".join(texts.get(page.number, ())))
    )


def _body_size(sheets: Sequence[_Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for row in sheet.rows:
            for piece in row.pieces:
                sizes[round(piece.size * 2) / 2] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _blocks(sheets: Sequence[_Sheet]) -> Iterator[Block]:
    """Blocks of all pages; footnotes at the end, as in other kinds of files."""
    size = _body_size(sheets)
    for sheet in sheets:
        width = sheet.frame.right - sheet.frame.left
        sheet.rows, sheet.notes = split_notes(sheet.rows, sheet.frame.rules, size, width)
        sheet.regions = _regions(sheet)
    for before, after in itertools.pairwise(sheets):
        last, first = _items(before)[-1:], _items(after)[:1]
        if last and first and isinstance(last[0], Table) and isinstance(first[0], Table):
            mend_cut_row(last[0], first[0])
    measures = _measures(sheets)
    habits = habits_of([(sheet.lines, measures[_key(sheet)]) for sheet in sheets if _key(sheet) in measures])
    yield from _body(sheets, measures, habits)
    for sheet in sheets:
        for text in note_texts(sheet.notes):
            yield Block(text, sheet.page)


def _regions(sheet: _Sheet) -> list[Region]:
    """Regions of the text above, between and below the tables."""
    found: list[Region] = []
    rows = sheet.rows
    for table in sheet.tables:
        above = [row for row in rows if row.base < table.top + 1]
        rows = rows[len(above) :]
        found.extend(regions(above))
    return found + regions(rows)


_Key = tuple[int, int, int]


def _key(sheet: _Sheet) -> _Key:
    """Pages of one shape share their margins; left and right pages may differ."""
    return (sheet.frame.turn, round(sheet.frame.right - sheet.frame.left), sheet.page % 2)


def _measures(sheets: Sequence[_Sheet]) -> dict[_Key, Measure]:
    lines: dict[_Key, list[Piece]] = {}
    for sheet in sheets:
        lines.setdefault(_key(sheet), []).extend(sheet.lines)
    found: dict[_Key, Measure] = {}
    for key, group in lines.items():
        if len(group) < 12:  # too little to tell: take the facing pages too
            group = group + lines.get((key[0], key[1], 1 - key[2]), [])  # noqa: PLW2901
        measure = measure_of(group)
        if measure is not None:
            found[key] = measure
    return found


def _items(sheet: _Sheet) -> list[Region | Table]:
    """Regions and tables of a page from top to bottom."""
    return sorted([*sheet.regions, *sheet.tables], key=lambda item: item.top)


def _body(sheets: Sequence[_Sheet], measures: dict[_Key, Measure], usual: Habits) -> Iterator[Block]:
    open_: tuple[Paragraph, Measure] | None = None
    last_table: Table | None = None
    habits = usual
    for sheet in sheets:
        if _key(sheet) in measures:
            habits = habits_of([(sheet.lines, measures[_key(sheet)])], usual)
        for item in _items(sheet):
            if isinstance(item, Table):
                yield from table_blocks(item, sheet.page, last_table)
                open_, last_table = None, item
            elif item.kind == "lines" and (measure := measures.get(_key(sheet))) is not None:
                found = paragraphs(item.columns[0], measure, habits)
                for number, one in enumerate(found):
                    goes_on = (
                        not number
                        and open_ is not None
                        and goes_on_after(*open_, one.lines[0], measure, habits)
                    )
                    yield one.block(sheet.page, continues=goes_on)
                    open_ = None
                open_, last_table = (found[-1], measure), None
            else:
                yield from _region_blocks(item, sheet.page, habits)
                open_, last_table = None, None


def _region_blocks(region: Region, page: int, habits: Habits) -> Iterator[Block]:
    if region.cells is not None:
        for cells in region.cells:
            text = " ".join(" | ".join(cells).split()).removesuffix(" |")
            yield Block(text, page, table_row=True)
        return
    for column in region.columns:
        measure = measure_of(column) or _WHOLE
        if region.kind == "prose":
            yield from (one.block(page) for one in paragraphs(column, measure, habits))
        else:
            for lines in head_lines(column):
                yield Paragraph(lines).block(page)
