"""The way out: a query understood → candidates → fused → hits → groups → facets."""

from corpus.library import Library
from search_api.settings import Settings
from search_api.types import Filters, Query, Response

__all__ = ["Engine"]


class Engine:
    """A library, its index and its encoder, open for searching. Thread-safe."""

    library: Library
    settings: Settings

    @classmethod
    def open(cls, settings: Settings) -> "Engine":
        """Open the library that `settings` names; raises `TracuuError` where it cannot be."""
        raise NotImplementedError

    def understand(self, typed: str, *, filters: Filters | None = None, literal: bool = False) -> Query:
        """Read a typed query: what to search, what was understood."""
        raise NotImplementedError

    def search(self, query: Query, k: int = 10) -> Response:
        """The `k` best passages for `query`, their groups, and facets over the documents found."""
        raise NotImplementedError

    def close(self) -> None:
        """Release the library and the index."""
        raise NotImplementedError
