"""What can be suggested: documents, headings, bodies and the words that several passages hold."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.library import Library
from corpus.text import fold
from indexer.index import Index

__all__ = ["Entry", "entries"]

Kind = Literal["document", "heading", "term"]

_LEAST_PASSAGES = 2
"""Passages that must hold a word before it is suggested: a misprint stands in one."""
_MOST_TERMS = 30_000
_LONGEST_HEADING = 120
"""Characters of the longest heading suggested; longer ones are sentences."""
_BODY = 0.3
"""What the name of a body counts more than a word that as many hold."""
_HEADING, _DOCUMENT = 0.6, 0.5
"""What headings count against words, and what a document does, however many there are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be suggested."""

    kind: Kind
    text: str
    """What stands in the search box when it is chosen."""
    detail: str = ""
    """What else it is found by and shown with: the title of a document."""
    document: str | None = None
    """Id, where it is one."""
    weight: float = 0.0
    """How likely it is meant before anything is typed: 0…1 or a little more."""


def entries(library: Library, index: Index) -> list[Entry]:
    """Everything that can be suggested, each text once. LibraryError where the library cannot be read."""
    found: dict[str, Entry] = {}
    for entry in (*_documents(library), *_bodies(library), *_headings(library), *_terms(index)):
        found.setdefault(f"{entry.document or ''} {fold(entry.text)}", entry)
    return list(found.values())


def _documents(library: Library) -> Iterator[Entry]:
    for document in library.documents():
        metadata = document.metadata
        name = " ".join(filter(None, (metadata.kind, metadata.number))) if metadata.number else ""
        title = metadata.title or ""
        text = name or title or document.source
        yield Entry("document", text, title if name else metadata.kind or "", document.id, _DOCUMENT)


def _bodies(library: Library) -> Iterator[Entry]:
    bodies = library.learned().bodies
    most = max((count for _, count in bodies), default=1)
    for name, count in bodies:
        yield Entry("term", name, weight=_BODY + _share(count, most))


def _headings(library: Library) -> Iterator[Entry]:
    held = library.headings()
    most = max((count for _, count in held), default=1)
    for title, count in held:
        text = " ".join(title.split()).rstrip(" :;.,")
        if 1 < len(text) <= _LONGEST_HEADING:
            text = text.capitalize() if text.isupper() and " " in text else text
            yield Entry("heading", text, weight=_HEADING * _share(count, most))


def _terms(index: Index) -> Iterator[Entry]:
    size = len(index)
    for token, count in index.terms("words", _MOST_TERMS):
        parts = token.split("_")
        if count >= _LEAST_PASSAGES and len(parts) > 1 and all(map(str.isalpha, parts)):
            yield Entry("term", " ".join(parts), weight=_share(count, size))


def _share(count: int, most: int) -> float:
    """Between 0 and 1, by orders of magnitude."""
    return math.log1p(count) / math.log1p(max(count, most))
