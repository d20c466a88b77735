"""Where the big things of a place stand: walls with their openings, trees, furniture of a street.

Pure functions of a place's parameters; the sampler plans with them and the scene maker builds from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

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
