"""A hall: gallery, workshop or gymnasium."""

from __future__ import annotations

import numpy as np

from viewlock.generator.layouts import Params, number, stream

from ..meshes import join
from ..surfaces import Model, Surface
from . import fittings as fit
from .clutter import bottles, cartons, plant, pottery
from .garage import drums, rack, tyres
from .shell import CLOTHS, WHITE, Dresser, door, fill, gaps, pick, shell, strips, timber, window
from .shop import fruit_stand
from .solids import Parts, along_wall, block, drape, rod, sheet
from .views import outside

PIPE = Surface("metal", ((0.45, 0.42, 0.38),), 1, size_m=0.8, metallic=0.5, roughness=0.5)
WALLS = {
    "brick": ((0.42, 0.2, 0.13), (0.45, 0.43, 0.4)),
    "concrete": ((0.4, 0.38, 0.34), (0.2, 0.15, 0.1)),
    "plaster": ((0.55, 0.5, 0.42), (0.4, 0.3, 0.22)),
}
FLOORS = {
    "concrete": ((0.32, 0.3, 0.27), (0.16, 0.13, 0.1)),
    "planks": ((0.4, 0.26, 0.13),),
    "checker": ((0.5, 0.48, 0.42), (0.12, 0.1, 0.09)),
    "tiles": ((0.42, 0.38, 0.32), (0.3, 0.14, 0.08)),
}


def build_hall(params: Params) -> list[tuple[str, Model]]:
    """A large hall: columns at the border, high windows, banners, crates, beams."""
    rng, parts = stream(params, 20), Parts()
    style, ground = str(params["wall"]), str(params["floor"])
    size = {"brick": 1.3, "concrete": 2.6, "plaster": 2.2}[style]
    surface = Surface(style, WALLS[style], int(rng.integers(3)), size_m=size, bump=0.004, roughness=0.85)
    floor = Surface(ground, FLOORS[ground], int(rng.integers(3)), size_m=2.4, roughness=0.4)
    upright = shell(parts, params, "hall", surface, floor)
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, number(params, "height"))
        for hole in wall.holes:
            if hole.kind == "door":
                door(put, hole, timber(rng))
            else:
                window(put, hole, 3, 4)
        _dress(put, params, rng)
    _columns(parts, params, rng)
    _beams(parts, params, rng)
    outside(parts, params, upright)
    return parts.models()


def _dress(put: Dresser, params: Params, rng: np.random.Generator) -> None:
    """Banners on the end walls; racks, drums, stalls and crates along all walls, between the pillars of the sides."""
    wall = put.wall
    units = (
        (0.75, 1.3, _pile),
        (1.1, 1.6, rack),
        (0.75, 1.4, tyres),
        (0.7, 1.4, drums),
        (1.0, 1.7, fruit_stand),
        (1.4, 2.0, _trestle),
    )
    height = number(params, "height")
    fit.pipe_run(put, height - 1.0, 0.05, PIPE, 0.16)
    if wall.name in ("wall_north", "wall_south"):
        for k, x in enumerate(np.linspace(-0.36, 0.36, 5) * wall.length):
            if abs(x) < 1.7 and wall.holes:
                continue
            _banner(put, float(x), rng, painted=bool((k + int(rng.integers(2))) % 2))
        for left, right in gaps(wall, 1.8, 0.1, 0.8):
            fill(put, left, right, units, rng, 0.6)
    else:
        count = len(wall.holes)
        spacing = (number(params, "depth") - 2.0) / count
        for k in range(count):
            fill(put, (k - count / 2) * spacing + 0.36, (k + 1 - count / 2) * spacing - 0.36, units, rng, 0.5)
    for hole in wall.holes:
        if hole.kind == "door":
            fit.exit_sign(put, hole.at, hole.height + 0.2)
            fit.extinguisher(put, hole.at + hole.width / 2 + 0.35)
            fit.socket(put, hole.at - hole.width / 2 - 0.25, 1.1, 3)
    if not wall.holes:
        fit.hung_clock(put, 0.0, height - 1.5, 0.32)
        fit.vent(put, -0.25 * wall.length, height - 1.0, 0.9, 0.45)


