"""What stands in streets, on squares and in parks: lamps, benches, fountains, signs, racks. No Blender here."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, join, lathe, torus
from ..surfaces import Surface
from .facades import AWNINGS, IRON, SIGNS, STONE, ZINC, pick
from .solids import block, drape, quads, repeated, rod, sheet
from .trees import Pieces, bark_surface, core_surface, foliage, leaf_surface, leaves

BENCH_WOOD = Surface("planks", ((0.36, 0.22, 0.11),), 1, size_m=0.7, roughness=0.6)
LIGHT = Surface("plain", ((1.0, 0.85, 0.6),), emission=6.0)
CRATE = Surface("planks", ((0.42, 0.3, 0.17),), 1, size_m=0.6, roughness=0.8)


def lamp_post(height: float) -> Pieces:
    """A street lamp whose arm reaches 0.9 m out to -y."""
    shaft = lathe([[0.14, 0], [0.13, 0.5], [0.06, 0.6], [0.045, height - 0.1], [0.07, height]], 16)
    arm = join(
        rod([0, 0, height - 0.1], [0, -0.9, height + 0.05], 0.03),
        lathe([[0.17, 0], [0.05, 0.2]], 16).moved(0, -0.9, height - 0.1),
    )
    return [(join(shaft, arm), IRON), (ball(0.11, 16, 10).moved(0, -0.9, height - 0.13), LIGHT)]


def bench(size: float) -> Pieces:
    """Park bench that faces -y."""
    slats = [block(1.8, 0.1, 0.035, 0, -0.18 + 0.12 * k, 0.43) for k in range(4)]
    slats += [block(1.8, 0.03, 0.1, 0, 0.26 + 0.03 * k, 0.52 + 0.13 * k) for k in range(3)]
    legs = [
        block(width, deep, tall, x, y, z)
        for x in (-0.75, 0.75)
        for width, deep, tall, y, z in (
            (0.06, 0.5, 0.05, 0, 0.38),
            (0.06, 0.06, 0.4, -0.2, 0),
            (0.06, 0.06, 0.9, 0.29, 0),
        )
    ]
    return [(join(*slats).scaled(size), BENCH_WOOD), (join(*legs).scaled(size), IRON)]


def fountain(rng: np.random.Generator, size: float) -> Pieces:
    """A round basin with water and a column of bowls."""
    basin = lathe(
        [[2.1, 0], [2.25, 0.1], [2.1, 0.2], [2.1, 0.55], [2.25, 0.6], [2.25, 0.7], [1.9, 0.7], [1.9, 0.4]],
        48,
        False,
    )
    water = lathe([[1.95, 0.45], [1.95, 0.52]], 40)
    column = lathe(
        [
            [0.5, 0.4],
            [0.3, 0.7],
            [0.2, 1.3],
            [0.95, 1.55],
            [1.0, 1.66],
            [0.2, 1.6],
            [0.14, 2.2],
            [0.5, 2.4],
            [0.52, 2.46],
            [0.1, 2.5],
            [0.2, 2.8],
            [0.02, 3.0],
        ],
        32,
    )
    jets = [
        rod([0.95 * np.cos(a), 0.95 * np.sin(a), 1.6], [1.1 * np.cos(a), 1.1 * np.sin(a), 0.5], 0.012, 6)
        for a in np.linspace(0, 6.28, 13)[:-1]
    ]
    wet = Surface(
        "marble",
        ((0.1, 0.2, 0.22), (0.4, 0.5, 0.5)),
        int(rng.integers(3)),
        size_m=1.6,
        bump=0.02,
        roughness=0.1,
    )
    spray = Surface("marble", ((0.6, 0.65, 0.68),), 1, size_m=0.3)
    return [
        (join(basin, column).scaled(size), STONE),
        (water.scaled(size), wet),
        (join(*jets).scaled(size), spray),
    ]


def statue(rng: np.random.Generator, size: float) -> Pieces:
    """A draped figure on a pedestal with a plate; it faces -y."""
    base = join(
        block(1.5, 1.5, 0.25, 0, 0, 0, 0.03),
        block(1.05, 1.05, 1.2, 0, 0, 0.25, 0.03),
        block(1.3, 1.3, 0.15, 0, 0, 1.45, 0.03),
    )
    robe = lathe([[0.42, 1.6], [0.36, 1.9], [0.26, 2.5], [0.33, 2.85], [0.3, 3.0], [0.1, 3.1], [0.08, 3.15]], 24)
    arms = [rod([s * 0.28, 0, 2.9], [s * 0.42, -0.15, 2.5], 0.075) for s in (-1, 1)]
    arms.append(rod([0.42, -0.15, 2.5], [0.5, -0.45, 2.95], 0.06))
    head = ball(0.17, 20, 14).scaled(0.9, 1.05, 1.2).moved(z=3.28)
    bronze = Surface("rust", ((0.12, 0.26, 0.2), (0.12, 0.07, 0.03)), int(rng.integers(3)), size_m=1.4, roughness=0.5)
    plate = sheet(0.6, 0.45, fit=True).moved(0, -0.535, 0.6)
    return [
        (base.scaled(size), STONE),
        (join(robe, *arms, head).scaled(size), bronze),
        (plate.scaled(size), Surface("letters", ((0.4, 0.3, 0.12), (0.05, 0.04, 0.03)), 3)),
    ]


def hedge_row(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A clipped hedge, 3.4 m along x, with loose leaves on its faces."""
    body = box(3.4, 0.7, 1.0 * size, 0.08)
    count = 1100
    points = rng.uniform(-1, 1, (count, 3)) * [1.7, 0.35, 0.5 * size] + [0, 0, 0.5 * size]
    out = np.zeros((count, 3))
    face = rng.integers(0, 8, count)
    for k, axis, sign in ((0, 0, 1), (1, 0, -1), (2, 1, 1), (3, 1, 1), (4, 1, -1), (5, 1, -1), (6, 2, 1), (7, 2, 1)):
        chosen = face == k
        out[chosen, axis] = sign
        points[chosen, axis] = (1.7, 0.35, 0.0)[axis] * sign if axis < 2 else size
    points += 0.035 * rng.normal(0, 1, points.shape)
    made = leaves(rng, points, out + 0.45 * rng.normal(0, 1, out.shape), rng.uniform(0.06, 0.11, count))
    return [(body, core_surface(kind, 0.9)), (made, leaf_surface(kind))]


