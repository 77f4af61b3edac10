"""Documents that say the same though their files differ: a .docx, the PDF printed from it, a scan."""

import re
from collections import Counter

from corpus.library import Library
from corpus.library.names import fold_number
from corpus.types import Document

__all__ = ["twin_of"]

_SAME = 0.9
"""Share of two documents' passages that must agree, by their letters."""

_MOST = 10
_NO_LETTER = re.compile(r"[\W_]+")


def twin_of(library: Library, document: Document) -> str | None:
    """The name of a held document that says what this one says, None where there is none.

    Only documents of the same number are compared, the last that came in first.
    """
    number = fold_number(document.metadata.number) if document.metadata.number else None
    if not number:
        return None
    mine = _letters(document)
    for other in library.named(document.metadata.kind, number, full=True)[:_MOST]:
        if other.id == document.id:
            continue
        theirs = _letters(library.document(other.id))
        both = (mine & theirs).total()
        if both >= _SAME * max(mine.total(), theirs.total(), 1):
            return other.source
    return None


def _letters(document: Document) -> Counter[str]:
    """Letters of the passages; each passage weighs by its length."""
    counts: Counter[str] = Counter()
    for passage in document.passages:
        letters = _NO_LETTER.sub("", passage.text).lower()
        counts[letters] += len(letters)
    return counts
