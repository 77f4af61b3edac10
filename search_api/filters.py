"""Filters that name something the library does not hold: what to say about them."""

from collections.abc import Iterable

from corpus.errors import LibraryError
from corpus.library import Library, fold_name
from search_api.errors import NotHeldError
from search_api.types import Filters

__all__ = ["check_filters", "problems"]

_SHOWN = 8


def check_filters(library: Library, filters: Filters) -> None:
    """NotHeldError for the first filter that no document can fulfil."""
    for problem in problems(library, filters):
        raise NotHeldError(problem)


def problems(library: Library, filters: Filters) -> list[str]:
    """One plain sentence for each filter that no document can fulfil, with the values there are."""
    found: list[str] = []
    if filters.kinds or filters.issuers:
        held = library.facets()
        found += _unknown("loại văn bản", filters.kinds, held["kind"])
        found += _unknown("cơ quan ban hành", filters.issuers, held["issuer"])
    for document_id in filters.documents:
        try:
            library.summary(document_id)
        except LibraryError as error:
            found.append(str(error))
    start, end = filters.date_from, filters.date_to
    if start and end and start[: len(end)] > end:
        found.append(f"Khoảng ngày trống: từ {start} sau đến {end}; hãy đổi lại hai ngày.")
    return found


def _unknown(name: str, wanted: Iterable[str], held: Iterable[str]) -> list[str]:
    known = {fold_name(value): value for value in held}
    missing = [value for value in wanted if fold_name(value) not in known]
    if not missing:
        return []
    values = list(known.values())
    more = f" và {len(values) - _SHOWN} giá trị khác" if len(values) > _SHOWN else ""
    there_are = f"đang có: {', '.join(values[:_SHOWN])}{more}" if values else "thư viện chưa có giá trị nào"
    return [f"Không có {name} “{value[:80]}”; {there_are}." for value in missing]
