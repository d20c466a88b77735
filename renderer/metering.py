"""Exposure as a camera meters it, from a linear picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewlock.colour import luminance
from viewlock.generator.drawing import Redraw

_DARK = 1e-7
"""A metered picture whose brightest pixels stay under this shows nothing."""


def metered_exposure(picture: NDArray[np.float32]) -> float:
    """The exposure in EV that brings a linear picture (H, W, 3) to middle grey without burning much of it.

    Raises:
        Redraw: it is black.
    """
    light = luminance(picture)
    bright = float(np.percentile(light, 97))
    if bright < _DARK:
        raise Redraw("the picture is black")
    middle = float(np.exp(np.log(np.maximum(light, 1e-3 * bright)).mean()))
    return float(np.log2(min(0.2 / middle, 1.3 / bright)))
