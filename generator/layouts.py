"""Where the big things of a place stand: walls with their openings, trees, furniture of a street.

Pure functions of a place's parameters; the sampler plans with them and the scene maker builds from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .interiors import INTERIORS
from .openings import Hole, Params, number, stream


@dataclass(frozen=True)
class Wall:
    """An upright plane on the ground. It faces -y before it is turned about z by `turn` degrees; its local x
    axis, along which `Hole.at` counts, starts at its centre (x, y)."""

    name: str
    x: float
    y: float
    turn: float
    length: float
    height: float
    holes: tuple[Hole, ...] = ()

    def normal(self) -> tuple[float, float, float]:
        t = np.radians(self.turn)
        return (round(float(np.sin(t)), 12), round(float(-np.cos(t)), 12), 0.0)

    def offset(self) -> float:
        n = self.normal()
        return n[0] * self.x + n[1] * self.y

    def point(self, along: float, z: float, out: float = 0.0) -> tuple[float, float, float]:
        """World point at `along` the wall, `out` metres in front of it."""
        t, n = np.radians(self.turn), self.normal()
        return (
            float(self.x + np.cos(t) * along + n[0] * out),
            float(self.y + np.sin(t) * along + n[1] * out),
            float(z),
        )


@dataclass(frozen=True)
class Spot:
    """Something that stands on the ground: tree, lamp, car, bench; `size` is its height or scale."""

    kind: str
    x: float
    y: float
    size: float
    turn: float
    seed: int


def walls(kind: str, params: Params) -> tuple[Wall, ...]:
    """All large upright planes of a place, each facing where people are."""
    if kind in INTERIORS:
        return _four(params, INTERIORS[kind].holes(params))
    makers = {"street": _street_walls, "plaza": _plaza_walls}
    return makers[kind](params) if kind in makers else ()


def _four(params: Params, holes: Mapping[str, tuple[Hole, ...]]) -> tuple[Wall, ...]:
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    sides = (("north", 0, d / 2, 0, w), ("east", w / 2, 0, -90, d), ("south", 0, -d / 2, 180, w),
             ("west", -w / 2, 0, 90, d))  # fmt: skip
    return tuple(Wall(f"wall_{n}", x, y, t, length, h, holes.get(n, ())) for n, x, y, t, length in sides)


def _fronts(
    name: str,
    rng: np.random.Generator,
    start: float,
    end: float,
    line: float,
    side: str,
    storeys: tuple[int, int],
) -> list[Wall]:
    """A row of fronts in bays of 3 m between `start` and `end` along one side of a place."""
    made, at = [], start
    while (bays := int((end - at + 0.1) // 3)) > 0:
        length = 3.0 * min(int(rng.integers(2, 5)), bays)
        height = 3.0 * int(rng.integers(storeys[0], storeys[1] + 1)) + 0.6
        middle = at + length / 2
        x, y, turn = {"north": (middle, line, 0), "east": (line, middle, -90), "south": (middle, -line, 180),
                      "west": (-line, middle, 90)}[side]  # fmt: skip
        made.append(Wall(f"{name}_{len(made)}", x, y, turn, length, height))
        at += length
    return made


def _street_walls(params: Params) -> tuple[Wall, ...]:
    rng, line, reach = stream(params, 1), number(params, "front"), number(params, "reach")
    rows = [_fronts(f"front_{s}", rng, -reach, reach, line, s, (3, 6)) for s in ("east", "west")]
    ends = [_fronts(f"end_{s}", rng, -9.0, 9.0, reach + 2.0, s, (4, 7)) for s in ("north", "south")]
    return tuple(wall for row in rows + ends for wall in row)


def _plaza_walls(params: Params) -> tuple[Wall, ...]:
    rng, line = stream(params, 1), number(params, "radius")
    made = []
    for side in ("north", "east", "south", "west"):
        away = line + float(rng.uniform(0, 4))
        made += _fronts(f"front_{side}", rng, -line + 1.5, line - 1.5, away, side, (3, 6))
    return tuple(made)


def spots(kind: str, params: Params) -> tuple[Spot, ...]:
    """All single things that stand about in an outdoor place."""
    makers = {"street": _street_spots, "plaza": _plaza_spots, "park": _park_spots, "forest": _forest_spots}
    return tuple(makers[kind](params)) if kind in makers else ()


def _spot(rng: np.random.Generator, kind: str, x: float, y: float, low: float, high: float, turn: float) -> Spot:
    return Spot(kind, float(x), float(y), float(rng.uniform(low, high)), float(turn), int(rng.integers(1 << 30)))


def _street_spots(params: Params) -> list[Spot]:
    rng, road, front, reach = stream(params, 2), *(number(params, k) for k in ("road", "front", "reach"))
    made = []
    for side in (-1, 1):
        turn = -90 if side > 0 else 90
        for y in np.arange(-reach + 6, reach - 4, 11.0) + 3 * side:
            made.append(_spot(rng, "lamp", side * (road + 1.9), y, 4.6, 5.0, turn))
            made.append(_spot(rng, "tree", side * (road + 2.2), y + 5.0, 4.6, 5.8, 0))
        for y in np.arange(-reach + 4, reach - 4, 5.6):
            if rng.random() < 0.62:
                made.append(_spot(rng, "car", side * (road + 0.95), y, 0.95, 1.08, 90 + 180 * (side > 0)))
        for y in rng.uniform(-reach + 8, reach - 8, 4):
            made.append(
                _spot(rng, str(rng.choice(["bin", "planter", "board"])), side * (front - 1.1), y, 0.9, 1.1, turn)
            )
    return made


def _plaza_spots(params: Params) -> list[Spot]:
    rng, radius = stream(params, 2), number(params, "radius")
    made = [_spot(rng, "fountain", 0.8 * rng.uniform(-1, 1), 10.2, 0.9, 1.05, 0),
            _spot(rng, "statue", rng.uniform(-2, 2), -9.4, 0.95, 1.2, 180)]  # fmt: skip
    for sx in (-1, 1):
        for sy in (-1, 1):
            made.append(_spot(rng, "tree", sx * (radius - 3.6), sy * (radius - 4.2), 5.5, 7.5, 0))
            made.append(_spot(rng, "lamp", sx * 8.0, sy * 8.2, 4.2, 4.8, -90 * sx))
        for y in (-4.5, 0.0, 4.5):
            kind = str(rng.choice(["bench", "planter", "hedge", "board", "tree"]))
            size = (3.6, 4.6) if kind == "tree" else (0.95, 1.1)
            made.append(_spot(rng, kind, sx * rng.uniform(8.6, 9.6), y + rng.uniform(-0.6, 0.6), *size, -90 * sx))
        made.append(_spot(rng, "hedge", sx * 9.0, 9.8, 0.9, 1.2, 0))
        made.append(_spot(rng, "bench", sx * 5.4, -8.6, 0.95, 1.05, 180))
    return made


def _scatter(rng: np.random.Generator, count: int, near: float, far: float, apart: float) -> list[NDArray[np.float64]]:
    """Points in a ring that keep their distance from one another."""
    chosen: list[NDArray[np.float64]] = []
    for _ in range(count * 30):
        radius, angle = np.sqrt(rng.uniform(near**2, far**2)), rng.uniform(0, 2 * np.pi)
        point = radius * np.array([np.cos(angle), np.sin(angle)])
        if not chosen or np.linalg.norm(np.array(chosen) - point, axis=1).min() > apart:
            chosen.append(point)
        if len(chosen) == count:
            break
    return chosen


def _park_spots(params: Params) -> list[Spot]:
    rng = stream(params, 2)
    made = [_spot(rng, "tree", *p, 4.6, 7.5, 0) for p in _scatter(rng, 14, 13.2, 25.0, 4.5)]
    made += [_spot(rng, "bush", *p, 0.7, 1.3, 0) for p in _scatter(rng, 10, 11.8, 20.0, 2.5)]
    made += [_spot(rng, "far_tree", *p, 6.0, 10.0, 0) for p in _scatter(rng, 70, 28.0, 62.0, 3.5)]
    for sx in (-1, 1):
        made.append(_spot(rng, "bench", sx * 8.3, rng.uniform(-4, 4), 0.95, 1.05, -90 * sx))
        made.append(_spot(rng, "lamp", sx * 8.0, rng.uniform(5, 7), 3.8, 4.4, -90 * sx))
    made += [_spot(rng, "hedge", x, 11.0, 1.0, 1.25, 0) for x in (-7.2, -3.6, 3.6, 7.2)]
    made += [_spot(rng, "fence", x, -10.2, 0.95, 1.05, 180) for x in (-9.0, -6.0, -3.0, 0.0, 3.0, 6.0, 9.0)]
    return made


def _forest_spots(params: Params) -> list[Spot]:
    rng = stream(params, 2)
    made = [_spot(rng, "trunk", *p, 9.0, 13.0, 0) for p in _scatter(rng, int(params["trunks"]), 7.6, 19.0, 1.8)]
    made += [_spot(rng, "fern", *p, 0.8, 1.4, 0) for p in _scatter(rng, 110, 8.6, 18.0, 0.8)]
    made += [_spot(rng, "rock", *p, 0.3, 0.9, 0) for p in _scatter(rng, 16, 8.6, 20.0, 2.0)]
    made += [_spot(rng, "bush", *p, 0.6, 1.2, 0) for p in _scatter(rng, 16, 10.0, 24.0, 2.2)]
    made += [_spot(rng, "log", *p, 0.9, 1.2, rng.uniform(0, 360)) for p in _scatter(rng, 2, 9.5, 12.0, 6.0)]
    made += [_spot(rng, "far_tree", *p, 8.0, 12.0, 0) for p in _scatter(rng, 64, 26.0, 46.0, 3.0)]
    return made


def flat_radius(kind: str) -> float:
    """How far from the middle the open ground is exactly flat, metres."""
    return {"park": 13.0, "forest": 10.5}.get(kind, 90.0)


def ground_height(kind: str, params: Params, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Height of the ground: zero in the middle, rolling further out, hills at the horizon."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    if kind not in ("park", "forest"):
        return np.zeros(np.broadcast(x, y).shape)
    rng, radius = stream(params, 3), np.hypot(x, y)
    rolling = np.zeros_like(radius)
    for wave in (23.0, 14.0, 8.0, 4.5):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        rolling += wave / 40 * np.sin(2 * np.pi / wave * (np.cos(angle) * x + np.sin(angle) * y) + phase)
    start = flat_radius(kind)
    near = np.clip((radius - start - 1e-6) / 12, 0, 1) ** 2
    hills = 0.5 + 0.3 * np.sin(3 * np.arctan2(y, x) + rng.uniform(0, 6)) + 0.2 * np.sin(7 * np.arctan2(y, x))
    far = np.clip((radius - 45) / 75, 0, 1)
    return number(params, "relief") * rolling * near + (8 + 16 * hills) * far**2 * (3 - 2 * far)
