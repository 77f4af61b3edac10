"""Lines of a text file put together into paragraphs.

Text files come in three habits: blank lines between paragraphs, one line per paragraph, and prose
wrapped at a fixed width. Which habit a file has is decided once, from all its lines.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.read.markdown import LABEL

__all__ = ["Habit", "Join", "habit_of", "join_of"]

Join = Literal["new", "space", "break"]
"""How a line goes on from the one before: a paragraph of its own, same paragraph, hard break."""

_ENDS = re.compile(r"[.;:!?…][\"”’»)\]]{0,2}$")
_ITEM = re.compile(r"[-+*•●○▪◦–—]\s+\S|\(\d{1,3}\)|\|")
_PART_HEAD = re.compile(
    r"(?:Điều|Chương|Mục|Phần|Tiểu mục|Phụ lục|PHỤ LỤC|CHƯƠNG|PHẦN|MỤC)\s+(?:\d|[IVXLC]+\b|thứ\b|THỨ\b)"
)
_OPENERS = re.compile(r"Số\s*:|Nơi nhận|Kính gửi|Căn cứ |Xét đề nghị |(?:TM|KT|TL|TUQ|T/M|K/T|T/L)[./ ]")

_NARROWEST, _WIDEST = 40, 160
"""Fixed-width prose is wrapped between these numbers of characters."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a file breaks its lines. `width` is None unless prose is wrapped at about that width."""

    width: int | None = None
    spaced: bool = False
    """Paragraphs are set apart by blank lines."""


def habit_of(chunks: Sequence[Sequence[str]]) -> Habit:
    """Decide the habit of a file from its chunks, the runs of lines between blank lines."""
    lengths = sorted(len(line) for chunk in chunks for line in chunk)
    pairs = broken = 0
    for chunk in chunks:
        for line, after in itertools.pairwise(chunk):
            if not _is_item(after):
                pairs += 1
                broken += after[:1].islower() and not _ENDS.search(line)
    spaced = len(chunks) * 12 >= len(lengths)
    if broken < 3 or broken < pairs / 6:
        return Habit(None, spaced)
    width = lengths[min(len(lengths) - 1, len(lengths) * 19 // 20)]
    return Habit(width if _NARROWEST <= width <= _WIDEST else None, spaced)


def join_of(line: str, after: str, habit: Habit, *, indented: bool = False) -> Join:
    """Say how `after` goes on from `line`, both without marks and outer white space.

    `indented`: `after` starts further right than the line before.
    """
    ended = bool(_ENDS.search(line))
    full = habit.width is not None and len(line) + 1 + len(_first_word(after)) >= habit.width * 0.9
    if _is_item(after):
        goes_on = (
            full and not ended and re.match(r"[-–—]\s+[^\W\d_]", after) and after[2:].strip()[0].islower()
        )
        return "space" if goes_on and not _is_item(line) else "new"
    if _OPENERS.match(after) and (ended or not full):
        return "new"
    if habit.width is None:
        return "space" if after[:1].islower() and not ended else "new"
    if after[:1].islower() and not ended:
        return "space"
    if _is_caps(line) != _is_caps(after) or not full:
        return "new"
    return "new" if ended and (indented or not habit.spaced) else "space"


def _is_item(line: str) -> bool:
    return bool(_ITEM.match(line) or LABEL.match(line) or _PART_HEAD.match(line))


def _is_caps(line: str) -> bool:
    return line.isupper()


def _first_word(line: str) -> str:
    return line.split(" ", 1)[0]
