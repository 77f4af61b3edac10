"""The sample library as our own reader and parser understand it, read once for all tests."""

from functools import cache

from corpus.ingest import read_document
from corpus.sample import sample_files
from corpus.types import Document


@cache
def sample_documents() -> dict[str, Document]:
    """File name → document."""
    return {path.name: read_document(path) for path in sample_files()}


def sample_document(number: str) -> Document:
    """The document whose file name begins with `number` ("01" … "22")."""
    (found,) = (document for name, document in sample_documents().items() if name.startswith(f"{number}-"))
    return found
