"""Spaces that were left out or stand one letter off: "giáodục", "vănhóa", "nhi ệm vụ", "nhiệ mvụ"."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus.spelling import is_syllable
from corpus.text import fold
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.query.language import Language
from search_api.query.tokens import Token, like, tokens
from search_api.types import Reading, Understanding

__all__ = ["step"]

_LONGEST = 7
"""Letters of the longest syllable: "nghiêng"."""
_MOST_LETTERS = 40
_OFTEN = 6.0
"""Cost (nats) at which a piece follows the last one: "giao duc", not "be di go"."""
_WEIGHT = 0.8
"""Of what was typed, where some passage has it so."""
_PIECE = 2.0
"""Nats for each piece: few pieces rather than many."""


def step(draft: Draft, knowledge: Knowledge) -> Draft:
    """Part a word that nobody knows into syllables known to follow each other; join two halves of one."""
    language = knowledge.language
    if language is None:
        return draft
    found = tokens(draft)
    changes: list[tuple[int, int, str]] = []
    at = 0
    while at < len(found):
        used, word = _joined(draft.rest, found[at : at + 2], language)
        if not used:
            used, word = 1, _parted(found[at], language)
        if word:
            start, end = found[at].start, found[at + used - 1].end
            changes.append((start, end, _capitals(draft.rest[start:end], word)))
        at += used
    if not changes:
        return draft
    pieces, at = [], 0
    for start, end, word in changes:
        pieces += [draft.rest[at:start], word]
        at = end
    seen = [Understanding("slip", draft.rest[start:end], word) for start, end, word in changes]
    mended = replace(draft, rest="".join([*pieces, draft.rest[at:]])).understood(*seen)
    if not any(language.held(one.typed.lower()) for one in seen):
        return mended
    return replace(mended, readings=(*mended.readings, Reading(draft.rest, _WEIGHT)))


def _unknown(token: Token, language: Language) -> bool:
    """Whether it is no word. One with accents that is no syllable is none even where the library has it."""
    if token.fixed or not token.text.isalpha() or language.is_syllable(token.text):
        return False
    if not token.bare:
        return not is_syllable(token.text)
    return not language.accented(token.text) and not language.knows(token.text)


def _parted(token: Token, language: Language) -> str | None:
    """The token as syllables, or None where it is a word or cannot be parted."""
    if not _unknown(token, language) or not 4 <= len(token.text) <= _MOST_LETTERS:
        return None
    if language.accented(token.text) or (token.name and token.bare):
        return None  # one syllable with a mark in the wrong place; a name
    pieces = _pieces(token.text, language)
    return " ".join(pieces) if len(pieces) > 1 else None


def _joined(text: str, pair: Sequence[Token], language: Language) -> tuple[int, str | None]:
    """Two tokens that are no words but become some when the space between them goes or moves."""
    if len(pair) < 2 or text[pair[0].end : pair[1].start] != " " or any(token.fixed for token in pair):
        return 0, None
    if not all(token.text.isalpha() for token in pair) or all(
        language.is_syllable(token.text) or token.bare for token in pair
    ):
        return 0, None
    whole = pair[0].text + pair[1].text
    if len(whole) > 2 * _LONGEST or fold(whole) == whole:
        return 0, None  # without accents too much can be joined
    if language.is_syllable(whole):
        return 2, whole
    pieces = _pieces(whole, language)
    return (2, " ".join(pieces)) if len(pieces) == 2 else (0, None)


def _pieces(text: str, language: Language) -> list[str]:
    """The likeliest syllables that `text` is made of, each known to follow the last; [] if there are none."""
    best: dict[int, dict[str, tuple[float, list[str]]]] = {0: {"": (0.0, [])}}
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - _LONGEST), end):
            piece = text[start:end]
            cost = _cost(piece, language)
            if cost is None:
                continue
            for last, (before, pieces) in best.get(start, {}).items():
                if last and not language.often(last, piece, _OFTEN):
                    continue
                whole = before + cost + _PIECE
                here = best.setdefault(end, {})
                if piece not in here or whole < here[piece][0]:
                    here[piece] = (whole, [*pieces, piece])
    ends = best.get(len(text), {})
    return min(ends.values())[1] if ends else []


def _cost(piece: str, language: Language) -> float | None:
    """What a piece costs as a syllable, or None; single letters are none but "ở" and the like."""
    if len(piece) == 1 and fold(piece) == piece:
        return None
    entries = language.accented(piece) if fold(piece) == piece else ()
    if not entries:
        if not language.is_syllable(piece):
            return None
        entries = (language.model.ids[piece],)
    return float(np.min(language.model.p1[list(entries)]))


def _capitals(typed: str, words: str) -> str:
    letters = like(typed.replace(" ", ""), words.replace(" ", ""))
    taken = iter(letters)
    return "".join(char if char == " " else next(taken) for char in words)
