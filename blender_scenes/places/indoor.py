"""Where people live: a living room and a bedroom."""

from __future__ import annotations

import itertools

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, Wall, number, stream

from ..meshes import Mesh, ball, join
from ..surfaces import Model, Surface
from . import fittings as fit
from .clutter import CERAMIC, DARK, STEEL, books, bottles, cartons, mug, plant, pottery
from .shell import (
    BRASS,
    CLOTHS,
    FRAMES,
    Dresser,
    door,
    fill,
    gaps,
    lacquer,
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


def _open_shelf(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A bookcase: boards between sides, filled with books and things."""
    wood, tall, deep = timber(rng), float(rng.uniform(1.75, 2.15)), 0.3
    levels = np.linspace(0.08, tall - 0.03, 6)
    boards = [block(width, deep, 0.026, x, -deep / 2 - 0.01, z) for z in levels]
    sides = [block(0.026, deep, tall, x + s * (width / 2 - 0.013), -deep / 2 - 0.01, 0.0) for s in (-1, 1)]
    put.add(
        "bookcase",
        join(*boards, *sides, block(width, 0.012, tall, x, -0.016, 0.0), block(width, 0.02, 0.08, x, -deep, 0)),
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
    put.put("cabinet", fit.desk_lamp(rng), x - 0.36 * width, -0.2, 0.76)
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


def _corner(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A tall plant or a standing lamp beside an armless chair."""
    if rng.random() < 0.5:
        put.put("plants", plant(rng, float(rng.uniform(1.1, 1.6)), int(rng.integers(3))), x, -0.45)
    else:
        put.put("lamps", fit.floor_lamp(rng), x, -0.35)
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


_UNITS = ((1.0, 1.5, _open_shelf), (1.3, 1.9, _sideboard), (1.7, 2.3, _sofa), (0.6, 0.95, _corner), (1.5, 1.9, _media))


def _openings(put: Dresser, wall: Wall, cloth: Surface, rng: np.random.Generator) -> None:
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
        _openings(put, wall, cloth, rng)
        side = 0.3 if wall.name in ("wall_north", "wall_south") else 0.95
        for left, right in gaps(wall, 1.8, side, 0.55):
            fill(put, left, right, _UNITS, rng)
            fit.socket(put, (left + right) / 2)
    shade = Surface(
        "fabric", (pick(rng, ((0.6, 0.5, 0.34), (0.5, 0.25, 0.15), (0.4, 0.42, 0.3))),), 1, size_m=0.4, emission=0.4
    )
    fit.pendants(parts, lamp_points("room", params), number(params, "height"), shade, int(rng.integers(1, 3)))
    _rug(parts, params, rng, 0.5)
    outside(parts, params, upright)
    return parts.models()


def _rug(parts: Parts, params: Params, rng: np.random.Generator, share: float) -> None:
    w, d = number(params, "width"), number(params, "depth")
    tones = pick(rng, CLOTHS)
    wide, deep = share * w, share * d * float(rng.uniform(0.75, 1.0))
    rug = sheet(wide, deep, fit=True).moved(z=-deep / 2).turned("x", -90).moved(0, 0, 0.006)
    surface = Surface("carpet", (*tones, (0.55, 0.5, 0.38)), int(rng.integers(4)), roughness=0.95)
    parts.add("rug", rug, surface)


# ------------------------------------------------------------------ bedroom
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
    put.put("chest", fit.desk_lamp(rng), x - 0.32 * width, -0.22, 0.93)
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
    put.put("desk", fit.desk_lamp(rng), x - 0.36 * width, -0.16, 0.74)
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
    (1.0, 1.3, _open_shelf),
    (0.6, 0.9, _corner),
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
        _openings(put, wall, cloth, rng)
        along = wall.name in ("wall_north", "wall_south")
        for k, (left, right) in enumerate(gaps(wall, 2.2, 0.05 if along else 1.02, 0.4)):
            if wall.name in ("wall_north", "wall_west") and k == 0 and right - left > 2.1:
                _bed(put, left + 1.05, 2.0, rng)
                left += 2.15
            fill(put, left, right, _BEDROOM, rng)
            fit.socket(put, (left + right) / 2)
    fit.domes(parts, lamp_points("bedroom", params), height)
    _rug(parts, params, rng, 0.45)
    outside(parts, params, upright)
    return parts.models()
