"""A `Document` as rows, and rows as a `Document` again: exactly the one that went in."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, fields
from typing import Any

from corpus.library.names import date_range, fold_name, fold_number
from corpus.library.stored import DocumentSummary, StoredPassage
from corpus.types import Citation, Document, Matter, Metadata, PageReading, Passage, Repair, Section, Span

__all__ = [
    "ALL_SUMMARIES", "CITATION_COLUMNS", "SECTION_COLUMNS", "STORED_PASSAGES", "SUMMARIES", "content_key",
    "document_columns", "insert_parts", "load_citation", "load_document", "load_metadata",
    "load_page_readings", "load_section", "stored_passage", "summary", "to_json",
]  # fmt: skip

_SUMMARY = "SELECT key, id, source, metadata, pages, passages, added, warnings"
SUMMARIES = f"{_SUMMARY} FROM held"
ALL_SUMMARIES = f"{_SUMMARY} FROM documents"
"""With those removed but not erased."""
CITATION_COLUMNS = "kind, number, date, issuer, relation, subject, spans, passages"
SECTION_COLUMNS = "ordinal, role, label, title, level, parent, span_start, span_end, page, label_corrected"
_PASSAGE_COLUMNS = "id, ordinal, role, text, span_start, span_end, section, page, label, lead, repairs"
STORED_PASSAGES = """
    SELECT p.key, d.id AS document_id, p.id, p.ordinal, p.role, p.text, p.span_start, p.span_end, p.section,
           p.page, p.label, p.lead, p.repairs, s.path, l.text AS lead_text
    FROM passages p
    JOIN held d ON d.key = p.document
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
        "page_readings": to_json([astuple(reading) for reading in document.page_readings]),
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
    insert("sections", (_section_row(key, document, section) for section in document.sections))
    insert("citations", (_citation_row(key, n, citation) for n, citation in enumerate(document.citations)))
    keys: list[int] = []
    for passage in document.passages:
        insert("passages", [_passage_row(passage_keys.get((passage.id, passage.text)), key, passage)])
        [(passage_key,)] = connection.execute("SELECT last_insert_rowid()")
        keys.append(passage_key)
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

    def rows(columns: str, table: str) -> list[Any]:
        query = f"SELECT {columns} FROM {table} WHERE document = ? ORDER BY ordinal"  # noqa: S608 - ours
        return connection.execute(query, (key,)).fetchall()

    [(id_, sha256, source, text, metadata, pages, warnings, readings)] = connection.execute(
        "SELECT id, sha256, source, text, metadata, pages, warnings, page_readings "
        "FROM documents JOIN texts ON document = key WHERE key = ?",
        (key,),
    )
    return Document(
        id=id_,
        sha256=sha256,
        source=source,
        text=text,
        metadata=load_metadata(metadata),
        matter=tuple(
            Matter(role, words, Span(start, end), page)
            for role, words, start, end, page in rows("role, text, span_start, span_end, page", "matter")
        ),
        sections=tuple(load_section(row) for row in rows(SECTION_COLUMNS, "sections")),
        passages=tuple(_passage(row) for row in rows(_PASSAGE_COLUMNS, "passages")),
        citations=tuple(load_citation(row) for row in rows(CITATION_COLUMNS, "citations")),
        pages=pages,
        warnings=tuple(json.loads(warnings)),
        page_readings=load_page_readings(readings),
    )


def load_page_readings(text: str) -> tuple[PageReading, ...]:
    """How each page was read, from the column `page_readings`."""
    return tuple(PageReading(*fields) for fields in json.loads(text))


def summary(row: Sequence[Any]) -> DocumentSummary:
    """A row of `SUMMARIES`."""
    key, id_, source, metadata, pages, passages, added, warnings = row
    return DocumentSummary(
        key, id_, source, load_metadata(metadata), pages, passages, added, tuple(json.loads(warnings))
    )


def stored_passage(row: Sequence[Any]) -> StoredPassage:
    """A row of `STORED_PASSAGES`."""
    key, document_id, *passage, path, lead_text = row
    return StoredPassage(
        key, document_id, _passage(passage), tuple(json.loads(path)) if path else (), lead_text
    )


def load_citation(row: Sequence[Any]) -> Citation:
    """A citation from the columns `CITATION_COLUMNS`."""
    kind, number, date, issuer, relation, subject, spans, passages = row
    return Citation(
        kind=kind,
        number=number,
        date=date,
        issuer=issuer,
        relation=relation,
        subject=subject,
        spans=tuple(Span(*span) for span in json.loads(spans)),
        passages=tuple(json.loads(passages)),
    )


def _section_row(key: int, document: Document, s: Section) -> tuple[object, ...]:
    return (
        key, s.ordinal, s.role, s.label, s.label_corrected, s.title, s.level, s.parent, *s.span, s.page,
        to_json(document.path(s.ordinal)),
    )  # fmt: skip


def _passage_row(passage_key: int | None, key: int, p: Passage) -> tuple[object, ...]:
    return (
        passage_key, p.id, key, p.ordinal, p.role, p.label, p.text, *p.span, p.section, p.page, p.lead,
        to_json([asdict(repair) for repair in p.repairs]),
    )  # fmt: skip


def _citation_row(key: int, ordinal: int, c: Citation) -> tuple[object, ...]:
    return (
        key, ordinal, c.kind, c.number, c.number and fold_number(c.number), c.date, c.issuer, c.relation,
        c.subject, to_json(c.spans), to_json(c.passages),
    )  # fmt: skip


def load_metadata(text: str) -> Metadata:
    """Metadata from the column `metadata`."""
    # Fields that a later version dropped are passed over; a new reading will replace the row.
    return Metadata(**{name: value for name, value in json.loads(text).items() if name in _METADATA})


def load_section(row: Sequence[Any]) -> Section:
    """A section from the columns `SECTION_COLUMNS`."""
    ordinal, role, label, title, level, parent, start, end, page, corrected = row
    return Section(ordinal, role, label, title, level, parent, Span(start, end), page, corrected)


def _passage(row: Sequence[Any]) -> Passage:
    id_, ordinal, role, text, start, end, section, page, label, lead, repairs = row
    mended = () if repairs == "[]" else tuple(Repair(**repair) for repair in json.loads(repairs))
    return Passage(id_, ordinal, role, text, Span(start, end), section, page, label, lead, mended)
