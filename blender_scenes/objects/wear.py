"""Hats, a helmet and a shoe."""

from __future__ import annotations

import numpy as np

from ..meshes import lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BRASS,
    WHITE,
    Assembly,
    paint,
)
from .shapes import (
    blob,
    curve,
    disc,
    rod,
    rounded_box,
    slab,
    unit_uv,
)


def cowboy_hat() -> Model:
    """A cowboy hat with a rolled brim and a patterned band."""
    a = Assembly()
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)

    def ring(rx: float, ry: float, z: float, roll: float, dent: float = 0.0) -> np.ndarray:
        lift = roll * np.cos(turn) ** 2 - dent * np.exp(-((np.cos(turn) * rx / 0.05) ** 2))
        return np.stack([rx * np.cos(turn), ry * np.sin(turn), z + lift], axis=1)

    levels = [
        (0.13, 0.16, 0.0, 0, 0),
        (0.22, 0.25, 0.0, 0.02, 0),
        (0.3, 0.3, 0.0, 0.11, 0),
        (0.305, 0.305, 0.008, 0.115, 0),
        (0.22, 0.25, 0.016, 0.02, 0),
        (0.15, 0.185, 0.02, 0, 0),
        (0.145, 0.18, 0.09, 0, 0),
        (0.125, 0.16, 0.2, 0, 0),
        (0.09, 0.12, 0.23, 0, 0.02),
        (0.03, 0.05, 0.19, 0, 0),
    ]
    a.add(
        paint("leather", "b07a3f", "7d4f22", "cf9a5a", size=0.25),
        stack_rings([ring(*level) for level in levels]).scaled(1.2),
    )
    band = [
        ring(0.13, 0.16, 0.03, 0),
        ring(0.155, 0.19, 0.03, 0),
        ring(0.15, 0.185, 0.075, 0),
        ring(0.12, 0.15, 0.075, 0),
    ]
    a.add(paint("checker", "c1272d", "f2d27a", "1d3557", size=0.05), stack_rings(band).scaled(1.2))
    return a.add(BRASS, slab(disc(0.026, 10), 0.02).moved(0, -0.225, 0.063)).model(0.62)


def helmet() -> Model:
    """An open-face motorcycle helmet with goggles on it and a chin strap."""
    a = Assembly()
    turn = np.linspace(0, 2 * np.pi, 56, endpoint=False)
    rings = []
    for z, wide, brow in (
        (0.03, 0.128, 0.0),
        (0.02, 0.142, 0.0),
        (0.07, 0.152, 0.02),
        (0.14, 0.153, 0.05),
        (0.2, 0.137, 0.028),
        (0.245, 0.1, 0.0),
        (0.268, 0.052, 0.0),
        (0.274, 0.006, 0.0),
    ):
        lift = np.clip(-np.sin(turn), 0, 1) ** 2 * np.clip(0.13 - z, 0, 1) * 0.95
        rings.append(np.stack([wide * np.cos(turn), (wide + 0.022) * np.sin(turn) + 0.0 * brow, z + lift], axis=1))
    shell = paint("stripes", "c8281e", "f2ead6", "1d3557", size=0.32, seed=3, coat=1.0, roughness=0.15)
    a.add(shell, stack_rings(rings))
    a.add(BLACK, *[tube(np.r_[r, r[:1]], 0.006, 8) for r in rings[1:2]])
    strap = [(0.142 * np.cos(t), 0.164 * np.sin(t), 0.196) for t in np.linspace(-1.1, 1.5 * np.pi - 0.47, 40)]
    a.add(paint("leather", "3a2418", "241510", "54382a", size=0.06), tube(strap, 0.012, 10, squash=0.5))
    lens = paint("marble", "2a4a6a", "6a9ac0", "182a40", size=0.2, seed=2, roughness=0.05, coat=1.0)
    for s in (-1, 1):
        a.add(lens, blob(0.042, 0.014, 0.03, 0.8).turned("z", s * 18).moved(s * 0.05, -0.163, 0.205))
        a.add(
            BRASS,
            torus(0.036, 0.006, 32, 8)
            .scaled(1.15, 0.85, 1)
            .turned("x", 90)
            .turned("z", s * 18)
            .moved(s * 0.05, -0.166, 0.205),
        )
        a.add(
            BLACK,
            tube(
                curve([(s * 0.1, -0.11, 0.12), (s * 0.11, -0.06, 0.05), (s * 0.05, -0.07, 0.005)]), 0.009, 8, squash=0.5
            ),
        )
    a.add(BLACK, rod((-0.02, -0.172, 0.205), (0.02, -0.172, 0.205), 0.007))
    return a.add(
        WHITE,
        slab(disc(0.03, 24), 0.01).turned("z", 90).moved(0.152, 0.03, 0.15),
        slab(disc(0.03, 24), 0.01).turned("z", 90).moved(-0.152, 0.03, 0.15),
    ).model()


