"""The way in: files found, read, understood and put into the library, with a report of each."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import LibraryError, ReadError
from corpus.find import Problem, find_files
from corpus.library import Library
from corpus.outcomes import IngestReport, Outcome, Status
from corpus.read import FOLDER_SUFFIXES, is_archive, load_document, read_bytes
from corpus.read.archive import Member, members
from corpus.read.limits import printable, shown
from corpus.twins import twin_of
from corpus.types import Document
from corpus.understand import understand

__all__ = [
    "IngestReport", "Outcome", "PageProgress", "Progress", "Status", "add_files", "find_files",
    "read_document",
]  # fmt: skip

Progress = Callable[[int, int], None]
"""Told how many files are done, and of how many; an archive counts as one."""

PageProgress = Callable[[str, int, int], None]
"""Told of a scan's name, how many of its pages are recognised, and of how many. Called from any thread."""

_GIVE_UP_AFTER = 5
"""Failures of the library in a row after which it is no use going on (full disk, lost drive)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A file's bytes, read once: what is hashed, understood and kept are the same bytes."""

    path: Path
    data: bytes
    sha256: str
    member: str | None = None

    @property
    def source(self) -> str:
        return printable(self.member or self.path.name)


def read_document(path: Path, *, told: Callable[[int, int], None] | None = None) -> Document:
    """Read and understand one file. Raises `ReadError`, one line in Vietnamese, if it cannot be read.

    `told`: of pages recognised, and of how many; what it raises stops the reading.
    """
    return _understood(_load(path), told)


def add_files(
    library: Library,
    paths: Iterable[Path],
    *,
    progress: Progress | None = None,
    pages: PageProgress | None = None,
    jobs: int = 1,
) -> IngestReport:
    """Read files, folders and archives into the library, each document in its own transaction.

    A bad file fails alone. Only a library that fails again and again ends the work early; the
    files left are then reported as failed. `jobs`: files read at the same time; however many they are,
    no more parsers run than there are cores.
    """
    files, problems = find_files(paths)
    adding = _Adding(library)
    outcomes: list[Outcome] = []
    done = 0
    with _Reading(jobs, pages) as reading:
        for step in reading.ahead(files, adding):
            if step is None:
                done += 1
                if progress:
                    progress(done, len(files))
            else:
                outcomes.append(adding.finish(step))
    return IngestReport(tuple(outcomes), (*problems, *adding.problems))


@dataclass(frozen=True, slots=True)
class _Step:
    """A file on its way: `read` will give the document, or raise what reading it raised."""

    loaded: _Loaded
    read: Callable[[], Document]


