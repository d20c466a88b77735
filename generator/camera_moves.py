"""The drawn kinds of camera movement: shapes over the frames of a sequence with one free number, their amount.

In the middle frame each is at its starting point and looks at its target; those that go forwards, and need room ahead,
are there in their first frame, or in the last when they go backwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewlock.geometry import look_at

from .shake import gait, hand_shake
from .spec import AssetRef

Array = NDArray[np.float64]
Poses = Callable[[float], Array]
"""Amount -> (N, 4, 4) cam_to_world of the N frames."""

X, Y, Z = np.eye(3)
"""OpenCV axes of a camera: right, down, forward."""


@dataclass(frozen=True)
class Shape:
    """A movement that still lacks its amount; `lowest` to `highest` is where the amount may lie.

    Attributes:
        zoom_log: (N,) logarithm of the focal length relative to the drawn one, for an amount of 1.
    """

    kind: str
    poses: Poses
    zoom_log: Array
    lowest: float = 1e-4
    highest: float = 3.0
    asset: AssetRef | None = None

    def zoom(self, amount: float) -> Array:
        """(N,) focal length of each frame relative to the drawn one."""
        return np.exp(amount * self.zoom_log)


def draw_shape(kind: str, eye: Array, target: Array, times_s: Sequence[float], rng: np.random.Generator) -> Shape:
    """A shape of one of the drawn kinds, for a camera at `eye` that looks at `target`; `follow` is a pan at first.

    Args:
        times_s: of the N frames.
    """
    base = look_at(eye, target, rng.normal(0, np.radians(1.0)))
    steady = np.zeros(len(times_s))
    if kind == "zoom":
        still = np.repeat(base[None], len(times_s), axis=0)
        return Shape(kind, lambda amount: still, _there_and_back(len(times_s), rng), highest=0.7)
    poses, lowest, highest = _MOVES[kind](base, target, np.asarray(times_s, float), rng)
    return Shape(kind, poses, steady, lowest, highest)


def follow_shape(eye: Array, targets: Array) -> Shape:
    """Turning with somebody who walks; the amount is the share of their way that the camera turns along.

    Args:
        targets: (N, 3) where they are in each frame.
    """
    ahead = targets - eye
    yaw = np.unwrap(np.arctan2(ahead[:, 1], ahead[:, 0]))
    pitch = np.arctan2(ahead[:, 2], np.hypot(ahead[:, 0], ahead[:, 1]))
    m = middle(len(targets))

    def poses(amount: float) -> Array:
        a, b = yaw[m] + amount * (yaw - yaw[m]), pitch[m] + amount * (pitch - pitch[m])
        forward = np.stack([np.cos(a) * np.cos(b), np.sin(a) * np.cos(b), np.sin(b)], axis=1)
        right = np.stack([np.sin(a), -np.cos(a), 0 * a], axis=1)
        result = np.repeat(np.eye(4)[None], len(forward), axis=0)
        result[:, :3, :3] = np.stack([right, np.cross(forward, right), forward], axis=2)
        result[:, :3, 3] = eye
        return result

    return Shape("follow", poses, np.zeros(len(targets)), lowest=0.35, highest=1.2)


def middle(frames: int) -> int:
    """The frame at which a movement is where it was drawn."""
    return (frames - 1) // 2


def rotations_about(vectors: Array) -> Array:
    """(N, 3, 3) rotations by rotation vectors (N, 3), whose length is the angle in radians (Rodrigues)."""
    angle = np.linalg.norm(vectors, axis=1)
    x, y, z = (vectors / np.maximum(angle, 1e-12)[:, None]).T
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=1).reshape(-1, 3, 3)
    sine, cosine = np.sin(angle)[:, None, None], np.cos(angle)[:, None, None]
    return np.eye(3) + sine * cross + (1 - cosine) * cross @ cross


_Drawn = tuple[Poses, float, float]
"""Poses, lowest and highest amount."""


def _placed(base: Array, shifts: Array, turns: Array, still: int | None = None) -> Array:
    """(N, 4, 4) base pose moved and turned in its own axes, and not at all in the frame `still`, the middle one."""
    m = middle(len(shifts)) if still is None else still
    result = np.repeat(base[None], len(shifts), axis=0)
    result[:, :3, 3] += (shifts - shifts[m]) @ base[:3, :3].T
    result[:, :3, :3] = base[:3, :3] @ rotations_about(turns - turns[m])
    return result


def _handheld(base: Array, target: Array, times_s: Array, rng: np.random.Generator) -> _Drawn:
    """The shake of hands up to its natural size; beyond it the view is also reframed, slowly there and back."""
    shift, turn = hand_shake(times_s, rng)
    k = np.arange(len(times_s))
    sweep = np.sin(2 * np.pi * k / rng.uniform(8, 14) + rng.uniform(-0.6, 0.6))[:, None]
    way, angle = rng.normal(0, 0.025, 3), np.radians(1.0) * rng.normal(size=3) * [0.5, 1.0, 0.1]
    angle = angle * np.radians(1.0) / max(float(np.linalg.norm(angle)), 1e-9)

    def poses(amount: float) -> Array:
        natural, more = min(amount, 1.0), max(amount - 1.0, 0.0)
        return _placed(base, natural * shift + more * sweep * way, natural * turn + more * sweep * angle)

    return poses, 0.02, 60.0


def _walk(base: Array, target: Array, times_s: Array, rng: np.random.Generator) -> _Drawn:
    """Forward over the ground by the amount in metres a frame, with the rise and sway of steps and shaking hands."""
    shift, turn = hand_shake(times_s, rng)
    steps = gait(times_s, rng)
    ahead = base[:3, 2] * [1, 1, 0] / np.hypot(*base[:2, 2])
    way = np.cos(aside := rng.uniform(-1.3, 1.3)) * ahead + np.sin(aside) * np.cross(ahead, Z)
    forward = bool(rng.random() < 0.75)
    way = way if forward else -way
    k = np.arange(len(times_s))[:, None]
    still = None if abs(aside) > 0.6 else 0 if forward else len(k) - 1
    seconds = (times_s[-1] - times_s[0]) / (len(times_s) - 1)

    def poses(amount: float) -> Array:
        # Whoever creeps hardly bobs.
        lively = min(1.0, amount / seconds / 0.8)
        bob = steps[:, :1] * np.cross(ahead, Z) + steps[:, 1:] * Z
        world = k * amount * way + lively * bob
        return _placed(base, lively * shift + world @ base[:3, :3], lively * turn, still)

    return poses, 1e-4, 2.0


def _straight(direction: Array, tilt: float) -> Callable[[Array, Array, Array, np.random.Generator], _Drawn]:
    """On rails: along an axis of the camera by the amount in metres a frame, tilting on the way.

    Forwards it starts, and backwards it ends, at the starting point, from where there is room ahead.
    """

    def drawn(base: Array, target: Array, times_s: Array, rng: np.random.Generator) -> _Drawn:
        way = rng.choice([-1.0, 1.0])
        k = np.arange(len(times_s))[:, None]
        shift, turn = hand_shake(times_s, rng)
        shift, turn = 3.0 * shift, 1.5 * turn

        still = None if direction[2] == 0 else 0 if way > 0 else len(k) - 1

        def poses(amount: float) -> Array:
            wobble = 0.05 * min(1.0, amount / 0.02)
            shifts, turns = k * way * amount * direction, k * way * amount * tilt * X
            return _placed(base, shifts + wobble * shift, turns + wobble * turn, still)

        return poses, 1e-4, 2.0

    return drawn


def _jump(base: Array, target: Array, times_s: Array, rng: np.random.Generator) -> _Drawn:
    """As from one lens of a rig to the next: sideways steps either way about the amount in metres, never turning."""
    steps = rng.uniform(0.8, 1.2, len(times_s) - 1)
    places = [0.0]
    for step in steps:
        way = rng.choice([-1.0, 1.0])
        places.append(places[-1] + step * (way if abs(places[-1] + way * step) < 1.9 else -way))
    shifts = np.array(places)[:, None] * X

    return lambda amount: _placed(base, amount * shifts, np.zeros_like(shifts)), 1e-4, 2.0


def _orbit(base: Array, target: Array, times_s: Array, rng: np.random.Generator) -> _Drawn:
    """Around the target by the amount in radians a frame."""
    direction = rng.choice([-1.0, 1.0])
    level = look_at(base[:3, 3], target)
    k = np.arange(len(times_s)) - middle(len(times_s))

    def poses(amount: float) -> Array:
        # Turning eye and view together about the vertical through the target keeps looking at it.
        turn = rotations_about(k[:, None] * (direction * amount * Z))
        result = np.repeat(level[None], len(k), axis=0)
        result[:, :3, :3] = turn @ level[:3, :3]
        result[:, :3, 3] = target + turn @ (level[:3, 3] - target)
        return result

    return poses, 1e-4, 0.6


def _pan(base: Array, target: Array, times_s: Array, rng: np.random.Generator) -> _Drawn:
    """Turning on the spot, about the vertical mostly; a pivot some centimetres behind the lens moves it a little."""
    direction, tilt = rng.choice([-1.0, 1.0]), rng.uniform(-0.25, 0.25)
    pivot = -0.08 * Z
    k = np.arange(len(times_s))[:, None] - middle(len(times_s))

    def poses(amount: float) -> Array:
        turns = k * amount * (direction * Y + tilt * X)
        return _placed(base, pivot - rotations_about(turns) @ pivot, turns)

    return poses, 1e-5, 0.3


def _there_and_back(frames: int, rng: np.random.Generator) -> Array:
    """(N,) whole steps in one direction for some frames, then back, about zero in the middle frame."""
    run = int(rng.integers(1, 4))
    wave = np.abs((np.arange(frames) + int(rng.integers(0, 2 * run))) % (2 * run) - run).astype(float)
    return rng.choice([-1.0, 1.0]) * (wave - wave[middle(frames)])


_MOVES: dict[str, Callable[[Array, Array, Array, np.random.Generator], _Drawn]] = {
    "handheld": _handheld,
    "walk": _walk,
    "dolly": _straight(Z, 0.0),
    "truck": _straight(X, 0.0),
    "crane": _straight(Y, 0.15),
    "jump": _jump,
    "orbit": _orbit,
    "pan": _pan,
    "follow": _pan,  # until it is known who walks there: `follow_shape`
}
