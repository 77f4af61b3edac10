"""The server's side of the background work: a process is started whenever something is to be done."""

import logging
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from corpus.errors import LibraryError, TracuuError
from corpus.library import Library
from search_api.adding.working import ANOTHER_WORKS

__all__ = ["Worker"]

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from search_api.adding.working import main; sys.exit(main(sys.argv[1:]))"
)
_STOP_SECONDS = 5.0
_AGAIN_SECONDS = (1.0, 5.0, 20.0, 60.0)
"""Pauses after one failure, two…; a file that kills the worker is given up by the library itself."""

_OTHER_SECONDS = 10.0
"""Pause while another server's worker does the work, ours too."""

_log = logging.getLogger(__name__)


class Worker:
    """Runs one working process at a time for a library; safe to call from any thread."""

    def __init__(self, library: Library, model: str | None = None) -> None:
        self._library = library
        self._model = model
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin, and go on with whatever an earlier server left undone."""
        if not self._library.writable:
            return
        self._thread = threading.Thread(target=self._run, name="adding", daemon=True)
        self._thread.start()
        with suppress(TracuuError):
            if self._library.incoming.waiting()[0] or _index_is_behind(self._library):
                self.wake()

    def wake(self) -> None:
        """Something was given, removed or corrected."""
        self._awake.set()

    def busy(self) -> bool:
        """Whether work is being done or about to be."""
        process = self._process
        return self._awake.is_set() or (process is not None and process.poll() is None)

    def stop(self) -> None:
        """End the work, which the next server goes on with, and wait until it has ended."""
        self._stopping.set()
        self._awake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        failures = 0
        while True:
            self._awake.wait()
            self._awake.clear()
            if self._stopping.is_set():
                return
            code = self._work()
            if self._stopping.is_set():
                return
            if code:
                # Another process works on this library, or this one came to grief: look again later.
                pause = _OTHER_SECONDS
                if code != ANOTHER_WORKS:
                    pause = _AGAIN_SECONDS[min(failures, len(_AGAIN_SECONDS) - 1)]
                    failures += 1
                if failures > len(_AGAIN_SECONDS):
                    _log.error("the working process failed %d times; waiting for new files", failures)
                    failures = 0
                    continue
                self._stopping.wait(pause)
                self._awake.set()
            else:
                failures = 0
                with suppress(LibraryError):
                    if self._library.incoming.waiting()[0]:  # came while the process was about to end
                        self._awake.set()

    def _work(self) -> int:
        """Run the process to its end; its exit code."""
        command = [sys.executable, "-c", _START, str(_ROOT), str(self._library.directory)]
        command += [self._model] if self._model else []
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)  # noqa: S603
        except OSError:
            _log.exception("the working process cannot be started")
            return 1
        self._process = process
        with process:
            while process.poll() is None and not self._stopping.is_set():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.2)
            if process.poll() is None:
                _end(process)
        return process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close its standard input, which it takes for the end; kill it if it does not go."""
    assert process.stdin is not None
    with suppress(OSError):
        process.stdin.close()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _index_is_behind(library: Library) -> bool:
    """Whether documents came in or went that a killed process had no time to index."""
    from indexer.index import Index

    contents = library.contents()
    if Index.published(library.directory) is None:
        return bool(contents)
    with Index.open(library.directory) as index:
        return {id_: held.content for id_, held in index.manifest.documents.items()} != contents
