"""Draws the degradations of a pair of pictures: of one kind and level, and each picture its own."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from viewlock.degrade import Degradation

from .sections import PositiveRange, Section, Weight, ordered

Quality = Annotated[int, Field(ge=1, le=100)]


class DegradationRanges(Section):
    """Attributes:
    share: weights of the kinds.
    noise_sigma: standard deviation of Gaussian noise, in steps of 8 bits.
    jpeg_quality: of JPEG files, 1 to 100.
    """

    share: dict[Literal["none", "noise", "jpeg", "both"], Weight]
    noise_sigma: PositiveRange
    jpeg_quality: Annotated[tuple[Quality, Quality], AfterValidator(ordered)]

    @model_validator(mode="after")
    def _some_weight(self) -> DegradationRanges:
        if sum(self.share.values()) <= 0:
            raise ValueError("at least one weight of share must be positive")
        return self


def draw_degradations(ranges: DegradationRanges, rng: np.random.Generator) -> tuple[Degradation, Degradation]:
    """For the two pictures of a pair: the same kind and level, and noise of their own."""
    names = sorted(ranges.share)
    weights = np.array([ranges.share[name] for name in names])
    kind = str(rng.choice(names, p=weights / weights.sum()))
    sigma = round(float(rng.uniform(*ranges.noise_sigma)), 3)
    quality = int(rng.integers(ranges.jpeg_quality[0], ranges.jpeg_quality[1] + 1))
    seeds = rng.choice(2**31, 2, replace=False)
    noise = sigma if kind in ("noise", "both") else 0.0
    jpeg = quality if kind in ("jpeg", "both") else None
    one, two = (Degradation(noise, jpeg, int(seed)) for seed in seeds)
    return one, two
