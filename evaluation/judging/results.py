"""Judges put together: who graded what, where they agree, and the one grade that counts in the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from evaluation.judging.agreement import WEIGHTS, alpha, alpha_interval, kappa
from evaluation.judging.state import Sheet
from evaluation.judging.store import Pool
from evaluation.judging.types import GRADES, Settlement

__all__ = [
    "Agreement", "Disagreement", "Grades", "Pair", "agreement", "disagreements", "final", "grades", "of",
]  # fmt: skip

Grades = dict[tuple[str, str], dict[str, int]]
"""(query, passage) → judge → grade, only what was graded."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two judges over the passages that both graded. A kappa is None where it is undefined."""

    first: str
    second: str
    passages: int
    same: int
    plain: float | None
    linear: float | None
    quadratic: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the judges of a pool agree."""

    graded: int
    """Passages (with their query) that anybody graded."""
    by_several: int
    alpha: float | None
    """Krippendorff's, ordinal."""
    interval: tuple[float, float] | None
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A passage that judges graded differently."""

    query: str
    passage: str
    grades: dict[str, int]
    settled: Settlement | None


def grades(sheets: Mapping[tuple[str, str], Sheet], pooled: Mapping[str, list[str]]) -> Grades:
    """Every grade given, in the order of queries."""
    judges = sorted({judge for judge, _ in sheets})
    found: Grades = {}
    for query, passages in pooled.items():
        for passage in passages:
            given = {
                judge: grade
                for judge in judges
                if (sheet := sheets.get((judge, query))) and (grade := sheet.grade(passage)) is not None
            }
            if given:
                found[query, passage] = given
    return found


def agreement(found: Grades) -> Agreement:
    """Alpha over all judges, kappa of each two."""
    by_query: dict[str, list[list[int]]] = {}
    for (query, _), given in found.items():
        by_query.setdefault(query, []).append(list(given.values()))
    judges = sorted({judge for given in found.values() for judge in given})
    return Agreement(
        graded=len(found),
        by_several=sum(len(given) > 1 for given in found.values()),
        alpha=alpha([unit for units in by_query.values() for unit in units], GRADES),
        interval=alpha_interval(by_query.values(), GRADES),
        pairs=tuple(_pair(first, second, found) for first, second in combinations(judges, 2)),
    )


def disagreements(found: Grades, settled: Mapping[tuple[str, str], Settlement]) -> list[Disagreement]:
    """Passages with different grades or a settled one: the open first, the widest apart before the others."""
    apart = [
        Disagreement(query, passage, given, settled.get((query, passage)))
        for (query, passage), given in found.items()
        if len(set(given.values())) > 1 or (query, passage) in settled
    ]
    return sorted(
        apart,
        key=lambda one: (one.settled is not None, min(one.grades.values()) - max(one.grades.values())),
    )


def final(found: Grades, settled: Mapping[tuple[str, str], Settlement]) -> dict[tuple[str, str], int]:
    """The grade that counts: the settled one, else the median of the judges', the lower of two.

    Lower, because a passage called relevant on one judge's word only would reward systems for it.
    """
    result: dict[tuple[str, str], int] = {}
    for key, given in found.items():
        one = settled.get(key)
        ordered = sorted(given.values())
        result[key] = one.grade if one and one.grade is not None else ordered[(len(ordered) - 1) // 2]
    return result


def of(pool: Pool) -> tuple[Grades, dict[tuple[str, str], Settlement]]:
    """Grades and settlements of a pool."""
    return grades(pool.sheets(), pool.pooled()), pool.settled()


def _pair(first: str, second: str, found: Grades) -> Pair:
    both = [(given[first], given[second]) for given in found.values() if first in given and second in given]
    by = {name: kappa(both, GRADES, distance) for name, distance in WEIGHTS.items()}
    return Pair(first, second, len(both), sum(a == b for a, b in both), **by)
