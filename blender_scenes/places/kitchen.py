"""A kitchen to eat in: counters, wall cabinets, stove, fridge, dresser, benches."""

from __future__ import annotations

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Hole, Params, Wall, number, stream

from ..meshes import join, lathe, torus, tube
from ..surfaces import Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import CERAMIC, DARK, ENAMEL, LABELS, STEEL, books, bottles, copies, goods, mug, plant, pottery
from .shell import (
    CLOTHS,
    FRAMES,
    Dresser,
    bounds,
    door,
    enamelled,
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
from .solids import Parts, block, rod, sheet
from .views import outside

TOPS = (
    Surface("marble", ((0.42, 0.4, 0.37), (0.16, 0.14, 0.13)), 1, size_m=1.4, roughness=0.2),
    Surface("terrazzo", ((0.2, 0.2, 0.2), (0.45, 0.42, 0.36), (0.1, 0.1, 0.1)), 2, size_m=0.9, roughness=0.25),
    Surface("planks", ((0.42, 0.27, 0.13),), 1, size_m=0.8, roughness=0.4),
)
SPLASH = Surface("metro", ((0.6, 0.59, 0.54), (0.12, 0.25, 0.28)), 3, size_m=0.75, roughness=0.15)


class _Look:
    """The one paint, top and wood of a kitchen."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.paint = lacquer(rng) if rng.random() < 0.65 else timber(rng)
        self.top, self.wood = pick(rng, TOPS), timber(rng)


def _base(put: Dresser, x: float, width: float, look: _Look) -> None:
    """Base cabinets with plinth, doors, drawers, handles and a top."""
    put.add("counter", block(width, 0.56, 0.76, x, -0.29, 0.1), look.paint)
    put.add("counter", block(width, 0.5, 0.1, x, -0.26, 0.0), DARK)
    put.add("counter", block(width, 0.62, 0.04, x, -0.31, 0.86, 0.006), look.top)
    count = max(1, round(width / 0.55))
    pitch = width / count
    for k in range(count):
        at = x + (k - (count - 1) / 2) * pitch
        rows = ((0.12, 0.53), (0.67, 0.17)) if k % 3 else ((0.12, 0.22), (0.36, 0.22), (0.6, 0.24))
        for z, tall in rows:
            put.add("counter", block(pitch - 0.012, 0.02, tall, at, -0.58, z, 0.004), look.paint)
            put.add("counter", block(pitch - 0.13, 0.01, tall - 0.1, at, -0.592, z + 0.05, 0.004), look.paint)
            put.add(
                "counter",
                rod([at - 0.07, -0.61, z + tall - 0.03], [at + 0.07, -0.61, z + tall - 0.03], 0.007, 6),
                STEEL,
            )


def _wall_cabinets(put: Dresser, left: float, right: float, look: _Look, rng: np.random.Generator) -> None:
    """Closed cabinets, or open boards with crockery, above a counter."""
    width, x = right - left, (left + right) / 2
    if width < 0.5:
        return
    put.add("splash", sheet(width, 0.55).moved(x, -0.006, 0.9), SPLASH)
    if rng.random() < 0.4:
        for z in (1.5, 1.85):
            put.add("cabinets", block(width, 0.24, 0.03, x, -0.12, z), look.wood)
            put.add(
                "cabinets",
                join(*[block(0.03, 0.2, 0.14, x + s * 0.42 * width, -0.1, z - 0.14) for s in (-1, 1)]),
                look.wood,
            )
            put.put(
                "cabinets", bottles(rng, 0.4 * width, 0.2, int(rng.integers(1, 4))), x - 0.25 * width, -0.02, z + 0.03
            )
            put.put("cabinets", _plates(rng), x + 0.12 * width, -0.13, z + 0.03)
            put.put("cabinets", pottery(rng, 0.9), x + 0.34 * width, -0.13, z + 0.03)
        cups = np.c_[
            np.arange(x - 0.4 * width, x + 0.4 * width, 0.13),
            np.full(len(np.arange(x - 0.4 * width, x + 0.4 * width, 0.13)), -0.2),
        ]
        cup, glaze = mug(rng)[0]
        put.add("cabinets", copies(cup, np.c_[cups, np.full(len(cups), 1.38)], rng.uniform(0, 360, len(cups))), glaze)
        return
    put.add("cabinets", block(width, 0.33, 0.7, x, -0.17, 1.45), look.paint)
    count = max(1, round(width / 0.5))
    for k in range(count):
        at, wide = x + (k - (count - 1) / 2) * width / count, width / count
        put.add("cabinets", block(wide - 0.012, 0.02, 0.68, at, -0.345, 1.46, 0.004), look.paint)
        put.add("cabinets", block(wide - 0.13, 0.01, 0.55, at, -0.358, 1.525, 0.004), look.paint)
        put.add("cabinets", block(0.02, 0.03, 0.02, at + (wide / 2 - 0.05) * (1 if k % 2 else -1), -0.37, 1.5), STEEL)
    put.put("cabinets", goods(rng, 0.7 * width, 0.3, 0.24, int(rng.integers(4))), x, -0.04, 2.15)


def _plates(rng: np.random.Generator) -> list:
    rings = [[r, z + 0.012 * k] for k in range(6) for r, z in ((0.05, 0.0), (0.11, 0.01), (0.05, 0.011))]
    return [(lathe(rings, 18), CERAMIC[int(rng.integers(3))])]


def _things(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Jars, boards, boxes and herbs on a counter top, z = 0.9."""
    left = x - width / 2 + 0.1
    while left < x + width / 2 - 0.3:
        kind = int(rng.integers(6))
        if kind == 0:
            put.put("things", bottles(rng, 0.35, 0.2), left + 0.17, -0.06, 0.9)
        elif kind == 1:
            put.put("things", plant(rng, 0.32, int(rng.integers(3))), left + 0.13, -0.16, 0.9)
        elif kind == 2:
            board = block(0.26, 0.02, 0.36, 0, 0, 0, 0.006).turned("x", -12).moved(left + 0.15, -0.12, 0.9)
            put.add("things", board, timber(rng))
        elif kind == 3:
            put.put("things", goods(rng, 0.4, 0.3, 0.2, int(rng.integers(4))), left + 0.2, -0.03, 0.9)
        elif kind == 4:
            put.put("things", [*pottery(rng)], left + 0.13, -0.2, 0.9)
        else:
            kettle = join(
                lathe([[0.09, 0], [0.1, 0.02], [0.085, 0.15], [0.04, 0.19], [0.015, 0.21]], 18),
                torus(0.075, 0.009, 20, 6).turned("x", 90).moved(0, 0, 0.19),
                tube([[0.08, 0, 0.1], [0.13, 0, 0.14], [0.15, 0, 0.19]], 0.014, 8),
            )
            put.add("things", kettle.moved(left + 0.14, -0.26, 0.9), STEEL)
        left += float(rng.uniform(0.34, 0.55))


def _sink(put: Dresser, x: float) -> None:
    put.add("sink", lamps.frame_flat(x, -0.33, 0.44, 0.895, 0.03), STEEL)
    put.add(
        "sink",
        block(0.4, 0.4, 0.006, x, -0.33, 0.898),
        Surface("metal", ((0.16, 0.16, 0.16),), 1, size_m=0.4, roughness=0.3),
    )
    tap = np.array([[0, 0, 0.0], [0, 0, 0.2], [0, -0.06, 0.27], [0, -0.14, 0.26], [0, -0.16, 0.2]])
    put.add(
        "sink",
        join(
            tube(tap, 0.012, 8), block(0.05, 0.05, 0.02, 0, 0, 0), rod([0.02, 0, 0.06], [0.09, 0, 0.09], 0.007, 6)
        ).moved(x, -0.09, 0.9),
        STEEL,
    )


def _stove(put: Dresser, x: float, look: _Look, rng: np.random.Generator) -> None:
    """Oven, hob with pots, and a hood."""
    put.add("stove", block(0.6, 0.58, 0.86, x, -0.3, 0.02, 0.004), ENAMEL)
    put.add("stove", block(0.5, 0.012, 0.4, x, -0.596, 0.22, 0.004), DARK)
    put.add("stove", rod([x - 0.22, -0.62, 0.68], [x + 0.22, -0.62, 0.68], 0.01, 8), STEEL)
    knobs = lathe([[0.02, 0], [0.018, 0.025]], 12).turned("x", 90)
    put.add("stove", copies(knobs, np.array([[x + dx, -0.59, 0.78] for dx in (-0.2, -0.1, 0.1, 0.2)])), DARK)
    put.add("stove", block(0.58, 0.54, 0.012, x, -0.31, 0.88), DARK)
    for dx, dy in ((-0.14, -0.18), (0.14, -0.18), (-0.14, -0.44), (0.14, -0.44)):
        put.add("stove", torus(0.085, 0.008, 20, 6).moved(x + dx, dy, 0.898), STEEL)
    pot = join(
        lathe([[0.1, 0], [0.11, 0.01], [0.11, 0.14], [0.105, 0.145], [0.02, 0.17], [0.02, 0.19]], 20),
        rod([0.1, 0, 0.1], [0.17, 0, 0.1], 0.01, 6),
    )
    put.add("stove", pot.moved(x - 0.14, -0.18, 0.905), STEEL)
    enamel = Surface("glaze", ((0.42, 0.08, 0.05), (0.5, 0.3, 0.2)), 1, size_m=0.5, roughness=0.25)
    put.add("stove", pot.scaled(0.8).turned("z", 200).moved(x + 0.14, -0.44, 0.905), enamel)
    put.add("stove", join(block(0.6, 0.45, 0.08, x, -0.24, 1.6), block(0.28, 0.26, 0.7, x, -0.15, 1.68)), STEEL)
    put.add("splash", sheet(0.6, 0.7).moved(x, -0.006, 0.9), SPLASH)


def _worktop(look: _Look):
    """A unit: counter with cabinets above it; the widest also hold a stove."""

    def make(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
        left, right = x - width / 2, x + width / 2
        if width > 1.6:
            _stove(put, right - 0.3, look, rng)
            right -= 0.6
        _base(put, (left + right) / 2, right - left, look)
        _wall_cabinets(put, left, right, look, rng)
        _things(put, (left + right) / 2, right - left, rng)
        fit.socket(put, left + 0.3, 1.1, 2)

    return make


def _fridge(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Fridge with magnets and notes, boxes on top."""
    paint = pick(rng, (ENAMEL, ENAMEL, enamelled(rng)))
    tall = float(rng.uniform(1.6, 1.9))
    put.add("fridge", block(0.64, 0.6, tall - 0.04, x, -0.33, 0.04, 0.02), paint)
    for z, high in ((0.06, 0.55 * tall), (0.58 * tall + 0.04, 0.42 * tall - 0.06)):
        put.add("fridge", block(0.62, 0.04, high, x, -0.65, z, 0.012), paint)
        put.add("fridge", block(0.02, 0.04, 0.3, x - 0.26, -0.69, z + 0.4 * high, 0.006), STEEL)
    for _ in range(6):
        at, z, size = (
            x + float(rng.uniform(-0.15, 0.24)),
            float(rng.uniform(0.75, tall - 0.25)),
            float(rng.uniform(0.05, 0.14)),
        )
        put.add(
            "fridge",
            sheet(size, 1.3 * size, fit=True).turned("y", float(rng.uniform(-9, 9))).moved(at, -0.6725, z),
            pick(rng, LABELS),
        )
    put.put("fridge", goods(rng, 0.5, 0.3, 0.35, int(rng.integers(4))), x, -0.1, tall)


def _one_fridge():
    """A unit that is a fridge the first time and a nook for notes from then on."""
    made = []

    def make(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
        (_notes if made else _fridge)(put, x, width, rng)
        made.append(x)

    return make


def _dresser(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A dresser: cupboard below, plates and jars on boards above."""
    wood, tall = pick(rng, (timber(rng), lacquer(rng))), 2.05
    put.add("dresser", block(width, 0.45, 0.84, x, -0.24, 0.04, 0.006), wood)
    put.add("dresser", block(width + 0.04, 0.48, 0.03, x, -0.25, 0.88), wood)
    for k, s in enumerate((-1, 1)):
        put.add("dresser", block(width / 2 - 0.04, 0.02, 0.7, x + s * width / 4, -0.47, 0.1, 0.008), wood)
        put.add("dresser", block(0.02, 0.03, 0.08, x + (0.04 if k else -0.04), -0.49, 0.5), STEEL)
        put.add("dresser", block(0.03, 0.26, tall - 0.9, x + s * (width / 2 - 0.015), -0.14, 0.9), wood)
    put.add(
        "dresser",
        join(block(width, 0.015, tall - 0.9, x, -0.012, 0.9), block(width + 0.06, 0.3, 0.05, x, -0.15, tall)),
        wood,
    )
    plate = lathe([[0.06, 0], [0.11, 0.012], [0.115, 0.016], [0.02, 0.01]], 20).turned("x", 78)
    for z in (1.22, 1.58):
        put.add("dresser", block(width - 0.04, 0.24, 0.022, x, -0.13, z), wood)
        xs = np.arange(x - width / 2 + 0.16, x + width / 2 - 0.1, 0.25)
        put.add(
            "dresser",
            copies(plate, np.c_[xs, np.full(len(xs), -0.06), np.full(len(xs), z + 0.135)]),
            CERAMIC[int(rng.integers(3))],
        )
        put.put("dresser", bottles(rng, 0.4 * width, 0.1, int(rng.integers(1, 3))), x + 0.2 * width, -0.14, z + 0.022)
    put.put("dresser", pottery(rng, 1.2), x - 0.3 * width, -0.25, 0.91)
    put.put("dresser", books(rng, 0.3, 0.24), x + 0.2 * width, -0.1, 0.91)
    put.put("dresser", goods(rng, 0.7 * width, 0.25, 0.2, int(rng.integers(4))), x, -0.03, tall + 0.05)


def _nook(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A bench and a narrow table with cups and bread, a lamp and pictures."""
    wood = timber(rng)
    cloth = Surface(
        str(pick(rng, ("plaid", "floral", "stripes"))),
        pick(rng, CLOTHS),
        int(rng.integers(3)),
        size_m=0.7,
        roughness=0.95,
    )
    put.add(
        "nook",
        join(
            block(width, 0.36, 0.05, x, -0.2, 0.4),
            block(width, 0.04, 0.4, x, -0.03, 0.5),
            *[block(0.05, 0.34, 0.4, x + s * (width / 2 - 0.06), -0.2, 0.0) for s in (-1, 1)],
        ),
        wood,
    )
    put.add("nook", block(width - 0.06, 0.33, 0.05, x, -0.2, 0.45, 0.02), cloth)
    put.add(
        "nook",
        join(
            block(0.8 * width, 0.34, 0.03, x, -0.63, 0.72, 0.005),
            *[block(0.05, 0.05, 0.72, x + s * 0.36 * width, y, 0.0) for s in (-1, 1) for y in (-0.5, -0.76)],
        ),
        wood,
    )
    put.add("nook", block(0.5 * width, 0.36, 0.004, x, -0.63, 0.75), cloth)
    for k in (-0.26, 0.1):
        put.put("nook", mug(rng), x + k * width, -0.66, 0.755)
    put.put("nook", pottery(rng), x + 0.26 * width, -0.6, 0.755)
    fit.pictures(put, x - width / 2, x + width / 2, rng, 1.6)


def _notes(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A pin board or coats over a crate of bottles."""
    if width > 0.8 and rng.random() < 0.5:
        fit.hooks(put, x - width / 2 + 0.05, x + width / 2 - 0.05, rng)
    else:
        fit.board(put, x, 1.2, min(0.9, width - 0.15), 0.7)
    crate = join(
        *[block(0.42, 0.012, 0.07, x, y, z) for y in (-0.1, -0.38) for z in (0.02, 0.11, 0.2)],
        *[block(0.03, 0.3, 0.28, x + s * 0.2, -0.24, 0.0) for s in (-1, 1)],
        block(0.4, 0.28, 0.012, x, -0.24, 0.01),
    )
    put.add("crates", crate, Surface("planks", ((0.42, 0.3, 0.17),), 1, size_m=0.6, roughness=0.8))
    put.put("crates", bottles(rng, 0.34, 0.22, 0), x, -0.12, 0.025)


def _openings(put: Dresser, wall: Wall, look: _Look, rng: np.random.Generator) -> None:
    wood, frames = timber(rng), pick(rng, FRAMES)
    cloth = Surface(
        str(pick(rng, ("plaid", "dots", "floral"))), pick(rng, CLOTHS), 2 * int(rng.integers(2)), size_m=0.6
    )
    for hole in wall.holes:
        if hole.kind == "door":
            door(put, hole, wood, glazed=rng.random() < 0.4)
            fit.socket(put, hole.at + hole.width / 2 + 0.2, 1.08, 2)
            continue
        window(put, hole, 2 if hole.width < 1.8 else 3, 2, frames)
        _under_window(put, hole, look, rng)
        if rng.random() < 0.6:
            fit.curtains(put, hole, cloth, rng)
        else:
            fit.blind(put, hole, 0.35, frames)


def _under_window(put: Dresser, hole: Hole, look: _Look, rng: np.random.Generator) -> None:
    """Sink and counter below a high window; a radiator below a low one; pots on the sill."""
    a, b, c, _ = bounds(hole)
    for k in (0.2, 0.75):
        put.put("plants", plant(rng, 0.26, int(rng.integers(3))), a + k * (b - a), -0.01, c)
    if c < 0.9:
        fit.radiator(put, hole.at, min(1.4, hole.width))
        return
    _base(put, hole.at, hole.width + 0.5, look)
    _sink(put, hole.at)
    put.put("things", bottles(rng, 0.2, 0.1, 3), hole.at + 0.42, -0.06, 0.9)
    put.put("things", _plates(rng), hole.at - 0.45, -0.3, 0.9)
    put.add("splash", sheet(hole.width + 0.5, c - 0.96).moved(hole.at, -0.006, 0.9), SPLASH)


def build_kitchen(params: Params) -> list[tuple[str, Model]]:
    """A kitchen with an eating corner."""
    rng, parts = stream(params, 20), Parts()
    look = _Look(rng)
    plain, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    upright = shell(parts, params, "kitchen", plain, floor)
    height = number(params, "height")
    fridge = _one_fridge()
    cook = ((1.2, 2.6, _worktop(look)), (0.7, 0.75, fridge), (0.95, 1.3, _dresser))
    sit = ((1.2, 1.7, _nook), (0.95, 1.3, _dresser), (0.6, 1.1, _notes), (0.7, 0.75, fridge))
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, height)
        _openings(put, wall, look, rng)
        along = wall.name in ("wall_north", "wall_south")
        units = cook if wall.name in ("wall_north", "wall_east") else sit
        for left, right in gaps(wall, 2.2, 0.05 if along else 0.88, 0.26):
            fill(put, left, right, units, rng, 0.06 if units is cook else 0.3)
        if not wall.holes:
            fit.hung_clock(put, 0.0, height - 0.33, 0.15)
    shade = Surface(
        "metal",
        (pick(rng, ((0.4, 0.06, 0.04), (0.1, 0.2, 0.22), (0.5, 0.48, 0.42), (0.08, 0.08, 0.08))),),
        1,
        size_m=0.5,
        roughness=0.35,
    )
    lamps.pendants(parts, lamp_points("kitchen", params), height, shade, int(rng.integers(0, 3)))
    w, d = number(params, "width"), number(params, "depth")
    mat = sheet(0.42 * w, 0.24 * d, fit=True).moved(z=-0.12 * d).turned("x", -90).moved(0.0, 0.1 * d, 0.006)
    parts.add(
        "rug",
        mat,
        Surface(
            str(pick(rng, ("stripes", "plaid", "carpet"))), pick(rng, CLOTHS), int(rng.integers(4)), roughness=0.95
        ),
    )
    outside(parts, params, upright)
    return parts.models()
