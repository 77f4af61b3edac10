"""How far the words of a query can be trusted to find what it means.

A passage that holds all of a query's words scores about the sum of their rarities. Where even the
best passage stays far below that ("bao giờ thành phố hết cảnh kẹt xe"), what matches are the words
that mean least, and dividing by the best score would make them look like an answer; there the
encoder should decide.
"""

from collections.abc import Mapping

from indexer.analysis import Analysis
from indexer.index import Index
from search_api.rarity import rarity

__all__ = ["trust"]

# Chosen on the development queries over the plans, where FULL .4-.6, CHANCE .2-.5 and SHARPNESS 2-4
# differ by less than .03; checked on XQuAD-vi and the legal code, where it changes nothing.
_FULL = 0.5
"""Share of the rarities from which words are trusted wholly."""
_CHANCE = 0.3
"""What common syllables share by chance in the folded field, which sees typing slips through."""
_SHARPNESS = 3


def trust(index: Index, analysis: Analysis, raw: Mapping[str, Mapping[int, float]]) -> float:
    """Between 0 and 1: what the weights of the lexical fields are to be multiplied by.

    `raw` holds the BM25 scores of the candidates per field.
    """
    words = _best_share(index, "words", analysis.words, raw)
    folded = _best_share(index, "folded", analysis.folded, raw) - _CHANCE
    return float(min(1.0, max(words, folded, 0.0) / _FULL) ** _SHARPNESS)


def _best_share(index: Index, field: str, tokens: list[str], raw: Mapping[str, Mapping[int, float]]) -> float:
    """The best passage's score as a share of the summed rarity of the query's tokens."""
    possible = sum(rarity(index, field, token) for token in set(tokens))
    best = max(raw[field].values(), default=0.0)
    return best / possible if possible > 0 else 0.0
