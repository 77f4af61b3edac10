"""Accents given back: "nhiem vu so giao duc" → "nhiệm vụ sở giáo dục"."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from search_api.query.choices import LEFT_OUT, accented, takes_accents
from search_api.query.decoding import Choice, Path, decode
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.query.language import Language
from search_api.query.tokens import Token, accents_typed, rewritten, tokens
from search_api.types import Reading, Understanding

__all__ = ["step"]

_SOME_LEFT_OUT = 5.0
"""How much rarer (nats) people leave out some accents than type them all."""
_CLOSE = 1.5
"""Other readings that are at most so much less likely (nats) are searched as well."""
_MOST_READINGS = 2
_MOST = 100
"""Tokens of a query that are given accents; a pasted page without any is found without them."""


def step(draft: Draft, knowledge: Knowledge) -> Draft:
    """Give accents to what was typed without; a syllable typed with one stays.

    In a query with accents a syllable without may be meant so: it changes only where the text is
    much likelier then.
    """
    language = knowledge.language
    if language is None:
        return draft
    found = tokens(draft)[:_MOST]
    if not any(takes_accents(token, language) for token in found):
        return draft
    typed_with = accents_typed(draft, found)
    choices = [accented(token, language, LEFT_OUT if typed_with else 0.0) for token in found]
    paths = _readings(choices, language, typed_with)
    best = _changed(choices, paths[0], language)
    if not best:
        return draft
    readings = [
        Reading(
            rewritten(draft.rest, found, _changed(choices, path, language)),
            math.exp(paths[0].cost - path.cost),
        )
        for path in paths[1 : 1 + _MOST_READINGS]
    ]
    text = rewritten(draft.rest, found, best)
    return replace(draft, rest=text, readings=(*draft.readings, *readings)).understood(
        *(
            Understanding("accents", draft.rest[start:end], text[start:end])
            for start, end in _runs(found, best)
        )
    )


def _readings(choices: Sequence[Sequence[Choice]], language: Language, typed_with: int) -> list[Path]:
    """The likeliest texts first; only what was typed where nothing else is likely enough."""
    paths = decode(language.model, choices, language.beside, _CLOSE)
    if typed_with:
        typed = decode(language.model, [some[:1] for some in choices], language.beside)[0]
        if typed.cost - paths[0].cost <= _SOME_LEFT_OUT + LEFT_OUT * typed_with:
            return [Path((0,) * len(choices), 0.0)]
    return paths


def _runs(found: Sequence[Token], changed: Collection[int]) -> Iterator[tuple[int, int]]:
    """Spans of the text from a token that changed to the last one before what is not to be touched."""
    run: list[int] = []
    for number, token in enumerate(found):
        if token.fixed and run:
            yield found[run[0]].start, found[run[-1]].end
            run = []
        elif number in changed:
            run.append(number)
    if run:
        yield found[run[0]].start, found[run[-1]].end


def _changed(choices: Sequence[Sequence[Choice]], path: Path, language: Language) -> dict[int, str]:
    """Token → the word that it becomes, for those that change."""
    return {
        number: language.model.words[found[chosen].entry]
        for number, (found, chosen) in enumerate(zip(choices, path.chosen, strict=True))
        if chosen
    }
