"""What lies on shores and in harbours: boats, nets, bollards, groynes, driftwood. Boats point to +x."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, join, lathe, stack_rings, torus, tube
from ..surfaces import Surface
from .facades import DARK_PANES, IRON, ZINC, pick
from .solids import block, lump, quads, rod, sheet
from .trees import Pieces, bark_surface

HULLS = tuple(
    Surface("rust", (tone, (0.3, 0.16, 0.08)), k, size_m=3.0, roughness=0.4)
    for k, tone in enumerate(((0.62, 0.6, 0.56), (0.05, 0.14, 0.3), (0.45, 0.06, 0.04), (0.06, 0.22, 0.16)))
)
BOTTOM = Surface("rust", ((0.3, 0.06, 0.04), (0.2, 0.12, 0.08)), 1, size_m=2.0)
DECK = Surface("planks", ((0.44, 0.33, 0.2),), 1, size_m=1.1, roughness=0.7)
CABIN = Surface("plaster", ((0.62, 0.61, 0.58),), 1, size_m=1.5, roughness=0.5, mottle=0.2)
TAR = bark_surface(2)


def hull(length: float, beam: float, depth: float, sheer: float) -> tuple[Mesh, Mesh]:
    """The shell of a boat, its keel on z = 0 and open on top, and the deck inside it."""
    t = np.linspace(0, 1, 17)
    half = (
        0.5
        * beam
        * np.clip(1.05 - (2 * np.clip(t - 0.35, 0, 1) / 1.3) ** 2.4, 0.01, 1)
        * (0.8 + 0.2 * np.clip(t / 0.35, 0, 1))
    )
    x = (t - 0.5) * length
    rim = depth + sheer * (2 * t - 0.8) ** 2
    rings = []
    for k in range(len(t)):
        w, z = half[k], rim[k]
        low = 0.25 * depth * t[k] ** 3
        side = [(w, z), (0.96 * w, 0.62 * z), (0.8 * w, 0.3 * z + low), (0.35 * w, 0.08 * z + low)]
        ring = [*[(-a, b) for a, b in side], (0.0, low), *side[::-1]]
        rings.append(np.array([[x[k] + 0.06 * length * t[k] ** 4 * (b / depth), a, b] for a, b in ring]))
    shell = stack_rings(rings, closed=False, caps=(False, False))
    inner = stack_rings(
        [
            np.array([[x[k], -0.93 * half[k], 0.72 * rim[k]], [x[k], 0.93 * half[k], 0.72 * rim[k]]])
            for k in range(len(t))
        ],
        closed=False,
        caps=(False, False),
    )
    stern = rings[0]
    fan = quads(
        np.array([[stern[j], stern[j + 1], [x[0], 0, rim[0]], [x[0], 0, rim[0]]] for j in range(len(stern) - 1)]),
        np.tile(np.array([[0, 0], [0.3, 0], [0.15, 0.5], [0.15, 0.5]]), (len(stern) - 1, 1, 1)),
    )
    return join(shell, fan), inner


def rowing_boat(rng: np.random.Generator, size: float) -> Pieces:
    """A small boat drawn up on the ground, with benches, oars and a rope."""
    shell, floor = hull(4.0, 1.5, 0.62, 0.1)
    rail = [
        tube(
            np.c_[
                np.linspace(-1.95, 1.7, 9),
                s * np.array([0.6, 0.66, 0.71, 0.73, 0.71, 0.65, 0.54, 0.36, 0.1]),
                0.64 + 0.1 * (np.linspace(0, 2, 9) - 0.8) ** 2,
            ],
            0.035,
            8,
        )
        for s in (-1, 1)
    ]
    seats = join(*[block(0.28, w, 0.04, x, 0, 0.5) for x, w in ((-1.3, 1.15), (-0.2, 1.3), (0.8, 1.1))])
    oars = join(*[tube([[-1.5, s * 0.35, 0.6], [1.1, s * 0.5, 0.62]], 0.025, 8) for s in (-1, 1)])
    coil = join(*[torus(0.2 - 0.02 * k, 0.02, 22, 6).moved(1.25, 0, 0.48 + 0.03 * k) for k in range(3)])
    made: Pieces = [
        (shell, pick(rng, HULLS)),
        (floor, DECK),
        (join(*rail), DECK),
        (seats, DECK),
        (oars, DECK),
        (coil, bark_surface(1)),
    ]
    return [(mesh.turned("x", 9).moved(z=-0.03).scaled(size), surface) for mesh, surface in made]


def yacht(rng: np.random.Generator, size: float) -> Pieces:
    """A sailing yacht, water line at z = 0, with mast, furled sail and rigging."""
    shell, deck = hull(8.0, 2.5, 1.35, 0.14)
    cabin = join(block(2.7, 1.5, 0.45, 0.1, 0, 0.55, 0.1), block(0.9, 1.2, 0.2, -1.0, 0, 0.6, 0.05))
    panes = join(
        *[
            sheet(0.5, 0.18).turned("z", turn).moved(x, y, 0.72)
            for turn, y in ((0, -0.755), (180, 0.755))
            for x in (-0.5, 0.2, 0.9)
        ]
    )
    spars = join(
        tube([[0.9, 0, 0.5], [0.9, 0, 10.5]], [0.08, 0.05], 10),
        rod([0.9, 0, 1.75], [-2.6, 0, 1.9], 0.055, 8),
        rod([0.9, -0.9, 6.0], [0.9, 0.9, 6.0], 0.03, 6),
    )
    sail = tube([[0.8, 0, 1.9], [-1.0, 0, 2.05], [-2.5, 0, 1.98]], [0.13, 0.19, 0.08], 10)
    stays = [
        rod([0.9, 0, 10.4], p, 0.008, 4) for p in ([4.1, 0, 0.9], [-3.9, 0, 0.7], [0.8, 1.2, 0.6], [0.8, -1.2, 0.6])
    ]
    rails = [
        rod([x, s * y, 0.6], [x, s * y, 1.15], 0.014, 5)
        for x, y in ((-3.4, 0.9), (-1.8, 1.15), (2.0, 1.0), (3.3, 0.5))
        for s in (-1, 1)
    ]
    low = [(shell.moved(z=-0.75), pick(rng, HULLS)), (deck.moved(z=-0.6), DECK)]
    made: Pieces = [
        *low,
        (cabin, CABIN),
        (panes, DARK_PANES),
        (spars, ZINC),
        (sail, Surface("fabric", ((0.1, 0.16, 0.32),), 1, size_m=0.6)),
        (join(*stays, *rails), ZINC),
    ]
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def trawler(rng: np.random.Generator, size: float) -> Pieces:
    """A fishing boat, water line at z = 0: wheelhouse, mast with booms, winch, tyres for fenders."""
    shell, deck = hull(8.6, 3.1, 1.9, 0.22)
    house = join(block(2.0, 1.9, 1.75, -1.4, 0, 0.55, 0.05), block(2.3, 2.2, 0.1, -1.4, 0, 2.3))
    panes = [sheet(0.5, 0.5).turned("z", 90).moved(-0.385, y, 1.55) for y in (-0.6, 0.0, 0.6)]
    panes += [
        sheet(0.55, 0.5).turned("z", t).moved(x, s, 1.55) for t, s in ((0, -0.965), (180, 0.965)) for x in (-1.9, -1.0)
    ]
    spars = [
        tube([[0.6, 0, 0.5], [0.6, 0, 5.2]], 0.08, 8),
        rod([0.6, 0, 4.4], [3.2, 0, 3.6], 0.05, 8),
        rod([0.6, 0, 4.6], [-3.9, 0, 3.2], 0.05, 8),
        rod([0.6, 0, 5.1], [4.4, 0, 1.5], 0.012, 4),
        rod([0.6, 0, 5.1], [-4.1, 0, 1.2], 0.012, 4),
    ]
    gear = join(
        lathe([[0.3, 0], [0.3, 0.9]], 18).turned("x", 90).moved(1.8, 0.45, 0.9),
        block(0.7, 1.2, 0.4, 1.8, 0, 0.5),
        *[box(0.6, 0.4, 0.3).moved(2.7, y, 0.55) for y in (-0.3, 0.25)],
    )
    tyres = join(
        *[
            torus(0.26, 0.09, 20, 8).turned("x", 90).moved(x, s * y, 0.55)
            for x, y in ((-2.6, 1.42), (-0.6, 1.6), (1.4, 1.5))
            for s in (-1, 1)
        ]
    )
    paint = pick(rng, HULLS)
    made: Pieces = [
        (shell.moved(z=-0.95), paint),
        (deck.moved(z=-0.8), DECK),
        (house, CABIN),
        (join(*panes), DARK_PANES),
        (join(*spars), IRON),
        (gear, IRON),
        (tyres, IRON),
        (block(2.4, 2.3, 0.06, -1.4, 0, 2.41), paint),
    ]
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def bollard(size: float) -> Pieces:
    """An iron mooring post with a turn of rope."""
    post = lathe([[0.22, 0], [0.22, 0.03], [0.13, 0.06], [0.12, 0.34], [0.2, 0.42], [0.19, 0.5], [0.02, 0.54]], 22)
    rope = join(*[torus(0.15, 0.03, 22, 8).moved(z=0.14 + 0.055 * k) for k in range(3)])
    return [(post.scaled(size), IRON), (rope.scaled(size), bark_surface(1))]


def nets(rng: np.random.Generator, size: float) -> Pieces:
    """A heap of fishing net with floats, and lobster pots."""
    heap = lump(rng, 0.9, 0.3, 26, 16, 5).scaled(1.2, 0.9, 0.42).moved(z=0.16)
    tone = ((0.05, 0.2, 0.16), (0.3, 0.12, 0.04), (0.06, 0.12, 0.25))[int(rng.integers(3))]
    floats = [
        ball(0.09, 10, 7).moved(rng.normal(0, 0.6), rng.normal(0, 0.45), 0.36 + 0.06 * rng.random()) for _ in range(14)
    ]
    pots = []
    for k in range(3):
        hoops = [torus(0.24, 0.014, 18, 6).turned("y", 90).moved(x, 0, 0.24) for x in (-0.36, -0.12, 0.12, 0.36)]
        hoops += [
            rod(
                [-0.36, 0.24 * np.cos(a), 0.24 + 0.24 * np.sin(a)],
                [0.36, 0.24 * np.cos(a), 0.24 + 0.24 * np.sin(a)],
                0.009,
                5,
            )
            for a in np.linspace(0, 6.28, 13)[:-1]
        ]
        pots.append(join(*hoops).moved(1.5, 0.62 * (k % 2), 0.5 * (k // 2)))
    return [
        (heap.scaled(size), Surface("knit", (tone,), 1, size_m=0.5, bump=0.02)),
        (join(*floats).scaled(size), Surface("plaster", ((0.55, 0.25, 0.04),), 1)),
        (join(*pots).scaled(size), TAR),
    ]


def groyne(rng: np.random.Generator, size: float) -> Pieces:
    """A row of weathered posts that runs down to the sea, 12 m along y."""
    posts = [
        tube([[rng.normal(0, 0.04), y, -1.2], [rng.normal(0, 0.05), y, 0.75 - 0.06 * y + rng.normal(0, 0.07)]], 0.13, 9)
        for y in np.arange(0, 12, 0.62)
    ]
    rails = [block(0.1, 12, 0.16, 0.18, 6, z).turned("x", -3.4) for z in (-0.05, 0.25)]
    return [(join(*posts, *rails).scaled(size), TAR)]


def driftwood(rng: np.random.Generator, size: float) -> Pieces:
    """A bleached branch."""
    x = np.linspace(-0.9, 0.9, 6)
    stem = tube(
        np.c_[x, rng.normal(0, 0.06, 6), 0.06 + 0.03 * rng.random(6)], np.array([0.03, 0.06, 0.07, 0.06, 0.05, 0.02]), 9
    )
    twigs = [
        tube([[a, 0, 0.07], [a + 0.2, 0.25 * s, 0.16], [a + 0.45, 0.4 * s, 0.12]], [0.035, 0.022, 0.008], 6)
        for a, s in ((-0.3, 1), (0.2, -1), (0.45, 1))
    ]
    return [
        (
            join(stem, *twigs).scaled(size),
            Surface("wood", ((0.42, 0.38, 0.32), (0.28, 0.24, 0.2)), 1, size_m=0.6, roughness=0.9),
        )
    ]