def baseball_cap() -> Model:
    """A six-panel cap with a curved peak and a badge."""
    a = Assembly()
    cloth = paint("denim", "1f3a6e", "152848", "3f62a0", size=0.08, roughness=0.95)
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    seam = 1 - 0.015 * np.exp(-((((turn * 6 / (2 * np.pi)) % 1) - 0.5) ** 2) * 300)
    dome = [
        np.stack([0.086 * r * seam * np.cos(turn), 0.1 * r * seam * np.sin(turn), np.full(60, z)], axis=1)
        for r, z in (
            (0.94, 0.0),
            (1.0, 0.0),
            (1.02, 0.03),
            (0.98, 0.065),
            (0.85, 0.1),
            (0.6, 0.125),
            (0.3, 0.137),
            (0.03, 0.14),
        )
    ]
    a.add(cloth, stack_rings(dome), lathe([(0, 0), (0.01, 0), (0.008, 0.006), (0, 0.008)], 16).moved(z=0.138))
    rows = []
    for out in np.linspace(0, 1, 8):
        across = np.linspace(-1, 1, 17)
        reach = 0.078 * out * np.sqrt(1 - 0.75 * across**2)
        line = np.stack(
            [
                0.083 * across * (1 - 0.06 * out),
                -0.1 * np.sqrt(1 - (0.9 * across) ** 2) * 0.96 - reach,
                0.016 - 0.03 * across**2 * (0.3 + 0.7 * out) - 0.012 * out**2 + 0.016,
            ],
            axis=1,
        )
        rows.append(np.concatenate([line, line[::-1] - [0, 0, 0.004]]))
    a.add(paint("denim", "b5322a", "7d1f1a", "d8605a", size=0.08, roughness=0.9), stack_rings(rows[::-1]))
    a.add(
        paint("label", "f4f1e8", "b5322a", "1f3a6e", size=1.0, seed=52),
        unit_uv(blob(0.034, 0.012, 0.028, 0.7)).turned("x", -18).moved(0, -0.093, 0.075),
    )
    a.add(
        WHITE,
        *[
            torus(0.004, 0.0014, 12, 6)
            .turned("x", 70)
            .turned("z", t)
            .moved(0.075 * np.sin(np.radians(t)), -0.087 * np.cos(np.radians(t)), 0.1)
            for t in (60, 120, 180, 240, 300)
        ],
    )
    return a.model(1.15)


def top_hat() -> Model:
    """A silk top hat with a ribbon, a pair of gloves on its brim."""
    a = Assembly()
    silk = paint("fur", "1c1c20", "232328", "2f2f36", size=0.1, seed=5, roughness=0.35)
    turn = np.linspace(0, 2 * np.pi, 56, endpoint=False)
    rings = [
        np.stack([x * np.cos(turn), y * np.sin(turn), z + roll * np.cos(turn) ** 2], axis=1)
        for x, y, z, roll in (
            (0.085, 0.1, 0.0, 0.0),
            (0.13, 0.145, 0.0, 0.014),
            (0.15, 0.16, 0.006, 0.028),
            (0.152, 0.162, 0.011, 0.03),
            (0.13, 0.145, 0.006, 0.016),
            (0.092, 0.108, 0.008, 0.0),
            (0.086, 0.102, 0.05, 0),
            (0.088, 0.104, 0.11, 0),
            (0.097, 0.113, 0.16, 0),
            (0.095, 0.111, 0.166, 0),
            (0.03, 0.04, 0.168, 0),
        )
    ]
    a.add(silk, stack_rings(rings))
    band = [
        np.stack([x * np.cos(turn), y * np.sin(turn), np.full(56, z)], axis=1)
        for x, y, z in ((0.08, 0.096, 0.012), (0.0925, 0.1085, 0.012), (0.0885, 0.1045, 0.045), (0.08, 0.095, 0.045))
    ]
    a.add(
        paint("fabric", "6b1f2f", "4a1420", "8f3a4a", size=0.02, roughness=0.6),
        stack_rings(band),
        blob(0.006, 0.022, 0.016, 0.7).moved(0.092, 0.0, 0.03),
    )
    glove = paint("leather", "ece6d8", "d5ccb8", "f6f2e8", size=0.05, roughness=0.7)
    for y in (-0.02, 0.014):
        a.add(
            glove,
            blob(0.05, 0.022, 0.008, 0.8).moved(-0.2, y, 0.009),
            *[
                rod(
                    (-0.24, y - 0.016 + 0.0105 * k, 0.008),
                    (-0.295 + 0.006 * abs(k - 1.5), y - 0.018 + 0.012 * k, 0.006),
                    0.006,
                    0.005,
                    8,
                )
                for k in range(4)
            ],
        )
    return a.model(1.1)


