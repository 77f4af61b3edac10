"""A search engine that finds by shared syllables: enough to drive the pages, nothing to wait for."""

from dataclasses import dataclass, replace
from pathlib import Path

from corpus.library import Library, StoredPassage
from corpus.text import SYLLABLE, fold
from search_api.group import facets, group
from search_api.settings import Settings
from search_api.types import Filters, Hit, Query, Response, Understanding


@dataclass
class FakeEngine:
    """Stands in for `search_api.engine.Engine`."""

    library: Library
    settings: Settings
    crash: Exception | None = None
    """Raised by the next searches where set."""

    def ask(
        self, typed: str, *, k: int = 10, filters: Filters | None = None, literal: bool = False
    ) -> Response:
        return self.search(self.understand(typed, filters=filters, literal=literal), k)

    def passage(self, passage_id: str) -> StoredPassage:
        return self.library.passage(passage_id)

    def generation(self) -> str:
        return "fake"

    def check_filters(self, filters: Filters) -> None:
        pass

    def understand(self, typed: str, *, filters: Filters | None = None, literal: bool = False) -> Query:
        text = typed.replace("sgd", "Sở Giáo dục")
        read = (Understanding("abbreviation", "sgd", "Sở Giáo dục"),) if text != typed else ()
        if literal:
            text, read = typed, ()
        return Query(typed, text, literal, filters=filters or Filters(), understandings=read)

    def search(self, query: Query, k: int = 10) -> Response:
        if self.crash:
            raise self.crash
        wanted = set(SYLLABLE.findall(fold(query.text)))
        f = query.filters
        keys = self.library.select(f.kinds, f.issuers, f.date_from, f.date_to, f.documents)
        scored: list[tuple[float, StoredPassage]] = []
        found = []
        for summary in self.library.documents():
            if keys is not None and summary.key not in keys:
                continue
            found.append(summary)
            for stored in self.library.passages_of(summary.id):
                said = set(SYLLABLE.findall(fold(" ".join((*stored.section_path, stored.passage.text)))))
                if shared := len(wanted & said):
                    scored.append((shared / len(wanted), stored))
        scored.sort(key=lambda pair: -pair[0])
        hits = [self._hit(rank, score, stored, wanted) for rank, (score, stored) in enumerate(scored[:k], 1)]
        ids = {stored.document_id for _, stored in scored}
        return Response(query, tuple(hits), group(hits), facets(d for d in found if d.id in ids), 1.5, "fake")

    def _hit(self, rank: int, score: float, stored: StoredPassage, wanted: set[str]) -> Hit:
        spans = [m.span() for m in SYLLABLE.finditer(fold(stored.passage.text)) if m.group() in wanted]
        return Hit(rank, score, stored, self.library.summary(stored.document_id), tuple(spans))

    def close(self) -> None:
        self.library.close()


def fake_engine(library: Library) -> FakeEngine:
    return FakeEngine(library, replace(Settings(), library=Path(library.directory)))
