"""Names of bodies: from the capitals of a letterhead to sentence case, abbreviations opened."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.clean import is_caps
from corpus.text import fold

__all__ = ["BODY_START", "body_name", "body_of_symbol", "continuation", "levels", "open_abbreviations"]

BODY_START = (
    r"(?:Ban (?:Bí thư|Thường vụ|Chấp hành|Chỉ đạo|Tuyên giáo|Tổ chức|Dân vận|Nội chính|Xây dựng"
    r"|Quản lý|Kiểm tra)"
    r"|Bộ Chính trị|Chính phủ|Thủ tướng(?: Chính phủ)?|Quốc hội|Ủy ban|UBND|HĐND|Hội đồng nhân dân"
    r"|Tỉnh ủy|Thành ủy"
    r"|Huyện ủy|Đảng ủy|Thường trực|Văn phòng|Chủ tịch|Sở|Bộ(?: trưởng)?|BTV|Liên đoàn|Hội Liên hiệp"
    r"|Chi bộ|Trung ương)"
)
"""What the name of a body begins with in running text (a pattern, not compiled)."""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("corpus").joinpath("data/bodies.toml").read_text(encoding="utf-8"))


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = [(tuple(fold(name).split()), name) for name in _data()["phrases"]]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def _heads() -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = [(tuple(fold(name).split()), name) for name in _data()["heads"]]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def levels() -> tuple[str, ...]:
    """Words that stand before the name of a place: tỉnh, thành phố, xã…"""
    return tuple(_data()["levels"])


@cache
def _level_words() -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple(
        sorted(((tuple(fold(name).split()), name) for name in levels()), key=lambda row: -len(row[0]))
    )


def open_abbreviations(name: str) -> str:
    """Write out UBND, HĐND, TP. and the like at word borders."""
    table: dict[str, str] = _data()["abbreviations"]
    return re.sub(
        r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(table, key=len, reverse=True))) + r")(?!\w)\s?",
        lambda match: table[match.group().strip()] + (" " if match.group().endswith((" ", ".")) else ""),
        name,
    ).strip()


def body_name(printed: str) -> str:
    """The name of a body in sentence case: "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK" → "Ủy ban nhân dân tỉnh Đắk Lắk".

    A name that is not in capitals is kept as printed, with its abbreviations opened.
    """
    opened = open_abbreviations(" ".join(printed.split()).strip(" ,.;:*-"))
    return _cased(opened) if is_caps(printed) else opened


def _cased(name: str) -> str:
    words = name.split(" ")
    folded = [fold(word).strip(",") for word in words]
    out: list[str] = []
    at = 0
    state = "start"  # "field": parts of a field of work; "place": every syllable a capital
    while at < len(words):
        level = _match(_level_words(), folded, at)
        phrase = _match(_phrases(), folded, at)
        head = _match(_heads(), folded, at) if state in ("start", "body") else None
        if phrase is not None:
            out.extend(_keep_commas(phrase[1].split(), words, at))
            at += phrase[0]
            state = "place" if folded[at - 1] == "uy" else "body"
        elif level is not None and _is_level(folded, at, level[0], state):
            text = level[1] if out else level[1][0].upper() + level[1][1:]
            out.extend(_keep_commas(text.split(), words, at))
            at += level[0]
            state = "place"
        elif head is not None:
            out.extend(_keep_commas(head[1].split(), words, at))
            at += head[0]
            state = "field"
        else:
            out.append(_word(words[at], out, state))
            state = "field_inside" if state == "field" else state
            at += 1
            continue
    return " ".join(out)


def _is_level(folded: list[str], at: int, size: int, state: str) -> bool:
    """Whether "xã", "tỉnh"… stands before a place here, and not in "xã hội"."""
    after = folded[at + size] if at + size < len(folded) else ""
    return not (folded[at] == "xa" and after == "hoi") and (state != "start" or bool(after))


def _match(
    table: tuple[tuple[tuple[str, ...], str], ...], folded: list[str], at: int
) -> tuple[int, str] | None:
    for words, name in table:
        if tuple(folded[at : at + len(words)]) == words:
            return len(words), name
    return None


def _keep_commas(replaced: list[str], words: list[str], at: int) -> list[str]:
    return [new + ("," if words[at + number].endswith(",") else "") for number, new in enumerate(replaced)]


def _word(word: str, out: list[str], state: str) -> str:
    small = word.lower()
    if state == "place" or not out or state == "field":
        return _capital(word) if small not in ("và", "-") else small
    before = out[-1]
    if before.endswith(",") or before in ("-", "–") or (before == "và" and state == "field_inside"):
        return _capital(word)
    return small


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))


def continuation(text: str, at: int) -> int:
    """Length of the rest of a body's name that begins with a comma at `at`; 0 if none does.

    ", Thể thao và Du lịch" belongs to the name, ", Kế hoạch số…" does not.
    """
    folded = fold(text[at : at + 30])
    return next((len(rest) for rest in _data()["continuations"] if folded.startswith(fold(rest))), 0)


def body_of_symbol(symbol: str) -> str | None:
    """Who issues under a symbol: "KH-UBND" → "Ủy ban nhân dân", "CTr/TU" → "Tỉnh ủy"; None if unknown."""
    if "/" in symbol:
        table: dict[str, str] = _data()["party_symbols"]
        return table.get(symbol.rsplit("/", 1)[1])
    table = _data()["symbols"]
    parts = symbol.split("-")
    for part in (parts[-1], parts[0]):
        name = table.get(part) or table.get(re.sub(r"\d+$", "", part))
        if name is not None:
            return name
    return None
