"""Rays against a scene that moves while the rows of a picture are read.

The scene is known exactly at a few moments of the readout, and moves straight between them. Embree finds triangles in
bands of time that are so short that no vertex is farther than `_BAND_M` from where it stands for the ray; the point on
the triangle is then found at the ray's own moment.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from .raycast import Hits, RayCaster, interpolate, solve_on_corners

Array = NDArray[np.float64]

KEY_MOMENTS = 9
"""From a readout before the middle of the exposure to a readout after it, so that what lies just out of the picture has
its moment, too."""

_BAND_M = 1e-3

_MOST_BANDS = 400


class RollingCaster:
    """Casts each ray at the scene as it stands at the ray's own moment.

    Args:
        at: the scene at one moment, from all its vertices (V, 3).
        keys: vertices (V, 3) at `KEY_MOMENTS` moments, evenly from -readout_s to readout_s.

    Attributes:
        topology: as of a `RayCaster`.
        vertices: (V, 3) in the middle of the exposure.
    """

    def __init__(self, at: Callable[[Array], RayCaster], keys: list[Array], readout_s: float) -> None:
        middle = at(keys[len(keys) // 2])
        self.topology, self.vertices = middle.topology, middle.vertices
        self._at, self._keys, self._span_s = at, keys, 2 * readout_s
        farthest = sum(float(np.linalg.norm(b - a, axis=1).max()) for a, b in itertools.pairwise(keys))
        self._bands = int(np.clip(np.ceil(farthest / (2 * _BAND_M)), 1, _MOST_BANDS))

    def first_hits(self, origins: Array, directions: Array, dt: Array) -> Hits:
        """As of a `RayCaster`, for rays at moments dt (N,)."""
        triangle = np.full(len(directions), -1, np.int64)
        barycentric, depth = np.zeros((len(directions), 2)), np.full(len(directions), np.inf)
        for chosen, caster in self._in_bands(dt):
            hits = caster.first_hits(origins[chosen], directions[chosen])
            triangle[chosen] = hits.triangle
            on = chosen[hits.found]
            barycentric[on], depth[on] = solve_on_corners(
                self._corners(hits.triangle[hits.found], dt[on]), origins[on], directions[on]
            )
        return Hits(triangle, barycentric, depth)

    def points(self, hits: Hits, dt: Array) -> Array:
        """(N, 3) where the points of hits are at moments dt (N,); NaN where nothing was hit."""
        points = np.full((len(dt), 3), np.nan)
        found = hits.found
        points[found] = interpolate(self._corners(hits.triangle[found], dt[found]), hits.barycentric[found])
        return points

    def snapped(self, dt: Array) -> Array:
        """(N,) the moments of the bands that moments dt fall in, at which `blockers` looks."""
        return ((self._band(dt) + 0.5) / self._bands - 0.5) * self._span_s

    def blockers(self, eyes: Array, offsets: Array, dt: Array) -> Hits:
        """First hits from eyes (N, 3) towards offsets (N, 3), with the scene as at `snapped(dt)`."""
        triangle, depth = np.full(len(dt), -1, np.int64), np.full(len(dt), np.inf)
        for chosen, caster in self._in_bands(dt):
            hits = caster.first_hits(eyes[chosen], offsets[chosen])
            triangle[chosen], depth[chosen] = hits.triangle, hits.depth
        return Hits(triangle, np.zeros((len(dt), 2)), depth)

    def _in_bands(self, dt: Array) -> Iterator[tuple[NDArray[np.int64], RayCaster]]:
        """The rays of each band, by their numbers, and the scene in the middle of it."""
        band = self._band(dt)
        for k in np.unique(band):
            moment = ((k + 0.5) / self._bands - 0.5) * self._span_s
            n, share = self._key(np.array([moment]))
            a, b = self._keys[n[0]], self._keys[n[0] + 1]
            yield np.flatnonzero(band == k), self._at(a + share[0] * (b - a))

    def _band(self, dt: Array) -> NDArray[np.int64]:
        return np.clip(((dt / self._span_s + 0.5) * self._bands).astype(np.int64), 0, self._bands - 1)

    def _key(self, dt: Array) -> tuple[NDArray[np.int64], Array]:
        """The key before each moment, and how far it is from there to the next."""
        where = np.clip((dt / self._span_s + 0.5) * (len(self._keys) - 1), 0, len(self._keys) - 1)
        n = np.minimum(where.astype(np.int64), len(self._keys) - 2)
        return n, where - n

    def _corners(self, triangle: NDArray[np.int64], dt: Array) -> Array:
        """(N, 3, 3) corners of triangles at moments dt (N,)."""
        vertex = self.topology.triangles[triangle]
        n, share = self._key(dt)
        corners = np.empty((len(triangle), 3, 3))
        for k in np.unique(n):
            own = n == k
            a, b = self._keys[k][vertex[own]], self._keys[k + 1][vertex[own]]
            corners[own] = a + share[own, None, None] * (b - a)
        return corners
