"""What must be true of a `rigid` pair: an angle in the range, the cameras turned by it, and pictures that fit by it and
have no black corners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import cv2
import numpy as np

from viewlock.geometry import Camera, apply_homography, infinity_homography, rotation_homography

from .checks import correlation, grid, missing
from .flow_checks import ENOUGH, Array, Mask

_CLOSE_PX = 1e-3

_BLACK = 2
"""Sensor noise of a black corner is cut off below; JPEG leaves little more."""

_TURN_DEG, _LIKE, _WORSE = 4.0, 0.5, 0.02
"""A pair that fits so well when it is turned by so much more or less, and better by so much than as it is, is not
turned by what `meta` says."""


def turned_faults(sample: Mapping[str, Any], config: Mapping[str, Any] | None = None) -> Iterator[str]:
    """One line for each thing that is wrong with a decoded pair, beginning with the field's name.

    Args:
        config: the configuration, as plain data, if it is known.
    """
    if lacking := missing(sample, {"fixed", "moved", "meta"}):
        yield lacking
        return
    theta = sample["meta"]["theta_deg"]
    if config is not None and "theta_deg" in config:
        low, high = config["theta_deg"]
        if not low <= theta <= high:
            yield f"meta: theta_deg: expected {low} to {high}, got {theta}"
    yield from _matrix_faults(sample["meta"], sample["fixed"].shape[:2])
    yield from _corner_faults(sample["moved"], theta)
    yield from _picture_faults(sample["fixed"], sample["moved"], theta)


def _matrix_faults(meta: Mapping[str, Any], size: tuple[int, int]) -> Iterator[str]:
    height, width = size
    ends = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], float)
    turned = apply_homography(rotation_homography(np.radians(meta["theta_deg"]), width, height), ends)
    K = np.array(meta["K"])
    fixed, moved = (Camera(width, height, K, np.array(meta[f"cam_to_world_{name}"])) for name in ("fixed", "moved"))
    if not np.abs(apply_homography(np.array(meta["H_fixedtomoved"]), ends) - turned).max() < _CLOSE_PX:
        yield "meta: H_fixedtomoved: not the rotation by theta_deg"
    shift = float(np.linalg.norm(fixed.centre - moved.centre))
    if not (np.abs(apply_homography(infinity_homography(fixed, moved), ends) - turned).max() < _CLOSE_PX > shift):
        yield "meta: cam_to_world_moved: not the fixed camera, rolled by theta_deg"


def _corner_faults(moved: np.ndarray, theta_deg: float) -> Iterator[str]:
    """Corners that a resampled picture would lack are black, and what lies beside them is not."""
    height, width = moved.shape[:2]
    corners, beside = _outside(moved, theta_deg, -1.0), _outside(moved, theta_deg, 4.0)
    beside &= ~_outside(moved, theta_deg, 1.0)
    dark = moved.max(axis=-1) <= _BLACK
    if min(corners.sum(), beside.sum()) >= ENOUGH and dark[corners].mean() > 0.9 and dark[beside].mean() < 0.5:
        yield f"moved: {int(dark[corners].sum())} of its {width * height} pixels are black corners"


def _outside(moved: np.ndarray, theta_deg: float, margin: float) -> Mask:
    """(H, W) pixels of the moved picture that come from outside of the fixed one, or from so near to its border."""
    height, width = moved.shape[:2]
    H = rotation_homography(np.radians(-theta_deg), width, height)
    x, y = apply_homography(H, grid(moved).reshape(-1, 2)).T
    out = (x < margin - 0.5) | (x > width - 0.5 - margin) | (y < margin - 0.5) | (y > height - 0.5 - margin)
    return out.reshape(height, width)


def _picture_faults(fixed: np.ndarray, moved: np.ndarray, theta_deg: float) -> Iterator[str]:
    fits = {turn: _likeness(fixed, moved, theta_deg + turn) for turn in (0.0, _TURN_DEG, -_TURN_DEG)}
    fits |= {f"back by {2 * abs(theta_deg):.1f}": _likeness(fixed, moved, -theta_deg)} if abs(theta_deg) > 2 else {}
    best = max(fits, key=lambda turn: fits[turn])
    if fits[best] > max(_LIKE, fits[0.0] + _WORSE):
        more = best if isinstance(best, str) else f"{best:+.0f}"
        yield f"moved: fits fixed better when it is turned {more} degrees: {fits[best]:.2f} over {fits[0.0]:.2f}"


def _likeness(fixed: np.ndarray, moved: np.ndarray, theta_deg: float) -> float:
    """Correlation of the moved picture with the fixed one turned by an angle, on the disc that all angles keep."""
    height, width = fixed.shape[:2]
    one, two = (cv2.GaussianBlur(picture.mean(axis=-1), (0, 0), 1.0) for picture in (fixed, moved))
    turned = cv2.warpPerspective(one, rotation_homography(np.radians(theta_deg), width, height), (width, height))
    middle: Array = np.array([(width - 1) / 2, (height - 1) / 2])
    disc = np.linalg.norm(grid(fixed) - middle, axis=-1) < min(width, height) / 2 - 2
    return correlation(turned[disc], two[disc])
