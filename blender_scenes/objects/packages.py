"""Packages as they stand in a shop: cartons, cans, jars and bottles with printed labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..meshes import Mesh, ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model, Surface
from .kit import BLACK, BLUE, RED, STEEL, WHITE, YELLOW, Assembly, paint
from .shapes import blob, curve, pair, rod, rounded_box, selected, slab, unit_uv

_SIDES = {"front": (1, -1), "back": (1, 1), "left": (0, -1), "right": (0, 1), "bottom": (2, -1), "top": (2, 1)}


def side(mesh: Mesh, name: str) -> Mesh:
    """The faces of a box-like piece that look to one side, one repeat of the texture over them, upright as seen
    from there."""
    axis, sign = _SIDES[name]
    corners = mesh.vertices[mesh.faces]
    normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    weighted = np.abs(normals) * [1.0, 1.001, 1.002]
    part = selected(mesh, (np.argmax(weighted, axis=1) == axis) & (sign * normals[:, axis] > 0))
    u, v = {0: (1, 2), 1: (0, 2), 2: (0, 1)}[axis]
    low, high = mesh.bounds()
    uvs = ((part.vertices[part.faces] - low) / (high - low))[..., [u, v]]
    if name in ("back", "left", "bottom"):
        uvs = uvs * [-1, 1] + [1, 0]
    return replace(part, uvs=uvs)


def printed(a: Assembly, mesh: Mesh, **surfaces: Surface) -> None:
    """Add a box-like piece with one surface a side; `rest` is for the sides not named."""
    for name in _SIDES:
        a.add(surfaces.get(name, surfaces["rest"]), side(mesh, name))


def _print(kind: str, *codes: str, seed: int, roughness: float = 0.45, coat: float = 0.15) -> Surface:
    return paint(kind, *codes, size=1.0, seed=seed, roughness=roughness, coat=coat)


def _card(code: str) -> Surface:
    """Unprinted but coloured cardboard."""
    return paint("fabric", code, size=0.02, roughness=0.6)


def cereal_box() -> Model:
    """A family box of breakfast cereal, its lid torn open."""
    a = Assembly()
    codes = "e8b62c", "b5241f", "3a1d0f"
    printed(a, rounded_box(0.24, 0.08, 0.34, 0.003, 2), front=_print("front", *codes, seed=0), back=_print("front", *codes, seed=5),
            left=_print("facts", *codes, seed=1), right=_print("facts", *codes, seed=2), rest=_card("e8b62c"))  # fmt: skip
    grey = paint("fabric", "a39a8a", "8a8172", size=0.02, roughness=0.9)
    a.add(grey, box(0.23, 0.072, 0.0012).turned("x", 32).moved(0, 0.006, 0.352))
    a.add(_card("e8b62c"), box(0.232, 0.0012, 0.05).turned("x", 55).moved(0, -0.039, 0.339))
    liner = paint("plaster", "e9e6dc", "cfcabc", size=0.1, roughness=0.3)
    wave = np.linspace(-0.1, 0.1, 40)
    for y in (-0.014, 0.014):
        path = np.c_[wave, y + 0.005 * np.sin(wave * 140 + y * 300), np.full(40, 0.352)]
        a.add(liner, tube(path, 0.012, 6, squash=0.15))
    return a.model()


def medicine_box() -> Model:
    """A carton of tablets with a blister strip in front of it."""
    a = Assembly()
    codes = "f2f2ee", "1b6ca8", "d9362b"
    printed(a, rounded_box(0.15, 0.05, 0.11, 0.0015, 2), front=_print("front", *codes, seed=1), back=_print("front", *codes, seed=6),
            left=_print("facts", *codes, seed=3), right=_print("facts", *codes, seed=4), rest=_card("f2f2ee"))  # fmt: skip
    foil = paint("metal", "c3c7cb", "9aa0a6", "e2e5e8", size=0.05, roughness=0.3, metallic=0.9)
    a.add(foil, rounded_box(0.12, 0.055, 0.002, 0.0006, 2).turned("z", 14).moved(0.02, -0.075))
    pill = blob(0.0065, 0.0045, 0.004, segments=14, rings=8)
    a.add(paint("plain", "e9e4da", roughness=0.3, coat=0.6),
          *[pill.moved(-0.045 + 0.018 * i, -0.013 + 0.026 * j, 0.004).turned("z", 14).moved(0.02, -0.075) for i in range(6) for j in range(2)])  # fmt: skip
    return a.model(1.2)


def toy_box() -> Model:
    """A window box with a toy car behind the opening, hanging tab on top."""
    a = Assembly()
    codes = "1f4fa3", "2f7fd8", "c62828", "35a04a"
    face = _print("front", *codes, seed=2)
    printed(a, rounded_box(0.34, 0.12, 0.26, 0.003, 2), front=face, back=_print("front", *codes, seed=7),
            left=_print("facts", *codes, seed=5), right=_print("facts", *codes, seed=6), rest=_card("1f4fa3"))  # fmt: skip
    tab = [(-0.09, 0), (0.09, 0), (0.07, 0.045), (0.03, 0.05), (-0.03, 0.05), (-0.07, 0.045)]
    a.add(_card("1f4fa3"), slab(tab, 0.004).moved(0, 0.05, 0.259))
    a.add(BLACK, slab([(-0.02, 0), (0.02, 0), (0.018, 0.008), (-0.018, 0.008)], 0.006).moved(0, 0.05, 0.285))
    a.add(YELLOW, rounded_box(0.31, 0.012, 0.03, 0.005).moved(0, -0.062, 0.012))
    for x in (-0.09, 0.0, 0.09):
        hull = blob(0.036, 0.012, 0.011, 0.6, 20, 10).moved(x, -0.066, 0.06)
        a.add((RED, BLUE, YELLOW)[round(x / 0.09) + 1], hull, blob(0.018, 0.011, 0.012, 0.7, 16, 8).moved(x + 0.003, -0.066, 0.072))
        a.add(BLACK, *[rod((x + d, -0.082, 0.05), (x + d, -0.06, 0.05), 0.009, sides=14) for d in (-0.022, 0.022)])
    return a.model(1.15)


def _can(a: Assembly, radius: float, height: float, label: Surface) -> None:
    """A tin can: beaded wall, double seams, recessed lids."""
    beads = [(radius - 0.0008 * (k % 2), z) for k, z in enumerate(np.linspace(0.008, height - 0.008, 25))]
    a.add(STEEL, lathe([(0, 0.004), (radius - 0.004, 0.004), (radius - 0.003, 0.0), (radius + 0.001, 0.001), (radius + 0.001, 0.006), *beads,
                        (radius + 0.001, height - 0.006), (radius + 0.001, height - 0.001), (radius - 0.003, height), (radius - 0.004, height - 0.004),
                        (radius * 0.7, height - 0.004), (radius * 0.68, height - 0.0055), (0, height - 0.0055)], 40))  # fmt: skip
    ring = [(radius - 0.002, 0.012), (radius + 0.0006, 0.012), (radius + 0.0006, height - 0.012), (radius - 0.002, height - 0.012)]
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
    labels = (("f3ead0", "a8201a", "3b2a12", "d23b22"), ("e8efe0", "1f6b35", "3b2a12", "d2b422"), ("f2e2b8", "8a3a12", "2a1a10", "e8862a"))
    for k, (x, y, z, turn) in enumerate(((-0.062, 0, 0, 15), (0.062, 0.004, 0, -20), (0.004, 0.003, 0.15, 5))):
        one = Assembly()
        _can(one, 0.055, 0.148, _print("wrap", *labels[k], seed=2 * k, roughness=0.5))
        one.add(STEEL, torus(0.011, 0.0016, 20, 6).scaled(1.3, 1, 1).moved(0, -0.022, 0.1455), rod((0, -0.006, 0.1445), (0, -0.014, 0.146), 0.003))
        part = one.model()
        for index, surface in enumerate(part.surfaces):
            a.add(surface, selected(part.mesh, part.mesh.materials == index).turned("z", turn).moved(x, y, z))
    return a.model()


def milk_carton() -> Model:
    """A gable-top carton of milk with a screw cap."""
    a = Assembly()
    codes = "eef3f6", "2f7fc1", "123a63", "6fae3f"
    w, h, roof = 0.095, 0.2, 0.055
    printed(a, rounded_box(w, w, h, 0.002, 2), front=_print("front", *codes, seed=4), back=_print("front", *codes, seed=29),
            left=_print("facts", *codes, seed=7), right=_print("facts", *codes, seed=8), rest=_card("eef3f6"))  # fmt: skip
    tilt = np.degrees(np.arctan2(roof, w / 2))
    panel = box(w, 0.0016, float(np.hypot(roof, w / 2)))
    blue = paint("stripes", "2f7fc1", "eef3f6", "123a63", size=0.1, seed=3, roughness=0.45)
    for s in (-1, 1):
        a.add(blue, unit_uv(panel).turned("x", s * (90 - tilt)).moved(0, s * (w / 2 - 0.001), h))
    gable = slab([(-w / 2 + 0.001, 0), (w / 2 - 0.001, 0), (0, roof - 0.002)], 0.0016).turned("z", 90)
    a.add(_card("eef3f6"), gable.moved(w / 2 - 0.012, 0, h), gable.moved(-w / 2 + 0.012, 0, h), box(w, 0.004, 0.028).moved(0, 0, h + roof - 0.004))
    cap = lathe([(0, 0), (0.017, 0), (0.0165, 0.016), (0.014, 0.018), (0, 0.018)], 28)
    a.add(BLUE, cap.turned("x", 90 - tilt + 12).moved(0, -w / 4 - 0.002, h + roof / 2))
    return a.model(1.2)


def jam_jar() -> Model:
    """A jar of preserves under a cloth cap with a string bow."""
    a = Assembly()
    jam = paint("noise", "7d0f18", "b5202a", "4a060c", size=0.06, roughness=0.08, coat=1.0)
    a.add(jam, lathe([(0, 0.004), (0.05, 0.0), (0.056, 0.008), (0.056, 0.1), (0.046, 0.118), (0.042, 0.122), (0, 0.122)], 40))
    label = [(0.05, 0.025), (0.0566, 0.025), (0.0566, 0.09), (0.05, 0.09)]
    a.add(_print("wrap", "f7f0dc", "7d1f2a", "3b1a12", "b5202a", seed=9, roughness=0.7, coat=0.0), _round(label))
    cloth = paint("plaid", "f4f1e8", "c1272d", "7c1418", size=0.05, roughness=0.95)
    turn = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    rings = []
    for r, z, wave in ((0.045, 0.108, 0.0), (0.068, 0.096, 0.006), (0.069, 0.098, 0.006), (0.047, 0.113, 0.001), (0.047, 0.128, 0), (0.04, 0.133, 0), (0.004, 0.134, 0)):
        ring = r + wave * np.sin(11 * turn)
        rings.append(np.stack([ring * np.cos(turn), ring * np.sin(turn), np.full(64, z) + 0.6 * wave * np.cos(11 * turn)], axis=1))
    a.add(cloth, stack_rings(rings))
    string = paint("knit", "c9a66b", "8a6a3a", size=0.01)
    a.add(string, torus(0.048, 0.0022, 40, 8).moved(z=0.112), pair(torus(0.012, 0.0016, 20, 6).scaled(1.4, 1, 0.8).turned("x", 80).moved(0.016, -0.052, 0.111)))
    return a.model(1.3)


def detergent_bottle() -> Model:
    """A bottle of washing liquid with a moulded handle and a dosing cap."""
    a = Assembly()
    body = paint("plain", "e8621f", roughness=0.35, coat=0.2)
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)

    def level(z: float, wide: float, deep: float, x: float = 0.0) -> np.ndarray:
        c, s = np.cos(turn), np.sin(turn)
        return np.stack([x + wide * np.sign(c) * np.abs(c) ** 0.6, deep * np.sign(s) * np.abs(s) ** 0.6, np.full(48, z)], axis=1)

    shape = ((0.0, 0.085, 0.04, 0), (0.006, 0.092, 0.047, 0), (0.02, 0.096, 0.05, 0), (0.17, 0.096, 0.05, 0), (0.21, 0.085, 0.046, -0.008), (0.25, 0.05, 0.036, -0.035), (0.268, 0.028, 0.027, -0.045), (0.285, 0.027, 0.027, -0.045))
    a.add(body, stack_rings([level(z, w, d, x) for z, w, d, x in shape]))
    a.add(body, tube(curve([(-0.02, 0, 0.262), (0.045, 0, 0.255), (0.085, 0, 0.215), (0.088, 0, 0.16)]), 0.016, 14))
    label = rounded_box(0.15, 0.1012, 0.13, 0.004, 2).moved(z=0.03)
    codes = "f7f3e2", "1f5fa8", "c1272d", "2f8f4f"
    a.add(_print("front", *codes, seed=9), side(label, "front"))
    a.add(_print("facts", *codes, seed=12), side(label, "back"))
    a.add(_card("f7f3e2"), *[side(label, s) for s in ("left", "right", "top", "bottom")])
    grip = [rod((0.032 * np.cos(t), 0.032 * np.sin(t), 0.288), (0.03 * np.cos(t), 0.03 * np.sin(t), 0.33), 0.003, sides=6) for t in np.arange(24) * np.pi / 12]
    a.add(BLUE, lathe([(0, 0.283), (0.033, 0.283), (0.03, 0.335), (0.026, 0.339), (0, 0.339)], 36).moved(-0.045), *[g.moved(-0.045) for g in grip])
    return a.model()


def biscuit_tin() -> Model:
    """A round tin of biscuits, its lid leaning on it, biscuits inside."""
    a = Assembly()
    tin = _print("wrap", "efe3c4", "1f3f6e", "6b1f1a", "c9922e", seed=7, roughness=0.25, coat=0.5)
    a.add(tin, _round([(0.08, 0.003), (0.11, 0.003), (0.11, 0.07), (0.08, 0.07)]))
    a.add(STEEL, torus(0.1095, 0.0022).moved(z=0.003), torus(0.1095, 0.0022).moved(z=0.07), lathe([(0, 0), (0.108, 0), (0.108, 0.004), (0, 0.004)], 40))
    a.add(WHITE, lathe([(0.02, 0.0702), (0.106, 0.0702), (0.106, 0.0712), (0.02, 0.0712)], 40))
    crumb = paint("noise", "c9924a", "a8722f", "deb06a", size=0.06, roughness=0.9)
    sugar = paint("dots", "d9a861", "f2e8d2", size=0.02, roughness=0.9)
    for i in range(9):
        r, t = (0.0, 0.0) if i == 8 else (0.066, i * np.pi / 4)
        cookie = lathe([(0, 0), (0.026, 0), (0.028, 0.004), (0.024, 0.009), (0.012, 0.01), (0, 0.0095)], 20)
        a.add(sugar if i % 3 else crumb, cookie.turned("x", 8 * (i % 3) - 8).moved(r * np.cos(t), r * np.sin(t), 0.074))
    lid = Assembly()
    lid.add(_print("front", "efe3c4", "1f3f6e", "6b1f1a", "c9922e", seed=19, roughness=0.25, coat=0.5), unit_uv(lathe([(0, 0.018), (0.113, 0.018), (0.112, 0.02), (0, 0.02)], 48), "z"))
    lid.add(paint("plain", "c9a23e", roughness=0.3, metallic=0.6), lathe([(0.1, 0.0), (0.1135, 0.0), (0.1135, 0.019), (0.1, 0.019)], 48))
    part = lid.model()
    for index, surface in enumerate(part.surfaces):
        a.add(surface, selected(part.mesh, part.mesh.materials == index).turned("z", 20).moved(0.21, -0.13))
    return a.model(1.2)


def paint_pots() -> Model:
    """Two pots of paint, one open with drips and a brush across it."""
    a = Assembly()
    for x, code, seed in ((-0.1, "2a7f9f", 5), (0.1, "c8502a", 35)):
        a.add(STEEL, *[m.moved(x) for m in (lathe([(0, 0), (0.082, 0), (0.084, 0.004), (0.084, 0.19), (0.078, 0.193), (0.07, 0.188), (0, 0.188)], 40), torus(0.084, 0.003).moved(z=0.004), torus(0.083, 0.004).moved(z=0.19))])
        label = _round([(0.07, 0.018), (0.0848, 0.018), (0.0848, 0.165), (0.07, 0.165)])
        a.add(_print("wrap", "f4f1e8", code, "2b2b2b", code, seed=seed), label.moved(x))
        wire = [(x + 0.088 * np.cos(t), -0.03 - 0.05 * np.sin(t), 0.155 - 0.1 * np.sin(t)) for t in np.linspace(0, np.pi, 20)]
        a.add(STEEL, tube(wire, 0.002, 6), *[ball(0.008, 12, 8).moved(x + s * 0.086, -0.02, 0.155) for s in (-1, 1)])
    wet = paint("plain", "c8502a", roughness=0.15, coat=0.8)
    a.add(wet, lathe([(0, 0.185), (0.077, 0.185), (0.078, 0.1895), (0, 0.1895)], 32).moved(0.1))
    drips = ((-70, 0.05), (-50, 0.09), (-38, 0.03), (-95, 0.065))
    a.add(wet, *[rod((0.1 + 0.085 * np.cos(np.radians(t)), 0.085 * np.sin(np.radians(t)), 0.192), (0.1 + 0.0855 * np.cos(np.radians(t)), 0.0855 * np.sin(np.radians(t)), 0.19 - d), 0.006, 0.005, 8) for t, d in drips])
    handle = curve([(-0.04, 0.0, 0.205), (0.0, 0.0, 0.207), (0.06, 0.0, 0.205)])
    a.add(paint("wood", "c98a4a", "8a5a2a", size=0.2), tube(np.array(handle) - [0, 0.03, 0], 0.009, 12, squash=0.7))
    a.add(STEEL, box(0.03, 0.05, 0.016, bevel=0.002).moved(0.075, -0.03, 0.197)).add(wet, box(0.05, 0.046, 0.012, bevel=0.004).moved(0.11, -0.03, 0.199))
    return a.model()


BUILDERS = {
    "packages": {
        "cereal-box": cereal_box,
        "medicine-box": medicine_box,
        "toy-box": toy_box,
        "soup-cans": soup_cans,
        "milk-carton": milk_carton,
        "jam-jar": jam_jar,
        "detergent-bottle": detergent_bottle,
        "biscuit-tin": biscuit_tin,
        "paint-pots": paint_pots,
    },
}
