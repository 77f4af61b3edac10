"""Names of bodies cut short: "Sở Giáo dục", "ngành giáo dục" → also "Sở Giáo dục và Đào tạo"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.body_names import HEADS
from corpus.text import SYLLABLE, fold, normalise_tones
from search_api.names import Body, Names
from search_api.query.draft import Draft
from search_api.query.knowledge import Knowledge
from search_api.types import Reading, Understanding

__all__ = ["step"]

WEIGHT = 0.7
"""What the whole name counts against what was typed."""
_SECTOR = "nganh"
"""Stands for the body that looks after a field of work."""
_SECTOR_HEADS = ("sở", "bộ")
_HEAD_WORDS = frozenset({"cac", *(fold(head.split()[0]) for head in HEADS)})
_MOST = 2
"""Whole names searched for one that was cut short."""


class _Short(NamedTuple):
    """A name cut short at [start, end) of the query, and the whole names it may be."""

    start: int
    end: int
    names: tuple[str, ...]


def step(draft: Draft, knowledge: Knowledge) -> Draft:
    """Readings with the whole names of bodies that are named in part; a whole name stays as it is."""
    shorts = list(_shorts(draft.rest, knowledge.names))
    if not shorts:
        return draft
    text = draft.rest
    readings = [
        Reading(f"{text[: short.start]}{name}{text[short.end :]}", WEIGHT)
        for short in shorts[:_MOST]
        for name in short.names
    ]
    seen = [Understanding("body", text[one.start : one.end], " / ".join(one.names)) for one in shorts[:_MOST]]
    return replace(draft, readings=(*draft.readings, *readings)).understood(*seen)


def _shorts(text: str, names: Names) -> Iterator[_Short]:
    tokens = list(SYLLABLE.finditer(normalise_tones(text).lower()))
    words = [token.group() for token in tokens]
    at = 0
    while at < len(words):
        if fold(words[at]) == _SECTOR:
            sectors = names.called(*words[at + 1 : at + 2], after_head=True)
            length, whole = _longest(words[at + 1 :], filter(_is_sector, sectors), skip=1)
            length += bool(length)
        else:
            length, whole = _longest(words[at:], names.called(words[at]), skip=0)
        if whole and not _listed(text, tokens, at, length):
            yield _Short(tokens[at].start(), tokens[at + length - 1].end(), whole)
        at += max(length, 1)


def _listed(text: str, tokens: Sequence[re.Match[str]], at: int, length: int) -> bool:
    """Whether the name goes on in words that no body of the library has: "Sở Nông nghiệp và Phát triển…"."""
    if at + length + 1 >= len(tokens):
        return False
    between = text[tokens[at + length - 1].end() : tokens[at + length].start()]
    follows = [token.group() for token in tokens[at + length : at + length + 2]]
    return not between.strip() and fold(follows[0]) == "va" and fold(follows[1]) not in _HEAD_WORDS


def _is_sector(body: Body) -> bool:
    return body.start == 1 and body.words[0] in _SECTOR_HEADS


def _longest(words: Sequence[str], bodies: Iterable[Body], *, skip: int) -> tuple[int, tuple[str, ...]]:
    """Syllables of the longest beginning of a body's name, and the names it may be; () if it is whole."""
    best, names = 0, dict[str, None]()
    for body in bodies:
        wanted = body.words[skip:]
        same = 0
        while same < min(len(words), len(wanted)) and _is(words[same], wanted[same]):
            same += 1
        same = max((end - skip for end in body.ends if end - skip <= same), default=0)
        if not same or same < best:
            continue
        if same > best:
            best, names = same, {}
        if same == len(wanted) and not skip:
            return same, ()
        names[body.name] = None
    return best, tuple(names)[:_MOST]


def _is(typed: str, word: str) -> bool:
    """Equal; typed without accents, accents do not count."""
    return typed == word or (typed == fold(word) and typed.isascii())
