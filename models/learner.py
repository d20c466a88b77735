"""What the training loop asks of a model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

Batch = dict[str, Tensor]
"""Field -> tensor with a first axis of samples; see `viewlock.models.loader.to_tensors`."""


@dataclass(frozen=True)
class Preview:
    """What TensorBoard shows.

    Attributes:
        images: name -> (B, 3, H, W) or (B, 1, H, W) in [0, 1].
        numbers: name -> value.
    """

    images: dict[str, Tensor]
    numbers: dict[str, float]


class Learner(Protocol):
    """A `torch.nn.Module` that trains itself on batches.

    Attributes:
        kind: of the datasets it learns from; None for any.
        fields: of the samples it needs.
    """

    kind: str | None
    fields: tuple[str, ...]

    def prepare(self, batches: Iterable[Batch]) -> None:
        """Measure what the training needs to know of the data, once, before the first step. All processes of a training
        are given the same batches."""
        ...

    def forward(self, batch: Batch, step: int) -> dict[str, Tensor]:
        """Losses; the one to descend is called `loss`. Random numbers come from torch's global generator, which the
        loop seeds anew for every step."""
        ...

    def preview(self, batch: Batch, step: int) -> Preview:
        """What the model makes of a batch now."""
        ...


def first_samples(batches: Iterable[Batch], fields: Sequence[str], count: int) -> Batch:
    """Fields of the first samples, whatever the size of batches."""
    parts: list[Batch] = []
    for batch in batches:
        parts.append(batch)
        if sum(len(part[fields[0]]) for part in parts) >= count:
            break
    return {name: torch.cat([part[name] for part in parts])[:count] for name in fields}


def psnr(prediction: Tensor, truth: Tensor) -> float:
    """Mean over the batch (B, 3, H, W) of 10 log10(1 / MSE), both in [0, 1]."""
    error = ((prediction.float() - truth.float()) ** 2).flatten(1).mean(dim=1).clamp(min=1e-10)
    return float((-10 * torch.log10(error)).mean())
