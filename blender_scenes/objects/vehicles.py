"""Small vehicles and a drone."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BLUE,
    BRASS,
    IRON,
    OAK,
    RED,
    RUBBER,
    STEEL,
    WHITE,
    YELLOW,
    Assembly,
    paint,
    toy_wheel,
)
from .shapes import (
    beam,
    blob,
    curve,
    disc,
    pair,
    rod,
    rounded_box,
    slab,
    unit_uv,
    vessel,
    wheel,
)


def spoked(a: Assembly, radius: float, x: float, y: float = 0.0, spokes: int = 14) -> None:
    """A bicycle wheel standing at x with its axle along y."""
    tyre = torus(radius - 0.02, 0.02, 40, 8).turned("x", 90)
    wires = [rod((0, 0, 0), (0, 0, radius - 0.03), 0.004, sides=5).turned("y", 360 * i / spokes) for i in range(spokes)]
    with a.wheel(radius, x, y):
        a.add(RUBBER, tyre.moved(x, y, radius))
        a.add(
            STEEL,
            *[w.moved(x, y, radius) for w in wires],
            rod((x, y - 0.04, radius), (x, y + 0.04, radius), 0.025),
        )
        a.add(STEEL, torus(radius - 0.045, 0.008, 40, 6).turned("x", 90).moved(x, y, radius))


def _hull(length: float, beam_m: float, deep: float) -> Mesh:
    """A round-bottomed boat hull along x."""
    t = np.linspace(-1, 1, 15)
    rings = []
    for s in t[::-1]:
        half, low = beam_m / 2 * max(1 - abs(s) ** 2.4, 0.03), deep * (1 - 0.45 * s**2)
        turn = np.linspace(np.pi, 2 * np.pi, 13)
        rings.append(np.stack([np.full(13, s * length / 2), half * np.cos(turn), low * np.sin(turn) + 0.03 * s * s], 1))
    return stack_rings(rings[::-1])


def toy_truck() -> Model:
    """A big tipper toy: cab, loaded bed, six wheels."""
    a = Assembly()
    cab = [(-0.15, 0), (0.13, 0), (0.13, 0.32), (-0.03, 0.32), (-0.15, 0.18)]
    a.add(RED, slab(cab, 0.3, 0.06).moved(-0.27, 0, 0.12), box(0.84, 0.22, 0.05).moved(0, 0, 0.1))
    glass = paint("marble", "9cc9e3", "e9f6fb", size=0.3, roughness=0.15)
    a.add(glass, slab([(-0.09, 0.17), (0.07, 0.17), (0.07, 0.28), (-0.01, 0.28)], 0.312).moved(-0.27, 0, 0.12))
    a.add(WHITE, *[ball(0.035, 14, 8).moved(-0.42, y, 0.2) for y in (-0.09, 0.09)])
    a.add(IRON, box(0.03, 0.3, 0.05, bevel=0.006).moved(-0.435, 0, 0.11))
    bed = slab([(-0.24, 0), (0.26, 0), (0.34, 0.22), (-0.24, 0.22)], 0.34, 0.02)
    a.add(paint("stripes", "f2b92a", "2b2b2b", "ffffff", size=0.18, seed=2), bed.moved(0.14, 0, 0.16))
    a.add(paint("gravel", "a58b6b", "5f4a35", "d8c3a0", size=0.2), blob(0.26, 0.15, 0.1).moved(0.17, 0, 0.38))
    for x in (-0.28, 0.12, 0.32):
        for y in (-0.14, 0.14):
            toy_wheel(a, 0.095, 0.07, x, y, steers=x < 0.3)  # the middle axle follows, as those of long trucks
    return a.model(0.5)


def toy_train() -> Model:
    """A steam engine with boiler, chimney, cab and coupled wheels."""
    a = Assembly()
    green = paint("stripes", "1f6b45", "e2b33c", "174f34", size=0.3, seed=6)
    a.add(
        green,
        rod((-0.34, 0, 0.3), (0.12, 0, 0.3), 0.13, sides=28),
        box(0.24, 0.28, 0.42, bevel=0.01).moved(0.24, 0, 0.14),
    )
    a.add(IRON, box(0.78, 0.22, 0.06).moved(0, 0, 0.12), rod((-0.37, 0, 0.3), (-0.34, 0, 0.3), 0.1, sides=24))
    a.add(
        RED,
        rounded_box(0.32, 0.34, 0.04, 0.018).moved(0.24, 0, 0.56),
        slab([(-0.14, 0), (0, 0), (0, 0.1)], 0.24).moved(-0.37, 0, 0.05),
    )
    a.add(
        BLACK,
        lathe([(0, 0), (0.04, 0), (0.035, 0.1), (0.075, 0.2), (0.06, 0.22), (0, 0.21)]).moved(-0.24, 0, 0.41),
    )
    a.add(
        BRASS,
        lathe([(0, 0), (0.05, 0), (0.05, 0.07), (0.02, 0.1), (0, 0.1)]).moved(-0.03, 0, 0.41),
        *[torus(0.132, 0.01).turned("y", 90).moved(x, 0, 0.3) for x in (-0.25, -0.1, 0.05)],
    )
    a.add(BLACK, box(0.13, 0.29, 0.14).moved(0.24, 0, 0.36))
    for x, r in ((-0.26, 0.08), (-0.06, 0.11), (0.2, 0.11)):
        for y in (-0.14, 0.14):
            hole = slab(disc(0.13 * r, 8), 0.043).moved(0, 0, 0.62 * r)
            with a.wheel(r, x, y):
                a.add(RED, wheel(r, 0.04).moved(x, y, r))
                a.add(BRASS, wheel(r * 0.35, 0.06).moved(x, y, r))
                a.add(BLACK, *[hole.turned("y", 60 * k).moved(x, y, r) for k in range(6)])
    return a.add(STEEL, *[rod((-0.06, y, 0.11), (0.2, y, 0.11), 0.012) for y in (-0.172, 0.172)]).model(0.5)


def bicycle() -> Model:
    """A child's bicycle with basket, seen from its side."""
    a = Assembly()
    spoked(a, 0.3, -0.47)
    spoked(a, 0.3, 0.47)
    crank, seat, head = (0.05, 0, 0.28), (0.17, 0, 0.66), (-0.3, 0, 0.7)
    frame = paint("stripes", "1b9aaa", "ffc43d", "ef476f", size=0.2, seed=1)
    pairs = (
        (crank, seat),
        (seat, head),
        (crank, (-0.33, 0, 0.6)),
        (seat, (0.47, 0, 0.3)),
        (crank, (0.47, 0, 0.3)),
    )
    a.add(frame, *[rod(p, q, 0.022) for p, q in pairs], rod((-0.28, 0, 0.8), (-0.47, 0, 0.3), 0.02))
    a.add(BLACK, blob(0.13, 0.07, 0.035).moved(0.2, 0, 0.75), rod(seat, (0.19, 0, 0.74), 0.016))
    bar = curve(
        [
            (-0.18, -0.24, 0.92),
            (-0.26, -0.15, 0.92),
            (-0.28, 0, 0.8),
            (-0.26, 0.15, 0.92),
            (-0.18, 0.24, 0.92),
        ]
    )
    a.add(STEEL, tube(bar, 0.013), torus(0.085, 0.012, 28, 8).turned("x", 90).moved(0.05, -0.03, 0.28))
    a.add(
        RUBBER,
        rod((0.05, -0.06, 0.28), (0.14, -0.06, 0.18), 0.012),
        box(0.09, 0.09, 0.025).moved(0.15, -0.1, 0.165),
        box(0.09, 0.09, 0.025).moved(-0.06, 0.09, 0.38),
    )
    weave = paint("knit", "d9a55a", "8a5a25", size=0.08)
    return a.add(weave, vessel([(0.1, 0), (0.15, 0.17)], 0.012, 24).moved(-0.46, 0, 0.68)).model()


