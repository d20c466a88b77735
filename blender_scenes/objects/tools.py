"""Garden and hand tools."""

from __future__ import annotations

import numpy as np

from ..meshes import box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BLUE,
    BRASS,
    IRON,
    OAK,
    PINE,
    RED,
    RUBBER,
    SOIL,
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
    pair,
    rod,
    slab,
    unit_uv,
    vessel,
    wheel,
)


def wheelbarrow() -> Model:
    """A garden wheelbarrow loaded with soil and pumpkins, seen from its side."""
    a = Assembly()
    levels = [(0.22, 0.17, 0.0, 0.3), (0.36, 0.28, -0.02, 0.56)]
    tray = [np.array([[x - w, -d, z], [x + w, -d, z], [x + w, d, z], [x - w, d, z]]) for w, d, x, z in levels]
    a.add(paint("rust", "2f8a4f", "8a4526", "57b070", size=0.4, seed=3), stack_rings(tray, smooth=False))
    a.add(SOIL, blob(0.33, 0.25, 0.12).moved(0, 0, 0.55))
    for y in (-0.2, 0.2):
        a.add(PINE, beam((-0.5, y * 0.3, 0.2), (0.72, y * 1.3, 0.5), 0.045, 0.04))
        a.add(IRON, tube(curve([(0.15, y, 0.36), (0.26, y, 0.064), (0.36, y, 0.064), (0.4, y, 0.42)]), 0.016))
        a.add(RED, rod((0.64, y * 1.24, 0.48), (0.78, y * 1.36, 0.515), 0.03))
    hole = slab(disc(0.022, 10), 0.054).moved(0, 0, 0.07)
    with a.wheel(0.195, -0.5, 0):
        a.add(RUBBER, torus(0.15, 0.045, 32, 12).turned("x", 90).moved(-0.5, 0, 0.195))
        a.add(YELLOW, wheel(0.12, 0.05).moved(-0.5, 0, 0.195))
        a.add(BLACK, *[hole.turned("y", 60 * k).moved(-0.5, 0, 0.195) for k in range(6)])
    skin = paint("stripes", "e8792b", "b9501a", size=0.09, seed=4)
    for x, y, r in ((-0.13, -0.05, 0.13), (0.13, 0.05, 0.15), (0.1, -0.17, 0.09)):
        a.add(skin, blob(r, r, 0.8 * r).moved(x, y, 0.63 + 0.5 * r)).add(
            WALNUT, rod((x, y, 0.62 + 1.2 * r), (x + 0.02, y, 0.65 + 1.4 * r), 0.016)
        )
    return a.model()


def watering_can() -> Model:
    """An enamelled watering can with a rose and a big handle."""
    a = Assembly()
    enamel = paint("floral", "3a86a8", "f6efd9", "e0553d", size=0.22, seed=7, coat=0.5, roughness=0.25)
    a.add(enamel, vessel([(0.15, 0), (0.16, 0.02), (0.15, 0.3), (0.12, 0.33)], 0.008))
    spout = curve([(-0.13, 0, 0.07), (-0.26, 0, 0.17), (-0.36, 0, 0.36)])
    a.add(enamel, tube(spout, np.linspace(0.045, 0.02, len(spout))))
    a.add(
        BRASS,
        rod((-0.345, 0, 0.335), (-0.4, 0, 0.43), 0.02, 0.07, 20),
        torus(0.125, 0.008).moved(z=0.33),
        torus(0.16, 0.009).moved(z=0.02),
    )
    a.add(
        BLACK,
        tube(
            curve(
                [
                    (0.12, 0, 0.06),
                    (0.27, 0, 0.16),
                    (0.25, 0, 0.38),
                    (0.08, 0, 0.47),
                    (-0.08, 0, 0.44),
                    (-0.11, 0, 0.32),
                ]
            ),
            0.014,
        ),
    )
    return a.add(BRASS, rod((-0.12, 0, 0.28), (-0.3, 0, 0.25), 0.007)).model(0.65)


