"""Food, larger than life."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import (
    BLUE,
    OAK,
    PINE,
    RED,
    WHITE,
    YELLOW,
    Assembly,
    paint,
)
from .shapes import (
    aimed,
    blob,
    curve,
    leaf,
    ring_of,
    rod,
    slab,
    vessel,
)


def cake() -> Model:
    """A three-tier iced cake with cherries and candles on a stand."""
    a = Assembly()
    a.add(WHITE, lathe([(0, 0), (0.14, 0), (0.05, 0.03), (0.04, 0.1), (0.3, 0.12), (0.3, 0.14), (0, 0.14)]))
    icings = (
        paint("floral", "f7c6d0", "c9184a", "fff4f0", size=0.2),
        paint("dots", "5b3420", "f6e3c5", size=0.08),
        paint("stripes", "fff1d0", "e07a5f", size=0.06),
    )
    z = 0.14
    for i, r in enumerate((0.25, 0.18, 0.11)):
        a.add(icings[i], lathe([(0, z), (r, z), (r, z + 0.11), (r - 0.02, z + 0.13), (0, z + 0.13)], 36))
        a.add(WHITE, ring_of(ball(0.02, 10, 6).moved(r, 0, z + 0.012), 14 + 4 * (2 - i)))
        a.add(RED, ring_of(ball(0.018, 10, 6).moved(r - 0.025, 0, z + 0.14), 10 - 2 * i))
        z += 0.13
    a.add(BLUE, ring_of(rod((0.045, 0, z), (0.045, 0, z + 0.09), 0.007), 5))
    return a.add(YELLOW, ring_of(blob(0.009, 0.009, 0.02, segments=8, rings=6).moved(0.045, 0, z + 0.11), 5)).model(
        0.75
    )


def pineapple() -> Model:
    """A giant pineapple with eyes and a crown of leaves."""
    a = Assembly()
    skin = paint("scales", "d99a2b", "6e4a14", "f0c65a", size=0.45, seed=1, bump=0.004)
    a.add(skin, blob(0.16, 0.16, 0.21, 0.85).moved(z=0.21))
    eye = blob(0.022, 0.022, 0.014, segments=8, rings=5)
    for row in range(7):
        z = 0.05 + 0.053 * row
        radius = 0.16 * np.sqrt(max(1 - abs((z - 0.21) / 0.215) ** 2.6, 0.05))
        eyes = aimed(eye.moved(z=radius), 90, 0).moved(z=z)
        a.add(OAK, ring_of(eyes, 12, 15 * (row % 2)))
    crown = paint("stripes", "3f8a46", "1f5a2e", "8cc46a", size=0.05, seed=2)
    for tier, (n, reach, rise) in enumerate(((9, 0.2, 0.1), (8, 0.17, 0.2), (6, 0.12, 0.28), (4, 0.05, 0.32))):
        a.add(crown, ring_of(leaf(reach, 0.07, rise, 0.02), n, 20 * tier).moved(z=0.4))
    return a.model(0.5)


def _burger_filling(a: Assembly) -> None:
    """Meat, cheese, tomato slices and a wavy leaf of salad."""
    a.add(
        paint("gravel", "5a3018", "331a0c", "7d4a28", size=0.12),
        lathe([(0, 0.09), (0.2, 0.09), (0.215, 0.12), (0.2, 0.15), (0, 0.15)]),
    )
    a.add(
        YELLOW,
        box(0.32, 0.32, 0.012).turned("z", 30).moved(z=0.15),
        lathe([(0, 0.2), (0.19, 0.2), (0.19, 0.215), (0, 0.215)]),
    )
    a.add(
        RED,
        *[
            lathe([(0, 0.163), (0.08, 0.163), (0.08, 0.18), (0, 0.18)], 20).moved(0.1 * np.cos(t), 0.1 * np.sin(t))
            for t in np.arange(5) * 1.256
        ],
    )
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    rings = [
        np.stack([r * np.cos(turn), r * np.sin(turn), z + w * np.sin(9 * turn)], 1)
        for r, z, w in ((0.05, 0.18, 0), (0.235, 0.18, 0.014), (0.235, 0.19, 0.014), (0.05, 0.21, 0))
    ]
    a.add(paint("leaves", "6fb53f", "3f8a2a", "b0dc7a", size=0.2), stack_rings(rings))


def burger() -> Model:
    """A tall burger with salad, cheese and sesame on a board."""
    a = Assembly()
    a.add(OAK, lathe([(0, 0), (0.27, 0), (0.27, 0.03), (0, 0.03)], 36))
    bun = paint("noise", "c9822f", "b06c22", "d8953f", size=0.3, roughness=0.4)
    a.add(bun, lathe([(0, 0.03), (0.18, 0.03), (0.2, 0.06), (0.19, 0.09), (0, 0.09)]))
    _burger_filling(a)
    a.add(
        bun,
        lathe([(0, 0.21), (0.19, 0.21), (0.205, 0.24), (0.19, 0.29), (0.14, 0.34), (0.06, 0.365), (0, 0.37)]),
    )
    seed = blob(0.009, 0.005, 0.012, segments=8, rings=5)
    seeds = [
        aimed(seed.moved(0, -r), 0, 360 * i / n + 17 * n).moved(z=z)
        for r, z, n in ((0.06, 0.365, 6), (0.12, 0.35, 10), (0.165, 0.317, 14))
        for i in range(n)
    ]
    a.add(WHITE, *seeds)
    return (
        a.add(PINE, rod((0, 0, 0.3), (0, 0, 0.48), 0.006))
        .add(
            paint("stripes", "c1272d", "ffffff", size=0.03),
            slab([(0, 0.42), (0.12, 0.445), (0, 0.48)], 0.006),
        )
        .model(0.42)
    )


def ice_cream() -> Model:
    """A sundae glass with three scoops, wafer and straw."""
    a = Assembly()
    a.add(
        paint("stripes", "e9f2f4", "d1495b", "ffffff", size=0.1, seed=6),
        vessel(
            [(0.12, 0), (0.11, 0.02), (0.025, 0.05), (0.025, 0.14), (0.09, 0.2), (0.15, 0.36), (0.16, 0.38)],
            0.01,
        ),
    )
    flavours = (
        paint("noise", "f4b6c2", "d96a86", "f8ccd5", size=0.2),
        paint("dots", "f6efd8", "4a2c1a", size=0.06),
        paint("camo", "9ad1b0", "4a2c1a", "c8ead4", size=0.2),
    )
    for i, (x, y, z) in enumerate(((-0.07, -0.03, 0.41), (0.075, -0.02, 0.41), (0.0, 0.0, 0.52))):
        a.add(flavours[i], blob(0.1, 0.1, 0.09).moved(x, y, z), torus(0.09, 0.018).moved(x, y, z - 0.03))
    wafer = paint("checker", "d9a35a", "9c6a2a", size=0.05)
    a.add(wafer, slab([(0.09, 0), (-0.09, 0), (0, -0.26)], 0.014).turned("y", 25).moved(0.16, 0.05, 0.72))
    a.add(paint("stripes", "ffffff", "2667b0", size=0.05), rod((-0.04, 0.05, 0.35), (-0.16, 0.08, 0.76), 0.012))
    return a.add(
        RED,
        ball(0.03, 16, 10).moved(0, 0, 0.63),
        tube(curve([(0, 0, 0.65), (0.02, 0, 0.7), (0.05, 0, 0.72)]), 0.004, 6),
    ).model(0.42)


BUILDERS = {
    "food": {
        "cake": cake,
        "pineapple": pineapple,
        "burger": burger,
        "ice-cream": ice_cream,
    },
}
