"""The vector index: passages by inner product with unit vectors.

Up to `FLAT_UP_TO` numbers, every query is compared with every vector, straight from the mapped
file: exact, nothing to train, and no native parser ever sees the file. Above that, faiss finds
candidates in compressed lists (`indexer.approximate`) and the exact scores are computed from the
same mapped file. A filter that leaves few passages is always answered exactly.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from indexer.approximate import Approximate

__all__ = ["FLAT_UP_TO", "LISTS", "Floats", "VectorIndex", "VectorWriter", "is_flat"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

FLAT_UP_TO = 32_000_000
"""Passages times dimension that are searched one by one: 125,000 vectors of 256 numbers."""

_VECTORS, _KEYS, _DOCUMENTS = "vectors.f32", "passages.i64", "documents.i64"
LISTS = "lists.faiss"
"""Name of the file of compressed lists, present only above `FLAT_UP_TO`."""
_BLOCK = 8_192


def is_flat(count: int, dimension: int) -> bool:
    """Whether that many vectors are searched one by one."""
    return count * dimension <= FLAT_UP_TO


class VectorWriter:
    """Writes the vectors of a generation being built, one block after another."""

    def __init__(self, directory: Path, dimension: int) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.count = 0
        self._dimension = dimension
        self._files = [(directory / name).open("wb") for name in (_VECTORS, _KEYS, _DOCUMENTS)]

    def add(self, keys: Collection[int], documents: Collection[int], vectors: Floats) -> None:
        """Append passages: their keys, their documents' keys, their vectors (n, dimension)."""
        if vectors.shape != (len(keys), self._dimension) or len(keys) != len(documents):
            raise ValueError(f"expected {len(keys)} vectors of {self._dimension}, got {vectors.shape}")
        if not np.isfinite(vectors).all():
            raise ValueError("the encoder gave a vector that is not finite")
        columns = (
            np.ascontiguousarray(vectors, dtype="<f4"),
            np.fromiter(keys, dtype="<i8", count=len(keys)),
            np.fromiter(documents, dtype="<i8", count=len(documents)),
        )
        for file, column in zip(self._files, columns, strict=True):
            file.write(column.tobytes())
        self.count += len(keys)

    def keep(self, previous: "VectorIndex", without: Collection[int]) -> None:
        """Append all of an earlier index but the passages of the documents with these keys."""
        for keys, documents, vectors in previous.blocks():
            kept = ~np.isin(documents, np.fromiter(without, dtype=np.int64, count=len(without)))
            self.add(keys[kept].tolist(), documents[kept].tolist(), vectors[kept])

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()


class VectorIndex:
    """The vectors of a published generation, mapped for reading. Thread-safe."""

    def __init__(self, directory: Path, dimension: int) -> None:
        self.keys: Integers = np.fromfile(directory / _KEYS, dtype="<i8")
        self.dimension = dimension
        self._documents: Integers = np.fromfile(directory / _DOCUMENTS, dtype="<i8")
        shape = (len(self.keys), dimension)
        self._vectors: Floats = (
            np.memmap(directory / _VECTORS, dtype="<f4", mode="r", shape=shape)
            if len(self.keys)
            else np.empty(shape, dtype=np.float32)
        )
        self._order = np.argsort(self.keys, kind="stable")
        self._lists: Approximate | None = None
        if (directory / LISTS).exists():
            from indexer import approximate  # faiss: not needed by most libraries

            self._lists = approximate.Approximate.open(directory / LISTS)

    def __len__(self) -> int:
        return len(self.keys)

    def search(
        self, vector: Floats, k: int, *, documents: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` passages with the greatest inner product, best first; equal ones by key."""
        rows = None if documents is None else self._rows_of(documents)
        if k <= 0 or not len(self) or (rows is not None and not len(rows)):
            return []
        query = np.asarray(vector, dtype=np.float32).reshape(self.dimension)
        count = len(self) if rows is None else len(rows)
        if self._lists is not None and not is_flat(count, self.dimension):
            allowed = None if rows is None else self.keys[rows]
            rows = self.rows(self._lists.candidates(query, k, allowed))
        scores = self._vectors @ query if rows is None else self._vectors[rows] @ query
        keys = self.keys if rows is None else self.keys[rows]
        if k < len(scores):
            best = np.argpartition(scores, -k)[-k:]
            keys, scores = keys[best], scores[best]
        order = np.lexsort((keys, -scores))
        return list(zip(keys[order].tolist(), scores[order].tolist(), strict=True))

    def rows(self, keys: Collection[int]) -> Integers:
        """Row numbers of the passages `keys`, in their order; those not held are left out."""
        wanted = np.fromiter(keys, dtype=np.int64, count=len(keys))
        if not len(self):
            return wanted[:0]
        at = np.searchsorted(self.keys, wanted, sorter=self._order).clip(max=len(self) - 1)
        rows = self._order[at]
        held: Integers = rows[self.keys[rows] == wanted]
        return held

    def scores(self, vector: Floats, keys: Collection[int]) -> dict[int, float]:
        """Inner product of each of the passages `keys` with `vector`."""
        rows = self.rows(keys)
        scores = self._vectors[rows] @ np.asarray(vector, dtype=np.float32).reshape(self.dimension)
        return dict(zip(self.keys[rows].tolist(), scores.tolist(), strict=True))

    def blocks(self) -> Iterator[tuple[Integers, Integers, Floats]]:
        """Keys, document keys and vectors, some thousand rows at a time."""
        for start in range(0, len(self), _BLOCK):
            rows = slice(start, start + _BLOCK)
            yield self.keys[rows], self._documents[rows], self._vectors[rows]

    def _rows_of(self, documents: Collection[int]) -> Integers:
        wanted = np.fromiter(documents, dtype=np.int64, count=len(documents))
        return np.flatnonzero(np.isin(self._documents, wanted))
