"""The lexical index: BM25 by tantivy over pre-tokenised fields.

Queries are built term by term, never parsed, so that nothing a user types is syntax. Segment files
never change once written: a new generation starts from hard links to those of the last.
"""

import math
import os
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from indexer.analysis import FIELDS, INDEXED, PLAIN_FIELDS, Analysis

__all__ = ["PLAIN_WEIGHTS", "WEIGHTS", "LexicalIndex", "LexicalWriter", "Ranked"]

Ranked = list[tuple[int, float]]
"""Passage key and score, best first; equal scores in the order of keys."""

WEIGHTS: Mapping[str, float] = {"words": 1.0, "bigrams": 1.0, "folded": 0.2}
"""How much each field's BM25 counts where the caller does not say."""

PLAIN_WEIGHTS: Mapping[str, float] = dict.fromkeys(PLAIN_FIELDS, 1.0)
"""The same for a query typed without accents."""

_MOST_TERMS = 64
"""Distinct terms of one field that a query is scored on: the rarest; a pasted page has thousands."""
_WRITER_MEMORY = 64_000_000
_PHRASE_FIELD = "syllables"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True, fast=True)
    for field in INDEXED:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(_PHRASE_FIELD, tokenizer_name="whitespace", index_option="position")
    return builder.build()


