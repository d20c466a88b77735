"""From linear light to the picture that a camera stores, and all that spoils it on the way, in this order:

    light   = radiance x 2^EV x gains x vignette                    1 is white
    charge  = min(Poisson(light x full well), full well) + Normal(0, read noise)    electrons
    value   = charge / full well, clipped to 0..1, in 2^12 - 1 steps
    picture = tone curve of value, 8 bits
    picture + Normal(0, sigma) in steps of 8 bits, rounded and clipped
    JPEG, and back

A stage that is not asked for is left out. Grey of `value` v has the noise variance v / full well
+ (read noise / full well)^2 (the Poissonian-Gaussian model of Foi et al., 2008, without its clipping).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from .colour import exposed, linear_from_srgb, tone

Picture = NDArray[np.uint8]
Linear = NDArray[np.float32]
Gains = tuple[float, float, float]

NEUTRAL: Gains = (1.0, 1.0, 1.0)

_STEPS = 2**12 - 1
"""Of a sensor's values between black and white."""

_SENSOR = 0
"""Which child of a picture's seed draws the noise of its sensor; those of its brackets come after it."""


def _unless(default: Any) -> Any:
    """What is not asked for is not written down."""
    return Field(exclude_if=lambda value: value == default)


@dataclass(frozen=True)
class Degradation:
    """Of one picture.

    Attributes:
        noise_sigma: standard deviation of Gaussian noise in steps of 8 bits; 0 for none.
        jpeg_quality: 1 to 100; None for no JPEG.
        seed: of the noise.
        exposure_ev: added to the picture's exposure.
        white_balance: gains of linear red, green and blue.
        vignetting: share of the light that the pixels in the corners lose.
        full_well_e: electrons that a pixel of the sensor holds at white; None for a sensor without noise.
        read_noise_e: standard deviation of the noise of reading, in electrons.
    """

    noise_sigma: float = 0.0
    jpeg_quality: int | None = None
    seed: int = 0
    exposure_ev: Annotated[float, _unless(0.0)] = 0.0
    white_balance: Annotated[Gains, _unless(NEUTRAL)] = NEUTRAL
    vignetting: Annotated[float, _unless(0.0)] = 0.0
    full_well_e: Annotated[float | None, _unless(None)] = None
    read_noise_e: Annotated[float, _unless(0.0)] = 0.0


def described(degradation: Degradation) -> dict[str, Any]:
    """All of it as plain data for `meta`."""
    return asdict(degradation) | {"white_balance": list(degradation.white_balance)}


def photograph(linear: Linear, exposure_ev: float, white_balance: Sequence[float], degradation: Degradation) -> Picture:
    """What a camera stores of linear radiance (H, W, 3) that would be clean as `tone(linear, exposure_ev,
    white_balance)`."""
    exposure_ev += degradation.exposure_ev
    red, green, blue = (a * b for a, b in zip(white_balance, degradation.white_balance, strict=True))
    if degradation.vignetting > 0:
        linear = linear * vignette(linear.shape[1], linear.shape[0], degradation.vignetting)[..., None]
    if degradation.full_well_e is None:
        picture = tone(linear, exposure_ev, (red, green, blue))
    else:
        light = exposed(linear, exposure_ev, (red, green, blue))
        picture = tone(sensed(light, degradation.full_well_e, degradation.read_noise_e, degradation.seed), 0.0)
    return _spoilt(picture, degradation)


def degrade(picture: Picture, degradation: Degradation) -> Picture:
    """The degraded copy of a clean picture (H, W, 3) RGB, for which 255 is all the light there was."""
    return photograph(linear_from_srgb(picture), 0.0, NEUTRAL, degradation)


def bracket(degradation: Degradation, number: int, ev: float) -> Degradation:
    """Of the same camera's next picture of the same light, `ev` stops brighter and with noise of its own.

    Args:
        number: of the bracket, from 0.
    """
    child = np.random.SeedSequence(degradation.seed, spawn_key=(_SENSOR + 1 + number,))
    seed = int(child.generate_state(1)[0] >> 1)
    return replace(degradation, exposure_ev=degradation.exposure_ev + ev, seed=seed)


def vignette(width: int, height: int, strength: float) -> Linear:
    """(H, W) share of the light that reaches each pixel: cos^4 of its angle from the optical axis, for a lens under
    which the pixels in the corners keep 1 - strength. The axis meets the picture in its centre."""
    x, y = np.arange(width) - (width - 1) / 2, np.arange(height) - (height - 1) / 2
    r2 = (x**2 + y[:, None] ** 2) / (x[0] ** 2 + y[0] ** 2)
    # cos^2 = 1 / (1 + tan^2), and tan is proportional to the distance from the centre.
    return ((1 + ((1 - strength) ** -0.5 - 1) * r2) ** -2).astype(np.float32)


def sensed(light: Linear, full_well_e: float, read_noise_e: float, seed: int) -> Linear:
    """What a sensor makes of exposed light, 1 being white: shot noise, read noise, and steps of 12 bits."""
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_SENSOR,)))
    # Far beyond white all is clipped, and numpy's Poisson has a largest mean.
    mean = np.clip(light.astype(np.float64) * full_well_e, 0.0, 1e12)
    charge = np.minimum(rng.poisson(mean), full_well_e) + rng.normal(0.0, read_noise_e, light.shape)
    return (np.rint(np.clip(charge / full_well_e, 0.0, 1.0) * _STEPS) / _STEPS).astype(np.float32)


def _spoilt(picture: Picture, degradation: Degradation) -> Picture:
    """A stored picture with Gaussian noise, then JPEG."""
    if degradation.noise_sigma > 0:
        noise = np.random.default_rng(degradation.seed).normal(0.0, degradation.noise_sigma, picture.shape)
        picture = np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)
    if degradation.jpeg_quality is not None:
        picture = _jpeg(picture, degradation.jpeg_quality)
    return picture


def _jpeg(picture: Picture, quality: int) -> Picture:
    """Baseline JPEG with colour at half the resolution, and back."""
    done, data = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError(f"cannot encode an array of shape {picture.shape} and type {picture.dtype} as JPEG")
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1]).astype(np.uint8)
