"""The pieces of a document in which citations are looked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.structure.layout import Laid

__all__ = ["Place", "PlaceRole", "places_of"]

PlaceRole = Literal["title", "basis", "enacting", "heading", "body", "note"]


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of the text: a title, heading or passage. `start` is its offset in the clean text."""

    role: PlaceRole
    text: str
    start: int
    passage: int | None = None
    kind: str = ""
    """The kind line above a title."""


def places_of(laid: Laid) -> Iterator[Place]:
    """Titles, notes, headings and passages in reading order."""
    pieces: list[Place] = []
    for part in laid.matter:
        if part.role == "title" and part.span.start < laid.body_start:
            pieces.append(Place("title", part.text, part.span.start))
        elif part.role in ("title", "attachment_note"):
            pieces.append(Place("note", part.text, part.span.start))
    for section in laid.sections:
        text = laid.text[section.span.start : section.span.end]
        pieces.append(Place("heading", text, section.span.start))
    opening = True
    for passage in laid.passages:
        # The opening ends with the first point or heading, also in a document without headings.
        opening = opening and passage.section is None and passage.role in ("basis", "paragraph")
        role: PlaceRole = "basis" if opening else "body"
        pieces.append(Place(role, passage.text, passage.span.start, passage.ordinal))
    return iter(sorted(pieces, key=lambda piece: piece.start))
