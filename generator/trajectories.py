"""Camera trajectories: how far the drawn movements go, and files of real ones.

A trajectory is drawn as a shape with one free number, its amount; `fit_amount` then finds the amount at which the
static scene moves by a wanted number of pixels from frame to frame.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError
from viewlock.geometry import Camera, look_at, quaternion_from_rotation, rotation_from_quaternion, slerp

from .camera_moves import Shape
from .spec import AssetRef, Trajectory

Array = NDArray[np.float64]


def file_shape(path: Path, asset: AssetRef, eye: Array, target: Array, frames: int, rng: np.random.Generator) -> Shape:
    """The trajectory of a file, its first pose put at `eye` looking at `target`, scaled to a plausible length.

    Its amount is the share of the clip between two frames, so that the path keeps its own shape and turns.
    """
    times, poses = read_trajectory(path)
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


def _between(share: Array, poses: Array, quaternions: Array, where: float) -> Array:
    k = int(np.clip(np.searchsorted(share, where, side="right") - 1, 0, len(share) - 2))
    part = float(np.clip((where - share[k]) / (share[k + 1] - share[k]), 0, 1))
    pose = np.eye(4)
    pose[:3, 3] = (1 - part) * poses[k, :3, 3] + part * poses[k + 1, :3, 3]
    pose[:3, :3] = rotation_from_quaternion(slerp(quaternions[k], quaternions[k + 1], part))
    return pose


def read_trajectory(path: Path) -> tuple[Array, Array]:
    """Times in seconds (N,) and cam_to_world poses (N, 4, 4) of a RealEstate10K or MannequinChallenge file.

    Its first line is an address; each further line has 19 numbers: time in microseconds, fx fy cx cy (normalised),
    k1 k2, and the 3 x 4 world-to-camera matrix row by row.

    Raises:
        ConfigError: the file cannot be read, or a line is not of that form.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as refusal:
        raise ConfigError(f"{path}: cannot be read as a trajectory: {refusal}") from None
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            row = [float(word) for word in line.split()]
        except ValueError:
            row = []
        if len(row) == 19 and np.isfinite(row).all() and not _is_rotation(np.reshape(row[7:], (3, 4))[:, :3]):
            raise ConfigError(
                f"{path}:{number}: the left 3 x 3 of the matrix is not a rotation; mend or remove the file"
            )
        if len(row) != 19 or not np.isfinite(row).all():
            raise ConfigError(
                f"{path}:{number}: expected 19 numbers (RealEstate10K form), got {len(line.split())} words; "
                "mend or remove the file"
            )
        rows.append(row)
    if len(rows) < 2:
        raise ConfigError(f"{path}: expected at least 2 poses, got {len(rows)}; remove the file")
    table = np.array(rows)
    times = table[:, 0] * 1e-6
    if (np.diff(times) <= 0).any():
        raise ConfigError(f"{path}: times must increase from line to line; mend or remove the file")
    world_to_cam = np.repeat(np.eye(4)[None], len(table), axis=0)
    world_to_cam[:, :3] = table[:, 7:].reshape(-1, 3, 4)
    return times, np.linalg.inv(world_to_cam)


def _is_rotation(matrix: Array) -> bool:
    """To the accuracy of printed numbers."""
    return bool(np.abs(matrix @ matrix.T - np.eye(3)).max() < 1e-3 and np.linalg.det(matrix) > 0)


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
    return float(np.mean([np.median(m[s]) for m, s in zip(moved, seen, strict=True)]))


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
