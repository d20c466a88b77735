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
        self._normals = np.array([normal for _, normal, _ in stage.planes])
        self._offsets = np.array([offset for _, _, offset in stage.planes])

    def distance(self, eye: Array, directions: Array) -> Array:
        """(N,) in lengths of the directions (N, 3); inf for the sky."""
        towards = directions @ self._normals.T
        height = self._normals @ eye - self._offsets
        with np.errstate(divide="ignore", invalid="ignore"):
            hits = np.where((towards < 0) & (height > 0), -height / towards, np.inf)
        nearest = hits.min(axis=1)
        for pillar in self.pillars:
            nearest = np.minimum(nearest, _to_pillar(pillar, eye, directions))
        return nearest

    def clearance(self, eye: Array) -> float:
        """Least distance in metres from a point to a pillar."""
        gaps = [
            float(np.linalg.norm(p.centre - eye[:2])) - p.radius if p.low - 0.2 < eye[2] < p.high + 0.2 else np.inf
            for p in self.pillars
        ]
        return min(gaps, default=np.inf)

    def expect(self, one: Camera, two: Camera) -> Expected:
        """What two cameras share, from a few rays."""
        pixels, there, seen = self._shared(one, two)
        overlap = float(seen[0].mean())
        both = seen[1]
        if both.sum() < 24:
            return Expected(np.inf, overlap)
        try:
            unit = one.width / PARALLAX_WIDTH
            H = best_homography(pixels[both], there[both], huber_px=np.inf)
        except ValueError:  # all on one line
            return Expected(np.inf, overlap)
        return Expected(float(np.median(transfer_error(H, pixels[both], there[both]))) / unit, overlap)

    def overlap(self, one: Camera, two: Camera) -> float:
        """Share of the first camera's picture that is in frame in the second."""
        return float(self._shared(one, two)[2][0].mean())

    def _shared(self, one: Camera, two: Camera) -> tuple[Array, Array, tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
        """Pixels of `one`, where they are in `two`, and whether they are in frame there, and seen, too."""
        small = one.resized(_GRID, _GRID)
        _, directions = small.rays(pixel_grid(_GRID, _GRID))
        away = self.distance(one.centre, directions)
        sky = np.isinf(away)
        points = one.centre - two.centre + np.where(sky, 0.0, away)[:, None] * directions
        offsets = np.where(sky[:, None], directions, points)
        there, depth = two.project_directions(offsets)
        inside = (depth > 0) & two.in_frame(there)
        met = self.distance(two.centre, offsets)
        clear = np.where(sky, np.isinf(met), met > 1 - _SLACK)
        return one.project_directions(directions)[0], there, (inside, inside & clear)


def _to_pillar(pillar: Pillar, eye: Array, directions: Array) -> Array:
    """(N,) along the rays to the side of an upright cylinder, from outside."""
    flat, start = directions[:, :2], eye[:2] - pillar.centre
    a, b, c = (flat**2).sum(axis=1), flat @ start, start @ start - pillar.radius**2
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(b * b - a * c)
        t = (-b - root) / a
        z = eye[2] + t * directions[:, 2]
        return np.where((t > 0) & (z >= pillar.low) & (z <= pillar.high), t, np.inf)
