"""Passages of the library → analysed, encoded → into the two indexes of a generation being built."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from corpus.errors import LibraryError
from corpus.library import Library
from indexer.analysis import analysis_of
from indexer.caching import vectors_of, words_of
from indexer.context import DENSE, LEXICAL, Context, context
from indexer.encoders.protocol import Encoder
from indexer.lexical import LexicalWriter
from indexer.manifest import Held
from indexer.nearness import WordEncoder
from indexer.tokens import TokenWriter
from indexer.vectors import VectorWriter

__all__ = ["BETWEEN_PARTS", "PassageWriter", "Progress"]

Progress = Callable[[int, int], None]
"""Called with the number of passages done and the number there are to do."""

BETWEEN_PARTS = " › "
"""Stands between title, headings and text where an encoder reads them as one text."""

_BATCH = 2_000
"""Passages analysed, encoded and written at a time: bounds memory whatever the library."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A passage on its way into the index."""

    key: int
    document: int
    context: Context


class PassageWriter:
    """Writes passages into the lexical and the vector index, in batches."""

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        lexical: LexicalWriter,
        vectors: VectorWriter,
        tokens: TokenWriter | None,
    ) -> None:
        """`tokens` None: the encoder's texts are no means of words."""
        self._library = library
        self._encoder = encoder
        self._lexical = lexical
        self._vectors = vectors
        self._tokens = tokens

    def add(self, documents: Mapping[str, str], progress: Progress | None = None) -> dict[str, Held]:
        """Write the passages of `documents` (id → content key); returns what was written.

        A document removed from the library meanwhile is left out.
        """
        added: dict[str, Held] = {}
        summaries = filter(None, (self._unless_gone(id_, self._library.summary) for id_ in documents))
        waiting = list(summaries)
        total = sum(summary.passages for summary in waiting)
        done = 0
        batch: list[_Entry] = []
        for summary in waiting:
            passages = self._unless_gone(summary.id, self._library.passages_of)
            if passages is None:
                continue
            added[summary.id] = Held(summary.key, documents[summary.id], len(passages))
            batch += (_Entry(p.key, summary.key, context(summary.metadata, p)) for p in passages)
            while len(batch) >= _BATCH:
                self._write(batch[:_BATCH])
                del batch[:_BATCH]
                done += _BATCH
                if progress:
                    progress(done, total)
        self._write(batch)
        if progress:
            progress(total, total)
        return added

    def _unless_gone(self, id_: str, read: Callable[[str], _T]) -> _T | None:
        try:
            return read(id_)
        except LibraryError:
            if id_ in self._library.contents():
                raise
            return None

    def _write(self, batch: Sequence[_Entry]) -> None:
        if not batch:
            return
        words = words_of(list(_parts(batch)), self._library.analyses)
        analyses = {part: analysis_of(found) for part, found in words.items()}
        for entry in batch:
            indexed = [analyses[part] for part in entry.context.parts(LEXICAL)]
            self._lexical.add(entry.key, entry.document, indexed, analyses[entry.context.text])
        dense = [list(entry.context.parts(DENSE)) for entry in batch]
        vectors = vectors_of(
            [BETWEEN_PARTS.join(parts) for parts in dense],
            [_words_in(parts, words) for parts in dense],
            self._encoder,
            self._library.embeddings,
        )
        self._vectors.add([entry.key for entry in batch], [entry.document for entry in batch], vectors)
        if self._tokens is not None and isinstance(self._encoder, WordEncoder):
            split = [[_words_in(parts, words) for parts in entry.context.split()] for entry in batch]
            flat = self._encoder.tokens([part for parts in split for part in parts])
            self._tokens.add([(flat[at], flat[at + 1], flat[at + 2]) for at in range(0, len(flat), 3)])


def _words_in(parts: Sequence[str], words: Mapping[str, list[str]]) -> list[str]:
    """The words of all `parts`, in order."""
    return [word for part in parts for word in words[part]]


def _parts(batch: Sequence[_Entry]) -> Iterator[str]:
    """Every text that must be segmented for these passages."""
    for entry in batch:
        yield entry.context.text
        yield from entry.context.parts(LEXICAL)
        yield from entry.context.parts(DENSE)
