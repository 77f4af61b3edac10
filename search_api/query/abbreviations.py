"""Short forms opened: "nhiệm vụ Sở GD&ĐT" → "nhiệm vụ Sở Giáo dục và Đào tạo".

What was typed is searched as well where the library uses the short form: see `shortening.py`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.text import SYLLABLE, fold
from search_api.names import Meaning, Names
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.types import Reading, Understanding

__all__ = ["step"]

# A run of letters with signs inside, not part of a document number ("18-CTr/TU") or address.
_RUN = re.compile(r"(?<![\w/&.@-])[^\W\d_]+(?:(?:\s?&\s?|[-/.])[^\W\d_]+)*(?![\w@])")
_PART = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\s*(?:số\s*:?\s*)?\d", re.IGNORECASE)
_NEAR = 3
"""Words on each side that tell which meaning is meant."""
_MOST = 3
"""Meanings searched at once."""
_SHOUTED = 3
"""Words in capitals from which the whole query is taken as written in capitals."""
_OTHER_MEANING = 0.9
"""Weight of a second or third meaning: the first is the likelier one."""


class _Opened(NamedTuple):
    """A short form at [start, end) of the query with what it means."""

    start: int
    end: int
    longs: tuple[str, ...]


def step(draft: Draft, knowledge: Knowledge) -> Draft:
    """Open short forms in the text; other meanings of an ambiguous one become readings."""
    opened = list(_opened(draft, knowledge.names))
    if not opened:
        return draft
    text = draft.rest
    seen = [Understanding("abbreviation", text[one.start : one.end], " / ".join(one.longs)) for one in opened]
    readings = [
        Reading(
            _written(text, [*opened[:at], one._replace(longs=(long,)), *opened[at + 1 :]]), _OTHER_MEANING
        )
        for at, one in enumerate(opened)
        for long in one.longs[1:_MOST]
    ]
    return replace(
        draft, rest=_written(text, opened), readings=(*draft.readings, *readings[:_MOST])
    ).understood(*seen)


def _written(text: str, opened: Sequence[_Opened]) -> str:
    """The text with the first meaning of each short form in its place."""
    pieces, at = [], 0
    for one in opened:
        pieces += [text[at : one.start], one.longs[0]]
        at = one.end
    return "".join([*pieces, text[at:]])


def _opened(draft: Draft, names: Names) -> Iterator[_Opened]:
    text = draft.rest
    words = SYLLABLE.findall(text)
    capitals = not (text.isupper() and len(words) > _SHOUTED)
    quoted = [span for phrase in draft.phrases for span in _spans(text, phrase)]
    for run in _RUN.finditer(text):
        if any(start < run.end() and run.start() < end for start, end in quoted):
            continue  # in quotes means exactly so
        whole = names.meanings(run.group(), capitals=capitals)
        if whole:
            longs = _meant(whole, text, run.start(), run.end())
            if longs:
                yield _Opened(run.start(), run.end(), longs)
            continue
        if not re.search(r"[-/]|\s&\s", run.group()):
            continue
        for part in _PART.finditer(text, run.start(), run.end()):  # UBND-HĐND, ubnd & hđnd
            longs = _meant(names.meanings(part.group(), capitals=capitals), text, *part.span())
            if longs:
                yield _Opened(*part.span(), longs)


def _spans(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    at = text.find(phrase)
    while at >= 0:
        yield at, at + len(phrase)
        at = text.find(phrase, at + max(1, len(phrase)))


def _meant(meanings: Sequence[Meaning], text: str, start: int, end: int) -> tuple[str, ...]:
    """The meanings whose condition holds at [start, end), else those that need none."""
    number = bool(_NUMBER.match(text, end))
    before = SYLLABLE.findall(fold(text[:start]))[-_NEAR:]
    after = SYLLABLE.findall(fold(text[end:]))[:_NEAR]
    near = f" {' '.join(before)} | {' '.join(after)} "

    def holds(meaning: Meaning) -> bool:
        if meaning.number:
            return number
        return any(f" {words} " in near for words in meaning.beside)

    chosen = [meaning for meaning in meanings if holds(meaning)][:1]
    chosen = chosen or [meaning for meaning in meanings if meaning.otherwise]
    return tuple(dict.fromkeys(meaning.long for meaning in chosen))
