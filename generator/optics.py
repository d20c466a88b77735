"""Lens and shutter of a preset: ranges, what they may not be, and draws. All are off unless a preset asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, Field, model_validator

from viewlock.lens import Distortion, widest

from .sections import PositiveRange, Range, RenderConfig, Section, ordered
from .spec import Lens

Streams = Callable[[str], np.random.Generator]
"""Part name -> its own stream of random numbers."""

SHADER_DEVICES = ("cpu", "optix")
"""Where Cycles runs the camera shader that lenses are drawn with."""

_NONE = (0.0, 0.0)

_FOLDING = 0.97
"""The corners must lie within this share of the largest radius that a lens can draw at."""

Seconds = Annotated[
    tuple[Annotated[float, Field(gt=0, le=1)], Annotated[float, Field(gt=0, le=1)]], AfterValidator(ordered)
]


class DistortionRanges(Section):
    """Radial distortion with OpenCV's coefficients, 0 where null; the tangential ones are 0."""

    k1: Range | None = None
    k2: Range | None = None

    @property
    def on(self) -> bool:
        return self.k1 is not None or self.k2 is not None


class LensRanges(Section):
    """Lenses that bend, and blur nothing."""

    distortion: DistortionRanges = DistortionRanges()


class ApertureRanges(LensRanges):
    """Attributes:
    f_number: focal length over the diameter of the aperture; null for a pinhole, to which everything is sharp.
    focus_m: depth at which things are sharp; null where a kind knows what to focus on.
    """

    f_number: PositiveRange | None = None
    focus_m: PositiveRange | None = None

    @model_validator(mode="after")
    def _focus_of_something(self) -> ApertureRanges:
        if self.focus_m is not None and self.f_number is None:
            raise ValueError("focus_m: to a pinhole everything is sharp; give f_number, too, or leave focus_m out")
        return self


class StillOptics(ApertureRanges):
    """Of cameras before which nothing moves."""

    @model_validator(mode="after")
    def _focus_somewhere(self) -> StillOptics:
        if self.f_number is not None and self.focus_m is None:
            raise ValueError("f_number: nothing here moves to focus on; give focus_m, too, for example [2, 6]")
        return self


class MovingOptics(ApertureRanges):
    """Attributes:
    focus_m: null for the depth of the moving person or thing that is nearest to the middle of the picture.
    shutter_s: how long each row is exposed; null for a moment.
    rolling_shutter_s: from the first row to the last; null for all at once.
    """

    shutter_s: Seconds | None = None
    rolling_shutter_s: Seconds | None = None


def check_lens(
    optics: LensRanges, render: RenderConfig, focal_mm: float, sensor_width_mm: float, height_share: float
) -> None:
    """Refuse lenses that cannot be drawn.

    Args:
        focal_mm: the shortest.
        height_share: the largest height of a picture, in widths.

    Raises:
        ValueError: a lens would fold the picture's corners, or there is no way to draw it on the device.
    """
    bent = optics.distortion
    blurs = isinstance(optics, ApertureRanges) and optics.f_number is not None
    if (bent.on or blurs) and render.device not in SHADER_DEVICES:
        what = "distortion" if bent.on else "f_number"
        raise ValueError(
            f"optics.{what}: Cycles draws lenses on {' and '.join(SHADER_DEVICES)} only; got device {render.device}"
        )
    if not bent.on:
        return
    # Larger coefficients fold farther out, so the lower ends are the ones to look at.
    worst = (bent.k1 or _NONE)[0], (bent.k2 or _NONE)[0]
    corner = float(np.hypot(1, height_share)) / 2 * sensor_width_mm / focal_mm
    if corner >= _FOLDING * widest(worst):
        raise ValueError(
            f"optics.distortion: k1 = {worst[0]:g} with k2 = {worst[1]:g} folds the corners of the picture at "
            f"{focal_mm:g} mm; raise the lower ends of k1 or k2, or the focal length"
        )


def draw_distortion(optics: LensRanges, rng: Streams, part: str) -> Distortion | None:
    """k1 and k2; None where they are off."""
    if not optics.distortion.on:
        return None
    k1, k2 = optics.distortion.k1 or _NONE, optics.distortion.k2 or _NONE
    stream = rng(f"distortion{part}")
    return float(stream.uniform(*k1)), float(stream.uniform(*k2))


def draw_lens(optics: StillOptics, rng: Streams, part: str) -> Lens | None:
    """A lens that is focused anywhere in its range; None for a pinhole."""
    bent, f_number = draw_distortion(optics, rng, part), draw_log(optics.f_number, rng, f"aperture{part}")
    if bent is None and f_number is None:
        return None
    focus_m = draw_log(optics.focus_m, rng, f"focus{part}")
    return Lens(distortion=bent or (0.0, 0.0), f_number=f_number, focus_m=focus_m)


def draw_log(ends: tuple[float, float] | None, rng: Streams, part: str) -> float | None:
    """A value that is as likely in every octave of a range; None for none."""
    return None if ends is None else float(np.exp(rng(part).uniform(*np.log(ends))))
