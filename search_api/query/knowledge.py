"""What the library knows, for reading queries: built once per index generation."""

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.library import Library, fold_number
from corpus.text import SYLLABLE
from indexer.index import Index
from search_api.names import Names

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


def know(library: Library, index: Index) -> Knowledge:
    """Everything that a library and its index teach. LibraryError where they cannot be read."""

    def uses(short: str) -> bool:
        """Whether passages hold a short form: one token "ubnd", or two neighbours "gd_đt"."""
        parts = SYLLABLE.findall(short.lower())
        if len(parts) > 1:
            return index.frequency("bigrams", "_".join(parts[:2])) > 0
        return index.frequency("words", parts[0]) > 0

    def numbered(number: str) -> tuple[str, ...]:
        whole = fold_number(number)
        digits = "/".join(part.lstrip("0") or "0" for part in number.split("/"))
        found = library.named(None, whole or digits, full=whole is not None)
        return tuple(document.id for document in found)

    facets = library.facets()
    return Knowledge(
        names=Names(library.learned(), uses),
        kinds=tuple(facets["kind"]),
        issuers=tuple(facets["issuer"]),
        numbered=numbered,
    )
