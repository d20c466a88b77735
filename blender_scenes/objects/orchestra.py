"""Instruments of an orchestra, and an accordion."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, stack_rings, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BRASS,
    IRON,
    PINE,
    STEEL,
    WALNUT,
    WHITE,
    Assembly,
    paint,
)
from .music import lean
from .shapes import (
    beam,
    blob,
    curve,
    pair,
    rod,
    rounded_box,
    slab,
    unit_uv,
)


def cello() -> Model:
    """A cello on its spike, leaning on a stand, the bow beside it."""
    a = Assembly()
    half = [
        (0.0, 0.0),
        (0.12, 0.01),
        (0.205, 0.09),
        (0.21, 0.18),
        (0.15, 0.27),
        (0.125, 0.36),
        (0.15, 0.44),
        (0.17, 0.52),
        (0.13, 0.63),
        (0.04, 0.68),
    ]
    right = curve([(x, 0, z) for x, z in half], 4)[:, [0, 2]]
    outline = np.concatenate([right, right[:0:-1] * [-1, 1]]) + [0, 0.2]
    a.add(
        paint("wood", "9a4a1e", "5b230c", "c8743a", size=0.4, seed=12, coat=0.9, roughness=0.2),
        lean(slab(outline, 0.13, 0.06)),
        lean(beam((0, -0.05, 0.84), (0, -0.06, 1.2), 0.035, 0.03)),
    )
    a.add(
        BLACK,
        lean(slab([(-0.022, 0.5), (0.022, 0.5), (0.016, 1.16), (-0.016, 1.16)], 0.014).moved(0, -0.085)),
        lean(slab([(-0.016, 0.24), (0.016, 0.24), (0.03, 0.37), (-0.03, 0.37)], 0.014).moved(0, -0.08)),
    )
    f_hole = curve(
        [(0.075, -0.068, 0.38), (0.06, -0.068, 0.4), (0.072, -0.068, 0.44), (0.058, -0.068, 0.5), (0.07, -0.068, 0.51)]
    )
    a.add(
        BLACK,
        lean(pair(tube(f_hole, 0.005, 6))),
        *[lean(pair(rod((0.015, -0.06, z), (0.055, -0.06, z + 0.01), 0.006))) for z in (1.2, 1.25)],
    )
    a.add(
        PINE,
        lean(slab([(-0.045, 0.43), (0.045, 0.43), (0.035, 0.475), (0, 0.485), (-0.035, 0.475)], 0.01).moved(0, -0.085)),
    )
    a.add(
        STEEL,
        *[
            lean(rod((x, -0.088, 0.36), (0.5 * x, -0.095, 1.18), 0.0016, sides=4))
            for x in (-0.022, -0.007, 0.007, 0.022)
        ],
        lean(rod((0, 0, 0.2), (0, -0.02, 0.02), 0.006)),
    )
    turns = np.linspace(0, 3.6 * np.pi, 40)
    scroll = np.stack(
        [
            0 * turns,
            -0.06 - (0.045 - 0.0034 * turns) * np.cos(turns) + 0.03,
            1.3 + (0.045 - 0.0034 * turns) * np.sin(turns),
        ],
        axis=1,
    )
    a.add(
        paint("wood", "9a4a1e", "5b230c", "c8743a", size=0.4, seed=12, coat=0.9, roughness=0.2),
        lean(tube(scroll, np.linspace(0.02, 0.012, 40), 12)),
        lean(beam((0, -0.06, 1.18), (0, -0.075, 1.3), 0.034, 0.03)),
    )
    a.add(
        IRON,
        pair(tube(curve([(0.1, 0.14, 0.5), (0.16, 0.2, 0.02), (0.16, -0.08, 0.02), (0.13, -0.1, 0.2)]), 0.01)),
        rod((0, 0.2, 0.65), (0, 0.42, 0.01), 0.011),
        rod((-0.16, 0.1, 0.02), (0.16, 0.1, 0.02), 0.008),
    )
    a.add(WALNUT, tube(curve([(0.28, -0.1, 0.01), (0.24, -0.02, 0.4), (0.2, 0.06, 0.75)]), 0.005, 8)).add(
        WHITE, rod((0.29, -0.11, 0.03), (0.215, 0.05, 0.74), 0.003, sides=5)
    )
    return a.add(BLACK, box(0.016, 0.02, 0.05).moved(0.285, -0.108, 0.0)).model()


def trumpet() -> Model:
    """A brass trumpet lying in its open case."""
    a = Assembly()
    y, z = 0.0, 0.075
    bell = [
        (0.006, -0.1),
        (0.0062, 0.1),
        (0.008, 0.16),
        (0.013, 0.2),
        (0.026, 0.225),
        (0.06, 0.243),
        (0.061, 0.2445),
        (0.025, 0.229),
        (0.01, 0.205),
        (0, 0.19),
    ]
    a.add(BRASS, lathe([(0, -0.1), *bell], 36).turned("y", -90).moved(0, y, z + 0.035))
    loop = curve(
        [
            (0.1, y, z + 0.035),
            (0.15, y, z + 0.03),
            (0.165, y, z),
            (0.15, y, z - 0.03),
            (0.1, y, z - 0.035),
            (-0.06, y, z - 0.035),
            (-0.1, y, z - 0.03),
            (-0.115, y, z - 0.0),
            (-0.1, y, z + 0.03),
        ]
    )
    a.add(
        BRASS,
        tube(loop, 0.0065, 12),
        rod((-0.1, y + 0.02, z + 0.033), (0.27, y + 0.02, z + 0.033), 0.006),
        *[rod((x, y + 0.01, z - 0.055), (x, y + 0.01, z + 0.045), 0.0095, sides=18) for x in (-0.03, 0.0, 0.03)],
    )
    a.add(
        STEEL,
        *[rod((x, y + 0.01, z + 0.045), (x, y + 0.01, z + 0.065), 0.003) for x in (-0.03, 0.0, 0.03)],
        lathe([(0.004, 0), (0.006, 0.03), (0.013, 0.045), (0.013, 0.05), (0.008, 0.048), (0, 0.03)], 20)
        .turned("y", 90)
        .moved(0.262, y + 0.02, z + 0.033),
    )
    a.add(
        WHITE,
        *[
            lathe([(0, 0), (0.0075, 0), (0.007, 0.004), (0, 0.005)], 16).moved(x, y + 0.01, z + 0.064)
            for x in (-0.03, 0.0, 0.03)
        ],
    )
    lining = paint("fabric", "7d1f2f", "5b1420", "a83a4a", size=0.05, roughness=0.95)
    shell = paint("leather", "2b2420", "1c1714", "40362f", size=0.15, roughness=0.6)
    a.add(
        shell,
        *[box(0.66, 0.014, 0.07, bevel=0.003).moved(0, s * 0.13) for s in (-1, 1)],
        *[box(0.014, 0.26, 0.07, bevel=0.003).moved(s * 0.323) for s in (-1, 1)],
        box(0.66, 0.27, 0.01),
    )
    a.add(
        lining,
        blob(0.31, 0.12, 0.022, 0.5).moved(z=0.014),
        box(0.634, 0.01, 0.235).turned("x", -12).moved(0, 0.136, 0.075),
    )
    a.add(shell, box(0.66, 0.014, 0.26, bevel=0.004).turned("x", -12).moved(0, 0.147, 0.068))
    return (
        a.add(BRASS, *[box(0.03, 0.008, 0.03, bevel=0.002).moved(x, -0.138, 0.045) for x in (-0.2, 0.2)])
        .add(
            BLACK,
            tube(
                curve([(-0.06, -0.137, 0.04), (-0.05, -0.16, 0.05), (0.05, -0.16, 0.05), (0.06, -0.137, 0.04)]), 0.007
            ),
        )
        .model()
    )


def accordion() -> Model:
    """An accordion, its pleated bellows half open."""
    a = Assembly()
    pearl = paint("marble", "a8202a", "d8505a", "6b1018", size=0.3, seed=5, roughness=0.15, coat=0.9)
    a.add(pearl, rounded_box(0.13, 0.18, 0.36, 0.02).moved(0.19), rounded_box(0.1, 0.18, 0.36, 0.02).moved(-0.19))
    rings = []
    for k, x in enumerate(np.linspace(-0.145, 0.13, 29)):
        fold = 0.985 if k % 2 else 0.86
        ring = np.array(
            [
                [x, -0.085 * fold, 0.18 - 0.17 * fold],
                [x, 0.085 * fold, 0.18 - 0.17 * fold],
                [x, 0.085 * fold, 0.18 + 0.17 * fold],
                [x, -0.085 * fold, 0.18 + 0.17 * fold],
            ]
        )
        rings.append(ring)
    a.add(paint("stripes", "1c1c20", "d8c48a", "a8202a", size=0.12, seed=3), stack_rings(rings, smooth=False))
    a.add(BLACK, box(0.05, 0.035, 0.36, bevel=0.004).moved(0.23, -0.1))
    a.add(WHITE, *[box(0.045, 0.012, 0.0175, bevel=0.002).moved(0.233, -0.121, 0.01 + 0.0195 * k) for k in range(17)])
    a.add(
        BLACK,
        *[
            box(0.022, 0.016, 0.01, bevel=0.002).moved(0.222, -0.126, 0.023 + 0.0195 * k)
            for k in range(16)
            if k % 7 not in (2, 6)
        ],
    )
    a.add(
        WHITE,
        *[ball(0.006, 10, 6).moved(-0.23 + 0.016 * i, -0.091, 0.06 + 0.022 * j) for i in range(5) for j in range(11)],
    )
    a.add(
        paint("metal", "d5c48a", "a8935a", "efe2b4", size=0.1, roughness=0.3, metallic=0.8),
        unit_uv(rounded_box(0.08, 0.008, 0.28, 0.003)).moved(0.165, -0.089, 0.04),
    )
    a.add(
        BLACK,
        *[
            slab([(-0.025, 0), (0.025, 0.006), (0.025, 0.014), (-0.025, 0.008)], 0.006).moved(
                0.165, -0.094, 0.07 + 0.03 * k
            )
            for k in range(8)
        ],
    )
    strap = curve([(0.14, 0.085, 0.33), (0.16, 0.16, 0.28), (0.16, 0.17, 0.14), (0.14, 0.085, 0.04)])
    a.add(
        paint("leather", "3a2418", "241510", "54382a", size=0.1),
        tube(strap, 0.018, squash=0.25),
        tube(strap + [0.07, 0, 0], 0.018, squash=0.25),
        tube(curve([(-0.24, 0, 0.05), (-0.27, 0, 0.12), (-0.27, 0, 0.24), (-0.24, 0, 0.31)]), 0.02, squash=0.3),
    )
    return a.model()


BUILDERS = {
    "musical instruments": {
        "cello": cello,
        "trumpet": trumpet,
        "accordion": accordion,
    },
}
