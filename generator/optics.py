"""Lens and shutter of a preset: ranges, what they may not be, and draws. All are off unless a preset asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field, model_validator

from viewlock.lens import NO_DISTORTION, Distortion, widest

from .sections import PositiveRange, Range, RenderConfig, Section, ordered
from .spec import Lens, Shutter

Array = NDArray[np.float64]
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


class OpticsRanges(Section):
    """Attributes:
    f_number: focal length over the diameter of the aperture; null for a pinhole, to which everything is sharp.
    focus_m: depth at which things are sharp; null for what the kind shows, where there is one such thing.
    shutter_s: how long each row is exposed; null for a moment.
    rolling_shutter_s: from the first row to the last; null for all at once.
    """

    distortion: DistortionRanges = DistortionRanges()
    f_number: PositiveRange | None = None
    focus_m: PositiveRange | None = None
    shutter_s: Seconds | None = None
    rolling_shutter_s: Seconds | None = None

    @model_validator(mode="after")
    def _focus_of_something(self) -> OpticsRanges:
        if self.focus_m is not None and self.f_number is None:
            raise ValueError("focus_m: to a pinhole everything is sharp; give f_number, too, or leave focus_m out")
        return self

    @property
    def takes_time(self) -> bool:
        """Whether a picture is of more than one moment."""
        return self.shutter_s is not None or self.rolling_shutter_s is not None


class Shake(Section):
    """How a camera moves while a picture is taken, in any direction and about any axis, where nothing else moves it.

    Attributes:
        speed_mps: of its centre, metres a second.
        turn_rate_degps: degrees a second.
    """

    speed_mps: Annotated[tuple[Annotated[float, Field(ge=0, le=5)], Annotated[float, Field(ge=0, le=5)]],
                         AfterValidator(ordered)] = (0.0, 0.1)  # fmt: skip
    turn_rate_degps: Annotated[tuple[Annotated[float, Field(ge=0, le=360)], Annotated[float, Field(ge=0, le=360)]],
                               AfterValidator(ordered)] = (1.0, 10.0)  # fmt: skip


class HandheldOptics(OpticsRanges):
    """Of cameras that have no path of their own.

    Attributes:
        shake: with `shutter_s` or `rolling_shutter_s`.
    """

    shake: Shake = Shake()


def check_lens(
    optics: OpticsRanges, render: RenderConfig, focal_mm: float, sensor_width_mm: float, height_share: float
) -> None:
    """Refuse lenses that cannot be drawn.

    Args:
        focal_mm: the shortest.
        height_share: the largest height of a picture, in widths.

    Raises:
        ValueError: a lens would fold the picture's corners, or there is no way to draw it on the device.
    """
    bent = optics.distortion
    if (bent.on or optics.f_number is not None) and render.device not in SHADER_DEVICES:
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


def draw_distortion(optics: OpticsRanges, rng: Streams, part: str) -> Distortion | None:
    """k1 and k2; None where they are off."""
    if not optics.distortion.on:
        return None
    k1, k2 = optics.distortion.k1 or _NONE, optics.distortion.k2 or _NONE
    stream = rng(f"distortion{part}")
    return float(stream.uniform(*k1)), float(stream.uniform(*k2))


def draw_lens(optics: OpticsRanges, rng: Streams, part: str, subject_m: float | None = None) -> Lens | None:
    """A lens that is focused on its subject, or anywhere in its range if that is given; None for a pinhole.

    Args:
        subject_m: depth of what the camera is pointed at.
    """
    bent, f_number = draw_distortion(optics, rng, part), draw_log(optics.f_number, rng, f"aperture{part}")
    if bent is None and f_number is None:
        return None
    focus_m = draw_log(optics.focus_m, rng, f"focus{part}")
    if f_number is not None and focus_m is None:
        focus_m = subject_m
    return Lens(distortion=bent or NO_DISTORTION, f_number=f_number, focus_m=focus_m)


def draw_times(optics: OpticsRanges, rng: Streams, part: str) -> tuple[float, float]:
    """How long each row is exposed, and from the first row to the last; 0 for no time at all."""
    exposed_s = draw_log(optics.shutter_s, rng, f"shutter{part}")
    return exposed_s or 0.0, draw_log(optics.rolling_shutter_s, rng, f"readout{part}") or 0.0


def draw_shutter(optics: HandheldOptics, rng: Streams, part: str, times_part: str) -> Shutter | None:
    """A shutter, and a shake whose directions are any; None for a moment.

    Args:
        times_part: of the cameras that take equally long.
    """
    if not optics.takes_time:
        return None
    stream, shake = rng(f"shake{part}"), optics.shake
    speeds = stream.uniform(*shake.speed_mps), np.radians(stream.uniform(*shake.turn_rate_degps))
    ways = stream.normal(size=(2, 3))
    velocity, turning = (v * way / np.linalg.norm(way) for v, way in zip(speeds, ways, strict=True))
    return shutter_of(draw_times(optics, rng, times_part), velocity, turning)


def shutter_of(times_s: tuple[float, float], velocity: Array, turning: Array) -> Shutter:
    """Args:
    times_s: as `draw_times` gives them.
    velocity: (3,) m/s.
    turning: (3,) rotation vector, radians a second.
    """
    (x, y, z), (a, b, c) = velocity.tolist(), turning.tolist()
    return Shutter(shutter_s=times_s[0], rolling_shutter_s=times_s[1], velocity=(x, y, z), turning=(a, b, c))


def draw_log(ends: tuple[float, float] | None, rng: Streams, part: str) -> float | None:
    """A value that is as likely in every octave of a range; None for none."""
    return None if ends is None else float(np.exp(rng(part).uniform(*np.log(ends))))
