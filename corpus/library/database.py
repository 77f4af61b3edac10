"""The connections to `library.sqlite`: opening it in whatever state it is, reading, writing.

Connections are kept in a pool and lent to one thread at a time. The file is in WAL mode: readers
see the last committed state while another process writes, and never wait for it.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.errors import LibraryError
from corpus.library import schema
from corpus.library.failures import READ_ONLY, translated
from corpus.library.files import sync_directory, sync_file

__all__ = ["DATABASE", "Database"]

DATABASE = "library.sqlite"
BUSY_SECONDS = 30.0
"""How long a writer waits for another one before it gives up with a message."""
_KEPT = 8  # idle connections kept; more threads than that at once are rare


class Database:
    """The open `library.sqlite` of one library directory, safe to share between threads."""

    def __init__(self, directory: Path, *, writable: bool) -> None:
        """Use `Database.open`."""
        self.directory = directory
        self.writable = writable
        """Whether this process may write into the library."""
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._left_behind: list[sqlite3.Connection] = []
        self._process = os.getpid()
        self._closed = False

    @classmethod
    def open(cls, directory: Path, *, create: bool = False) -> "Database":
        """Open the database in `directory`, making (`create`) or migrating it where needed.

        Raises LibraryError: no library there, not ours, of a newer version, damaged, no permission.
        """
        directory = directory.absolute()
        with translated(directory):
            path = _existing_file(directory, create=create)
            database = cls(directory, writable=_writable(path))
            try:
                database._prepare(create=create)
            except BaseException:
                database.close()
                raise
            return database

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the library, however many statements are run in it."""
        with translated(self.directory), self._lent() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed at the end, rolled back on any exception."""
        if not self.writable:
            raise LibraryError(READ_ONLY.format(place=self.directory))
        with translated(self.directory), self._lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close all connections; those lent out are closed when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        if self._process == os.getpid():
            for connection in idle:
                connection.close()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        connection = self._take()
        process = os.getpid()
        try:
            yield connection
        finally:
            if process == os.getpid():
                if connection.in_transaction:
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                self._give(connection)

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise LibraryError("Thư viện đã đóng; hãy mở lại rồi thử lần nữa.")
            if self._process != os.getpid():
                # A fork: SQLite connections must neither be used nor closed in the child.
                self._left_behind += self._idle
                self._idle, self._process = [], os.getpid()
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give(self, connection: sqlite3.Connection) -> None:
        # Where we may not write, SQLite cannot tell a connection that the file has changed meanwhile.
        keep = self.writable and not connection.in_transaction
        with self._lock:
            if keep and not self._closed and len(self._idle) < _KEPT:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        if self.writable:
            return self._connected("mode=rw")
        try:
            return self._connected("mode=ro")
        except sqlite3.OperationalError:
            # The write-ahead log can neither be read nor made here. If it is empty, the file is whole.
            log = self.directory / f"{DATABASE}-wal"
            if log.exists() and log.stat().st_size:
                raise LibraryError(
                    f"Thư viện {self.directory} còn dữ liệu ghi dở mà ở đây không có quyền hoàn tất; "
                    "hãy mở nó một lần bằng tài khoản có quyền ghi."
                ) from None
            return self._connected("mode=ro&immutable=1")

    def _connected(self, query: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{(self.directory / DATABASE).as_uri()}?{query}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,  # transactions are begun by `read` and `write` alone
            check_same_thread=False,  # one thread at a time, which the pool sees to
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")  # a committed document survives a power cut
            connection.execute("SELECT count(*) FROM sqlite_master")  # only now is the file really opened
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, *, create: bool) -> None:
        """Make sure that the file is a library of this version; make or migrate it if it may be."""
        with self._lent() as connection:
            held = self._version(connection, create=create)
            if held == schema.VERSION:
                return
            if not self.writable:
                raise LibraryError(
                    f"Thư viện {self.directory} thuộc phiên bản cũ và cần được nâng cấp, nhưng không có "
                    "quyền ghi; hãy mở nó một lần bằng tài khoản có quyền ghi."
                )
            _retrying(connection, "PRAGMA journal_mode = WAL")
            _retrying(connection, "BEGIN IMMEDIATE")
            held = self._version(connection, create=create)  # another process may have been faster
            if held == schema.VERSION:
                return
            if held:
                self._back_up(held)
            schema.migrate(connection, held)
            connection.execute("COMMIT")
        sync_directory(self.directory)

    def _version(self, connection: sqlite3.Connection, *, create: bool) -> int:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not (application or version or tables):
            if not create:
                raise LibraryError(_missing(self.directory))
            return 0
        if application != schema.APPLICATION_ID:
            raise LibraryError(
                f"Tệp {DATABASE} trong {self.directory} không phải thư viện Tra Cứu; "
                "hãy chọn thư mục khác bằng --library."
            )
        if version > schema.VERSION:
            raise LibraryError(
                f"Thư viện {self.directory} do một phiên bản Tra Cứu mới hơn lập ra; "
                "hãy nâng cấp Tra Cứu rồi mở lại, dữ liệu không bị thay đổi."
            )
        return int(version)

    def _back_up(self, held: int) -> None:
        """Copy the committed state beside the library before a migration changes it."""
        target = self.directory / f"{DATABASE}.v{held}.backup"
        unfinished = target.with_name(target.name + ".tmp")
        unfinished.unlink(missing_ok=True)
        source, copy = self._connect(), sqlite3.connect(unfinished)
        try:
            source.backup(copy)
        finally:
            copy.close()
            source.close()
        sync_file(unfinished)
        unfinished.replace(target)
        sync_directory(self.directory)


def _existing_file(directory: Path, *, create: bool) -> Path:
    """Path of the database file, made empty where it is missing and may be."""
    path = directory / DATABASE
    try:
        if directory.exists() and not directory.is_dir():
            raise LibraryError(
                f"{directory} là một tệp, không phải thư mục thư viện; hãy chọn một thư mục bằng --library."
            )
        if path.exists():
            return path
        if not create:
            raise LibraryError(_missing(directory))
        directory.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        raise LibraryError(
            f"Không mở được thư viện trong {directory} ({error.strerror}); "
            "hãy kiểm tra quyền truy cập hoặc chọn thư mục khác bằng --library."
        ) from error
    return path


def _missing(directory: Path) -> str:
    return (
        f"Chưa có thư viện nào trong {directory}; hãy nạp văn bản bằng `tracuu add THƯ-MỤC`, "
        "hoặc chỉ đúng thư mục bằng --library."
    )


def _writable(path: Path) -> bool:
    """Whether the file and its directory (for the write-ahead log) may be written."""
    beside = [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm")]
    return all(os.access(p, os.W_OK) for p in (path.parent, path, *beside) if p == path or p.exists())


def _retrying(connection: sqlite3.Connection, statement: str) -> None:
    """Run a statement for which SQLite does not always wait when two processes create at once."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