def _trestle(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A trestle table with a cloth, goods, pots and plants."""
    cloth = Surface(
        str(pick(rng, ("plaid", "stripes", "floral"))),
        pick(rng, CLOTHS),
        int(rng.integers(3)),
        size_m=0.8,
        roughness=0.95,
    )
    put.add("tables", block(width, 0.7, 0.03, x, -0.45, 0.73), timber(rng))
    put.add("tables", block(width + 0.02, 0.72, 0.006, x, -0.45, 0.76), cloth)
    put.add("tables", drape(width, 0.34, 7, 0.012).moved(x, -0.825, 0.425), cloth)
    put.add(
        "tables",
        join(
            *[
                rod([x + sx * (width / 2 - 0.2), -0.45, 0.73], [x + sx * (width / 2 - 0.2), y, 0.0], 0.025, 6)
                for sx in (-1, 1)
                for y in (-0.15, -0.75)
            ]
        ),
        timber(rng),
    )
    left = x - width / 2 + 0.18
    while left < x + width / 2 - 0.2:
        kind = int(rng.integers(4))
        pieces = (pottery(rng, 1.1), plant(rng, 0.42, kind), bottles(rng, 0.3, 0.2), cartons(rng, 0.36, 0.3, 0.3))[kind]
        put.put("tables", pieces, left, -0.35, 0.766)
        left += 0.36
    fit.poster(put, x, 1.15, 0.5, rng, False)


def _banner(put: Dresser, x: float, rng: np.random.Generator, painted: bool) -> None:
    tint = pick(rng, CLOTHS)
    if painted:
        put.add("banners", block(1.5, 0.05, 1.9, x, -0.026, 1.4), timber(rng))
        picture = Surface("painting", tint, int(rng.integers(6)), roughness=0.5)
        put.add("banners", sheet(1.4, 1.8, fit=True).moved(x, -0.056, 1.45), picture)
        return
    put.add("banners", rod([x - 0.65, -0.1, 4.1], [x + 0.65, -0.1, 4.1], 0.02), timber(rng))
    texture = str(pick(rng, ("letters", "stripes", "floral", "patchwork")))
    cloth = Surface(texture, (*tint, (0.6, 0.5, 0.2)), int(rng.integers(6)), roughness=0.85)
    put.add("banners", sheet(1.2, 2.2, fit=True).moved(x, -0.1, 1.9), cloth)


def _pile(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Cartons and crates piled on a pallet."""
    wood = Surface("planks", ((0.42, 0.28, 0.15),), 1, size_m=0.6, roughness=0.85)
    put.add(
        "crates",
        join(
            *[block(width, 0.1, 0.025, x, y, 0.1) for y in (-0.1, -0.35, -0.6, -0.85)],
            *[block(0.1, 0.8, 0.1, x + dx * width, -0.47, 0.0) for dx in (-0.42, 0, 0.42)],
        ),
        wood,
    )
    z = 0.125
    for _ in range(int(rng.integers(2, 5))):
        tall = float(rng.uniform(0.28, 0.46))
        if rng.random() < 0.35:
            crate = block(0.9 * width, 0.7, tall, x, -0.47, z, 0.01)
            put.add("crates", crate, wood)
        else:
            for row in (-0.02, -0.44):
                put.put("crates", cartons(rng, width, 0.4, tall), x, row, z)
        z += tall


def _columns(parts: Parts, params: Params, rng: np.random.Generator) -> None:
    """Pillars along the long walls, between the windows."""
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    count = int(params["windows"])
    spacing = (d - 2.0) / count
    surface = Surface("concrete", ((0.42, 0.4, 0.36), (0.2, 0.16, 0.12)), 1, size_m=1.5, roughness=0.8)
    stripe = Surface("stripes", ((0.55, 0.4, 0.05), (0.05, 0.05, 0.05)), int(rng.integers(3)), size_m=0.6)
    for turn, x in ((90, -w / 2), (-90, w / 2)):
        for k in range(count + 1):
            at = (k - count / 2) * spacing
            shaft = join(
                block(0.42, 0.42, h, at, -0.21, 0, 0.03),
                block(0.6, 0.5, 0.12, at, -0.25, 0.0, 0.02),
                block(0.6, 0.5, 0.2, at, -0.25, h - 0.55, 0.02),
            )
            parts.add("columns", along_wall(shaft, turn, x, 0), surface)
            parts.add("columns", along_wall(block(0.46, 0.45, 0.5, at, -0.225, 0.5), turn, x, 0), stripe)


def _beams(parts: Parts, params: Params, rng: np.random.Generator) -> None:
    """Beams across, pipes along, and hanging lamps."""
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    count = int(params["windows"])
    spacing = (d - 2.0) / count
    wood = timber(rng)
    for k in range(count + 1):
        parts.add("beams", block(w - 0.1, 0.26, 0.34, 0, (k - count / 2) * spacing, h - 0.34), wood)
    for x, radius in ((-0.3 * w, 0.14), (-0.3 * w + 0.35, 0.07), (0.32 * w, 0.1)):
        parts.add("beams", rod([x, -d / 2 + 0.02, h - 0.55], [x, d / 2 - 0.02, h - 0.55], radius, 14), PIPE)
    glow = Surface("plain", ((1.0, 0.93, 0.82),), emission=3.0)
    for x in (-w / 4, w / 4):
        for y in (-d / 3, 0.0, d / 3):
            parts.add("fixtures", block(0.2, 1.3, 0.06, x, y, h - 0.66), WHITE)
            parts.add("fixtures", block(0.16, 1.26, 0.02, x, y, h - 0.68), glow)
            for end in (-0.55, 0.55):
                parts.add("fixtures", rod([x, y + end, h - 0.62], [x, y + end, h], 0.008, 6), PIPE)
