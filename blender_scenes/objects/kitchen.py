"""Kitchen machines and pots."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .appliances import ENAMEL
from .kit import BLACK, BRASS, IRON, OAK, RED, STEEL, WALNUT, Assembly, paint
from .shapes import aimed, beam, blob, curve, disc, ring_of, rod, rounded_box, slab, unit_uv

_TOMATO = paint("glaze", "c8321f", "a8241a", size=0.2, roughness=0.2, coat=0.6)


def toaster() -> Model:
    """A chrome two-slot toaster with two slices coming up."""
    a = Assembly()
    chrome = paint("metal", "d2d5d8", "b5b9be", "eceeef", size=0.3, roughness=0.18, metallic=0.95)
    a.add(chrome, rounded_box(0.28, 0.17, 0.18, 0.04, 6).moved(z=0.012))
    a.add(
        ENAMEL,
        rounded_box(0.03, 0.155, 0.16, 0.014).moved(-0.14, 0, 0.02),
        rounded_box(0.03, 0.155, 0.16, 0.014).moved(0.14, 0, 0.02),
        box(0.26, 0.15, 0.014, bevel=0.004),
    )
    a.add(BLACK, *[box(0.2, 0.032, 0.004).moved(0, y, 0.1905) for y in (-0.035, 0.035)])
    crust = paint("noise", "9c6128", "b57a3a", "7d4818", "a86c30", size=0.1, roughness=0.9)
    crumb = paint("sand", "e2b878", "c99a55", "f0d2a0", size=0.08, roughness=0.95)
    loaf = [
        (-0.055, 0),
        (0.055, 0),
        (0.055, 0.085),
        (0.064, 0.1),
        (0.06, 0.125),
        (0.03, 0.137),
        (-0.03, 0.137),
        (-0.06, 0.125),
        (-0.064, 0.1),
        (-0.055, 0.085),
    ]
    for y, x, lift in ((-0.035, -0.012, 0.0), (0.035, 0.014, 0.012)):
        a.add(crust, slab(loaf, 0.02).moved(x, y, 0.11 + lift)).add(
            crumb, slab(np.array(loaf) * 0.9, 0.0215).moved(x, y, 0.117 + lift)
        )
    a.add(
        ENAMEL,
        rounded_box(0.026, 0.05, 0.02, 0.006).moved(0.168, -0.02, 0.13),
        lathe([(0, 0), (0.018, 0), (0.016, 0.014), (0, 0.014)], 20).turned("y", 90).moved(0.154, 0.035, 0.06),
    )
    return a.add(
        OAK,
        tube(curve([(-0.16, 0.05, 0.04), (-0.24, 0.1, 0.008), (-0.3, 0.02, 0.006), (-0.34, 0.05, 0.006)]), 0.004, 8),
    ).model()


def stand_mixer() -> Model:
    """A tilting kitchen mixer over a steel bowl of dough."""
    a = Assembly()
    mint = paint("plain", "c23a3a", roughness=0.25, coat=0.9)
    foot = [
        np.c_[
            0.16 * w * np.cos(t := np.linspace(0, 2 * np.pi, 48, endpoint=False)) + 0.0,
            0.1 * w * np.sin(t),
            np.full(48, z),
        ]
        for w, z in ((0.96, 0), (1.0, 0.01), (0.98, 0.03), (0.9, 0.038))
    ]
    a.add(
        mint,
        stack_rings(foot),
        tube(curve([(0.11, 0, 0.03), (0.125, 0, 0.15), (0.1, 0, 0.25)]), [0.055] * 6 + [0.048] * 7, 20, squash=0.85),
    )
    a.add(mint, blob(0.19, 0.066, 0.062, 0.85).turned("y", 3).moved(-0.015, 0, 0.31))
    a.add(
        STEEL,
        lathe([(0, 0), (0.05, 0), (0.055, 0.02), (0.03, 0.02), (0, 0.02)], 24).turned("y", -90).moved(-0.19, 0, 0.31),
        rod((-0.09, 0, 0.26), (-0.09, 0, 0.2), 0.02, sides=18),
        torus(0.062, 0.004).scaled(1, 1, 1).turned("y", 90).moved(-0.05, 0, 0.312),
    )
    bowl = [
        (0.045, 0.04),
        (0.07, 0.045),
        (0.1, 0.1),
        (0.108, 0.17),
        (0.112, 0.172),
        (0.108, 0.176),
        (0.1, 0.17),
        (0.09, 0.1),
        (0.0, 0.06),
    ]
    a.add(
        STEEL,
        lathe([(0, 0.036), *bowl], 40).moved(-0.07),
        tube(curve([(-0.17, 0.03, 0.15), (-0.215, 0.05, 0.14), (-0.21, 0.05, 0.09), (-0.155, 0.03, 0.08)]), 0.006),
    )
    a.add(paint("plaster", "ecdcb8", "d8c498", size=0.1, roughness=0.9), blob(0.09, 0.09, 0.03).moved(-0.07, 0, 0.12))
    whisk = tube(curve([(0, 0, 0.2), (0.035, 0, 0.16), (0.03, 0, 0.12), (0, 0, 0.1)]), 0.0028, 6)
    a.add(STEEL, ring_of(whisk, 8).moved(-0.09))
    return (
        a.add(
            ENAMEL, lathe([(0, 0), (0.015, 0), (0.013, 0.012), (0, 0.012)], 18).turned("x", 90).moved(0.1, -0.068, 0.3)
        )
        .add(
            paint("notice", "c23a3a", "f2efe4", "d5d9dd", size=1.0, seed=25),
            unit_uv(box(0.1, 0.004, 0.026)).moved(-0.02, -0.067, 0.3),
        )
        .model()
    )


def kettle() -> Model:
    """A whistling enamel kettle with a wooden grip."""
    a = Assembly()
    enamel = paint("plain", "2f6f8f", roughness=0.2, coat=1.0)
    side_ = [(0, 0), (0.1, 0), (0.112, 0.012), (0.115, 0.05), (0.1, 0.11), (0.07, 0.145), (0.052, 0.152), (0, 0.152)]
    a.add(enamel, lathe([(x, z) for x, _, z in curve([(x, 0, z) for x, z in side_], 3)], 44))
    spout = curve([(-0.085, 0, 0.07), (-0.13, 0, 0.1), (-0.155, 0, 0.145)])
    a.add(
        enamel,
        tube(spout, np.linspace(0.026, 0.014, len(spout)), 18),
        lathe([(0, 0.15), (0.05, 0.15), (0.04, 0.163), (0, 0.168)], 32),
    )
    a.add(
        STEEL,
        torus(0.1155, 0.003).moved(z=0.03),
        lathe([(0, 0), (0.016, 0), (0.013, 0.02), (0, 0.024)], 18).turned("y", -25).moved(-0.155, 0, 0.14),
    )
    a.add(
        STEEL,
        *[tube(curve([(s * 0.075, 0, 0.135), (s * 0.09, 0, 0.2), (s * 0.07, 0, 0.235)]), 0.0045, 8) for s in (-1, 1)],
    )
    a.add(WALNUT, rod((-0.075, 0, 0.237), (0.075, 0, 0.237), 0.014, sides=16), ball(0.014, 14, 10).moved(0, 0, 0.176))
    return a.add(
        paint("floral", "f2ecd8", "c1502d", "2f6f8f", size=0.1, seed=6, coat=0.8, roughness=0.2),
        lathe([(0.1, 0.052), (0.1155, 0.05), (0.109, 0.085), (0.1, 0.085)], 44),
    ).model()


def saucepans() -> Model:
    """Three copper pans of falling size, one in another, with a wooden spoon."""
    a = Assembly()
    copper = paint("metal", "c87a4a", "9a5530", "e29a6a", size=0.2, roughness=0.25, metallic=0.85)
    z = 0.0
    for k, r in enumerate((0.15, 0.12, 0.09)):
        turn = (0, 70, 150)[k]
        pan = lathe(
            [
                (0, 0),
                (r * 0.96, 0),
                (r, 0.008),
                (r, 0.105),
                (r + 0.004, 0.108),
                (r - 0.003, 0.108),
                (r - 0.004, 0.01),
                (0, 0.006),
            ],
            44,
        )
        handle = beam((0, -r + 0.002, 0.09), (0, -r - 0.2, 0.11), 0.024, 0.007)
        rivets = [ball(0.006, 10, 6).moved(s * 0.007, -r - 0.002, 0.092) for s in (-1, 1)]
        a.add(copper, pan.moved(0, 0, z)).add(IRON, *[m.turned("z", turn).moved(0, 0, z) for m in (handle, *rivets)])
        z += 0.052
    spoon = curve([(-0.03, 0.03, z + 0.005), (0.03, -0.02, z + 0.1), (0.1, -0.09, z + 0.2)])
    return (
        a.add(OAK, tube(spoon, 0.006, 10), aimed(blob(0.022, 0.01, 0.034), 30, 45).moved(0.1, -0.09, z + 0.215))
        .add(
            _TOMATO,
            *[blob(0.03, 0.03, 0.026).moved(x, y, z + 0.02) for x, y in ((0.03, 0.03), (-0.04, -0.01), (0.02, -0.04))],
        )
        .model()
    )


def moka_pot() -> Model:
    """An eight-sided aluminium coffee pot."""
    a = Assembly()
    alu = paint("metal", "c3c7cb", "9ca1a7", "dde0e3", size=0.15, roughness=0.3, metallic=0.85)
    a.add(
        alu,
        lathe([(0, 0), (0.05, 0), (0.052, 0.004), (0.042, 0.075), (0, 0.075)], 8, smooth=False),
        lathe([(0.03, 0.075), (0.044, 0.075), (0.044, 0.088), (0.03, 0.088)], 40),
        lathe([(0, 0.088), (0.036, 0.088), (0.052, 0.165), (0, 0.165)], 8, smooth=False),
    )
    a.add(
        alu,
        lathe([(0, 0.165), (0.05, 0.165), (0.02, 0.182), (0, 0.184)], 8, smooth=False),
        slab([(-0.035, 0.12), (-0.035, 0.165), (-0.075, 0.165)], 0.022, 0.1),
        torus(0.045, 0.002).moved(z=0.081),
    )
    a.add(
        ENAMEL,
        tube(curve([(0.04, 0, 0.155), (0.085, 0, 0.16), (0.095, 0, 0.12), (0.09, 0, 0.07)]), 0.009, squash=1.3),
        ball(0.011, 14, 10).moved(0, 0, 0.192),
    )
    a.add(BRASS, rod((-0.045, 0, 0.045), (-0.058, 0, 0.046), 0.007, sides=6)).add(
        RED, slab(disc(0.012, 20), 0.006).moved(0, -0.044, 0.13)
    )
    saucer = lathe([(0, 0), (0.04, 0), (0.07, 0.012), (0.07, 0.015), (0.04, 0.005), (0, 0.005)], 36)
    cup = lathe(
        [(0, 0.005), (0.022, 0.005), (0.034, 0.03), (0.036, 0.058), (0.033, 0.058), (0.031, 0.04), (0, 0.04)], 32
    )
    china = paint("floral", "f6f2e8", "2f5fa8", "7fa0cf", size=0.06, seed=3, roughness=0.15, coat=0.8)
    a.add(
        china,
        saucer.moved(0.02, -0.13),
        cup.moved(0.02, -0.13),
        torus(0.014, 0.0035, 20, 8).turned("x", 90).moved(0.064, -0.13, 0.036),
    )
    return a.add(
        paint("plain", "2a150a", roughness=0.1, coat=0.6),
        lathe([(0, 0.041), (0.0315, 0.041), (0.031, 0.044), (0, 0.044)], 24).moved(0.02, -0.13),
    ).model(1.4)


BUILDERS = {
    "kitchen": {
        "toaster": toaster,
        "stand-mixer": stand_mixer,
        "kettle": kettle,
        "saucepans": saucepans,
        "moka-pot": moka_pot,
    },
}
