"""The work itself: waiting files read into the library one by one, then the index brought up to date.

Runs in a process of its own, so that searches go on and a parser that dies takes nothing with it.
Every step is a transaction: wherever it is killed, the next worker goes on.
"""

import hashlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from corpus.errors import LibraryError, ReadError, TracuuError
from corpus.library import IncomingFile, IncomingStatus, Library
from corpus.read import is_archive, read_bytes
from corpus.read.archive import INSIDE, members
from corpus.read.limits import MAX_CONTAINER_BYTES, load, printable
from corpus.twins import twin_of
from corpus.understand import understand

__all__ = ["ANOTHER_WORKS", "main", "work"]

ANOTHER_WORKS = 3
"""Exit code where another process is the worker of this library."""

_INDEX_AFTER_SECONDS = 60.0
"""A long batch becomes searchable bit by bit."""

_log = logging.getLogger(__name__)


def main(arguments: list[str]) -> int:
    """Body of the process: library and maybe model in `arguments`; works until nothing waits.

    Ends at once when standard input closes: then whoever started it is gone.
    """
    directory, model = Path(arguments[0]), arguments[1] if len(arguments) > 1 else None
    if hasattr(os, "nice"):
        os.nice(10)
    with Library.open(directory) as library:
        return work(library, model, watched=True)


def work(library: Library, model: str | None = None, *, watched: bool = False) -> int:
    """Read everything that waits and index what changed; returns an exit code.

    `watched`: whoever started this process holds its standard input.
    """
    with library.incoming.working() as mine:
        if not mine:
            return ANOTHER_WORKS
        if watched:
            threading.Thread(target=_end_with_parent, args=(library,), daemon=True).start()
        try:
            while True:
                _read_all(library, model)
                _index(library, model)
                if not library.incoming.waiting()[0]:
                    break
            _say(library, "idle")
        except TracuuError as error:
            _say(library, "failed", message=str(error))
            return 1
    return 0


def _read_all(library: Library, model: str | None) -> None:
    indexed = time.monotonic()
    while file := library.incoming.claim():
        _say(library, "reading", message=file.name)
        _read_one(library, file)
        if time.monotonic() - indexed > _INDEX_AFTER_SECONDS:
            _index(library, model)
            indexed = time.monotonic()


def _read_one(library: Library, file: IncomingFile) -> None:
    """Read one file into the library and note what became of it, whatever that is."""
    try:
        _take_in(library, file)
    except ReadError as error:
        library.incoming.finish(file.key, "failed", reason=str(error))
    except (LibraryError, OSError) as error:
        library.incoming.finish(file.key, "failed", reason=f"{file.name}: {error}")
    except Exception as error:  # whatever it is, the other files must still come in
        _log.exception("reading %s", file.name)
        reason = (
            f"{file.name}: chương trình gặp lỗi khi đọc tệp này ({type(error).__name__}); "
            "hãy gửi tệp cho người phụ trách phần mềm."
        )
        library.incoming.finish(file.key, "failed", reason=reason)


def _take_in(library: Library, file: IncomingFile) -> None:
    incoming = library.incoming
    data = load(incoming.path(file), MAX_CONTAINER_BYTES)
    if is_archive(data, file.name):
        _unpack(library, file, data)
        return
    sha256 = hashlib.sha256(data).hexdigest()
    document_id = sha256[:16]
    if library.holds(sha256):
        held_as = library.summary(document_id).source
        if held_as == printable(file.name):
            incoming.finish(file.key, "unchanged", document_id=document_id)
        else:
            incoming.finish(file.key, "duplicate", document_id=document_id, same_as=held_as)
        return
    known = bool(library.keys([document_id]))
    source = read_bytes(data, file.name, _progress(library, "reading", file.name))
    document = understand(source, name=printable(file.name), sha256=sha256)
    library.add(document, data)
    status: IncomingStatus = "replaced" if known else "added"
    told = document.warnings
    if twin := twin_of(library, document):
        told += (f"Có cùng nội dung với {twin} đã có; nếu thừa, hãy bỏ bớt một văn bản.",)
    incoming.finish(file.key, status, document_id=document_id, warnings=told)


def _unpack(library: Library, file: IncomingFile, data: bytes) -> None:
    """Let the members of an archive wait, each for itself; those that cannot be taken are reported."""
    incoming = library.incoming
    for member in members(data, file.name):
        if member.problem:
            incoming.refuse(
                member.name, len(member.data), f"{member.name}: {member.problem}", parent=file.key
            )
            continue
        path, unpacked = incoming.open_new()
        try:
            unpacked.write(member.data)
            incoming.take(path, unpacked, member.name.rpartition(INSIDE)[2], parent=file.key)
        finally:
            unpacked.close()
            path.unlink(missing_ok=True)  # where it was taken, it has another name by now
    incoming.finish(file.key, "unpacked")


def _progress(library: Library, state: str, message: str = "") -> Callable[[int, int], None]:
    """Notes how many pages are recognised or passages indexed, twice a second."""
    said = 0.0

    def told(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said > 0.5:
            said = time.monotonic()
            _say(library, state, message=message, done=done, of=total)

    return told


def _index(library: Library, model: str | None) -> None:
    from indexer.encoders import load_encoder
    from indexer.update import update

    _say(library, "indexing")
    update(library, load_encoder(model), progress=_progress(library, "indexing"))


def _say(library: Library, state: str, *, message: str = "", done: int = 0, of: int = 0) -> None:
    with suppress(LibraryError):  # only for showing
        library.incoming.say("worker", {"state": state, "message": message, "done": done, "of": of})


def _end_with_parent(library: Library) -> None:
    """Wait until standard input closes, then end: what is being read waits for the next worker."""
    with suppress(OSError):
        while os.read(0, 1):  # not through sys.stdin, which would be locked when the interpreter ends
            pass
    with suppress(LibraryError):
        library.incoming.put_back()
    _end_children()
    os._exit(0)


def _end_children() -> None:
    """End the parsers that run for us; each leads a group of its own. (Elsewhere their limits end them.)"""
    with suppress(OSError):
        for listed in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
            for child in listed.read_text().split():
                with suppress(OSError, ValueError):
                    os.killpg(int(child), signal.SIGKILL)
