"""Camera trajectories: seven drawn kinds, and files of real ones.

A trajectory is drawn as a shape with one free number, its amount; `fit_amount` then finds the amount at which the
static scene moves by a wanted number of pixels from frame to frame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError
from viewlock.geometry import (
    Camera,
    look_at,
    quaternion_from_rotation,
    rotation_from_quaternion,
    slerp,
)

from .spec import AssetRef, Trajectory

Array = NDArray[np.float64]
Poses = Callable[[float], Array]
"""Amount -> (N, 4, 4) cam_to_world of the N frames."""

X, Y, Z = np.eye(3)
"""OpenCV axes of a camera: right, down, forward."""


@dataclass(frozen=True)
class Shape:
    """A trajectory that still lacks its amount; `lowest` to `highest` is where the amount may lie."""

    kind: str
    poses: Poses
    lowest: float = 1e-4
    highest: float = 3.0
    asset: AssetRef | None = None


def draw_shape(kind: str, eye: Array, target: Array, frames: int, rng: np.random.Generator) -> Shape:
    """A shape of one of the drawn kinds, for a camera that starts at `eye` and looks at `target`."""
    base = look_at(eye, target, rng.normal(0, np.radians(1.0)))
    if kind == "orbit":
        return Shape(kind, _orbit(eye, target, frames, rng), highest=0.6)
    if kind == "pan":
        return Shape(kind, _pan(base, frames, rng), highest=0.3)
    steps, turns = _STEPS[kind](frames, rng)
    return Shape(kind, _stepped(base, steps, turns))


def _stepped(base: Array, steps: Array, turns: Array) -> Poses:
    """Moves and turns in the camera's own axes, both in proportion to the amount (metres; turns in rad a metre)."""

    def poses(amount: float) -> Array:
        result = np.repeat(base[None], len(steps), axis=0)
        result[:, :3, 3] += steps @ base[:3, :3].T * amount
        result[:, :3, :3] = base[:3, :3] @ rotations_about(turns * amount)
        return result

    return poses


def rotations_about(vectors: Array) -> Array:
    """(N, 3, 3) rotations by rotation vectors (N, 3), whose length is the angle in radians (Rodrigues)."""
    angle = np.linalg.norm(vectors, axis=1)
    x, y, z = (vectors / np.maximum(angle, 1e-12)[:, None]).T
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=1).reshape(-1, 3, 3)
    sine, cosine = np.sin(angle)[:, None, None], np.cos(angle)[:, None, None]
    return np.eye(3) + sine * cross + (1 - cosine) * cross @ cross


def _shake(frames: int, rng: np.random.Generator, memory: float) -> Array:
    """(N, 3) a random walk that starts at zero, with steps of about unit length that remember their direction."""
    steps = rng.normal(size=(frames - 1, 3))
    for k in range(1, frames - 1):
        steps[k] = memory * steps[k - 1] + np.sqrt(1 - memory**2) * steps[k]
    return np.concatenate([np.zeros((1, 3)), np.cumsum(steps, axis=0)]) / np.sqrt(3)


def _handheld(frames: int, rng: np.random.Generator) -> tuple[Array, Array]:
    return _shake(frames, rng, 0.5), _shake(frames, rng, 0.3) * np.array([0.35, 0.45, 0.25])


