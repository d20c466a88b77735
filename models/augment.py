"""Photometric augmentation: other exposure, contrast, colour and sensor noise than was rendered.

I2 and Igt show the same moment, so they share one tone; I1 shows another, and may differ from both. Noise is only on
what a network is given: the label stays clean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .config import Photometric

_LABELS = ("igt",)

Tone = tuple[NDArray[np.float32], float]
"""Gains of red, green and blue, and gamma."""


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
            tones = (shared, own) if name == "i1" else (shared,)
            # 256 values a channel are changed, not every pixel.
            picture = cv2.LUT(np.ascontiguousarray(sample[name]), _table(tones))
            if name not in _LABELS and ranges.noise > 0:
                sigma = seeds[name].uniform(0, ranges.noise)
                picture = picture + seeds[name].standard_normal(picture.shape, np.float32) * np.float32(sigma)
            changed[name] = np.clip(picture, 0, 1)
    return changed


def _draw(ranges: Photometric, share: float, rng: np.random.Generator) -> Tone:
    """`share` of the ranges' width in the logarithm."""
    gain = rng.uniform(-1, 1) * np.log(ranges.gain)
    colour = rng.uniform(-1, 1, 3) * np.log(ranges.colour)
    gamma = rng.uniform(-1, 1) * np.log(ranges.gamma)
    return np.exp(share * (gain + colour)).astype(np.float32), float(np.exp(share * gamma))


def _table(tones: Sequence[Tone]) -> NDArray[np.float32]:
    """(1, 256, 3): what each value of red, green and blue becomes under one tone after the other."""
    values = np.repeat(np.arange(256, dtype=np.float32)[:, None], 3, axis=1) / np.float32(255)
    for gains, gamma in tones:
        values = np.clip(values * gains, 0, 1) ** np.float32(gamma)
    return values[None]
