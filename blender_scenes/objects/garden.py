"""What stands in gardens, and three things to eat or read there."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import BLACK, BRASS, IRON, OAK, RUBBER, STEEL, YELLOW, Assembly, paint
from .organic import Limb, both, grow
from .shapes import beam, blob, curve, disc, hoop, leaf, pair, ring_of, rod, rounded_box, slab, unit_uv, vessel, wheel


def lawn_mower() -> Model:
    """A petrol mower with grass box, engine and a folded-back handle."""
    a = Assembly()
    deck = paint("plain", "2f7d3a", roughness=0.3, coat=0.7)
    a.add(deck, rounded_box(0.56, 0.46, 0.12, 0.05).moved(-0.05, 0, 0.09), lathe([(0, 0.2), (0.19, 0.2), (0.17, 0.235), (0, 0.24)], 36).moved(-0.08))
    for x, y, r in ((-0.28, 0.25, 0.09), (-0.28, -0.25, 0.09), (0.22, 0.26, 0.11), (0.22, -0.26, 0.11)):
        tread = hoop([(0.6 * r, -0.02), (0.95 * r, -0.024), (r, -0.01), (r, 0.01), (0.95 * r, 0.024), (0.6 * r, 0.02)], 36)
        a.add(RUBBER, tread.turned("x", 90).moved(x, y, r)).add(YELLOW, wheel(0.62 * r, 0.045).moved(x, y, r)).add(STEEL, wheel(0.18 * r, 0.055).moved(x, y, r))
    a.add(IRON, lathe([(0, 0.23), (0.13, 0.23), (0.13, 0.28), (0.11, 0.3), (0, 0.3)], 32).moved(-0.08), *[box(0.1, 0.16, 0.006).moved(-0.2, 0, 0.245 + 0.014 * k) for k in range(5)])
    a.add(BLACK, rounded_box(0.12, 0.14, 0.07, 0.02).moved(-0.06, 0, 0.29), lathe([(0, 0), (0.024, 0), (0.022, 0.02), (0, 0.022)], 20).moved(0.03, 0.06, 0.295))
    a.add(STEEL, hoop([(0.07, 0.3), (0.085, 0.3), (0.085, 0.31), (0.07, 0.31)], 32).moved(-0.08), rod((-0.22, -0.12, 0.24), (-0.26, -0.16, 0.2), 0.03, sides=16))
    bag = paint("fabric", "2a2c2e", "1d1f21", "44474a", size=0.04, roughness=0.9)
    a.add(bag, blob(0.24, 0.2, 0.15, 0.6).turned("y", -8).moved(0.45, 0, 0.26)).add(deck, rounded_box(0.1, 0.42, 0.03, 0.01).turned("y", -20).moved(0.25, 0, 0.33))
    for s in (-1, 1):
        a.add(IRON, tube(curve([(0.16, s * 0.2, 0.18), (0.5, s * 0.21, 0.52), (0.82, s * 0.21, 0.9)]), 0.011))
    a.add(RUBBER, rod((0.82, -0.22, 0.9), (0.82, 0.22, 0.9), 0.016)).add(YELLOW, rod((0.78, -0.2, 0.92), (0.78, 0.2, 0.92), 0.006), rod((0.6, 0.21, 0.62), (0.6, 0.25, 0.62), 0.016))
    return a.add(paint("letters", "2f7d3a", "f2efe4", "f2b92a", size=1.0, seed=29), unit_uv(box(0.2, 0.006, 0.06)).moved(-0.02, -0.229, 0.12)).model()


def garden_gnome() -> Model:
    """A chipped garden gnome with a lantern."""
    a = Assembly()
    blue = paint("plaster", "2a5a9a", "1f4274", "4a82c8", size=0.4, seed=3, roughness=0.5)
    skin = paint("plaster", "d9a382", "c08a68", "ecc0a2", size=0.3, roughness=0.6)
    red = paint("plaster", "b8231c", "8f1a14", "d8483a", size=0.4, roughness=0.45)
    beard = paint("fur", "e6e2d8", "d0cabb", "f4f1ea", size=0.2, seed=4, roughness=0.8)
    brown = paint("leather", "5b3a20", "3d2613", "7d5433", size=0.2, roughness=0.7)
    limbs = [
        Limb(blue, (0, 0, 0.13), (0, 0, 0.26), 0.105, 0.085),
        Limb(skin, (0, 0, 0.36), (-0.005, 0, 0.38), 0.068, 0.064),
        Limb(skin, (-0.065, 0, 0.378), (-0.08, 0, 0.372), 0.02, 0.02),
        Limb(beard, (-0.045, 0, 0.33), (-0.085, 0, 0.22), 0.055, 0.018, 1.25),
        Limb(beard, (0.03, 0, 0.36), (0.03, 0, 0.31), 0.06, 0.05),
        Limb(red, (0.0, 0, 0.43), (0.02, 0, 0.56), 0.068, 0.03),
        Limb(red, (0.02, 0, 0.56), (0.05, 0.02, 0.62), 0.03, 0.008),
    ]
    limbs += both(
        Limb(blue, (0, 0.08, 0.28), (-0.03, 0.13, 0.2), 0.04, 0.036),
        Limb(skin, (-0.05, 0.13, 0.18), (-0.065, 0.125, 0.175), 0.027, 0.025),
        Limb(brown, (0.0, 0.05, 0.05), (-0.01, 0.05, 0.12), 0.042, 0.046),
        Limb(brown, (-0.01, 0.052, 0.034), (-0.075, 0.058, 0.03), 0.036, 0.034),
    )
    grow(a, limbs, 0.02, 72)
    a.add(BLACK, *[ball(0.008, 12, 8).moved(-0.062, s * 0.024, 0.4) for s in (-1, 1)], torus(0.101, 0.011).moved(z=0.165)).add(BRASS, box(0.01, 0.04, 0.032, bevel=0.003).moved(-0.108, 0, 0.15))
    glow = paint("plain", "ffce7a", emission=3.0)
    a.add(glow, lathe([(0, 0), (0.02, 0), (0.022, 0.045), (0, 0.045)], 16).moved(-0.075, -0.13, 0.085))
    a.add(IRON, lathe([(0, 0), (0.028, 0), (0.028, 0.01), (0, 0.01)], 16).moved(-0.075, -0.13, 0.076), lathe([(0, 0), (0.03, 0), (0.01, 0.02), (0, 0.02)], 16).moved(-0.075, -0.13, 0.13), *[rod((-0.075 + 0.025 * c, -0.13 + 0.025 * s, 0.08), (-0.075 + 0.025 * c, -0.13 + 0.025 * s, 0.132), 0.003, sides=6) for c, s in ((1, 0), (-1, 0), (0, 1), (0, -1))], torus(0.012, 0.002, 20, 6).turned("x", 90).moved(-0.075, -0.13, 0.16))
    moss = paint("grass", "5b7d3a", "3f5a28", "86a85a", size=0.2)
    return a.add(moss, lathe([(0, 0), (0.17, 0), (0.165, 0.012), (0.12, 0.02), (0, 0.022)], 28)).model()


def hose_reel() -> Model:
    """A wheeled reel of green garden hose with a spray gun."""
    a = Assembly()
    green = paint("stripes", "3f9a4a", "e2c23a", "2a6e34", size=0.05, seed=1, roughness=0.4)
    for k, r in enumerate((0.1, 0.127, 0.154)):
        turns = np.linspace(0, 2 * np.pi * 7, 150)
        x = 0.11 * (1 - 2 * turns / turns[-1]) * (-1) ** k
        a.add(green, tube(np.stack([x, r * np.cos(turns), 0.32 + r * np.sin(turns)], axis=1), 0.0135, 7))
    end = curve([(-0.11, -0.154, 0.32), (-0.12, -0.22, 0.18), (-0.2, -0.34, 0.02), (-0.05, -0.42, 0.018), (0.14, -0.36, 0.02)])
    a.add(green, tube(end, 0.0135, 8)).add(YELLOW, rod((0.14, -0.36, 0.02), (0.21, -0.34, 0.025), 0.017), rod((0.2, -0.342, 0.025), (0.24, -0.33, 0.1), 0.012, 0.018))
    orange = paint("plain", "e8702a", roughness=0.4)
    for s in (-1, 1):
        a.add(orange, hoop([(0.17, -0.008), (0.195, -0.008), (0.195, 0.008), (0.17, 0.008)], 40).turned("y", 90).moved(s * 0.135, 0, 0.32), *[beam((s * 0.135, 0, 0.32), (s * 0.135, 0.18 * np.cos(t), 0.32 + 0.18 * np.sin(t)), 0.02, 0.012) for t in np.arange(6) * np.pi / 3])
        a.add(IRON, tube(curve([(s * 0.17, -0.2, 0.012), (s * 0.17, 0.0, 0.32), (s * 0.17, 0.16, 0.6), (s * 0.15, 0.22, 0.85)]), 0.012), rod((s * 0.17, 0, 0.32), (s * 0.17, 0.2, 0.09), 0.012))
        a.add(BLACK, wheel(0.09, 0.04).turned("z", 90).moved(s * 0.2, 0.2, 0.09)).add(orange, wheel(0.045, 0.05).turned("z", 90).moved(s * 0.2, 0.2, 0.09))
    a.add(IRON, rod((-0.17, 0, 0.32), (0.24, 0, 0.32), 0.014), rod((-0.17, -0.2, 0.012), (0.17, -0.2, 0.012), 0.012), rod((-0.2, 0.2, 0.09), (0.2, 0.2, 0.09), 0.01))
    return a.add(BLACK, rod((-0.15, 0.22, 0.85), (0.15, 0.22, 0.85), 0.018), rod((0.22, 0, 0.32), (0.22, -0.1, 0.36), 0.012), rod((0.22, -0.1, 0.36), (0.29, -0.1, 0.36), 0.016)).model()


def bird_bath() -> Model:
    """A weathered stone bird bath with a fluted stem and water."""
    a = Assembly()
    stone = paint("concrete", "b5ad9c", "857d6c", "cfc8b8", size=0.5, seed=3, roughness=0.95)
    turn = np.linspace(0, 2 * np.pi, 80, endpoint=False)

    def flute(r: float, z: float, deep: float) -> np.ndarray:
        rr = r * (1 - deep * np.abs(np.sin(8 * turn)))
        return np.stack([rr * np.cos(turn), rr * np.sin(turn), np.full(80, z)], axis=1)

    stem = [(0.16, 0.06, 0), (0.11, 0.09, 0), (0.095, 0.14, 0.12), (0.075, 0.4, 0.12), (0.085, 0.56, 0.1), (0.12, 0.6, 0), (0.13, 0.63, 0), (0.05, 0.64, 0)]
    a.add(stone, stack_rings([flute(*level) for level in stem]), lathe([(0, 0), (0.2, 0), (0.2, 0.05), (0.17, 0.065), (0, 0.065)], 8, smooth=False), vessel([(0.12, 0.63), (0.22, 0.655), (0.29, 0.7), (0.33, 0.75), (0.335, 0.775)], 0.03, 48))
    shell = [blob(0.03, 0.014, 0.02, 1.0, 12, 8).moved(0.325 * np.cos(t), 0.325 * np.sin(t), 0.762) for t in np.arange(24) * np.pi / 12]
    a.add(stone, *shell)
    moss = paint("grass", "5b7d3a", "3f5a28", "86a85a", size=0.2)
    a.add(moss, *[blob(0.06, 0.03, 0.02, 1.0, 12, 8).turned("z", np.degrees(t)).moved(0.17 * np.cos(t), 0.17 * np.sin(t), 0.06) for t in (0.5, 2.2, 3.9, 5.6)])
    return a.add(paint("marble", "4a6a72", "7fa0a8", "36525a", size=0.6, roughness=0.05, coat=1.0), lathe([(0, 0.735), (0.28, 0.735), (0.282, 0.745), (0, 0.745)], 40)).model()


def storm_lantern() -> Model:
    """A paraffin storm lantern, lit."""
    a = Assembly()
    red = paint("rust", "a82a20", "6a3a22", "c8503f", size=0.5, seed=5, roughness=0.45)
    a.add(red, lathe([(0, 0), (0.075, 0), (0.08, 0.01), (0.078, 0.05), (0.05, 0.065), (0.03, 0.07), (0, 0.07)], 36), lathe([(0, 0.2), (0.04, 0.2), (0.045, 0.215), (0.03, 0.24), (0.03, 0.265), (0.036, 0.27), (0.02, 0.285), (0, 0.286)], 32))
    a.add(BRASS, lathe([(0, 0.07), (0.028, 0.07), (0.03, 0.085), (0.015, 0.095), (0, 0.095)], 28), rod((0.045, -0.045, 0.055), (0.055, -0.055, 0.075), 0.012, sides=14), rod((0.028, 0, 0.08), (0.07, 0, 0.078), 0.003), wheel(0.009, 0.004).turned("z", 90).moved(0.07, 0, 0.078))
    a.add(paint("plain", "ffb74a", emission=6.0), blob(0.011, 0.011, 0.026, 1.0, 16, 10).moved(0, 0, 0.122))
    chimney = [(0.03, 0.085), (0.05, 0.12), (0.053, 0.145), (0.045, 0.175), (0.032, 0.2)]
    glass = paint("plain", "f2f6f6", roughness=0.02, transmission=1.0)
    a.add(glass, stack_rings([np.c_[disc(r, 36), np.full(36, z)] for r, z in [*chimney, *[(r - 0.002, z) for r, z in chimney[::-1]]]], caps=(False, False)))
    a.add(red, pair(tube(curve([(0.065, 0, 0.055), (0.085, 0, 0.09), (0.086, 0, 0.18), (0.07, 0, 0.235), (0.03, 0, 0.25)]), 0.008, 10)))
    a.add(STEEL, *[torus(r, 0.0016, 32, 6).moved(z=z) for r, z in ((0.054, 0.135), (0.055, 0.15))], tube([(0.09 * np.cos(t), 0.02, 0.23 + 0.12 * np.sin(t)) for t in np.linspace(0, np.pi, 24)], 0.0025, 6))
    return a.model(1.25)


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
    a.add(pale, lathe([(0, top), (edge * 0.995, top), (edge * 0.98, top + 0.001), (0, top + 0.001)], 44).turned("y", 72).moved(0, 0.02, 0.125))
    a.add(flesh, lathe([(0, top), (edge * 0.9, top), (edge * 0.89, top + 0.002), (0, top + 0.003)], 44).turned("y", 72).moved(0, 0.02, 0.125))
    t = np.linspace(np.pi, 2 * np.pi, 24)
    slice_ = np.stack([0.12 * np.cos(t), 0.12 + 0.12 * np.sin(t)], axis=1)
    for shrink, deep, surface in ((1.0, 0.036, paint("plain", "2f6e34", roughness=0.35)), (0.955, 0.037, pale), (0.89, 0.038, flesh)):
        shape = slice_ * shrink + [0, 0.12 * (1 - shrink)]
        a.add(surface, slab(shape, deep).turned("x", 24).turned("z", 22).moved(0.05, -0.17, 0.004))
    a.add(OAK, rounded_box(0.46, 0.52, 0.02, 0.008).moved(0.02, -0.06, -0.02), *[torus(0.02, 0.006).moved(-0.16, -0.27, -0.002)])
    a.add(STEEL, slab([(-0.12, 0), (0.1, 0), (0.12, 0.012), (0.1, 0.03), (-0.12, 0.026)], 0.003).turned("x", -90).turned("z", 70).moved(0.19, -0.12, 0.003)).add(BLACK, rod((0.23, -0.22, 0.006), (0.265, -0.32, 0.006), 0.011))
    return a.model()


def pizza() -> Model:
    """A pizza in its printed delivery box, one slice lifted out."""
    a = Assembly()
    board = paint("fabric", "c9a878", "b08e5e", size=0.02, roughness=0.9)
    w = 0.36
    a.add(board, box(w, w, 0.003), *[box(w, 0.003, 0.042).moved(0, s * w / 2) for s in (-1, 1)], *[box(0.003, w, 0.042).moved(s * w / 2) for s in (-1, 1)])
    lid = box(w, 0.003, w).turned("x", -14).moved(0, w / 2 + 0.004, 0.04)
    a.add(paint("letters", "f2e6c8", "b5241f", "2f7d3a", size=1.0, seed=101, roughness=0.8), unit_uv(lid))
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
    spots = [(0.1 * np.cos(t), 0.1 * np.sin(t)) for t in np.arange(7) * 0.78 + 0.45] + [(0.05 * np.cos(t), 0.05 * np.sin(t)) for t in (0.9, 2.6, 4.4)]
    a.add(salami, *[lathe([(0, 0), (0.02, 0), (0.0205, 0.003), (0.017, 0.0025), (0, 0.001)], 20).turned("x", 4).moved(x, y, 0.0185) for x, y in spots])
    a.add(paint("plain", "2b2a26", roughness=0.3, coat=0.5), *[torus(0.006, 0.003, 16, 8).moved(0.12 * np.cos(t), 0.12 * np.sin(t), 0.021) for t in np.arange(6) * 0.8 + 0.8])
    return a.add(paint("plain", "3f8a36", roughness=0.5), *[leaf(0.035, 0.02, 0.008, 0.0).turned("z", 70 * k).moved(0.07 * np.cos(1.1 * k), 0.07 * np.sin(1.1 * k), 0.021) for k in range(5)]).model()


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
        loop = np.array([(-wide / 2 - 0.004, 0, -0.0), (wide / 2 + 0.004, 0, -0.0), (wide / 2 + 0.006, 0, z / 2), (wide / 2, 0, z + 0.002), (0, 0, z + 0.003), (-wide / 2, 0, z + 0.002), (-wide / 2 - 0.006, 0, z / 2), (-wide / 2 - 0.004, 0, 0)])
        a.add(string, tube(loop + [0, 0, 0.002], 0.0022, 6).turned("z", turn))
    a.add(string, pair(torus(0.02, 0.002, 20, 6).scaled(1.5, 0.8, 1).moved(0.03, 0, z + 0.006)))
    roll = paint("pages", "ece7da", size=0.3, seed=22, roughness=0.95)
    spiral = np.linspace(0, 6 * np.pi, 90)
    r = 0.014 + 0.0016 * spiral
    path = np.stack([r * np.cos(spiral), np.zeros(90), 0.046 + r * np.sin(spiral)], axis=1)
    inner = np.stack([(r - 0.0012) * np.cos(spiral), np.zeros(90), 0.046 + (r - 0.0012) * np.sin(spiral)], axis=1)
    sheet = np.concatenate([path, inner[::-1]])
    a.add(roll, stack_rings([sheet + [0, y, 0] for y in (0.15, -0.15)], caps=(False, False)).turned("z", 70).moved(0.03, -0.31))
    return a.model()


BUILDERS = {
    "garden": {
        "lawn-mower": lawn_mower,
        "garden-gnome": garden_gnome,
        "hose-reel": hose_reel,
        "bird-bath": bird_bath,
        "storm-lantern": storm_lantern,
    },
    "food": {"watermelon": watermelon, "pizza": pizza},
    "books & cartons": {"newspapers": newspapers},
}
