"""What stands on a web page besides the document: menus, side bars, related links, feet."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

__all__ = ["document_of", "is_noise"]

_NEVER = frozenset({
    "script", "style", "nav", "head", "noscript", "template", "iframe", "svg", "button", "select", "option",
    "input", "textarea", "aside", "object", "embed", "applet", "canvas", "audio", "video", "map", "dialog",
    "datalist", "-comment", "title", "meta", "link",
})  # fmt: skip
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|topmenu|submenu|breadcrumbs?|sidebar|side|share|social|related|lienquan"
    r"|comments?|binhluan|footer|copyright|banner|advert|ads|quangcao|login|search|timkiem|pagination"
    r"|toolbar|popup|modal|cookie|tabs?|toc|mucluc|tags?|rating|hotline)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu"})
_MOST_NODES = 400_000


def is_noise(node: LexborNode, whole: int) -> bool:
    """Nothing of the document stands in it; `whole` counts the characters of the page."""
    tag = node.tag or ""
    if tag in _NEVER:
        return True
    if tag not in ("div", "section", "ul", "ol", "table", "header", "footer", "td", "form", "p"):
        return False
    attributes = node.attributes
    if "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower():
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if attributes.get("role") in _ROLES or tag == "footer" or (len(named) > 1 and _NAMED.search(named)):
        return len(node.text(deep=True)) < 0.3 * whole
    return _is_list_of_links(node, whole)


def _is_list_of_links(node: LexborNode, whole: int) -> bool:
    """Nearly all its text leads elsewhere. A document that cites much links less of its text."""
    links = node.css("a[href]")
    if len(links) < 4:
        return False
    text = len("".join(node.text(deep=True).split()))
    linked = sum(len("".join(link.text(deep=True).split())) for link in links)
    return text < 0.4 * whole and linked > 0.75 * text


def document_of(body: LexborNode) -> LexborNode:
    """The part of a page that says it is the document, if it holds most of the text; else the page."""
    whole = len(body.text(deep=True))
    for candidate in _candidates(body):
        if len(candidate.text(deep=True)) > 0.5 * whole:
            return candidate
    return body


def _candidates(body: LexborNode) -> Iterator[LexborNode]:
    for selector in ("main", "[role=main]", "article"):
        yield from body.css(selector)[:5]
