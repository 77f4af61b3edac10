"""The syllable model (`indexer/language/syllables.npz`) from law and news.

Counts of one, two and three syllables; absolute discounting, backed off to fewer; of the longer ones
only those are kept whose absence would change the likelihood of the texts most. The same texts give
the same file, byte for byte.
"""

import array
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.spelling import is_syllable
from corpus.text import nfc, normalise_tones
from indexer.language import NUMBER, START, UNKNOWN, packed
from indexer.training.material import read_lines

__all__ = ["HELD_OUT", "Sizes", "build", "sources", "tokens", "write"]

Numbers = NDArray[Any]

HELD_OUT = 50
"""Every so many-th news item is left out, for measuring; of the legal code what may not be trained on."""
_LONGEST_ITEM = 6_000
# Commas, brackets and hyphens part nothing: who types "quoc phong an ninh" leaves them out.
_TOKEN = re.compile(r"[^\W_]+|[.!?;:\n]")
_DISCOUNT = 0.75
_SEEN = 3
"""Pairs and triples seen less often than this are not kept."""
_LEAST_BACK_OFF = 1e-4
_CHUNK = 20_000_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is kept."""

    pairs: int = 500_000
    triples: int = 1_500_000
    syllable: int = 20
    """Occurrences from which a Vietnamese syllable is known."""
    word: int = 150
    """The same for anything else: abbreviations, names, foreign words."""
    counted: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({"law": 3, "baomoi": 2}))
    """How many times a source counts, where not once."""
    step: float = 0.25
    """Nats in one unit of a stored cost."""


def sources(shared: Path, *, held_out: bool = False) -> dict[str, Iterator[str]]:
    """Name → texts, of the part to count or (`held_out`) of the part set aside."""

    def news(name: str, fields: Sequence[str]) -> Iterator[str]:
        for number, row in enumerate(read_lines(shared / "training" / name)):
            if (number % HELD_OUT == 0) == held_out:
                yield "\n".join(row[field] for field in fields)[:_LONGEST_ITEM].replace("_", " ")

    def law() -> Iterator[str]:
        for row in read_lines(shared / "retrieval" / "phapdien" / "corpus.jsonl.xz"):
            if row["metadata"]["train"] != held_out:
                yield f"{row['title']}\n{row['text']}"

    return {
        "law": law(),
        "baomoi": news("baomoi.jsonl.xz", ("title", "text")),
        "news": news("news.jsonl.xz", ("title", "abstract", "body")),
    }


def tokens(text: str) -> list[str]:
    """Lower-cased syllables, words, numbers and, as boundaries, what ends a sentence or a line."""
    return _TOKEN.findall(normalise_tones(nfc(text)).lower())


def build(
    texts: Mapping[str, Iterable[str]],
    sizes: Sizes | None = None,
    said: Callable[[str], object] = lambda _: None,
) -> dict[str, Numbers]:
    """The arrays of the model, as `indexer.language.model` describes them; `said` hears what is done.

    Two minutes and 5 GB of memory for all the texts of `sources`.
    """
    sizes = sizes or Sizes()
    numbers: dict[str, int] = {}
    read = {name: _numbered(some, numbers) for name, some in texts.items()}
    vocabulary, entry_of = _vocabulary(read, list(numbers), sizes)
    streams = [(_without_empty(entry_of[one]), sizes.counted.get(name, 1)) for name, one in read.items()]
    said(f"{sum(len(one) for one, _ in streams):,} âm tiết, {len(vocabulary):,} âm tiết khác nhau")
    counts = [_counted(streams, length) for length in (1, 2, 3)]
    said(f"{len(counts[1][0]):,} cặp, {len(counts[2][0]):,} bộ ba; đang chọn những bộ có ích nhất")
    return {
        "vocabulary": np.frombuffer("\n".join(vocabulary).encode(), np.uint8),
        "step": np.array(sizes.step, np.float32),
        **_estimated(counts, len(vocabulary), sizes),
    }


def write(arrays: Mapping[str, Numbers], path: Path) -> None:
    """Write the model; the archive carries no times, so that it is the same every time."""
    # numpy types the flag beside the arrays
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def _numbered(texts: Iterable[str], numbers: dict[str, int]) -> NDArray[np.uint32]:
    """The texts one after another as numbers of tokens, each text closed by a boundary."""
    stream = array.array("I")
    for text in texts:
        stream.extend(numbers.setdefault(token, len(numbers)) for token in tokens(text))
        stream.append(numbers.setdefault(".", len(numbers)))
    return np.frombuffer(stream, np.uint32) if stream else np.zeros(0, np.uint32)


def _vocabulary(
    read: Mapping[str, NDArray[np.uint32]], names: Sequence[str], sizes: Sizes
) -> tuple[list[str], NDArray[np.uint16]]:
    """The entries by falling frequency, and for each token number its entry."""
    counts = sum((np.bincount(one, minlength=len(names)) for one in read.values()), np.zeros(len(names)))
    entries = ["<s>", "<n>", "<u>"]
    entry_of = np.full(len(names), UNKNOWN, np.uint16)
    for number in sorted(range(len(names)), key=lambda one: (-counts[one], names[one])):
        name = names[number]
        if not name[0].isalnum():
            entry_of[number] = START
        elif name.isdecimal():
            entry_of[number] = NUMBER
        elif counts[number] >= (sizes.syllable if is_syllable(name) else sizes.word) and name.isalpha():
            entry_of[number] = len(entries)
            entries.append(name)
    return entries, entry_of


def _without_empty(stream: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Several boundaries in a row are one."""
    keep = np.ones(len(stream), bool)
    keep[1:] = (stream[1:] != START) | (stream[:-1] != START)
    return stream[keep].astype(np.int64)


