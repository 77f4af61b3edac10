"""The n-gram model over syllables, read from one compressed file and asked many n-grams at a time.

Layout of the file (all arrays sorted, so that the numbers compress): the vocabulary by falling
frequency, one entry a line; `p1`, `bo1` per entry; the bigrams row by row, `rows2` how many start with
each entry, `cols2` the second entry (packed), `p2`, `bo2`; the trigrams row by row, `rows3` how many
continue each bigram, `cols3` (packed), `p3`. `p` are negative log-probabilities and `bo` negative log
back-off weights, in units of `step` nats.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold
from indexer.language.packing import unpacked

__all__ = ["NUMBER", "START", "UNKNOWN", "SyllableModel", "load_model", "read_model"]

Costs = NDArray[np.float32]
Ids = NDArray[np.int64]

START, NUMBER, UNKNOWN = 0, 1, 2
"""Entries of the vocabulary that are no syllables: a boundary, any number, any other word."""

_NONE = -1
_FILE = "syllables.npz"


@dataclass(frozen=True, slots=True, eq=False)
class SyllableModel:
    """Costs (negative natural logarithms of probabilities) of syllables in their context."""

    ids: dict[str, int]
    """Syllable, lower-cased, tones placed the old way → entry."""
    words: list[str]
    by_fold: dict[str, tuple[int, ...]]
    """Syllable without accents → its accented forms, the most frequent first."""
    p1: Costs
    bo1: Costs
    keys2: Ids
    p2: Costs
    bo2: Costs
    keys3: Ids
    p3: Costs

    def entry(self, token: str) -> int:
        """The entry for a lower-cased token."""
        return NUMBER if token.isdecimal() else self.ids.get(token, UNKNOWN)

    def pairs(self, first: Ids, second: Ids) -> tuple[Costs, Ids, NDArray[np.bool_]]:
        """For arrays of one shape: costs of `second` after `first`, rows for `triples`, seen or not."""
        keys = (first << 16) | second
        at = np.minimum(np.searchsorted(self.keys2, keys), len(self.keys2) - 1)
        seen = self.keys2[at] == keys
        costs = np.where(seen, self.p2[at], self.bo1[first] + self.p1[second])
        return costs, np.where(seen, at, _NONE), seen

    def triples(self, rows: Ids, third: Ids, second_costs: Costs) -> Costs:
        """Costs of `third` after the bigrams `rows`; `second_costs` are those of `third` after one entry."""
        keys = (rows << 16) | third
        at = np.minimum(np.searchsorted(self.keys3, keys), len(self.keys3) - 1)
        backed_off = second_costs + np.where(rows == _NONE, 0, self.bo2[rows])
        return np.where(self.keys3[at] == keys, self.p3[at], backed_off)


@cache
def load_model() -> SyllableModel:
    """The model that comes with the program; read once (some 80 ms)."""
    with as_file(files("indexer.language") / _FILE) as path:
        return read_model(path)


def read_model(path: Path) -> SyllableModel:
    """A model from its file, as `indexer.training.ngrams.write` writes it."""
    with np.load(path, allow_pickle=False) as file:
        held = {name: file[name] for name in file.files}
    words = held["vocabulary"].tobytes().decode().split("\n")
    step = np.float32(held["step"])
    by_fold: dict[str, list[int]] = {}
    for number, word in enumerate(words[UNKNOWN + 1 :], start=UNKNOWN + 1):
        by_fold.setdefault(fold(word), []).append(number)
    rows2 = np.repeat(np.arange(len(words), dtype=np.int64), held["rows2"])
    rows3 = np.repeat(np.arange(len(rows2), dtype=np.int64), held["rows3"])
    return SyllableModel(
        ids={word: number for number, word in enumerate(words)},
        words=words,
        by_fold={folded: tuple(found) for folded, found in by_fold.items()},
        p1=held["p1"] * step,
        bo1=held["bo1"] * step,
        keys2=(rows2 << 16) | unpacked(held["rows2"], held["cols2"]),
        p2=held["p2"] * step,
        bo2=held["bo2"] * step,
        keys3=(rows3 << 16) | unpacked(held["rows3"], held["cols3"]),
        p3=held["p3"] * step,
    )
