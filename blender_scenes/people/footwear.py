"""Shoes: a sole, an upper and laces on each foot. No Blender here."""

from __future__ import annotations

import numpy as np

from ..meshes import Array, stack_rings
from .anatomy import Body
from .lofts import Part, curve, foot_weights, limb

_SOLE = np.array([
    [0.0, 0.004], [0.06, 0.020], [0.15, 0.029], [0.28, 0.031], [0.45, 0.033], [0.62, 0.041], [0.75, 0.045],
    [0.86, 0.041], [0.94, 0.030], [0.985, 0.014], [1.0, 0.004],
])  # fmt: skip


def _foot_ring(front: float, back: float, wide: float, z: float, bend: float = 0.004) -> Array:
    """A foot-shaped outline of a left foot about x = 0; y runs from `back` (heel, +) to `front` (toes, -)."""
    turn = np.linspace(0, np.pi, 15)
    share = 0.5 - 0.5 * np.cos(turn)
    half = curve(share, _SOLE[:, 0], _SOLE[:, 1]) * wide
    y = back + share * (front - back)
    skew = -bend * np.sin(np.pi * share)
    right = np.c_[-half * 0.96 + skew, y]
    left = np.c_[half * 1.04 + skew, y]
    outline = np.concatenate([right[:-1], left[:0:-1]])
    return np.c_[outline, np.full(len(outline), z)]


def shoe(body: Body, side: str, upper: int, sole: int, kind: str) -> list[Part]:
    """A shoe with its sole on the floor."""
    k, sign = body.k, 1.0 if side == "l" else -1.0
    thick = {"sneakers": 0.024, "leather": 0.015, "boots": 0.026}[kind]
    tip, heel = -0.196, 0.084
    soles = [
        (tip + 0.006, heel - 0.006, 0.95, 0.0),
        (tip, heel, 1.02, 0.004),
        (tip - 0.002, heel + 0.002, 1.04, thick),
    ]
    tops = [
        (tip + 0.004, heel - 0.001, 0.99, thick - 0.004),
        (tip + 0.003, heel, 1.0, thick + 0.012),
        (tip + 0.012, heel + 0.001, 0.99, thick + 0.024),
        (tip + 0.034, heel, 0.96, thick + 0.036),
        (tip + 0.075, heel - 0.003, 0.94, thick + 0.046),
        (tip + 0.105, heel - 0.006, 0.95, thick + 0.056),
        (tip + 0.130, heel - 0.009, 1.0, thick + 0.067),
        (tip + 0.146, heel - 0.008, 1.06, thick + 0.080),
    ]
    if kind == "boots":
        tops += [
            (tip + 0.150, heel - 0.008, 1.08, thick + 0.10),
            (tip + 0.150, heel - 0.006, 1.1, thick + 0.13),
        ]
    parts = []
    for rows, material in ((soles, sole), (tops, upper)):
        rings = [_foot_ring(f * k, b * k, w * k, z * k) for f, b, w, z in rows]
        rings = [r * [sign, 1, 1] + [body.bones.head(f"foot_{side}")[0], 0, 0] for r in rings]
        mesh = stack_rings([r[:: -int(sign)] for r in rings[::1]], material=material)
        parts.append(Part(mesh, foot_weights(body.bones, side, mesh.vertices)))
    if kind == "sneakers":
        for z, y in ((0.066, -0.088), (0.073, -0.070), (0.082, -0.055)):
            lace = limb(
                np.array([[x, y + 0.3 * x * x / 0.03, z - 9 * x * x] for x in np.linspace(-0.024, 0.024, 7)]) * k,
                np.full((7, 2), 0.0035 * k),
                np.array([0, 0, 1.0]),
                sole,
                6,
            )
            lace = lace.moved(body.bones.head(f"foot_{side}")[0] - 0.003 * k * sign, 0, (thick - 0.024) * k + 0.004 * k)
            parts.append(Part(lace, foot_weights(body.bones, side, lace.vertices)))
    return parts
