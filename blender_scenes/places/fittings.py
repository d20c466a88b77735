"""What hangs on walls and ceilings of rooms: lamps, pictures, radiators, sockets, boards, blinds, pipes."""

from __future__ import annotations

import itertools

import numpy as np

from viewlock.generator.layouts import Hole

from ..meshes import Mesh, ball, join, lathe, torus
from ..surfaces import Surface
from .clutter import CERAMIC, DARK, ENAMEL, PLACARDS, boxes, clock, copies, placard
from .shell import BRASS, CLOTHS, WHITE, Dresser, bounds, frame, pick, timber
from .solids import block, drape, rod, sheet

RED = Surface("rust", ((0.45, 0.03, 0.02), (0.3, 0.03, 0.02)), 1, size_m=0.9, roughness=0.35)
EXIT = Surface("letters", ((0.02, 0.28, 0.1), (0.75, 0.78, 0.72)), 2, roughness=0.4, emission=0.5)
BOARD = Surface("notes", ((0.4, 0.24, 0.11), (0.5, 0.4, 0.1), (0.1, 0.3, 0.4)), 1, roughness=0.9)


def radiator(put: Dresser, x: float, width: float = 1.1) -> None:
    """Ribs with pipes down to the floor."""
    count = max(5, int(width / 0.075))
    at = (np.arange(count) - (count - 1) / 2) * 0.075
    ribs = np.c_[x + at - 0.025, np.full(count, -0.125), np.full(count, 0.14)]
    fins = boxes(ribs, np.full((count, 3), [0.05, 0.09, 0.52]))
    bars = [block(count * 0.075 + 0.02, 0.035, 0.04, x, -0.08, z) for z in (0.19, 0.58)]
    pipes = [
        rod([x + s * (count * 0.0375 + 0.05), -0.08, 0.0], [x + s * (count * 0.0375 + 0.05), -0.08, 0.24], 0.012, 8)
        for s in (-1, 1)
    ]
    put.add("radiators", join(fins, *bars, *pipes), ENAMEL)
    valve = ball(0.03, 10, 8).moved(x + count * 0.0375 + 0.05, -0.08, 0.24)
    put.add("radiators", valve, DARK)


def socket(put: Dresser, x: float, z: float = 0.28, count: int = 1) -> None:
    """Sockets or switches on a plate."""
    for k in range(count):
        at = x + 0.085 * k
        put.add("sockets", block(0.08, 0.012, 0.08, at, -0.006, z, 0.004), WHITE)
        put.add("sockets", block(0.045, 0.006, 0.045, at, -0.013, z + 0.018, 0.003), CERAMIC[2] if z < 0.6 else ENAMEL)
        if z < 0.6:
            put.add(
                "sockets",
                boxes(
                    np.array([[at - 0.014, -0.0175, z + 0.036], [at + 0.006, -0.0175, z + 0.036]]),
                    np.full((2, 3), 0.008),
                ),
                DARK,
            )


def curtains(put: Dresser, hole: Hole, cloth: Surface, rng: np.random.Generator) -> None:
    """A pair on a rail with rings."""
    a, b, c, d = bounds(hole)
    low = 0.06 if cloth.seed % 2 else c - 0.25
    wide = rng.uniform(0.35, 0.55)
    for x in (a - 0.1, b + 0.1):
        put.add("curtains", drape(wide, d + 0.12 - low, 6, 0.03).moved(x, -0.11, low), cloth)
    put.add("curtains", rod([a - 0.45, -0.11, d + 0.13], [b + 0.45, -0.11, d + 0.13], 0.014), BRASS)
    for x in (a - 0.45, b + 0.45):
        put.add(
            "curtains",
            join(
                ball(0.028, 10, 8).moved(x, -0.11, d + 0.13),
                block(0.02, 0.12, 0.03, x * 0.98 + hole.at * 0.02, -0.06, d + 0.115),
            ),
            BRASS,
        )


