"""Putting documents in and taking them out: each in one transaction, originals before rows.

A document that is removed keeps its rows and its original until it is erased; everything but the
care of the library reads the view `held`, where it is no more.

A crash leaves at most an original that no document refers to, which `sweep` removes. Originals are
deleted only while holding SQLite's write lock, and `add` looks for its original under the same
lock, so that two processes never lose a file between them.
"""

import sqlite3
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from corpus.library import corrections, rows
from corpus.library.database import Database
from corpus.library.files import ORIGINALS, digest, original_name, stored_files, write_original
from corpus.types import Document

__all__ = ["add", "erase", "is_whole", "originals", "orphans", "remove", "restore", "sweep"]

_PARTS = ("texts", "matter", "sections", "passages", "citations")


def originals(database: Database) -> Path:
    """Directory of the files as given."""
    return database.directory / ORIGINALS


def add(database: Database, document: Document, original: bytes | Path, reading_version: str) -> bool:
    """Store a document with its original; False if this reading of it is already held.

    One that had been removed is held again.
    """
    with database.read() as connection:
        held = _held(connection, document.id)
    known = held is not None and held.reading_version == reading_version
    name = held.original if held and known else original_name(document.sha256, document.source)
    if database.writable:
        write_original(originals(database), name, original, document.sha256)  # mends one lost or damaged
    if known and held and not held.removed:
        return False
    with database.write() as connection:
        held = _held(connection, document.id)
        if held and not held.removed and held.reading_version == reading_version:
            return False
        if not (originals(database) / name).is_file():  # another process swept it before the lock was ours
            write_original(originals(database), name, original, document.sha256)
        if held and held.reading_version == reading_version:
            connection.execute("UPDATE documents SET removed = NULL WHERE key = ?", (held.key,))
        else:
            _put(connection, document, held, {"original": name, "reading_version": reading_version})
    if held and held.original != name:
        _drop(database, held.original)
    return True


def remove(database: Database, key: int) -> None:
    """Take the document of row `key` out of everything that is searched and shown; nothing is lost."""
    with database.write() as connection:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute("UPDATE documents SET removed = ? WHERE key = ? AND removed IS NULL", (now, key))


def restore(database: Database, document_id: str) -> bool:
    """Hold a removed document again, as it was; False if there is no removed one of this id."""
    with database.write() as connection:
        query = "UPDATE documents SET removed = NULL WHERE id = ? AND removed IS NOT NULL"
        return connection.execute(query, (document_id,)).rowcount > 0


def erase(database: Database, key: int) -> None:
    """Delete the document of row `key`, its corrections and its original for good."""
    with database.write() as connection:
        query = "SELECT original, sha256 FROM documents WHERE key = ?"
        row = connection.execute(query, (key,)).fetchone()
        connection.execute("DELETE FROM documents WHERE key = ?", (key,))
        if row:
            connection.execute("DELETE FROM corrections WHERE sha256 = ?", (row[1],))
            connection.execute("DELETE FROM successions WHERE ? IN (older, newer)", (row[1],))
    if row:
        _drop(database, row[0])


def orphans(database: Database) -> list[str]:
    """Names below `originals/` that no document refers to: left by a crash, or being written just now."""
    with database.read() as connection:
        held = {name for (name,) in connection.execute("SELECT original FROM documents")}
    return [name for name in stored_files(originals(database)) if name not in held]


def is_whole(database: Database, name: str) -> bool:
    """Whether an original is the whole file that its name says, by its hash."""
    path = originals(database) / name
    return len(path.stem) == 64 and digest(path) == path.stem


def sweep(database: Database, *, broken_only: bool = False) -> int:
    """Delete originals that no document refers to and writes long abandoned; returns how many.

    With `broken_only`, whole files stay: somebody's only copy may be among them.
    """
    gone = 0
    with database.write() as connection:
        held = {name for (name,) in connection.execute("SELECT original FROM documents")}
        for name in stored_files(originals(database)):
            if name not in held and not (broken_only and is_whole(database, name)):
                (originals(database) / name).unlink(missing_ok=True)
                gone += 1
    return gone


class _Held(NamedTuple):
    key: int
    reading_version: str
    original: str
    removed: str | None


def _held(connection: sqlite3.Connection, document_id: str) -> _Held | None:
    query = "SELECT key, reading_version, original, removed FROM documents WHERE id = ?"
    row = connection.execute(query, (document_id,)).fetchone()
    return row and _Held(*row)


def _put(
    connection: sqlite3.Connection, document: Document, held: _Held | None, stored: dict[str, str]
) -> None:
    """Insert the document, or replace the reading held: same row key, same keys for equal passages."""
    by_hand = corrections.stored(connection, document.sha256)
    read = document.metadata
    document = replace(document, metadata=corrections.laid_over(read, by_hand))
    columns = rows.document_columns(document) | stored | {"content_key": "", "removed": None}
    columns["read_metadata"] = rows.to_json(asdict(read)) if by_hand else None
    passage_keys: dict[tuple[str, str], int] = {}
    if held:
        key = held.key
        query = "SELECT key, id, text FROM passages WHERE document = ?"
        for passage_key, id_, text in connection.execute(query, (key,)):
            passage_keys[id_, text] = passage_key
        for table in _PARTS:
            connection.execute(f"DELETE FROM {table} WHERE document = ?", (key,))  # noqa: S608 - ours
        settings = ", ".join(f"{name} = :{name}" for name in columns)
        connection.execute(f"UPDATE documents SET {settings} WHERE key = :key", columns | {"key": key})  # noqa: S608
    else:
        columns["added"] = datetime.now(UTC).isoformat(timespec="seconds")
        names = ", ".join(columns)
        values = ", ".join(f":{name}" for name in columns)
        connection.execute(f"INSERT INTO documents ({names}) VALUES ({values})", columns)  # noqa: S608
        [(key,)] = connection.execute("SELECT last_insert_rowid()")
    keys = rows.insert_parts(connection, key, document, passage_keys)
    content_key = rows.content_key(key, document, keys)
    connection.execute("UPDATE documents SET content_key = ? WHERE key = ?", (content_key, key))


def _drop(database: Database, name: str) -> None:
    """Delete an original unless a document refers to it (again)."""
    with database.write() as connection:
        if not connection.execute("SELECT 1 FROM documents WHERE original = ?", (name,)).fetchone():
            (originals(database) / name).unlink(missing_ok=True)
