"""The SQLite file of a pool: made whole or not at all, each change on disk when it is said to be saved.

One file, with a rollback journal rather than a write-ahead log: a pool may be copied, sent or put on
a network drive between any two changes, and never has its newest judgements in a second file. A
judge makes a few changes a minute, so readers hardly ever wait.
"""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path

from corpus.library.files import sync_directory
from evaluation.judging.checking import PoolError

__all__ = ["create", "reading", "writing"]

_APPLICATION_ID = 0x5472506C  # "TrPl"
_VERSION = 1
_BUSY_SECONDS = 20.0


def create(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Make a pool at `path` and let `fill` put the first contents in. PoolError if something is there."""
    if path.exists():
        raise PoolError(f"{path}: đã có; hãy chọn tên khác, hoặc thêm --extend để bổ sung vào bộ đó.")
    with _translated(path):
        temporary = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        temporary.touch(exist_ok=False)
        try:
            with closing(_connect(temporary)) as connection:
                connection.executescript(_schema())
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {_VERSION}")
                connection.execute("BEGIN IMMEDIATE")
                fill(connection)
                connection.execute("COMMIT")
            try:
                os.link(temporary, path)  # unlike a renaming, never replaces what another has just made
            except FileExistsError:
                raise PoolError(f"{path}: vừa được tạo; hãy chạy lại với --extend.") from None
            except OSError:  # a drive without hard links
                temporary.rename(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_directory(path.parent)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """One consistent view of the pool."""
    with _translated(path), closing(_opened(path)) as connection:
        connection.execute("BEGIN")
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction: on disk at the end, nothing on any exception."""
    with _translated(path), closing(_opened(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


def _opened(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise PoolError(f"{path}: không có bộ chấm nào ở đây; hãy lập bằng `tracuu judge pool`.")
    connection = _connect(path)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application != _APPLICATION_ID:
            raise PoolError(f"{path}: không phải bộ chấm của Tra Cứu; hãy chọn tệp khác.")
        if version > _VERSION:
            raise PoolError(f"{path}: do phiên bản mới hơn lập; hãy cập nhật Tra Cứu.")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # a grade that the page calls saved survives a power cut
    return connection


def _schema() -> str:
    return resources.files("evaluation.judging").joinpath("schema.sql").read_text(encoding="utf-8")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        said = _SAID.get(code, "gặp lỗi ({error}); hãy khôi phục từ bản xuất JSON gần nhất nếu lỗi lặp lại.")
        raise PoolError(f"{path}: {said.format(error=error)}") from error
    except OSError as error:
        raise PoolError(
            f"{path}: không ghi được ({error.strerror or error}); hãy kiểm tra quyền ghi và chỗ trống."
        ) from error


_SAID = {
    sqlite3.SQLITE_BUSY: "đang bị một chương trình khác giữ; hãy đóng chương trình đó rồi thử lại.",
    sqlite3.SQLITE_READONLY: "không có quyền ghi; hãy xin quyền hoặc chép tệp sang nơi khác.",
    sqlite3.SQLITE_CANTOPEN: "không mở được; hãy kiểm tra quyền đọc, ghi tệp và thư mục.",
    sqlite3.SQLITE_FULL: "ổ đĩa đã đầy; hãy giải phóng chỗ trống rồi thử lại.",
    sqlite3.SQLITE_NOTADB: "không phải bộ chấm của Tra Cứu; hãy chọn tệp khác.",
    sqlite3.SQLITE_CORRUPT: "bị hỏng; hãy khôi phục từ bản xuất JSON gần nhất bằng `tracuu judge import`.",
}
