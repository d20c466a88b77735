"""Signs with something to read on them."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, stack_rings, tube
from ..surfaces import Model
from .kit import (
    BLACK,
    BRASS,
    IRON,
    OAK,
    RED,
    STEEL,
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
    mirrored,
    pair,
    rod,
    slab,
    unit_uv,
)


def a_frame_sign() -> Model:
    """A pavement board with big letters on both faces."""
    a = Assembly()
    for face in (0, 180):
        board = unit_uv(box(0.54, 0.02, 0.78)).moved(z=0.1)
        a.add(
            paint("notice", "1f2a2e", "f6f1e2", "f2b92a", size=1.0, seed=22),
            board.turned("x", -14).moved(0, -0.24).turned("z", face),
        )
        rails = [box(0.6, 0.035, 0.045).moved(z=z) for z in (0.07, 0.86)]
        rails += [box(0.045, 0.035, 0.9).moved(s * 0.28) for s in (-1, 1)]
        a.add(OAK, *[r.turned("x", -14).moved(0, -0.24).turned("z", face) for r in rails])
    a.add(YELLOW, *[ball(0.024, 12, 8).moved(x, 0, 0.935) for x in (-0.24, -0.12, 0, 0.12, 0.24)])
    return a.add(
        BRASS,
        pair(rod((0.305, -0.15, 0.4), (0.305, 0.15, 0.4), 0.008)),
        rod((-0.28, 0, 0.9), (0.28, 0, 0.9), 0.022),
    ).model()


def octagon_sign() -> Model:
    """A red octagonal road sign with letters, on a banded pole in a concrete foot."""
    a = Assembly()
    a.add(
        paint("concrete", "a9a69f", "7c7973", size=0.3),
        lathe([(0, 0), (0.22, 0), (0.2, 0.07), (0.06, 0.1), (0, 0.1)], 8, smooth=False),
    )
    a.add(paint("stripes", "f4f1ea", "222222", size=0.3), rod((0, 0, 0.08), (0, 0, 1.75), 0.025, sides=14))
    a.add(WHITE, slab(disc(0.31, 8, 22.5), 0.016).moved(0, -0.035, 1.5))
    a.add(
        paint("notice", "c21d24", "ffffff", "c21d24", size=1.0, seed=0),
        unit_uv(slab(disc(0.285, 8, 22.5), 0.02)).moved(0, -0.038, 1.5),
    )
    extra = unit_uv(box(0.5, 0.016, 0.2, bevel=0.004)).moved(0, -0.035, 0.93)
    a.add(paint("notice", "f2f0ea", "c21d24", "c21d24", size=1.0, seed=1), extra)
    a.add(STEEL, *[ball(0.014, 10, 6).moved(0, -0.05, z) for z in (1.26, 1.74, 0.95, 1.11)])
    return a.add(STEEL, *[box(0.09, 0.06, 0.03, bevel=0.005).moved(0, -0.005, z) for z in (1.03, 1.38, 1.6)]).model()


def signpost() -> Model:
    """A wooden post with four arrow boards that point different ways."""
    a = Assembly()
    a.add(paint("bark", "8a6a48", "5a4028", size=0.2), rod((0, 0, 0), (0, 0, 1.5), 0.05, 0.042, 14))
    arrow = np.array([(-0.3, -0.07), (0.24, -0.07), (0.35, 0), (0.24, 0.07), (-0.3, 0.07)])
    colours = ("e9d8a6", "1d3557"), ("2a9d8f", "fdf6d8"), ("e76f51", "fff3e0"), ("f4d35e", "3b2a1a")
    for i, turn in enumerate((12, 168, -20, 205)):
        board = unit_uv(slab(arrow, 0.022)).moved(0.12, -0.05).turned("z", turn if i % 2 == 0 else turn - 180)
        if i % 2:
            board = unit_uv(slab(arrow[::-1] * [-1, 1], 0.022)).moved(-0.12, -0.05).turned("z", turn - 180)
        a.add(paint("notice", *colours[i], "7a1f1f", size=1.0, seed=12 + i), board.moved(z=1.36 - 0.19 * i))
    stones = [blob(0.1, 0.09, 0.07).moved(0.13 * np.cos(t), 0.13 * np.sin(t), 0.05) for t in np.arange(5) * 1.256]
    return (
        a.add(paint("gravel", "8f8a80", "55524c", "c2bdb2", size=0.2), *stones)
        .add(IRON, ball(0.055, 16, 10).moved(z=1.52))
        .model()
    )


def wet_floor_sign() -> Model:
    """A folding yellow sign that warns of a wet floor."""
    a = Assembly()
    face = [
        (-0.15, 0),
        (-0.12, 0),
        (-0.1, 0.03),
        (0.1, 0.03),
        (0.12, 0),
        (0.15, 0),
        (0.12, 0.6),
        (0.09, 0.63),
        (-0.09, 0.63),
        (-0.12, 0.6),
    ]
    yellow = paint("plaster", "f2c21a", "dcaa10", "fad84a", size=0.4, seed=6, roughness=0.4)
    text = paint("notice", "f2c21a", "16161a", "f2c21a", size=1.0, seed=16)
    mark = [(-0.075, 0), (0.075, 0), (0.01, 0.13), (-0.01, 0.13)]
    for turn in (0, 180):
        parts = [
            (yellow, slab(face, 0.016, 0.02)),
            (text, unit_uv(box(0.18, 0.004, 0.13)).moved(0, -0.009, 0.14)),
            (BLACK, slab(mark, 0.004).moved(0, -0.009, 0.33)),
            (yellow, slab(np.array(mark) * 0.72, 0.006).moved(0, -0.009, 0.343)),
            (BLACK, slab([(-0.007, 0), (0.007, 0), (0.009, 0.05), (-0.009, 0.05)], 0.008).moved(0, -0.009, 0.368)),
            (BLACK, slab(disc(0.007, 12), 0.008).moved(0, -0.009, 0.357)),
            (RED, unit_uv(box(0.22, 0.004, 0.02)).moved(0, -0.009, 0.52)),
        ]
        for surface, mesh in parts:
            a.add(surface, mesh.turned("x", -15).moved(0, -0.17).turned("z", turn))
    a.add(BLACK, rod((-0.09, 0, 0.605), (0.09, 0, 0.605), 0.012), pair(rod((0.1, -0.1, 0.26), (0.1, 0.1, 0.26), 0.004)))
    return a.add(
        yellow, tube(curve([(-0.05, 0, 0.62), (-0.04, 0, 0.66), (0.04, 0, 0.66), (0.05, 0, 0.62)]), 0.012)
    ).model()


def road_work_sign() -> Model:
    """A diamond warning sign on a folding stand, weighed down with a sandbag."""
    a = Assembly()
    a.add(BLACK, slab(disc(0.46, 4), 0.012).moved(0, -0.03, 0.78))
    a.add(
        paint("plaster", "ee7a1a", "d9660f", "f89a4a", size=0.5, seed=8, roughness=0.35),
        slab(disc(0.44, 4), 0.016).moved(0, -0.03, 0.78),
    )
    board = unit_uv(box(0.46, 0.004, 0.3)).moved(0, -0.039, 0.63)
    a.add(paint("notice", "ee7a1a", "16161a", "ee7a1a", size=1.0, seed=17), board)
    a.add(
        STEEL,
        rod((0, 0.0, 0.05), (0, 0.0, 1.2), 0.016),
        pair(tube(curve([(0.0, 0.02, 0.3), (0.25, 0.03, 0.16), (0.4, 0.04, 0.014)]), 0.014)),
        beam((0, -0.36, 0.014), (0, 0.02, 0.3), 0.03, 0.02),
        beam((0, 0.36, 0.014), (0, 0.02, 0.3), 0.03, 0.02),
    )
    a.add(
        STEEL,
        *[
            slab(disc(0.012, 8), 0.02).moved(x, -0.036, z)
            for x, z in ((0, 0.4), (0, 1.16), (-0.38, 0.78), (0.38, 0.78))
        ],
    )
    sack = paint("fabric", "b59a6a", "8a7248", "d0b888", size=0.06, roughness=0.95)
    a.add(sack, blob(0.19, 0.11, 0.055, 0.7).moved(0, 0.14, 0.06), blob(0.05, 0.03, 0.03).moved(0.2, 0.14, 0.06))
    flag = [
        np.array(
            [
                [0, y, z],
                [0.16, y + 0.015 * np.sin(9 * z), z + 0.01],
                [0.16, y + 0.015 * np.sin(9 * z) + 0.003, z + 0.01],
                [0, y + 0.003, z],
            ]
        )
        for y, z in ((0, 1.36), (0.012, 1.32), (-0.008, 1.28), (0.006, 1.22))
    ]
    a.add(OAK, rod((0.0, 0.01, 1.1), (0.12, 0.01, 1.4), 0.007), rod((0.0, 0.01, 1.1), (-0.12, 0.01, 1.4), 0.007))
    return a.add(RED, stack_rings(flag[::-1]).moved(0.11), mirrored(stack_rings(flag[::-1]).moved(0.11))).model()


BUILDERS = {
    "signs": {
        "a-frame-sign": a_frame_sign,
        "octagon-sign": octagon_sign,
        "signpost": signpost,
        "wet-floor-sign": wet_floor_sign,
        "road-work-sign": road_work_sign,
    },
}
