"""The list of documents and what the library holds, from the summaries the library gives out."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from corpus.library import DocumentSummary
from corpus.text import fold, nfc
from search_api.links import document_url
from web.views import Link
from web.wording import document_line, document_name, show_date

__all__ = ["ORDERS", "Holdings", "Listed", "Row", "Shelf", "holdings", "read_listed", "shelf"]

ORDERS: Final = {
    "-date": "mới ban hành trước",
    "date": "cũ trước",
    "number": "số, ký hiệu",
    "-number": "số, ký hiệu (ngược)",
    "kind": "loại văn bản",
    "-kind": "loại văn bản (ngược)",
    "issuer": "cơ quan",
    "-issuer": "cơ quan (ngược)",
    "title": "trích yếu",
    "-title": "trích yếu (ngược)",
    "-added": "mới đưa vào trước",
    "added": "đưa vào sớm trước",
}
"""Every order the list can be in; "-" turns it round."""

_COLUMNS: Final = {
    "date": "Ngày ban hành",
    "number": "Số, ký hiệu",
    "kind": "Loại văn bản",
    "issuer": "Cơ quan ban hành",
    "title": "Trích yếu",
}
_DEFAULT_SORT = "-date"
_ON_PAGE = 50
_NEWEST = 5


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of `/documents`: what to list and in which order ("-date" is newest first)."""

    words: str = ""
    kind: str = ""
    issuer: str = ""
    year: str = ""
    sort: str = _DEFAULT_SORT
    page: int = 1

    @property
    def url(self) -> str:
        """The address that lists this."""
        named = (("q", self.words), ("kind", self.kind), ("issuer", self.issuer), ("year", self.year))
        pairs = [(name, value) for name, value in named if value]
        if self.sort != _DEFAULT_SORT:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return "/documents" + ("?" + urlencode(pairs) if pairs else "")

    @property
    def narrowed(self) -> bool:
        """Whether not every document is wanted."""
        return bool(self.words or self.kind or self.issuer or self.year)


