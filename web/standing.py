"""Where a document stands among others: newer and older versions, what replaces or amends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.library import DocumentSummary
from corpus.types import Citation
from search_api.links import document_url
from web.views import Link
from web.wording import document_line, show_date

__all__ = ["Standing", "standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Links to the documents that bear on whether this one still holds."""

    newer: tuple[Link, ...]
    """Newer versions, newest first."""
    older: tuple[Link, ...]
    replaced_by: tuple[Link, ...]
    amended_by: tuple[Link, ...]


def standing(
    versions: Sequence[DocumentSummary],
    document: DocumentSummary,
    citing: Sequence[tuple[Citation, DocumentSummary]],
) -> Standing:
    """Lay out the versions of `document` (newest first, itself among them) and who cites it."""
    at = next((n for n, version in enumerate(versions) if version.id == document.id), 0)

    def by(relation: str) -> tuple[Link, ...]:
        found = {other.id: other for citation, other in citing if citation.relation == relation}
        return tuple(
            Link(" · ".join(document_line(other.metadata)), document_url(other.id))
            for other in found.values()
        )

    return Standing(
        newer=tuple(map(_version, versions[:at])),
        older=tuple(map(_version, versions[at + 1 :])),
        replaced_by=by("replaces"),
        amended_by=by("amends"),
    )


def _version(version: DocumentSummary) -> Link:
    dated = show_date(version.metadata.date)
    when = f"ngày {dated}, " if dated and dated[0].isdigit() else f"{dated}, " if dated else ""
    return Link(f"{version.source} ({when}đưa vào {show_date(version.added[:10])})", document_url(version.id))
