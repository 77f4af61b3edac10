"""The one JSON shape of results and documents, for the command line and the HTTP API alike."""

from typing import Any

from corpus.library import DocumentSummary, StoredPassage
from corpus.types import Citation, Document, Metadata
from search_api.links import document_url, passage_url, search_url
from search_api.suggest import Suggestion
from search_api.types import Hit, Response

__all__ = [
    "brief_json", "document_json", "passage_json", "response_json", "result_json", "suggestion_json",
    "summary_json",
]  # fmt: skip

Json = dict[str, Any]


def result_json(hit: Hit) -> Json:
    """One result, as DESIGN.md's contract names its fields."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "kind": hit.kind,
        **passage_json(hit.stored),
        "highlights": [list(span) for span in hit.highlights],
        "document": brief_json(hit.document),
        "newer_version": hit.newer,
    }


def suggestion_json(suggestion: Suggestion) -> Json:
    """One suggestion with where choosing it leads."""
    return {
        "kind": suggestion.kind,
        "text": suggestion.text,
        "detail": suggestion.detail,
        "highlights": [list(span) for span in suggestion.highlights],
        "url": document_url(suggestion.document) if suggestion.document else search_url(suggestion.text),
    }


def passage_json(stored: StoredPassage) -> Json:
    """A passage with its place."""
    return {
        "passage_id": stored.passage.id,
        "text": stored.passage.text,
        "section": list(stored.section_path),
        "page": stored.passage.page,
        "url": passage_url(stored.document_id, stored.passage.id),
    }


def response_json(response: Response) -> Json:
    """A whole answer: what was understood, results, groups by passage id, facets."""
    query = response.query
    return {
        "query": query.typed,
        "understood": {
            "text": query.text,
            "literal": query.literal,
            "phrases": list(query.phrases),
            "excluded": list(query.excluded),
            "references": list(query.references),
            "addresses": list(query.addresses),
            "readings": [{"text": one.text, "weight": round(one.weight, 2)} for one in query.readings],
            "steps": [
                {"kind": step.kind, "typed": step.typed, "understood": step.understood}
                for step in query.understandings
            ],
        },
        "notices": list(response.notices),
        "older_versions": response.older,
        "results": [result_json(hit) for hit in response.hits],
        "groups": [
            {
                "document_id": group.document.id,
                "section": list(group.section),
                "passage_ids": [hit.stored.passage.id for hit in group.hits],
            }
            for group in response.groups
        ],
        "facets": [
            {"field": facet.field, "value": facet.value, "count": facet.count} for facet in response.facets
        ],
        "generation": response.generation,
        "took_ms": round(response.took_ms, 1),
    }


def summary_json(document: DocumentSummary) -> Json:
    """A document in a list."""
    return {
        "id": document.id,
        **_metadata(document.metadata),
        "source": document.source,
        "pages": document.pages,
        "passages": document.passages,
        "added": document.added,
        "warnings": list(document.warnings),
        "url": document_url(document.id),
    }


def document_json(document: Document) -> Json:
    """A whole document: fields of its metadata at the top, outline, citations, passages."""
    return {
        "id": document.id,
        **_metadata(document.metadata),
        "source": document.source,
        "sha256": document.sha256,
        "pages": document.pages,
        "warnings": list(document.warnings),
        "page_readings": [
            {"page": reading.page, "how": reading.how, "confidence": reading.confidence}
            for reading in document.page_readings
        ],
        "outline": _outline(document),
        "citations": [_citation(citation) for citation in document.citations],
        "passages": [
            {
                "id": passage.id,
                "text": passage.text,
                "section": list(document.path(passage.section)),
                "page": passage.page,
            }
            for passage in document.passages
        ],
        "url": document_url(document.id),
    }


def brief_json(document: DocumentSummary) -> Json:
    """A document beside a passage of it."""
    metadata = document.metadata
    return {
        "id": document.id,
        "kind": metadata.kind,
        "number": metadata.number,
        "date": metadata.date,
        "issuer": metadata.issuer,
        "title": metadata.title,
        "source": document.source,
    }


def _metadata(metadata: Metadata) -> Json:
    return {
        "kind": metadata.kind,
        "number": metadata.number,
        "symbol": metadata.symbol,
        "date": metadata.date,
        "issuer": metadata.issuer,
        "place": metadata.place,
        "title": metadata.title,
        "signer_authority": metadata.signer_authority,
        "signer_role": metadata.signer_role,
        "signer_name": metadata.signer_name,
        "is_attachment": metadata.is_attachment,
        "sphere": metadata.sphere,
        "inferred": dict(metadata.inferred),
    }


def _outline(document: Document) -> list[Json]:
    """Sections nested in reading order."""
    nodes: list[Json] = [
        {"label": section.label, "title": section.title, "level": section.level, "children": []}
        for section in document.sections
    ]
    top: list[Json] = []
    for section, node in zip(document.sections, nodes, strict=True):
        (top if section.parent is None else nodes[section.parent]["children"]).append(node)
    return top


def _citation(citation: Citation) -> Json:
    return {
        "kind": citation.kind,
        "number": citation.number,
        "date": citation.date,
        "issuer": citation.issuer,
        "relation": citation.relation,
        "subject": citation.subject,
    }
