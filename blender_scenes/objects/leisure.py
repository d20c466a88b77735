"""Sports gear and musical instruments."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, join, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BLUE,
    BRASS,
    IRON,
    OAK,
    PINE,
    RED,
    STEEL,
    WALNUT,
    WHITE,
    YELLOW,
    Assembly,
    paint,
)
from .shapes import (
    beam,
    blob,
    curve,
    disc,
    hoop,
    pair,
    ring_of,
    rod,
    rounded_box,
    slab,
    unit_uv,
    wheel,
)


def beach_ball() -> Model:
    """A beach ball in six colours with its valve, on a folded towel."""
    a = Assembly()
    codes = ("e63946", "f7f3e8", "f2b92a", "f7f3e8", "2667b0", "f7f3e8")
    polar = np.linspace(-np.pi / 2, np.pi / 2, 15)
    for i, code in enumerate(codes):
        turn = np.linspace(0, np.pi / 3, 7) + i * np.pi / 3
        rows = []
        for p in polar:
            wide = max(np.cos(p), 0.01)
            arc = 0.25 * np.stack([wide * np.cos(turn), wide * np.sin(turn), np.full(7, np.sin(p))], axis=1)
            rows.append(np.concatenate([arc, [[0, 0, 0.25 * np.sin(p)]]]))
        skin = paint("stripes", code, "ffffff", size=0.6, seed=i) if i % 2 else paint("dots", code, "ffffff", size=0.6)
        a.add(skin, stack_rings(rows).turned("y", 35).turned("x", 20).moved(z=0.3))
    a.add(WHITE, torus(0.03, 0.008, 20, 8).moved(z=0.249).turned("y", 35).turned("x", 20).moved(z=0.3))
    towel = paint("stripes", "2a9d8f", "f4e9cd", "e76f51", size=0.25, seed=3)
    return a.add(
        towel,
        rounded_box(0.66, 0.46, 0.03, 0.014).turned("z", 8),
        rounded_box(0.6, 0.4, 0.03, 0.014).turned("z", 8).moved(z=0.027),
    ).model()


def basketball() -> Model:
    """A basketball with seams, resting in a net-like wire stand."""
    a = Assembly()
    a.add(paint("leather", "d2691e", "9c4a12", "e88a3c", size=0.2, bump=0.001), ball(0.2, 40, 24).moved(z=0.33))
    seam = torus(0.2, 0.005, 48, 6)
    a.add(BLACK, *[m.moved(z=0.33) for m in (seam, seam.turned("x", 90), seam.turned("y", 90))])
    side = torus(0.165, 0.005, 40, 6)
    a.add(BLACK, *[side.moved(z=s * 0.113).turned("y", 90).moved(z=0.33) for s in (-1, 1)])
    a.add(RED, torus(0.17, 0.012).moved(z=0.22), torus(0.22, 0.012).moved(z=0.012))
    return a.add(
        WHITE,
        ring_of(rod((0.17, 0, 0.22), (0.209, 0.07, 0.012), 0.006), 12),
        ring_of(rod((0.17, 0, 0.22), (0.209, -0.07, 0.012), 0.006), 12),
    ).model()


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
    return a.model()


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
    """Six striped bowling pins and a marbled ball."""
    a = Assembly()
    side = [(0.03, 0), (0.045, 0.02), (0.062, 0.12), (0.05, 0.22), (0.025, 0.28), (0.032, 0.34), (0.02, 0.38)]
    body = lathe([(0, 0), *[(x, z) for x, _, z in curve([(x, 0, z) for x, z in side], 3)], (0, 0.385)], 20)
    bands = [
        lathe([(0.015, z), (0.034 - s, z), (0.0325, z + 0.015), (0.015, z + 0.015)], 20)
        for z, s in ((0.25, 0.0), (0.29, 0.005))
    ]
    spots = [(0, 0), (-0.08, 0.14), (0.08, 0.14), (-0.16, 0.28), (0, 0.28), (0.16, 0.28)]
    a.add(WHITE, *[body.scaled(1.15).moved(x, y) for x, y in spots])
    a.add(RED, *[b.scaled(1.15).moved(x, y) for x, y in spots for b in bands])
    a.add(
        paint("marble", "3b1f6b", "b07be0", "1d0f38", size=0.5, roughness=0.1, coat=0.8),
        ball(0.115, 32, 20).moved(-0.14, -0.15, 0.115),
    )
    return a.add(
        BLACK,
        *[ball(0.014, 10, 6).moved(-0.14 + x, -0.243, 0.17 + z) for x, z in ((-0.02, 0), (0.02, 0.0), (0, -0.03))],
    ).model()


def _lean(mesh: Mesh) -> Mesh:
    """Tilt back the way an instrument leans on its stand."""
    return mesh.turned("x", -10)


def _guitar_neck(a: Assembly) -> None:
    """Neck, head, strings, frets and pegs."""
    a.add(
        WALNUT,
        _lean(beam((0, -0.045, 0.48), (0, -0.045, 1.02), 0.055, 0.03)),
        _lean(box(0.09, 0.03, 0.16, bevel=0.008).moved(0, -0.04, 1.0)),
    )
    a.add(
        WHITE,
        _lean(
            join(
                *[rod((x, -0.068, 0.27), (x * 0.7, -0.066, 1.05), 0.0022, sides=4) for x in np.linspace(-0.03, 0.03, 6)]
            )
        ),
    )
    a.add(
        BRASS,
        _lean(join(*[box(0.056, 0.004, 0.005).moved(0, -0.061, 0.62 + 0.055 * i) for i in range(7)])),
        _lean(join(*[pair(ball(0.014, 8, 6).moved(0.055, -0.04, 1.03 + 0.045 * i)) for i in range(3)])),
    )


def guitar() -> Model:
    """An acoustic guitar on a stand."""
    a = Assembly()
    half = [
        (0.0, 0.0),
        (0.1, 0.01),
        (0.18, 0.08),
        (0.195, 0.17),
        (0.16, 0.26),
        (0.13, 0.32),
        (0.145, 0.4),
        (0.12, 0.47),
        (0.05, 0.5),
    ]
    right = curve([(x, 0, z) for x, z in half], 3)[:, [0, 2]]
    outline = np.concatenate([right, right[:0:-1] * [-1, 1]]) + [0, 0.12]
    a.add(
        paint("wood", "d58a3a", "7a3d12", "efb468", size=0.3, seed=9, coat=0.6),
        _lean(slab(outline, 0.1, 0.03)),
    )
    a.add(
        BLACK,
        _lean(slab(disc(0.055), 0.02).moved(0, -0.045, 0.44)),
        _lean(box(0.13, 0.02, 0.03).moved(0, -0.055, 0.25)),
    )
    a.add(
        paint("checker", "f2e2b8", "3a1d0c", size=0.025),
        _lean(torus(0.058, 0.007).turned("x", 90).moved(0, -0.052, 0.44)),
    )
    _guitar_neck(a)
    a.add(
        IRON,
        pair(tube(curve([(0.05, 0.1, 0.5), (0.18, 0.2, 0.0), (0.1, -0.08, 0.1), (0.1, -0.12, 0.14)]), 0.012)),
        rod((0, 0.14, 0.6), (0, 0.34, 0.0), 0.012),
    )
    return a.model()


def drum() -> Model:
    """A marching drum with zigzag ropes, hoops and crossed sticks."""
    a = Assembly()
    a.add(
        paint("checker", "b3202a", "f2d27a", "7d1018", size=0.28),
        lathe([(0, 0.04), (0.27, 0.04), (0.27, 0.4), (0, 0.4)], 40),
    )
    rim = hoop([(0.25, 0), (0.29, 0), (0.29, 0.055), (0.25, 0.055)], smooth=False)
    a.add(OAK, rim, rim.moved(z=0.385))
    a.add(
        paint("leather", "f2e9d2", "d9c9a2", size=0.3),
        lathe([(0, 0.4), (0.26, 0.4), (0.26, 0.425), (0, 0.425)], 40),
    )
    up = rod((0.29, 0, 0.05), (0.29 * np.cos(np.pi / 10), 0.29 * np.sin(np.pi / 10), 0.39), 0.007, sides=6)
    down = rod((0.29, 0, 0.05), (0.29 * np.cos(np.pi / 10), -0.29 * np.sin(np.pi / 10), 0.39), 0.007, sides=6)
    a.add(WHITE, ring_of(up, 10), ring_of(down, 10))
    for turn in (35, 145):
        stick = [rod((-0.24, 0, 0.45), (0.2, 0, 0.455), 0.01), blob(0.026, 0.017, 0.017).moved(0.21, 0, 0.45)]
        a.add(PINE, *[s.turned("z", turn).moved(z=0.005) for s in stick])
    return a.model()


def xylophone() -> Model:
    """A rainbow xylophone with two mallets."""
    a = Assembly()
    codes = ("d7263d", "f46036", "f2b92a", "8ac926", "1b998b", "2e86de", "5f4bb6", "c05299")
    for y, s in ((-1, 1), (1, 1)):
        a.add(OAK, beam((-0.42, y * 0.17, 0.1), (0.42, y * 0.1 * s, 0.1), 0.05, 0.06))
    a.add(OAK, *[box(0.05, w, 0.08).moved(x) for x, w in ((-0.36, 0.38), (0.36, 0.28))])
    for i, code in enumerate(codes):
        bar = rounded_box(0.082, 0.5 - 0.034 * i, 0.028, 0.01).moved(-0.36 + 0.103 * i, 0, 0.13)
        a.add(paint("wood", code, "f7e8c8", code, size=0.16, seed=i, coat=0.4), bar)
        a.add(
            STEEL,
            *[ball(0.012, 10, 6).moved(-0.36 + 0.103 * i, y * (0.165 - 0.01 * i), 0.16) for y in (-1, 1)],
        )
    a.add(
        PINE,
        rod((-0.1, -0.3, 0.2), (0.2, 0.0, 0.18), 0.01),
        rod((0.05, -0.3, 0.2), (-0.2, -0.03, 0.18), 0.01),
    )
    return a.add(
        paint("stripes", "d7263d", "ffffff", size=0.05),
        ball(0.035, 14, 10).moved(0.2, 0, 0.19),
        ball(0.035, 14, 10).moved(-0.2, -0.03, 0.19),
    ).model()


BUILDERS = {
    "sports gear": {
        "beach-ball": beach_ball,
        "basketball": basketball,
        "dumbbells": dumbbells,
        "skateboard": skateboard,
        "bowling-pins": bowling_pins,
    },
    "musical instruments": {
        "guitar": guitar,
        "drum": drum,
        "xylophone": xylophone,
    },
}
