"""Errors that a user can do something about. Their text is shown to the user as it stands."""

__all__ = ["LibraryError", "NotHeldError", "ReadError", "TracuuError"]


class TracuuError(Exception):
    """A failure with one plain Vietnamese line that says what happened and what to do next."""


class ReadError(TracuuError):
    """A file could not be read as a document; the other files still can be."""


class LibraryError(TracuuError):
    """The library directory cannot be opened, written or trusted."""


class NotHeldError(LibraryError):
    """The library is sound but holds nothing of the name, id or value asked for."""
