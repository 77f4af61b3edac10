"""Documents that a query names: '04-CT/TW', '58CT/TW', 'CT 04', 'nghị quyết số 80', 'nghi dinh 74/2025'."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.library.names import fold_number
from corpus.text import fold

__all__ = ["KINDS", "Reference", "find_references", "read_reference"]

KINDS = {
    "ct": "Chỉ thị",
    "nq": "Nghị quyết",
    "kh": "Kế hoạch",
    "qđ": "Quyết định",
    "qyđ": "Quy định",
    "qđi": "Quy định",
    "qc": "Quy chế",
    "kl": "Kết luận",
    "tt": "Thông tư",
    "ttlt": "Thông tư liên tịch",
    "nđ": "Nghị định",
    "tb": "Thông báo",
    "hd": "Hướng dẫn",
    "bc": "Báo cáo",
    "cv": "Công văn",
    "ctr": "Chương trình",
    "cthđ": "Chương trình hành động",
    "ttr": "Tờ trình",
    "đa": "Đề án",
    "pl": "Pháp lệnh",
}
"""Symbols of kinds (Nghị định 30/2020/NĐ-CP, phụ lục III; Hướng dẫn 36-HD/VPTW), lower case."""

_NAMES = sorted({*KINDS.values(), "Luật", "Công điện", "Bộ luật", "Hiến pháp"}, key=len, reverse=True)
_BY_FOLDED = {fold(name): name for name in _NAMES} | {fold(symbol): name for symbol, name in KINDS.items()}
# A query may have lost its accents: everything is read on the folded text, which keeps its length.
_SYMBOL = "|".join(sorted({fold(symbol) for symbol in KINDS} | {"bb", "dt", "vbhn"}, key=len, reverse=True))
_KIND = "|".join(sorted(map(re.escape, _BY_FOLDED), key=len, reverse=True))
_OPEN = r"(?<![\w/.,-])"
_SO = r"(?:\s*\bso\s*:?)?\s*"

# 58-CT/TW, 58CT/TW, 341 -KH/BTGTW, 15/QĐ-BNV, 15/2024/NĐ-CP, 31/2024/QH15
_FULL = re.compile(
    rf"{_OPEN}(?:(?P<kind>{_KIND}){_SO})?(?P<number>"
    rf"\d{{1,5}}(?:/\d{{4}})?\s?[-/]?\s?(?:{_SYMBOL})(?:[-/][a-z0-9]+)+"
    r"|\d{1,5}/\d{4}/[a-z]+\d*(?:-[a-z]+)*)(?![\w/])"
)
_COUNTED = (
    "phan tram|nam|thang|tuan|quy|gio|ngay(?!\\s*\\d)|trieu|ty|nghin|dong|nguoi|don vi|lan|buoc|nhom|diem"
    "|muc tieu|nhiem vu|chi tieu|noi dung|giai phap"
)
# CT 04, nghị quyết số 80, nghị định 74/2025; not "kế hoạch 5 năm" or "kế hoạch 2026"
_BARE = re.compile(
    rf"{_OPEN}(?P<kind>{_KIND})(?P<so>{_SO})(?P<number>\d{{1,4}}(?:/\d{{4}})?)"
    rf"(?![\w/%]|[.,-]\d|\s*(?:%|(?:{_COUNTED})\b))"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document as named: by its full number, or by kind and the digits of the number alone."""

    kind: str | None
    number: str
    """Folded as the library folds numbers: '4/ct/tw', '80', '74/2025'."""
    full: bool


def find_references(text: str) -> Iterator[tuple[str, str]]:
    """(as typed, canonical) of each document named in `text` (NFC), in order.

    Canonical is the number ("58-CT/TW") where it is whole, else kind and digits ("Chỉ thị 04").
    """
    folded = fold(text)
    done = 0
    found = [(match, True) for match in _FULL.finditer(folded)]
    found += [(match, False) for match in _BARE.finditer(folded)]
    for match, full in sorted(found, key=lambda pair: (pair[0].start(), not pair[1])):
        if match.start() < done or (not full and not _means_number(match)):
            continue
        done = match.end()
        typed = text[match.start() : match.end()]
        number = text[match.start("number") : match.end("number")]
        yield typed, _canonical(number) if full else f"{_BY_FOLDED[match['kind']]} {number}"


def read_reference(canonical: str) -> Reference:
    """A canonical reference taken apart, for comparing with what the library holds."""
    kind, _, number = canonical.rpartition(" ")
    if kind in _NAMES:
        parts = [part.lstrip("0") or "0" for part in number.split("/")]
        return Reference(kind, "/".join(parts), full=False)
    return Reference(None, fold_number(canonical) or canonical.lower(), full=True)


def _means_number(match: re.Match[str]) -> bool:
    """A bare year after a kind ('kế hoạch 2026') is a year, unless 'số' says otherwise."""
    return not re.fullmatch(r"(?:19|20)\d\d", match["number"]) or "so" in match["so"]


def _canonical(number: str) -> str:
    """'58CT/TW' → '58-CT/TW', '341 -KH/BTGTW' → '341-KH/BTGTW', '15/2024/nđ-cp' → '15/2024/NĐ-CP'."""
    close = re.sub(r"\s+", "", number)
    close = re.sub(r"^(\d+)(?=[^\W\d])", r"\1-", close)
    return "/".join("-".join(map(_symbol, part.split("-"))) for part in close.split("/"))


def _symbol(part: str) -> str:
    """Symbols in capitals, but CTr, TTr and QyĐ as they are written; đ given back to ND and QD."""
    written = {"ctr": "CTr", "ttr": "TTr", "qyđ": "QyĐ", "qđi": "QĐi", "nd": "NĐ", "qd": "QĐ"}
    return written.get(part.lower(), part.upper())
