"""What goes into a search and what comes out of it, independent of HTTP, pages and terminal."""

from dataclasses import dataclass, field
from typing import Literal

from corpus.library import DocumentSummary, StoredPassage

__all__ = ["Facet", "Filters", "Group", "Hit", "Query", "Reading", "Response", "Understanding"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on the document. Empty means any; several values of one field mean either.

    Dates are ISO, maybe partial; a document with a partial date matches if its whole range may.
    """

    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    documents: tuple[str, ...] = ()
    """Document ids."""
    older: bool = False
    """Older versions of a document too, not only the newest that is held."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """One thing that was read into the query, so that it can be shown and undone."""

    kind: Literal[
        "reference", "phrase", "exclusion", "abbreviation", "body", "accents", "slip", "filter", "shortened"
    ]
    typed: str
    understood: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Another text that a query may mean; searched as well, its scores counting `weight` (0…1)."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Query:
    """A query typed and understood. `text` is what the indexes are asked (accents, tones tidied)."""

    typed: str
    text: str
    literal: bool = False
    """Search exactly what was typed: no understanding applied."""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """Document numbers or bare names found in it, canonical: "04-CT/TW"."""
    addresses: tuple[str, ...] = ()
    """Places inside a document, canonical: "khoản 2 Điều 3"."""
    filters: Filters = field(default_factory=Filters)
    readings: tuple[Reading, ...] = ()
    """What else may be meant, besides `text`."""
    understandings: tuple[Understanding, ...] = ()
    notices: tuple[str, ...] = ()
    """Plain sentences about what could not be understood."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found. `highlights` are [start, end) character spans in `passage.text`.

    `parts` are the normalised scores it was fused from: {"words": .8, "dense": .6}. A hit of kind
    "heading" is a section heading that names the document asked for: its `stored.key` is -1, its
    passage id that of the section ("<document>.s12"), its text the heading.
    """

    rank: int
    score: float
    stored: StoredPassage
    document: DocumentSummary
    highlights: tuple[tuple[int, int], ...] = ()
    parts: dict[str, float] = field(default_factory=dict)
    kind: Literal["passage", "heading"] = "passage"
    newer: str | None = None
    """Id of the newest version of its document, where that is another one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one section of one document, in reading order; groups are ranked by their best hit."""

    document: DocumentSummary
    section: tuple[str, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that a filter can take with the number of documents found that have it."""

    field: Literal["kind", "issuer", "year"]
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to one query."""

    query: Query
    hits: tuple[Hit, ...]
    groups: tuple[Group, ...]
    facets: tuple[Facet, ...]
    took_ms: float
    generation: str
    notices: tuple[str, ...] = ()
    """Plain Vietnamese sentences about the answer: nothing to search for, a value nobody has…"""
    older: int = 0
    """Older versions of the documents found that were left out; see `Filters.older`."""
