"""Machines for the desk."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, box, lathe, stack_rings, tube
from ..surfaces import Model
from .appliances import ENAMEL
from .kit import BLACK, RED, STEEL, Assembly, paint
from .packages import side
from .shapes import blob, curve, rod, rounded_box, slab, unit_uv

_KEYS = paint("keys", "e6e2d6", "3a3a3c", "222222", size=1.0, seed=1, roughness=0.5)


def typewriter() -> Model:
    """A portable typewriter with a sheet of paper in it."""
    a = Assembly()
    shell = paint("plain", "5f8a7a", roughness=0.35, coat=0.5)
    profile = np.array(
        [(-0.17, 0.012), (0.16, 0.012), (0.165, 0.1), (0.14, 0.125), (0.02, 0.12), (-0.03, 0.085), (-0.165, 0.03)]
    )
    a.add(shell, slab(profile, 0.36, 0.02).turned("z", -90).turned("z", 180))
    model_keys = paint("keys", "1e1e20", "5f8a7a", "e8e4d8", size=1.0, seed=2, roughness=0.4)
    for row in range(4):
        for k in range(11):
            x, y = -0.135 + 0.026 * k + 0.006 * row, -0.145 + 0.031 * row
            a.add(
                ENAMEL,
                lathe([(0, 0), (0.009, 0), (0.0105, 0.004), (0.0095, 0.0065), (0, 0.0055)], 14).moved(
                    x, y, 0.056 + 0.016 * row
                ),
                rod((x, y + 0.004, 0.02), (x, y, 0.057 + 0.016 * row), 0.003, sides=6),
            )
    a.add(model_keys, unit_uv(box(0.3, 0.004, 0.018)).turned("x", -40).moved(0, -0.02, 0.105))
    a.add(ENAMEL, box(0.16, 0.016, 0.012, bevel=0.004).moved(0, -0.172, 0.045))
    fan = [
        rod((0, -0.02, 0.118), (0.075 * np.cos(t), -0.02 + 0.055 * np.sin(t), 0.125), 0.002, sides=5)
        for t in np.linspace(0.2, np.pi - 0.2, 24)
    ]
    a.add(STEEL, *fan)
    a.add(
        ENAMEL,
        rod((-0.19, 0.09, 0.15), (0.19, 0.09, 0.15), 0.022, sides=24),
        *[rod((s * 0.19, 0.09, 0.15), (s * 0.215, 0.09, 0.15), 0.026, sides=24) for s in (-1, 1)],
    )
    a.add(
        STEEL,
        box(0.4, 0.03, 0.012, bevel=0.003).moved(0, 0.1, 0.125),
        tube(curve([(-0.2, 0.07, 0.15), (-0.25, 0.0, 0.16), (-0.28, -0.04, 0.17)]), 0.006),
    )
    sheet = curve([(0, 0.066, 0.13), (0, 0.07, 0.165), (0, 0.1, 0.24), (0, 0.135, 0.33)], 8)
    strip = np.stack(
        [
            np.concatenate([[[-0.105, y, z], [0.105, y, z], [0.105, y + 0.0012, z], [-0.105, y + 0.0012, z]]])
            for _, y, z in sheet
        ]
    )
    a.add(paint("pages", "f2eee2", size=1.0, seed=9, roughness=0.9), unit_uv(stack_rings(list(strip), smooth=False)))
    a.add(RED, unit_uv(box(0.07, 0.004, 0.014)).turned("x", -70).moved(0, 0.025, 0.122))
    return a.model(1.05)


def printer() -> Model:
    """An office printer with a page in its tray."""
    a = Assembly()
    pale, dark = paint("plain", "dcdad4", roughness=0.5), paint("plain", "33363a", roughness=0.45)
    a.add(
        pale, rounded_box(0.44, 0.36, 0.16, 0.02).moved(z=0.03), rounded_box(0.4, 0.3, 0.05, 0.02).moved(0, 0.02, 0.185)
    )
    a.add(
        dark,
        box(0.42, 0.34, 0.04, bevel=0.006),
        rounded_box(0.32, 0.12, 0.06, 0.008).moved(0, -0.135, 0.07),
        box(0.3, 0.02, 0.008, bevel=0.002).moved(0, -0.26, 0.05),
    )
    a.add(
        dark,
        rounded_box(0.3, 0.16, 0.012, 0.004).moved(0, -0.24, 0.052),
        box(0.28, 0.014, 0.12, bevel=0.003).turned("x", -22).moved(0, 0.16, 0.21),
    )
    paper = paint("pages", "f4f2ea", size=1.0, seed=4, roughness=0.9)
    a.add(
        paper,
        unit_uv(box(0.21, 0.2, 0.0015), "z").turned("x", 3).moved(0, -0.245, 0.068),
        unit_uv(box(0.21, 0.002, 0.2)).turned("x", -22).moved(0, 0.148, 0.215),
    )
    a.add(
        paint("letters", "1d2226", "8fd0ea", "5a7f92", size=1.0, seed=6, emission=0.3),
        unit_uv(box(0.09, 0.008, 0.045)).turned("x", -30).moved(0.13, -0.165, 0.15),
    )
    a.add(dark, box(0.12, 0.01, 0.06, bevel=0.003).turned("x", -30).moved(0.13, -0.16, 0.142))
    a.add(paint("plain", "2f8f4f", emission=0.6), ball(0.006, 10, 8).moved(0.05, -0.181, 0.16))
    a.add(pale, *[rounded_box(0.018, 0.012, 0.012, 0.004).moved(-0.16 + 0.03 * k, -0.178, 0.155) for k in range(4)])
    a.add(
        paint("notice", "dcdad4", "2a4f9f", "dcdad4", size=1.0, seed=18),
        unit_uv(box(0.09, 0.004, 0.03)).moved(-0.13, -0.181, 0.1),
    )
    return a.model()


def desktop_computer() -> Model:
    """An old desktop computer: monitor, case with drives, keyboard and mouse."""
    a = Assembly()
    beige = paint("plain", "d5cdb8", roughness=0.55)
    a.add(
        beige,
        rounded_box(0.42, 0.36, 0.11, 0.01),
        rounded_box(0.34, 0.12, 0.3, 0.015).moved(0, -0.06, 0.15),
        rounded_box(0.26, 0.2, 0.24, 0.05).moved(0, 0.06, 0.17),
        lathe([(0, 0.11), (0.11, 0.11), (0.09, 0.13), (0.06, 0.15), (0, 0.15)], 28),
    )
    screen = unit_uv(blob(0.14, 0.014, 0.108, 0.4).moved(0, -0.112, 0.305))
    a.add(BLACK, box(0.29, 0.02, 0.23, bevel=0.008).moved(0, -0.112, 0.19)).add(
        paint("pages", "2f6fae", size=1.0, seed=14, emission=0.35, roughness=0.1), screen
    )
    a.add(
        BLACK,
        box(0.12, 0.006, 0.012).moved(0.12, -0.18, 0.07),
        box(0.12, 0.006, 0.006).moved(0.12, -0.18, 0.045),
        *[box(0.1, 0.004, 0.003).moved(-0.12, -0.18, 0.02 + 0.01 * k) for k in range(7)],
    )
    a.add(paint("plain", "3fae4f", emission=1.0), box(0.012, 0.006, 0.006).moved(0.0, -0.181, 0.06))
    a.add(
        beige,
        rounded_box(0.42, 0.15, 0.026, 0.008).turned("x", 4).moved(0, -0.32, 0.004),
        blob(0.03, 0.05, 0.019, 0.8).moved(0.27, -0.32, 0.018),
    )
    board = side(box(0.38, 0.12, 0.008, bevel=0.003), "top")
    a.add(_KEYS, board.turned("x", 4).moved(0, -0.322, 0.024))
    a.add(
        beige,
        *[
            box(0.022, 0.018, 0.008, bevel=0.003)
            .turned("x", 4)
            .moved(-0.17 + 0.0285 * i, -0.37 + 0.0235 * j, 0.0235 + 0.0016 * j)
            for i in range(13)
            for j in range(5)
        ],
    )
    return a.add(
        paint("plain", "8f8878", roughness=0.7),
        tube(curve([(0.27, -0.27, 0.02), (0.3, -0.2, 0.005), (0.24, -0.1, 0.006)]), 0.003, 6),
    ).model()


BUILDERS = {
    "machines": {
        "typewriter": typewriter,
        "printer": printer,
        "desktop-computer": desktop_computer,
    },
}
