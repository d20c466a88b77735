"""Rays against the triangles of one moment: embree finds the triangle, float64 finds the point on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh
from numpy.typing import NDArray

from .meshes import Cutout, Topology

Array = NDArray[np.float64]

_THROUGH_M = 1e-4
"""How far behind a hole a ray goes on. Leaves closer together than this count as one."""

_MOST_HOLES = 64


@dataclass(frozen=True)
class Hits:
    """First surfaces along rays.

    Attributes:
        triangle: (N,) triangle index, -1 where nothing was hit.
        barycentric: (N, 2) weights of the second and third corner, in float64 on the exact ray.
        depth: (N,) ray parameter; for rays of `Camera.rays` the depth in metres. inf where nothing was hit.
    """

    triangle: NDArray[np.int64]
    barycentric: Array
    depth: Array

    @property
    def found(self) -> NDArray[np.bool_]:
        return self.triangle >= 0

    def of(self, rays: NDArray[np.int64]) -> Hits:
        """Those of some of the rays, by their numbers."""
        return Hits(self.triangle[rays], self.barycentric[rays], self.depth[rays])


class Layer:
    """Some of the scene's triangles, ready for rays.

    Args:
        chosen: (M,) which triangles.
    """

    def __init__(self, topology: Topology, vertices: Array, chosen: NDArray[np.int64]) -> None:
        self.chosen = chosen
        self._scene = rtcore_scene.EmbreeScene()
        triangles = topology.triangles[chosen]
        # Embree copies vertices one by one, so it gets those of these triangles alone.
        first, last = (int(triangles.min()), int(triangles.max())) if len(triangles) else (0, -1)
        used = np.zeros(last + 1 - first, bool)
        used[triangles - first] = True
        number = np.cumsum(used, dtype=np.int32) - np.int32(1)
        corners = vertices[first : last + 1][used].astype(np.float32)
        self._mesh = TriangleMesh(self._scene, corners, number[triangles - first])

    def nearest(self, origins: NDArray[np.float32], directions: NDArray[np.float32]) -> tuple[NDArray, NDArray]:
        """Triangle (N,), -1 for none, and distance (N,) in units of the directions, inf for none."""
        answer = self._scene.run(origins, directions, query="INTERSECT", output=True)
        found = answer["primID"].astype(np.int64)
        distance = np.where(found >= 0, answer["tfar"], np.inf)
        return np.where(found >= 0, self.chosen[found], -1), distance


class RayCaster:
    """Casts rays at the scene as it stands at one moment.

    Args:
        topology: triangles and what they are made of.
        vertices: (V, 3) world positions at this moment.
        layers: all triangles, in one or more layers; made here when not given.
    """

    def __init__(self, topology: Topology, vertices: Array, layers: list[Layer] | None = None) -> None:
        self.topology = topology
        self.vertices = vertices
        self._layers = layers or [Layer(topology, vertices, np.arange(len(topology.triangles)))]

    def points(self, hits: Hits) -> Array:
        """(N, 3) where the points of hits, found at any moment, are at this one; NaN where nothing was hit."""
        return surface_points(self.vertices, self.topology.triangles, hits)

    def first_hits(self, origins: Array, directions: Array) -> Hits:
        """The first opaque surface along each ray; holes (alpha <= 0.5) are looked through.

        Args:
            origins, directions: (N, 3); directions need not have unit length.
        """
        count = len(directions)
        triangle = np.full(count, -1, np.int64)
        barycentric = np.zeros((count, 2))
        depth = np.full(count, np.inf)
        active = np.arange(count)
        start = np.zeros(count)
        for _ in range(_MOST_HOLES):
            o, d = origins[active], directions[active]
            hit = self._nearest(o + start[active, None] * d, d)
            active, hit = active[hit >= 0], hit[hit >= 0]
            if len(active) == 0:
                break
            weights, at = solve_on_triangle(
                self.vertices, self.topology.triangles[hit], origins[active], directions[active]
            )
            triangle[active], barycentric[active], depth[active] = hit, weights, at
            hole = self._is_hole(hit, weights)
            active, at = active[hole], at[hole]
            if len(active) == 0:
                break
            triangle[active], barycentric[active], depth[active] = -1, 0.0, np.inf
            step = _THROUGH_M / np.linalg.norm(directions[active], axis=1)
            start[active] = np.maximum(at, start[active]) + step
        return Hits(triangle, barycentric, depth)

    def _nearest(self, origins: Array, directions: Array) -> NDArray[np.int64]:
        o, d = np.ascontiguousarray(origins, np.float32), np.ascontiguousarray(directions, np.float32)
        triangle, distance = self._layers[0].nearest(o, d)
        for layer in self._layers[1:]:
            other, closer = layer.nearest(o, d)
            triangle = np.where(closer < distance, other, triangle)
            distance = np.minimum(closer, distance)
        return triangle

    def _is_hole(self, triangle: NDArray[np.int64], barycentric: Array) -> NDArray[np.bool_]:
        hole = np.zeros(len(triangle), bool)
        kinds = self.topology.cutout[triangle]
        for kind in np.unique(kinds[kinds >= 0]):
            chosen = np.flatnonzero(kinds == kind)
            uv = interpolate(self.topology.uvs[triangle[chosen]].astype(np.float64), barycentric[chosen])
            hole[chosen] = sample_alpha(self.topology.cutouts[kind], uv) <= 0.5
        return hole


def interpolate(corners: Array, barycentric: Array) -> Array:
    """(N, D) values at barycentric (N, 2) inside triangles with corner values (N, 3, D)."""
    u, v = barycentric[:, :1], barycentric[:, 1:]
    return corners[:, 0] * (1 - u - v) + corners[:, 1] * u + corners[:, 2] * v


def surface_points(vertices: Array, triangles: NDArray[np.int32], hits: Hits) -> Array:
    """(N, 3) world points of hits on triangles whose vertices stand at `vertices`, NaN where nothing was hit."""
    points = np.full((len(hits.triangle), 3), np.nan)
    found = hits.found
    points[found] = interpolate(vertices[triangles[hits.triangle[found]]], hits.barycentric[found])
    return points


def solve_on_triangle(
    vertices: Array, triangles: NDArray[np.int32], origins: Array, directions: Array
) -> tuple[Array, Array]:
    """Where rays meet the planes of their triangles: barycentric (N, 2) and ray parameter (N,)."""
    return _solved(*(vertices[triangles[:, k]] for k in range(3)), origins, directions)


def solve_on_corners(corners: Array, origins: Array, directions: Array) -> tuple[Array, Array]:
    """As `solve_on_triangle`, for corners (N, 3, 3)."""
    return _solved(corners[:, 0], corners[:, 1], corners[:, 2], origins, directions)


def _solved(a: Array, b: Array, c: Array, origins: Array, directions: Array) -> tuple[Array, Array]:
    """Moeller and Trumbore, Fast, Minimum Storage Ray/Triangle Intersection, 1997."""
    edge1, edge2 = b - a, c - a
    p = np.cross(directions, edge2)
    determinant = np.einsum("ij,ij->i", edge1, p)
    # A triangle seen exactly edge-on has no solution; its first corner is as good as any.
    determinant = np.where(np.abs(determinant) < 1e-300, np.inf, determinant)
    offset = origins - a
    q = np.cross(offset, edge1)
    u = np.einsum("ij,ij->i", offset, p) / determinant
    v = np.einsum("ij,ij->i", directions, q) / determinant
    return np.stack([u, v], axis=1), np.einsum("ij,ij->i", edge2, q) / determinant


def sample_alpha(cutout: Cutout, uv: Array) -> Array:
    """(N,) opacity at repeating texture coordinates, bilinear like Cycles."""
    height, width = cutout.alpha.shape
    x, y = uv[:, 0] * width - 0.5, uv[:, 1] * height - 0.5
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    fx, fy = x - x0, y - y0
    take = lambda dx, dy: cutout.alpha[(y0 + dy) % height, (x0 + dx) % width]  # noqa: E731
    low = take(0, 0) * (1 - fx) + take(1, 0) * fx
    high = take(0, 1) * (1 - fx) + take(1, 1) * fx
    return low * (1 - fy) + high * fy
