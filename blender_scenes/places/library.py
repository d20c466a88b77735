"""A reading room: bookcases to the ceiling, ladders, window seats, reading desks and busts."""

from __future__ import annotations

import itertools

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, Wall, number, stream

from ..meshes import ball, join, lathe, torus
from ..surfaces import Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import PAPER, books, plant, pottery
from .shell import BRASS, CLOTHS, FRAMES, Dresser, door, fill, gaps, lining, pick, shell, strips, timber, window
from .solids import Parts, block, rod, sheet
from .views import outside

GREEN_GLASS = Surface("glaze", ((0.02, 0.14, 0.06),), 1, size_m=0.4, roughness=0.2, emission=0.5)
STONE = Surface("marble", ((0.55, 0.53, 0.48), (0.35, 0.33, 0.3)), 1, size_m=0.8, roughness=0.4)


def _tall_case(wood: Surface, tall: float):
    """A unit: cupboards below, shelves of books up to `tall`, a frieze; a ladder now and then."""

    def make(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
        count = max(1, round(width / 1.0))
        pitch = width / count
        put.add("cases", block(width, 0.44, 0.7, x, -0.23, 0.06), wood)
        put.add(
            "cases",
            join(
                block(width + 0.03, 0.47, 0.035, x, -0.24, 0.76),
                block(width, 0.02, tall, x, -0.012, 0.0),
                block(width + 0.06, 0.36, 0.14, x, -0.18, tall),
                block(width + 0.12, 0.42, 0.05, x, -0.2, tall + 0.14),
            ),
            wood,
        )
        for k in range(count + 1):
            put.add("cases", block(0.05, 0.32, tall - 0.79, x - width / 2 + k * pitch, -0.165, 0.79), wood)
            put.add("cases", block(0.09, 0.02, tall - 0.79, x - width / 2 + k * pitch, -0.33, 0.79, 0.005), wood)
        levels = np.linspace(0.79, tall, max(4, round((tall - 0.79) / 0.33)) + 1)
        for k in range(count):
            at = x - width / 2 + (k + 0.5) * pitch
            for side in (-1, 1):
                panel = block(pitch / 2 - 0.05, 0.02, 0.58, at + side * (pitch / 4 - 0.005), -0.458, 0.12, 0.008)
                put.add("cases", panel, wood)
                put.add("cases", ball(0.014, 10, 8).moved(at + side * 0.05, -0.48, 0.45), BRASS)
            for z, above in itertools.pairwise(levels):
                put.add("cases", block(pitch, 0.3, 0.024, at, -0.16, z - 0.012), wood)
                room = pitch - 0.07
                share = room if rng.random() < 0.7 else float(rng.uniform(0.5, 0.85)) * room
                put.put("books", books(rng, share, above - z - 0.05, 0.22), at - (room - share) / 2, -0.06, z + 0.012)
                if room - share > 0.25:
                    put.put("books", pottery(rng, 0.8), at + room / 2 - 0.12, -0.16, z + 0.012)
        if rng.random() < 0.4:
            _ladder(put, x + float(rng.uniform(-0.3, 0.3)) * width, tall)
        sign = sheet(0.4, 0.1, fit=True).moved(x, -0.362, tall + 0.02)
        put.add(
            "cases",
            sign,
            Surface("letters", ((0.4, 0.3, 0.12), (0.05, 0.04, 0.03)), int(rng.integers(4)), roughness=0.4),
        )

    return make


def _ladder(put: Dresser, x: float, tall: float) -> None:
    """A rolling ladder that leans on the case's rail."""
    foot, head = -0.98, -0.4
    steps = np.arange(0.3, tall - 0.1, 0.3)
    rails = [rod([x + s * 0.22, foot, 0.04], [x + s * 0.22, head, tall - 0.02], 0.022, 8) for s in (-1, 1)]
    rungs = [block(0.42, 0.09, 0.02, x, foot + (head - foot) * z / tall, float(z)) for z in steps]
    put.add("ladder", join(*rails, *rungs), Surface("wood", ((0.3, 0.17, 0.08),), 1, size_m=0.8, roughness=0.4))
    put.add(
        "ladder",
        join(
            *[ball(0.04, 10, 8).moved(x + s * 0.22, foot, 0.04) for s in (-1, 1)],
            rod([x - 0.6, -0.385, tall - 0.04], [x + 0.6, -0.385, tall - 0.04], 0.012, 8),
        ),
        BRASS,
    )


def _reading(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A desk under a window with a banker's lamp, open books and a chair."""
    wood = timber(rng)
    put.add(
        "desks",
        join(
            block(width, 0.6, 0.04, x, -0.32, 0.72, 0.006),
            block(width - 0.1, 0.5, 0.1, x, -0.3, 0.62),
            *[
                block(0.07, 0.07, 0.66, x + sx * (width / 2 - 0.07), y, 0.0, 0.008)
                for sx in (-1, 1)
                for y in (-0.08, -0.54)
            ],
        ),
        wood,
    )
    put.add(
        "desks",
        block(0.6 * width, 0.36, 0.004, x, -0.38, 0.76),
        Surface("leather", ((0.06, 0.16, 0.09),), 1, size_m=0.8, roughness=0.6),
    )
    lamp_x = x + 0.3 * width
    put.add(
        "desks",
        join(lathe([[0.09, 0], [0.08, 0.02], [0.012, 0.03], [0.012, 0.3]], 18).moved(lamp_x, -0.2, 0.76)),
        BRASS,
    )
    hood = block(0.26, 0.12, 0.08, lamp_x, -0.24, 1.06, 0.03)
    put.add("desks", hood, GREEN_GLASS)
    for side in (-1, 1):
        leaf = block(0.17, 0.24, 0.012, 0, 0, 0).turned("y", 7 * side).moved(x - 0.1 + side * 0.085, -0.4, 0.777)
        put.add("desks", leaf, PAPER)
    put.put("desks", books(rng, 0.22, 0.26), x - 0.34 * width, -0.08, 0.76)
    cloth = Surface(
        "leather",
        (pick(rng, ((0.25, 0.06, 0.04), (0.06, 0.15, 0.09), (0.12, 0.08, 0.05))),),
        1,
        size_m=0.7,
        roughness=0.5,
    )
    seat = join(block(0.46, 0.44, 0.07, 0, 0, 0.42, 0.02), block(0.42, 0.05, 0.42, 0, -0.21, 0.52, 0.015))
    legs = join(
        *[block(0.045, 0.045, 0.44 if sy > 0 else 0.95, sx * 0.2, sy * 0.19, 0.0) for sx in (-1, 1) for sy in (-1, 1)]
    )
    turn = float(rng.uniform(-15, 15))
    put.put("chairs", [(seat, cloth), (legs, wood)], x - 0.1 * width, -0.82, 0.0, turn)


def _bust(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A head on a column, or a globe in its stand, before a portrait."""
    if rng.random() < 0.5:
        column = lathe([[0.22, 0], [0.22, 0.08], [0.15, 0.14], [0.14, 0.95], [0.2, 1.0], [0.2, 1.06]], 24)
        head = join(
            lathe([[0.1, 0], [0.17, 0.06], [0.2, 0.16], [0.08, 0.24], [0.06, 0.3]], 20),
            ball(0.11, 18, 12).scaled(0.9, 1.05, 1.3).moved(0, -0.02, 0.4),
            ball(0.03, 8, 6).moved(0, -0.14, 0.39),
        )
        put.add("busts", join(column, head.moved(0, 0, 1.06)).moved(x, -0.35, 0), STONE)
    else:
        sea = Surface(
            "camo", ((0.3, 0.25, 0.14), (0.42, 0.34, 0.18), (0.24, 0.26, 0.16), (0.34, 0.28, 0.15)), 1, roughness=0.4
        )
        put.add("busts", ball(0.3, 28, 16).moved(x, -0.5, 0.85), sea)
        ring = torus(0.36, 0.02, 36, 8).moved(x, -0.5, 0.85)
        legs = [
            rod(
                [x + 0.34 * np.cos(a), -0.5 + 0.34 * np.sin(a), 0.85],
                [x + 0.26 * np.cos(a), -0.5 + 0.26 * np.sin(a), 0.0],
                0.024,
                8,
            )
            for a in (0.8, 2.36, 3.93, 5.5)
        ]
        put.add("busts", join(ring, *legs), timber(rng))
    fit.picture(put, x, 1.55 if width < 0.9 else 1.45, min(0.7, width - 0.15), 0.9, rng)


def _armchair(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A leather chair with a side table and a standing lamp."""
    hide = Surface(
        "leather",
        (pick(rng, ((0.22, 0.08, 0.04), (0.07, 0.14, 0.09), (0.3, 0.16, 0.07))),),
        1,
        size_m=0.9,
        roughness=0.45,
    )
    at = x - 0.15
    put.add(
        "sofa",
        join(
            block(0.85, 0.8, 0.24, at, -0.5, 0.12, 0.05),
            block(0.85, 0.2, 0.7, at, -0.2, 0.3, 0.06),
            block(0.56, 0.58, 0.14, at, -0.6, 0.36, 0.05),
            *[block(0.16, 0.8, 0.34, at + s * 0.35, -0.5, 0.3, 0.05) for s in (-1, 1)],
        ),
        hide,
    )
    put.add(
        "sofa",
        join(*[ball(0.035, 8, 6).moved(at + sx * 0.34, y, 0.06) for sx in (-1, 1) for y in (-0.2, -0.82)]),
        BRASS,
    )
    put.put("lamps", lamps.floor_lamp(rng), x + width / 2 - 0.25, -0.32)
    fit.pictures(put, x - width / 2, x + width / 2, rng, 1.75)


def _openings(put: Dresser, wall: Wall, rng: np.random.Generator) -> None:
    frames, wood = pick(rng, FRAMES[::2]), timber(rng)
    cloth = Surface(
        "stripes" if rng.random() < 0.5 else "floral",
        pick(rng, CLOTHS),
        2 * int(rng.integers(2)) + 1,
        size_m=1.0,
        roughness=0.9,
    )
    for hole in wall.holes:
        if hole.kind == "door":
            door(put, hole, wood, trim=wood)
            fit.hung_clock(put, hole.at, hole.height + 0.4, 0.2)
            fit.exit_sign(put, hole.at + 0.0, hole.height + 0.64) if wall.height > 3.9 else None
            continue
        window(put, hole, 2, 3, frames)
        fit.curtains(put, hole, cloth, rng)
        if hole.sill > 0.9:
            _reading(put, hole.at, 1.5, rng)


def _beams(parts: Parts, params: Params, wood: Surface) -> None:
    """A coffered ceiling."""
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    for x in np.linspace(-w / 2, w / 2, 5)[1:-1]:
        parts.add("beams", block(0.2, d - 0.02, 0.2, float(x), 0, h - 0.2), wood)
    for y in np.linspace(-d / 2, d / 2, 6)[1:-1]:
        parts.add("beams", block(w - 0.02, 0.16, 0.16, 0, float(y), h - 0.16), wood)


def build_library(params: Params) -> list[tuple[str, Model]]:
    """A library's reading room."""
    rng, parts = stream(params, 20), Parts()
    plain, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    upright = shell(parts, params, "library", plain, floor)
    height, wood = number(params, "height"), timber(rng)
    tall = float(rng.uniform(2.35, min(2.95, height - 0.75)))
    cases = (1.0, 2.4, _tall_case(wood, tall))
    units = (cases, (0.7, 1.0, _bust), cases, (1.2, 1.5, _armchair))
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, height, tall=0.16, low=wood)
        _openings(put, wall, rng)
        ends = 0.04 if wall.name in ("wall_north", "wall_south") else 1.05
        for left, right in gaps(wall, 2.5, ends, 0.5 if wall.name in ("wall_east", "wall_west") else 0.2):
            fill(put, left, right, units, rng, 0.12)
        fit.pictures(
            put, -0.42 * wall.length, 0.42 * wall.length, rng, (tall + 0.2 + height) / 2
        ) if height - tall > 1.2 and not wall.holes else None
    _beams(parts, params, wood)
    shade = Surface("metal", ((0.5, 0.38, 0.16),), 1, size_m=0.5, roughness=0.35)
    lamps.pendants(parts, lamp_points("library", params), height, shade, int(rng.integers(0, 3)))
    w, d = number(params, "width"), number(params, "depth")
    rug = sheet(0.55 * w, 0.5 * d, fit=True).moved(z=-0.25 * d).turned("x", -90).moved(0, 0, 0.006)
    parts.add(
        "rug", rug, Surface("carpet", (*pick(rng, CLOTHS), (0.55, 0.5, 0.38)), int(rng.integers(4)), roughness=0.95)
    )
    put = Dresser(parts, upright[0])
    put.put("plants", plant(rng, 1.2, 1), -number(params, "width") / 2 + 0.45, -0.75)
    outside(parts, params, upright)
    return parts.models()
