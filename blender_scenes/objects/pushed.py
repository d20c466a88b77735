"""What is ridden or pushed on wheels; all of it goes towards -x."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, stack_rings, tube
from ..surfaces import Model
from .kit import BLACK, IRON, RUBBER, STEEL, WHITE, Assembly, paint
from .organic import Limb, both, grow
from .packages import side
from .road import CHROME, oval, road_wheel
from .shapes import beam, blob, curve, disc, rod, rounded_box, slab, unit_uv
from .vehicles import spoked

_LEATHER = paint("leather", "6b2f22", "4a1d14", "8a4634", size=0.2, roughness=0.5)


def motor_scooter() -> Model:
    """A step-through motor scooter with a leg shield, a bench seat and a mirror."""
    a = Assembly()
    body = paint("plain", "8fb9a8", roughness=0.25, coat=1.0)
    limbs = [
        Limb(body, (0.3, 0, 0.42), (0.62, 0, 0.44), 0.15, 0.1),
        Limb(body, (0.2, 0, 0.46), (0.2, 0, 0.58), 0.12, 0.1),
        Limb(body, (0.15, 0, 0.3), (-0.3, 0, 0.26), 0.05, 0.05, 2.6),
        Limb(body, (0.3, 0, 0.6), (0.6, 0, 0.58), 0.07, 0.05),
    ]
    limbs += both(Limb(body, (0.32, 0.14, 0.42), (0.62, 0.12, 0.4), 0.13, 0.1, 0.75))
    grow(a, limbs, 0.06, 64)
    shield = [
        np.array(
            [
                [-0.38 - 0.05 * bend + dx, y, z]
                for y, bend in zip(np.linspace(-w, w, 13), 1 - np.linspace(-1, 1, 13) ** 2, strict=True)
            ]
        )
        for dx, z, w in (
            (0.1, 0.27, 0.14),
            (0.06, 0.4, 0.2),
            (0.03, 0.55, 0.23),
            (0.02, 0.7, 0.21),
            (0.02, 0.8, 0.12),
            (0.02, 0.83, 0.05),
        )
    ]
    a.add(body, stack_rings([np.concatenate([s, s[::-1] + [0.025, 0, 0]]) for s in shield][::-1]))
    a.add(
        body,
        rod((-0.4, 0, 0.3), (-0.36, 0, 0.93), 0.04),
        blob(0.1, 0.075, 0.07).moved(-0.4, 0, 0.95),
        blob(0.17, 0.075, 0.1).moved(-0.5, 0, 0.34),
    )
    a.add(
        CHROME,
        rod((-0.37, -0.3, 0.97), (-0.37, 0.3, 0.97), 0.013),
        lathe([(0, -0.03), (0.07, -0.02), (0.08, 0.01), (0, 0.012)], 24).turned("y", -90).moved(-0.48, 0, 0.95),
    )
    a.add(
        paint("scales", "e8ecee", "c8d0d4", size=0.04, roughness=0.05, coat=1.0),
        blob(0.02, 0.066, 0.066).moved(-0.495, 0, 0.95),
    )
    for s in (-1, 1):
        a.add(RUBBER, rod((-0.37, s * 0.2, 0.97), (-0.35, s * 0.34, 0.97), 0.02))
        a.add(
            CHROME,
            rod((-0.38, s * 0.18, 0.98), (-0.4, s * 0.26, 1.12), 0.005),
            slab(disc(0.055, 24), 0.014, 0.2).turned("z", 90).moved(-0.4, s * 0.26, 1.15),
        )
        road_wheel(a, 0.21, 0.1, (-0.52, 0.5)[s > 0], 0, WHITE)
        a.add(IRON, rod((-0.52, s * 0.06, 0.21), (-0.4, s * 0.05, 0.5), 0.016))
    a.add(
        _LEATHER, blob(0.33, 0.14, 0.065, 0.6).moved(0.42, 0, 0.72), blob(0.13, 0.12, 0.05, 0.6).moved(0.62, 0, 0.755)
    )
    a.add(
        paint("checker", "2a2a2c", "3d3d40", size=0.06, roughness=0.9),
        box(0.36, 0.2, 0.012, bevel=0.004).moved(-0.12, 0, 0.312),
    )
    a.add(paint("plain", "a8120f", roughness=0.1, coat=0.8), blob(0.03, 0.05, 0.035).moved(0.74, 0, 0.46))
    a.add(
        paint("notice", "f2efe4", "15161a", "2a4fa0", size=1.0, seed=21),
        unit_uv(box(0.008, 0.16, 0.13), "x").moved(0.735, 0, 0.28),
    )
    a.add(
        CHROME,
        tube(curve([(0.35, -0.17, 0.2), (0.55, -0.18, 0.18), (0.78, -0.18, 0.22)]), [0.02] * 7 + [0.03] * 6),
        *[rod((0.2, s * 0.02, 0.2), (0.26, s * 0.2, 0.012), 0.012) for s in (-1, 1)],
    )
    a.add(IRON, rounded_box(0.3, 0.2, 0.16, 0.04).moved(0.42, 0, 0.16))
    return a.model()


def pram() -> Model:
    """A coach-built pram: deep body, folding hood, sprung chassis, spoked wheels."""
    a = Assembly()
    navy = paint("fabric", "1d2f4f", "14213a", "2f4a78", size=0.06, roughness=0.7)
    cream = paint("knit", "efe6d2", "d5c8ac", size=0.05, roughness=0.95)
    for x, r in ((-0.33, 0.2), (0.33, 0.25)):
        for y in (-0.24, 0.24):
            spoked(a, r, x, y)
        a.add(STEEL, rod((x, -0.24, r), (x, 0.24, r), 0.012))
    rings = []
    for z, long, wide in (
        (0.5, 0.26, 0.12),
        (0.52, 0.34, 0.15),
        (0.62, 0.41, 0.185),
        (0.76, 0.44, 0.2),
        (0.8, 0.44, 0.2),
        (0.8, 0.415, 0.175),
        (0.72, 0.4, 0.16),
    ):
        rings.append(np.c_[oval(long, wide, 0.6), np.full(72, z)])
    a.add(navy, stack_rings(rings))
    a.add(cream, blob(0.38, 0.16, 0.06, 0.7).moved(-0.02, 0, 0.75), blob(0.1, 0.13, 0.05, 0.7).moved(0.27, 0, 0.8))
    a.add(
        paint("floral", "f4e4e8", "c96a86", "8ab08a", size=0.12, seed=4),
        blob(0.25, 0.165, 0.04, 0.7).moved(-0.14, 0, 0.79),
    )
    folds = []
    for k, t in enumerate(np.linspace(0.0, 1.75, 15)):
        arch = np.linspace(0, np.pi, 17)
        reach = 0.36 + 0.012 * np.cos(np.pi * k)
        outer = np.stack([0 * arch, 0.205 * np.cos(arch), reach * np.maximum(np.sin(arch), 0.03)], axis=1)
        outer = np.stack([0.12 + outer[:, 2] * np.cos(t), outer[:, 1], 0.8 + outer[:, 2] * np.sin(t)], axis=1)
        inner = np.stack(
            [0.12 + (outer[:, 0] - 0.12) * 0.97, outer[:, 1] * 0.97, 0.8 + (outer[:, 2] - 0.8) * 0.97], axis=1
        )
        folds.append(np.concatenate([outer, inner[::-1]]))
    a.add(navy, stack_rings(folds[::-1]))
    a.add(
        CHROME,
        *[
            tube(curve([(x, s * 0.24, z), (0.5 * x, s * 0.21, 0.42), (0.3 * x, s * 0.17, 0.52)]), 0.009)
            for x, z in ((-0.33, 0.2), (0.33, 0.25))
            for s in (-1, 1)
        ],
    )
    a.add(
        CHROME,
        *[tube(curve([(0.4, s * 0.18, 0.74), (0.6, s * 0.19, 0.9), (0.7, s * 0.19, 0.98)]), 0.011) for s in (-1, 1)],
    )
    return a.add(cream, rod((0.7, -0.2, 0.98), (0.7, 0.2, 0.98), 0.02)).model()


def shopping_trolley() -> Model:
    """A wire supermarket trolley with groceries in it."""
    a = Assembly()
    low, high = np.array([[-0.36, 0.19, 0.47], [0.3, 0.24, 0.44]]), np.array([[-0.42, 0.23, 0.86], [0.36, 0.28, 0.98]])
    wires = []
    for share in np.linspace(0, 1, 6):
        front, back = low[0] + share * (high[0] - low[0]), low[1] + share * (high[1] - low[1])
        corners = [front, back, back * [1, -1, 1], front * [1, -1, 1]]
        wires += [
            rod(p, q, 0.007 if share in (0, 1) else 0.003, sides=6)
            for p, q in zip(corners, corners[1:] + corners[:1], strict=True)
        ]
    for t in np.linspace(0, 1, 14):
        p, q = low[0] + t * (low[1] - low[0]), high[0] + t * (high[1] - high[0])
        wires += [rod(p * [1, s, 1], q * [1, s, 1], 0.003, sides=6) for s in (-1, 1)]
        wires.append(rod(p, p * [1, -1, 1], 0.003, sides=6))
    for y in np.linspace(-1, 1, 10)[1:-1]:
        wires += [
            rod(a_ * [1, y, 1], b_ * [1, y, 1], 0.003, sides=6) for a_, b_ in ((low[0], high[0]), (low[1], high[1]))
        ]
    a.add(CHROME, *wires)
    for s in (-1, 1):
        frame = curve(
            [
                (0.42, s * 0.27, 1.0),
                (0.34, s * 0.27, 0.5),
                (0.3, s * 0.26, 0.2),
                (0.1, s * 0.25, 0.16),
                (-0.4, s * 0.2, 0.15),
            ]
        )
        a.add(CHROME, tube(frame, 0.013), rod((-0.1, s * 0.23, 0.16), (-0.1, s * 0.21, 0.46), 0.011))
        for x, y in ((-0.4, 0.2), (0.28, 0.26)):
            tyre = lathe([(0, -0.014), (0.055, -0.014), (0.06, -0.008), (0.06, 0.008), (0.055, 0.014), (0, 0.014)], 24)
            hole = slab(disc(0.009, 8), 0.03).moved(0, 0, 0.032)
            with a.wheel(0.06, x, s * y):
                a.add(RUBBER, tyre.turned("x", 90).moved(x, s * y, 0.06))
                a.add(WHITE, *[hole.turned("y", 90 * k).moved(x, s * y, 0.06) for k in range(4)])
            a.add(
                IRON,
                beam((x, s * y - 0.022, 0.06), (x, s * y - 0.018, 0.16), 0.03, 0.005),
                beam((x, s * y + 0.022, 0.06), (x, s * y + 0.018, 0.16), 0.03, 0.005),
                ball(0.014, 10, 8).moved(x, s * y, 0.16),
            )
    a.add(
        paint("plain", "c8281e", roughness=0.4),
        rod((0.42, -0.29, 1.0), (0.42, 0.29, 1.0), 0.019),
        unit_uv(box(0.014, 0.2, 0.06)).moved(0.4, 0, 0.94),
    )
    goods = (
        ("front", ("e8b62c", "b5241f", "3a1d0f"), 10, (0.2, 0.07, 0.3), -0.2, 0.05, 25),
        ("front", ("1f8f5a", "c62828", "f2e6c8", "e8862a"), 8, (0.22, 0.16, 0.14), 0.05, -0.06, -12),
        ("front", ("eef3f6", "2f7fc1", "123a63", "6fae3f"), 4, (0.09, 0.09, 0.24), 0.18, 0.1, 30),
    )
    for kind, codes, seed, size, x, y, turn in goods:
        pack = rounded_box(*size, 0.003, 2).turned("z", 0)
        for name in ("front", "back", "left", "right", "top", "bottom"):
            surface = paint(kind if name in ("front", "back") else "facts", *codes, size=1.0, seed=seed, roughness=0.5)
            a.add(surface, side(pack, name).turned("z", turn).moved(x, y, 0.472))
    return a.model()


def tricycle() -> Model:
    """A child's tricycle with pedals, a bell and a tipping box."""
    a = Assembly()
    red = paint("plain", "c8281e", roughness=0.3, coat=0.6)
    road_wheel(a, 0.16, 0.05, -0.3, 0, WHITE)
    for y in (-0.2, 0.2):
        road_wheel(a, 0.12, 0.05, 0.3, y, WHITE)
    a.add(
        red,
        tube(curve([(-0.22, 0, 0.44), (-0.14, 0, 0.28), (0.05, 0, 0.22), (0.3, 0, 0.2)]), 0.024),
        beam((-0.31, -0.05, 0.16), (-0.23, -0.035, 0.46), 0.03, 0.012),
        beam((-0.31, 0.05, 0.16), (-0.23, 0.035, 0.46), 0.03, 0.012),
    )
    a.add(
        STEEL,
        rod((0.3, -0.22, 0.12), (0.3, 0.22, 0.12), 0.012),
        rod((-0.235, 0, 0.44), (-0.2, 0, 0.6), 0.014),
        tube(
            curve(
                [(-0.12, -0.22, 0.62), (-0.19, -0.12, 0.61), (-0.2, 0, 0.6), (-0.19, 0.12, 0.61), (-0.12, 0.22, 0.62)]
            ),
            0.012,
        ),
    )
    a.add(
        BLACK,
        *[rod((-0.13, s * 0.2, 0.62), (-0.07, s * 0.25, 0.622), 0.019) for s in (-1, 1)],
        blob(0.12, 0.1, 0.03, 0.7).moved(0.1, 0, 0.36),
        rod((0.08, 0, 0.22), (0.1, 0, 0.34), 0.018),
    )
    cranks = [rod((-0.3, s * 0.03, 0.16), (-0.3 + 0.07 * s, s * 0.06, 0.16 - 0.06 * s), 0.008) for s in (-1, 1)]
    pedals = [box(0.07, 0.08, 0.024, bevel=0.006).moved(-0.3 + 0.07 * s, s * 0.11, 0.148 - 0.06 * s) for s in (-1, 1)]
    with a.wheel(0.16, -0.3, 0):
        a.add(STEEL, *cranks).add(RUBBER, *pedals)
    tray = [
        np.array([[x - u, -v, z], [x + u, -v, z], [x + u, v, z], [x - u, v, z]])
        for x, u, v, z in (
            (0.34, 0.1, 0.12, 0.24),
            (0.35, 0.14, 0.16, 0.36),
            (0.35, 0.125, 0.145, 0.36),
            (0.34, 0.09, 0.11, 0.25),
        )
    ]
    a.add(paint("stripes", "f2b92a", "f7efd8", size=0.1, seed=2), stack_rings(tray, smooth=False))
    a.add(CHROME, lathe([(0, 0), (0.03, 0), (0.032, 0.012), (0.02, 0.026), (0, 0.03)], 24).moved(-0.17, -0.12, 0.62))
    return a.model()


BUILDERS = {
    "vehicles": {
        "motor-scooter": motor_scooter,
        "pram": pram,
        "shopping-trolley": shopping_trolley,
        "tricycle": tricycle,
    },
}
