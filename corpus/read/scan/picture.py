"""A page as a grey picture, upright and cleaned: what the recogniser is shown.

Runs inside the limited process. Arrays are `uint8`, 0 black to 255 white, rows from the top.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Grey", "Stroke", "cleaned", "dark", "evened", "skew_of", "strokes_of", "without_strokes"]

Grey = NDArray[np.uint8]

_WIDEST_SKEW = 6.0
"""Degrees looked for; pages that lie more askew are photographs, not scans."""

_NOISY = 0.0001
"""Share of a page's pixels that are lone specks, from which on a median filter helps: measured on pages
with and without speckle (docs/evaluation.md); on clean pages it would wear thin accents away."""

_STANDS_OUT = 25
"""Shades by which a speck is darker (or lighter) than all its neighbours."""

_LONGEST_STROKE = 0.5
"""Inches: strokes of letters are shorter, ruling lines longer."""

_THICKEST = 10
"""Pixels of a ruling line from edge to edge, where the page lies a little askew."""

_BLOCK = 48


def dark(grey: Grey) -> NDArray[np.bool_]:
    """Which pixels are ink: darker than the threshold that best parts the two (Otsu)."""
    counts = np.bincount(grey[::2, ::2].ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = (sums[-1] * below / below[-1] - sums) ** 2 / (below * above)
    threshold = int(np.nanargmax(np.where(np.isfinite(apart), apart, -1)))
    return grey <= min(threshold, 220)


def skew_of(grey: Grey) -> float:
    """How far lines of text fall to the right, in degrees clockwise: rows are sharpest at that angle."""
    step = max(1, round(max(grey.shape) / 1200))
    ink = dark(grey[: grey.shape[0] // step * step : step, : grey.shape[1] // step * step : step])
    margin = max(2, ink.shape[0] // 40)
    ink[:margin] = ink[-margin:] = False  # dark edges of the glass are straight but not the page's
    ys, xs = np.nonzero(ink)
    if len(ys) < 200:
        return 0.0
    if len(ys) > 120_000:
        ys, xs = ys[:: len(ys) // 120_000 + 1], xs[:: len(xs) // 120_000 + 1]
    ys, xs = ys.astype(np.float32), xs.astype(np.float32) - ink.shape[1] / 2

    def sharpness(angle: float) -> float:
        rows = (ys - xs * math.tan(math.radians(angle))).astype(np.int32)
        counts = np.bincount(rows - rows.min()).astype(np.float64)
        return float(np.square(np.diff(counts)).sum())

    best = max(np.arange(-_WIDEST_SKEW, _WIDEST_SKEW + 0.01, 0.5), key=sharpness)
    for fine in (0.1, 0.03):
        best = max((best + fine * n for n in range(-5, 6)), key=sharpness)
    return float(best)


def cleaned(grey: Grey) -> Grey:
    """The picture with specks taken out where there are many; else as it is.

    Only pixels that stand out from all their neighbours are changed: a filter over everything wears
    thin accents away.
    """
    darkest, lightest = _neighbours(grey)
    inner = grey[1:-1, 1:-1]
    if ((inner < 110) & (darkest > 150)).mean() < _NOISY:
        return grey
    inner = inner.astype(np.int16)
    specks = (inner < darkest.astype(np.int16) - _STANDS_OUT) | (
        inner > lightest.astype(np.int16) + _STANDS_OUT
    )
    out = grey.copy()
    out[1:-1, 1:-1][specks] = _median(grey)[specks]
    return out


def _neighbours(grey: Grey) -> tuple[Grey, Grey]:
    """Darkest and lightest of the eight neighbours of every inner pixel."""
    rows, columns = grey.shape
    darkest = np.full((rows - 2, columns - 2), 255, np.uint8)
    lightest = np.zeros((rows - 2, columns - 2), np.uint8)
    for y in range(3):
        for x in range(3):
            if (y, x) != (1, 1):
                beside = grey[y : rows - 2 + y, x : columns - 2 + x]
                np.minimum(darkest, beside, out=darkest)
                np.maximum(lightest, beside, out=lightest)
    return darkest, lightest


def _median(grey: Grey) -> Grey:
    """Median of the 3 × 3 neighbourhood of every inner pixel, by exchanges (Paeth's network)."""
    rows, columns = grey.shape
    p = [grey[y : rows - 2 + y, x : columns - 2 + x] for y in range(3) for x in range(3)]
    for a, b in (
        (1, 2), (4, 5), (7, 8), (0, 1), (3, 4), (6, 7), (1, 2), (4, 5), (7, 8), (0, 3), (5, 8), (4, 7),
        (3, 6), (1, 4), (2, 5), (4, 7), (4, 2), (6, 4), (4, 2),
    ):  # fmt: skip
        p[a], p[b] = np.minimum(p[a], p[b]), np.maximum(p[a], p[b])
    return p[4]


def evened(grey: Grey) -> Grey:
    """The picture with shadows and yellowed paper made white, where light falls unevenly."""
    rows, columns = (size // _BLOCK for size in grey.shape)
    if rows < 4 or columns < 4:
        return grey
    blocks = grey[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    paper = np.percentile(blocks[:, ::3, :, ::3], 85, axis=(1, 3))
    usual = float(np.median(paper))
    if np.percentile(paper, 10) > 0.9 * usual and usual > 200:
        return grey
    paper = np.maximum(paper, 0.35 * usual)  # a block that is all ink is no shadow
    at = np.clip((np.arange(grey.shape[0]) - _BLOCK / 2) / _BLOCK, 0, rows - 1.001)
    across = np.clip((np.arange(grey.shape[1]) - _BLOCK / 2) / _BLOCK, 0, columns - 1.001)
    y, x = at.astype(int), across.astype(int)
    dy, dx = (at - y)[:, None].astype(np.float32), (across - x)[None, :].astype(np.float32)
    paper = paper.astype(np.float32)
    upper = paper[y][:, x] * (1 - dx) + paper[y][:, x + 1] * dx
    lower = paper[y + 1][:, x] * (1 - dx) + paper[y + 1][:, x + 1] * dx
    light = upper * (1 - dy) + lower * dy
    lit: Grey = np.clip(grey * (245.0 / light), 0, 255).astype(np.uint8)
    return lit


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of ink along the rows of a picture: row, first column, column after the last."""

    rows: NDArray[np.intp]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]


def _long_runs(ink: NDArray[np.bool_], least: int) -> _Runs:
    """Runs of at least so many pixels; gaps of up to two pixels do not end one."""
    closed = ink.copy()
    closed[:, 1:-1] |= ink[:, :-2] & ink[:, 2:]
    closed[:, 2:-1] |= ink[:, :-3] & ink[:, 3:]
    edges = np.diff(np.pad(closed, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    long = ends - starts >= least
    return _Runs(rows[long], starts[long], ends[long])


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruling line in pixels: along x from `start` to `end` where `flat`, else along y."""

    flat: bool
    start: int
    end: int
    first: int
    last: int
    """First and last row (column) that it covers."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, through the middle of the stroke."""
        middle = (self.first + self.last) / 2
        if self.flat:
            return self.start, middle, self.end, middle
        return middle, self.start, middle, self.end


def strokes_of(ink: NDArray[np.bool_], dots_per_inch: float) -> list[Stroke]:
    """Ruling lines of a page."""
    least = int(_LONGEST_STROKE * dots_per_inch)
    across = _lines(_long_runs(ink, least), flat=True)
    return across + _lines(_long_runs(np.ascontiguousarray(ink.T), least), flat=False)


def _lines(runs: _Runs, *, flat: bool) -> list[Stroke]:
    """Runs in neighbouring rows put together to lines. Thick ones are no lines."""
    open_: list[list[int]] = []  # start, end, first row, last row
    done: list[list[int]] = []
    for row, start, end in zip(runs.rows.tolist(), runs.starts.tolist(), runs.ends.tolist(), strict=True):
        still: list[list[int]] = []
        home = None
        for line in open_:
            if row - line[3] > 2:
                done.append(line)
                continue
            still.append(line)
            if home is None and start <= line[1] + 3 and end >= line[0] - 3:
                home = line
        open_ = still
        if home is None:
            open_.append([start, end, row, row])
        else:
            home[0], home[1], home[3] = min(home[0], start), max(home[1], end), row
        if len(done) > 3_000 or len(open_) > 500:
            return []  # a picture or a pattern, not ruling lines
    done += open_
    return [Stroke(flat, a, b, first, last) for a, b, first, last in done if last - first <= _THICKEST]


def without_strokes(grey: Grey, ink: NDArray[np.bool_], strokes: Sequence[Stroke]) -> Grey:
    """The picture without its ruling lines: an underline under letters makes them unreadable.

    Where a letter crosses a line, its ink stays.
    """
    if not strokes:
        return grey
    out = grey.copy()
    for stroke in strokes:
        picture, dots = (out, ink) if stroke.flat else (out.T, ink.T)
        top, bottom = max(1, stroke.first - 1), min(dots.shape[0] - 1, stroke.last + 2)
        crossing = dots[top - 1, stroke.start : stroke.end] | dots[bottom, stroke.start : stroke.end]
        picture[top:bottom, stroke.start : stroke.end][:, ~crossing] = 255
    return out