def _counted(streams: Sequence[tuple[NDArray[np.int64], int]], length: int) -> tuple[Numbers, Numbers]:
    """Keys (16 bits an entry) of the runs of `length` entries in order, and how often each stands."""
    keys, counts = [], []
    for stream, weight in streams:
        runs = stream[: max(len(stream) - length + 1, 0)]
        for more in range(1, length):
            runs = (runs << 16) | stream[more : len(stream) - length + 1 + more]
        if length == 3:  # nothing is asked across a boundary
            runs = runs[(((runs >> 16) & 0xFFFF) != START) & ((runs & 0xFFFF) != START)]
        for chunk in np.array_split(runs, max(1, len(runs) // _CHUNK)):
            found, often = np.unique(chunk, return_counts=True)
            keys.append(found)
            counts.append(often * weight)
    all_keys, all_counts = np.concatenate(keys), np.concatenate(counts)
    order = np.argsort(all_keys, kind="stable")
    starts = _starts(all_keys[order])
    return all_keys[order][starts], np.add.reduceat(all_counts[order], starts)


def _starts(values: Numbers) -> Numbers:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.r_[True, values[1:] != values[:-1]])


def _estimated(counts: Sequence[tuple[Numbers, Numbers]], size: int, sizes: Sizes) -> dict[str, Numbers]:
    """Probabilities, what of them is kept, and the back-off weights that make up for the rest."""
    (keys1, counts1), (keys2, counts2), (keys3, counts3) = counts
    p1 = np.full(size, 0.5)
    p1[keys1] += counts1
    p1 /= p1.sum()

    first, second = keys2 >> 16, keys2 & 0xFFFF
    p2, left2 = _discounted(first, counts2, p1[second])
    kept2 = _most_telling(counts2 * np.abs(np.log(p2) - np.log(left2 * p1[second])), counts2, sizes.pairs)
    pairs, kept_p2 = keys2[kept2], p2[kept2]
    back1 = _back_off(pairs >> 16, kept_p2, p1[pairs & 0xFFFF], size)

    history, later = keys3 >> 16, ((keys3 >> 16) & 0xFFFF) << 16 | (keys3 & 0xFFFF)
    p3, _ = _discounted(history, counts3, p2[np.searchsorted(keys2, later)])
    at = np.minimum(np.searchsorted(pairs, later), len(pairs) - 1)
    shorter = np.where(pairs[at] == later, kept_p2[at], back1[later >> 16] * p1[later & 0xFFFF])
    row = np.minimum(np.searchsorted(pairs, history), len(pairs) - 1)
    telling = np.where(pairs[row] == history, counts3 * np.abs(np.log(p3) - np.log(shorter)), 0)
    kept3 = _most_telling(telling, counts3, sizes.triples)
    back2 = _back_off(row[kept3], p3[kept3], shorter[kept3], len(pairs))

    def stored(probabilities: Numbers) -> Numbers:
        return np.minimum(np.round(-np.log(probabilities) / sizes.step), 255).astype(np.uint8)

    rows2 = np.bincount(pairs >> 16, minlength=size).astype(np.uint16)
    rows3 = np.bincount(row[kept3], minlength=len(pairs)).astype(np.uint16)
    return {
        "p1": stored(p1),
        "bo1": stored(back1),
        "rows2": rows2,
        "cols2": packed(rows2, pairs & 0xFFFF),
        "p2": stored(kept_p2),
        "bo2": stored(back2),
        "rows3": rows3,
        "cols3": packed(rows3, keys3[kept3] & 0xFFFF),
        "p3": stored(p3[kept3]),
    }


def _discounted(histories: Numbers, counts: Numbers, shorter: Numbers) -> tuple[Numbers, Numbers]:
    """Probabilities with a little taken from each for what was not seen; and how much was taken."""
    starts = _starts(histories)
    lengths = np.diff(np.r_[starts, len(histories)])
    whole = np.repeat(np.add.reduceat(counts, starts), lengths)
    left = _DISCOUNT * np.repeat(lengths, lengths) / whole
    return np.maximum(counts - _DISCOUNT, 0) / whole + left * shorter, left


def _most_telling(telling: Numbers, counts: Numbers, most: int) -> Numbers:
    """Places of the `most` entries that tell most, in order."""
    telling = np.where(counts >= _SEEN, telling, 0)
    order = np.argsort(-telling, kind="stable")[:most]
    return np.sort(order[telling[order] > 0])


def _back_off(histories: Numbers, kept: Numbers, shorter: Numbers, size: int) -> Numbers:
    """For each history what the shorter probabilities are to be multiplied by for what is not kept."""
    rest = 1 - np.bincount(histories, weights=kept, minlength=size)
    rest_shorter = np.maximum(1 - np.bincount(histories, weights=shorter, minlength=size), 1e-9)
    return np.clip(rest / rest_shorter, _LEAST_BACK_OFF, 1)
