"""What the tokens of a query may be."""

import math

from corpus.spelling import is_syllable
from search_api.query.decoding import Choice
from search_api.query.language import Language
from search_api.query.tokens import Token

__all__ = ["LEFT_OUT", "UNKNOWN", "accented", "takes_accents"]

LEFT_OUT = math.log(2)
"""Cost (nats) of each accent left out by somebody who types others: they leave out about half."""
UNKNOWN = 12.0
"""Cost of a word that nobody knows being meant, where it may be a syllable without its accents."""


def takes_accents(token: Token, language: Language) -> bool:
    """Whether a token may be a syllable typed without its accents."""
    return token.bare and not token.fixed and token.text.isalpha() and bool(language.accented(token.text))


def accented(token: Token, language: Language, dear: float) -> list[Choice]:
    """What was typed first, then what it may be with accents, each `dear` more."""
    if not takes_accents(token, language):
        return [Choice(language.model.entry(token.text))]
    # "bieu" stands in many texts, but is spelt like no syllable: somebody left out its accents.
    known = language.is_syllable(token.text) and is_syllable(token.text)
    typed = Choice(language.model.entry(token.text), 0.0 if known else UNKNOWN)
    entries = [entry for entry in language.accented(token.text) if entry != typed.entry]
    return [typed, *(Choice(entry, dear) for entry in entries)]
