"""How far judges agree beyond chance: Cohen's kappa for two, Krippendorff's alpha for any number.

Written from the papers; the tests repeat their worked examples.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["WEIGHTS", "alpha", "alpha_interval", "kappa"]

Floats = npt.NDArray[np.float64]
Distance = Callable[[int, int], float]

WEIGHTS: Final[Mapping[str, Distance]] = {
    "plain": lambda a, b: float(a != b),
    "linear": lambda a, b: float(abs(a - b)),
    "quadratic": lambda a, b: float((a - b) ** 2),
}
"""How bad it is to say the category at place `a` where the other says that at `b`."""

_TIMES = 2_000
_SEED = 20_260


def kappa(
    pairs: Sequence[tuple[Hashable, Hashable]],
    categories: Sequence[Hashable],
    distance: Distance = WEIGHTS["plain"],
) -> float | None:
    """Cohen's kappa of two judges: 1 is full agreement, 0 what chance gives, None where it is undefined.

    `pairs` are the two grades of every passage that both graded, `categories` all grades in order.
    kappa_w = 1 - sum(v p_o) / sum(v p_c), with v the disagreement weight, p_o the share of pairs in
    each cell, p_c the product of the margins (J. Cohen, "Weighted kappa", Psychological Bulletin 70,
    1968, formula 3; with v = 1 off the diagonal it is the plain kappa of "A coefficient of agreement
    for nominal scales", Educational and Psychological Measurement 20, 1960). Undefined where nothing
    was graded twice or both always gave one and the same grade.
    """
    place = {category: at for at, category in enumerate(categories)}
    table = np.zeros((len(place), len(place)))
    for first, second in pairs:
        table[place[first], place[second]] += 1
    if not table.sum():
        return None
    seen = table / table.sum()
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0))
    cost = np.array([[distance(a, b) for b in range(len(place))] for a in range(len(place))])
    expected = float((cost * by_chance).sum())
    return None if expected <= 0 else 1 - float((cost * seen).sum()) / expected


def alpha(
    units: Iterable[Sequence[Hashable]], categories: Sequence[Hashable], level: str = "ordinal"
) -> float | None:
    """Krippendorff's alpha over any number of judges, grades missing where they are missing.

    Each unit is the grades that one passage got, in any order; a unit with fewer than two says
    nothing. alpha = 1 - D_o / D_e, with D_o the observed and D_e the expected disagreement of pairs of
    grades in the coincidence matrix (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability",
    2011, section C). `level` is "nominal", "ordinal" or "interval"; for "interval" the categories are
    their own values. None where fewer than two grades can be paired or all of them are equal.
    """
    return _alpha(_coincidences(units, categories), categories, level)


def alpha_interval(
    groups: Iterable[Iterable[Sequence[Hashable]]], categories: Sequence[Hashable], level: str = "ordinal"
) -> tuple[float, float] | None:
    """95% bootstrap interval (percentiles) of `alpha`, whole queries drawn anew: always the same draw.

    A group is the units of one query, whose passages are not independent of each other. None with
    fewer than two queries that were judged twice, or where most draws leave alpha undefined.
    """
    tables = [_coincidences(units, categories) for units in groups]
    tables = [table for table in tables if table.sum()]
    if len(tables) < 2:
        return None
    stacked = np.stack(tables)
    draw = np.random.default_rng(_SEED)
    found = []
    for _ in range(_TIMES):
        chosen = stacked[draw.integers(0, len(tables), len(tables))].sum(axis=0)
        value = _alpha(chosen, categories, level)
        if value is not None:
            found.append(value)
    if len(found) < _TIMES / 2:
        return None
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def _coincidences(units: Iterable[Sequence[Hashable]], categories: Sequence[Hashable]) -> Floats:
    """o_ck = sum over units of (number of c-k pairs) / (m_u - 1)."""
    place = {category: at for at, category in enumerate(categories)}
    table = np.zeros((len(place), len(place)))
    for unit in units:
        if len(unit) < 2:
            continue
        counts = np.zeros(len(place))
        for grade in unit:
            counts[place[grade]] += 1
        table += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return table


def _alpha(table: Floats, categories: Sequence[Hashable], level: str) -> float | None:
    margins = table.sum(axis=1)
    total = float(margins.sum())
    if total < 2:
        return None
    cost = _distances(margins, categories, level)
    expected = float((cost * np.outer(margins, margins)).sum())
    if expected <= 0:
        return None
    return 1 - (total - 1) * float((cost * table).sum()) / expected


def _distances(margins: Floats, categories: Sequence[Hashable], level: str) -> Floats:
    """Squared differences; of ordinal grades, how many grades were given between the two."""
    size = len(categories)
    cost = np.zeros((size, size))
    for a in range(size):
        for b in range(a + 1, size):
            if level == "nominal":
                apart = 1.0
            elif level == "interval":
                apart = float(categories[b]) - float(categories[a])  # type: ignore[arg-type]
            else:
                apart = float(margins[a : b + 1].sum() - (margins[a] + margins[b]) / 2)
            cost[a, b] = cost[b, a] = apart**2
    return cost
