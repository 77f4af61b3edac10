"""Bringing one pool's contents into another: nothing twice, nothing lost, the same in whatever order."""

import json
import sqlite3
from dataclasses import dataclass

from evaluation.judging import rows, statements
from evaluation.judging.checking import PoolError, check_time, check_value, judge_name
from evaluation.judging.types import Contents

__all__ = ["Added", "merge"]


@dataclass(frozen=True, slots=True)
class Added:
    """How much an import or an extension brought that was not there."""

    queries: int
    passages: int
    """Pairs of query and passage."""
    events: int
    settlements: int


def merge(connection: sqlite3.Connection, contents: Contents) -> Added:
    """All or nothing, in the caller's transaction."""
    before = _counts(connection)
    _merge_pool(connection, contents)
    names = {name: statements.join(connection, judge_name(name)) for name in contents.judges}
    for event in contents.events:
        length = statements.length(connection, event.query, event.passage)
        check_value(event.field, event.value, passage=bool(event.passage), length=length)
        check_time(event.at)
        if event.judge not in names:
            raise PoolError(f"Bản chấm của “{event.judge[:60]}” không có tên trong danh sách người chấm.")
        statements.insert_event(connection, event, judge=names[event.judge])
    for one in contents.settlements:
        check_time(one.at)
        check_value(
            "grade", one.grade, passage=True, length=statements.length(connection, one.query, one.passage)
        )
        statements.insert_settlement(connection, one)
    return Added(*(now - then for now, then in zip(_counts(connection), before, strict=True)))


def _merge_pool(connection: sqlite3.Connection, contents: Contents) -> None:
    held = {query.id: query for query in statements.queries(connection)}
    for query in contents.queries:
        if query.id in held and held[query.id].text != query.text:
            raise PoolError(
                f"Câu hỏi “{query.id}” ở hai bên khác nhau; hãy đổi mã câu hỏi hoặc dùng hai bộ chấm."
            )
        connection.execute(
            "INSERT OR IGNORE INTO queries (id, text, kind, answer) VALUES (?, ?, ?, ?)",
            (query.id, query.text, query.kind, query.answer),
        )
    for passage in contents.passages:
        content = rows.to_json(rows.plain(passage))
        connection.execute("INSERT OR IGNORE INTO passages VALUES (?, ?)", (passage.id, content))
    for one in contents.pooled:
        row = connection.execute(
            "SELECT found_by FROM pooled WHERE query = ? AND passage = ?", (one.query, one.passage)
        ).fetchone()
        found_by = {**one.found_by, **(json.loads(row[0]) if row else {})}
        if one.added:
            check_time(one.added)
        connection.execute(
            "INSERT INTO pooled VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
            "SET found_by = excluded.found_by, added = min(added, excluded.added)",
            (one.query, one.passage, rows.to_json(dict(sorted(found_by.items()))), one.added),
        )


def _counts(connection: sqlite3.Connection) -> list[int]:
    return [
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
        for table in ("queries", "pooled", "events", "settlements")
    ]
