"""Documents by the number that someone types, whole or only its digits, and where they are mentioned."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.library import rows
from corpus.library.names import fold_name
from corpus.library.stored import DocumentSummary
from corpus.types import Citation, Section, Span

__all__ = ["Mention", "mentions", "named"]

_MOST = 100
"""Documents looked at: a number that more of them cite ("Hiến pháp 2013") needs other words anyway."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One document's citation of the document asked for, and where it stands there."""

    document: DocumentSummary
    citation: Citation
    passages: tuple[int, ...]
    """Keys of the passages that name it."""
    headings: tuple[tuple[Section, tuple[str, ...]], ...]
    """Sections whose heading names it, each with its heading path, itself last."""


def named(
    connection: sqlite3.Connection, kind: str | None, number: str, *, full: bool
) -> list[DocumentSummary]:
    """Held documents of this number; see `Library.named`."""
    condition, values = _condition("kind_folded", kind, number, full=full)
    query = f"{rows.SUMMARIES} WHERE {condition} ORDER BY key DESC LIMIT {_MOST}"
    return [
        found
        for row in connection.execute(query, values)
        if _is_kind(kind, (found := rows.summary(row)).metadata.kind)
    ]


def mentions(connection: sqlite3.Connection, kind: str | None, number: str, *, full: bool) -> list[Mention]:
    """Citations of the document of this number; see `Library.mentions`."""
    condition, values = _condition(None, kind, number, full=full)
    query = (
        f"SELECT document, {rows.CITATION_COLUMNS} FROM citations "  # noqa: S608 - ours
        f"WHERE document IN (SELECT key FROM held) AND {condition} "
        f"ORDER BY document DESC, ordinal LIMIT {_MOST}"
    )
    found = []
    for key, *columns in connection.execute(query, values).fetchall():
        citation = rows.load_citation(columns)
        if _is_kind(kind, citation.kind):
            found.append(_mention(connection, key, citation))
    return found


def _condition(
    kind_column: str | None, kind: str | None, number: str, *, full: bool
) -> tuple[str, list[str]]:
    """A whole number is equal, the digits alone ('80', '74/2025') begin one."""
    if full:
        return "number_folded = ?", [number]
    # A range instead of LIKE, so that the index on the column is used: "80/" ≤ x < "800".
    condition, values = "number_folded >= ? AND number_folded < ?", [f"{number}/", f"{number}0"]
    if kind_column and kind:
        condition += f" AND {kind_column} LIKE ?"
        values.append(f"{fold_name(kind)}%")
    return condition, values


def _is_kind(asked: str | None, found: str | None) -> bool:
    """'Chương trình' means 'Chương trình hành động' too."""
    return not asked or fold_name(found or "").startswith(fold_name(asked))


def _mention(connection: sqlite3.Connection, key: int, citation: Citation) -> Mention:
    [row] = connection.execute(f"{rows.SUMMARIES} WHERE key = ?", (key,))
    keys = connection.execute(
        "SELECT key FROM passages WHERE document = ? AND ordinal IN (SELECT value FROM json_each(?)) "
        "ORDER BY ordinal",
        (key, json.dumps(citation.passages)),
    )
    return Mention(
        document=rows.summary(row),
        citation=citation,
        passages=tuple(passage for (passage,) in keys),
        headings=tuple(_headings(connection, key, citation.spans)),
    )


def _headings(
    connection: sqlite3.Connection, key: int, spans: Sequence[Span]
) -> list[tuple[Section, tuple[str, ...]]]:
    query = f"SELECT {rows.SECTION_COLUMNS}, path FROM sections WHERE document = ? ORDER BY ordinal"  # noqa: S608
    found = []
    for *columns, path in connection.execute(query, (key,)):
        section = rows.load_section(columns)
        if any(section.span.start <= span.start < section.span.end for span in spans):
            found.append((section, tuple(json.loads(path))))
    return found
