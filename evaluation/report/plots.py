"""Plots as inline SVG: drawn narrow, so that they can be read on a phone; colours come from the page.

Whatever is told by colour is told by shape or sign too. Each plot has a title for screen readers; its
figures stand in a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from markupsafe import Markup, escape

from evaluation.report.wording import decimal, signed

__all__ = ["Mark", "Point", "Span", "differences", "groups", "scatter", "spans", "wins_and_losses"]

_WIDTH = 420
_LEFT = 146
"""Room for names."""
_RIGHT = 14
_ROW = 20


@dataclass(frozen=True, slots=True)
class Span:
    """A value with its interval."""

    label: str
    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a plane; `label` is written beside it."""

    label: str
    x: float
    y: float
    said: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of a group, told from others by its series (0…3)."""

    series: int
    value: float
    said: str


class _Axis:
    """A horizontal axis with ticks at round numbers."""

    def __init__(self, low: float, high: float, *, left: int = _LEFT) -> None:
        step = _step(high - low)
        self.low, self.high = floor(low / step) * step, ceil(high / step) * step
        self.ticks = [self.low + number * step for number in range(round((self.high - self.low) / step) + 1)]
        self._left = left

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self._left + share * (_WIDTH - _RIGHT - self._left)

    def drawn(self, height: float, digits: int = 2, *, sign: bool = False) -> list[str]:
        write = signed if sign else decimal
        found = []
        for tick in self.ticks:
            x = self.at(tick)
            found.append(f'<line class="grid" x1="{x:.1f}" y1="4" x2="{x:.1f}" y2="{height:.0f}"/>')
            found.append(_text(x, height + 14, write(tick, digits), "middle", "tick"))
        return found


def _step(length: float) -> float:
    """A round step that makes four to eight ticks."""
    size: float = 0.001
    while True:
        for factor in (1, 2, 5):
            if length / (size * factor) <= 6:
                return size * factor
        size *= 10


def spans(title: str, rows: Sequence[Span], base: float | None = None) -> Markup:
    """Values with intervals, one below the other; `base` is drawn through all of them."""
    axis = _Axis(min(row.low for row in rows), max(row.high for row in rows) + 1e-9)
    height = 8 + _ROW * len(rows)
    drawn = axis.drawn(height)
    if base is not None:
        x = axis.at(base)
        drawn.append(f'<line class="base" x1="{x:.1f}" y1="4" x2="{x:.1f}" y2="{height}"/>')
    for number, row in enumerate(rows):
        y = 8 + _ROW * (number + 0.5)
        drawn.append(_name(y, row.label))
        drawn.append(
            f'<line class="span" x1="{axis.at(row.low):.1f}" y1="{y}" x2="{axis.at(row.high):.1f}" y2="{y}"/>'
        )
        said = f"{row.label}: {decimal(row.value)} [{decimal(row.low)}–{decimal(row.high)}]"
        drawn.append(_shape(0, axis.at(row.value), y, said))
    return _svg(title, height + 22, drawn)


def groups(title: str, rows: Sequence[tuple[str, Sequence[Mark]]], series: Sequence[str]) -> Markup:
    """Values of several series for each group, with a legend."""
    values = [mark.value for _, marks in rows for mark in marks]
    axis = _Axis(min([*values, 0.9]), 1.0)
    legend = 16 * ceil(len(series) / 2)
    height = legend + 10 + _ROW * len(rows)
    drawn = axis.drawn(height)
    for number, name in enumerate(series):
        x, y = 12 + (number % 2) * _WIDTH / 2, 8.0 + 16 * (number // 2)
        drawn.append(f'<rect class="paper" x="{x - 12:.0f}" y="{y - 8}" width="{_WIDTH / 2}" height="16"/>')
        drawn.append(_shape(number, x, y, name))
        drawn.append(_text(x + 10, y + 4, _cut(name, 32), "start"))
    for number, (label, marks) in enumerate(rows):
        y = legend + 8 + _ROW * (number + 0.5)
        drawn.append(_name(y, label))
        ends = [axis.at(mark.value) for mark in marks]
        drawn.append(f'<line class="thread" x1="{min(ends):.1f}" y1="{y}" x2="{max(ends):.1f}" y2="{y}"/>')
        # The first series last: it stands above the others.
        drawn += [_shape(mark.series, axis.at(mark.value), y, mark.said) for mark in reversed(marks)]
    return _svg(title, height + 22, drawn)


def scatter(title: str, points: Sequence[Point], x_name: str, y_name: str) -> Markup:
    """Points in a plane, each with a short label that keeps clear of the others."""
    axis = _Axis(0.0, max(point.x for point in points) * 1.05 + 1e-9, left=44)
    low, high = min(point.y for point in points), max(point.y for point in points)
    up = _Axis(low - 0.01, high + 0.01)
    height = 236
    drawn = axis.drawn(height, 0)

    def level(value: float) -> float:
        return height - (value - up.low) / (up.high - up.low) * (height - 22)

    for tick in up.ticks:
        y = level(tick)
        drawn.append(f'<line class="grid" x1="44" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"/>')
        drawn.append(_text(40, y + 4, decimal(tick, 2), "end", "tick"))
    drawn.append(_text(4, 10, y_name, "start", "tick"))
    drawn.append(_text(_WIDTH - _RIGHT, height + 30, x_name, "end", "tick"))
    taken: list[tuple[float, float]] = []
    for point in sorted(points, key=lambda point: -point.y):
        x, y = axis.at(point.x), level(point.y)
        drawn.append(_shape(0, x, y, point.said))
        place = _free(x + 8, y + 4, taken)
        taken.append(place)
        drawn.append(_text(*place, point.label, "start"))
    return _svg(title, height + 36, drawn)


def _free(x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The nearest place to the right of (x, y) where no label stands yet."""
    while any(abs(x - other) < 16 and abs(y - level) < 11 for other, level in taken):
        x += 16
    return x, y


