"""An open office: desks with screens, shelves of files, lockers, machines."""

from __future__ import annotations

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, Wall, number, stream

from ..meshes import ball, join, lathe
from ..surfaces import Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import DARK, PAPER, STEEL, books, boxes, cartons, keyboard, mug, plant, screen
from .shell import (
    FRAMES,
    PAINTED_WOOD,
    Dresser,
    door,
    enamelled,
    fill,
    gaps,
    lining,
    pick,
    shell,
    strips,
    timber,
    window,
)
from .solids import Parts, block, rod, sheet
from .views import outside

ACOUSTIC = Surface("acoustic", ((0.62, 0.61, 0.58),), 1, size_m=1.2, roughness=0.95)
LAMINATES = (
    Surface("wood", ((0.5, 0.38, 0.24),), 1, size_m=1.2, roughness=0.4),
    Surface("wood", ((0.6, 0.58, 0.53), (0.5, 0.47, 0.42)), 2, size_m=1.4, roughness=0.4),
    Surface("wood", ((0.26, 0.15, 0.08),), 0, size_m=1.2, roughness=0.4),
)


def swivel_chair(rng: np.random.Generator) -> list:
    """An office chair about the origin that faces +y."""
    cloth = Surface(
        "fabric",
        (pick(rng, ((0.1, 0.12, 0.15), (0.3, 0.08, 0.06), (0.1, 0.22, 0.2), (0.22, 0.22, 0.2))),),
        1,
        size_m=0.4,
        roughness=0.95,
    )
    seat = join(block(0.48, 0.46, 0.09, 0, 0, 0.44, 0.03), block(0.44, 0.08, 0.55, 0, -0.24, 0.58, 0.03))
    legs = [rod([0, 0, 0.12], [0.28 * np.cos(a), 0.28 * np.sin(a), 0.07], 0.018, 6) for a in np.arange(5) * 1.2566]
    wheels = [ball(0.035, 10, 6).moved(0.28 * np.cos(a), 0.28 * np.sin(a), 0.035) for a in np.arange(5) * 1.2566]
    arms = [
        join(
            rod([s * 0.25, -0.1, 0.5], [s * 0.28, -0.1, 0.68], 0.014, 6),
            block(0.05, 0.26, 0.03, s * 0.28, 0.0, 0.68, 0.01),
        )
        for s in (-1, 1)
    ]
    return [
        (seat, cloth),
        (
            join(
                rod([0, 0, 0.1], [0, 0, 0.45], 0.025, 8),
                *legs,
                *wheels,
                *arms,
                rod([0, -0.2, 0.46], [0, -0.24, 0.7], 0.02, 6),
            ),
            DARK,
        ),
    ]


