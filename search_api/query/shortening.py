"""Long names as the library abbreviates them: "Ủy ban nhân dân xã" is searched as "UBND xã" as well."""

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import NamedTuple

from corpus.text import SYLLABLE, fold
from search_api.names import Names
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.types import Reading, Understanding

__all__ = ["WEIGHT", "step"]

WEIGHT = 0.7
"""What a short form counts against the words themselves."""
_TYPED = 1.0
"""What it counts where it was typed so, and the library writes it so."""
_MOST = 2
"""Readings made: one with the first short form of each name, one with the second."""


class _Long(NamedTuple):
    """A long name at [start, end) of the query with the short forms that are to be searched for it."""

    start: int
    end: int
    shorts: tuple[str, ...]


def step(draft: Draft, knowledge: Knowledge) -> Draft:
    """Readings with the long names in their short forms.

    Those that were typed short themselves, and those that the library commonly shortens.
    """
    opened = {u.understood for u in draft.understandings if u.kind == "abbreviation"}
    longs = list(_longs(draft.rest, knowledge.names, opened))
    if not longs:
        return draft
    text = draft.rest
    readings = []
    for nth in range(max(len(long.shorts) for long in longs)):
        pieces, at = [], 0
        for long in longs:
            pieces += [text[at : long.start], long.shorts[min(nth, len(long.shorts) - 1)]]
            at = long.end
        typed = all(text[long.start : long.end] in opened for long in longs)
        readings.append(Reading("".join([*pieces, text[at:]]), _TYPED if typed else WEIGHT))
    seen = [
        Understanding("abbreviation", text[long.start : long.end], long.shorts[0])
        for long in longs
        if text[long.start : long.end] not in opened
    ]
    return replace(draft, readings=(*draft.readings, *readings)).understood(*seen)


def _longs(text: str, names: Names, opened: Container[str]) -> Iterator[_Long]:
    tokens = list(SYLLABLE.finditer(fold(text)))
    words = [token.group() for token in tokens]
    at = 0
    while at < len(words):
        for size in range(min(names.longest, len(words) - at), 1, -1):
            start, end = tokens[at].start(), tokens[at + size - 1].end()
            known = names.shorts.get(tuple(words[at : at + size]), ())
            shorts = [short.text for short in known if short.common or text[start:end] in opened]
            if shorts:
                yield _Long(start, end, tuple(shorts[:_MOST]))
                at += size
                break
        else:
            at += 1
