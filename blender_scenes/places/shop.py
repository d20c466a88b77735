"""A supermarket: shelves of goods along the walls, coolers, a fruit stand, tills by the shop window."""

from __future__ import annotations

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, Wall, number, stream

from ..meshes import ball, join
from ..surfaces import Colour, Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import DARK, ENAMEL, LABELS, PACKS, STEEL, bottles, boxes, cartons, copies, goods, plant
from .office import ACOUSTIC
from .shell import FRAMES, Dresser, bounds, door, fill, gaps, lining, pick, shell, strips, timber, window
from .solids import Parts, block, rod, sheet
from .views import outside

COLOURS: tuple[Colour, ...] = ((0.45, 0.05, 0.03), (0.03, 0.22, 0.1), (0.03, 0.12, 0.36), (0.5, 0.32, 0.03))
FRUITS: tuple[Colour, ...] = (
    (0.5, 0.04, 0.02),
    (0.55, 0.28, 0.02),
    (0.5, 0.45, 0.04),
    (0.15, 0.32, 0.04),
    (0.3, 0.06, 0.12),
    (0.38, 0.24, 0.1),
)


def _signs(rng: np.random.Generator) -> Surface:
    return Surface("letters", (pick(rng, COLOURS), (0.72, 0.68, 0.5)), int(rng.integers(10)), roughness=0.4)


def _header(put: Dresser, x: float, width: float, z: float, rng: np.random.Generator) -> None:
    """A board with the shop's colour and a sign above a unit."""
    put.add("signs", block(width, 0.05, 0.34, x, -0.2, z), enamel_of(put))
    put.add("signs", sheet(0.6, 0.3, fit=True).moved(x, -0.2265, z + 0.02), _signs(rng))


def enamel_of(put: Dresser) -> Surface:
    """Each wall of a shop has its colour."""
    k = ("north", "east", "south", "west").index(put.wall.name.removeprefix("wall_"))
    tone = COLOURS[k]
    return Surface("marble", (tone, (0.8 * tone[0], 0.8 * tone[1], 0.8 * tone[2])), 1, size_m=2.0, roughness=0.4)


def _tickets(put: Dresser, x: float, width: float, y: float, z: float, rng: np.random.Generator) -> None:
    """Price labels on a shelf edge."""
    count = int(width / 0.17)
    at = x - width / 2 + 0.06 + 0.165 * np.arange(count) + rng.uniform(0, 0.04, count)
    low = np.c_[at, np.full(count, y - 0.004), np.full(count, z)]
    put.add("tickets", boxes(low, np.full((count, 3), [0.07, 0.004, 0.035])), ENAMEL)
    marks = low + [0.012, -0.0008, 0.01]
    put.add("tickets", boxes(marks, np.full((count, 3), [0.03, 0.001, 0.014])), DARK)


