"""Feet on the floor: soles neither sink in nor slide while they stand. numpy only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from .motion_clips import Motion
from .rigs import Rig, carried
from .skeleton import axis_turn

Array = NDArray[np.float64]

_STILL_MPS = (0.15, 0.5)
"""A foot slower than the first stands, one faster than the second does not."""
_LOW_M = (0.03, 0.10)
"""The same for how far an ankle is above its lowest place."""
_IN_PLACE_M, _TREADMILL_MPS = 0.15, 0.3
"""A recording whose feet stay about one place on average while the lower foot is this fast was made on a treadmill."""
_SPREAD_S = 0.12
"""Over how long before and after it a shift up or down is spread."""


def ground(motion: Motion, rig: Rig, ankles: Array) -> Motion:
    """Shift a motion so that standing feet stand still and no sole is under the floor.

    Args:
        ankles: (F, 2, 3) left and right ankle of the recorded body, scaled to this one: they say when a foot stands.
    """
    stands = standing(ankles, motion.fps)
    motion = _pulled(motion, rig, stands)
    low = lowest_sole(motion, rig)
    floor = _floor(low, stands.max(axis=1), max(1, round(_SPREAD_S * motion.fps)))
    lift = envelope(np.maximum(floor - low, 0.0), max(1, round(0.5 * _SPREAD_S * motion.fps)))
    heads = motion.heads.copy()
    heads[..., 2] += (lift - floor)[:, None]
    return replace(motion, heads=heads)


def _floor(low: Array, stands: Array, half: int) -> Array:
    """(F,) where the recording has the floor: the lowest sole while a foot stands, smooth, and between in a line."""
    weight = averaged(stands, half)
    known = np.flatnonzero(weight > 0.05)
    if len(known) == 0:
        return np.full(len(low), np.quantile(low, 0.02))
    there = averaged(stands * low, half)[known] / weight[known]
    return averaged(np.interp(np.arange(len(low)), known, there), half)


def from_origin(motion: Motion, rig: Rig) -> Motion:
    """A motion whose first frame stands over the origin and faces -y."""
    first = motion.heads[0]
    # Hips and shoulders turn against each other in a walk: together they face ahead.
    left = sum(first[rig.roles[f"{limb}_l"]] - first[rig.roles[f"{limb}_r"]] for limb in ("thigh", "upper_arm"))
    back = axis_turn(np.array([0.0, 0.0, 1.0]), -float(np.arctan2(left[1], left[0])))
    hips = back @ first[rig.roles["hips"]]
    return motion.moved(back, np.array([-hips[0], -hips[1], 0.0]))


def lowest_sole(motion: Motion, rig: Rig) -> Array:
    """(F,) height of the lowest point of both soles."""
    return carried(motion.skin(rig), *rig.soles)[..., 2].min(axis=1)


def ankles_of(motion: Motion, rig: Rig) -> Array:
    """(F, 2, 3) places of the left and the right ankle."""
    return motion.heads[:, [rig.roles[f"foot_{side}"] for side in "lr"]]


def standing(ankles: Array, fps: float) -> Array:
    """(F, 2) how much each foot stands, 0 to 1, from the places of the ankles (F, 2, 3).

    On a treadmill a standing foot is not still: there the lower one stands.
    """
    if len(ankles) < 2:
        return np.zeros(ankles.shape[:2])
    speed = np.linalg.norm(np.gradient(ankles, axis=0), axis=2) * fps
    height = ankles[..., 2] - np.quantile(ankles[..., 2], 0.02)
    lower = height <= height.min(axis=1, keepdims=True)
    if np.ptp(ankles[..., :2].mean(axis=1), axis=0).max() < _IN_PLACE_M and speed[lower].mean() > _TREADMILL_MPS:
        return lower * _fall(height, _LOW_M)
    return _fall(speed, _STILL_MPS) * _fall(height, _LOW_M)


def _fall(values: Array, limits: tuple[float, float]) -> Array:
    x = np.clip((values - limits[0]) / (limits[1] - limits[0]), 0.0, 1.0)
    return 1 - x * x * (3 - 2 * x)


def _pulled(motion: Motion, rig: Rig, stands: Array) -> Motion:
    """Take the slide of standing feet from the whole body, level and frame by frame.

    The point that must not slide is the ball of the foot, or the ankle of a body without toes.
    """
    feet = [rig.roles.get(f"toe_{side}", rig.roles[f"foot_{side}"]) for side in "lr"]
    step = np.diff(motion.heads[:, feet, :2], axis=0)
    weight = np.minimum(stands[1:], stands[:-1])[..., None]
    total = weight.sum(axis=1)
    slide = (weight * step).sum(axis=1) / np.maximum(total, 1.0)
    heads = motion.heads.copy()
    heads[1:, :, :2] -= np.cumsum(slide, axis=0)[:, None]
    return replace(motion, heads=heads)


def envelope(values: Array, half: int) -> Array:
    """(F,) smooth and nowhere below the values: the largest about each frame, averaged over as many frames."""
    padded = np.pad(values, half, mode="edge")
    return averaged(np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1).max(axis=1), half)


def averaged(values: Array, half: int) -> Array:
    """(F, ...) means over 2 half + 1 frames."""
    padded = np.pad(values, [(half, half)] + [(0, 0)] * (values.ndim - 1), mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1, axis=0).mean(axis=-1)
