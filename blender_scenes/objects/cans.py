"""Cans, tins, jars and bottles with printed labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..meshes import Mesh, ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model, Surface
from .kit import BLUE, STEEL, WHITE, Assembly, paint
from .packages import card, printed_surface, side
from .shapes import curve, pair, rod, rounded_box, selected, unit_uv


def _can(a: Assembly, radius: float, height: float, label: Surface) -> None:
    """A tin can: beaded wall, double seams, recessed lids."""
    beads = [(radius - 0.0008 * (k % 2), z) for k, z in enumerate(np.linspace(0.008, height - 0.008, 25))]
    a.add(
        STEEL,
        lathe(
            [
                (0, 0.004),
                (radius - 0.004, 0.004),
                (radius - 0.003, 0.0),
                (radius + 0.001, 0.001),
                (radius + 0.001, 0.006),
                *beads,
                (radius + 0.001, height - 0.006),
                (radius + 0.001, height - 0.001),
                (radius - 0.003, height),
                (radius - 0.004, height - 0.004),
                (radius * 0.7, height - 0.004),
                (radius * 0.68, height - 0.0055),
                (0, height - 0.0055),
            ],
            40,
        ),
    )
    ring = [
        (radius - 0.002, 0.012),
        (radius + 0.0006, 0.012),
        (radius + 0.0006, height - 0.012),
        (radius - 0.002, height - 0.012),
    ]
    a.add(label, _round(ring))


def _round(profile: list[tuple[float, float]], segments: int = 48) -> Mesh:
    """A lathe whose outer wall, the second stretch of its three, wears one picture all round."""
    mesh = lathe(profile, segments)
    low, high = profile[1][1], profile[2][1]
    heights = mesh.vertices[mesh.faces][..., 2]
    around = np.arange(segments) / segments
    turn = np.stack([around, around + 1 / segments, around + 1 / segments, around], axis=1)
    uvs = np.tile(turn, (-(-len(mesh.faces) // segments), 1))[: len(mesh.faces)]
    return replace(mesh, uvs=np.stack([uvs, (heights - low) / max(high - low, 1e-9)], axis=-1))


def soup_cans() -> Model:
    """Three cans of food, two below and one on top, one opened by its ring."""
    a = Assembly()
    labels = (
        ("f3ead0", "a8201a", "3b2a12", "d23b22"),
        ("e8efe0", "1f6b35", "3b2a12", "d2b422"),
        ("f2e2b8", "8a3a12", "2a1a10", "e8862a"),
    )
    for k, (x, y, z, turn) in enumerate(((-0.062, 0, 0, 15), (0.062, 0.004, 0, -20), (0.004, 0.003, 0.15, 5))):
        one = Assembly()
        _can(one, 0.055, 0.148, printed_surface("wrap", *labels[k], seed=2 * k, roughness=0.5))
        one.add(
            STEEL,
            torus(0.011, 0.0016, 20, 6).scaled(1.3, 1, 1).moved(0, -0.022, 0.1455),
            rod((0, -0.006, 0.1445), (0, -0.014, 0.146), 0.003),
        )
        part = one.model()
        for index, surface in enumerate(part.surfaces):
            a.add(surface, selected(part.mesh, part.mesh.materials == index).turned("z", turn).moved(x, y, z))
    return a.model()


def jam_jar() -> Model:
    """A jar of preserves under a cloth cap with a string bow."""
    a = Assembly()
    jam = paint("noise", "7d0f18", "b5202a", "4a060c", size=0.06, roughness=0.08, coat=1.0)
    a.add(
        jam,
        lathe([(0, 0.004), (0.05, 0.0), (0.056, 0.008), (0.056, 0.1), (0.046, 0.118), (0.042, 0.122), (0, 0.122)], 40),
    )
    label = [(0.05, 0.025), (0.0566, 0.025), (0.0566, 0.09), (0.05, 0.09)]
    a.add(
        printed_surface("wrap", "f7f0dc", "7d1f2a", "3b1a12", "b5202a", seed=9, roughness=0.7, coat=0.0), _round(label)
    )
    cloth = paint("plaid", "f4f1e8", "c1272d", "7c1418", size=0.05, roughness=0.95)
    turn = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    rings = []
    for r, z, wave in (
        (0.045, 0.108, 0.0),
        (0.068, 0.096, 0.006),
        (0.069, 0.098, 0.006),
        (0.047, 0.113, 0.001),
        (0.047, 0.128, 0),
        (0.04, 0.133, 0),
        (0.004, 0.134, 0),
    ):
        ring = r + wave * np.sin(11 * turn)
        rings.append(
            np.stack(
                [ring * np.cos(turn), ring * np.sin(turn), np.full(64, z) + 0.6 * wave * np.cos(11 * turn)], axis=1
            )
        )
    a.add(cloth, stack_rings(rings))
    string = paint("knit", "c9a66b", "8a6a3a", size=0.01)
    a.add(
        string,
        torus(0.048, 0.0022, 40, 8).moved(z=0.112),
        pair(torus(0.012, 0.0016, 20, 6).scaled(1.4, 1, 0.8).turned("x", 80).moved(0.016, -0.052, 0.111)),
    )
    return a.model(1.3)


def detergent_bottle() -> Model:
    """A bottle of washing liquid with a moulded handle and a dosing cap."""
    a = Assembly()
    body = paint("plain", "e8621f", roughness=0.35, coat=0.2)
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)

    def level(z: float, wide: float, deep: float, x: float = 0.0) -> np.ndarray:
        c, s = np.cos(turn), np.sin(turn)
        return np.stack(
            [x + wide * np.sign(c) * np.abs(c) ** 0.6, deep * np.sign(s) * np.abs(s) ** 0.6, np.full(48, z)], axis=1
        )

    shape = (
        (0.0, 0.085, 0.04, 0),
        (0.006, 0.092, 0.047, 0),
        (0.02, 0.096, 0.05, 0),
        (0.17, 0.096, 0.05, 0),
        (0.21, 0.085, 0.046, -0.008),
        (0.25, 0.05, 0.036, -0.035),
        (0.268, 0.028, 0.027, -0.045),
        (0.285, 0.027, 0.027, -0.045),
    )
    a.add(body, stack_rings([level(z, w, d, x) for z, w, d, x in shape]))
    a.add(body, tube(curve([(-0.02, 0, 0.262), (0.045, 0, 0.255), (0.085, 0, 0.215), (0.088, 0, 0.16)]), 0.016, 14))
    label = rounded_box(0.15, 0.1012, 0.13, 0.004, 2).moved(z=0.03)
    codes = "f7f3e2", "1f5fa8", "c1272d", "2f8f4f"
    a.add(printed_surface("front", *codes, seed=9), side(label, "front"))
    a.add(printed_surface("facts", *codes, seed=12), side(label, "back"))
    a.add(card("f7f3e2"), *[side(label, s) for s in ("left", "right", "top", "bottom")])
    grip = [
        rod((0.032 * np.cos(t), 0.032 * np.sin(t), 0.288), (0.03 * np.cos(t), 0.03 * np.sin(t), 0.33), 0.003, sides=6)
        for t in np.arange(24) * np.pi / 12
    ]
    a.add(
        BLUE,
        lathe([(0, 0.283), (0.033, 0.283), (0.03, 0.335), (0.026, 0.339), (0, 0.339)], 36).moved(-0.045),
        *[g.moved(-0.045) for g in grip],
    )
    return a.model()


def biscuit_tin() -> Model:
    """A round tin of biscuits, its lid leaning on it, biscuits inside."""
    a = Assembly()
    tin = printed_surface("wrap", "efe3c4", "1f3f6e", "6b1f1a", "c9922e", seed=7, roughness=0.25, coat=0.5)
    a.add(tin, _round([(0.08, 0.003), (0.11, 0.003), (0.11, 0.07), (0.08, 0.07)]))
    a.add(
        STEEL,
        torus(0.1095, 0.0022).moved(z=0.003),
        torus(0.1095, 0.0022).moved(z=0.07),
        lathe([(0, 0), (0.108, 0), (0.108, 0.004), (0, 0.004)], 40),
    )
    a.add(WHITE, lathe([(0.02, 0.0702), (0.106, 0.0702), (0.106, 0.0712), (0.02, 0.0712)], 40))
    crumb = paint("noise", "c9924a", "a8722f", "deb06a", size=0.06, roughness=0.9)
    sugar = paint("dots", "d9a861", "f2e8d2", size=0.02, roughness=0.9)
    for i in range(9):
        r, t = (0.0, 0.0) if i == 8 else (0.066, i * np.pi / 4)
        cookie = lathe([(0, 0), (0.026, 0), (0.028, 0.004), (0.024, 0.009), (0.012, 0.01), (0, 0.0095)], 20)
        a.add(sugar if i % 3 else crumb, cookie.turned("x", 8 * (i % 3) - 8).moved(r * np.cos(t), r * np.sin(t), 0.074))
    lid = Assembly()
    lid.add(
        printed_surface("front", "efe3c4", "1f3f6e", "6b1f1a", "c9922e", seed=19, roughness=0.25, coat=0.5),
        unit_uv(lathe([(0, 0.018), (0.113, 0.018), (0.112, 0.02), (0, 0.02)], 48), "z"),
    )
    lid.add(
        paint("plain", "c9a23e", roughness=0.3, metallic=0.6),
        lathe([(0.1, 0.0), (0.1135, 0.0), (0.1135, 0.019), (0.1, 0.019)], 48),
    )
    part = lid.model()
    for index, surface in enumerate(part.surfaces):
        a.add(surface, selected(part.mesh, part.mesh.materials == index).turned("z", 20).moved(0.21, -0.13))
    return a.model(1.2)


def paint_pots() -> Model:
    """Two pots of paint, one open with drips and a brush across it."""
    a = Assembly()
    for x, code, seed in ((-0.1, "2a7f9f", 5), (0.1, "c8502a", 35)):
        a.add(
            STEEL,
            *[
                m.moved(x)
                for m in (
                    lathe(
                        [(0, 0), (0.082, 0), (0.084, 0.004), (0.084, 0.19), (0.078, 0.193), (0.07, 0.188), (0, 0.188)],
                        40,
                    ),
                    torus(0.084, 0.003).moved(z=0.004),
                    torus(0.083, 0.004).moved(z=0.19),
                )
            ],
        )
        label = _round([(0.07, 0.018), (0.0848, 0.018), (0.0848, 0.165), (0.07, 0.165)])
        a.add(printed_surface("wrap", "f4f1e8", code, "2b2b2b", code, seed=seed), label.moved(x))
        wire = [
            (x + 0.088 * np.cos(t), -0.03 - 0.05 * np.sin(t), 0.155 - 0.1 * np.sin(t))
            for t in np.linspace(0, np.pi, 20)
        ]
        a.add(STEEL, tube(wire, 0.002, 6), *[ball(0.008, 12, 8).moved(x + s * 0.086, -0.02, 0.155) for s in (-1, 1)])
    wet = paint("plain", "c8502a", roughness=0.15, coat=0.8)
    a.add(wet, lathe([(0, 0.185), (0.077, 0.185), (0.078, 0.1895), (0, 0.1895)], 32).moved(0.1))
    drips = ((-70, 0.05), (-50, 0.09), (-38, 0.03), (-95, 0.065))
    a.add(
        wet,
        *[
            rod(
                (0.1 + 0.085 * np.cos(np.radians(t)), 0.085 * np.sin(np.radians(t)), 0.192),
                (0.1 + 0.0855 * np.cos(np.radians(t)), 0.0855 * np.sin(np.radians(t)), 0.19 - d),
                0.006,
                0.005,
                8,
            )
            for t, d in drips
        ],
    )
    handle = curve([(-0.04, 0.0, 0.205), (0.0, 0.0, 0.207), (0.06, 0.0, 0.205)])
    a.add(paint("wood", "c98a4a", "8a5a2a", size=0.2), tube(np.array(handle) - [0, 0.03, 0], 0.009, 12, squash=0.7))
    a.add(STEEL, box(0.03, 0.05, 0.016, bevel=0.002).moved(0.075, -0.03, 0.197)).add(
        wet, box(0.05, 0.046, 0.012, bevel=0.004).moved(0.11, -0.03, 0.199)
    )
    return a.model()


BUILDERS = {
    "packages": {
        "soup-cans": soup_cans,
        "jam-jar": jam_jar,
        "detergent-bottle": detergent_bottle,
        "biscuit-tin": biscuit_tin,
        "paint-pots": paint_pots,
    },
}
