"""Is everything that the library holds still whole? Problems are told in plain Vietnamese."""

import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corpus.errors import LibraryError
from corpus.library import rows
from corpus.library.database import Database
from corpus.library.files import ORIGINALS, digest
from corpus.library.references import describe
from corpus.types import Document, Span

__all__ = ["faults", "problems"]

_READ_AGAIN = (
    "hãy chép tệp {original} trong thư viện ra ngoài, `tracuu remove` văn bản này rồi `tracuu add` tệp đó"
)


def problems(database: Database) -> list[str]:
    """Every problem of a library: the database first, then document by document."""
    found: list[str] = []
    try:
        with database.read() as connection:
            found += _database_problems(connection)
            keys = [key for (key,) in connection.execute("SELECT key FROM documents ORDER BY key")]
        for key in keys:
            found += _document_problems(database, key)
    except LibraryError as error:  # too damaged to read on
        found.append(str(error))
    return found


def _database_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield f"Tệp library.sqlite bị hỏng ({line}); hãy khôi phục từ bản sao lưu."
    for table in {row[0] for row in connection.execute("PRAGMA foreign_key_check")}:
        yield f"Bảng {table} có dòng không thuộc văn bản nào; hãy khôi phục thư viện từ bản sao lưu."


def _document_problems(database: Database, key: int) -> list[str]:
    """Problems of one document; none if another process has removed it meanwhile."""
    with database.read() as connection:
        row = connection.execute(f"{rows.ALL_SUMMARIES} WHERE key = ?", (key,)).fetchone()
        if row is None:
            return []
        name = describe(rows.summary(row))
        [held] = connection.execute("SELECT sha256, original FROM documents WHERE key = ?", (key,))
        try:
            wrong = faults(rows.load_document(connection, key))
        except (ValueError, TypeError) as error:
            wrong = [f"dữ liệu đã lưu bị hỏng ({error})"]
        found = [f"{fault}; {_READ_AGAIN.format(original=f'{ORIGINALS}/{held[1]}')}" for fault in wrong]
    if fault := _original_fault(database.directory / ORIGINALS / held[1], held[0]):
        with database.read() as connection:  # a removal in between is no damage
            now = connection.execute("SELECT sha256, original FROM documents WHERE key = ?", (key,))
            found += [fault] if now.fetchone() == held else []
    return [f"{name}: {fault}." for fault in found]


def _original_fault(path: Path, sha256: str) -> str | None:
    try:
        if digest(path) == sha256:
            return None
    except FileNotFoundError:
        return "tệp gốc trong thư viện bị mất; hãy nạp lại tệp này bằng `tracuu add`"
    except OSError as error:
        return f"không đọc được tệp gốc trong thư viện ({error.strerror}); hãy kiểm tra quyền đọc và ổ đĩa"
    return (
        "tệp gốc trong thư viện đã bị thay đổi; nếu còn tệp đúng, "
        "hãy `tracuu remove` văn bản này rồi `tracuu add` tệp đó"
    )


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
