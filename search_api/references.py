"""Documents that a query names: '04-CT/TW', '58CT/TW', 'CT 04', 'nghị quyết số 80', 'nghi dinh 74/2025'."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus.kinds import kinds
from corpus.library import fold_number
from corpus.numbers import parse_number
from corpus.text import fold

__all__ = ["Reference", "find_references", "in_full", "read_reference"]

# A query may have lost its accents: everything is read on the folded text, which keeps its length.
_OPEN = r"(?<![\w/.,-])"
_SO = r"(?:\s*\bso\s*:?)?\s*"
# What is counted after a kind makes the number a count: "kế hoạch 5 năm", "báo cáo 3 tháng".
_COUNTED = (
    r"phan tram|nam|thang|tuan|quy|gio|ngay(?!\s*\d)|trieu|ty|nghin|dong|nguoi|don vi|lan|buoc|nhom|diem"
    r"|muc tieu|nhiem vu|chi tieu|noi dung|giai phap"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Reference:
    """A document as named: by its full number, or by kind and the digits of the number alone."""

    kind: str | None
    number: str
    """Folded as the library folds numbers (`fold_number`); digits alone: '80', '74/2025'."""
    full: bool


def find_references(text: str) -> Iterator[tuple[str, str]]:
    """(as typed, canonical) of each document named in `text` (NFC), in order.

    Canonical is the number ("58-CT/TW") where it is whole, else kind and digits ("Chỉ thị 04").
    """
    folded = fold(text)
    found = [(match, True) for match in _full().finditer(folded)]
    found += [(match, False) for match in _bare().finditer(folded)]
    done = 0
    for match, full in sorted(found, key=lambda pair: (pair[0].start(), not pair[1])):
        if match.start() < done or (not full and not _means_number(match)):
            continue
        done = match.end()
        number = text[match.start("number") : match.end("number")]
        canonical = _canonical(number) if full else f"{_names()[match['kind']]} {number}"
        yield text[match.start() : match.end()], canonical


def in_full(canonical: str) -> str:
    """A canonical reference with its kind in front: '58-CT/TW' → 'Chỉ thị 58-CT/TW'."""
    parsed = parse_number(canonical)
    return f"{parsed.kind} {canonical}" if parsed and parsed.kind else canonical


def read_reference(canonical: str) -> Reference:
    """A canonical reference taken apart, for asking the library."""
    kind, _, number = canonical.rpartition(" ")
    if kind in _names().values():
        parts = [part.lstrip("0") or "0" for part in number.split("/")]
        return Reference(kind, "/".join(parts), full=False)
    return Reference(None, fold_number(canonical) or canonical.lower(), full=True)


@cache
def _names() -> dict[str, str]:
    """Folded name or symbol → name of the kind: 'chi thi' and 'ct' → 'Chỉ thị'."""
    table: dict[str, str] = {}
    for kind in kinds():
        table[fold(kind.name)] = kind.name
        for symbol in kind.abbr:
            if len(symbol) > 1:  # "L 5" is no law
                table.setdefault(fold(symbol), kind.name)
    return table


@cache
def _full() -> re.Pattern[str]:
    """58-CT/TW, 58CT/TW, 341 -KH/BTGTW, 15/QĐ-BNV, 15/2024/NĐ-CP, 31/2024/QH15, maybe after a kind."""
    symbols = {fold(symbol) for kind in kinds() for symbol in kind.abbr}
    return re.compile(
        rf"{_OPEN}(?:(?:{_any(_names())}){_SO})?(?P<number>"
        rf"\d{{1,5}}(?:/\d{{4}})?\s?[-/]?\s?(?:{_any(symbols)})(?:[-/][a-z0-9]+)+"
        r"|\d{1,5}/\d{4}/[a-z]+\d*(?:-[a-z]+)*)(?![\w/])"
    )


@cache
def _bare() -> re.Pattern[str]:
    """CT 04, nghị quyết số 80, nghị định 74/2025; not "kế hoạch 5 năm" or "kế hoạch 2026"."""
    return re.compile(
        rf"{_OPEN}(?P<kind>{_any(_names())})(?P<so>{_SO})(?P<number>\d{{1,4}}(?:/\d{{4}})?)"
        rf"(?![\w/%]|[.,-]\d|\s*(?:%|(?:{_COUNTED})\b))"
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _means_number(match: re.Match[str]) -> bool:
    """A bare year after a kind ('kế hoạch 2026') is a year, unless 'số' says otherwise."""
    return not _YEAR.fullmatch(match["number"]) or "so" in match["so"]


def _canonical(number: str) -> str:
    """'58ct/tw' → '58-CT/TW'; the đ of NĐ and QĐ given back where it was typed without."""
    parsed = parse_number(number)
    canonical = parsed.canonical if parsed else number.upper()
    return re.sub(r"\b([NQ])D(?=-)", r"\1Đ", canonical)
