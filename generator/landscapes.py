"""Outdoor places as numbers: their parameters, free rectangles, ground and house fronts.

Pure functions of a place's parameters. What stands about in them is in `furnishing`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from . import layouts
from .layouts import Params, Wall, number, stream

Array = NDArray[np.float64]
Drawn = dict[str, float | int | str]

KERB_M = 0.12
"""Height of a street's pavement above its road."""

PARKING_M = 2.2
"""Width of the parking lane between a street's road and its kerb."""

PLATFORM_M = 0.95
"""How far the rails of a railway lie below its platform."""

QUAY_M = 1.5
"""How far the water of a harbour lies below its quay."""

SEA_M = -0.55
"""Height of the sea at a beach."""


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(1 << 31))


def _between(rng: np.random.Generator, low: float, high: float) -> float:
    return round(float(rng.uniform(low, high)), 3)


def _draw_street(rng: np.random.Generator) -> Drawn:
    seed, road = _seed(rng), _between(rng, 3.2, 3.9)
    front = round(road + PARKING_M + _between(rng, 2.6, 3.9), 3)
    return {"seed": seed, "road": road, "front": front, "reach": _between(rng, 26.0, 36.0)}


def _draw_beach(rng: np.random.Generator) -> Drawn:
    return {
        "seed": _seed(rng),
        "shore": _between(rng, 15.5, 21.0),
        "relief": _between(rng, 0.8, 2.0),
        "surf": _between(rng, 0.5, 1.0),
    }


def _draw_farm(rng: np.random.Generator) -> Drawn:
    return {
        "seed": _seed(rng),
        "relief": _between(rng, 0.3, 1.0),
        "crop": str(rng.choice(["wheat", "maize", "rape"])),
        "season": int(rng.integers(3)),
    }


def _draw_sports(rng: np.random.Generator) -> Drawn:
    return {"seed": _seed(rng), "stand": _between(rng, 15.0, 19.0), "rows": int(rng.integers(6, 11))}


def _draw_playground(rng: np.random.Generator) -> Drawn:
    return {
        "seed": _seed(rng),
        "relief": _between(rng, 0.3, 0.9),
        "ground": str(rng.choice(["sand", "rubber", "chips"])),
    }


def _draw_railway(rng: np.random.Generator) -> Drawn:
    return {
        "seed": _seed(rng),
        "edge": _between(rng, 4.6, 5.4),
        "tracks": int(rng.integers(2, 4)),
        "train": int(rng.integers(4)),
    }


def _draw_market(rng: np.random.Generator) -> Drawn:
    return {"seed": _seed(rng), "lane": _between(rng, 4.0, 4.8), "radius": _between(rng, 17.0, 22.0)}


def _draw_carpark(rng: np.random.Generator) -> Drawn:
    return {"seed": _seed(rng), "aisle": _between(rng, 5.2, 6.0), "full": _between(rng, 0.45, 0.8)}


def _draw_construction(rng: np.random.Generator) -> Drawn:
    return {"seed": _seed(rng), "floors": int(rng.integers(2, 5)), "distance": _between(rng, 11.5, 15.0)}


def _draw_harbour(rng: np.random.Generator) -> Drawn:
    return {"seed": _seed(rng), "quay": _between(rng, 7.4, 9.0), "across": _between(rng, 60.0, 85.0)}


def _draw_courtyard(rng: np.random.Generator) -> Drawn:
    return {"seed": _seed(rng), "radius": _between(rng, 10.5, 13.5), "storeys": int(rng.integers(3, 6))}


DRAWS: dict[str, Callable[[np.random.Generator], Drawn]] = {
    "street": _draw_street,
    "beach": _draw_beach,
    "farm": _draw_farm,
    "sports": _draw_sports,
    "playground": _draw_playground,
    "railway": _draw_railway,
    "market": _draw_market,
    "carpark": _draw_carpark,
    "construction": _draw_construction,
    "harbour": _draw_harbour,
    "courtyard": _draw_courtyard,
}
"""Draws the parameters of an outdoor place of that kind."""

_FREE = {
    "plaza": (6.5, 6.5),
    "park": (7.0, 7.0),
    "forest": (5.0, 5.0),
    "beach": (7.0, 6.5),
    "farm": (6.5, 6.5),
    "sports": (8.0, 8.0),
    "playground": (6.0, 6.0),
    "construction": (6.5, 6.5),
    "harbour": (7.5, 6.0),
    "courtyard": (5.5, 5.5),
}


