"""Hair for bodies that come without any: that of our own characters, laid on the head as rays find it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..meshes import Mesh
from ..people.heads import hair_cap
from .probing import Array, Solid

STYLES = ("short", "crop", "curly")
_OUR_HEAD_M = 0.224
_OUR_AXIS_M = 0.010
"""How far the axis of our heads lies behind the origin of their sections."""
_LEAST_VERTICES = 20
_TALLEST, _FLATTEST = 1.9, 0.75
"""Height of a head over its width."""
_UNEVEN = 1.9
"""Largest over smallest reach of a section about its middle; more is horns, hats and hair."""
_AS_WIDE = 0.8
_LEVELS = (0.45, 0.6, 0.75, 0.85)


@dataclass(frozen=True)
class MeasuredHead:
    """A head that rays measure, with its face to -y.

    Attributes:
        chin, top: heights, metres.
        axis: (2,) x and y of its middle.
    """

    solid: Solid
    chin: float
    top: float
    axis: Array

    @property
    def s(self) -> float:
        return (self.top - self.chin) / _OUR_HEAD_M

    def height(self, t: float) -> float:
        return self.chin + t * (self.top - self.chin)

    def reach(self, t: float, angles: Array) -> Array:
        """(N,) how far the head reaches from its axis at a level; 0 where there is nothing."""
        far = 2.0 * (self.top - self.chin)
        ways = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(len(angles))])
        # Exactly at the top there would be nothing to hit.
        middle = np.array([*self.axis, self.height(min(t, 0.995))])
        _, away = self.solid.first(middle + far * ways, -ways)
        return np.where(away < far, far - away, 0.0)

    def section(self, t: float, angles: Array) -> Array:
        """(N, 2) cross-section about the axis. What stands out at one angle alone, as an ear does, is cut off."""
        reach = self.reach(t, angles)
        steps = [np.roll(reach, k) for k in range(-4, 5)]
        reach = np.minimum(reach, np.median(steps, axis=0) + 0.005 * self.s)
        return np.column_stack([np.cos(angles) * reach, np.sin(angles) * reach + _OUR_AXIS_M * self.s])


def measure_head(
    points: Array, triangles: NDArray[np.int32], belongs: NDArray[np.bool_], joint_z: float
) -> MeasuredHead | str:
    """The head of a body that faces -y, or why no hair of ours would lie on it.

    Args:
        points: (V, 3) of the body.
        triangles: (T, 3) of the body.
        belongs: (V,) whether a vertex follows the head.
        joint_z: height of the joint that carries the head.
    """
    if belongs.sum() < _LEAST_VERTICES:
        return f"its head has only {int(belongs.sum())} vertices"
    top = float(points[belongs, 2].max())
    chin = max(float(points[belongs, 2].min()), joint_z)
    upper = points[belongs & (points[:, 2] > chin + 0.4 * (top - chin))]
    low, high = upper.min(axis=0), upper.max(axis=0)
    wide = max(float(high[0] - low[0]), 1e-6)
    if not _FLATTEST < (top - chin) / wide < _TALLEST:
        return f"its head is {(top - chin) / wide:.2g} times as high as wide"
    solid = Solid(points, triangles[belongs[triangles].all(axis=1)])
    return MeasuredHead(solid, chin, top, (low + high)[:2] / 2)


def is_round(head: MeasuredHead) -> bool:
    """Whether hair that follows the head's sections would look like hair."""
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    sections = [head.reach(level, angles) for level in _LEVELS]
    return all(0 < reach.max() < _UNEVEN * reach.min() for reach in sections)


def long_hair(head: MeasuredHead) -> NDArray[np.bool_] | None:
    """(T,) triangles of the head's solid that are hair, where the file's body has hair down to its chin.

    Such a head is as wide and as deep at the jaw as above the ears. All of it is hair but a window for the face.
    """
    angles = np.radians(np.array([0.0, 180.0, 60.0, 90.0, 120.0]))  # both sides, and the back
    low, high = (head.reach(level, angles) for level in (0.15, 0.5))
    if (low < _AS_WIDE * high).any():
        return None
    middle = head.solid.corners.mean(axis=1)
    x, y = (middle[:, :2] - head.axis).T
    away = np.degrees(np.abs(np.arctan2(x, -y)))
    level = (middle[:, 2] - head.chin) / (head.top - head.chin)
    return level > np.interp(away, [0, 35, 50, 60], [0.74, 0.7, 0.6, 0.0])


def hair_of(head: MeasuredHead, style: str) -> Mesh:
    """Hair in one of `STYLES`, where the head is."""
    x, y = head.axis
    return hair_cap(head, style, 0).moved(float(x), float(y) - _OUR_AXIS_M * head.s)
