"""Candidates with the scores of every part, and the one order that weights make of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from corpus.library import StoredPassage
from search_api.fuse import best_first, fuse
from search_api.settings import Weights
from search_api.types import Hit

__all__ = ["Scored", "counting", "rank", "reads_as"]

_WORDS = ("words", "bigrams", "folded", "held_words", "held_bigrams", "asked")
"""Parts that count as far as the words of the query can be trusted to find what it means."""
_MEANING = ("dense", "near")
"""Parts that count the more, the less its words can be trusted."""

_FIRST = 12
"""Words that passages must share at their beginning to be compared further."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What is ranked for one query."""

    stored: Mapping[int, StoredPassage]
    """The candidates by passage key."""
    parts: Mapping[str, Mapping[int, float]]
    """Part (a field of `Weights`) → passage key → score 0…1; not matched is left out."""
    trusted: float
    """How far the words of the query can be trusted to find what it means, 0…1 (`search_api.trust`)."""
    first: tuple[Hit, ...]
    """What stands before all of them: the opening of a document asked for, headings that name it."""


def rank(scored: Scored, weights: Weights) -> tuple[list[int], dict[int, float]]:
    """Keys of the passages, best first and each text of a document once; and all fused scores."""
    chosen = {field.name: getattr(weights, field.name) for field in fields(weights)}
    fused = fuse(scored.parts, counting(chosen, scored.trusted))
    return _without_repeats(best_first(fused), scored.stored), fused


def counting(weights: Mapping[str, float], trusted: float) -> dict[str, float]:
    """What each part counts where words can be trusted so far (0…1): what they lose, meaning gains."""
    factors = dict.fromkeys(_WORDS, trusted) | dict.fromkeys(_MEANING, 2.0 - trusted)
    return {part: weight * factors.get(part, 1.0) for part, weight in weights.items()}


def reads_as(stored: StoredPassage) -> tuple[str, str]:
    """What passages have in common that read the same within one document."""
    return stored.document_id, " ".join(stored.passage.text.split())


def _without_repeats(order: list[int], stored: Mapping[int, StoredPassage]) -> list[int]:
    """The best of passages that read the same within one document; other documents keep theirs."""
    alike: dict[tuple[str, ...], list[int]] = {}
    kept = []
    for key in order:
        # Whole texts are compared only where they begin alike: articles run to many pages.
        beginning = (stored[key].document_id, *stored[key].passage.text.split(None, _FIRST)[:_FIRST])
        others = alike.setdefault(beginning, [])
        if not others or reads_as(stored[key]) not in {reads_as(stored[other]) for other in others}:
            others.append(key)
            kept.append(key)
    return kept
