"""The way out: a query understood → candidates → fused → hits → groups and facets."""

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Self

from corpus.errors import TracuuError
from corpus.library import Library, StoredPassage
from corpus.text import SYLLABLE
from indexer.analysis import FIELDS, analyse
from indexer.encoders import Encoder, load_encoder
from indexer.index import Index
from indexer.lexical import WEIGHTS
from search_api import candidates
from search_api.candidates import Asked
from search_api.exact import narrow
from search_api.filters import check_filters, problems
from search_api.group import facets, group
from search_api.headings import heading_scores, query_weights
from search_api.highlight import Highlighter
from search_api.named import as_passage, first, named
from search_api.newest import older_of
from search_api.query import Knowledge, parse
from search_api.ranking import Scored, rank
from search_api.session import Session, Sessions
from search_api.settings import Settings
from search_api.suggest import Suggestion, complete
from search_api.types import Facet, Filters, Hit, Query, Response

__all__ = ["MOST_READINGS", "Engine"]

_FOUND = 0.4
"""A document counts as found if its best passage has this share of the best score of all."""


MOST_READINGS = 4
"""Other meanings of a query that are searched: each takes as long as the query itself."""


class Engine:
    """A library, its index and its encoder, open for searching. Thread-safe."""

    def __init__(self, library: Library, settings: Settings, encoder: Encoder | None = None) -> None:
        """`encoder` is loaded when first needed unless given. The engine closes `library`."""
        self.library = library
        self.settings = settings
        self._sessions = Sessions(library)
        self._encoder = encoder
        self._loading = threading.Lock()

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the library that `settings` names; LibraryError where there is none.

        An index is only needed when something is searched.
        """
        return cls(Library.open(settings.library), settings)

    def close(self) -> None:
        """Let go of the index and the library."""
        self._sessions.close()
        self.library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Load now what the first query or key would wait for: segmenter, encoder, index. Never raises."""
        with suppress(TracuuError):
            self.ask("tra cứu", k=1)
            self.suggest("tra")

    def understand(self, typed: str, *, filters: Filters | None = None, literal: bool = False) -> Query:
        """Read a typed query: what to search, what was understood. Never raises."""
        return parse(
            typed,
            knowledge=self._knowledge(),
            filters=filters,
            literal=literal,
            without=self.settings.without,
        )

    def _knowledge(self) -> Knowledge:
        """What the newest generation knows; nothing where there is no sound index."""
        try:
            with self._sessions.use() as session:
                return session.knowledge
        except TracuuError:
            return Knowledge()

    def check_filters(self, filters: Filters) -> None:
        """NotHeldError, naming the values there are, where a filter asks for one that no document has."""
        check_filters(self.library, filters)

    def generation(self) -> str:
        """Name of the index generation that answers now. LibraryError where there is no sound index."""
        with self._sessions.use() as session:
            return session.index.generation

    def passage(self, passage_id: str) -> StoredPassage:
        """A passage, or a heading found as one, by the id of a hit. NotHeldError if there is none."""
        document_id, _, ordinal = passage_id.rpartition(".s")
        if document_id and ordinal.isdecimal() and ordinal.isascii():
            document = self.library.document(document_id)
            if len(ordinal) < 7 and int(ordinal) < len(document.sections):
                section = document.sections[int(ordinal)]
                return as_passage(document_id, section, document.path(section.ordinal))
        return self.library.passage(passage_id)

    def ask(
        self, typed: str, *, k: int = 10, filters: Filters | None = None, literal: bool = False
    ) -> Response:
        """`understand`, then `search`."""
        return self.search(self.understand(typed, filters=filters, literal=literal), k)

    def search(self, query: Query, k: int = 10) -> Response:
        """The `k` best passages for `query`, their groups, and facets over the documents found.

        LibraryError where there is no index or it is damaged.
        """
        started = time.perf_counter()
        with self._sessions.use() as session:
            notices = problems(self.library, query.filters)
            if not SYLLABLE.search(query.text):
                notices.append("Chưa có gì để tìm: hãy nhập vài từ, ví dụ: nhiệm vụ của Sở Giáo dục.")
            hits: list[Hit] = []
            found: tuple[Facet, ...] = ()
            if not notices:
                asked = self._prepare(session, query, notices)
                hits, found = self._rank(session, asked, k)
                if asked.allowed is not None and not asked.allowed:
                    notices.append("Không có văn bản nào thỏa mọi điều kiện lọc; hãy bỏ bớt điều kiện.")
            notices += query.notices
            return Response(
                query=query,
                hits=tuple(hits),
                groups=group(hits),
                facets=found,
                took_ms=(time.perf_counter() - started) * 1000,
                generation=session.index.generation,
                notices=tuple(notices),
                older=older_of(hits, session.versions.newest, query.filters),
            )

    def suggest(self, typed: str, limit: int = 8) -> list[Suggestion]:
        """What somebody who has typed so far may mean, the likeliest first.

        Where too little begins so, what was typed is read as a query is: accents, slips, short forms.
        LibraryError where there is no index or it is damaged.
        """
        with self._sessions.use() as session:
            return complete(session.suggestions, session.knowledge, typed, limit)

    def score(self, query: Query) -> Scored:
        """All candidates for `query` with the scores that are to be fused, for those who weigh them.

        `rank` of these with the engine's weights is the order in which `search` gives its passages.
        """
        if not SYLLABLE.search(query.text):
            return Scored({}, {}, 1.0, ())
        with self._sessions.use() as session:
            return self._score(session, self._prepare(session, query, []), self.settings.candidates)

    def _prepare(self, session: Session, query: Query, notices: list[str]) -> Asked:
        """Analyse and encode the query and turn its filters into documents."""
        chosen = query.filters
        allowed = self.library.select(
            chosen.kinds, chosen.issuers, chosen.date_from, chosen.date_to, chosen.documents
        )
        allowed = session.versions.allowed(allowed, chosen)
        encoder = self._encoder_of(session, notices) if self.settings.weights.encoded else None
        asked = _asked(query, allowed, encoder)
        others = (
            (replace(query, typed=reading.text, text=reading.text, understandings=()), reading.weight)
            for reading in query.readings[:MOST_READINGS]
        )
        return replace(
            asked, others=tuple((_asked(other, allowed, encoder), weight) for other, weight in others)
        )

    def _encoder_of(self, session: Session, notices: list[str]) -> Encoder | None:
        with self._loading:
            if self._encoder is None:
                self._encoder = load_encoder(self.settings.model)
        if self._encoder.key == session.index.model_key:
            return self._encoder
        notices.append(
            "Chỉ mục được dựng bằng mô hình khác nên chỉ tìm theo từ ngữ; "
            "hãy chạy `tracuu rebuild` với mô hình đang dùng."
        )
        return None

    def _rank(self, session: Session, asked: Asked, k: int) -> tuple[list[Hit], tuple[Facet, ...]]:
        """Candidates of all indexes, scored, fused and cut to the `k` best."""
        scored = self._score(session, asked, max(self.settings.candidates, k))
        order, fused = rank(scored, self.settings.weights)
        stored = scored.stored
        highlighter = Highlighter(asked)
        found = (_hit(session, highlighter, stored[key], fused[key], scored.parts) for key in order[:k])
        hits = [hit for hit in found if hit is not None]
        hits = [*scored.first, *hits][:k]
        return (
            [replace(hit, rank=rank) for rank, hit in enumerate(hits, start=1)],
            self._facets(session, order, stored, fused),
        )

    def _score(self, session: Session, asked: Asked, depth: int) -> Scored:
        """Candidates of all indexes with the scores of every part."""
        index, weights = session.index, self.settings.weights
        lane = named(self.library, asked.query, asked.allowed)
        find_by = WEIGHTS if self.settings.find_by is None else self.settings.find_by
        keys = candidates.find(index, asked, depth, find_by) | lane.scores.keys()
        before = first(lane, asked)
        keys -= {hit.stored.key for hit in before}
        stored = narrow(self.library.passages(keys), asked.query)
        scored_on = (*FIELDS, "syllables") if weights.syllables > 0 else FIELDS
        parts, trusted = candidates.score(index, asked, stored.keys(), scored_on)
        parts["headings"] = _heading_scores(index, asked, stored)
        parts.setdefault("asked", parts["headings"])  # the encoder does not know single words
        parts["references"] = {key: score for key, score in lane.scores.items() if key in stored}
        return Scored(stored, parts, trusted, tuple(before))

    def _facets(
        self,
        session: Session,
        order: list[int],
        stored: Mapping[int, StoredPassage],
        fused: Mapping[int, float],
    ) -> tuple[Facet, ...]:
        """Counts over the documents with a passage not far below the best one."""
        least = fused[order[0]] * _FOUND if order else 0.0
        ids = dict.fromkeys(stored[key].document_id for key in order if fused[key] >= least)
        return facets(document for document_id in ids if (document := session.held(document_id)))


