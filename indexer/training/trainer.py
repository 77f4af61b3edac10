"""Contrastive training of a bag of atoms: the vector of a text is the sum of its atoms' vectors.

Symmetric InfoNCE with the other pairs of the batch as negatives, at several prefixes of the vector
at once (Matryoshka), so that a truncated vector is useful too.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from indexer.training.fast import bag_sum, info_nce
from indexer.training.pairs import Spans

__all__ = ["Bag", "Loss", "Schedule", "encode", "gather", "new_bag"]


@dataclass(frozen=True, slots=True)
class Loss:
    """`scale` is the inverse temperature; `widths` the prefixes of the vector that are trained."""

    scale: float = 20.0
    widths: tuple[int, ...] = (256, 128, 64)

    def __call__(
        self,
        left: Tensor,
        right: Tensor,
        group: Tensor,
        extra: Tensor | None = None,
        extra_group: Tensor | None = None,
    ) -> Tensor:
        """Mean loss of a batch.

        Pairs of one `group` (≥ 0) are no negatives for each other; `extra` are more negatives for
        the left side, with their own groups.
        """
        groups = group
        if extra is not None and extra_group is not None:
            right, groups = torch.cat([right, extra]), torch.cat([group, extra_group])
        allowed = None
        if bool((group >= 0).any()):
            allowed = ((group[:, None] != groups[None, :]) | (group[:, None] < 0)).float()
            allowed.fill_diagonal_(1.0)
        losses = []
        for width in self.widths:
            a = functional.normalize(left[:, :width], dim=1)
            b = functional.normalize(right[:, :width], dim=1)
            losses.append(info_nce(a, b, allowed, self.scale))
        return torch.stack(losses).mean()


class Bag(torch.nn.Module):
    """The trained table; a text's vector is the sum of its atoms' rows."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(weight)

    def forward(self, ids: Tensor, offsets: Tensor) -> Tensor:
        """Sums of the bags; bag i begins at offsets[i]."""
        return bag_sum(self.weight, ids, offsets)


def new_bag(size: int, dimension: int, seed: int, spread: float = 0.1) -> Bag:
    """A bag of `size` atoms with small random vectors."""
    generator = torch.Generator().manual_seed(seed)
    weight = torch.randn(size, dimension, generator=generator) * spread
    return Bag(weight)


def gather(
    flat: NDArray[np.int32], spans: Spans, rng: np.random.Generator | None = None, drop: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Atoms of the sides at `spans` and the offset of each side; a share `drop` of them is left out."""
    starts, ends = spans[:, ::2].ravel(), spans[:, 1::2].ravel()
    lengths = ends - starts
    base = np.cumsum(lengths) - lengths
    ids = flat[np.arange(lengths.sum()) - np.repeat(base - starts, lengths)]
    side = lengths.reshape(len(spans), -1).sum(axis=1)
    if rng is not None and drop > 0:
        kept = rng.random(len(ids)) >= drop
        owner = np.repeat(np.arange(len(spans)), side)
        side = np.bincount(owner[kept], minlength=len(spans))
        ids = ids[kept]
    offsets = np.cumsum(side) - side
    return torch.from_numpy(ids.astype(np.int64)), torch.from_numpy(offsets)


def encode(
    weight: NDArray[np.float32], flat: NDArray[np.int32], spans: Spans, batch: int = 4096
) -> NDArray[np.float32]:
    """Unit vectors of the sides at `spans`."""
    table = torch.from_numpy(weight)
    found = np.empty((len(spans), weight.shape[1]), dtype=np.float32)
    with torch.no_grad():
        for start in range(0, len(spans), batch):
            ids, offsets = gather(flat, spans[start : start + batch])
            sums = functional.embedding_bag(ids, table, offsets, mode="sum")
            found[start : start + batch] = functional.normalize(sums, dim=1).numpy()
    return found


@dataclass(slots=True)
class Schedule:
    """Learning rate: rises over `warmup` of the steps, then falls in a line to a tenth."""

    rate: float
    steps: int
    warmup: float = 0.05

    def at(self, step: int) -> float:
        """Rate of a step, counted from 0."""
        rise = max(1, int(self.steps * self.warmup))
        if step < rise:
            return self.rate * (step + 1) / rise
        return self.rate * (1.0 - 0.95 * (step - rise) / max(1, self.steps - rise))
