"""What stands in gardens, and three things to eat or read there."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import BLACK, BRASS, IRON, RUBBER, STEEL, YELLOW, Assembly, paint
from .organic import Limb, both, grow
from .shapes import beam, blob, curve, disc, hoop, pair, rod, rounded_box, slab, unit_uv, vessel, wheel


def lawn_mower() -> Model:
    """A petrol mower with grass box, engine and a folded-back handle."""
    a = Assembly()
    deck = paint("plain", "2f7d3a", roughness=0.3, coat=0.7)
    a.add(
        deck,
        rounded_box(0.56, 0.46, 0.12, 0.05).moved(-0.05, 0, 0.09),
        lathe([(0, 0.2), (0.19, 0.2), (0.17, 0.235), (0, 0.24)], 36).moved(-0.08),
    )
    for x, y, r in ((-0.28, 0.25, 0.09), (-0.28, -0.25, 0.09), (0.22, 0.26, 0.11), (0.22, -0.26, 0.11)):
        tread = hoop(
            [(0.6 * r, -0.02), (0.95 * r, -0.024), (r, -0.01), (r, 0.01), (0.95 * r, 0.024), (0.6 * r, 0.02)], 36
        )
        hole = slab(disc(0.11 * r, 8), 0.048).moved(0, 0, 0.4 * r)
        with a.wheel(r, x, y):
            a.add(RUBBER, tread.turned("x", 90).moved(x, y, r)).add(YELLOW, wheel(0.62 * r, 0.045).moved(x, y, r))
            a.add(STEEL, wheel(0.18 * r, 0.055).moved(x, y, r))
            a.add(BLACK, *[hole.turned("y", 72 * k).moved(x, y, r) for k in range(5)])
    a.add(
        IRON,
        lathe([(0, 0.23), (0.13, 0.23), (0.13, 0.28), (0.11, 0.3), (0, 0.3)], 32).moved(-0.08),
        *[box(0.1, 0.16, 0.006).moved(-0.2, 0, 0.245 + 0.014 * k) for k in range(5)],
    )
    a.add(
        BLACK,
        rounded_box(0.12, 0.14, 0.07, 0.02).moved(-0.06, 0, 0.29),
        lathe([(0, 0), (0.024, 0), (0.022, 0.02), (0, 0.022)], 20).moved(0.03, 0.06, 0.295),
    )
    a.add(
        STEEL,
        hoop([(0.07, 0.3), (0.085, 0.3), (0.085, 0.31), (0.07, 0.31)], 32).moved(-0.08),
        rod((-0.22, -0.12, 0.24), (-0.26, -0.16, 0.2), 0.03, sides=16),
    )
    bag = paint("fabric", "2a2c2e", "1d1f21", "44474a", size=0.04, roughness=0.9)
    a.add(bag, blob(0.24, 0.2, 0.15, 0.6).turned("y", -8).moved(0.45, 0, 0.26)).add(
        deck, rounded_box(0.1, 0.42, 0.03, 0.01).turned("y", -20).moved(0.25, 0, 0.33)
    )
    for s in (-1, 1):
        a.add(IRON, tube(curve([(0.16, s * 0.2, 0.18), (0.5, s * 0.21, 0.52), (0.82, s * 0.21, 0.9)]), 0.011))
    a.add(RUBBER, rod((0.82, -0.22, 0.9), (0.82, 0.22, 0.9), 0.016)).add(
        YELLOW, rod((0.78, -0.2, 0.92), (0.78, 0.2, 0.92), 0.006), rod((0.6, 0.21, 0.62), (0.6, 0.25, 0.62), 0.016)
    )
    return a.add(
        paint("notice", "2f7d3a", "f2efe4", "f2b92a", size=1.0, seed=24),
        unit_uv(box(0.2, 0.006, 0.06)).moved(-0.02, -0.229, 0.12),
    ).model()


def garden_gnome() -> Model:
    """A chipped garden gnome with a lantern."""
    a = Assembly()
    blue = paint("plaster", "2a5a9a", "1f4274", "4a82c8", size=0.4, seed=3, roughness=0.5)
    skin = paint("plaster", "d9a382", "c08a68", "ecc0a2", size=0.3, roughness=0.6)
    red = paint("plaster", "b8231c", "8f1a14", "d8483a", size=0.4, roughness=0.45)
    beard = paint("fur", "e6e2d8", "d0cabb", "f4f1ea", size=0.2, seed=4, roughness=0.8)
    brown = paint("leather", "5b3a20", "3d2613", "7d5433", size=0.2, roughness=0.7)
    limbs = [
        Limb(blue, (0, 0, 0.13), (0, 0, 0.26), 0.105, 0.085),
        Limb(skin, (0, 0, 0.36), (-0.005, 0, 0.38), 0.068, 0.064),
        Limb(skin, (-0.065, 0, 0.378), (-0.08, 0, 0.372), 0.02, 0.02),
        Limb(beard, (-0.045, 0, 0.33), (-0.085, 0, 0.22), 0.055, 0.018, 1.25),
        Limb(beard, (0.03, 0, 0.36), (0.03, 0, 0.31), 0.06, 0.05),
        Limb(red, (0.0, 0, 0.43), (0.02, 0, 0.56), 0.068, 0.03),
        Limb(red, (0.02, 0, 0.56), (0.05, 0.02, 0.62), 0.03, 0.008),
    ]
    limbs += both(
        Limb(blue, (0, 0.08, 0.28), (-0.03, 0.13, 0.2), 0.04, 0.036),
        Limb(skin, (-0.05, 0.13, 0.18), (-0.065, 0.125, 0.175), 0.027, 0.025),
        Limb(brown, (0.0, 0.05, 0.05), (-0.01, 0.05, 0.12), 0.042, 0.046),
        Limb(brown, (-0.01, 0.052, 0.034), (-0.075, 0.058, 0.03), 0.036, 0.034),
    )
    grow(a, limbs, 0.02, 72)
    a.add(
        BLACK, *[ball(0.008, 12, 8).moved(-0.062, s * 0.024, 0.4) for s in (-1, 1)], torus(0.101, 0.011).moved(z=0.165)
    ).add(BRASS, box(0.01, 0.04, 0.032, bevel=0.003).moved(-0.108, 0, 0.15))
    glow = paint("plain", "ffce7a", emission=3.0)
    a.add(glow, lathe([(0, 0), (0.02, 0), (0.022, 0.045), (0, 0.045)], 16).moved(-0.075, -0.13, 0.085))
    a.add(
        IRON,
        lathe([(0, 0), (0.028, 0), (0.028, 0.01), (0, 0.01)], 16).moved(-0.075, -0.13, 0.076),
        lathe([(0, 0), (0.03, 0), (0.01, 0.02), (0, 0.02)], 16).moved(-0.075, -0.13, 0.13),
        *[
            rod(
                (-0.075 + 0.025 * c, -0.13 + 0.025 * s, 0.08),
                (-0.075 + 0.025 * c, -0.13 + 0.025 * s, 0.132),
                0.003,
                sides=6,
            )
            for c, s in ((1, 0), (-1, 0), (0, 1), (0, -1))
        ],
        torus(0.012, 0.002, 20, 6).turned("x", 90).moved(-0.075, -0.13, 0.16),
    )
    moss = paint("grass", "5b7d3a", "3f5a28", "86a85a", size=0.2)
    return a.add(moss, lathe([(0, 0), (0.17, 0), (0.165, 0.012), (0.12, 0.02), (0, 0.022)], 28)).model()


def hose_reel() -> Model:
    """A wheeled reel of green garden hose with a spray gun."""
    a = Assembly()
    green = paint("stripes", "3f9a4a", "e2c23a", "2a6e34", size=0.05, seed=1, roughness=0.4)
    for k, r in enumerate((0.1, 0.127, 0.154)):
        turns = np.linspace(0, 2 * np.pi * 7, 150)
        x = 0.11 * (1 - 2 * turns / turns[-1]) * (-1) ** k
        a.add(green, tube(np.stack([x, r * np.cos(turns), 0.32 + r * np.sin(turns)], axis=1), 0.0135, 7))
    end = curve(
        [(-0.11, -0.154, 0.32), (-0.12, -0.22, 0.18), (-0.2, -0.34, 0.02), (-0.05, -0.42, 0.018), (0.14, -0.36, 0.02)]
    )
    a.add(green, tube(end, 0.0135, 8)).add(
        YELLOW,
        rod((0.14, -0.36, 0.02), (0.21, -0.34, 0.025), 0.017),
        rod((0.2, -0.342, 0.025), (0.24, -0.33, 0.1), 0.012, 0.018),
    )
    orange = paint("plain", "e8702a", roughness=0.4)
    for s in (-1, 1):
        a.add(
            orange,
            hoop([(0.17, -0.008), (0.195, -0.008), (0.195, 0.008), (0.17, 0.008)], 40)
            .turned("y", 90)
            .moved(s * 0.135, 0, 0.32),
            *[
                beam((s * 0.135, 0, 0.32), (s * 0.135, 0.18 * np.cos(t), 0.32 + 0.18 * np.sin(t)), 0.02, 0.012)
                for t in np.arange(6) * np.pi / 3
            ],
        )
        a.add(
            IRON,
            tube(
                curve([(s * 0.17, -0.2, 0.012), (s * 0.17, 0.0, 0.32), (s * 0.17, 0.16, 0.6), (s * 0.15, 0.22, 0.85)]),
                0.012,
            ),
            rod((s * 0.17, 0, 0.32), (s * 0.17, 0.2, 0.09), 0.012),
        )
        a.add(BLACK, wheel(0.09, 0.04).turned("z", 90).moved(s * 0.2, 0.2, 0.09)).add(
            orange, wheel(0.045, 0.05).turned("z", 90).moved(s * 0.2, 0.2, 0.09)
        )
    a.add(
        IRON,
        rod((-0.17, 0, 0.32), (0.24, 0, 0.32), 0.014),
        rod((-0.17, -0.2, 0.012), (0.17, -0.2, 0.012), 0.012),
        rod((-0.2, 0.2, 0.09), (0.2, 0.2, 0.09), 0.01),
    )
    return a.add(
        BLACK,
        rod((-0.15, 0.22, 0.85), (0.15, 0.22, 0.85), 0.018),
        rod((0.22, 0, 0.32), (0.22, -0.1, 0.36), 0.012),
        rod((0.22, -0.1, 0.36), (0.29, -0.1, 0.36), 0.016),
    ).model()


def bird_bath() -> Model:
    """A weathered stone bird bath with a fluted stem and water."""
    a = Assembly()
    stone = paint("concrete", "b5ad9c", "857d6c", "cfc8b8", size=0.5, seed=3, roughness=0.95)
    turn = np.linspace(0, 2 * np.pi, 80, endpoint=False)

    def flute(r: float, z: float, deep: float) -> np.ndarray:
        rr = r * (1 - deep * np.abs(np.sin(8 * turn)))
        return np.stack([rr * np.cos(turn), rr * np.sin(turn), np.full(80, z)], axis=1)

    stem = [
        (0.16, 0.06, 0),
        (0.11, 0.09, 0),
        (0.095, 0.14, 0.12),
        (0.075, 0.4, 0.12),
        (0.085, 0.56, 0.1),
        (0.12, 0.6, 0),
        (0.13, 0.63, 0),
        (0.05, 0.64, 0),
    ]
    a.add(
        stone,
        stack_rings([flute(*level) for level in stem]),
        lathe([(0, 0), (0.2, 0), (0.2, 0.05), (0.17, 0.065), (0, 0.065)], 8, smooth=False),
        vessel([(0.12, 0.63), (0.22, 0.655), (0.29, 0.7), (0.33, 0.75), (0.335, 0.775)], 0.03, 48),
    )
    shell = [
        blob(0.03, 0.014, 0.02, 1.0, 12, 8).moved(0.325 * np.cos(t), 0.325 * np.sin(t), 0.762)
        for t in np.arange(24) * np.pi / 12
    ]
    a.add(stone, *shell)
    moss = paint("grass", "5b7d3a", "3f5a28", "86a85a", size=0.2)
    a.add(
        moss,
        *[
            blob(0.06, 0.03, 0.02, 1.0, 12, 8)
            .turned("z", np.degrees(t))
            .moved(0.17 * np.cos(t), 0.17 * np.sin(t), 0.06)
            for t in (0.5, 2.2, 3.9, 5.6)
        ],
    )
    return a.add(
        paint("marble", "4a6a72", "7fa0a8", "36525a", size=0.6, roughness=0.05, coat=1.0),
        lathe([(0, 0.735), (0.28, 0.735), (0.282, 0.745), (0, 0.745)], 40),
    ).model()


def storm_lantern() -> Model:
    """A paraffin storm lantern, lit."""
    a = Assembly()
    red = paint("rust", "a82a20", "6a3a22", "c8503f", size=0.5, seed=5, roughness=0.45)
    a.add(
        red,
        lathe([(0, 0), (0.075, 0), (0.08, 0.01), (0.078, 0.05), (0.05, 0.065), (0.03, 0.07), (0, 0.07)], 36),
        lathe(
            [
                (0, 0.2),
                (0.04, 0.2),
                (0.045, 0.215),
                (0.03, 0.24),
                (0.03, 0.265),
                (0.036, 0.27),
                (0.02, 0.285),
                (0, 0.286),
            ],
            32,
        ),
    )
    a.add(
        BRASS,
        lathe([(0, 0.07), (0.028, 0.07), (0.03, 0.085), (0.015, 0.095), (0, 0.095)], 28),
        rod((0.045, -0.045, 0.055), (0.055, -0.055, 0.075), 0.012, sides=14),
        rod((0.028, 0, 0.08), (0.07, 0, 0.078), 0.003),
        wheel(0.009, 0.004).turned("z", 90).moved(0.07, 0, 0.078),
    )
    a.add(paint("plain", "ffb74a", emission=6.0), blob(0.011, 0.011, 0.026, 1.0, 16, 10).moved(0, 0, 0.122))
    chimney = [(0.03, 0.085), (0.05, 0.12), (0.053, 0.145), (0.045, 0.175), (0.032, 0.2)]
    glass = paint("plain", "f2f6f6", roughness=0.02, transmission=1.0)
    a.add(
        glass,
        stack_rings(
            [np.c_[disc(r, 36), np.full(36, z)] for r, z in [*chimney, *[(r - 0.002, z) for r, z in chimney[::-1]]]],
            caps=(False, False),
        ),
    )
    a.add(
        red,
        pair(
            tube(
                curve([(0.065, 0, 0.055), (0.085, 0, 0.09), (0.086, 0, 0.18), (0.07, 0, 0.235), (0.03, 0, 0.25)]),
                0.008,
                10,
            )
        ),
    )
    a.add(
        STEEL,
        *[torus(r, 0.0016, 32, 6).moved(z=z) for r, z in ((0.054, 0.135), (0.055, 0.15))],
        tube([(0.09 * np.cos(t), 0.02, 0.23 + 0.12 * np.sin(t)) for t in np.linspace(0, np.pi, 24)], 0.0025, 6),
    )
    return a.model(1.25)


BUILDERS = {
    "garden": {
        "lawn-mower": lawn_mower,
        "garden-gnome": garden_gnome,
        "hose-reel": hose_reel,
        "bird-bath": bird_bath,
        "storm-lantern": storm_lantern,
    },
}