class LexicalWriter:
    """Adds and removes passages in the index directory of a generation being built.

    One thread writes: the same passages in the same order give the same index.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        index = tantivy.Index(self._schema, str(directory))
        index.config_reader("manual")  # else a thread watches the directory
        self._writer = index.writer(_WRITER_MEMORY, 1)

    def add(self, key: int, document: int, parts: Iterable[Analysis], text: Analysis) -> None:
        """Index a passage: `parts` is all it is found by, `text` its own words, for exact phrases."""
        parts = list(parts)
        entry = tantivy.Document()
        entry.add_unsigned("key", key)
        entry.add_unsigned("document", document)
        for field in INDEXED:
            entry.add_text(field, " ".join(token for part in parts for token in getattr(part, field)))
        entry.add_text(_PHRASE_FIELD, " ".join(text.syllables))
        self._writer.add_document(entry)

    def remove(self, documents: Iterable[int]) -> None:
        """Remove every passage of the documents with these keys."""
        for document in documents:
            # By query: `delete_documents_by_term` takes an int for a signed one and finds nothing.
            self._writer.delete_documents_by_query(Query.term_query(self._schema, "document", document))

    def commit(self) -> None:
        """Write everything and wait until the files are settled. The writer is spent after it."""
        self._writer.commit()
        self._writer.wait_merging_threads()


class LexicalIndex:
    """A lexical index open for searching. Thread-safe; scores are tantivy's BM25 (k1 1.2, b .75)."""

    def __init__(self, directory: Path) -> None:
        with _lockable(directory) as place:
            index = tantivy.Index.open(str(place))
            index.config_reader("manual")  # a generation never changes: nothing to watch for
            index.reload()
            self._schema = index.schema
            self._searcher = index.searcher()

    @property
    def size(self) -> int:
        """Number of passages."""
        count: int = self._searcher.num_docs
        return count

    def search(
        self,
        analysis: Analysis,
        k: int,
        *,
        documents: Collection[int] | None = None,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> Ranked:
        """The `k` best passages by the weighted sum of the fields' scores; only those that match.

        Any scored field may have a weight, and "syllables": the passage's own words as written.
        """
        terms = [term for field, weight in weights.items() for term in self._terms(analysis, field, weight)]
        return self._ranked(Query.boolean_query(terms), k, documents) if terms else []

    def scores(
        self, analysis: Analysis, keys: Collection[int], fields: Sequence[str] = FIELDS
    ) -> dict[str, dict[int, float]]:
        """Each field's own score for each of the passages `keys`; those it does not match are left out."""
        found: dict[str, dict[int, float]] = {field: {} for field in fields}
        if not keys:
            return found
        among = self._among("key", keys)
        for field in fields:
            if terms := self._terms(analysis, field, 1.0):
                query = Query.boolean_query([(Occur.Must, Query.boolean_query(terms)), (Occur.Must, among)])
                found[field] = dict(self._ranked(query, len(keys), None))
        return found

    def coverage(self, analysis: Analysis, keys: Collection[int]) -> dict[str, dict[int, float]]:
        """How much of the query each of the passages `keys` holds, by field: 0…1, 0 is left out.

        A query term counts by its rarity (BM25's idf), once, however often the passage has it and
        however long the passage is: that is what BM25 forgets when it favours short passages that
        repeat one word of the query.
        """
        found: dict[str, dict[int, float]] = {}
        among = self._among("key", keys) if keys else None
        for field in FIELDS:
            rarity = {token: self._rarity(field, token) for token in set(getattr(analysis, field))}
            rarest = sorted(rarity, key=lambda token: (-rarity[token], token))[:_MOST_TERMS]
            whole = sum(rarity[token] for token in rarest)
            held = [
                (Occur.Should, Query.const_score_query(self._term(field, token), rarity[token] / whole))
                for token in rarest
            ]
            found[field] = {}
            if held and among is not None:
                query = Query.boolean_query([(Occur.Must, Query.boolean_query(held)), (Occur.Must, among)])
                found[field] = dict(self._ranked(query, len(keys), None))
        return found

    def phrase(self, syllables: Sequence[str], k: int, *, documents: Collection[int] | None = None) -> Ranked:
        """Passages whose own text holds the syllables one after another, accents and all."""
        if not syllables:
            return []
        if len(syllables) == 1:
            query = Query.term_query(self._schema, _PHRASE_FIELD, syllables[0])
        else:
            query = Query.phrase_query(self._schema, _PHRASE_FIELD, list(syllables))
        return self._ranked(query, k, documents)

    def frequency(self, field: str, token: str) -> int:
        """Number of passages that hold `token` in `field`."""
        count: int = self._searcher.doc_freq(field, token)
        return count

    def terms(self, field: str, most: int) -> list[tuple[str, int]]:
        """The `most` tokens of a field that the most passages hold, with their number."""
        found: list[tuple[str, int]] = self._searcher.terms_with_prefix(field, "", limit=most)
        return found

    def _terms(self, analysis: Analysis, field: str, weight: float) -> list[tuple[Occur, Query]]:
        """The field's query terms, a repeated one weighted by how often it stands in the query."""
        if weight <= 0:
            return []
        counts = Counter(getattr(analysis, field))
        found: list[tuple[int, str]] = [
            (df, token) for token in counts if (df := self.frequency(field, token)) > 0
        ]
        return [
            (
                Occur.Should,
                Query.boost_query(self._term(field, token), weight * counts[token]),
            )
            for _, token in sorted(found)[:_MOST_TERMS]
        ]

    def _term(self, field: str, token: str) -> Query:
        return Query.term_query(self._schema, field, token, index_option="freq")

    def _rarity(self, field: str, token: str) -> float:
        held = self.frequency(field, token)
        return math.log(1 + (self.size - held + 0.5) / (held + 0.5))

    def _among(self, field: str, values: Collection[int]) -> Query:
        """A condition that adds nothing to the score."""
        return Query.const_score_query(Query.term_set_query(self._schema, field, list(values)), 0.0)

    def _ranked(self, query: Query, k: int, documents: Collection[int] | None) -> Ranked:
        limit = min(k, self.size)
        if limit <= 0 or (documents is not None and not documents):
            return []
        if documents is not None:
            query = Query.boolean_query(
                [(Occur.Must, query), (Occur.Must, self._among("document", documents))]
            )
        hits = self._searcher.search(query, limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        ranked = [(int(key), float(score)) for key, (score, _) in zip(keys, hits, strict=True)]  # type: ignore[arg-type]
        return sorted(ranked, key=lambda pair: (-pair[1], pair[0]))


@contextmanager
def _lockable(directory: Path) -> Iterator[Path]:
    """A place where tantivy can write the lock file it needs even to read.

    The directory itself, or where that may not be written, a temporary one of links into it; the
    files stay mapped when it is gone.
    """
    if os.access(directory, os.W_OK):
        yield directory
        return
    with tempfile.TemporaryDirectory(prefix="tracuu-") as temporary:
        for path in directory.iterdir():
            if path.suffix != ".lock":
                Path(temporary, path.name).symlink_to(path.absolute())
        yield Path(temporary)
