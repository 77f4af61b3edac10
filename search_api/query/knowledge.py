"""What the library knows, for reading queries: built once per index generation."""

from dataclasses import dataclass, field

from corpus.library import Library
from corpus.text import SYLLABLE
from indexer.index import Index
from search_api.names import Names

__all__ = ["Knowledge", "know"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that steps may consult. A field at its default means that nothing is known of that."""

    names: Names = field(default_factory=Names)
    """Abbreviations and bodies."""


def know(library: Library, index: Index) -> Knowledge:
    """Everything that a library and its index teach. LibraryError where they cannot be read."""

    def uses(short: str) -> bool:
        """Whether passages hold a short form: one token "ubnd", or two neighbours "gd_đt"."""
        parts = SYLLABLE.findall(short.lower())
        if len(parts) > 1:
            return index.frequency("bigrams", "_".join(parts[:2])) > 0
        return index.frequency("words", parts[0]) > 0

    return Knowledge(names=Names(library.learned(), uses))
