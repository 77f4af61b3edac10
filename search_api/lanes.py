"""Exact lanes: what a named document, a quoted phrase or an excluded word asks for without any score."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.library import DocumentSummary, Library, StoredPassage
from corpus.text import fold, syllables
from corpus.types import Passage, Section
from search_api.candidates import Asked, beside_references
from search_api.highlight import Highlighter
from search_api.references import read_reference
from search_api.types import Hit, Query

__all__ = ["ReferenceLane", "as_passage", "headings", "holds", "narrow", "references"]

_OPENING, _WITHIN, _CITING = 1.0, 0.5, 0.8
"""Score of the first passage of the document named, of its others, of one elsewhere that cites it."""


_MOSTLY = 0.7
"""Share of the syllables beside the reference that a heading must hold to stand before passages."""
_MOST_HEADINGS = 3


@dataclass(slots=True)
class ReferenceLane:
    """What the documents named in a query bring up."""

    scores: dict[int, float] = field(default_factory=dict)
    """Passage key → 0…1."""
    headings: list[tuple[DocumentSummary, StoredPassage]] = field(default_factory=list)
    """Section headings that name one of them, as passages."""


def references(library: Library, query: Query, allowed: frozenset[int] | None) -> ReferenceLane:
    """Passages and headings for `query.references`, in documents whose key is `allowed` (None: all)."""
    lane = ReferenceLane()
    for canonical in query.references:
        reference = read_reference(canonical)
        for document in library.named(reference.kind, reference.number, full=reference.full):
            if allowed is None or document.key in allowed:
                for stored in library.passages_of(document.id):
                    score = _WITHIN if stored.passage.ordinal else _OPENING
                    lane.scores[stored.key] = max(score, lane.scores.get(stored.key, 0.0))
        for mention in library.mentions(reference.kind, reference.number, full=reference.full):
            if allowed is None or mention.document.key in allowed:
                lane.scores.update({key: _CITING for key in mention.passages if key not in lane.scores})
                lane.headings += [
                    (mention.document, as_passage(mention.document.id, section, path))
                    for section, path in mention.headings
                ]
    return lane


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


def narrow(stored: Mapping[int, StoredPassage], query: Query) -> dict[int, StoredPassage]:
    """Only passages that hold every quoted phrase and none of the excluded words.

    The headings above a passage count as part of it.
    """
    if not query.phrases and not query.excluded:
        return dict(stored)
    kept = {}
    for key, passage in stored.items():
        parts = (*passage.section_path, passage.passage.text)

        def has(words: str, parts: tuple[str, ...] = parts) -> bool:
            return any(holds(part, words) for part in parts)

        if all(map(has, query.phrases)) and not any(map(has, query.excluded)):
            kept[key] = passage
    return kept


def headings(lane: ReferenceLane, asked: Asked) -> list[Hit]:
    """Headings that name the document asked for: they stand before the passages.

    Only where the heading answers what else was typed: "Nghị quyết 80 về văn hóa", not "Ban Tuyên
    giáo làm gì với CT 04", which asks for something within.
    """
    beside = set(syllables(fold(beside_references(asked.query))))
    highlighter = Highlighter(asked)
    found: dict[str, Hit] = {}
    for document, stored in lane.headings:
        text = stored.passage.text
        if len(beside & set(syllables(fold(text)))) >= _MOSTLY * len(beside):
            marks = highlighter.spans(text)
            found[stored.passage.id] = Hit(0, 1.0, stored, document, marks, kind="heading")
    return list(found.values())[:_MOST_HEADINGS]


def holds(text: str, words: str) -> bool:
    """Whether `words` stand in `text` one after another; typed without accents, accents do not count."""
    if fold(words) == words.lower():
        text = fold(text)
    wanted, found = syllables(words), syllables(text)
    return f" {' '.join(wanted)} " in f" {' '.join(found)} "
