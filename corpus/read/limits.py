"""What a file may be before anything parses it: kind, size, and how its name is shown.

The limits are generous for documents that people write and small enough that no single file can
take the machine away from its owner.
"""

import contextlib
import os
import stat
from pathlib import Path

from corpus.errors import ReadError
from corpus.text import nfc

__all__ = ["MAX_CONTAINER_BYTES", "MAX_TEXT_BYTES", "load", "megabytes", "printable", "shown"]

MAX_TEXT_BYTES = 20_000_000
"""The longest text file read: the whole legal code is about 100 MB, one document never 20."""

MAX_CONTAINER_BYTES = 100_000_000
"""The largest .docx or .pdf read: what makes such files large are pictures, which are not unpacked."""

_LONGEST_NAME = 120


def printable(name: str) -> str:
    """A name that can be printed on one line and stored: control and broken characters become '?'."""
    return "".join(char if char.isprintable() else "?" for char in nfc(name))


def shown(path: Path | str) -> str:
    """The name of a file as messages say it: printable and not too long."""
    name = printable(path if isinstance(path, str) else (path.name or str(path)))
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def megabytes(size: int) -> str:
    """A size in bytes as people say it: '12,5 MB'."""
    return f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0") + " MB"


def load(path: Path, limit: int) -> bytes:
    """Read a regular file once, at most `limit` bytes of it; anything else raises `ReadError`.

    The kind is checked on the open descriptor, so a file swapped for a pipe in between cannot make
    us wait, and pipes or devices are never opened for longer than that check.
    """
    name = shown(path)
    try:
        before = path.stat()
        if stat.S_ISDIR(before.st_mode):
            raise ReadError(f"{name}: đây là thư mục, không phải tệp; hãy chỉ tới tệp bên trong.")
        if not stat.S_ISREG(before.st_mode):
            raise ReadError(f"{name}: không phải tệp thông thường (ống dẫn hay thiết bị) nên không đọc.")
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
    except ReadError:
        raise
    except (OSError, ValueError) as error:
        raise ReadError(_why_not(name, error)) from error
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(os.fdopen(descriptor, "rb"))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ReadError(f"{name}: không phải tệp thông thường nên không đọc.")
        try:
            data = file.read(limit + 1)
        except OSError as error:
            raise ReadError(_why_not(name, error)) from error
        if len(data) > limit:
            size = max(os.fstat(descriptor).st_size, len(data))
            raise ReadError(
                f"{name}: tệp quá lớn ({megabytes(size)}, tối đa {megabytes(limit)}); "
                "hãy tách thành nhiều tệp, mỗi văn bản một tệp, rồi thêm lại."
            )
    return data


def _why_not(name: str, error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return f"{name}: không tìm thấy tệp; hãy kiểm tra lại đường dẫn."
        case PermissionError():
            return f"{name}: không có quyền đọc tệp; hãy cấp quyền đọc hoặc chép tệp sang chỗ khác."
        case OSError(errno=code) if code == 40:  # ELOOP
            return f"{name}: liên kết vòng, không dẫn tới tệp nào; hãy chỉ tới tệp thật."
        case ValueError():
            return f"{name}: tên tệp không hợp lệ; hãy đổi tên tệp rồi thêm lại."
        case _:
            reason = getattr(error, "strerror", None) or "lỗi thiết bị"
            return f"{name}: hệ thống không đọc được tệp ({reason}); hãy chép lại tệp rồi thử lại."
