"""Which written passages repeat each other, and which are set aside for measuring."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from indexer.training.material import Written

__all__ = ["Split", "groups_of_twins", "set_aside", "split"]

_ALIKE = 0.5
_COMMON = 200


class Split:
    """`held` are the numbers of the passages set aside; `group[i]` is one for passages alike."""

    def __init__(self, held: list[int], group: list[int]) -> None:
        self.held = held
        self.group = group
        self._barred = {group[index] for index in held}

    def may_train(self, index: int) -> bool:
        """False for passages set aside and for all that nearly repeat one of them."""
        return self.group[index] not in self._barred


def split(passages: Sequence[Written], count: int, seed: int) -> Split:
    """Set `count` of the passages aside."""
    group = groups_of_twins([f"{passage.head} {passage.text}" for passage in passages])
    return Split(set_aside(len(passages), count, seed), group)


def set_aside(passages: int, count: int, seed: int) -> list[int]:
    """The numbers of the passages that are set aside, in their order."""
    drawn = np.random.default_rng([seed, 400]).choice(passages, min(count, passages), replace=False)
    return sorted(int(index) for index in drawn)


def groups_of_twins(texts: Sequence[str]) -> list[int]:
    """A group number for each text; texts that share half of the shorter one's triples share it.

    Triples are of syllables; those in more than 200 texts are formulas and don't count.
    """
    triples = [_triples(text) for text in texts]
    holders: dict[tuple[str, str, str], list[int]] = {}
    for index, own in enumerate(triples):
        for triple in own:
            holders.setdefault(triple, []).append(index)
    parent = list(range(len(texts)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for index, own in enumerate(triples):
        shared = Counter(
            other
            for triple in own
            if len(holders[triple]) <= _COMMON
            for other in holders[triple]
            if other < index
        )
        for other, count in shared.items():
            if count >= _ALIKE * min(len(own), len(triples[other])):
                parent[root(index)] = root(other)
    return [root(index) for index in range(len(texts))]


def _triples(segmented: str) -> set[tuple[str, str, str]]:
    syllables = segmented.replace("_", " ").split()
    return set(zip(syllables, syllables[1:], syllables[2:], strict=False))
