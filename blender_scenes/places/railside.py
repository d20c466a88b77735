"""What belongs to a railway: tracks, masts with wires, trains, shelters, signs."""

from __future__ import annotations

import numpy as np

from ..meshes import Array, Mesh, ball, box, extrude, join, lathe
from ..surfaces import Surface
from ..textures.scenery import PANES
from .facades import CEILING_LIGHT, IRON, LIT_PANES, STONE, ZINC, pick
from .solids import Parts, block, quads, repeated, rod, sheet
from .town import BENCH_WOOD
from .trees import Pieces
from .vehicles import GLASS, HEADLIGHT, TRIM

RAIL = Surface("rust", ((0.3, 0.28, 0.26), (0.22, 0.1, 0.05)), 1, size_m=0.8, roughness=0.35, metallic=0.3)
SLEEPER = Surface("concrete", ((0.36, 0.33, 0.29),), 2, size_m=1.1, roughness=0.9)
CARS = tuple(
    Surface("rust", (tone, (0.25, 0.18, 0.13)), 2, size_m=5.0, roughness=0.35)
    for tone in ((0.5, 0.05, 0.04), (0.05, 0.13, 0.33), (0.06, 0.24, 0.16), (0.5, 0.42, 0.1))
)
PALE = Surface("plaster", ((0.6, 0.59, 0.55),), 1, size_m=2.0, roughness=0.45, mottle=0.2)


def track(parts: Parts, x: float, bed: float, reach: float = 88.0) -> None:
    """A track along y on sleepers, the ballast's top at height `bed`."""
    y = np.arange(-reach, reach, 0.62)
    parts.add(
        "sleepers",
        repeated(block(2.5, 0.24, 0.16, 0, 0, 0), np.c_[np.full(len(y), x), y, np.full(len(y), bed - 0.05)]),
        SLEEPER,
    )
    outline = np.array(
        [
            [-0.07, 0],
            [0.07, 0],
            [0.07, 0.015],
            [0.012, 0.03],
            [0.012, 0.11],
            [0.036, 0.12],
            [0.036, 0.15],
            [-0.036, 0.15],
            [-0.036, 0.12],
            [-0.012, 0.11],
            [-0.012, 0.03],
            [-0.07, 0.015],
        ]
    )
    rail = extrude(outline, 2 * reach).turned("x", 90).moved(0, reach, bed + 0.11)
    parts.add("rails", join(rail.moved(x - 0.7525), rail.moved(x + 0.7525)), RAIL)
    clip = block(0.3, 0.1, 0.05, 0, 0, 0)
    at = np.array([(x + s * 0.7525, b, bed + 0.1) for b in y[np.abs(y) < 26] for s in (-1, 1)])
    parts.add("rails", repeated(clip, at), IRON)


def mast(size: float) -> Pieces:
    """A mast for the overhead wire, which hangs 3.2 m out to -y and runs 18 m along x; `size` is its height."""
    column = [rod([s * 0.12, 0, -1.0], [s * 0.1, 0, size], 0.04, 6) for s in (-1, 1)]
    column += [
        rod([-0.12 * s, 0, z], [0.12 * s, 0, z + 0.5], 0.015, 4)
        for k, z in enumerate(np.arange(-0.8, size - 0.6, 0.5))
        for s in ((-1, 1)[k % 2],)
    ]
    arm = [
        rod([0, 0, size - 0.9], [0, -3.3, size - 0.7], 0.03, 6),
        rod([0, 0, size - 0.1], [0, -2.4, size - 0.72], 0.02, 5),
        rod([0, -2.6, size - 0.75], [0, -3.2, size - 1.5], 0.02, 5),
    ]
    knobs = [lathe([[0.03, 0], [0.08, 0.05], [0.03, 0.1], [0.08, 0.15], [0.03, 0.2]], 10).moved(0, -0.45, size - 0.95)]
    wires = [
        rod([-18, -3.2, size - 1.5], [18, -3.2, size - 1.5], 0.012, 4),
        rod([-18, -3.2, size - 0.9], [18, -3.2, size - 0.9], 0.009, 4),
    ]
    wires += [rod([x, -3.2, size - 1.5], [x, -3.2, size - 0.9], 0.005, 3) for x in np.arange(-17, 18, 3.0)]
    return [(join(*column, *arm), ZINC), (join(*knobs), STONE), (join(*wires), IRON)]


