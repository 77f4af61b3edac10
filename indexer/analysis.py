"""One analyser for passages and queries: a text becomes the tokens of each lexical field.

Words alone miss matches that segmentation splits differently in its context, so pairs of
neighbouring syllables stand beside them (nDCG@10 on 461 questions over the legal code: words .66,
words + pairs .73). The folded field is the net under queries typed without accents.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.text import SYLLABLE, fold
from indexer.words import WORDS_VERSION, words

__all__ = [
    "ANALYSIS_VERSION", "FIELDS", "INDEXED", "PLAIN_FIELDS", "Analysis", "analyse", "analysis_of",
]  # fmt: skip

ANALYSIS_VERSION = f"{WORDS_VERSION}.2"
"""Changes whenever `analyse` would answer differently; a generation built with another is rebuilt."""

FIELDS = ("words", "bigrams", "folded")
"""The lexical fields that a query is scored on; each is an attribute of `Analysis`."""

PLAIN_FIELDS = ("folded", "folded_bigrams")
"""The fields for a query typed without accents. Pairs without accents are nearly as telling as with
them: nDCG@10 on the same questions without accents .58 by syllables, .74 by both, .75 with accents."""

INDEXED = (*FIELDS, "folded_bigrams")
"""Every field of the lexical index that is scored."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of one text, lower-cased, in reading order, none of them with white space inside."""

    words: list[str]
    """Segmented words, syllables joined with '_'; document numbers and dates whole."""
    bigrams: list[str]
    """Pairs of neighbouring syllables, joined with '_'."""
    folded: list[str]
    """Syllables without accents."""
    folded_bigrams: list[str]
    """Pairs of neighbouring syllables without accents, joined with '_'."""
    syllables: list[str]
    """Syllables with accents: what an exact phrase is matched on."""


def analyse(text: str) -> Analysis:
    """Segment and analyse `text`; never raises on any `str`."""
    return analysis_of(words(text))


def analysis_of(found: Sequence[str]) -> Analysis:
    """The analysis of a text whose segmentation by `words` is already known (cached)."""
    syllables = SYLLABLE.findall(" ".join(found))
    folded = [fold(syllable) for syllable in syllables]
    return Analysis(
        words=list(found),
        bigrams=_pairs(syllables),
        folded=folded,
        folded_bigrams=_pairs(folded),
        syllables=syllables,
    )


def _pairs(syllables: Sequence[str]) -> list[str]:
    return [f"{first}_{second}" for first, second in itertools.pairwise(syllables)]
