"""From what a reader got out of a file to a document understood: the way "In" in one function."""

from corpus.citations import find_citations
from corpus.clean import clean_lines
from corpus.metadata import read_metadata
from corpus.structure.layout import lay_out
from corpus.structure.zones import cut_zones
from corpus.types import Document, SourceText

__all__ = ["READING_VERSION", "understand"]

READING_VERSION = "3"
"""Changes whenever the same bytes would be understood otherwise; see `Library.add`."""


def understand(source: SourceText, *, name: str, sha256: str) -> Document:
    """Understand a document: clean → structure → metadata → citations. Pure and deterministic.

    `name` is the file's name, for showing only; `sha256` of the file gives the document its id.
    """
    document_id = sha256[:16]
    lines = clean_lines(source.blocks)
    laid = lay_out(cut_zones(lines), document_id)
    metadata = read_metadata(laid)
    citations = find_citations(laid, metadata)
    return Document(
        document_id, sha256, name, laid.text, metadata, laid.matter, laid.sections, laid.passages, citations,
        source.pages, source.warnings, source.page_readings,
    )  # fmt: skip
