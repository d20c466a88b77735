"""Draws what spoils the pictures that one camera takes: levels of the camera, and of each picture its own."""

from __future__ import annotations

import zlib
from typing import Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from viewlock.degrade import NEUTRAL, Degradation, Gains

from .sections import PositiveRange, Section, Share, Weight, ordered

Quality = Annotated[int, Field(ge=1, le=100)]
Stops = Annotated[float, Field(ge=-10, le=10)]
StopRange = Annotated[tuple[Stops, Stops], AfterValidator(ordered)]
Loss = Annotated[float, Field(ge=0, le=0.95)]
Electrons = Annotated[float, Field(ge=0, le=1e6)]


class StopErrors(Section):
    """Attributes:
    share: of the pictures that have it.
    ev: stops too much; of white balance those of red and of blue, each drawn on its own.
    """

    share: Share
    ev: StopRange


class VignettingRanges(Section):
    """Attributes:
    share: of the cameras that have it.
    strength: share of the light that the corners lose.
    """

    share: Share
    strength: Annotated[tuple[Loss, Loss], AfterValidator(ordered)]


class SensorRanges(Section):
    """Attributes:
    share: of the cameras whose sensors are noisy.
    full_well_e: electrons at white, drawn evenly in their logarithm; fewer are noisier.
    read_noise_e: standard deviation of the noise of reading, in electrons.
    """

    share: Share
    full_well_e: PositiveRange
    read_noise_e: Annotated[tuple[Electrons, Electrons], AfterValidator(ordered)]


class DegradationRanges(Section):
    """Attributes:
    share: weights of what is done to the stored picture.
    noise_sigma: standard deviation of Gaussian noise, in steps of 8 bits.
    jpeg_quality: of JPEG files, 1 to 100.
    """

    share: dict[Literal["none", "noise", "jpeg", "both"], Weight]
    noise_sigma: PositiveRange
    jpeg_quality: Annotated[tuple[Quality, Quality], AfterValidator(ordered)]
    exposure: StopErrors | None = None
    white_balance: StopErrors | None = None
    vignetting: VignettingRanges | None = None
    sensor: SensorRanges | None = None

    @model_validator(mode="after")
    def _some_weight(self) -> DegradationRanges:
        if sum(self.share.values()) <= 0:
            raise ValueError("at least one weight of share must be positive")
        return self

    @property
    def of_light(self) -> bool:
        """Whether anything ever happens to the light, before there is a stored picture."""
        sections = (self.exposure, self.white_balance, self.vignetting, self.sensor)
        return any(section is not None and section.share > 0 for section in sections)

    @property
    def active(self) -> bool:
        """Whether anything is ever spoilt."""
        return self.of_light or any(weight > 0 for kind, weight in self.share.items() if kind != "none")


class Degrade(DegradationRanges):
    """Attributes:
    keep_clean: also store the pictures as they were before.
    brackets_ev: further pictures to take of each degraded one's light, in stops from it.
    """

    keep_clean: bool = False
    brackets_ev: Annotated[tuple[Stops, ...], Field(max_length=10)] = ()

    @model_validator(mode="after")
    def _different(self) -> Degrade:
        if len(set(self.brackets_ev)) < len(self.brackets_ev):
            raise ValueError(f"brackets_ev: expected different stops, got {list(self.brackets_ev)}")
        return self

    @property
    def extended(self) -> bool:
        """Whether there is more than noise and JPEG on the stored pictures."""
        return self.of_light or self.keep_clean or len(self.brackets_ev) > 0

    @property
    def recorded(self) -> bool:
        """Whether there is anything to say of a sample's degradations."""
        return self.active or self.extended


OFF = Degrade(share={"none": 1.0}, noise_sigma=(4.0, 25.0), jpeg_quality=(15, 75))
"""Nothing is spoilt, as in data from before there was this section."""


def draw_degradations(ranges: DegradationRanges, rng: np.random.Generator, count: int = 2) -> tuple[Degradation, ...]:
    """For the pictures that one camera takes: the same kinds and levels of noise, JPEG and vignetting, but exposure,
    white balance and noise of their own."""
    names = sorted(ranges.share)
    weights = np.array([ranges.share[name] for name in names])
    kind = str(rng.choice(names, p=weights / weights.sum()))
    sigma = round(float(rng.uniform(*ranges.noise_sigma)), 3)
    quality = int(rng.integers(ranges.jpeg_quality[0], ranges.jpeg_quality[1] + 1))
    seeds = [int(seed) for seed in rng.choice(2**31, count, replace=False)]
    noise = sigma if kind in ("noise", "both") else 0.0
    jpeg = quality if kind in ("jpeg", "both") else None
    vignetting = _vignetting(ranges.vignetting, _part(seeds[0], "vignetting"))
    full_well, read_noise = _sensor(ranges.sensor, _part(seeds[0], "sensor"))
    return tuple(
        Degradation(
            noise_sigma=noise,
            jpeg_quality=jpeg,
            seed=seed,
            exposure_ev=_exposure(ranges.exposure, _part(seed, "exposure")),
            white_balance=_white_balance(ranges.white_balance, _part(seed, "white balance")),
            vignetting=vignetting,
            full_well_e=full_well,
            read_noise_e=read_noise,
        )
        for seed in seeds
    )


def draw_if_active(ranges: DegradationRanges, rng: np.random.Generator, count: int) -> tuple[Degradation, ...]:
    """`draw_degradations`, or nothing where nothing is ever spoilt."""
    return draw_degradations(ranges, rng, count) if ranges.active else ()


def _part(seed: int, name: str) -> np.random.Generator:
    """A stream for each part of a picture's degradation: one more of them does not change the others."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(zlib.crc32(name.encode()),)))


def _exposure(errors: StopErrors | None, rng: np.random.Generator) -> float:
    if errors is None or rng.random() >= errors.share:
        return 0.0
    return round(float(rng.uniform(*errors.ev)), 4)


def _white_balance(errors: StopErrors | None, rng: np.random.Generator) -> Gains:
    if errors is None or rng.random() >= errors.share:
        return NEUTRAL
    red, blue = (round(float(2**ev), 4) for ev in rng.uniform(*errors.ev, 2))
    return red, 1.0, blue


def _vignetting(ranges: VignettingRanges | None, rng: np.random.Generator) -> float:
    if ranges is None or rng.random() >= ranges.share:
        return 0.0
    return round(float(rng.uniform(*ranges.strength)), 4)


def _sensor(ranges: SensorRanges | None, rng: np.random.Generator) -> tuple[float | None, float]:
    if ranges is None or rng.random() >= ranges.share:
        return None, 0.0
    full_well = float(np.exp(rng.uniform(*np.log(ranges.full_well_e))))
    return round(full_well, 1), round(float(rng.uniform(*ranges.read_noise_e)), 2)
