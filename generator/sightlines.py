"""How far one sees in a place before it is built: planes, and pillars for whatever stands about. For planning views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewlock.geometry import Camera, best_homography, pixel_grid, transfer_error

from .parallax_spec import PARALLAX_WIDTH
from .places import Stage

Array = NDArray[np.float64]

_GRID = 16
"""Rays across a picture, and down."""

_LEAST_RAYS = 24
"""Fewer rays that both see say nothing."""

_SLACK = 0.03
"""What is hit within this share of a point's distance is the point itself."""


class Pillar(NamedTuple):
    """Stand-in of a body.

    Attributes:
        centre: (2,) metres.
    """

    centre: Array
    radius: float
    low: float
    high: float


class Expected(NamedTuple):
    """What two views of a place should share.

    Attributes:
        parallax_px: median residual after the best homography, in pixels of a picture 512 wide; inf if too little is
            seen by both.
        overlap: share of the first picture that is in frame in the second.
    """

    parallax_px: float
    overlap: float


class Sightlines:
    """Rays against the large planes of a place, from their front, and against pillars."""

    def __init__(self, stage: Stage, pillars: Sequence[Pillar]) -> None:
        self.pillars = list(pillars)
        planes = [*(plane[1:] for plane in stage.planes), *stage.bounds]
        self._normals = np.array([normal for normal, _ in planes])
        self._offsets = np.array([offset for _, offset in planes])
        self._centres = np.array([p.centre for p in pillars]).reshape(-1, 2)
        self._radii, self._lows, self._highs = np.array([p[1:] for p in pillars]).reshape(-1, 3).T

    def distance(self, eye: Array, directions: Array) -> Array:
        """(N,) in lengths of the directions (N, 3); inf for the sky."""
        towards = directions @ self._normals.T
        height = self._normals @ eye - self._offsets
        with np.errstate(divide="ignore", invalid="ignore"):
            planes = np.where((towards < 0) & (height > 0), -height / towards, np.inf)
        return np.concatenate([planes, self._to_pillars(eye, directions)], axis=1).min(axis=1)

    def _to_pillars(self, eye: Array, directions: Array) -> Array:
        """(N, P) to the sides of upright cylinders, from outside."""
        flat, start = directions[:, :2], eye[:2] - self._centres
        a, b = (flat**2).sum(axis=1)[:, None], flat @ start.T
        with np.errstate(divide="ignore", invalid="ignore"):
            t = (-b - np.sqrt(b * b - a * ((start**2).sum(axis=1) - self._radii**2))) / a
            z = eye[2] + t * directions[:, 2:]
            return np.where((t > 0) & (z >= self._lows) & (z <= self._highs), t, np.inf)

    def clearance(self, eye: Array) -> float:
        """Least distance in metres from a point to a pillar."""
        gaps = [
            float(np.linalg.norm(p.centre - eye[:2])) - p.radius if p.low - 0.2 < eye[2] < p.high + 0.2 else np.inf
            for p in self.pillars
        ]
        return min(gaps, default=np.inf)

    def expect(self, one: Camera, two: Camera) -> Expected:
        """What two cameras share, from a few rays."""
        shared = self._shared(one, two)
        met = self.distance(two.centre, shared.offsets)
        both = shared.inside & np.where(shared.sky, np.isinf(met), met > 1 - _SLACK)
        overlap = float(shared.inside.mean())
        if both.sum() < _LEAST_RAYS:
            return Expected(np.inf, overlap)
        source, target = shared.here[both], shared.there[both]
        try:
            H = best_homography(source, target, huber_px=np.inf)
        except ValueError:  # all on one line
            return Expected(np.inf, overlap)
        return Expected(float(np.median(transfer_error(H, source, target))) * PARALLAX_WIDTH / one.width, overlap)

    def overlap(self, one: Camera, two: Camera) -> float:
        """Share of the first camera's picture that is in frame in the second."""
        return float(self._shared(one, two).inside.mean())

    def _shared(self, one: Camera, two: Camera) -> _Shared:
        _, directions = one.resized(_GRID, _GRID).rays(pixel_grid(_GRID, _GRID))
        away = self.distance(one.centre, directions)
        sky = np.isinf(away)
        points = one.centre - two.centre + np.where(sky, 0.0, away)[:, None] * directions
        offsets = np.where(sky[:, None], directions, points)
        there, depth = two.project_directions(offsets)
        inside = (depth > 0) & two.in_frame(there)
        return _Shared(one.project_directions(directions)[0], there, offsets, sky, inside)


class _Shared(NamedTuple):
    """Rays of a first camera in a second.

    Attributes:
        here, there: pixels in either.
        offsets: of the points from the second camera's centre; directions for the sky.
        inside: in frame in the second.
    """

    here: Array
    there: Array
    offsets: Array
    sky: NDArray[np.bool_]
    inside: NDArray[np.bool_]
