"""Text files (.txt, .md) to blocks: pages, paragraphs, table rows, headings, bold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.errors import ReadError
from corpus.read.columns import unfolded
from corpus.read.encoding import decode
from corpus.read.html_tables import tables_as_markdown
from corpus.read.inline import boldness, clean, parts
from corpus.read.lines import Habit, Join, Line, habit_of, join_of
from corpus.read.markdown import BREAK, PART, Marked, heading, strip_marks, unquoted
from corpus.types import Block, SourceText

__all__ = ["blocks_of", "read_plain"]

_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_RULE_ROW = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*\|?$")
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s+[^\s#]")
_FENCE = re.compile(r"\s{0,3}```\w*\s*$")
_CELL = re.compile(r"(?<!\\)\|")


def read_plain(data: bytes, name: str) -> SourceText:
    """Read the bytes of a text file. Raises `ReadError` where they are no text."""
    text, warnings = decode(data, name)
    text = tables_as_markdown(text)
    pages = text.split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    split = [_chunks(page) for page in pages]
    habit = habit_of([chunk for page in split for chunk in page])
    blocks: list[Block] = []
    for number, chunks in enumerate(split, 1):
        page = number if len(pages) > 1 else None
        for chunk in chunks:
            blocks.extend(_blocks(chunk, habit, page))
    if not blocks:
        raise ReadError(f"{name}: tệp không có chữ nào; hãy kiểm tra lại tệp gốc.")
    return SourceText(tuple(blocks), len(pages) if len(pages) > 1 else None, tuple(warnings))


def blocks_of(text: str) -> tuple[Block, ...]:
    """Blocks of a text that is already decoded: what the readers do, for tests and pasted text."""
    return read_plain(text.encode("utf-8", "replace"), "văn bản").blocks


def _chunks(page: str) -> list[list[Line]]:
    """Lines of a page in runs between blank lines; a Markdown heading is a run of its own."""
    runs: list[list[str]] = [[]]
    for raw in _LINE_END.split(page):
        raw = unquoted(raw)  # noqa: PLW2901
        if not clean(raw) or _FENCE.match(raw):
            runs.append([])
        elif _HEADING_MARK.match(raw) or (runs[-1] and _HEADING_MARK.match(runs[-1][-1])):
            runs.append([raw])
        else:
            runs[-1].append(raw)
    return [[_line(raw) for raw in unfolded(run)] for run in runs if run]


def _line(raw: str) -> Line:
    text = clean(raw)
    hard = raw.endswith("  ") or (text.endswith("\\") and not text.endswith("\\\\"))
    level, text = heading(text.removesuffix("\\").rstrip() if hard else text)
    return Line(text, len(raw) - len(raw.lstrip()), hard, level)


def _blocks(chunk: list[Line], habit: Habit, page: int | None) -> Iterator[Block]:
    if len(chunk) == 2 and chunk[0].level is None and re.fullmatch(r"={3,}", chunk[1].text):
        chunk = [Line(chunk[0].text, chunk[0].indent, hard=False, level=1)]
    table = _is_table(chunk)
    prose: list[Line] = []
    for line in chunk:
        if table and line.text.count("|") >= 1:
            yield from _prose(prose, habit, page)
            prose = []
            yield from _row(line.text, page)
        else:
            prose.append(line)
    yield from _prose(prose, habit, page)


def _is_table(chunk: list[Line]) -> bool:
    """A Markdown table has its rule under the head row, or bars at both ends of several rows."""
    barred = [line.text for line in chunk if line.text.startswith("|") and line.text.endswith("|")]
    ruled = any("|" in line.text and _RULE_ROW.match(line.text) for line in chunk)
    return ruled or len(barred) >= 2 or (len(barred) == 1 and barred[0].count("|") > 2)


def _row(text: str, page: int | None) -> Iterator[Block]:
    if _RULE_ROW.match(text):
        return
    body = text.removeprefix("|")
    body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
    cells = [_flat(strip_marks(cell.strip())) for cell in _CELL.split(body)]
    while cells and not cells[-1]:
        cells.pop()
    joined = clean(" | ".join(cells))
    if joined:
        yield Block(joined, page, table_row=True)


def _flat(marked: Marked) -> str:
    return clean(marked.text.replace(BREAK, " ").replace(PART, " ").replace("\n", " "))


@dataclass(slots=True)
class _Piece:
    """A line without marks on its way to become a block, or part of one."""

    text: str
    bold: bytes
    join: Join
    level: int | None


def _prose(chunk: list[Line], habit: Habit, page: int | None) -> Iterator[Block]:
    if not chunk:
        return
    gathered: list[_Piece] = []
    for piece in _pieces(chunk, habit):
        if piece.join == "new" and gathered:
            yield from _block(gathered, page)
            gathered = []
        gathered.append(piece)
    yield from _block(gathered, page)


def _pieces(chunk: list[Line], habit: Habit) -> Iterator[_Piece]:
    """Lines of a chunk without marks, each with how it goes on from the one before."""
    marked = strip_marks("\n".join(line.text for line in chunk))
    at = 0
    before = ""
    for number, text in enumerate(marked.text.split("\n")):
        line, join = chunk[number], _first_join(chunk, number, before, text, habit)
        if at - 1 in marked.joined and at:
            join = "space" if join == "space" and not chunk[number - 1].hard else "break"
        for part in text.split(PART):
            yield _Piece(part, marked.bold[at : at + len(part)], join, line.level)
            at += len(part) + 1
            join = "new"
        before = text or before


def _first_join(chunk: list[Line], number: int, before: str, text: str, habit: Habit) -> Join:
    if not number or not before:
        return "new"
    above = chunk[number - 1]
    join = join_of(replace(above, text=before.strip()), replace(chunk[number], text=text.strip()), habit)
    return "break" if above.hard and join == "space" else join


def _block(pieces: list[_Piece], page: int | None) -> Iterator[Block]:
    """Blocks out of the lines of a paragraph: one, unless hard breaks set list items apart."""
    texts: list[str] = []
    flags = bytearray()
    for piece in pieces:
        if flags:
            texts.append("\n" if piece.join == "break" else " ")
            flags.append(flags[-1])
        texts.append(piece.text.replace(BREAK, "\n"))
        flags += piece.bold
    for text, bold in parts("".join(texts), bytes(flags)):
        whole, lead = boldness(text, bold)
        yield Block(text, page, heading_level=pieces[0].level, bold=whole, bold_lead=lead)
