"""The way in: files found, read, understood and put into the library, with a report of each."""

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from corpus.errors import LibraryError, ReadError
from corpus.find import Problem, find_files
from corpus.library import Library
from corpus.read import load_document, read_bytes
from corpus.read.limits import printable, shown
from corpus.types import Document
from corpus.understand import understand

__all__ = ["IngestReport", "Outcome", "Progress", "Status", "add_files", "find_files", "read_document"]

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many."""

Status = Literal["added", "replaced", "unchanged", "duplicate", "failed"]

_GIVE_UP_AFTER = 5
"""Failures of the library in a row after which it is no use going on (full disk, lost drive)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    "replaced": the same file, held from an older reading, was read anew. "unchanged": held as it
    is. "duplicate": its content is held already under the name `same_as`. "failed": `reason` says
    why and what to do.
    """

    path: Path
    status: Status
    document_id: str | None = None
    reason: str | None = None
    same_as: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name as it can be printed: without line ends, control and broken characters."""
        return shown(self.path)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Every file's outcome in the order in which they were found, and what was not even a file."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]

    def of(self, status: Status) -> tuple[Outcome, ...]:
        """Outcomes with this status."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == status)

    @property
    def changed(self) -> bool:
        """Whether the library holds something new, so that the index must follow."""
        return any(outcome.status in ("added", "replaced") for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A file's bytes, read once: what is hashed, understood and kept are the same bytes."""

    path: Path
    data: bytes
    sha256: str

    @property
    def source(self) -> str:
        return printable(self.path.name)


def read_document(path: Path) -> Document:
    """Read and understand one file. Raises `ReadError`, one line in Vietnamese, if it cannot be read."""
    return _understood(_load(path))


def add_files(
    library: Library, paths: Iterable[Path], *, progress: Progress | None = None, jobs: int = 1
) -> IngestReport:
    """Read files and folders into the library, each document in its own transaction.

    A bad file fails alone. Only a library that fails again and again ends the work early; the
    files left are then reported as failed. `jobs`: processes that read at the same time.
    """
    files, problems = find_files(paths)
    adding = _Adding(library)
    outcomes: list[Outcome] = []
    for step in _read_ahead(files, adding, jobs):
        outcomes.append(adding.finish(step))
        if progress:
            progress(len(outcomes), len(files))
    return IngestReport(tuple(outcomes), tuple(problems))


_Read = Callable[[], Document]


@dataclass(frozen=True, slots=True)
class _Step:
    """A file on its way: `read` will give the document, or raise what reading it raised."""

    loaded: _Loaded
    read: _Read


class _Adding:
    """The library side of one run: what is held, what came in, whether the library still works."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._held = {document.id: document.source for document in library.documents()}
        self._came: set[str] = set()
        self._broken = 0

    def look(self, path: Path) -> Outcome | _Loaded:
        """Load a file; its outcome right away where nothing is left to be read."""
        if self._broken >= _GIVE_UP_AFTER:
            return Outcome(path, "failed", reason=f"{shown(path)}: chưa xử lý vì thư viện lỗi.")
        try:
            loaded = _load(path)
            return self._known(loaded) or loaded
        except ReadError as error:
            return Outcome(path, "failed", reason=str(error))
        except LibraryError as error:
            self._broken += 1
            return Outcome(path, "failed", reason=f"{shown(path)}: {error}")

    def _known(self, loaded: _Loaded) -> Outcome | None:
        """The outcome of a file whose content the library holds as this version reads it."""
        name = loaded.sha256[:16]
        if not self._library.holds(loaded.sha256):
            return None
        self._library.arrived(loaded.path, loaded.sha256)
        held_as = self._held[name] if name in self._held else self._library.summary(name).source
        if name in self._came or held_as != loaded.source:
            return Outcome(loaded.path, "duplicate", name, same_as=held_as)
        return Outcome(loaded.path, "unchanged", name)

    def finish(self, step: _Step | Outcome) -> Outcome:
        """Put a document that was read into the library."""
        if isinstance(step, Outcome):
            return step
        path = step.loaded.path
        try:
            outcome = self._known(step.loaded) or self._put(step)  # known: it came in a moment ago
        except ReadError as error:
            return _failed(step.loaded, str(error))
        except LibraryError as error:
            self._broken += 1
            return _failed(step.loaded, f"{shown(path)}: {error}")
        except Exception as error:  # whatever it is, the other files must still come in
            _log.debug("reading %s", path, exc_info=True)
            return _failed(step.loaded, _our_fault(path, error))
        self._broken = 0
        return outcome

    def _put(self, step: _Step) -> Outcome:
        document = step.read()
        path = step.loaded.path
        added = self._library.add(document, step.loaded.data)
        self._library.arrived(path, step.loaded.sha256)
        if not added:  # another process was faster
            return Outcome(path, "unchanged", document.id)
        self._came.add(document.id)
        status: Status = "replaced" if document.id in self._held else "added"
        return Outcome(path, status, document.id, warnings=document.warnings)


def _failed(loaded: _Loaded, reason: str) -> Outcome:
    return Outcome(loaded.path, "failed", reason=reason)


def _load(path: Path) -> _Loaded:
    data = load_document(path)
    return _Loaded(path, data, hashlib.sha256(data).hexdigest())


def _understood(loaded: _Loaded) -> Document:
    source = read_bytes(loaded.data, loaded.path.name)
    return understand(source, name=loaded.source, sha256=loaded.sha256)


def _our_fault(path: Path, error: Exception) -> str:
    return (
        f"{shown(path)}: chương trình gặp lỗi khi đọc tệp này ({type(error).__name__}); "
        "các tệp khác không bị ảnh hưởng. Hãy gửi tệp cho người phụ trách phần mềm."
    )


def _read_ahead(files: list[Path], adding: _Adding, jobs: int) -> Iterator[_Step | Outcome]:
    """Steps in the order of `files`, with up to `jobs` of them being read in other processes."""
    if jobs <= 1 or len(files) < 2:
        for path in files:
            yield _step(adding.look(path), _here)
        return
    waiting: deque[_Step | Outcome] = deque()
    with ProcessPoolExecutor(min(jobs, len(files)), mp_context=get_context("spawn")) as pool:
        for path in files:
            waiting.append(_step(adding.look(path), lambda loaded: _elsewhere(pool, loaded)))
            if len(waiting) >= 2 * jobs:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()


def _step(looked: Outcome | _Loaded, reading: Callable[[_Loaded], _Read]) -> _Step | Outcome:
    return looked if isinstance(looked, Outcome) else _Step(looked, reading(looked))


def _here(loaded: _Loaded) -> _Read:
    return lambda: _understood(loaded)


def _elsewhere(pool: ProcessPoolExecutor, loaded: _Loaded) -> _Read:
    """Start reading in another process; read here after all if the processes have died."""
    try:
        future: Future[Document] = pool.submit(_understood, loaded)
    except BrokenProcessPool:
        return _here(loaded)

    def result() -> Document:
        try:
            return future.result()
        except BrokenProcessPool:
            return _understood(loaded)

    return result
