"""A web page to blocks: paragraphs, headings, lists, tables. Runs inside the limited process."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.errors import ReadError
from corpus.read.columns import is_letterhead
from corpus.read.inline import boldness, clean, parts, tidy
from corpus.read.legacy import from_font, from_tcvn3, from_vni, likeness
from corpus.read.plain import blocks_of
from corpus.read.web.decoding import decode_page
from corpus.read.web.noise import document_of, is_noise
from corpus.read.web.styles import Look, look_of
from corpus.types import Block, SourceText

__all__ = ["parse_html"]

_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "section", "article", "main",
    "header", "footer", "center", "dl", "dt", "dd", "ul", "ol", "table", "pre", "body", "address", "figure",
    "figcaption", "form", "fieldset", "hr", "tr", "td", "th", "caption", "details", "summary",
})  # fmt: skip
_DEEPEST = 150
_DEEPEST_TAGS = 10_000
_TAG = re.compile(
    r"<(/?)(?:div|span|font|b|i|u|a|em|strong|table|section|ul|ol|blockquote|center)\b", re.IGNORECASE
)
_LONG_CELL = 600
"""Cells of tables hold less text; a table with longer ones lays out the page."""

_OLD_FONT = (
    "Trang dùng phông chữ cũ (TCVN3/ABC hoặc VNI), đã chuyển sang Unicode; "
    "hãy đối chiếu với bản gốc nếu thấy chữ lạ."
)


def parse_html(data: bytes) -> SourceText:
    """Read a web page. Raises `ReadError`, without the file's name, where it holds no text."""
    text, warnings = decode_page(data)
    if _depth(text) > _DEEPEST_TAGS:
        raise ReadError("trang web lồng nhau quá sâu (có thể cố ý làm hỏng) nên không đọc.")
    body = LexborHTMLParser(text).body
    if body is None:
        raise ReadError("trang web không có chữ nào; hãy kiểm tra lại tệp gốc.")
    page = document_of(body)
    reading = _Reading(len(page.text(deep=True)))
    blocks = tuple(reading.blocks(page))
    if not blocks:
        raise ReadError("trang web không có chữ nào; hãy kiểm tra lại tệp gốc.")
    modern = _modern(blocks)
    if modern != blocks or reading.old_font:
        warnings.append(_OLD_FONT)
    return SourceText(modern, None, tuple(warnings))


def _depth(text: str) -> int:
    """How deep elements may be nested: more than the parser can take in bounded time is refused."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _modern(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks in Unicode where all of them were written for old fonts that the page names nowhere."""
    sample = "\n".join(block.text for block in blocks)[:200_000]
    if len(re.findall(r"[\u1ea0-\u1ef9ăĂđĐơƠưƯ]", sample)) * 20 >= len(re.findall(r"[\xa1-\xff]", sample)):
        return blocks
    now, seen = likeness(sample)
    for convert in (from_tcvn3, from_vni):
        share, _ = likeness(convert(sample))
        if seen >= 4 and share >= max(0.8, now + 0.25):
            return tuple(
                replace(block, text=text, bold_lead=min(block.bold_lead, len(text) - 1))
                for block in blocks
                for text in (convert(block.text),)
            )
    return blocks


@dataclass(slots=True)
class _Run:
    """Text of one look on its way to become part of a paragraph."""

    text: str
    bold: bool


