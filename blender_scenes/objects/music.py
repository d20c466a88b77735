"""Musical instruments."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, join, lathe, stack_rings, torus, tube
from ..surfaces import Model, Surface
from .kit import (
    BLACK,
    BLUE,
    BRASS,
    IRON,
    OAK,
    PINE,
    RED,
    STEEL,
    WALNUT,
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
    hoop,
    pair,
    ring_of,
    rod,
    rounded_box,
    selected,
    slab,
    unit_uv,
    wheel,
)


def _lean(mesh: Mesh) -> Mesh:
    """Tilt back the way an instrument leans on its stand."""
    return mesh.turned("x", -10)


def _guitar_neck(a: Assembly) -> None:
    """Neck, head, strings, frets and pegs."""
    a.add(
        WALNUT,
        _lean(beam((0, -0.045, 0.48), (0, -0.045, 1.02), 0.055, 0.03)),
        _lean(box(0.09, 0.03, 0.16, bevel=0.008).moved(0, -0.04, 1.0)),
    )
    a.add(
        WHITE,
        _lean(
            join(
                *[rod((x, -0.068, 0.27), (x * 0.7, -0.066, 1.05), 0.0022, sides=4) for x in np.linspace(-0.03, 0.03, 6)]
            )
        ),
    )
    a.add(
        BRASS,
        _lean(join(*[box(0.056, 0.004, 0.005).moved(0, -0.061, 0.62 + 0.055 * i) for i in range(7)])),
        _lean(join(*[pair(ball(0.014, 8, 6).moved(0.055, -0.04, 1.03 + 0.045 * i)) for i in range(3)])),
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
        _lean(slab(outline, 0.1, 0.03)),
    )
    a.add(
        BLACK,
        _lean(slab(disc(0.055), 0.02).moved(0, -0.045, 0.44)),
        _lean(box(0.13, 0.02, 0.03).moved(0, -0.055, 0.25)),
    )
    a.add(
        paint("checker", "f2e2b8", "3a1d0c", size=0.025),
        _lean(torus(0.058, 0.007).turned("x", 90).moved(0, -0.052, 0.44)),
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


def cello() -> Model:
    """A cello on its spike, leaning on a stand, the bow beside it."""
    a = Assembly()
    half = [(0.0, 0.0), (0.12, 0.01), (0.205, 0.09), (0.21, 0.18), (0.15, 0.27), (0.125, 0.36), (0.15, 0.44), (0.17, 0.52), (0.13, 0.63), (0.04, 0.68)]
    right = curve([(x, 0, z) for x, z in half], 4)[:, [0, 2]]
    outline = np.concatenate([right, right[:0:-1] * [-1, 1]]) + [0, 0.2]
    a.add(paint("wood", "9a4a1e", "5b230c", "c8743a", size=0.4, seed=12, coat=0.9, roughness=0.2), _lean(slab(outline, 0.13, 0.06)), _lean(beam((0, -0.05, 0.84), (0, -0.06, 1.2), 0.035, 0.03)))
    a.add(BLACK, _lean(slab([(-0.022, 0.5), (0.022, 0.5), (0.016, 1.16), (-0.016, 1.16)], 0.014).moved(0, -0.085)), _lean(slab([(-0.016, 0.24), (0.016, 0.24), (0.03, 0.37), (-0.03, 0.37)], 0.014).moved(0, -0.08)))
    f_hole = curve([(0.075, -0.068, 0.38), (0.06, -0.068, 0.4), (0.072, -0.068, 0.44), (0.058, -0.068, 0.5), (0.07, -0.068, 0.51)])
    a.add(BLACK, _lean(pair(tube(f_hole, 0.005, 6))), *[_lean(pair(rod((0.015, -0.06, z), (0.055, -0.06, z + 0.01), 0.006))) for z in (1.2, 1.25)])
    a.add(PINE, _lean(slab([(-0.045, 0.43), (0.045, 0.43), (0.035, 0.475), (0, 0.485), (-0.035, 0.475)], 0.01).moved(0, -0.085)))
    a.add(STEEL, *[_lean(rod((x, -0.088, 0.36), (0.5 * x, -0.095, 1.18), 0.0016, sides=4)) for x in (-0.022, -0.007, 0.007, 0.022)], _lean(rod((0, 0, 0.2), (0, -0.02, 0.02), 0.006)))
    turns = np.linspace(0, 3.6 * np.pi, 40)
    scroll = np.stack([0 * turns, -0.06 - (0.045 - 0.0034 * turns) * np.cos(turns) + 0.03, 1.3 + (0.045 - 0.0034 * turns) * np.sin(turns)], axis=1)
    a.add(paint("wood", "9a4a1e", "5b230c", "c8743a", size=0.4, seed=12, coat=0.9, roughness=0.2), _lean(tube(scroll, np.linspace(0.02, 0.012, 40), 12)), _lean(beam((0, -0.06, 1.18), (0, -0.075, 1.3), 0.034, 0.03)))
    a.add(IRON, pair(tube(curve([(0.1, 0.14, 0.5), (0.16, 0.2, 0.02), (0.16, -0.08, 0.02), (0.13, -0.1, 0.2)]), 0.01)), rod((0, 0.2, 0.65), (0, 0.42, 0.01), 0.011), rod((-0.16, 0.1, 0.02), (0.16, 0.1, 0.02), 0.008))
    a.add(WALNUT, tube(curve([(0.28, -0.1, 0.01), (0.24, -0.02, 0.4), (0.2, 0.06, 0.75)]), 0.005, 8)).add(WHITE, rod((0.29, -0.11, 0.03), (0.215, 0.05, 0.74), 0.003, sides=5))
    return a.add(BLACK, box(0.016, 0.02, 0.05).moved(0.285, -0.108, 0.0)).model()


def trumpet() -> Model:
    """A brass trumpet lying in its open case."""
    a = Assembly()
    y, z = 0.0, 0.075
    bell = [(0.006, -0.1), (0.0062, 0.1), (0.008, 0.16), (0.013, 0.2), (0.026, 0.225), (0.06, 0.243), (0.061, 0.2445), (0.025, 0.229), (0.01, 0.205), (0, 0.19)]
    a.add(BRASS, lathe([(0, -0.1), *bell], 36).turned("y", -90).moved(0, y, z + 0.035))
    loop = curve([(0.1, y, z + 0.035), (0.15, y, z + 0.03), (0.165, y, z), (0.15, y, z - 0.03), (0.1, y, z - 0.035), (-0.06, y, z - 0.035), (-0.1, y, z - 0.03), (-0.115, y, z - 0.0), (-0.1, y, z + 0.03)])
    a.add(BRASS, tube(loop, 0.0065, 12), rod((-0.1, y + 0.02, z + 0.033), (0.27, y + 0.02, z + 0.033), 0.006), *[rod((x, y + 0.01, z - 0.055), (x, y + 0.01, z + 0.045), 0.0095, sides=18) for x in (-0.03, 0.0, 0.03)])
    a.add(STEEL, *[rod((x, y + 0.01, z + 0.045), (x, y + 0.01, z + 0.065), 0.003) for x in (-0.03, 0.0, 0.03)], lathe([(0.004, 0), (0.006, 0.03), (0.013, 0.045), (0.013, 0.05), (0.008, 0.048), (0, 0.03)], 20).turned("y", 90).moved(0.262, y + 0.02, z + 0.033))
    a.add(WHITE, *[lathe([(0, 0), (0.0075, 0), (0.007, 0.004), (0, 0.005)], 16).moved(x, y + 0.01, z + 0.064) for x in (-0.03, 0.0, 0.03)])
    lining = paint("fabric", "7d1f2f", "5b1420", "a83a4a", size=0.05, roughness=0.95)
    shell = paint("leather", "2b2420", "1c1714", "40362f", size=0.15, roughness=0.6)
    a.add(shell, *[box(0.66, 0.014, 0.07, bevel=0.003).moved(0, s * 0.13) for s in (-1, 1)], *[box(0.014, 0.26, 0.07, bevel=0.003).moved(s * 0.323) for s in (-1, 1)], box(0.66, 0.27, 0.01))
    a.add(lining, blob(0.31, 0.12, 0.022, 0.5).moved(z=0.014), box(0.634, 0.01, 0.235).turned("x", -12).moved(0, 0.136, 0.075))
    a.add(shell, box(0.66, 0.014, 0.26, bevel=0.004).turned("x", -12).moved(0, 0.147, 0.068))
    return a.add(BRASS, *[box(0.03, 0.008, 0.03, bevel=0.002).moved(x, -0.138, 0.045) for x in (-0.2, 0.2)]).add(BLACK, tube(curve([(-0.06, -0.137, 0.04), (-0.05, -0.16, 0.05), (0.05, -0.16, 0.05), (0.06, -0.137, 0.04)]), 0.007)).model()


def accordion() -> Model:
    """An accordion, its pleated bellows half open."""
    a = Assembly()
    pearl = paint("marble", "a8202a", "d8505a", "6b1018", size=0.3, seed=5, roughness=0.15, coat=0.9)
    a.add(pearl, rounded_box(0.13, 0.18, 0.36, 0.02).moved(0.19), rounded_box(0.1, 0.18, 0.36, 0.02).moved(-0.19))
    rings = []
    for k, x in enumerate(np.linspace(-0.145, 0.13, 29)):
        fold = 0.985 if k % 2 else 0.86
        ring = np.array([[x, -0.085 * fold, 0.18 - 0.17 * fold], [x, 0.085 * fold, 0.18 - 0.17 * fold], [x, 0.085 * fold, 0.18 + 0.17 * fold], [x, -0.085 * fold, 0.18 + 0.17 * fold]])
        rings.append(ring)
    a.add(paint("stripes", "1c1c20", "d8c48a", "a8202a", size=0.12, seed=3), stack_rings(rings, smooth=False))
    a.add(BLACK, box(0.05, 0.035, 0.36, bevel=0.004).moved(0.23, -0.1))
    a.add(WHITE, *[box(0.045, 0.012, 0.0175, bevel=0.002).moved(0.233, -0.121, 0.01 + 0.0195 * k) for k in range(17)])
    a.add(BLACK, *[box(0.022, 0.016, 0.01, bevel=0.002).moved(0.222, -0.126, 0.023 + 0.0195 * k) for k in range(16) if k % 7 not in (2, 6)])
    a.add(WHITE, *[ball(0.006, 10, 6).moved(-0.23 + 0.016 * i, -0.091, 0.06 + 0.022 * j) for i in range(5) for j in range(11)])
    a.add(paint("metal", "d5c48a", "a8935a", "efe2b4", size=0.1, roughness=0.3, metallic=0.8), unit_uv(rounded_box(0.08, 0.008, 0.28, 0.003)).moved(0.165, -0.089, 0.04))
    a.add(BLACK, *[slab([(-0.025, 0), (0.025, 0.006), (0.025, 0.014), (-0.025, 0.008)], 0.006).moved(0.165, -0.094, 0.07 + 0.03 * k) for k in range(8)])
    strap = curve([(0.14, 0.085, 0.33), (0.16, 0.16, 0.28), (0.16, 0.17, 0.14), (0.14, 0.085, 0.04)])
    a.add(paint("leather", "3a2418", "241510", "54382a", size=0.1), tube(strap, 0.018, squash=0.25), tube(strap + [0.07, 0, 0], 0.018, squash=0.25), tube(curve([(-0.24, 0, 0.05), (-0.27, 0, 0.12), (-0.27, 0, 0.24), (-0.24, 0, 0.31)]), 0.02, squash=0.3))
    return a.model()


BUILDERS = {
    "musical instruments": {
        "guitar": guitar,
        "drum": drum,
        "xylophone": xylophone,
        "cello": cello,
        "trumpet": trumpet,
        "accordion": accordion,
    },
}
