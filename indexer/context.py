"""What of its surroundings is indexed with a passage.

Three bullets under "1.2. Chỉ đạo Sở Giáo dục và Đào tạo" answer a question about that department
though none of them names it: title and heading path are part of what a passage says. They are
repeated inside each lexical field; separate fields for them measured far worse (nDCG@10 .64–.68
against .74 on the legal code).
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from corpus.library import StoredPassage
from corpus.types import Metadata

__all__ = ["CONTEXT_VERSION", "DENSE", "LEXICAL", "Composition", "Context", "context"]


@dataclass(frozen=True, slots=True)
class Composition:
    """How often each part of a passage's context is written into what is indexed."""

    title: int
    heads: int
    lead: int
    text: int


LEXICAL = Composition(title=1, heads=2, lead=1, text=1)
"""Headings twice: nDCG@10 .733 → .749 on the legal code (461 questions, words + bigrams), on the plans
(42) .586 → .582 in this index alone, .851 → .857 as fused. Three times: .757 and .564."""
DENSE = Composition(title=1, heads=1, lead=1, text=1)

CONTEXT_VERSION = "1:" + ":".join("".join(map(str, astuple(table))) for table in (LEXICAL, DENSE))
"""Changes with the tables above; a generation built with another is rebuilt."""


@dataclass(frozen=True, slots=True)
class Context:
    """A passage between its document and its neighbours; a part that is not there is empty."""

    title: str
    """Kind, number and title of the document."""
    heads: tuple[str, ...]
    """Heading path, outermost first."""
    lead: str
    """The passage that opens the list this one is an item of."""
    text: str

    def parts(self, composition: Composition) -> Iterator[str]:
        """The non-empty parts in reading order, each as often as `composition` says."""
        for part, times in (
            ((self.title,), composition.title),
            (self.heads, composition.heads),
            ((self.lead,), composition.lead),
            ((self.text,), composition.text),
        ):
            for _ in range(times):
                yield from filter(None, part)

    def split(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """What stands around the passage, the heading right above it, its own text."""
        around = (self.title, *self.heads[:-1], self.lead)
        return tuple(filter(None, around)), tuple(filter(None, self.heads[-1:])), (self.text,)


def context(metadata: Metadata, stored: StoredPassage) -> Context:
    """The context of a passage of the document that `metadata` describes."""
    title = (metadata.kind, metadata.number, metadata.title)
    return Context(
        title=" ".join(filter(None, title)),
        heads=stored.section_path,
        lead=stored.lead_text or "",
        text=stored.passage.text,
    )
