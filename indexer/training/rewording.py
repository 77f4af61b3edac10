"""Official wording turned into everyday wording with the lexicon: pseudo-paraphrases to train on.

"thẩm quyền cấp giấy chứng nhận" with the lexicon's everyday wordings put in for the terms is no
good Vietnamese, but it has the words that people use where the law has its own.
"""

from collections.abc import Iterable

import numpy as np

from indexer.training.material import Term

__all__ = ["Rewording"]

_LONGEST = 8


class Rewording:
    """Replaces terms of the lexicon, longest first, by one of their other wordings."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._wordings: dict[tuple[str, ...], list[str]] = {}
        for term in terms:
            others = [*term.same, *term.plain, *term.plain, *term.abbr]
            for name in (term.term, *term.same):
                key = _syllables(name)
                # One syllable has too many meanings to be replaced wherever it stands.
                if 2 <= len(key) <= _LONGEST:
                    known = self._wordings.setdefault(key, [])
                    known.extend(other for other in others if other != name and other not in known)

    def reword(self, text: str, rng: np.random.Generator, share: float = 0.8) -> tuple[str, int]:
        """A segmented `text` with a `share` of its terms replaced, and how many were."""
        words = text.split()
        found: list[str] = []
        replaced = at = 0
        while at < len(words):
            size, others = self._longest(words, at)
            if others and rng.random() < share:
                found.append(others[int(rng.integers(len(others)))])
                replaced += 1
                at += size
            else:
                found.extend(words[at : at + max(size, 1)])
                at += max(size, 1)
        return " ".join(found), replaced

    def _longest(self, words: list[str], at: int) -> tuple[int, list[str]]:
        """Number of words of the longest term that begins at `at`, and its other wordings."""
        syllables: tuple[str, ...] = ()
        best: tuple[int, list[str]] = (0, [])
        for size, word in enumerate(words[at : at + _LONGEST], start=1):
            syllables += tuple(word.split("_"))
            if len(syllables) > _LONGEST:
                break
            others = self._wordings.get(syllables)
            if others:
                best = (size, others)
        return best


def _syllables(segmented: str) -> tuple[str, ...]:
    return tuple(segmented.replace("_", " ").split())
