"""Painters: seeded numpy pictures that stand for materials. No Blender here.

A painter takes (colours, seed, pixels) and returns a `Painted` square picture that tiles in both directions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Painted:
    """Attributes:
    colour: (S, S, 3) linear RGB in 0..1, row 0 on top.
    height: (S, S) relief in 0..1.
    alpha: (S, S) opacity in 0..1.
    """

    colour: NDArray[np.float32]
    height: NDArray[np.float32]
    alpha: NDArray[np.float32]


Painter = Callable[[tuple, int, int], Painted]

PAINTERS: dict[str, Painter] = {}
