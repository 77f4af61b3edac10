"""One published generation, open for searching."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from corpus.errors import LibraryError
from corpus.text import syllables
from indexer.analysis import FIELDS, Analysis
from indexer.encoders.protocol import Encoder
from indexer.generations import Generations, Lease
from indexer.lexical import WEIGHTS, LexicalIndex, Ranked
from indexer.manifest import Manifest
from indexer.nearness import WordEncoder, nearness
from indexer.tokens import TokenIndex
from indexer.vectors import Floats, VectorIndex

__all__ = ["LEXICAL_DIRECTORY", "TOKEN_DIRECTORY", "VECTOR_DIRECTORY", "Index"]

LEXICAL_DIRECTORY, VECTOR_DIRECTORY, TOKEN_DIRECTORY = "lexical", "vectors", "tokens"


class Index:
    """The lexical and the vector index of one generation. Thread-safe.

    It stays readable after newer generations are published, until `close`.
    """

    def __init__(self, lease: Lease) -> None:
        """Use `Index.open`."""
        self._lease = lease
        self.manifest: Manifest = lease.manifest
        self._lexical = LexicalIndex(lease.path / LEXICAL_DIRECTORY)
        self._vectors = VectorIndex(lease.path / VECTOR_DIRECTORY, lease.manifest.built.dimension)
        held = TokenIndex.stands(lease.path / TOKEN_DIRECTORY)
        self._tokens = TokenIndex(lease.path / TOKEN_DIRECTORY) if held else None

    @classmethod
    def open(cls, library_directory: Path) -> "Index":
        """Open the published generation of a library.

        Raises LibraryError where there is none or it is damaged; the message says what to do.
        """
        lease = Generations(library_directory).lease()
        if lease is None:
            raise LibraryError(
                f"Thư viện {library_directory} chưa có chỉ mục; hãy chạy `tracuu rebuild` để dựng."
            )
        return cls(lease)

    @staticmethod
    def published(library_directory: Path) -> str | None:
        """Name of the generation that `open` would open now: one small file is read."""
        found = Generations(library_directory).current()
        return found[0] if found else None

    @property
    def generation(self) -> str:
        """Name of this generation."""
        return self.manifest.generation

    @property
    def path(self) -> Path:
        """Directory of this generation."""
        return self._lease.path

    @property
    def model_key(self) -> str:
        """`Encoder.key` of the model whose vectors it holds: queries must be encoded by the same."""
        return self.manifest.built.model

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def lexical_size(self) -> int:
        """Number of passages in the lexical index; the same as `len` unless it is damaged."""
        return self._lexical.size

    def keys(self) -> list[int]:
        """Keys of all passages."""
        keys: list[int] = self._vectors.keys.tolist()
        return keys

    def lexical(
        self,
        analysis: Analysis,
        k: int,
        *,
        documents: Collection[int] | None = None,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> Ranked:
        """The `k` best passages by the weighted sum of their BM25 scores per field, best first.

        `documents` (keys) restricts the search itself, not its result: `k` passages come back if
        there are that many. None is no restriction; an empty set finds nothing.
        """
        return self._lexical.search(analysis, k, documents=documents, weights=weights)

    def lexical_scores(
        self, analysis: Analysis, keys: Collection[int], fields: Sequence[str] = FIELDS
    ) -> dict[str, dict[int, float]]:
        """For each field the BM25 scores of the passages `keys`; those without a match are left out."""
        return self._lexical.scores(analysis, keys, fields)

    def coverage(self, analysis: Analysis, keys: Collection[int]) -> dict[str, dict[int, float]]:
        """For each field the share (0…1) of the query, terms weighted by rarity, that each passage holds."""
        return self._lexical.coverage(analysis, keys)

    def frequency(self, field: str, token: str) -> int:
        """Number of passages that hold `token` in a lexical field."""
        return self._lexical.frequency(field, token)

    def terms(self, field: str, most: int) -> list[tuple[str, int]]:
        """The `most` tokens of a lexical field that the most passages hold, with their number."""
        return self._lexical.terms(field, most)

    def dense(self, vector: Floats, k: int, *, documents: Collection[int] | None = None) -> Ranked:
        """The `k` passages nearest to a query vector, best first; `documents` as in `lexical`."""
        return self._vectors.search(vector, k, documents=documents)

    def dense_scores(self, vector: Floats, keys: Collection[int]) -> dict[int, float]:
        """Inner product of a query vector with each of the passages `keys`."""
        return self._vectors.scores(vector, keys)

    def nearness(
        self, words: Sequence[str], encoder: Encoder, keys: Collection[int]
    ) -> tuple[dict[int, float], dict[int, float]] | None:
        """For each of the passages `keys`, 0…1: how near its words come to those of the query, and how
        much of the heading right above it the query asks for (`indexer.nearness`).

        None where there are no words to compare: the encoder, which must be the index's own, reads whole
        texts only.
        """
        if self._tokens is None or not isinstance(encoder, WordEncoder):
            return None
        rows = self._vectors.rows(keys)
        query = np.asarray(encoder.tokens([words])[0], dtype=np.int64)
        found = nearness(query, self._tokens.segments(rows), encoder)
        held = self._vectors.keys[rows].tolist()
        windows, headings = (dict(zip(held, column.tolist(), strict=True)) for column in found.T)
        return windows, headings

    def phrase(self, text: str, k: int, *, documents: Collection[int] | None = None) -> Ranked:
        """Passages whose own text holds the syllables of `text` one after another.

        Accents count; case, punctuation and the placement of tone marks do not.
        """
        return self._lexical.phrase(syllables(text), k, documents=documents)

    def close(self) -> None:
        """Let the generation go; using the index afterwards is an error."""
        self._lease.release()

    def __enter__(self) -> "Index":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
