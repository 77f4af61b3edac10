"""Is everything that the library holds still whole? Problems are told in plain Vietnamese."""

import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corpus.library import rows
from corpus.library.files import digest
from corpus.library.references import describe
from corpus.library.stored import DocumentSummary
from corpus.types import Document, Span

__all__ = ["faults", "problems"]


def problems(connection: sqlite3.Connection, originals: Path) -> Iterator[str]:
    """Every problem of a library: the database first, then document by document."""
    for (line,) in connection.execute("PRAGMA quick_check(20)"):
        if line != "ok":
            yield f"Tệp library.sqlite bị hỏng ({line}); hãy khôi phục từ bản sao lưu."
    for table, *_ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"Bảng {table} có dòng không thuộc văn bản nào; hãy khôi phục thư viện từ bản sao lưu."
    for row in connection.execute(f"{rows.SUMMARIES} ORDER BY key").fetchall():
        yield from _document_problems(connection, originals, rows.summary(row))


def _document_problems(
    connection: sqlite3.Connection, originals: Path, document: DocumentSummary
) -> Iterator[str]:
    name = describe(document)
    sha256, original = connection.execute(
        "SELECT sha256, original FROM documents WHERE key = ?", (document.key,)
    ).fetchone()
    again = "hãy nạp lại tệp này bằng `tracuu add`"
    try:
        if digest(originals / original) != sha256:
            yield f"{name}: tệp gốc trong thư viện đã bị thay đổi; {again}."
    except FileNotFoundError:
        yield f"{name}: mất tệp gốc trong thư viện; {again}."
    except OSError as error:
        yield f"{name}: không đọc được tệp gốc trong thư viện ({error.strerror}); hãy kiểm tra quyền đọc và ổ đĩa."
    try:
        stored = rows.load_document(connection, document.key)
    except (ValueError, TypeError) as error:
        yield f"{name}: dữ liệu đã lưu bị hỏng ({error}); {again}."
        return
    for fault in faults(stored):
        yield f"{name}: {fault}; {again}."


def faults(document: Document) -> list[str]:
    """What is wrong with the spans of a document: pieces must tile its text (see `corpus.types`)."""
    found: list[str] = []
    pieces: list[tuple[Span, str]] = [(m.span, m.text) for m in document.matter]
    pieces += [(p.span, p.text) for p in document.passages]
    found += [
        f"đoạn ở ký tự {span.start} không khớp với toàn văn"
        for span, text in pieces
        if document.text[span.start : span.end] != text
    ]
    spans = sorted([span for span, _ in pieces] + [s.span for s in document.sections])
    if any(a.end > b.start for a, b in pairwise(spans)):
        found.append("có chữ nằm trong hai đoạn")
    edges = [0, *(edge for span in spans for edge in span), len(document.text)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    if any(document.text[start:end].strip() for start, end in gaps):
        found.append("có chữ không nằm trong đoạn nào")
    return found
