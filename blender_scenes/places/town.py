"""What stands in streets and on squares: house fronts, cars, lamps, benches, fountains. No Blender here."""

from __future__ import annotations

import numpy as np

from viewlock.generator.layouts import Wall

from ..meshes import Array, Mesh, ball, box, extrude, join, lathe
from ..surfaces import Colour, Surface
from .solids import Parts, along_wall, block, cards, gable, rod, sheet
from .trees import Pieces, bark_surface, core_surface, foliage, leaf_surface

STONES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((0.45, 0.2, 0.13), (0.62, 0.6, 0.54), (0.1, 0.2, 0.14)),
    ((0.55, 0.47, 0.32), (0.6, 0.58, 0.52), (0.1, 0.18, 0.3)),
    ((0.34, 0.38, 0.4), (0.65, 0.63, 0.6), (0.3, 0.08, 0.06)),
    ((0.55, 0.36, 0.24), (0.3, 0.2, 0.12), (0.12, 0.22, 0.2)),
    ((0.58, 0.55, 0.48), (0.24, 0.26, 0.26), (0.24, 0.3, 0.2)),
    ((0.3, 0.2, 0.15), (0.6, 0.56, 0.48), (0.45, 0.36, 0.2)),
)
PAINTS: tuple[Colour, ...] = (
    (0.45, 0.04, 0.03),
    (0.03, 0.1, 0.3),
    (0.5, 0.48, 0.42),
    (0.03, 0.14, 0.1),
    (0.5, 0.3, 0.03),
)
FRONTS = tuple(Surface("facade", STONES[k % 6], k, size_m=3.0, roughness=0.85) for k in range(9))
SIDES = tuple(Surface(("plaster", "brick")[k % 2], STONES[k][:2], k % 3, size_m=2.2, roughness=0.9) for k in range(6))
ROOFS = tuple(
    Surface("roof", (tone,), 1, size_m=3.0) for tone in ((0.36, 0.13, 0.07), (0.12, 0.12, 0.14), (0.24, 0.12, 0.08))
)
SIGNS = tuple(
    Surface("letters", (PAINTS[k % 5], (0.68, 0.62, 0.45), PAINTS[(k + 2) % 5]), k, roughness=0.5) for k in range(10)
)
GOODS = tuple(
    Surface(("pages", "label", "painting", "patchwork")[k % 4], STONES[k % 6], k, size_m=0.8, roughness=0.3)
    for k in range(8)
)
AWNINGS = tuple(Surface("stripes", (PAINTS[k], (0.68, 0.64, 0.55)), k, size_m=1.2, roughness=0.9) for k in range(4))
JOINERY = tuple(Surface("wood", (tone,), 1, size_m=1.0, roughness=0.5) for tone in PAINTS)
CAR_PAINTS = tuple(Surface("metal", (c,), 1, size_m=3.0, roughness=0.22, coat=0.6) for c in PAINTS)
TYRE = Surface("leather", ((0.03, 0.03, 0.03),), 1, size_m=0.5, roughness=0.9)
CHROME = Surface("metal", ((0.5, 0.5, 0.5),), 2, size_m=0.5, metallic=0.5, roughness=0.4)
IRON = Surface("rust", ((0.05, 0.07, 0.06), (0.1, 0.05, 0.03)), 1, size_m=0.7, roughness=0.5)
BENCH_WOOD = Surface("planks", ((0.36, 0.22, 0.11),), 1, size_m=0.7, roughness=0.6)
STONE = Surface("concrete", ((0.5, 0.46, 0.38), (0.22, 0.2, 0.14)), 2, size_m=1.4, bump=0.004, roughness=0.8)
CHIMNEY = Surface("brick", ((0.35, 0.14, 0.09),), 1, size_m=1.0)
PLATE = Surface("letters", ((0.6, 0.6, 0.5),), 2)
BRASS = Surface("metal", ((0.6, 0.5, 0.3),), 1, size_m=0.2, metallic=0.7, roughness=0.4)
GLASS = Surface("metal", ((0.07, 0.085, 0.1),), 1, size_m=2.5, roughness=0.1)
LIGHT = Surface("plain", ((1.0, 0.85, 0.6),), emission=2.0)