def handbag() -> Model:
    """A leather handbag with a flap, a clasp and two handles."""
    a = Assembly()
    hide = paint("leather", "7d2f3a", "5b1f28", "a04a55", size=0.15, roughness=0.45, coat=0.2)
    rings = []
    for z, wide, deep in (
        (0.004, 0.14, 0.055),
        (0.0, 0.13, 0.05),
        (0.02, 0.155, 0.065),
        (0.1, 0.15, 0.058),
        (0.18, 0.135, 0.035),
        (0.205, 0.13, 0.014),
    ):
        t = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        rings.append(
            np.stack(
                [
                    wide * np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 0.35,
                    deep * np.sign(np.sin(t)) * np.abs(np.sin(t)) ** 0.6,
                    np.full(48, z),
                ],
                axis=1,
            )
        )
    a.add(hide, stack_rings(rings[1:]))
    flap = curve([(0, 0.012, 0.208), (0, -0.018, 0.206), (0, -0.046, 0.17), (0, -0.062, 0.11), (0, -0.066, 0.095)])
    sheet = [
        np.array([[-w, y, z], [w, y, z], [w, y + 0.004, z + 0.001], [-w, y + 0.004, z + 0.001]])
        for (_, y, z), w in zip(flap, np.linspace(0.134, 0.09, len(flap)), strict=True)
    ]
    a.add(hide, stack_rings(sheet[::-1]))
    stitch = paint("stripes", "e8d8b4", "7d2f3a", size=0.008, seed=1)
    a.add(
        stitch,
        *[
            tube(
                [
                    (s * np.interp(k, [0, 1], [0.127, 0.085]), y - 0.0015, z + 0.0012)
                    for k, (_, y, z) in zip(np.linspace(0, 1, len(flap)), flap, strict=True)
                ],
                0.0014,
                5,
            )
            for s in (-1, 1)
        ],
    )
    a.add(
        BRASS,
        rounded_box(0.04, 0.014, 0.028, 0.005).moved(0, -0.07, 0.09),
        *[
            torus(0.013, 0.0028, 20, 8).turned("y", 90).moved(s * 0.09, y, 0.208)
            for s in (-1, 1)
            for y in (-0.016, 0.02)
        ],
    )
    for y in (-0.016, 0.02):
        a.add(
            hide,
            tube(
                curve(
                    [
                        (-0.09, y, 0.215),
                        (-0.075, y * 1.5, 0.3),
                        (0, y * 1.8, 0.335),
                        (0.075, y * 1.5, 0.3),
                        (0.09, y, 0.215),
                    ]
                ),
                0.0075,
                10,
            ),
        )
    return a.add(
        paint("patchwork", "f2d27a", "c1272d", "1d4e89", size=0.1),
        tube(curve([(0.09, -0.02, 0.21), (0.1, -0.05, 0.17), (0.11, -0.065, 0.1)]), 0.013, 10, squash=0.4),
    ).model(1.15)


BUILDERS = {
    "headgear, shoes & wear": {
        "cowboy-hat": cowboy_hat,
        "helmet": helmet,
        "baseball-cap": baseball_cap,
        "top-hat": top_hat,
        "handbag": handbag,
    },
}
