"""Readers: the bytes of a file to blocks with page numbers, one reader for each kind of file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import ReadError
from corpus.read.docx import read_docx
from corpus.read.kinds import SUFFIXES, Kind, kind_of
from corpus.read.limits import MAX_CONTAINER_BYTES, MAX_TEXT_BYTES, load, megabytes, shown
from corpus.read.office import to_docx
from corpus.read.pdf import read_pdf
from corpus.read.plain import read_plain
from corpus.read.scan import PageProgress, read_picture
from corpus.read.web import read_html
from corpus.types import SourceText

__all__ = [
    "FOLDER_SUFFIXES", "READERS", "PageProgress", "Reader", "is_archive", "load_document", "read_bytes",
    "read_source",
]  # fmt: skip

_Read = Callable[[bytes, str, PageProgress | None], SourceText]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of file is read: bytes and a printable name in, blocks out."""

    read: _Read
    most_bytes: int


def _plainly(read: Callable[[bytes, str], SourceText]) -> _Read:
    """A reader that has no pages to tell of."""
    return lambda data, name, told: read(data, name)


def _converted(suffix: str) -> _Read:
    """A reader that has LibreOffice make a .docx first."""
    return lambda data, name, told: read_docx(to_docx(data, name, suffix), name)


def _archived(data: bytes, name: str, told: PageProgress | None) -> SourceText:
    raise ReadError(f"{name}: là tệp nén ZIP, không phải một văn bản; hãy thêm các tệp bên trong.")


_BY_KIND: Mapping[Kind, Reader] = {
    "text": Reader(_plainly(read_plain), MAX_TEXT_BYTES),
    "html": Reader(_plainly(read_html), MAX_TEXT_BYTES),
    "docx": Reader(_plainly(read_docx), MAX_CONTAINER_BYTES),
    "pdf": Reader(read_pdf, MAX_CONTAINER_BYTES),
    "doc": Reader(_converted(".doc"), MAX_CONTAINER_BYTES),
    "rtf": Reader(_converted(".rtf"), MAX_CONTAINER_BYTES),
    "odt": Reader(_converted(".odt"), MAX_CONTAINER_BYTES),
    "wordxml": Reader(_converted(".xml"), MAX_CONTAINER_BYTES),
    "picture": Reader(read_picture, MAX_CONTAINER_BYTES),
    "zip": Reader(_archived, MAX_CONTAINER_BYTES),
}

READERS: Mapping[str, Reader] = {suffix: _BY_KIND[kind] for suffix, kind in SUFFIXES.items()}
"""Readers by lower-case suffix. An archive (.zip) holds files that are read each for itself: see
`corpus.read.archive.members`."""

FOLDER_SUFFIXES = frozenset(READERS) - {".png", ".jpg", ".jpeg"}
"""Suffixes of the files that are taken from a folder or an archive unasked. Pictures there are logos and
photographs more often than documents."""


def read_source(path: Path) -> SourceText:
    """Read a file into blocks. Raises `ReadError`, one line in Vietnamese, on anything unreadable."""
    return read_bytes(load_document(path), path.name)


def load_document(path: Path) -> bytes:
    """The bytes of a file, checked for size but not parsed."""
    if not path.suffix and not path.exists():
        return load(path, 0)  # a mistyped folder is not there, rather than of an unknown kind
    reader = READERS.get(path.suffix.lower())
    return load(path, reader.most_bytes if reader else MAX_CONTAINER_BYTES)


def read_bytes(data: bytes, name: str, told: PageProgress | None = None) -> SourceText:
    """Read a document from bytes already in memory, as what they are, whatever the suffix of `name` says.

    `told` is told of pages that are recognised; what it raises goes through.
    """
    label = shown(name)
    try:
        kind, warning = kind_of(data, name)
    except ReadError as error:
        raise ReadError(f"{label}: {error}") from error
    reader = _BY_KIND[kind]
    if len(data) > reader.most_bytes:
        raise ReadError(
            f"{label}: tệp quá lớn ({megabytes(len(data))}, tối đa {megabytes(reader.most_bytes)}); "
            "hãy tách thành nhiều tệp, mỗi văn bản một tệp, rồi thêm lại."
        )
    source = reader.read(data, label, told)
    return replace(source, warnings=(warning, *source.warnings)) if warning else source


def is_archive(data: bytes, name: str) -> bool:
    """Are these the bytes of an archive whose members are documents?"""
    try:
        return kind_of(data, name)[0] == "zip"
    except ReadError:
        return False