@dataclass(frozen=True, slots=True)
class Row:
    """One document in a list. Facts that the document does not say are None."""

    url: str
    name: str
    line: tuple[str, ...]
    kind: str | None
    number: str | None
    date: str | None
    issuer: str | None
    passages: int
    sample: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A heading of the list that sorts it; `order` is "ascending", "descending" or ""."""

    name: str
    url: str
    order: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the list."""

    listed: Listed
    rows: tuple[Row, ...]
    found: int
    held: int
    columns: tuple[Column, ...]
    kinds: tuple[tuple[str, int], ...]
    issuers: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]
    previous: str | None
    next: str | None
    pages: int
    has_sample: bool
    mixed: bool


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the start page says about the library."""

    documents: int
    passages: int
    kinds: tuple[tuple[Link, int], ...]
    newest: tuple[Row, ...]
    has_sample: bool
    mixed: bool


def read_listed(parameters: QueryParams) -> Listed:
    """Read the query string of `/documents`; what makes no sense there is left out."""
    sort = parameters.get("sort", "")
    page = parameters.get("page", "")
    return Listed(
        words=" ".join(parameters.get("q", "").split())[:200],
        kind=parameters.get("kind", "").strip(),
        issuer=parameters.get("issuer", "").strip(),
        year=parameters.get("year", "").strip(),
        sort=sort if sort in ORDERS else _DEFAULT_SORT,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def holdings(summaries: Sequence[DocumentSummary], is_sample: Callable[[str], bool]) -> Holdings:
    """Count what is held; the newest documents are those last dated, undated ones come last."""
    newest = sorted(summaries, key=lambda summary: (summary.metadata.date or "", summary.added), reverse=True)
    kinds = Counter(summary.metadata.kind for summary in summaries if summary.metadata.kind)
    return Holdings(
        documents=len(summaries),
        passages=sum(summary.passages for summary in summaries),
        kinds=tuple((Link(kind, Listed(kind=kind).url), count) for kind, count in kinds.most_common()),
        newest=tuple(_row(summary, is_sample) for summary in newest[:_NEWEST]),
        has_sample=any(is_sample(summary.id) for summary in summaries),
        mixed=len({is_sample(summary.id) for summary in summaries}) > 1,
    )


def shelf(summaries: Sequence[DocumentSummary], listed: Listed, is_sample: Callable[[str], bool]) -> Shelf:
    """Filter, sort and cut the list of documents as `listed` asks."""
    found = _sorted([summary for summary in summaries if _wanted(summary, listed)], listed.sort)
    pages = max(1, -(-len(found) // _ON_PAGE))
    page = min(listed.page, pages)
    rows = tuple(_row(summary, is_sample) for summary in found[(page - 1) * _ON_PAGE : page * _ON_PAGE])
    return Shelf(
        listed=replace(listed, page=page),
        rows=rows,
        found=len(found),
        held=len(summaries),
        columns=tuple(_column(listed, key, name) for key, name in _COLUMNS.items()),
        kinds=_values(summary.metadata.kind for summary in summaries),
        issuers=_values(summary.metadata.issuer for summary in summaries),
        years=tuple(reversed(_values((summary.metadata.date or "")[:4] for summary in summaries))),
        previous=replace(listed, page=page - 1).url if page > 1 else None,
        next=replace(listed, page=page + 1).url if page < pages else None,
        pages=pages,
        has_sample=any(row.sample for row in rows),
        mixed=len({is_sample(summary.id) for summary in summaries}) > 1,
    )


def _row(summary: DocumentSummary, is_sample: Callable[[str], bool]) -> Row:
    metadata = summary.metadata
    return Row(
        url=document_url(summary.id),
        name=document_name(metadata, summary.source),
        line=tuple(document_line(metadata)),
        kind=metadata.kind,
        number=metadata.number,
        date=show_date(metadata.date),
        issuer=metadata.issuer,
        passages=summary.passages,
        sample=is_sample(summary.id),
    )


def _wanted(summary: DocumentSummary, listed: Listed) -> bool:
    metadata = summary.metadata
    if listed.kind and metadata.kind != listed.kind:
        return False
    if listed.issuer and metadata.issuer != listed.issuer:
        return False
    if listed.year and (metadata.date or "")[:4] != listed.year:
        return False
    if not listed.words:
        return True
    about = (metadata.title, metadata.kind, metadata.number, metadata.issuer, summary.source)
    text = fold(nfc(" ".join(part for part in about if part)))
    return all(word in text for word in fold(nfc(listed.words)).split())


def _sorted(found: list[DocumentSummary], sort: str) -> list[DocumentSummary]:
    """Sort by one field; documents that do not say it come last either way."""
    key = _KEYS[sort.removeprefix("-")]
    ranked = sorted((s for s in found if key(s)), key=key, reverse=sort.startswith("-"))
    return ranked + [summary for summary in found if not key(summary)]


_KEYS: Final[dict[str, Callable[[DocumentSummary], str]]] = {
    "date": lambda summary: summary.metadata.date or "",
    "number": lambda summary: _natural(summary.metadata.number or ""),
    "kind": lambda summary: fold(summary.metadata.kind or ""),
    "issuer": lambda summary: fold(summary.metadata.issuer or ""),
    "title": lambda summary: fold(document_name(summary.metadata, summary.source)),
    "added": lambda summary: summary.added,
}


def _natural(number: str) -> str:
    """'9-CT/TW' before '10-CT/TW'."""
    digits = number[: len(number) - len(number.lstrip("0123456789"))]
    return f"{digits:0>8}{number[len(digits) :]}" if number else ""


def _column(listed: Listed, key: str, name: str) -> Column:
    descending = listed.sort == f"-{key}"
    ascending = listed.sort == key
    # Dates are first wanted newest first, words from A to Z; a second click turns the order round.
    first, second = (f"-{key}", key) if key == "date" else (key, f"-{key}")
    sort = second if listed.sort == first else first
    order = "descending" if descending else "ascending" if ascending else ""
    return Column(name, replace(listed, sort=sort, page=1).url, order)


def _values(values: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for value in values if value)
    return tuple(sorted(counts.items(), key=lambda item: fold(item[0])))
