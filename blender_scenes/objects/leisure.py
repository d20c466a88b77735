"""Sports gear and musical instruments."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .footwear import shoe
from .kit import (
    BLACK,
    BLUE,
    BRASS,
    IRON,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    Assembly,
    paint,
)
from .shapes import (
    curve,
    disc,
    pair,
    rod,
    rounded_box,
    selected,
    slab,
    unit_uv,
    wheel,
)


def dumbbells() -> Model:
    """A pair of loaded dumbbells on a chequered mat, one across the other."""
    a = Assembly()
    a.add(paint("checker", "30343a", "5f6871", "9aa3ad", size=0.12), rounded_box(0.7, 0.46, 0.03, 0.012))
    colours = RED, BLUE
    for i, (turn, z) in enumerate(((10, 0.0), (-25, 0.0))):
        y = 0.11 - 0.24 * i
        parts = [rod((-0.24, 0, 0.125), (0.24, 0, 0.125), 0.018)]
        a.add(STEEL, *[p.turned("z", turn).moved(0, y, z + 0.01) for p in parts])
        for x, r in ((0.12, 0.11), (0.155, 0.11), (0.19, 0.08)):
            plate = wheel(r, 0.032).turned("z", 90)
            both = pair(plate.moved(x, 0, 0.125)).turned("z", turn).moved(0, y, z + 0.01)
            a.add(colours[i] if r > 0.1 else IRON, both)
        a.add(
            BRASS,
            pair(wheel(0.03, 0.03).turned("z", 90).moved(0.22, 0, 0.125)).turned("z", turn).moved(0, y, 0.01),
        )
    return a.model(0.75)


def skateboard() -> Model:
    """A skateboard leaning up on its tail, graphics to the front."""
    a = Assembly()
    z = np.linspace(0, 1, 15)
    half = 0.11 * np.clip(1 - np.abs(2 * z - 1) ** 8, 0.25, 1)
    back = 0.09 * (np.clip(0.18 - z, 0, 1) + np.clip(z - 0.82, 0, 1)) / 0.18
    rings = [
        np.array(
            [
                [-h, b - 0.008, 0.82 * v],
                [h, b - 0.008, 0.82 * v],
                [h, b + 0.008, 0.82 * v],
                [-h, b + 0.008, 0.82 * v],
            ]
        )
        for v, h, b in zip(z, half, back, strict=True)
    ]
    pose = -16
    deck = stack_rings(rings, smooth=False)
    grip = box(0.19, 0.006, 0.52).moved(0, 0.009, 0.15).turned("x", pose)
    a.add(paint("checker", "222226", "f4d35e", "3a3a40", size=0.12), grip)
    a.add(paint("painting", "f2c14e", "d1345b", "3066be", size=1.0, seed=12), unit_uv(deck).turned("x", pose))
    for level in (0.2, 0.62):
        a.add(
            STEEL,
            rod((-0.1, -0.05, level), (0.1, -0.05, level), 0.014).turned("x", pose),
            box(0.06, 0.06, 0.07, bevel=0.008).moved(0, -0.025, level - 0.035).turned("x", pose),
        )
        a.add(YELLOW, pair(wheel(0.04, 0.045).turned("z", 90).moved(0.1, -0.055, level)).turned("x", pose))
    a.add(
        IRON,
        pair(rod((0.06, 0.32, 0.0), (0.05, 0.15, 0.6), 0.012)),
        rod((-0.06, 0.32, 0.012), (0.06, 0.32, 0.012), 0.012),
    )
    return a.model()


def bowling_pins() -> Model:
    """Six scuffed pins on a piece of lane, one knocked over, and a swirled ball."""
    a = Assembly()
    side = [
        (0.026, 0),
        (0.029, 0.004),
        (0.05, 0.06),
        (0.0605, 0.115),
        (0.055, 0.165),
        (0.033, 0.22),
        (0.0235, 0.255),
        (0.026, 0.29),
        (0.0325, 0.335),
        (0.028, 0.367),
        (0.013, 0.381),
    ]
    line = curve([(x, 0, z) for x, z in side], 3)[:, [0, 2]]
    body = lathe(np.concatenate([[[0, 0]], line, [[0, 0.3825]]]), 20)
    worn = paint("plaster", "efe9dc", "cfc4ae", "fbf8f0", size=0.2, seed=4, roughness=0.25, coat=0.7)
    foot = lathe([(0, -0.001), (0.0285, -0.001), (0.0305, 0.006), (0, 0.006)], 24)

    def band(low: float, high: float) -> Mesh:
        z = np.linspace(low, high, 5)
        r = np.interp(z, line[:, 1], line[:, 0])
        return lathe([(0.01, low), *zip(r + 0.0006, z, strict=True), (0.01, high)], 28)

    bands = [band(0.222, 0.238), band(0.258, 0.274)]
    crown = unit_uv(
        slab(
            [(-0.018, 0), (0.018, 0), (0.024, 0.028), (0.01, 0.016), (0, 0.034), (-0.01, 0.016), (-0.024, 0.028)], 0.02
        )
    ).moved(0, -0.0515, 0.105)
    spots = [(0, 0), (-0.1, 0.17), (0.1, 0.17), (-0.2, 0.34), (0, 0.34)]
    for x, y in spots:
        a.add(worn, body.moved(x, y, 0.021)).add(RED, *[m.moved(x, y, 0.021) for m in (*bands, crown)]).add(
            BLACK, foot.moved(x, y, 0.021)
        )

    def fallen(mesh: Mesh) -> Mesh:
        return mesh.turned("y", 84).turned("z", 25).moved(0.12, 0.02, 0.081)

    a.add(worn, fallen(body)).add(RED, *[fallen(m) for m in (*bands, crown)]).add(BLACK, fallen(foot))
    a.add(
        paint("planks", "d9b27c", "b0834a", "e9c998", size=0.35, seed=3, roughness=0.2, coat=0.8),
        box(0.72, 0.72, 0.02, bevel=0.004).moved(0.02, 0.08),
    )
    swirl = paint("marble", "3b1f6b", "b07be0", "1d0f38", size=0.5, roughness=0.1, coat=0.9)
    a.add(swirl, ball(0.108, 36, 24).moved(-0.16, -0.12, 0.127))
    holes = [
        lathe([(0, 0.1), (0.013, 0.1), (0.012, 0.1084), (0, 0.1084)], 18)
        .turned("x", 40 + t)
        .turned("z", s)
        .moved(-0.16, -0.12, 0.127)
        for t, s in ((0, -10), (0, 12), (20, 0))
    ]
    return a.add(BLACK, *holes).model()


def kettlebells() -> Model:
    """Two cast kettlebells with painted weights."""
    a = Assembly()
    for x, r, code in ((-0.13, 0.105, "2b6cb0"), (0.13, 0.09, "c8502a")):
        cast = paint("noise", "2b2c2f", "333438", "242528", "2f3034", size=0.1, roughness=0.7)
        base = [(0, 0), (0.7 * r, 0), (0.8 * r, 0.1 * r)]
        arc = [(r * np.cos(t), r * (0.9 + np.sin(t))) for t in np.linspace(-0.62, 1.45, 14)]
        a.add(cast, lathe([*base, *arc, (0, 1.9 * r)], 36).moved(x))
        loop = curve(
            [
                (-0.55 * r, 0, 1.5 * r),
                (-0.75 * r, 0, 2.2 * r),
                (-0.4 * r, 0, 2.65 * r),
                (0.4 * r, 0, 2.65 * r),
                (0.75 * r, 0, 2.2 * r),
                (0.55 * r, 0, 1.5 * r),
            ]
        )
        a.add(cast, tube(loop, 0.19 * r, 14).moved(x))
        a.add(
            paint("plain", code, roughness=0.4),
            torus(0.62 * r, 0.035 * r, 32, 8).turned("x", 90).moved(x, -0.82 * r, 0.9 * r),
            *[torus(0.2 * r, 0.022 * r, 20, 6).moved(x + s * 0.72 * r, 0, 2.15 * r) for s in (-1, 1)],
        )
        a.add(
            paint("notice", "2b2c2f", "f2efe6", "2b2c2f", size=1.0, seed=4 if x < 0 else 5),
            unit_uv(slab(disc(0.55 * r), 0.03)).moved(x, -0.86 * r, 0.9 * r),
        )
    return a.model()


def tennis_racket() -> Model:
    """A strung tennis racket lying with two balls."""
    a = Assembly()
    t = np.linspace(0, 2 * np.pi, 49)
    frame = np.stack([0.13 * np.sin(t), 0.17 * np.cos(t), np.full(49, 0.02)], axis=1)
    a.add(
        paint("stripes", "1f3f8f", "f2efe6", "c8281e", size=0.22, seed=3, coat=0.6, roughness=0.25),
        tube(frame, 0.011, 10, squash=1.5),
    )
    a.add(
        BLACK,
        *[
            tube(
                curve([(s * 0.075, -0.14, 0.02), (s * 0.03, -0.22, 0.02), (s * 0.01, -0.3, 0.02)]),
                0.009,
                10,
                squash=1.4,
            )
            for s in (-1, 1)
        ],
    )
    strings = [
        rod(
            (x, -0.17 * np.sqrt(1 - (x / 0.13) ** 2), 0.02),
            (x, 0.17 * np.sqrt(1 - (x / 0.13) ** 2), 0.02),
            0.0011,
            sides=4,
        )
        for x in np.linspace(-0.115, 0.115, 15)
    ]
    strings += [
        rod(
            (-0.13 * np.sqrt(1 - (y / 0.17) ** 2), y, 0.0215),
            (0.13 * np.sqrt(1 - (y / 0.17) ** 2), y, 0.0215),
            0.0011,
            sides=4,
        )
        for y in np.linspace(-0.15, 0.15, 18)
    ]
    a.add(paint("plain", "ece8d2", roughness=0.5), *strings)
    a.add(
        paint("leather", "2a2a2c", "1a1a1c", "3a3a3e", size=0.05, roughness=0.8),
        rod((0, -0.29, 0.02), (0, -0.5, 0.02), 0.0155, sides=8),
    )
    a.add(WHITE, *[torus(0.0158, 0.0012, 12, 6).turned("x", 78).moved(0, -0.31 - 0.018 * k, 0.02) for k in range(10)])
    felt = paint("knit", "c9d93a", "9cab20", "dfe87a", size=0.03, roughness=0.98)
    seam = [
        (
            0.0335 * (0.6 * np.cos(u) + 0.4 * np.cos(3 * u)),
            0.0335 * (0.6 * np.sin(u) - 0.4 * np.sin(3 * u)),
            0.0335 * 0.98 * np.sin(2 * u),
        )
        for u in np.linspace(0, 2 * np.pi, 65)
    ]
    for x, y in ((0.1, -0.32), (-0.13, -0.25)):
        a.add(felt, ball(0.0335, 24, 14).moved(x, y, 0.0335)).add(
            WHITE, tube(np.array(seam), 0.0018, 6).moved(x, y, 0.0335)
        )
    return a.model(1.15)


def roller_skates() -> Model:
    """A pair of laced roller skates with four wheels each."""
    a = Assembly()
    for x, turn in ((-0.1, 8), (0.1, -12)):
        one = Assembly()
        shoe(
            one,
            paint("leather", "e9e2d6", "cfc6b4", "f6f1e8", size=0.12, roughness=0.45),
            paint("plain", "7a4a2a", roughness=0.5),
            RED,
            tall=0.17,
        )
        part = one.model()
        turned = [
            selected(part.mesh, part.mesh.materials == k).turned("z", 90 + turn).moved(x, 0, 0.072)
            for k in range(len(part.surfaces))
        ]
        for surface, mesh in zip(part.surfaces, turned, strict=True):
            a.add(surface, mesh)
        for y in (-0.08, 0.08):
            axle = rod((-0.045, y, 0.03), (0.045, y, 0.03), 0.005)
            bits = [wheel(0.03, 0.03).turned("z", 90).moved(s * 0.035, y, 0.03) for s in (-1, 1)]
            a.add(paint("plain", "d9432a", roughness=0.4, coat=0.3), *[m.turned("z", turn).moved(x) for m in bits])
            a.add(
                STEEL,
                *[
                    m.turned("z", turn).moved(x)
                    for m in (
                        axle,
                        box(0.05, 0.06, 0.035, bevel=0.006).moved(0, y, 0.04),
                        *[wheel(0.01, 0.034).turned("z", 90).moved(s * 0.035, y, 0.03) for s in (-1, 1)],
                    )
                ],
            )
        a.add(RED, rod((0, -0.12, 0.045), (0, -0.14, 0.035), 0.02, sides=16).turned("z", turn).moved(x))
    return a.model()


BUILDERS = {
    "sports gear": {
        "dumbbells": dumbbells,
        "skateboard": skateboard,
        "bowling-pins": bowling_pins,
        "kettlebells": kettlebells,
        "tennis-racket": tennis_racket,
        "roller-skates": roller_skates,
    },
}
