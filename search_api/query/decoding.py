"""The most likely text among what each syllable may be: Viterbi over the syllables that came before."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.language import START, UNKNOWN, SyllableModel
from indexer.language.model import Costs, Ids

__all__ = ["Choice", "Path", "decode"]

Held = Callable[[str, str], int]

_KEPT = 5
"""Candidates of a position that are weighed with two syllables before them; the best by one."""
_WIDE = 32
"""Candidates of a position that are weighed at all."""
_MOST_OTHERS = 8
"""Other paths that are followed to their ends."""
_FAR = 10.0
"""A candidate whose best path by pairs is so much dearer (nats) than the best of all is not looked at."""
_HELD_AT_ALL, _HELD = 1.0, 0.5
"""What two neighbours are cheaper (nats) that a passage of the library holds side by side, and for each
e-fold of such passages."""
_NEVER = np.float32(1e6)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a syllable may be: its entry in the model and what it costs beforehand (nats)."""

    entry: int
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Path:
    """For each position the number of the choice taken; `cost` in nats."""

    chosen: tuple[int, ...]
    cost: float


def decode(
    model: SyllableModel, choices: Sequence[Sequence[Choice]], held: Held, within: float = 0.0
) -> list[Path]:
    """The cheapest path through `choices` first, then others that differ somewhere, up to `within` dearer.

    Neighbours that the library has side by side (`held`: in how many passages) are cheaper. Every
    position needs a choice.
    """
    if not choices:
        return []
    lattice = _narrowed(model, _lattice(model, choices))
    return _with_two_before(model, lattice, held, within)


@dataclass(slots=True)
class _Lattice:
    """Position × candidate, padded; `numbers` are those of the choices."""

    entries: Ids
    costs: Costs
    numbers: Ids


def _lattice(model: SyllableModel, choices: Sequence[Sequence[Choice]]) -> _Lattice:
    width = min(max(map(len, choices)), _WIDE)
    entries = np.zeros((len(choices), width), np.int64)
    costs = np.full((len(choices), width), _NEVER, np.float32)
    numbers = np.zeros((len(choices), width), np.int64)
    for at, found in enumerate(choices):
        order: Sequence[int] = range(len(found))
        if len(found) > width:
            order = sorted(order, key=lambda one: found[one].cost + float(model.p1[found[one].entry]))[:width]
        for place, one in enumerate(order):
            entries[at, place], costs[at, place], numbers[at, place] = found[one].entry, found[one].cost, one
    return _Lattice(entries, costs, numbers)


def _edges(model: SyllableModel, first: Ids, second: Ids, real: NDArray[np.bool_]) -> tuple[Costs, Ids]:
    """Costs and rows of all pairs of neighbours, (n, width of first, width of second)."""
    shape = (len(first), first.shape[1], second.shape[1])
    one = np.broadcast_to(first[:, :, None], shape)
    two = np.broadcast_to(second[:, None, :], shape)
    mask = np.broadcast_to(real, shape)
    costs = np.full(shape, _NEVER, np.float32)
    rows = np.full(shape, -1, np.int64)
    costs[mask], rows[mask], _ = model.pairs(one[mask], two[mask])
    return costs, rows


def _narrowed(model: SyllableModel, lattice: _Lattice) -> _Lattice:
    """Only the candidates on the cheapest paths by pairs."""
    length, width = lattice.entries.shape
    kept = min(width, _KEPT)
    possible = lattice.costs < _NEVER
    real = possible[:-1, :, None] & possible[1:, None, :]
    costs, _ = _edges(model, lattice.entries[:-1], lattice.entries[1:], real)
    start, _, _ = model.pairs(np.full(width, START, np.int64), lattice.entries[0])
    forward = [start + lattice.costs[0]]
    for at in range(1, length):
        forward.append((forward[-1][:, None] + costs[at - 1]).min(0) + lattice.costs[at])
    backward = np.zeros(width, np.float32)
    best = np.empty((length, kept), np.int64)
    far = np.empty((length, kept), bool)
    for at in range(length - 1, -1, -1):
        through = forward[at] + backward
        best[at] = np.argsort(through, kind="stable")[:kept]
        far[at] = through[best[at]] > through[best[at, 0]] + _FAR
        if at:
            backward = (costs[at - 1] + (lattice.costs[at] + backward)[None, :]).min(1)
    rows = np.arange(length)[:, None]
    narrowed = _Lattice(lattice.entries[rows, best], lattice.costs[rows, best], lattice.numbers[rows, best])
    narrowed.costs[far] = _NEVER
    return narrowed


