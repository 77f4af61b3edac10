"""Marks before a paragraph that the recogniser often takes for letters: bullets and the numerals I, II, III.

What they are is seen in the picture: a bullet is one round blob, a numeral of this kind is one, two or
three thin upright strokes of equal height and a point.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpus.read.scan.words import Word

__all__ = ["with_marks"]

Ink = NDArray[np.bool_]

_MAYBE_BULLET = re.compile(r"[^\w\s]{1,2}$|[eosac0O][^\w\s]?$|ø$")
_PART = re.compile(r"(?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC)$")
_MAYBE_NUMERAL = re.compile(r"[IL1lHi|!TJUN\]\[]{1,4}[.,:]{0,2}$")


def with_marks(words: Sequence[Word], ink: Ink) -> list[Word]:
    """The words with the first of each line put right where the picture shows such a mark."""
    out: list[Word] = []
    line = -1
    for at, word in enumerate(words):
        first = word.line != line
        line = word.line
        after = words[at + 1] if at + 1 < len(words) and words[at + 1].line == line else None
        if first and after is not None:
            word = _seen(word, after, ink)  # noqa: PLW2901
        elif not first and after is None and _PART.match(words[at - 1].text) and _is_second(words, at):
            strokes = _strokes(_tight(word, ink), pointed=False)
            word = replace(word, text="I" * strokes) if strokes > 1 else word  # noqa: PLW2901
        out.append(word)
    return out


def _is_second(words: Sequence[Word], at: int) -> bool:
    """It is the last word of a line of two: "Chương III"."""
    return at < 2 or words[at - 2].line != words[at].line


def _tight(word: Word, ink: Ink) -> Ink:
    """The ink of a word without the white around it; empty where there is none."""
    box = ink[max(0, int(word.top)) : int(word.bottom) + 1, max(0, int(word.left)) : int(word.right) + 1]
    rows, columns = np.flatnonzero(box.any(axis=1)), np.flatnonzero(box.any(axis=0))
    return box[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else box[:0, :0]


def _seen(word: Word, after: Word, ink: Ink) -> Word:
    tight = _tight(word, ink)
    if not tight.size:
        return word
    if _MAYBE_BULLET.match(word.text) and _is_blob(tight, word, ink):
        return replace(word, text="•")
    if _MAYBE_NUMERAL.match(word.text) and after.text[:1].isupper():
        strokes = _strokes(tight)
        if strokes > any(map(str.isdigit, word.text)):  # "1." has one stroke as well
            return replace(word, text="I" * strokes + ".")
    return word


def _is_blob(tight: Ink, word: Word, ink: Ink) -> bool:
    """One nearly round, nearly full spot, above the baseline."""
    high, wide = tight.shape
    round_ = 0.7 <= wide / high <= 1.45 and 0.15 * word.height <= high <= 0.55 * word.height
    base = int(word.base - 0.04 * word.height)
    raised = not ink[base : int(word.bottom) + 1, int(word.left) : int(word.right) + 1].any()
    corner = tight[0, 0] or tight[0, -1] or tight[-1, 0] or tight[-1, -1]
    return round_ and raised and not corner and bool(tight.mean() > 0.6)


def _strokes(tight: Ink, *, pointed: bool = True) -> int:
    """How many upright strokes stand side by side, with a point behind them; 0 where it is anything else."""
    high, wide = tight.shape
    if high < 12:
        return 0
    counts = set()
    ends: list[int] = []
    for share in (0.25, 0.4, 0.5, 0.6):
        row = tight[int(share * high)]
        edges = np.flatnonzero(np.diff(np.pad(row.astype(np.int8), 1)))
        widths = edges[1::2] - edges[::2]
        if not len(widths) or widths.max() > 0.33 * high or widths.max() > 1.8 * widths.min() + 2:
            return 0
        counts.add(len(widths))
        ends.append(int(edges[-1]))
    (strokes,) = counts if len(counts) == 1 else (0,)
    if not pointed:
        return strokes if strokes <= 3 and wide < (0.75 * strokes + 0.3) * high else 0
    point = tight[:, max(ends) + 1 :]
    serif = max(2, int(0.12 * high))
    dotted = point[-int(0.22 * high) :, serif:].any() and not point[: int(0.7 * high), serif:].any()
    return strokes if 1 <= strokes <= 3 and dotted and wide < (0.75 * strokes + 0.6) * high else 0
