"""Candidates with the scores of every part, and the one order that weights make of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from corpus.library import StoredPassage
from search_api.candidates import LEXICAL_PARTS
from search_api.fuse import best_first, fuse
from search_api.settings import Weights
from search_api.types import Hit

__all__ = ["Scored", "rank", "reads_as"]

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
    """What the weights of the lexical parts are multiplied by."""
    first: tuple[Hit, ...]
    """What stands before all of them: the opening of a document asked for, headings that name it."""


def rank(scored: Scored, weights: Weights) -> tuple[list[int], dict[int, float]]:
    """Keys of the passages, best first and each text of a document once; and all fused scores."""
    chosen = {field.name: getattr(weights, field.name) for field in fields(weights)}
    chosen |= {part: chosen[part] * scored.trusted for part in LEXICAL_PARTS}
    fused = fuse(scored.parts, chosen)
    return _without_repeats(best_first(fused), scored.stored), fused


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
