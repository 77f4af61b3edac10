"""How a model wants to read Vietnamese: segmented or not, and how to see it from its vocabulary."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from indexer.words import segmented
from indexer.words import words as words_of

__all__ = ["InputForm", "Words", "detected_form", "prepared"]

InputForm = Literal["words", "segmented", "plain"]
"""How a model wants to read: "words" as `indexer.words.words` gives them, joined by spaces
("sở giáo_dục"); "segmented" with case and punctuation, as PhoBERT reads ("Sở Giáo_dục và …");
"plain" as written."""

Words = Sequence[Sequence[str]]
"""For each text its segmentation by `words`, where the caller has it already."""

_JOINED = re.compile(r"[^\W\d_]_[^\W\d_]")
_SHARE = 0.05
"""Part of a vocabulary that must be words of several syllables for the model to read such words."""


def prepared(texts: Sequence[str], form: InputForm, words: Words | None = None) -> list[str]:
    """The strings that a model of this form is given for `texts`; `words` as in `Encoder`."""
    if form == "words":
        return [" ".join(found) for found in (map(words_of, texts) if words is None else words)]
    return [segmented(text) for text in texts] if form == "segmented" else list(texts)


def detected_form(vocabulary: Iterable[str]) -> InputForm:
    """The form that a vocabulary was made for.

    A model trained on segmented Vietnamese knows words like "giáo_dục"; one that knows none with a
    capital was trained on `words`.
    """
    tokens = list(vocabulary)
    joined = [token for token in tokens if not token.isascii() and _JOINED.search(token)]
    if len(joined) < _SHARE * len(tokens) or not joined:
        return "plain"
    return "segmented" if any(token != token.lower() for token in joined) else "words"
