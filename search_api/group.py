"""Hits put together: sections with their hits, and what could be filtered by."""

from collections import Counter
from collections.abc import Iterable

from corpus.library import DocumentSummary
from search_api.types import Facet, Group, Hit

__all__ = ["facets", "group"]


def group(hits: Iterable[Hit]) -> tuple[Group, ...]:
    """Hits of one section of one document together, in reading order; groups by their best hit."""
    sections: dict[tuple[str, int | None], list[Hit]] = {}
    for hit in hits:
        key = (hit.document.id, hit.stored.passage.section)
        sections.setdefault(key, []).append(hit)
    return tuple(
        Group(
            document=found[0].document,
            section=found[0].stored.section_path,
            hits=tuple(sorted(found, key=lambda hit: (hit.stored.passage.span, hit.rank))),
        )
        for found in sections.values()
    )


def facets(documents: Iterable[DocumentSummary]) -> tuple[Facet, ...]:
    """Number of documents for each kind, issuer and year; most frequent first within a field."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        metadata = document.metadata
        year = (metadata.date or "")[:4]
        for field, value in (("kind", metadata.kind), ("issuer", metadata.issuer), ("year", year)):
            if value:
                counts[field, value] += 1
    order = {"kind": 0, "issuer": 1, "year": 2}
    ranked = sorted(counts.items(), key=lambda item: (order[item[0][0]], -item[1], item[0][1]))
    return tuple(Facet(field, value, count) for (field, value), count in ranked)  # type: ignore[arg-type]
