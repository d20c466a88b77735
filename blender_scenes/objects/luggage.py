"""Crates, luggage and what one carries."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..meshes import Mesh, ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BRASS,
    PINE,
    STEEL,
    WALNUT,
    Assembly,
    paint,
)
from .shapes import (
    beam,
    blob,
    curve,
    disc,
    pair,
    rod,
    rounded_box,
    slab,
    unit_uv,
    vessel,
)


def suitcase() -> Model:
    """A travelled leather suitcase with straps, corners and stickers."""
    a = Assembly()
    a.add(
        paint("leather", "8a4f2a", "5b3019", "a86b3f", size=0.3),
        rounded_box(0.72, 0.22, 0.46, 0.04).moved(z=0.02),
    )
    for x in (-0.2, 0.2):
        a.add(
            paint("stripes", "d8c08a", "3d2413", size=0.05),
            rounded_box(0.05, 0.236, 0.476, 0.02).moved(x, 0, 0.012),
        )
        a.add(BRASS, box(0.065, 0.02, 0.05, bevel=0.006).moved(x, -0.115, 0.33))
    corner = ball(0.055, 16, 10)
    a.add(
        BRASS,
        *[corner.moved(x, y, z) for x in (-0.316, 0.316) for y in (-0.066, 0.066) for z in (0.066, 0.434)],
    )
    a.add(BLACK, tube(curve([(-0.1, 0, 0.46), (-0.08, 0, 0.53), (0.08, 0, 0.53), (0.1, 0, 0.46)]), 0.014))
    codes = ("1d6fa3", "f7f3e3", "d62828"), ("f2b632", "26323f", "ffffff"), ("e8e4d8", "2f7d4f", "222222")
    for i, (x, z) in enumerate(((-0.04, 0.12), (0.08, 0.27), (-0.08, 0.33))):
        sticker = unit_uv(slab(disc(0.06, 24 if i else 6), 0.006)).turned("y", 17 * i - 20)
        a.add(paint("label", *codes[i], size=1.0, seed=30 + i), sticker.moved(x, -0.111, z))
    return a.model()


def backpack() -> Model:
    """A hiking backpack with a lid, pockets, a rolled mat and straps."""
    a = Assembly()
    cloth = paint("fabric", "2f5d50", "1d3b33", "4f8a78", size=0.1)
    a.add(cloth, blob(0.2, 0.14, 0.32, 0.6).moved(z=0.36), blob(0.18, 0.12, 0.07, 0.6).moved(0, -0.04, 0.68))
    flap = paint("camo", "c46a2c", "7c3b16", "e8a55a", size=0.3, seed=1)
    a.add(
        flap,
        blob(0.14, 0.07, 0.13, 0.6).moved(0, -0.14, 0.25),
        pair(blob(0.06, 0.09, 0.13, 0.7).moved(0.2, 0, 0.22)),
    )
    mat = paint("stripes", "e2b33c", "7d3c98", "f6e3a8", size=0.1, seed=2)
    a.add(mat, rod((-0.27, -0.02, 0.8), (0.27, -0.02, 0.8), 0.075, sides=24))
    a.add(BLACK, pair(torus(0.078, 0.01).turned("y", 90).moved(0.14, -0.02, 0.8)))
    strap = curve([(0.1, 0.1, 0.64), (0.13, 0.2, 0.6), (0.14, 0.21, 0.35), (0.12, 0.1, 0.12)])
    a.add(BLACK, pair(tube(strap, 0.035, squash=0.3)))
    a.add(BRASS, pair(box(0.03, 0.02, 0.05, bevel=0.004).moved(0.08, -0.16, 0.56)))
    a.add(BLACK, pair(beam((0.08, -0.158, 0.68), (0.08, -0.155, 0.4), 0.022, 0.012)))
    return a.model()


def _gore(start: float) -> Mesh:
    """One cloth panel of an umbrella: a thin closed triangle-like sheet that sags between two ribs."""
    rows = []
    for r, z in ((0.02, 0.28), (0.18, 0.25), (0.34, 0.165), (0.5, 0.0)):
        t = start + np.linspace(0, np.pi / 4, 7)
        sag = 1 - 0.12 * (r / 0.5) ** 2 * np.sin(np.linspace(0, np.pi, 7))
        top = np.stack([r * sag * np.cos(t), r * sag * np.sin(t), np.full(7, z)], axis=1)
        rows.append(np.concatenate([top, top[::-1] - [0, 0, 0.006]]))
    return stack_rings(rows[::-1], smooth=False)


def _tipped(a: Assembly) -> Model:
    """The assembly lying on its side, back on the floor."""
    model = a.model()
    mesh = model.mesh.turned("x", 62).turned("z", 20)
    low, high = mesh.bounds()
    middle = (low + high) / 2
    return replace(model, mesh=mesh.moved(-middle[0], -middle[1], -low[2]))


def umbrella() -> Model:
    """An open panelled umbrella standing on its rim and handle."""
    a = Assembly()
    turn = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    codes = ("e63946", "f1faee", "1d3557")
    for i, t in enumerate(turn):
        a.add(paint("stripes", codes[i % 2], codes[1 - i % 2], codes[2], size=0.5, seed=i % 2), _gore(t))
        rib = [(0.98 * r * np.cos(t), 0.98 * r * np.sin(t), z - 0.012) for r, z in ((0.5, 0), (0.3, 0.2), (0, 0.28))]
        a.add(STEEL, tube(curve(rib), 0.006, 6))
    a.add(STEEL, rod((0, 0, -0.52), (0, 0, 0.36), 0.009))
    hook = curve([(0, 0, -0.5), (0, 0, -0.6), (0.05, 0, -0.66), (0.1, 0, -0.62), (0.1, 0, -0.57)])
    a.add(WALNUT, tube(hook, 0.017))
    return _tipped(a)


def crate() -> Model:
    """A slatted wooden crate full of oranges and greens."""
    a = Assembly()
    for x in (-0.29, 0.29):
        a.add(PINE, *[box(0.03, 0.03, 0.34).moved(x, y) for y in (-0.19, 0.19)])
    for z in (0.02, 0.13, 0.24):
        board = box(0.64, 0.016, 0.09)
        a.add(PINE, board.moved(0, -0.21, z), board.moved(0, 0.21, z))
        a.add(PINE, pair(box(0.016, 0.42, 0.09).moved(0.31, 0, z)))
    a.add(PINE, box(0.6, 0.4, 0.02).moved(z=0.01))
    stamp = unit_uv(box(0.3, 0.01, 0.085)).moved(0, -0.219, 0.1325)
    a.add(paint("notice", "e0b577", "7a1f1f", "4a2d14", size=1.0, seed=23), stamp)
    fruit = paint("glaze", "f08a24", "d9661a", size=0.3, roughness=0.5)
    for i in range(28):
        x, y = -0.24 + 0.08 * (i % 7), -0.13 + 0.088 * (i // 7)
        a.add(fruit, ball(0.052, 14, 8).moved(x, y, 0.3 + 0.02 * (i * 5 % 3)))
    return a.model()


def barrel() -> Model:
    """A staved barrel with iron hoops, a bung and a branded head."""
    a = Assembly()
    z = np.linspace(0, 0.9, 11)
    r = 0.26 + 0.07 * np.sin(np.pi * z / 0.9)
    rim = [(r[-1] - 0.02, 0.9), (r[-1] - 0.025, 0.86), (0, 0.86)]
    a.add(PINE, lathe([(0, 0), *zip(r, z, strict=True), *rim], 28))
    for level in (0.04, 0.24, 0.6, 0.8):
        low, high = (0.26 + 0.07 * np.sin(np.pi * v / 0.9) for v in (level, level + 0.06))
        ring = [
            (low - 0.02, level),
            (low + 0.008, level),
            (high + 0.008, level + 0.06),
            (high - 0.02, level + 0.06),
        ]
        a.add(paint("rust", "54423a", "8f4a25", "2d2622", size=0.3), lathe(ring, 28))
    a.add(WALNUT, rod((0, -0.3, 0.45), (0, -0.355, 0.45), 0.035, sides=16))
    a.add(
        paint("label", "d6a768", "4a2412", "7c1d1d", size=1.0, seed=4),
        unit_uv(lathe([(0, 0.85), (0.2, 0.85), (0.2, 0.868), (0, 0.868)]), "z"),
    )
    a.add(BRASS, rod((0, -0.24, 0.12), (0, -0.4, 0.12), 0.02), rod((0, -0.37, 0.1), (0, -0.37, 0.19), 0.012))
    return a.model()


def bucket() -> Model:
    """A galvanised bucket with a rope handle and soapy sponge."""
    a = Assembly()
    a.add(STEEL, vessel([(0.13, 0), (0.14, 0.02), (0.2, 0.34)], 0.006), torus(0.2, 0.009).moved(z=0.34))
    a.add(STEEL, torus(0.165, 0.006).moved(z=0.16), pair(ball(0.025, 12, 8).moved(0.2, 0, 0.3)))
    a.add(
        paint("knit", "c9a66b", "7a5a2e", size=0.06),
        tube(
            curve([(-0.2, 0, 0.3), (-0.16, -0.1, 0.46), (0, -0.14, 0.52), (0.16, -0.1, 0.46), (0.2, 0, 0.3)]),
            0.012,
        ),
    )
    a.add(
        paint("stripes", "e63946", "fdf0d5", size=0.05),
        lathe([(0.14, 0.2), (0.1752, 0.2), (0.184, 0.25), (0.14, 0.25)]),
    )
    a.add(
        paint("dots", "f6d743", "c79a1d", size=0.08),
        rounded_box(0.2, 0.13, 0.08, 0.025).turned("y", 28).moved(0.03, 0.02, 0.28),
    )
    water = lathe([(0, 0), (0.16, 0), (0.165, 0.02), (0, 0.02)]).moved(z=0.26)
    return a.add(paint("marble", "9fd3e0", "e8f7fa", size=0.3, roughness=0.1), water).model(0.75)


def basket() -> Model:
    """A woven basket with a hoop handle, a cloth and loaves of bread."""
    a = Assembly()
    cane = paint("knit", "c8934f", "7d4f22", "e0b878", size=0.08)
    a.add(cane, vessel([(0.17, 0), (0.21, 0.05), (0.25, 0.22)], 0.015))
    a.add(cane, torus(0.25, 0.018).moved(z=0.22), torus(0.18, 0.014).moved(z=0.015))
    hoop = [(0.245 * np.cos(t), 0, 0.2 + 0.3 * np.sin(t)) for t in np.linspace(0, np.pi, 24)]
    a.add(cane, tube(hoop, 0.017))
    cloth = paint("plaid", "f4f1e8", "c1272d", "7c1418", size=0.1)
    a.add(
        cloth,
        blob(0.22, 0.22, 0.05).moved(z=0.2),
        rounded_box(0.24, 0.012, 0.2, 0.005).turned("x", 12).moved(0, -0.25, 0.05),
    )
    crust = paint("stripes", "c07a35", "a5621c", "d9a05a", size=0.12)
    loaves = [
        blob(0.055, 0.19, 0.05).turned("x", 6).turned("z", t).moved(x, 0.03, 0.27)
        for x, t in ((-0.08, 12), (0.09, -15))
    ]
    return a.add(crust, *loaves, blob(0.08, 0.08, 0.06).moved(0.0, -0.09, 0.27)).model(0.85)


BUILDERS = {
    "crates & luggage": {
        "suitcase": suitcase,
        "backpack": backpack,
        "crate": crate,
        "barrel": barrel,
        "bucket": bucket,
        "basket": basket,
    },
    "headgear, shoes & wear": {
        "umbrella": umbrella,
    },
}
