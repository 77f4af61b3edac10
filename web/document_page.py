"""The page of one document: its text to read, its original beside it, its facts and its relations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from corpus.library import DocumentSummary
from corpus.types import Document, PageReading
from search_api.citation_text import citation_text
from search_api.engine import Engine
from web.asking import Asked
from web.beside import beside
from web.facts import cited, citing, facts, mentions, notes
from web.originals import Originals
from web.parting import Parts, part
from web.place import Place, read_place
from web.reading import Entry, lay_out
from web.standing import standing
from web.templating import Templates
from web.views import Link
from web.wording import document_line, document_name, recognised

__all__ = ["DocumentPage"]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of the outline, with its address on this page or in another part."""

    url: str
    label: str
    title: str
    children: tuple["OutlineEntry", ...]


class DocumentPage:
    """`/documents/{id}` over one engine."""

    def __init__(
        self, engine: Engine, originals: Originals, templates: Templates, is_sample: Callable[[str], bool]
    ) -> None:
        self.engine = engine
        self.originals = originals
        self.templates = templates
        self.is_sample = is_sample

    def show(self, request: Request, summary: DocumentSummary) -> Response:
        """The page as its address asks for it."""
        library = self.engine.library
        document = library.document(summary.id)
        place = read_place(summary.id, request.query_params)
        cites = library.cites(summary.id)
        citing_it = library.cited_by(summary.id)
        reading = lay_out(document, marked=place.passage, links=mentions(cites))
        anchor = place.passage if reading.marked else request.query_params.get("at", "")
        parts = part(reading.blocks, place.part, anchor)
        place = replace(place, part=str(parts.current) if parts.current else place.part)
        pages = self.originals.pages(summary)
        view = beside(place, pages, parts.blocks, _page_of(document, anchor))
        citation = citation_text(self.engine.passage(place.passage), summary) if reading.marked else None
        metadata = document.metadata
        return self.templates.page(
            "document.html",
            q=place.q,
            back=Link(place.q, Asked(q=place.q).url) if place.q else None,
            id=summary.id,
            name=document_name(metadata, document.source),
            line_parts=document_line(metadata),
            source=document.source,
            pages=document.pages,
            passages=len(document.passages),
            added=summary.added[:10],
            facts=facts(metadata),
            notes=notes(document, reading),
            has_title=reading.has_title and any(block.shape == "title" for block in parts.blocks),
            marked=reading.marked,
            outline=_outline(reading.outline, place, parts),
            blocks=parts.blocks,
            parts=_parts(place, parts),
            place=place,
            beside=view,
            readings={page: recognised(reading) for page, reading in _readings(document).items()},
            show_page=None if view or not pages else place.url(place.passage, page=None),
            wanted=place.passage,
            lost=bool(place.passage) and not reading.marked,
            citation=citation,
            cited=cited(document, cites),
            citing=citing(citing_it),
            standing=standing(library.versions(summary.id), summary, citing_it),
            sample=self.is_sample(summary.id),
        )


def _readings(document: Document) -> dict[int, PageReading]:
    return {reading.page: reading for reading in document.page_readings if reading.how != "text"}


def _page_of(document: Document, anchor: str) -> int | None:
    """The page on which a passage or section stands."""
    for passage in document.passages:
        if passage.id == anchor:
            return passage.page
    ordinal = anchor.rpartition(".s")[2]
    if anchor.startswith(document.id) and ordinal.isdecimal() and int(ordinal) < len(document.sections):
        return document.sections[int(ordinal)].page
    return None


def _outline(entries: Sequence[Entry], place: Place, parts: Parts) -> tuple[OutlineEntry, ...]:
    def address(anchor: str) -> str:
        elsewhere = parts.of(anchor)
        if not elsewhere:
            return f"#{anchor}"
        return place.url(
            anchor, passage="", part=str(elsewhere), page=place.page if place.page == 0 else None
        )

    return tuple(
        OutlineEntry(address(entry.id), entry.label, entry.title, _outline(entry.children, place, parts))
        for entry in entries
    )


def _parts(place: Place, parts: Parts) -> dict[str, object] | None:
    """What leads to the other parts of a long text; None where it is short."""
    if not parts.all:
        return None

    def to(number: int | str) -> str:
        return place.url(
            "van-ban", passage="", part=str(number), page=place.page if place.page == 0 else None
        )

    current = parts.current
    return {
        "current": current,
        "of": len(parts.all),
        "list": [(part, to(part.number)) for part in parts.all],
        "previous": to(current - 1) if current > 1 else None,
        "next": to(current + 1) if 0 < current < len(parts.all) else None,
        "whole": to("all") if current else None,
        "first": to(1),
    }
