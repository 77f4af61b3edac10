"""What a document says about itself and about others, as lines of a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.library import CORRECTED, DocumentSummary
from corpus.types import Citation, Document, Metadata, Relation, Span
from search_api.links import document_url
from search_api.wording import RELATIONS
from web.reading import Reading
from web.views import passage_link
from web.wording import RELATIONS_INVERSE, document_name, show_date

__all__ = ["Fact", "Mention", "Related", "cited", "citing", "facts", "mentions", "notes"]

_SPHERES = {"party": "Văn bản của Đảng", "state": "Văn bản của cơ quan nhà nước"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of metadata. `value` is None where the document does not say it; `source` says what it was
    concluded from where it is not printed in its place, or that it was corrected by hand.
    """

    name: str
    value: str | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One document cited or citing. `url` is None where it is not in the library."""

    line: str
    subject: str | None
    url: str | None
    places: tuple[str, ...] = ()
    """Addresses of the passages that speak of it."""


@dataclass(frozen=True, slots=True)
class Related:
    """Mentions that stand in one relation: "Thực hiện", "Căn cứ"…"""

    name: str
    mentions: tuple[Mention, ...]


def facts(metadata: Metadata) -> tuple[Fact, ...]:
    """The metadata an official looks for, in the order of a letterhead."""
    inferred = metadata.inferred

    def fact(name: str, field: str, value: str | None) -> Fact:
        source = inferred.get(field)
        if source == CORRECTED or (field == "signer_role" and inferred.get("signer_name") == CORRECTED):
            return Fact(name, value, CORRECTED)
        return Fact(name, value, f"suy ra từ {source}" if value and source else None)

    number = metadata.number
    blank = f"không ghi (ký hiệu {metadata.symbol})" if metadata.symbol and not number else None
    signer = [metadata.signer_authority, metadata.signer_role, metadata.signer_name]
    found = [
        fact("Loại văn bản", "kind", metadata.kind),
        fact("Số, ký hiệu", "number" if number or "number" in inferred else "symbol", number or blank),
        fact("Ngày ban hành", "date", show_date(metadata.date)),
        fact("Cơ quan ban hành", "issuer", metadata.issuer),
        fact("Nơi ban hành", "place", metadata.place),
        fact("Trích yếu", "title", metadata.title),
        fact("Người ký", "signer_role", "\n".join(part for part in signer if part) or None),
    ]
    if metadata.sphere:
        found.append(fact("Hệ thống", "sphere", _SPHERES[metadata.sphere]))
    return tuple(found)


def notes(document: Document, reading: Reading) -> tuple[str, ...]:
    """What a reader should know about how the file was read: nothing is mended in silence."""
    found = list(document.warnings)
    if document.metadata.is_attachment:
        found.append("Tệp này chỉ là phụ lục, không có văn bản chính đi kèm.")
    if reading.joined:
        found.append(
            f"{reading.joined} đoạn bị ngắt trang trong tệp gốc đã được nối lại; "
            "chỗ nối có dấu ¦ trong văn bản."
        )
    return tuple(found)


def mentions(found: Iterable[tuple[Citation, DocumentSummary | None]]) -> dict[Span, str]:
    """Where the text speaks of a document that is held, with that document's address."""
    return {span: document_url(held.id) for citation, held in found if held for span in citation.spans}


def cited(
    document: Document, found: Iterable[tuple[Citation, DocumentSummary | None]]
) -> tuple[Related, ...]:
    """Documents that `document` cites, by relation; those held are linked."""
    by_relation: dict[Relation, list[Mention]] = {relation: [] for relation in RELATIONS}
    for citation, held in found:
        places = [passage_link(document.id, document.passages[p].id) for p in citation.passages]
        subject = citation.subject or (held.metadata.title if held else None)
        by_relation[citation.relation].append(
            Mention(_line(citation), subject, document_url(held.id) if held else None, tuple(places))
        )
    return _related(by_relation, {relation: name.capitalize() for relation, name in RELATIONS.items()})


def citing(found: Sequence[tuple[Citation, DocumentSummary]]) -> tuple[Related, ...]:
    """Documents held that cite this one, by relation."""
    by_relation: dict[Relation, list[Mention]] = {relation: [] for relation in RELATIONS}
    for citation, document in found:
        metadata = document.metadata
        parts = [metadata.kind or "Văn bản", metadata.number, show_date(metadata.date), metadata.issuer]
        line = " · ".join(part for part in parts if part)
        name = document_name(metadata, document.source)
        by_relation[citation.relation].append(Mention(line, name, document_url(document.id)))
    return _related(by_relation, RELATIONS_INVERSE)


def _line(citation: Citation) -> str:
    parts = [citation.kind, citation.number, show_date(citation.date), citation.issuer]
    return " · ".join(part for part in parts if part)


def _related(by_relation: dict[Relation, list[Mention]], names: dict[Relation, str]) -> tuple[Related, ...]:
    return tuple(Related(names[relation], tuple(found)) for relation, found in by_relation.items() if found)
