"""A recognised page as the layout of PDF pages knows it: characters with their places, and ruling lines.

What stands on the page as real text (a running head put onto a scan) is kept and not taken from the picture.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.read.pdf.glyphs import Frame, Glyph, Page, Rule
from corpus.read.scan.words import Word

__all__ = ["recognised_page"]

_NOMINAL = 1.1
"""Height that `Glyph.size` has in nominal sizes of the font."""

_SEEN = 0.86
"""Height that the recogniser gives a line in nominal sizes: measured on printed pages of known size."""

_LESS, _MORE = 0.86, 1.55
"""Lines of a height between these shares of the usual one are of the usual size: marks over capitals
make a line look higher than it is, seldom lower."""

_SAME_LINE = 0.3
"""Baselines closer than this, in heights, are of one line that the recogniser cut."""


def recognised_page(number: int, said: Mapping[str, Any], text: Page | None = None) -> Page:
    """The page from what `recognise_page` said; `text` is what its text layer holds, where that is sound."""
    frame = Frame(0, 0.0, said["height"], 0.0, said["width"])
    kept = _kept(text, frame)
    words = [Word(**word) for word in said["words"]]
    words = [word for word in words if not _overlaps(word, kept)]
    for line in _lines(words):
        frame.glyphs.extend(_glyphs(line))
    frame.glyphs.extend(kept)
    frame.rules = [Rule(*rule) for rule in said["rules"]]
    letters = sum(char.isalnum() for glyph in frame.glyphs for char in glyph.text)
    return Page(number, [frame], letters=letters)


def _kept(text: Page | None, frame: Frame) -> list[Glyph]:
    """Upright characters of the text layer, moved to the origin of the picture."""
    if text is None:
        return []
    upright = next((one for one in text.frames if one.turn == 0), None)
    if upright is None or abs((upright.right - upright.left) - (frame.right - frame.left)) > 2:
        return []
    return [
        replace(
            glyph, left=glyph.left - upright.left, right=glyph.right - upright.left,
            base=glyph.base - upright.top,
        )
        for glyph in upright.glyphs
    ]  # fmt: skip


def _overlaps(word: Word, kept: Sequence[Glyph]) -> bool:
    middle = (word.left + word.right) / 2
    return any(
        abs(glyph.base - word.base) < 0.6 * glyph.size
        and glyph.left - glyph.size < middle < glyph.right + glyph.size
        for glyph in kept
    )


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words by line, with one baseline and one height; halves of a line that was cut share both."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    whole: list[list[Word]] = []
    for line in sorted(lines.values(), key=lambda one: one[0].base):
        home = next((one for one in reversed(whole[-3:]) if _is_one(one, line)), None)
        if home is None:
            whole.append(line)
        else:
            longer = max(home, line, key=lambda one: one[-1].right - one[0].left)[0]
            home[:] = sorted(home + line, key=lambda word: word.left)
            home[:] = [replace(word, base=longer.base, height=longer.height) for word in home]
    usual = _usual_height(words)
    return [[replace(word, height=_settled(word.height, usual)) for word in line] for line in whole]


def _is_one(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Parts of one line stand side by side on one baseline."""
    if abs(a[0].base - b[0].base) > _SAME_LINE * min(a[0].height, b[0].height):
        return False
    left, right = (a, b) if a[0].left < b[0].left else (b, a)
    return max(word.right for word in left) < min(word.left for word in right) + 2


def _usual_height(words: Sequence[Word]) -> float:
    counts: Counter[float] = Counter()
    for word in words:
        counts[round(word.height * 2) / 2] += len(word.text)
    if not counts:
        return 12.0
    near = {height: sum(counts[height + step / 2] for step in (-1, 0, 1)) for height in counts}
    return max(near, key=lambda height: (near[height], -height))


def _settled(height: float, usual: float) -> float:
    """A line's height is a guess from its few letters: capitals and accents mislead it."""
    return usual if _LESS * usual < height < _MORE * usual else height


def _glyphs(line: Sequence[Word]) -> list[Glyph]:
    """Characters spread evenly over their words, a space between words."""
    size = line[0].height / _SEEN * _NOMINAL
    out: list[Glyph] = []
    for word in line:
        left = word.left
        if out:  # boxes of neighbours may overlap; their letters must not be mixed
            end = out[-1].right
            left = max(left, end + 0.15 * size)
            out.append(Glyph(" ", end, left, word.base, size, word.bold))
        step = max(0.1, (word.right - left) / len(word.text))
        out.extend(
            Glyph(char, left + at * step, left + (at + 1) * step, word.base, size, word.bold)
            for at, char in enumerate(word.text)
        )
    return out
