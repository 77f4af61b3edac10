"""Candidates among very many vectors: faiss inverted lists of 8-bit vectors.

Chosen over a graph (HNSW) because documents come and go: lists take additions and removals, are a
quarter of the size, and stay on disk, mapped. Scores from here are rough: the caller computes exact
ones. Whoever opens a file must have checked its hash: faiss trusts what it reads.
"""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import faiss as typed_faiss
import numpy as np
import numpy.typing as npt

from corpus.cores import cores

if TYPE_CHECKING:
    from indexer.vectors import VectorIndex

__all__ = ["Lists", "write_lists"]

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

faiss: Any = typed_faiss
"""Its type hints lack half of what is used here."""

_PROBED = 0.1
"""Part of the lists that a query looks into. Of the true first 10 and 100 it then finds .996 and .981
(70,000 articles of the legal code, our encoder; .993 and .962 with half as many), in 3 ms."""
_ROUGH = 4
"""Candidates per result wanted, so that exact scoring can put right what rough scores confuse."""
_TRAINED_ON = 40
"""Vectors per list that the centres are learned from."""


def _lists_for(count: int) -> int:
    """Number of lists for `count` vectors: the next power of two above 2·√count."""
    return int(2 ** np.ceil(np.log2(2 * np.sqrt(count))))


class Lists:
    """Inverted lists of vectors under integer keys. Searching is thread-safe, changing is not."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401
        self._index = index
        # One query at a time gains nothing from threads, and loses much where the cores are busy.
        faiss.omp_set_num_threads(1)

    @classmethod
    def learned(cls, vectors: Floats, count: int) -> "Lists":
        """Empty lists for some `count` vectors, their centres learned from `vectors`, a sample."""
        dimension = vectors.shape[1]
        number = _lists_for(count)
        index = faiss.index_factory(dimension, f"IVF{number},SQ8", faiss.METRIC_INNER_PRODUCT)
        index.cp.max_points_per_centroid = _TRAINED_ON
        index.cp.min_points_per_centroid = 1  # a warning on stderr otherwise
        faiss.omp_set_num_threads(cores())
        index.train(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path, *, mapped: bool) -> "Lists":
        """Open a file of lists; `mapped` ones can only be searched."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY if mapped else 0))

    def write(self, path: Path) -> None:
        """Write the lists to a file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def fits(self, count: int) -> bool:
        """Whether the number of lists still suits `count` vectors; if not they are learned anew."""
        return _lists_for(count) // 2 <= int(self._index.nlist) <= 2 * _lists_for(count)

    def add(self, keys: Integers, vectors: Floats) -> None:
        """Put vectors in."""
        self._index.add_with_ids(
            np.ascontiguousarray(vectors, dtype=np.float32), np.ascontiguousarray(keys, dtype=np.int64)
        )

    def remove(self, keys: Integers) -> None:
        """Take vectors out."""
        self._index.remove_ids(np.ascontiguousarray(keys, dtype=np.int64))

    def candidates(self, vector: Floats, k: int, allowed: Collection[int] | None) -> Integers:
        """Keys among which the `k` best will nearly always be; only `allowed` ones if given."""
        selector = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.fromiter(allowed, dtype=np.int64, count=len(allowed)))
        nprobe = max(32, int(self._index.nlist * _PROBED))
        parameters = faiss.SearchParametersIVF(sel=selector, nprobe=nprobe)
        rough = min(_ROUGH * k, len(self))
        _, keys = self._index.search(vector.reshape(1, -1), rough, params=parameters)
        found: Integers = keys[0][keys[0] >= 0]
        return found


def write_lists(
    path: Path, vectors: "VectorIndex", *, carried: int, previous: Path | None, removed: Integers
) -> None:
    """Write the lists of the index `vectors` to `path`.

    Its first `carried` rows come from an earlier index: where that one's lists (`previous`) still
    suit the number of vectors, the keys `removed` are taken out and the other rows put in;
    otherwise the centres are learned anew.
    """
    lists = Lists.read(previous, mapped=False) if previous and previous.exists() else None
    if lists is not None and lists.fits(len(vectors)):
        lists.remove(removed)
    else:
        lists, carried = Lists.learned(_sample(vectors), len(vectors)), 0
    for keys, _, block in vectors.blocks(carried):
        lists.add(keys, block)
    lists.write(path)


def _sample(vectors: "VectorIndex") -> Floats:
    """Evenly spread rows, enough to learn the centres from."""
    step = max(1, len(vectors) // (_TRAINED_ON * _lists_for(len(vectors))))
    rows: list[Floats] = []
    offset = 0
    for _, _, block in vectors.blocks():
        rows.append(block[(-offset) % step :: step])
        offset += len(block)
    return np.concatenate(rows)