def _coach(rng: np.random.Generator, paint: Surface, length: float) -> Pieces:
    """A carriage along y; rails at z = 0."""
    w, floor, top = 1.4, 0.95, 3.6
    outline = np.array(
        [
            [-w, floor],
            [-w, 2.9],
            [-w + 0.15, 3.3],
            [-0.6, top],
            [0.6, top],
            [w - 0.15, 3.3],
            [w, 2.9],
            [w, floor],
            [w - 0.1, floor - 0.25],
            [-w + 0.1, floor - 0.25],
        ]
    )[::-1]
    body = extrude(outline, length).turned("x", 90).moved(0, length / 2, 0)
    band = join(*[block(0.02, length - 0.1, 0.5, s * (w + 0.006), 0, floor + 0.02) for s in (-1, 1)])
    panes, doors = [], []
    for s in (-1, 1):
        for y in np.arange(-length / 2 + 1.5, length / 2 - 1.0, 1.7):
            door = abs(abs(y) - length * 0.27) < 0.86
            (doors if door else panes).append(
                block(0.03, 1.25, 1.9 if door else 0.9, s * (w + 0.005), y, floor + (0.08 if door else 0.95))
            )
    frames = join(
        *[
            block(0.05, 0.06, 1.95, s * (w + 0.006), y + d, floor + 0.05)
            for s in (-1, 1)
            for y in np.arange(-length / 2 + 1.5, length / 2 - 1.0, 1.7)
            if abs(abs(y) - length * 0.27) < 0.86
            for d in (-0.66, 0, 0.66)
        ]
    )
    bogies = [block(2.0, 2.6, 0.4, 0, y, 0.35) for y in (-length / 2 + 3, length / 2 - 3)]
    wheels = [
        lathe([[0.42, -0.07], [0.46, -0.02], [0.46, 0.07], [0.1, 0.09]], 20)
        .turned("y", 90)
        .moved(s * 0.78, y + d, 0.46)
        for s in (-1, 1)
        for y in (-length / 2 + 3, length / 2 - 3)
        for d in (-0.85, 0.85)
    ]
    boxes = [block(1.6, 2.2, 0.5, 0, y, 0.4) for y in (-1.8, 1.8)] + [
        block(1.6, 2.4, 0.25, 0, y, top) for y in (-length / 4, length / 4)
    ]
    glow = LIT_PANES if rng.random() < 0.5 else GLASS
    glass = join(*panes)
    if glow is LIT_PANES:
        glass = Mesh(glass.vertices, glass.faces, glass.uvs / PANES * 0.7, glass.materials, glass.smooth)
    return [
        (body, PALE),
        (band, paint),
        (glass, glow),
        (join(*doors), paint),
        (frames, TRIM),
        (join(*bogies, *wheels, *boxes), IRON),
    ]


def train(rng: np.random.Generator, size: float) -> Pieces:
    """Three carriages along y, the front one with a cab, standing on rails at z = 0."""
    paint = pick(rng, CARS)
    made: Pieces = []
    for k in range(3):
        made += [(mesh.moved(0, (k - 1) * 19.3, 0), surface) for mesh, surface in _coach(rng, paint, 18.8)]
    for s in (-1, 1):
        end = s * 28.75
        made.append((block(2.3, 0.08, 1.1, 0, end, 1.95), GLASS))
        made.append((join(*[ball(0.14, 12, 8).moved(x, end, 1.3) for x in (-0.9, 0.9)]), HEADLIGHT))
        made.append((join(block(2.6, 0.3, 0.5, 0, end, 0.55, 0.04), block(2.7, 0.06, 0.35, 0, end, 1.5)), paint))
    return [(mesh.scaled(size).moved(z=0.26), surface) for mesh, surface in made]


