"""A `Document` as rows, and rows as a `Document` again: exactly the one that went in."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from corpus.library.names import date_range, fold_name, fold_number
from corpus.library.stored import DocumentSummary, StoredPassage
from corpus.types import Citation, Document, Matter, Metadata, Passage, Repair, Section, Span

__all__ = [
    "CITATION_COLUMNS", "STORED_PASSAGES", "SUMMARIES", "citation", "content_key", "document_columns",
    "insert_parts", "load_document", "stored_passage", "summary",
]  # fmt: skip

SUMMARIES = "SELECT key, id, source, metadata, pages, passages, added, warnings FROM documents"
CITATION_COLUMNS = "kind, number, date, issuer, relation, subject, spans, passages"
STORED_PASSAGES = """
    SELECT p.key, d.id AS document_id, p.id, p.ordinal, p.role, p.text, p.span_start, p.span_end, p.section,
           p.page, p.label, p.lead, p.repairs, s.path, l.text AS lead_text
    FROM passages p
    JOIN documents d ON d.key = p.document
    LEFT JOIN sections s ON s.document = p.document AND s.ordinal = p.section
    LEFT JOIN passages l ON l.document = p.document AND l.ordinal = p.lead
"""
_METADATA = {field.name for field in fields(Metadata)}


def to_json(value: object) -> str:
    """Compact JSON in readable Vietnamese."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def document_columns(document: Document) -> dict[str, Any]:
    """Columns of `documents` that follow from the document alone."""
    about = document.metadata
    days = date_range(about.date) or (None, None)
    return {
        "id": document.id,
        "sha256": document.sha256,
        "source": document.source,
        "pages": document.pages,
        "passages": len(document.passages),
        "metadata": to_json(asdict(about)),
        "warnings": to_json(document.warnings),
        "kind": about.kind,
        "issuer": about.issuer,
        "kind_folded": about.kind and fold_name(about.kind),
        "issuer_folded": about.issuer and fold_name(about.issuer),
        "number_folded": about.number and fold_number(about.number),
        "title_folded": about.title and fold_name(about.title),
        "source_folded": fold_name(document.source),
        "date_min": days[0],
        "date_max": days[1],
    }


def insert_parts(
    connection: sqlite3.Connection, key: int, document: Document, passage_keys: dict[tuple[str, str], int]
) -> list[int]:
    """Insert everything below the row `key` of `documents`; returns the keys of the passages in order.

    A passage found in `passage_keys` by id and text gets that key, any other a new one.
    """

    def insert(table: str, rows: Iterable[tuple[object, ...]]) -> None:
        for row in rows:
            marks = ",".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 - table is ours

    insert("texts", [(key, document.text)])
    insert("matter", ((key, n, m.role, m.text, *m.span, m.page) for n, m in enumerate(document.matter)))
    insert(
        "sections",
        (
            (key, s.ordinal, s.role, s.label, s.label_corrected, s.title, s.level, s.parent, *s.span, s.page,
             to_json(document.path(s.ordinal)))
            for s in document.sections
        ),
    )  # fmt: skip
    insert(
        "citations",
        (
            (key, n, c.kind, c.number, c.number and fold_number(c.number), c.date, c.issuer, c.relation,
             c.subject, to_json(c.spans), to_json(c.passages))
            for n, c in enumerate(document.citations)
        ),
    )  # fmt: skip
    keys: list[int] = []
    for p in document.passages:
        row = (
            passage_keys.get((p.id, p.text)), p.id, key, p.ordinal, p.role, p.label, p.text, *p.span, p.section,
            p.page, p.lead, to_json([asdict(repair) for repair in p.repairs]),
        )  # fmt: skip
        cursor = connection.execute(f"INSERT INTO passages VALUES ({','.join('?' * len(row))})", row)  # noqa: S608
        assert cursor.lastrowid is not None  # noqa: S101 - true after every INSERT
        keys.append(cursor.lastrowid)
    return keys


