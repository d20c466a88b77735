"""Rooms as numbers: how large they are, where their openings and lamps are and what their middle leaves free."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from .openings import Hole, Params, number, stream

Holes = Mapping[str, tuple[Hole, ...]]
Range = tuple[float, float]


@dataclass(frozen=True)
class Interior:
    """One kind of room.

    Attributes:
        width, depth, height: ranges of the sizes along x, y and z, metres.
        windows: range of the number of windows in a row, both included.
        wall, floor: materials to draw from.
        margin: metres along the east and west walls, and along the north and south walls, that are furnished.
        lamps: how many lamps across and along, and how far below the ceiling they shine, metres.
        holes: parameters -> openings of each wall; the side ("north", ...) is the key.
    """

    width: Range
    depth: Range
    height: Range
    windows: tuple[int, int]
    wall: tuple[str, ...]
    floor: tuple[str, ...]
    margin: tuple[float, float]
    lamps: tuple[int, int, float]
    holes: Callable[[Params], Holes]

    def draw(self, rng: np.random.Generator) -> dict[str, float | int | str]:
        """Parameters of a room of this kind."""
        return {
            "seed": int(rng.integers(1 << 31)),
            "width": round(float(rng.uniform(*self.width)), 3),
            "depth": round(float(rng.uniform(*self.depth)), 3),
            "height": round(float(rng.uniform(*self.height)), 3),
            "windows": int(rng.integers(self.windows[0], self.windows[1] + 1)),
            "wall": str(rng.choice(self.wall)),
            "floor": str(rng.choice(self.floor)),
        }


def lamp_points(kind: str, params: Params) -> tuple[tuple[float, float, float], ...]:
    """Where the lamps of a room shine from, metres."""
    across, along, drop = INTERIORS[kind].lamps
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    xs, ys = ((np.arange(n) + 0.5) / n - 0.5 for n in (across, along))
    return tuple((float(x * w), float(y * d), h - drop) for x in xs for y in ys)


def _row(count: int, spacing: float, sill: float, width: float, height: float) -> tuple[Hole, ...]:
    """Evenly spaced windows about the middle of a wall."""
    return tuple(Hole("window", (k - (count - 1) / 2) * spacing, sill, width, height) for k in range(count))


def _sizes(params: Params) -> tuple[np.random.Generator, float, float, float, int]:
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    return stream(params, 1), w, d, h, int(params["windows"])


def _room(params: Params) -> Holes:
    rng, w, d, _, count = _sizes(params)
    wide = float(rng.uniform(1.2, 1.7))
    north = _row(2, w / 2, 0.85, wide, 1.35)
    if count == 1:
        north = (Hole("window", float(rng.uniform(-0.6, 0.6)), 0.8, wide + 0.7, 1.4),)
    east = (Hole("window", d * float(rng.uniform(-0.22, 0.22)), 0.85, wide, 1.35),)
    return {"north": north, "east": east, "south": (Hole("door", float(rng.uniform(-0.3, 0.3)) * w, 0, 0.92, 2.05),)}


def _hall(params: Params) -> Holes:
    _, _, d, h, count = _sizes(params)
    spacing = (d - 2.0) / count
    row = _row(count, spacing, 1.9, 0.62 * spacing, h - 3.0)
    return {"east": row, "west": row, "south": (Hole("door", 0.0, 0.0, 2.4, 2.7),)}


def _kitchen(params: Params) -> Holes:
    rng, w, d, _, count = _sizes(params)
    over_sink = (Hole("window", float(rng.uniform(-0.12, 0.12)) * w, 1.15, float(rng.uniform(1.3, 1.7)), 1.05),)
    west = _row(count, 0.38 * d, 0.62, 2.0 if count == 1 else 1.25, 1.6)
    return {
        "north": over_sink,
        "west": west,
        "south": (Hole("door", float(rng.uniform(-0.28, 0.28)) * w, 0.0, 0.95, 2.08),),
    }


def _office(params: Params) -> Holes:
    rng, w, d, h, count = _sizes(params)
    north = _row(count, (w - 1.2) / count, 0.95, (w - 1.2) / count - 0.35, h - 1.4)
    east = _row(2, 0.42 * d, 0.95, 1.5, h - 1.4)
    return {"north": north, "east": east, "south": (Hole("door", float(rng.uniform(-0.25, 0.25)) * w, 0, 1.7, 2.1),)}


def _classroom(params: Params) -> Holes:
    rng, w, d, h, count = _sizes(params)
    west = _row(count, (d - 1.4) / count, 0.95, (d - 1.4) / count - 0.55, h - 1.45)
    return {"west": west, "south": (Hole("door", float(rng.choice([-1, 1])) * 0.3 * w, 0.0, 1.0, 2.1),)}


def _bedroom(params: Params) -> Holes:
    rng, w, d, _, count = _sizes(params)
    east = _row(count, 0.4 * d, 0.75, 1.25 if count == 2 else 2.0, 1.5)
    south = (Hole("window", 0.25 * w, 0.95, 1.2, 1.25), Hole("door", float(rng.uniform(-0.32, -0.2)) * w, 0, 0.9, 2.05))
    return {"east": east, "south": south}


def _shop(params: Params) -> Holes:
    _, w, d, _, count = _sizes(params)
    wide = w / 2 - 1.7
    front = tuple(Hole("window", s * (w / 4 + 0.35), 0.55, wide, 2.0) for s in (-1, 1))
    high = _row(count, (d - 1.5) / count, 2.3, (d - 1.5) / count - 0.6, 0.62)
    return {"south": (front[0], Hole("door", 0.0, 0.0, 1.9, 2.3), front[1]), "west": high}


def _library(params: Params) -> Holes:
    _, _, d, h, count = _sizes(params)
    tall = _row(count, (d - 1.6) / count, 0.95, 1.15, h - 1.75)
    return {"east": tall, "west": tall, "south": (Hole("door", 0.0, 0.0, 1.7, 2.3),)}


def _garage(params: Params) -> Holes:
    rng, w, d, _, count = _sizes(params)
    small = _row(count, (d - 1.6) / count, 1.55, 1.15, 0.85)
    side = Hole("door", float(rng.uniform(-0.3, 0.3)) * d, 0.0, 0.9, 2.05)
    return {"west": small, "south": (Hole("gate", float(rng.uniform(-0.12, 0.12)) * w, 0, 2.7, 2.35),), "east": (side,)}


def _gym(params: Params) -> Holes:
    _, _, d, h, count = _sizes(params)
    row = _row(count, (d - 1.6) / count, 3.5, (d - 1.6) / count - 0.7, h - 4.9)
    return {"east": row, "west": row, "south": (Hole("door", -0.27 * number(params, "width"), 0.0, 1.9, 2.3),)}


def _gallery(params: Params) -> Holes:
    rng, w, d, h, count = _sizes(params)
    north = _row(count, 0.5 * w, 0.7, 1.4, h - 1.75)
    east = (Hole("window", float(rng.uniform(-0.2, 0.2)) * d, 0.7, 1.4, h - 1.75),)
    return {"north": north, "east": east, "south": (Hole("door", float(rng.uniform(-0.15, 0.15)) * w, 0, 1.9, 2.6),)}


def _station(params: Params) -> Holes:
    _, _, d, h, count = _sizes(params)
    row = _row(count, (d - 1.0) / count, 3.05, (d - 1.0) / count - 0.8, h - 3.95)
    ways = (Hole("door", 0.0, 0.0, 2.2, 2.4),)
    return {"east": row, "west": row, "south": ways, "north": ways}


INTERIORS: dict[str, Interior] = {
    "room": Interior((6.4, 7.8), (6.4, 8.4), (2.85, 3.2), (1, 2), ("wallpaper", "wallpaper", "plaster", "brick"),
                     ("parquet", "planks", "tiles"), (0.95, 0.95), (1, 2, 0.34), _room),
    "hall": Interior((10.0, 14.0), (11.0, 16.0), (5.0, 6.2), (3, 4), ("brick", "concrete", "plaster"),
                     ("concrete", "planks", "checker", "tiles"), (1.25, 1.25), (2, 3, 0.75), _hall),
    "kitchen": Interior((6.3, 7.4), (6.3, 7.6), (2.85, 3.1), (1, 2), ("plaster", "metro", "wallpaper"),
                        ("tiles", "checker", "planks", "terrazzo"), (0.85, 0.85), (2, 2, 0.34), _kitchen),
    "bedroom": Interior((6.6, 7.6), (6.6, 7.8), (2.65, 2.95), (1, 2), ("wallpaper", "wallpaper", "plaster"),
                        ("planks", "parquet", "weave"), (1.0, 1.0), (1, 2, 0.2), _bedroom),
    "office": Interior((8.0, 10.0), (8.0, 10.5), (2.75, 3.1), (2, 4), ("plaster", "concrete", "brick"),
                       ("weave", "weave", "planks", "concrete"), (1.5, 1.5), (2, 3, 0.12), _office),
    "classroom": Interior((8.0, 9.5), (8.0, 10.0), (3.0, 3.5), (2, 4), ("plaster", "plaster", "brick"),
                          ("terrazzo", "parquet", "checker", "planks"), (1.3, 1.3), (2, 3, 0.5), _classroom),
    "shop": Interior((8.6, 10.5), (8.6, 11.0), (3.2, 3.7), (2, 3), ("plaster", "metro"),
                     ("terrazzo", "checker", "tiles"), (1.15, 1.15), (2, 3, 0.35), _shop),
    "library": Interior((8.2, 10.5), (8.6, 11.5), (3.5, 4.3), (2, 3), ("plaster", "wallpaper"),
                        ("parquet", "planks", "weave"), (1.1, 1.1), (2, 2, 0.8), _library),
    "garage": Interior((7.2, 9.0), (7.2, 9.2), (3.0, 3.5), (1, 3), ("brick", "concrete", "planks"),
                       ("concrete", "concrete", "asphalt"), (1.1, 1.1), (2, 2, 0.35), _garage),
    "gym": Interior((12.5, 15.5), (13.0, 16.5), (6.4, 7.2), (3, 4), ("brick", "plaster", "concrete"),
                    ("planks", "parquet"), (1.3, 1.3), (2, 3, 0.9), _gym),
    "gallery": Interior((9.0, 12.0), (9.0, 12.5), (3.9, 4.8), (1, 2), ("plaster", "wallpaper", "concrete"),
                        ("parquet", "marble", "planks", "terrazzo"), (1.35, 1.35), (2, 3, 0.6), _gallery),
    "station": Interior((13.0, 15.5), (12.0, 16.0), (4.9, 5.7), (3, 4), ("metro", "brick", "tiles"),
                        ("terrazzo", "pavers", "concrete"), (3.95, 1.6), (2, 3, 0.9), _station),
}  # fmt: skip
"""Every kind of place under a roof."""
