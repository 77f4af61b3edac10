"""The nouns of judging.

What a judge does is kept as events, each one field of one passage (or of the query as a whole) set to
a value. The state is, for each field, the latest event: so two tabs that set different fields never
undo each other, and two copies of a pool can be put together in any order with the same outcome.
"""

from dataclasses import dataclass, field
from typing import Literal, get_args

__all__ = [
    "FIELDS",
    "GRADES",
    "STATUSES",
    "Contents",
    "Event",
    "Field",
    "PoolPassage",
    "PoolQuery",
    "Pooled",
    "Settlement",
    "Value",
]  # fmt: skip

GRADES = (0, 1, 2)
"""Does not answer; answers in part or helps; answers."""

Field = Literal["grade", "note", "span", "status"]
FIELDS: tuple[str, ...] = get_args(Field)

STATUSES = ("", "skipped", "unanswerable")
"""Of a query for one judge: open, put off, nothing in the pool answers it."""

Value = int | str | tuple[int, int] | None
"""grade: 0–2 or None; note: text; span: [start, end) in the passage's text or None; status: as above."""


@dataclass(frozen=True, slots=True)
class PoolQuery:
    """A question to be judged."""

    id: str
    text: str
    kind: str = ""
    answer: str | None = None
    """Short answer, where whoever asked knows it; passed through to the export."""


@dataclass(frozen=True, slots=True)
class PoolPassage:
    """A passage with what a judge must see around it, held apart from any library.

    Document, words and headings say what was judged, however documents are cut into passages later.
    """

    id: str
    """From file, headings and words: the same passage found in two ways is one."""
    passage_id: str
    """In the library that it was found in; the document column of qrels."""
    file: str
    text: str
    path: tuple[str, ...] = ()
    """Headings above it, outermost first."""
    document: tuple[str, ...] = ()
    """Kind, number, date, issuer, as shown above a result."""
    title: str = ""
    lead: str | None = None
    """The passage that opens the list this one stands in."""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """Neighbours in the document, in its order, cut where they are long."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Pooled:
    """That a passage is to be judged for a query. `found_by`: configuration → rank; never shown to judges."""

    query: str
    passage: str
    found_by: dict[str, int] = field(default_factory=dict)
    added: str = ""
    """When it joined the pool, as the time of an event; "" is from the beginning."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that one judge did. `passage` is "" where it concerns the query as a whole."""

    id: str
    judge: str
    query: str
    passage: str
    at: str
    """UTC, ISO 8601 with microseconds; within a pool later than all that the judge did before."""
    field: Field
    value: Value
    undoes: str | None = None
    """The event that this one takes back."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A final grade where judges disagreed; None takes an earlier one back. The latest counts."""

    id: str
    by: str
    query: str
    passage: str
    at: str
    grade: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything in a pool: what the full export holds."""

    about: dict[str, str]
    """Name, seed of the random order, when and from what the pool was made."""
    queries: tuple[PoolQuery, ...]
    passages: tuple[PoolPassage, ...]
    pooled: tuple[Pooled, ...]
    judges: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    settlements: tuple[Settlement, ...] = ()
