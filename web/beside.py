"""The original's page beside the text: which page, how large, and the addresses of the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from web.originals import WIDTHS, picture_url
from web.place import Place
from web.reading import Block

__all__ = ["Beside", "beside"]

_ANCHOR = "trang-goc"
_MOST_ZOOM = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """One page of the original with what leads to the others."""

    page: int
    pages: int
    zoom: int
    src: str
    srcset: str
    previous: str | None
    next: str | None
    larger: str | None
    smaller: str | None
    hide: str
    text_url: str
    """On a narrow screen: back to the text."""
    page_url: str
    """On a narrow screen: to this page."""
    kept: tuple[tuple[str, str], ...]


def beside(place: Place, pages: int, blocks: Sequence[Block], marked_page: int | None) -> Beside | None:
    """The page to show beside `blocks`: the one asked for, else that of the passage marked.

    None where there are no pages to look at, or they were asked to be hidden.
    """
    if pages < 1 or place.page == 0:
        return None
    first = next((piece.on_page for block in blocks for piece in block.pieces if piece.on_page), 1)
    page = min(place.page or marked_page or first, pages)
    here = replace(place, page=page)

    def to(number: int) -> str:
        return here.url(_ANCHOR, page=number)

    return Beside(
        page=page,
        pages=pages,
        zoom=place.zoom,
        src=picture_url(place.document_id, page, WIDTHS[1]),
        srcset=", ".join(f"{picture_url(place.document_id, page, width)} {width}w" for width in WIDTHS),
        previous=to(page - 1) if page > 1 else None,
        next=to(page + 1) if page < pages else None,
        larger=here.url(_ANCHOR, zoom=place.zoom + 1) if place.zoom < _MOST_ZOOM else None,
        smaller=here.url(_ANCHOR, zoom=place.zoom - 1) if place.zoom > 1 else None,
        hide=here.url(place.passage, page=0, see_page=False),
        text_url=here.url(place.passage, see_page=False),
        page_url=here.url(_ANCHOR, see_page=True),
        kept=tuple(here.kept),
    )