def gas_bottle() -> Model:
    """A gas bottle with collar, valve, hose and a warning label."""
    a = Assembly()
    blue = paint("rust", "2f62a8", "8a4526", "4c82c8", size=0.5, seed=6, roughness=0.45)
    a.add(
        blue,
        lathe(
            [
                (0, 0.05),
                (0.1, 0.05),
                (0.16, 0.1),
                (0.165, 0.16),
                (0.165, 0.46),
                (0.14, 0.55),
                (0.05, 0.59),
                (0, 0.59),
            ]
        ),
    )
    a.add(blue, vessel([(0.13, 0), (0.13, 0.1)], 0.012))
    a.add(WHITE, lathe([(0.1, 0.3), (0.168, 0.3), (0.168, 0.34), (0.1, 0.34)]))
    label = unit_uv(tube([(0, -0.085, 0.17), (0, -0.085, 0.29)], 0.09, 20))
    a.add(paint("label", "f2b92a", "1b1b1b", "c1272d", size=1.0, seed=21), label)
    for t in (45, 135, 225, 315):
        a.add(IRON, beam((0.11, 0, 0.55), (0.115, 0, 0.7), 0.045, 0.01).turned("z", t))
    a.add(IRON, torus(0.115, 0.014).moved(z=0.7))
    a.add(BRASS, rod((0, 0, 0.58), (0, 0, 0.67), 0.025, sides=8), rod((0, 0, 0.63), (0.06, 0, 0.63), 0.015))
    hose = curve([(0.06, 0, 0.63), (0.2, -0.05, 0.6), (0.26, -0.1, 0.3), (0.2, -0.2, 0.02), (0, -0.26, 0.02)])
    return a.add(RUBBER, tube(hose, 0.014)).add(RED, torus(0.035, 0.01, 20, 8).moved(z=0.68)).model()


def axe_stump() -> Model:
    """An axe stuck in a chopping block, with split logs."""
    a = Assembly()
    bark, cut = (
        paint("bark", "6a4b33", "38261a", "8f6d4e", size=0.3),
        paint("wood", "d9b27c", "9a6d3a", size=0.3, seed=4),
    )
    a.add(bark, lathe([(0, 0), (0.27, 0), (0.23, 0.1), (0.22, 0.38), (0, 0.38)], 22, smooth=False))
    a.add(
        cut,
        lathe([(0, 0.37), (0.205, 0.37), (0.205, 0.39), (0, 0.39)], 22),
        rod((0.24, -0.22, 0.06), (0.42, 0.12, 0.06), 0.06, sides=7),
    )
    a.add(
        bark,
        rod((-0.4, -0.16, 0.06), (-0.12, -0.3, 0.06), 0.058, sides=9),
        rod((0.3, -0.2, 0.16), (0.36, 0.16, 0.1), 0.05, sides=7),
    )
    handle = curve([(-0.02, 0, 0.44), (0.2, 0, 0.64), (0.36, 0, 0.74), (0.5, 0, 0.88)])
    a.add(OAK, tube(handle, 0.02, squash=1.4))
    head = slab([(-0.035, 0), (0.035, 0.02), (0.07, 0.15), (-0.11, 0.17), (-0.07, 0.1)], 0.05, 0.06)
    return (
        a.add(STEEL, head.moved(-0.03, 0, 0.36))
        .add(
            RED,
            blob(0.035, 0.03, 0.035).moved(0.5, 0, 0.88),
            slab([(-0.03, 0), (0.03, 0), (0.05, 0.06), (-0.05, 0.07)], 0.054).moved(-0.03, 0, 0.44),
        )
        .model()
    )


