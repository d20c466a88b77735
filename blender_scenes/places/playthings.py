"""Things to play on: swings, slides, climbing frames, seesaws. Fronts face -y."""

from __future__ import annotations

import numpy as np

from ..meshes import box, join, lathe, stack_rings, torus, tube
from ..surfaces import Colour, Surface
from .facades import IRON, ROOFS, ZINC
from .sheds import BOARDS
from .solids import block, gable, repeated, rod
from .trees import Pieces

BRIGHT: tuple[Colour, ...] = (
    (0.5, 0.05, 0.03),
    (0.04, 0.16, 0.42),
    (0.55, 0.38, 0.03),
    (0.06, 0.3, 0.1),
    (0.45, 0.16, 0.02),
)
GLOSS = tuple(
    Surface("rust", (tone, (0.3, 0.2, 0.14)), 1 + k % 2, size_m=2.6, roughness=0.35) for k, tone in enumerate(BRIGHT)
)
LOG = Surface("wood", ((0.36, 0.24, 0.13), (0.22, 0.14, 0.07)), 1, size_m=0.9, roughness=0.8)
RUBBER = Surface("leather", ((0.04, 0.04, 0.04),), 1, size_m=0.6, roughness=0.9)


def _two(rng: np.random.Generator) -> tuple[Surface, Surface]:
    first, second = rng.choice(len(GLOSS), 2, replace=False)
    return GLOSS[int(first)], GLOSS[int(second)]


def _scaled(made: Pieces, size: float) -> Pieces:
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def swing(rng: np.random.Generator, size: float) -> Pieces:
    """Two swings on chains under a bar."""
    paint, _seat_paint = _two(rng)
    frame = [rod([s * 1.9, t * 0.85, 0], [s * 1.6, 0, 2.3], 0.05, 10) for s in (-1, 1) for t in (-1, 1)] + [
        rod([-1.7, 0, 2.3], [1.7, 0, 2.3], 0.055, 10)
    ]
    frame += [rod([s * 1.78, -0.45, 1.1], [s * 1.78, 0.45, 1.1], 0.03, 8) for s in (-1, 1)]
    links, seats = [], []
    for x, lean in ((-0.75, 0.12), (0.75, -0.2)):
        seats.append(block(0.46, 0.2, 0.035, x, lean, 0.47, 0.01))
        for s in (-1, 1):
            links += [
                torus(0.022, 0.005, 8, 4)
                .scaled(1, 1, 1.8)
                .turned("x", 90)
                .turned("z", 90 * (k % 2))
                .moved(x + 0.21 * s, lean * (1 - k / 42), 0.5 + 0.043 * k)
                for k in range(42)
            ]
    return _scaled([(join(*frame), paint), (join(*seats), RUBBER), (join(*links), ZINC)], size)


def slide(rng: np.random.Generator, size: float) -> Pieces:
    """A tower with a ladder, a roof and a chute down to -y."""
    paint, chute_paint = _two(rng)
    posts = [rod([sx * 0.55, y, 0], [sx * 0.55, y, 2.7], 0.05, 8) for sx in (-1, 1) for y in (0.3, 1.4)]
    deck = block(1.2, 1.2, 0.07, 0, 0.85, 1.4)
    t = np.linspace(0, 1, 12)
    y, z = 0.3 - 2.6 * t, 1.45 * (1 - t) ** 1.25 + 0.22 * t
    rings = [
        np.array([[-0.3, a, b + 0.18], [-0.27, a, b], [0.27, a, b], [0.3, a, b + 0.18]])
        for a, b in zip(y, z, strict=True)
    ]
    chute = stack_rings([r[::-1] for r in rings], closed=False, caps=(False, False))
    under = stack_rings([r - [0, 0, 0.02] for r in rings], closed=False, caps=(False, False))
    rails = [tube([[s * 0.3, a, b + 0.19] for a, b in zip(y, z, strict=True)], 0.02, 6) for s in (-1, 1)]
    legs = [rod([s * 0.25, -1.6, 0], [s * 0.25, -1.6, 0.42], 0.03, 6) for s in (-1, 1)]
    ladder = [rod([s * 0.3, 2.0, 0], [s * 0.3, 1.45, 1.5], 0.025, 6) for s in (-1, 1)] + [
        rod([-0.3, 2.0 - 0.11 * k, 0.3 * k], [0.3, 2.0 - 0.11 * k, 0.3 * k], 0.02, 6) for k in range(1, 5)
    ]
    panels = join(*[block(0.03, 1.0, 0.6, s * 0.57, 0.85, 1.5) for s in (-1, 1)])
    roof = gable(1.5, 1.5, 0.7).moved(0, 0.85, 2.65)
    return _scaled(
        [
            (join(*posts, *ladder, *rails, *legs), paint),
            (deck, BOARDS[1]),
            (join(chute, under), chute_paint),
            (panels, chute_paint),
            (roof, paint),
        ],
        size,
    )


