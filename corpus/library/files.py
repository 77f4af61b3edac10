"""The files as given, under names that we generate: `originals/3f/3fa9….docx`."""

import errno
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import LibraryError, ReadError

__all__ = [
    "ORIGINALS",
    "digest",
    "original_name",
    "stored_files",
    "sync_directory",
    "sync_file",
    "write_original",
]

ORIGINALS = "originals"
_TEMPORARY = ".incoming-"
_UNFINISHED_SECONDS = 3600
_CHUNK = 1 << 20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def original_name(sha256: str, source: str) -> str:
    """Where an original lies below `originals/`: from its hash, and a plain suffix of its name."""
    suffix = Path(source.replace("\0", "")).suffix.lower()
    return f"{sha256[:2]}/{sha256}{suffix if _SUFFIX.fullmatch(suffix) else ''}"


def write_original(root: Path, name: str, original: bytes | Path, sha256: str) -> None:
    """Put the bytes at `root/name`, whole or not at all, safe from a power cut when this returns.

    Raises ReadError if the file cannot be read or has changed since it was understood, LibraryError
    if the library's disk does not take it.
    """
    target = root / name
    if target.is_file() and digest(target) == sha256:
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=_TEMPORARY, dir=target.parent)
    except OSError as error:
        raise LibraryError(_unwritable(root, error)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            seen = hashlib.sha256()
            for chunk in _chunks(original):
                seen.update(chunk)
                file.write(chunk)
            if seen.hexdigest() != sha256:
                raise ReadError("Nội dung tệp đã thay đổi trong khi đọc; hãy nạp lại tệp này.")
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except OSError as error:
        raise LibraryError(_unwritable(root, error)) from error
    finally:
        Path(temporary).unlink(missing_ok=True)
    sync_directory(target.parent)
    sync_directory(root)
    sync_directory(root.parent)


def digest(path: Path) -> str:
    """SHA-256 of a file in hex. OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stored_files(root: Path) -> Iterator[str]:
    """Names below `root` of all originals, and of writes so old that whoever began them is gone."""
    for path in sorted(root.glob("*/*")):
        try:
            fresh = time.time() - path.stat().st_mtime < _UNFINISHED_SECONDS
        except FileNotFoundError:  # its writer has just given it its final name
            continue
        if not (fresh and path.name.startswith(_TEMPORARY)):
            yield path.relative_to(root).as_posix()


def sync_file(path: Path) -> None:
    """Make the contents of a closed file safe from a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_directory(path: Path) -> None:
    """Make names just given in `path` safe from a power cut. Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _chunks(original: bytes | Path) -> Iterator[bytes]:
    if isinstance(original, bytes):
        yield original
        return
    try:
        with original.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise ReadError(f"Không đọc được tệp ({error.strerror}); hãy kiểm tra tệp rồi nạp lại.") from error


def _unwritable(root: Path, error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"Ổ đĩa chứa thư viện {root.parent} đã đầy; hãy giải phóng chỗ trống rồi nạp lại."
    return f"Không ghi được vào {root} ({error.strerror}); hãy kiểm tra quyền ghi rồi nạp lại."