def blind(put: Dresser, hole: Hole, share: float, surface: Surface) -> None:
    """Slats let down over the upper `share` of a window."""
    a, b, _, d = bounds(hole)
    tall = share * hole.height
    count = max(4, int(tall / 0.045))
    slat = block(b - a - 0.14, 0.045, 0.003, 0, 0, 0).turned("x", 28)
    at = np.c_[np.full(count, hole.at), np.full(count, 0.05), d - 0.07 - tall * np.arange(count) / count]
    put.add("curtains", copies(slat, at), surface)
    put.add("curtains", block(b - a - 0.12, 0.06, 0.05, hole.at, 0.05, d - 0.06), surface)
    strings = [rod([x, 0.05, d - 0.06 - tall], [x, 0.05, d - 0.03], 0.003, 4) for x in (a + 0.25, b - 0.25)]
    put.add("curtains", join(*strings), DARK)


def picture(put: Dresser, x: float, z: float, width: float, height: float, rng: np.random.Generator) -> None:
    """A framed painting whose lower edge is at z."""
    put.add(
        "pictures",
        sheet(width, height, fit=True).moved(x, -0.016, z),
        Surface("painting", pick(rng, CLOTHS), int(rng.integers(9)), roughness=0.5),
    )
    a, b = x - width / 2 - 0.03, x + width / 2 + 0.03
    put.add("pictures", frame(a, b, z - 0.03, z + height + 0.03, 0.035, -0.016, 0.032), timber(rng))


def pictures(put: Dresser, left: float, right: float, rng: np.random.Generator, middle: float = 1.6) -> None:
    """A row of framed pictures on a piece of wall."""
    count = max(1, int((right - left) / 0.95))
    for k in range(count):
        room = (right - left) / count
        width = min(float(rng.uniform(0.38, 0.8)), room - 0.2)
        height = width * float(rng.uniform(0.75, 1.35))
        picture(put, left + (k + 0.5) * room, middle - height / 2, width, height, rng)


def poster(put: Dresser, x: float, z: float, width: float, rng: np.random.Generator, framed: bool = True) -> None:
    """A printed placard, framed or pinned."""
    height = 1.35 * width
    put.add(
        "posters", placard(width, height, int(rng.integers(12))).moved(x, -0.012, z), PLACARDS[int(rng.integers(4))]
    )
    if framed:
        rim = frame(x - width / 2 - 0.03, x + width / 2 + 0.03, z - 0.03, z + height + 0.03, 0.032, -0.013, 0.026)
        put.add("posters", rim, DARK)
        return
    pins = np.array(
        [[x + sx * (width / 2 - 0.03) - 0.008, -0.022, z + t * height] for sx in (-1, 1) for t in (0.03, 0.95)]
    )
    put.add("posters", boxes(pins, np.full((4, 3), [0.016, 0.012, 0.016])), RED)


def board(put: Dresser, x: float, z: float, width: float, height: float, surface: Surface = BOARD) -> None:
    """A pin board or blackboard in a wooden frame."""
    mesh = sheet(width, height)
    put.add("boards", mesh.moved(x, -0.015, z), surface)
    rim = frame(x - width / 2 - 0.04, x + width / 2 + 0.04, z - 0.04, z + height + 0.04, 0.045, -0.018, 0.036)
    put.add("boards", rim, Surface("wood", ((0.36, 0.21, 0.1),), 1, size_m=0.9, roughness=0.4))


def extinguisher(put: Dresser, x: float) -> None:
    """A red bottle on the wall under its sign."""
    body = lathe([[0.07, 0], [0.08, 0.02], [0.08, 0.38], [0.03, 0.45], [0.025, 0.49]], 16)
    put.add("safety", body.moved(x, -0.1, 0.75), RED)
    t = np.linspace(0, 1, 6)
    hose = np.c_[x + 0.03 + 0.07 * np.sin(np.pi * t), np.full(6, -0.15), 1.24 - 0.4 * t]
    tools = join(
        block(0.09, 0.03, 0.03, x, -0.1, 1.24),
        *[rod(p, q, 0.01, 6) for p, q in itertools.pairwise(hose)],
        block(0.06, 0.03, 0.05, x, -0.015, 1.05),
    )
    put.add("safety", tools, DARK)
    sign = sheet(0.2, 0.2, fit=True).moved(x, -0.004, 1.55)
    put.add("safety", sign, Surface("letters", ((0.5, 0.03, 0.02), (0.75, 0.72, 0.66)), 4, roughness=0.4))


