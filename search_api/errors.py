"""Errors of searching that the one who asks can do something about."""

from corpus.errors import LibraryError, NotHeldError, TracuuError

__all__ = ["LibraryError", "NotHeldError", "TracuuError"]
