"""When two short answers in Vietnamese say the same: normalising as SQuAD does, for this language.

SQuAD's measure (P. Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text",
EMNLP 2016; its evaluate-v1.1.py) lower-cases, drops punctuation, drops the articles a, an, the, and
evens out white space. MLQA's measure (P. Lewis et al., ACL 2020; mlqa_evaluation_v1.py) drops all
Unicode punctuation and has a list of Vietnamese words in the place of articles: của, là, cái, chiếc,
những. Ours differs from it in what Vietnamese official writing makes the same:

- letters are composed (NFC), tones placed one way ("hoá" is "hóa"), and i and y are one where both are
  written ("tỉ lệ", "tỷ lệ");
- a number is its value: "05 xã" is "5 xã", "1.000" is "1000"; a comma between digits stays, for "6,5" is
  not "65";
- punctuation becomes a space: dropped, it would glue "đồng/nhà" and "2021-2025" together;
- a date is one token: "ngày 30 tháng 4 năm 2026", "30-4-2026" and "30/04/2026" are "30/4/2026".
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from corpus.text import nfc, normalise_tones

__all__ = ["exact", "holds", "overlap", "tokens"]

_LIKE_ARTICLES: Final = frozenset(("của", "là", "cái", "chiếc", "những"))
"""MLQA's list for Vietnamese."""

_DATE = re.compile(r"(?:ngày\s+)?(\d{1,2})(?:\s+tháng\s+|[./-])(\d{1,2})(?:\s+năm\s+|[./-])(\d{4})(?!\d)")
_MONTH = re.compile(r"tháng\s+(\d{1,2})(?:\s+năm\s+|[./-])(\d{4})(?!\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?!\.?\d)")
_LEADING_ZEROS = re.compile(r"(?<![\d,.])0+(?=\d)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)([.,/])(?=\d)")
_I_OR_Y = re.compile(r"\b([hklmst])([yýỳỷỹỵ])\b")
_Y_TO_I = dict(zip("yýỳỷỹỵ", "iíìỉĩị", strict=True))
_KEPT: Final = {",": "\ue000", "/": "\ue001"}
"""Marks between digits, while the others are dropped (private use: in no text)."""


def tokens(text: str) -> list[str]:
    """What is compared of an answer: normalised, cut at white space; no answer gives none."""
    found = normalise_tones(nfc(text)).lower()
    found = "".join(char for char in found if char not in _KEPT.values())
    found = _I_OR_Y.sub(lambda match: match[1] + _Y_TO_I[match[2]], found)
    found = _DATE.sub(r"\1/\2/\3", found)
    found = _MONTH.sub(r"\1/\2", found)
    found = _THOUSANDS.sub(lambda match: match.group().replace(".", ""), found)
    found = _LEADING_ZEROS.sub("", found)
    found = _BETWEEN_DIGITS.sub(lambda match: _KEPT[match.group().replace(".", ",")], found)
    found = "".join(" " if unicodedata.category(char).startswith("P") else char for char in found)
    for mark, kept in _KEPT.items():
        found = found.replace(kept, mark)
    return [token for token in found.split() if token not in _LIKE_ARTICLES]


def exact(answer: str, wanted: Sequence[str]) -> float:
    """1 where the answer is one of those wanted, else 0."""
    given = tokens(answer)
    return float(any(given == tokens(one) for one in wanted))


def overlap(answer: str, wanted: Sequence[str]) -> float:
    """Token F1: the harmonic mean of precision and recall of tokens, of the answer it fits best (0…1)."""
    given = Counter(tokens(answer))
    return max((_f1(given, Counter(tokens(one))) for one in wanted), default=0.0)


def holds(text: str, answer: str) -> bool:
    """Whether `answer` stands in `text`, its tokens one after another."""
    here, wanted = tokens(text), tokens(answer)
    if not wanted:
        return False
    return any(here[at : at + len(wanted)] == wanted for at in range(len(here) - len(wanted) + 1))


def _f1(given: Counter[str], wanted: Counter[str]) -> float:
    shared = (given & wanted).total()
    if not given or not wanted:
        return float(given == wanted)
    return 2 * shared / (given.total() + wanted.total())
