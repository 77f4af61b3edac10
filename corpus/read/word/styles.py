"""Styles of a .docx: what a paragraph gets from its style and the styles that one is based on."""

from dataclasses import dataclass, replace
from typing import Literal
from xml.etree.ElementTree import Element

from corpus.read.word.package import W, attribute, flag

__all__ = ["Aligned", "Style", "Styles", "aligned", "font_of", "has_lines", "number"]

Aligned = Literal["left", "center", "right"]
_ALIGNED: dict[str | None, Aligned] = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right",
}  # fmt: skip
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What we use of a style. None: not said here."""

    name: str = ""
    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    aligned: Aligned | None = None
    outline: int | None = None
    """Outline level from 0."""
    numbering: str | None = None
    level: int | None = None
    bordered: bool = False
    """Tables of this style have lines."""

    @property
    def heading_level(self) -> int | None:
        """Heading level from 1 that the style stands for."""
        if self.outline is not None and self.outline < 9:
            return self.outline + 1
        return None

    @property
    def is_contents(self) -> bool:
        """A line of a generated table of contents."""
        return self.name.startswith(("toc ", "table of figures")) and self.name != "toc heading"


class Styles:
    """All styles by id, inheritance resolved when asked for."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self.default: str | None = None
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self.default_font = font_of(defaults) or ""
        for element in root.iter(W + "style") if root is not None else ():
            name = attribute(element, "styleId")
            if name is None:
                continue
            self._elements[name] = element
            kind, default = attribute(element, "type"), attribute(element, "default")
            if kind == "paragraph" and default in ("1", "true"):
                self.default = name

    def get(self, name: str | None) -> Style:
        """The style with this id with everything it inherits; an empty one if there is none."""
        return self._get(name, 0)

    def _get(self, name: str | None, depth: int) -> Style:
        if name is None or name not in self._elements or depth > _DEEPEST:
            return Style()
        if name not in self._known:
            element = self._elements[name]
            base = self._get(attribute(element.find(W + "basedOn")), depth + 1)
            self._known[name] = _overlaid(base, element)
        return self._known[name]


def number(text: str | None) -> int | None:
    """A small whole number from an attribute, None where it is none."""
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None


def aligned(properties: Element | None) -> tuple[Aligned | None, bool]:
    """Alignment that paragraph properties give, and whether they give any."""
    found = properties.find(W + "jc") if properties is not None else None
    return (_ALIGNED.get(attribute(found)), found is not None)


def font_of(properties: Element | None) -> str | None:
    """Name of the font that run properties give."""
    fonts = properties.find(W + "rFonts") if properties is not None else None
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


def _overlaid(base: Style, element: Element) -> Style:
    paragraph, run = element.find(W + "pPr"), element.find(W + "rPr")
    name = (attribute(element.find(W + "name")) or "").lower()
    style = replace(base, name=name, font=font_of(run) or base.font)
    for field, name in (("bold", "b"), ("caps", "caps"), ("hidden", "vanish")):
        if (value := flag(run, name)) is not None:
            style = replace(style, **{field: value})  # type: ignore[arg-type]
    side, given = aligned(paragraph)
    if given:
        style = replace(style, aligned=side)
    if paragraph is not None:
        outline = number(attribute(paragraph.find(W + "outlineLvl")))
        digits = style.name.removeprefix("heading ")
        if outline is None and style.name.startswith("heading ") and digits.isdecimal():
            outline = int(digits) - 1
        numbering = paragraph.find(W + "numPr")
        if outline is not None:
            style = replace(style, outline=outline)
        if numbering is not None:
            style = replace(
                style,
                numbering=attribute(numbering.find(W + "numId")) or base.numbering,
                level=number(attribute(numbering.find(W + "ilvl"))),
            )
    return replace(style, bordered=base.bordered or has_lines(element.find(f"{W}tblPr/{W}tblBorders")))


def has_lines(borders: Element | None) -> bool:
    """Some side of these borders is drawn."""
    return (
        any(attribute(side) not in ("nil", "none", None) for side in borders)
        if borders is not None
        else False
    )
