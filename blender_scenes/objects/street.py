"""Signs and street furniture."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ..meshes import ball, box, lathe, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BRASS,
    IRON,
    OAK,
    PINE,
    RED,
    RUBBER,
    SOIL,
    STEEL,
    WHITE,
    YELLOW,
    Assembly,
    paint,
)
from .shapes import (
    beam,
    blob,
    curve,
    disc,
    pair,
    ring_of,
    rod,
    rounded_box,
    slab,
    unit_uv,
)


def a_frame_sign() -> Model:
    """A pavement board with big letters on both faces."""
    a = Assembly()
    for face in (0, 180):
        board = unit_uv(box(0.54, 0.02, 0.78)).moved(z=0.1)
        a.add(
            paint("letters", "1f2a2e", "f6f1e2", "f2b92a", size=1.0, seed=face),
            board.turned("x", -14).moved(0, -0.24).turned("z", face),
        )
        rails = [box(0.6, 0.035, 0.045).moved(z=z) for z in (0.07, 0.86)]
        rails += [box(0.045, 0.035, 0.9).moved(s * 0.28) for s in (-1, 1)]
        a.add(OAK, *[r.turned("x", -14).moved(0, -0.24).turned("z", face) for r in rails])
    a.add(YELLOW, *[ball(0.024, 12, 8).moved(x, 0, 0.935) for x in (-0.24, -0.12, 0, 0.12, 0.24)])
    return a.add(
        BRASS,
        pair(rod((0.305, -0.15, 0.4), (0.305, 0.15, 0.4), 0.008)),
        rod((-0.28, 0, 0.9), (0.28, 0, 0.9), 0.022),
    ).model()


def octagon_sign() -> Model:
    """A red octagonal road sign with letters, on a banded pole in a concrete foot."""
    a = Assembly()
    a.add(
        paint("concrete", "a9a69f", "7c7973", size=0.3),
        lathe([(0, 0), (0.22, 0), (0.2, 0.07), (0.06, 0.1), (0, 0.1)], 8, smooth=False),
    )
    a.add(paint("stripes", "f4f1ea", "222222", size=0.3), rod((0, 0, 0.08), (0, 0, 1.75), 0.025, sides=14))
    a.add(WHITE, slab(disc(0.31, 8, 22.5), 0.016).moved(0, -0.035, 1.5))
    a.add(
        paint("letters", "c21d24", "ffffff", "ffffff", size=1.0, seed=1),
        unit_uv(slab(disc(0.285, 8, 22.5), 0.02)).moved(0, -0.038, 1.5),
    )
    extra = unit_uv(box(0.5, 0.016, 0.2, bevel=0.004)).moved(0, -0.035, 0.93)
    a.add(paint("letters", "f2b92a", "1b1b1b", "1b1b1b", size=1.0, seed=17), extra)
    a.add(STEEL, *[ball(0.014, 10, 6).moved(0, -0.05, z) for z in (1.26, 1.74, 0.95, 1.11)])
    return a.add(STEEL, *[box(0.09, 0.06, 0.03, bevel=0.005).moved(0, -0.005, z) for z in (1.03, 1.38, 1.6)]).model()


def signpost() -> Model:
    """A wooden post with four arrow boards that point different ways."""
    a = Assembly()
    a.add(paint("bark", "8a6a48", "5a4028", size=0.2), rod((0, 0, 0), (0, 0, 1.5), 0.05, 0.042, 14))
    arrow = np.array([(-0.3, -0.07), (0.24, -0.07), (0.35, 0), (0.24, 0.07), (-0.3, 0.07)])
    colours = ("e9d8a6", "1d3557"), ("2a9d8f", "fdf6d8"), ("e76f51", "fff3e0"), ("f4d35e", "3b2a1a")
    for i, turn in enumerate((12, 168, -20, 205)):
        board = unit_uv(slab(arrow, 0.022)).moved(0.12, -0.05).turned("z", turn if i % 2 == 0 else turn - 180)
        if i % 2:
            board = unit_uv(slab(arrow[::-1] * [-1, 1], 0.022)).moved(-0.12, -0.05).turned("z", turn - 180)
        a.add(paint("letters", *colours[i], "7a1f1f", size=1.0, seed=60 + i), board.moved(z=1.36 - 0.19 * i))
    stones = [blob(0.1, 0.09, 0.07).moved(0.13 * np.cos(t), 0.13 * np.sin(t), 0.05) for t in np.arange(5) * 1.256]
    return (
        a.add(paint("gravel", "8f8a80", "55524c", "c2bdb2", size=0.2), *stones)
        .add(IRON, ball(0.055, 16, 10).moved(z=1.52))
        .model()
    )


def traffic_cone() -> Model:
    """A striped road cone on a square rubber foot."""
    a = Assembly()
    a.add(RUBBER, rounded_box(0.42, 0.42, 0.045, 0.018))
    bands = ((0.15, 0.04), (0.125, 0.22), (0.099, 0.4), (0.076, 0.56), (0.05, 0.74))
    orange, white = (
        paint("plaster", "ee5a1a", "d04a12", "f8743a", size=0.3, seed=2, roughness=0.5),
        paint("plaster", "efede6", "c4c1b8", "f8f6f0", size=0.25, seed=5, roughness=0.3),
    )
    for i, ((r, low), (s, high)) in enumerate(pairwise(bands)):
        a.add(white if i % 2 else orange, lathe([(0, low), (r, low), (s, high), (0, high)], 28))
    a.add(orange, torus(0.045, 0.012).moved(z=0.74), torus(0.155, 0.02).moved(z=0.05))
    return a.add(
        BLACK,
        lathe([(0, 0.73), (0.038, 0.73), (0.034, 0.745), (0, 0.745)]),
        *[box(0.06, 0.06, 0.02).moved(x, y, 0.04) for x in (-0.17, 0.17) for y in (-0.17, 0.17)],
    ).model()


def _hydrant_caps(a: Assembly) -> None:
    """The big outlet in front and the two at the sides."""
    a.add(
        YELLOW,
        rod((0, -0.1, 0.4), (0, -0.2, 0.4), 0.075, sides=24),
        *[rod((s * 0.09, 0, 0.42), (s * 0.19, 0, 0.42), 0.055, sides=20) for s in (-1, 1)],
    )
    a.add(
        WHITE,
        rod((0, -0.2, 0.4), (0, -0.23, 0.4), 0.085, sides=8),
        *[rod((s * 0.19, 0, 0.42), (s * 0.215, 0, 0.42), 0.062, sides=8) for s in (-1, 1)],
    )
    a.add(
        IRON,
        rod((0, -0.23, 0.4), (0, -0.265, 0.4), 0.025, sides=5),
        *[rod((s * 0.21, 0, 0.42), (s * 0.245, 0, 0.42), 0.02, sides=5) for s in (-1, 1)],
    )


def fire_hydrant() -> Model:
    """A weathered hydrant with caps, bolts and a dome."""
    a = Assembly()
    red = paint("rust", "c8281e", "7d2a16", "e2503c", size=0.4, seed=2, roughness=0.5)
    side = [
        (0, 0),
        (0.17, 0),
        (0.17, 0.04),
        (0.12, 0.05),
        (0.115, 0.5),
        (0.15, 0.51),
        (0.15, 0.55),
        (0.12, 0.56),
    ]
    a.add(red, lathe([*side, (0.11, 0.64), (0.07, 0.7), (0.03, 0.73), (0, 0.73)]))
    _hydrant_caps(a)
    a.add(
        IRON,
        rod((0, 0, 0.72), (0, 0, 0.78), 0.028, sides=5),
        ring_of(rod((0.147, 0, 0.03), (0.147, 0, 0.06), 0.016, sides=6), 8),
    )
    chain = curve([(0.1, -0.2, 0.36), (0.13, -0.17, 0.24), (0.14, -0.1, 0.22), (0.12, -0.02, 0.36)])
    return (
        a.add(IRON, tube(chain, 0.008, 6), ring_of(rod((0.135, 0, 0.5), (0.135, 0, 0.57), 0.014, sides=6), 8))
        .add(WHITE, lathe([(0.1, 0.58), (0.12, 0.58), (0.115, 0.62), (0.1, 0.62)]))
        .model()
    )


def mailbox() -> Model:
    """A tunnel-shaped letter box on a wooden post with a red flag."""
    a = Assembly()
    a.add(
        PINE,
        box(0.1, 0.1, 1.0),
        beam((0, -0.04, 0.7), (0, -0.2, 0.97), 0.06, 0.06),
        box(0.3, 0.56, 0.03).moved(0, -0.05, 0.98),
    )
    arch = [
        (-0.14, 0),
        (0.14, 0),
        *[(0.14 * np.cos(t), 0.16 + 0.14 * np.sin(t)) for t in np.linspace(0, np.pi, 18)],
    ]
    a.add(
        paint("floral", "2f6f9f", "f4e9cd", "e07a5f", size=0.25, seed=5),
        slab(arch, 0.52).moved(0, -0.05, 1.01),
    )
    a.add(
        paint("letters", "f4efe2", "1d3557", "c1272d", size=1.0, seed=9),
        unit_uv(slab(np.array(arch) * 0.96, 0.03)).moved(0, -0.31, 1.016),
    )
    a.add(BRASS, box(0.05, 0.04, 0.02, bevel=0.004).moved(0, -0.335, 1.26))
    return (
        a.add(
            RED,
            box(0.012, 0.025, 0.2).moved(0.15, -0.12, 1.15),
            box(0.012, 0.1, 0.06).moved(0.15, -0.09, 1.32),
        )
        .add(SOIL, blob(0.16, 0.16, 0.06).moved(z=0.05))
        .model()
    )


def birdhouse() -> Model:
    """A shingled bird house on a post, with perch and a yellow bird."""
    a = Assembly()
    a.add(paint("bark", "7a5a3c", "4a3322", size=0.2), rod((0, 0, 0), (0, 0, 1.0), 0.035, 0.03, 12))
    a.add(IRON, lathe([(0, 0), (0.17, 0), (0.16, 0.02), (0, 0.03)]))
    front = [(-0.15, 0), (0.15, 0), (0.17, 0.22), (0, 0.4), (-0.17, 0.22)]
    a.add(paint("planks", "8fc1d4", "4f8ba3", "c8e3ec", size=0.3, seed=2), slab(front, 0.28).moved(0, 0, 0.98))
    roof = paint("tiles", "a33b2e", "6a1f18", "c75b45", size=0.16)
    a.add(
        roof,
        *[box(0.33, 0.4, 0.025).moved(0.13 * s, 0, 0).turned("y", 45 * s).moved(0.03 * s, 0, 1.4) for s in (-1, 1)],
    )
    a.add(BLACK, slab(disc(0.05), 0.02).moved(0, -0.135, 1.18))
    a.add(
        WHITE,
        torus(0.055, 0.01).turned("x", 90).moved(0, -0.142, 1.18),
        box(0.36, 0.34, 0.025, bevel=0.005).moved(z=0.965),
    )
    a.add(OAK, rod((0, -0.13, 1.08), (0, -0.24, 1.08), 0.01))
    a.add(
        YELLOW,
        blob(0.045, 0.06, 0.045).moved(0, -0.2, 1.135),
        ball(0.03, 12, 8).moved(0, -0.24, 1.175),
        rod((0, -0.15, 1.13), (0, -0.08, 1.16), 0.02, 0.008),
    )
    return a.add(RED, rod((0, -0.265, 1.175), (0, -0.295, 1.17), 0.01, 0.002)).model()


BUILDERS = {
    "signs": {
        "a-frame-sign": a_frame_sign,
        "octagon-sign": octagon_sign,
        "signpost": signpost,
    },
    "street": {
        "traffic-cone": traffic_cone,
        "fire-hydrant": fire_hydrant,
        "mailbox": mailbox,
        "birdhouse": birdhouse,
    },
}
