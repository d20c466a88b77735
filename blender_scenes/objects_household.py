"""Household things: vases, tableware, luggage, books and packaging."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .meshes import Mesh, ball, box, join, lathe, stack_rings, torus, tube
from .objects_kit import BLACK, BRASS, CLAY, IRON, OAK, PINE, STEEL, WALNUT, WHITE, Assembly, paint
from .shapes import aimed, beam, blob, curve, disc, leaf, pair, ring_of, rod, rounded_box, slab, unit_uv, vessel
from .surfaces import Model


def vase_tall() -> Model:
    """A slim floor vase with dry stems and seed heads."""
    a = Assembly()
    side = [(0.09, 0), (0.13, 0.1), (0.15, 0.25), (0.12, 0.42), (0.06, 0.55), (0.055, 0.6), (0.085, 0.65)]
    glaze = paint("floral", "f4f1e6", "1f4e9e", "87a8d8", size=0.3, seed=2, roughness=0.15, coat=0.6)
    a.add(glaze, vessel([(x, z) for x, _, z in curve([(x, 0, z) for x, z in side], 4)], 0.01))
    for i in range(7):
        top = np.array([0.24 * np.sin(2.4 * i), 0.24 * np.cos(2.4 * i), 0.95 + 0.05 * (i % 4)])
        stem = curve([(0, 0, 0.1), (0.02 * np.sin(2.4 * i), 0.02 * np.cos(2.4 * i), 0.62), top])
        a.add(OAK, tube(stem, 0.006, 6))
        head = paint("knit", "c98a4b", "8b4f26", size=0.05)
        a.add(head, blob(0.03, 0.03, 0.07, segments=12, rings=8).moved(*top))
    return a.model()


def amphora() -> Model:
    """A terracotta amphora with two handles and painted bands."""
    a = Assembly()
    side = [(0.1, 0), (0.07, 0.04), (0.2, 0.22), (0.24, 0.42), (0.19, 0.6), (0.09, 0.7), (0.08, 0.82), (0.12, 0.86)]
    a.add(CLAY, vessel([(x, z) for x, _, z in curve([(x, 0, z) for x, z in side], 4)], 0.015))
    band = paint("dots", "2a1a14", "e8a868", "d97d45", size=0.08, seed=1)
    a.add(band, lathe([(0.2, 0.36), (0.244, 0.37), (0.246, 0.42), (0.239, 0.48), (0.2, 0.49)]))
    a.add(band, lathe([(0.1, 0.62), (0.187, 0.61), (0.15, 0.66), (0.11, 0.675)]))
    handle = curve([(0.08, 0, 0.8), (0.17, 0, 0.81), (0.22, 0, 0.7), (0.19, 0, 0.57)])
    return a.add(CLAY, pair(tube(handle, 0.018))).model()


def teapot() -> Model:
    """A round teapot with spout, handle and lid on a saucer of its own pattern."""
    a = Assembly()
    glaze = paint("dots", "d94f4f", "fdf3e3", "ffffff", size=0.09, seed=2, roughness=0.15, coat=0.7)
    side = [(0, 0), (0.09, 0), (0.1, 0.02), (0.15, 0.08), (0.16, 0.13), (0.13, 0.2), (0.075, 0.235), (0, 0.235)]
    a.add(glaze, lathe(side).moved(z=0.02))
    spout = curve([(0.12, 0, 0.1), (0.2, 0, 0.12), (0.23, 0, 0.2), (0.28, 0, 0.25)])
    a.add(glaze, tube(spout, np.linspace(0.042, 0.018, len(spout))))
    handle = curve([(-0.13, 0, 0.21), (-0.22, 0, 0.22), (-0.25, 0, 0.14), (-0.15, 0, 0.07)])
    a.add(WHITE, tube(handle, 0.014), lathe([(0, 0), (0.075, 0), (0.06, 0.025), (0, 0.035)]).moved(z=0.255))
    a.add(WHITE, ball(0.022, 16, 10).moved(z=0.305))
    saucer = [(0, 0), (0.1, 0), (0.2, 0.02), (0.2, 0.026), (0.1, 0.014), (0, 0.014)]
    return a.add(paint("glaze", "f5efe0", "3b6ea5", size=0.15), lathe(saucer)).model()


def milk_can() -> Model:
    """A dairy can with a lid, side handles and a painted band."""
    a = Assembly()
    side = [(0, 0), (0.16, 0), (0.17, 0.02), (0.17, 0.36), (0.15, 0.42), (0.09, 0.48), (0.09, 0.55), (0.12, 0.57)]
    a.add(STEEL, lathe([*side, (0.12, 0.6), (0.06, 0.63), (0, 0.63)]))
    a.add(paint("stripes", "e9e4d2", "2d5d7c", "b33a3a", size=0.12, seed=7), lathe([(0.16, 0.1), (0.173, 0.1), (0.173, 0.3), (0.16, 0.3)]))
    handle = curve([(0.16, 0, 0.4), (0.23, 0, 0.43), (0.21, 0, 0.51), (0.1, 0, 0.53)])
    a.add(IRON, pair(tube(handle, 0.012)), torus(0.171, 0.008).moved(z=0.02), torus(0.171, 0.008).moved(z=0.36))
    lid = curve([(-0.05, 0, 0.62), (0, 0, 0.68), (0.05, 0, 0.62)])
    return a.add(IRON, tube(lid, 0.01)).model()


def trophy() -> Model:
    """A two-handled cup on a lettered plinth."""
    a = Assembly()
    a.add(WALNUT, box(0.24, 0.24, 0.1, bevel=0.01), box(0.17, 0.17, 0.08, bevel=0.01).moved(z=0.1))
    plate = unit_uv(box(0.16, 0.01, 0.06)).moved(0, -0.12, 0.02)
    a.add(paint("letters", "e7c76a", "3b2a0c", "8a6a1f", size=1.0, seed=3), plate)
    side = [(0.06, 0.18), (0.025, 0.22), (0.02, 0.3), (0.05, 0.34), (0.11, 0.42), (0.135, 0.55), (0.15, 0.62)]
    a.add(BRASS, vessel(side, 0.008), torus(0.15, 0.01).moved(z=0.62), torus(0.026, 0.012).moved(z=0.27))
    loop = curve([(0.13, 0, 0.57), (0.22, 0, 0.6), (0.24, 0, 0.5), (0.16, 0, 0.42), (0.09, 0, 0.4)])
    return a.add(BRASS, pair(tube(loop, 0.011))).model()


def candelabrum() -> Model:
    """A three-armed candle holder with striped candles."""
    a = Assembly()
    foot = [(0, 0), (0.15, 0), (0.14, 0.025), (0.05, 0.05), (0.02, 0.1), (0.035, 0.15), (0.018, 0.2), (0.018, 0.5)]
    a.add(BRASS, lathe([*foot, (0, 0.5)]))
    arm = curve([(0, 0, 0.33), (0.12, 0, 0.3), (0.22, 0, 0.36), (0.22, 0, 0.45)])
    a.add(BRASS, pair(tube(arm, 0.014)))
    cup = lathe([(0, 0), (0.02, 0), (0.06, 0.03), (0.06, 0.04), (0.03, 0.03), (0, 0.03)])
    for x, z in ((-0.22, 0.44), (0, 0.5), (0.22, 0.44)):
        candle = lathe([(0, 0), (0.026, 0), (0.025, 0.21), (0.015, 0.22), (0, 0.215)], 16).moved(x, 0, z + 0.02)
        a.add(BRASS, cup.moved(x, 0, z))
        a.add(paint("stripes", "f6ead0", "b8323a", "fffaf0", size=0.07, seed=1), candle)
        a.add(BLACK, rod((x, 0, z + 0.23), (x, 0, z + 0.255), 0.004))
    return a.model()


def suitcase() -> Model:
    """A travelled leather suitcase with straps, corners and stickers."""
    a = Assembly()
    a.add(paint("leather", "8a4f2a", "5b3019", "a86b3f", size=0.3), rounded_box(0.72, 0.22, 0.46, 0.04).moved(z=0.02))
    for x in (-0.2, 0.2):
        a.add(paint("stripes", "d8c08a", "3d2413", size=0.05), rounded_box(0.05, 0.236, 0.476, 0.02).moved(x, 0, 0.012))
        a.add(BRASS, box(0.065, 0.02, 0.05, bevel=0.006).moved(x, -0.115, 0.33))
    corner = ball(0.055, 16, 10)
    a.add(BRASS, *[corner.moved(x, y, z) for x in (-0.316, 0.316) for y in (-0.066, 0.066) for z in (0.066, 0.434)])
    a.add(BLACK, tube(curve([(-0.1, 0, 0.46), (-0.08, 0, 0.53), (0.08, 0, 0.53), (0.1, 0, 0.46)]), 0.014))
    codes = ("1d6fa3", "f7f3e3", "d62828"), ("f2b632", "26323f", "ffffff"), ("e8e4d8", "2f7d4f", "222222")
    for i, (x, z) in enumerate(((-0.04, 0.12), (0.08, 0.27), (-0.08, 0.33))):
        sticker = unit_uv(slab(disc(0.06, 24 if i else 6), 0.006)).turned("y", 17 * i - 20)
        a.add(paint("label", *codes[i], size=1.0, seed=30 + i), sticker.moved(x, -0.111, z))
    return a.model()


def backpack() -> Model:
    """A hiking backpack with a lid, pockets, a rolled mat and straps."""
    a = Assembly()
    cloth = paint("fabric", "2f5d50", "1d3b33", "4f8a78", size=0.1)
    a.add(cloth, blob(0.2, 0.14, 0.32, 0.6).moved(z=0.36), blob(0.18, 0.12, 0.07, 0.6).moved(0, -0.04, 0.68))
    flap = paint("camo", "c46a2c", "7c3b16", "e8a55a", size=0.3, seed=1)
    a.add(flap, blob(0.14, 0.07, 0.13, 0.6).moved(0, -0.14, 0.25), pair(blob(0.06, 0.09, 0.13, 0.7).moved(0.2, 0, 0.22)))
    mat = paint("stripes", "e2b33c", "7d3c98", "f6e3a8", size=0.1, seed=2)
    a.add(mat, rod((-0.27, -0.02, 0.8), (0.27, -0.02, 0.8), 0.075, sides=24))
    a.add(BLACK, pair(torus(0.078, 0.01).turned("y", 90).moved(0.14, -0.02, 0.8)))
    strap = curve([(0.1, 0.1, 0.64), (0.13, 0.2, 0.6), (0.14, 0.21, 0.35), (0.12, 0.1, 0.12)])
    a.add(BLACK, pair(tube(strap, 0.035, squash=0.3)))
    a.add(BRASS, pair(box(0.03, 0.02, 0.05, bevel=0.004).moved(0.08, -0.16, 0.56)))
    a.add(BLACK, pair(beam((0.08, -0.158, 0.68), (0.08, -0.155, 0.4), 0.022, 0.012)))
    return a.model()


def umbrella() -> Model:
    """An open panelled umbrella standing on its rim and handle."""
    a = Assembly()
    turn = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    codes = ("e63946", "f1faee", "1d3557")
    for i, t in enumerate(turn):
        a.add(paint("stripes", codes[i % 2], codes[1 - i % 2], codes[2], size=0.5, seed=i % 2), _gore(t))
        rib = [(0.98 * r * np.cos(t), 0.98 * r * np.sin(t), z - 0.012) for r, z in ((0.5, 0), (0.3, 0.2), (0, 0.28))]
        a.add(STEEL, tube(curve(rib), 0.006, 6))
    a.add(STEEL, rod((0, 0, -0.52), (0, 0, 0.36), 0.009))
    hook = curve([(0, 0, -0.5), (0, 0, -0.6), (0.05, 0, -0.66), (0.1, 0, -0.62), (0.1, 0, -0.57)])
    a.add(WALNUT, tube(hook, 0.017))
    return _tipped(a)


def _gore(start: float) -> Mesh:
    """One cloth panel of an umbrella: a thin closed triangle-like sheet that sags between two ribs."""
    rows = []
    for r, z in ((0.02, 0.28), (0.18, 0.25), (0.34, 0.165), (0.5, 0.0)):
        t = start + np.linspace(0, np.pi / 4, 7)
        sag = 1 - 0.12 * (r / 0.5) ** 2 * np.sin(np.linspace(0, np.pi, 7))
        top = np.stack([r * sag * np.cos(t), r * sag * np.sin(t), np.full(7, z)], axis=1)
        rows.append(np.concatenate([top, top[::-1] - [0, 0, 0.006]]))
    return stack_rings(rows[::-1], smooth=False)


def _tipped(a: Assembly) -> Model:
    """The assembly lying on its side, back on the floor."""
    model = a.model()
    mesh = model.mesh.turned("x", 62).turned("z", 20)
    low, high = mesh.bounds()
    middle = (low + high) / 2
    return replace(model, mesh=mesh.moved(-middle[0], -middle[1], -low[2]))


def book_stack() -> Model:
    """Seven big books piled crosswise with a plant cutting in a jar on top."""
    a = Assembly()
    codes = ("8c2f39", "f3e1b6"), ("1f4e79", "f0d27a"), ("2f6b46", "f2ead2"), ("d9902f", "402218"), ("51355a", "e9dff2")
    z, paper = 0.0, paint("pages", "efe4cb", "b8a987", size=0.05)
    for i in range(7):
        w, d, h = 0.46 - 0.03 * i + 0.05 * (i % 2), 0.34 - 0.015 * i, 0.045 + 0.018 * (i * 3 % 4)
        cover = paint("label", *codes[i % 5], "2a1f1a", size=1.0, seed=40 + i)
        parts = [box(w, d, 0.008), box(w, d, 0.008).moved(z=h - 0.008), box(w, 0.01, h).moved(0, -d / 2)]
        turn = (i * 37 % 31) - 15
        a.add(cover, *[unit_uv(p, "z" if k < 2 else "y").turned("z", turn).moved(z=z) for k, p in enumerate(parts)])
        a.add(paper, box(w - 0.02, d - 0.015, h - 0.01).moved(0, -0.002, 0.005).turned("z", turn).moved(z=z))
        z += h
    jar = vessel([(0.06, 0), (0.07, 0.03), (0.07, 0.12), (0.05, 0.14), (0.055, 0.16)], 0.006)
    a.add(paint("glaze", "e9c46a", "264653", size=0.15), jar.moved(z=z))
    sprig = paint("plain", "4c8b3c", roughness=0.5)
    for i in range(6):
        a.add(sprig, aimed(leaf(0.2, 0.06, 0.1, 0.02), -20, 60 * i).moved(z=z + 0.13))
    return a.model()


def carton() -> Model:
    """An open moving box with printed sides and paper rolls sticking out."""
    a = Assembly()
    board = paint("label", "c49a6c", "4a3220", "b3342b", size=1.0, seed=8, roughness=0.85)
    plain = paint("fabric", "c49a6c", "a87d50", size=0.3, roughness=0.85)
    wide = unit_uv(box(0.56, 0.008, 0.38))
    a.add(board, wide.moved(0, -0.2), wide.turned("z", 180).moved(0, 0.2))
    side = unit_uv(box(0.4, 0.008, 0.38)).turned("z", 90)
    a.add(board, side.moved(0.28), side.turned("z", 180).moved(-0.28))
    a.add(plain, box(0.55, 0.39, 0.01))
    tape = paint("stripes", "d9b777", "f2e3c0", size=0.05)
    a.add(tape, box(0.06, 0.01, 0.385).moved(0.2, -0.201), pair(box(0.012, 0.05, 0.385).moved(0.279)))
    a.add(plain, box(0.56, 0.006, 0.2, bevel=0.002).turned("x", 55).moved(0, -0.2, 0.38))
    a.add(plain, box(0.56, 0.006, 0.2).turned("x", -75).moved(0, 0.2, 0.38))
    a.add(plain, pair(box(0.4, 0.006, 0.24).turned("z", 90).turned("y", 60).moved(0.28, 0, 0.38)))
    for i, (x, y) in enumerate(((-0.15, 0.05), (0.0, 0.1), (0.12, 0.0))):
        roll = paint("patchwork", "e07a5f", "3d405b", "81b29a", size=0.25, seed=i)
        a.add(roll, rod((x, y, 0.02), (x * 1.6, y * 1.5, 0.62 - 0.06 * i), 0.045, sides=24), tube([(x, y, 0.3), (1.2 * x, 1.2 * y, 0.4)], 0.04, 24))
    return a.model()


def crate() -> Model:
    """A slatted wooden crate full of oranges and greens."""
    a = Assembly()
    for x in (-0.29, 0.29):
        a.add(PINE, *[box(0.03, 0.03, 0.34).moved(x, y) for y in (-0.19, 0.19)])
    for z in (0.02, 0.13, 0.24):
        board = box(0.64, 0.016, 0.09)
        a.add(PINE, board.moved(0, -0.21, z), board.moved(0, 0.21, z))
        a.add(PINE, pair(box(0.016, 0.42, 0.09).moved(0.31, 0, z)))
    a.add(PINE, box(0.6, 0.4, 0.02).moved(z=0.01))
    stamp = unit_uv(box(0.3, 0.01, 0.085)).moved(0, -0.219, 0.1325)
    a.add(paint("letters", "e0b577", "7a1f1f", "4a2d14", size=1.0, seed=5), stamp)
    fruit = paint("glaze", "f08a24", "d9661a", size=0.3, roughness=0.5)
    for i in range(28):
        x, y = -0.24 + 0.08 * (i % 7), -0.13 + 0.088 * (i // 7)
        a.add(fruit, ball(0.052, 14, 8).moved(x, y, 0.3 + 0.02 * (i * 5 % 3)))
    return a.model()


def barrel() -> Model:
    """A staved barrel with iron hoops, a bung and a branded head."""
    a = Assembly()
    z = np.linspace(0, 0.9, 11)
    r = 0.26 + 0.07 * np.sin(np.pi * z / 0.9)
    rim = [(r[-1] - 0.02, 0.9), (r[-1] - 0.025, 0.86), (0, 0.86)]
    a.add(PINE, lathe([(0, 0), *zip(r, z, strict=True), *rim], 28))
    for level in (0.04, 0.24, 0.6, 0.8):
        low, high = (0.26 + 0.07 * np.sin(np.pi * v / 0.9) for v in (level, level + 0.06))
        ring = [(low - 0.02, level), (low + 0.008, level), (high + 0.008, level + 0.06), (high - 0.02, level + 0.06)]
        a.add(paint("rust", "54423a", "8f4a25", "2d2622", size=0.3), lathe(ring, 28))
    a.add(WALNUT, rod((0, -0.3, 0.45), (0, -0.355, 0.45), 0.035, sides=16))
    a.add(paint("label", "d6a768", "4a2412", "7c1d1d", size=1.0, seed=4), unit_uv(lathe([(0, 0.85), (0.2, 0.85), (0.2, 0.868), (0, 0.868)]), "z"))
    a.add(BRASS, rod((0, -0.24, 0.12), (0, -0.4, 0.12), 0.02), rod((0, -0.37, 0.1), (0, -0.37, 0.19), 0.012))
    return a.model()


def bucket() -> Model:
    """A galvanised bucket with a rope handle and soapy sponge."""
    a = Assembly()
    a.add(STEEL, vessel([(0.13, 0), (0.14, 0.02), (0.2, 0.34)], 0.006), torus(0.2, 0.009).moved(z=0.34))
    a.add(STEEL, torus(0.165, 0.006).moved(z=0.16), pair(ball(0.025, 12, 8).moved(0.2, 0, 0.3)))
    a.add(paint("knit", "c9a66b", "7a5a2e", size=0.06), tube(curve([(-0.2, 0, 0.3), (-0.16, -0.1, 0.46), (0, -0.14, 0.52), (0.16, -0.1, 0.46), (0.2, 0, 0.3)]), 0.012))
    a.add(paint("stripes", "e63946", "fdf0d5", size=0.05), lathe([(0.14, 0.2), (0.1752, 0.2), (0.184, 0.25), (0.14, 0.25)]))
    a.add(paint("dots", "f6d743", "c79a1d", size=0.08), rounded_box(0.2, 0.13, 0.08, 0.025).turned("y", 28).moved(0.03, 0.02, 0.28))
    water = lathe([(0, 0), (0.16, 0), (0.165, 0.02), (0, 0.02)]).moved(z=0.26)
    return a.add(paint("marble", "9fd3e0", "e8f7fa", size=0.3, roughness=0.1), water).model()


def globe() -> Model:
    """A desk globe with land masses in a tilted brass arc."""
    a = Assembly()
    a.add(WALNUT, lathe([(0, 0), (0.17, 0), (0.17, 0.025), (0.06, 0.05), (0.028, 0.09), (0.028, 0.15), (0, 0.15)]))
    sea = paint("camo", "2f7fc1", "4d9a4a", "d9bd6a", size=0.5, seed=9, roughness=0.3, coat=0.4)
    a.add(sea, ball(0.2, 40, 24).turned("y", 23).moved(z=0.37))
    arc = [(0.225 * np.sin(t), 0, 0.37 - 0.225 * np.cos(t)) for t in np.linspace(-0.35, 2.8, 24)]
    a.add(BRASS, tube(arc, 0.014, squash=0.5), torus(0.201, 0.004).turned("y", 23).moved(z=0.37))
    axle = np.array([np.sin(np.radians(23)), 0, np.cos(np.radians(23))]) * 0.235
    centre = np.array([0, 0, 0.37])
    return a.add(BRASS, rod(centre - axle, centre + axle, 0.01), ball(0.018, 12, 8).moved(*(centre + axle))).model()


def basket() -> Model:
    """A woven basket with a hoop handle, a cloth and loaves of bread."""
    a = Assembly()
    cane = paint("knit", "c8934f", "7d4f22", "e0b878", size=0.08)
    a.add(cane, vessel([(0.17, 0), (0.21, 0.05), (0.25, 0.22)], 0.015))
    a.add(cane, torus(0.25, 0.018).moved(z=0.22), torus(0.18, 0.014).moved(z=0.015))
    hoop = [(0.245 * np.cos(t), 0, 0.2 + 0.3 * np.sin(t)) for t in np.linspace(0, np.pi, 24)]
    a.add(cane, tube(hoop, 0.017))
    cloth = paint("plaid", "f4f1e8", "c1272d", "7c1418", size=0.1)
    a.add(cloth, blob(0.22, 0.22, 0.05).moved(z=0.2), rounded_box(0.24, 0.012, 0.2, 0.005).turned("x", 12).moved(0, -0.25, 0.05))
    crust = paint("stripes", "c07a35", "a5621c", "d9a05a", size=0.12)
    loaves = [blob(0.055, 0.19, 0.05).turned("x", 6).turned("z", t).moved(x, 0.03, 0.27) for x, t in ((-0.08, 12), (0.09, -15))]
    return a.add(crust, *loaves, blob(0.08, 0.08, 0.06).moved(0.0, -0.09, 0.27)).model()


def gift_boxes() -> Model:
    """Three wrapped presents with ribbons and a bow."""
    a = Assembly()
    papers = paint("dots", "d7263d", "ffffff", "f4d35e", size=0.14), paint("stripes", "1b998b", "fdf6d8", size=0.12), paint("plaid", "5f4bb6", "f3c969", "ffffff", size=0.12)
    ribbon = paint("plain", "f4c430", roughness=0.3)
    for i, (x, y, z, w, h) in enumerate(((-0.14, 0.05, 0, 0.4, 0.3), (0.22, -0.06, 0, 0.28, 0.22), (-0.12, 0.04, 0.3, 0.24, 0.16))):
        parts = [box(w, w * 0.85, h, bevel=0.006)]
        bands = [box(0.035, w * 0.86 + 0.004, h + 0.004), box(w + 0.006, 0.035, h + 0.004)]
        a.add(papers[i], *[p.turned("z", 14 * i - 9).moved(x, y, z) for p in parts])
        a.add(ribbon, *[p.turned("z", 14 * i - 9).moved(x, y, z) for p in bands])
    loop = torus(0.055, 0.016, 24, 8).turned("x", 90).scaled(1, 1, 0.7).moved(0.06)
    a.add(ribbon, join(ring_of(loop, 5)).moved(-0.12, 0.04, 0.5), ball(0.028, 12, 8).moved(-0.12, 0.04, 0.48))
    return a.model()


BUILDERS = {
    "vases & tableware": {
        "vase-tall": vase_tall,
        "amphora": amphora,
        "teapot": teapot,
        "milk-can": milk_can,
        "trophy": trophy,
        "candelabrum": candelabrum,
    },
    "crates & luggage": {
        "suitcase": suitcase,
        "backpack": backpack,
        "crate": crate,
        "barrel": barrel,
        "basket": basket,
        "bucket": bucket,
    },
    "books & cartons": {"book-stack": book_stack, "carton": carton, "globe": globe, "gift-boxes": gift_boxes},
    "headgear, shoes & wear": {"umbrella": umbrella},
}
