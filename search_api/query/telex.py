"""Typing by keys that was left as it is: "nhieemj vuj", "gia1o du5c" → "nhiệm vụ", "giáo dục"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search_api.query.draft import Draft
from search_api.query.keys import from_telex, from_vni
from search_api.query.knowledge import Knowledge
from search_api.query.language import Language
from search_api.query.tokens import Token, rewritten, tokens
from search_api.types import Understanding

__all__ = ["step"]

_LIKE_LETTERS = str.maketrans("01", "ol")


def step(draft: Draft, knowledge: Knowledge) -> Draft:
    """Carry the keys out where that gives a syllable and the word as typed is known to nobody.

    One such word may be a foreign one ("dorm" is no "dỏm"): it takes a second one, or a neighbour
    that is known to stand beside what it becomes, or nothing else in the query.
    """
    if knowledge.language is None:
        return draft
    found = tokens(draft)
    changes = dict(sorted(_meant(found, knowledge.language)))
    if not changes:
        return draft
    seen = [Understanding("slip", draft.rest[found[n].start : found[n].end], w) for n, w in changes.items()]
    return replace(draft, rest=rewritten(draft.rest, found, changes)).understood(*seen)


def _meant(found: Sequence[Token], language: Language) -> Iterator[tuple[int, str]]:
    possible = {number: pair for number, token in enumerate(found) if (pair := _possible(token, language))}
    if len(possible) > 1:  # among such words "noong" is no rare syllable either
        possible |= {number: (word, False) for number, word in _doubled(found, language)}
    clear = any(sure for _, sure in possible.values())
    several = sum(found[number].text.isalpha() for number in possible) > 1
    for number, (word, sure) in possible.items():
        if found[number].text.isalpha():
            beside = _beside(found, word, number)
            meant = several or len(found) == 1 or any(language.follows(*pair) for pair in beside)
        else:  # "a4" and "quy1" are a format and a quarter, unless another word tells
            meant = sure
        if clear or meant:
            yield number, word


def _doubled(found: Sequence[Token], language: Language) -> Iterator[tuple[int, str]]:
    for number, token in enumerate(found):
        word = from_telex(token.text, rare=True) if token.bare and "oo" in token.text else None
        if word and not token.fixed and language.is_syllable(word):
            yield number, word


def _possible(token: Token, language: Language) -> tuple[str, bool] | None:
    """What the token may mean by its keys, and whether it can mean nothing else."""
    if token.fixed or language.knows(token.text):
        return None
    if token.text.isalpha():
        word, clear = from_telex(token.text), False
    elif vni := from_vni(token.text):
        word, clear = vni
    else:  # a scan reads "1à" and "c0ng" for "là" and "công"
        word, clear = token.text.translate(_LIKE_LETTERS), not token.bare
    return (word, clear) if word and language.is_syllable(word) else None


def _beside(found: Sequence[Token], word: str, number: int) -> Iterator[tuple[str, str]]:
    if number:
        yield found[number - 1].text, word
    if number + 1 < len(found):
        yield word, found[number + 1].text