def _pick(rng: np.random.Generator, options: tuple):
    return options[int(rng.integers(len(options)))]


def house(parts: Parts, wall: Wall, rng: np.random.Generator, deep: float = 9.0) -> None:
    """A house behind a front: the front sheet is a part of its own; body, roof and trim join "houses"."""
    kind = int(rng.integers(len(FRONTS)))
    front, plain, tones = FRONTS[kind], SIDES[kind % 6], STONES[kind % 6]

    def add(mesh: Mesh, surface: Surface, part: str = "houses") -> None:
        parts.add(part, along_wall(mesh, wall.turn, wall.x, wall.y), surface)

    add(sheet(wall.length, wall.height), front, wall.name)
    for turn, x in ((-90, -wall.length / 2), (90, wall.length / 2)):
        add(sheet(deep, wall.height).turned("z", turn).moved(x, deep / 2), plain)
    add(sheet(wall.length, wall.height).turned("z", 180).moved(0, deep), front)
    trim = Surface("plaster", (tones[1],), 1, size_m=1.3, roughness=0.8)
    for z, out, tall in ((wall.height - 0.3, 0.3, 0.3), (3.12, 0.16, 0.2)):
        add(block(wall.length, out, tall, 0, -out / 2 + 0.01, z), trim)
    if rng.random() < 0.6:
        ridge = gable(wall.length, deep + 0.7, rng.uniform(2.5, 4.0))
        add(ridge.moved(0, deep / 2 - 0.05, wall.height), ROOFS[kind % 3])
    else:
        add(box(wall.length, deep, 0.7).moved(0, deep / 2 - 0.01, wall.height), plain)
    for x in rng.uniform(-0.4, 0.4, 2) * wall.length:
        add(block(0.6, 0.6, 2.6, x, deep * 0.6, wall.height), CHIMNEY)


def ground_floor(parts: Parts, wall: Wall, rng: np.random.Generator) -> None:
    """A shop, a door or a gate in each bay of a front."""

    def add(mesh: Mesh, surface: Surface) -> None:
        parts.add("shops", along_wall(mesh, wall.turn, wall.x, wall.y), surface)

    paint = _pick(rng, JOINERY)
    bays = round(wall.length / 3)
    for k in range(bays):
        x = (k - (bays - 1) / 2) * 3.0
        if (k + int(wall.height)) % 3 == 1:
            _entrance(add, x, rng)
        elif rng.random() < 0.75:
            _shop(add, x, paint, rng)


def _entrance(add, x: float, rng: np.random.Generator) -> None:
    wood = _pick(rng, JOINERY)
    add(join(block(0.22, 0.2, 2.6, x - 0.75, -0.1, 0), block(0.22, 0.2, 2.6, x + 0.75, -0.1, 0),
             block(1.9, 0.26, 0.28, x, -0.12, 2.6)), STONE)  # fmt: skip
    add(block(1.28, 0.06, 2.1, x, -0.03, 0.0), wood)
    add(
        join(*[block(0.45, 0.03, 0.8, x + sx * 0.3, -0.07, z, 0.01) for sx in (-1, 1) for z in (0.2, 1.15)]),
        wood,
    )
    add(sheet(1.28, 0.45).moved(x, -0.04, 2.12), GLASS)
    add(ball(0.04, 12, 8).moved(x + 0.08, -0.11, 1.05), BRASS)
    add(block(1.5, 0.3, 0.12, x, -0.15, 0.0), STONE)