def free_rectangle(kind: str, params: Params) -> tuple[float, float]:
    """Half sizes of the rectangle that an outdoor place leaves free, metres."""
    if kind == "street":
        return number(params, "road") - 0.25, 9.0
    if kind == "railway":
        return number(params, "edge") - 1.1, 9.0
    if kind == "market":
        return number(params, "lane") - 0.4, 8.5
    if kind == "carpark":
        return number(params, "aisle") - 0.5, 8.5
    return _FREE[kind]


def level_parts(kind: str) -> tuple[tuple[str, float], ...]:
    """Names and heights of the parts that make up the flat ground; those of the free rectangle have height 0."""
    if kind == "street":
        return ("road", 0.0), ("pavement_east", KERB_M), ("pavement_west", KERB_M)
    return (("ground", 0.0),)


_FLAT = {"park": 13.0, "forest": 10.5, "beach": 12.6, "farm": 12.5, "playground": 12.5}


def flat_radius(kind: str) -> float:
    """How far from the middle the open ground is exactly flat, metres."""
    return _FLAT.get(kind, 90.0)


def ground_height(kind: str, params: Params, x: Array, y: Array) -> Array:
    """Height of the ground: zero in the middle, rolling further out, hills at the horizon."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    if kind not in _FLAT:
        return np.zeros(np.broadcast(x, y).shape)
    rng, radius = stream(params, 3), np.hypot(x, y)
    rolling = np.zeros_like(radius)
    for wave in (23.0, 14.0, 8.0, 4.5):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        rolling += wave / 40 * np.sin(2 * np.pi / wave * (np.cos(angle) * x + np.sin(angle) * y) + phase)
    near = np.clip((radius - flat_radius(kind) - 1e-6) / 12, 0, 1) ** 2
    land = number(params, "relief") * rolling * near + _hills(rng, x, y, radius)
    return _shore(params, land, near, y) if kind == "beach" else land


def _hills(rng: np.random.Generator, x: Array, y: Array, radius: Array) -> Array:
    """Rises from 45 m outwards."""
    angle, phase = np.arctan2(y, x), rng.uniform(0, 6)
    hills = 0.5 + 0.3 * np.sin(3 * angle + phase) + 0.2 * np.sin(7 * angle)
    far = np.clip((radius - 45) / 75, 0, 1)
    return (8 + 16 * hills) * far**2 * (3 - 2 * far)


def _shore(params: Params, land: Array, near: Array, y: Array) -> Array:
    """Dunes behind the beach, and the slope that runs under the sea."""
    shore = number(params, "shore")
    start = flat_radius("beach") + 0.2
    wet = np.clip((y - start) / (shore - start), 0, 4) * SEA_M
    inland = np.clip((-y - 4) / 10, 0, 1)
    seaward = np.clip((y + 2) / 10, 0, 1)
    dunes = 1.6 * near * inland
    return (land + dunes) * (1 - seaward) + wet


def walls(kind: str, params: Params) -> tuple[Wall, ...]:
    """All large upright planes of any place, each facing where people are."""
    makers = {
        "market": _market_walls,
        "courtyard": _courtyard_walls,
        "carpark": _carpark_walls,
        "railway": _railway_walls,
        "playground": _playground_walls,
    }
    return tuple(makers[kind](params)) if kind in makers else layouts.walls(kind, params)


def _market_walls(params: Params) -> list[Wall]:
    rng, line = stream(params, 1), number(params, "radius")
    made: list[Wall] = []
    for side in ("north", "east", "south", "west"):
        away = line + float(rng.uniform(0, 3))
        made += layouts._fronts(f"front_{side}", rng, -line + 1.0, line - 1.0, away, side, (2, 5))
    return made


def _courtyard_walls(params: Params) -> list[Wall]:
    line, storeys = number(params, "radius"), int(params["storeys"])
    height, made = 3.0 * storeys + 0.6, []
    length = 3.0 * int((2 * line + 2.9) // 3)
    for k, (x, y, turn) in enumerate(((0, line, 0), (line, 0, -90), (0, -line, 180), (-line, 0, 90))):
        made.append(Wall(f"front_{k}", x, y, turn, length, height - 3.0 * (k == 2)))
    return made


def _carpark_walls(params: Params) -> list[Wall]:
    rng = stream(params, 1)
    return [Wall("front_store", 0.0, 36.0 + float(rng.uniform(0, 6)), 0, 48.0, 6.6)]


def _railway_walls(params: Params) -> list[Wall]:
    rng, edge = stream(params, 1), number(params, "edge")
    line = edge + 5.0 * int(params["tracks"]) + 6.0
    return layouts._fronts("front_west", rng, -48.0, 48.0, line, "west", (2, 5))


def _playground_walls(params: Params) -> list[Wall]:
    rng = stream(params, 1)
    return layouts._fronts("front_north", rng, -27.0, 27.0, 34.0 + float(rng.uniform(0, 6)), "north", (3, 6))
