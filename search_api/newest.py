"""Of several versions of one document the newest is searched, unless the older ones are asked for too."""

from collections.abc import Iterable, Mapping

from corpus.library import Library
from search_api.types import Filters, Hit

__all__ = ["Versions", "older_of"]


class Versions:
    """Which documents of a library are older versions, looked up once per state of the index."""

    def __init__(self, library: Library) -> None:
        self.newest: Mapping[str, str] = library.superseded()
        """Id of an older version → id of the newest."""
        self._keys = library.keys(self.newest)
        self._library = library
        self._all: frozenset[int] | None = None

    def allowed(self, chosen: frozenset[int] | None, filters: Filters) -> frozenset[int] | None:
        """Of the documents `chosen` by filters (None: all), those to be searched.

        An older version stays where it was asked for by name without the newest.
        """
        if filters.older or not self.newest:
            return chosen
        named = set(filters.documents)
        left_out = {
            self._keys[older]
            for older, newest in self.newest.items()
            if older in self._keys and not (named and newest not in named)
        }
        if chosen is None:
            if self._all is None:
                self._all = frozenset(self._library.keys().values())
            chosen = self._all
        return chosen - left_out


def older_of(hits: Iterable[Hit], newest: Mapping[str, str], filters: Filters) -> int:
    """How many older versions of the documents found were left out."""
    if filters.older or not newest:
        return 0
    found = {hit.document.id for hit in hits}
    left_out = (older for older, one in newest.items() if one in found and older not in found)
    return sum(not filters.documents or older in filters.documents for older in left_out)