def _shop(add, x: float, paint: Surface, rng: np.random.Generator) -> None:
    """Show window with goods, sign and often an awning."""
    add(block(2.7, 0.12, 3.0, x, -0.06, 0.0), paint)
    add(sheet(2.3, 1.6).moved(x, -0.125, 0.6), _pick(rng, GOODS))
    bars = [block(0.06, 0.06, 1.6, x + dx, -0.14, 0.6) for dx in (-1.15, -0.4, 0.4, 1.15)]
    add(join(*bars, block(2.4, 0.1, 0.08, x, -0.15, 0.52), block(2.4, 0.06, 0.06, x, -0.14, 2.2)), paint)
    for side in (-1, 1):
        add(sheet(1.2, 0.62, fit=True).moved(x + 0.64 * side, -0.165, 2.36), _pick(rng, SIGNS))
    add(block(2.66, 0.05, 0.7, x, -0.137, 2.32), paint)
    if rng.random() < 0.55:
        cloth = _pick(rng, AWNINGS)
        slope = sheet(2.6, 1.1).turned("x", -62).moved(x, -1.05, 2.36)
        add(slope, cloth)
        add(sheet(2.6, 0.22).moved(x, -1.05, 2.15), cloth)
        add(join(*[rod([x + s, -0.12, 2.2], [x + s, -1.05, 2.3], 0.015, 6) for s in (-1.28, 1.28)]), IRON)


def car(rng: np.random.Generator, size: float) -> Pieces:
    """A parked car along x: body, cabin, wheels, lamps, plates."""
    body = np.array([[-2.1, 0.3], [2.05, 0.3], [2.12, 0.55], [2.0, 0.78], [1.1, 0.92], [-1.75, 0.95], [-2.1, 0.85]])
    cabin = np.array([[-1.7, 0.9], [1.15, 0.9], [0.45, 1.42], [-1.25, 1.45]])
    paint = _pick(rng, CAR_PAINTS)

    def across(outline: Array, width: float) -> Mesh:
        return extrude(outline * size, width).moved(z=-width / 2).turned("x", 90)

    made: Pieces = [(across(body, 1.68 * size), paint), (across(cabin, 1.42 * size), paint)]
    glass = np.array([[-1.45, 0.96], [0.95, 0.96], [0.4, 1.36], [-1.15, 1.38]])
    made.append((across(glass, 1.45 * size), GLASS))
    front = np.array([[0.5, 1.37], [1.12, 0.95], [1.15, 0.97], [0.53, 1.4]])
    back = np.array([[-1.7, 0.97], [-1.67, 0.95], [-1.28, 1.39], [-1.31, 1.41]])
    made += [(across(front, 1.25 * size), GLASS), (across(back, 1.25 * size), GLASS)]
    made += _wheels(size)
    made.append((_car_bits(size), CHROME))
    plate = sheet(0.5 * size, 0.13 * size, fit=True)
    for turn, x in ((90, 2.13), (-90, -2.12)):
        made.append((plate.turned("z", turn).moved(x * size, 0, 0.45 * size), PLATE))
    return made


def _wheels(size: float) -> Pieces:
    made: Pieces = []
    for radius, half, surface in ((0.33, 0.07, TYRE), (0.19, 0.085, CHROME), (0.07, 0.1, TYRE)):
        low = 0.9 * radius
        disc = lathe([[low, -half], [radius, -0.6 * half], [radius, 0.6 * half], [low, half]], 22)
        placed = [disc.turned("x", 90).moved(x, y, 0.33) for x in (-1.3, 1.3) for y in (-0.79, 0.79)]
        made.append((join(*placed).scaled(size), surface))
    return made


def _car_bits(size: float) -> Mesh:
    """Bumpers, lamps, door seams and mirrors."""
    bits = [block(0.1, 1.6, 0.16, x, 0, 0.34, 0.02) for x in (2.09, -2.09)]
    bits += [block(0.08, 0.3, 0.14, x, y, 0.62, 0.02) for x in (2.05, -2.08) for y in (-0.6, 0.6)]
    bits += [block(0.012, 1.7, 0.5, x, 0, 0.36) for x in (-0.95, 0.1, 1.05)]
    bits += [block(0.14, 0.14, 0.1, 0.85, y, 0.98, 0.02) for y in (-0.86, 0.86)]
    return join(*bits).scaled(size)


