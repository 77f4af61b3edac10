"""Automatic numbering of a .docx: "1.", "a)", "2.1.3." as Word would print them.

Word keeps these labels out of the text: a paragraph names a list (`numId`) and a level, and the
list's definition says how a level counts and looks (ECMA-376 part 1, 17.9).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.read.word.package import W, attribute, flag
from corpus.read.word.styles import Styles, number

__all__ = ["Label", "Numbering"]

_LEVELS = 9
_PRINTED_BULLETS = "-–—+*"
"""Bullets that a typist would have typed; others (dots, arrows, symbol fonts) are no text."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a numbered paragraph: `text` with its following space, maybe ""."""

    text: str = ""
    bullet: bool = False
    """A list item whose mark is a drawn bullet."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"
    style: str | None = None


@dataclass(slots=True)
class _List:
    """One abstract definition with its running counters, shared by all `numId`s that name it."""

    levels: dict[int, _Level] = field(default_factory=dict)
    link: str | None = None
    counters: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Use:
    """One `numId`: the list it counts in, levels it defines anew, starts it has yet to apply."""

    list: _List
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Labels of a document's paragraphs; ask in reading order, each paragraph once."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        lists: dict[str | None, _List] = {}
        self._uses: dict[str, _Use] = {}
        self._styles = styles
        if root is None:
            return
        for element in root.iter(W + "abstractNum"):
            levels = dict(_level(level) for level in element.iter(W + "lvl"))
            lists[attribute(element, "abstractNumId")] = _List(
                levels, attribute(element.find(W + "numStyleLink"))
            )
        for element in root.iter(W + "num"):
            name = attribute(element, "numId")
            if name is None:
                continue
            overrides = element.findall(W + "lvlOverride")
            starts = {
                number(attribute(one, "ilvl")) or 0: start
                for one in overrides
                if (start := number(attribute(one.find(W + "startOverride")))) is not None
            }
            levels = dict(_level(level) for one in overrides for level in one.iter(W + "lvl"))
            owner = lists.get(attribute(element.find(W + "abstractNumId")))
            self._uses[name] = _Use(owner or _List(), levels, starts)
        self._follow_links()

    def _follow_links(self) -> None:
        """A list that only links to a list style counts in that style's own list."""
        for use in self._uses.values():
            if use.list.link is not None and not use.list.levels:
                target = self._uses.get(self._styles.get(use.list.link).numbering or "")
                if target is not None:
                    use.list = target.list

    def label(self, name: str | None, level: int | None, style: str | None) -> Label:
        """Count the next paragraph of list `name` at `level` and give its label.

        Without a level, the one that the list ties to the paragraph's style, else the first.
        """
        use = self._uses.get(name or "")
        if use is None:
            return Label()
        if level is None:
            tied = [at for at, one in use.list.levels.items() if style and one.style == style]
            level = tied[0] if tied else 0
        definition = self._definition(use, level)
        if definition is None or not 0 <= level < _LEVELS:
            return Label()
        self._count(use, level)
        return self._shown(use, level, definition)

    @staticmethod
    def _definition(use: _Use, level: int) -> _Level | None:
        return use.levels.get(level) or use.list.levels.get(level)

    def _count(self, use: _Use, level: int) -> None:
        counters = use.list.counters
        for at in range(level + 1):
            fresh = use.starts.pop(at, None)
            definition = self._definition(use, at) or _Level()
            if fresh is not None:
                counters[at] = fresh - (at == level)
            elif at not in counters:
                counters[at] = definition.start - (at == level)
        counters[level] += 1
        for at in [deeper for deeper in counters if deeper > level]:
            definition = self._definition(use, at) or _Level()
            if definition.restart is None or 0 < level + 1 <= definition.restart:
                del counters[at]

    def _shown(self, use: _Use, level: int, definition: _Level) -> Label:
        if definition.format == "bullet":
            mark = definition.text.strip()
            return Label(mark + " ") if mark and mark in _PRINTED_BULLETS else Label(bullet=True)
        text = definition.text
        for at in range(level + 1):
            if f"%{at + 1}" in text:
                shape = (self._definition(use, at) or _Level()).format
                if definition.legal and shape != "none":
                    shape = "decimal"
                text = text.replace(f"%{at + 1}", _written(use.list.counters.get(at, 1), shape))
        text = text.strip()
        return Label(text + ("" if definition.suffix == "nothing" else " ") if text else "")


def _level(element: Element) -> tuple[int, _Level]:
    return number(attribute(element, "ilvl")) or 0, _Level(
        start=_or(number(attribute(element.find(W + "start"))), 0),
        format=attribute(element.find(W + "numFmt")) or "decimal",
        text=attribute(element.find(W + "lvlText")) or "",
        restart=number(attribute(element.find(W + "lvlRestart"))),
        legal=bool(flag(element, "isLgl")),
        suffix=attribute(element.find(W + "suff")) or "tab",
        style=attribute(element.find(W + "pStyle")),
    )


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _written(value: int, shape: str) -> str:
    written = _SHAPES.get(shape, str)
    return written(value)


def _circled(value: int) -> str:
    return chr(0x2460 + value - 1) if 1 <= value <= 20 else str(value)


def _letters(value: int) -> str:
    """1 → A, 26 → Z, 27 → AA, 28 → BB: Word repeats the letter."""
    if not 1 <= value <= 780:
        return str(value)
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    if not 1 <= value <= 3999:
        return str(value)
    out = ""
    for worth, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        out += letters * (value // worth)
        value %= worth
    return out


_SHAPES: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "decimalZero": lambda value: f"{value:02d}",
    "decimalEnclosedCircle": _circled,
}
