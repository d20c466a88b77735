"""Hats, a helmet and a shoe."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BRASS,
    RED,
    WHITE,
    YELLOW,
    Assembly,
    paint,
)
from .shapes import (
    blob,
    curve,
    disc,
    pair,
    rod,
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
    return a.add(BRASS, slab(disc(0.026, 10), 0.02).moved(0, -0.225, 0.063)).model()


def helmet() -> Model:
    """A racing helmet with stripes, visor and chin bar on a round stand."""
    a = Assembly()
    a.add(BLACK, lathe([(0, 0), (0.13, 0), (0.12, 0.025), (0.06, 0.04), (0.06, 0.1), (0, 0.1)]))
    crest = [(0, -0.195 * np.cos(t), 0.25 + 0.182 * np.sin(t)) for t in np.linspace(0.8, 2.3, 16)]
    shell = paint("checker", "e63946", "f4f1ea", "1d3557", size=0.16, coat=0.8, roughness=0.2)
    a.add(shell, blob(0.17, 0.2, 0.18, 0.9, 36, 20).moved(z=0.25))
    a.add(
        paint("marble", "1a2a44", "5a8fc0", size=0.4, roughness=0.15),
        blob(0.148, 0.1, 0.062, 0.7).moved(0, -0.106, 0.28),
    )
    a.add(WHITE, blob(0.13, 0.1, 0.055, 0.6).moved(0, -0.11, 0.145))
    a.add(
        BLACK,
        *[box(0.016, 0.02, 0.05, bevel=0.004).moved(x, -0.207, 0.125) for x in (-0.06, -0.03, 0, 0.03, 0.06)],
    )
    a.add(
        YELLOW,
        pair(slab(disc(0.028), 0.02).turned("z", 90).moved(0.165, -0.06, 0.27)),
        tube(crest, 0.012, squash=2.2),
    )
    return a.model()


def _sole() -> Mesh:
    turn = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    outline = np.stack([-0.02 + 0.27 * np.cos(turn), (0.1 - 0.012 * np.cos(2 * turn)) * np.sin(turn)], axis=1)
    return stack_rings([np.c_[outline, np.full(32, z)] for z in (0.0, 0.05)], smooth=False)


def sneaker() -> Model:
    """A high-top sneaker with sole, toe cap, laces and side patch."""
    a = Assembly()
    cloth = paint("denim", "2a5db0", "173a75", "5f8fd8", size=0.1)
    a.add(
        cloth,
        blob(0.24, 0.095, 0.1, 0.75).moved(-0.02, 0, 0.1),
        tube(
            curve([(0.11, 0, 0.08), (0.125, 0, 0.22), (0.12, 0, 0.36)]),
            [0.11] * 6 + [0.1] * 7,
            20,
            squash=0.85,
        ),
    )
    sole = _sole()
    a.add(WHITE, sole, blob(0.1, 0.088, 0.075).moved(-0.19, 0, 0.075))
    a.add(
        RED,
        sole.scaled(1.01, 1.02, 0.25).moved(z=0.025),
        torus(0.098, 0.012).scaled(1, 0.85, 1).moved(0.12, 0, 0.36),
    )
    for i in range(5):
        x, z = -0.08 + 0.03 * i, 0.185 + 0.031 * i
        a.add(
            WHITE,
            rod((x, -0.06, z), (x + 0.02, 0.06, z + 0.02), 0.009, sides=6),
            rod((x, 0.06, z), (x + 0.02, -0.06, z + 0.02), 0.009, sides=6),
        )
    a.add(BLACK, blob(0.095, 0.08, 0.01).moved(0.12, 0, 0.358))
    a.add(cloth, blob(0.05, 0.06, 0.14).turned("y", 42).moved(-0.02, 0, 0.2))
    patch = paint("label", "f6f1e2", "c1272d", "1d3557", size=1.0, seed=50)
    return a.add(
        patch,
        *[unit_uv(slab(disc(0.05), 0.03)).moved(0.12, y, 0.22) for y in (-0.088, 0.088)],
        unit_uv(box(0.02, 0.05, 0.09), "x").moved(0.228, 0, 0.12),
    ).model()


BUILDERS = {
    "headgear, shoes & wear": {
        "cowboy-hat": cowboy_hat,
        "helmet": helmet,
        "sneaker": sneaker,
    },
}
