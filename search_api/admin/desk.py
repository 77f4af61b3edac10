"""What an administrator does, in one place for the pages and for the JSON API."""

import shutil
from collections.abc import AsyncIterable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool

from corpus.errors import NotHeldError
from corpus.library import Corrections, DocumentSummary, IncomingFile, Library, RemovedDocument
from search_api.adding.receiving import Receiver, clean_name
from search_api.adding.worker import Worker
from search_api.admin.access import Access

__all__ = ["Desk", "Work"]


@dataclass(frozen=True, slots=True)
class Work:
    """What the background work is doing now."""

    state: str
    """idle, reading, indexing, failed."""
    message: str = ""
    done: int = 0
    of: int = 0
    waiting: int = 0
    """Files not done with yet."""

    @property
    def busy(self) -> bool:
        """Whether anything is still to come."""
        return bool(self.waiting) or self.state in ("reading", "indexing")


class Desk:
    """The administrator's operations on one library; each change wakes the background work."""

    def __init__(self, library: Library, access: Access, worker: Worker) -> None:
        self.library = library
        self.access = access
        self.worker = worker
        self._receiver = Receiver(library)

    async def receive(self, name: str, chunks: AsyncIterable[bytes], size: int | None = None) -> IncomingFile:
        """Take one file in; RefusedError says why not."""
        key = await self._receiver.receive(name, chunks, size)
        self.worker.wake()
        return await run_in_threadpool(self.library.incoming.file, key)

    def note_refused(self, name: str, size: int, reason: str) -> None:
        """List a file that was refused, with the reason."""
        self.library.incoming.refuse(clean_name(name), size, reason)

    def files(self, most: int = 200) -> list[tuple[IncomingFile, DocumentSummary | None]]:
        """Files given, newest first, each with the document that it became."""
        return [(file, self._document(file)) for file in self.library.incoming.files(most)]

    def file(self, key: int) -> tuple[IncomingFile, DocumentSummary | None]:
        """One file given. NotHeldError if there is none."""
        file = self.library.incoming.file(key)
        return file, self._document(file)

    def reread(self) -> int:
        """Let everything that an earlier version of the program read be read again; returns how many."""
        outdated = self.library.outdated()
        for document in outdated:
            path, file = self.library.incoming.open_new()
            with self.library.original(document.id).open("rb") as original:
                shutil.copyfileobj(original, file)
            self.library.incoming.take(path, file, document.source)
        self.worker.wake()
        return len(outdated)

    def retry(self, key: int) -> None:
        """Read a file that failed once more."""
        self.library.incoming.retry(key)
        self.worker.wake()

    def forget(self, key: int | None = None) -> None:
        """Drop one report (with a file that waits), or all of files that are done with."""
        if key is not None:
            self.library.incoming.file(key)
        self.library.incoming.forget(key)

    def work(self) -> Work:
        """What is being done now."""
        said: dict[str, Any] = self.library.incoming.said().get("worker", {})
        waiting, _ = self.library.incoming.waiting()
        state = str(said.get("state", "idle"))
        if not self.worker.busy():  # a killed process has the last word otherwise
            state = "idle" if state in ("reading", "indexing") else state
        elif state in ("idle", "failed"):
            state = "reading" if waiting else "indexing"  # about to begin
            said = {}
        return Work(
            state, str(said.get("message", "")), int(said.get("done", 0)), int(said.get("of", 0)), waiting
        )

    def correct(
        self, document_id: str, changes: Mapping[str, str | None], undo: Iterable[str] = ()
    ) -> Corrections:
        """Correct metadata by hand; see `Library.correct`."""
        if self.library.correct(document_id, changes, undo=undo):
            self.worker.wake()
        return self.library.corrections(document_id)

    def remove(self, document_id: str) -> None:
        """Take a document out; it can be restored."""
        self.library.remove(document_id)
        self.worker.wake()

    def restore(self, document_id: str) -> None:
        """Hold a removed document again."""
        self.library.restore(document_id)
        self.worker.wake()

    def removed(self) -> list[RemovedDocument]:
        """What can be restored."""
        return self.library.removed()

    def erase(self, document_id: str) -> None:
        """Delete a removed document for good. NotHeldError where it is not among the removed."""
        if document_id not in {removed.document.id for removed in self.library.removed()}:
            raise NotHeldError("Chỉ xóa hẳn được văn bản đã bỏ; hãy bỏ văn bản ra trước.")
        self.library.erase(document_id)

    def _document(self, file: IncomingFile) -> DocumentSummary | None:
        if file.document_id is None:
            return None
        try:
            return self.library.summary(file.document_id)
        except NotHeldError:  # removed since
            return None
