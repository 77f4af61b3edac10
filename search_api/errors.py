"""Errors of searching that the one who asks can do something about."""

from corpus.errors import TracuuError

__all__ = ["NotHeldError", "QueryError"]


class QueryError(TracuuError):
    """The query as typed cannot be searched."""


class NotHeldError(TracuuError):
    """A filter or an id names something that the library does not hold."""
