"""How well the headings above a passage answer the query.

Three bullets under "1.2. Chỉ đạo Sở Giáo dục và Đào tạo" answer a question about that department
though none of them names it, and better than a bullet of another section that merely mentions it.
"""

import math
from collections.abc import Mapping, Sequence

from corpus.library import StoredPassage
from corpus.text import syllables
from indexer.analysis import Analysis
from indexer.index import Index

__all__ = ["heading_scores", "rarity"]

_PER_LEVEL = (1.0, 0.6, 0.3)
"""What a heading counts by its distance from the passage, innermost first; chosen on the dev plans."""


def rarity(index: Index, analysis: Analysis) -> dict[str, float]:
    """Weight of each word of the query: log of passages per passage that holds it.

    A word that most passages hold ("nhiệm vụ", "của") weighs next to nothing; one that no passage
    holds weighs nothing, since nothing could match it.
    """
    total = max(len(index), 1)
    weights: dict[str, float] = {}
    for word in analysis.words:
        held = index.frequency("words", word)
        if held:
            weights[word] = math.log(1 + (total - held) / (held + 0.5))
    return weights


def heading_scores(stored: Mapping[int, StoredPassage], weights: Mapping[str, float]) -> dict[int, float]:
    """For each passage, the share (0…1) of the query's weight that the headings above it hold."""
    whole = sum(weights.values())
    if whole <= 0:
        return {}
    wanted = [(f"_{word}_", weight) for word, weight in weights.items()]
    known: dict[tuple[str, ...], float] = {}
    scores: dict[int, float] = {}
    for key, passage in stored.items():
        path = passage.section_path
        if path not in known:
            known[path] = _best_level(path, wanted) / whole
        if known[path]:
            scores[key] = known[path]
    return scores


def _best_level(path: Sequence[str], wanted: Sequence[tuple[str, float]]) -> float:
    best = 0.0
    for heading, counts in zip(reversed(path), _PER_LEVEL, strict=False):
        held = "_" + "_".join(syllables(heading)) + "_"
        best = max(best, counts * sum(weight for word, weight in wanted if word in held))
    return best
