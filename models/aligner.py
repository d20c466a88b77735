"""What every network that aligns two images gives, whatever its paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from torch import Tensor


@dataclass(frozen=True)
class AlignOutput:
    """Attributes:
    image: (B, 3, H, W) in [0, 1], the prediction of Igt: what I2 shows, seen from camera 1.
    dynamic: (B, H, W) probability that a pixel of I1 or Igt belongs to something that moves, or None.
    flow_1to2: (B, 2, H, W) pixels (dx, dy), or None.
    valid: (B, H, W) bool, where `image` means anything; None where it does everywhere.
    """

    image: Tensor
    dynamic: Tensor | None = None
    flow_1to2: Tensor | None = None
    valid: Tensor | None = None


class Aligner(Protocol):
    """A trained network of this kind."""

    def align(self, i1: Tensor, i2: Tensor, *, seed: int = 0) -> AlignOutput:
        """The picture of I2's time from I1's camera.

        Args:
            i1, i2: (B, 3, H, W) in [0, 1], of any size.
            seed: of whatever is random in the method.
        """
        ...
