"""A garage workshop: benches, tool walls, tyres, shelves of cans, machines, a sectional door."""

from __future__ import annotations

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, Wall, number, stream

from ..meshes import Mesh, ball, join, lathe, torus, tube
from ..surfaces import Colour, Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import DARK, ENAMEL, LABELS, STEEL, bottles, boxes, cartons, copies
from .shell import (
    FRAMES,
    PAINTS,
    Dresser,
    door,
    enamelled,
    fill,
    gaps,
    gate,
    lining,
    pick,
    shell,
    strips,
    timber,
    window,
)
from .solids import Parts, block, rod, slab
from .views import outside

PLY = Surface("planks", ((0.4, 0.28, 0.15),), 2, size_m=1.1, roughness=0.8)
BENCH = Surface("planks", ((0.3, 0.2, 0.11),), 1, size_m=0.9, roughness=0.7)
RUBBER = Surface("leather", ((0.03, 0.03, 0.03),), 1, size_m=0.4, roughness=0.9)
GRIPS: tuple[Colour, ...] = ((0.45, 0.05, 0.03), (0.5, 0.32, 0.02), (0.03, 0.12, 0.32), (0.04, 0.04, 0.04))
RUSTY = tuple(
    Surface("rust", (tone, (0.22, 0.09, 0.04)), k, size_m=0.9, roughness=0.55)
    for k, tone in enumerate(((0.1, 0.22, 0.3), (0.35, 0.08, 0.05), (0.14, 0.24, 0.14)))
)


def _tool(kind: int) -> tuple[Mesh, Mesh]:
    """Metal and grip of a hanging tool, from its hook at the origin down, facing -y."""
    if kind == 0:  # hammer
        return block(0.13, 0.03, 0.035, 0, 0, -0.05), rod([0, 0, -0.05], [0, 0, -0.34], 0.014, 6)
    if kind == 1:  # spanner
        ring = torus(0.026, 0.009, 14, 6).turned("x", 90)
        return join(ring.moved(0, 0, -0.03), block(0.02, 0.008, 0.2, 0, 0, -0.25), ring.moved(0, 0, -0.27)), block(
            0.021, 0.009, 0.05, 0, 0, -0.17
        )
    if kind == 2:  # saw
        return boxes(np.array([[-0.055, -0.002, -0.42]]), np.array([[0.07, 0.004, 0.3]])), block(
            0.12, 0.024, 0.11, 0.0, 0, -0.12, 0.02
        )
    if kind == 3:  # screwdriver
        return rod([0, 0, -0.13], [0, 0, -0.27], 0.005, 6), lathe(
            [[0.008, -0.13], [0.016, -0.11], [0.017, -0.03], [0.01, -0.01]], 10
        )
    if kind == 4:  # pliers
        jaws = join(
            rod([-0.008, 0, 0.0], [0.012, 0, -0.08], 0.01, 6), rod([0.008, 0, 0.0], [-0.012, 0, -0.08], 0.01, 6)
        )
        return jaws, join(
            rod([0.012, 0, -0.08], [0.03, 0, -0.2], 0.009, 6), rod([-0.012, 0, -0.08], [-0.03, 0, -0.2], 0.009, 6)
        )
    return torus(0.09, 0.012, 24, 8).turned("x", 90).moved(0, 0, -0.1), torus(0.075, 0.012, 24, 8).turned(
        "x", 90
    ).moved(0, -0.02, -0.09)


def _tool_wall(put: Dresser, x: float, width: float, z: float, rng: np.random.Generator) -> None:
    """A plywood board with rows of tools."""
    put.add("tools", block(width, 0.02, 0.95, x, -0.011, z), PLY)
    for row, top in enumerate((z + 0.9, z + 0.45)):
        at = x - width / 2 + 0.1
        while at < x + width / 2 - 0.08:
            kind = int(rng.integers(6))
            metal, grip = _tool(kind)
            size = float(rng.uniform(0.8, 1.15))
            for mesh, surface in (
                (metal, STEEL),
                (grip, Surface("leather", (GRIPS[(kind + row) % 4],), 1, size_m=0.3, roughness=0.5)),
            ):
                put.add("tools", mesh.scaled(size).moved(at, -0.045, top), surface)
            put.add("tools", rod([at, -0.02, top], [at, -0.06, top], 0.005, 5), DARK)
            at += float(rng.uniform(0.1, 0.2)) + (0.09 if kind in (2, 5) else 0.0)


