"""How much of a difference chance explains: paired bootstrap, paired randomisation, Holm's correction.

The same seed always, so that the same runs give the same figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Difference", "difference", "holm", "interval", "intervals"]

_TIMES = 10_000
_SEED = 20_260
_AT_ONCE = 2_000_000
"""Numbers drawn at a time: bounds memory."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """Of the means of one measure over the same questions, second minus first."""

    mean: float
    low: float
    """Ends of the 95% interval."""
    high: float
    p: float
    """How often chance alone gives as large a difference, either way."""
    wins: int
    losses: int


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95% bootstrap interval (percentiles) of the mean of `values`."""
    return intervals({"": values})[""]


def intervals(columns: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, float]]:
    """The same for several measures of the same questions, drawn together."""
    values = np.array(list(columns.values()), dtype=np.float64).T
    count = len(values)
    draw = np.random.default_rng(_SEED)
    means = np.concatenate([_drawn(draw, count, times) @ values / count for times in _portions(count)])
    low, high = np.quantile(means, [0.025, 0.975], axis=0)
    return {name: (float(low[at]), float(high[at])) for at, name in enumerate(columns)}


def _drawn(draw: np.random.Generator, count: int, times: int) -> Floats:
    """(times, count): how often each question is drawn in each of `times` samples of `count`."""
    drawn = draw.integers(0, count, (times, count), dtype=np.int32)
    drawn += np.arange(times, dtype=np.int32)[:, None] * count
    return np.bincount(drawn.ravel(), minlength=times * count).reshape(times, count).astype(np.float64)


def difference(first: Sequence[float], second: Sequence[float]) -> Difference:
    """Compare two systems question by question; both sequences in the same order of questions."""
    change: Floats = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    low, high = interval(change.tolist())
    return Difference(
        mean=float(change.mean()),
        low=low,
        high=high,
        p=_by_chance(change),
        wins=int((change > 1e-9).sum()),
        losses=int((change < -1e-9).sum()),
    )


def _by_chance(change: Floats) -> float:
    """Share of random sign flips of the differences whose mean is at least as far from 0."""
    moved = change[np.abs(change) > 1e-12]
    if not len(moved):
        return 1.0
    draw = np.random.default_rng(_SEED)
    seen = abs(moved.sum()) - 1e-9
    as_far = sum(
        int((np.abs(draw.choice((-1.0, 1.0), (n, len(moved))) @ moved) >= seen).sum())
        for n in _portions(len(moved))
    )
    return (as_far + 1) / (_TIMES + 1)


def holm(values: Sequence[float]) -> list[float]:
    """p values corrected for there being several (Holm 1979), in the order given."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    corrected = [0.0] * len(values)
    highest = 0.0
    for step, place in enumerate(order):
        highest = max(highest, min(1.0, (len(values) - step) * values[place]))
        corrected[place] = highest
    return corrected


def _portions(length: int) -> list[int]:
    """Numbers of draws at a time, `_TIMES` together."""
    at_once = max(1, _AT_ONCE // max(1, length))
    return [min(at_once, _TIMES - done) for done in range(0, _TIMES, at_once)]
