"""Street furniture."""

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
    ring_of,
    rod,
    rounded_box,
    slab,
    unit_uv,
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
        paint("notice", "f4efe2", "1d3557", "f4efe2", size=1.0, seed=2),
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
    "street": {
        "traffic-cone": traffic_cone,
        "fire-hydrant": fire_hydrant,
        "mailbox": mailbox,
        "birdhouse": birdhouse,
    },
}
