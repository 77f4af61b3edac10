"""Generations on disk: built beside the published one, published in one step, cleaned up later.

    index/CURRENT                  "<generation> <sha256 of its manifest>", replaced atomically
    index/<generation>/            manifest.json, lexical/, vectors/
    index/<generation>.building/   unfinished; whoever finds one under the lock may delete it
    index/lock                     held by the process that updates

Whoever reads a generation holds a shared lock on its manifest, so that it is not cleaned away. A
process killed at any moment leaves CURRENT naming a whole generation.
"""

import fcntl
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from corpus.errors import LibraryError
from corpus.library.files import sync_directory, sync_file
from indexer.manifest import MANIFEST, File, Manifest, files_in

__all__ = ["INDEX", "Generations", "Lease", "damage"]

INDEX = "index"
_CURRENT = "CURRENT"
_BUILDING = ".building"
_NAME = re.compile(r"(\d{6,})-[0-9a-f]{8}")
_SMALL = 262_144
"""Files up to this size are hashed whenever a generation is opened; see `damage`."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A generation kept from being cleaned away while someone reads it."""

    path: Path
    manifest: Manifest
    _file: IO[bytes]

    def release(self) -> None:
        """Let it go."""
        self._file.close()


class Generations:
    """The directory `index` of a library."""

    def __init__(self, library_directory: Path) -> None:
        self.directory = library_directory / INDEX

    def current(self) -> tuple[str, str] | None:
        """Name of the published generation and the hash of its manifest; None before the first.

        Raises LibraryError where CURRENT is unreadable or holds something else.
        """
        try:
            text = (self.directory / _CURRENT).read_text("ascii")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise _damaged(f"không đọc được {INDEX}/{_CURRENT}") from error
        name, _, sha256 = text.strip().partition(" ")
        if not _NAME.fullmatch(name) or len(sha256) != 64:
            raise _damaged(f"{INDEX}/{_CURRENT} hỏng")
        return name, sha256

    def lease(self) -> Lease | None:
        """The published generation, verified and held; None if nothing was ever published.

        Raises LibraryError where it is damaged.
        """
        for _ in range(20):  # a generation may be cleaned away between reading its name and holding it
            found = self.current()
            if found is None:
                return None
            with suppress(FileNotFoundError):
                return self._held(*found)
            if self.current() == found:
                raise _damaged(f"thiếu {INDEX}/{found[0]}")
        raise LibraryError("Chỉ mục đang được thay liên tục; hãy thử lại sau giây lát.")

    def _held(self, name: str, sha256: str) -> Lease:
        path = self.directory / name
        file = (path / MANIFEST).open("rb")
        try:
            fcntl.flock(file, fcntl.LOCK_SH)
            if not (path / MANIFEST).exists():
                raise FileNotFoundError(path)
            data = file.read()
            if hashlib.sha256(data).hexdigest() != sha256:
                raise _damaged(f"{INDEX}/{name}/{MANIFEST} đã bị sửa")
            manifest = Manifest.from_bytes(data)
            if problems := damage(path, manifest):
                raise _damaged(problems[0])
        except (ValueError, TypeError, KeyError) as error:
            file.close()
            raise _damaged(f"{INDEX}/{name}/{MANIFEST} không đọc được") from error
        except BaseException:
            file.close()
            raise
        return Lease(path, manifest, file)

    @contextmanager
    def updating(self, wait_seconds: float) -> Iterator[None]:
        """Hold the right to update; waits for another process that has it.

        Raises LibraryError after `wait_seconds`, or where the directory cannot be written.
        """
        try:
            self.directory.mkdir(exist_ok=True)
            file = (self.directory / "lock").open("ab")
        except OSError as error:
            raise LibraryError(
                f"Không ghi được vào {self.directory} ({error.strerror}); "
                "hãy kiểm tra quyền ghi rồi chạy lại."
            ) from error
        with file:
            deadline = time.monotonic() + wait_seconds
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise LibraryError(
                            "Một tiến trình khác đang cập nhật chỉ mục; hãy đợi việc đó xong rồi chạy lại."
                        ) from None
                    time.sleep(0.05)
            yield

    def begin(self) -> tuple[str, Path]:
        """A new name, and the directory to build it in. Only while `updating`."""
        numbers = [int(m[1]) for path in self.directory.iterdir() if (m := _NAME.match(path.name))]
        name = f"{max(numbers, default=0) + 1:06d}-{os.urandom(4).hex()}"
        path = self.directory / (name + _BUILDING)
        path.mkdir()
        return name, path

    def publish(self, building: Path, manifest: Manifest, linked: Mapping[str, File]) -> None:
        """Make what was built durable, then the current generation. Only while `updating`.

        `linked` are files that an earlier generation has already made durable.
        """
        data = manifest.to_bytes()
        (building / MANIFEST).write_bytes(data)
        for name in (*files_in(building), MANIFEST):
            if name not in linked:
                sync_file(building / name)
        for directory in (building, *(path for path in building.rglob("*") if path.is_dir())):
            sync_directory(directory)
        building.rename(self.directory / manifest.generation)
        sync_directory(self.directory)
        pointer = self.directory / (_CURRENT + ".tmp")
        pointer.write_text(f"{manifest.generation} {hashlib.sha256(data).hexdigest()}\n", "ascii")
        sync_file(pointer)
        pointer.replace(self.directory / _CURRENT)
        sync_directory(self.directory)

    def clean(self) -> None:
        """Delete what is unfinished, and generations older than the last but one that nobody reads.

        Only while `updating`. What cannot be deleted now is deleted next time.
        """
        found = self.current()
        finished: list[Path] = []
        for path in sorted(self.directory.iterdir()):
            if path.name.endswith(_BUILDING):
                shutil.rmtree(path, ignore_errors=True)
            elif _NAME.fullmatch(path.name):
                finished.append(path)
        published = [path for path in finished if found and path.name <= found[0]]
        for path in finished:
            if path not in published[-2:]:
                _remove_unless_read(path)


def damage(path: Path, manifest: Manifest, *, thorough: bool = False) -> list[str]:
    """What in a generation's directory differs from its manifest, one plain line each.

    Sizes always; hashes of small files and of what faiss parses always, of all files if `thorough`.
    """
    problems: list[str] = []
    present = set(files_in(path))
    where = f"{INDEX}/{path.name}"
    if thorough:
        problems += [f"có tệp lạ {where}/{name}" for name in sorted(present - set(manifest.files))]
    for name, file in manifest.files.items():
        hashed = thorough or file.size <= _SMALL or name.endswith(".faiss")
        if name not in present:
            problems.append(f"thiếu tệp {where}/{name}")
        elif (path / name).stat().st_size != file.size:
            problems.append(f"tệp {where}/{name} có kích thước khác lúc lập")
        elif hashed and _digest(path / name) != file.sha256:
            problems.append(f"nội dung tệp {where}/{name} khác lúc lập")
    return problems


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(what: str) -> LibraryError:
    return LibraryError(
        f"Chỉ mục bị hỏng ({what}); hãy chạy `tracuu rebuild` để dựng lại, văn bản vẫn nguyên."
    )


def _remove_unless_read(path: Path) -> None:
    with suppress(OSError):
        if (path / MANIFEST).exists():
            with (path / MANIFEST).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                (path / MANIFEST).unlink()  # whoever opened it meanwhile sees that it is gone
        shutil.rmtree(path, ignore_errors=True)
