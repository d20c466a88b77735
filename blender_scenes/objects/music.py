"""Musical instruments."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, join, lathe, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BRASS,
    IRON,
    OAK,
    PINE,
    STEEL,
    WALNUT,
    WHITE,
    Assembly,
    paint,
)
from .shapes import (
    beam,
    blob,
    curve,
    disc,
    hoop,
    pair,
    ring_of,
    rod,
    rounded_box,
    slab,
)


def lean(mesh: Mesh) -> Mesh:
    """Tilt back the way an instrument leans on its stand."""
    return mesh.turned("x", -10)


def _guitar_neck(a: Assembly) -> None:
    """Neck, head, strings, frets and pegs."""
    a.add(
        WALNUT,
        lean(beam((0, -0.045, 0.48), (0, -0.045, 1.02), 0.055, 0.03)),
        lean(box(0.09, 0.03, 0.16, bevel=0.008).moved(0, -0.04, 1.0)),
    )
    a.add(
        WHITE,
        lean(
            join(
                *[rod((x, -0.068, 0.27), (x * 0.7, -0.066, 1.05), 0.0022, sides=4) for x in np.linspace(-0.03, 0.03, 6)]
            )
        ),
    )
    a.add(
        BRASS,
        lean(join(*[box(0.056, 0.004, 0.005).moved(0, -0.061, 0.62 + 0.055 * i) for i in range(7)])),
        lean(join(*[pair(ball(0.014, 8, 6).moved(0.055, -0.04, 1.03 + 0.045 * i)) for i in range(3)])),
    )


def guitar() -> Model:
    """An acoustic guitar on a stand."""
    a = Assembly()
    half = [
        (0.0, 0.0),
        (0.1, 0.01),
        (0.18, 0.08),
        (0.195, 0.17),
        (0.16, 0.26),
        (0.13, 0.32),
        (0.145, 0.4),
        (0.12, 0.47),
        (0.05, 0.5),
    ]
    right = curve([(x, 0, z) for x, z in half], 3)[:, [0, 2]]
    outline = np.concatenate([right, right[:0:-1] * [-1, 1]]) + [0, 0.12]
    a.add(
        paint("wood", "d58a3a", "7a3d12", "efb468", size=0.3, seed=9, coat=0.6),
        lean(slab(outline, 0.1, 0.03)),
    )
    a.add(
        BLACK,
        lean(slab(disc(0.055), 0.02).moved(0, -0.045, 0.44)),
        lean(box(0.13, 0.02, 0.03).moved(0, -0.055, 0.25)),
    )
    a.add(
        paint("checker", "f2e2b8", "3a1d0c", size=0.025),
        lean(torus(0.058, 0.007).turned("x", 90).moved(0, -0.052, 0.44)),
    )
    _guitar_neck(a)
    a.add(
        IRON,
        pair(tube(curve([(0.05, 0.1, 0.5), (0.18, 0.2, 0.0), (0.1, -0.08, 0.1), (0.1, -0.12, 0.14)]), 0.012)),
        rod((0, 0.14, 0.6), (0, 0.34, 0.0), 0.012),
    )
    return a.model()


def drum() -> Model:
    """A marching drum with zigzag ropes, hoops and crossed sticks."""
    a = Assembly()
    a.add(
        paint("checker", "b3202a", "f2d27a", "7d1018", size=0.28),
        lathe([(0, 0.04), (0.27, 0.04), (0.27, 0.4), (0, 0.4)], 40),
    )
    rim = hoop([(0.25, 0), (0.29, 0), (0.29, 0.055), (0.25, 0.055)], smooth=False)
    a.add(OAK, rim, rim.moved(z=0.385))
    a.add(
        paint("leather", "f2e9d2", "d9c9a2", size=0.3),
        lathe([(0, 0.4), (0.26, 0.4), (0.26, 0.425), (0, 0.425)], 40),
    )
    up = rod((0.29, 0, 0.05), (0.29 * np.cos(np.pi / 10), 0.29 * np.sin(np.pi / 10), 0.39), 0.007, sides=6)
    down = rod((0.29, 0, 0.05), (0.29 * np.cos(np.pi / 10), -0.29 * np.sin(np.pi / 10), 0.39), 0.007, sides=6)
    a.add(WHITE, ring_of(up, 10), ring_of(down, 10))
    for turn in (35, 145):
        stick = [rod((-0.24, 0, 0.45), (0.2, 0, 0.455), 0.01), blob(0.026, 0.017, 0.017).moved(0.21, 0, 0.45)]
        a.add(PINE, *[s.turned("z", turn).moved(z=0.005) for s in stick])
    return a.model(0.8)


def xylophone() -> Model:
    """A rainbow xylophone with two mallets."""
    a = Assembly()
    codes = ("d7263d", "f46036", "f2b92a", "8ac926", "1b998b", "2e86de", "5f4bb6", "c05299")
    for y, s in ((-1, 1), (1, 1)):
        a.add(OAK, beam((-0.42, y * 0.17, 0.1), (0.42, y * 0.1 * s, 0.1), 0.05, 0.06))
    a.add(OAK, *[box(0.05, w, 0.08).moved(x) for x, w in ((-0.36, 0.38), (0.36, 0.28))])
    for i, code in enumerate(codes):
        bar = rounded_box(0.082, 0.5 - 0.034 * i, 0.028, 0.01).moved(-0.36 + 0.103 * i, 0, 0.13)
        a.add(paint("wood", code, "f7e8c8", code, size=0.16, seed=i, coat=0.4), bar)
        a.add(
            STEEL,
            *[ball(0.012, 10, 6).moved(-0.36 + 0.103 * i, y * (0.165 - 0.01 * i), 0.16) for y in (-1, 1)],
        )
    a.add(
        PINE,
        rod((-0.1, -0.3, 0.2), (0.2, 0.0, 0.18), 0.01),
        rod((0.05, -0.3, 0.2), (-0.2, -0.03, 0.18), 0.01),
    )
    return a.add(
        paint("stripes", "d7263d", "ffffff", size=0.05),
        ball(0.035, 14, 10).moved(0.2, 0, 0.19),
        ball(0.035, 14, 10).moved(-0.2, -0.03, 0.19),
    ).model(0.6)


BUILDERS = {
    "musical instruments": {
        "guitar": guitar,
        "drum": drum,
        "xylophone": xylophone,
    },
}
