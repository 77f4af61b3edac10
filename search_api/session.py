"""The published index, opened anew when a newer generation is published."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import NotHeldError
from corpus.library import DocumentSummary, Library
from indexer.index import Index
from search_api.newest import Versions
from search_api.query import Knowledge, know
from search_api.suggest import Suggestions

__all__ = ["Session", "Sessions"]


class Session:
    """One generation with the document summaries already read beside it."""

    def __init__(self, index: Index, library: Library) -> None:
        self.index = index
        self.users = 0
        self._library = library
        self._knowledge: Knowledge | None = None
        self._versions: Versions | None = None
        self._suggestions: Suggestions | None = None
        self._summaries: dict[str, DocumentSummary] = {}

    @property
    def versions(self) -> Versions:
        """Which documents are older versions of others, looked up when first asked for."""
        if self._versions is None:
            self._versions = Versions(self._library)
        return self._versions

    @property
    def knowledge(self) -> Knowledge:
        """What library and index know, learned when first asked for."""
        if self._knowledge is None:
            self._knowledge = know(self._library, self.index)
        return self._knowledge

    @property
    def suggestions(self) -> Suggestions:
        """What can be suggested while somebody types, gathered when first asked for."""
        if self._suggestions is None:
            self._suggestions = Suggestions.of(self._library, self.index)
        return self._suggestions

    def summary(self, document_id: str) -> DocumentSummary:
        """The document's summary; metadata never changes within a generation."""
        found = self._summaries.get(document_id)
        if found is None:
            found = self._summaries[document_id] = self._library.summary(document_id)
        return found

    def held(self, document_id: str) -> DocumentSummary | None:
        """The document's summary, None where it was removed since the passage was found."""
        try:
            return self.summary(document_id)
        except NotHeldError:
            return None


class Sessions:
    """Hands out the session of the newest generation; an older one closes after its last user."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._newest: Session | None = None

    @contextmanager
    def use(self) -> Iterator[Session]:
        """A session that stays readable within the block. LibraryError where there is no sound index."""
        session = self._enter()
        try:
            yield session
        finally:
            self._leave(session)

    def close(self) -> None:
        """Close what nobody uses; the rest closes after its last user."""
        with self._lock:
            self._retire()

    def _enter(self) -> Session:
        directory: Path = self._library.directory
        published = Index.published(directory)
        with self._lock:
            if self._newest is None or self._newest.index.generation != published:
                # Opened before the old one is given up: if it is damaged, the old one goes on answering.
                newer = Session(Index.open(directory), self._library)
                self._retire()
                self._newest = newer
            self._newest.users += 1
            return self._newest

    def _leave(self, session: Session) -> None:
        with self._lock:
            session.users -= 1
            if session is not self._newest and session.users == 0:
                session.index.close()

    def _retire(self) -> None:
        if self._newest is not None and self._newest.users == 0:
            self._newest.index.close()
        self._newest = None