def _bench(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A work bench with a vice, cans and drawers; tools on the wall."""
    put.add("bench", block(width, 0.68, 0.07, x, -0.36, 0.83, 0.006), BENCH)
    put.add(
        "bench",
        join(
            *[block(0.1, 0.1, 0.83, x + s * (width / 2 - 0.08), y, 0) for s in (-1, 1) for y in (-0.1, -0.62)],
            block(width - 0.1, 0.6, 0.04, x, -0.36, 0.22),
            block(width - 0.2, 0.04, 0.12, x, -0.66, 0.7),
        ),
        BENCH,
    )
    put.put("bench", cartons(rng, 0.55 * width, 0.45, 0.42), x - 0.18 * width, -0.12, 0.26)
    for k, z in enumerate((0.28, 0.44, 0.6)):
        put.add("bench", block(0.5, 0.5, 0.15, x + width / 2 - 0.4, -0.38, z, 0.004), RUSTY[(k + 1) % 3])
        put.add("bench", block(0.14, 0.02, 0.02, x + width / 2 - 0.4, -0.64, z + 0.09), STEEL)
    vice = join(
        block(0.16, 0.2, 0.1, 0, 0, 0, 0.01),
        block(0.18, 0.05, 0.14, 0, -0.14, 0.04, 0.01),
        block(0.18, 0.05, 0.14, 0, -0.06, 0.04, 0.01),
        rod([0, -0.16, 0.07], [0, -0.26, 0.07], 0.014, 8),
        rod([-0.1, -0.26, 0.07], [0.1, -0.26, 0.07], 0.008, 6),
    )
    put.add("bench", vice.moved(x + 0.3 * width, -0.52, 0.9), RUSTY[0])
    put.put("bench", bottles(rng, 0.4, 0.2, int(rng.integers(0, 3))), x - 0.3 * width, -0.1, 0.9)
    put.put("bench", cartons(rng, 0.5, 0.3, 0.28), x + 0.02 * width, -0.08, 0.9)
    drill = join(
        block(0.07, 0.2, 0.08, 0, 0, 0.12, 0.02),
        block(0.05, 0.06, 0.14, 0, 0.06, 0.0, 0.01),
        rod([0, -0.1, 0.16], [0, -0.2, 0.16], 0.012, 8),
    )
    put.add(
        "bench",
        drill.turned("z", 60).moved(x - 0.05 * width, -0.48, 0.9),
        Surface("leather", (pick(rng, GRIPS[:3]),), 1, size_m=0.4, roughness=0.5),
    )
    put.put("bench", lamps.desk_lamp(rng), x - 0.44 * width, -0.24, 0.9)
    if not any(h.kind == "window" and abs(h.at - x) < (h.width + width) / 2 for h in put.wall.holes):
        _tool_wall(put, x, width, 1.2, rng)


def rack(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Steel shelves of cans, cartons, crates and jerrycans."""
    steel, tall = pick(rng, RUSTY), 2.05
    posts = [block(0.045, 0.045, tall, x + s * (width / 2 - 0.022), y, 0) for s in (-1, 1) for y in (-0.05, -0.47)]
    levels = (0.12, 0.62, 1.12, 1.6, 2.0)
    put.add("racks", join(*posts, *[block(width, 0.46, 0.03, x, -0.26, z) for z in levels]), steel)
    for z, above in zip(levels, (*levels[1:], 2.5), strict=True):
        kind = int(rng.integers(4))
        if kind == 0:
            for side in (-1, 1):
                put.put(
                    "racks",
                    bottles(rng, width / 2 - 0.1, 0.3, int(rng.integers(1, 4))),
                    x + side * width / 4,
                    -0.2,
                    z + 0.03,
                )
        elif kind == 1:
            can = lathe(
                [[0.09, 0], [0.095, 0.01], [0.09, 0.02], [0.09, 0.2], [0.095, 0.21], [0.06, 0.215]],
                16,
                uv_repeat=(2.0, 1.0),
            )
            xs = np.arange(x - width / 2 + 0.14, x + width / 2 - 0.1, 0.21)
            put.add(
                "racks",
                copies(
                    can, np.c_[xs, np.full(len(xs), -0.36), np.full(len(xs), z + 0.03)], rng.uniform(0, 360, len(xs))
                ),
                pick(rng, LABELS),
            )
        else:
            put.put("racks", cartons(rng, width - 0.14, 0.4, above - z - 0.06), x, -0.04, z + 0.03)


def tyres(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Piles of tyres, some with rims; a poster over them."""
    profile = [
        [0.2, -0.1],
        [0.31, -0.1],
        [0.34, -0.07],
        [0.345, 0.0],
        [0.34, 0.07],
        [0.31, 0.1],
        [0.2, 0.1],
        [0.19, 0.06],
        [0.19, -0.06],
    ]
    tyre = lamps.turned_sheet(profile, 30)
    grooves = join(*[block(0.012, 0.03, 0.15, 0, -0.342, -0.075).turned("z", 15.0 * k) for k in range(24)])
    rim = lathe([[0.19, -0.07], [0.17, 0.02], [0.06, 0.04], [0.05, 0.07], [0.02, 0.075]], 20)
    for k in range(max(1, int(width / 0.75))):
        at = x + (k - (max(1, int(width / 0.75)) - 1) / 2) * 0.74
        for level in range(int(rng.integers(2, 6))):
            put.add(
                "tyres",
                join(tyre, grooves).moved(at + float(rng.uniform(-0.02, 0.02)), -0.42, 0.11 + 0.205 * level),
                RUBBER,
            )
            if level % 2:
                put.add("tyres", rim.moved(at, -0.42, 0.11 + 0.205 * level), STEEL)
    fit.poster(put, x, 1.45, 0.5, rng, False)


def drums(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Oil drums, a gas bottle and a broom."""
    drum = lathe(
        [
            [0.27, 0],
            [0.28, 0.02],
            [0.275, 0.28],
            [0.285, 0.29],
            [0.275, 0.3],
            [0.275, 0.58],
            [0.285, 0.59],
            [0.275, 0.6],
            [0.28, 0.86],
            [0.26, 0.87],
            [0.25, 0.85],
            [0.06, 0.85],
        ],
        26,
    )
    for k in range(max(1, int(width / 0.62))):
        at = x + (k - (max(1, int(width / 0.62)) - 1) / 2) * 0.62
        put.add("drums", drum.turned("z", float(rng.uniform(0, 360))).moved(at, -0.36, 0), pick(rng, RUSTY))
        put.put("drums", bottles(rng, 0.2, 0.1, int(rng.integers(1, 4))), at, -0.3, 0.86)
    pole = [x + 0.46 * width, -0.5, 0.05], [x + 0.44 * width, -0.03, 1.5]
    put.add("drums", join(rod(*pole, 0.013, 8), block(0.4, 0.08, 0.1, pole[0][0], -0.5, 0.0)), BENCH)
    fit.poster(put, x - 0.05, 1.3, 0.55, rng, False)


def _cabinet(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A red tool trolley with drawers and an open lid; a compressor beside it."""
    paint = enamelled(rng)
    put.add(
        "trolley",
        join(block(0.72, 0.46, 0.8, x - 0.1, -0.3, 0.14, 0.006), block(0.72, 0.46, 0.3, x - 0.1, -0.3, 0.98, 0.006)),
        paint,
    )
    for k in range(8):
        z = (0.18 + 0.125 * k) if k < 6 else (1.0 + 0.14 * (k - 6))
        put.add("trolley", block(0.68, 0.014, 0.105, x - 0.1, -0.538, z, 0.003), paint)
        put.add("trolley", block(0.6, 0.016, 0.016, x - 0.1, -0.55, z + 0.08), STEEL)
    wheels = [
        lathe([[0.06, -0.02], [0.065, 0], [0.06, 0.02]], 14).turned("y", 90).moved(x - 0.1 + sx * 0.28, y, 0.068)
        for sx in (-1, 1)
        for y in (-0.14, -0.46)
    ]
    put.add("trolley", join(*wheels), RUBBER)
    put.put("trolley", bottles(rng, 0.4, 0.2, 2), x - 0.1, -0.2, 1.28)
    if width > 1.2:
        tank = (
            lathe([[0.05, -0.4], [0.19, -0.34], [0.2, 0.34], [0.05, 0.4]], 20)
            .turned("y", 90)
            .moved(x + 0.5, -0.36, 0.34)
        )
        put.add("trolley", join(tank, block(0.26, 0.24, 0.22, x + 0.45, -0.36, 0.54, 0.02)), RUSTY[1])
        put.add(
            "trolley",
            join(
                ball(0.05, 12, 8).moved(x + 0.66, -0.36, 0.62),
                *[rod([x + 0.5 + s * 0.25, -0.36, 0.2], [x + 0.5 + s * 0.28, -0.36, 0.0], 0.02, 6) for s in (-1, 1)],
            ),
            DARK,
        )
    fit.board(put, x, 1.55, min(0.9, width), 0.6)


def _bicycle(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A bicycle hung flat on the wall above crates."""
    paint = enamelled(rng)
    ring, hub = torus(0.33, 0.017, 36, 6).turned("x", 90), ball(0.03, 8, 6)
    spokes = [rod([0, 0, 0], [0.32 * np.cos(a), 0, 0.32 * np.sin(a)], 0.0025, 4) for a in np.arange(14) * 0.4488]
    z, y = 1.42, -0.12
    for side in (-1, 1):
        put.add("bicycle", ring.moved(x + side * 0.5, y, z), RUBBER)
        put.add("bicycle", join(hub, *spokes).moved(x + side * 0.5, y, z), STEEL)
    p = {
        "rear": (-0.5, 0.0),
        "crank": (-0.08, -0.05),
        "seat": (-0.2, 0.45),
        "head": (0.36, 0.42),
        "front": (0.5, 0.0),
        "bar": (0.34, 0.56),
    }
    bars = [
        ("rear", "crank"),
        ("crank", "seat"),
        ("seat", "rear"),
        ("seat", "head"),
        ("crank", "head"),
        ("head", "front"),
        ("head", "bar"),
    ]
    tubes = [rod([x + p[a][0], y, z + p[a][1]], [x + p[b][0], y, z + p[b][1]], 0.017, 8) for a, b in bars]
    put.add("bicycle", join(*tubes), paint)
    bar = tube([[x + 0.34, y - 0.08, z + 0.56], [x + 0.34, y, z + 0.57], [x + 0.34, y + 0.08, z + 0.56]], 0.013, 8)
    extras = join(
        block(0.24, 0.1, 0.05, x - 0.21, y, z + 0.47, 0.02),
        bar,
        torus(0.09, 0.01, 20, 6).turned("x", 90).moved(x - 0.08, y - 0.03, z - 0.05),
        *[rod([x + dx, 0.0, z + 0.3], [x + dx, -0.16, z + 0.34], 0.012, 6) for dx in (-0.35, 0.3)],
    )
    put.add("bicycle", extras, DARK)
    put.put("crates", cartons(rng, min(1.6, width), 0.45, 0.5), x, -0.06, 0.0)


def _openings(put: Dresser, wall: Wall, rng: np.random.Generator) -> None:
    for hole in wall.holes:
        if hole.kind == "gate":
            gate(put, hole, enamelled(rng))
            fit.exit_sign(put, hole.at - hole.width / 2 - 0.5, 2.1)
        elif hole.kind == "door":
            door(put, hole, timber(rng))
            fit.socket(put, hole.at + hole.width / 2 + 0.22, 1.1, 2)
            fit.extinguisher(put, hole.at - hole.width / 2 - 0.28)
        else:
            window(put, hole, 2, 1, FRAMES[1])


def build_garage(params: Params) -> list[tuple[str, Model]]:
    """A workshop with a garage door."""
    rng, parts = stream(params, 20), Parts()
    plain, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    upright = shell(parts, params, "garage", plain, floor, lining(rng, str(pick(rng, ("concrete", "planks")))))
    height = number(params, "height")
    units = (
        (1.5, 2.3, _bench),
        (1.1, 1.6, rack),
        (0.75, 1.5, tyres),
        (0.7, 1.4, drums),
        (0.95, 1.5, _cabinet),
        (1.7, 1.9, _bicycle),
    )
    pipe = Surface("rust", ((0.36, 0.35, 0.32), (0.25, 0.12, 0.06)), 2, size_m=1.2, roughness=0.5)
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, height, low=DARK, top=None)
        _openings(put, wall, rng)
        ends = 0.05 if wall.name in ("wall_north", "wall_south") else 1.02
        for left, right in gaps(wall, 1.5, ends, 0.62):
            fill(put, left, right, units, rng, 0.2)
        fit.pipe_run(put, height - 0.28, 0.03 + 0.02 * (wall.name == "wall_north"), pipe, 0.13)
        if not wall.holes:
            fit.hung_clock(put, 0.35 * wall.length, 2.45)
            fit.vent(put, -0.3 * wall.length, 2.35)
    _ceiling(parts, params, rng)
    lamps.tubes(parts, lamp_points("garage", params), height, 1.4)
    outside(parts, params, upright)
    return parts.models()


def _ceiling(parts: Parts, params: Params, rng: np.random.Generator) -> None:
    """Joists, a door motor's rail, and yellow lines and a drain on the floor."""
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    wood = timber(rng)
    for y in np.arange(-d / 2 + 0.5, d / 2 - 0.2, 1.1):
        parts.add("beams", block(w - 0.02, 0.1, 0.16, 0, float(y), h - 0.16), wood)
    parts.add(
        "beams",
        join(block(0.06, 0.6 * d, 0.06, 0, -0.18 * d, h - 0.3), block(0.3, 0.45, 0.16, 0, 0.15 * d, h - 0.34)),
        ENAMEL,
    )
    paint = Surface("plaster", ((0.5, 0.36, 0.04), (0.3, 0.24, 0.1)), 1, size_m=0.7)
    for x in (-1.5, 1.5):
        parts.add("markings", slab(x - 0.05, x + 0.05, -d / 2 + 1.2, d / 2 - 1.2, 0.004), paint)
    grate = Surface("metal", (PAINTS[5],), 1, size_m=0.3, roughness=0.5)
    parts.add("markings", slab(-0.15, 0.15, -0.3 * d, 0.3 * d, 0.005), grate)
