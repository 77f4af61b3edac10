"""SQLite's errors in plain Vietnamese: what happened and what to do next."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import LibraryError

__all__ = ["READ_ONLY", "translated"]

READ_ONLY = (
    "Không có quyền ghi vào thư viện {place}; hãy xin quyền ghi thư mục này "
    "hoặc chọn thư mục khác bằng --library."
)
_BUSY = "Thư viện {place} đang được một tiến trình khác ghi; hãy đợi việc đó xong rồi chạy lại lệnh này."
_NO_ACCESS = "Không mở được thư viện {place}; hãy kiểm tra quyền đọc thư mục và tệp library.sqlite."
_BY_CODE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _NO_ACCESS,
    sqlite3.SQLITE_PERM: _NO_ACCESS,
    sqlite3.SQLITE_FULL: (
        "Ổ đĩa chứa thư viện {place} đã đầy; hãy giải phóng chỗ trống rồi chạy lại, "
        "các văn bản đã có vẫn nguyên vẹn."
    ),
    sqlite3.SQLITE_IOERR: (
        "Ổ đĩa báo lỗi khi đọc hoặc ghi thư viện {place}; hãy kiểm tra ổ đĩa và chỗ trống rồi chạy lại."
    ),
    sqlite3.SQLITE_CORRUPT: (
        "Tệp library.sqlite của thư viện {place} bị hỏng; hãy khôi phục từ bản sao lưu, "
        "hoặc lập thư viện mới bằng `tracuu add` với các tệp trong thư mục originals."
    ),
    sqlite3.SQLITE_NOTADB: (
        "Tệp library.sqlite trong {place} không phải thư viện Tra Cứu hoặc đã bị hỏng; "
        "hãy chọn thư mục khác bằng --library hoặc khôi phục từ bản sao lưu."
    ),
}
_OTHER = "Thư viện {place} gặp lỗi ({error}); hãy chạy `tracuu check` để kiểm tra."


@contextmanager
def translated(directory: Path) -> Iterator[None]:
    """Turn any error of SQLite or the disk inside into a `LibraryError` about the library in `directory`."""
    try:
        yield
    except sqlite3.Error as error:
        # Raised by Python's own module, an error has no code; the low byte is the kind of error.
        code = getattr(error, "sqlite_errorcode", None)
        message = _OTHER if code is None else _BY_CODE.get(code & 0xFF, _OTHER)
        raise LibraryError(message.format(place=directory, error=error)) from error
    except OSError as error:
        raise LibraryError(
            f"Không ghi được vào thư viện {directory} ({error.strerror or error}); "
            "hãy kiểm tra quyền ghi và ổ đĩa rồi chạy lại."
        ) from error
    except UnicodeEncodeError as error:
        raise LibraryError(
            "Có ký tự không hợp lệ (mã Unicode lẻ) trong nội dung hoặc yêu cầu; hãy sửa rồi thử lại."
        ) from error
