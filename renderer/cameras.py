"""Cameras of a spec's sequences."""

from __future__ import annotations

from viewlock.generator.dsia_spec import Sequence
from viewlock.geometry import Camera, intrinsics


def camera_at(sequence: Sequence, frame: int, size: tuple[int, int]) -> Camera:
    """The camera of a sequence at one of its frames; `size` is (width, height) in pixels."""
    width, height = size
    K = intrinsics(width, height, sequence.focal_mm[frame], sequence.sensor_width_mm)
    return Camera(width, height, K, sequence.trajectory.cam_to_world(sequence.frame_times_s[frame]))
