"""The two stages of training, pass by pass, resumable after every pass.

First the language: news, encyclopedia and law, texts that belong together. Then the task: queries
written by hand against the passages they were written for, with near misses, and in every batch
some pairs of the lexicon, of law and of reworded law, so that nothing learnt before is lost.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from indexer.training.pairs import ArticlePairs, ItemPairs, Pairs, Spans, alone, beside
from indexer.training.prepare import Prepared
from indexer.training.recipe import Recipe
from indexer.training.stores import AtomFile, Atoms, Whole
from indexer.training.trainer import Bag, Loss, Schedule, gather, new_bag

__all__ = ["train"]

Report = Callable[[str, int, int, float], None]
"""Stage, step, steps in all, loss."""
Batch = Callable[[Bag], Tensor]
"""Computes the loss of one batch."""


def train(prepared: Prepared, recipe: Recipe, report: Report) -> Bag:
    """Train, or go on after the last finished pass kept in the directory; returns the trained table.

    The outcome of the first stage stays there as "first.pt": another second stage can start from it.
    """
    bag = new_bag(len(prepared.tokens()), recipe.dimension, recipe.seed)
    loss = Loss(recipe.second.scale, recipe.widths)
    base = prepared.directory / "first.pt"
    if base.exists():
        bag.load_state_dict(torch.load(base, weights_only=True))
    else:
        _run(
            _First(prepared, recipe), bag, loss, seed=recipe.seed, directory=prepared.directory, report=report
        )
        torch.save(bag.state_dict(), base)
    _run(_Second(prepared, recipe), bag, loss, seed=recipe.seed, directory=prepared.directory, report=report)
    return bag


def _run(
    part: "_First | _Second", bag: Bag, loss: Loss, *, seed: int, directory: Path, report: Report
) -> None:
    """All passes of one stage. The random numbers of a pass depend on seed, stage and pass alone."""
    name, stage, steps = part.name, part.stage, part.steps
    optimiser = torch.optim.Adam(bag.parameters(), lr=stage.rate, fused=True)
    schedule = Schedule(stage.rate, steps * stage.passes)
    kept = directory / f"{name}.resume.pt"
    begin = 0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        bag.load_state_dict(state["bag"])
        optimiser.load_state_dict(state["optimiser"])
        begin = state["passes"]
    for number in range(begin, stage.passes):
        rng = np.random.default_rng([seed, len(name), number])
        for index, batch in enumerate(part.batches(loss, rng)):
            step = number * steps + index
            for group in optimiser.param_groups:
                group["lr"] = schedule.at(step)
            optimiser.zero_grad(set_to_none=True)
            value = batch(bag)
            value.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            report(name, step + 1, schedule.steps, float(value.detach()))
        state = {"bag": bag.state_dict(), "optimiser": optimiser.state_dict(), "passes": number + 1}
        torch.save(state, kept.with_suffix(".tmp"))
        kept.with_suffix(".tmp").replace(kept)
    kept.unlink(missing_ok=True)


class _First:
    """Batches over articles and items, shuffled together."""

    name = "first"

    def __init__(self, prepared: Prepared, recipe: Recipe) -> None:
        self.articles = _articles(prepared)
        self.items = ItemPairs(AtomFile.read(prepared.directory, "items"), recipe.items)
        self.stage = recipe.first
        self.flat = self.articles.store.flat
        # Every pass draws nearly the same number of pairs; what is over is left out.
        drawn = len(self._draw(np.random.default_rng(recipe.seed)))
        self.steps = int(drawn * 0.99) // self.stage.batch

    def _draw(self, rng: np.random.Generator) -> Pairs:
        return Pairs.joined([self.articles.draw(rng), self.items.draw(rng)])

    def batches(self, loss: Loss, rng: np.random.Generator) -> Iterator[Batch]:
        """One pass."""
        pairs = self._draw(rng)
        order = rng.permutation(len(pairs))
        size = self.stage.batch
        for start in range(0, self.steps * size, size):
            drawn = pairs.take(order[start : start + size])

            def batch(bag: Bag, drawn: Pairs = drawn) -> Tensor:
                return Sides(self.flat, rng, self.stage.drop).loss(bag, loss, drawn)

            yield batch


class _Second:
    """Batches of written queries, each with some pairs of the other sources."""

    name = "second"

    def __init__(self, prepared: Prepared, recipe: Recipe) -> None:
        directory = prepared.directory
        self.stage = recipe.second
        self.mixed = recipe.mixed
        queries = AtomFile.read(directory, "queries")
        written = AtomFile.read(directory, "written")
        self.flat = queries.flat
        self.owners = prepared.numbers("owners")
        self.groups = prepared.numbers("groups")
        self.misses = prepared.numbers("misses")[:, : recipe.negatives]
        self.queries = alone(queries.spans(np.arange(len(queries))))
        heads = np.arange(0, len(written), 2)
        self.passages = beside(written.spans(heads, 60), written.spans(heads + 1, 250))
        self.steps = len(self.queries) // self.stage.batch
        self.sides: list[tuple[Pairs | ArticlePairs, int]] = [
            (_terms(prepared), recipe.terms),
            (_articles(prepared), recipe.articles),
            (_reworded(prepared), recipe.reworded),
        ]

    def batches(self, loss: Loss, rng: np.random.Generator) -> Iterator[Batch]:
        """One pass."""
        order = rng.permutation(len(self.queries))
        size = self.stage.batch
        sides_of = Sides(self.flat, rng, self.stage.drop)
        streams = [_stream(source, count, rng) for source, count in self.sides if count]
        for start in range(0, self.steps * size, size):
            index = order[start : start + size]
            sides = [next(stream) for stream in streams]

            def batch(bag: Bag, index: Whole = index, sides: list[Pairs] = sides) -> Tensor:
                total = self._written(bag, loss, index, sides_of)
                for pairs in sides:
                    total = total + self.mixed * sides_of.loss(bag, loss, pairs)
                return total

            yield batch

    def _written(self, bag: Bag, loss: Loss, index: Whole, sides: "Sides") -> Tensor:
        owner = self.owners[index]
        left, right = sides.sums(bag, self.queries[index]), sides.sums(bag, self.passages[owner])
        group = torch.from_numpy(self.groups[owner])
        if not self.misses.shape[1]:
            return loss(left, right, group)
        miss = self.misses[index, sides.rng.integers(0, self.misses.shape[1], len(index))]
        extra = sides.sums(bag, self.passages[miss])
        return loss(left, right, group, extra, torch.from_numpy(self.groups[miss]))


@dataclass(frozen=True, slots=True)
class Sides:
    """Sums of sides with some of their atoms left out at random."""

    flat: Atoms
    rng: np.random.Generator
    drop: float

    def sums(self, bag: Bag, spans: Spans) -> Tensor:
        """One row for each side."""
        found: Tensor = bag(*gather(self.flat, spans, self.rng, self.drop))
        return found

    def loss(self, bag: Bag, loss: Loss, pairs: Pairs) -> Tensor:
        """Loss of a batch of pairs."""
        left, right = self.sums(bag, pairs.left), self.sums(bag, pairs.right)
        return loss(left, right, torch.from_numpy(pairs.group))


def _stream(source: "Pairs | ArticlePairs", count: int, rng: np.random.Generator) -> Iterator[Pairs]:
    """Batches of `count` pairs for ever, drawn anew when all were seen."""
    while True:
        pairs = source.draw(rng) if isinstance(source, ArticlePairs) else source
        order = rng.permutation(len(pairs))
        for start in range(0, max(1, len(order) - count + 1), count):
            yield pairs.take(order[start : start + count])


def _articles(prepared: Prepared) -> ArticlePairs:
    usual = np.load(prepared.directory / "usual.npy")
    return ArticlePairs(AtomFile.read(prepared.directory, "articles"), usual)


def _terms(prepared: Prepared) -> Pairs:
    store = AtomFile.read(prepared.directory, "terms")
    first = np.arange(0, len(store), 2)
    return Pairs(alone(store.spans(first)), alone(store.spans(first + 1)), prepared.numbers("term_groups"))


def _reworded(prepared: Prepared) -> Pairs:
    """Reworded titles and sentences with the whole article."""
    store = AtomFile.read(prepared.directory, "reworded")
    articles = AtomFile.read(prepared.directory, "articles")
    owner = prepared.numbers("reworded_of")
    right: Spans = beside(articles.spans(2 * owner, 60), articles.spans(2 * owner + 1, 200))
    return Pairs(alone(store.spans(np.arange(len(store)))), right, owner)
