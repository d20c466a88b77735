"""Places as numbers: what a scene sampler must know of a room, a street or a wood before it is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import landscapes
from .furnishing import spots
from .interiors import INTERIORS, lamp_points
from .landscapes import flat_radius, ground_height, walls
from .layouts import Params, Wall, number, stream

Point = tuple[float, float, float]
INDOOR = tuple(INTERIORS)


@dataclass(frozen=True)
class Stage:
    """The free middle of a place and what lies around it.

    Attributes:
        indoor: under a roof.
        half_width, half_depth: |x| and |y| of the flat free rectangle, metres.
        ceiling: metres; inf outdoors.
        backdrop: (N, 3) points on far static surfaces and on the ground, for planning camera motion.
        planes: (part name, unit normal n, offset d with n.x = d) of the large planes.
        lamps: good places for lamps; heads of street lamps outdoors.
        windows: (centre, inward normal, width, height) of openings that let daylight in.
        bounds: (unit normal, offset) of planes that stand for what bounds it without being parts of it.
    """

    indoor: bool
    half_width: float
    half_depth: float
    ceiling: float
    backdrop: NDArray[np.float64]
    planes: tuple[tuple[str, Point, float], ...]
    lamps: tuple[Point, ...]
    windows: tuple[tuple[Point, Point, float, float], ...]
    bounds: tuple[tuple[Point, float], ...] = ()


def _draw_plaza(rng: np.random.Generator) -> dict[str, float | int | str]:
    return {"seed": int(rng.integers(1 << 31)), "radius": round(float(rng.uniform(14.5, 20.0)), 3)}


def _draw_park(rng: np.random.Generator) -> dict[str, float | int | str]:
    return {"seed": int(rng.integers(1 << 31)), "relief": round(float(rng.uniform(0.5, 1.4)), 3)}


def _draw_forest(rng: np.random.Generator) -> dict[str, float | int | str]:
    return {
        "seed": int(rng.integers(1 << 31)),
        "relief": round(float(rng.uniform(0.6, 1.4)), 3),
        "trunks": int(rng.integers(25, 41)),
    }


PLACES: dict[str, Callable[[np.random.Generator], dict[str, float | int | str]]] = {
    **{kind: interior.draw for kind, interior in INTERIORS.items()},
    "plaza": _draw_plaza,
    "park": _draw_park,
    "forest": _draw_forest,
    **landscapes.DRAWS,
}
"""Draws the parameters of a place of that kind."""


def stage(kind: str, params: Params) -> Stage:
    """What the sampler needs to know of a place; a pure function of its parameters."""
    indoor = kind in INDOOR
    half_width, half_depth = free_rectangle(kind, params)
    upright = walls(kind, params)
    ceiling = number(params, "height") if indoor else float("inf")
    planes: list[tuple[str, Point, float]] = [(name, (0.0, 0.0, 1.0), z) for name, z in ground_parts(kind)]
    if indoor:
        planes.append(("ceiling", (0.0, 0.0, -1.0), -ceiling))
    planes += [(wall.name, wall.normal(), wall.offset()) for wall in upright]
    windows = tuple(
        (wall.point(hole.at, hole.sill + hole.height / 2), wall.normal(), hole.width, hole.height)
        for wall in upright
        for hole in wall.holes
        if hole.kind == "window"
    )
    backdrop = _backdrop(kind, params, half_width, half_depth)
    return Stage(indoor, half_width, half_depth, ceiling, backdrop, tuple(planes), _lamps(kind, params), windows)


def free_rectangle(kind: str, params: Params) -> tuple[float, float]:
    """Half sizes of the rectangle that a place leaves free, metres."""
    if kind in INDOOR:
        across, along = INTERIORS[kind].margin
        return number(params, "width") / 2 - across, number(params, "depth") / 2 - along
    return landscapes.free_rectangle(kind, params)


def ground_parts(kind: str) -> tuple[tuple[str, float], ...]:
    """Names and heights of the parts that make up the flat ground."""
    return (("floor", 0.0),) if kind in INDOOR else landscapes.level_parts(kind)


def _lamps(kind: str, params: Params) -> tuple[Point, ...]:
    if kind in INDOOR:
        return lamp_points(kind, params)
    heads = []
    for spot in spots(kind, params):
        if spot.kind in ("lamp", "floodlight"):
            t = np.radians(spot.turn)
            out = 0.9 * np.array([np.sin(t), -np.cos(t)])
            heads.append((spot.x + float(out[0]), spot.y + float(out[1]), spot.size - 0.3))
    return tuple(heads)


def _on_wall(wall: Wall, rng: np.random.Generator, count: int) -> list[Point]:
    """Random points on a wall, none of them within an opening."""
    points: list[Point] = []
    while len(points) < count:
        along = float(rng.uniform(-0.48, 0.48)) * wall.length
        z = float(rng.uniform(0.03, 0.97)) * wall.height
        if not any(abs(along - h.at) < h.width / 2 and 0 < z - h.sill < h.height for h in wall.holes):
            points.append(wall.point(along, z))
    return points


def _backdrop(kind: str, params: Params, half_width: float, half_depth: float) -> NDArray[np.float64]:
    rng, upright = stream(params, 9), walls(kind, params)
    points: list[Point] = []
    for wall in upright:
        points += _on_wall(wall, rng, max(3, 130 // len(upright)))
    trees = [s for s in spots(kind, params) if s.kind in ("street_tree", "tree", "trunk", "far_trunk", "far_tree")]
    for spot in trees[:150]:
        base = float(ground_height(kind, params, np.array(spot.x), np.array(spot.y)))
        points.append((spot.x, spot.y, base + float(rng.uniform(0.1, 0.5)) * spot.size))
    xs, ys = rng.uniform(-1, 1, (2, 50))
    points += [(float(x * half_width), float(y * half_depth), 0.0) for x, y in zip(xs, ys, strict=True)]
    if kind not in INDOOR and len(upright) < 8:
        angle, radius = rng.uniform(0, 2 * np.pi, 110), rng.uniform(min(flat_radius(kind), 14.0), 80, 110)
        x, y = radius * np.cos(angle), radius * np.sin(angle)
        z = ground_height(kind, params, x, y)
        points += [(float(a), float(b), float(c)) for a, b, c in zip(x, y, z, strict=True)]
    return np.array(points)
