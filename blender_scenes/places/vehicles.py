"""Parked vehicles: lofted bodies with wheel arches, windows, lamps, plates, wheels with spokes. Front to +x."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..meshes import Array, Mesh, ball, join, lathe, stack_rings
from ..surfaces import Colour, Surface
from .solids import block, repeated, rod, sheet
from .trees import Pieces

CAR_TONES: tuple[Colour, ...] = (
    (0.36, 0.03, 0.03),
    (0.03, 0.08, 0.25),
    (0.55, 0.55, 0.53),
    (0.03, 0.035, 0.04),
    (0.22, 0.23, 0.24),
    (0.05, 0.16, 0.11),
    (0.42, 0.3, 0.08),
    (0.62, 0.6, 0.55),
)
PAINT = tuple(Surface("plaster", (c,), 1, size_m=6.0, roughness=0.3, coat=0.7) for c in CAR_TONES)
GLASS = Surface("metal", ((0.035, 0.045, 0.05),), 1, size_m=2.5, roughness=0.08)
RUBBER = Surface("leather", ((0.03, 0.03, 0.03),), 1, size_m=0.5, roughness=0.9)
TRIM = Surface("plaster", ((0.03, 0.03, 0.032),), 1, size_m=0.6, roughness=0.6)
ALLOY = Surface("metal", ((0.45, 0.45, 0.46),), 2, size_m=0.6, metallic=0.4, roughness=0.4)
HEADLIGHT = Surface("metal", ((0.7, 0.7, 0.72),), 1, size_m=0.3, metallic=0.3, roughness=0.2)
TAIL_LIGHT = Surface("metal", ((0.42, 0.02, 0.02),), 1, size_m=0.3, roughness=0.2)
PLATE = Surface("letters", ((0.66, 0.64, 0.52), (0.02, 0.02, 0.02)), 2)


@dataclass(frozen=True)
class Body:
    """Side view of a car: (x, z) points of the top line and of the line below the windows, metres.

    Attributes:
        cabin: x of the rear window's foot, its head, the windscreen's head, its foot.
        pillars: x where the side windows are parted.
        wheels: x of the axles.
    """

    top: tuple[tuple[float, float], ...]
    belt: tuple[tuple[float, float], ...]
    cabin: tuple[float, float, float, float]
    pillars: tuple[float, ...]
    wheels: tuple[float, float]
    half_width: float = 0.88
    wheel_m: float = 0.32
    blind: float = -9.0


BODIES = (
    Body(  # saloon
        (
            (-2.25, 0.72),
            (-2.2, 0.9),
            (-1.75, 1.0),
            (-1.0, 1.4),
            (-0.3, 1.46),
            (0.3, 1.42),
            (1.15, 0.99),
            (2.0, 0.82),
            (2.22, 0.6),
        ),
        ((-2.25, 0.7), (-2.2, 0.86), (-1.7, 0.95), (1.1, 0.95), (2.0, 0.79), (2.22, 0.58)),
        (-1.75, -1.0, 0.3, 1.15),
        (-0.35, 0.7),
        (-1.35, 1.38),
    ),
    Body(  # hatchback
        ((-1.95, 0.7), (-1.92, 0.98), (-1.62, 1.4), (-0.9, 1.5), (0.35, 1.46), (1.1, 1.02), (1.8, 0.84), (2.0, 0.6)),
        ((-1.95, 0.68), (-1.9, 0.98), (1.05, 0.96), (1.8, 0.8), (2.0, 0.58)),
        (-1.9, -1.6, 0.35, 1.1),
        (-0.9, -0.1),
        (-1.25, 1.28),
    ),
    Body(  # estate
        ((-2.35, 0.7), (-2.32, 1.0), (-2.05, 1.42), (-1.2, 1.5), (0.3, 1.47), (1.1, 1.02), (2.0, 0.85), (2.25, 0.6)),
        ((-2.35, 0.68), (-2.3, 0.98), (1.05, 0.97), (2.0, 0.81), (2.25, 0.58)),
        (-2.3, -2.05, 0.3, 1.1),
        (-1.3, -0.35),
        (-1.4, 1.42),
    ),
    Body(  # off-roader
        ((-2.2, 0.8), (-2.16, 1.2), (-1.95, 1.66), (-1.2, 1.74), (0.35, 1.7), (0.95, 1.2), (1.95, 1.05), (2.15, 0.75)),
        ((-2.2, 0.78), (-2.16, 1.14), (0.95, 1.13), (1.95, 1.0), (2.15, 0.72)),
        (-2.16, -1.95, 0.35, 0.95),
        (-1.2, -0.3),
        (-1.32, 1.36),
        0.92,
        0.37,
    ),
)
VAN = Body(
    ((-2.6, 0.8), (-2.58, 1.9), (-2.4, 2.12), (0.9, 2.12), (1.25, 2.0), (2.05, 1.25), (2.5, 1.0), (2.62, 0.6)),
    ((-2.6, 0.78), (-2.58, 1.2), (2.0, 1.2), (2.5, 0.96), (2.62, 0.58)),
    (-2.58, -2.4, 1.25, 2.05),
    (0.65,),
    (-1.6, 1.65),
    0.98,
    0.34,
    0.65,
)


def _shell(body: Body) -> Mesh:
    """The painted body; materials: 0 paint, 1 glass, 2 underside."""
    rear, front = body.top[0][0], body.top[-1][0]
    marks = [*body.cabin, *[x for x, _ in body.top], *[p + s * 0.05 for p in body.pillars for s in (-1, 1)]]
    arch = body.wheel_m + 0.07
    marks += [w + arch * np.cos(a) for w in body.wheels for a in np.linspace(0, np.pi, 11)]
    x = np.unique(np.round(np.concatenate([np.linspace(rear, front, 16), marks]), 3))
    x = x[np.concatenate([[True], np.diff(x) > 0.012])]
    top = np.interp(x, *np.array(body.top).T)
    belt = np.minimum(np.interp(x, *np.array(body.belt).T), top - 0.02)
    low = np.full(len(x), 0.24)
    for wheel in body.wheels:
        inside = np.abs(x - wheel) < arch
        low[inside] = np.maximum(0.24, body.wheel_m + np.sqrt(arch**2 - (x[inside] - wheel) ** 2))
    ends = np.minimum(x - rear, front - x)
    half = body.half_width * (1 - 0.16 * np.clip(1 - ends / 0.5, 0, 1) ** 2)
    glazed = np.clip((top - belt) / 0.4, 0, 1)
    upper = half - 0.06 - 0.17 * glazed
    shoulder = low + np.clip(belt - low, 0.02, None) * 0.62
    side = [
        (half - 0.05, low),
        (half, np.minimum(low + 0.06, shoulder - 0.01)),
        (half, shoulder),
        (half - 0.025, belt - 0.005),
        (half - 0.05, belt),
        (upper, top - 0.06 * glazed - 0.008),
        (upper - 0.1, top - 0.004),
    ]
    ring = [*side, (0 * x, top + 0.012 + 0.03 * glazed), *[(-y, z) for y, z in side[::-1]]]
    rings = [np.array([[x[k], y[k], z[k]] for y, z in ring]) for k in range(len(x))]
    mesh = stack_rings(rings, smooth=True)
    return replace(mesh, materials=_shell_materials(body, x, len(ring), len(mesh.faces)))


def _shell_materials(body: Body, x: Array, around: int, count: int) -> Array:
    """Glass between the pillars and in the two slanted screens; the underside."""
    a, b, c, d = body.cabin
    middle = (x[:-1] + x[1:]) / 2
    part = np.all([np.abs(middle - p) > 0.05 for p in body.pillars], axis=0)
    beside = (middle > max(a + 0.12, body.blind)) & (middle < d - 0.12) & part
    screens = ((middle > c + 0.03) & (middle < d - 0.03)) | (
        (middle > a + 0.03) & (middle < b - 0.03) & (body.blind < -8)
    )
    table = np.zeros((len(middle), around), np.int64)
    for j in (4, around - 6):
        table[beside, j] = 1
    for j in (6, 7):
        table[screens, j] = 1
    table[:, around - 1] = 2
    made = np.zeros(count, np.int64)
    made[: table.size] = table.ravel()
    return made


def _wheel(radius: float) -> Pieces:
    """A wheel whose outside faces -y, its hub at the origin."""
    r = radius
    tyre = lathe([[0.6 * r, -0.09], [0.92 * r, -0.1], [r, -0.06], [r, 0.06], [0.92 * r, 0.1], [0.6 * r, 0.09]], 16)
    rim = lathe([[0.58 * r, 0.06], [0.64 * r, 0.085], [0.66 * r, 0.1], [0.6 * r, 0.09], [0.56 * r, 0.05]], 16)
    spokes = [block(0.09 * r + 0.02, 0.55 * r, 0.03, 0, 0.33 * r, 0.055).turned("z", 72 * k) for k in range(5)]
    metal = join(rim, *spokes, lathe([[0.16 * r, 0.03], [0.15 * r, 0.095], [0.02, 0.1]], 10))
    return [(tyre.turned("x", 90), RUBBER), (metal.turned("x", 90), ALLOY)]


def _wheels(body: Body) -> Pieces:
    at = np.array([[x, s * (body.half_width - 0.13), body.wheel_m] for x in body.wheels for s in (-1, 1)])
    turns = np.array([0.0 if y < 0 else np.pi for y in at[:, 1]])
    return [(repeated(mesh, at, turns), surface) for mesh, surface in _wheel(body.wheel_m)]


def car(rng: np.random.Generator, size: float, body: Body | None = None) -> Pieces:
    """A parked car along x."""
    body = body or BODIES[int(rng.integers(len(BODIES)))]
    paint = PAINT[int(rng.integers(len(PAINT)))]
    shell = _shell(body)
    made: Pieces = []
    for k, surface in enumerate((paint, GLASS, TRIM)):
        keep = shell.materials == k
        made.append(
            (
                Mesh(shell.vertices, shell.faces[keep], shell.uvs[keep], shell.materials[keep] * 0, shell.smooth[keep]),
                surface,
            )
        )
    made += _wheels(body)
    made += _fittings(body, paint)
    return [(_compact(mesh).scaled(size), surface) for mesh, surface in made]


def _compact(mesh: Mesh) -> Mesh:
    """Without the vertices that no face uses."""
    used, faces = np.unique(mesh.faces, return_inverse=True)
    return replace(mesh, vertices=mesh.vertices[used], faces=faces.reshape(-1, 4))


def _fittings(body: Body, paint: Surface) -> Pieces:
    """Lamps, grille, bumpers, plates, mirrors, door seams and handles."""
    rear, front = body.top[0][0], body.top[-1][0]
    w, belt = body.half_width, body.belt[1][1]
    high = np.interp(front - 0.1, *np.array(body.belt).T) - 0.1
    lamps = join(*[ball(0.12, 10, 6).scaled(0.9, 1.5, 0.62).moved(front - 0.13, s * (w - 0.3), high) for s in (-1, 1)])
    tails = join(*[block(0.07, 0.2, 0.26, rear + 0.05, s * (w - 0.27), belt - 0.32, 0.02) for s in (-1, 1)])
    dark = [
        block(0.1, 1.1 * w, 0.14, front - 0.04, 0, high - 0.1),
        block(0.12, 1.62 * w, 0.17, front - 0.05, 0, 0.26, 0.03),
        block(0.12, 1.62 * w, 0.17, rear + 0.05, 0, 0.26, 0.03),
    ]
    a, _, _, d = body.cabin
    seams = [x for x in (body.wheels[0] + 0.52, *body.pillars[-1:], d - 0.12) if x > a]
    for s in (-1, 1):
        shut = np.interp(seams, *np.array(body.belt).T)
        dark += [
            block(0.012, 0.012, z - 0.36, x, s * (w - 0.003), 0.3) for x, z in zip(seams, shut - 0.05, strict=True)
        ]
        dark += [
            block(0.16, 0.03, 0.03, x - 0.2, s * (w + 0.004), z - 0.12)
            for x, z in zip(seams[1:], shut[1:], strict=True)
        ]
        dark.append(
            block(body.wheels[1] - body.wheels[0] - 0.85, 0.04, 0.06, sum(body.wheels) / 2, s * (w - 0.01), 0.24)
        )
    mirrors = join(*[block(0.1, 0.18, 0.13, d - 0.32, s * (w + 0.07), body.belt[2][1] + 0.04, 0.02) for s in (-1, 1)])
    plate = sheet(0.5, 0.12, fit=True)
    plates = join(
        plate.turned("z", 90).moved(front + 0.022, 0, 0.3), plate.turned("z", -90).moved(rear - 0.022, 0, 0.31)
    )
    return [(lamps, HEADLIGHT), (tails, TAIL_LIGHT), (join(*dark), TRIM), (mirrors, paint), (plates, PLATE)]


def van(rng: np.random.Generator, size: float) -> Pieces:
    """A delivery van."""
    return car(rng, size, VAN)


def _big_wheels(at: list[tuple[float, float, float]], radius: float, half: float) -> Pieces:
    """Lugged wheels; `at` is (x, y, hub height)."""
    tyre = lathe(
        [
            [0.5 * radius, -half],
            [0.95 * radius, -half],
            [radius, -0.6 * half],
            [radius, 0.6 * half],
            [0.95 * radius, half],
            [0.5 * radius, half],
        ],
        28,
    )
    lugs = [
        block(0.05, 1.9 * half, 0.05, 0, 0, radius - 0.03).turned("z", 28 * s).turned("y", 360 * k / 22)
        for k in range(22)
        for s in ((-1, 1)[k % 2],)
    ]
    hub = lathe(
        [
            [0.55 * radius, -0.9 * half],
            [0.5 * radius, -0.4 * half],
            [0.2 * radius, -0.4 * half],
            [0.16 * radius, -half],
            [0.02, -half],
        ],
        20,
    )
    places = np.array(at)
    turns = np.array([0.0 if y < 0 else np.pi for y in places[:, 1]])
    return [
        (repeated(join(tyre.turned("x", 90), *lugs), places, turns), RUBBER),
        (repeated(hub.turned("x", -90), places, turns), Surface("rust", ((0.5, 0.34, 0.05),), 1, size_m=0.9)),
    ]


def tractor(rng: np.random.Generator, size: float) -> Pieces:
    """A farm tractor: bonnet, cab with windows, exhaust, large rear wheels."""
    tone = ((0.42, 0.05, 0.03), (0.06, 0.22, 0.06), (0.04, 0.12, 0.34))[int(rng.integers(3))]
    paint = Surface("rust", (tone, (0.2, 0.09, 0.04)), 2, size_m=2.0, roughness=0.45)
    hull = join(
        block(1.9, 0.7, 0.75, 0.95, 0, 0.75, 0.12),
        block(0.16, 0.62, 0.6, 1.92, 0, 0.82, 0.05),
        block(1.3, 1.0, 0.5, -0.6, 0, 0.7, 0.06),
        *[block(1.25, 0.42, 0.1, -0.85, s * 0.75, 1.5, 0.04) for s in (-1, 1)],
    )
    cab = [block(0.07, 0.07, 1.25, x, s * 0.58, 1.2) for x in (-1.25, -0.45, 0.05) for s in (-1, 1)]
    roof = block(1.55, 1.36, 0.14, -0.6, 0, 2.45, 0.06)
    glass = block(1.26, 1.12, 1.0, -0.6, 0, 1.42)
    dark = join(
        rod([1.2, 0.25, 1.4], [1.2, 0.25, 2.3], 0.045),
        block(1.7, 0.3, 0.3, 1.0, 0, 0.5),
        block(0.3, 1.5, 0.16, 1.5, 0, 0.5),
        block(0.25, 1.6, 0.25, -0.85, 0, 0.72),
    )
    lamps = join(*[ball(0.1, 12, 8).moved(2.0, s * 0.2, 1.2) for s in (-1, 1)])
    rear = _big_wheels([(-0.85, s * 0.86, 0.82) for s in (-1, 1)], 0.82, 0.22)
    front = _big_wheels([(1.5, s * 0.76, 0.48) for s in (-1, 1)], 0.48, 0.15)
    body: Pieces = [(hull, paint), (join(*cab, roof), paint), (glass, GLASS), (dark, TRIM), (lamps, HEADLIGHT)]
    return [(mesh.scaled(size), surface) for mesh, surface in [*body, *rear, *front]]


def truck(rng: np.random.Generator, size: float) -> Pieces:
    """A tipper lorry."""
    paint = PAINT[int(rng.integers(len(PAINT)))]
    cab = Body(
        ((1.4, 1.2), (1.42, 2.5), (1.6, 2.62), (2.9, 2.62), (3.25, 1.6), (3.3, 0.8)),
        ((1.4, 1.1), (1.42, 1.5), (3.2, 1.5), (3.3, 0.75)),
        (1.4, 1.45, 2.9, 3.25),
        (2.0,),
        (0.0, 2.5),
        1.18,
        0.5,
        1.5,
    )
    shell = _shell(cab)
    made: Pieces = []
    for k, surface in enumerate((paint, GLASS, TRIM)):
        keep = shell.materials == k
        made.append(
            (
                _compact(
                    replace(
                        shell,
                        faces=shell.faces[keep],
                        uvs=shell.uvs[keep],
                        materials=shell.materials[keep] * 0,
                        smooth=shell.smooth[keep],
                    )
                ),
                surface,
            )
        )
    skip = Surface("rust", ((0.45, 0.3, 0.06), (0.2, 0.09, 0.04)), 1, size_m=1.8, roughness=0.6)
    sides = [block(4.4, 0.08, 1.2, -1.2, s * 1.16, 1.25) for s in (-1, 1)] + [
        block(0.08, 2.3, 1.2, x, 0, 1.25) for x in (-3.4, 1.0)
    ]
    ribs = [block(0.12, 0.1, 1.2, x, s * 1.24, 1.25) for x in np.linspace(-3.2, 0.8, 6) for s in (-1, 1)]
    made.append((join(*sides, *ribs, block(4.4, 2.3, 0.1, -1.2, 0, 1.2)), skip))
    made.append((join(block(6.4, 0.8, 0.3, -0.2, 0, 0.75), block(0.3, 2.3, 0.35, 3.2, 0, 0.45)), TRIM))
    made.append((join(*[ball(0.13, 12, 8).scaled(0.6, 1.3, 1).moved(3.3, s * 0.85, 0.95) for s in (-1, 1)]), HEADLIGHT))
    wheels = _big_wheels([(x, s * 0.98, 0.5) for x in (-2.8, -1.7, 2.5) for s in (-1, 1)], 0.5, 0.16)
    return [(mesh.scaled(size), surface) for mesh, surface in [*made, *wheels]]
