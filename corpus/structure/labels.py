"""Labels that open a heading or a numbered point: "III.", "1.2.", "a)", "(1)", "Điều 5."."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.clean import is_caps
from corpus.text import fold

__all__ = ["BULLET", "RANK", "Label", "bullet_mark", "readings"]

RANK = {
    "phan": 0, "chuong": 1, "muc": 2, "tieu_muc": 3, "chuyen_de": 1, "bai": 2, "cau": 3, "dieu": 4,
    "upper": 5, "roman": 5, "number": 6, "number+": 7, "mixed2": 6, "mixed3": 7, "mixed4": 8,
    "number2": 7, "number3": 8, "number4": 9, "number5": 10, "number6": 11,
    "lower": 12, "number)": 12, "lower_number": 13, "(number)": 14, "(lower)": 14, "(roman)": 14,
    "small_roman": 14,
}  # fmt: skip
"""Usual depth of the label styles; equal ranks may stand in either order."""

_LOOKED_AT = 460
"""Characters at the start of a paragraph that can matter for its label."""

_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The order in which official texts count with letters."""

_MARK = r"[.)/:\-–]"
_ROMAN = r"[IVXL]{1,7}"
_ORDINALS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9,
    "muoi": 10,
}  # fmt: skip
_WORD = re.compile(
    r"(?P<word>phần|chương|mục|tiểu mục|điều|chuyên đề|câu"
    r"|bài)\s+(?:(?:thứ\s+)?(?P<ordinal>[^\W\d]{2,5})|(?:số\s+)?"
    rf"(?P<value>{_ROMAN}|\d{{1,3}}(?P<letter>[a-zđ])?))\s*(?P<mark>[.:\-–]?)(?!\w)",
    re.IGNORECASE,
)
_DECIMAL = re.compile(
    r"(?P<value>\d{1,3}(?:\.\d{1,2}){0,5})(?P<mark>\.\)|[.)/\-–:])?(?P<gap>\s*)(?=(?P<next>.?))"
)
_BRACKETS = re.compile(r"\((?P<value>\d{1,2}|[a-zđ]|[ivx]{1,5})\)\s*")
_LETTER = re.compile(rf"(?P<value>[a-zđ])(?P<mark>{_MARK})\s*(?=\S|$)")
_UPPER = re.compile(rf"(?P<value>[A-ZĐ])(?P<mark>{_MARK})(?:\s+|(?=[^\W\d_][^\W\d_])|$)")
_MIXED = re.compile(
    rf"(?P<head>{_ROMAN}|[A-ZĐ])\.(?P<tail>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})(?P<mark>[.)]?)(?:\s+|(?=[^\W\d_])|$)"
)
_ROMAN_LABEL = re.compile(rf"(?P<value>{_ROMAN})(?P<mark>{_MARK})(?:\s+|(?=[^\W\d_])|$)")
_SMALL_ROMAN = re.compile(r"(?P<value>[ivx]{1,5})(?P<mark>[).])\s*(?=\S|$)")
_LETTER_NUMBER = re.compile(r"(?P<letter>[a-zđ])\.?(?P<value>\d{1,2})(?P<mark>[).]|\.\))\s*(?=\S|$)")

BULLET = re.compile(r"(?:[-–—+*•●○◦▪■□➢➤✓✔→⁃∙·]|o(?=\s+[A-ZĐÀ-Ỹ]))(?=\s+\S)\s+|[-–—](?=[^\W\d_]{2})")
"""A bullet at the start of a line, with the white space after it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a paragraph.

    `path` holds its numbers ("2.1.3." → (2, 1, 3)), `printed` the label as printed with its
    closing mark (a lost final dot of "2.1.3" is put back), `end` where the text after it begins.
    """

    style: str
    path: tuple[int, ...]
    printed: str
    end: int

    @property
    def value(self) -> int:
        """The last number: what counts on from one sibling to the next."""
        return self.path[-1]


def bullet_mark(text: str) -> str:
    """The bullet that `text` begins with, "" where there is none."""
    match = BULLET.match(text)
    return match.group().strip() if match else ""


def readings(text: str) -> tuple[Label, ...]:
    """All ways to read a label at the start of `text`, the likeliest first; mostly none or one."""
    return _readings(text[:_LOOKED_AT])


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[Label, ...]:
    head = text[:40]
    if not head:
        return ()
    first = head[0]
    if first.isdigit():
        label = _decimal(head)
        return (label,) if label else ()
    if first == "(":
        return tuple(_brackets(head))
    if first.isupper():
        word = _word(head, text) if first in "PCMTĐB" else None
        return (word,) if word is not None else tuple(_upper(head))
    return tuple(_lower(head)) if first.isalpha() else ()


