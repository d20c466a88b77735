"""Rays and samples of one mesh that stands still: what the search for free floor asks of an imported place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh
from numpy.typing import NDArray

Array = NDArray[np.float64]

_STEP_M = 1e-3
_MOST_LAYERS = 64
_CHUNK = 2_000_000


@dataclass(frozen=True)
class Columns:
    """What upright lines through a place meet, from above down, line after line.

    Attributes:
        line: (H,) number of the line.
        z: (H,) height of the surface.
        upward: (H,) z of its unit normal.
        room: (H,) free height above it, inf below the sky.
        roofed: (H,) whether anything is above it.
    """

    line: NDArray[np.int64]
    z: Array
    upward: Array
    room: Array
    roofed: NDArray[np.bool_]


class Solid:
    """Triangles, ready for rays.

    Args:
        points: (V, 3) metres.
        triangles: (T, 3) indices of points.
    """

    def __init__(self, points: Array, triangles: NDArray[np.int32]) -> None:
        self.points, self.triangles = points, triangles
        self.corners = points[triangles]
        a, b, c = self.corners.transpose(1, 0, 2)
        across = np.cross(b - a, c - a)
        length = np.linalg.norm(across, axis=1)
        self.areas = length / 2
        self.normals = across / np.maximum(length, 1e-30)[:, None]
        self._scene = rtcore_scene.EmbreeScene()
        self._mesh = TriangleMesh(self._scene, points.astype(np.float32), triangles.astype(np.int32))

    def first(self, origins: Array, directions: Array) -> tuple[NDArray[np.int64], Array]:
        """Triangle (N,), -1 for none, and distance (N,) in lengths of the directions, inf for none."""
        origins, directions = np.broadcast_arrays(*np.atleast_2d(origins, directions))
        one, two = (np.ascontiguousarray(values, np.float32) for values in (origins, directions))
        answer = self._scene.run(one, two, query="INTERSECT", output=True)
        found = answer["primID"].astype(np.int64)
        return found, np.where(found >= 0, answer["tfar"], np.inf).astype(np.float64)

    def columns(self, xy: Array) -> Columns:
        """Every surface that upright lines (N, 2) meet."""
        top = float(self.points[:, 2].max()) + 1.0
        height, above = np.full(len(xy), top), np.full(len(xy), np.inf)
        active = np.arange(len(xy))
        parts = []
        for _ in range(_MOST_LAYERS):
            origins = np.column_stack([xy[active], height[active]])
            triangle, distance = self.first(origins, np.array([0.0, 0.0, -1.0]))
            hit = triangle >= 0
            active, triangle, distance = active[hit], triangle[hit], distance[hit]
            if not len(active):
                break
            z = height[active] - distance
            parts.append((active, z, self.normals[triangle, 2], above[active] - z, np.isfinite(above[active])))
            above[active], height[active] = z, z - _STEP_M
        if not parts:
            return Columns(np.zeros(0, np.int64), *np.zeros((3, 0)), np.zeros(0, bool))
        return Columns(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def samples(self, spacing: float) -> Iterator[Array]:
        """(N, 3) points on all triangles, in pieces; their neighbours are at most that far from each other."""
        a, b, c = self.corners.transpose(1, 0, 2)
        sides = np.stack([np.linalg.norm(c - b, axis=1), np.linalg.norm(a - c, axis=1), np.linalg.norm(b - a, axis=1)])
        tip = sides.argmin(axis=0)  # the corner across the shortest side
        order = (tip[:, None] + [0, 1, 2]) % 3
        turned = np.take_along_axis(self.corners, order[:, :, None], axis=1)
        steps = lambda lengths: np.ceil(np.log2(np.maximum(lengths / spacing, 1.0))).astype(int)  # noqa: E731
        along, across = steps(sides.max(axis=0)), steps(sides.min(axis=0))
        for n, m in np.unique(np.stack([along, across], axis=1), axis=0):
            chosen = turned[(along == n) & (across == m)]
            u, v = (x.ravel() for x in np.meshgrid(np.linspace(0, 1, 2**n + 1), np.linspace(0, 1, 2**m + 1)))
            weights = np.stack([1 - u, u * (1 - v), u * v], axis=1)
            for piece in np.array_split(chosen, max(1, len(chosen) * len(weights) // _CHUNK)):
                yield np.einsum("sk,tkd->tsd", weights, piece).reshape(-1, 3)

    def backs(self, eye: Array) -> float:
        """Share of all directions from a point in which a surface shows its back."""
        triangle, _ = self.first(np.broadcast_to(eye, DIRECTIONS.shape), DIRECTIONS)
        hit = triangle >= 0
        behind = np.einsum("ij,ij->i", self.normals[triangle[hit]], DIRECTIONS[hit]) > 0
        return float(behind.sum() / len(DIRECTIONS))


def sphere(count: int) -> Array:
    """(N, 3) unit directions, evenly spread."""
    k = np.arange(count) + 0.5
    z, angle = 1 - 2 * k / count, k * np.pi * (1 + np.sqrt(5))
    return np.column_stack([np.sqrt(1 - z * z) * np.cos(angle), np.sqrt(1 - z * z) * np.sin(angle), z])


DIRECTIONS = sphere(300)
