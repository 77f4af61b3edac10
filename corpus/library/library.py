"""The library: one directory that keeps every document with its original file.

`library.sqlite` is the truth, `originals/` holds the files as given, `index/` (the indexer's) can
always be rebuilt. Everything here may be called from several threads at once.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.errors import LibraryError
from corpus.library import filters, references, relations, rows, store
from corpus.library import named as by_number
from corpus.library import versions as by_version
from corpus.library.absent import no_document, no_passage
from corpus.library.caches import Cache
from corpus.library.database import Database
from corpus.library.incoming import Incoming
from corpus.library.learned import Learned, learned
from corpus.library.named import Mention
from corpus.library.pictures import Pictures
from corpus.library.stored import DocumentSummary, StoredPassage
from corpus.library.upkeep import Upkeep
from corpus.types import Citation, Document, PageReading

__all__ = ["Library"]


class Library(Upkeep):
    """An open library. Every method raises LibraryError where the library cannot be read or written."""

    def __init__(self, database: Database) -> None:
        """Use `Library.open`."""
        self._database = database
        self.analyses = Cache(database, "analyses")
        self.embeddings = Cache(database, "embeddings")
        self.incoming = Incoming(database)
        self.pictures = Pictures(database.directory)

    @classmethod
    def open(cls, directory: Path | str, *, create: bool = False) -> Self:
        """Open the library in `directory`; with `create` make an empty one where there is none.

        A library that may not be written opens for reading. LibraryError: nothing there, not a
        directory, not a library, damaged, or made by a newer version.
        """
        return cls(Database.open(Path(directory), create=create))

    @property
    def directory(self) -> Path:
        """Where the library lies."""
        return self._database.directory

    @property
    def writable(self) -> bool:
        """Whether documents can be added and removed."""
        return self._database.writable

    def close(self) -> None:
        """Let go of the files. Closing twice is harmless."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # in and out

    def add(self, document: Document, original: Path | bytes, *, reading_version: str | None = None) -> bool:
        """Keep a document and the bytes it was read from; False if this very reading is held already.

        The same file read by another `reading_version` (default: `corpus.understand`'s) replaces the
        reading held; passages with the same id and text keep their keys. A lost or altered original is
        put back. All or nothing, also when the process is killed. ReadError if `original` is not the
        file that was understood.
        """
        return store.add(self._database, document, original, reading_version or _reading_version())

    def holds(self, sha256: str, *, reading_version: str | None = None) -> bool:
        """Whether the file with this hash is held, as this version reads it, so that `add` can be spared."""
        query = "SELECT original FROM held WHERE sha256 = ? AND reading_version = ?"
        with self._database.read() as connection:
            row = connection.execute(query, (sha256, reading_version or _reading_version())).fetchone()
        return row is not None and (store.originals(self._database) / str(row[0])).is_file()

    # documents

    def document(self, document_id: str) -> Document:
        """The document as it was added. LibraryError if there is none of this id."""
        with self._database.read() as connection:
            row = connection.execute("SELECT key FROM held WHERE id = ?", (document_id,)).fetchone()
            if row is None:
                raise no_document(document_id)
            return rows.load_document(connection, row[0])

    def documents(self) -> list[DocumentSummary]:
        """All documents in the order they came in."""
        with self._database.read() as connection:
            return [rows.summary(row) for row in connection.execute(f"{rows.SUMMARIES} ORDER BY key")]

    def summary(self, document_id: str) -> DocumentSummary:
        """One document without its text. LibraryError if there is none of this id."""
        with self._database.read() as connection:
            row = connection.execute(f"{rows.SUMMARIES} WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise no_document(document_id)
        return rows.summary(row)

    def lacking(self, most: int) -> tuple[list[DocumentSummary], int]:
        """Documents without kind, number, date, issuer or title, last added first, at most so many; and
        how many there are in all.
        """
        looked_for = ("kind", "number_folded", "date_min", "issuer", "title_folded")
        where = " OR ".join(f"{column} IS NULL" for column in looked_for)
        with self._database.read() as connection:
            query = f"{rows.SUMMARIES} WHERE {where} ORDER BY key DESC LIMIT ?"
            found = [rows.summary(row) for row in connection.execute(query, (most,))]
            [(count,)] = connection.execute(f"SELECT count(*) FROM held WHERE {where}")  # noqa: S608 - ours
        return found, int(count)

    def keys(self, ids: Iterable[str] | None = None) -> dict[str, int]:
        """Row keys of held documents by id: of all, or of those in `ids` that are held."""
        with self._database.read() as connection:
            if ids is None:
                return dict(connection.execute("SELECT id, key FROM held"))
            query = "SELECT id, key FROM held WHERE id IN (SELECT value FROM json_each(?))"
            return dict(connection.execute(query, (rows.to_json(list(ids)),)))

    def resolve(self, reference: str) -> str:
        """Id of the document that a user means.

        By id or its first characters (at least 4), number ("04-ct/tw", "Chỉ thị 04-CT/TW"), file name
        with or without suffix, or a part of the title; case and accents do not matter. Of several versions
        with one number the newest is meant. LibraryError
        with advice if there is none, or with up to five candidates if there are several.
        """
        with self._database.read() as connection:
            return references.resolve(connection, reference)

    def original(self, document_id: str) -> Path:
        """The file as given, for reading only. LibraryError if there is no such document or no file."""
        with self._database.read() as connection:
            row = connection.execute("SELECT original FROM held WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise no_document(document_id)
        path = store.originals(self._database) / str(row[0])
        if not path.is_file():
            raise LibraryError(f"Thư viện bị mất tệp gốc của văn bản {document_id}; hãy nạp lại tệp đó.")
        return path

    # passages

    def passages(self, keys: Iterable[int]) -> dict[int, StoredPassage]:
        """The passages of these keys, in this order; keys that are no longer held are left out."""
        wanted = [int(key) for key in keys]
        with self._database.read() as connection:
            query = f"{rows.STORED_PASSAGES} WHERE p.key IN (SELECT value FROM json_each(?))"  # noqa: S608 - ours
            found = {row[0]: row for row in connection.execute(query, (rows.to_json(wanted),))}
        return {key: rows.stored_passage(found[key]) for key in wanted if key in found}

    def passages_of(self, document_id: str) -> list[StoredPassage]:
        """The passages of a document in reading order. LibraryError if there is none of this id."""
        with self._database.read() as connection:
            row = connection.execute("SELECT key FROM held WHERE id = ?", (document_id,)).fetchone()
            if row is None:
                raise no_document(document_id)
            query = f"{rows.STORED_PASSAGES} WHERE p.document = ? ORDER BY p.ordinal"
            return [rows.stored_passage(row) for row in connection.execute(query, row)]

    def passage(self, passage_id: str) -> StoredPassage:
        """The passage of this id. LibraryError if there is none."""
        with self._database.read() as connection:
            row = connection.execute(f"{rows.STORED_PASSAGES} WHERE p.id = ?", (passage_id,)).fetchone()
        if row is None:
            raise no_passage(passage_id)
        return rows.stored_passage(row)

    def page_readings(self, document_id: str) -> dict[int, PageReading]:
        """How each page of a document was read, by its number; empty where that is not known."""
        with self._database.read() as connection:
            query = "SELECT page_readings FROM held WHERE id = ?"
            row = connection.execute(query, (document_id,)).fetchone()
        return {reading.page: reading for reading in rows.load_page_readings(row[0])} if row else {}

    # filters

    def select(
        self,
        kinds: Sequence[str] = (),
        issuers: Sequence[str] = (),
        date_from: str | None = None,
        date_to: str | None = None,
        documents: Sequence[str] = (),
    ) -> frozenset[int] | None:
        """Keys of the documents that fulfil all conditions, None where there is no condition.

        Several values of one condition mean either. Kinds and issuers are compared without case and
        accents; `documents` are ids. Dates are ISO and may be partial (2026-05), on both sides: a
        document fits if its date may lie in the range; one without a date does not. LibraryError for
        a text that is no date.
        """
        with self._database.read() as connection:
            return filters.select(
                connection,
                kinds=kinds,
                issuers=issuers,
                date_from=date_from,
                date_to=date_to,
                documents=documents,
            )

    def facets(self, keys: Iterable[int] | None = None) -> dict[str, dict[str, int]]:
        """How many of the documents `keys` (None: all) have each "kind", "issuer" and "year", most first."""
        with self._database.read() as connection:
            return filters.facets(connection, keys)

    def headings(self) -> list[tuple[str, int]]:
        """Titles of headings, each once, with the number of documents that have it, most used first."""
        with self._database.read() as connection:
            return filters.headings(connection)

    def contents(self) -> dict[str, str]:
        """Document id → content key, which changes exactly when the document must be indexed again."""
        with self._database.read() as connection:
            return dict(connection.execute("SELECT id, content_key FROM held ORDER BY key"))

    # citations

    def cites(self, document_id: str) -> list[tuple[Citation, DocumentSummary | None]]:
        """What a document cites, in its order, each with the held document meant, if that is clear."""
        citing = self.summary(document_id)
        with self._database.read() as connection:
            return relations.cites(connection, citing)

    def cited_by(self, document_id: str) -> list[tuple[Citation, DocumentSummary]]:
        """Who cites a document: the citation as it stands in the citing document, and that document."""
        cited = self.summary(document_id)
        with self._database.read() as connection:
            return relations.cited_by(connection, cited)

    def candidates(self, citation: Citation) -> list[DocumentSummary]:
        """Held documents that a citation may mean; several where number, kind, date, issuer leave it open."""
        with self._database.read() as connection:
            return relations.candidates(connection, citation)

    def named(self, kind: str | None, number: str, *, full: bool) -> list[DocumentSummary]:
        """Held documents with a number, newest first; `number` is folded as by `fold_number`.

        Where not `full`, it is only the digits in front ('80', '74/2025') of a document of that kind.
        """
        with self._database.read() as connection:
            return by_number.named(connection, kind, number, full=full)

    def mentions(self, kind: str | None, number: str, *, full: bool) -> list[Mention]:
        """Where held documents cite the document with a number, held or not; arguments as for `named`."""
        with self._database.read() as connection:
            return by_number.mentions(connection, kind, number, full=full)

    def versions(self, document_id: str) -> list[DocumentSummary]:
        """All held versions of a document, itself among them, newest first; see `corpus.library.versions`."""
        document = self.summary(document_id)
        with self._database.read() as connection:
            return by_version.versions(connection, document)

    def superseded(self) -> dict[str, str]:
        """Id of every document of which a newer version is held → id of the newest."""
        with self._database.read() as connection:
            return by_version.superseded(connection)

    def learned(self) -> Learned:
        """Abbreviations that the documents define and bodies that they name; learned once per state."""
        return learned(self._database, self.analyses)


def _reading_version() -> str:
    from corpus.understand import READING_VERSION

    return READING_VERSION
