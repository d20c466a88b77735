"""Cameras of a spec's sequences, and what metadata says of lenses and shutters."""

from __future__ import annotations

from collections.abc import Sequence as Several
from typing import Any

import numpy as np

from viewlock.generator.dsia_spec import Sequence
from viewlock.generator.planar_spec import Eye
from viewlock.generator.spec import Lens, Shutter, StillCamera
from viewlock.geometry import Camera, intrinsics, rotation_vector
from viewlock.lens import NO_DISTORTION, Distortion

from .lens import Aperture

Vector = tuple[float, float, float]


def camera_at(sequence: Sequence, frame: int, size: tuple[int, int]) -> Camera:
    """The camera of a sequence at one of its frames; `size` is (width, height) in pixels."""
    width, height = size
    K = intrinsics(width, height, sequence.focal_mm[frame], sequence.sensor_width_mm)
    pose = sequence.trajectory.cam_to_world(sequence.frame_times_s[frame])
    optics = sequence.optics
    if optics is None:
        return Camera(width, height, K, pose)
    velocity, turning = _motion(sequence, frame)
    return Camera(width, height, K, pose, optics.distortion, optics.rolling_shutter_s, velocity, turning)


def _motion(sequence: Sequence, frame: int) -> tuple[Vector, Vector]:
    """m/s and radians a second on the way from the frame before to the frame after, or from or to the frame itself at
    either end. From lens to lens of a rig nothing moves."""
    times = sequence.frame_times_s
    first, last = max(frame - 1, 0), min(frame + 1, len(times) - 1)
    if sequence.trajectory.kind == "jump" or first == last:
        return _STILL, _STILL
    before, after = (sequence.trajectory.cam_to_world(times[k]) for k in (first, last))
    seconds = times[last] - times[first]
    velocity = (after[:3, 3] - before[:3, 3]) / seconds
    turning = rotation_vector(after[:3, :3] @ before[:3, :3].T) / seconds
    return _vector(velocity), _vector(turning)


def _vector(values: np.ndarray) -> Vector:
    x, y, z = map(float, values)
    return x, y, z


def aperture_at(sequence: Sequence, frame: int) -> Aperture | None:
    """The aperture of a sequence's lens at one of its frames; None for a pinhole."""
    optics = sequence.optics
    if optics is None or optics.f_number is None:
        return None
    return Aperture(_radius_m(sequence.focal_mm[frame], optics.f_number), optics.focus_m[frame])


def aperture_of(camera: StillCamera | Eye) -> Aperture | None:
    """The aperture of a camera's lens; None for a pinhole."""
    lens = camera.lens
    if lens is None or lens.f_number is None or lens.focus_m is None:
        return None
    return Aperture(_radius_m(camera.focal_mm, lens.f_number), lens.focus_m)


def shutter_s_of(camera: StillCamera | Eye) -> float:
    """How long each row is exposed; 0 for a moment."""
    return camera.shutter.shutter_s if camera.shutter else 0.0


def _radius_m(focal_mm: float, f_number: float) -> float:
    return focal_mm / f_number / 2 / 1000


# ------------------------------------------------------------------ metadata
_PINHOLE = Lens(distortion=NO_DISTORTION)
_STILL = (0.0, 0.0, 0.0)
_AT_ONCE = Shutter(shutter_s=0.0, rolling_shutter_s=0.0, velocity=_STILL, turning=_STILL)


def opencv(distortion: Distortion) -> list[float]:
    """k1, k2, p1, p2."""
    return [*distortion, 0.0, 0.0]


def still_optics_meta(cameras: Several[StillCamera | Eye]) -> dict[str, list[Any]]:
    """What metadata says of the lenses and shutters of cameras, one after another; nothing where all are pinholes, and
    nothing of shutters where all take in one moment."""
    said: dict[str, list[Any]] = {}
    if any(camera.lens for camera in cameras):
        lenses = [camera.lens or _PINHOLE for camera in cameras]
        said["distortion"] = [opencv(lens.distortion) for lens in lenses]
        said["aperture"] = [lens.f_number for lens in lenses]
        said["focus_m"] = [lens.focus_m for lens in lenses]
    if any(camera.shutter for camera in cameras):
        shutters = [camera.shutter or _AT_ONCE for camera in cameras]
        said["shutter_s"] = [shutter.shutter_s for shutter in shutters]
        said["rolling_shutter_s"] = [shutter.rolling_shutter_s for shutter in shutters]
        said["camera_velocity"] = [list(shutter.velocity) for shutter in shutters]
        said["camera_turning"] = [list(shutter.turning) for shutter in shutters]
    return said


def optics_meta(sequence: Sequence, frame: int, one: Camera, two: Camera) -> dict[str, Any]:
    """What metadata says of lens and shutter of a triple; nothing for a pinhole that takes in one moment."""
    optics = sequence.optics
    if optics is None:
        return {}
    return {
        "distortion_1": opencv(one.distortion),
        "distortion_2": opencv(two.distortion),
        "aperture": optics.f_number,
        "focus_m": list(optics.focus_m[frame : frame + 2]) or None,
        "shutter_s": optics.shutter_s,
        "rolling_shutter_s": optics.rolling_shutter_s,
        "camera_velocity_1": list(one.velocity),
        "camera_velocity_2": list(two.velocity),
        "camera_turning_1": list(one.turning),
        "camera_turning_2": list(two.turning),
    }
