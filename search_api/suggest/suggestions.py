"""The suggestions of one index generation, and what is said of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.library import Library
from corpus.text import fold, nfc, normalise_tones
from indexer.index import Index
from search_api.suggest.entries import Entry, Kind, entries
from search_api.suggest.matching import Matcher, Typed, pieces, read

__all__ = ["LONGEST", "Suggestion", "Suggestions"]

LONGEST = 200
"""Characters of what was typed that are looked at: nobody chooses a suggestion for a pasted page."""

_LOOKED_AT = 80
"""Candidates compared word by word."""
_TOGETHER = 0.6
"""What a text counts more that has the words typed side by side."""
_ACCENTS = 0.8
"""The same where the accents typed are its accents."""
_LENGTH = 0.004
"""What each character of a text costs: short ones are read at a glance."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion. `highlights` are [start, end) spans of `text` that were typed."""

    kind: Kind
    text: str
    detail: str
    document: str | None
    highlights: tuple[tuple[int, int], ...]


class Suggestions:
    """Everything that can be suggested, ready to be asked at every key."""

    def __init__(self, found: Iterable[Entry]) -> None:
        self._entries = list(found)
        texts = [f"{entry.text} {entry.detail}" for entry in self._entries]
        self._matcher = Matcher(texts, [entry.weight for entry in self._entries])

    @classmethod
    def of(cls, library: Library, index: Index) -> "Suggestions":
        """All that a library and its index hold. LibraryError where they cannot be read."""
        return cls(entries(library, index))

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, typed: str, limit: int) -> list[Suggestion]:
        """At most `limit` suggestions, the likeliest first, of every kind some."""
        asked = read(nfc(typed)[:LONGEST].lstrip())
        scored = [
            (score + self._closeness(self._entries[number], asked), number)
            for number, score in self._matcher.find(asked, _LOOKED_AT)
        ]
        order = [self._entries[number] for _, number in sorted(scored, key=lambda one: (-one[0], one[1]))]
        return [_shown(entry, asked) for entry in _mixed(order, limit)]

    def _closeness(self, entry: Entry, asked: Typed) -> float:
        text = f"{entry.text} {entry.detail}"
        folded = " ".join(pieces(fold(text)))
        score = -_LENGTH * min(len(entry.text), LONGEST)
        if f" {' '.join(asked.folded)}" in f" {folded}":
            score += _TOGETHER
        if asked.exact != asked.folded:
            words = pieces(normalise_tones(text).lower())
            score += _ACCENTS * (_agreeing(asked, words) - 1)
        return score


def _agreeing(asked: Typed, words: list[str]) -> float:
    """Share of the words typed that stand in the text with just these accents."""
    held = set(words)
    *whole, last = asked.exact
    same = sum(word in held for word in whole)
    same += any(word.startswith(last) for word in words) if asked.open else last in held
    return same / len(asked.exact)


def _mixed(order: list[Entry], limit: int) -> list[Entry]:
    """The first `limit`, no kind with more than half while there are others."""
    most = max(1, (limit + 1) // 2)
    counts: dict[Kind, int] = {}
    chosen: list[int] = []
    for number, entry in enumerate(order):
        counts[entry.kind] = counts.get(entry.kind, 0) + 1
        if counts[entry.kind] <= most:
            chosen.append(number)
    taken = set(chosen[:limit])
    for number in range(len(order)):
        if len(taken) >= limit:
            break
        taken.add(number)
    return [order[number] for number in sorted(taken)]


def _shown(entry: Entry, asked: Typed) -> Suggestion:
    spans = []
    folded = fold(entry.text)
    at = 0
    *whole, last = asked.folded
    for piece in pieces(folded):
        start = folded.index(piece, at)
        at = start + len(piece)
        if piece in whole or piece == last:
            spans.append((start, at))
        elif asked.open and piece.startswith(last):
            spans.append((start, start + len(last)))
    return Suggestion(entry.kind, entry.text, entry.detail, entry.document, tuple(spans))
