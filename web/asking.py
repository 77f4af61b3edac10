"""What the address of a results page asks for, read leniently, and addresses that ask otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from search_api.types import Filters
from web.wording import DATE_HELP, iso_date

__all__ = ["MOST_RESULTS", "PAGE", "Asked", "read"]

PAGE: Final = 10
"""Passages shown at first, and how many more each "xem thêm" brings."""

MOST_RESULTS: Final = 100

_LONGEST = 2_000
"""Characters of a question that an address keeps; the engine searches fewer, and says so."""

_MOST_VALUES = 50
"""Values of one filter that are read from an address; more are no honest question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One address of `/search`, validated. Dates are ISO, maybe partial."""

    q: str = ""
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    k: int = PAGE
    literal: bool = False
    older: bool = False
    """Older versions of documents too."""

    @property
    def filters(self) -> Filters:
        """The conditions on the document, as the engine takes them."""
        return Filters(self.kinds, self.issuers, self.date_from, self.date_to, self.documents, self.older)

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return self.filters != Filters(older=self.older)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query string as pairs, defaults left out; the inverse of `read`."""
        pairs = [("q", self.q)]
        pairs += [("kind", value) for value in self.kinds]
        pairs += [("issuer", value) for value in self.issuers]
        pairs += [(name, value) for name, value in (("from", self.date_from), ("to", self.date_to)) if value]
        pairs += [("document", value) for value in self.documents]
        if self.literal:
            pairs.append(("literal", "1"))
        if self.older:
            pairs.append(("versions", "all"))
        if self.k != PAGE:
            pairs.append(("k", str(self.k)))
        return pairs

    @property
    def url(self) -> str:
        """The address that asks this."""
        return "/search?" + urlencode(self.parameters)

    def without_filters(self) -> "Asked":
        """The same question to the whole library."""
        return Asked(q=self.q, literal=self.literal, older=self.older)

    def toggle(self, field: str, value: str) -> "Asked":
        """The same question with one value of the filter `field` added, or removed if it was set."""
        values: tuple[str, ...] = getattr(self, field)
        changed = tuple(v for v in values if v != value) if value in values else (*values, value)
        return replace(self, **{field: changed, "k": PAGE})  # type: ignore[arg-type]

    def between(self, date_from: str | None, date_to: str | None) -> "Asked":
        """The same question, documents dated within these bounds."""
        return replace(self, date_from=date_from, date_to=date_to, k=PAGE)


def read(parameters: QueryParams) -> tuple[Asked, tuple[str, ...]]:
    """Read the query string of `/search`.

    Returns what was asked, with unreadable values left out, and one plain Vietnamese sentence for
    each of those.
    """
    problems: list[str] = []
    asked = Asked(
        q=_clean(parameters.get("q", ""))[:_LONGEST].rstrip(),
        kinds=_values(parameters, "kind"),
        issuers=_values(parameters, "issuer"),
        documents=_values(parameters, "document"),
        date_from=_date(parameters.get("from", ""), "Từ ngày", problems),
        date_to=_date(parameters.get("to", ""), "Đến ngày", problems),
        k=_count(parameters.get("k", ""), problems),
        literal=parameters.get("literal", "") not in ("", "0", "false"),
        older=parameters.get("versions", "") == "all",
    )
    if asked.date_from and asked.date_to and asked.date_from[: len(asked.date_to)] > asked.date_to:
        problems.append("“Từ ngày” đứng sau “Đến ngày”. Hãy đổi lại hai ngày này.")
    return asked, tuple(problems)


def _clean(typed: str) -> str:
    """One line without characters that neither show nor separate."""
    return " ".join("".join(char if char.isprintable() else " " for char in typed).split())


def _values(parameters: QueryParams, name: str) -> tuple[str, ...]:
    return tuple(_distinct(_clean(value) for value in parameters.getlist(name)))[:_MOST_VALUES]


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _date(typed: str, name: str, problems: list[str]) -> str | None:
    if not typed.strip():
        return None
    date = iso_date(typed)
    if date is None:
        problems.append(f"“{name}” có ngày không đọc được: “{typed.strip()[:40]}”. Hãy ghi như {DATE_HELP}.")
    return date


def _count(typed: str, problems: list[str]) -> int:
    text = typed.strip()
    if not text:
        return PAGE
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST_RESULTS:
        return int(text)
    problems.append(f"Số kết quả (k) phải là một số từ 1 đến {MOST_RESULTS}, không phải “{text[:40]}”.")
    return PAGE
