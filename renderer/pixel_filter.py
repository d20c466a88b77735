"""How wide a pixel sees: drawn through a narrow filter, and softened to the wanted width once it is denoised.

Cycles draws each pixel from samples of its own, so a wide filter costs sharpness and gives little in return. Softened
afterwards, a pixel takes part in what its neighbours' samples have found: what is left of the noise, most of it finer
than two pixels, is averaged away (docs/decisions/0012).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

DRAWN_PX = 1.5
"""Width that pictures are drawn with where they are to be as soft as that, or softer: Blender's default."""

_DEVIATION = 0.27701
"""Of the Blackman-Harris window that Cycles draws with, in widths; the window is two widths long."""

_MOST = 0.4
"""Variance that a step adds, in square pixels; up to 0.5 its weights fall from the middle outwards."""


def drawn_width_px(width_px: float) -> float:
    """What Cycles draws with for a picture of a width."""
    return min(width_px, DRAWN_PX)


def soften(channel: NDArray[np.float32], width_px: float) -> NDArray[np.float32]:
    """Widen the filter that a picture was drawn through, to the same second moment as if it had been drawn so.

    Nothing moves: also at the border, which stays as sharp, across it, as it was drawn.

    Args:
        channel: (H, W) radiance, drawn with `drawn_width_px(width_px)`.
        width_px: the wanted width.
    """
    missing = _DEVIATION**2 * (width_px**2 - drawn_width_px(width_px) ** 2)
    steps = math.ceil(missing / _MOST)
    for _ in range(steps):
        for axis in range(2):
            channel = _spread(channel, missing / steps, axis)
    return channel


def _spread(channel: NDArray[np.float32], variance: float, axis: int) -> NDArray[np.float32]:
    """Weights variance / 2, 1 - variance and variance / 2 along an axis."""
    spread = channel.copy()
    inner = (slice(1, -1), slice(None)) if axis == 0 else (slice(None), slice(1, -1))
    spread[inner] += np.float32(variance / 2) * np.diff(channel, 2, axis=axis)
    return spread