def _word(head: str, text: str) -> Label | None:
    match = _WORD.match(head)
    if not match or not match["word"][0].isupper():
        return None
    style = fold(match["word"]).replace(" ", "_")
    value = _word_value(match)
    rest = text[match.end() :].strip()
    # "Điều 5 Luật này…", "Mục 2 Chương I quy định" speak of a place; they do not open it.
    below = text[match.end() : match.end() + 1] == "\n"  # its title was found on the next line
    if value is None or not (match["mark"] or not rest or below or (style != "dieu" and is_caps(rest))):
        return None
    printed = match.group().strip()
    if match["mark"] in (":", "-", "–"):
        printed = printed[:-1].strip()
    return Label(style, (value,), printed, match.end() + _spaces(text, match.end()))


def _word_value(match: re.Match[str]) -> int | None:
    if match["ordinal"]:
        return _ORDINALS.get(fold(match["ordinal"])) or _roman(match["ordinal"])
    value = match["value"].rstrip("abcdefghiklmnopqrstuvxyđ")
    return int(value) if value.isdigit() else _roman(match["value"].upper())


def _decimal(head: str) -> Label | None:  # noqa: PLR0911 - one reason a line
    match = _DECIMAL.match(head)
    if not match:
        return None
    parts, mark, following = match["value"].split("."), match["mark"] or "", match["next"]
    if any(len(part) > 1 and part[0] == "0" for part in parts[1:]) or int(parts[0]) > 199 or parts[0] == "0":
        return None
    if len(parts) == 1 and (not mark or mark == ":"):
        return None
    if not match["gap"] and following and not (following.isupper() and mark in (".", ")", ".)")):
        return None
    if not mark and not (following.isupper() or following in '“"'):
        return None  # "2.5 triệu người" counts something
    if len(parts) > 1 and mark == ")":
        return None
    style = "number)" if mark in (")", ".)") else "number" if len(parts) == 1 else f"number{len(parts)}"
    printed = match["value"] + (mark if mark and mark != ":" else ".")
    return Label(style, tuple(int(part) for part in parts), printed, match.end())


def _brackets(head: str) -> list[Label]:
    match = _BRACKETS.match(head)
    if not match:
        return []
    value, printed = match["value"], match.group().strip()
    if value.isdigit():
        return [Label("(number)", (int(value),), printed, match.end())]
    found = []
    if value in _LETTERS:
        found.append(Label("(lower)", (_LETTERS.index(value) + 1,), printed, match.end()))
    number = _roman(value.upper())
    if number is not None:
        found.append(Label("(roman)", (number,), printed, match.end()))
    return found


def _upper(head: str) -> list[Label]:
    found: list[Label] = []
    mixed = _MIXED.match(head)
    if mixed:
        value = _roman(mixed["head"]) or (
            1 + _LETTERS.index(mixed["head"].lower()) if mixed["head"].lower() in _LETTERS else None
        )
        if value is not None:
            path = (value, *map(int, mixed["tail"].split(".")))
            return [Label(f"mixed{len(path)}", path, mixed.group().strip(), mixed.end())]
    roman = _ROMAN_LABEL.match(head)
    if roman and (number := _roman(roman["value"])) is not None:
        found.append(Label("roman", (number,), _closed(roman), roman.end()))
    letter = _UPPER.match(head)
    if letter and letter["value"].lower() in _LETTERS:
        found.append(
            Label("upper", (_LETTERS.index(letter["value"].lower()) + 1,), _closed(letter), letter.end())
        )
    return found


def _lower(head: str) -> list[Label]:
    found: list[Label] = []
    pair = _LETTER_NUMBER.match(head)
    if pair and pair["letter"] in _LETTERS:
        path = (_LETTERS.index(pair["letter"]) + 1, int(pair["value"]))
        return [Label("lower_number", path, pair.group().strip(), pair.end())]
    letter = _LETTER.match(head)
    if letter and letter["value"] in _LETTERS and letter["mark"] in ").-/":
        found.append(Label("lower", (_LETTERS.index(letter["value"]) + 1,), _closed(letter), letter.end()))
    roman = _SMALL_ROMAN.match(head)
    if roman and (number := _roman(roman["value"].upper())) is not None:
        found.append(Label("small_roman", (number,), _closed(roman), roman.end()))
    return found


def _closed(match: re.Match[str]) -> str:
    return match["value"] + ("" if match["mark"] == ":" else match["mark"])


def _spaces(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] in " \n":
        end += 1
    return end - start


def _roman(text: str) -> int | None:
    """Value of a Roman numeral up to 89, None where it is none."""
    worth = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    for here, after in zip(text, [*text[1:], ""], strict=True):
        if here not in worth:
            return None
        value = worth[here]
        total += -value if after and value < worth.get(after, 0) else value
    return total if 0 < total < 90 and _written(total) == text else None


def _written(value: int) -> str:
    out = ""
    for worth, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += letters * (value // worth)
        value %= worth
    return out
