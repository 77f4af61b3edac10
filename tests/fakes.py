"""Stand-ins for what is slow or large."""

import hashlib
from collections.abc import Sequence

import numpy as np

from corpus.text import syllables


class FakeEncoder:
    """Every syllable is a fixed random direction of 64 numbers; a text is their mean.

    Counts what it is asked to encode: `passages` and `queries` hold every text seen.
    """

    dimension = 64

    def __init__(self, key: str = "fake") -> None:
        self.key = key
        self.passages: list[str] = []
        self.queries: list[str] = []

    def encode_passages(self, texts: Sequence[str], words: object = None) -> np.ndarray:
        self.passages.extend(texts)
        return self._encode(texts)

    def encode_queries(self, texts: Sequence[str], words: object = None) -> np.ndarray:
        self.queries.extend(texts)
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for syllable in syllables(text):
                found[row] += _direction(syllable)
            found[row] /= np.linalg.norm(found[row]) or 1.0
        return found


def _direction(syllable: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(syllable.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(64).astype(np.float32)