def _with_two_before(model: SyllableModel, lattice: _Lattice, held: Held, within: float) -> list[Path]:
    """Viterbi over pairs of neighbours."""
    length, width = lattice.entries.shape
    start = np.full((1, width), START, np.int64)
    before = np.concatenate([start, lattice.entries[:-1]])
    possible = lattice.costs < _NEVER
    first_real = np.zeros((1, width), bool)
    first_real[0, 0] = True
    earlier = np.concatenate([first_real, possible[:-1]])
    pairs, rows = _edges(model, before, lattice.entries, earlier[:, :, None] & possible[:, None, :])
    shape = (length - 1, width, width, width)
    mask = (pairs[:-1] < _NEVER)[:, :, :, None] & (pairs[1:] < _NEVER)[:, None, :, :]
    triples = np.full(shape, _NEVER, np.float32)
    triples[mask] = model.triples(
        np.broadcast_to(rows[:-1, :, :, None], shape)[mask],
        np.broadcast_to(lattice.entries[1:, None, None, :], shape)[mask],
        np.broadcast_to(pairs[1:, None, :, :], shape)[mask],
    )
    for at, second, third in np.argwhere(possible[:-1, :, None] & possible[1:, None, :]).tolist():
        first, last = int(lattice.entries[at, second]), int(lattice.entries[at + 1, third])
        if min(first, last) > UNKNOWN and (count := held(model.words[first], model.words[last])):
            triples[at, :, second, third] -= _HELD_AT_ALL + _HELD * math.log(count)
    return _paths(_Weighed.of(lattice, pairs[0], triples), within)


@dataclass(slots=True)
class _Weighed:
    """The lattice with the cheapest ways through it."""

    lattice: _Lattice
    triples: Costs
    """[i, a, b, c]: cost of c at position i + 1 after a at i - 1 and b at i."""
    forward: list[Costs]
    """[i][a, b]: cost of the cheapest way to a at i - 1 and b at i."""
    backward: list[Costs]
    """[i][a, b]: cost of the cheapest way on from there."""

    @classmethod
    def of(cls, lattice: _Lattice, first: Costs, triples: Costs) -> "_Weighed":
        costs = lattice.costs
        forward = [first + costs[0][None, :]]
        for at in range(1, len(costs)):
            forward.append((forward[-1][:, :, None] + triples[at - 1]).min(0) + costs[at][None, :])
        backward = [np.zeros_like(first)]
        for at in range(len(costs) - 1, 0, -1):
            onward = triples[at - 1] + (costs[at][None, :] + backward[-1])[None, :, :]
            backward.append(onward.min(2))
        return cls(lattice, triples, forward, backward[::-1])

    def through(self, at: int, one: int) -> list[int]:
        """The places on the cheapest path that has candidate `one` at position `at`."""
        before = int((self.forward[at][:, one] + self.backward[at][:, one]).argmin())
        places = [before, one]  # the first one stands at position `back - 1` below
        for back in range(at, 0, -1):
            ways = self.forward[back - 1][:, places[0]] + self.triples[back - 1][:, places[0], places[1]]
            places.insert(0, int(ways.argmin()))
        places = places[1:]
        last, now = before, one
        for on in range(at, len(self.forward) - 1):
            onward = self.triples[on][last, now] + self.lattice.costs[on + 1] + self.backward[on + 1][now]
            last, now = now, int(onward.argmin())
            places.append(now)
        return places


def _paths(weighed: _Weighed, within: float) -> list[Path]:
    """The best path, and the best one through each other candidate that is not much dearer."""
    ways = zip(weighed.forward, weighed.backward, strict=True)
    through = np.stack([(to + onward).min(0) for to, onward in ways])
    least = float(through[0].min())
    wanted = [(least, 0, int(through[0].argmin()))]
    if within > 0:
        close = np.argwhere((through > least) & (through <= least + within)).tolist()
        wanted += sorted((float(through[at, one]), at, one) for at, one in close)[:_MOST_OTHERS]
    found: dict[tuple[int, ...], float] = {}
    for cost, at, one in wanted:
        places = weighed.through(at, one)
        chosen = tuple(int(weighed.lattice.numbers[where, place]) for where, place in enumerate(places))
        found.setdefault(chosen, cost)
    return [Path(chosen, cost) for chosen, cost in found.items()]