def _heading_scores(index: Index, asked: Asked, stored: Mapping[int, StoredPassage]) -> dict[int, float]:
    """What the headings above each passage hold of the query, by the meaning that they answer best."""
    best: dict[int, float] = {}
    for one, weight in ((asked, 1.0), *asked.others):
        for key, score in heading_scores(stored, query_weights(index, one), plain=one.plain).items():
            best[key] = max(best.get(key, 0.0), weight * score)
    return best


def _asked(query: Query, allowed: frozenset[int] | None, encoder: Encoder | None) -> Asked:
    """One meaning of a query, analysed and encoded; without accents only its words are searched."""
    asked = Asked(query, analyse(query.text), None, None, allowed)
    if encoder is None or asked.plain:
        return asked
    vector = encoder.encode_queries([query.text], [asked.analysis.words])[0]
    return replace(asked, vector=vector, encoder=encoder)


def _hit(
    session: Session,
    highlighter: Highlighter,
    stored: StoredPassage,
    score: float,
    parts: Mapping[str, Mapping[int, float]],
) -> Hit | None:
    """One passage found; None where its document was removed a moment ago."""
    document = session.held(stored.document_id)
    if document is None:
        return None
    return Hit(
        rank=0,
        score=score,
        stored=stored,
        document=document,
        highlights=highlighter.spans(stored.passage.text),
        newer=session.versions.newest.get(stored.document_id),
        parts={name: round(scores[stored.key], 4) for name, scores in parts.items() if stored.key in scores},
    )