def _walk(frames: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Forward with the bob and sway of steps, which come at about two a metre and a half."""
    k = np.arange(frames)
    aside = rng.uniform(-0.5, 0.5)
    phase = rng.uniform(0, 2 * np.pi)
    sway = np.stack([aside * k + 0.12 * np.sin(k * 1.7 + phase), 0.1 * np.sin(3.4 * k + phase), k], axis=1)
    turns = _shake(frames, rng, 0.5) * np.array([0.08, 0.12, 0.08])
    return sway - sway[0], turns


def _straight(direction: Array, frames: int, rng: np.random.Generator) -> tuple[Array, Array]:
    k = np.arange(frames)[:, None]
    wobble = _shake(frames, rng, 0.8)
    return k * direction + 0.02 * wobble, 0.02 * wobble[::-1] - 0.02 * wobble[-1]


def _dolly(frames: int, rng: np.random.Generator) -> tuple[Array, Array]:
    return _straight(Z * rng.choice([-1.0, 1.0]), frames, rng)


def _truck(frames: int, rng: np.random.Generator) -> tuple[Array, Array]:
    return _straight(X * rng.choice([-1.0, 1.0]), frames, rng)


def _crane(frames: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Up or down, with the view tilting to keep the middle of the scene in sight."""
    direction = rng.choice([-1.0, 1.0])
    k = np.arange(frames)[:, None]
    return -k * Y * direction + 0.02 * _shake(frames, rng, 0.8), -k * X * direction * 0.15


_STEPS = {"handheld": _handheld, "walk": _walk, "dolly": _dolly, "truck": _truck, "crane": _crane}


def _orbit(eye: Array, target: Array, frames: int, rng: np.random.Generator) -> Poses:
    direction = rng.choice([-1.0, 1.0])

    base = look_at(eye, target)
    arm = eye - target

    def poses(amount: float) -> Array:
        # Turning eye and view together about the vertical through the target keeps looking at it.
        turn = rotations_about(np.arange(frames)[:, None] * (direction * amount * Z))
        result = np.repeat(base[None], frames, axis=0)
        result[:, :3, :3] = turn @ base[:3, :3]
        result[:, :3, 3] = target + turn @ arm
        return result

    return poses


def _pan(base: Array, frames: int, rng: np.random.Generator) -> Poses:
    """Turning on the spot, about the vertical mostly; a pivot some centimetres behind the lens moves it a little."""
    direction, tilt = rng.choice([-1.0, 1.0]), rng.uniform(-0.25, 0.25)
    pivot = -0.08 * Z

    def poses(amount: float) -> Array:
        turn = rotations_about(np.arange(frames)[:, None] * amount * (direction * Y + tilt * X))
        result = np.repeat(base[None], frames, axis=0)
        result[:, :3, :3] = base[:3, :3] @ turn
        result[:, :3, 3] += (pivot - turn @ pivot) @ base[:3, :3].T
        return result

    return poses


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
    return Shape("file", lambda amount: undo @ at(amount), highest=1.0 / (frames - 1), asset=asset)


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
    amount = 0.1 * shape.highest
    for _ in range(6):
        reached = _motion_px(shape.poses(amount), points, camera)
        if abs(reached - wanted_px) < 0.05 * wanted_px:
            return amount
        # Motion grows about in proportion to the amount.
        step = wanted_px / reached if np.isfinite(reached) and reached > 0 else 0.3
        amount = float(np.clip(amount * np.clip(step, 0.05, 20), shape.lowest, shape.highest))
    reached = _motion_px(shape.poses(amount), points, camera)
    return amount if 0.7 * wanted_px <= reached <= 1.4 * wanted_px else None


def _motion_px(poses: Array, points: Array, camera: Camera) -> float:
    """Median motion of the points in view from pose to pose, mean of the first, the middle and the last step; inf where
    nothing is in view."""
    local = (points[None] - poses[:, None, :3, 3]) @ poses[:, :3, :3]
    depth = local[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        x = camera.K[0, 0] * local[..., 0] / depth + camera.K[0, 2]
        y = camera.K[1, 1] * local[..., 1] / depth + camera.K[1, 2]
    inside = (depth > 0.05) & (x >= 0) & (x < camera.width) & (y >= 0) & (y < camera.height)
    total = 0.0
    steps = {0, (len(poses) - 1) // 2, len(poses) - 2}
    for k in sorted(steps):
        seen = inside[k] & (depth[k + 1] > 0.05)
        if seen.sum() < 5:
            return np.inf
        total += float(np.median(np.hypot(x[k + 1, seen] - x[k, seen], y[k + 1, seen] - y[k, seen])))
    return total / len(steps)


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
