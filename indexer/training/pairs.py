"""Pairs of texts that belong together, as spans into one long array of atoms.

A side of a pair is up to two spans (title + passage), so no text is ever copied. Each source draws
its pairs anew in every pass, with the pass's own random generator.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.training.material import Article, Item
from indexer.training.vocabulary import Vocabulary

__all__ = ["ArticlePairs", "ItemPairs", "Pairs", "Source", "Store"]

Spans = NDArray[np.int64]
"""(n, 4): start and end of the first and of the second span of a side; equal ends mean empty."""


@dataclass(slots=True)
class Pairs:
    """n pairs; two pairs of one `group` (≥ 0) are no negatives for each other."""

    left: Spans
    right: Spans
    group: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.left)

    def take(self, index: NDArray[np.int64]) -> "Pairs":
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


@dataclass(slots=True)
class Store:
    """Texts as atoms: text i is flat[offsets[i]:offsets[i + 1]]."""

    flat: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, vocabulary: Vocabulary, texts: Iterable[str]) -> "Store":
        """The store of `texts`, in their order."""
        return cls(*vocabulary.flat(texts))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def whole(self, index: NDArray[np.int64], limit: int = 200) -> NDArray[np.int64]:
        """(n, 2): the first `limit` atoms of the texts at `index`."""
        start = self.offsets[index]
        return np.stack([start, np.minimum(self.offsets[index + 1], start + limit)], axis=1)


class Source(Protocol):
    """Draws the pairs of one pass."""

    def draw(self, rng: np.random.Generator) -> Pairs:
        """Pairs for one pass."""
        ...


@dataclass(slots=True)
class ItemPairs:
    """News: title–lead, title–part of the body, lead–part of the body."""

    store: Store
    """Title, lead, body of each item, one after another."""
    window: int = 160
    per_item: int = 2

    @classmethod
    def of(cls, vocabulary: Vocabulary, items: Iterable[Item]) -> "ItemPairs":
        """The source of the pairs of `items`."""
        return cls(Store.of(vocabulary, (text for item in items for text in item)))

    def draw(self, rng: np.random.Generator) -> Pairs:
        """`per_item` of the three kinds for each item, windows at random places."""
        first = np.arange(0, len(self.store), 3)
        title, lead, body = (
            self.store.whole(first + part, limit) for part, limit in ((0, 60), (1, 120), (2, 400))
        )
        kinds = rng.permuted(np.tile(np.arange(3), (len(first), 1)), axis=1)[:, : self.per_item]
        drawn = []
        for kind in kinds.T:
            part = _window(rng, body, self.window)
            left = np.where((kind == 2)[:, None], lead, title)
            right = np.where((kind == 0)[:, None], lead, part)
            drawn.append(_pairs(left, right))
        return Pairs.joined(drawn)


@dataclass(slots=True)
class ArticlePairs:
    """Law: title–text, and a span of the text–title and the rest of the text."""

    store: Store
    """Title, text of each article, one after another."""
    usual: NDArray[np.bool_]
    """Articles whose title says nothing by itself ("Phạm vi điều chỉnh")."""
    window: int = 160

    @classmethod
    def of(cls, vocabulary: Vocabulary, articles: Iterable[Article], *, often: int = 5) -> "ArticlePairs":
        """The source of the pairs of `articles`, all of which may be trained on."""
        held = [article for article in articles if article.train and article.text]
        counts: dict[str, int] = {}
        for article in held:
            counts[article.title] = counts.get(article.title, 0) + 1
        usual = np.array([counts[article.title] > often or not article.title for article in held])
        store = Store.of(vocabulary, (text for article in held for text in (article.title, article.text)))
        return cls(store, usual)

    def draw(self, rng: np.random.Generator) -> Pairs:
        """Title–text where the title is telling; span–rest for every longer article."""
        first = np.arange(0, len(self.store), 2)
        title, text = self.store.whole(first, 60), self.store.whole(first + 1, 600)
        told = np.flatnonzero(~self.usual)
        by_title = _pairs(title[told], _window(rng, text[told], self.window))
        length = text[:, 1] - text[:, 0]
        long = np.flatnonzero(length >= 30)
        size = np.minimum(rng.integers(8, 40, len(long)), length[long] // 3)
        start = text[long, 0] + (rng.random(len(long)) * (length[long] - size)).astype(np.int64)
        span = np.stack([start, start + size], axis=1)
        before = np.stack([np.maximum(text[long, 0], start - self.window // 2), start], axis=1)
        after = np.stack([start + size, np.minimum(text[long, 1], start + size + self.window // 2)], axis=1)
        # A span with its title against the rest: half of them, so that the title is not the only way.
        with_title = rng.random(len(long)) < 0.5
        context = np.where((with_title & ~self.usual[long])[:, None], title[long], _empty(title[long]))
        by_span = Pairs(
            np.concatenate([span, context], axis=1),
            np.concatenate([before, after], axis=1),
            np.full(len(long), -1),
        )
        return Pairs.joined([by_title, by_span])


def _empty(spans: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.repeat(spans[:, :1], 2, axis=1)


def _window(rng: np.random.Generator, spans: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """A window of at most `size` atoms at a random place of each span."""
    room = np.maximum(spans[:, 1] - spans[:, 0] - size, 0)
    start = spans[:, 0] + (rng.random(len(spans)) * (room + 1)).astype(np.int64)
    return np.stack([start, np.minimum(start + size, spans[:, 1])], axis=1)


def _pairs(left: NDArray[np.int64], right: NDArray[np.int64]) -> Pairs:
    """Pairs of one span a side, without those where a side is empty or nearly so."""
    good = (left[:, 1] - left[:, 0] >= 3) & (right[:, 1] - right[:, 0] >= 8)
    left, right = left[good], right[good]
    return Pairs(
        np.concatenate([left, _empty(left)], axis=1),
        np.concatenate([right, _empty(right)], axis=1),
        np.full(len(left), -1),
    )
