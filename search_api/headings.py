"""How well the headings above a passage answer the query.

Three bullets under "1.2. Chỉ đạo Sở Giáo dục và Đào tạo" answer a question about that department
though none of them names it, and better than a bullet of another section that merely mentions it.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from corpus.library import StoredPassage
from corpus.text import fold, syllables
from indexer.index import Index
from search_api.candidates import Asked
from search_api.rarity import rarity

__all__ = ["heading_scores", "query_weights"]

_PER_LEVEL = (1.0, 0.6, 0.3)
"""What a heading counts by its distance from the passage, innermost first; chosen on the dev plans."""


def query_weights(index: Index, asked: Asked) -> dict[str, float]:
    """Rarity of each word of the query (syllables joined by "_").

    A word that most passages hold ("nhiệm vụ", "của") weighs next to nothing; one that no passage
    holds weighs nothing, since nothing could match it. Without accents there are no words to be
    had: pairs of neighbouring syllables stand in, each as rare as its rarer one.
    """
    if not asked.plain:
        weights = {word: _weight(index, "words", word) for word in asked.analysis.words}
    else:
        folded = asked.analysis.folded
        single = {one: _weight(index, "folded", one) for one in folded}
        pairs = list(pairwise(folded)) or [(one, one) for one in folded]
        weights = {"_".join(dict.fromkeys(pair)): max(single[one] for one in pair) for pair in pairs}
    return {word: weight for word, weight in weights.items() if weight > 0}


def _weight(index: Index, field: str, token: str) -> float:
    return rarity(index, field, token) if index.frequency(field, token) else 0.0


def heading_scores(
    stored: Mapping[int, StoredPassage], weights: Mapping[str, float], *, plain: bool
) -> dict[int, float]:
    """For each passage, the share (0…1) of the query's weight that the headings above it hold."""
    whole = sum(weights.values())
    if whole <= 0:
        return {}
    known: dict[str, float] = {}  # many passages stand under few headings
    scores: dict[int, float] = {}
    for key, passage in stored.items():
        best = 0.0
        for heading, counts in zip(reversed(passage.section_path), _PER_LEVEL, strict=False):
            if heading not in known:
                known[heading] = _held(heading, weights, plain=plain) / whole
            best = max(best, counts * known[heading])
        if best:
            scores[key] = best
    return scores


def _held(heading: str, weights: Mapping[str, float], *, plain: bool) -> float:
    text = _joined(heading, plain)
    return sum(weight for word, weight in weights.items() if f"_{word}_" in text)


@lru_cache(8_192)
def _joined(heading: str, plain: bool) -> str:
    """The syllables of a heading as '_sở_giáo_dục_'; the same headings come with every query."""
    return "_" + "_".join(syllables(fold(heading) if plain else heading)) + "_"
