"""A pool: queries, passages to be judged for them, and everything that judges did."""

import json
import secrets
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Self

from evaluation.judging import database, rows, statements
from evaluation.judging.checking import PoolError, check_value, judge_name
from evaluation.judging.merging import Added, merge
from evaluation.judging.state import Mark, Sheet, last_done, sheets, value_before
from evaluation.judging.types import (
    Contents,
    Event,
    Field,
    PoolPassage,
    PoolQuery,
    Settlement,
    Value,
)

__all__ = ["Added", "Pool"]


class Pool:
    """An existing pool. Every method is one transaction; threads and processes may share the file.

    PoolError where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        """Use `open` or `create`."""
        self.path = path

    @classmethod
    def create(cls, path: Path, contents: Contents) -> Self:
        """Make a pool with these contents, with a seed of its own where `about` has none.

        PoolError if `path` exists or the contents do not fit together.
        """

        def fill(connection: sqlite3.Connection) -> None:
            about = {"seed": secrets.token_hex(8), **contents.about}
            connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            merge(connection, contents)

        database.create(path, fill)
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The pool at `path`."""
        with database.reading(path):
            return cls(path)

    # what is in it

    def about(self) -> dict[str, str]:
        """Name, seed, origin."""
        with database.reading(self.path) as connection:
            return dict(connection.execute("SELECT key, value FROM about ORDER BY key"))

    def queries(self) -> list[PoolQuery]:
        """All queries in their order."""
        with database.reading(self.path) as connection:
            return statements.queries(connection)

    def passages(self, query: str) -> dict[str, PoolPassage]:
        """The passages to be judged for one query, by id."""
        with database.reading(self.path) as connection:
            found = connection.execute(
                "SELECT content FROM passages JOIN pooled ON passage = id WHERE query = ? ORDER BY id",
                (query,),
            )
            passages = [rows.as_passage(json.loads(content)) for (content,) in found]
        return {passage.id: passage for passage in passages}

    def pooled(self) -> dict[str, list[str]]:
        """Query → ids of its passages, for all queries in their order."""
        with database.reading(self.path) as connection:
            found: dict[str, list[str]] = {query.id: [] for query in statements.queries(connection)}
            for one in statements.pooled(connection):
                found[one.query].append(one.passage)
        return found

    def judges(self) -> list[str]:
        """Names, in the order of the alphabet."""
        with database.reading(self.path) as connection:
            return statements.judges(connection)

    def sheets(self) -> dict[tuple[str, str], Sheet]:
        """(judge, query) → what the judge has said, for all."""
        with database.reading(self.path) as connection:
            events = map(statements.event, connection.execute(statements.EVENTS))
            return sheets(events, statements.pooled(connection))

    def sheet(self, judge: str, query: str) -> Sheet:
        """What one judge has said of one query."""
        with database.reading(self.path) as connection:
            events = statements.events_of(connection, judge, query)
            return sheets(events, statements.pooled(connection, query)).get((judge, query), Sheet())

    def settled(self) -> dict[tuple[str, str], Settlement]:
        """(query, passage) → the final grade, where there is one."""
        with database.reading(self.path) as connection:
            found = {(one.query, one.passage): one for one in statements.settlements(connection)}
        return {key: one for key, one in found.items() if one.grade is not None}

    def contents(self) -> Contents:
        """Everything, for the full export."""
        with database.reading(self.path) as connection:
            return Contents(
                about=dict(connection.execute("SELECT key, value FROM about ORDER BY key")),
                queries=tuple(statements.queries(connection)),
                passages=tuple(
                    rows.as_passage(json.loads(content))
                    for (content,) in connection.execute("SELECT content FROM passages ORDER BY id")
                ),
                pooled=tuple(statements.pooled(connection)),
                judges=tuple(statements.judges(connection)),
                events=tuple(
                    statements.event(row)
                    for row in connection.execute(f"{statements.EVENTS} ORDER BY at, id")
                ),
                settlements=tuple(statements.settlements(connection)),
            )

    # what is done to it

    def join(self, typed: str) -> str:
        """Take part under this name; the name as it is already known, where only letter case differs."""
        name = judge_name(typed)
        with database.writing(self.path) as connection:
            return statements.join(connection, name)

    def record(self, judge: str, query: str, passage: str, field: str, value: Value) -> None:
        """Set one field of one passage, or with `passage` "" of the query. PoolError if it does not fit.

        Nothing is recorded where it has that value already.
        """
        with database.writing(self.path) as connection:
            kept = check_value(
                field, value, passage=bool(passage), length=statements.length(connection, query, passage)
            )
            statements.known_judge(connection, judge)
            events = statements.events_of(connection, judge, query)
            sheet = sheets(events).get((judge, query), Sheet())
            if value == "unanswerable" and any(mark.grade for mark in sheet.marks.values()):
                raise PoolError(
                    "Câu này đã có đoạn được chấm 1 hoặc 2; hãy sửa các điểm đó trước khi ghi "
                    "“không có câu trả lời”."
                )
            if _held(sheet, passage, kept) == value:
                return  # sent again after a lost answer: undo must not have to take it back twice
            if field == "grade" and value and sheet.status:
                self._add(connection, judge, query, ("", "status", ""))
            if field == "note":
                statements.forget_draft(connection, events, passage)
            self._add(connection, judge, query, (passage, kept, value))

    def undo(self, judge: str, query: str) -> Event | None:
        """Take back what the judge did last in this query; the event taken back, None where there is none."""
        with database.writing(self.path) as connection:
            events = statements.events_of(connection, judge, query)
            last = last_done(events)
            if last is not None:
                value = value_before(events, last)
                self._add(connection, judge, query, (last.passage, last.field, value), last.id)
            return last

    def settle(self, by: str, query: str, passage: str, grade: int | None, note: str = "") -> None:
        """Give a passage its final grade, or with None take that back."""
        with database.writing(self.path) as connection:
            length = statements.length(connection, query, passage)
            check_value("grade", grade, passage=True, length=length)
            check_value("note", note, passage=True, length=length)
            (latest,) = connection.execute("SELECT coalesce(max(at), '') FROM settlements").fetchone()
            one = Settlement(
                statements.new_id(), judge_name(by), query, passage, statements.now(latest), grade, note
            )
            statements.insert_settlement(connection, one)

    def merge(self, contents: Contents) -> Added:
        """Bring in what another copy of this pool has and this one has not."""
        with database.writing(self.path) as connection:
            return merge(connection, contents)

    def extend(self, contents: Contents) -> Added:
        """Bring in a new pooling: what is new joins after all that judges did, whatever the clock says."""
        with database.writing(self.path) as connection:
            (latest,) = connection.execute("SELECT coalesce(max(at), '') FROM events").fetchone()
            now = statements.now(latest)
            pooled = tuple(replace(one, added=now) for one in contents.pooled)
            return merge(connection, replace(contents, pooled=pooled))

    @staticmethod
    def _add(
        connection: sqlite3.Connection,
        judge: str,
        query: str,
        change: tuple[str, Field, Value],
        undoes: str | None = None,
    ) -> None:
        (latest,) = connection.execute(
            "SELECT coalesce(max(at), '') FROM events WHERE judge = ?", (judge,)
        ).fetchone()
        passage, field, value = change
        at = statements.now(latest)
        event = Event(statements.new_id(), judge, query, passage, at, field, value, undoes)
        statements.insert_event(connection, event)


def _held(sheet: Sheet, passage: str, field: Field) -> Value:
    about = sheet.marks.get(passage, Mark()) if passage else sheet
    held: Value = getattr(about, field)
    return held