def climber(rng: np.random.Generator, size: float) -> Pieces:
    """A dome of bars."""
    paint, other = _two(rng)
    rings, first, second = 4, [], []
    at = [
        [
            (1.7 * np.cos(p) * np.cos(a), 1.7 * np.cos(p) * np.sin(a), 1.75 * np.sin(p))
            for a in np.linspace(0, 2 * np.pi, 11)[:-1] + 0.31 * (k % 2)
        ]
        for k, p in enumerate(np.linspace(0, 1.2, rings))
    ]
    for k in range(rings):
        for j in range(10):
            if k:
                first.append(rod(at[k][j], at[k][(j + 1) % 10], 0.022, 7))
            if k + 1 < rings:
                second.append(rod(at[k][j], at[k + 1][j], 0.022, 7))
                second.append(rod(at[k][j], at[k + 1][(j - 1 + 2 * (k % 2)) % 10], 0.022, 7))
    return _scaled([(join(*first), paint), (join(*second), other)], size)


def seesaw(rng: np.random.Generator, size: float) -> Pieces:
    """A plank on a trestle, tilted, with seats and handles."""
    paint, other = _two(rng)
    plank = join(block(3.4, 0.2, 0.07, 0, 0, 0), *[block(0.36, 0.3, 0.05, s * 1.5, 0, 0.07, 0.02) for s in (-1, 1)])
    bars = join(
        *[rod([s * 1.18, 0, 0.05], [s * 1.18, 0, 0.34], 0.02, 8) for s in (-1, 1)],
        *[rod([s * 1.18, -0.17, 0.34], [s * 1.18, 0.17, 0.34], 0.02, 8) for s in (-1, 1)],
    )
    base = [rod([sx * 0.3, sy * 0.28, 0], [0, sy * 0.16, 0.56], 0.04, 8) for sx in (-1, 1) for sy in (-1, 1)] + [
        rod([0, -0.24, 0.55], [0, 0.24, 0.55], 0.045, 10)
    ]
    tilt = 14 if rng.random() < 0.5 else -14
    return _scaled(
        [
            (plank.turned("y", tilt).moved(z=0.55), LOG),
            (bars.turned("y", tilt).moved(z=0.58), paint),
            (join(*base), other),
        ],
        size,
    )


def carousel(rng: np.random.Generator, size: float) -> Pieces:
    """A turning disc with bars to hold on to."""
    paint, other = _two(rng)
    disc = lathe([[0.2, 0.1], [1.15, 0.12], [1.2, 0.15], [1.2, 0.2], [1.15, 0.21], [0.02, 0.21]], 40)
    bars = [
        tube(
            [
                [0.25 * np.cos(a), 0.25 * np.sin(a), 0.2],
                [0.3 * np.cos(a), 0.3 * np.sin(a), 0.95],
                [0.95 * np.cos(a), 0.95 * np.sin(a), 0.95],
                [1.08 * np.cos(a), 1.08 * np.sin(a), 0.2],
            ],
            0.022,
            8,
        )
        for a in np.linspace(0, 6.28, 7)[:-1]
    ]
    hub = lathe([[0.14, 0], [0.12, 0.95], [0.2, 1.0], [0.02, 1.02]], 18)
    return _scaled(
        [
            (disc, Surface("checker", ((0.2, 0.2, 0.2), (0.27, 0.27, 0.27)), 1, size_m=0.4)),
            (join(*bars), paint),
            (hub, other),
        ],
        size,
    )


