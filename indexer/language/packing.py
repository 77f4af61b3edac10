"""Sorted numbers of many short rows in few bytes: steps from one to the next, low and high bytes apart."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["packed", "unpacked"]


def packed(rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[np.uint8]:
    """`columns` (below 65,536, rising within each row) as (2, n) bytes; `rows`: how many each row has."""
    starts = _starts(rows, len(columns))
    steps = np.diff(columns, prepend=0)
    steps[starts] = columns[starts]
    return steps.astype("<u2").view(np.uint8).reshape(-1, 2).T.copy()


def unpacked(rows: NDArray[Any], held: NDArray[np.uint8]) -> NDArray[np.int64]:
    """What `packed` packed."""
    steps: NDArray[np.int64] = held[0].astype(np.int64) | held[1].astype(np.int64) << 8
    whole = np.cumsum(steps)
    starts = _starts(rows, len(steps))
    before = whole[starts] - steps[starts]
    columns: NDArray[np.int64] = whole - np.repeat(before, rows[rows > 0].astype(np.int64))
    return columns


def _starts(rows: NDArray[Any], length: int) -> NDArray[np.int64]:
    """Where each row that is not empty begins."""
    starts = np.cumsum(rows, dtype=np.int64) - rows
    assert length == int(rows.sum(dtype=np.int64))
    found: NDArray[np.int64] = starts[rows > 0]
    return found
