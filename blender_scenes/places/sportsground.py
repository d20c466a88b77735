"""Goals, stands, floodlights, hoardings and other furniture of a sports ground. Fronts face -y."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, box, join, lathe, tube
from ..surfaces import Surface
from .facades import BANNERS, IRON, PACKETS, PAINTS, SIGNS, ZINC, pick
from .solids import block, drape, repeated, rod, sheet
from .trees import Pieces

WHITE = Surface("plaster", ((0.68, 0.68, 0.66),), 1, size_m=1.2, roughness=0.4)
NET = Surface("plaster", ((0.6, 0.6, 0.58),), 2, size_m=1.0)
CONCRETE = Surface("concrete", ((0.42, 0.41, 0.38),), 1, size_m=1.8, roughness=0.9, mottle=0.3)
LAMP = Surface("plain", ((1.0, 0.95, 0.85),), emission=8.0)


def goal(size: float) -> Pieces:
    """A football goal with its net, open to -y."""
    w, h, d = 3.66, 2.44, 1.9
    frame = [rod([s * w, 0, 0], [s * w, 0, h], 0.06, 12) for s in (-1, 1)] + [rod([-w, 0, h], [w, 0, h], 0.06, 12)]
    frame += [rod([s * w, 0, h], [s * w, 0.7, h], 0.025, 8) for s in (-1, 1)] + [
        rod([s * w, 0.7, h], [s * w, d, 0], 0.025, 8) for s in (-1, 1)
    ]
    frame.append(rod([-w, d, 0.03], [w, d, 0.03], 0.025, 8))
    net = [tube([[x, 0.02, h], [x, 0.7, h], [x, d, 0.02]], 0.006, 3) for x in np.arange(-w, w + 0.01, 0.244)]
    for t in np.linspace(0, 1, 12):
        y, z = 0.7 + t * (d - 0.7), h * (1 - t)
        net.append(rod([-w, y, z + 0.02], [w, y, z + 0.02], 0.006, 3))
        net += [rod([s * w, 0.02, z + 0.02], [s * w, y, z + 0.02], 0.006, 3) for s in (-1, 1)]
    for s in (-1, 1):
        net += [
            rod([s * w, y, 0.02], [s * w, y, h * min(1.0, (d - y) / (d - 0.7))], 0.006, 3)
            for y in np.arange(0.15, d, 0.22)
        ]
    return [(join(*frame).scaled(size), WHITE), (join(*net).scaled(size), NET)]


def stand(rng: np.random.Generator, size: float) -> Pieces:
    """A covered stand of seats, 36 m long, rising to +y."""
    rows, made = 8, []
    tone = PAINTS[int(rng.integers(4))]
    steps = join(*[block(36, 0.85, 0.4 * (k + 1), 0, 0.85 * k, 0) for k in range(rows)])
    seat = join(
        block(0.44, 0.4, 0.05, 0, 0, 0.4, 0.02),
        block(0.44, 0.05, 0.36, 0, 0.2, 0.45, 0.02),
        block(0.06, 0.3, 0.4, 0, 0.05, 0.0),
    )
    at = np.array(
        [
            (x, 0.85 * k + 0.1, 0.4 * (k + 1))
            for k in range(rows)
            for x in np.arange(-17.5, 17.6, 0.55)
            if abs(abs(x) - 9) > 0.7
        ]
    )
    paler = tuple(0.5 * c + 0.25 for c in tone)
    light = rng.random(len(at)) < 0.18
    made = [
        (steps, CONCRETE),
        (repeated(seat, at[~light]), Surface("plaster", (tone,), 1, size_m=0.7, roughness=0.4)),
        (repeated(seat, at[light]), Surface("plaster", (paler,), 1, size_m=0.7, roughness=0.4)),
    ]
    back, top = 0.85 * rows, 0.4 * rows
    posts = [rod([x, back, 0], [x, back, top + 3.4], 0.1, 8) for x in np.arange(-18, 19, 6)]
    posts += [rod([x, back, top + 3.2], [x, -0.6, top + 2.6], 0.07, 8) for x in np.arange(-18, 19, 6)]
    posts += [rod([-18, -0.55, z], [18, -0.55, z], 0.03, 6) for z in (0.5, 1.05)] + [
        rod([x, -0.55, 0], [x, -0.55, 1.05], 0.03, 6) for x in np.arange(-18, 19, 2)
    ]
    roof = box(37, back + 1.6, 0.14).turned("x", 4.6).moved(0, back / 2 - 0.3, top + 3.05)
    wall = block(36.5, 0.15, top + 3.4, 0, back + 0.25, 0)
    sheeting = Surface("stripes", ((0.34, 0.35, 0.36), (0.24, 0.25, 0.26)), 1, size_m=0.6, roughness=0.5, mottle=0.3)
    made += [(join(*posts), ZINC), (roof, sheeting), (wall, sheeting)]
    made.append(
        (join(*[sheet(3.6, 0.8, fit=True).moved(x, -0.62, 0.12) for x in np.arange(-16, 17, 4)]), pick(rng, BANNERS))
    )
    return [(mesh.scaled(size), surface) for mesh, surface in made]


def floodlight(height: float) -> Pieces:
    """A mast with a bank of lamps that lean out to -y."""
    mast = tube([[0, 0, 0], [0, 0, height]], [0.2, 0.1], 12)
    rungs = [rod([-0.25, 0.12, z], [0.25, 0.12, z], 0.015, 5) for z in np.arange(2.5, height - 1, 0.5)]
    bars = [rod([-1.5, -0.3, height - z], [1.5, -0.3, height - z], 0.05, 8) for z in (0.2, 0.8)]
    at = np.array([(x, -0.45, height - z) for x in (-1.2, -0.4, 0.4, 1.2) for z in (0.2, 0.8)])
    can = lathe([[0.1, -0.2], [0.26, 0.0]], 16).turned("x", 65)
    lens = lathe([[0.02, 0.0], [0.24, 0.0], [0.24, 0.01], [0.02, 0.02]], 16).turned("x", 65)
    base = block(0.9, 0.9, 0.3, 0, 0, 0)
    return [(join(mast, *rungs, *bars, repeated(can, at)), ZINC), (repeated(lens, at), LAMP), (base, CONCRETE)]


def hoarding(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """Three metres of advertisement board."""
    name = sheet(2.96, 0.86).moved(0, -0.045, 0.06)
    row = kind % 4
    face = Mesh(
        name.vertices, name.faces, name.uvs / [2.96, 0.86] * [1, 0.25] + [0, 0.25 * row], name.materials, name.smooth
    )
    back = join(
        block(3.0, 0.06, 0.94, 0, 0, 0.02),
        *[block(0.06, 0.5, 0.06, x, 0.25, 0) for x in (-1.2, 1.2)],
        *[rod([x, 0.45, 0.05], [x, 0.03, 0.8], 0.025, 6) for x in (-1.2, 1.2)],
    )
    return [(face.scaled(size), BANNERS[kind % 3]), (back.scaled(size), WHITE)]


def corner_flag(size: float) -> Pieces:
    flag = drape(0.4, 0.3, 1, 0.04).moved(0.22, 0, 1.2)
    return [
        (rod([0, 0, 0], [0, 0, 1.52], 0.018, 8).scaled(size), WHITE),
        (flag.scaled(size), Surface("stripes", ((0.5, 0.05, 0.03), (0.6, 0.5, 0.1)), 1, size_m=0.3)),
    ]


def dugout(rng: np.random.Generator, size: float) -> Pieces:
    """A roofed bench for substitutes."""
    roof = join(
        block(4.4, 1.7, 0.06, 0, 0.1, 2.1),
        block(4.4, 0.06, 2.1, 0, 0.93, 0),
        *[block(0.06, 1.5, 2.1, s * 2.2, 0.2, 0) for s in (-1, 1)],
    )
    seats = repeated(
        join(block(0.46, 0.45, 0.08, 0, 0.4, 0.42, 0.02), block(0.46, 0.08, 0.6, 0, 0.66, 0.5, 0.02)),
        np.array([(x, 0, 0) for x in np.arange(-1.8, 1.9, 0.6)]),
    )
    legs = block(4.2, 0.1, 0.4, 0, 0.45, 0.02)
    return [
        (roof.scaled(size), Surface("plaster", ((0.3, 0.36, 0.42),), 1, size_m=1.6, roughness=0.4, mottle=0.2)),
        (seats.scaled(size), Surface("leather", (PAINTS[int(rng.integers(4))],), 1, size_m=0.7)),
        (legs.scaled(size), IRON),
        (sheet(3.6, 0.3, fit=True).moved(0, -0.76, 1.83).scaled(size), pick(rng, BANNERS)),
    ]


_SEGMENTS = (
    ("h", 0, 0.8),
    ("v", 0.2, 0.45),
    ("v", 0.2, 0.05),
    ("h", 0, 0),
    ("v", -0.2, 0.05),
    ("v", -0.2, 0.45),
    ("h", 0, 0.4),
)
"""The bars of a digit from the top clockwise, the middle one last: direction, place across and up."""

_DIGITS = ("1111110", "0110000", "1101101", "1111001", "0110011", "1011011", "1011111", "1110000", "1111111", "1111011")


def scoreboard(rng: np.random.Generator, size: float) -> Pieces:
    """A board on two posts with lit digits."""
    posts = join(
        *[rod([s * 2.0, 0.1, 0], [s * 2.0, 0.1, 5.0], 0.1, 10) for s in (-1, 1)], block(5.6, 0.3, 2.4, 0, 0.1, 2.9)
    )
    bars = {"h": block(0.34, 0.03, 0.07, 0, 0, 0), "v": block(0.07, 0.03, 0.36, 0, 0, 0)}
    digits = [
        bars[kind].moved(x + dx, -0.07, 3.15 + dz)
        for x in (-1.7, -1.15, 1.15, 1.7)
        for lit, (kind, dx, dz) in zip(_DIGITS[int(rng.integers(10))], _SEGMENTS, strict=True)
        if lit == "1"
    ]
    glow = Surface("plain", ((1.0, 0.55, 0.1),), emission=2.0)
    board = sheet(5.2, 0.7, fit=True).moved(0, -0.06, 4.4)
    return [
        (posts.scaled(size), Surface("plaster", ((0.05, 0.06, 0.06),), 1, roughness=0.5)),
        (join(*digits).scaled(size), glow),
        (board.scaled(size), pick(rng, SIGNS)),
        (sheet(1.2, 0.9, fit=True).moved(0, -0.06, 3.1).scaled(size), pick(rng, PACKETS)),
    ]
