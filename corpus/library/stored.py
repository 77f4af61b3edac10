"""What the library hands out besides the document itself."""

from dataclasses import dataclass

from corpus.types import Metadata, Passage

__all__ = ["DocumentSummary", "RemovedDocument", "StoredPassage"]


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text: enough for a list, a result line or a link."""

    key: int
    """Row key, never reused; filters and facets speak of documents by it."""
    id: str
    source: str
    metadata: Metadata
    pages: int | None
    passages: int
    """Number of passages."""
    added: str
    """When it first came in: UTC, ISO 8601 to the second."""
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemovedDocument:
    """A document taken out of the library that can still be restored."""

    document: DocumentSummary
    removed: str
    """UTC, ISO 8601 to the second."""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what a result shows around it, fetched in one go."""

    key: int
    """Row key, never reused: the row id in the lexical and the vector index."""
    document_id: str
    passage: Passage
    section_path: tuple[str, ...]
    """Headings above it, outermost first: ("III. TỔ CHỨC…", "1.2. Chỉ đạo…")."""
    lead_text: str | None
    """Text of the passage that opens the list this one stands in ("Cụ thể:")."""
