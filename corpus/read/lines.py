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

__all__ = ["Habit", "Join", "Line", "habit_of", "is_item", "join_of"]

Join = Literal["new", "space", "break"]
"""How a line goes on from the one before: a paragraph of its own, same paragraph, hard break."""

_ENDS = re.compile(r"[.;:!?…][\"”’»)\]]{0,2}$")
_ITEM = re.compile(r"[-+*•●○▪◦–—]\s+\S|\(\d{1,3}\)|\|")
_PART_HEAD = re.compile(
    r"(?:Điều|Chương|Mục|Phần|Tiểu mục|Phụ lục|PHỤ LỤC|CHƯƠNG|PHẦN|MỤC)\s+(?:\d|[IVXLC]+\b|thứ\b|THỨ\b)"
)
_OPENERS = re.compile(r"Số\s*:|Nơi nhận|Kính gửi|Căn cứ |Xét đề nghị |(?:TM|KT|TL|TUQ|T/M|K/T|T/L)[./ ]")

_DASH_BEFORE = re.compile(r"[-–—]\s+")

_NARROWEST, _WIDEST = 40, 160
"""Fixed-width prose is wrapped between these numbers of characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text file: `text` without outer white space, and what stood around it."""

    text: str
    indent: int = 0
    hard: bool = False
    """Ends in an explicit Markdown line break."""
    level: int | None = None
    """Level of the Markdown heading that it was."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How a file breaks its lines. `width` is None unless prose is wrapped at about that width."""

    width: int | None = None
    runs_on: bool = True
    """A full line that ends a sentence goes on in the next line rather than ending a paragraph."""
    indented: bool = False
    """Paragraphs begin with an indented line."""

    def fills(self, line: str, after: str) -> bool:
        """Is `line` so long that the first word of `after` had no room in it?"""
        first = after.split(" ", 1)[0]
        return self.width is not None and len(line) + 1 + len(first) >= self.width * 0.9


def habit_of(chunks: Sequence[Sequence[Line]]) -> Habit:
    """Decide the habit of a file from its chunks, the runs of lines between blank lines."""
    pairs = [
        (line, after)
        for chunk in chunks
        for line, after in itertools.pairwise(chunk)
        if not is_item(after.text)
    ]
    broken = [after for line, after in pairs if _breaks_off(line.text, after.text)]
    lengths = sorted(len(line.text) for chunk in chunks for line in chunk)
    width = lengths[min(len(lengths) - 1, len(lengths) * 19 // 20)] if lengths else 0
    if len(broken) < 3 or len(broken) * 6 < len(pairs) or not _NARROWEST <= width <= _WIDEST:
        return Habit()
    habit = Habit(width)
    spaced = len(chunks) * 12 >= len(lengths)
    ended = [(line, after) for line, after in pairs if _ENDS.search(line.text)]
    full = sum(habit.fills(line.text, after.text) for line, after in ended)
    # The last line of a paragraph is full about once in six times by mere chance.
    runs_on = spaced or full * 3 > len(ended) - full
    flush = sum(after.indent == 0 for after in broken)
    starts = sum(after.indent > 0 for line, after in ended if not habit.fills(line.text, after.text))
    indented = flush * 10 >= len(broken) * 9 and starts > 0 and starts * 10 >= (len(ended) - full) * 7
    return Habit(width, runs_on, indented)


def join_of(line: Line, after: Line, habit: Habit) -> Join:
    """Say how `after` goes on from `line`; both without marks."""
    ended = bool(_ENDS.search(line.text))
    full = habit.fills(line.text, after.text)
    lower = after.text[:1].islower()
    if is_item(after.text):
        return "space" if full and not ended and _is_dash_in_prose(line.text, after.text) else "new"
    if lower and not ended:
        return "space"
    if habit.width is None or not full or line.text.isupper() != after.text.isupper():
        return "new"
    if _OPENERS.match(after.text) and ended:
        return "new"
    if habit.indented:
        return "new" if after.indent else "space"
    return "space" if not ended or (habit.runs_on and after.indent <= line.indent) else "new"


def _breaks_off(line: str, after: str) -> bool:
    """The line ends in the middle of a sentence."""
    return after[:1].islower() and not _ENDS.search(line)


def _is_dash_in_prose(line: str, after: str) -> bool:
    """'- xã hội' that goes on from 'văn hóa' in wrapped prose, not a list item."""
    dash = _DASH_BEFORE.match(after)
    return dash is not None and after[dash.end() :][:1].islower() and not is_item(line)


def is_item(line: str) -> bool:
    """The line opens a list item or a numbered part: "- …", "a) …", "Điều 5. …"."""
    return bool(_ITEM.match(line) or LABEL.match(line) or _PART_HEAD.match(line))
