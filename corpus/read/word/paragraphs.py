"""One paragraph of a .docx to text: tracked changes applied, fields, breaks, notes, text boxes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.read.inline import tidy
from corpus.read.legacy import from_font
from corpus.read.markdown import raised
from corpus.read.word.package import W, attribute, flag, local
from corpus.read.word.styles import Style, Styles, font_of

__all__ = ["TAB", "Pages", "Printed", "printed"]

_GONE = frozenset({"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText"})
"""Deleted text and what is no text."""

TAB = "\x1f"
"""Stands for a tab or a wide gap, which may set two columns apart."""

_CHARACTERS = {"tab": TAB, "ptab": TAB, "cr": "\n", "noBreakHyphen": "-"}
_GAP = re.compile(rf"{TAB}|\t+| {{4,}}")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


@dataclass(slots=True)
class Pages:
    """Counts pages while the document is walked. `rendered`: Word has noted its own page breaks.

    Word notes a break of its own after every explicit one as well, so only one kind is counted.
    """

    rendered: bool = False
    number: int = 1

    def turn(self, *, rendered: bool) -> None:
        """Go to the next page if breaks of this kind are the ones that count."""
        if rendered == self.rendered:
            self.number += 1


@dataclass(slots=True)
class Printed:
    """A paragraph as it is printed, before it becomes a block."""

    text: str = ""
    bold: bytearray = field(default_factory=bytearray)
    page: int = 1
    boxes: list[Element] = field(default_factory=list)
    """Contents of text boxes anchored in it."""
    legacy: bool = False
    """Some of it was set in a font from before Unicode."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind ('footnotes', 'endnotes') and id of the notes it refers to, in order."""


@dataclass(slots=True)
class _Walk:
    """State while one paragraph is walked."""

    styles: Styles
    style: Style
    pages: Pages
    printed: Printed
    pieces: list[str] = field(default_factory=list)
    note_numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, text: str, bold: bool) -> None:
        text = TAB.join(map(tidy, _GAP.split(text)))
        if text and not self.pieces:
            self.printed.page = self.pages.number
        if text:
            self.pieces.append(text)
            self.printed.bold += (b"\1" if bold else b"\0") * len(text)


def printed(
    paragraph: Element, style: Style, styles: Styles, pages: Pages, note_numbers: dict[tuple[str, str], int]
) -> Printed:
    """Text of a paragraph with what is bold in it; `note_numbers` numbers notes as they come."""
    walk = _Walk(styles, style, pages, Printed(page=pages.number), note_numbers=note_numbers)
    _children(paragraph, walk)
    walk.printed.text = "".join(walk.pieces)
    return walk.printed


def _children(parent: Element, walk: _Walk) -> None:
    for child in parent:
        name = local(child)
        if name in _GONE:
            continue
        if name == "r":
            _run(child, walk)
        elif name == "AlternateContent":
            _children(_alternative(child), walk)
        elif name in ("drawing", "pict", "object"):
            walk.printed.boxes.extend(_boxes(child))
        elif name in ("oMath", "oMathPara"):
            walk.add("".join(text.text or "" for text in child.iter() if local(text) == "t"), bold=False)
        elif name not in ("p", "tbl"):  # links, insertions, content controls, smart tags, fields
            _children(child, walk)


def _alternative(element: Element) -> Element:
    """The same drawing is given twice, new and old: take the new one."""
    return next(iter(element), element) if len(element) else element


def _boxes(drawing: Element) -> Iterator[Element]:
    """Contents of text boxes, outermost only."""
    for child in drawing:
        if local(child) == "txbxContent":
            yield child
        elif local(child) == "AlternateContent":
            yield from _boxes(_alternative(child))
        else:
            yield from _boxes(child)


def _run(run: Element, walk: _Walk) -> None:
    properties = run.find(W + "rPr")
    own = walk.styles.get(attribute(properties.find(W + "rStyle")) if properties is not None else None)
    if _first(flag(properties, "vanish"), own.hidden, walk.style.hidden):
        return
    bold = _first(flag(properties, "b"), own.bold, walk.style.bold)
    caps = _first(flag(properties, "caps"), own.caps, walk.style.caps)
    high = properties is not None and attribute(properties.find(W + "vertAlign")) == "superscript"
    font = font_of(properties) or own.font or walk.style.font or walk.styles.default_font
    for child in run:
        name = local(child)
        if name == "t":
            stored = child.text or ""
            text = from_font(stored, font)
            walk.printed.legacy |= text.lower() != stored.lower()
            text = text.upper() if caps else text
            walk.add(raised(text, "".join(walk.pieces[-2:])) if high else text, bold)
        elif name in _CHARACTERS:
            walk.add(_CHARACTERS[name], bold)
        else:
            _inside_run(child, name, walk, bold)


def _inside_run(child: Element, name: str, walk: _Walk, bold: bool) -> None:
    """What a run holds beside text: notes, breaks, drawings."""
    if name in _NOTES:
        key = (_NOTES[name], attribute(child, "id") or "")
        walk.printed.notes.append(key)
        walk.add(f"[{walk.note_numbers.setdefault(key, len(walk.note_numbers) + 1)}]", bold)
    elif name == "br":
        _break(attribute(child, "type"), walk)
    elif name == "lastRenderedPageBreak":
        walk.pages.turn(rendered=True)
    elif name in ("drawing", "pict", "object"):
        walk.printed.boxes.extend(_boxes(child))
    elif name == "AlternateContent":
        _children(_alternative(child), walk)


def _break(kind: str | None, walk: _Walk) -> None:
    if kind == "page":
        walk.pages.turn(rendered=False)
        if walk.pieces:
            walk.add(" ", bold=False)
    elif kind != "column":
        walk.add("\n", bold=False)


def _first(*values: bool | None) -> bool:
    """The first of these that says anything."""
    return next((value for value in values if value is not None), False)
