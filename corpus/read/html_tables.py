"""HTML tables in Markdown exports, written as Markdown tables so that one path reads both."""

import re

__all__ = ["tables_as_markdown"]

_TABLE = re.compile(r"<(/?)table\b[^<>]{0,300}>", re.IGNORECASE)
_ROW = re.compile(r"</?tr\b[^<>]{0,300}>", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^<>]{0,300}>", re.IGNORECASE)
_PART = re.compile(r"</?(?:t[dhr]|thead|tbody|tfoot|colgroup|col|caption)\b[^<>]{0,300}>", re.IGNORECASE)
_RULE = "|---|"


def tables_as_markdown(text: str) -> str:
    """Replace every `<table>…</table>`; a table that is never closed or holds another stays as it is."""
    if "<table" not in text.lower():
        return text
    out: list[str] = []
    at, opened = 0, None
    for match in _TABLE.finditer(text):
        if not match[1]:
            opened = match
        elif opened is not None:
            out += [text[at : opened.start()], _markdown(text[opened.end() : match.start()])]
            at, opened = match.end(), None
    return "".join([*out, text[at:]])


def _markdown(inside: str) -> str:
    rows = [
        [" ".join(_PART.sub(" ", cell).split()).replace("|", "\\|") for cell in _CELL.split(row)[1:]]
        for row in _ROW.split(inside)
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows if any(row)]
    return "\n\n" + "\n".join([_RULE, *lines]) + "\n\n"
