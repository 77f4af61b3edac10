"""Slips of the fingers, wrong or misplaced tone marks: "nhiêm vụ", "trừơng", "cơ sỡ", "gáo dục"."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.spelling import is_syllable
from corpus.text import fold
from search_api.query.choices import LEFT_OUT, accented
from search_api.query.decoding import Choice, decode
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.query.language import Language
from search_api.query.neighbours import neighbours, sounding_alike
from search_api.query.tokens import Token, accents_typed, rewritten, tokens
from search_api.types import Reading, Understanding

__all__ = ["step"]

# Costs in nats, chosen as those of `neighbours`.
_UNKNOWN = 7.0
"""Of a word that nobody knows, if it is meant: beyond what an unknown word costs in its place."""
_UNKNOWN_PLAIN = 3.0
"""The same for one without accents beside words that have them: a name, a foreign word."""
_IMPOSSIBLE = 14.0
"""The same for one with accents that is no syllable."""
_SLIP = 7.0
"""Of a slip in a word that is known: most are not slips."""
_SLIP_HELD = 10.0
"""The same where the library has the word."""
_FITS = 6.0
"""A word fits beside one that it follows, or that follows it, at no more than this cost."""
_WEIGHT = 0.8
"""Of what was typed, where it is a known word."""
_LONGEST = 12
"""Letters of the longest syllable worth mending."""
_MOST = 40
"""Tokens of a query that are looked at: nobody mends a pasted page word by word."""


def step(draft: Draft, knowledge: Knowledge) -> Draft:
    """Mend words that nobody knows, and words that fit nowhere beside one that fits.

    A known word that was mended stays searched as a reading.
    """
    language = knowledge.language
    if language is None:
        return draft
    found = tokens(draft)
    if not found or len(found) > _MOST:
        return draft
    bare = not accents_typed(draft, found)
    doubtful = {
        number: known
        for number in range(len(found))
        if (known := _doubt(found, number, language)) is not None
    }
    if not doubtful:
        return draft
    dear = 0.0 if bare else LEFT_OUT
    choices = [accented(token, language, dear) for token in found]
    for number, known in doubtful.items():
        choices[number] = _with_slips(found[number], language, choices[number], known=known, bare=bare)
    best, *_ = decode(language.model, choices, language.beside)
    changes = {}
    around = list(found)
    for number, known in sorted(doubtful.items(), key=lambda one: one[1]):  # known words last
        meant = language.model.words[choices[number][best.chosen[number]].entry]
        if not best.chosen[number] or (found[number].bare and fold(meant) == found[number].text):
            continue  # accents are given to the whole later
        meant = fold(meant) if bare else meant
        if _supported(around, number, meant, language, known=known):
            changes[number] = meant
            around[number] = replace(found[number], text=meant)
    if not changes:
        return draft
    seen = [Understanding("slip", draft.rest[found[n].start : found[n].end], w) for n, w in changes.items()]
    mended = replace(draft, rest=rewritten(draft.rest, found, changes)).understood(*seen)
    if not any(doubtful[number] or language.held(found[number].text) for number in changes):
        return mended  # what was typed stands in no passage
    return replace(mended, readings=(*mended.readings, Reading(draft.rest, _WEIGHT)))


def _doubt(found: Sequence[Token], number: int, language: Language) -> bool | None:
    """None where a token stays as it is; else whether it is a known word that only fits nowhere."""
    token = found[number]
    if token.fixed or not token.text.isalpha() or not 2 <= len(token.text) <= _LONGEST:
        return None
    syllable = bool(language.accented(token.text)) if token.bare else language.is_syllable(token.text)
    if not syllable:
        return False if _misspelt(token) or not language.knows(token.text) else None
    if token.name:
        return None
    if language.fits(token.text, *_beside(found, number), within=_FITS):
        return True if _sounds_better(found, number, language) else None
    return True


def _misspelt(token: Token) -> bool:
    """Whether it has accents and yet cannot be a syllable: a slip even where some passage has it so."""
    return not token.bare and not is_syllable(token.text)


def _sounds_better(found: Sequence[Token], number: int, language: Language) -> bool:
    """Whether the library has beside its neighbours not the word typed but one that sounds like it."""
    token = found[number]
    if token.bare or _held_beside(found, number, token.text, language):
        return False
    alike = (word for word in sounding_alike(token.text) if language.is_syllable(word))
    return any(_held_beside(found, number, word, language) for word in alike)


def _held_beside(found: Sequence[Token], number: int, word: str, language: Language) -> bool:
    """Whether some passage has the word beside one of the neighbours of a token."""
    before, after = _beside(found, number)
    pairs = [(before, word)] if before else []
    pairs += [(word, after)] if after else []
    return any(language.held_together(*pair) for pair in pairs)


def _beside(found: Sequence[Token], number: int) -> tuple[str | None, str | None]:
    """The words before and after; None at the ends."""
    before = found[number - 1].text if number else None
    return before, found[number + 1].text if number + 1 < len(found) else None


def _supported(found: Sequence[Token], number: int, meant: str, language: Language, *, known: bool) -> bool:
    """Whether the library holds what may be meant; for a known word, beside a neighbour, unlike the typed."""
    if not language.held(meant):
        return False
    if not known:
        return True
    return _held_beside(found, number, meant, language) and not _held_beside(
        found, number, found[number].text, language
    )


def _with_slips(
    token: Token, language: Language, choices: Sequence[Choice], *, known: bool, bare: bool
) -> list[Choice]:
    """What was typed first, then what may have been meant, the slip counted."""
    typed, *others = choices
    if not known:
        plain = _UNKNOWN_PLAIN if token.bare and not bare else _UNKNOWN
        typed = replace(typed, cost=_IMPOSSIBLE if _misspelt(token) else plain)
    meant = neighbours(
        token.text, language, accents_count=not bare, letters=not token.name or _misspelt(token)
    )
    same = {choice.entry for choice in others}
    more = (_SLIP_HELD if language.held(token.text) else _SLIP) if known else 0.0
    slips = [replace(one, cost=one.cost + more) for one in meant if one.entry not in same]
    return [typed, *others, *slips]
