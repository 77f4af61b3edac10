"""Which held document a citation means, and which held documents cite a given one.

A number alone does not identify a document: every province has its 04-CT/TU, and the Party numbers
afresh each term. So kind, date and issuer, where both sides know them, must not contradict.
"""

import sqlite3

from corpus.library import rows
from corpus.library.bodies import contained, of_one_place, same_place
from corpus.library.names import date_range, fold_name, fold_number
from corpus.library.stored import DocumentSummary
from corpus.library.versions import newest_only
from corpus.types import Citation, Metadata

__all__ = ["candidates", "cited_by", "cites"]

_NATIONAL = ("/tw", "-cp", "-ttg")
"""Ends of numbers that only one body in the country gives, whatever it is called in print
(Ban Bí thư, Bộ Chính trị, Ban Chấp hành Trung ương all write TW)."""


def cites(
    connection: sqlite3.Connection, citing: DocumentSummary
) -> list[tuple[Citation, DocumentSummary | None]]:
    """Citations of a document in their order, each with the one held document that it means."""
    query = f"SELECT {rows.CITATION_COLUMNS} FROM citations WHERE document = ? ORDER BY ordinal"  # noqa: S608
    found = []
    for row in connection.execute(query, (citing.key,)).fetchall():
        citation = rows.load_citation(row)
        meant = candidates(connection, citation, citing)
        found.append((citation, meant[0] if len(meant) == 1 else None))
    return found


def cited_by(
    connection: sqlite3.Connection, cited: DocumentSummary
) -> list[tuple[Citation, DocumentSummary]]:
    """The held documents that cite `cited`, each with its citation, in the order they came in."""
    number = cited.metadata.number and fold_number(cited.metadata.number)
    if not number:
        return []
    columns = ", ".join(f"c.{name}" for name in rows.CITATION_COLUMNS.split(", "))
    query = (
        f"SELECT c.document, {columns} FROM citations c "  # noqa: S608 - columns are ours
        "WHERE number_folded = ? AND document IN (SELECT key FROM held) ORDER BY document, ordinal"
    )
    found = []
    for key, *row in connection.execute(query, (number,)).fetchall():
        citation = rows.load_citation(row)
        [citing] = _summaries(connection, "key = ?", key)
        matching = _matching(connection, citation, citing)
        if any(d.key == cited.key for d in matching) and len(newest_only(matching)) == 1:
            found.append((citation, citing))
    return found


def candidates(
    connection: sqlite3.Connection, citation: Citation, citing: DocumentSummary | None = None
) -> list[DocumentSummary]:
    """Held documents that a citation may mean: one where it is clear, several where it is not.

    Of several versions of the same document the newest stands for all.
    """
    return newest_only(_matching(connection, citation, citing))


def _matching(
    connection: sqlite3.Connection, citation: Citation, citing: DocumentSummary | None
) -> list[DocumentSummary]:
    number = citation.number and fold_number(citation.number)
    if not number:
        return []
    return [
        document
        for document in _summaries(connection, "number_folded = ? ORDER BY key", number)
        if not (citing and document.key == citing.key)
        and _agrees(citation, document.metadata)
        and not (citing and _is_foreign(citation, citing.metadata, document.metadata))
    ]


def _agrees(citation: Citation, about: Metadata) -> bool:
    """Whether a document with the cited number contradicts nothing else that the citation says."""
    if about.kind and not _same_kind(citation.kind, about.kind):
        return False
    cited_days, days = date_range(citation.date), date_range(about.date)
    if cited_days and days and (cited_days[1] < days[0] or days[1] < cited_days[0]):
        return False
    if not citation.issuer or not about.issuer or contained(citation.issuer, about.issuer):
        return True
    if same_place(citation.issuer, about.issuer) is False:
        return False
    same_day = cited_days is not None and cited_days == days and days[0] == days[1]
    return same_day or _is_national(citation) or of_one_place(citation.issuer, about.issuer)


def _is_foreign(citation: Citation, citing: Metadata, about: Metadata) -> bool:
    """Whether the document is another place's: one's own is cited without saying whose it is."""
    unsaid = same_place(citation.issuer, about.issuer) is None
    return unsaid and same_place(citing.issuer, about.issuer) is False


def _is_national(citation: Citation) -> bool:
    return citation.number is not None and fold_name(citation.number).endswith(_NATIONAL)


def _same_kind(one: str, other: str) -> bool:
    """Whether two names may be the same kind: 'Chương trình' is short for 'Chương trình hành động'."""
    a, b = f"{fold_name(one)} ", f"{fold_name(other)} "
    return a.startswith(b) or b.startswith(a)


def _summaries(connection: sqlite3.Connection, condition: str, *values: object) -> list[DocumentSummary]:
    query = f"{rows.SUMMARIES} WHERE {condition}"
    return [rows.summary(row) for row in connection.execute(query, values)]
