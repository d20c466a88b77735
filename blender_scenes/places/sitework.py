"""What stands on building sites and quays: frames of houses, cranes, diggers, cabins, stacks of material."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, box, extrude, join, lathe, tube
from ..surfaces import Surface
from .facades import DARK_PANES, IRON, LIT_PANES, PAINTS, ZINC, _frame, glass, pick
from .solids import block, lump, repeated, rod, sheet
from .trees import Pieces
from .vehicles import GLASS, HEADLIGHT, TRIM

CONCRETE = Surface("concrete", ((0.44, 0.42, 0.39),), 1, size_m=2.2, bump=0.004, roughness=0.9, mottle=0.35)
YELLOW = Surface("rust", ((0.5, 0.33, 0.03), (0.2, 0.1, 0.04)), 1, size_m=2.4, roughness=0.45)
PLANK = Surface("planks", ((0.42, 0.31, 0.18),), 1, size_m=0.9, roughness=0.85)
BRICK = Surface("brick", ((0.42, 0.17, 0.1),), 1, size_m=0.5)
ORANGE = Surface("stripes", ((0.55, 0.18, 0.03), (0.66, 0.64, 0.6)), 1, size_m=0.3, roughness=0.5)
BOXES = tuple(
    Surface("rust", (tone, (0.24, 0.12, 0.06)), k, size_m=3.2, roughness=0.55)
    for k, tone in enumerate(
        ((0.05, 0.16, 0.3), (0.4, 0.09, 0.05), (0.08, 0.26, 0.17), (0.45, 0.28, 0.06), (0.4, 0.4, 0.38))
    )
)


def _scaled(made: Pieces, size: float) -> Pieces:
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def skeleton(rng: np.random.Generator, size: float) -> Pieces:
    """A house in concrete frame, partly walled, with scaffolding before its front at -y."""
    floors, wide, deep = int(rng.integers(2, 5)), 18.0, 10.0
    slabs = [block(wide, deep, 0.25, 0, 0, 3.2 * (k + 1)) for k in range(floors)] + [
        block(wide + 1, deep + 1, 0.2, 0, 0, -0.05)
    ]
    columns = [
        block(0.4, 0.4, 3.2, x, y, 3.2 * k)
        for k in range(floors)
        for x in np.linspace(-8.6, 8.6, 5)
        for y in (-4.6, 0, 4.6)
    ]
    core = [block(3.0, 3.0, 3.2 * floors + 1.6, 3.5, 1.5, 0)]
    bars = [
        rod([x + a, y + b, 3.2 * floors], [x + a, y + b, 3.2 * floors + 0.9], 0.016, 4)
        for x in np.linspace(-8.6, 8.6, 5)
        for y in (-4.6, 0, 4.6)
        for a in (-0.12, 0.12)
        for b in (-0.12, 0.12)
    ]
    bricks = [
        block(3.9, 0.22, rng.uniform(0.8, 3.0), x, -4.6, 3.2 * k + 0.24)
        for k in range(floors)
        for x in (-6.45, -2.15, 2.15, 6.45)
        if rng.random() < 0.55
    ]
    bricks += [
        block(0.22, 4.2, rng.uniform(1.2, 3.0), s * 8.6, y, 3.2 * k + 0.24)
        for k in range(floors)
        for s in (-1, 1)
        for y in (-2.3, 2.3)
    ]
    props = [
        rod([x, y, 3.2 * (floors - 1) + 0.2], [x, y, 3.2 * floors], 0.04, 6)
        for x in np.arange(-7.5, 8, 1.6)
        for y in (-3.0, 2.4)
    ]
    made: Pieces = [
        (join(*slabs, *columns, *core), CONCRETE),
        (join(*bricks), BRICK),
        (join(*bars), IRON),
        (join(*props), ORANGE),
    ]
    return _scaled([*made, *_scaffold(rng, wide, floors)], size)


def _scaffold(rng: np.random.Generator, wide: float, floors: int) -> Pieces:
    pipes, decks = [], []
    levels = 2 * floors
    for x in np.arange(-wide / 2, wide / 2 + 0.1, 2.25):
        pipes += [rod([x, y, 0], [x, y, 1.65 * levels + 1.1], 0.026, 6) for y in (-6.3, -5.4)]
        pipes += [rod([x, -6.3, 1.65 * k], [x, -5.4, 1.65 * k], 0.024, 5) for k in range(1, levels + 1)]
    for k in range(1, levels + 1):
        z = 1.65 * k
        pipes += [
            rod([-wide / 2, y, z + d], [wide / 2, y, z + d], 0.024, 5)
            for y, d in ((-6.3, 0), (-5.4, 0), (-6.3, 0.5), (-6.3, 1.0))
        ]
        decks += [block(wide, 0.27, 0.04, 0, y, z + 0.03) for y in (-6.15, -5.86, -5.57)]
        x = rng.integers(-4, 4) * 2.25
        pipes += [rod([x, -6.32, z - 1.6], [x + 2.25, -6.32, z], 0.022, 5)]
    return [(join(*pipes), ZINC), (join(*decks), PLANK)]


def _lattice(length: float, half: float) -> Mesh:
    """A square truss along z."""
    corners = [(sx * half, sy * half) for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    bars = [rod([x, y, 0], [x, y, length], 0.07, 4) for x, y in corners]
    step = 2 * half
    for k, z in enumerate(np.arange(0, length - step + 0.01, step)):
        for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1], strict=True):
            bars.append(rod([a, b, z if k % 2 else z + step], [c, d, z + step if k % 2 else z], 0.035, 4))
    return join(*bars)


def tower_crane(rng: np.random.Generator, size: float) -> Pieces:
    """A tower crane, its jib along +x."""
    tower = _lattice(26.0, 0.7)
    jib = join(
        _lattice(30.0, 0.5).turned("y", 90).moved(0, 0, 26.6),
        _lattice(10.0, 0.5).turned("y", -90).moved(0, 0, 26.6),
        _lattice(5.0, 0.45).moved(z=26),
    )
    ties = join(
        rod([0, 0, 31], [20, 0, 27.2], 0.05, 4),
        rod([0, 0, 31], [-9, 0, 27.2], 0.05, 4),
        rod([16, 0, 26.1], [16, 0, 14], 0.02, 4),
        rod([16.3, 0, 26.1], [16.3, 0, 14], 0.02, 4),
    )
    weights = join(
        block(2.6, 1.2, 1.8, -8.6, 0, 24.5), block(4.2, 4.2, 0.7, 0, 0, 0), block(0.5, 0.4, 0.8, 16.15, 0, 13.3)
    )
    cab = block(1.4, 1.3, 1.7, 1.3, -1.2, 24.8)
    return _scaled(
        [
            (join(tower, jib), YELLOW),
            (ties, IRON),
            (weights, CONCRETE),
            (cab, BOXES[4]),
            (block(1.42, 1.32, 0.9, 1.3, -1.2, 25.3), GLASS),
        ],
        size,
    )


def excavator(rng: np.random.Generator, size: float) -> Pieces:
    """A digger on tracks, its arm to +x."""
    outline = np.array([[-1.6, 0.02], [1.6, 0.02], [1.9, 0.4], [1.6, 0.78], [-1.6, 0.78], [-1.9, 0.4]])
    belts = join(*[extrude(outline, 0.55).turned("x", 90).moved(0, s * 1.05 + 0.275, 0) for s in (-1, 1)])
    lugs = repeated(
        block(0.1, 0.58, 0.05, 0, 0, 0),
        np.array([(x, s * 1.05, z) for x in np.arange(-1.5, 1.6, 0.3) for s in (-1, 1) for z in (-0.01, 0.76)]),
    )
    rollers = join(
        *[
            lathe([[0.22, -0.3], [0.22, 0.3]], 16).turned("x", 90).moved(x, s * 1.05, 0.4)
            for x in (-1.5, -0.75, 0, 0.75, 1.5)
            for s in (-1, 1)
        ]
    )
    house = join(
        block(2.9, 2.3, 0.3, -0.3, 0, 0.95),
        block(1.5, 2.2, 0.95, -0.95, 0, 1.25, 0.1),
        block(1.0, 0.8, 0.7, 0.5, -0.7, 1.25, 0.05),
    )
    cab = [block(0.07, 0.07, 1.5, x, y, 1.25) for x in (-0.15, 1.1) for y in (0.2, 1.1)] + [
        block(1.4, 1.05, 0.1, 0.48, 0.65, 2.75, 0.03)
    ]
    arm = join(
        *[
            tube(p, r, 4, squash=0.6)
            for p, r in (
                (np.array([[0.8, -0.1, 1.5], [1.9, -0.1, 3.2], [3.4, -0.1, 3.6]]), [0.22, 0.26, 0.16]),
                (np.array([[3.2, -0.1, 3.8], [4.2, -0.1, 1.5]]), [0.2, 0.12]),
            )
        ]
    )
    rams = join(
        rod([1.0, -0.1, 1.3], [2.4, -0.1, 3.0], 0.07, 8),
        rod([2.0, -0.1, 3.5], [3.2, -0.1, 4.0], 0.06, 8),
        rod([3.6, -0.1, 3.4], [4.3, -0.1, 1.7], 0.05, 8),
    )
    bowl = np.array([[0, 0], [0.55, -0.1], [0.85, 0.25], [0.8, 0.75], [0.2, 0.7]])
    bucket = extrude(bowl, 1.0).turned("x", 90).moved(3.7, 0.4, 0.75)
    made: Pieces = [
        (join(belts, lugs, rollers), TRIM),
        (house, YELLOW),
        (join(*cab), YELLOW),
        (block(1.15, 0.88, 1.3, 0.48, 0.65, 1.35), GLASS),
        (arm, YELLOW),
        (rams, ZINC),
        (bucket, IRON),
        (rod([-1.2, 0.6, 2.1], [-1.2, 0.6, 2.6], 0.05, 8), IRON),
        (block(0.1, 0.2, 0.12, 1.0, -0.6, 1.9), HEADLIGHT),
    ]
    return _scaled(made, size)


def container(rng: np.random.Generator, size: float) -> Pieces:
    """One or two corrugated freight containers along x."""
    made: Pieces = []
    for level in range(1 + int(rng.random() < 0.5)):
        z = 2.6 * level
        ribs = [block(0.16, 0.05, 2.25, x, s * 1.2, z + 0.17) for x in np.arange(-2.8, 2.9, 0.32) for s in (-1, 1)]
        ribs += [block(0.16, 0.16, 2.59, sx * 2.97, sy * 1.15, z) for sx in (-1, 1) for sy in (-1, 1)]
        doors = [rod([3.06, y, z + 0.2], [3.06, y, z + 2.4], 0.025, 6) for y in (-0.8, -0.35, 0.35, 0.8)]
        paint = pick(rng, BOXES)
        made += [(join(block(5.9, 2.36, 2.55, 0, 0, z + 0.03), *ribs), paint), (join(*doors), ZINC)]
        made.append(
            (
                sheet(1.6, 0.6, fit=True).moved(0.4, -1.232, z + 1.4),
                Surface("letters", ((0.6, 0.58, 0.52), (0.05, 0.05, 0.05)), 6),
            )
        )
    return _scaled(made, size)


def cabin(rng: np.random.Generator, size: float) -> Pieces:
    """A site office along x that faces -y, on blocks, with a step and air conditioning."""
    paint = pick(rng, BOXES)
    ribs = [
        block(0.05, 0.04, 2.4, x, -1.23, 0.3)
        for x in np.arange(-2.85, 2.9, 0.3)
        if not (-2.2 < x < -1.1 or 0.0 < x < 1.9)
    ]
    feet = [block(0.4, 0.4, 0.25, x, y, 0) for x in (-2.6, 2.6) for y in (-1.0, 1.0)]
    made: Pieces = [
        (join(block(6.0, 2.4, 2.6, 0, 0, 0.22), *ribs), paint),
        (join(*feet, block(1.0, 0.5, 0.2, -1.65, -1.5, 0)), CONCRETE),
    ]
    made.append((block(0.9, 0.06, 2.0, -1.65, -1.22, 0.3), BOXES[4]))
    made.append((_frame(1.5, 1.0, 0, 2, 1).moved(0.95, -1.22, 1.15), ZINC))
    made.append(
        (
            glass(rng, np.array([[0.95, -1.22, 1.15]]), 1.5, 1.0, -0.015),
            LIT_PANES if rng.random() < 0.6 else DARK_PANES,
        )
    )
    made.append((join(block(0.8, 0.35, 0.55, 2.4, -1.38, 1.6), block(6.2, 2.6, 0.08, 0, 0, 2.82)), ZINC))
    made.append(
        (sheet(0.6, 0.45, fit=True).moved(-0.6, -1.25, 1.6), Surface("letters", (PAINTS[4], (0.05, 0.05, 0.05)), 3))
    )
    return _scaled(made, size)


def toilet(rng: np.random.Generator, size: float) -> Pieces:
    """A plastic cabin with a vent; it faces -y."""
    body = Surface(
        "plaster",
        ((0.05, 0.2, 0.36), (0.1, 0.3, 0.2))[int(rng.integers(2)) :][:1],
        1,
        size_m=1.0,
        roughness=0.4,
        mottle=0.2,
    )
    ribs = [block(0.05, 0.03, 1.7, x, -0.57, 0.25) for x in (-0.5, 0.5)] + [
        block(0.03, 0.05, 1.8, s * 0.56, y, 0.2) for s in (-1, 1) for y in (-0.3, 0.0, 0.3)
    ]
    pale = join(
        block(0.8, 0.03, 1.9, 0, -0.565, 0.16),
        block(1.16, 1.16, 0.12, 0, 0, 2.12, 0.05),
        rod([0.4, 0.4, 2.1], [0.4, 0.4, 2.5], 0.05, 8),
    )
    return _scaled(
        [
            (join(block(1.1, 1.1, 2.1, 0, 0, 0.06), *ribs), body),
            (pale, BOXES[4]),
            (block(1.15, 1.15, 0.1, 0, 0, 0), TRIM),
        ],
        size,
    )


def mixer(rng: np.random.Generator, size: float) -> Pieces:
    """A concrete mixer on wheels."""
    drum = (
        lathe([[0.2, -0.3], [0.38, -0.05], [0.38, 0.2], [0.22, 0.55], [0.2, 0.5], [0.3, 0.2]], 26)
        .turned("y", 35)
        .moved(0.1, 0, 0.95)
    )
    frame = [rod([-0.5, s * 0.3, 0.2], [0.0, s * 0.42, 0.95], 0.035, 8) for s in (-1, 1)] + [
        rod([0.6, s * 0.3, 0.0], [0.0, s * 0.42, 0.95], 0.035, 8) for s in (-1, 1)
    ]
    wheels = [
        lathe([[0.2, -0.05], [0.24, 0], [0.2, 0.05], [0.05, 0.06]], 20).turned("x", 90).moved(-0.5, s * 0.4, 0.24)
        for s in (-1, 1)
    ]
    hose = join(block(0.4, 0.3, 0.35, -0.35, 0, 0.75, 0.03), rod([-0.5, -0.4, 0.24], [-0.5, 0.4, 0.24], 0.03, 8))
    return _scaled([(drum, YELLOW), (join(*frame), IRON), (join(*wheels), TRIM), (hose, BOXES[1])], size)


def bricks(rng: np.random.Generator, size: float) -> Pieces:
    """Pallets of bricks, one broken open."""
    pallet = join(
        *[block(1.1, 0.13, 0.025, 0, y, 0.11) for y in (-0.4, -0.13, 0.13, 0.4)],
        *[block(0.1, 0.95, 0.1, x, 0, 0.0) for x in (-0.5, 0, 0.5)],
    )
    made: Pieces = [(join(pallet, pallet.moved(1.5, 0.2)), PLANK), (block(1.05, 0.92, 0.85, 0, 0, 0.136), BRICK)]
    brick = box(0.24, 0.115, 0.07)
    at = [
        (1.5 + 0.25 * i + rng.normal(0, 0.012), 0.2 + 0.12 * j + rng.normal(0, 0.01), 0.136 + 0.072 * k)
        for i in (-1.5, -0.5, 0.5, 1.5)
        for j in range(-3, 4)
        for k in range(int(rng.integers(1, 6)))
    ]
    loose = [(rng.uniform(0.4, 2.4), rng.uniform(-1.0, -0.6), 0.0) for _ in range(7)]
    made.append(
        (
            join(repeated(brick, np.array(at)), repeated(brick, np.array(loose), rng.uniform(0, 6, 7))),
            Surface("terracotta", ((0.4, 0.17, 0.1),), 1, size_m=0.4),
        )
    )
    straps = [block(1.07, 0.04, 0.86, 0, y, 0.136) for y in (-0.25, 0.25)]
    return _scaled([*made, (join(*straps), TRIM)], size)


def pipes(rng: np.random.Generator, size: float) -> Pieces:
    """A stack of concrete pipes on battens, along x."""
    tube_ring = (
        lathe([[0.3, 0], [0.38, 0], [0.38, 2.4], [0.3, 2.4], [0.3, 0.02]], 28).turned("y", 90).moved(-1.2, 0, 0.46)
    )
    at = np.array(
        [(rng.normal(0, 0.04), 0.78 * (k - 1.5 + 0.5 * row), 0.675 * row) for row in range(3) for k in range(4 - row)]
    )
    battens = join(
        *[block(0.1, 3.2, 0.08, x, 0, 0) for x in (-0.8, 0.8)],
        *[block(0.1, 0.16, 0.14, x, s * 1.62, 0.08) for x in (-0.8, 0.8) for s in (-1, 1)],
    )
    return _scaled([(repeated(tube_ring, at), CONCRETE), (battens, PLANK)], size)


def timber(rng: np.random.Generator, size: float) -> Pieces:
    """A stack of boards along x."""
    boards = [
        block(
            3.2 + rng.normal(0, 0.1), 0.19, 0.045, rng.normal(0, 0.08), 0.21 * (j - 2), 0.1 + 0.05 * k + 0.05 * (k // 4)
        )
        for k in range(11)
        for j in range(5)
        if k < 8 or rng.random() < 0.7
    ]
    return _scaled([(join(*boards), PLANK), (join(*[block(0.1, 1.1, 0.1, x, 0, 0) for x in (-1.1, 1.1)]), PLANK)], size)


def heap(rng: np.random.Generator, size: float) -> Pieces:
    """A heap of sand or rubble."""
    body = lump(rng, 1.3, 0.14, 36, 22, 7).scaled(1.25, 1.0, 0.8).moved(z=-0.12)
    kinds = (
        Surface("gravel", ((0.4, 0.34, 0.26),), 1, size_m=0.9, bump=0.03),
        Surface("sand", ((0.46, 0.35, 0.2),), 1, size_m=1.2, bump=0.02),
        Surface("soil", ((0.2, 0.13, 0.08),), 1, size_m=1.0, bump=0.03),
    )
    shovel = join(
        rod([1.0, -0.6, 0.5], [1.75, -0.95, 1.35], 0.02, 8), block(0.24, 0.04, 0.34, 0.93, -0.56, 0.2).turned("z", -20)
    )
    return _scaled([(body, pick(rng, kinds)), (shovel, PLANK)], size)


def barrier(rng: np.random.Generator, size: float) -> Pieces:
    """Striped barriers and cones."""
    boards = join(*[block(1.8, 0.03, 0.2, 0, 0, z) for z in (0.45, 0.85)])
    legs = [rod([s * 0.75, t * 0.25, 0], [s * 0.75, 0, 1.08], 0.025, 6) for s in (-1, 1) for t in (-1, 1)]
    cone = lathe([[0.22, 0], [0.22, 0.03], [0.15, 0.03], [0.03, 0.62], [0.02, 0.63]], 20)
    return _scaled(
        [
            (boards, ORANGE),
            (join(*legs), ZINC),
            (repeated(cone, np.array([(1.3, 0.2, 0), (1.5, -0.7, 0), (-1.3, -0.4, 0)])), ORANGE),
        ],
        size,
    )


def site_fence(rng: np.random.Generator, size: float) -> Pieces:
    """A wire panel, 3.4 m, in concrete feet, some with a banner."""
    frame = [rod([s * 1.66, 0, 0.1], [s * 1.66, 0, 2.05], 0.022, 6) for s in (-1, 1)] + [
        rod([-1.66, 0, z], [1.66, 0, z], 0.02, 6) for z in (0.15, 2.0)
    ]
    frame += [rod([x, 0, 0.15], [x, 0, 2.0], 0.004, 3) for x in np.arange(-1.6, 1.7, 0.12)] + [
        rod([-1.66, 0, z], [1.66, 0, z], 0.004, 3) for z in (0.6, 1.1, 1.6)
    ]
    return _scaled([(join(*frame), ZINC), (block(0.24, 0.7, 0.14, 1.7, 0, 0), CONCRETE)], size)


def harbour_crane(rng: np.random.Generator, size: float) -> Pieces:
    """A portal crane whose jib leans out over the water at +y."""
    legs = [
        tube([[sx * 2.2, sy * 1.6, 0], [sx * 1.3, sy * 1.1, 5.0]], [0.22, 0.18], 6) for sx in (-1, 1) for sy in (-1, 1)
    ]
    braces = [rod([-2.0, sy * 1.5, 1.0], [1.4, sy * 1.15, 4.6], 0.07, 5) for sy in (-1, 1)]
    jib = _lattice(13.0, 0.4).turned("x", -42).moved(0, 0.8, 6.8)
    house = join(block(2.8, 3.2, 2.2, 0, -0.3, 5.2, 0.08), block(3.0, 3.0, 0.3, 0, 0, 4.9))
    far = np.array([0, 0.8 + 13 * np.sin(np.radians(42)), 6.8 + 13 * np.cos(np.radians(42))])
    ropes = join(
        rod(far, [0, far[1], 4.0], 0.025, 4),
        rod(far, [0, -1.0, 9.2], 0.03, 4),
        rod([0, -1.0, 7.4], [0, -1.0, 9.2], 0.08, 6),
        block(0.3, 0.3, 0.5, 0, far[1], 3.5),
    )
    return _scaled(
        [
            (join(*legs, *braces, jib), YELLOW),
            (house, pick(rng, BOXES)),
            (ropes, IRON),
            (block(1.6, 0.06, 0.9, 0, 1.33, 6.1), GLASS),
        ],
        size,
    )
