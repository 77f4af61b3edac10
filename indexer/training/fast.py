"""The two steps that training spends its time in, with gradients written out.

torch's own backward of an embedding bag sorts every index and its cross-entropy makes several passes
over the score matrix; these are four times as fast on one core (measured: docs/encoder.md).
"""

from typing import Any, TypeAlias

import numpy as np
import torch
from scipy import sparse
from torch import Tensor
from torch.autograd import Function

__all__ = ["bag_sum", "info_nce"]

Ctx: TypeAlias = Any
"""torch's context of a function: whatever is set on it."""
Gradients: TypeAlias = Any


class _BagSum(Function):
    @staticmethod
    def forward(ctx: Ctx, weight: Tensor, ids: Tensor, offsets: Tensor) -> Tensor:
        ends = np.append(offsets.numpy(), len(ids))
        ctx.matrix = sparse.csr_matrix(
            (np.ones(len(ids), np.float32), ids.numpy(), ends), shape=(len(offsets), len(weight))
        )
        return torch.from_numpy(ctx.matrix @ weight.detach().numpy())

    @staticmethod
    def backward(ctx: Ctx, *gradients: Gradients) -> Gradients:
        (gradient,) = gradients
        return torch.from_numpy(ctx.matrix.T.tocsr() @ gradient.numpy()), None, None


def bag_sum(weight: Tensor, ids: Tensor, offsets: Tensor) -> Tensor:
    """Sum of the rows `ids` of `weight` in each bag; bag i begins at offsets[i]."""
    found: Tensor = _BagSum.apply(weight, ids, offsets)  # type: ignore[no-untyped-call]
    return found


class _InfoNce(Function):
    @staticmethod
    def forward(ctx: Ctx, left: Tensor, right: Tensor, allowed: Tensor | None, scale: float) -> Tensor:
        # Unit vectors: no score exceeds `scale`, so exp needs no row maximum.
        count = len(left)
        raised = (left @ right.T).sub_(1.0).mul_(scale).exp_()
        if allowed is not None:
            raised.mul_(allowed)
        own = raised[torch.arange(count), torch.arange(count)]
        rows = raised.sum(dim=1)
        columns = raised[:, :count].sum(dim=0)
        ctx.save_for_backward(left, right, raised, rows, columns)
        ctx.scale = scale
        return ((rows.log() + columns.log() - 2 * own.log()).sum()) / (2 * count)

    @staticmethod
    def backward(ctx: Ctx, *gradients: Gradients) -> Gradients:
        left, right, raised, rows, columns = ctx.saved_tensors
        count = len(left)
        weights = raised / rows[:, None]
        weights[:, :count] += raised[:, :count] / columns[None, :]
        weights.diagonal().sub_(2.0)
        weights.mul_(gradients[0] * ctx.scale / (2 * count))
        return weights @ right, weights.T @ left, None, None


def info_nce(left: Tensor, right: Tensor, allowed: Tensor | None = None, scale: float = 20.0) -> Tensor:
    """Symmetric InfoNCE of unit vectors: row i of `left` belongs to row i of `right`.

    Rows of `right` beyond those of `left` are further negatives. `allowed` (left, right) is 0.0
    where two rows are neither a pair nor a fair negative; its diagonal must be 1.0.
    """
    loss: Tensor = _InfoNce.apply(left, right, allowed, scale)  # type: ignore[no-untyped-call]
    return loss
