"""Files that are versions of one document, and which of them is the newest.

Two files are versions of one document where number, kind, issuer and year agree and the titles are
alike; or where one took the place of the other under the same path and nothing says that they are
different documents. The newest is the last dated, of equal dates the last that came in.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from corpus.library import rows
from corpus.library.bodies import contained
from corpus.library.names import date_range, fold_name, fold_number
from corpus.library.stored import DocumentSummary
from corpus.types import Metadata

__all__ = ["arrived", "known", "newest_only", "superseded", "versions"]

_ALIKE = 0.6
"""Share of two titles that must agree: a scan misreads letters, a new version changes a word; a plan and
its appendix, which bear one number, say different things."""

_NEARLY_EQUAL = 0.9

_MOST = 60
"""Files of one number that are compared with each other; a library has a handful."""

_SUCCESSIONS = (
    "SELECT o.id, n.id FROM successions s JOIN held o ON o.sha256 = s.older JOIN held n ON n.sha256 = s.newer"
)

_MAY_BE_ONE = """
    SELECT a.id, b.id
    FROM documents a CROSS JOIN documents b INDEXED BY documents_by_number
    WHERE b.number_folded = a.number_folded AND b.key > a.key AND a.removed IS NULL AND b.removed IS NULL
      AND +a.kind_folded IS +b.kind_folded
      AND (a.date_min IS NULL OR b.date_min IS NULL OR substr(a.date_min, 1, 4) = substr(b.date_min, 1, 4))
      AND (a.issuer_folded IS NULL OR b.issuer_folded IS NULL
           OR instr(' ' || a.issuer_folded || ' ', ' ' || b.issuer_folded || ' ')
           OR instr(' ' || b.issuer_folded || ' ', ' ' || a.issuer_folded || ' '))
