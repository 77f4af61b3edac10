"""Pairs of texts that belong together, as spans into one long array of atoms.

A side of a pair is up to two spans (title + passage), so no text is ever copied. Each source draws
its pairs anew in every pass, with the pass's own random generator.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.training.stores import Store, Whole

__all__ = ["ArticlePairs", "ItemPairs", "ListedPairs", "Pairs", "Source", "alone", "beside"]

SHORTEST, LONGEST = 50, 200
"""Atoms of a part of a passage that is trained on: from a short paragraph to a long one."""
Spans = NDArray[np.int64]
"""(n, 4): start and end of the first and of the second span of a side; equal ends mean empty."""


@dataclass(slots=True)
class Pairs:
    """n pairs; two pairs of one `group` (≥ 0) are no negatives for each other."""

    left: Spans
    right: Spans
    group: Whole

    def __len__(self) -> int:
        return len(self.left)

    def take(self, index: Whole) -> "Pairs":
        """The pairs at `index`."""
        return Pairs(self.left[index], self.right[index], self.group[index])

    @staticmethod
    def joined(parts: Iterable["Pairs"]) -> "Pairs":
        """All pairs of `parts`."""
        several = list(parts)
        return Pairs(
            np.concatenate([part.left for part in several]),
            np.concatenate([part.right for part in several]),
            np.concatenate([part.group for part in several]),
        )


class Source(Protocol):
    """Draws the pairs of one pass."""

    def draw(self, rng: np.random.Generator) -> Pairs:
        """Pairs for one pass."""
        ...


@dataclass(slots=True)
class ListedPairs:
    """Pairs that are the same in every pass."""

    pairs: Pairs

    def draw(self, rng: np.random.Generator) -> Pairs:
        """All of them."""
        del rng
        return self.pairs


@dataclass(slots=True)
class ItemPairs:
    """News: title–lead, title–part of the body, lead–part of the body."""

    store: Store
    """Title, lead, body of each item, one after another."""
    share: float = 1.0
    """Part of the items that is drawn in a pass."""

    def draw(self, rng: np.random.Generator) -> Pairs:
        """One of the three kinds for each item drawn, windows at random places."""
        count = len(self.store) // 3
        first = 3 * rng.permutation(count)[: int(count * self.share)]
        title, lead = self.store.spans(first, 60), self.store.spans(first + 1, 120)
        body = window(rng, self.store.spans(first + 2, 400))
        kind = rng.integers(0, 3, len(first))
        left = np.where((kind == 2)[:, None], lead, title)
        right = np.where((kind == 0)[:, None], lead, body)
        return _telling(left, right)


@dataclass(slots=True)
class ArticlePairs:
    """Law: title–text, and a span of the text–the rest of it, half of the time with the title."""

    store: Store
    """Title, text of each article, one after another."""
    usual: NDArray[np.bool_]
    """Articles whose title says nothing by itself ("Phạm vi điều chỉnh")."""

    def draw(self, rng: np.random.Generator) -> Pairs:
        """Title–text where the title is telling; span–rest for every longer article."""
        first = np.arange(0, len(self.store), 2)
        title, text = self.store.spans(first, 60), self.store.spans(first + 1, 600)
        told = np.flatnonzero(~self.usual)
        by_title = _telling(title[told], window(rng, text[told]))
        length = text[:, 1] - text[:, 0]
        long = np.flatnonzero(length >= 30)
        size = np.minimum(rng.integers(8, 40, len(long)), length[long] // 3)
        start = text[long, 0] + (rng.random(len(long)) * (length[long] - size)).astype(np.int64)
        span = np.stack([start, start + size], axis=1)
        half = rng.integers(SHORTEST // 2, LONGEST // 2, len(long))
        before = np.stack([np.maximum(text[long, 0], start - half), start], axis=1)
        after = np.stack([start + size, np.minimum(text[long, 1], start + size + half)], axis=1)
        with_title = (rng.random(len(long)) < 0.5) & ~self.usual[long]
        context = np.where(with_title[:, None], title[long], _empty(title[long]))
        by_span = Pairs(beside(span, context), beside(before, after), np.full(len(long), -1))
        return Pairs.joined([by_title, by_span])


def alone(spans: Whole) -> Spans:
    """Sides of one span each, from (n, 2)."""
    return beside(spans, _empty(spans))


def beside(first: Whole, second: Whole) -> Spans:
    """Sides of two spans each."""
    return np.concatenate([first, second], axis=1)


def window(rng: np.random.Generator, spans: Whole) -> Whole:
    """A window of SHORTEST to LONGEST atoms at a random place of each span."""
    size = rng.integers(SHORTEST, LONGEST, len(spans))
    room = np.maximum(spans[:, 1] - spans[:, 0] - size, 0)
    start = spans[:, 0] + (rng.random(len(spans)) * (room + 1)).astype(np.int64)
    return np.stack([start, np.minimum(start + size, spans[:, 1])], axis=1)


def _empty(spans: Whole) -> Whole:
    return np.repeat(spans[:, :1], 2, axis=1)


def _telling(left: Whole, right: Whole) -> Pairs:
    """Pairs of one span a side, without those where a side is empty or nearly so."""
    good = (left[:, 1] - left[:, 0] >= 3) & (right[:, 1] - right[:, 0] >= 8)
    return Pairs(alone(left[good]), alone(right[good]), np.full(int(good.sum()), -1))
