"""Pages of originals drawn as pictures, kept on disk so that each is drawn once: `pictures/3f/<id>-12-800`.

Everything here may go at any time. What has not been looked at for longest goes first, once all
together take more than `MOST_BYTES`.
"""

import os
import re
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

__all__ = ["Pictures"]

_DIRECTORY = "pictures"
MOST_BYTES = 500_000_000
_KEPT = 0.8
"""Share of the limit that is left after a clearing."""

_CLEAR_EVERY = 64
_UNFINISHED = ".drawing-"
_ID = re.compile(r"[0-9a-f]{16}")


class Pictures:
    """Pictures of the pages of one library's originals. A disk that takes nothing more is no error."""

    def __init__(self, directory: Path) -> None:
        self._root = directory / _DIRECTORY
        self._lock = threading.Lock()
        self._written = 0

    def get(self, document_id: str, page: int, width: int) -> bytes | None:
        """The picture if it is kept."""
        path = self._path(document_id, page, width)
        try:
            picture = path.read_bytes()
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)
        return picture

    def put(self, document_id: str, page: int, width: int, picture: bytes) -> None:
        """Keep a picture, whole or not at all."""
        path = self._path(document_id, page, width)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(picture)
                Path(temporary).replace(path)
            finally:
                Path(temporary).unlink(missing_ok=True)
        with self._lock:
            due = self._written % _CLEAR_EVERY == 0
            self._written += 1
        if due:
            self.clear()

    def forget(self, document_id: str) -> None:
        """Drop all pictures of a document."""
        if _ID.fullmatch(document_id):
            for path in (self._root / document_id[:2]).glob(f"{document_id}-*"):
                with suppress(OSError):
                    path.unlink()

    def clear(self) -> None:
        """Drop what has not been looked at for longest where there is too much."""
        found: list[tuple[float, int, Path]] = []
        for path in self._root.glob("*/*"):
            with suppress(OSError):
                stat = path.stat()
                found.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in found)
        if total <= MOST_BYTES:
            return
        for _, size, path in sorted(found):
            if total <= MOST_BYTES * _KEPT:
                return
            with suppress(OSError):
                path.unlink()
                total -= size

    def _path(self, document_id: str, page: int, width: int) -> Path:
        # An id of ours is sixteen hex digits; anything else must not become a path.
        name = document_id if _ID.fullmatch(document_id) else document_id.encode().hex()[:64]
        return self._root / name[:2] / f"{name}-{page}-{width}"
