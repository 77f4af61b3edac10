"""Which documents fulfil given conditions, and how documents spread over kinds, issuers, years."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from corpus.errors import LibraryError
from corpus.library.names import date_range, fold_name

__all__ = ["facets", "headings", "select"]

_FACETS = {
    "kind": ("kind_folded", "kind"),
    "issuer": ("issuer_folded", "issuer"),
    "year": ("substr(date_min, 1, 4)", "substr(date_min, 1, 4)"),
}


def select(
    connection: sqlite3.Connection,
    *,
    kinds: Sequence[str],
    issuers: Sequence[str],
    date_from: str | None,
    date_to: str | None,
    documents: Sequence[str],
) -> frozenset[int] | None:
    """Keys of the documents that fulfil all conditions; see `Library.select`."""
    conditions: list[str] = []
    values: list[str] = []
    for column, wanted in (
        ("kind_folded", [fold_name(kind) for kind in kinds]),
        ("issuer_folded", [fold_name(issuer) for issuer in issuers]),
        ("id", list(documents)),
    ):
        if wanted:
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - ours
            values.append(json.dumps(wanted))
    if date_from:
        conditions.append("date_max >= ?")
        values.append(_days(date_from)[0])
    if date_to:
        conditions.append("date_min <= ?")
        values.append(_days(date_to)[1])
    if not conditions:
        return None
    query = f"SELECT key FROM held WHERE {' AND '.join(conditions)}"  # noqa: S608 - columns are ours
    return frozenset(key for (key,) in connection.execute(query, values))


def facets(connection: sqlite3.Connection, keys: Iterable[int] | None) -> dict[str, dict[str, int]]:
    """Counts by kind, issuer and year, most frequent first; see `Library.facets`."""
    where, values = "", []
    if keys is not None:
        where, values = (
            "AND key IN (SELECT value FROM json_each(?))",
            [json.dumps([int(key) for key in keys])],
        )
    found: dict[str, dict[str, int]] = {}
    for name, (same, shown) in _FACETS.items():
        # Spellings that fold alike count together, under the one that sorts last: "Kế hoạch" for "KẾ HOẠCH".
        query = (
            f"SELECT max({shown}), count(*) FROM held WHERE {same} IS NOT NULL {where} "  # noqa: S608
            f"GROUP BY {same} ORDER BY count(*) DESC, {same}"
        )
        found[name] = dict(connection.execute(query, values))
    return found


def _days(date: str) -> tuple[str, str]:
    days = date_range(date)
    if days is None:
        raise LibraryError(
            f"Không hiểu ngày “{date[:40]}”; hãy viết năm-tháng-ngày, ví dụ 2026-05-17, 2026-05 hoặc 2026."
        )
    return days


def headings(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Titles of headings with the number of documents that have them; see `Library.headings`."""
    query = (
        "SELECT title, COUNT(DISTINCT document) AS used FROM sections"
        " WHERE title <> '' AND document IN (SELECT key FROM held) GROUP BY title ORDER BY used DESC, title"
    )
    return [(str(title), int(used)) for title, used in connection.execute(query)]