def kick_scooter() -> Model:
    """A kick scooter with grip tape, a tall handlebar and streamers."""
    a = Assembly()
    for x in (-0.36, 0.36):
        toy_wheel(a, 0.09, 0.04, x, 0)
    a.add(
        BLUE,
        beam((-0.24, 0, 0.1), (0.3, 0, 0.1), 0.14, 0.035),
        tube(curve([(-0.22, 0, 0.1), (-0.3, 0, 0.2), (-0.33, 0, 0.3)]), 0.028),
    )
    a.add(paint("checker", "222226", "f4d35e", size=0.1), box(0.46, 0.12, 0.01).moved(0.03, 0, 0.115))
    a.add(
        STEEL,
        rod((-0.37, 0, 0.09), (-0.27, 0, 0.88), 0.02),
        rod((-0.27, -0.2, 0.88), (-0.27, 0.2, 0.88), 0.015),
    )
    a.add(RED, *[rod((-0.27, s * 0.12, 0.88), (-0.27, s * 0.24, 0.88), 0.024) for s in (-1, 1)])
    a.add(
        RED,
        *[
            tube(
                curve(
                    [
                        (-0.27, s * 0.24, 0.88),
                        (-0.2, s * (0.28 + 0.02 * i), 0.8),
                        (-0.17 + 0.03 * i, s * 0.3, 0.62),
                    ]
                ),
                0.008,
            )
            for s in (-1, 1)
            for i in range(4)
        ],
    )
    fender = [(0.36 + 0.12 * np.cos(t), 0, 0.09 + 0.12 * np.sin(t)) for t in np.linspace(0.5, 2.6, 12)]
    return a.add(STEEL, tube(fender, 0.012, squash=3.0)).model()


