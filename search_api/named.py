"""The lane of documents named in a query: they come up without having to win by any score."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from corpus.library import DocumentSummary, Library, StoredPassage
from corpus.text import fold, syllables
from corpus.types import Passage, Section
from search_api.addresses import passages_at, read_address
from search_api.candidates import Asked, beside_references
from search_api.highlight import Highlighter
from search_api.references import read_reference
from search_api.types import Hit, Query

__all__ = ["Named", "as_passage", "first", "named"]

_WITHIN, _CITING, _THERE = 0.5, 0.8, 1.0
"""Score of a passage of the document named, of one elsewhere that cites it, of the place asked for."""

_MOSTLY = 0.7
"""Share of the syllables beside the reference that a title or heading must hold to stand first."""
_MOST_DOCUMENTS, _MOST_FIRST, _MOST_PLACES = 10, 3, 5

_Found = tuple[DocumentSummary, StoredPassage]


@dataclass(slots=True)
class Named:
    """What the documents named in a query bring up."""

    scores: dict[int, float] = field(default_factory=dict)
    """Passage key → 0…1."""
    places: list[_Found] = field(default_factory=list)
    """Passages of the article or section asked for."""
    openings: list[_Found] = field(default_factory=list)
    """First passage of each document named that is held."""
    headings: list[_Found] = field(default_factory=list)
    """Section headings elsewhere that name one of them, as passages."""


def named(library: Library, query: Query, allowed: Collection[int] | None) -> Named:
    """What the documents and places named bring up, in documents whose key is `allowed` (None: all)."""
    lane = Named()
    if query.addresses and not query.references:
        _bring(lane, library, query, _titled(library, query), allowed)
    for canonical in query.references:
        reference = read_reference(canonical)
        held = library.named(reference.kind, reference.number, full=reference.full)
        _bring(lane, library, query, held, allowed)
        for mention in library.mentions(reference.kind, reference.number, full=reference.full):
            if allowed is None or mention.document.key in allowed:
                lane.scores.update({key: _CITING for key in mention.passages if key not in lane.scores})
                lane.headings += [
                    (mention.document, as_passage(mention.document.id, section, path))
                    for section, path in mention.headings
                ]
    return lane


def _bring(
    lane: Named,
    library: Library,
    query: Query,
    held: Sequence[DocumentSummary],
    allowed: Collection[int] | None,
) -> None:
    """Put the passages of the documents asked for into the lane: the place asked for, else the opening."""
    beside = _beside(query)
    chosen = [one for one in held if allowed is None or one.key in allowed]
    # Every province has its plan 64: the one whose title holds what else was typed comes first.
    chosen.sort(key=lambda one: -len(beside & set(syllables(fold(_title(one))))))
    for document in chosen[:_MOST_DOCUMENTS]:
        passages = library.passages_of(document.id)
        lane.scores.update(dict.fromkeys((passage.key for passage in passages), _WITHIN))
        sections = library.document(document.id).sections if query.addresses else ()
        places = [
            place
            for address in query.addresses
            for place in passages_at(read_address(address), sections, passages)
        ]
        lane.scores.update(dict.fromkeys((place.key for place in places), _THERE))
        if places:
            lane.places += [(document, place) for place in places]
        else:
            lane.openings += [(document, passage) for passage in passages[:1]]


def _titled(library: Library, query: Query) -> list[DocumentSummary]:
    """Documents whose kind and title hold what was typed beside an address: "Điều 3 quy chế làm việc"."""
    beside = _beside(query)
    return [document for document in library.documents() if _holds(_title(document), beside)]


def first(lane: Named, asked: Asked) -> list[Hit]:
    """What stands before all scores: the place or opening asked for, headings that name the document.

    The opening and headings only where a title or the heading answers what else was typed: "Nghị quyết
    80 về văn hóa", not "Ban Tuyên giáo làm gì với CT 04", which asks for something within.
    """
    highlighter = Highlighter(asked)
    beside = _beside(asked.query)

    def hits(found: list[_Found], most: int = _MOST_FIRST) -> list[Hit]:
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
            for document, stored in list(by_id.values())[:most]
        ]

    return [
        *hits(lane.places, _MOST_PLACES),
        *hits([found for found in lane.openings if _holds(_title(found[0]), beside)]),
        *hits([found for found in lane.headings if _holds(found[1].passage.text, beside)]),
    ]


def _beside(query: Query) -> set[str]:
    """Folded syllables of what was typed besides references and conditions, short forms opened."""
    rest = beside_references(query)
    for step in query.understandings:
        if step.kind == "abbreviation" and len(step.understood) > len(step.typed):
            rest = rest.replace(step.typed, step.understood.partition(" / ")[0], 1)
    return set(syllables(fold(rest)))


def _holds(text: str, beside: set[str]) -> bool:
    return len(beside & set(syllables(fold(text)))) >= _MOSTLY * len(beside)


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