class _Adding:
    """The library side of one run: what is held, what came in, whether the library still works."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._held = {document.id: document.source for document in library.documents()}
        self._came: set[str] = set()
        self._broken = 0
        self.problems: list[Problem] = []

    def look(self, path: Path) -> Iterator[Outcome | _Loaded]:
        """Load a file, or the files in an archive; outcomes right away where nothing is left to read."""
        try:
            data = self._open(path)
        except ReadError as error:
            yield Outcome(path, "failed", reason=str(error))
            return
        if not is_archive(data, path.name):
            yield self._look(_loaded(path, data))
            return
        try:
            for member in _documents(path, data, self.problems):
                if member.problem:
                    reason = f"{member.name}: {member.problem}"
                    yield Outcome(path, "failed", reason=reason, member=member.name)
                else:
                    yield self._look(_loaded(path, member.data, member.name))
        except ReadError as error:
            yield Outcome(path, "failed", reason=str(error))

    def _open(self, path: Path) -> bytes:
        if self._broken >= _GIVE_UP_AFTER:
            raise ReadError(f"{shown(path)}: chưa xử lý vì thư viện lỗi.")
        return load_document(path)

    def _look(self, loaded: _Loaded) -> Outcome | _Loaded:
        try:
            return self._known(loaded) or loaded
        except LibraryError as error:
            self._broken += 1
            return _failed(loaded, f"{shown(loaded.source)}: {error}")

    def _known(self, loaded: _Loaded) -> Outcome | None:
        """The outcome of a file whose content the library holds as this version reads it."""
        name = loaded.sha256[:16]
        if not self._library.holds(loaded.sha256):
            return None
        self._arrived(loaded)
        held_as = self._held[name] if name in self._held else self._library.summary(name).source
        same = name not in self._came and held_as == loaded.source
        return Outcome(
            loaded.path, "unchanged" if same else "duplicate", name, member=loaded.member,
            same_as=None if same else held_as,
        )  # fmt: skip

    def _arrived(self, loaded: _Loaded) -> None:
        if loaded.member is None:
            self._library.arrived(loaded.path, loaded.sha256)

    def finish(self, step: _Step | Outcome) -> Outcome:
        """Put a document that was read into the library."""
        if isinstance(step, Outcome):
            return step
        loaded = step.loaded
        try:
            outcome = self._known(loaded) or self._put(step)  # known: it came in a moment ago
        except ReadError as error:
            return _failed(loaded, str(error))
        except LibraryError as error:
            self._broken += 1
            return _failed(loaded, f"{shown(loaded.source)}: {error}")
        except Exception as error:  # whatever it is, the other files must still come in
            _log.debug("reading %s", loaded.source, exc_info=True)
            return _failed(loaded, _our_fault(loaded.source, error))
        self._broken = 0
        return outcome

    def _put(self, step: _Step) -> Outcome:
        document, loaded = step.read(), step.loaded
        added = self._library.add(document, loaded.data)
        self._arrived(loaded)
        if not added:  # another process was faster
            return Outcome(loaded.path, "unchanged", document.id, member=loaded.member)
        self._came.add(document.id)
        return Outcome(
            loaded.path, "replaced" if document.id in self._held else "added", document.id,
            warnings=document.warnings, member=loaded.member, twin=twin_of(self._library, document),
            pages=document.pages, recognised=sum(one.how == "ocr" for one in document.page_readings),
        )  # fmt: skip


def _documents(path: Path, data: bytes, problems: list[Problem]) -> Iterator[Member]:
    """The documents in an archive, as in a folder; other files are passed over and counted."""
    passed = 0
    for member in members(data, path.name):
        if not member.problem and Path(member.name).suffix.lower() not in FOLDER_SUFFIXES:
            passed += 1
        else:
            yield member
    if passed:
        problems.append(
            Problem(path, f"{shown(path)}: bỏ qua {passed} tệp bên trong không phải văn bản đọc được.")
        )


def _failed(loaded: _Loaded, reason: str) -> Outcome:
    return Outcome(loaded.path, "failed", reason=reason, member=loaded.member)


def _loaded(path: Path, data: bytes, member: str | None = None) -> _Loaded:
    return _Loaded(path, data, hashlib.sha256(data).hexdigest(), member)


def _load(path: Path) -> _Loaded:
    return _loaded(path, load_document(path))


def _understood(loaded: _Loaded, told: Callable[[int, int], None] | None = None) -> Document:
    source = read_bytes(loaded.data, loaded.source, told)
    return understand(source, name=loaded.source, sha256=loaded.sha256)


def _our_fault(name: str, error: Exception) -> str:
    return (
        f"{shown(name)}: chương trình gặp lỗi khi đọc tệp này ({type(error).__name__}); "
        "các tệp khác không bị ảnh hưởng. Hãy gửi tệp cho người phụ trách phần mềm."
    )


class _StoppedError(Exception):
    """Whoever wanted the files read wants them no more."""


@dataclass(slots=True)
class _Reading:
    """Files read at the same time. Threads do: the parsers are processes of their own anyway."""

    jobs: int
    pages: PageProgress | None
    _stopped: bool = False
    _pool: ThreadPoolExecutor | None = field(default=None, init=False)

    def __enter__(self) -> "_Reading":
        if self.jobs > 1:
            self._pool = ThreadPoolExecutor(self.jobs, thread_name_prefix="read")
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped = True  # a scan that is being recognised ends with its next page
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def ahead(self, files: Iterable[Path], adding: _Adding) -> Iterator[_Step | Outcome | None]:
        """Steps in the order of `files`, up to `jobs` of them under way; None where a file is done."""
        waiting: list[_Step | Outcome | None] = []
        for path in files:
            for looked in adding.look(path):
                waiting.append(looked if isinstance(looked, Outcome) else self._step(looked))
                while sum(isinstance(step, _Step) for step in waiting) >= (
                    2 * self.jobs if self._pool else 1
                ):
                    yield waiting.pop(0)
            waiting.append(None)
            while waiting and not isinstance(waiting[0], _Step):
                yield waiting.pop(0)
        yield from waiting

    def _step(self, loaded: _Loaded) -> _Step:
        if self._pool is None:
            return _Step(loaded, lambda: _understood(loaded, self._told(loaded)))
        future: Future[Document] = self._pool.submit(_understood, loaded, self._told(loaded))
        return _Step(loaded, future.result)

    def _told(self, loaded: _Loaded) -> Callable[[int, int], None]:
        def told(done: int, total: int) -> None:
            if self._stopped:
                raise _StoppedError
            if self.pages:
                self.pages(shown(loaded.source), done, total)

        return told
