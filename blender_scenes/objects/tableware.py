"""Vases and tableware."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BRASS,
    CLAY,
    IRON,
    OAK,
    STEEL,
    WALNUT,
    WHITE,
    Assembly,
    paint,
)
from .shapes import (
    blob,
    curve,
    pair,
    rod,
    unit_uv,
    vessel,
)


def vase_tall() -> Model:
    """A slim floor vase with dry stems and seed heads."""
    a = Assembly()
    side = [(0.09, 0), (0.13, 0.1), (0.15, 0.25), (0.12, 0.42), (0.06, 0.55), (0.055, 0.6), (0.085, 0.65)]
    glaze = paint("floral", "f4f1e6", "1f4e9e", "87a8d8", size=0.3, seed=2, roughness=0.15, coat=0.6)
    a.add(glaze, vessel([(x, z) for x, _, z in curve([(x, 0, z) for x, z in side], 4)], 0.01))
    for i in range(7):
        top = np.array([0.24 * np.sin(2.4 * i), 0.24 * np.cos(2.4 * i), 0.95 + 0.05 * (i % 4)])
        stem = curve([(0, 0, 0.1), (0.02 * np.sin(2.4 * i), 0.02 * np.cos(2.4 * i), 0.62), top])
        a.add(OAK, tube(stem, 0.006, 6))
        head = paint("knit", "c98a4b", "8b4f26", size=0.05)
        a.add(head, blob(0.03, 0.03, 0.07, segments=12, rings=8).moved(*top))
    return a.model()


def amphora() -> Model:
    """A terracotta amphora with two handles and painted bands."""
    a = Assembly()
    side = [
        (0.1, 0),
        (0.07, 0.04),
        (0.2, 0.22),
        (0.24, 0.42),
        (0.19, 0.6),
        (0.09, 0.7),
        (0.08, 0.82),
        (0.12, 0.86),
    ]
    a.add(CLAY, vessel([(x, z) for x, _, z in curve([(x, 0, z) for x, z in side], 4)], 0.015))
    band = paint("dots", "2a1a14", "e8a868", "d97d45", size=0.08, seed=1)
    a.add(band, lathe([(0.2, 0.36), (0.244, 0.37), (0.246, 0.42), (0.239, 0.48), (0.2, 0.49)]))
    a.add(band, lathe([(0.1, 0.62), (0.187, 0.61), (0.15, 0.66), (0.11, 0.675)]))
    handle = curve([(0.08, 0, 0.8), (0.17, 0, 0.81), (0.22, 0, 0.7), (0.19, 0, 0.57)])
    return a.add(CLAY, pair(tube(handle, 0.018))).model()


def teapot() -> Model:
    """A round teapot with spout, handle and lid on a saucer of its own pattern."""
    a = Assembly()
    glaze = paint("dots", "d94f4f", "fdf3e3", "ffffff", size=0.09, seed=2, roughness=0.15, coat=0.7)
    side = [
        (0, 0),
        (0.09, 0),
        (0.1, 0.02),
        (0.15, 0.08),
        (0.16, 0.13),
        (0.13, 0.2),
        (0.075, 0.235),
        (0, 0.235),
    ]
    a.add(glaze, lathe(side).moved(z=0.02))
    spout = curve([(0.12, 0, 0.1), (0.2, 0, 0.12), (0.23, 0, 0.2), (0.28, 0, 0.25)])
    a.add(glaze, tube(spout, np.linspace(0.042, 0.018, len(spout))))
    handle = curve([(-0.13, 0, 0.21), (-0.22, 0, 0.22), (-0.25, 0, 0.14), (-0.15, 0, 0.07)])
    a.add(WHITE, tube(handle, 0.014), lathe([(0, 0), (0.075, 0), (0.06, 0.025), (0, 0.035)]).moved(z=0.255))
    a.add(WHITE, ball(0.022, 16, 10).moved(z=0.305))
    saucer = [(0, 0), (0.1, 0), (0.2, 0.02), (0.2, 0.026), (0.1, 0.014), (0, 0.014)]
    return a.add(paint("glaze", "f5efe0", "3b6ea5", size=0.15), lathe(saucer)).model(0.55)


def milk_can() -> Model:
    """A dairy can with a lid, side handles and a painted band."""
    a = Assembly()
    side = [
        (0, 0),
        (0.16, 0),
        (0.17, 0.02),
        (0.17, 0.36),
        (0.15, 0.42),
        (0.09, 0.48),
        (0.09, 0.55),
        (0.12, 0.57),
    ]
    a.add(STEEL, lathe([*side, (0.12, 0.6), (0.06, 0.63), (0, 0.63)]))
    a.add(
        paint("stripes", "e9e4d2", "2d5d7c", "b33a3a", size=0.12, seed=7),
        lathe([(0.16, 0.1), (0.173, 0.1), (0.173, 0.3), (0.16, 0.3)]),
    )
    handle = curve([(0.16, 0, 0.4), (0.23, 0, 0.43), (0.21, 0, 0.51), (0.1, 0, 0.53)])
    a.add(IRON, pair(tube(handle, 0.012)), torus(0.171, 0.008).moved(z=0.02), torus(0.171, 0.008).moved(z=0.36))
    lid = curve([(-0.05, 0, 0.62), (0, 0, 0.68), (0.05, 0, 0.62)])
    return a.add(IRON, tube(lid, 0.01)).model()


def trophy() -> Model:
    """A two-handled cup on a lettered plinth."""
    a = Assembly()
    a.add(WALNUT, box(0.24, 0.24, 0.1, bevel=0.01), box(0.17, 0.17, 0.08, bevel=0.01).moved(z=0.1))
    plate = unit_uv(box(0.16, 0.01, 0.06)).moved(0, -0.12, 0.02)
    a.add(paint("notice", "e7c76a", "3b2a0c", "8a6a1f", size=1.0, seed=7), plate)
    side = [(0.06, 0.18), (0.025, 0.22), (0.02, 0.3), (0.05, 0.34), (0.11, 0.42), (0.135, 0.55), (0.15, 0.62)]
    a.add(BRASS, vessel(side, 0.008), torus(0.15, 0.01).moved(z=0.62), torus(0.026, 0.012).moved(z=0.27))
    loop = curve([(0.13, 0, 0.57), (0.22, 0, 0.6), (0.24, 0, 0.5), (0.16, 0, 0.42), (0.09, 0, 0.4)])
    return a.add(BRASS, pair(tube(loop, 0.011))).model(0.75)


def candelabrum() -> Model:
    """A three-armed candle holder with striped candles."""
    a = Assembly()
    foot = [
        (0, 0),
        (0.15, 0),
        (0.14, 0.025),
        (0.05, 0.05),
        (0.02, 0.1),
        (0.035, 0.15),
        (0.018, 0.2),
        (0.018, 0.5),
    ]
    a.add(BRASS, lathe([*foot, (0, 0.5)]))
    arm = curve([(0, 0, 0.33), (0.12, 0, 0.3), (0.22, 0, 0.36), (0.22, 0, 0.45)])
    a.add(BRASS, pair(tube(arm, 0.014)))
    cup = lathe([(0, 0), (0.02, 0), (0.06, 0.03), (0.06, 0.04), (0.03, 0.03), (0, 0.03)])
    for x, z in ((-0.22, 0.44), (0, 0.5), (0.22, 0.44)):
        candle = lathe([(0, 0), (0.026, 0), (0.025, 0.21), (0.015, 0.22), (0, 0.215)], 16).moved(x, 0, z + 0.02)
        a.add(BRASS, cup.moved(x, 0, z))
        a.add(paint("stripes", "f6ead0", "b8323a", "fffaf0", size=0.07, seed=1), candle)
        a.add(BLACK, rod((x, 0, z + 0.23), (x, 0, z + 0.255), 0.004))
    return a.model(0.8)


BUILDERS = {
    "vases & tableware": {
        "vase-tall": vase_tall,
        "amphora": amphora,
        "teapot": teapot,
        "milk-can": milk_can,
        "trophy": trophy,
        "candelabrum": candelabrum,
    },
}
