"""A document laid out for reading: its text in order, as blocks that templates print.

Headings, passages and matter tile the text, so putting them in the order of their spans gives the
document back, nothing lost and nothing twice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markupsafe import Markup, escape

from corpus.types import Document, Matter, Passage, Section, Span
from web.views import section_anchor

__all__ = ["Block", "Entry", "Piece", "Reading", "lay_out"]

_HEAD = frozenset({"letterhead", "motto", "number", "place_date"})
_RIGHT = frozenset({"motto", "place_date"})
_ITEMS = frozenset({"bullet", "sub_bullet"})
_BODY = frozenset({"list", "table", "paragraph"})
_MARK = re.compile(r"\s*(?:[-–—•·▪●○*+]|\(?\w{1,4}[.)])")
_CELL = re.compile(r"\s*\|\s*")

Shape = Literal["head", "matter", "title", "heading", "run_in", "paragraph", "list", "table"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One heading, passage or piece of matter with its words as safe HTML.

    `id` is the anchor that results link to, "" for matter. `page` is set where a new page begins.
    """

    id: str
    role: str
    html: Markup
    marked: bool = False
    page: int | None = None
    on_page: int | None = None
    """The page that it stands on, whether it begins there or not."""
    note: str | None = None
    cells: tuple[Markup, ...] = ()
    right: bool = False
    """Stands in the right column of a letterhead."""
    unmarked: bool = False
    """An item whose mark was the file's own (a Word bullet), not printed in the text."""
    level: int = 0
    """Level of the HTML heading, 2 to 6; 0 where it is none."""


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces that are set together: one paragraph, the items of a list, the rows of a table.

    A "run_in" block is a heading and the passage on its line.
    """

    shape: Shape
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline."""

    id: str
    label: str
    title: str
    children: tuple["Entry", ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document ready to print."""

    outline: tuple[Entry, ...]
    blocks: tuple[Block, ...]
    has_title: bool
    """The text itself prints a title, so that the page needs no heading of its own."""
    marked: bool
    """The passage or section asked for stands in the document."""
    joined: int
    """Passages that were cut by a page break and joined again."""


def lay_out(document: Document, *, marked: str = "", links: Mapping[Span, str] | None = None) -> Reading:
    """Set `document` for reading.

    `marked` is the id of a passage or section to mark; `links` maps spans of the text that mention
    a document held to its address.
    """
    blocks = tuple(_Setter(document, marked, links or {}).blocks())
    return Reading(
        outline=_outline(document),
        blocks=blocks,
        has_title=any(block.shape == "title" for block in blocks),
        marked=any(piece.marked for block in blocks for piece in block.pieces),
        joined=sum(bool(passage.repairs) for passage in document.passages),
    )


def _outline(document: Document) -> tuple[Entry, ...]:
    children: dict[int | None, list[Section]] = {}
    for section in document.sections:
        children.setdefault(section.parent, []).append(section)

    def under(parent: int | None) -> tuple[Entry, ...]:
        return tuple(
            Entry(section_anchor(document.id, s.ordinal), s.label, s.title, under(s.ordinal))
            for s in children.get(parent, ())
        )

    return under(None)


class _Setter:
    """Turns one document into blocks; keeps the page last seen so that each page is named once."""

    def __init__(self, document: Document, marked: str, links: Mapping[Span, str]) -> None:
        self.document = document
        self.marked = marked
        self.links = sorted(links.items())
        self.page: int | None = None
        self.titled = False
        self.begun = False
        self.next_link = 0

    def blocks(self) -> Iterator[Block]:
        parts: list[Matter | Section | Passage] = [
            *self.document.matter,
            *self.document.sections,
            *self.document.passages,
        ]
        parts.sort(key=lambda part: part.span)
        opened: Piece | None = None  # a run-in heading that waits for its passage
        for kind, group in groupby(parts, key=self._kind):
            shown = [self._piece(part) for part in group]
            self.begun = self.begun or kind not in ("head", "stamp")
            if opened is not None and kind in _BODY:
                yield Block("run_in", (opened, shown.pop(0)))
            elif opened is not None:
                yield Block("heading", (opened,))
            opened = shown.pop() if kind.startswith("run_in") else None
            if shown:
                yield from self._set(kind, shown)
        if opened is not None:
            yield Block("heading", (opened,))

    def _kind(self, part: Matter | Section | Passage) -> str:
        if isinstance(part, Matter):
            # A rule or star between the lines of a letterhead belongs to it.
            in_head = part.role in _HEAD or (part.role == "separator" and not self.begun)
            return "head" if in_head else part.role
        if isinstance(part, Section):
            return f"{'run_in' if part.role == 'run_in' else 'heading'} {part.ordinal}"
        if part.role in _ITEMS:
            return "list"
        return "table" if part.role == "table_row" else "paragraph"

    def _set(self, kind: str, pieces: list[Piece]) -> Iterator[Block]:
        if kind == "head":
            yield Block("head", tuple(pieces))
        elif kind == "title" and not self.titled:
            self.titled = True
            yield Block("title", tuple(pieces))
        elif kind in ("list", "table"):
            yield Block("list" if kind == "list" else "table", tuple(pieces))
        elif kind == "paragraph":
            yield from (Block("paragraph", (piece,)) for piece in pieces)
        elif kind.startswith("heading"):
            yield Block("heading", tuple(pieces))
        else:
            yield Block("matter", tuple(pieces))

    def _piece(self, part: Matter | Section | Passage) -> Piece:
        page = part.page if part.page != self.page else None
        self.page = part.page or self.page
        if isinstance(part, Matter):
            return Piece(
                "", part.role, escape(part.text), page=page, on_page=part.page, right=part.role in _RIGHT
            )
        if isinstance(part, Section):
            anchor = section_anchor(self.document.id, part.ordinal)
            corrected = part.label_corrected
            return Piece(
                id=anchor,
                role=part.role,
                html=self._words(part.span),
                marked=anchor == self.marked,
                page=page,
                on_page=part.page,
                level=min(part.level + 1, 6),
                note=f"đánh số trong bản gốc; đúng ra là {corrected}" if corrected else None,
            )
        return Piece(
            id=part.id,
            role=part.role,
            html=self._words(part.span, [repair.at for repair in part.repairs]),
            marked=part.id == self.marked,
            page=page,
            on_page=part.page,
            unmarked=part.role in _ITEMS and _MARK.match(part.text) is None,
            cells=tuple(self._cells(part)) if part.role == "table_row" else (),
        )

    def _cells(self, part: Passage) -> Iterator[Markup]:
        for cell in _CELL.split(part.text.strip().strip("|")):
            yield escape(cell)

    def _words(self, span: Span, joins: Iterable[int] = ()) -> Markup:
        """The words at `span` with mentions of held documents linked and mended breaks shown."""
        text = self.document.text
        while self.next_link < len(self.links) and self.links[self.next_link][0].end <= span.start:
            self.next_link += 1
        cuts: list[tuple[int, int, Markup]] = []
        for mention, url in self.links[self.next_link :]:
            if mention.start >= span.end:
                break
            if span.start <= mention.start and mention.end <= span.end:
                link = Markup('<a class="cite" href="{}">{}</a>').format(url, text[slice(*mention)])
                cuts.append((mention.start, mention.end, link))
        joint = Markup('<span class="join" title="chỗ ngắt trang trong bản gốc"></span>')
        cuts += [(span.start + at, span.start + at, joint) for at in joins]
        html, at = Markup(), span.start
        for start, end, piece in sorted(cuts):
            if start < at:
                continue
            html += escape(text[at:start]) + piece
            at = end
        return html + escape(text[at : span.end])