def sailboat() -> Model:
    """A model sailing boat on a cradle, two sails set."""
    a = Assembly()
    a.add(paint("stripes", "1d3557", "e63946", "f1faee", size=0.36, seed=3), _hull(0.9, 0.26, 0.2).moved(z=0.3))
    a.add(paint("planks", "d8ab6a", "8a5a2e", size=0.2), _hull(0.84, 0.22, 0.02).moved(z=0.325))
    a.add(OAK, rod((-0.05, 0, 0.3), (-0.05, 0, 1.35), 0.014), rod((-0.05, 0, 0.45), (0.38, 0, 0.43), 0.011))
    main, jib = (
        slab([(-0.03, 0.48), (0.37, 0.46), (0.2, 0.8), (-0.03, 1.32)], 0.012),
        slab([(-0.43, 0.4), (-0.09, 0.46), (-0.07, 1.2)], 0.012),
    )
    a.add(paint("stripes", "f6f1e2", "e9e2ce", "c1272d", size=1.0, seed=8), unit_uv(main))
    a.add(paint("stripes", "f2b92a", "f6f1e2", size=0.2, seed=2), jib)
    a.add(RED, slab([(0, 0), (0.12, 0.035), (0, 0.07)], 0.008).moved(-0.05, 0, 1.3))
    a.add(
        OAK,
        *[slab([(-0.015, 0), (0.015, 0), (0.015, 0.16), (-0.015, 0.16)], 0.28).moved(x) for x in (-0.2, 0.2)],
        box(0.44, 0.03, 0.03).moved(0, -0.12),
        box(0.44, 0.03, 0.03).moved(0, 0.12),
    )
    return a.add(BRASS, slab([(-0.05, 0), (0.05, 0), (0.05, 0.16), (-0.03, 0.16)], 0.02).moved(0.42, 0, 0.12)).model(
        0.7
    )


def drone() -> Model:
    """A four-rotor camera drone on landing legs."""
    a = Assembly()
    shell = paint("stripes", "e9e8e4", "d9d8d2", "c8501e", size=0.5, seed=4, roughness=0.3, coat=0.5)
    a.add(shell, blob(0.14, 0.19, 0.06, 0.7).moved(z=0.22))
    for sx in (-1, 1):
        for sy in (-1, 1):
            tip = np.array([0.3 * sx, 0.27 * sy, 0.25])
            a.add(
                IRON,
                rod((0.06 * sx, 0.08 * sy, 0.22), tip, 0.025, 0.018),
                rod(tip - [0, 0, 0.03], tip + [0, 0, 0.05], 0.032, sides=16),
            )
            blade = blob(0.15, 0.022, 0.006, segments=12, rings=6)
            a.add(YELLOW, blade.turned("z", 35 * sx * sy + 20).moved(*(tip + [0, 0, 0.05])))
            a.add(BLACK, torus(0.165, 0.008, 36, 6).moved(*(tip + [0, 0, 0.03])))
    leg = tube(curve([(0.08, -0.12, 0.2), (0.16, -0.14, 0.02), (0.16, 0.14, 0.02), (0.08, 0.12, 0.2)]), 0.011)
    a.add(BLACK, pair(leg), ball(0.05, 18, 12).moved(0, -0.15, 0.15))
    return a.add(STEEL, rod((0, -0.19, 0.15), (0, -0.21, 0.15), 0.03, sides=18)).model(0.55)


BUILDERS = {
    "vehicles": {
        "toy-truck": toy_truck,
        "toy-train": toy_train,
        "bicycle": bicycle,
        "kick-scooter": kick_scooter,
        "sailboat": sailboat,
    },
    "machines": {
        "drone": drone,
    },
}
