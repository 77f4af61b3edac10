"""What the library knows, for reading queries: built once per index generation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.library import Library, fold_number
from corpus.text import syllables
from indexer.index import Index
from indexer.language import load_model
from search_api.names import Names
from search_api.query.language import Language

__all__ = ["Knowledge", "know"]


def _none(_: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that steps may consult. A field at its default means that nothing is known of that."""

    names: Names = field(default_factory=Names)
    """Abbreviations and bodies."""
    kinds: tuple[str, ...] = ()
    """Kinds of the documents held, most frequent first."""
    issuers: tuple[str, ...] = ()
    """Bodies that issued them, likewise."""
    numbered: Callable[[str], tuple[str, ...]] = _none
    """Ids of the documents held with a number, given whole ("64-KH/TU") or by its digits ("64")."""
    language: Language | None = None
    """What syllables follow each other, and the library's own words."""


def know(library: Library, index: Index) -> Knowledge:
    """Everything that a library and its index teach. LibraryError where they cannot be read."""

    def held(words: str) -> int:
        """Passages that may hold the words: as many as hold the rarest pair of neighbours among them."""
        parts = syllables(words)
        pairs = ["_".join(pair) for pair in pairwise(parts)]
        if not pairs:
            return index.frequency("words", parts[0])
        return min(index.frequency("bigrams", pair) for pair in pairs)

    def share(short: str, long: str) -> float:
        return held(short) / max(1, held(long))

    def numbered(number: str) -> tuple[str, ...]:
        whole = fold_number(number)
        digits = "/".join(part.lstrip("0") or "0" for part in number.split("/"))
        found = library.named(None, whole or digits, full=whole is not None)
        return tuple(document.id for document in found)

    facets = library.facets()
    return Knowledge(
        names=Names(library.learned(), share),
        kinds=tuple(facets["kind"]),
        issuers=tuple(facets["issuer"]),
        numbered=numbered,
        language=Language.of(load_model(), index.frequency),
    )