def spring_horse(rng: np.random.Generator, size: float) -> Pieces:
    """Two animals on springs."""
    made: Pieces = []
    for x in (-0.9, 0.9):
        a = np.linspace(0, 10 * np.pi, 80)
        spring = tube(np.c_[x + 0.11 * np.cos(a), 0.11 * np.sin(a), 0.03 + 0.4 * a / a[-1]], 0.016, 6)
        body = join(
            box(0.95, 0.06, 0.42, 0.12).moved(x, -0.1, 0.44),
            box(0.95, 0.06, 0.42, 0.12).moved(x, 0.1, 0.44),
            box(0.34, 0.05, 0.42, 0.1).turned("y", -24).moved(x + 0.4, 0, 0.72),
        )
        seat = join(
            box(0.4, 0.3, 0.05, 0.02).moved(x - 0.1, 0, 0.84),
            rod([x + 0.3, -0.22, 1.0], [x + 0.3, 0.22, 1.0], 0.02, 8),
            rod([x + 0.15, -0.25, 0.55], [x + 0.15, 0.25, 0.55], 0.02, 8),
        )
        paint, other = _two(rng)
        made += [(spring, IRON), (body, paint), (seat, other)]
    return _scaled(made, size)


def sandpit(rng: np.random.Generator, size: float) -> Pieces:
    """A square of boards full of sand, with a bucket, moulds and a digger's heap."""
    boards = join(
        *[block(3.0, 0.3, 0.3, 0, s * 1.4, 0) for s in (-1, 1)],
        *[block(0.3, 2.5, 0.3, s * 1.35, 0, 0) for s in (-1, 1)],
    )
    x, y = np.linspace(-1.2, 1.2, 25), np.linspace(-1.25, 1.25, 25)
    phases = rng.uniform(0, 6, 3)
    rows = [
        np.c_[
            x,
            np.full(25, b),
            0.13
            + 0.03 * np.sin(4 * x + phases[0]) * np.sin(5 * b + phases[1])
            + 0.12 * np.exp(-6 * ((x - 0.3) ** 2 + (b - 0.2) ** 2)),
        ]
        for b in y
    ]
    sand = stack_rings(rows, closed=False, caps=(False, False))
    bucket = lathe([[0.07, 0], [0.1, 0.17], [0.11, 0.18], [0.09, 0.17]], 18).moved(-0.5, -0.5, 0.14)
    moulds = join(
        *[
            lathe([[0.09, 0], [0.06, 0.08], [0.02, 0.1]], 14).moved(a, b, 0.15)
            for a, b in ((0.6, -0.6), (0.8, -0.45), (-0.8, 0.6))
        ]
    )
    tone = Surface("sand", ((0.5, 0.39, 0.24),), 1, size_m=1.6, bump=0.02, roughness=0.95)
    return _scaled([(boards, LOG), (sand, tone), (bucket, GLOSS[0]), (moulds, GLOSS[1])], size)


def hut(rng: np.random.Generator, size: float) -> Pieces:
    """A small house on posts with a bridge of ropes."""
    paint, other = _two(rng)
    posts = [rod([sx * 0.8, sy * 0.7, 0], [sx * 0.8, sy * 0.7, 2.4], 0.07, 8) for sx in (-1, 1) for sy in (-1, 1)]
    walls = join(
        block(1.6, 0.05, 0.7, 0, 0.72, 1.0),
        *[block(0.05, 1.4, 0.55, s * 0.82, 0, 1.0) for s in (-1, 1)],
        block(0.5, 0.05, 0.7, -0.55, -0.72, 1.0),
    )
    deck = block(1.7, 1.5, 0.08, 0, 0, 0.92)
    steps = repeated(
        block(0.5, 0.09, 0.06, 0.35, 0, 0), np.array([(0, -0.95 - 0.17 * k, 0.75 - 0.19 * k) for k in range(4)])
    )
    roof = gable(1.9, 1.9, 0.8).moved(z=2.35)
    return _scaled(
        [
            (join(*posts), LOG),
            (walls, paint),
            (deck, BOARDS[1]),
            (join(steps), BOARDS[2]),
            (roof, ROOFS[int(rng.integers(3))]),
            (
                join(
                    *[
                        rod([0.1, -0.75, 1.8], [0.1, -1.75, 0.2], 0.02, 6),
                        rod([0.6, -0.75, 1.8], [0.6, -1.75, 0.2], 0.02, 6),
                    ]
                ),
                other,
            ),
        ],
        size,
    )
