"""Results, documents and reports as lines for a person at a terminal."""

import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator

import click

from corpus.library import DocumentSummary
from corpus.types import Metadata
from search_api.citation_text import printed_date
from search_api.types import Hit, Response

__all__ = ["brief", "say_hits", "warn", "wrapped"]

_INDENT = "   "
_ON, _OFF = "\x01", "\x02"
_BOLD = re.compile(f"{_ON}([^{_OFF}]*){_OFF}")


def warn(line: str) -> None:
    """One line on stderr."""
    click.echo(line, err=True)


def brief(metadata: Metadata, source: str) -> str:
    """'Kế hoạch 64-KH/TU · ngày 06/4/2026 · Tỉnh ủy Hưng Yên'; the file name where nothing is known."""
    name = " ".join(filter(None, (metadata.kind, metadata.number)))
    said = " · ".join(filter(None, (name, printed_date(metadata.date), metadata.issuer)))
    return said or source


def wrapped(text: str, indent: str = _INDENT) -> str:
    """`text` broken at the terminal's width, every line indented."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    return textwrap.fill(
        " ".join(text.split()),
        max(width, 40),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def say_hits(response: Response) -> None:
    """Print the answer to a query."""
    blocks = [list(_heading(response)), *(list(_lines(hit)) for hit in response.hits)]
    click.echo("\n\n".join("\n".join(block) for block in blocks if block))


def _heading(response: Response) -> Iterator[str]:
    yield from response.notices
    steps = response.query.understandings
    if steps:
        understood = " · ".join(f"{step.typed} → {step.understood}" for step in steps)
        yield f"Hiểu là: {understood} (thêm --literal để tìm nguyên văn)"
    if not response.hits and not response.notices:
        yield "Không tìm thấy đoạn nào. Hãy thử ít từ hơn, từ khác, hoặc bỏ bớt bộ lọc."


def _lines(hit: Hit) -> Iterable[str]:
    document: DocumentSummary = hit.document
    yield click.style(f"{hit.rank}. {brief(document.metadata, document.source)}", bold=True)
    if hit.stored.section_path:
        yield click.style(wrapped(" › ".join(hit.stored.section_path)), dim=True)
    yield _bold(wrapped(_marked(hit))) if sys.stdout.isatty() else wrapped(hit.stored.passage.text)
    page = f"tr. {hit.stored.passage.page} · " if hit.stored.passage.page else ""
    yield click.style(f"{_INDENT}{page}{hit.stored.passage.id}", dim=True)


def _marked(hit: Hit) -> str:
    """The passage with marks around highlighted words: lines are broken before bold adds its width."""
    text, done, parts = hit.stored.passage.text, 0, []
    for start, end in hit.highlights:
        # Each word apart, so that a line break inside a highlight keeps its marks whole.
        parts += [text[done:start], " ".join(f"{_ON}{word}{_OFF}" for word in text[start:end].split())]
        done = end
    return "".join([*parts, text[done:]])


def _bold(text: str) -> str:
    return _BOLD.sub(lambda match: click.style(match[1], bold=True), text)