def wins_and_losses(title: str, rows: Sequence[tuple[str, int, int]], total: int) -> Markup:
    """For each row how many questions it lost (left) and won (right) of `total`."""
    most = max(max(losses, wins) for _, wins, losses in rows) or 1
    middle = _LEFT + (_WIDTH - _RIGHT - _LEFT) / 2
    scale = (_WIDTH - _RIGHT - _LEFT) / 2 / most * 0.8
    height = 26 + _ROW * len(rows)
    drawn = [
        _text(middle - 6, 14, "◀ kém đi", "end", "tick"),
        _text(middle + 6, 14, "khá lên ▶", "start", "tick"),
    ]
    for number, (label, wins, losses) in enumerate(rows):
        y = 24 + _ROW * number
        drawn.append(_name(y + _ROW / 2 - 2, label))
        drawn.append(
            _bar("loss", middle - losses * scale, y, losses * scale, f"{label}: kém {losses}/{total}")
        )
        drawn.append(_bar("win", middle, y, wins * scale, f"{label}: hơn {wins}/{total}"))
        drawn.append(_text(middle - losses * scale - 4, y + 12, str(losses), "end"))
        drawn.append(_text(middle + wins * scale + 4, y + 12, str(wins), "start"))
    drawn.append(f'<line class="base" x1="{middle}" y1="20" x2="{middle}" y2="{height}"/>')
    return _svg(title, height + 4, drawn)


def differences(title: str, values: Sequence[float]) -> Markup:
    """Differences of all questions, from the greatest loss to the greatest win."""
    ordered = sorted(values)
    most = max(abs(ordered[0]), abs(ordered[-1]), 0.05)
    height, left = 150, 44
    middle = height / 2
    width = (_WIDTH - _RIGHT - left) / len(ordered)
    drawn = []
    for tick in (most, 0.0, -most):
        y = middle - tick / most * (middle - 10)
        drawn.append(f'<line class="grid" x1="{left}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"/>')
        drawn.append(_text(left - 4, y + 4, signed(tick, 2) if tick else "0", "end", "tick"))
    for number, value in enumerate(ordered):
        if abs(value) < 1e-9:
            continue
        length = abs(value) / most * (middle - 10)
        y = middle - length if value > 0 else middle
        drawn.append(
            f'<rect class="{"win" if value > 0 else "loss"}" x="{left + number * width:.2f}" y="{y:.1f}" '
            f'width="{max(width, 0.8):.2f}" height="{length:.1f}"/>'
        )
    return _svg(title, height + 4, drawn)


def _bar(kind: str, x: float, y: float, width: float, said: str) -> str:
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y + 2}" width="{width:.1f}" height="{_ROW - 6}">'
        f"<title>{escape(said)}</title></rect>"
    )


def _name(y: float, label: str) -> str:
    return _text(_LEFT - 8, y + 4, _cut(label, 24), "end")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _text(x: float, y: float, text: str, anchor: str, name: str = "label") -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _shape(series: int, x: float, y: float, said: str) -> str:
    """A disc, a square, a triangle or a diamond."""
    title = f"<title>{escape(said)}</title>"
    name = f'class="mark s{series}"'
    if series == 0:
        return f'<circle {name} cx="{x:.1f}" cy="{y:.1f}" r="4.5">{title}</circle>'
    if series == 1:
        return f'<rect {name} x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8">{title}</rect>'
    corners = [(0, -5), (5, 4), (-5, 4)] if series == 2 else [(0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon {name} points="{points}">{title}</polygon>'


def _svg(title: str, height: float, drawn: Sequence[str]) -> Markup:
    head = f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}">'
    return Markup(f"{head}{''.join(drawn)}</svg>")  # noqa: S704 - every text in it is escaped above
