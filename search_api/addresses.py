"""Places inside a document as people name them: "Điều 5", "điểm a khoản 2 Điều 3", "mục II.1"."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.kinds import kinds
from corpus.library import StoredPassage
from corpus.text import fold
from corpus.types import Section
from search_api.references import find_references

__all__ = ["Address", "find_addresses", "passages_at", "read_address"]

_SEP = r"\s*,?\s+(?:cua\s+)?"
_ARTICLE = (
    rf"(?:diem\s+(?:[a-z]{{1,2}}|\d{{1,2}}){_SEP})?(?:khoan\s*\d{{1,2}}[a-z]?{_SEP})?dieu\s*\d{{1,3}}[a-z]?"
)
_NUMERAL = r"(?:[ivxl]{1,6}|\d{1,2}|[a-z])(?:\.\d{1,2})*"
_SECTION = rf"(?:(?:diem|khoan)\s+(?:[a-z]|\d{{1,2}}){_SEP})?(?:muc|phan|chuong|phu\s+luc)\s+{_NUMERAL}"
_ADDRESS = re.compile(rf"(?<![\w.])(?:{_ARTICLE}|{_SECTION})(?![\w/%]|[.,-]\d)")
_PART = re.compile(
    rf"(?P<level>diem|khoan|dieu|muc|phan|chuong|phu\s+luc)(?:\s+|(?=\d))(?P<number>\d+[a-z]\b|{_NUMERAL}|\d+)"
)
_BEFORE = re.compile(r"\s*,?\s*(?:(?:cua|trong|tai|theo|o)\s+)?(?:so\s+)?")
_AFTER = re.compile(r"\s*[,:(]?\s*(?:(?:tai|o)\s+)?")

_NAMES = {
    "diem": "điểm", "khoan": "khoản", "dieu": "Điều", "muc": "mục", "phan": "Phần", "chuong": "Chương",
    "phu luc": "Phụ lục",
}  # fmt: skip
_BARE_LEVELS = frozenset({"khoan", "diem", "muc", "phan"})
"""Levels that documents print as a number alone: "2.", "a)", "II."."""


class Address(NamedTuple):
    """Steps from the outside in: (("dieu", "3"), ("khoan", "2"), ("diem", "a"))."""

    steps: tuple[tuple[str, str], ...]


class _Fits:
    """Whether a printed label is that of a step."""

    def __init__(self, level: str, number: str) -> None:
        word = level.replace(" ", r"\s+")
        bare = r"|" if level in _BARE_LEVELS else ""
        self._pattern = re.compile(rf"(?:{word}\s+{bare}){re.escape(number)}\s*(?:[.:)/\-].*|$)")

    def __call__(self, label: str) -> bool:
        return bool(self._pattern.fullmatch(fold(label).strip()))


def find_addresses(text: str) -> Iterator[tuple[str, str]]:
    """(as typed, canonical) of places in a document that `text` (NFC) names beside them.

    The document may stand by its number, before or after, or by its kind alone: "Điều 5 quy chế làm việc".
    "Điều 5" with nothing beside it names no place.
    """
    folded = fold(text)
    named: list[tuple[int, int]] = []
    for typed, _ in find_references(text):
        start = text.find(typed, named[-1][1] if named else 0)
        named.append((start, start + len(typed)))
    for match in _ADDRESS.finditer(folded):
        before_named = _BEFORE.match(folded, match.end())
        follows = before_named.end() if before_named else match.end()
        beside = any(start <= follows < end for start, end in named)
        beside = beside or any(
            (after := _AFTER.match(folded, end)) and after.end() == match.start() for _, end in named
        )
        if beside or _names_kind(folded, follows):
            yield text[match.start() : match.end()], _canonical(match.group())


def read_address(canonical: str) -> Address:
    """A canonical address taken apart, outermost step first."""
    steps: list[tuple[str, str]] = []
    for part in reversed(list(_PART.finditer(fold(canonical)))):
        level, number = " ".join(part["level"].split()), part["number"]
        roman, dot, rest = number.partition(".")
        # "mục II.1" is heading 1 under heading II, "mục 2.1" is printed so.
        steps += [(level, roman), (level, rest)] if dot and not roman.isdigit() else [(level, number)]
    return Address(tuple(steps))


def passages_at(
    address: Address, sections: Sequence[Section], passages: Sequence[StoredPassage]
) -> list[StoredPassage]:
    """The passages of a document that an address names, in reading order; [] where it has no such place."""
    within = list(passages)
    for level, number in address.steps:
        within = _step(level, number, sections, within)
        if not within:
            return []
    return within


def _step(
    level: str, number: str, sections: Sequence[Section], within: Sequence[StoredPassage]
) -> list[StoredPassage]:
    """Passages under the first heading, or from the first point, with this label."""
    fits = _Fits(level, number)
    own = next((at for at, stored in enumerate(within) if fits(stored.passage.label)), None)
    headed = _under_heading(fits, sections, within)
    if own is None or (headed and within.index(headed[0]) < own):
        return headed
    point = within[own]
    items = [s for s in within[own + 1 :] if s.passage.lead == point.passage.ordinal]
    # A passage of its own ("Điều 1. Ban hành kèm theo…") and an article of what is attached: both.
    return [point, *items, *(headed if level == "dieu" else ())]


def _under_heading(
    fits: _Fits, sections: Sequence[Section], within: Sequence[StoredPassage]
) -> list[StoredPassage]:
    for section in sections:
        if fits(section.label) or fits(section.title[:20]):
            under = [s for s in within if _is_under(s.passage.section, section.ordinal, sections)]
            if under:
                return under
    return []


def _is_under(section: int | None, ancestor: int, sections: Sequence[Section]) -> bool:
    while section is not None and section != ancestor:
        section = sections[section].parent
    return section == ancestor


def _canonical(folded: str) -> str:
    """'khoan 2, dieu 3' → 'khoản 2 Điều 3'; Roman numerals in capitals."""
    parts = []
    for part in _PART.finditer(folded):
        level, number = " ".join(part["level"].split()), part["number"]
        roman = re.match(r"[ivxl]+(?=\.|$)", number) if level not in ("diem", "khoan", "dieu") else None
        parts.append(f"{_NAMES[level]} {number.upper() if roman else number}")
    return " ".join(parts)


def _names_kind(folded: str, at: int) -> bool:
    """Whether the name of a kind of document stands at `at`, with something after it: "quy chế làm việc"."""
    return any(re.match(rf"{re.escape(fold(kind.name))}\s+\w", folded[at:]) for kind in kinds())