def exit_sign(put: Dresser, x: float, z: float) -> None:
    """A lit sign over a door."""
    put.add("safety", block(0.46, 0.07, 0.22, x, -0.036, z, 0.006), ENAMEL)
    put.add("safety", sheet(0.42, 0.18, fit=True).moved(x, -0.0725, z + 0.02), EXIT)


def hung_clock(put: Dresser, x: float, z: float, radius: float = 0.17) -> None:
    put.put("clock", clock(radius), x, 0.0, z)


def pipe_run(put: Dresser, z: float, radius: float, surface: Surface, out: float = 0.1) -> None:
    """A pipe along the whole wall on brackets."""
    half = put.wall.length / 2 - 0.02
    put.add("pipes", rod([-half, -out, z], [half, -out, z], radius, 12), surface)
    xs = np.arange(-half + 0.5, half, 1.4)
    hold = join(
        torus(radius, 0.008, 14, 6).turned("y", 90),
        block(0.03, out - radius, 0.02, 0, (out - radius) / 2 + radius, -0.01),
    )
    put.add("pipes", copies(hold, np.c_[xs, np.full(len(xs), -out), np.full(len(xs), z)]), DARK)


def vent(put: Dresser, x: float, z: float, width: float = 0.5, height: float = 0.3) -> None:
    """A grille with slats."""
    count = int(height / 0.035)
    slats = np.c_[np.full(count, x - width / 2), np.full(count, -0.018), z + 0.02 + 0.035 * np.arange(count)]
    put.add("vents", boxes(slats, np.full((count, 3), [width, 0.012, 0.018])), ENAMEL)
    put.add("vents", block(width, 0.006, height, x, -0.003, z), DARK)
    put.add(
        "vents",
        frame(x - width / 2 - 0.02, x + width / 2 + 0.02, z - 0.02, z + height + 0.02, 0.025, -0.012, 0.024),
        ENAMEL,
    )


def hooks(put: Dresser, left: float, right: float, rng: np.random.Generator, z: float = 1.6) -> None:
    """A rail with coats and bags on it."""
    put.add("hooks", block(right - left, 0.025, 0.12, (left + right) / 2, -0.013, z), timber(rng))
    xs = np.arange(left + 0.12, right - 0.05, 0.24)
    hook = join(rod([0, -0.02, 0.06], [0, -0.09, 0.05], 0.008, 6), rod([0, -0.09, 0.05], [0, -0.1, 0.1], 0.008, 6))
    put.add("hooks", copies(hook, np.c_[xs, 0 * xs, np.full(len(xs), z)]), BRASS)
    for x in xs:
        if rng.random() < 0.55:
            kind = str(pick(rng, ("denim", "knit", "plaid", "fabric")))
            cloth = Surface(kind, pick(rng, CLOTHS), int(rng.integers(2)), size_m=0.6, roughness=0.95)
            tall, wide = rng.uniform(0.55, 0.95), rng.uniform(0.13, 0.19)
            put.add("hooks", _coat(wide, tall).moved(float(x), -0.13, z + 0.07 - tall), cloth)


def _coat(wide: float, tall: float) -> Mesh:
    """A hanging garment: a flattened, folded body on z = 0, closed at the collar."""
    profile = np.array([[0.95, 0.0], [1.0, 0.02], [0.92, 0.45], [0.85, 0.8], [0.5, 0.93], [0.15, 1.0]])
    body = lathe(profile * [wide, tall], 20)
    angle = np.arctan2(body.vertices[:, 0], -body.vertices[:, 1])
    fold = 1 + 0.1 * np.sin(7 * angle) * (1 - body.vertices[:, 2] / tall)
    body.vertices[:, 0] *= fold
    body.vertices[:, 1] *= 0.5 * fold
    return body
