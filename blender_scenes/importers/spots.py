"""From free rectangles of an imported place to spots: what is seen from them, what bounds them, where lamps hang."""

from __future__ import annotations

import numpy as np

from viewlock.assets_manifest.prepared import Spot, Vector

from .probing import DIRECTIONS, Array, Solid
from .walkable import Rectangle

MOST_SPOTS = 12
_EYE_M = 1.4
_INSIDE = 0.5
"""A point around which more of all directions show backs of faces is within something."""
_WORTH_USING = 0.3
"""Rectangles smaller than this share of the largest, of those indoors or of those outdoors, are not used."""
_FAR_M = 120.0
_SEEN = 150
_WALL_SHARE = 0.6
_EXACT_M = 1e-3
_MOST_LAMPS = 6
_BELOW_CEILING_M = 0.3


def find_spots(solid: Solid, rectangles: list[Rectangle], lamps: list[Array]) -> tuple[Spot, ...]:
    """The free rectangles of a place that are within nothing solid, those with most to see first.

    Args:
        lamps: (3,) where lamps of the file hang.
    """
    largest = {roof: max((r.area for r in rectangles if r.indoor == roof), default=0.0) for roof in (True, False)}
    rectangles = [r for r in rectangles if r.area > _WORTH_USING * largest[r.indoor]]
    seen = [_eyes(rectangle) for rectangle in rectangles]
    outside = [float(np.median([solid.backs(eye) for eye in eyes])) <= _INSIDE for eyes in seen]
    rank = [_enclosed(solid, eyes) for eyes in seen]
    order = sorted(np.flatnonzero(outside), key=lambda k: -rank[k])  # stable: the largest first where as much is seen
    return tuple(_spot(solid, rectangles[k], lamps) for k in order[:MOST_SPOTS])


def faces_look_away(solid: Solid, rectangles: list[Rectangle]) -> bool:
    """Whether most of the free floor shows its back to those who walk on it."""
    total = turned = 0.0
    for rectangle in rectangles:
        below, _ = solid.first(_eyes(rectangle), np.array([0.0, 0.0, -1.0]))
        back = bool((solid.normals[below[below >= 0], 2] < 0).mean() > 0.5) if (below >= 0).any() else False
        total, turned = total + rectangle.area, turned + back * rectangle.area
    return turned > 0.5 * total


def _eyes(rectangle: Rectangle) -> Array:
    """(5, 3) points at the height of a low camera: in the middle, and half way to the corners."""
    low, high = np.array(rectangle.low), np.array(rectangle.high)
    shares = np.array([[0.5, 0.5], [0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]])
    flat = low + shares * (high - low)
    return np.column_stack([flat, np.full(5, rectangle.z + _EYE_M)])


def _enclosed(solid: Solid, eyes: Array) -> float:
    """Share of level and slightly raised directions in which something stands not far away."""
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    rise = np.tile([0.0, 0.12, 0.25], 16)
    ways = np.column_stack([np.cos(angle), np.sin(angle), rise])
    hits = [np.isfinite(solid.first(eye, ways)[1]) & (solid.first(eye, ways)[1] < 40.0) for eye in eyes]
    return round(float(np.mean(hits)), 1)


def _spot(solid: Solid, rectangle: Rectangle, lamps: list[Array]) -> Spot:
    low, high = np.array(rectangle.low), np.array(rectangle.high)
    z, level = _exact(solid, rectangle)
    centre = np.array([*((low + high) / 2), z])
    half = (high - low) / 2
    ceiling = rectangle.ceiling_m if np.isfinite(rectangle.ceiling_m) else None
    return Spot(
        centre=_vector(centre),
        half_width=float(half[0]),
        half_depth=float(half[1]),
        ceiling_m=ceiling,
        indoor=rectangle.indoor,
        level=level,
        backdrop=tuple(map(_vector, _backdrop(solid, centre, half))),
        walls=_walls(solid, centre, half),
        lamps=tuple(map(_vector, _hanging(solid, centre, half, rectangle, lamps))),
    )


