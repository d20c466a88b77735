"""Correlation of two feature maps over a neighbourhood of offsets (DMAligner, Eq. 6)."""

from __future__ import annotations

import torch.nn.functional as F  # noqa: N812
from torch import Tensor


def correlate(v1: Tensor, v2: Tensor, neighbourhood: int, total: bool = False, normalise: bool = True) -> Tensor:
    """C(u, o) = <v1(u), v2(u + o)> for every offset o of a square; outside the picture v2 is 0.

    Args:
        v1, v2: (B, C, H, W).
        neighbourhood: odd side of the square of offsets.
        total: add up all offsets, as Eq. 6 reads literally.
        normalise: make the vectors of unit length first, so that C is a cosine.

    Returns:
        (B, neighbourhood^2, H, W), offsets row by row from (dx, dy) = (-k, -k); or (B, 1, H, W) with `total`.
    """
    if normalise:
        v1, v2 = F.normalize(v1, dim=1), F.normalize(v2, dim=1)
    height, width = v1.shape[-2:]
    k = neighbourhood // 2
    padded = F.pad(v2, (k, k, k, k))
    if total:
        # The sum of inner products is the inner product with the sum over the square.
        window = F.avg_pool2d(padded, neighbourhood, stride=1) * neighbourhood**2
        return (v1 * window).sum(dim=1, keepdim=True)
    rows = F.unfold(padded, neighbourhood)  # (B, C * offsets, H * W)
    shifted = rows.view(len(v2), v2.shape[1], neighbourhood**2, height, width)
    return (v1.unsqueeze(2) * shifted).sum(dim=1)
