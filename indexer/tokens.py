"""The words of every passage, as the encoder's tokens in reading order, for comparing word with word.

One vector for a whole passage cannot say whether two words of the query stand together in it. With the
tokens at hand the few hundred passages that a query comes down to are read again, word by word
(`indexer.nearness`). Rows are those of the vector index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

__all__ = ["LIMITS", "Segments", "TokenIndex", "TokenWriter"]

Integers = npt.NDArray[np.int64]

LIMITS = (200, 60, 800)
"""At most so many tokens are kept of what stands around a passage (title, outer headings, lead), of the
heading right above it, and of its text: bounds the time a query takes, whatever the passage."""

_TOKENS, _LENGTHS = "tokens.u32", "lengths.u32"
_BLOCK = 8_192


@dataclass(frozen=True, slots=True)
class Segments:
    """The tokens of some passages: around, heading, text of the first, then of the second, and so on."""

    tokens: Integers
    """(sum of `lengths`)"""
    lengths: Integers
    """(passages, 3)"""


class TokenWriter:
    """Writes the tokens of a generation being built, in the order of its vectors."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._tokens, self._lengths = ((directory / name).open("wb") for name in (_TOKENS, _LENGTHS))

    def add(self, passages: Sequence[tuple[Sequence[int], Sequence[int], Sequence[int]]]) -> None:
        """Append passages: tokens around, of the heading, of the text; each is cut at its limit."""
        cut = [[part[:limit] for part, limit in zip(parts, LIMITS, strict=True)] for parts in passages]
        lengths = [[len(part) for part in parts] for parts in cut]
        flat = [token for parts in cut for part in parts for token in part]
        self._append(np.asarray(flat, dtype=np.int64), np.asarray(lengths, dtype=np.int64))

    def keep(self, previous: "TokenIndex", rows: Integers) -> None:
        """Take over these rows of an earlier index. Before anything is added."""
        for start in range(0, len(rows), _BLOCK):
            kept = previous.segments(rows[start : start + _BLOCK])
            self._append(kept.tokens, kept.lengths)

    def _append(self, tokens: Integers, lengths: Integers) -> None:
        self._tokens.write(tokens.astype("<u4").tobytes())
        self._lengths.write(lengths.astype("<u4").tobytes())

    def close(self) -> None:
        """Close the files."""
        self._tokens.close()
        self._lengths.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class TokenIndex:
    """The tokens of a published generation, mapped for reading. Thread-safe."""

    def __init__(self, directory: Path) -> None:
        """Raises ValueError where the two files do not belong together."""
        self._lengths: Integers = (
            np.fromfile(directory / _LENGTHS, dtype="<u4").astype(np.int64).reshape(-1, len(LIMITS))
        )
        whole = self._lengths.sum(axis=1)
        self._starts: Integers = np.cumsum(whole) - whole
        count = int(whole.sum())
        if (directory / _TOKENS).stat().st_size != count * 4:
            raise ValueError(f"{directory / _TOKENS} does not hold {count} tokens")
        self._tokens: npt.NDArray[np.uint32] = np.zeros(count, dtype="<u4")
        if count:  # an empty file cannot be mapped
            self._tokens = np.asarray(np.memmap(directory / _TOKENS, dtype="<u4", mode="r", shape=(count,)))

    def __len__(self) -> int:
        return len(self._lengths)

    @staticmethod
    def stands(directory: Path) -> bool:
        """Whether a generation has tokens: those whose encoder knows no words have none."""
        return (directory / _LENGTHS).exists()

    def segments(self, rows: Integers) -> Segments:
        """The tokens of these rows, in their order."""
        lengths = self._lengths[rows]
        whole = lengths.sum(axis=1)
        within = np.arange(int(whole.sum())) - np.repeat(np.cumsum(whole) - whole, whole)
        return Segments(self._tokens[np.repeat(self._starts[rows], whole) + within].astype(np.int64), lengths)
