"""Measures of an encoder on judged sets: dense alone, lexical alone, both.

Everything is in memory and exact, so that a change of the encoder is judged and nothing else; the
product's own index is judged by the room `evaluation`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from indexer.encoders import Encoder
from indexer.training.windows import windowed_scores

__all__ = ["Bm25", "Figures", "JudgedSet", "figures", "fused", "lexical_terms", "ndcg", "paired_test"]

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Segmented passages and queries; `relevant[i]` maps passage numbers to grades for query i."""

    name: str
    titles: list[str]
    texts: list[str]
    queries: list[str]
    relevant: list[dict[int, int]]


def lexical_terms(segmented: str) -> list[str]:
    """Words and syllable bigrams of a segmented text: the terms of the lexical floor."""
    syllables = segmented.replace("_", " ").split()
    return segmented.split() + [f"{a}+{b}" for a, b in pairwise(syllables)]


class Bm25:
    """BM25 (k1 1.2, b .75) over bags of terms, all scores at once by a sparse product."""

    def __init__(self, documents: Sequence[Sequence[str]], *, k1: float = 1.2, b: float = 0.75) -> None:
        self.terms: dict[str, int] = {}
        rows = [
            np.array([self.terms.setdefault(t, len(self.terms)) for t in d], dtype=np.int32)
            for d in documents
        ]
        lengths = np.array([len(row) for row in rows])
        owners = np.repeat(np.arange(len(rows)), lengths)
        flat = np.concatenate(rows) if rows else np.empty(0, dtype=np.int32)
        shape = (len(rows), max(1, len(self.terms)))
        counts = sparse.csr_matrix((np.ones(len(flat), np.float32), (owners, flat)), shape=shape)
        counts.sum_duplicates()
        frequency = np.bincount(counts.indices, minlength=shape[1])
        idf = np.log(1 + (len(rows) - frequency + 0.5) / (frequency + 0.5))
        norm = k1 * (1 - b + b * lengths / max(1.0, lengths.mean()))
        at = np.repeat(norm, np.diff(counts.indptr))
        counts.data = (counts.data * (k1 + 1) / (counts.data + at) * idf[counts.indices]).astype(np.float32)
        self.weights = counts.tocsc()

    def scores(self, queries: Sequence[Sequence[str]]) -> Scores:
        """(queries, documents) scores; a term counts as often as the query has it."""
        rows, columns = [], []
        for row, query in enumerate(queries):
            known = [self.terms[term] for term in query if term in self.terms]
            rows.extend([row] * len(known))
            columns.extend(known)
        asked = sparse.csr_matrix(
            (np.ones(len(rows), np.float32), (rows, columns)), shape=(len(queries), self.weights.shape[1])
        )
        found: Scores = np.asarray((asked @ self.weights.T).todense(), dtype=np.float32)
        return found


def fused(lexical: Scores, dense: Scores, weight: float) -> Scores:
    """Lexical and dense scores, each divided by its query's best, the dense with `weight`."""
    top = np.maximum(lexical.max(axis=1, keepdims=True), 1e-6)
    best = np.maximum(dense.max(axis=1, keepdims=True), 1e-6)
    mixed: Scores = (1 - weight) * lexical / top + weight * dense / best
    return mixed


def ndcg(scores: Scores, relevant: Sequence[dict[int, int]], depth: int = 10) -> NDArray[np.float64]:
    """nDCG at `depth` of every query, gain 2^grade - 1."""
    depth = min(depth, scores.shape[1])
    top = np.argpartition(-scores, depth - 1, axis=1)[:, :depth]
    order = np.take_along_axis(top, np.argsort(-np.take_along_axis(scores, top, 1), axis=1, kind="stable"), 1)
    discount = 1 / np.log2(np.arange(2, depth + 2))
    values = np.zeros(len(relevant))
    for index, grades in enumerate(relevant):
        gains = np.array([2.0 ** grades.get(int(found), 0) - 1 for found in order[index]])
        ideal = np.sort([2.0**grade - 1 for grade in grades.values()])[::-1][:depth]
        values[index] = (gains * discount).sum() / (ideal * discount[: len(ideal)]).sum()
    return values


def paired_test(
    first: NDArray[np.float64], second: NDArray[np.float64], *, rounds: int = 10_000, seed: int = 1
) -> float:
    """Two-sided p-value of the difference of means by random swaps within queries."""
    rng = np.random.default_rng(seed)
    difference = first - second
    signs = rng.choice(np.array([-1.0, 1.0]), size=(rounds, len(difference)))
    drawn = np.abs((signs * difference).mean(axis=1))
    return float((1 + (drawn >= abs(difference.mean()) - 1e-12).sum()) / (rounds + 1))


@dataclass(frozen=True, slots=True)
class Figures:
    """nDCG@10 on one judged set, and how sure the gain of the fusion over the lexical floor is."""

    name: str
    queries: int
    lexical: float
    dense: float
    windowed: float
    """Dense with several vectors for a long passage (indexer/training/windows.py)."""
    fused: dict[float, float]
    """Windowed and lexical, by the weight of the windowed scores."""
    p_value: float
    """Of fused (first weight) against lexical, paired permutation test."""


def figures(
    judged: JudgedSet, encoder: Encoder, *, title_weight: int = 1, weights: Sequence[float] = (0.3, 0.5)
) -> Figures:
    """Measure `encoder` on a judged set; titles count `title_weight` times in the lexical index."""
    passages = [f"{title} {text}" for title, text in zip(judged.titles, judged.texts, strict=True)]
    weighted = (
        f"{title} " * title_weight + text for title, text in zip(judged.titles, judged.texts, strict=True)
    )
    lexical = Bm25([lexical_terms(text) for text in weighted]).scores(
        [lexical_terms(q) for q in judged.queries]
    )
    dense = _unit(encoder, judged.queries) @ _unit(encoder, passages).T
    windowed = windowed_scores(encoder, judged.queries, judged.titles, judged.texts)
    floor = ndcg(lexical, judged.relevant)
    joint = {weight: ndcg(fused(lexical, windowed, weight), judged.relevant) for weight in weights}
    return Figures(
        judged.name,
        len(judged.queries),
        float(floor.mean()),
        float(ndcg(dense, judged.relevant).mean()),
        float(ndcg(windowed, judged.relevant).mean()),
        {weight: float(values.mean()) for weight, values in joint.items()},
        paired_test(joint[weights[0]], floor),
    )


def _unit(encoder: Encoder, segmented: Sequence[str]) -> Scores:
    found: Scores = encoder.encode_passages(segmented, [text.split() for text in segmented])
    return found
