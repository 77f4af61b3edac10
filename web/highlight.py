"""Marked text as HTML that is safe by construction: every slice is escaped before it is marked."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup, escape

__all__ = ["Excerpt", "excerpt", "marked"]

_MARGIN = 80
"""Characters kept before the first highlight when a passage is cut."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A window of a passage: `html` is escaped and marked, the flags say which ends were cut."""

    html: Markup
    cut_before: bool = False
    cut_after: bool = False


def marked(text: str, spans: Iterable[tuple[int, int]], *, start: int = 0, end: int | None = None) -> Markup:
    """Escape `text[start:end]` and wrap the parts inside `spans` in <mark>.

    Spans are [start, end) in characters of the whole `text`; they may overlap, be out of order or
    reach beyond the text.
    """
    end = len(text) if end is None else end
    pieces: list[Markup] = []
    at = start
    for span in sorted(spans):
        first, last = max(span[0], at), min(span[1], end)
        if first < last:
            pieces.append(escape(text[at:first]))
            pieces.append(Markup("<mark>{}</mark>").format(text[first:last]))
            at = last
    pieces.append(escape(text[at:end]))
    return Markup("").join(pieces)


def excerpt(text: str, spans: Sequence[tuple[int, int]], longest: int) -> Excerpt:
    """Return the whole passage marked, or, if it is longer than `longest`, the densest window of it.

    The window is cut at spaces, so that no word is shown in part.
    """
    if len(text) <= longest:
        return Excerpt(marked(text, spans))
    start = _best_start(len(text), spans, longest)
    end = min(len(text), start + longest)
    if start:
        start = max(start, text.rfind(" ", 0, start + 1) + 1)
        space = text.find(" ", start)
        start = space + 1 if text[start - 1] != " " and 0 <= space < start + 40 else start
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start + longest // 2 else end
    return Excerpt(marked(text, spans, start=start, end=end), start > 0, end < len(text))


def _best_start(length: int, spans: Sequence[tuple[int, int]], window: int) -> int:
    """Where to begin a window so that the highlights that begin in it are longest together.

    Sorted and summed beforehand: a line of a megabyte can hold a hundred thousand highlights.
    """
    ordered = sorted(spans)
    firsts = [first for first, _ in ordered]
    sums = [0, *accumulate(max(0, last - first) for first, last in ordered)]
    best, best_gain = 0, -1
    for first in (0, *firsts):
        start = max(0, min(first - _MARGIN, length - window))
        gain = sums[bisect_left(firsts, start + window)] - sums[bisect_left(firsts, start)]
        if gain > best_gain:
            best, best_gain = start, gain
    return best