def _desk(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A desk with screens, papers and a chair; a partition or a board behind it."""
    top, deep = pick(rng, LAMINATES), 0.75
    legs = [block(0.05, 0.6, 0.71, x + s * (width / 2 - 0.05), -0.38, 0.0) for s in (-1, 1)]
    put.add("desks", block(width, deep, 0.028, x, -deep / 2 - 0.01, 0.71, 0.004), top)
    put.add("desks", join(*legs, block(width - 0.2, 0.02, 0.3, x, -0.06, 0.4)), STEEL)
    put.add("desks", block(0.4, 0.55, 0.56, x + width / 2 - 0.3, -0.4, 0.04, 0.006), pick(rng, LAMINATES))
    for z in (0.07, 0.25, 0.43):
        put.add("desks", block(0.37, 0.014, 0.16, x + width / 2 - 0.3, -0.68, z, 0.004), top)
        put.add("desks", block(0.12, 0.02, 0.014, x + width / 2 - 0.3, -0.69, z + 0.11), DARK)
    for k in range(1 + (rng.random() < 0.5)):
        put.put(
            "desks",
            screen(rng, float(rng.uniform(0.5, 0.62))),
            x - 0.12 + 0.64 * k - 0.2 * (width > 1.5),
            -0.24,
            0.738,
            float(rng.uniform(-12, 12)),
        )
    put.put("desks", keyboard(rng), x - 0.15, -0.52, 0.738)
    put.put("desks", mug(rng), x + 0.38, -0.55, 0.738)
    put.put("desks", books(rng, 0.28, 0.3, 0.22), x - width / 2 + 0.2, -0.06, 0.738)
    if rng.random() < 0.5:
        put.put("desks", lamps.desk_lamp(rng), x + width / 2 - 0.18, -0.2, 0.738)
    else:
        put.put("desks", plant(rng, 0.36, int(rng.integers(3))), x + width / 2 - 0.18, -0.25, 0.738)
    put.put("chairs", swivel_chair(rng), x + float(rng.uniform(-0.2, 0.1)), -1.05, 0.0, float(rng.uniform(-40, 40)))
    under = any(abs(hole.at - x) < (hole.width + width) / 2 for hole in put.wall.holes if hole.kind == "window")
    if not under:
        choice = int(rng.integers(3))
        if choice == 0:
            fit.board(put, x, 1.25, min(1.3, width - 0.2), 0.8)
        elif choice == 1:
            fit.pictures(put, x - width / 2, x + width / 2, rng, 1.65)
        else:
            for z in (1.35, 1.75):
                put.add("shelves", block(width - 0.1, 0.26, 0.024, x, -0.13, z), top)
                put.add(
                    "shelves",
                    join(*[block(0.02, 0.22, 0.14, x + s * 0.4 * width, -0.11, z - 0.14) for s in (-1, 1)]),
                    DARK,
                )
                put.put("shelves", books(rng, 0.8 * width, 0.31, 0.24), x, -0.01, z + 0.024)


def files(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Open shelves of folders and cartons."""
    frame, tall = pick(rng, LAMINATES), 1.9
    levels = np.linspace(0.06, tall - 0.03, 6)
    put.add(
        "files",
        join(
            *[block(width, 0.4, 0.025, x, -0.21, z) for z in levels],
            block(width, 0.012, tall, x, -0.012, 0),
            *[block(0.025, 0.4, tall, x + s * (width / 2 - 0.012), -0.21, 0.0) for s in (-1, 1)],
        ),
        frame,
    )
    for z in levels[:-1]:
        if rng.random() < 0.7:
            share = float(rng.uniform(0.5, 0.95)) * (width - 0.08)
            put.put("files", books(rng, share, 0.31, 0.27), x - (width - 0.08 - share) / 2, -0.1, z + 0.025)
        else:
            put.put("files", cartons(rng, width - 0.1, 0.33, 0.31), x, -0.05, z + 0.025)
    put.put("files", cartons(rng, 0.8 * width, 0.35, 0.34), x, -0.04, tall)


def lockers(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Steel cabinets with vents and labels."""
    paint = enamelled(rng)
    count = max(1, int(width / 0.4))
    for k in range(count):
        at = x + (k - (count - 1) / 2) * 0.4
        put.add("lockers", block(0.395, 0.48, 1.86, at, -0.25, 0.08, 0.004), paint)
        put.add("lockers", block(0.36, 0.014, 1.8, at, -0.497, 0.11, 0.004), paint)
        slots = np.array([[at - 0.1, -0.51, z] for z in (1.6, 1.65, 1.7, 0.3, 0.35, 0.4)])
        put.add("lockers", boxes(slots, np.full((6, 3), [0.2, 0.008, 0.015])), DARK)
        put.add("lockers", block(0.02, 0.03, 0.1, at + 0.14, -0.515, 1.0), STEEL)
        put.add("lockers", sheet(0.09, 0.05, fit=True).moved(at, -0.5045, 1.48), PAPER)
    put.add("lockers", block(0.4 * count, 0.4, 0.08, x, -0.24, 0), DARK)
    put.put("lockers", cartons(rng, 0.36 * count, 0.4, 0.36), x, -0.05, 1.94)


def _kit(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A copier, or a water cooler with a plant; a noticeboard above."""
    if rng.random() < 0.5 and width > 0.75:
        grey = Surface("metal", ((0.5, 0.5, 0.48),), 2, size_m=1.2, roughness=0.5)
        put.add(
            "machines",
            join(
                block(0.62, 0.58, 0.55, x, -0.32, 0.06, 0.01),
                block(0.64, 0.6, 0.3, x, -0.32, 0.64, 0.015),
                block(0.6, 0.5, 0.08, x, -0.3, 0.96, 0.02),
            ),
            grey,
        )
        put.add(
            "machines",
            join(
                block(0.5, 0.02, 0.14, x, -0.62, 0.12),
                block(0.5, 0.02, 0.14, x, -0.62, 0.32),
                block(0.22, 0.1, 0.02, x + 0.16, -0.6, 0.95),
            ),
            DARK,
        )
        put.add("machines", block(0.22, 0.3, 0.02, x - 0.2, -0.4, 1.04), PAPER)
    else:
        body = Surface("metal", ((0.58, 0.58, 0.57),), 1, size_m=1.0, roughness=0.4)
        put.add("machines", block(0.32, 0.32, 0.98, x - 0.1, -0.24, 0.0, 0.02), body)
        water = Surface("marble", ((0.14, 0.3, 0.4), (0.4, 0.5, 0.55)), 1, size_m=0.8, roughness=0.1)
        put.add(
            "machines",
            lathe([[0.06, 0], [0.12, 0.06], [0.13, 0.1], [0.13, 0.32], [0.09, 0.38]], 18).moved(x - 0.1, -0.24, 0.98),
            water,
        )
        put.add(
            "machines",
            join(
                block(0.2, 0.04, 0.12, x - 0.1, -0.4, 0.62),
                block(0.03, 0.05, 0.03, x - 0.13, -0.43, 0.82),
                block(0.03, 0.05, 0.03, x - 0.07, -0.43, 0.82),
            ),
            DARK,
        )
        put.put("plants", plant(rng, float(rng.uniform(0.9, 1.4)), int(rng.integers(3))), x + 0.25, -0.4)
    if rng.random() < 0.6:
        fit.board(put, x, 1.5, min(0.9, width), 0.62)
    else:
        fit.poster(put, x, 1.35, 0.5, rng)


def furnish_openings(put: Dresser, wall: Wall, rng: np.random.Generator, exit_above: bool) -> None:
    frames, wood = pick(rng, FRAMES), timber(rng)
    slats = Surface("metal", ((0.58, 0.57, 0.54),), 1, size_m=0.8, roughness=0.5)
    for hole in wall.holes:
        if hole.kind == "door":
            door(put, hole, wood, glazed=rng.random() < 0.6)
            fit.socket(put, hole.at + hole.width / 2 + 0.22, 1.08, 2)
            if exit_above:
                fit.exit_sign(put, hole.at, hole.height + 0.16)
            continue
        window(put, hole, max(2, round(hole.width / 0.9)), 2 if rng.random() < 0.5 else 1, frames)
        fit.blind(put, hole, float(rng.choice([0.15, 0.3, 0.5])), slats)
        fit.radiator(put, hole.at, min(1.6, hole.width))
        if rng.random() < 0.6:
            put.put("plants", plant(rng, 0.34, int(rng.integers(3))), hole.at + 0.25 * hole.width, 0.0, hole.sill)


def build_office(params: Params) -> list[tuple[str, Model]]:
    """An open office: desks along the walls under an acoustic ceiling."""
    rng, parts = stream(params, 20), Parts()
    plain, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    upright = shell(parts, params, "office", plain, floor, ACOUSTIC)
    height = number(params, "height")
    units = ((1.4, 1.8, _desk), (1.4, 1.8, _desk), (0.8, 1.3, files), (0.8, 1.6, lockers), (0.75, 1.0, _kit))
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, height, low=pick(rng, (PAINTED_WOOD, DARK)), top=None)
        furnish_openings(put, wall, rng, True)
        ends = 0.05 if wall.name in ("wall_north", "wall_south") else 1.4
        for left, right in gaps(wall, 0.8, ends, 0.3):
            low = any(left < hole.at < right for hole in wall.holes)
            fill(put, left, right, units[:2] if low else units, rng)
        fit.vent(put, 0.3 * wall.length, height - 0.45)
        if wall.name == "wall_south":
            fit.extinguisher(put, wall.holes[0].at - wall.holes[0].width / 2 - 0.3)
            fit.hung_clock(put, -0.38 * wall.length, height - 0.4)
    lamps.panels(parts, lamp_points("office", params), height)
    outside(parts, params, upright)
    return parts.models()


# ------------------------------------------------------------------
