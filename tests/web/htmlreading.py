"""Reading a page the way a browser would, and a text that tries to break out of it."""

import html
import re
from html.parser import HTMLParser

NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def elements(page: str) -> set[str]:
    """What a browser would make of the page: tag names, and the ways in which something could run."""
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            names = {name for name, _ in attrs}
            found.add(tag)
            if tag == "script" and "src" not in names:
                found.add("script without src")
            if any(name.startswith("on") for name in names):
                found.add("event handler")

    Reader().feed(page)
    return found
