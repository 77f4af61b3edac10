"""Errors of searching that the one who asks can do something about."""

from corpus.errors import LibraryError, NotHeldError, TracuuError

__all__ = ["LibraryError", "NotHeldError", "RefusedError", "TracuuError"]


class RefusedError(TracuuError):
    """Something asked over HTTP that is refused; `status` is that of the answer, `code` names the reason."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
