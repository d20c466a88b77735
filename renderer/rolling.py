"""Rays against a scene that moves while the rows of a picture are read.

The scene is known exactly at a few moments of the readout, and moves straight between them. Embree finds triangles in
bands of time, in which each object stands where it is in the middle of its own band. These are so short that nothing
of it is farther than `_BAND_M` from there; the point on the triangle is then found at the ray's own moment.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from .meshes import Topology
from .raycast import Hits, Layer, RayCaster, interpolate, solve_on_corners

Array = NDArray[np.float64]

KEY_MOMENTS = 9
"""From a readout before the middle of the exposure to a readout after it, so that what lies just out of the picture has
its moment, too."""

_BAND_M = 2e-3

_FINEST = 9
"""At most 2^9 bands."""


class RollingCaster:
    """Casts each ray at the scene as it stands at the ray's own moment.

    Args:
        topology: as of a `RayCaster`.
        still: what never moves.
        moving: triangles of each object that ever moves.
        keys: vertices (V, 3) at `KEY_MOMENTS` moments, evenly from -readout_s to readout_s.

    Attributes:
        vertices: (V, 3) in the middle of the exposure.
    """

    def __init__(
        self,
        topology: Topology,
        still: list[Layer],
        moving: Mapping[int, NDArray[np.int64]],
        keys: list[Array],
        readout_s: float,
    ) -> None:
        self.topology, self.vertices = topology, keys[len(keys) // 2]
        self._still, self._moving, self._keys, self._span_s = still, moving, keys, 2 * readout_s
        # The exponent of each triangle's number of bands, which is a power of two so that bands lie within bands.
        self._fine = np.zeros(len(topology.triangles), np.int64)
        for triangles in moving.values():
            self._fine[triangles] = self._exponent(np.unique(topology.triangles[triangles]))
        self._finest = int(self._fine.max(initial=0))

    def _exponent(self, vertex: NDArray[np.int64]) -> int:
        steps = (np.linalg.norm(b[vertex] - a[vertex], axis=1) for a, b in itertools.pairwise(self._keys))
        farthest = float(sum(steps).max())
        return int(np.clip(np.ceil(np.log2(max(farthest / (2 * _BAND_M), 1.0))), 0, _FINEST))

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

    def snapped(self, hits: Hits, dt: Array) -> Array:
        """(N,) the moments at which `blockers` sees the objects that were hit, for rays at moments dt (N,)."""
        behind = self._finest - np.where(hits.found, self._fine[hits.triangle], 0)
        return self._middle(self._band(dt) >> behind, self._finest - behind)

    def blockers(self, eyes: Array, offsets: Array, dt: Array) -> Hits:
        """First hits from eyes (N, 3) towards offsets (N, 3) at moments dt (N,), with objects as at `snapped`."""
        triangle, depth = np.full(len(dt), -1, np.int64), np.full(len(dt), np.inf)
        for chosen, caster in self._in_bands(dt):
            hits = caster.first_hits(eyes[chosen], offsets[chosen])
            triangle[chosen], depth[chosen] = hits.triangle, hits.depth
        return Hits(triangle, np.zeros((len(dt), 2)), depth)

    def _in_bands(self, dt: Array) -> Iterator[tuple[NDArray[np.int64], RayCaster]]:
        """The rays of each band, by their numbers, and the scene in it."""
        bands = self._band(dt)
        vertices = self.vertices.copy()
        layers: dict[int, tuple[int, Layer]] = {}
        for band in np.unique(bands):
            for k, triangles in self._moving.items():
                exponent = int(self._fine[triangles[0]])
                own = int(band) >> (self._finest - exponent)
                if k not in layers or layers[k][0] != own:
                    moment = self._middle(np.array([own]), np.array([exponent]))
                    vertex = np.unique(self.topology.triangles[triangles])
                    n, share = self._key(moment)
                    a, b = self._keys[n[0]][vertex], self._keys[n[0] + 1][vertex]
                    vertices[vertex] = a + share[0] * (b - a)
                    layers[k] = own, Layer(self.topology, vertices, triangles)
            moved = [layer for _, layer in layers.values()]
            yield np.flatnonzero(bands == band), RayCaster(self.topology, vertices, self._still + moved)

    def _band(self, dt: Array) -> NDArray[np.int64]:
        """(N,) numbers of the finest bands."""
        count = 2**self._finest
        return np.clip(((dt / self._span_s + 0.5) * count).astype(np.int64), 0, count - 1)

    def _middle(self, band: NDArray[np.int64], exponent: NDArray[np.int64]) -> Array:
        return ((band + 0.5) / 2.0**exponent - 0.5) * self._span_s

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
