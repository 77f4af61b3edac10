"""What must stand word for word: quoted phrases in, excluded words out."""

from collections.abc import Mapping

from corpus.library import StoredPassage
from corpus.text import fold, syllables
from search_api.types import Query

__all__ = ["holds", "narrow"]


def narrow(stored: Mapping[int, StoredPassage], query: Query) -> dict[int, StoredPassage]:
    """Only passages that hold every quoted phrase and none of the excluded words.

    The headings above a passage count as part of it.
    """
    if not query.phrases and not query.excluded:
        return dict(stored)
    kept = {}
    for key, passage in stored.items():
        parts = (*passage.section_path, passage.passage.text)

        def has(words: str, parts: tuple[str, ...] = parts) -> bool:
            return any(holds(part, words) for part in parts)

        if all(map(has, query.phrases)) and not any(map(has, query.excluded)):
            kept[key] = passage
    return kept


def holds(text: str, words: str) -> bool:
    """Whether `words` stand in `text` one after another; typed without accents, accents do not count."""
    if fold(words) == words.lower():
        text = fold(text)
    wanted, found = syllables(words), syllables(text)
    return f" {' '.join(wanted)} " in f" {' '.join(found)} "
