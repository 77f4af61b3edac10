"""Texts found by the beginnings of their words: accents do not count, the last word may be half typed.

A sorted vocabulary with the texts that hold each word; sets of texts are masks over all of them, so
that a letter that begins half of the vocabulary costs no more than a word.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold, normalise_tones

__all__ = ["Matcher", "Typed", "pieces", "read"]

_PIECE = re.compile(r"[^\W\d_]+|\d+")
"""Letters or digits: "58-CT/TW" and "58ct" begin alike."""
_STARTS = 1.0
"""What a text counts more that begins as was typed."""
_AFTER_ALL = "\U0010ffff"


def pieces(text: str) -> list[str]:
    """Runs of letters and of digits."""
    return _PIECE.findall(text)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, word by word."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    """With accents, tones placed the old way, small letters."""
    open: bool
    """The last word may go on."""


def read(typed: str) -> Typed:
    """Take what was typed (NFC) apart; a space at its end closes the last word."""
    exact = tuple(pieces(normalise_tones(typed).lower()))
    return Typed(tuple(map(fold, exact)), exact, typed[-1:].isalnum())


class Matcher:
    """Texts to be found; immutable once made."""

    def __init__(self, texts: Sequence[str], weights: Sequence[float]) -> None:
        """`weights`: what each text counts before anything is typed."""
        self._weights = np.array(weights, np.float32)
        self._size = len(texts)
        folded = [pieces(fold(text)) for text in texts]
        keys = [" ".join(words) for words in folded]
        order = sorted(range(self._size), key=keys.__getitem__)
        self._keys = [keys[one] for one in order]
        self._places = np.empty(self._size, np.int64)
        self._places[order] = np.arange(self._size)
        holders: dict[str, list[int]] = {}
        for number, words in enumerate(folded):
            for word in dict.fromkeys(words):
                holders.setdefault(word, []).append(number)
        self._words = sorted(holders)
        self._ends = np.cumsum([0, *(len(holders[word]) for word in self._words)])
        flat = [number for word in self._words for number in holders[word]]
        self._holders: NDArray[np.int64] = np.array(flat, np.int64)

    def find(self, typed: Typed, most: int) -> list[tuple[int, float]]:
        """At most `most` texts with every word typed, those that begin so first: (number, score)."""
        if not typed.folded or not self._size:
            return []
        first, last = self._beginning(" ".join(typed.folded))
        starts = (self._places >= first) & (self._places < last)
        if typed.open and len(typed.folded) == 1 and len(typed.folded[0]) == 1:
            mask = starts  # one letter: nobody means it inside
        else:
            mask = np.ones(self._size, bool)
            for number, word in enumerate(typed.folded):
                mask &= self._holding(word, open_=typed.open and number == len(typed.folded) - 1)
        found = np.flatnonzero(mask)
        scores = self._weights[found] + _STARTS * starts[found]
        if len(found) > most:
            best = np.argpartition(-scores, most)[:most]
            found, scores = found[best], scores[best]
        ranked = np.lexsort((found, -scores))
        return [(int(found[one]), float(scores[one])) for one in ranked]

    def _holding(self, word: str, *, open_: bool) -> NDArray[np.bool_]:
        """Which texts hold the word, or one that begins with it."""
        low = bisect_left(self._words, word)
        high = bisect_left(self._words, word + _AFTER_ALL) if open_ else bisect_right(self._words, word)
        mask = np.zeros(self._size, bool)
        mask[self._holders[self._ends[low] : self._ends[high]]] = True
        return mask

    def _beginning(self, key: str) -> tuple[int, int]:
        """Places of the texts that begin with `key`."""
        return bisect_left(self._keys, key), bisect_left(self._keys, key + _AFTER_ALL)
