"""Metadata corrected by hand: kept by the hash of the file, laid over whatever is read from it.

The metadata of a document are those read with the corrections on top; what was read is kept beside
them, so that every correction can be undone. A corrected field is named in `Metadata.inferred`.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.errors import TracuuError
from corpus.library import rows
from corpus.library.absent import no_document
from corpus.library.database import Database
from corpus.library.names import date_range
from corpus.text import nfc
from corpus.types import Metadata

if TYPE_CHECKING:
    from corpus.numbers import DocumentNumber

__all__ = [
    "CORRECTABLE", "CORRECTED", "CorrectionError", "Corrections", "correct", "corrections", "laid_over",
    "stored", "tidy",
]  # fmt: skip

CORRECTED = "sửa tay"
"""What `Metadata.inferred` says of a field that was corrected."""

CORRECTABLE: Mapping[str, int] = {
    "kind": 80,
    "number": 60,
    "date": 10,
    "issuer": 200,
    "place": 100,
    "title": 1_000,
    "signer_role": 200,
    "signer_name": 100,
}
"""Fields that can be corrected, each with the most characters it takes."""


class CorrectionError(TracuuError):
    """A correction that cannot be what the document says."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What was read from a document and what was corrected by hand."""

    read: Metadata
    corrected: dict[str, str | None]
    """Field → value given by hand; None where the document was said not to have one."""

    def value(self, field: str) -> str | None:
        """What counts: what was given by hand, else what was read."""
        if field in self.corrected:
            return self.corrected[field]
        read: str | None = getattr(self.read, field)
        return read


def tidy(field: str, value: str | None) -> str | None:
    """`value` as it is kept: one line, a number in canonical form, an ISO date; None for nothing.

    CorrectionError for an unknown field, a text too long, no date.
    """
    if field not in CORRECTABLE:
        fields = ", ".join(CORRECTABLE)
        raise CorrectionError(f"Không sửa được trường “{field[:40]}”; các trường sửa được: {fields}.")
    printable = "".join(char if char.isprintable() else " " for char in nfc(value or ""))
    text = " ".join(printable.encode("utf-8", "ignore").decode().split())
    if not text:
        return None
    if field == "date":
        if date_range(text) is None:
            raise CorrectionError(
                f"Không hiểu ngày “{text[:40]}”; hãy viết năm-tháng-ngày: 2026-05-17, 2026-05 hoặc 2026."
            )
        return text
    if len(text) > CORRECTABLE[field]:
        raise CorrectionError(
            f"Giá trị quá dài ({len(text)} ký tự, tối đa {CORRECTABLE[field]}); hãy rút gọn rồi lưu lại."
        )
    if field == "number" and (found := _number(text)):
        return found.canonical
    return text


def laid_over(read: Metadata, changes: Mapping[str, str | None]) -> Metadata:
    """Metadata as read with corrections on top; each corrected field says so."""
    if not changes:
        return read
    fields = dict(changes)
    if "number" in changes:
        found = _number(changes["number"] or "")
        fields["symbol"] = found.symbol if found else read.symbol
    inferred = {name: source for name, source in read.inferred.items() if name not in fields}
    return replace(read, **fields, inferred=inferred | dict.fromkeys(changes, CORRECTED))  # type: ignore[arg-type]


def _number(text: str) -> "DocumentNumber | None":
    from corpus.numbers import parse_number  # whoever only searches needs no rules of numbers

    return parse_number(text)


def stored(connection: sqlite3.Connection, sha256: str) -> dict[str, str | None]:
    """Corrections kept for a file, by field."""
    query = "SELECT field, value FROM corrections WHERE sha256 = ? ORDER BY field"
    return {field: value for field, value in connection.execute(query, (sha256,)) if field in CORRECTABLE}


def corrections(database: Database, document_id: str) -> Corrections:
    """What was read of a held document, and what was corrected. NotHeldError if there is none of this id."""
    with database.read() as connection:
        sha256, read, effective = _metadata(connection, document_id)
        return Corrections(rows.load_metadata(read or effective), stored(connection, sha256))


def correct(
    database: Database, document_id: str, changes: Mapping[str, str | None], undo: Iterable[str] = ()
) -> bool:
    """Set the fields in `changes`, take back the corrections of `undo`; whether anything changed.

    A value equal to the one read is no correction. The document must be indexed again afterwards.
    """
    tidied = {field: tidy(field, value) for field, value in changes.items()}
    with database.write() as connection:
        sha256, read_json, effective_json = _metadata(connection, document_id)
        read = rows.load_metadata(read_json or effective_json)
        before = stored(connection, sha256)
        after = {field: value for field, value in before.items() if field not in set(undo)} | tidied
        after = {field: value for field, value in after.items() if value != getattr(read, field)}
        if after == before:
            return False
        now = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute("DELETE FROM corrections WHERE sha256 = ?", (sha256,))
        connection.executemany(
            "INSERT INTO corrections VALUES (?, ?, ?, ?)",
            ((sha256, field, value, now) for field, value in after.items()),
        )
        _write(connection, document_id, read, laid_over(read, after))
    return True


def _metadata(connection: sqlite3.Connection, document_id: str) -> tuple[str, str | None, str]:
    query = "SELECT sha256, read_metadata, metadata FROM held WHERE id = ?"
    row: tuple[str, str | None, str] | None = connection.execute(query, (document_id,)).fetchone()
    if row is None:
        raise no_document(document_id)
    return row


def _write(connection: sqlite3.Connection, document_id: str, read: Metadata, effective: Metadata) -> None:
    [(key,)] = connection.execute("SELECT key FROM documents WHERE id = ?", (document_id,))
    document = replace(rows.load_document(connection, key), metadata=effective)
    keys = connection.execute("SELECT key FROM passages WHERE document = ? ORDER BY ordinal", (key,))
    columns = rows.document_columns(document) | {
        "read_metadata": None if read == effective else rows.to_json(asdict(read)),
        "content_key": rows.content_key(key, document, [passage for (passage,) in keys]),
    }
    settings = ", ".join(f"{name} = :{name}" for name in columns)
    connection.execute(f"UPDATE documents SET {settings} WHERE key = :key", columns | {"key": key})  # noqa: S608
