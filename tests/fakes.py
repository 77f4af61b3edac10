"""Stand-ins for what is slow or large."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

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

    vocabulary_size = 65_536

    def tokens(self, words: Sequence[Sequence[str]]) -> list[list[int]]:
        return [[_token(syllable) for syllable in syllables(" ".join(found))] for found in words]

    def token_vectors(self, tokens: Sequence[int]) -> np.ndarray:
        return np.array([_direction(int(token)) for token in tokens], np.float32).reshape(-1, self.dimension)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, tokens in enumerate(self.tokens([[text] for text in texts])):
            for token in tokens:
                found[row] += _direction(token)
            found[row] /= np.linalg.norm(found[row]) or 1.0
        return found


def _token(syllable: str) -> int:
    return int.from_bytes(hashlib.sha256(syllable.encode()).digest()[:2], "big")


@lru_cache(None)
def _direction(token: int) -> np.ndarray:
    return np.random.default_rng(token).standard_normal(64).astype(np.float32)
