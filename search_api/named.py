"""The lane of documents named in a query: they come up without having to win by any score."""

from collections.abc import Collection
from dataclasses import dataclass, field

from corpus.library import DocumentSummary, Library, StoredPassage
from corpus.text import fold, syllables
from corpus.types import Passage, Section
from search_api.candidates import Asked, beside_references
from search_api.highlight import Highlighter
from search_api.references import read_reference
from search_api.types import Hit, Query

__all__ = ["Named", "as_passage", "first", "named"]

_WITHIN, _CITING = 0.5, 0.8
"""Score of a passage of the document named, and of one elsewhere that cites it."""

_MOSTLY = 0.7
"""Share of the syllables beside the reference that a title or heading must hold to stand first."""
_MOST_DOCUMENTS, _MOST_FIRST = 10, 3

_Found = tuple[DocumentSummary, StoredPassage]


@dataclass(slots=True)
class Named:
    """What the documents named in a query bring up."""

    scores: dict[int, float] = field(default_factory=dict)
    """Passage key → 0…1."""
    openings: list[_Found] = field(default_factory=list)
    """First passage of each document named that is held."""
    headings: list[_Found] = field(default_factory=list)
    """Section headings elsewhere that name one of them, as passages."""


def named(library: Library, query: Query, allowed: Collection[int] | None) -> Named:
    """What `query.references` bring up in documents whose key is `allowed` (None: all)."""
    lane = Named()
    for canonical in query.references:
        reference = read_reference(canonical)
        held = library.named(reference.kind, reference.number, full=reference.full)
        for document in [one for one in held if allowed is None or one.key in allowed][:_MOST_DOCUMENTS]:
            passages = library.passages_of(document.id)
            lane.openings += [(document, passage) for passage in passages[:1]]
            lane.scores.update(dict.fromkeys((passage.key for passage in passages), _WITHIN))
        for mention in library.mentions(reference.kind, reference.number, full=reference.full):
            if allowed is None or mention.document.key in allowed:
                lane.scores.update({key: _CITING for key in mention.passages if key not in lane.scores})
                lane.headings += [
                    (mention.document, as_passage(mention.document.id, section, path))
                    for section, path in mention.headings
                ]
    return lane


def first(lane: Named, asked: Asked) -> list[Hit]:
    """What stands before all scores: the opening of the document asked for, headings that name it.

    Only where its title or the heading answers what else was typed: "Nghị quyết 80 về văn hóa", not
    "Ban Tuyên giáo làm gì với CT 04", which asks for something within.
    """
    highlighter = Highlighter(asked)
    beside = set(syllables(fold(beside_references(asked.query))))

    def answers(text: str) -> bool:
        return len(beside & set(syllables(fold(text)))) >= _MOSTLY * len(beside)

    def hits(found: list[_Found]) -> list[Hit]:
        by_id = {stored.passage.id: (document, stored) for document, stored in found}
        return [
            Hit(
                rank=0,
                score=1.0,
                stored=stored,
                document=document,
                highlights=highlighter.spans(stored.passage.text),
                kind="passage" if stored.key >= 0 else "heading",
            )
            for document, stored in list(by_id.values())[:_MOST_FIRST]
        ]

    return [
        *hits([found for found in lane.openings if answers(_title(found[0]))]),
        *hits([found for found in lane.headings if answers(found[1].passage.text)]),
    ]


def _title(document: DocumentSummary) -> str:
    metadata = document.metadata
    return " ".join(filter(None, (metadata.kind, metadata.title, metadata.issuer, metadata.place)))


def as_passage(document_id: str, section: Section, path: tuple[str, ...]) -> StoredPassage:
    """A heading in the shape of a passage; its id is the section's anchor on the document page."""
    passage = Passage(
        id=f"{document_id}.s{section.ordinal}",
        ordinal=section.ordinal,
        role="paragraph",
        text=path[-1],
        span=section.span,
        section=section.parent,
        page=section.page,
    )
    return StoredPassage(-1, document_id, passage, path[:-1], None)
