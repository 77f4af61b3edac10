"""What is done to a library beside reading it: taking out and putting back, correcting, checking."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from corpus.library import corrections as by_hand
from corpus.library import integrity, rows, store
from corpus.library import versions as by_version
from corpus.library.absent import no_document, no_removed
from corpus.library.corrections import Corrections
from corpus.library.database import Database
from corpus.library.pictures import Pictures
from corpus.library.stored import DocumentSummary, RemovedDocument

__all__ = ["Upkeep"]


class Upkeep:
    """The part of `Library` that administrators need."""

    pictures: Pictures
    _database: Database

    # out and back in

    def remove(self, document_id: str) -> None:
        """Take a document out of the library; it can be restored until it is erased.

        LibraryError if there is none of this id.
        """
        with self._database.read() as connection:
            row = connection.execute("SELECT key FROM held WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise no_document(document_id)
        store.remove(self._database, row[0])

    def removed(self) -> list[RemovedDocument]:
        """Documents removed and not erased, last removed first."""
        with self._database.read() as connection:
            query = f"{rows.ALL_SUMMARIES} WHERE removed IS NOT NULL ORDER BY removed DESC, key DESC"
            times = dict(connection.execute("SELECT key, removed FROM documents WHERE removed IS NOT NULL"))
            found = [rows.summary(row) for row in connection.execute(query)]
        return [RemovedDocument(document, times[document.key]) for document in found]

    def restore(self, document_id: str) -> None:
        """Hold a removed document again, as it was. NotHeldError if there is no removed one of this id."""
        if not store.restore(self._database, document_id):
            raise no_removed(document_id)

    def erase(self, document_id: str) -> None:
        """Delete a document, held or removed, with its original and corrections: it cannot come back.

        NotHeldError if there is none of this id.
        """
        with self._database.read() as connection:
            row = connection.execute("SELECT key FROM documents WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise no_removed(document_id)
        store.erase(self._database, row[0])
        self.pictures.forget(document_id)

    def arrived(self, path: Path, sha256: str) -> None:
        """Note that a path holds this file now: what it held before may be an older version of it."""
        # Links stay as they were given; a name may hold bytes that are no text.
        name = os.path.abspath(path).encode("utf-8", "backslashreplace").decode()  # noqa: PTH100
        with self._database.read() as connection:
            if by_version.known(connection, name, sha256):
                return
        with self._database.write() as connection:
            by_version.arrived(connection, name, sha256)

    def outdated(self, *, reading_version: str | None = None) -> list[DocumentSummary]:
        """Documents that were read by another version of the program than this one."""
        from corpus.understand import READING_VERSION

        with self._database.read() as connection:
            query = f"{rows.SUMMARIES} WHERE reading_version <> ? ORDER BY key"
            found = connection.execute(query, (reading_version or READING_VERSION,))
            return [rows.summary(row) for row in found]

    # metadata by hand

    def corrections(self, document_id: str) -> Corrections:
        """What was read from a document and what was corrected by hand. NotHeldError if there is none."""
        return by_hand.corrections(self._database, document_id)

    def correct(
        self, document_id: str, changes: Mapping[str, str | None], *, undo: Iterable[str] = ()
    ) -> bool:
        """Correct metadata by hand (None: the document has none), undo earlier corrections of fields.

        Corrections belong to the file and outlive every new reading of it. Returns whether anything
        changed; the index must then follow. CorrectionError for a value that cannot be.
        """
        return by_hand.correct(self._database, document_id, changes, undo)

    # care

    def check(self) -> list[str]:
        """Problems of the library in plain Vietnamese; empty where all is well. Reads every original."""
        return integrity.problems(self._database)

    def orphans(self) -> list[str]:
        """Files below `originals/` that no document, held or removed, refers to."""
        return store.orphans(self._database)

    def strays(self) -> list[Path]:
        """Whole files below `originals/` that no document refers to: a crash, or a database put back from
        a backup, left them behind. They can be added again.
        """
        names = [name for name in store.orphans(self._database) if store.is_whole(self._database, name)]
        return [store.originals(self._database) / name for name in names]

    def sweep(self, *, broken_only: bool = False) -> int:
        """Delete files below `originals/` that no document refers to (left by a crash); returns how many.

        With `broken_only` the `strays` stay.
        """
        return store.sweep(self._database, broken_only=broken_only)