def content_key(key: int, document: Document, passage_keys: Iterable[int]) -> str:
    """Digest of all that an index may hold of a document: keys, metadata, headings, passages.

    Spans, pages, matter, citations and warnings are shown from the library and left out.
    """
    content = (
        key,
        document.id,
        asdict(document.metadata),
        [(s.role, s.label, s.label_corrected, s.title, s.level, s.parent) for s in document.sections],
        [
            (k, p.id, p.role, p.text, p.section, p.label, p.lead)
            for k, p in zip(passage_keys, document.passages, strict=True)
        ],
    )
    return hashlib.sha256(to_json(content).encode()).hexdigest()[:32]


def load_document(connection: sqlite3.Connection, key: int) -> Document:
    """The document of row `key`, as it was added."""

    def rows(query: str) -> list[Any]:
        return connection.execute(query, (key,)).fetchall()

    [(id_, sha256, source, text, metadata, pages, warnings)] = rows(
        "SELECT id, sha256, source, text, metadata, pages, warnings "
        "FROM documents JOIN texts ON document = key WHERE key = ?"
    )
    return Document(
        id=id_,
        sha256=sha256,
        source=source,
        text=text,
        metadata=_metadata(metadata),
        matter=tuple(
            Matter(role, words, Span(start, end), page)
            for role, words, start, end, page in rows(
                "SELECT role, text, span_start, span_end, page FROM matter WHERE document = ? ORDER BY ordinal"
            )
        ),
        sections=tuple(
            Section(ordinal, role, label, title, level, parent, Span(start, end), page, corrected)
            for ordinal, role, label, title, level, parent, start, end, page, corrected in rows(
                "SELECT ordinal, role, label, title, level, parent, span_start, span_end, page, label_corrected "
                "FROM sections WHERE document = ? ORDER BY ordinal"
            )
        ),
        passages=tuple(
            _passage(*row)
            for row in rows(
                "SELECT id, ordinal, role, text, span_start, span_end, section, page, label, lead, repairs "
                "FROM passages WHERE document = ? ORDER BY ordinal"
            )
        ),
        citations=tuple(
            citation(*row)
            for row in rows(f"SELECT {CITATION_COLUMNS} FROM citations WHERE document = ? ORDER BY ordinal")  # noqa: S608
        ),
        pages=pages,
        warnings=tuple(json.loads(warnings)),
    )


def summary(row: tuple[Any, ...]) -> DocumentSummary:
    """A row of `SUMMARIES`."""
    key, id_, source, metadata, pages, passages, added, warnings = row
    return DocumentSummary(
        key, id_, source, _metadata(metadata), pages, passages, added, tuple(json.loads(warnings))
    )


def stored_passage(row: tuple[Any, ...]) -> StoredPassage:
    """A row of `STORED_PASSAGES`."""
    key, document_id, *passage, path, lead_text = row
    return StoredPassage(
        key, document_id, _passage(*passage), tuple(json.loads(path)) if path else (), lead_text
    )


def citation(
    kind: str, number: str | None, date: str | None, issuer: str | None, relation: Any, subject: str | None,
    spans: str, passages: str,
) -> Citation:  # fmt: skip
    """A citation from the columns `CITATION_COLUMNS`."""
    return Citation(
        kind, number, date, issuer, relation, subject,
        tuple(Span(*span) for span in json.loads(spans)), tuple(json.loads(passages)),
    )  # fmt: skip


def _metadata(text: str) -> Metadata:
    # Fields that a later version dropped are passed over; a new reading will replace the row.
    return Metadata(**{name: value for name, value in json.loads(text).items() if name in _METADATA})


def _passage(
    id_: str, ordinal: int, role: Any, text: str, start: int, end: int, section: int | None, page: int | None,
    label: str, lead: int | None, repairs: str,
) -> Passage:  # fmt: skip
    mended = () if repairs == "[]" else tuple(Repair(**repair) for repair in json.loads(repairs))
    return Passage(id_, ordinal, role, text, Span(start, end), section, page, label, lead, mended)
