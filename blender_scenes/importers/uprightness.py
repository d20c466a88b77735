"""Which way is up in a file that does not say: the way in which the thing would stand."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_CONTACT = 0.015
"""Vertices within this share of the size from the lowest one touch the ground."""

_FALLS, _STANDS = np.radians(1.5), np.radians(8.0)
_SLIM = 1.2
_EVEN = 0.06


def tilt(points: Array, triangles: NDArray[np.int64], up: int) -> float:
    """By how many radians a thing can be tilted before it falls over; 0 if it would not stand at all.

    Args:
        points: (V, 3).
        triangles: (T, 3); its surface is taken for its mass.
        up: the axis that points up.
    """
    flat = [axis for axis in range(3) if axis != up]
    a, b, c = points[triangles].transpose(1, 0, 2)
    areas = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    middle = ((a + b + c) / 3 * areas[:, None]).sum(axis=0) / max(areas.sum(), 1e-30)
    used = points[np.unique(triangles)]
    low = used[:, up].min()
    touching = used[used[:, up] < low + _CONTACT * np.ptp(used, axis=0).max()][:, flat]
    hull = cv2.convexHull(touching.astype(np.float32))
    if len(hull) < 3:
        return 0.0
    inside = cv2.pointPolygonTest(hull, (float(middle[flat[0]]), float(middle[flat[1]])), True)
    return float(np.arctan2(max(inside, 0.0), max(middle[up] - low, 1e-30)))


def slim_about(points: Array, triangles: NDArray[np.int64], axis: int) -> bool:
    """Whether a thing is long along an axis and much the same from all sides about it, as bottles and vases are."""
    used = points[np.unique(triangles)]
    size = np.ptp(used, axis=0)
    others = [k for k in range(3) if k != axis]
    wide, narrow = sorted(size[others], reverse=True)
    if size[axis] < _SLIM * wide or narrow < (1 - _EVEN) * wide:
        return False
    a, b, c = points[triangles].transpose(1, 0, 2)
    areas = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    centres = ((a + b + c) / 3)[:, others]
    spread = np.cov(centres.T, aweights=areas)
    low, high = np.linalg.eigvalsh(spread)
    return bool(low > (1 - 2 * _EVEN) * high)


def stands_better(points: Array, triangles: NDArray[np.int64], rule: int, other: int) -> bool:
    """Whether another axis must point up in a file than the one that does by custom.

    The thing must fall over with the one up and stand with the other up, or be a bottle that lies. What lies better
    than it stands, as a book does, stays as it is.

    Args:
        rule, other: axes.
    """
    by_rule, else_ = tilt(points, triangles, rule), tilt(points, triangles, other)
    if by_rule < _FALLS and else_ > _STANDS:
        return True
    return else_ > _FALLS and slim_about(points, triangles, other) and not slim_about(points, triangles, rule)
