"""Photometric augmentation: other exposure, contrast, colour and sensor noise than was rendered.

I2 and Igt show the same moment, so they share one tone; I1 shows another, and may differ from both. Noise is only on
what a network is given: the label stays clean.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .config import Photometric

_LABELS = ("igt",)


def augment(sample: dict[str, Any], ranges: Photometric, rng: np.random.Generator) -> dict[str, Any]:
    """The sample with its pictures I1, I2 and Igt as float32 (H, W, 3) in [0, 1], changed in tone.

    All draws are made whatever pictures there are, so that the fields of a model do not change its crops.
    """
    shared = _draw(ranges, 1.0, rng)
    own = _draw(ranges, ranges.between, rng)
    seeds = dict(zip(("i1", "i2", "igt"), rng.spawn(3), strict=True))
    changed = dict(sample)
    for name in ("i1", "i2", "igt"):
        if name in sample:
            picture = sample[name].astype(np.float32) / np.float32(255)
            picture = _tone(picture, *shared)
            if name == "i1":
                picture = _tone(picture, *own)
            if name not in _LABELS and ranges.noise > 0:
                sigma = seeds[name].uniform(0, ranges.noise)
                picture = picture + seeds[name].standard_normal(picture.shape, np.float32) * np.float32(sigma)
            changed[name] = np.clip(picture, 0, 1)
    return changed


def _draw(ranges: Photometric, share: float, rng: np.random.Generator) -> tuple[NDArray[np.float32], float]:
    """(gains of red, green and blue, gamma); `share` of the ranges' width in the logarithm."""
    gain = rng.uniform(-1, 1) * np.log(ranges.gain)
    colour = rng.uniform(-1, 1, 3) * np.log(ranges.colour)
    gamma = rng.uniform(-1, 1) * np.log(ranges.gamma)
    return np.exp(share * (gain + colour)).astype(np.float32), float(np.exp(share * gamma))


def _tone(picture: NDArray[np.float32], gains: NDArray[np.float32], gamma: float) -> NDArray[np.float32]:
    return np.clip(picture * gains, 0, 1) ** np.float32(gamma)
