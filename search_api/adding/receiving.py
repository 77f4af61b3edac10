"""Taking a file in: its name made harmless, its size and the space left watched while it arrives."""

import shutil
from collections.abc import AsyncIterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool

from corpus.library import Library
from corpus.read import READERS
from corpus.read.limits import MAX_CONTAINER_BYTES, megabytes, printable
from search_api.errors import RefusedError

__all__ = ["ACCEPTED", "MAX_FILE_BYTES", "Receiver", "clean_name"]

MAX_FILE_BYTES = MAX_CONTAINER_BYTES
"""The largest file taken; what the readers take of each kind is less or the same."""

MAX_WAITING_BYTES = 4_000_000_000
MAX_WAITING_FILES = 2_000
LEAST_FREE_BYTES = 500_000_000
"""Space that must be left on the library's disk: its index is written beside."""

ACCEPTED = tuple(READERS)
"""Suffixes of the files that can be read."""

_LONGEST_NAME = 180


def clean_name(given: str) -> str:
    """A file's name for showing: no folders, nothing that does not print, not too long, never empty.

    It is never used as a path.
    """
    name = printable(given.encode("utf-8", "replace").decode().replace("\\", "/"))
    name = " ".join(PurePosixPath(name).name.split())
    if len(name) > _LONGEST_NAME:
        stem, dot, suffix = name.rpartition(".")
        short = dot and len(suffix) <= 8
        name = f"{stem[: _LONGEST_NAME - 10]}….{suffix}" if short else name[: _LONGEST_NAME - 1] + "…"
    return name if name.strip(". ?") else "khong-ten"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes files in for one library."""

    library: Library

    def check(self, name: str, size: int | None) -> str:
        """The clean name of a file that is about to arrive. RefusedError where it need not even begin."""
        name = clean_name(name)
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in ACCEPTED:
            kinds = ", ".join(ACCEPTED)
            raise RefusedError(415, "unknown_kind", f"{name}: loại tệp này không đọc được; nhận: {kinds}.")
        if size is not None and size > MAX_FILE_BYTES:
            raise too_large(name)
        count, waiting = self.library.incoming.waiting()
        if count >= MAX_WAITING_FILES or waiting >= MAX_WAITING_BYTES:
            raise RefusedError(
                503, "queue_full", f"{name}: đang có {count} tệp chờ đọc; hãy đợi bớt rồi nạp tiếp."
            )
        free = shutil.disk_usage(self.library.directory).free
        if free < LEAST_FREE_BYTES + (size or 0):
            raise RefusedError(
                507, "disk_full",
                f"{name}: ổ đĩa của thư viện chỉ còn trống {megabytes(free)}; hãy giải phóng chỗ trống.",
            )  # fmt: skip
        return name

    async def receive(self, name: str, chunks: AsyncIterable[bytes], size: int | None = None) -> int:
        """Keep a file and let it wait to be read; returns its key. `size` is what it is said to have.

        What may have to wait for another writer of the library does so in a thread of its own.
        """
        name = await run_in_threadpool(self.check, name, size)
        path, file = await run_in_threadpool(self.library.incoming.open_new)
        try:
            taken = 0
            async for chunk in chunks:
                taken += len(chunk)
                if taken > MAX_FILE_BYTES:
                    raise too_large(name)
                with _written(name):
                    file.write(chunk)
            if not taken:
                raise RefusedError(422, "empty", f"{name}: tệp rỗng; hãy kiểm tra lại tệp gốc.")
            with _written(name):
                return await run_in_threadpool(self.library.incoming.take, path, file, name)
        finally:
            file.close()
            path.unlink(missing_ok=True)


@contextmanager
def _written(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RefusedError(
            507, "disk_full", f"{name}: không ghi được vào ổ đĩa của thư viện ({error.strerror})."
        ) from error


def too_large(name: str) -> RefusedError:
    """The refusal of a file that is too large."""
    most = megabytes(MAX_FILE_BYTES)
    return RefusedError(
        413,
        "too_large",
        f"{name}: tệp quá lớn (tối đa {most}); hãy tách thành nhiều tệp nhỏ hơn rồi nạp lại.",
    )
