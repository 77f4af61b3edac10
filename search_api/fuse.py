"""Scores of different indexes made comparable and added up."""

from collections.abc import Mapping, Sequence

__all__ = ["best_first", "by_maximum", "by_range", "fuse"]

Ranked = Sequence[tuple[int, float]]
"""Passage key and score, best first, as an index gives them."""


def by_maximum(ranked: Ranked) -> dict[int, float]:
    """Divide by the best score: BM25 is 0 where nothing matches, so only the top needs a scale."""
    best = max((score for _, score in ranked), default=0.0)
    return {key: max(score, 0.0) / best for key, score in ranked} if best > 0 else {}


def by_range(ranked: Ranked) -> dict[int, float]:
    """Stretch from the worst (0) to the best (1): cosines of all candidates lie close together."""
    scores = [score for _, score in ranked]
    if not scores:
        return {}
    low, high = min(scores), max(scores)
    if high <= low:
        return {key: 1.0 for key, _ in ranked}
    return {key: (score - low) / (high - low) for key, score in ranked}


def fuse(parts: Mapping[str, Mapping[int, float]], weights: Mapping[str, float]) -> dict[int, float]:
    """Weighted sum of normalised scores per passage key; a passage missing from a part has 0 there.

    The sum is divided by the total weight of the parts that found anything, so that scores stay in
    0…1 whatever parts a query uses.
    """
    used = {name: weights.get(name, 0.0) for name, scores in parts.items() if scores}
    total = sum(weight for weight in used.values() if weight > 0) or 1.0
    fused: dict[int, float] = {}
    for name, weight in used.items():
        if weight:
            for key, score in parts[name].items():
                fused[key] = fused.get(key, 0.0) + weight * score / total
    return fused


def best_first(scores: Mapping[int, float]) -> list[int]:
    """Keys by falling score; equal scores in the order of keys, so that answers never flicker."""
    return sorted(scores, key=lambda key: (-scores[key], key))
