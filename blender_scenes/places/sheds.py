"""Small buildings and what stands beside them: huts, barns, cottages, warehouses, bales, poles, trolleys."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, extrude, join, lathe, torus, tube
from ..surfaces import Surface
from . import vehicles
from .facades import (
    CHIMNEY,
    DARK_PANES,
    FRAMES,
    IRON,
    LIT_PANES,
    PAINTS,
    ROOFS,
    STONES,
    WALLS,
    ZINC,
    _frame,
    banner_strip,
    glass,
    pick,
)
from .solids import block, drape, gable, repeated, rod, sheet
from .trees import Pieces, bark_surface

BOARDS = tuple(
    Surface("planks", (tone,), k, size_m=1.3, roughness=0.75, mottle=0.3)
    for k, tone in enumerate(((0.35, 0.1, 0.07), (0.3, 0.22, 0.15), (0.2, 0.17, 0.14)))
)
HUT_PAINTS = tuple(
    Surface("planks", (tone,), k, size_m=1.1, roughness=0.6)
    for k, tone in enumerate(
        ((0.12, 0.28, 0.42), (0.6, 0.5, 0.2), (0.55, 0.2, 0.18), (0.2, 0.4, 0.3), (0.65, 0.62, 0.56))
    )
)
SHEETING = tuple(
    Surface(
        "stripes",
        ((tone, tone, tone * 1.05), (0.6 * tone, 0.6 * tone, 0.63 * tone)),
        1,
        size_m=0.5,
        roughness=0.5,
        mottle=0.4,
    )
    for tone in (0.28, 0.4, 0.2)
)
STRAW = Surface("carpet", ((0.44, 0.34, 0.14), (0.3, 0.22, 0.08)), 1, size_m=0.6, roughness=0.95, mottle=0.3)
CANVAS = tuple(Surface("stripes", (tone, (0.68, 0.65, 0.56)), 1, size_m=0.35) for tone in PAINTS[:4])


def roofed(width: float, depth: float, tall: float, ridge: float, over: float = 0.35) -> tuple[Mesh, Mesh]:
    """Walls with gables, and a roof of two slabs over them; the ridge runs along x."""
    walls = join(box(width, depth, tall), gable(width, depth, ridge).moved(z=tall))
    half, slope = depth / 2 + over, ridge / (depth / 2)
    outline = np.array([[-half, -over * slope], [0, ridge], [0, ridge + 0.12], [-half, 0.12 - over * slope]])
    side = extrude(outline, width + 2 * over).turned("x", 90).turned("z", 90).moved(x=-width / 2 - over)
    other = side.turned("z", 180)
    return walls, join(side, other).moved(z=tall + 0.02)


def openings(rng: np.random.Generator, at: list[tuple[float, float]], y: float, width: float, height: float) -> Pieces:
    """Framed windows on a wall that faces -y at `y`; `at` is (x, z) of their lower middles."""
    places = np.array([(x, y, z) for x, z in at])
    frame = join(_frame(width, height, 0.0, 2, 2), block(width + 0.2, 0.14, 0.07, 0, -0.05, -0.07))
    return [
        (repeated(frame, places), FRAMES[0]),
        (glass(rng, places, width, height, -0.015), LIT_PANES if rng.random() < 0.4 else DARK_PANES),
    ]


def beach_hut(rng: np.random.Generator, size: float) -> Pieces:
    """A painted hut with a porch; it faces -y."""
    walls, roof = roofed(2.2, 2.4, 2.0, 0.9, 0.2)
    walls, roof = walls.turned("z", 90).moved(z=0.3), roof.turned("z", 90).moved(z=0.3)
    paint = pick(rng, HUT_PAINTS)
    door = join(block(0.42, 0.05, 1.7, -0.22, -1.12, 0.32), block(0.42, 0.05, 1.7, 0.22, -1.12, 0.32))
    bars = join(*[block(0.4, 0.03, 0.07, s * 0.22, -1.15, z) for s in (-1, 1) for z in (0.5, 1.2, 1.8)])
    deck = join(
        block(2.5, 3.2, 0.1, 0, -0.35, 0.2),
        *[block(0.1, 0.1, 0.4, x, y, -0.15) for x in (-1.1, 1.1) for y in (-1.8, 0.9)],
        block(1.0, 0.3, 0.1, 0, -2.05, 0.08),
        *[block(0.07, 0.07, 0.8, x, -1.85, 0.3) for x in (-1.15, 1.15)],
    )
    made: Pieces = [(walls, paint), (roof, pick(rng, BOARDS)), (door, HUT_PAINTS[4]), (bars, paint), (deck, BOARDS[1])]
    made.append((sheet(0.3, 0.3, fit=True).moved(0, -1.22, 2.35), Surface("letters", ((0.6, 0.58, 0.5),), 4)))
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def lounger(rng: np.random.Generator, size: float) -> Pieces:
    """A deck chair that faces -y."""
    cloth = sheet(0.56, 1.25, fit=False).turned("x", -38).moved(0, -0.45, 0.26)
    bars = [rod([s * 0.3, -0.55, 0.02], [s * 0.3, 0.42, 1.28], 0.02, 8) for s in (-1, 1)]
    bars += [rod([s * 0.33, 0.5, 0.02], [s * 0.33, -0.5, 0.45], 0.02, 8) for s in (-1, 1)]
    bars += [rod([-0.33, y, z], [0.33, y, z], 0.018, 8) for y, z in ((0.42, 1.28), (-0.5, 0.45), (0.5, 0.02))]
    return [(cloth.scaled(size), pick(rng, CANVAS)), (join(*bars).scaled(size), BOARDS[1])]


def lifeguard(rng: np.random.Generator, size: float) -> Pieces:
    """A lifeguard's high seat with a ladder, a ring and a flag."""
    legs = [rod([sx * 0.9, sy * 0.8, -0.1], [sx * 0.55, sy * 0.5, 2.1], 0.05, 8) for sx in (-1, 1) for sy in (-1, 1)]
    rungs = [
        rod([-0.62, -0.78 + 0.12 * k, 0.35 + 0.4 * k], [0.62, -0.78 + 0.12 * k, 0.35 + 0.4 * k], 0.03, 6)
        for k in range(5)
    ]
    seat = join(
        block(1.2, 1.1, 0.06, 0, 0, 2.1),
        block(1.0, 0.06, 0.7, 0, 0.45, 2.2),
        *[block(0.05, 0.8, 0.05, s * 0.55, 0, 2.5) for s in (-1, 1)],
    )
    roof = block(1.5, 1.5, 0.06, 0, 0, 3.5)
    posts = [rod([s * 0.55, 0.45, 2.1], [s * 0.6, 0.5, 3.5], 0.03, 6) for s in (-1, 1)] + [
        rod([0.65, 0.5, 3.5], [0.65, 0.5, 4.7], 0.02, 6)
    ]
    flag = drape(0.8, 0.5, 2, 0.05).moved(1.06, 0.5, 4.15)
    ring = torus(0.3, 0.06, 28, 10).turned("x", 90).moved(0, -0.72, 1.4)
    red = Surface("plaster", ((0.5, 0.04, 0.03),), 1)
    made: Pieces = [
        (join(*legs, *rungs, *posts), BOARDS[1]),
        (seat, HUT_PAINTS[4]),
        (roof, red),
        (flag, CANVAS[0]),
        (ring, red),
    ]
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def barn(rng: np.random.Generator, size: float) -> Pieces:
    """A boarded barn with a great door and an open bay full of bales; it faces -y."""
    walls, roof = roofed(14.0, 9.0, 4.2, 3.4, 0.6)
    boards = pick(rng, BOARDS)
    made: Pieces = [(walls, boards), (roof, pick(rng, SHEETING))]
    leaf = join(block(1.7, 0.08, 3.2, 0, 0, 0.05), *[block(1.7, 0.06, 0.16, 0, -0.06, z) for z in (0.2, 1.6, 3.0)])
    made.append((join(leaf.moved(-1.9, -4.56), leaf.moved(-0.15, -4.56)), BOARDS[1]))
    made.append(
        (
            join(
                block(3.8, 0.1, 0.2, -1.0, -4.6, 3.3),
                *[block(0.2, 0.1, 4.2, x, -4.56, 0) for x in (-6.9, -3.1, 1.0, 6.9)],
                block(14.0, 0.1, 0.2, 0, -4.56, 4.1),
            ),
            BOARDS[2],
        )
    )
    made += openings(rng, [(-5.0, 1.4), (2.6, 1.4), (4.8, 1.4)], -4.54, 1.0, 0.9)
    for k in range(5):
        made += [(mesh.moved(3.0 + 1.4 * (k % 3), -5.6, 1.3 * (k // 3)), s) for mesh, s in bale(rng, 0.95)]
    made.append(
        (
            join(block(1.2, 9.4, 0.05, 0, 0, -0.02).turned("z", 90).moved(0, -4.8)),
            Surface("concrete", ((0.36, 0.34, 0.3),), 1),
        )
    )
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def cottage(rng: np.random.Generator, size: float) -> Pieces:
    """A farmhouse of two storeys with windows on both long sides; it faces -y."""
    tone = int(rng.integers(6))
    walls, roof = roofed(11.0, 7.0, 5.4, 2.8)
    made: Pieces = [(walls.moved(z=-0.4), WALLS[tone]), (roof.moved(z=-0.4), ROOFS[tone % 3])]
    at = [(x, z) for x in (-4.0, -1.6, 1.6, 4.0) for z in (0.9, 3.2) if (x, z) != (1.6, 0.9)]
    for pieces in (
        openings(rng, at, -3.52, 0.95, 1.3),
        [(m.turned("z", 180), s) for m, s in openings(rng, at, -3.52, 0.95, 1.3)],
    ):
        made += pieces
    made += [(m.turned("z", 90), s) for m, s in openings(rng, [(-1.4, 3.2), (1.4, 0.9)], -5.52, 0.95, 1.2)]
    made.append(
        (
            join(
                block(1.0, 0.08, 2.1, 1.6, -3.54, 0),
                block(1.8, 1.1, 0.1, 1.6, -3.9, 2.35),
                block(1.4, 0.8, 0.16, 1.6, -3.8, -0.1),
            ),
            BOARDS[0],
        )
    )
    made.append((join(block(0.7, 0.7, 3.6, -4.4, 0, 5.6), block(0.7, 0.7, 3.4, 4.2, 0, 5.6)), CHIMNEY))
    made.append(
        (
            join(rod([-5.5, -3.75, 5.0], [5.5, -3.75, 5.0], 0.06, 8), rod([5.3, -3.6, 4.9], [5.3, -3.6, 0], 0.04, 8)),
            ZINC,
        )
    )
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def townhouse(rng: np.random.Generator, size: float) -> Pieces:
    """A narrow house for the far side of a harbour; it faces -y."""
    tone, storeys = int(rng.integers(6)), int(rng.integers(2, 5))
    walls, roof = roofed(8.4, 8.0, 3.0 * storeys, 2.6, 0.25)
    at = [(x, 3.0 * s + 0.9) for x in (-2.8, 0.0, 2.8) for s in range(storeys)]
    made: Pieces = [(walls, Surface("plaster", (STONES[tone][0],), 1, size_m=2.4, mottle=0.3)), (roof, ROOFS[tone % 3])]
    made += openings(rng, at, -4.02, 1.1, 1.5)
    made.append((block(0.7, 0.7, 2.6, 2.4, 0, 3.0 * storeys + 1.4), CHIMNEY))
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def warehouse(rng: np.random.Generator, size: float) -> Pieces:
    """A long shed with loading doors, a canopy and a number; it faces -y."""
    tone = int(rng.integers(6))
    walls, roof = roofed(9.0, 14.6, 5.6, 2.4, 0.3)
    walls, roof = walls.turned("z", 90), roof.turned("z", 90)
    made: Pieces = [(walls, WALLS[tone]), (roof, pick(rng, SHEETING))]
    y = -4.5
    for x in (-4.6, 0.0, 4.6):
        slats = join(*[block(2.8, 0.05, 0.18, x, y - 0.04, 0.1 + 0.2 * k) for k in range(16)])
        frame = join(
            *[block(0.18, 0.16, 3.5, x + s * 1.5, y - 0.06, 0) for s in (-1, 1)],
            block(3.2, 0.16, 0.24, x, y - 0.06, 3.4),
        )
        made += [(slats, pick(rng, SHEETING)), (frame, ZINC)]
    made += openings(rng, [(-2.3, 3.9), (2.3, 3.9)], y - 0.02, 1.4, 0.9)
    made.append(
        (
            banner_strip(4.4, 1.0, tone % 4).moved(0, y - 0.03, 4.9),
            Surface("banner", (PAINTS[tone % 5], (0.7, 0.66, 0.5)), tone),
        )
    )
    made.append(
        (
            join(
                block(14.6, 1.2, 0.12, 0, y - 0.6, 3.72),
                *[rod([x, y, 4.6], [x, y - 1.1, 3.8], 0.03, 6) for x in (-6.8, -2.3, 2.3, 6.8)],
            ),
            IRON,
        )
    )
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def bale(rng: np.random.Generator, size: float) -> Pieces:
    """A round bale of straw on its side, along x."""
    body = lathe([[0.6, 0], [0.66, 0.05], [0.66, 1.15], [0.6, 1.2]], 30).turned("y", 90).moved(-0.6, 0, 0.64)
    spiral = [
        torus(r, 0.012, 30, 6).turned("y", 90).moved(s * 0.605, 0, 0.64) for r in (0.15, 0.3, 0.45) for s in (-1, 1)
    ]
    return [
        (body.scaled(size), STRAW),
        (join(*spiral).scaled(size), Surface("carpet", ((0.3, 0.22, 0.09),), 1, size_m=0.4)),
    ]


def trailer(rng: np.random.Generator, size: float) -> Pieces:
    """A farm trailer with a load of straw."""
    frame = join(
        block(3.8, 0.12, 0.14, 0, -0.6, 0.75),
        block(3.8, 0.12, 0.14, 0, 0.6, 0.75),
        rod([1.8, 0, 0.75], [3.2, 0, 0.5], 0.06, 8),
        rod([3.1, 0, 0.5], [3.1, 0, 0.02], 0.04, 8),
        rod([-0.3, -0.9, 0.45], [-0.3, 0.9, 0.45], 0.06, 8),
    )
    boards = join(
        block(3.9, 1.9, 0.06, 0, 0, 0.88),
        *[block(3.9, 0.05, 0.42, 0, s * 0.93, 0.94) for s in (-1, 1)],
        *[block(0.05, 1.86, 0.42, s * 1.93, 0, 0.94) for s in (-1, 1)],
    )
    load = [
        box(0.9, 0.45, 0.36, 0.03).turned("z", rng.uniform(-4, 4)).moved(x, y, 0.94 + 0.36 * z)
        for z in range(3)
        for x in (-1.35, -0.4, 0.55, 1.4)
        for y in (-0.55, 0.0, 0.55)
        if z < 2 or rng.random() < 0.5
    ]
    wheels = vehicles._big_wheels([(-0.3, s * 0.98, 0.45) for s in (-1, 1)], 0.45, 0.13)
    made: Pieces = [(frame, IRON), (boards, BOARDS[2]), (join(*load), STRAW), *wheels]
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def wire_pole(rng: np.random.Generator, size: float) -> Pieces:
    """A pole whose wires reach 14 m along -y to the next one; `size` is its height."""
    pole = tube([[0, 0, -0.4], [0, 0, size]], [0.13, 0.09], 10)
    arm = block(1.7, 0.09, 0.11, 0, -0.1, size - 0.7)
    knobs = [
        lathe([[0.03, 0], [0.05, 0.05], [0.03, 0.12]], 8).moved(x, -0.1, size - 0.59)
        for x in (-0.75, -0.25, 0.25, 0.75)
    ]
    y = np.linspace(0, 14, 9)
    sag = -0.55 * (1 - (y / 7 - 1) ** 2)
    wires = [tube(np.c_[np.full(9, x), -y - 0.1, size - 0.5 + sag], 0.007, 4) for x in (-0.75, -0.25, 0.25, 0.75)]
    return [(join(pole, arm), bark_surface(1)), (join(*knobs, *wires), IRON)]


def trolleys(rng: np.random.Generator, size: float) -> Pieces:
    """A row of shopping trolleys along x under a small roof."""
    bars = []
    for k in range(7):
        x = -1.2 + 0.33 * k
        for s in (-1, 1):
            bars += [
                rod([x - 0.35, s * 0.24, 0.5 + 0.05 * n], [x + 0.45, s * 0.27, 0.5 + 0.07 * n], 0.006, 4)
                for n in range(6)
            ]
            bars.append(rod([x - 0.35, s * 0.22, 0.12], [x + 0.45, s * 0.26, 0.12], 0.014, 6))
            bars.append(rod([x + 0.4, s * 0.26, 0.12], [x + 0.52, s * 0.28, 1.0], 0.014, 6))
        bars += [rod([x - 0.35, -0.24 + 0.08 * n, 0.5], [x - 0.35, -0.24 + 0.08 * n, 0.76], 0.006, 4) for n in range(7)]
        bars.append(rod([x + 0.52, -0.28, 1.0], [x + 0.52, 0.28, 1.0], 0.02, 8))
    posts = [rod([x, 0.55, 0], [x, 0.55, 2.2], 0.035, 8) for x in (-1.7, 0.0, 1.7)]
    roof = block(3.8, 1.5, 0.05, 0, 0, 2.2)
    wheels = [ball(0.06, 10, 7).moved(-1.5 + 0.33 * k, s * 0.22, 0.06) for k in range(7) for s in (-1, 1)]
    return [
        (join(*bars, *posts).scaled(size), ZINC),
        (roof.scaled(size), SHEETING[1]),
        (join(*wheels).scaled(size), IRON),
    ]


def clothes_line(rng: np.random.Generator, size: float) -> Pieces:
    """Washing on a line between two posts."""
    posts = join(
        *[rod([s * 2.4, 0, 0], [s * 2.4, 0, 2.1], 0.035, 8) for s in (-1, 1)],
        *[rod([-2.4, y, 2.05], [2.4, y, 2.05], 0.005, 4) for y in (0.0,)],
    )
    made: Pieces = [(posts, ZINC)]
    tints = ((0.6, 0.58, 0.54), (0.12, 0.2, 0.4), (0.5, 0.1, 0.1), (0.45, 0.42, 0.2))
    for x in (-1.75, -0.7, 0.3, 1.4):
        kind = int(rng.integers(4))
        cloth = Surface(("stripes", "plaid", "dots", "fabric")[kind], (tints[kind], (0.65, 0.63, 0.58)), 1, size_m=0.5)
        tall = rng.uniform(0.7, 1.15)
        made.append((drape(rng.uniform(0.6, 0.95), tall, 2, 0.05).moved(x, 0, 2.05 - tall), cloth))
    return [(mesh.scaled(size), surface) for mesh, surface in made]
