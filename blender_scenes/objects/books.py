"""Books, cartons and other things of paper."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, join, lathe, torus, tube
from ..surfaces import Model
from .kit import (
    BRASS,
    WALNUT,
    Assembly,
    paint,
)
from .shapes import (
    aimed,
    leaf,
    pair,
    ring_of,
    rod,
    unit_uv,
    vessel,
)


def book_stack() -> Model:
    """Seven big books piled crosswise with a plant cutting in a jar on top."""
    a = Assembly()
    codes = (
        ("8c2f39", "f3e1b6"),
        ("1f4e79", "f0d27a"),
        ("2f6b46", "f2ead2"),
        ("d9902f", "402218"),
        ("51355a", "e9dff2"),
    )
    z, paper = 0.0, paint("pages", "efe4cb", "b8a987", size=0.05)
    for i in range(7):
        w, d, h = 0.46 - 0.03 * i + 0.05 * (i % 2), 0.34 - 0.015 * i, 0.045 + 0.018 * (i * 3 % 4)
        cover = paint("label", *codes[i % 5], "2a1f1a", size=1.0, seed=40 + i)
        parts = [box(w, d, 0.008), box(w, d, 0.008).moved(z=h - 0.008), box(w, 0.01, h).moved(0, -d / 2)]
        turn = (i * 37 % 31) - 15
        a.add(
            cover,
            *[unit_uv(p, "z" if k < 2 else "y").turned("z", turn).moved(z=z) for k, p in enumerate(parts)],
        )
        a.add(paper, box(w - 0.02, d - 0.015, h - 0.01).moved(0, -0.002, 0.005).turned("z", turn).moved(z=z))
        z += h
    jar = vessel([(0.06, 0), (0.07, 0.03), (0.07, 0.12), (0.05, 0.14), (0.055, 0.16)], 0.006)
    a.add(paint("glaze", "e9c46a", "264653", size=0.15), jar.moved(z=z))
    sprig = paint("plain", "4c8b3c", roughness=0.5)
    for i in range(6):
        a.add(sprig, aimed(leaf(0.2, 0.06, 0.1, 0.02), -20, 60 * i).moved(z=z + 0.13))
    return a.model(0.62)


def carton() -> Model:
    """An open moving box with printed sides and paper rolls sticking out."""
    a = Assembly()
    board = paint("label", "c49a6c", "4a3220", "b3342b", size=1.0, seed=8, roughness=0.85)
    plain = paint("fabric", "c49a6c", "a87d50", size=0.3, roughness=0.85)
    wide = unit_uv(box(0.56, 0.008, 0.38))
    a.add(board, wide.moved(0, -0.2), wide.turned("z", 180).moved(0, 0.2))
    side = unit_uv(box(0.4, 0.008, 0.38)).turned("z", 90)
    a.add(board, side.moved(0.28), side.turned("z", 180).moved(-0.28))
    a.add(plain, box(0.55, 0.39, 0.01))
    tape = paint("stripes", "d9b777", "f2e3c0", size=0.05)
    a.add(tape, box(0.06, 0.01, 0.385).moved(0.2, -0.201), pair(box(0.012, 0.05, 0.385).moved(0.279)))
    a.add(plain, box(0.56, 0.006, 0.2, bevel=0.002).turned("x", 55).moved(0, -0.2, 0.38))
    a.add(plain, box(0.56, 0.006, 0.2).turned("x", -75).moved(0, 0.2, 0.38))
    a.add(plain, pair(box(0.4, 0.006, 0.24).turned("z", 90).turned("y", 60).moved(0.28, 0, 0.38)))
    for i, (x, y) in enumerate(((-0.15, 0.05), (0.0, 0.1), (0.12, 0.0))):
        roll = paint("patchwork", "e07a5f", "3d405b", "81b29a", size=0.25, seed=i)
        a.add(
            roll,
            rod((x, y, 0.02), (x * 1.6, y * 1.5, 0.62 - 0.06 * i), 0.045, sides=24),
            tube([(x, y, 0.3), (1.2 * x, 1.2 * y, 0.4)], 0.04, 24),
        )
    return a.model()


def globe() -> Model:
    """A desk globe with land masses in a tilted brass arc."""
    a = Assembly()
    a.add(
        WALNUT,
        lathe([(0, 0), (0.17, 0), (0.17, 0.025), (0.06, 0.05), (0.028, 0.09), (0.028, 0.15), (0, 0.15)]),
    )
    sea = paint("camo", "2f7fc1", "4d9a4a", "d9bd6a", size=0.5, seed=9, roughness=0.3, coat=0.4)
    a.add(sea, ball(0.2, 40, 24).turned("y", 23).moved(z=0.37))
    arc = [(0.225 * np.sin(t), 0, 0.37 - 0.225 * np.cos(t)) for t in np.linspace(-0.35, 2.8, 24)]
    a.add(BRASS, tube(arc, 0.014, squash=0.5), torus(0.201, 0.004).turned("y", 23).moved(z=0.37))
    axle = np.array([np.sin(np.radians(23)), 0, np.cos(np.radians(23))]) * 0.235
    centre = np.array([0, 0, 0.37])
    return a.add(BRASS, rod(centre - axle, centre + axle, 0.01), ball(0.018, 12, 8).moved(*(centre + axle))).model(0.8)


def gift_boxes() -> Model:
    """Three wrapped presents with ribbons and a bow."""
    a = Assembly()
    papers = (
        paint("dots", "d7263d", "ffffff", "f4d35e", size=0.14),
        paint("stripes", "1b998b", "fdf6d8", size=0.12),
        paint("plaid", "5f4bb6", "f3c969", "ffffff", size=0.12),
    )
    ribbon = paint("plain", "f4c430", roughness=0.3)
    for i, (x, y, z, w, h) in enumerate(
        ((-0.14, 0.05, 0, 0.4, 0.3), (0.22, -0.06, 0, 0.28, 0.22), (-0.12, 0.04, 0.3, 0.24, 0.16))
    ):
        parts = [box(w, w * 0.85, h, bevel=0.006)]
        bands = [box(0.035, w * 0.86 + 0.004, h + 0.004), box(w + 0.006, 0.035, h + 0.004)]
        a.add(papers[i], *[p.turned("z", 14 * i - 9).moved(x, y, z) for p in parts])
        a.add(ribbon, *[p.turned("z", 14 * i - 9).moved(x, y, z) for p in bands])
    loop = torus(0.055, 0.016, 24, 8).turned("x", 90).scaled(1, 1, 0.7).moved(0.06)
    a.add(ribbon, join(ring_of(loop, 5)).moved(-0.12, 0.04, 0.5), ball(0.028, 12, 8).moved(-0.12, 0.04, 0.48))
    return a.model(0.8)


BUILDERS = {
    "books & cartons": {
        "book-stack": book_stack,
        "carton": carton,
        "globe": globe,
        "gift-boxes": gift_boxes,
    },
}
