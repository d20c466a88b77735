"""What the checks of flows of all kinds share: how far off pixels are, and what poses and depth say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.geometry import Camera, apply_homography, infinity_homography
from viewlock.lens import NO_DISTORTION
from viewlock.renderer.sample import Flow

from .checks import STEP_PX, grid, left_frame

Mask = NDArray[np.bool_]
Array = NDArray[np.float64]

EXACT_PX = 3 * STEP_PX
"""What two roundings and float32 may add up to."""

LOOSE_PX = 1.0
"""Where one flow is read between the pixels of another."""

FEW = 0.02
"""Share of pixels that may be off: objects that move by less than 1 mm count as static, and borders between
surfaces of one object are not known."""

HARDLY_ANY = 1e-3
"""The same for views of one moment, where all is exact but for rays along an edge."""

ENOUGH = 30
"""Fewer pixels prove nothing."""


def length(flow: Flow) -> Array:
    """(H, W) pixels."""
    return np.linalg.norm(flow.flow.astype(np.float64), axis=-1)


def off(error: Array, where: Mask, limit: float, share: float = FEW) -> str:
    """What to say when too many of these pixels are off by more than a limit; the empty string if not."""
    count = int(where.sum())
    if count < ENOUGH:
        return ""
    bad = where & ~(error <= limit)
    if bad.sum() <= share * count:
        return ""
    y, x = np.argwhere(bad)[0]
    middle = float(np.median(error[bad]))
    return (
        f"{int(bad.sum())} of {count} pixels off by more than {limit:.2f} px (median {middle:.2f}), first at ({x}, {y})"
    )


def between_pixels(
    flow: Flow, instances: NDArray, way: Flow, own: NDArray, wanted: Mask
) -> tuple[NDArray[np.float32], Mask]:
    """`flow` at the ends of `way`, bilinearly, and where all four pixels around are of the same object, valid, and
    agree to a pixel, so that no silhouette lies between."""
    height, width = wanted.shape
    x, y = np.moveaxis(np.where(wanted[..., None], grid(wanted) + np.nan_to_num(way.flow), 0.0), -1, 0)
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    x0, y0 = np.minimum(x.astype(int), width - 2), np.minimum(y.astype(int), height - 2)
    fx, fy = (x - x0)[..., None], (y - y0)[..., None]
    corners = [(y0 + dy, x0 + dx) for dy in (0, 1) for dx in (0, 1)]
    weights = [(1 - fy) * (1 - fx), (1 - fy) * fx, fy * (1 - fx), fy * fx]
    values = np.stack([flow.flow[corner] for corner in corners])
    sure = wanted.copy()
    for corner in corners:
        sure &= flow.valid[corner] & (instances[corner] == own)
    sure &= (np.ptp(values, axis=0) < LOOSE_PX).all(axis=-1)
    return sum(w * v for w, v in zip(weights, values, strict=True)).astype(np.float32), sure


def camera_of(meta: Mapping[str, Any], name: str, size: tuple[int, int]) -> Camera:
    """The camera `name` of a pair, with its lens and the timing of its rows; `size` is (width, height)."""
    lens = meta.get(f"distortion_{name}", NO_DISTORTION)
    return Camera(
        *size,
        np.array(meta[f"K_{name}"]),
        np.array(meta[f"cam_to_world_{name}"]),
        (lens[0], lens[1]),
        meta.get("rolling_shutter_s", 0.0),
        tuple(meta.get(f"camera_velocity_{name}", (0.0, 0.0, 0.0))),
        tuple(meta.get(f"camera_turning_{name}", (0.0, 0.0, 0.0))),
    )


def mapped(H: Array, a: Camera, b: Camera, like: NDArray) -> Array:
    """(H, W, 2) where a homography of undistorted pixels takes the pixels of a in b."""
    return b.real(apply_homography(H, a.ideal(grid(like).reshape(-1, 2)))).reshape(*like.shape[:2], 2)


def at_infinity(a: Camera, b: Camera, like: NDArray) -> Array:
    """(H, W, 2) where in b the pixels of a are whose points are infinitely far away."""
    return mapped(infinity_homography(a, b), a, b, like)


def epipolar_fault(a: Camera, b: Camera, flow: Flow) -> str:
    """What to say when too many pixels do not go to the lines of b on which they must lie, without rolling shutters.

    The lens's distortion is taken off first; it makes a step of a stored flow longer at the corners.
    """
    target = grid(flow.valid) + flow.flow
    corner = np.array([[0.0, 0.0], [1.0, 1.0]])
    stretch = max(1.0, float(np.linalg.norm(np.diff(b.ideal(corner), axis=0))) / 2**0.5)
    shown = flow.valid & ~left_frame(flow) if b.distortion != NO_DISTORTION else flow.valid
    ideal = b.ideal(target.reshape(-1, 2)).reshape(target.shape)
    return off(_epipolar_distance(a, b, ideal), shown, EXACT_PX * stretch, HARDLY_ANY)


def _epipolar_distance(a: Camera, b: Camera, target: Array) -> Array:
    """(H, W) distance of targets in b from lines through the image of infinity, towards the image of camera a's
    centre; all of it in undistorted pixels."""
    far = apply_homography(infinity_homography(a, b), a.ideal(grid(target).reshape(-1, 2))).reshape(target.shape)
    eye = b.cam_to_world[:3, :3].T @ (a.centre - b.centre)
    if np.linalg.norm(eye) < 1e-9:
        return np.linalg.norm(target - far, axis=-1)
    ones = np.ones((*far.shape[:2], 1))
    line = np.cross(np.concatenate([far, ones], axis=-1), b.K @ eye)
    return np.abs((line[..., :2] * target).sum(axis=-1) + line[..., 2]) / np.maximum(
        np.linalg.norm(line[..., :2], axis=-1), 1e-12
    )


def flow_of_depth(a: Camera, b: Camera, depth: NDArray[np.float32]) -> Array:
    """(H, W, 2) flow of points that stand still, from depth along the axis of a."""
    pixels = grid(depth)
    origins, directions = a.rays(pixels.reshape(-1, 2))
    reach = np.where(np.isfinite(depth), depth, 1.0).ravel()
    return b.project(origins + directions * reach[:, None])[0].reshape(pixels.shape) - pixels
