"""Where the big things of a place stand: walls with their openings, trees, furniture of a street.

Pure functions of a place's parameters; the sampler plans with them and the scene maker builds from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

Params = Mapping[str, float | int | str]


@dataclass(frozen=True)
class Hole:
    """An opening: `at` is its centre along the wall, `sill` its lower edge; metres."""

    kind: str
    at: float
    sill: float
    width: float
    height: float


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


def stream(params: Params, number: int) -> np.random.Generator:
    """A random stream of a place that does not depend on what else was drawn."""
    return np.random.default_rng([int(params["seed"]), number])


def number(params: Params, key: str) -> float:
    return float(params[key])


def walls(kind: str, params: Params) -> tuple[Wall, ...]:
    """All large upright planes of a place, each facing where people are."""
    makers = {"room": _room_walls, "hall": _hall_walls, "street": _street_walls, "plaza": _plaza_walls}
    return makers[kind](params) if kind in makers else ()


def _four(params: Params, holes: Mapping[str, tuple[Hole, ...]]) -> tuple[Wall, ...]:
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    sides = (("north", 0, d / 2, 0, w), ("east", w / 2, 0, -90, d), ("south", 0, -d / 2, 180, w),
             ("west", -w / 2, 0, 90, d))  # fmt: skip
    return tuple(Wall(f"wall_{n}", x, y, t, length, h, holes.get(n, ())) for n, x, y, t, length in sides)


def _room_walls(params: Params) -> tuple[Wall, ...]:
    rng = stream(params, 1)
    w, d = number(params, "width"), number(params, "depth")
    wide = rng.uniform(1.2, 1.7)
    north = [Hole("window", s * w / 4, 0.85, wide, 1.35) for s in (-1, 1)]
    if int(params["windows"]) == 1:
        north = [Hole("window", float(rng.uniform(-0.6, 0.6)), 0.8, wide + 0.7, 1.4)]
    east = [Hole("window", d * float(rng.uniform(-0.22, 0.22)), 0.85, wide, 1.35)]
    door = Hole("door", float(rng.uniform(-0.3, 0.3)) * w, 0.0, 0.92, 2.05)
    return _four(params, {"north": tuple(north), "east": tuple(east), "south": (door,)})


def _hall_walls(params: Params) -> tuple[Wall, ...]:
    d = number(params, "depth")
    count = int(params["windows"])
    spacing = (d - 2.0) / count
    tall = number(params, "height") - 3.0
    row = tuple(Hole("window", (k - (count - 1) / 2) * spacing, 1.9, 0.62 * spacing, tall) for k in range(count))
    door = (Hole("door", 0.0, 0.0, 2.4, 2.7),)
    return _four(params, {"east": row, "west": row, "south": door})


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
