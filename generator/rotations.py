"""Arrays of rotations: quaternions (w, x, y, z) and matrices, many at once. numpy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def matrices(quaternions: Array) -> Array:
    """(..., 3, 3) rotations of unit quaternions (..., 4)."""
    w, x, y, z = np.moveaxis(np.asarray(quaternions, float), -1, 0)
    rows = [
        1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
        2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
        2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
    ]  # fmt: skip
    return np.stack(rows, axis=-1).reshape(*w.shape, 3, 3)


def quaternions(rotations: Array) -> Array:
    """(..., 4) unit quaternions of rotations (..., 3, 3); their signs are arbitrary."""
    m = np.asarray(rotations, float)
    a, b, c = m[..., 0, 0], m[..., 1, 1], m[..., 2, 2]
    x, y, z = m[..., 2, 1] - m[..., 1, 2], m[..., 0, 2] - m[..., 2, 0], m[..., 1, 0] - m[..., 0, 1]
    xy, xz, yz = m[..., 0, 1] + m[..., 1, 0], m[..., 0, 2] + m[..., 2, 0], m[..., 1, 2] + m[..., 2, 1]
    rows = np.stack(
        [
            np.stack([1 + a + b + c, x, y, z], -1), np.stack([x, 1 + a - b - c, xy, xz], -1),
            np.stack([y, xy, 1 - a + b - c, yz], -1), np.stack([z, xz, yz, 1 - a - b + c], -1),
        ],
        axis=-2,
    )  # fmt: skip
    best = np.argmax(np.diagonal(rows, axis1=-2, axis2=-1), axis=-1)
    chosen = np.take_along_axis(rows, best[..., None, None], axis=-2)[..., 0, :]
    return chosen / np.linalg.norm(chosen, axis=-1, keepdims=True)


def slerp_many(a: Array, b: Array, share: float | Array) -> Array:
    """(..., 4) quaternions that share of the way from a to b along the shorter arcs; share is (...) or one number."""
    dot = (a * b).sum(axis=-1, keepdims=True)
    b, dot = np.where(dot < 0, -b, b), np.clip(np.abs(dot), 0.0, 1.0)
    share = np.asarray(share, float)[..., None]
    angle = np.arccos(dot)
    sine = np.maximum(np.sin(angle), 1e-12)
    straight = angle < 1e-3
    first = np.where(straight, 1 - share, np.sin((1 - share) * angle) / sine)
    second = np.where(straight, share, np.sin(share * angle) / sine)
    mixed = first * a + second * b
    return mixed / np.linalg.norm(mixed, axis=-1, keepdims=True)


def from_axis_angle(vectors: Array) -> Array:
    """(..., 3, 3) rotations of vectors (..., 3) whose length is the angle in radians."""
    angle = np.linalg.norm(vectors, axis=-1, keepdims=True)
    half = 0.5 * angle
    scale = np.where(angle > 1e-8, np.sin(half) / np.maximum(angle, 1e-12), 0.5)
    return matrices(np.concatenate([np.cos(half), vectors * scale], axis=-1))


def about_axis(axis: int, angles: Array) -> Array:
    """(N, 3, 3) rotations about the x (0), y (1) or z (2) axis by angles (N,) in radians."""
    vectors = np.zeros((len(angles), 3))
    vectors[:, axis] = angles
    return from_axis_angle(vectors)
