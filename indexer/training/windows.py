"""Several vectors for a long passage: one for each window, each mixed with the whole.

The mean of many words says little about each. The score of a passage is the mean of the query's
cosine to the whole and to its best window; since that is linear, it is the largest inner product
with the rows (whole + window) / 2, and an inner-product index needs nothing but more rows.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.encoders import Encoder

Scores = NDArray[np.float32]

__all__ = ["SIZE", "windowed_scores", "windows"]

SIZE = 38
"""Words in a window; windows begin every half window."""
_QUERIES = 16
_PASSAGES = 2_000


def windows(words: Sequence[str], size: int = SIZE) -> list[Sequence[str]]:
    """Overlapping windows of `words`; all of them where there are few."""
    half = size // 2
    return [words[start : start + size] for start in range(0, max(1, len(words) - half), half)]


def windowed_scores(
    encoder: Encoder, queries: Sequence[str], contexts: Sequence[str], texts: Sequence[str]
) -> Scores:
    """(queries, passages) scores of segmented texts, each window together with its context."""
    asked = encoder.encode_queries(queries, [query.split() for query in queries])
    found = np.empty((len(queries), len(texts)), dtype=np.float32)
    for first, rows, starts in _blocks(encoder, contexts, texts):
        for query in range(0, len(queries), _QUERIES):
            scores = rows @ asked[query : query + _QUERIES].T
            best = np.maximum.reduceat(scores, starts, axis=0)
            found[query : query + _QUERIES, first : first + len(starts)] = best.T
    return found


def _blocks(
    encoder: Encoder, contexts: Sequence[str], texts: Sequence[str]
) -> Iterator[tuple[int, Scores, NDArray[np.int64]]]:
    """Rows of some passages at a time, and where the rows of each passage begin."""
    for first in range(0, len(texts), _PASSAGES):
        part = slice(first, first + _PASSAGES)
        split = [
            (context.split(), text.split()) for context, text in zip(contexts[part], texts[part], strict=True)
        ]
        parts = [windows(text) for _, text in split]
        counts = np.array([len(several) for several in parts])
        whole = _encoded(encoder, [[*context, *text] for context, text in split])
        pieces = [
            [*context, *one] for (context, _), several in zip(split, parts, strict=True) for one in several
        ]
        rows = ((np.repeat(whole, counts, axis=0) + _encoded(encoder, pieces)) / 2).astype(np.float32)
        starts: NDArray[np.int64] = (np.cumsum(counts) - counts).astype(np.int64)
        yield first, rows, starts


def _encoded(encoder: Encoder, words: list[list[str]]) -> Scores:
    found: Scores = encoder.encode_passages([" ".join(one) for one in words], words)
    return found
