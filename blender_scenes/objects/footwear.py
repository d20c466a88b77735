"""Shoes and boots."""

from __future__ import annotations

import numpy as np

from ..meshes import box, stack_rings, torus, tube
from ..surfaces import Model, Surface
from .kit import (
    BLACK,
    RED,
    RUBBER,
    YELLOW,
    Assembly,
    paint,
)
from .shapes import (
    curve,
    slab,
)


def _footprint(grown: float = 1.0, front: float = -0.15, count: int = 56) -> np.ndarray:
    """(N, 2) outline of a left shoe, toe to -x; `front` is where the toe ends."""
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    x = np.cos(t)
    wide = 0.041 + 0.009 * np.clip(-x, -1, 1) - 0.008 * np.exp(-(((x - 0.25) / 0.35) ** 2))
    bend = 0.008 * np.clip(-x, 0, 1) ** 2
    middle, half = (0.14 + front) / 2, (0.14 - front) / 2
    flat = np.sign(np.sin(t)) * np.abs(np.sin(t)) ** 0.75
    return np.stack([middle + half * x * grown, wide * flat * grown + bend], axis=1)


def shoe(a: Assembly, upper: Surface, sole: Surface, trim: Surface, tall: float = 0.1) -> None:
    """A laced shoe with an open collar `tall` metres above its sole, toe to -x."""
    levels = [(0.0, 0.97), (0.004, 1.03), (0.02, 1.05), (0.028, 1.02)]
    a.add(sole, stack_rings([np.c_[_footprint(g), np.full(56, z + 0.0)] for z, g in levels]))
    slope = [
        (0.026, 1.0, -0.147),
        (0.04, 1.0, -0.146),
        (0.055, 0.97, -0.138),
        (0.066, 0.92, -0.118),
        (0.074, 0.86, -0.09),
        (0.084, 0.8, -0.055),
        (0.096, 0.77, -0.028),
        (0.1 + 0.6 * (tall - 0.1), 0.75, -0.008),
        (tall + 0.02, 0.78, -0.006),
    ]
    rings = [np.c_[_footprint(g, f), np.full(56, z)] for z, g, f in slope]
    x = rings[-1][:, 0]
    dip = 0.012 * np.sin(np.pi * np.clip((x + 0.01) / 0.15, 0, 1)) - 0.012 * np.clip((x - 0.09) / 0.05, 0, 1)
    rings[-1] = rings[-1] - np.stack([0 * x, 0 * x, dip], axis=1)
    inside = rings[-1] * [0.9, 0.82, 1] + [0.007, 0, -0.002]
    low = np.c_[_footprint(0.72, -0.02), np.full(56, 0.05)]
    a.add(upper, stack_rings([*rings, inside, low]))
    a.add(trim, tube(np.r_[inside, inside[:1]] * [1.02, 1.06, 1] + [-0.001, 0, 0.002], 0.0055, 8))
    tongue = curve(
        [(-0.075, 0.002, 0.088), (-0.04, 0.002, 0.107), (-0.014, 0.002, tall + 0.008), (-0.016, 0.002, tall + 0.03)]
    )
    a.add(upper, tube(tongue, [0.028] * (len(tongue) - 1) + [0.02], 12, squash=0.28))
    count = 5 + round((tall - 0.1) / 0.018)
    for k in range(count):
        at = np.interp(k / (count - 1), [0, 0.5, 1], [0.06, 0.4, 0.74])
        spot = np.array([np.interp(at, np.linspace(0, 1, len(tongue)), tongue[:, d]) for d in range(3)])
        for s in (-1, 1):
            a.add(
                trim,
                tube(
                    curve(
                        [
                            spot + [0.006, s * 0.027, -0.008],
                            spot + [-0.004, 0, 0.0085],
                            spot + [-0.01, -s * 0.027, -0.006],
                        ],
                        4,
                    ),
                    0.0028,
                    6,
                ),
            )
    a.add(
        trim,
        *[
            torus(0.016, 0.0024, 20, 6).scaled(1, 1.3, 1).turned("x", s * 60).moved(-0.012, s * 0.024, tall + 0.014)
            for s in (-1, 1)
        ],
    )
    stripe = [(-0.055, 0.036), (-0.035, 0.036), (-0.002, 0.078), (-0.016, 0.08)]
    for k in range(3):
        for s in (-1, 1):
            a.add(trim, slab(stripe, 0.004).moved(0.02 + 0.026 * k, s * 0.0395 + 0.001, 0.0))


def sneaker() -> Model:
    """A worn running shoe: moulded sole, mesh upper, laces, three stripes."""
    a = Assembly()
    mesh = paint("knit", "2a5db0", "1d4485", "5f8fd8", size=0.04, roughness=0.9)
    shoe(
        a,
        mesh,
        paint("plaster", "ece8de", "c9c1b0", "f8f6f0", size=0.12, seed=3, roughness=0.7),
        paint("plain", "f4f1e8", roughness=0.6),
    )
    cap = np.concatenate([_footprint(1.012)[14:43]])
    rim = [np.c_[cap, np.full(len(cap), z)] for z in (0.028, 0.046)]
    a.add(RED, tube(np.concatenate([rim[0]]), 0.006, 8), *[box(0.004, 0.03, 0.04, bevel=0.001).moved(0.139, 0, 0.05)])
    tread = [box(0.012, 0.056, 0.004).moved(-0.11 + 0.022 * k, 0.001, -0.003) for k in range(11)]
    return a.add(BLACK, *tread).model()


def rubber_boots() -> Model:
    """A pair of yellow rubber boots."""
    a = Assembly()
    for y, turn in ((-0.07, 6), (0.075, -9)):
        levels = [
            (0.022, 1.0, -0.148),
            (0.045, 1.0, -0.147),
            (0.065, 0.96, -0.136),
            (0.078, 0.9, -0.11),
            (0.092, 0.86, -0.07),
            (0.12, 0.88, -0.03),
            (0.18, 0.9, -0.012),
            (0.26, 1.0, -0.014),
            (0.31, 1.06, -0.018),
        ]
        rings = [
            np.c_[_footprint(g, f) * [1, 1 + 0.5 * (z > 0.1) * min(1, (z - 0.1) / 0.1)], np.full(56, z)]
            for z, g, f in levels
        ]
        inner = [r * [0.93, 0.9, 1] + [0.004, 0, 0] for r in rings[:5:-1]]
        parts = [
            (YELLOW, stack_rings([*rings, *inner])),
            (
                RUBBER,
                stack_rings(
                    [
                        np.c_[_footprint(g), np.full(56, z)]
                        for z, g in ((0, 0.98), (0.003, 1.03), (0.022, 1.04), (0.03, 1.0))
                    ]
                ),
            ),
            (paint("plain", "e0a41a", roughness=0.35, coat=0.4), tube(np.r_[rings[-1], rings[-1][:1]], 0.006, 8)),
            (BLACK, box(0.004, 0.05, 0.03, bevel=0.001).moved(-0.02, 0, 0.26)),
        ]
        for surface, mesh in parts:
            a.add(surface, mesh.turned("z", turn).moved(0, y))
    return a.model()


BUILDERS = {
    "headgear, shoes & wear": {
        "sneaker": sneaker,
        "rubber-boots": rubber_boots,
    },
}
