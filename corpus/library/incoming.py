"""Files given over the web, kept until they have been read: `incoming/<name of ours>` and a row each.

The rows survive a closed browser and a killed server. Whoever works on them holds `incoming/lock`;
what a dead worker had begun is waiting again for the next.
"""

import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal

from corpus.errors import LibraryError, NotHeldError
from corpus.library.database import Database
from corpus.library.files import sync_directory

__all__ = ["DONE", "Incoming", "IncomingFile", "IncomingStatus"]

_DIRECTORY = "incoming"
_UNFINISHED = ".receiving-"
_MOST_ATTEMPTS = 3
"""Times that a file may take the worker down with it before it is left alone."""

_KEPT = 500
"""Reports kept of files that are done with."""

IncomingStatus = Literal[
    "waiting", "reading", "added", "replaced", "unchanged", "duplicate", "unpacked", "failed"
]
DONE: frozenset[IncomingStatus] = frozenset(
    {"added", "replaced", "unchanged", "duplicate", "unpacked", "failed"}
)
_COLUMNS = (
    "key, name, stored, bytes, status, attempts, document, reason, same_as, warnings, parent, given, ended"
)


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file given over the web and what became of it; `name` is for showing only."""

    key: int
    name: str
    stored: str | None
    bytes: int
    status: IncomingStatus
    attempts: int
    document_id: str | None
    reason: str | None
    same_as: str | None
    warnings: tuple[str, ...]
    parent: int | None
    given: str
    ended: str | None


class Incoming:
    """The files of one library that wait, and the reports of those that were read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._directory = database.directory / _DIRECTORY

    def open_new(self) -> tuple[Path, IO[bytes]]:
        """A new file to write what arrives into; hand it to `take`, or unlink it."""
        try:
            self._directory.mkdir(exist_ok=True)
            path = self._directory / (_UNFINISHED + secrets.token_hex(16))
            return path, path.open("xb")
        except OSError as error:
            raise LibraryError(
                f"Không ghi được vào {self._directory} ({error.strerror}); "
                "hãy kiểm tra quyền ghi và chỗ trống trên ổ đĩa."
            ) from error

    def take(self, path: Path, file: IO[bytes], name: str, *, parent: int | None = None) -> int:
        """Keep a file that has wholly arrived, safe from a power cut, and let it wait; returns its key."""
        stored = secrets.token_hex(16)
        file.flush()
        os.fsync(file.fileno())
        size = os.fstat(file.fileno()).st_size
        file.close()
        # Within the transaction: a worker that clears away what no row names must not come between.
        with self._database.write() as connection:
            path.replace(self._directory / stored)
            sync_directory(self._directory)
            connection.execute(
                "INSERT INTO incoming (name, stored, bytes, status, parent, given) VALUES (?, ?, ?, ?, ?, ?)",
                (name, stored, size, "waiting", parent, _now()),
            )
            [(key,)] = connection.execute("SELECT last_insert_rowid()")
        return int(key)

    def refuse(self, name: str, size: int, reason: str, *, parent: int | None = None) -> None:
        """Note a file that was not even taken, so that whoever gave it reads why."""
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO incoming (name, bytes, status, reason, parent, given, ended) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (name, size, "failed", reason, parent, _now(), _now()),
            )

    def path(self, file: IncomingFile) -> Path:
        """Where the bytes of a file lie."""
        return self._directory / (file.stored or "gone")

    def files(self, most: int = 200) -> list[IncomingFile]:
        """The last files given, newest first."""
        with self._database.read() as connection:
            return _load(connection, "ORDER BY key DESC LIMIT ?", most)

    def file(self, key: int) -> IncomingFile:
        """One file. NotHeldError if there is none of this key."""
        with self._database.read() as connection:
            found = _load(connection, "WHERE key = ?", key)
        if not found:
            raise NotHeldError("Không có tệp này trong danh sách nạp; có thể nó đã được bỏ khỏi danh sách.")
        return found[0]

    def waiting(self) -> tuple[int, int]:
        """How many files are not done with yet, and their bytes."""
        with self._database.read() as connection:
            query = "SELECT count(*), coalesce(sum(bytes), 0) FROM incoming WHERE ended IS NULL"
            [(count, size)] = connection.execute(query)
        return int(count), int(size)

    def claim(self) -> IncomingFile | None:
        """The next file to read, marked so. The caller holds `working`."""
        with self._database.write() as connection:
            found = _load(connection, "WHERE status = 'waiting' ORDER BY key LIMIT 1")
            if not found:
                return None
            query = "UPDATE incoming SET status = 'reading', attempts = attempts + 1 WHERE key = ?"
            connection.execute(query, (found[0].key,))
        return found[0]

    def finish(
        self,
        key: int,
        status: IncomingStatus,
        *,
        document_id: str | None = None,
        reason: str | None = None,
        same_as: str | None = None,
        warnings: tuple[str, ...] = (),
    ) -> None:
        """Note what became of a file. Its bytes go, unless it failed and may be tried again."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE incoming SET status = ?, document = ?, reason = ?, same_as = ?, warnings = ?, "
                "ended = ? WHERE key = ?",
                (status, document_id, reason, same_as, json.dumps(warnings, ensure_ascii=False), _now(), key),
            )
            if status != "failed":
                self._drop(connection, "WHERE key = ?", key)
            old = "WHERE ended IS NOT NULL AND key <= (SELECT max(key) FROM incoming) - ?"
            self._drop(connection, old, _KEPT)
            connection.execute(f"DELETE FROM incoming {old}", (_KEPT,))  # noqa: S608 - ours

    def retry(self, key: int) -> None:
        """Let a file that failed wait again. LibraryError where its bytes are gone."""
        with self._database.write() as connection:
            query = (
                "UPDATE incoming SET status = 'waiting', attempts = 0, reason = NULL, ended = NULL "
                "WHERE key = ? AND status = 'failed' AND stored IS NOT NULL"
            )
            if not connection.execute(query, (key,)).rowcount:
                raise NotHeldError("Không thử lại được tệp này; hãy nạp lại tệp từ máy của bạn.")

    def forget(self, key: int | None = None) -> int:
        """Drop one file that is done with or still waits, or all that are done with; returns how many."""
        one = "WHERE key = ? AND status <> 'reading'"
        many = "WHERE ended IS NOT NULL"
        where, values = (many, ()) if key is None else (one, (key,))
        with self._database.write() as connection:
            self._drop(connection, where, *values)
            return connection.execute(f"DELETE FROM incoming {where}", values).rowcount  # noqa: S608 - ours

    @contextmanager
    def working(self) -> Iterator[bool]:
        """Be the one worker of this library; False where another process is.

        What a dead worker had begun waits again; a file that took it down too often has failed.
        """
        import fcntl  # not everywhere; a library can be read and searched without

        with suppress(OSError):
            self._directory.mkdir(exist_ok=True)
        with (self._directory / "lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            self._recover()
            yield True

    def put_back(self) -> None:
        """Let what is being read wait again, as if it had not been begun."""
        with self._database.write() as connection:
            connection.execute(
                "UPDATE incoming SET status = 'waiting', attempts = attempts - 1 WHERE status = 'reading'"
            )

    def _recover(self) -> None:
        reason = (
            "tệp làm bộ đọc dừng đột ngột nhiều lần nên không đọc nữa; hãy kiểm tra tệp hoặc lưu lại "
            "dưới dạng khác rồi nạp lại."
        )
        with self._database.write() as connection:
            connection.execute(
                "UPDATE incoming SET status = 'failed', reason = name || ': ' || ?, ended = ? "
                "WHERE status = 'reading' AND attempts >= ?",
                (reason, _now(), _MOST_ATTEMPTS),
            )
            connection.execute("UPDATE incoming SET status = 'waiting' WHERE status = 'reading'")
            known = {name for (name,) in connection.execute("SELECT stored FROM incoming")} | {"lock"}
            for path in self._directory.iterdir():
                abandoned = path.name.startswith(_UNFINISHED) and _hours_old(path) > 24
                if abandoned or (path.name not in known and not path.name.startswith(_UNFINISHED)):
                    path.unlink(missing_ok=True)

    def _drop(self, connection: sqlite3.Connection, where: str, *values: Any) -> None:  # noqa: ANN401
        query = f"SELECT stored FROM incoming {where} AND stored IS NOT NULL"  # noqa: S608 - ours
        for (stored,) in connection.execute(query, values).fetchall():
            (self._directory / stored).unlink(missing_ok=True)
            connection.execute("UPDATE incoming SET stored = NULL WHERE stored = ?", (stored,))

    # what the background work is doing

    def say(self, name: str, value: object) -> None:
        """Note something about the background work, for showing."""
        with self._database.write() as connection:
            connection.execute(
                "INSERT INTO work VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (name, json.dumps(value, ensure_ascii=False)),
            )

    def said(self) -> dict[str, Any]:
        """Everything noted."""
        with self._database.read() as connection:
            return {
                name: json.loads(value) for name, value in connection.execute("SELECT name, value FROM work")
            }


def _load(connection: sqlite3.Connection, rest: str, *values: object) -> list[IncomingFile]:
    query = f"SELECT {_COLUMNS} FROM incoming {rest}"  # noqa: S608 - ours
    found = []
    for row in connection.execute(query, values).fetchall():
        key, name, stored, size, status, attempts, document, reason, same_as, warnings, *rest = row
        told = tuple(json.loads(warnings))
        found.append(
            IncomingFile(key, name, stored, size, status, attempts, document, reason, same_as, told, *rest)
        )
    return found


def _hours_old(path: Path) -> float:
    with suppress(OSError):
        return (datetime.now(UTC).timestamp() - path.stat().st_mtime) / 3600
    return 0.0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