def _vector(values: Array) -> Vector:
    x, y, z = (round(float(v), 6) + 0.0 for v in values)
    return (x, y, z)


def _exact(solid: Solid, rectangle: Rectangle) -> tuple[float, bool]:
    """Height of the floor's largest exact plane, and whether it makes up most of the rectangle."""
    low, high = solid.corners.min(axis=1), solid.corners.max(axis=1)
    over = (low[:, :2] < rectangle.high).all(axis=1) & (high[:, :2] > rectangle.low).all(axis=1)
    flat = over & (np.abs(solid.corners[..., 2] - rectangle.z) < 0.01).all(axis=1)
    if not flat.any():
        return rectangle.z, False
    heights = solid.corners[flat][..., 2].mean(axis=1)
    order = np.argsort(heights)
    mass = np.cumsum(solid.areas[flat][order])
    z = float(heights[order][np.searchsorted(mass, mass[-1] / 2)])
    plane = (np.abs(solid.corners[flat][..., 2] - z) < _EXACT_M).all(axis=1)
    sides = np.array(rectangle.high) - rectangle.low
    return z, bool(solid.areas[flat][plane].sum() > 0.5 * sides.prod())


def _backdrop(solid: Solid, centre: Array, half: Array) -> Array:
    """(N, 3) points on surfaces all around, and on the floor, relative to the middle."""
    shares = np.array([[0, 0], [-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]])
    eyes = centre + np.column_stack([shares * half, np.full(5, _EYE_M)])
    seen = []
    for k, eye in enumerate(eyes):
        ways = DIRECTIONS[k::5]
        _, away = solid.first(eye, ways)
        near = away < _FAR_M
        seen.append(eye + away[near, None] * ways[near] - centre)
    points = np.concatenate(seen)
    points = points[np.linspace(0, len(points) - 1, min(_SEEN, len(points))).astype(int)]
    x, y = (g.ravel() for g in np.meshgrid(np.linspace(-0.9, 0.9, 6), np.linspace(-0.9, 0.9, 6)))
    return np.concatenate([points, np.column_stack([x * half[0], y * half[1], np.zeros(36)])])


def _walls(solid: Solid, centre: Array, half: Array) -> tuple[tuple[Vector, float], ...]:
    """Upright planes where most level lines out of the rectangle end on a side."""
    found = []
    for axis, sign in ((0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0)):
        way = np.zeros(3)
        way[axis] = sign
        along, up = (g.ravel() for g in np.meshgrid(np.linspace(-0.9, 0.9, 9), [0.5, 1.1, 1.7]))
        start = np.zeros((27, 3))
        start[:, 1 - axis], start[:, 2] = along * half[1 - axis], up
        _, away = solid.first(centre + start, way)
        if np.isfinite(away).mean() > _WALL_SHARE:
            found.append((_vector(-way), -float(np.median(away[np.isfinite(away)]))))
    return tuple(found)


def _hanging(solid: Solid, centre: Array, half: Array, rectangle: Rectangle, lamps: list[Array]) -> list[Array]:
    """Lamps of the file near the rectangle that nothing hides from its middle; else, under a roof, two of ours."""
    eye = np.array([0.0, 0.0, _EYE_M])
    near = []
    for lamp in lamps:
        at = lamp - centre
        if not ((np.abs(at[:2]) < half + 1.5).all() and 1.2 < at[2] < 12.0):
            continue
        _, away = solid.first(centre + eye, at - eye)
        if away[0] > 0.98:
            near.append(at)
    if near or not rectangle.indoor:
        return near[:_MOST_LAMPS]
    z = rectangle.ceiling_m - _BELOW_CEILING_M
    wide = half[0] > half[1]
    return [np.array([*(half * [side, 0.0] if wide else half * [0.0, side]), z]) for side in (-0.5, 0.5)]