def lamp_post(height: float) -> Pieces:
    """A street lamp whose arm reaches 0.9 m out to -y."""
    shaft = lathe([[0.14, 0], [0.13, 0.5], [0.06, 0.6], [0.045, height - 0.1], [0.07, height]], 16)
    arm = join(rod([0, 0, height - 0.1], [0, -0.9, height + 0.05], 0.03), lathe([[0.17, 0], [0.05, 0.2]], 16)
               .moved(0, -0.9, height - 0.1))  # fmt: skip
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
        [[0.5, 0.4], [0.3, 0.7], [0.2, 1.3], [0.95, 1.55], [1.0, 1.66], [0.2, 1.6], [0.14, 2.2],
         [0.5, 2.4], [0.52, 2.46], [0.1, 2.5], [0.2, 2.8], [0.02, 3.0]], 32)  # fmt: skip
    jets = [rod([0.95 * np.cos(a), 0.95 * np.sin(a), 1.6], [1.1 * np.cos(a), 1.1 * np.sin(a), 0.5], 0.012, 6)
            for a in np.linspace(0, 6.28, 13)[:-1]]  # fmt: skip
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
    return [(base.scaled(size), STONE), (join(robe, *arms, head).scaled(size), bronze),
            (plate.scaled(size), Surface("letters", ((0.4, 0.3, 0.12), (0.05, 0.04, 0.03)), 3))]  # fmt: skip


def hedge_row(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A clipped hedge, 3.4 m along x, with loose leaves on its faces."""
    body = box(3.4, 0.7, 1.0 * size, 0.08)
    points = rng.uniform(-1, 1, (130, 3)) * [1.68, 0.35, 0.5 * size] + [0, 0, 0.5 * size]
    points[:90, 1] = np.sign(points[:90, 1]) * 0.36
    points[90:, 2] = size
    out = rng.normal(0, 0.5, (130, 3)) + np.where(np.arange(130)[:, None] < 90, [[0, 1.0, 0]], [[0, 0, 1.0]])
    leaves = cards(points, out, np.full(130, 0.3), rng.uniform(0, 6, 130))
    return [(body, core_surface(kind, 0.9)), (leaves, leaf_surface(kind))]


def planter(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A tub of clay with a shrub in flower."""
    tub = lathe([[0.34, 0], [0.45, 0.5], [0.5, 0.52], [0.5, 0.6], [0.42, 0.6], [0.4, 0.5]], 28).scaled(size)
    centres = np.c_[rng.normal(0, 0.14, (4, 2)), rng.uniform(0.75, 1.05, 4)] * size
    stem = rod([0, 0, 0.4 * size], [0, 0, 0.9 * size], 0.03)
    clay = Surface("terracotta", ((0.42, 0.18, 0.1),), kind % 3, size_m=0.8, roughness=0.9)
    return [(tub, clay), (stem, bark_surface(kind)), *foliage(rng, centres, 0.28 * size, 26, kind, 0.2)]


def litter_bin(size: float) -> Pieces:
    body = lathe([[0.22, 0], [0.26, 0.8], [0.28, 0.82], [0.28, 0.88], [0.12, 0.98]], 24).scaled(size)
    return [(body, Surface("rust", ((0.05, 0.16, 0.1),), 2, size_m=0.9, roughness=0.5))]


def board(rng: np.random.Generator, size: float) -> Pieces:
    """A folding advertisement board, both sides lettered."""
    made: Pieces = []
    for turn in (0, 180):
        side = sheet(0.7, 1.1, fit=True).turned("x", -12).moved(0, -0.24, 0.02).turned("z", turn).scaled(size)
        made.append((side, _pick(rng, SIGNS)))
    return made


def fence(size: float) -> Pieces:
    """Three metres of paling."""
    pales = [block(0.09, 0.025, 1.05 + 0.05 * (k % 2), -1.4 + 0.2 * k, -0.02, 0.04) for k in range(15)]
    rails = [block(3.0, 0.04, 0.08, 0, 0.02, z) for z in (0.3, 0.8)]
    wood = Surface("planks", ((0.4, 0.33, 0.25),), 2, size_m=0.8, roughness=0.8)
    return [(join(*pales, *rails, block(0.1, 0.1, 1.2, -1.45, 0.06, 0)).scaled(size), wood)]
