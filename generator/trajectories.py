"""Camera trajectories: how far the drawn movements go, and files of real ones.

A trajectory is drawn as a shape with one free number, its amount; `fit_amount` then finds the amount at which the
static scene moves by a wanted number of pixels from frame to frame.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewlock.geometry import Camera, look_at, quaternion_from_rotation, rotation_from_quaternion, slerp

from .camera_moves import Shape
from .spec import AssetRef, Trajectory
from .trajectory_files import read_trajectory

Array = NDArray[np.float64]

_LONG_S = 8.0
"""Of longer recordings an excerpt of this length is used."""


def file_shape(path: Path, asset: AssetRef, eye: Array, target: Array, frames: int, rng: np.random.Generator) -> Shape:
    """The trajectory of a file, its first pose put at `eye` looking at `target`, scaled to a plausible length.

    Its amount is the share of the clip between two frames, so that the path keeps its own shape and turns.
    """
    times, poses = _excerpt(*read_trajectory(path), rng)
    relative = np.linalg.inv(poses[0]) @ poses
    length = float(np.linalg.norm(np.diff(relative[:, :3, 3], axis=0), axis=1).sum())
    relative[:, :3, 3] *= rng.uniform(1.0, 3.0) / max(length, 1e-6)
    base = look_at(eye, target)
    quaternions = np.array([quaternion_from_rotation(pose[:3, :3]) for pose in relative])
    backwards = rng.random() < 0.5
    share = (times - times[0]) / (times[-1] - times[0])

    def at(amount: float) -> Array:
        where = np.arange(frames) * amount
        return np.stack([base @ _between(share, relative, quaternions, 1 - w if backwards else w) for w in where])

    first = at(0.0)[0]
    undo = base @ np.linalg.inv(first)
    steady = np.zeros(frames)
    return Shape("file", lambda amount: undo @ at(amount), steady, highest=1.0 / (frames - 1), asset=asset)


def _excerpt(times: Array, poses: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """A few seconds of a long recording, whole clips as they are."""
    if times[-1] - times[0] <= _LONG_S:
        return times, poses
    start = times[0] + rng.uniform(0, times[-1] - times[0] - _LONG_S)
    chosen = (times >= start) & (times <= start + _LONG_S)
    return (times[chosen], poses[chosen]) if chosen.sum() >= 2 else (times, poses)


def _between(share: Array, poses: Array, quaternions: Array, where: float) -> Array:
    k = int(np.clip(np.searchsorted(share, where, side="right") - 1, 0, len(share) - 2))
    part = float(np.clip((where - share[k]) / (share[k + 1] - share[k]), 0, 1))
    pose = np.eye(4)
    pose[:3, 3] = (1 - part) * poses[k, :3, 3] + part * poses[k + 1, :3, 3]
    pose[:3, :3] = rotation_from_quaternion(slerp(quaternions[k], quaternions[k + 1], part))
    return pose


def fit_amount(shape: Shape, points: Array, camera: Camera, wanted_px: float) -> float | None:
    """The amount at which static points move by `wanted_px` from frame to frame; None if no amount does.

    Args:
        points: (P, 3) static points of the scene.
        camera: intrinsics and size; its pose is not used.
        wanted_px: mean over the pairs of the median motion of the points in view.
    """
    low, high = shape.lowest, shape.highest
    amount = float(np.clip(0.1 * high, low, high))
    reached = np.inf
    for _ in range(9):
        reached = motion_px(shape, amount, points, camera)
        if abs(reached - wanted_px) < 0.05 * wanted_px:
            return amount
        low, high = (amount, high) if reached < wanted_px else (low, amount)
        # Motion grows about in proportion to the amount; where it does not, halve what is left.
        guess = amount * wanted_px / reached if reached > 0 else high
        amount = float(guess if low < guess < high else np.sqrt(low * high))
    return amount if 0.7 * wanted_px <= reached <= 1.4 * wanted_px else None


def motion_px(shape: Shape, amount: float, points: Array, camera: Camera) -> float:
    """Median motion of the points in view from frame to frame, mean over the pairs; inf where nothing is in view."""
    poses, zoom = shape.poses(amount), shape.zoom(amount)[:, None]
    local = (points[None] - poses[:, None, :3, 3]) @ poses[:, :3, :3]
    depth = local[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        x = camera.K[0, 0] * zoom * local[..., 0] / depth + camera.K[0, 2]
        y = camera.K[1, 1] * zoom * local[..., 1] / depth + camera.K[1, 2]
    inside = (depth > 0.05) & (x >= 0) & (x < camera.width) & (y >= 0) & (y < camera.height)
    seen = inside[:-1] & (depth[1:] > 0.05)
    if seen.sum(axis=1).min() < 5:
        return np.inf
    moved = np.hypot(np.diff(x, axis=0), np.diff(y, axis=0))
    return float(np.mean([_median(m[s]) for m, s in zip(moved, seen, strict=True)]))


def _median(values: Array) -> float:
    """The median of at least one value: a fifth of `np.median`'s time on a few dozen of them."""
    ordered = np.sort(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def as_trajectory(shape: Shape, amount: float, times_s: tuple[float, ...]) -> Trajectory:
    """The shape at an amount, with one pose a frame time."""
    poses = shape.poses(amount)
    quaternions = [quaternion_from_rotation(pose[:3, :3]).tolist() for pose in poses]
    return Trajectory(
        kind=shape.kind,
        asset=shape.asset,
        times_s=times_s,
        positions=tuple(tuple(pose[:3, 3].tolist()) for pose in poses),
        quaternions=tuple(tuple(q) for q in quaternions),
    )
