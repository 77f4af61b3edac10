"""The vector index: passages by inner product with unit vectors.

Up to `FLAT_UP_TO` numbers every query is compared with every vector, straight from the mapped file:
exact, nothing to train, and no native parser ever sees the file. Above that, faiss finds
candidates in compressed lists (`indexer.approximate`) and the exact scores are computed from the
same mapped file. A filter that leaves few passages is always answered exactly.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from indexer.approximate import Lists

__all__ = ["FLAT_UP_TO", "LISTS", "Floats", "VectorIndex", "VectorWriter", "is_flat"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

FLAT_UP_TO = 64_000_000
"""Passages times dimension that are compared one by one: 250,000 vectors of 256 numbers, 8 ms."""
_SMALL = 4_000_000
"""Passages times dimension that numpy is good enough for."""

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
        self._directory = directory
        self._dimension = dimension
        self._carried = 0
        self._earlier_lists: Path | None = None
        self._removed: Integers = np.empty(0, dtype=np.int64)
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
        """Take over an earlier index but for the documents with these keys. Before anything is added."""
        for keys, documents, vectors in previous.blocks():
            kept = ~np.isin(documents, np.fromiter(without, dtype=np.int64, count=len(without)))
            self.add(keys[kept].tolist(), documents[kept].tolist(), vectors[kept])
        self._carried = self.count
        self._earlier_lists = previous.directory / LISTS
        self._removed = previous.keys_of(without)

    def finish(self) -> None:
        """Close the files; write the lists where there are too many vectors to do without."""
        self.close()
        if not is_flat(self.count, self._dimension):
            from indexer import approximate  # faiss

            approximate.write_lists(
                self._directory / LISTS,
                VectorIndex(self._directory, self._dimension),
                carried=self._carried,
                previous=self._earlier_lists,
                removed=self._removed,
            )

    def close(self) -> None:
        """Close the files, finished or not."""
        for file in self._files:
            file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class VectorIndex:
    """The vectors of a published generation, mapped for reading. Thread-safe."""

    def __init__(self, directory: Path, dimension: int) -> None:
        self.keys: Integers = np.fromfile(directory / _KEYS, dtype="<i8")
        self.directory = directory
        self.dimension = dimension
        self._documents: Integers = np.fromfile(directory / _DOCUMENTS, dtype="<i8")
        shape = (len(self.keys), dimension)
        self._vectors: Floats = np.zeros(shape, dtype=np.float32)
        if len(self.keys):  # an empty file cannot be mapped
            self._vectors = np.asarray(np.memmap(directory / _VECTORS, dtype="<f4", mode="r", shape=shape))
        self._order = np.argsort(self.keys, kind="stable")
        self._lists: Lists | None = None
        if (directory / LISTS).exists():
            from indexer import approximate  # faiss: most libraries never need it

            self._lists = approximate.Lists.read(directory / LISTS, mapped=True)

    def __len__(self) -> int:
        return len(self.keys)

    def search(
        self, vector: Floats, k: int, *, documents: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` passages with the greatest inner product, best first; equal ones by key."""
        rows = None if documents is None else self._rows_of(documents)
        count = len(self) if rows is None else len(rows)
        if k <= 0 or not count:
            return []
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(self.dimension)
        if self._lists is not None and not is_flat(count, self.dimension):
            allowed = None if rows is None else self.keys[rows]
            rows = self.rows(self._lists.candidates(query, k, allowed))
        scores = self._products(query, rows)
        keys = self.keys if rows is None else self.keys[rows]
        if k < len(scores):
            best = np.argpartition(scores, -k)[-k:]
            keys, scores = keys[best], scores[best]
        order = np.lexsort((keys, -scores))
        return list(zip(keys[order].tolist(), scores[order].tolist(), strict=True))

    def scores(self, vector: Floats, keys: Collection[int]) -> dict[int, float]:
        """Inner product of each of the passages `keys` with `vector`."""
        rows = self.rows(keys)
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(self.dimension)
        scores = _products(self._vectors[rows], query)
        return dict(zip(self.keys[rows].tolist(), scores.tolist(), strict=True))

    def rows(self, keys: Collection[int]) -> Integers:
        """Row numbers of the passages `keys`, in their order; those not held are left out."""
        wanted = np.fromiter(keys, dtype=np.int64, count=len(keys))
        if not len(self):
            return wanted[:0]
        at = np.searchsorted(self.keys, wanted, sorter=self._order).clip(max=len(self) - 1)
        rows = self._order[at]
        held: Integers = rows[self.keys[rows] == wanted]
        return held

    def rows_without(self, documents: Collection[int]) -> Integers:
        """Row numbers of the passages of all other documents than those with these keys."""
        without = np.fromiter(documents, dtype=np.int64, count=len(documents))
        return np.flatnonzero(~np.isin(self._documents, without))

    def keys_of(self, documents: Collection[int]) -> Integers:
        """Keys of the passages of the documents with these keys."""
        return self.keys[self._rows_of(documents)]

    def blocks(self, first: int = 0) -> Iterator[tuple[Integers, Integers, Floats]]:
        """Keys, document keys and vectors from row `first` on, some thousand rows at a time."""
        for start in range(first, len(self), _BLOCK):
            rows = slice(start, start + _BLOCK)
            yield self.keys[rows], self._documents[rows], self._vectors[rows]

    def _rows_of(self, documents: Collection[int]) -> Integers:
        wanted = np.fromiter(documents, dtype=np.int64, count=len(documents))
        return np.flatnonzero(np.isin(self._documents, wanted))

    def _products(self, query: Floats, rows: Integers | None) -> Floats:
        """Inner products with the vectors in `rows` (None: all)."""
        if rows is not None and len(rows) * 8 < len(self):
            return _products(self._vectors[rows], query)
        # Reading all in order is faster than gathering many rows.
        products = _products(self._vectors, query)
        return products if rows is None else products[rows]


def _products(vectors: Floats, query: Floats) -> Floats:
    """`vectors @ query`, on one thread.

    100,000 vectors of 256 numbers: 19 ms with numpy's BLAS, 7 ms with einsum, 3 ms with the kernel of
    faiss, whose import (60–200 ms) a small library is spared. More threads made it slower as soon as
    anything else ran.
    """
    if vectors.size <= _SMALL:
        small: Floats = np.einsum("ij,j->i", vectors, query)
        return small
    import faiss

    found = np.empty(len(vectors), dtype=np.float32)
    matrix = np.ascontiguousarray(vectors, dtype=np.float32)
    pointers = [faiss.swig_ptr(array) for array in (found, query, matrix)]
    faiss.fvec_inner_products_ny(*pointers, matrix.shape[1], len(matrix))  # type: ignore[attr-defined]
    return found
