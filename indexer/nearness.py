"""Word by word: how near the words of a query stand to the words of a passage in meaning.

For each word of the query the nearest word of the passage counts (the "MaxSim" of late interaction,
Khattab & Zaharia, ColBERT, 2020), here with the word vectors of a static encoder. The words must be found
within a few lines of each other: the best window counts, and what stands above the passage belongs to every
window. A word weighs as much as the encoder lets it count in a mean: the length of its vector.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from indexer.encoders.forms import Words
from indexer.tokens import Segments
from indexer.vectors import Floats

__all__ = ["WordEncoder", "nearness"]

Integers = npt.NDArray[np.int64]

_HALF = 20
"""Tokens in half a window."""
_MOST_WORDS = 64
"""Words of a query that are compared; the rest weighs least."""
_ONE_THREAD = 200_000
"""Products that OpenBLAS works out on one thread (its limit is 262,144)."""
_AT_ONCE = 100
"""Passages compared at a time: bounds memory."""


@runtime_checkable
class WordEncoder(Protocol):
    """An encoder whose texts are means of word vectors, and which gives these out."""

    @property
    def vocabulary_size(self) -> int:
        """Tokens are numbered from 0 to one less than this."""

    def tokens(self, words: Words) -> list[list[int]]:
        """The tokens of each text, given as its words."""

    def token_vectors(self, tokens: Integers) -> Floats:
        """(tokens, dimension): the vector of each as it enters a mean, not of unit length."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Nearness (0…1) of every token to every word of the query, worked out where it is first needed."""

    encoder: WordEncoder
    query: Floats
    """(words, dimension), unit length."""
    nearest: Floats
    """(vocabulary, words)"""
    weight: Floats
    """(vocabulary): length of the token's vector."""
    known: npt.NDArray[np.bool_]

    def learn(self, tokens: Integers) -> None:
        """Fill in the rows of `tokens`."""
        wanted = np.zeros_like(self.known)
        wanted[tokens] = True
        new = np.flatnonzero(wanted & ~self.known)
        if len(new):
            vectors = self.encoder.token_vectors(new)
            lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
            cosines = _on_one_thread(vectors, self.query) / np.maximum(lengths, 1e-12)[:, None]
            self.nearest[new] = cosines.clip(0.0, 1.0)
            self.weight[new] = lengths
            self.known[new] = True


def nearness(query: Integers, passages: Segments, encoder: WordEncoder) -> Floats:
    """(passages, 2), each 0…1: how near the best window comes to the query, and the query to the heading.

    The first is the share of the query's weight that the window answers; the second the share of the
    weight of the heading right above the passage that the query asks for: a heading of which every word is
    asked for says what the query is about. `query` are tokens; without any all is 0.
    """
    found = np.zeros((len(passages.lengths), 2), dtype=np.float32)
    words = np.unique(query)
    vectors = encoder.token_vectors(words)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    heaviest = np.argsort(-lengths, kind="stable")[:_MOST_WORDS]
    heaviest = heaviest[lengths[heaviest] > 0]
    if not len(heaviest):
        return found
    weights = lengths[heaviest] / lengths[heaviest].sum()
    size = encoder.vocabulary_size
    table = _Table(
        encoder,
        vectors[heaviest] / lengths[heaviest, None],
        np.zeros((size, len(heaviest)), dtype=np.float32),
        np.zeros(size, dtype=np.float32),
        np.zeros(size, dtype=np.bool_),
    )
    ends = np.cumsum(passages.lengths.sum(axis=1))
    for first in range(0, len(found), _AT_ONCE):
        rows = slice(first, first + _AT_ONCE)
        begin = int(ends[first - 1]) if first else 0
        # A damaged file must not bring the search down: what is no token counts as the last one.
        tokens = passages.tokens[begin : int(ends[rows][-1])].clip(max=size - 1)
        found[rows] = _compared(tokens, passages.lengths[rows], table, weights)
    return found


def _on_one_thread(vectors: Floats, query: Floats) -> Floats:
    """`vectors @ query.T` in portions too small for BLAS to share out among threads.

    On two cores with anything else running, sharing it out made a query wait 28 ms instead of 2.5.
    """
    found = np.empty((len(vectors), len(query)), dtype=np.float32)
    columns = np.ascontiguousarray(query.T)
    step = max(1, _ONE_THREAD // query.size)
    for start in range(0, len(vectors), step):
        np.matmul(vectors[start : start + step], columns, out=found[start : start + step])
    return found


def _compared(tokens: Integers, lengths: Integers, table: _Table, weights: Floats) -> Floats:
    table.learn(tokens)
    near = table.nearest[tokens]  # (tokens, words)
    around, heading, text = lengths.T
    starts = np.cumsum(lengths.sum(axis=1)) - lengths.sum(axis=1)
    # Pieces: what stands around a passage, its heading, then the halves of windows of its text.
    halves = -(-text // _HALF)
    pieces = halves + 2
    first = np.cumsum(pieces) - pieces
    owner = np.repeat(np.arange(len(lengths)), pieces)
    nth = np.arange(int(pieces.sum())) - first[owner]
    in_text = (nth - 2) * _HALF
    where = starts[owner] + np.where(nth == 0, 0, around[owner])
    where += np.where(nth >= 2, heading[owner] + in_text, 0)
    long = np.minimum(_HALF, text[owner] - in_text)
    long = np.where(nth == 0, around[owner], np.where(nth == 1, heading[owner], long))
    there = long > 0

    best = np.zeros((len(nth), near.shape[1]), dtype=np.float32)  # nearest to each word of the query
    if there.any():
        best[there] = np.maximum.reduceat(near, where[there], axis=0)
    above = np.maximum(best[first], best[first + 1])
    following = np.zeros_like(best)
    following[:-1] = best[1:]
    following[first + pieces - 1] = 0.0
    windows = np.maximum(best, following)
    windows[nth < 2] = 0.0
    shares = np.einsum("ij,j->i", np.maximum(windows, above[owner]), weights)

    found = np.zeros((len(lengths), 2), dtype=np.float32)
    found[:, 0] = np.maximum.reduceat(shares, first)
    headed = np.flatnonzero((nth == 1) & there)
    if len(headed):
        begins = np.cumsum(long[headed]) - long[headed]
        at = np.repeat(where[headed] - begins, long[headed]) + np.arange(int(long[headed].sum()))
        weight = table.weight[tokens[at]]
        asked = np.add.reduceat(near[at].max(axis=1) * weight, begins)
        found[owner[headed], 1] = asked / np.maximum(np.add.reduceat(weight, begins), 1e-12)
    return found
