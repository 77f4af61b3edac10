"""Reading and writing rows of a pool, inside the caller's transaction."""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from evaluation.judging import rows
from evaluation.judging.checking import PoolError
from evaluation.judging.types import Event, Pooled, PoolQuery, Settlement

__all__ = [
    "EVENTS", "event", "events_of", "forget_draft", "insert_event", "insert_settlement", "join", "judges",
    "known_judge", "length", "new_id", "now", "pooled", "queries", "settlements",
]  # fmt: skip

EVENTS = "SELECT id, judge, query, passage, at, field, value, undoes FROM events"
_SAME_NOTE = timedelta(minutes=10)
"""A note typed on within this time replaces its last state instead of adding one more to the history."""


def queries(connection: sqlite3.Connection) -> list[PoolQuery]:
    """All queries in their order."""
    found = connection.execute("SELECT id, text, kind, answer FROM queries ORDER BY ordinal")
    return [PoolQuery(*row) for row in found]


def judges(connection: sqlite3.Connection) -> list[str]:
    """Names, in the order of the alphabet."""
    return [name for (name,) in connection.execute("SELECT name FROM judges ORDER BY folded")]


def join(connection: sqlite3.Connection, name: str) -> str:
    """The name as it is known, made known where it is not; letter case does not tell judges apart."""
    folded = name.casefold()
    connection.execute("INSERT OR IGNORE INTO judges VALUES (?, ?)", (name, folded))
    known: str = connection.execute("SELECT name FROM judges WHERE folded = ?", (folded,)).fetchone()[0]
    return known


def known_judge(connection: sqlite3.Connection, judge: str) -> None:
    """PoolError where nobody of this name takes part."""
    if not connection.execute("SELECT 1 FROM judges WHERE name = ?", (judge,)).fetchone():
        raise PoolError(f"Chưa có người chấm “{judge[:60]}”; hãy ghi tên ở trang đầu.")


def length(connection: sqlite3.Connection, query: str, passage: str) -> int:
    """Characters of a passage of that query, 0 for the query itself. PoolError if it is not in the pool."""
    if not passage:
        found = connection.execute('SELECT \'{"text": ""}\' FROM queries WHERE id = ?', (query,))
    else:
        found = connection.execute(
            "SELECT content FROM passages JOIN pooled ON passage = id WHERE query = ? AND id = ?",
            (query, passage),
        )
    row = found.fetchone()
    if row is None:
        raise PoolError("Bộ chấm này không có câu hỏi hoặc đoạn văn đó; hãy tải lại trang.")
    return len(json.loads(row[0])["text"])


def events_of(connection: sqlite3.Connection, judge: str, query: str) -> list[Event]:
    """What a judge did in one query, in order."""
    found = connection.execute(f"{EVENTS} WHERE judge = ? AND query = ? ORDER BY at, id", (judge, query))
    return [event(row) for row in found]


def pooled(connection: sqlite3.Connection, query: str | None = None) -> list[Pooled]:
    """What is to be judged, for one query or for all."""
    found = connection.execute(
        "SELECT query, passage, found_by, added FROM pooled WHERE query = ? OR ? IS NULL "
        "ORDER BY query, passage",
        (query, query),
    )
    return [Pooled(query_, passage, json.loads(by), added) for query_, passage, by, added in found]


def event(row: Sequence[str]) -> Event:
    """A row of `EVENTS`."""
    id_, judge, query, passage, at, field, value, undoes = row
    found = json.loads(value)
    return Event(
        id_, judge, query, passage, at, field,  # type: ignore[arg-type]
        tuple(found) if isinstance(found, list) else found, undoes,
    )  # fmt: skip


def insert_event(connection: sqlite3.Connection, event: Event, judge: str | None = None) -> None:
    """Keep an event, under another name of the judge if one is given; one held already stays."""
    connection.execute(
        "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.id, judge or event.judge, event.query, event.passage, event.at, event.field,
            rows.to_json(event.value), event.undoes,
        ),
    )  # fmt: skip


def forget_draft(connection: sqlite3.Connection, events: Iterable[Event], passage: str) -> None:
    """Drop the last state of a note that is still being typed."""
    earliest = (datetime.now(UTC) - _SAME_NOTE).isoformat(timespec="microseconds")
    last = next(
        (e for e in reversed(list(events)) if (e.passage, e.field) == (passage, "note")),
        None,
    )
    if last is not None and last.at > earliest:
        connection.execute("DELETE FROM events WHERE id = ?", (last.id,))


def settlements(connection: sqlite3.Connection) -> list[Settlement]:
    """Final grades as they were given."""
    found = connection.execute(
        "SELECT id, made_by, query, passage, at, grade, note FROM settlements ORDER BY at, id"
    )
    return [Settlement(*row) for row in found]


def insert_settlement(connection: sqlite3.Connection, one: Settlement) -> None:
    """Keep a final grade; one held already stays."""
    connection.execute(
        "INSERT OR IGNORE INTO settlements VALUES (?, ?, ?, ?, ?, ?, ?)",
        (one.id, one.by, one.query, one.passage, one.at, one.grade, one.note),
    )


def new_id() -> str:
    """An id that no other copy of a pool will come upon."""
    return secrets.token_hex(8)


def now(latest: str) -> str:
    """The time now, but always after `latest`, whatever became of the clock."""
    now = datetime.now(UTC)
    if latest:
        now = max(now, datetime.fromisoformat(latest) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")
