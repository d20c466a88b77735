"""Toys."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BLUE,
    BRASS,
    IRON,
    OAK,
    RED,
    YELLOW,
    Assembly,
    paint,
    toy_wheel,
)
from .shapes import (
    blob,
    curve,
    disc,
    pair,
    ring_of,
    rod,
    rounded_box,
    slab,
    unit_uv,
    vessel,
)


def rocking_horse() -> Model:
    """A dappled rocking horse with saddle, mane and curved runners, seen from its left side."""
    a = Assembly()
    coat = paint("camo", "efe2c8", "b98b5e", "8a5a35", size=0.4, seed=3)
    a.add(coat, blob(0.29, 0.13, 0.15).moved(0, 0, 0.55))
    neck = curve([(-0.2, 0, 0.58), (-0.3, 0, 0.75), (-0.36, 0, 0.9)])
    a.add(coat, tube(neck, np.linspace(0.12, 0.065, len(neck)), 16))
    a.add(coat, blob(0.15, 0.065, 0.075).turned("y", -35).moved(-0.42, 0, 0.87))
    a.add(coat, *[rod((-0.33, y, 0.95), (-0.34, y * 1.3, 1.03), 0.025, 0.006) for y in (-0.04, 0.04)])
    hair = paint("stripes", "5b3216", "2d170a", "8a5530", size=0.06)
    mane = curve([(-0.32, 0, 0.99), (-0.24, 0, 0.87), (-0.17, 0, 0.7)])
    a.add(
        hair,
        tube(mane, 0.05, squash=0.7),
        tube(curve([(0.27, 0, 0.6), (0.4, 0, 0.58), (0.44, 0, 0.4)]), 0.04),
    )
    for y in (-0.1, 0.1):
        a.add(
            coat,
            rod((-0.18, y, 0.5), (-0.27, y * 1.5, 0.13), 0.055, 0.035),
            rod((0.18, y, 0.5), (0.27, y * 1.5, 0.13), 0.055, 0.035),
        )
        run = [(0.55 * t, y * 1.6, 0.025 + 0.16 * t * t) for t in np.linspace(-1, 1, 15)]
        a.add(RED, tube(run, 0.025, squash=0.7))
        a.add(BLACK, ball(0.014, 10, 8).moved(-0.45, 0.6 * y, 0.9))
    a.add(
        RED,
        rod((-0.3, -0.17, 0.08), (-0.3, 0.17, 0.08), 0.016),
        rod((0.3, -0.17, 0.08), (0.3, 0.17, 0.08), 0.016),
    )
    saddle = paint("patchwork", "c1272d", "f4d35e", "1d4e89", size=0.2)
    a.add(
        saddle,
        blob(0.12, 0.145, 0.1, 0.7).moved(0.02, 0, 0.63),
        rod((-0.29, -0.15, 0.78), (-0.29, 0.15, 0.78), 0.014),
    )
    return a.model()


def teddy_bear() -> Model:
    """A big seated teddy bear with a spotted bow tie."""
    a = Assembly()
    fur, pale = (
        paint("knit", "b5793f", "7c4f26", "cf9b63", size=0.09),
        paint("knit", "ecd6aa", "c4a06a", "fbeccb", size=0.07),
    )
    a.add(fur, blob(0.2, 0.17, 0.24).moved(z=0.25), blob(0.18, 0.16, 0.155).moved(0, -0.03, 0.58))
    a.add(
        fur,
        pair(blob(0.07, 0.04, 0.07).moved(0.14, -0.01, 0.72)),
        pair(blob(0.09, 0.2, 0.085).turned("z", 24).moved(0.17, -0.2, 0.09)),
    )
    a.add(fur, pair(blob(0.065, 0.07, 0.17).turned("y", -38).turned("x", 20).moved(0.24, -0.06, 0.32)))
    a.add(pale, blob(0.075, 0.08, 0.06).moved(0, -0.16, 0.55), blob(0.13, 0.08, 0.16).moved(0, -0.115, 0.25))
    a.add(
        pale,
        pair(blob(0.045, 0.025, 0.045).moved(0.14, -0.04, 0.72)),
        pair(blob(0.062, 0.02, 0.062).turned("z", 24).moved(0.25, -0.38, 0.095)),
    )
    a.add(
        BLACK,
        pair(ball(0.02, 12, 8).moved(0.065, -0.172, 0.63)),
        blob(0.03, 0.02, 0.02).moved(0, -0.24, 0.575),
    )
    bow = paint("dots", "d62839", "fff4e0", "fff4e0", size=0.06)
    a.add(
        bow,
        pair(blob(0.08, 0.03, 0.055, 0.7).moved(0.08, -0.17, 0.44)),
        ball(0.03, 12, 8).moved(0, -0.18, 0.44),
    )
    return a.model(0.75)


def robot_toy() -> Model:
    """A tin robot with a dial chest, claws and an antenna."""
    a = Assembly()
    tin, blue = (
        paint("metal", "9fb4c0", "6c818d", "c6d3da", size=0.2, roughness=0.35),
        paint("scales", "2a6db5", "f2c14e", "17406e", size=0.16),
    )
    a.add(tin, rounded_box(0.34, 0.22, 0.36, 0.03).moved(z=0.3), rounded_box(0.24, 0.2, 0.2, 0.03).moved(z=0.72))
    a.add(
        blue,
        rod((0, 0, 0.62), (0, 0, 0.74), 0.06, sides=20),
        pair(rounded_box(0.12, 0.2, 0.07, 0.02).moved(0.1, -0.02)),
    )
    a.add(tin, pair(rod((0.1, 0, 0.06), (0.1, 0, 0.32), 0.045, sides=16)))
    arm = curve([(0.17, 0, 0.58), (0.27, 0, 0.56), (0.29, -0.06, 0.42), (0.28, -0.14, 0.36)])
    a.add(blue, pair(tube(arm, 0.04)), pair(ball(0.055, 16, 10).moved(0.19, 0, 0.58)))
    claw = torus(0.045, 0.014, 20, 8).turned("x", 90).moved(0.28, -0.17, 0.35)
    a.add(RED, pair(claw), rod((0, 0, 0.92), (0, 0, 1.02), 0.008), ball(0.028, 14, 8).moved(0, 0, 1.03))
    a.add(
        paint("label", "f6f1e1", "c1272d", "1f3b57", size=1.0, seed=19),
        unit_uv(box(0.26, 0.02, 0.2, bevel=0.004)).moved(0, -0.11, 0.4),
    )
    a.add(
        YELLOW,
        pair(slab(disc(0.04), 0.03).moved(0.055, -0.1, 0.85)),
        pair(slab(disc(0.05, 16), 0.03).moved(0.14, 0, 0.82)),
    )
    a.add(
        BLACK,
        pair(slab(disc(0.02), 0.03).moved(0.055, -0.105, 0.85)),
        box(0.12, 0.02, 0.025).moved(0, -0.1, 0.75),
    )
    return a.model(0.42)


def rocket_toy() -> Model:
    """A comic rocket on three fins with portholes."""
    a = Assembly()
    side = [(0.07, 0.1), (0.13, 0.2), (0.19, 0.42), (0.19, 0.62), (0.14, 0.82)]
    body = paint("checker", "f4efe2", "c42b26", size=0.24)
    a.add(body, lathe([(0, 0.1), *[(x, z) for x, _, z in curve([(x, 0, z) for x, z in side], 4)], (0, 0.82)]))
    a.add(RED, lathe([(0, 0.8), (0.15, 0.8), (0.13, 0.86), (0.075, 0.98), (0.02, 1.07), (0, 1.1)]))
    fin = slab([(0.09, 0.2), (0.16, 0.16), (0.27, 0.0), (0.33, 0.0), (0.32, 0.2), (0.18, 0.46), (0.12, 0.4)], 0.035)
    a.add(BLUE, ring_of(fin, 3, 90), torus(0.195, 0.014).moved(z=0.5))
    a.add(IRON, vessel([(0.1, 0.04), (0.07, 0.12)], 0.015))
    for i, z in enumerate((0.66, 0.38)):
        a.add(BRASS, torus(0.06 - 0.01 * i, 0.014, 28, 10).turned("x", 90).moved(0, -0.175, z))
        a.add(
            paint("marble", "8fd0ea", "ffffff", size=0.2, roughness=0.1),
            slab(disc(0.056 - 0.01 * i), 0.03).moved(0, -0.172, z),
        )
    return a.model(0.5)


def duck() -> Model:
    """A pull-along wooden duck on wheels."""
    a = Assembly()
    feather = paint("wood", "f0c030", "d9a01f", "f7d868", size=0.4, seed=6, roughness=0.3, coat=0.7)
    a.add(feather, blob(0.26, 0.15, 0.15).moved(0.02, 0, 0.26), blob(0.11, 0.1, 0.11).moved(-0.2, 0, 0.48))
    a.add(
        feather,
        rod((-0.14, 0, 0.3), (-0.19, 0, 0.45), 0.1, 0.07, 16),
        rod((0.2, 0, 0.3), (0.34, 0, 0.42), 0.09, 0.02, 12),
    )
    a.add(
        paint("stripes", "2a7f62", "f4f1de", size=0.08),
        *[blob(0.15, 0.03, 0.09).turned("y", -14).moved(0.06, y, 0.28) for y in (-0.145, 0.145)],
    )
    a.add(RED, blob(0.07, 0.06, 0.022).moved(-0.32, 0, 0.47), blob(0.055, 0.05, 0.018).moved(-0.31, 0, 0.445))
    a.add(BLACK, *[ball(0.02, 12, 8).moved(-0.25, y, 0.52) for y in (-0.075, 0.075)])
    a.add(OAK, box(0.44, 0.2, 0.035, bevel=0.01).moved(z=0.085))
    for x in (-0.15, 0.15):
        for y in (-0.125, 0.125):
            toy_wheel(a, 0.075, 0.035, x, y)
    return a.model(0.45)


def block_castle() -> Model:
    """A castle of painted blocks: gate, towers, cones and a flag."""
    a = Assembly()
    brick = paint("brick", "d8a06a", "f0e2c8", "b0713f", size=0.2)
    a.add(brick, box(0.5, 0.14, 0.26))
    for x, tall in ((-0.28, 0.46), (0.28, 0.38)):
        a.add(
            paint("checker", "4d8fbf", "f4efe0", size=0.16),
            lathe([(0, 0), (0.1, 0), (0.1, tall), (0, tall)], 24, smooth=False).moved(x),
        )
        a.add(RED, lathe([(0, 0), (0.13, 0), (0.02, 0.2), (0, 0.2)], 24).moved(x, 0, tall))
    a.add(YELLOW, *[box(0.06, 0.15, 0.06, bevel=0.006).moved(x, 0, 0.26) for x in (-0.15, -0.05, 0.05, 0.15)])
    arch = [(0.08 * np.cos(t), 0.1 + 0.08 * np.sin(t)) for t in np.linspace(0, np.pi, 14)]
    a.add(BLACK, slab([(-0.08, 0), (0.08, 0), *arch], 0.15).moved(0, -0.003))
    a.add(OAK, rod((-0.28, 0, 0.64), (-0.28, 0, 0.84), 0.007))
    a.add(
        paint("stripes", "e63946", "ffffff", size=0.07),
        slab([(0, 0), (0.15, 0.03), (0, 0.09)], 0.008).moved(-0.275, 0, 0.74),
    )
    return a.add(
        BLUE,
        slab([(-0.2, 0), (0.2, 0), (0, 0.14)], 0.12, 0.02).moved(0.0, 0.16, 0.26),
        box(0.4, 0.12, 0.26).moved(0, 0.16),
    ).model(0.55)


BUILDERS = {
    "toys": {
        "rocking-horse": rocking_horse,
        "teddy-bear": teddy_bear,
        "robot-toy": robot_toy,
        "rocket-toy": rocket_toy,
        "duck": duck,
        "block-castle": block_castle,
    },
}
