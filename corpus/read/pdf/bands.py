"""Characters by baseline; marks put onto their letters, raised characters into their lines."""

from bisect import bisect_left

from corpus.read.pdf.glyphs import Glyph

__all__ = ["SMALL", "attach", "bands", "raised_joined"]

_SAME_BASE = 0.22
"""Baselines closer than this, in heights of a character, are one row."""

SMALL = 0.82
"""Raised characters are smaller than this, in heights of their neighbours."""


def bands(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters by baseline, each band from left to right."""
    bands: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.base):
        if (
            bands
            and glyph.base - bands[-1][-1].base <= _SAME_BASE * min(glyph.size, bands[-1][-1].size)
            and (glyph.base - bands[-1][0].base <= 0.4 * glyph.size)
        ):
            bands[-1].append(glyph)
        else:
            bands.append([glyph])
    for band in bands:
        band.sort(key=lambda one: one.left)
    return [_without_underlines(band) for band in bands]


def _without_underlines(band: list[Glyph]) -> list[Glyph]:
    """Underscores printed under other letters only underline them."""
    if not any(glyph.text == "_" for glyph in band):
        return band
    letters = [glyph for glyph in band if glyph.text != "_"]
    starts = [glyph.left for glyph in letters]

    def covered(glyph: Glyph) -> bool:
        middle = (glyph.left + glyph.right) / 2
        at = bisect_left(starts, middle) - 1
        return at >= 0 and letters[at].right > middle

    return [glyph for glyph in band if glyph.text != "_" or not covered(glyph)]


def attach(marks: list[Glyph], bands: list[list[Glyph]]) -> None:
    """Put combining marks onto the letters they are printed over."""
    for mark in marks:
        centre = (mark.left + mark.right) / 2
        near = [band for band in bands if abs(band[0].base - mark.base) < mark.size]
        letters = [glyph for band in near for glyph in band if not glyph.text.isspace()]
        if letters:
            base = min(
                letters,
                key=lambda one: abs((one.left + one.right) / 2 - centre) + abs(one.base - mark.base) * 0.5,
            )
            base.text += mark.text


def raised_joined(bands: list[list[Glyph]]) -> list[list[Glyph]]:
    """Raised and lowered characters put into the row that they belong to.

    In a band of small characters every run that touches a larger character of a neighbouring band
    and overlaps its height goes over to that band.
    """
    for at, band in enumerate(bands):
        small = max(glyph.size for glyph in band)
        for near in (at + 1, at - 1, at + 2, at - 2):
            if not 0 <= near < len(bands) or not bands[near]:
                continue
            other = bands[near]
            if abs(other[0].base - band[0].base) > 0.75 * max(glyph.size for glyph in other):
                continue
            for run in _runs(band, 0.6 * small):
                if _touches(run, other):
                    gone = set(map(id, run))
                    band[:] = [glyph for glyph in band if id(glyph) not in gone]
                    other.extend(run)
                    other.sort(key=lambda one: one.left)
            if not band:
                break
    return [band for band in bands if band]


def _runs(band: list[Glyph], gap: float) -> list[list[Glyph]]:
    runs: list[list[Glyph]] = []
    for glyph in band:
        if runs and glyph.left - runs[-1][-1].right <= gap:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _touches(run: list[Glyph], other: list[Glyph]) -> bool:
    size = max(glyph.size for glyph in run)
    other = [glyph for glyph in other if not glyph.text.isspace()]
    lefts = [glyph.left for glyph in other]
    at = bisect_left(lefts, run[0].left)
    before = other[at - 1] if at else None
    after = next((glyph for glyph in other[at:] if glyph.left >= run[-1].right - size * 0.3), None)
    beside = [
        glyph
        for glyph, gap in (
            (before, run[0].left - before.right if before else 0),
            (after, after.left - run[-1].right if after else 0),
        )
        if glyph is not None and -0.6 * size <= gap <= 0.35 * size
    ]
    return any(glyph.size * SMALL > size for glyph in beside) and len(run) <= 12
