"""What stands about in outdoor places: trees, lamps, cars, stalls, goals. Pure functions of a place's parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from .footprints import clear
from .landscapes import PARKING_M
from .layouts import Params, Spot, number, stream

Point = NDArray[np.float64]
Rng = np.random.Generator


def spots(kind: str, params: Params) -> tuple[Spot, ...]:
    """All single things that stand about in an outdoor place."""
    return tuple(_MAKERS[kind](params)) if kind in _MAKERS else ()


def _spot(rng: Rng, kind: str, x: float, y: float, low: float, high: float, turn: float = 0.0) -> Spot:
    return Spot(kind, float(x), float(y), float(rng.uniform(low, high)), float(turn), int(rng.integers(1 << 30)))


def _scatter(rng: Rng, count: int, near: float, far: float, apart: float) -> list[Point]:
    """Points in a ring that keep their distance from one another."""
    chosen: list[Point] = []
    for _ in range(count * 30):
        radius, angle = np.sqrt(rng.uniform(near**2, far**2)), rng.uniform(0, 2 * np.pi)
        point = radius * np.array([np.cos(angle), np.sin(angle)])
        if not chosen or np.linalg.norm(np.array(chosen) - point, axis=1).min() > apart:
            chosen.append(point)
        if len(chosen) == count:
            break
    return chosen


def _outside(points: Iterable[Point], x0: float, x1: float, y0: float, y1: float) -> list[Point]:
    """The points that do not lie in a rectangle."""
    return [p for p in points if not (x0 < p[0] < x1 and y0 < p[1] < y1)]


def _street(params: Params) -> list[Spot]:
    rng, road, front, reach = stream(params, 2), *(number(params, k) for k in ("road", "front", "reach"))
    kerb, made = road + PARKING_M, []
    for side in (-1, 1):
        turn = -90 if side > 0 else 90
        for y in np.arange(-reach + 6, reach - 4, 11.0) + 3 * side:
            made.append(_spot(rng, "lamp", side * (kerb + 0.45), y, 4.8, 5.4, turn))
            made.append(_spot(rng, "street_tree", side * (kerb + 0.95), y + 5.0, 5.0, 6.6))
        for y in np.arange(-reach + 4, reach - 4, 5.6):
            if rng.random() < 0.66:
                made.append(_spot(rng, "car", side * (road + 1.12), y, 0.97, 1.06, 90 + 180 * (side > 0)))
        cells = np.linspace(-reach + 8, reach - 8, 6)
        for y in cells[:-1] + rng.uniform(0.25, 0.75, 5) * np.diff(cells):
            kind = str(rng.choice(["bin", "planter", "board", "bench", "bicycle_rack"]))
            made.append(_spot(rng, kind, side * (front - 0.75), y, 0.9, 1.05, turn))
        made.append(_spot(rng, "sign_post", side * (kerb + 0.4), rng.uniform(-8, 8), 2.3, 2.7, 180 * (side > 0)))
    return made


def _plaza(params: Params) -> list[Spot]:
    rng, radius = stream(params, 2), number(params, "radius")
    made = [
        _spot(rng, "fountain", 0.8 * rng.uniform(-1, 1), 10.2, 0.9, 1.05),
        _spot(rng, "statue", rng.uniform(-2, 2), -9.4, 0.95, 1.2, 180),
    ]
    for sx in (-1, 1):
        for sy in (-1, 1):
            made.append(_spot(rng, "street_tree", sx * (radius - 3.6), sy * (radius - 4.2), 5.5, 7.5))
            made.append(_spot(rng, "lamp", sx * 8.0, sy * 8.2, 4.2, 4.8, -90 * sx))
        for y in (-4.5, 0.0, 4.5):
            kind = str(rng.choice(["bench", "planter", "hedge", "board", "street_tree", "parasol"]))
            size = (3.8, 4.6) if kind == "street_tree" else (0.95, 1.1)
            made.append(_spot(rng, kind, sx * rng.uniform(8.8, 9.8), y + rng.uniform(-0.6, 0.6), *size, -90 * sx))
        made.append(_spot(rng, "hedge", sx * 9.0, 9.8, 0.9, 1.2))
        made.append(_spot(rng, "bench", sx * 5.4, -8.6, 0.95, 1.05, 180))
        made.append(_spot(rng, "bin", sx * 7.2, -8.7, 0.95, 1.05))
    return made


def _park(params: Params) -> list[Spot]:
    rng = stream(params, 2)
    made = [_spot(rng, "tree", *p, 4.8, 7.8) for p in _scatter(rng, 12, 13.2, 25.0, 4.8)]
    made += [_spot(rng, "bush", *p, 0.7, 1.3) for p in _scatter(rng, 12, 11.8, 21.0, 2.5)]
    made += [_spot(rng, "far_tree", *p, 6.0, 10.0) for p in _scatter(rng, 64, 28.0, 62.0, 3.5)]
    for sx in (-1, 1):
        made.append(_spot(rng, "bench", sx * 9.3, rng.uniform(-4, 4), 0.95, 1.05, -90 * sx))
        made.append(_spot(rng, "lamp", sx * 9.1, rng.uniform(5, 7), 3.8, 4.4, -90 * sx))
        made.append(_spot(rng, "bin", sx * 9.2, rng.uniform(-7, -5.5), 0.9, 1.05))
    made += [_spot(rng, "hedge", x, 11.0, 1.0, 1.25) for x in (-7.2, -3.6, 3.6, 7.2)]
    made += [_spot(rng, "fence", x, -10.2, 0.95, 1.05, 180) for x in np.arange(-9.0, 9.1, 3.0)]
    return made


def _forest(params: Params) -> list[Spot]:
    rng = stream(params, 2)
    trunks = [_spot(rng, "trunk", *p, 9.0, 13.0) for p in _scatter(rng, int(params["trunks"]), 7.6, 19.0, 1.8)]
    made = [_spot(rng, "fern", *p, 0.6, 1.2) for p in _scatter(rng, 90, 8.3, 18.0, 0.8)]
    made += [_spot(rng, "rock", *p, 0.3, 0.9) for p in _scatter(rng, 16, 8.6, 20.0, 2.0)]
    made += [_spot(rng, "bush", *p, 0.6, 1.2) for p in _scatter(rng, 34, 9.5, 34.0, 2.2)]
    made += [_spot(rng, "log", *p, 0.9, 1.2, rng.uniform(0, 360)) for p in _scatter(rng, 3, 9.5, 12.0, 6.0)]
    made += [_spot(rng, "stump", *p, 0.8, 1.3) for p in _scatter(rng, 4, 8.8, 14.0, 4.0)]
    made += [_spot(rng, "far_trunk", *p, 9.0, 13.0) for p in _scatter(rng, 38, 20.5, 36.0, 2.4)]
    made += [_spot(rng, "far_tree", *p, 8.0, 12.0) for p in _scatter(rng, 40, 30.0, 50.0, 3.0)]
    return clear(trunks, made, 0.4) + made


def _beach(params: Params) -> list[Spot]:
    rng, shore = stream(params, 2), number(params, "shore")
    made = [
        _spot(rng, "beach_hut", x, -14.5 + rng.uniform(-0.4, 0.4), 0.95, 1.1, 180)
        for x in np.arange(-13, 14, 3.4)
        if rng.random() < 0.75
    ]
    shade, lying = [], []
    for p in _outside(_scatter(rng, 9, 8.6, 15.0, 3.6), -7.6, 7.6, -7.0, 7.0):
        if -10 < p[1] < shore - 6:
            shade.append(_spot(rng, "parasol", *p, 0.95, 1.15))
            lying.append(_spot(rng, "lounger", p[0] + 0.9, p[1], 0.95, 1.05, rng.uniform(-30, 30)))
    made.append(_spot(rng, "lifeguard", rng.choice([-1, 1]) * rng.uniform(9.5, 13), 8.5, 0.95, 1.1))
    for x in (-34, -17, 17, 34):
        made.append(_spot(rng, "groyne", x + rng.uniform(-2, 2), shore - 3.0, 0.9, 1.1))
    made += [
        _spot(rng, "boat", rng.uniform(9, 15) * s, rng.uniform(-6, 2), 0.9, 1.1, rng.uniform(0, 360))
        for s in (-1, 1)
        if rng.random() < 0.7
    ]
    lying += [_spot(rng, "rock", *p, 0.25, 0.8) for p in _scatter(rng, 14, 10.0, 26.0, 2.0) if p[1] > 3]
    lying += [_spot(rng, "driftwood", *p, 0.7, 1.2, rng.uniform(0, 180)) for p in _scatter(rng, 5, 9.4, 13.0, 3.0)]
    made += [_spot(rng, "lamp", x, -10.9, 4.2, 4.8, 180) for x in (-11.0, 0.0, 11.0)]
    made += [_spot(rng, "far_tree", *p, 5.0, 8.0) for p in _scatter(rng, 46, 30.0, 58.0, 3.5) if p[1] < -12]
    lying += [_spot(rng, "bush", *p, 0.6, 1.2) for p in _scatter(rng, 34, 18.0, 32.0, 2.0) if p[1] < -10]
    made += [
        _spot(rng, "yacht", rng.uniform(-60, 60), shore + rng.uniform(45, 110), 0.9, 1.5, rng.uniform(0, 360))
        for _ in range(4)
    ]
    return made + clear(shade, made, 0.3) + clear(lying, made, 0.8)


def _farm(params: Params) -> list[Spot]:
    rng = stream(params, 2)
    side = int(rng.choice([-1, 1]))
    built = [
        _spot(rng, "barn", side * 17.5, 14.0 + rng.uniform(0, 3), 0.9, 1.1, -90 * side + rng.uniform(-12, 12)),
        _spot(rng, "farmhouse", -side * 19.0, 17.0, 0.95, 1.1, 45 * side),
    ]
    made = [
        _spot(rng, "tractor", side * 9.8, rng.uniform(3, 6), 0.95, 1.1, rng.uniform(0, 360)),
        _spot(rng, "trailer", side * 10.5, rng.uniform(-4, -1), 0.95, 1.1, rng.uniform(60, 120)),
        _spot(rng, "lamp", side * 8.6, 8.6, 4.4, 5.0, -90 * side),
    ]
    bales = [
        _spot(rng, "bale", *p, 0.9, 1.1, rng.uniform(0, 360))
        for p in _scatter(rng, 9, 9.4, 24.0, 3.2)
        if abs(p[1]) < 9 and side * p[0] < -3
    ]
    made += [_spot(rng, "field_fence", x, -9.4, 0.95, 1.05, 180) for x in np.arange(-16.5, 17, 3.0)]
    made += [_spot(rng, "field_fence", -side * 12.2, y, 0.95, 1.05, 90) for y in np.arange(-7.5, 8, 3.0)]
    made += [_spot(rng, "pole", x, -11.2, 6.4, 6.8, 90) for x in np.arange(-56, 57, 14.0)]
    trees = [_spot(rng, "tree", *p, 4.8, 7.2) for p in _scatter(rng, 6, 14.0, 30.0, 5.0) if p[1] > -9]
    made += [_spot(rng, "far_tree", *p, 6.0, 10.0) for p in _scatter(rng, 56, 40.0, 66.0, 3.5)]
    bushes = [_spot(rng, "bush", *p, 0.6, 1.2) for p in _scatter(rng, 16, 13.0, 24.0, 2.5)]
    crates = [_spot(rng, "crates", side * rng.uniform(8.2, 9.2), y, 0.9, 1.1, rng.uniform(0, 90)) for y in (-6.5, 7.2)]
    made += built
    return made + clear(trees, built, 3.0) + clear([*bales, *bushes, *crates], made, 1.0)


def _sports(params: Params) -> list[Spot]:
    rng, stand = stream(params, 2), number(params, "stand")
    made = [_spot(rng, "stand", s * (stand + 2.5), 0.0, 0.95, 1.05, -90 * s) for s in (-1, 1)]
    made += [_spot(rng, "goal", x, s * 14.0, 1.0, 1.02, 180 * (s < 0)) for s in (-1, 1) for x in (0.0,)]
    made += [
        _spot(rng, "floodlight", sx * (stand - 1.0), sy * 18.0, 11.0, 13.0, -90 * sx)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    made += [
        _spot(rng, "hoarding", x, s * 17.2, 0.95, 1.05, 180 * (s < 0))
        for s in (-1, 1)
        for x in np.arange(-13.5, 14, 3.0)
    ]
    made += [_spot(rng, "corner_flag", sx * 11.0, sy * 14.0, 1.0, 1.05) for sx in (-1, 1) for sy in (-1, 1)]
    made += [_spot(rng, "dugout", s * 12.6, rng.uniform(-4, 4), 0.95, 1.05, -90 * s) for s in (-1, 1)]
    made.append(_spot(rng, "scoreboard", rng.uniform(-5, 5), 23.5, 0.95, 1.1))
    made += [
        _spot(rng, "mesh_fence", x, s * 25.5, 1.0, 1.05, 180 * (s < 0))
        for s in (-1, 1)
        for x in np.arange(-24, 25, 4.0)
    ]
    made += [_spot(rng, "lamp", x, -24.0, 4.6, 5.0, 180) for x in (-14.0, 14.0)]
    ring = _outside(_scatter(rng, 60, 34.0, 62.0, 3.8), -28, 28, -28, 28)
    made += [_spot(rng, "far_tree", *p, 6.0, 11.0) for p in ring]
    return made


def _playground(params: Params) -> list[Spot]:
    rng = stream(params, 2)
    gear = ["swing", "slide", "climber", "seesaw", "carousel", "spring_horse", "sandpit", "hut"]
    made = []
    places = [(10.0, 0.0), (9.0, 8.5), (0.0, 10.2), (-9.0, 8.5), (-10.2, 0.0), (-8.8, -8.6), (0.5, -9.8), (9.0, -8.8)]
    for (x, y), name in zip(places, rng.permutation(gear), strict=True):
        turn = float(np.degrees(np.arctan2(y, x))) - 90
        made.append(_spot(rng, str(name), x + rng.uniform(-0.4, 0.4), y + rng.uniform(-0.4, 0.4), 0.95, 1.1, turn))
    made += [_spot(rng, "bench", s * 13.6, rng.uniform(3.0, 5.0), 0.95, 1.05, -90 * s) for s in (-1, 1)]
    made += [_spot(rng, "lamp", s * 13.8, -4.5, 4.0, 4.6, -90 * s) for s in (-1, 1)]
    made += [
        _spot(rng, "fence", x, s * 15.6, 0.95, 1.05, 180 * (s < 0)) for s in (-1, 1) for x in np.arange(-15, 16, 3.0)
    ]
    made += [_spot(rng, "fence", s * 16.4, y, 0.95, 1.05, -90 * s) for s in (-1, 1) for y in np.arange(-13.5, 14, 3.0)]
    made += [_spot(rng, "tree", *p, 5.0, 8.0) for p in _scatter(rng, 9, 18.5, 28.0, 5.0)]
    made += [_spot(rng, "bush", *p, 0.7, 1.2) for p in _scatter(rng, 14, 18.0, 26.0, 2.5)]
    made += [_spot(rng, "far_tree", *p, 6.0, 10.0) for p in _scatter(rng, 46, 31.0, 60.0, 3.5) if p[1] < 28]
    return made


def _railway(params: Params) -> list[Spot]:
    rng, edge, tracks = stream(params, 2), number(params, "edge"), int(params["tracks"])
    made = [_spot(rng, "shelter", -0.4, s * rng.uniform(14.0, 15.6), 0.98, 1.05, 180 * (s > 0)) for s in (-1, 1)]
    for y in (-30.0, -20.5, -10.8, 10.8, 20.5, 30.0):
        made.append(_spot(rng, "lamp", rng.choice([-0.6, 0.6]), y, 4.4, 4.8, rng.choice([-90, 90])))
    for s in (-1, 1):
        made.append(_spot(rng, "station_sign", s * 1.4, s * 10.3, 0.95, 1.05, 90 * s))
        made.append(_spot(rng, "bench", s * 1.5, -s * 18.9, 0.95, 1.05, 90 * s))
        made.append(_spot(rng, "bin", s * 2.0, -s * 10.6, 0.95, 1.05))
        made.append(_spot(rng, "planter", s * 2.2, s * 11.4, 0.9, 1.05))
    west = -edge - 5.0 * tracks
    for y in np.arange(-54, 55, 18.0):
        made.append(_spot(rng, "mast", edge + 4.6, y, 6.6, 7.0, 90))
        made.append(_spot(rng, "mast", west - 0.6, y + 4.0, 6.6, 7.0, -90))
    train = int(params["train"])
    if train in (1, 3):
        made.append(_spot(rng, "train", edge + 2.4, rng.uniform(6, 22), 1.0, 1.02))
    if train in (2, 3):
        made.append(_spot(rng, "train", west + 2.4, rng.uniform(-20, -4), 1.0, 1.02))
    made += [_spot(rng, "track_fence", edge + 6.6, y, 1.0, 1.05, -90) for y in np.arange(-46, 47, 4.0)]
    made += [_spot(rng, "bush", edge + rng.uniform(8.0, 11.0), y, 0.7, 1.5) for y in np.arange(-36, 37, 4.5)]
    made += [_spot(rng, "tree", edge + rng.uniform(12, 16), y, 5.0, 8.0) for y in np.arange(-24, 25, 8.0)]
    made += [_spot(rng, "far_tree", edge + rng.uniform(18, 44), y, 6.0, 10.0) for y in np.arange(-58, 59, 3.0)]
    return made


def _market(params: Params) -> list[Spot]:
    rng, lane, radius = stream(params, 2), number(params, "lane"), number(params, "radius")
    made = []
    for s in (-1, 1):
        for y in np.arange(-8.4, 9, 4.2):
            made.append(_spot(rng, "stall", s * (lane + 1.5), y + rng.uniform(-0.3, 0.3), 0.95, 1.05, -90 * s))
        for y in np.arange(-6.3, 7, 4.2):
            made.append(_spot(rng, "crates", s * (lane + 0.65), y, 0.85, 1.05, rng.uniform(-20, 20)))
        for y in (-10.5, 10.5):
            made.append(_spot(rng, "lamp", s * (lane + 0.3), y, 4.2, 4.8, -90 * s))
        for y in np.arange(-10, 11, 6.7):
            made.append(_spot(rng, "stall", s * (lane + 7.0), y, 0.95, 1.05, 90 * s))
        made.append(_spot(rng, "van", s * (radius - 3.2), rng.uniform(-9, 9), 0.97, 1.05, 90))
        made.append(_spot(rng, "street_tree", s * (radius - 3.4), -13.0, 5.0, 6.5))
    made.append(_spot(rng, "fountain", rng.uniform(-1, 1), 12.6, 0.75, 0.9))
    made += [_spot(rng, "parasol", x, -11.0, 0.95, 1.1) for x in (-2.6, 0.6)]
    made += [_spot(rng, "board", s * 2.4, 9.6 * t, 0.9, 1.05, 90 * s) for s in (-1, 1) for t in (-1, 1)]
    return made


def _carpark(params: Params) -> list[Spot]:
    rng, aisle, full = stream(params, 2), number(params, "aisle"), number(params, "full")
    made = []
    for s in (-1, 1):
        for row, (x, reach) in enumerate(((aisle + 2.6, 25.0), (aisle + 9.2, 22.0), (aisle + 20.4, 14.0))):
            for y in np.arange(-27.5, 28, 2.75):
                if rng.random() < full and abs(y) < reach:
                    kind = "van" if rng.random() < 0.1 else "car"
                    made.append(_spot(rng, kind, s * x, y, 0.97, 1.05, 180 * ((row == 0) ^ (s > 0))))
        for y in (-22.0, -11.0, 0.0, 11.0, 22.0):
            made.append(_spot(rng, "lamp", s * (aisle + 5.9), y + 1.4, 5.4, 6.0, -90 * s))
            made.append(_spot(rng, "street_tree", s * (aisle + 5.9), y + 6.9, 4.4, 5.8))
        made.append(_spot(rng, "trolleys", s * (aisle - 1.2), 10.8, 0.95, 1.05, 90))
        made.append(_spot(rng, "sign_post", s * (aisle - 0.6), -9.8, 2.3, 2.7))
        made.append(_spot(rng, "bin", s * (aisle - 0.4), 9.6, 0.95, 1.05))
    made += [_spot(rng, "far_tree", *p, 6.0, 10.0) for p in _scatter(rng, 50, 40.0, 62.0, 3.5) if p[1] < 30]
    return made


def _construction(params: Params) -> list[Spot]:
    rng, away = stream(params, 2), number(params, "distance")
    made = [
        _spot(rng, "skeleton", rng.uniform(-2, 2), away + 6.0, 0.97, 1.03),
        _spot(rng, "crane", rng.choice([-1, 1]) * 16.0, away + 8.0, 0.95, 1.1, rng.uniform(-40, 40)),
        _spot(rng, "excavator", rng.choice([-1, 1]) * 13.5, rng.uniform(-3, 4), 0.95, 1.08, rng.uniform(0, 360)),
        _spot(rng, "truck", -13.5, -11.5, 0.95, 1.05, rng.uniform(-20, 20)),
        _spot(rng, "cabin", 14.5, -6.0, 0.97, 1.03, 90),
        _spot(rng, "cabin", 14.5, -13.0, 0.97, 1.03, 90),
        _spot(rng, "mixer", rng.choice([-1, 1]) * 8.6, -8.0, 0.95, 1.1, rng.uniform(0, 360)),
        _spot(rng, "toilet", 8.8, -10.6, 0.97, 1.03, 180),
    ]
    kinds = ["bricks", "pipes", "timber", "heap", "bricks", "pipes", "timber", "heap", "barrier", "barrier", "crates"]
    lamps = [_spot(rng, "lamp", s * 9.0, -9.4 * s, 4.6, 5.2, -90 * s) for s in (-1, 1)]
    stacks = []
    ring = [np.array([np.cos(a), np.sin(a)]) for a in np.linspace(0, 2 * np.pi, len(kinds), endpoint=False) + 0.25]
    for name, p in zip(rng.permutation(kinds), ring, strict=True):
        square = 9.0 / max(abs(p[0]), abs(p[1])) + (1.4 if name == "heap" else 0.3)
        stacks.append(_spot(rng, str(name), *(p * square), 0.9, 1.15, rng.uniform(0, 180)))
    made += [*lamps, *clear(clear(stacks, made, 1.5), lamps, 2.2)]
    made += [
        _spot(rng, "site_fence", x, s * 22.5, 1.0, 1.03, 180 * (s < 0)) for s in (-1,) for x in np.arange(-22, 23, 3.4)
    ]
    made += [
        _spot(rng, "site_fence", s * 24.0, y, 1.0, 1.03, -90 * s) for s in (-1, 1) for y in np.arange(-20, 27, 3.4)
    ]
    made += [_spot(rng, "far_tree", *p, 6.0, 9.0) for p in _scatter(rng, 40, 34.0, 55.0, 3.6)]
    return made


def _harbour(params: Params) -> list[Spot]:
    rng, quay, across = stream(params, 2), number(params, "quay"), number(params, "across")
    made = [_spot(rng, "bollard", x, quay - 0.45, 0.95, 1.1) for x in np.arange(-30, 31, 5.0)]
    for x in np.arange(-36.5, 37, 14.6):
        made.append(
            _spot(
                rng,
                "yacht" if rng.random() < 0.45 else "trawler",
                x + rng.uniform(-0.3, 0.3),
                quay + rng.uniform(3.2, 4.4),
                0.9,
                1.15,
                180 * int(rng.integers(2)),
            )
        )
    for x in np.arange(-45, 46, 15.0):
        kind = "yacht" if rng.random() < 0.6 else "trawler"
        made.append(_spot(rng, kind, x, quay + rng.uniform(17, 40), 0.9, 1.3, rng.uniform(0, 360)))
    for s in (-1, 1):
        made.append(_spot(rng, "lamp", s * 8.4, quay - 1.0, 4.8, 5.4, 180))
        made.append(_spot(rng, "lamp", s * 22.0, quay - 1.0, 4.8, 5.4, 180))
        made.append(
            _spot(rng, "nets", s * rng.uniform(9.9, 11.2), rng.uniform(1.5, 4.5), 0.9, 1.15, rng.uniform(0, 90))
        )
        made.append(_spot(rng, "crates", s * rng.uniform(8.6, 9.6), rng.uniform(-5, -1), 0.9, 1.1, rng.uniform(0, 90)))
        made.append(_spot(rng, "bench", s * 4.0, -7.2, 0.95, 1.05, 0))
        made.append(_spot(rng, "van", s * 12.5, -8.6, 0.97, 1.05, 0))
        made.append(_spot(rng, "container", s * rng.uniform(14, 18), rng.uniform(-4, 0), 0.97, 1.03, 90))
    made.append(_spot(rng, "harbour_crane", rng.choice([-1, 1]) * 17.0, quay - 3.2, 0.95, 1.1))
    made += [
        _spot(rng, "warehouse", x, -18.0 - rng.uniform(0, 2), 0.95, 1.1, 180) for x in (-30.0, -15.0, 0.0, 15.0, 30.0)
    ]
    made += [_spot(rng, "townhouse", x, quay + across + 6, 0.9, 1.2) for x in np.arange(-70, 71, 8.5)]
    return made


def _courtyard(params: Params) -> list[Spot]:
    rng, radius = stream(params, 2), number(params, "radius")
    made = [_spot(rng, "street_tree", s * (radius - 3.0), t * (radius - 2.6), 4.4, 6.2) for s, t in ((-1, 1), (1, -1))]
    made += [_spot(rng, "bush", rng.choice([-1, 1]) * (radius - 1.6), y, 0.6, 1.0) for y in rng.uniform(-7, 7, 6)]
    for s in (-1, 1):
        made.append(_spot(rng, "lamp", s * (radius - 1.0), rng.uniform(-3, 3), 3.6, 4.0, -90 * s))
        made.append(_spot(rng, "bench", s * 6.8, rng.uniform(-3, 3), 0.95, 1.05, -90 * s))
        made.append(_spot(rng, "planter", s * 6.4, 6.3, 0.9, 1.1))
        made.append(_spot(rng, "planter", s * 6.4, -6.3, 0.9, 1.1))
        made.append(_spot(rng, "hedge", s * 4.6, radius - 2.2, 0.8, 1.1))
    made.append(_spot(rng, "bicycle_rack", rng.uniform(-3, 3), -radius + 1.6, 0.95, 1.05, 180))
    made.append(_spot(rng, "bin", 4.8, -radius + 1.2, 0.95, 1.05))
    made.append(_spot(rng, "clothes_line", rng.uniform(-1, 1), 7.2, 0.95, 1.05))
    made.append(_spot(rng, "crates", -6.6, -7.4, 0.9, 1.1, 20))
    return made


_MAKERS: dict[str, Callable[[Params], list[Spot]]] = {
    "street": _street,
    "plaza": _plaza,
    "park": _park,
    "forest": _forest,
    "beach": _beach,
    "farm": _farm,
    "sports": _sports,
    "playground": _playground,
    "railway": _railway,
    "market": _market,
    "carpark": _carpark,
    "construction": _construction,
    "harbour": _harbour,
    "courtyard": _courtyard,
}
