"""A classroom: tables pushed to the walls, a blackboard, posters, lockers."""

from __future__ import annotations

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, number, stream

from ..meshes import ball, join, lathe
from ..surfaces import Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import DARK, PAPER, STEEL, books, bottles, boxes, cartons, plant
from .office import ACOUSTIC, LAMINATES, files, furnish_openings, lockers
from .shell import (
    CLOTHS,
    Dresser,
    fill,
    gaps,
    lining,
    pick,
    shell,
    strips,
    timber,
)
from .solids import Parts, block, rod, sheet
from .views import outside

CHALK = Surface(
    "noise",
    ((0.03, 0.075, 0.055), (0.045, 0.1, 0.075), (0.06, 0.12, 0.1), (0.035, 0.08, 0.06)),
    1,
    size_m=2.2,
    roughness=0.8,
)


def _pupils(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A table with two chairs, books and bags; posters above."""
    top = LAMINATES[int(rng.integers(2))]
    tube = Surface(
        "metal", (pick(rng, ((0.12, 0.14, 0.16), (0.35, 0.07, 0.05), (0.08, 0.2, 0.3))),), 1, size_m=0.5, roughness=0.4
    )
    put.add("tables", block(width, 0.52, 0.028, x, -0.3, 0.71, 0.004), top)
    put.add(
        "tables",
        join(
            *[
                rod([x + sx * (width / 2 - 0.06), y, 0.0], [x + sx * (width / 2 - 0.06), y, 0.71], 0.016, 8)
                for sx in (-1, 1)
                for y in (-0.08, -0.5)
            ]
        ),
        tube,
    )
    for side in (-1, 1):
        at, turn = x + side * 0.25 * width, float(rng.uniform(-20, 20))
        seat = join(block(0.38, 0.36, 0.016, 0, 0, 0.44, 0.005), block(0.38, 0.016, 0.22, 0, -0.2, 0.62, 0.005))
        legs = [
            rod([sx * 0.16, sy * 0.15, 0.0], [sx * 0.16, sy * 0.15, 0.44 if sy > 0 else 0.8], 0.011, 6)
            for sx in (-1, 1)
            for sy in (-1, 1.0)
        ]
        put.put("chairs", [(seat, top), (join(*legs), tube)], at, -0.88, 0.0, turn)
    put.put("tables", books(rng, 0.2, 0.27, 0.2), x - 0.35 * width, -0.12, 0.738)
    leaf = block(0.21, 0.29, 0.004, x + 0.1 * width, -0.34, 0.738).turned("z", 0.0)
    put.add("tables", leaf, PAPER)
    if rng.random() < 0.5:
        put.put("tables", bottles(rng, 0.1, 0.1, 0), x + 0.38 * width, -0.1, 0.738)
    under = any(abs(hole.at - x) < (hole.width + width) / 2 for hole in put.wall.holes if hole.kind == "window")
    if not under:
        for k in (-0.26, 0.26):
            fit.poster(
                put,
                x + k * width,
                float(rng.uniform(1.1, 1.35)),
                float(rng.uniform(0.42, 0.56)),
                rng,
                rng.random() < 0.4,
            )


def _globe(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A low cupboard with a globe, models and plants; a pin board over it."""
    wood = timber(rng)
    put.add("cupboard", block(width, 0.45, 0.85, x, -0.24, 0.05, 0.006), wood)
    count = max(2, round(width / 0.5))
    for k in range(count):
        at = x + (k - (count - 1) / 2) * width / count
        put.add("cupboard", block(width / count - 0.02, 0.02, 0.75, at, -0.475, 0.1, 0.006), wood)
        put.add("cupboard", block(0.1, 0.02, 0.016, at, -0.495, 0.72), STEEL)
    sea = Surface("camo", ((0.06, 0.16, 0.3), (0.3, 0.3, 0.12), (0.1, 0.24, 0.1), (0.08, 0.2, 0.34)), 1, roughness=0.3)
    put.add("cupboard", ball(0.17, 24, 14).moved(x - 0.3 * width, -0.24, 1.16), sea)
    put.add(
        "cupboard",
        join(lathe([[0.11, 0], [0.1, 0.02], [0.015, 0.04], [0.015, 0.12]], 18)).moved(x - 0.3 * width, -0.24, 0.9),
        DARK,
    )
    put.put("cupboard", plant(rng, 0.45, int(rng.integers(3))), x + 0.05 * width, -0.24, 0.9)
    put.put("cupboard", cartons(rng, 0.3 * width, 0.3, 0.3), x + 0.33 * width, -0.1, 0.9)
    fit.board(put, x, 1.5, min(1.5, width - 0.1), 0.75)


def _blackboard(put: Dresser, rng: np.random.Generator) -> None:
    """Board with a ledge, lamps over it, and the teacher's desk at its side."""
    fit.board(put, 0.0, 0.9, 3.4, 1.2, CHALK)
    put.add("boards", block(3.3, 0.1, 0.02, 0, -0.06, 0.86), LAMINATES[0])
    chalk = np.array([[x, -0.09, 0.88] for x in (-1.2, -1.05, 0.3, 0.5, 1.1)])
    put.add("boards", boxes(chalk, np.full((5, 3), [0.07, 0.012, 0.012])), PAPER)
    for k, (x, z) in enumerate(((-1.25, 1.2), (-0.55, 1.15), (0.35, 1.25), (1.15, 1.2))):
        lines = np.array([[x - 0.25, -0.0175, z + 0.09 * j] for j in range(8)])
        wide = np.c_[rng.uniform(0.15, 0.5, 8), np.full(8, 0.001), np.full(8, 0.012)]
        put.add("boards", boxes(lines, wide), PAPER) if k != 2 else fit.poster(put, x, z - 0.15, 0.5, rng, False)


def build_classroom(params: Params) -> list[tuple[str, Model]]:
    """A classroom whose tables are pushed to the walls."""
    rng, parts = stream(params, 20), Parts()
    plain, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    upright = shell(
        parts, params, "classroom", plain, floor, ACOUSTIC if rng.random() < 0.5 else lining(rng, "plaster")
    )
    height = number(params, "height")
    units = ((1.2, 1.5, _pupils), (1.2, 1.5, _pupils), (0.8, 1.6, lockers), (1.1, 1.6, _globe), (0.9, 1.3, files))
    rail = timber(rng)
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, height)
        furnish_openings(put, wall, rng, False)
        if wall.name == "wall_north":
            _blackboard(put, rng)
            fit.hung_clock(put, 2.1, 2.35)
            fill(put, -wall.length / 2 + 0.05, -1.85, units, rng)
            fill(put, 2.5, wall.length / 2 - 0.05, units, rng)
            continue
        ends = 0.05 if wall.name == "wall_south" else 1.25
        for left, right in gaps(wall, 0.8, ends, 0.3):
            low = any(left < hole.at < right for hole in wall.holes)
            fill(put, left, right, units[:2] if low else units, rng)
        if not wall.holes:
            put.add("trim", block(wall.length - 0.1, 0.02, 0.09, 0.0, -0.01, 2.35), rail)
            for x in np.arange(-0.42, 0.43, 0.12) * wall.length:
                fit.poster(put, float(x), 2.47, 0.26, rng, False)
    points = lamp_points("classroom", params)
    if rng.random() < 0.5:
        lamps.tubes(parts, points, height)
    else:
        lamps.pendants(parts, points, height, DARK, 2)
    w, d = number(params, "width"), number(params, "depth")
    mat = sheet(0.3 * w, 0.26 * d, fit=True).moved(z=-0.13 * d).turned("x", -90).moved(0.0, 0.0, 0.006)
    parts.add(
        "rug",
        mat,
        Surface(
            str(pick(rng, ("patchwork", "carpet", "dots"))), pick(rng, CLOTHS), int(rng.integers(4)), roughness=0.95
        ),
    )
    outside(parts, params, upright)
    return parts.models()
