"""What a results page can be narrowed by, and what narrows it now."""

from collections.abc import Callable
from dataclasses import dataclass

from search_api.types import Response
from web.asking import Asked
from web.linking import Link
from web.wording import show_date

__all__ = ["Choice", "FilterView", "active", "filters"]

_MOST_CHOICES = 8
"""Values of one filter offered before the list is folded; two more are shown rather than folded."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; following `url` sets it, or takes it off where it is `chosen`."""

    text: str
    count: int | None
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class FilterView:
    """One filter with the values that the documents found have."""

    name: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()


def filters(asked: Asked, response: Response) -> tuple[FilterView, ...]:
    """Kinds, issuers and years of the documents found, each with the address that sets or lifts it."""
    found: dict[str, list[tuple[str, int | None]]] = {"kind": [], "issuer": [], "year": []}
    for facet in response.facets:
        found[facet.field].append((facet.value, facet.count))
    kinds = _choices(asked, "kinds", found["kind"])
    issuers = _choices(asked, "issuers", found["issuer"])
    years = [
        Choice(year, count, asked.date_from == asked.date_to == year, asked.between(year, year).url)
        if not asked.date_from == asked.date_to == year
        else Choice(year, count, True, asked.between(None, None).url)
        for year, count in sorted(found["year"], reverse=True)
    ]
    named = (("Loại văn bản", kinds), ("Cơ quan ban hành", issuers), ("Năm ban hành", years))
    return tuple(
        FilterView(name, tuple(choices[: _fold_at(choices)]), tuple(choices[_fold_at(choices) :]))
        for name, choices in named
        if choices
    )


def _fold_at(choices: list[Choice]) -> int:
    return len(choices) if len(choices) <= _MOST_CHOICES + 2 else _MOST_CHOICES


def _choices(asked: Asked, field: str, found: list[tuple[str, int | None]]) -> list[Choice]:
    """Values found with their counts; a value that is set stays in the list so that it can be undone."""
    chosen: tuple[str, ...] = getattr(asked, field)
    values = [value for value, _ in found]
    found = [(value, None) for value in chosen if value not in values] + found
    return [Choice(value, count, value in chosen, asked.toggle(field, value).url) for value, count in found]


def active(asked: Asked, title_of: Callable[[str], str]) -> tuple[Link, ...]:
    """Filters that are set, each with the address that takes it off."""
    links = [Link(value, asked.toggle("kinds", value).url) for value in asked.kinds]
    links += [Link(value, asked.toggle("issuers", value).url) for value in asked.issuers]
    if asked.date_from and asked.date_from == asked.date_to:
        links.append(Link(show_date(asked.date_from) or "", asked.between(None, None).url))
    elif asked.date_from or asked.date_to:
        if asked.date_from:
            links.append(Link(f"từ {show_date(asked.date_from)}", asked.between(None, asked.date_to).url))
        if asked.date_to:
            links.append(Link(f"đến {show_date(asked.date_to)}", asked.between(asked.date_from, None).url))
    links += [Link(title_of(value), asked.toggle("documents", value).url) for value in asked.documents]
    return tuple(links)
