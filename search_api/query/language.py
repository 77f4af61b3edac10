"""What is known of Vietnamese and of the library's own words, for mending what was typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from corpus.text import fold
from indexer.language import UNKNOWN, SyllableModel

__all__ = ["Language"]

_FOREIGN = Path(__file__).parent.parent / "data" / "foreign_words.txt"


def _no_library(_field: str, _token: str) -> int:
    return 0


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The syllables of Vietnamese with what follows what, and the words that the library holds."""

    model: SyllableModel
    frequency: Callable[[str, str], int] = field(default=_no_library)
    """Number of passages that hold a token in a lexical field; some microseconds a call."""

    @classmethod
    def of(cls, model: SyllableModel, frequency: Callable[[str, str], int]) -> "Language":
        """With the library's answers remembered: queries ask for the same words again and again."""
        return cls(model, lru_cache(20_000)(frequency))

    def is_syllable(self, token: str) -> bool:
        """Whether the lower-cased token is a word of the model: a syllable, or a common foreign word."""
        return self.model.ids.get(token, UNKNOWN) > UNKNOWN

    def held(self, token: str) -> bool:
        """Whether some passage holds the lower-cased token; typed without accents, they do not count."""
        if self.frequency("syllables", token) > 0:
            return True
        return fold(token) == token and self.frequency("folded", token) > 0

    def held_together(self, first: str, second: str) -> bool:
        """The same for two tokens side by side."""
        if self.frequency("bigrams", f"{first}_{second}") > 0:
            return True
        one, two = fold(first), fold(second)
        return (one, two) == (first, second) and self.frequency("folded_bigrams", f"{one}_{two}") > 0

    def beside(self, first: str, second: str) -> int:
        """Number of passages that hold two tokens side by side, accents and all."""
        return self.frequency("bigrams", f"{first}_{second}")

    def often(self, first: str, second: str, within: float) -> bool:
        """Whether the second follows the first in the library, or in the model at no more than that cost."""
        one, two = np.array(self._meanings(first)), np.array(self._meanings(second))
        if one.size and two.size:
            costs, _, seen = self.model.pairs(np.repeat(one, two.size), np.tile(two, one.size))
            if (seen & (costs <= within)).any():
                return True
        return self.held_together(first, second)

    def knows(self, token: str) -> bool:
        """Whether a lower-cased token is a word that must not be mended away by itself."""
        return self.is_syllable(token) or token in _foreign() or self.frequency("syllables", token) > 0

    def follows(self, first: str, second: str) -> bool:
        """Whether the second token is known to follow the first, in the model or in the library.

        A token without accents may be any syllable that is written so without them.
        """
        return self.often(first, second, within=np.inf)

    def fits(self, word: str, before: str | None, after: str | None, *, within: float) -> bool:
        """Whether a word stands beside one that it is often seen beside, or alone.

        `within`: cost (nats) of the second after the first in the model; what the library holds fits.
        """
        pairs = [(before, word)] if before else []
        pairs += [(word, after)] if after else []
        return not pairs or any(self.often(*pair, within) for pair in pairs)

    def _meanings(self, token: str) -> tuple[int, ...]:
        if fold(token) == token and not token.isdecimal():
            return self.accented(token)
        entry = self.model.entry(token)
        return () if entry == UNKNOWN else (entry,)

    def accented(self, token: str) -> tuple[int, ...]:
        """Entries of what a token typed without accents may be, itself among them; () if nothing."""
        return self.model.by_fold.get(fold(token), ())


@cache
def _foreign() -> frozenset[str]:
    """English and other words that stand in Vietnamese texts and look like typing by keys."""
    lines = _FOREIGN.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
