"""Judged questions: what was asked and what is wanted, whichever way the judgements were written down.

Judgements come in two forms: ids of passages (BEIR, TREC), and quotes from documents, which hold
however a document is cut into passages. Both say the same thing: which of the wanted items a result
brings.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Protocol

__all__ = ["ByPassage", "ByQuote", "Judgement", "Result", "Topic", "normal"]

_LONGEST = 2_500
"""A passage of more characters is never credited with a quote: whole documents would win."""
_ENOUGH = 0.6
"""Share of a quote's distinct word triples that a passage must hold to cover it."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a search, best first among its like."""

    id: str
    """Passage id."""
    text: str
    file: str
    """Name of the document's file."""
    where: str = ""
    """Its place, for a reader: file and headings above it."""


class Judgement(Protocol):
    """What is wanted for one question."""

    @property
    def gains(self) -> tuple[float, ...]:
        """What each wanted item is worth in nDCG."""

    @property
    def grades(self) -> tuple[int, ...]:
        """Grade of each wanted item, from 1."""

    def brings(self, result: Result) -> frozenset[int]:
        """Which of the wanted items (by place) a result brings."""

    def judged(self, result: Result) -> bool:
        """Whether somebody has judged this result, for better or worse."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One judged question. Without anything wanted it cannot be answered, and is not scored."""

    id: str
    text: str
    kind: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class ByPassage:
    """Judgements by passage id, as trec_eval reads them: the gain is the grade."""

    by_id: dict[str, int]

    @property
    def _wanted(self) -> list[str]:
        return [id_ for id_, grade in self.by_id.items() if grade > 0]

    @property
    def grades(self) -> tuple[int, ...]:
        """Grade of each wanted item, from 1."""
        return tuple(self.by_id[id_] for id_ in self._wanted)

    @property
    def gains(self) -> tuple[float, ...]:
        """What each wanted item is worth in nDCG."""
        return tuple(map(float, self.grades))

    def brings(self, result: Result) -> frozenset[int]:
        """Which of the wanted items a result brings."""
        if self.by_id.get(result.id, 0) <= 0:
            return frozenset()
        return frozenset([self._wanted.index(result.id)])

    def judged(self, result: Result) -> bool:
        """Whether the qrels name this passage."""
        return result.id in self.by_id


@dataclass(frozen=True, slots=True)
class _Quote:
    file: str
    text: str
    triples: frozenset[tuple[str, ...]]
    grade: int


@dataclass(frozen=True, slots=True)
class ByQuote:
    """Judged quotes: (file, quote, grade). The gain is 2^grade - 1, as in the scorer of the plans.

    A quote of grade 0 was looked at and found wanting; it is no wanted item.
    """

    quotes: tuple[tuple[str, str, int], ...]
    _read: tuple[_Quote, ...] = field(init=False, repr=False, compare=False)
    _useless: tuple[_Quote, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        read = []
        for file, quote, grade in self.quotes:
            text = normal(quote)
            read.append(_Quote(PurePath(file).name, text, _triples(text), grade))
        object.__setattr__(self, "_read", tuple(quote for quote in read if quote.grade > 0))
        object.__setattr__(self, "_useless", tuple(quote for quote in read if quote.grade <= 0))

    @property
    def grades(self) -> tuple[int, ...]:
        """Grade of each quote that is wanted."""
        return tuple(quote.grade for quote in self._read)

    @property
    def gains(self) -> tuple[float, ...]:
        """What each quote is worth in nDCG."""
        return tuple(2.0**grade - 1 for grade in self.grades)

    def brings(self, result: Result) -> frozenset[int]:
        """Quotes of the result's file that its text holds, wholly or at least three fifths of it."""
        return _held(self._read, result)

    def judged(self, result: Result) -> bool:
        """Whether it holds a quote, wanted or of grade 0."""
        return bool(self.brings(result) or _held(self._useless, result))


def _held(quotes: Sequence[_Quote], result: Result) -> frozenset[int]:
    if len(result.text) > _LONGEST:
        return frozenset()
    here = [(n, quote) for n, quote in enumerate(quotes) if quote.file == PurePath(result.file).name]
    if not here:
        return frozenset()
    text = normal(result.text)
    triples = _triples(text)
    return frozenset(n for n, quote in here if _covers(text, triples, quote))


def _covers(text: str, triples: frozenset[tuple[str, ...]], quote: _Quote) -> bool:
    if f" {quote.text} " in f" {text} ":
        return True
    return bool(quote.triples) and len(quote.triples & triples) >= _ENOUGH * len(quote.triples) - 1e-9


def normal(text: str) -> str:
    """Letters and digits of a text in one case, everything between them one space."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join("".join(" " if unicodedata.category(c)[0] in "PSZC" else c for c in folded).split())


def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = text.split()
    return frozenset(tuple(words[at : at + 3]) for at in range(len(words) - 2))


def discounted(gains: Sequence[float]) -> float:
    """Sum of gains, each divided by the binary logarithm of its rank plus one."""
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
