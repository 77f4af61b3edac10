"""Readers: the bytes of a file to blocks with page numbers, one reader for each kind of file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReadError
from corpus.read.docx import read_docx
from corpus.read.limits import MAX_CONTAINER_BYTES, MAX_TEXT_BYTES, load, shown
from corpus.read.pdf import read_pdf
from corpus.read.plain import read_plain
from corpus.types import SourceText

__all__ = ["READERS", "Reader", "load_document", "read_bytes", "read_source"]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file is read: bytes and a printable name in, blocks out."""

    read: Callable[[bytes, str], SourceText]
    most_bytes: int


READERS: Mapping[str, Reader] = {
    ".txt": Reader(read_plain, MAX_TEXT_BYTES),
    ".md": Reader(read_plain, MAX_TEXT_BYTES),
    ".docx": Reader(read_docx, MAX_CONTAINER_BYTES),
    ".pdf": Reader(read_pdf, MAX_CONTAINER_BYTES),
}
"""Readers by lower-case suffix."""

_LATER = {".doc", ".rtf", ".odt", ".html", ".htm"}


def read_source(path: Path) -> SourceText:
    """Read a file into blocks. Raises `ReadError`, one line in Vietnamese, on anything unreadable."""
    return read_bytes(load_document(path), path.name)


def load_document(path: Path) -> bytes:
    """The bytes of a file of a kind that has a reader, checked for size but not parsed."""
    if not path.suffix and not path.exists():
        return load(path, 0)  # a mistyped folder is not there, rather than of an unknown kind
    return load(path, _reader(path.name).most_bytes)


def read_bytes(data: bytes, name: str) -> SourceText:
    """Read a document from bytes already in memory; the suffix of `name` says what kind it is."""
    return _reader(name).read(data, shown(name))


def _reader(name: str) -> Reader:
    suffix = Path(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        kinds = ", ".join(READERS)
        advice = "hãy mở bằng Word và lưu thành .docx" if suffix in _LATER else "hãy đổi sang một loại trên"
        later = "; .doc sẽ đọc được ở bản sau" if suffix in _LATER else ""
        raise ReadError(f"{shown(name)}: loại tệp này chưa đọc được (đọc được: {kinds}{later}); {advice}.")
    return reader
