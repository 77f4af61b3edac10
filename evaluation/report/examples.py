"""Questions shown in full: what was asked, what is wanted, what came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.comparing import Change, changed
from evaluation.outcomes import Shown, Wanted
from evaluation.records import Record
from evaluation.report.wording import decimal, kind, signed

__all__ = ["Example", "Moved", "Returned", "moved", "worst"]

_WORST = 15
_MOVED = 6


@dataclass(frozen=True, slots=True)
class Returned:
    """One result; `shown` is None where only its id was kept."""

    rank: int
    id: str
    grade: int
    shown: Shown | None


@dataclass(frozen=True, slots=True)
class Example:
    """A question that went badly."""

    id: str
    text: str
    kind: str
    score: str
    wanted: tuple[Wanted, ...]
    returned: tuple[Returned, ...]
    """The results whose text was kept."""
    further: tuple[int, ...]
    """Ranks on the first page, below those, that are right."""
    elsewhere: tuple[tuple[str, str], ...]
    """Other configurations with their scores."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that went better or worse in another run."""

    id: str
    text: str
    kind: str
    by: str
    won: bool
    before: str
    after: str
    wanted: tuple[Wanted, ...]
    first_before: Shown | None
    first_after: Shown | None


def worst(records: Sequence[Record]) -> list[Example]:
    """The questions that the first run answers worst, below a perfect answer; the worst first."""
    record, *others = records
    order = sorted(record.queries, key=lambda id_: _badness(record, id_))
    return [
        _example(record, id_, others)
        for id_ in order[:_WORST]
        if record.queries[id_].scores["nDCG@10"] < 0.999
    ]


def _badness(record: Record, id_: str) -> tuple[float, ...]:
    """By nDCG@10; of equal ones those first whose answer lies furthest down."""
    scores = record.queries[id_].scores
    return scores["nDCG@10"], scores["R@100"], scores["AP"]


def _example(record: Record, id_: str, others: Sequence[Record]) -> Example:
    one, question = record.queries[id_], record.asked[id_]
    results = [
        Returned(rank, passage, grade, record.texts.get(passage))
        for rank, (passage, grade) in enumerate(zip(one.top, one.right, strict=True), start=1)
    ]
    read = [result for result in results[:3] if result.shown]
    return Example(
        id_,
        question.text,
        kind(question.kind),
        decimal(one.scores["nDCG@10"], 2),
        question.wanted,
        tuple(read),
        tuple(result.rank for result in results[len(read) :] if result.grade),
        tuple((other.name, decimal(other.queries[id_].scores["nDCG@10"], 2)) for other in others[:4]),
    )


def moved(first: Record, second: Record) -> list[Moved]:
    """The greatest losses and wins of the second run, losses first."""
    changes = changed(first, second)
    losses = [one for one in changes if one.by < 0][:_MOVED]
    wins = [one for one in reversed(changes) if one.by > 0][:_MOVED]
    return [_moved(one) for one in (*losses, *wins)]


def _moved(one: Change) -> Moved:
    return Moved(
        one.id,
        one.question.text,
        kind(one.question.kind),
        signed(one.by, 2),
        one.by > 0,
        decimal(one.before.scores["nDCG@10"], 2),
        decimal(one.after.scores["nDCG@10"], 2),
        one.question.wanted,
        one.first_before,
        one.first_after,
    )
