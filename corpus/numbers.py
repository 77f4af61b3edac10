"""Document numbers: how they are written, their one canonical form, and repair of lost hyphens.

Two families (Nghị định 30/2020/NĐ-CP, Hướng dẫn 36-HD/VPTW):
- state: number, maybe year, then symbol: "15/KH-UBND", "15/2024/NĐ-CP", "31/2024/QH15";
- Party: number, hyphen, kind, slash, body: "04-CT/TW", "18-CTr/TU".
Real texts lose or space the hyphens ("58CT/TW", "SỐ 341 -KH/BTGTW"); those are mended here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.kinds import kind_of_symbol, kinds
from corpus.text import fold
from corpus.types import Span

__all__ = ["DocumentNumber", "blank_number", "find_numbers", "number_key", "parse_number"]

_UP = "A-ZĐÂÊÔƠƯĂÁÀẢÃẠÉÈÍÌÓÒÚÙÝ"
_HYPHEN = r"\s?[-–—]\s?"
# One part of a symbol: "UBND", "NĐ", "CTr", "QH15", "UBTVQH15", "TTg", "BTGDVTU".
_PART = rf"[{_UP}][{_UP}]*(?:Tr|Tg|Đi|r|g)?[{_UP}]{{0,8}}(?:\d{{1,2}})?"
_STATE = re.compile(
    rf"(?<![\w/])(?P<ordinal>\d{{1,5}}[a-zA-Z]?)\s?/\s?"
    rf"(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    rf"(?P<symbol>{_PART}(?:(?:{_HYPHEN}|\.){_PART}){{0,4}})(?![\w])"
)
_PARTY = re.compile(
    rf"(?<![\w/.])(?P<ordinal>\d{{1,5}}[a-z]?)(?:{_HYPHEN}|\s)?"
    rf"(?P<symbol>{_PART}\s?/\s?{_PART}(?:{_HYPHEN}{_PART}){{0,2}})(?![\w/])"
)
_BLANK = re.compile(
    rf"^(?:Số|SỐ)\s*:?\s*[.…_\s]*(?P<symbol>(?:[-–]\s?{_PART}\s?/\s?{_PART}(?:-{_PART})?)"
    rf"|(?:/\s?(?:(?:19|20)\d\d\s?/\s?)?{_PART}(?:{_HYPHEN}{_PART}){{0,3}}))"
)
_HOUSES = re.compile(r"(?:QH|UBTVQH)\d{1,2}$")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number found in a text. `span` covers it as printed."""

    canonical: str
    ordinal: str
    symbol: str
    year: int | None
    span: Span

    @property
    def kind(self) -> str | None:
        """The kind that the symbol names, in sentence case."""
        return kind_of_symbol(self.symbol)

    @property
    def party(self) -> bool:
        """Written the Party way: hyphen before the kind, slash before the body."""
        return "/" in self.symbol

    @property
    def key(self) -> str:
        """What two spellings of the same number have in common."""
        return number_key(self.canonical)


def number_key(number: str) -> str:
    """Fold a canonical number for comparison: "04-CT/TW" and "4-ct/tw" → "4-ct/tw"."""
    return fold(number).lstrip("0")


def find_numbers(text: str) -> Iterator[DocumentNumber]:
    """Every document number in `text`, in order, each in canonical form.

    Letters must be in their usual case ("04-CT/TW"); for what a user typed see `parse_number`.
    """
    found = [_party(match) for match in _PARTY.finditer(text)] + [
        number for match in _STATE.finditer(text) if (number := _state(match)) is not None
    ]
    end = 0
    for number in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if number.span.start >= end:
            end = number.span.end
            yield number


def parse_number(text: str) -> DocumentNumber | None:
    """Read `text` as one document number in any case ("04-ct/tw", "15/2024/nđ-cp"); None if it is none."""
    for form in (text, text.upper()):
        for number in find_numbers(form.strip()):
            if number.span == (0, len(form.strip())):
                return number
    return None


def blank_number(text: str) -> str | None:
    """The symbol of a number line whose number was left blank: "Số: /KH-UBND" → "KH-UBND"."""
    match = _BLANK.match(text.strip())
    return _symbol(re.sub(r"^[-–/\s]*(?:\d{4}\s?/)?", "", match["symbol"])) if match else None


def _state(match: re.Match[str]) -> DocumentNumber | None:
    symbol = _symbol(match["symbol"])
    if "-" not in symbol and not _HOUSES.match(symbol) and (match["year"] is None or len(symbol) < 2):
        return None  # "10/BC", "24/TN": not specific enough to be a number
    year = int(match["year"]) if match["year"] else None
    middle = f"/{year}" if year else ""
    canonical = f"{match['ordinal']}{middle}/{symbol}"
    return DocumentNumber(canonical, match["ordinal"], symbol, year, Span(*match.span()))


def _party(match: re.Match[str]) -> DocumentNumber:
    symbol = _symbol(match["symbol"])
    canonical = f"{match['ordinal']}-{symbol}"
    return DocumentNumber(canonical, match["ordinal"], symbol, None, Span(*match.span()))


def _symbol(printed: str) -> str:
    """A symbol without inner spaces and with plain hyphens; "CTR" in all-capital text is "CTr"."""
    parts = re.split(r"([-/.])", re.sub(r"\s+", "", printed).replace("–", "-").replace("—", "-"))
    return "".join(_USUAL.get(part, part) for part in parts)


# Abbreviations with small letters, by their all-capital spelling.
_USUAL = {
    abbr.upper(): abbr for kind in kinds() for abbr in kind.abbr if abbr != abbr.upper()
} | {"TTG": "TTg"}  # fmt: skip
