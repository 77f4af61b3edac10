"""How far the words of a query can be trusted to find what it means.

Where even the best passage holds little of a query ("bao giờ thành phố hết cảnh kẹt xe"), what
matches are the words that mean least, and dividing scores by the best one would make that look like
an answer; there the encoder should decide.
"""

from collections.abc import Mapping

__all__ = ["trust"]

# Chosen together with the weight of the encoder on five sets (docs/encoder.md, "Fusion"): FULL .5-.8 and
# SHARPNESS 2-4 trade paraphrases against the rest, within .02 on every set but the paraphrases.
_FULL = 0.7
"""Share of the query, weighted by rarity, from which words are trusted wholly."""
_CHANCE = 0.4
"""What passages share with any query by chance in the folded field, which sees through slips."""
_SHARPNESS = 2


def trust(held: Mapping[str, Mapping[int, float]]) -> float:
    """Between 0 and 1, for `search_api.ranking.counting`.

    `held` is the share of the query that each candidate holds, per field (`Index.coverage`).
    """
    words = max(held["words"].values(), default=0.0)
    folded = max(held["folded"].values(), default=0.0) - _CHANCE
    return float(min(1.0, max(words, folded, 0.0) / _FULL) ** _SHARPNESS)