"""
"""Pairs that `_same` may hold for, by what stands in columns: of many documents only few are then read."""


def known(connection: sqlite3.Connection, path: str, sha256: str) -> bool:
    """Whether `path` held this very file when it was last looked at."""
    row = connection.execute("SELECT sha256 FROM paths WHERE path = ?", (path,)).fetchone()
    return bool(row == (sha256,))


def arrived(connection: sqlite3.Connection, path: str, sha256: str) -> None:
    """Note that `path` holds this file now; one that it held before has been followed by it."""
    row = connection.execute("SELECT sha256 FROM paths WHERE path = ?", (path,)).fetchone()
    if row == (sha256,):
        return
    if row:
        connection.execute("DELETE FROM successions WHERE older = ?", (sha256,))  # it is the newest again
        connection.execute(
            "INSERT INTO successions VALUES (?, ?) ON CONFLICT DO UPDATE SET newer = excluded.newer",
            (row[0], sha256),
        )
    connection.execute(
        "INSERT INTO paths VALUES (?, ?) ON CONFLICT DO UPDATE SET sha256 = excluded.sha256", (path, sha256)
    )


def versions(connection: sqlite3.Connection, document: DocumentSummary) -> list[DocumentSummary]:
    """All versions of a held document, itself among them, newest first."""
    number = document.metadata.number and fold_number(document.metadata.number)
    followed = list(connection.execute(_SUCCESSIONS))
    ids = {document.id}
    while more := {id_ for pair in followed if ids & set(pair) for id_ in pair} - ids:
        ids |= more
    query = (
        f"{rows.SUMMARIES} WHERE (number_folded IS NOT NULL AND number_folded = ?) "  # noqa: S608
        f"OR id IN (SELECT value FROM json_each(?)) ORDER BY key LIMIT {_MOST}"
    )
    found = [rows.summary(row) for row in connection.execute(query, (number, json.dumps(sorted(ids))))]
    for family in _families(found, followed):
        if any(one.id == document.id for one in family):
            return family
    return [document]


def superseded(connection: sqlite3.Connection) -> dict[str, str]:
    """Id of every held document of which a newer version is held → id of the newest."""
    followed = list(connection.execute(_SUCCESSIONS))
    ids = {id_ for pair in [*followed, *connection.execute(_MAY_BE_ONE)] for id_ in pair}
    if not ids:
        return {}
    query = f"{rows.SUMMARIES} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY key"  # noqa: S608
    found = [rows.summary(row) for row in connection.execute(query, (json.dumps(sorted(ids)),))]
    return {older.id: newest.id for newest, *others in _families(found, followed) for older in others}


def newest_only(found: Sequence[DocumentSummary]) -> list[DocumentSummary]:
    """Of documents that are versions of one another, the newest."""
    return [family[0] for family in _families(found, ())] if len(found) > 1 else list(found)


def _families(
    found: Sequence[DocumentSummary], followed: Iterable[tuple[str, str]]
) -> Iterator[list[DocumentSummary]]:
    """Versions put together, each family newest first."""
    by_id = {document.id: document for document in found}
    leader = {id_: id_ for id_ in by_id}

    def lead(id_: str) -> str:
        while leader[id_] != id_:
            id_ = leader[id_]
        return id_

    pairs = [
        (older, newer)
        for older, newer in followed
        if older in by_id and newer in by_id and _may_follow(by_id[older].metadata, by_id[newer].metadata)
    ]
    for older, newer in [*pairs, *_equal_pairs(found)]:
        leader[lead(older)] = lead(newer)
    families: dict[str, list[DocumentSummary]] = {}
    for document in found:
        families.setdefault(lead(document.id), []).append(document)
    behind = {older for older, _ in pairs}
    for family in families.values():
        latest = max((days[0] for one in family if (days := date_range(one.metadata.date))), default="")
        yield sorted(family, key=lambda one: (one.id in behind, *_age(one, latest)))


def _age(document: DocumentSummary, latest: str) -> tuple[int, int]:
    """Smaller is newer; one without a date counts as the last dated."""
    days = date_range(document.metadata.date)
    return -int((days[0] if days else latest).replace("-", "") or 0), -document.key


def _equal_pairs(found: Sequence[DocumentSummary]) -> Iterator[tuple[str, str]]:
    by_number: dict[str, list[DocumentSummary]] = {}
    for document in found:
        number = fold_number(document.metadata.number or "")
        if number:
            by_number.setdefault(number, []).append(document)
    for same in by_number.values():
        for one, other in combinations(same[-_MOST:], 2):
            if _same(one.metadata, other.metadata):
                yield one.id, other.id


def _same(one: Metadata, other: Metadata) -> bool:
    """Whether two documents of one number are versions of the same."""
    return (
        one.is_attachment == other.is_attachment
        and fold_name(one.kind or "") == fold_name(other.kind or "")
        and _one_year(one.date, other.date)
        and _same_body(one, other)
    )


def _may_follow(one: Metadata, other: Metadata) -> bool:
    """Whether a file that took another's place may be a version of it, rather than something else."""
    if one.is_attachment != other.is_attachment or not one.title or not other.title:
        return False
    numbers = {fold_number(number) for number in (one.number, other.number) if number}
    kinds = {fold_name(kind) for kind in (one.kind, other.kind) if kind}
    return len(numbers) < 2 and len(kinds) < 2 and _alike(one.title, other.title)


def _same_body(one: Metadata, other: Metadata) -> bool:
    """Whether the issuers are the same, or where one was not found, the titles: provinces share numbers."""
    if not one.issuer or not other.issuer:
        return _alike(one.title or "", other.title or "?", _NEARLY_EQUAL)
    return contained(one.issuer, other.issuer) and (
        not one.title or not other.title or _alike(one.title, other.title)
    )


def _one_year(one: str | None, other: str | None) -> bool:
    """Numbers begin anew every year, so that those of different years are different documents."""
    return not one or not other or one[:4] == other[:4]


def _alike(one: str, other: str, least: float = _ALIKE) -> bool:
    matcher = SequenceMatcher(None, fold_name(one), fold_name(other), autojunk=False)
    # The quick ones are upper bounds, and tell most pairs apart.
    return matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least
