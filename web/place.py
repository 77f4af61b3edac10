"""One address of a document's page: what of it is shown and marked, and addresses that show it otherwise."""

from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from search_api.links import document_url

__all__ = ["Place", "read_place"]

_LONGEST = 300
_ZOOMS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Place:
    """What the address of a document's page asks for."""

    document_id: str
    passage: str = ""
    """Id of the passage or section to mark."""
    q: str = ""
    """The question that led here, for the way back."""
    part: str = ""
    page: int | None = None
    """Page of the original to show; 0 for none, None where the address says nothing."""
    zoom: int = 1
    see_page: bool = False
    """On a narrow screen, show the page rather than the text."""

    def url(self, anchor: str = "", **changes: object) -> str:
        """This address changed, at an anchor of the page."""
        there = replace(self, **changes)  # type: ignore[arg-type]
        named = (("passage", there.passage), ("q", there.q), ("part", there.part))
        pairs = [(name, value) for name, value in named if value]
        if there.page is not None:
            pairs.append(("page", str(there.page)))
        if there.zoom != 1:
            pairs.append(("zoom", str(there.zoom)))
        if there.see_page:
            pairs.append(("view", "page"))
        query = "?" + urlencode(pairs) if pairs else ""
        return document_url(self.document_id) + query + (f"#{quote(anchor, safe='')}" if anchor else "")

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form that asks for another page carries along."""
        named = (("passage", self.passage), ("q", self.q), ("part", self.part))
        pairs = [(name, value) for name, value in named if value]
        return [*pairs, ("zoom", str(self.zoom)), *([("view", "page")] if self.see_page else [])]


def read_place(document_id: str, parameters: QueryParams) -> Place:
    """Read the query string of a document's page; what makes no sense there is left out."""
    page, zoom = _number(parameters.get("page", "")), _number(parameters.get("zoom", ""))
    return Place(
        document_id,
        passage=parameters.get("passage", "")[:_LONGEST],
        q=parameters.get("q", "")[:2_000],
        part=parameters.get("part", "")[:8],
        page=page,
        zoom=zoom if zoom in _ZOOMS else 1,
        see_page=parameters.get("view") == "page",
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else None