def planter(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A tub of clay with a shrub in flower."""
    tub = lathe([[0.34, 0], [0.45, 0.5], [0.5, 0.52], [0.5, 0.6], [0.42, 0.6], [0.4, 0.5]], 28).scaled(size)
    centres = np.c_[rng.normal(0, 0.14, (4, 2)), rng.uniform(0.75, 1.05, 4)] * size
    stem = rod([0, 0, 0.4 * size], [0, 0, 0.9 * size], 0.03)
    clay = Surface("terracotta", ((0.42, 0.18, 0.1),), kind % 3, size_m=0.8, roughness=0.9)
    return [(tub, clay), (stem, bark_surface(kind)), *foliage(rng, centres, 0.28 * size, 120, kind, 0.09)]


def litter_bin(size: float) -> Pieces:
    body = lathe([[0.22, 0], [0.26, 0.8], [0.28, 0.82], [0.28, 0.88], [0.12, 0.98]], 24).scaled(size)
    hoop = torus(0.29 * size, 0.02, 24, 8).moved(z=0.8 * size)
    slot = block(0.2, 0.06, 0.1, 0, -0.25 * size, 0.66 * size)
    return [(body, Surface("rust", ((0.05, 0.16, 0.1),), 2, size_m=0.9, roughness=0.5)), (join(hoop, slot), IRON)]


def board(rng: np.random.Generator, size: float) -> Pieces:
    """A folding advertisement board, both sides lettered."""
    made: Pieces = []
    for turn in (0, 180):
        side = sheet(0.7, 1.1, fit=True).turned("x", -12).moved(0, -0.24, 0.02).turned("z", turn).scaled(size)
        made.append((side, pick(rng, SIGNS)))
    return made


def fence(size: float) -> Pieces:
    """Three metres of paling."""
    pales = [block(0.09, 0.025, 1.05 + 0.05 * (k % 2), -1.4 + 0.2 * k, -0.02, 0.04) for k in range(15)]
    rails = [block(3.0, 0.04, 0.08, 0, 0.02, z) for z in (0.3, 0.8)]
    wood = Surface("planks", ((0.4, 0.33, 0.25),), 2, size_m=0.8, roughness=0.8)
    return [(join(*pales, *rails, block(0.1, 0.1, 1.2, -1.45, 0.06, 0)).scaled(size), wood)]


def field_fence(size: float) -> Pieces:
    """Three metres of posts and wires."""
    posts = [rod([x, 0.03 * k, -0.3], [x + 0.03, 0.02, 1.2], 0.055, 8) for k, x in enumerate((-1.5, 0.0))]
    wires = [rod([-1.5, 0.0, z], [1.5, 0.0, z], 0.004, 4) for z in (0.35, 0.65, 0.95, 1.12)]
    return [(join(*posts).scaled(size), bark_surface(1)), (join(*wires).scaled(size), ZINC)]


def mesh_fence(size: float, height: float = 3.2) -> Pieces:
    """Four metres of tall wire mesh between posts."""
    posts = [rod([x, 0, -0.1], [x, 0, height], 0.035, 8) for x in (-2.0, 0.0)]
    posts += [rod([-2, 0, z], [2, 0, z], 0.02, 6) for z in (0.06, height)]
    wires = [rod([-2, 0, z], [2, 0, z], 0.0045, 3) for z in np.arange(0.25, height, 0.25)]
    wires += [rod([x, 0, 0.05], [x, 0, height], 0.0045, 3) for x in np.arange(-2, 2, 0.2)]
    green = Surface("rust", ((0.06, 0.16, 0.1), (0.1, 0.07, 0.04)), 1, size_m=0.8, roughness=0.6)
    return [(join(*posts, *wires).scaled(size), green)]


def sign_post(rng: np.random.Generator, size: float) -> Pieces:
    """A road sign on a pole; `size` is its height. It faces -y."""
    pole = rod([0, 0, 0], [0, 0, size], 0.032, 10)
    tone = ((0.5, 0.03, 0.03), (0.03, 0.1, 0.4))[int(rng.integers(2))]
    disc = lathe([[0.02, 0], [0.3, 0], [0.3, 0.02], [0.02, 0.02]], 28).turned("x", 90).moved(0, -0.03, size - 0.3)
    face = lathe([[0.02, 0], [0.235, 0], [0.235, 0.006], [0.02, 0.006]], 28).turned("x", 90).moved(0, -0.05, size - 0.3)
    plate = sheet(0.5, 0.24, fit=True).moved(0, -0.04, size - 0.92)
    white = Surface("letters", ((0.7, 0.7, 0.68), (0.03, 0.03, 0.03)), 5)
    return [
        (pole, ZINC),
        (disc, Surface("plaster", (tone,), 1)),
        (face, Surface("plaster", ((0.72, 0.72, 0.7),), 1)),
        (plate, white),
    ]


def bicycle_rack(rng: np.random.Generator, size: float) -> Pieces:
    """Hoops with three bicycles leaning in them, along x."""
    hoops = [
        join(
            rod([x, 0.3, 0], [x, 0.3, 0.75], 0.025),
            rod([x, -0.3, 0], [x, -0.3, 0.75], 0.025),
            rod([x, -0.3, 0.75], [x, 0.3, 0.75], 0.025),
        )
        for x in np.arange(-1.2, 1.3, 0.6)
    ]
    made: Pieces = [(join(*hoops).scaled(size), ZINC)]
    for k, x in enumerate((-1.02, -0.4, 0.82)):
        for mesh, surface in _bicycle(k + int(rng.integers(3))):
            made.append((mesh.turned("x", 6).turned("z", 90 + rng.uniform(-4, 4)).moved(x).scaled(size), surface))
    return made


def _bicycle(kind: int) -> Pieces:
    """A bicycle along x, upright on the ground."""
    wheel = torus(0.33, 0.018, 28, 8).turned("x", 90)
    spokes = [
        rod([-0.32 * np.cos(a), 0, -0.32 * np.sin(a)], [0.32 * np.cos(a), 0, 0.32 * np.sin(a)], 0.003, 3)
        for a in np.linspace(0, np.pi, 9)[:-1]
    ]
    wheels = [join(wheel, *spokes).moved(x, 0, 0.35) for x in (-0.52, 0.52)]
    joints = {
        "hub": (-0.52, 0.35),
        "crank": (-0.08, 0.3),
        "seat": (-0.24, 0.82),
        "head": (0.34, 0.86),
        "fork": (0.52, 0.35),
    }
    pairs = ("hub crank", "hub seat", "crank seat", "crank head", "seat head", "head fork")
    tubes = [
        rod([joints[a][0], 0, joints[a][1]], [joints[b][0], 0, joints[b][1]], 0.018, 8)
        for a, b in (p.split() for p in pairs)
    ]
    bars = [
        rod([0.34, 0, 0.84], [0.31, 0, 1.0], 0.015),
        rod([0.3, -0.26, 1.02], [0.3, 0.26, 1.02], 0.014),
        rod([-0.24, 0, 0.8], [-0.26, 0, 0.92], 0.014),
        block(0.26, 0.14, 0.06, -0.27, 0, 0.9, 0.02),
    ]
    tone = ((0.05, 0.2, 0.3), (0.35, 0.05, 0.04), (0.05, 0.05, 0.05), (0.5, 0.45, 0.3))[kind % 4]
    return [(join(*wheels, *bars), IRON), (join(*tubes), Surface("plaster", (tone,), 1, roughness=0.35, coat=0.4))]


def parasol(rng: np.random.Generator, size: float) -> Pieces:
    """A striped sunshade over a small table."""
    count = 10
    angle = np.linspace(0, 2 * np.pi, count + 1)
    rim = np.c_[1.25 * np.cos(angle), 1.25 * np.sin(angle), np.full(count + 1, 1.95)]
    top = np.array([0, 0, 2.45])
    corners = np.stack([rim[:-1], rim[1:], np.broadcast_to(top, (count, 3)), np.broadcast_to(top, (count, 3))], axis=1)
    hang = np.stack([rim[:-1] - [0, 0, 0.16], rim[1:] - [0, 0, 0.16], rim[1:], rim[:-1]], axis=1)
    wedge = np.array([[0, 0], [0.8, 0], [0.4, 1.3], [0.4, 1.3]])
    band = np.array([[0, 0], [0.8, 0], [0.8, 0.16], [0, 0.16]])
    cloth = quads(
        np.concatenate([corners, hang]), np.concatenate([np.tile(wedge, (count, 1, 1)), np.tile(band, (count, 1, 1))])
    )
    pole = join(rod([0, 0, 0], [0, 0, 2.5], 0.025), lathe([[0.3, 0], [0.3, 0.06], [0.05, 0.1]], 20))
    table = lathe([[0.02, 0.7], [0.42, 0.7], [0.42, 0.73], [0.02, 0.73]], 26)
    return [(cloth.scaled(size), pick(rng, AWNINGS)), (pole.scaled(size), ZINC), (table.scaled(size), BENCH_WOOD)]


def crates(rng: np.random.Generator, size: float) -> Pieces:
    """Stacked slatted crates, the upper ones with goods."""
    made: Pieces = []
    slats = [block(0.6, 0.015, 0.07, 0, s * 0.19, z) for s in (-1, 1) for z in (0.01, 0.1, 0.19)]
    slats += [block(0.015, 0.38, 0.07, s * 0.295, 0, z) for s in (-1, 1) for z in (0.01, 0.1, 0.19)]
    slats += [block(0.03, 0.03, 0.27, sx * 0.27, sy * 0.165, 0) for sx in (-1, 1) for sy in (-1, 1)]
    crate = join(*slats, block(0.58, 0.36, 0.015, 0, 0, 0.0))
    for x, y, z in ((0, 0, 0), (0.65, 0.05, 0), (0.1, 0.02, 0.28), (0.0, -0.45, 0)):
        turn = rng.uniform(-9, 9)
        made.append((crate.turned("z", turn).moved(x, y, z).scaled(size), CRATE))
        if (x, y, z) != (0, 0, 0):
            made.append((fruit(rng).turned("z", turn).moved(x, y, z).scaled(size), pick(rng, FRUIT)))
    return made


FRUIT = tuple(
    Surface("terracotta", (tone,), 1, size_m=0.3, roughness=0.5)
    for tone in ((0.5, 0.06, 0.03), (0.55, 0.3, 0.03), (0.2, 0.36, 0.05), (0.5, 0.42, 0.1), (0.2, 0.03, 0.09))
)


def fruit(rng: np.random.Generator) -> Mesh:
    """A layer of round goods that fills a crate."""
    x, y = np.meshgrid(np.linspace(-0.23, 0.23, 5), np.linspace(-0.13, 0.13, 3))
    at = np.c_[x.ravel(), y.ravel(), np.full(x.size, 0.2)] + rng.normal(0, 0.008, (x.size, 3))
    return repeated(ball(0.055, 7, 4), at)


def awning_stall(rng: np.random.Generator, size: float) -> Pieces:
    """A market stall, 3.4 m wide, that faces -y: tables with goods under an awning."""
    posts = [rod([sx * 1.6, y, 0], [sx * 1.6, y, 2.2 + 0.25 * (y > 0)], 0.03, 8) for sx in (-1, 1) for y in (-0.8, 0.8)]
    posts += [rod([-1.6, y, z], [1.6, y, z], 0.025, 6) for y, z in ((-0.8, 2.2), (0.8, 2.45))]
    roof = sheet(3.6, 1.95).turned("x", -82).moved(0, -0.95, 2.2)
    hang = sheet(3.6, 0.26).moved(0, -0.955, 1.96)
    cloth = pick(rng, AWNINGS)
    skirt = drape(3.3, 0.72, 9, 0.03).moved(0, -0.72, 0.02)
    table = block(3.3, 1.3, 0.05, 0, -0.1, 0.76)
    made: Pieces = [(join(*posts), ZINC), (roof, cloth), (hang, cloth), (skirt, pick(rng, AWNINGS)), (table, CRATE)]
    made.append((sheet(3.2, 1.5).moved(0, 0.82, 0.75), cloth))
    tray = join(
        *[block(0.6, 0.02, 0.12, 0, s * 0.2, 0) for s in (-1, 1)],
        *[block(0.02, 0.4, 0.12, s * 0.3, 0, 0) for s in (-1, 1)],
    )
    goods: dict[int, list[Mesh]] = {}
    for k in range(5):
        for row in range(2):
            x, y, z = -1.3 + 0.65 * k, -0.5 + 0.5 * row, 0.82 + 0.16 * row
            made.append((tray.moved(x, y, z), CRATE))
            goods.setdefault(int(rng.integers(len(FRUIT))), []).append(fruit(rng).moved(x, y, z - 0.12))
    made += [(join(*meshes), FRUIT[tone]) for tone, meshes in goods.items()]
    made.append((sheet(1.5, 0.34, fit=True).moved(0, -0.975, 1.93), pick(rng, SIGNS)))
    made.append((ball(0.07, 10, 7).moved(0, 0, 2.1), LIGHT))
    return [(mesh.scaled(size), surface) for mesh, surface in made]