def shelter(rng: np.random.Generator, size: float) -> Pieces:
    """A platform roof on posts over benches, lit from below, open to -y."""
    posts = [rod([x, y, 0], [x, y, 2.7], 0.06, 10) for x in (-1.6, 1.6) for y in (-1.4, 1.4)]
    roof = join(
        block(4.4, 4.2, 0.16, 0, 0, 2.75), block(4.6, 0.12, 0.34, 0, -2.1, 2.66), block(4.6, 0.12, 0.34, 0, 2.1, 2.66)
    )
    back = [block(3.2, 0.04, 0.06, 0, 1.42, z) for z in (0.3, 1.2, 2.1)] + [
        block(0.05, 0.04, 2.1, x, 1.42, 0.1) for x in (-1.6, -0.5, 0.5, 1.6)
    ]
    tubes = join(*[block(1.8, 0.1, 0.05, 0, y, 2.69) for y in (-1.0, 1.0)])
    seats = join(
        *[block(2.6, 0.1, 0.04, 0, 0.9 + 0.12 * k, 0.46) for k in range(4)], block(2.6, 0.04, 0.12, 0, 1.32, 0.7)
    )
    legs = join(*[block(0.06, 0.4, 0.44, x, 1.08, 0) for x in (-1.1, 1.1)])
    board = sheet(1.1, 0.8, fit=True).moved(-0.9, 1.36, 1.25)
    timetable = Surface("pages", ((0.66, 0.64, 0.58),), 1, roughness=0.4)
    made: Pieces = [
        (join(*posts, *back, legs), IRON),
        (roof, PALE),
        (tubes, CEILING_LIGHT),
        (seats, BENCH_WOOD),
        (board, timetable),
        (block(0.5, 0.5, 1.75, 1.2, -0.9, 0, 0.03), pick(rng, CARS)),
        (sheet(0.4, 0.9, fit=True).moved(1.2, -1.16, 0.6), timetable),
    ]
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def station_sign(rng: np.random.Generator, size: float) -> Pieces:
    """The station's name on two posts."""
    posts = join(*[rod([s * 0.85, 0, 0], [s * 0.85, 0, 2.5], 0.04, 8) for s in (-1, 1)])
    frame = block(2.0, 0.07, 0.66, 0, 0, 1.75)
    blue = Surface("banner", ((0.04, 0.1, 0.3), (0.72, 0.72, 0.7)), int(rng.integers(4)))
    name = sheet(1.9, 0.5, fit=True)
    strip = Mesh(name.vertices, name.faces, name.uvs * [1, 0.25], name.materials, name.smooth).moved(0, -0.04, 1.83)
    return [
        (join(posts, frame).scaled(size), ZINC),
        (strip.scaled(size), blue),
        (strip.turned("z", 180).scaled(size), blue),
    ]


def slope(x0: float, z0: float, x1: float, z1: float, reach: float) -> Mesh:
    """A plane between two lines along y that faces up; uv in metres."""
    corners, flat = [], []
    wide = float(np.hypot(x1 - x0, z1 - z0))
    for a in np.arange(-reach, reach, 12.0):
        corners.append([(x0, a, z0), (x1, a, z1), (x1, a + 12, z1), (x0, a + 12, z0)])
        flat.append([(0, a), (wide, a), (wide, a + 12), (0, a + 12)])
    points: Array = np.array(corners)
    return quads(points, np.array(flat, float))


def stones(parts: Parts, x0: float, x1: float, z: float, rng: np.random.Generator, count: int) -> None:
    """Loose ballast."""
    at = np.c_[rng.uniform(x0, x1, count), rng.uniform(-16, 16, count), np.full(count, z)]
    chip = box(0.06, 0.05, 0.045, 0.015)
    tone = Surface("concrete", ((0.3, 0.27, 0.24),), 1, size_m=0.4)
    parts.add("ballast_stones", repeated(chip, at, rng.uniform(0, 6, count), rng.uniform(0.6, 1.4, count)), tone)
