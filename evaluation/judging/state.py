"""Events → where a judge stands: the latest event of each field counts."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from evaluation.judging.types import Event, Field, Pooled, Value

__all__ = ["Mark", "Sheet", "blind", "in_order", "last_done", "sheets", "value_before"]

_EMPTY: dict[str, Value] = {"grade": None, "note": "", "span": None, "status": ""}


@dataclass(frozen=True, slots=True)
class Mark:
    """What one judge says of one passage."""

    grade: int | None = None
    note: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one judge says of one query and its passages."""

    status: str = ""
    note: str = ""
    marks: dict[str, Mark] = field(default_factory=dict)
    late: frozenset[str] = frozenset()
    """Passages that joined the pool after the judge had said that nothing answers."""

    def grade(self, passage: str) -> int | None:
        """The judge's grade; who said that nothing answers has graded the rest 0, as far as it was there."""
        grade = self.marks.get(passage, Mark()).grade
        if grade is None and self.status == "unanswerable" and passage not in self.late:
            return 0
        return grade

    def graded(self, passages: Iterable[str]) -> int:
        """How many of `passages` have a grade."""
        return sum(self.grade(passage) is not None for passage in passages)


def in_order(events: Iterable[Event]) -> list[Event]:
    """As they happened. Of two copies put together, equal times are ordered by id, the same everywhere."""
    return sorted(events, key=lambda event: (event.at, event.id))


def sheets(events: Iterable[Event], pooled: Iterable[Pooled] = ()) -> dict[tuple[str, str], Sheet]:
    """(judge, query) → sheet, from any events; `pooled` says when passages joined the pool."""
    found: dict[tuple[str, str], dict[tuple[str, str], Event]] = {}
    for event in in_order(events):
        found.setdefault((event.judge, event.query), {})[event.passage, event.field] = event
    joined: dict[str, list[Pooled]] = {}
    for one in pooled:
        if one.added:
            joined.setdefault(one.query, []).append(one)
    return {key: _sheet(latest, joined.get(key[1], ())) for key, latest in found.items()}


def last_done(events: Sequence[Event]) -> Event | None:
    """What undo takes back: the latest grade, quote or status not yet taken back; typing undoes itself."""
    undone = {event.undoes for event in events}
    for event in reversed(in_order(events)):
        if event.undoes is None and event.id not in undone and event.field != "note":
            return event
    return None


def value_before(events: Iterable[Event], event: Event) -> Value:
    """The value of the event's field before it."""
    value = _EMPTY[event.field]
    for earlier in in_order(events):
        if earlier.id == event.id:
            break
        if (earlier.passage, earlier.field) == (event.passage, event.field):
            value = earlier.value
    return value


def blind(seed: str, judge: str, query: str, passages: Iterable[str]) -> list[str]:
    """The passages of a query in an order of the judge's own, random but always the same.

    From hashes, so that a passage that joins the pool later does not move the others.
    """

    def drawn(passage: str) -> bytes:
        return hashlib.sha256("\0".join((seed, judge, query, passage)).encode()).digest()

    return sorted(passages, key=drawn)


def _sheet(latest: dict[tuple[str, str], Event], joined: Iterable[Pooled]) -> Sheet:
    def held(passage: str, name: Field) -> Value:
        event = latest.get((passage, name))
        return _EMPTY[name] if event is None else event.value

    passages = {passage for passage, _ in latest if passage}
    said = latest.get(("", "status"))
    return Sheet(
        status=cast(str, held("", "status")),
        note=cast(str, held("", "note")),
        marks={
            passage: Mark(
                grade=cast("int | None", held(passage, "grade")),
                note=cast(str, held(passage, "note")),
                span=cast("tuple[int, int] | None", held(passage, "span")),
            )
            for passage in sorted(passages)
        },
        late=frozenset(one.passage for one in joined if said is not None and one.added > said.at),
    )
