"""Passages worth ranking for a query, with the scores of every index for each of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.text import SYLLABLE, fold, nfc
from indexer.analysis import FIELDS, PLAIN_FIELDS, Analysis
from indexer.encoders import Encoder
from indexer.index import Index
from indexer.lexical import PLAIN_WEIGHTS, WEIGHTS
from indexer.vectors import Floats
from search_api.fuse import by_maximum, by_range
from search_api.trust import trust
from search_api.types import Query

__all__ = ["Asked", "beside_references", "find", "score"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query ready for the indexes."""

    query: Query
    analysis: Analysis
    vector: Floats | None
    """Of the query's text; None where only words are to be searched."""
    encoder: Encoder | None
    """The one that made it, to compare word with word."""
    allowed: frozenset[int] | None
    """Keys of the documents that the filters leave; None is all."""
    others: tuple[tuple["Asked", float], ...] = ()
    """What the query may mean as well, each with what its scores count (0…1)."""

    @property
    def plain(self) -> bool:
        """Without a single accent, typed or given back: only the accent-folded fields can be trusted."""
        rest = nfc(_beside(self.query, "reference", "filter", "abbreviation"))
        given = (step.understood for step in self.query.understandings if step.kind in ("accents", "slip"))
        return bool(SYLLABLE.search(rest)) and _bare(rest) and all(map(_bare, given))


def beside_references(query: Query) -> str:
    """What was typed besides the documents named and the conditions set."""
    return _beside(query, "reference", "filter")


def _beside(query: Query, *kinds: str) -> str:
    rest = query.typed
    for step in query.understandings:
        if step.kind == "slip":  # what is named further on may have been mended first
            rest = rest.replace(step.typed, step.understood, 1)
        elif step.kind in kinds:
            rest = rest.replace(step.typed, " ", 1)
    return rest


def _bare(text: str) -> bool:
    return fold(text) == text.lower()


def find(index: Index, asked: Asked, depth: int, weights: Mapping[str, float] = WEIGHTS) -> set[int]:
    """Keys of the `depth` best passages of each index for the query and for whatever else it may mean.

    `weights` are those of the lexical fields.
    """
    analysis, allowed = asked.analysis, asked.allowed
    weights = PLAIN_WEIGHTS if asked.plain else weights
    found = index.lexical(analysis, depth, documents=allowed, weights=weights)
    keys = {key for key, _ in found}
    if asked.vector is not None:
        keys.update(key for key, _ in index.dense(asked.vector, depth, documents=allowed))
    for phrase in asked.query.phrases:
        keys.update(key for key, _ in index.phrase(phrase, depth, documents=allowed))
    return keys.union(*(find(index, other, depth, weights) for other, _ in asked.others))


def score(
    index: Index, asked: Asked, keys: Collection[int], fields: Sequence[str] = FIELDS
) -> tuple[dict[str, dict[int, float]], float]:
    """Normalised scores (0…1) of the passages `keys` by part, and the trust in the lexical ones.

    A passage is worth what the meaning of the query that it answers best gives it.
    """
    parts, trusted = _score(index, asked, keys, fields)
    for other, weight in asked.others:
        found, trusted_there = _score(index, other, keys, fields)
        trusted = max(trusted, weight * trusted_there)
        for part, scores in found.items():
            best = parts.setdefault(part, {})
            for key, score_there in scores.items():
                best[key] = max(best.get(key, 0.0), weight * score_there)
    return parts, trusted


def _score(
    index: Index, asked: Asked, keys: Collection[int], fields: Sequence[str]
) -> tuple[dict[str, dict[int, float]], float]:
    """The same for one meaning."""
    if asked.plain:
        plain = index.lexical_scores(asked.analysis, keys, PLAIN_FIELDS)
        summed = {key: sum(scores.get(key, 0.0) for scores in plain.values()) for key in keys}
        return {"folded": by_maximum(list(summed.items()))}, 1.0
    raw = index.lexical_scores(asked.analysis, keys, fields)
    parts = {field: by_maximum(list(scores.items())) for field, scores in raw.items()}
    held = index.coverage(asked.analysis, keys)
    parts["held_words"], parts["held_bigrams"] = held["words"], held["bigrams"]
    if asked.vector is None:
        return parts, 1.0
    parts["dense"] = by_range(list(index.dense_scores(asked.vector, keys).items()))
    compared = asked.encoder and index.nearness(asked.analysis.words, asked.encoder, keys)
    if compared:
        parts["near"], parts["asked"] = (by_range(list(scores.items())) for scores in compared)
    return parts, trust(held)
