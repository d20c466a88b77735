"""A bedroom: day beds, wardrobes, chests of drawers, desks."""

from __future__ import annotations

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, number, stream

from ..meshes import ball, join
from ..surfaces import Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import CERAMIC, DARK, STEEL, books, bottles, cartons, mug, pottery
from .indoor import bookcase, corner, cushion, dress_openings, rug
from .shell import (
    BRASS,
    CLOTHS,
    Dresser,
    fill,
    gaps,
    lacquer,
    lining,
    pick,
    shell,
    strips,
    timber,
)
from .solids import Parts, block
from .views import outside


def _bed(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A day bed along the wall with quilt, pillows and a headboard."""
    wood, deep = timber(rng), 0.9
    quilt = Surface(
        str(pick(rng, ("patchwork", "floral", "plaid"))),
        pick(rng, CLOTHS),
        int(rng.integers(3)),
        size_m=1.0,
        roughness=0.95,
    )
    linen = Surface("stripes", ((0.62, 0.6, 0.55), (0.5, 0.5, 0.52)), 1, size_m=0.6, roughness=0.95)
    put.add(
        "bed",
        join(
            block(width, deep, 0.22, x, -deep / 2 - 0.03, 0.12, 0.01),
            block(0.05, deep, 0.95, x - width / 2, -deep / 2 - 0.03, 0.0, 0.01),
            block(0.05, deep, 0.62, x + width / 2, -deep / 2 - 0.03, 0.0, 0.01),
        ),
        wood,
    )
    put.add("bed", cushion(width - 0.1, deep - 0.04, 0.2, x, -deep / 2 - 0.03, 0.34), linen)
    cover = cushion(0.68 * width, deep + 0.02, 0.14, x + 0.13 * width, -deep / 2 - 0.03, 0.43)
    drop = cushion(0.68 * width, 0.03, 0.26, x + 0.13 * width, -deep - 0.03, 0.24)
    put.add("bed", join(cover, drop), quilt)
    for k in range(2):
        pad = block(0.62, 0.42, 0.16, 0, 0, 0, 0.05).turned("y", 14.0).turned("z", 90 + float(rng.uniform(-8, 8)))
        put.add("bed", pad.moved(x - width / 2 + 0.34 + 0.05 * k, -0.26 - 0.4 * k, 0.52), linen if k else quilt)
    fit.pictures(put, x - 0.4 * width, x + 0.4 * width, rng, 1.6)
    put.add("bed", block(1.0, 0.2, 0.025, x + 0.1 * width, -0.1, 1.12), wood) if rng.random() < 0.4 else None


def _wardrobe(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A closet with doors, and suitcases on top."""
    paint, tall, deep = pick(rng, (timber(rng), lacquer(rng))), float(rng.uniform(1.95, 2.15)), 0.58
    put.add("wardrobe", block(width, deep, tall - 0.08, x, -deep / 2 - 0.01, 0.08), paint)
    put.add("wardrobe", block(width + 0.06, deep + 0.04, 0.05, x, -deep / 2 - 0.01, tall), paint)
    put.add("wardrobe", block(width - 0.06, deep - 0.04, 0.08, x, -deep / 2 - 0.01, 0.0), DARK)
    count = max(2, round(width / 0.55))
    pitch = width / count
    for k in range(count):
        at = x + (k - (count - 1) / 2) * pitch
        put.add("wardrobe", block(pitch - 0.014, 0.022, tall - 0.14, at, -deep - 0.02, 0.11, 0.004), paint)
        for z, high in ((0.2, 0.7), (1.05, tall - 1.25)):
            put.add("wardrobe", block(pitch - 0.17, 0.014, high, at, -deep - 0.036, z, 0.006), paint)
        grip = block(
            0.016, 0.03, 0.16, at + (0.5 * pitch - 0.06) * (1 if k % 2 == 0 else -1), -deep - 0.045, 1.0, 0.004
        )
        put.add("wardrobe", grip, BRASS)
    put.put("wardrobe", cartons(rng, 0.8 * width, 0.4, 0.3), x, -0.08, tall + 0.05)


def _chest(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A chest of drawers under a mirror-like picture, with flasks and a lamp."""
    paint = pick(rng, (timber(rng), lacquer(rng)))
    put.add("chest", block(width, 0.45, 0.84, x, -0.24, 0.06, 0.006), paint)
    put.add("chest", block(width + 0.05, 0.49, 0.03, x, -0.25, 0.9), paint)
    for row in range(4):
        for side in (-1, 1):
            at, z = x + side * width / 4, 0.1 + 0.2 * row
            put.add("chest", block(width / 2 - 0.03, 0.02, 0.18, at, -0.473, z, 0.005), paint)
            put.add("chest", ball(0.016, 10, 8).moved(at, -0.495, z + 0.09), BRASS)
    put.add("chest", join(*[block(0.06, 0.38, 0.06, x + s * (width / 2 - 0.06), -0.24, 0) for s in (-1, 1)]), paint)
    put.put("chest", bottles(rng, 0.35, 0.16, 3), x + 0.25 * width, -0.1, 0.93)
    put.put("chest", lamps.desk_lamp(rng), x - 0.32 * width, -0.22, 0.93)
    put.put("chest", pottery(rng), x, -0.2, 0.93)
    fit.picture(put, x, 1.3, 0.62, 0.78, rng)


def _desk(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A writing table with a shelf of books over it."""
    wood = timber(rng)
    legs = [block(0.045, 0.045, 0.71, x + s * (width / 2 - 0.05), y, 0.0) for s in (-1, 1) for y in (-0.06, -0.5)]
    put.add(
        "desk",
        join(
            block(width, 0.55, 0.03, x, -0.28, 0.71, 0.004),
            *legs,
            block(0.38, 0.48, 0.4, x + width / 2 - 0.22, -0.27, 0.3),
        ),
        wood,
    )
    for z in (0.32, 0.51):
        put.add("desk", block(0.34, 0.02, 0.17, x + width / 2 - 0.22, -0.52, z, 0.004), wood)
        put.add("desk", ball(0.014, 10, 8).moved(x + width / 2 - 0.22, -0.54, z + 0.085), STEEL)
    put.put("desk", lamps.desk_lamp(rng), x - 0.36 * width, -0.16, 0.74)
    put.put("desk", books(rng, 0.3, 0.25), x + 0.28 * width, -0.05, 0.74)
    put.put("desk", mug(rng), x + 0.05, -0.3, 0.74)
    put.add("desk", block(0.32, 0.24, 0.02, x - 0.08, -0.33, 0.74).turned("z", 0.0), CERAMIC[2])
    for z in (1.25, 1.6):
        put.add("desk", block(width, 0.2, 0.025, x, -0.1, z), wood)
        put.add("desk", join(*[block(0.02, 0.16, 0.1, x + s * 0.4 * width, -0.08, z - 0.1) for s in (-1, 1)]), wood)
        share = float(rng.uniform(0.5, 0.9)) * width
        put.put("desk", books(rng, share, 0.25), x - (width - share) / 2, -0.02, z + 0.025)
    fit.poster(put, x, 1.95, 0.36, rng, False)


_BEDROOM = (
    (1.9, 2.05, _bed),
    (1.1, 1.9, _wardrobe),
    (0.95, 1.3, _chest),
    (1.15, 1.5, _desk),
    (1.0, 1.3, bookcase),
    (0.6, 0.9, corner),
)


def build_bedroom(params: Params) -> list[tuple[str, Model]]:
    """A bedroom: day beds, wardrobes, chests and desks along its walls."""
    rng, parts = stream(params, 20), Parts()
    paper, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    cloth = Surface(str(pick(rng, ("floral", "stripes", "dots"))), pick(rng, CLOTHS), int(rng.integers(3)), size_m=0.9)
    upright = shell(parts, params, "bedroom", paper, floor)
    height = number(params, "height")
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, height)
        dress_openings(put, wall, cloth, rng)
        along = wall.name in ("wall_north", "wall_south")
        for k, (left, right) in enumerate(gaps(wall, 2.2, 0.05 if along else 1.02, 0.4)):
            if wall.name in ("wall_north", "wall_west") and k == 0 and right - left > 2.1:
                _bed(put, left + 1.05, 2.0, rng)
                left += 2.15
            fill(put, left, right, _BEDROOM, rng)
            fit.socket(put, (left + right) / 2)
    lamps.domes(parts, lamp_points("bedroom", params), height)
    rug(parts, params, rng, 0.45)
    outside(parts, params, upright)
    return parts.models()