def toolbox() -> Model:
    """An open carpenter's tote with hammer, saw, level and screwdrivers."""
    a = Assembly()
    side = slab([(-0.14, 0), (0.14, 0), (0.14, 0.16), (0.04, 0.36), (-0.04, 0.36), (-0.14, 0.16)], 0.022).turned(
        "z", 90
    )
    a.add(
        PINE,
        side.moved(-0.36),
        side.moved(0.36),
        box(0.72, 0.28, 0.02),
        *[box(0.72, 0.018, 0.15).moved(0, y) for y in (-0.13, 0.13)],
    )
    a.add(RED, rod((-0.38, 0, 0.32), (0.38, 0, 0.32), 0.018))
    a.add(
        paint("notice", "d8ab6a", "2b2b2b", "d8ab6a", size=1.0, seed=3),
        unit_uv(box(0.4, 0.01, 0.12)).moved(0, -0.137, 0.015),
    )
    saw = [(-0.3, 0.06), (0.2, 0.06), (0.24, 0.2), (0.2, 0.25), (-0.28, 0.12)]
    a.add(
        STEEL,
        slab(saw, 0.006).moved(0, 0.08, 0.04),
        rod((-0.22, -0.04, 0.3), (-0.12, -0.04, 0.3), 0.026, 0.018, 12),
    )
    a.add(
        OAK,
        rod((-0.17, -0.04, 0.05), (-0.17, -0.04, 0.32), 0.014),
        slab([(0.18, 0.02), (0.3, 0.02), (0.34, 0.22), (0.22, 0.24)], 0.03).moved(0, 0.08, 0.06),
    )
    for i, tone in enumerate((YELLOW, BLUE, RED)):
        x = 0.02 + 0.07 * i
        a.add(tone, rod((x, -0.06, 0.19), (x + 0.01, -0.06, 0.31), 0.018, 0.014, 8)).add(
            STEEL, rod((x, -0.06, 0.02), (x, -0.06, 0.2), 0.006)
        )
    return a.add(YELLOW, box(0.05, 0.05, 0.3).turned("y", 12).moved(0.27, -0.07, 0.03)).model()


def step_ladder() -> Model:
    """A paint-splashed step ladder with a pot of paint on its top."""
    a = Assembly()
    wood = paint("planks", "e0c08a", "a8783c", "3f8fb5", size=0.3, seed=9)
    a.add(
        wood,
        pair(beam((0.26, -0.3, 0), (0.17, -0.02, 1.1), 0.03, 0.07)),
        pair(beam((0.24, 0.42, 0), (0.15, 0.06, 1.1), 0.03, 0.05)),
    )
    for i in range(4):
        t = (i + 1) / 4.7
        a.add(wood, box(0.52 - 0.17 * t, 0.12, 0.025).moved(0, -0.3 + 0.28 * t, 1.1 * t - 0.02))
    a.add(
        OAK,
        box(0.42, 0.26, 0.035, bevel=0.006).moved(0, 0.02, 1.08),
        rod((-0.2, 0.24, 0.55), (0.2, 0.24, 0.55), 0.014),
    )
    a.add(RED, pair(rod((0.225, -0.16, 0.5), (0.205, 0.24, 0.55), 0.008)))
    a.add(
        STEEL,
        vessel([(0.085, 0), (0.085, 0.17)], 0.006).moved(0, 0.02, 1.115),
        torus(0.085, 0.007).moved(0, 0.02, 1.285),
    )
    label = lathe([(0.06, 0.02), (0.0875, 0.02), (0.0875, 0.14), (0.06, 0.14)])
    a.add(paint("label", "f6f1e2", "d1345b", "3066be", size=0.25, seed=16), label.moved(0, 0.02, 1.115))
    return a.add(
        paint("plain", "d1345b", roughness=0.3),
        lathe([(0, 0), (0.08, 0), (0.08, 0.01), (0, 0.01)]).moved(0, 0.02, 1.25),
        rod((0.03, 0, 1.25), (0.14, -0.05, 1.38), 0.012),
    ).model()


BUILDERS = {
    "tools": {
        "wheelbarrow": wheelbarrow,
        "watering-can": watering_can,
        "gas-bottle": gas_bottle,
        "axe-stump": axe_stump,
        "toolbox": toolbox,
        "step-ladder": step_ladder,
    },
}
