"""Things to eat or read outdoors."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import BLACK, OAK, STEEL, Assembly, paint
from .shapes import leaf, pair, rod, rounded_box, slab, unit_uv


def watermelon() -> Model:
    """A watermelon cut open, with a slice lying by it."""
    a = Assembly()
    rind = paint("melon", "1f5b2a", "7fae5a", seed=1, roughness=0.35, coat=0.4)
    flesh = paint("dots", "d93a3f", "2a120c", "e8605a", size=0.12, seed=7, roughness=0.35)
    pale = paint("plaster", "e3ecc4", "c9d8a0", size=0.1)
    polar = np.linspace(-np.pi / 2, 0.75, 20)
    cup = np.stack([0.125 * np.cos(polar), 0.15 * np.sin(polar)], axis=1)
    a.add(rind, lathe(cup, 44, uv_repeat=(1.0, 1.0)).turned("y", 72).moved(0, 0.02, 0.125))
    edge = 0.125 * np.cos(0.75)
    top = 0.15 * np.sin(0.75)
    a.add(
        pale,
        lathe([(0, top), (edge * 0.995, top), (edge * 0.98, top + 0.001), (0, top + 0.001)], 44)
        .turned("y", 72)
        .moved(0, 0.02, 0.125),
    )
    a.add(
        flesh,
        lathe([(0, top), (edge * 0.9, top), (edge * 0.89, top + 0.002), (0, top + 0.003)], 44)
        .turned("y", 72)
        .moved(0, 0.02, 0.125),
    )
    t = np.linspace(np.pi, 2 * np.pi, 24)
    slice_ = np.stack([0.12 * np.cos(t), 0.12 + 0.12 * np.sin(t)], axis=1)
    for shrink, deep, surface in (
        (1.0, 0.036, paint("plain", "2f6e34", roughness=0.35)),
        (0.955, 0.037, pale),
        (0.89, 0.038, flesh),
    ):
        shape = slice_ * shrink + [0, 0.12 * (1 - shrink)]
        a.add(surface, slab(shape, deep).turned("x", 24).turned("z", 22).moved(0.05, -0.17, 0.004))
    a.add(
        OAK,
        rounded_box(0.46, 0.52, 0.02, 0.008).moved(0.02, -0.06, -0.02),
        *[torus(0.02, 0.006).moved(-0.16, -0.27, -0.002)],
    )
    a.add(
        STEEL,
        slab([(-0.12, 0), (0.1, 0), (0.12, 0.012), (0.1, 0.03), (-0.12, 0.026)], 0.003)
        .turned("x", -90)
        .turned("z", 70)
        .moved(0.19, -0.12, 0.003),
    ).add(BLACK, rod((0.23, -0.22, 0.006), (0.265, -0.32, 0.006), 0.011))
    return a.model()


def pizza() -> Model:
    """A pizza in its printed delivery box, one slice lifted out."""
    a = Assembly()
    board = paint("fabric", "c9a878", "b08e5e", size=0.02, roughness=0.9)
    w = 0.36
    a.add(
        board,
        box(w, w, 0.003),
        *[box(w, 0.003, 0.042).moved(0, s * w / 2) for s in (-1, 1)],
        *[box(0.003, w, 0.042).moved(s * w / 2) for s in (-1, 1)],
    )
    lid = box(w, 0.003, w).turned("x", -14).moved(0, w / 2 + 0.004, 0.04)
    a.add(paint("notice", "f2e6c8", "b5241f", "2f7d3a", size=1.0, seed=19, roughness=0.8), unit_uv(lid))
    turn = np.linspace(0.25, 2 * np.pi - 0.55, 60)
    rim = np.stack([0.15 * np.cos(turn), 0.15 * np.sin(turn), np.full(60, 0.02)], axis=1)
    bread = paint("noise", "d9a055", "b87a34", "e8bc78", "8f5a24", size=0.12, roughness=0.9)
    a.add(bread, tube(rim, 0.017 + 0.003 * np.sin(turn * 13) + 0.002 * np.sin(turn * 29), 10))
    wedge = np.concatenate([[[0, 0]], np.stack([0.148 * np.cos(turn), 0.148 * np.sin(turn)], axis=1)])
    cheese = paint("camo", "e8b548", "c8502a", "f4d888", size=0.16, seed=6, roughness=0.45, coat=0.3)
    sheet = np.r_[wedge[1:], wedge[:0:-1] * 0.05]
    faces = np.array([[k, k + 1, len(sheet) - 2 - k, len(sheet) - 1 - k] for k in range(59)])
    flat = np.concatenate([np.c_[sheet, np.full(len(sheet), 0.018)], np.c_[sheet, np.full(len(sheet), 0.006)]])
    under = faces[:, ::-1] + len(sheet)
    allf = np.concatenate([faces[:, ::-1], under[:, ::-1]])
    a.add(cheese, Mesh(flat, allf, flat[allf][..., :2], np.zeros(len(allf), int), np.zeros(len(allf), bool)))
    salami = paint("dots", "a8281e", "e8b0a0", "7d1a14", size=0.02, seed=3, roughness=0.4, coat=0.3)
    spots = [(0.1 * np.cos(t), 0.1 * np.sin(t)) for t in np.arange(7) * 0.78 + 0.45] + [
        (0.05 * np.cos(t), 0.05 * np.sin(t)) for t in (0.9, 2.6, 4.4)
    ]
    a.add(
        salami,
        *[
            lathe([(0, 0), (0.02, 0), (0.0205, 0.003), (0.017, 0.0025), (0, 0.001)], 20)
            .turned("x", 4)
            .moved(x, y, 0.0185)
            for x, y in spots
        ],
    )
    a.add(
        paint("plain", "2b2a26", roughness=0.3, coat=0.5),
        *[
            torus(0.006, 0.003, 16, 8).moved(0.12 * np.cos(t), 0.12 * np.sin(t), 0.021)
            for t in np.arange(6) * 0.8 + 0.8
        ],
    )
    return a.add(
        paint("plain", "3f8a36", roughness=0.5),
        *[
            leaf(0.035, 0.02, 0.008, 0.0)
            .turned("z", 70 * k)
            .moved(0.07 * np.cos(1.1 * k), 0.07 * np.sin(1.1 * k), 0.021)
            for k in range(5)
        ],
    ).model()


def newspapers() -> Model:
    """A bundle of newspapers tied with string, one folded copy on top."""
    a = Assembly()
    print_ = paint("pages", "e9e4d6", size=1.0, seed=21, roughness=0.95)
    edge = paint("stripes", "dcd6c6", "b5ae9c", "eae5d8", size=0.02, seed=2, roughness=0.95)
    z = 0.0
    for k in range(7):
        thick, turn = 0.018 + 0.004 * (k * 3 % 3), (k * 37 % 9) - 4
        a.add(edge, rounded_box(0.3, 0.38, thick, 0.006, 3).turned("z", turn).moved(0.004 * (k % 3), 0, z))
        z += thick
    front = unit_uv(box(0.296, 0.372, 0.001), "z")
    a.add(print_, front.moved(0.0, 0, z))
    string = paint("knit", "d8c8a0", "a8946a", size=0.01)
    for turn, wide in ((0, 0.3), (90, 0.38)):
        loop = np.array(
            [
                (-wide / 2 - 0.004, 0, -0.0),
                (wide / 2 + 0.004, 0, -0.0),
                (wide / 2 + 0.006, 0, z / 2),
                (wide / 2, 0, z + 0.002),
                (0, 0, z + 0.003),
                (-wide / 2, 0, z + 0.002),
                (-wide / 2 - 0.006, 0, z / 2),
                (-wide / 2 - 0.004, 0, 0),
            ]
        )
        a.add(string, tube(loop + [0, 0, 0.002], 0.0022, 6).turned("z", turn))
    a.add(string, pair(torus(0.02, 0.002, 20, 6).scaled(1.5, 0.8, 1).moved(0.03, 0, z + 0.006)))
    roll = paint("pages", "ece7da", size=0.3, seed=22, roughness=0.95)
    spiral = np.linspace(0, 6 * np.pi, 90)
    r = 0.014 + 0.0016 * spiral
    path = np.stack([r * np.cos(spiral), np.zeros(90), 0.046 + r * np.sin(spiral)], axis=1)
    inner = np.stack([(r - 0.0012) * np.cos(spiral), np.zeros(90), 0.046 + (r - 0.0012) * np.sin(spiral)], axis=1)
    sheet = np.concatenate([path, inner[::-1]])
    a.add(
        roll,
        stack_rings([sheet + [0, y, 0] for y in (0.15, -0.15)], caps=(False, False)).turned("z", 70).moved(0.03, -0.31),
    )
    return a.model()


BUILDERS = {
    "food": {
        "watermelon": watermelon,
        "pizza": pizza,
    },
    "books & cartons": {
        "newspapers": newspapers,
    },
}