class _Reading:
    """One page being read; `whole` counts its characters."""

    def __init__(self, whole: int) -> None:
        self._whole = whole
        self.old_font = False

    def blocks(self, page: LexborNode) -> Iterator[Block]:
        """All blocks in reading order."""
        yield from self._container(page, Look(), 0)

    def _container(self, node: LexborNode, look: Look, depth: int) -> Iterator[Block]:
        """Blocks of an element: its block elements each, and what stands between them as paragraphs."""
        runs: list[_Run] = []
        number = 0
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "li":
                number += 1
            if tag in _BLOCKS and depth < _DEEPEST:
                yield from self._paragraph(runs, look)
                runs = []
                if not is_noise(child, self._whole):
                    yield from self._block(child, look_of(child, look), depth + 1, number)
            else:
                inner = [*self._inline(child, look, depth + 1)]
                if any(isinstance(one, LexborNode) for one in inner):  # blocks inside <font>, <span>, <a>
                    yield from self._paragraph(runs, look)
                    runs = []
                    yield from self._container(child, look_of(child, look), depth + 1)
                else:
                    runs.extend(one for one in inner if isinstance(one, _Run))
        yield from self._paragraph(runs, look)

    def _block(self, node: LexborNode, look: Look, depth: int, number: int) -> Iterator[Block]:
        tag = node.tag or ""
        if tag == "table":
            yield from self._table(node, look, depth)
        elif tag == "pre":
            text = node.text(deep=True)
            if text.strip():
                yield from (replace(block, page=None) for block in blocks_of(text))
        elif tag == "li":
            yield from self._item(node, look, depth, number)
        else:
            level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else None
            for block in self._container(node, look, depth):
                yield replace(block, heading_level=level) if level else block

    def _item(self, node: LexborNode, look: Look, depth: int, number: int) -> Iterator[Block]:
        """A list item, with its number where the browser would print one."""
        parent = node.parent
        ordered = parent is not None and parent.tag == "ol"
        for at, block in enumerate(self._container(node, look, depth)):
            if at or block.table_row:
                yield block
            elif ordered:
                label = _label(parent.attributes.get("type") if parent else None, number)
                printed = block.text.startswith(label)
                yield block if printed else replace(block, text=f"{label} {block.text}", bold_lead=0)
            else:
                yield replace(block, list_item=True)

    def _table(self, table: LexborNode, look: Look, depth: int) -> Iterator[Block]:
        rows = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in _rows(table)]
        rows = [row for row in rows if row]
        widest = max(map(len, rows), default=0)
        if self._lays_out(table, rows, widest):
            yield from self._cells((cell for row in rows for cell in row), look, depth)
        elif len(rows) <= 8 and widest <= 4 and is_letterhead(table.text(deep=True, separator="\n")):
            columns = range(widest)  # a letterhead or signature is read column by column
            cells = (row[column] for column in columns for row in rows if column < len(row))
            yield from self._cells(cells, look, depth)
        else:
            for row in rows:
                text = [self._cell(cell, look, depth) for cell in row]
                while text and not text[-1]:
                    text.pop()
                if any(text):
                    yield Block(clean(" | ".join(text)), table_row=True)

    def _lays_out(self, table: LexborNode, rows: list[list[LexborNode]], widest: int) -> bool:
        """The table only puts parts of the page side by side or one under the other."""
        longest = max((len(cell.text(deep=True)) for row in rows for cell in row), default=0)
        nested = longest > _LONG_CELL and table.css_first("td table, th table") is not None
        return widest <= 1 or nested or longest > max(_LONG_CELL, 0.5 * self._whole)

    def _cells(self, cells: Iterable[LexborNode], look: Look, depth: int) -> Iterator[Block]:
        for cell in cells:
            if not is_noise(cell, self._whole):
                yield from self._container(cell, look_of(cell, look), depth + 1)

    def _cell(self, cell: LexborNode, look: Look, depth: int) -> str:
        blocks = self._container(cell, look_of(cell, look), depth + 1)
        return clean(" ".join(block.text.replace("\n", " ") for block in blocks))

    def _inline(self, node: LexborNode, look: Look, depth: int) -> Iterator[_Run | LexborNode]:
        """Runs of text in an inline element; a block element inside comes as it is."""
        tag = node.tag or ""
        if tag == "-text":
            text = from_font(node.text(deep=False) or "", look.font)
            self.old_font = self.old_font or text != (node.text(deep=False) or "")
            yield _Run(re.sub(r"\s+", " ", text) if not look.kept else text, look.bold)
        elif tag == "br":
            yield _Run("\n", look.bold)
        elif tag in _BLOCKS and depth < _DEEPEST:
            yield node
        elif depth >= _DEEPEST:
            yield _Run(" " + " ".join((node.text(deep=True) or "").split()) + " ", look.bold)
        elif not is_noise(node, self._whole):
            inner = look_of(node, look)
            for child in node.iter(include_text=True):
                for one in self._inline(child, inner, depth + 1):
                    yield one
                    if isinstance(one, LexborNode):
                        return

    def _paragraph(self, runs: list[_Run], look: Look) -> Iterator[Block]:
        text = ""
        flags = bytearray()
        for run in runs:
            piece = tidy(run.text)
            if text.endswith((" ", "\n", "")) and piece.startswith(" ") and (not text or text[-1] in " \n"):
                piece = piece[1:]
            text += piece
            flags += (b"\1" if run.bold else b"\0") * len(piece)
        composed = tidy(text)
        if len(composed) != len(text):  # an accent in a run of its own
            text, flags = composed, bytearray(flags[:1] * len(composed))
        for part, bold in parts(text, bytes(flags)):
            whole, lead = boldness(part, bold)
            yield Block(part, None, bold=whole, bold_lead=lead, aligned=look.aligned)


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """Rows of a table, not of tables inside it."""
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.iter() if row.tag == "tr")


def _label(kind: str | None, number: int) -> str:
    if kind in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)})"
    return f"{number}."
