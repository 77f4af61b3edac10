"""Texts as atoms in one file on disk, mapped while training, so that memory stays bounded."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.training.vocabulary import Vocabulary

__all__ = ["AtomFile", "Atoms", "Store", "Whole"]

Atoms = NDArray[np.int32]
Whole = NDArray[np.int64]
_CHUNK = 20_000


@dataclass(slots=True)
class Store:
    """Consecutive texts in the atom file: text i is flat[offsets[i]:offsets[i + 1]]."""

    flat: Atoms
    offsets: Whole

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @classmethod
    def of(cls, vocabulary: Vocabulary, texts: Iterable[str]) -> "Store":
        """A store in memory."""
        return cls(*vocabulary.flat(texts))

    def spans(self, index: Whole, limit: int = 200) -> Whole:
        """(n, 2): the first `limit` atoms of the texts at `index`."""
        start = self.offsets[index]
        return np.stack([start, np.minimum(self.offsets[index + 1], start + limit)], axis=1)


class AtomFile:
    """Writes stores one after another into a file of int32 atoms, offsets beside it."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._flat = directory / "atoms.bin"
        self._size = 0
        self._flat.write_bytes(b"")

    def write(self, name: str, vocabulary: Vocabulary, texts: Iterable[str]) -> None:
        """Append `texts` as the store `name`, a chunk at a time."""
        offsets = [np.array([self._size], dtype=np.int64)]
        iterator = iter(texts)
        with self._flat.open("ab") as file:
            while chunk := list(islice(iterator, _CHUNK)):
                flat, starts = vocabulary.flat(chunk)
                flat.tofile(file)
                offsets.append(starts[1:] + self._size)
                self._size += len(flat)
        np.save(self._directory / f"{name}.npy", np.concatenate(offsets))

    @staticmethod
    def read(directory: Path, name: str) -> Store:
        """The store `name`, its atoms mapped."""
        flat = np.memmap(directory / "atoms.bin", dtype=np.int32, mode="r")
        return Store(flat, np.load(directory / f"{name}.npy"))
