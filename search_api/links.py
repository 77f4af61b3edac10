"""Where things are found on the web pages; the same addresses stand in JSON results."""

from urllib.parse import quote

__all__ = ["document_url", "passage_url", "search_url"]


def document_url(document_id: str) -> str:
    """Path of the page that shows one document."""
    return f"/documents/{quote(document_id, safe='')}"


def passage_url(document_id: str, passage_id: str) -> str:
    """A document's page at one passage or section: the query marks it, the fragment scrolls to it."""
    where = quote(passage_id, safe="")
    return f"{document_url(document_id)}?passage={where}#{where}"


def search_url(query: str) -> str:
    """Path of the page that answers a query."""
    return f"/search?q={quote(query, safe='')}"
