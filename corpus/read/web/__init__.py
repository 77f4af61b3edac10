"""Web pages (.html, .htm, .mht): the outside. `parse` runs in a limited process."""

from corpus.read.sandbox import HTML, parse_apart
from corpus.types import SourceText

__all__ = ["read_html"]


def read_html(data: bytes, name: str) -> SourceText:
    """Read the bytes of a web page. Raises `ReadError` where they hold no text."""
    return parse_apart(data, name, parser=HTML)
