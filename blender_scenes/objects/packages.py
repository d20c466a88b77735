"""Packages as they stand in a shop: cartons, cans, jars and bottles with printed labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..meshes import Mesh, box, lathe, tube
from ..surfaces import Model, Surface
from .kit import BLACK, BLUE, RED, YELLOW, Assembly, paint
from .shapes import blob, rod, rounded_box, selected, slab, unit_uv

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


def printed_surface(kind: str, *codes: str, seed: int, roughness: float = 0.45, coat: float = 0.15) -> Surface:
    return paint(kind, *codes, size=1.0, seed=seed, roughness=roughness, coat=coat)


def card(code: str) -> Surface:
    """Unprinted but coloured cardboard."""
    return paint("fabric", code, size=0.02, roughness=0.6)


def cereal_box() -> Model:
    """A family box of breakfast cereal, its lid torn open."""
    a = Assembly()
    codes = "e8b62c", "b5241f", "3a1d0f"
    printed(
        a,
        rounded_box(0.24, 0.08, 0.34, 0.003, 2),
        front=printed_surface("front", *codes, seed=0),
        back=printed_surface("front", *codes, seed=5),
        left=printed_surface("facts", *codes, seed=1),
        right=printed_surface("facts", *codes, seed=2),
        rest=card("e8b62c"),
    )
    grey = paint("fabric", "a39a8a", "8a8172", size=0.02, roughness=0.9)
    a.add(grey, box(0.23, 0.072, 0.0012).turned("x", 32).moved(0, 0.006, 0.352))
    a.add(card("e8b62c"), box(0.232, 0.0012, 0.05).turned("x", 55).moved(0, -0.039, 0.339))
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
    printed(
        a,
        rounded_box(0.15, 0.05, 0.11, 0.0015, 2),
        front=printed_surface("front", *codes, seed=1),
        back=printed_surface("front", *codes, seed=6),
        left=printed_surface("facts", *codes, seed=3),
        right=printed_surface("facts", *codes, seed=4),
        rest=card("f2f2ee"),
    )
    foil = paint("metal", "c3c7cb", "9aa0a6", "e2e5e8", size=0.05, roughness=0.3, metallic=0.9)
    a.add(foil, rounded_box(0.12, 0.055, 0.002, 0.0006, 2).turned("z", 14).moved(0.02, -0.075))
    pill = blob(0.0065, 0.0045, 0.004, segments=14, rings=8)
    a.add(
        paint("plain", "e9e4da", roughness=0.3, coat=0.6),
        *[
            pill.moved(-0.045 + 0.018 * i, -0.013 + 0.026 * j, 0.004).turned("z", 14).moved(0.02, -0.075)
            for i in range(6)
            for j in range(2)
        ],
    )
    return a.model(1.2)


def toy_box() -> Model:
    """A window box with a toy car behind the opening, hanging tab on top."""
    a = Assembly()
    codes = "1f4fa3", "2f7fd8", "c62828", "35a04a"
    face = printed_surface("front", *codes, seed=2)
    printed(
        a,
        rounded_box(0.34, 0.12, 0.26, 0.003, 2),
        front=face,
        back=printed_surface("front", *codes, seed=7),
        left=printed_surface("facts", *codes, seed=5),
        right=printed_surface("facts", *codes, seed=6),
        rest=card("1f4fa3"),
    )
    tab = [(-0.09, 0), (0.09, 0), (0.07, 0.045), (0.03, 0.05), (-0.03, 0.05), (-0.07, 0.045)]
    a.add(card("1f4fa3"), slab(tab, 0.004).moved(0, 0.05, 0.259))
    a.add(BLACK, slab([(-0.02, 0), (0.02, 0), (0.018, 0.008), (-0.018, 0.008)], 0.006).moved(0, 0.05, 0.285))
    a.add(YELLOW, rounded_box(0.31, 0.012, 0.03, 0.005).moved(0, -0.062, 0.012))
    for x in (-0.09, 0.0, 0.09):
        hull = blob(0.036, 0.012, 0.011, 0.6, 20, 10).moved(x, -0.066, 0.06)
        a.add(
            (RED, BLUE, YELLOW)[round(x / 0.09) + 1],
            hull,
            blob(0.018, 0.011, 0.012, 0.7, 16, 8).moved(x + 0.003, -0.066, 0.072),
        )
        a.add(BLACK, *[rod((x + d, -0.082, 0.05), (x + d, -0.06, 0.05), 0.009, sides=14) for d in (-0.022, 0.022)])
    return a.model(1.15)


def milk_carton() -> Model:
    """A gable-top carton of milk with a screw cap."""
    a = Assembly()
    codes = "eef3f6", "2f7fc1", "123a63", "6fae3f"
    w, h, roof = 0.095, 0.2, 0.055
    printed(
        a,
        rounded_box(w, w, h, 0.002, 2),
        front=printed_surface("front", *codes, seed=4),
        back=printed_surface("front", *codes, seed=29),
        left=printed_surface("facts", *codes, seed=7),
        right=printed_surface("facts", *codes, seed=8),
        rest=card("eef3f6"),
    )
    tilt = np.degrees(np.arctan2(roof, w / 2))
    panel = box(w, 0.0016, float(np.hypot(roof, w / 2)))
    blue = paint("stripes", "2f7fc1", "eef3f6", "123a63", size=0.1, seed=3, roughness=0.45)
    for s in (-1, 1):
        a.add(blue, unit_uv(panel).turned("x", s * (90 - tilt)).moved(0, s * (w / 2 - 0.001), h))
    gable = slab([(-w / 2 + 0.001, 0), (w / 2 - 0.001, 0), (0, roof - 0.002)], 0.0016).turned("z", 90)
    a.add(
        card("eef3f6"),
        gable.moved(w / 2 - 0.012, 0, h),
        gable.moved(-w / 2 + 0.012, 0, h),
        box(w, 0.004, 0.028).moved(0, 0, h + roof - 0.004),
    )
    cap = lathe([(0, 0), (0.017, 0), (0.0165, 0.016), (0.014, 0.018), (0, 0.018)], 28)
    a.add(BLUE, cap.turned("x", 90 - tilt + 12).moved(0, -w / 4 - 0.002, h + roof / 2))
    return a.model(1.2)


BUILDERS = {
    "packages": {
        "cereal-box": cereal_box,
        "medicine-box": medicine_box,
        "toy-box": toy_box,
        "milk-carton": milk_carton,
    },
}
