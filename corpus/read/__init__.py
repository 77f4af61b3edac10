"""Readers: the bytes of a file to blocks with page numbers, one reader for each kind of file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.errors import ReadError
from corpus.read.limits import MAX_TEXT_BYTES, load, shown
from corpus.read.plain import read_plain
from corpus.types import SourceText

__all__ = ["READERS", "read_bytes", "read_source"]

READERS: Mapping[str, Callable[[bytes, str], SourceText]] = {".txt": read_plain, ".md": read_plain}
"""Reader by lower-case suffix: takes the bytes of the file and its name for messages."""


def read_bytes(data: bytes, name: str) -> SourceText:
    """Read a document from bytes already in memory; `name` gives the kind by its suffix."""
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise ReadError(f"{shown(name)}: loại tệp này chưa đọc được.")
    return reader(data, shown(name))


def read_source(path: Path) -> SourceText:
    """Read a file into blocks. Raises `ReadError`, one line in Vietnamese, on anything unreadable."""
    return read_bytes(load(path, MAX_TEXT_BYTES), path.name)