def _shelving(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A rack of five shelves of goods under a header."""
    paint, tall, deep = ENAMEL if rng.random() < 0.6 else DARK, 2.0, 0.46
    levels = (0.12, 0.5, 0.88, 1.24, 1.6)
    put.add(
        "racks",
        join(
            block(width, 0.03, tall, x, -0.05, 0.0),
            block(width, deep, 0.12, x, -deep / 2 - 0.04, 0.0),
            *[
                block(0.03, deep, 0.05, x + s * (width / 2 - 0.015), -deep / 2 - 0.04, z - 0.05)
                for s in (-1, 1)
                for z in levels
            ],
        ),
        paint,
    )
    for z, above in zip(levels, (*levels[1:], tall), strict=True):
        put.add("racks", block(width, deep, 0.02, x, -deep / 2 - 0.04, z), paint)
        put.add("racks", block(width, 0.01, 0.045, x, -deep - 0.043, z - 0.02), enamel_of(put))
        _tickets(put, x, width, -deep - 0.048, z - 0.015, rng)
        room, kind = above - z - 0.07, int(rng.integers(4))
        if rng.random() < 0.25:
            for k in range(max(1, int(width / 0.55))):
                share = width / max(1, int(width / 0.55))
                at = x - width / 2 + (k + 0.5) * share
                put.put("goods", bottles(rng, share - 0.04, 0.2, int(rng.integers(0, 3))), at, -deep + 0.17, z + 0.02)
        else:
            put.put("goods", goods(rng, width - 0.06, room, deep - 0.02, kind), x, -0.03, z + 0.02)
    put.put("goods", cartons(rng, width - 0.1, 0.36, 0.32), x, -0.05, tall)
    _header(put, x, width, tall + 0.36, rng)


def _cooler(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """An open cooler with drinks, lit inside."""
    tall, deep = 2.02, 0.66
    shade = enamel_of(put)
    put.add(
        "coolers",
        join(
            block(width, 0.04, tall, x, -0.04, 0),
            block(width, deep, 0.34, x, -deep / 2 - 0.02, 0.0),
            block(width, deep, 0.22, x, -deep / 2 - 0.02, tall - 0.22),
            *[block(0.04, deep, tall, x + s * (width / 2 - 0.02), -deep / 2 - 0.02, 0) for s in (-1, 1)],
        ),
        ENAMEL,
    )
    put.add(
        "coolers",
        join(block(width, 0.02, 0.2, x, -deep - 0.03, tall - 0.21), block(width, 0.02, 0.12, x, -deep - 0.03, 0.2)),
        shade,
    )
    put.add("coolers", sheet(0.7, 0.17, fit=True).moved(x, -deep - 0.042, tall - 0.195), _signs(rng))
    put.add("coolers", block(width - 0.12, 0.05, 0.03, x, -deep + 0.04, tall - 0.25), lamps.COOL)
    slots = np.array([[x - 0.4 * width, -deep - 0.031, 0.04 + 0.03 * k] for k in range(4)])
    put.add("coolers", boxes(slots, np.full((4, 3), [0.8 * width, 0.01, 0.015])), DARK)
    for k, z in enumerate((0.36, 0.76, 1.12, 1.44)):
        put.add("coolers", block(width - 0.08, deep - 0.16, 0.015, x, -deep / 2 + 0.05, z), STEEL)
        if k % 2 == 0:
            for side in (-1, 1):
                put.put("goods", bottles(rng, width / 2 - 0.1, 0.2, 0), x + side * width / 4, -deep + 0.3, z + 0.015)
        else:
            put.put("goods", goods(rng, width - 0.14, 0.28, deep - 0.16, int(rng.integers(4))), x, -0.08, z + 0.015)


def fruit_stand(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A slanted stand of crates of fruit under an awning."""
    wood = Surface("planks", ((0.42, 0.3, 0.17),), 1, size_m=0.6, roughness=0.8)
    crate_w = width / max(1, int(width / 0.5))
    apple = ball(0.042, 7, 5)
    for row, (y, z) in enumerate(((-0.78, 0.45), (-0.46, 0.68), (-0.15, 0.92))):
        put.add("fruit", block(width, 0.32, z - 0.05, x, y, 0.0), wood)
        for k in range(max(1, int(width / 0.5))):
            at = x - width / 2 + (k + 0.5) * crate_w
            rim = [block(crate_w - 0.02, 0.014, 0.12, at, y + s * 0.15, z - 0.05) for s in (-1, 1)]
            rim += [block(0.014, 0.3, 0.12, at + s * (crate_w / 2 - 0.015), y, z - 0.05) for s in (-1, 1)]
            put.add("fruit", join(*rim), wood)
            gx, gy = np.meshgrid(np.arange(-crate_w / 2 + 0.07, crate_w / 2 - 0.05, 0.078), (-0.09, -0.015, 0.06, 0.11))
            spots = np.c_[gx.ravel(), gy.ravel(), np.zeros(gx.size)] + rng.uniform(-0.01, 0.01, (gx.size, 3))
            tone = FRUITS[int(rng.integers(len(FRUITS)))]
            skin = Surface("terracotta", (tone,), 1, size_m=0.5, roughness=0.35)
            put.add("fruit", copies(apple, spots + [at, y, z + 0.02], sizes=rng.uniform(0.85, 1.15, len(spots))), skin)
        if row < 2:
            _tickets(put, x, width, y - 0.162, z - 0.03, rng)
    cloth = Surface(
        "stripes", (pick(rng, COLOURS), (0.68, 0.64, 0.55)), int(rng.integers(4)), size_m=1.2, roughness=0.9
    )
    put.add("fruit", sheet(width, 0.9).turned("x", -62).moved(x, -0.82, 1.95), cloth)
    put.add("fruit", sheet(width, 0.16).moved(x, -0.82, 1.8), cloth)
    put.add(
        "fruit",
        join(
            *[
                rod([x + s * (width / 2 - 0.03), -0.8, 0.0], [x + s * (width / 2 - 0.03), -0.8, 1.96], 0.018, 8)
                for s in (-1, 1)
            ]
        ),
        DARK,
    )
    fit.poster(put, x, 1.3, 0.45, rng)


def _till(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A checkout counter with belt, register and sweets; low enough for the shop window."""
    shade, wood = enamel_of(put), timber(rng)
    put.add("tills", block(width, 0.7, 0.84, x, -0.42, 0.06, 0.01), shade)
    put.add("tills", block(width + 0.04, 0.76, 0.04, x, -0.42, 0.9, 0.006), wood)
    put.add("tills", block(0.55 * width, 0.42, 0.01, x - 0.18 * width, -0.5, 0.938), DARK)
    register = join(
        block(0.36, 0.34, 0.1, x + 0.3 * width, -0.32, 0.94, 0.01),
        block(0.3, 0.05, 0.22, x + 0.3 * width, -0.22, 1.06, 0.01),
    )
    put.add("tills", register, DARK)
    put.put("goods", goods(rng, 0.5 * width, 0.2, 0.2, int(rng.integers(4)), flat=True), x - 0.18 * width, -0.36, 0.948)
    for z in (0.2, 0.44, 0.66):
        put.add("tills", block(0.6 * width, 0.14, 0.012, x, -0.84, z), STEEL)
        put.put("goods", goods(rng, 0.56 * width, 0.17, 0.12, int(rng.integers(4)), flat=True), x, -0.78, z + 0.012)


def _stack(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A pyramid of tins or baskets of goods on a pallet."""
    put.add(
        "pallets",
        join(
            *[block(width, 0.1, 0.02, x, y, 0.1) for y in (-0.15, -0.35, -0.55)],
            *[block(0.1, 0.5, 0.1, x + dx, -0.35, 0) for dx in (-0.3, 0, 0.3)],
        ),
        Surface("planks", ((0.4, 0.3, 0.18),), 2, size_m=0.6, roughness=0.85),
    )
    surface, z = pick(rng, (*LABELS, PACKS[0])), 0.12
    for level in range(5):
        count = 5 - level
        low = np.array(
            [
                [x + (k - count / 2) * 0.15, -0.55 + 0.05 * level + 0.15 * j, z]
                for k in range(count)
                for j in range(3 if level < 3 else 1)
            ]
        )
        mesh = boxes(low, np.full((len(low), 3), [0.145, 0.14, 0.17]))
        put.add(
            "goods",
            type(mesh)(mesh.vertices, mesh.faces, mesh.uvs / [0.145, 0.17], mesh.materials, mesh.smooth),
            surface,
        )
        z += 0.172
    fit.poster(put, x, 1.25, 0.55, rng)


def _front(put: Dresser, wall: Wall, rng: np.random.Generator) -> None:
    """Shop windows with posters on the glass line, goods on the sill; the doors."""
    metal = FRAMES[1]
    for hole in wall.holes:
        if hole.kind == "door":
            door(put, hole, metal, glazed=True, trim=metal)
            fit.exit_sign(put, hole.at, hole.height + 0.16)
            continue
        a, b, c, d = bounds(hole)
        window(put, hole, max(2, round(hole.width / 1.2)), 1, metal)
        if c < 1.0:
            put.put("goods", goods(rng, b - a - 0.3, 0.3, 0.18, int(rng.integers(4))), hole.at, 0.14, c)
            for x in (a + 0.45, b - 0.45):
                fit.poster(put, x, d - 0.95, 0.5, rng, False)


def build_shop(params: Params) -> list[tuple[str, Model]]:
    """A supermarket."""
    rng, parts = stream(params, 20), Parts()
    plain, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    upright = shell(parts, params, "shop", plain, floor, ACOUSTIC)
    height = number(params, "height")
    tall_units = (
        (1.2, 1.9, _shelving),
        (1.4, 2.0, _cooler),
        (1.2, 1.9, _shelving),
        (1.0, 1.5, fruit_stand),
        (0.95, 1.1, _stack),
    )
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, height, low=DARK, top=None)
        _front(put, wall, rng)
        if wall.name == "wall_south":
            for left, right in gaps(wall, 0.5, 1.2, 0.3):
                fill(put, left, right, ((1.3, 1.7, _till), (1.0, 1.3, _till)), rng, 0.4)
            fit.extinguisher(put, 1.35)
            continue
        ends = 0.03 if wall.name == "wall_north" else 1.12
        for left, right in gaps(wall, 2.0, ends, 0.1):
            fill(put, left, right, tall_units, rng, 0.06)
    points = lamp_points("shop", params)
    lamps.tubes(parts, points, height, 1.5)
    _hangers(parts, params, rng)
    for x in (-0.3, 0.3):
        corner = Dresser(parts, upright[2])
        corner.put(
            "plants",
            plant(rng, 1.3, int(rng.integers(3))),
            x * 0.0 + (1.0 if x > 0 else -1.0) * (number(params, "width") / 2 - 0.5),
            -0.5,
        )
    outside(parts, params, upright)
    return parts.models()


def _hangers(parts: Parts, params: Params, rng: np.random.Generator) -> None:
    """Offers that hang from the ceiling above head height, and a duct."""
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    for x in (-0.25, 0.0, 0.25):
        for y in (-0.3, 0.0, 0.3):
            z = max(2.56, h - 0.62)
            both = join(sheet(0.55, 0.4, fit=True), sheet(0.55, 0.4, fit=True).turned("z", 180).moved(0, 0.006))
            parts.add("offers", both.moved(x * w, y * d, z), _signs(rng))
            cords = [
                rod([x * w + s * 0.24, y * d + 0.003, z + 0.4], [x * w + s * 0.24, y * d + 0.003, h], 0.003, 4)
                for s in (-1, 1)
            ]
            parts.add("offers", join(*cords), DARK)
    parts.add(
        "ducts", rod([-w / 2 + 1.0, -d / 2 + 0.02, h - 0.24], [-w / 2 + 1.0, d / 2 - 0.02, h - 0.24], 0.17, 16), STEEL
    )
