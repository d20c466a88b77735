"""A living room: sofas, bookcases, sideboards, a television."""

from __future__ import annotations

import itertools

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, Wall, number, stream

from ..meshes import Mesh, ball, join
from ..surfaces import Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import DARK, books, cartons, plant, pottery
from .shell import (
    BRASS,
    CLOTHS,
    FRAMES,
    Dresser,
    door,
    fill,
    gaps,
    lining,
    pick,
    shell,
    strips,
    timber,
    window,
)
from .solids import Parts, block, sheet
from .views import outside


def cushion(width: float, depth: float, height: float, x: float, y: float, z: float) -> Mesh:
    """A padded box."""
    return block(width, depth, height, x, y, z, min(0.05, 0.3 * height))


def bookcase(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A bookcase: boards between sides, filled with books and things."""
    wood, tall, deep = timber(rng), float(rng.uniform(1.75, 2.15)), 0.3
    levels = np.linspace(0.08, tall - 0.03, 6)
    # Boards lie between the sides and a little behind their edges: faces in one plane would shade each other.
    inside = width - 0.052
    boards = [block(inside, deep - 0.004, 0.026, x, -deep / 2 - 0.008, z) for z in levels]
    sides = [block(0.026, deep, tall, x + s * (width / 2 - 0.013), -deep / 2 - 0.01, 0.0) for s in (-1, 1)]
    put.add(
        "bookcase",
        join(
            *boards, *sides, block(inside, 0.012, tall, x, -0.018, 0.0), block(inside, 0.02, 0.08, x, 0.006 - deep, 0)
        ),
        wood,
    )
    for z, above in itertools.pairwise(levels):
        room, left = width - 0.08, x - width / 2 + 0.04
        share = float(rng.uniform(0.45, 1.0)) * room
        tallest = min(0.27, above - z - 0.04)
        put.put("bookcase", books(rng, share, tallest), left + share / 2, -0.06, z + 0.026)
        while share + 0.2 < room:
            put.put("bookcase", pottery(rng, min(1.0, tallest / 0.3)), left + share + 0.12, -0.16, z + 0.026)
            share += 0.24
    for k in range(int(rng.integers(1, 3))):
        put.put("bookcase", pottery(rng, 1.2), x + (k - 0.5) * 0.5 * width, -0.16, tall)


def _sideboard(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A low cabinet with a picture, a lamp and things on top."""
    wood = timber(rng)
    put.add("cabinet", block(width, 0.42, 0.66, x, -0.23, 0.1, 0.008), wood)
    count = max(2, round(width / 0.48))
    pitch = width / count
    for k in range(count):
        at = x + (k - (count - 1) / 2) * pitch
        put.add("cabinet", block(pitch - 0.02, 0.02, 0.6, at, -0.448, 0.13, 0.006), wood)
        put.add("cabinet", ball(0.016, 12, 8).moved(at + 0.4 * pitch * (1 if k % 2 else -1), -0.47, 0.48), BRASS)
    for side in (-1, 1):
        put.add("cabinet", block(0.06, 0.3, 0.1, x + side * (width / 2 - 0.1), -0.23, 0.0), wood)
    put.put("cabinet", lamps.desk_lamp(rng), x - 0.36 * width, -0.2, 0.76)
    put.put("cabinet", books(rng, 0.24, 0.24), x - 0.05 * width, -0.1, 0.76)
    for k in (0.14, 0.28):
        put.put("cabinet", pottery(rng), x + k * width, -0.22, 0.76)
    put.put("cabinet", plant(rng, 0.45, int(rng.integers(3))), x + 0.42 * width, -0.24, 0.76)
    fit.picture(put, x, 1.35, min(1.1, 0.6 * width), 0.7, rng)


def _sofa(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """An upholstered seat with cushions, pictures above it."""
    kind = str(pick(rng, ("fabric", "leather", "knit", "denim")))
    cloth = Surface(kind, pick(rng, CLOTHS), int(rng.integers(3)), size_m=0.9, roughness=0.9)
    body = [cushion(width, 0.8, 0.28, x, -0.45, 0.1), cushion(width, 0.2, 0.5, x, -0.13, 0.36)]
    body += [cushion(0.17, 0.8, 0.3, x + s * (width / 2 - 0.085), -0.45, 0.36) for s in (-1, 1)]
    count = max(1, round((width - 0.34) / 0.7))
    pitch = (width - 0.34) / count
    for k in range(count):
        at = x + (k - (count - 1) / 2) * pitch
        body.append(cushion(pitch - 0.01, 0.6, 0.14, at, -0.53, 0.36))
        back = cushion(pitch - 0.04, 0.16, 0.42, 0, 0, 0).turned("x", -12)
        body.append(back.moved(at, -0.3, 0.47))
    put.add("sofa", join(*body), cloth)
    for k in range(int(rng.integers(1, 4))):
        loose = Surface(
            str(pick(rng, ("plaid", "floral", "patchwork"))), pick(rng, CLOTHS), k, size_m=0.5, roughness=0.95
        )
        pad = block(0.4, 0.12, 0.4, 0, 0, 0, 0.05).turned("y", float(rng.uniform(-14, 14))).turned("x", -18)
        put.add("sofa", pad.moved(x + float(rng.uniform(-0.36, 0.36)) * width, -0.47, 0.5), loose)
    legs = [block(0.05, 0.05, 0.1, x + s * (width / 2 - 0.08), y, 0.0) for s in (-1, 1) for y in (-0.12, -0.78)]
    put.add("sofa", join(*legs), timber(rng))
    fit.pictures(put, x - width / 2, x + width / 2, rng, 1.65)


def corner(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A tall plant or a standing lamp beside an armless chair."""
    if rng.random() < 0.5:
        put.put("plants", plant(rng, float(rng.uniform(0.85, 1.15)), int(rng.integers(3))), x, -0.4)
    else:
        put.put("lamps", lamps.floor_lamp(rng), x, -0.35)
    if width > 0.7:
        fit.pictures(put, x - width / 2, x + width / 2, rng, 1.7)


def _media(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A low bench with a television, records and loudspeakers."""
    wood = timber(rng)
    put.add(
        "bench",
        join(
            block(width, 0.4, 0.03, x, -0.22, 0.42),
            block(width, 0.4, 0.03, x, -0.22, 0.12),
            *[block(0.03, 0.4, 0.45, x + s * (width / 2 - 0.015), -0.22, 0.0) for s in (-1, 0, 1)],
        ),
        wood,
    )
    put.put("bench", books(rng, 0.42 * width, 0.25, 0.3), x - 0.25 * width, -0.08, 0.15)
    put.put("bench", cartons(rng, 0.4 * width, 0.32, 0.24), x + 0.25 * width, -0.05, 0.15)
    wide = min(1.15, 0.65 * width)
    put.add(
        "bench",
        join(
            block(wide, 0.04, 0.58 * wide, x, -0.2, 0.52, 0.008),
            block(0.3, 0.2, 0.015, x, -0.2, 0.45),
            block(0.06, 0.04, 0.08, x, -0.18, 0.45),
        ),
        DARK,
    )
    show = Surface("painting", pick(rng, CLOTHS), int(rng.integers(9)), roughness=0.2, emission=0.25)
    put.add("bench", sheet(wide - 0.03, 0.58 * wide - 0.03, fit=True).moved(x, -0.2215, 0.535), show)
    for side in (-1, 1):
        at = x + side * (width / 2 - 0.12)
        put.add("bench", block(0.18, 0.22, 0.34, at, -0.22, 0.45, 0.006), timber(rng))
        for z, r in ((0.56, 0.06), (0.71, 0.035)):
            put.add("bench", ball(r, 14, 8).scaled(1, 0.15, 1).moved(at, -0.33, z), DARK)
    fit.picture(put, x, 1.45, 0.9, 0.5, rng)


_UNITS = ((1.0, 1.5, bookcase), (1.3, 1.9, _sideboard), (1.7, 2.3, _sofa), (0.6, 0.95, corner), (1.5, 1.9, _media))


def dress_openings(put: Dresser, wall: Wall, cloth: Surface, rng: np.random.Generator) -> None:
    """Doors with switches; windows with curtains, radiators and pots on the sill."""
    wood, frames = timber(rng), pick(rng, FRAMES)
    for hole in wall.holes:
        if hole.kind == "door":
            door(put, hole, wood)
            fit.socket(put, hole.at + hole.width / 2 + 0.2, 1.08, 2)
            continue
        window(put, hole, 2 if hole.width < 1.8 else 3, 2, frames)
        fit.curtains(put, hole, cloth, rng)
        fit.radiator(put, hole.at, min(1.2, hole.width))
        for k in range(int(rng.integers(1, 3))):
            x = hole.at + (k - 0.5) * 0.5 * hole.width
            pot = plant(rng, 0.3, int(rng.integers(3))) if rng.random() < 0.7 else pottery(rng, 0.8)
            put.put("plants", pot, x, -0.0, hole.sill)


def build_room(params: Params) -> list[tuple[str, Model]]:
    """A living room: sofas, bookcases and sideboards along its walls."""
    rng, parts = stream(params, 20), Parts()
    paper, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    cloth = Surface(str(pick(rng, ("floral", "stripes", "plaid"))), pick(rng, CLOTHS), int(rng.integers(3)), size_m=0.8)
    upright = shell(parts, params, "room", paper, floor)
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, number(params, "height"))
        dress_openings(put, wall, cloth, rng)
        side = 0.3 if wall.name in ("wall_north", "wall_south") else 0.95
        for left, right in gaps(wall, 1.8, side, 0.55):
            fill(put, left, right, _UNITS, rng)
            fit.socket(put, (left + right) / 2)
    shade = Surface(
        "fabric", (pick(rng, ((0.6, 0.5, 0.34), (0.5, 0.25, 0.15), (0.4, 0.42, 0.3))),), 1, size_m=0.4, emission=0.4
    )
    lamps.pendants(parts, lamp_points("room", params), number(params, "height"), shade, int(rng.integers(1, 3)))
    rug(parts, params, rng, 0.5)
    outside(parts, params, upright)
    return parts.models()


def rug(parts: Parts, params: Params, rng: np.random.Generator, share: float) -> None:
    w, d = number(params, "width"), number(params, "depth")
    tones = pick(rng, CLOTHS)
    wide, deep = share * w, share * d * float(rng.uniform(0.75, 1.0))
    mesh = sheet(wide, deep, fit=True).moved(z=-deep / 2).turned("x", -90).moved(0, 0, 0.006)
    surface = Surface("carpet", (*tones, (0.55, 0.5, 0.38)), int(rng.integers(4)), roughness=0.95)
    parts.add("rug", mesh, surface)
