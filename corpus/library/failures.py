"""SQLite's errors in plain Vietnamese: what happened and what to do next."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import LibraryError

__all__ = ["translated"]

_BY_CODE = {
    sqlite3.SQLITE_BUSY: "Thư viện {place} đang được một tiến trình khác ghi; hãy đợi việc đó xong rồi chạy lại.",
    sqlite3.SQLITE_LOCKED: "Thư viện {place} đang được một tiến trình khác ghi; hãy đợi việc đó xong rồi chạy lại.",
    sqlite3.SQLITE_READONLY: "Không có quyền ghi vào thư viện {place}; hãy xin quyền ghi hoặc chọn thư mục khác bằng --library.",
    sqlite3.SQLITE_FULL: "Ổ đĩa chứa thư viện {place} đã đầy; hãy giải phóng chỗ trống rồi chạy lại, dữ liệu đã có vẫn nguyên.",
    sqlite3.SQLITE_CANTOPEN: "Không mở được thư viện {place}; hãy kiểm tra quyền đọc thư mục và tệp library.sqlite.",
    sqlite3.SQLITE_PERM: "Không mở được thư viện {place}; hãy kiểm tra quyền đọc thư mục và tệp library.sqlite.",
    sqlite3.SQLITE_IOERR: "Ổ đĩa báo lỗi khi đọc hoặc ghi thư viện {place}; hãy kiểm tra ổ đĩa và chỗ trống rồi chạy lại.",
    sqlite3.SQLITE_CORRUPT: "Tệp library.sqlite của thư viện {place} bị hỏng; hãy khôi phục từ bản sao lưu, hoặc lập thư viện mới bằng `tracuu add` với các tệp trong originals.",
    sqlite3.SQLITE_NOTADB: "Tệp library.sqlite trong {place} không phải thư viện Tra Cứu hoặc đã bị hỏng; hãy chọn thư mục khác bằng --library hoặc khôi phục từ bản sao lưu.",
}  # fmt: skip
_OTHER = "Thư viện {place} gặp lỗi ({error}); hãy chạy `tracuu check` để kiểm tra."


@contextmanager
def translated(directory: Path) -> Iterator[None]:
    """Turn any SQLite error inside into a `LibraryError` about the library in `directory`."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        message = _BY_CODE.get(code & 0xFF, _OTHER) if code is not None else _OTHER
        raise LibraryError(message.format(place=directory, error=error)) from error
