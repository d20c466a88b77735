"""Potted plants, every leaf a piece of mesh."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, join, lathe, stack_rings, tube
from ..surfaces import Model, Surface
from .kit import (
    BLACK,
    CLAY,
    GREEN,
    SOIL,
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
    rounded_box,
    vessel,
)


def _pot(a: Assembly, surface: Surface, radius: float, height: float) -> float:
    """A filled flower pot with a saucer; returns the height of its soil."""
    a.add(
        surface,
        vessel(
            [
                (0.7 * radius, 0.015),
                (0.95 * radius, 0.82 * height),
                (radius * 1.06, 0.83 * height),
                (radius * 1.06, height),
            ],
            0.014,
        ),
    )
    a.add(surface, lathe([(0, 0), (0.85 * radius, 0), (0.95 * radius, 0.025), (0, 0.02)]))
    a.add(SOIL, blob(0.98 * radius, 0.98 * radius, 0.03).moved(z=0.9 * height))
    return 0.92 * height


def _column(radius: float, height: float) -> Mesh:
    """A ribbed, round-topped cactus column."""
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    star = radius * (1 + 0.1 * np.cos(12 * turn))
    levels = [(0.8, 0.0), (1.0, 0.3), (1.0, 0.75), (0.88, 0.88), (0.6, 0.96), (0.2, 1.0)]
    rings = [
        np.stack([s * star * np.cos(turn), s * star * np.sin(turn), np.full(48, z * height)], 1) for s, z in levels
    ]
    return stack_rings(rings)


def fern() -> Model:
    """A potted fern: arching fronds with leaflets on both sides."""
    a = Assembly()
    z = _pot(a, CLAY, 0.16, 0.24)
    green = paint("leaves", "4f9a3c", "2c6e2a", "86c45a", size=0.2, roughness=0.6)
    for i in range(13):
        reach, rise = 0.36 + 0.05 * (i % 3), 0.42 + 0.09 * (i * 2 % 5)
        t = np.linspace(0, 1, 11)
        spine = np.stack([0 * t, -reach * t, rise * np.sin(t * 2.2)], axis=1)
        parts = [tube(spine, np.linspace(0.007, 0.002, 11), 5)]
        for k in range(2, 11):
            blade = leaf(0.13 * np.sin(np.pi * k / 12) + 0.03, 0.045, 0.02, 0.03, steps=4)
            parts += [blade.turned("z", side * 65).moved(*spine[k]) for side in (-1, 1)]
        a.add(green, join(*parts).turned("z", i * 137.5).moved(z=z))
    return a.model()


def snake_plant() -> Model:
    """Tall sword-shaped banded leaves in a glazed pot."""
    a = Assembly()
    z = _pot(a, paint("checker", "f2efe6", "2b4c7e", size=0.14), 0.15, 0.26)
    blade = paint("camo", "3f7d4e", "1f4d33", "d6cf7a", size=0.18, seed=2, roughness=0.4)
    for i in range(12):
        tall, t = 0.45 + 0.06 * (i * 3 % 8), np.linspace(0, 1, 9)
        path = np.stack([0.03 * np.sin(5 * t + i), -0.1 * t**2, tall * t], axis=1)
        width = np.array([0.02, 0.032, 0.038, 0.04, 0.04, 0.038, 0.032, 0.02, 0.003])
        sword = tube(path, width, 8, squash=0.14).moved(0, -0.03 - 0.02 * (i % 3))
        a.add(blade, sword.turned("z", i * 137.5).moved(z=z - 0.02))
    return a.model()


def cactus() -> Model:
    """A ribbed two-armed cactus with pink flowers in a patterned pot."""
    a = Assembly()
    z = _pot(a, paint("patchwork", "d9822b", "2a6f77", "f4e3b2", size=0.2), 0.16, 0.22)
    skin = paint("stripes", "3f8f4f", "1f5a30", "8cc97f", size=0.06, seed=1, roughness=0.7)
    a.add(skin, _column(0.1, 0.75).moved(z=z))
    for side, level, tall in ((1, 0.3, 0.3), (-1, 0.42, 0.22)):
        elbow = curve([(0.06 * side, 0, level), (0.18 * side, 0, level), (0.2 * side, 0, level + 0.1)])
        a.add(
            skin,
            tube(elbow, 0.05, 12).moved(z=z),
            _column(0.055, tall).moved(0.2 * side, 0, z + level + 0.04),
        )
    bloom = paint("plain", "e83e8c", roughness=0.5)
    for x, top in ((0, 0.75), (0.2, 0.64), (-0.2, 0.68)):
        a.add(bloom, ring_of(aimed(leaf(0.07, 0.035, 0.05, 0.01, 4), 0, 0), 7).moved(x, 0, z + top - 0.01))
        a.add(YELLOW, ball(0.018, 10, 6).moved(x, 0, z + top + 0.01))
    return a.model()


def sunflowers() -> Model:
    """Three sunflowers of different height in a rusty milk pail."""
    a = Assembly()
    z = _pot(a, paint("rust", "8d9ba3", "a5532a", "5b666d", size=0.3), 0.17, 0.3)
    petal, seeds = paint("plain", "f7b500", roughness=0.5), paint("dots", "4a2a12", "8a5a22", size=0.04)
    for x, y, tall in ((0.0, 0.03, 0.95), (-0.13, -0.03, 0.68), (0.14, -0.02, 0.78)):
        stem = curve([(x / 3, y, z - 0.02), (x, y, z + tall / 2), (1.5 * x, y - 0.04, z + tall)])
        a.add(GREEN, tube(stem, 0.012, 8))
        bloom = ring_of(leaf(0.15, 0.055, 0.02, 0.03, 5).moved(0, -0.055), 18)
        tilt = [
            aimed(bloom, 70, 0),
            aimed(ring_of(leaf(0.12, 0.05, 0.04, 0.0, 5).moved(0, -0.05), 14, 9), 70, 0),
        ]
        a.add(petal, *[m.moved(1.5 * x, y - 0.06, z + tall) for m in tilt])
        a.add(seeds, aimed(blob(0.085, 0.085, 0.035), 70, 0).moved(1.5 * x, y - 0.07, z + tall))
        for k, level in enumerate((0.3, 0.5, 0.66)):
            foliage = leaf(0.2, 0.12, 0.08, 0.08).turned("z", 130 * k + 400 * x)
            a.add(GREEN, foliage.moved(x * level * 1.6, y, z + tall * level))
    return a.model()


def bonsai() -> Model:
    """A gnarled miniature tree with clouds of leaves in a low tray."""
    a = Assembly()
    a.add(
        paint("glaze", "27496d", "142850", "5b84b1", size=0.2),
        rounded_box(0.5, 0.34, 0.1, 0.03).moved(z=0.02),
    )
    a.add(BLACK, *[box(0.06, 0.06, 0.03).moved(x, y) for x in (-0.18, 0.18) for y in (-0.1, 0.1)])
    a.add(paint("grass", "5c8a3a", "3f6628", size=0.2), blob(0.23, 0.15, 0.03).moved(z=0.12))
    bark = paint("bark", "6a4a32", "3a2618", "8d6a4b", size=0.15)
    trunk = curve([(-0.02, 0, 0.1), (0.07, 0, 0.24), (-0.04, 0.02, 0.4), (0.03, 0, 0.58)])
    a.add(bark, tube(trunk, np.linspace(0.055, 0.02, len(trunk))))
    for k, (x, y, z, r) in enumerate(
        ((0.03, 0, 0.62, 0.17), (-0.24, -0.03, 0.5, 0.13), (0.25, 0.02, 0.42, 0.14), (-0.16, 0.05, 0.34, 0.1))
    ):
        a.add(bark, tube(curve([trunk[4 + 3 * (3 - k)], ((x + 0.03) / 2, y, z - 0.06), (x, y, z)]), 0.016, 8))
        blade = leaf(0.075, 0.04, 0.02, 0.02, 3)
        for i in range(36):
            lift = 1 - 2 * (i + 0.5) / 36
            spread = np.sqrt(1 - lift**2) * r
            spot = (x + spread * np.cos(2.4 * i), y + 0.8 * spread * np.sin(2.4 * i), z + 0.5 * r * lift)
            a.add(GREEN, aimed(blade, 40 * lift - 10, np.degrees(2.4 * i) + 90).moved(*spot))
        a.add(GREEN, blob(0.75 * r, 0.65 * r, 0.36 * r, segments=16, rings=8).moved(x, y, z))
    return a.model()


BUILDERS = {
    "plants": {
        "fern": fern,
        "snake-plant": snake_plant,
        "cactus": cactus,
        "sunflowers": sunflowers,
        "bonsai": bonsai,
    },
}
