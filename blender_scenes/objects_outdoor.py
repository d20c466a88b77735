"""Outdoor things: plants, signs, street furniture, garden tools."""

from __future__ import annotations

import numpy as np

from .meshes import Mesh, ball, box, join, lathe, stack_rings, torus, tube
from .objects_kit import (
    BLACK, BLUE, BRASS, CLAY, GREEN, IRON, OAK, PINE, RED, RUBBER, SOIL, STEEL, WALNUT, WHITE, YELLOW, Assembly, paint,
)  # fmt: skip
from .shapes import aimed, beam, blob, curve, disc, leaf, pair, ring_of, rod, rounded_box, slab, unit_uv, vessel, wheel
from .surfaces import Model, Surface


def _pot(a: Assembly, surface: Surface, radius: float, height: float) -> float:
    """A filled flower pot with a saucer; returns the height of its soil."""
    a.add(surface, vessel([(0.7 * radius, 0.015), (0.95 * radius, 0.82 * height), (radius * 1.06, 0.83 * height), (radius * 1.06, height)], 0.014))
    a.add(surface, lathe([(0, 0), (0.85 * radius, 0), (0.95 * radius, 0.025), (0, 0.02)]))
    a.add(SOIL, blob(0.98 * radius, 0.98 * radius, 0.03).moved(z=0.9 * height))
    return 0.92 * height


def fern() -> Model:
    """A potted fern: arching fronds with leaflets on both sides."""
    a = Assembly()
    z = _pot(a, CLAY, 0.16, 0.24)
    green = paint("leaves", "4f9a3c", "2c6e2a", "86c45a", size=0.2, roughness=0.6)
    for i in range(13):
        reach, rise = 0.36 + 0.05 * (i % 3), 0.42 + 0.09 * (i * 2 % 5)
        t = np.linspace(0, 1, 11)
        spine = np.stack([0 * t, -reach * t, rise * np.sin(t * 2.2)], axis=1)
        parts = [tube(spine, np.linspace(0.007, 0.002, 11), 5)]
        for k in range(2, 11):
            blade = leaf(0.13 * np.sin(np.pi * k / 12) + 0.03, 0.045, 0.02, 0.03, steps=4)
            parts += [blade.turned("z", side * 65).moved(*spine[k]) for side in (-1, 1)]
        a.add(green, join(*parts).turned("z", i * 137.5).moved(z=z))
    return a.model()


def snake_plant() -> Model:
    """Tall sword-shaped banded leaves in a glazed pot."""
    a = Assembly()
    z = _pot(a, paint("checker", "f2efe6", "2b4c7e", size=0.14), 0.15, 0.26)
    blade = paint("camo", "3f7d4e", "1f4d33", "d6cf7a", size=0.18, seed=2, roughness=0.4)
    for i in range(12):
        tall, t = 0.45 + 0.06 * (i * 3 % 8), np.linspace(0, 1, 9)
        path = np.stack([0.03 * np.sin(5 * t + i), -0.1 * t**2, tall * t], axis=1)
        width = np.array([0.02, 0.032, 0.038, 0.04, 0.04, 0.038, 0.032, 0.02, 0.003])
        sword = tube(path, width, 8, squash=0.14).moved(0, -0.03 - 0.02 * (i % 3))
        a.add(blade, sword.turned("z", i * 137.5).moved(z=z - 0.02))
    return a.model()


def cactus() -> Model:
    """A ribbed two-armed cactus with pink flowers in a patterned pot."""
    a = Assembly()
    z = _pot(a, paint("patchwork", "d9822b", "2a6f77", "f4e3b2", size=0.2), 0.16, 0.22)
    skin = paint("stripes", "3f8f4f", "1f5a30", "8cc97f", size=0.06, seed=1, roughness=0.7)
    a.add(skin, _column(0.1, 0.75).moved(z=z))
    for side, level, tall in ((1, 0.3, 0.3), (-1, 0.42, 0.22)):
        elbow = curve([(0.06 * side, 0, level), (0.18 * side, 0, level), (0.2 * side, 0, level + 0.1)])
        a.add(skin, tube(elbow, 0.05, 12).moved(z=z), _column(0.055, tall).moved(0.2 * side, 0, z + level + 0.04))
    bloom = paint("plain", "e83e8c", roughness=0.5)
    for x, top in ((0, 0.75), (0.2, 0.64), (-0.2, 0.68)):
        a.add(bloom, ring_of(aimed(leaf(0.07, 0.035, 0.05, 0.01, 4), 0, 0), 7).moved(x, 0, z + top - 0.01))
        a.add(YELLOW, ball(0.018, 10, 6).moved(x, 0, z + top + 0.01))
    return a.model()


def _column(radius: float, height: float) -> Mesh:
    """A ribbed, round-topped cactus column."""
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    star = radius * (1 + 0.1 * np.cos(12 * turn))
    levels = [(0.8, 0.0), (1.0, 0.3), (1.0, 0.75), (0.88, 0.88), (0.6, 0.96), (0.2, 1.0)]
    rings = [np.stack([s * star * np.cos(turn), s * star * np.sin(turn), np.full(48, z * height)], 1) for s, z in levels]
    return stack_rings(rings)


def sunflowers() -> Model:
    """Three sunflowers of different height in a rusty milk pail."""
    a = Assembly()
    z = _pot(a, paint("rust", "8d9ba3", "a5532a", "5b666d", size=0.3), 0.17, 0.3)
    petal, seeds = paint("plain", "f7b500", roughness=0.5), paint("dots", "4a2a12", "8a5a22", size=0.04)
    for x, y, tall in ((0.0, 0.03, 0.95), (-0.13, -0.03, 0.68), (0.14, -0.02, 0.78)):
        stem = curve([(x / 3, y, z - 0.02), (x, y, z + tall / 2), (1.5 * x, y - 0.04, z + tall)])
        a.add(GREEN, tube(stem, 0.012, 8))
        bloom = ring_of(leaf(0.15, 0.055, 0.02, 0.03, 5).moved(0, -0.055), 18)
        tilt = [aimed(bloom, 70, 0), aimed(ring_of(leaf(0.12, 0.05, 0.04, 0.0, 5).moved(0, -0.05), 14, 9), 70, 0)]
        a.add(petal, *[m.moved(1.5 * x, y - 0.06, z + tall) for m in tilt])
        a.add(seeds, aimed(blob(0.085, 0.085, 0.035), 70, 0).moved(1.5 * x, y - 0.07, z + tall))
        for k, level in enumerate((0.3, 0.5, 0.66)):
            foliage = leaf(0.2, 0.12, 0.08, 0.08).turned("z", 130 * k + 400 * x)
            a.add(GREEN, foliage.moved(x * level * 1.6, y, z + tall * level))
    return a.model()


def bonsai() -> Model:
    """A gnarled miniature tree with clouds of leaves in a low tray."""
    a = Assembly()
    a.add(paint("glaze", "27496d", "142850", "5b84b1", size=0.2), rounded_box(0.5, 0.34, 0.1, 0.03).moved(z=0.02))
    a.add(BLACK, *[box(0.06, 0.06, 0.03).moved(x, y) for x in (-0.18, 0.18) for y in (-0.1, 0.1)])
    a.add(paint("grass", "5c8a3a", "3f6628", size=0.2), blob(0.23, 0.15, 0.03).moved(z=0.12))
    bark = paint("bark", "6a4a32", "3a2618", "8d6a4b", size=0.15)
    trunk = curve([(-0.02, 0, 0.1), (0.07, 0, 0.24), (-0.04, 0.02, 0.4), (0.03, 0, 0.58)])
    a.add(bark, tube(trunk, np.linspace(0.055, 0.02, len(trunk))))
    for k, (x, y, z, r) in enumerate(((0.03, 0, 0.62, 0.17), (-0.24, -0.03, 0.5, 0.13), (0.25, 0.02, 0.42, 0.14), (-0.16, 0.05, 0.34, 0.1))):
        a.add(bark, tube(curve([trunk[4 + 3 * (3 - k)], ((x + 0.03) / 2, y, z - 0.06), (x, y, z)]), 0.016, 8))
        blade = leaf(0.075, 0.04, 0.02, 0.02, 3)
        for i in range(36):
            lift = 1 - 2 * (i + 0.5) / 36
            spread = np.sqrt(1 - lift**2) * r
            spot = (x + spread * np.cos(2.4 * i), y + 0.8 * spread * np.sin(2.4 * i), z + 0.5 * r * lift)
            a.add(GREEN, aimed(blade, 40 * lift - 10, np.degrees(2.4 * i) + 90).moved(*spot))
        a.add(GREEN, blob(0.75 * r, 0.65 * r, 0.36 * r, segments=16, rings=8).moved(x, y, z))
    return a.model()


def a_frame_sign() -> Model:
    """A pavement board with big letters on both faces."""
    a = Assembly()
    for face in (0, 180):
        board = unit_uv(box(0.54, 0.02, 0.78)).moved(z=0.1)
        a.add(paint("letters", "1f2a2e", "f6f1e2", "f2b92a", size=1.0, seed=face), board.turned("x", -14).moved(0, -0.24).turned("z", face))
        rails = [box(0.6, 0.035, 0.045).moved(z=z) for z in (0.07, 0.86)]
        rails += [box(0.045, 0.035, 0.9).moved(s * 0.28) for s in (-1, 1)]
        a.add(OAK, *[r.turned("x", -14).moved(0, -0.24).turned("z", face) for r in rails])
    a.add(YELLOW, *[ball(0.024, 12, 8).moved(x, -0.03, 0.96) for x in (-0.24, -0.12, 0, 0.12, 0.24)])
    return a.add(BRASS, pair(rod((0.305, -0.15, 0.4), (0.305, 0.15, 0.4), 0.008)), rod((-0.2, 0, 0.9), (0.2, 0, 0.9), 0.02)).model()


def octagon_sign() -> Model:
    """A red octagonal road sign with letters, on a banded pole in a concrete foot."""
    a = Assembly()
    a.add(paint("concrete", "a9a69f", "7c7973", size=0.3), lathe([(0, 0), (0.22, 0), (0.2, 0.07), (0.06, 0.1), (0, 0.1)], 8, smooth=False))
    a.add(paint("stripes", "f4f1ea", "222222", size=0.3), rod((0, 0, 0.08), (0, 0, 1.75), 0.025, sides=14))
    a.add(WHITE, slab(disc(0.31, 8, 22.5), 0.016).moved(0, -0.035, 1.5))
    a.add(paint("letters", "c21d24", "ffffff", "ffffff", size=1.0, seed=1), unit_uv(slab(disc(0.285, 8, 22.5), 0.02)).moved(0, -0.038, 1.5))
    extra = unit_uv(box(0.5, 0.016, 0.2, bevel=0.004)).moved(0, -0.035, 0.93)
    a.add(paint("letters", "f2b92a", "1b1b1b", "1b1b1b", size=1.0, seed=17), extra)
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
        a.add(paint("letters", *colours[i], "7a1f1f", size=1.0, seed=60 + i), board.moved(z=1.36 - 0.19 * i))
    stones = [blob(0.1, 0.09, 0.07).moved(0.13 * np.cos(t), 0.13 * np.sin(t), 0.05) for t in np.arange(5) * 1.256]
    return a.add(paint("gravel", "8f8a80", "55524c", "c2bdb2", size=0.2), *stones).add(IRON, ball(0.055, 16, 10).moved(z=1.52)).model()


def traffic_cone() -> Model:
    """A striped road cone on a square rubber foot."""
    a = Assembly()
    a.add(RUBBER, rounded_box(0.42, 0.42, 0.045, 0.018))
    bands = ((0.15, 0.04), (0.125, 0.22), (0.099, 0.4), (0.076, 0.56), (0.05, 0.74))
    orange, white = paint("noise", "f2601d", "d84c10", "ff7a35", size=0.2, roughness=0.5), paint("scales", "f2f0ea", "c9c7c0", size=0.06, roughness=0.3)
    for i, ((r, low), (s, high)) in enumerate(zip(bands, bands[1:], strict=False)):
        a.add(white if i % 2 else orange, lathe([(0, low), (r, low), (s, high), (0, high)], 28))
    a.add(orange, torus(0.045, 0.012).moved(z=0.74), torus(0.155, 0.02).moved(z=0.05))
    return a.add(BLACK, lathe([(0, 0.73), (0.038, 0.73), (0.034, 0.745), (0, 0.745)]), *[box(0.06, 0.06, 0.02).moved(x, y, 0.04) for x in (-0.17, 0.17) for y in (-0.17, 0.17)]).model()


def fire_hydrant() -> Model:
    """A weathered hydrant with caps, bolts and a dome."""
    a = Assembly()
    red = paint("rust", "c8281e", "7d2a16", "e2503c", size=0.4, seed=2, roughness=0.5)
    side = [(0, 0), (0.17, 0), (0.17, 0.04), (0.12, 0.05), (0.115, 0.5), (0.15, 0.51), (0.15, 0.55), (0.12, 0.56)]
    a.add(red, lathe([*side, (0.11, 0.64), (0.07, 0.7), (0.03, 0.73), (0, 0.73)]))
    a.add(YELLOW, rod((0, -0.1, 0.4), (0, -0.2, 0.4), 0.075, sides=24), *[rod((s * 0.09, 0, 0.42), (s * 0.19, 0, 0.42), 0.055, sides=20) for s in (-1, 1)])
    a.add(WHITE, rod((0, -0.2, 0.4), (0, -0.23, 0.4), 0.085, sides=8), *[rod((s * 0.19, 0, 0.42), (s * 0.215, 0, 0.42), 0.062, sides=8) for s in (-1, 1)])
    a.add(IRON, rod((0, -0.23, 0.4), (0, -0.265, 0.4), 0.025, sides=5), *[rod((s * 0.21, 0, 0.42), (s * 0.245, 0, 0.42), 0.02, sides=5) for s in (-1, 1)])
    a.add(IRON, rod((0, 0, 0.72), (0, 0, 0.78), 0.028, sides=5), ring_of(rod((0.147, 0, 0.03), (0.147, 0, 0.06), 0.016, sides=6), 8))
    chain = curve([(0.1, -0.2, 0.36), (0.13, -0.17, 0.24), (0.14, -0.1, 0.22), (0.12, -0.02, 0.36)])
    return a.add(IRON, tube(chain, 0.008, 6), ring_of(rod((0.135, 0, 0.5), (0.135, 0, 0.57), 0.014, sides=6), 8)).add(WHITE, lathe([(0.1, 0.58), (0.12, 0.58), (0.115, 0.62), (0.1, 0.62)])).model()


def mailbox() -> Model:
    """A tunnel-shaped letter box on a wooden post with a red flag."""
    a = Assembly()
    a.add(PINE, box(0.1, 0.1, 1.0), beam((0, -0.04, 0.7), (0, -0.2, 0.97), 0.06, 0.06), box(0.3, 0.56, 0.03).moved(0, -0.05, 0.98))
    arch = [(-0.14, 0), (0.14, 0), *[(0.14 * np.cos(t), 0.16 + 0.14 * np.sin(t)) for t in np.linspace(0, np.pi, 18)]]
    a.add(paint("floral", "2f6f9f", "f4e9cd", "e07a5f", size=0.25, seed=5), slab(arch, 0.52).moved(0, -0.05, 1.01))
    a.add(paint("letters", "f4efe2", "1d3557", "c1272d", size=1.0, seed=9), unit_uv(slab(np.array(arch) * 0.96, 0.03)).moved(0, -0.31, 1.016))
    a.add(BRASS, box(0.05, 0.04, 0.02, bevel=0.004).moved(0, -0.335, 1.26))
    return a.add(RED, box(0.012, 0.025, 0.2).moved(0.15, -0.12, 1.15), box(0.012, 0.1, 0.06).moved(0.15, -0.09, 1.32)).add(SOIL, blob(0.16, 0.16, 0.06).moved(z=0.05)).model()


def birdhouse() -> Model:
    """A shingled bird house on a post, with perch and a yellow bird."""
    a = Assembly()
    a.add(paint("bark", "7a5a3c", "4a3322", size=0.2), rod((0, 0, 0), (0, 0, 1.0), 0.035, 0.03, 12))
    a.add(IRON, lathe([(0, 0), (0.17, 0), (0.16, 0.02), (0, 0.03)]))
    front = [(-0.15, 0), (0.15, 0), (0.17, 0.22), (0, 0.4), (-0.17, 0.22)]
    a.add(paint("planks", "8fc1d4", "4f8ba3", "c8e3ec", size=0.3, seed=2), slab(front, 0.28).moved(0, 0, 0.98))
    roof = paint("tiles", "a33b2e", "6a1f18", "c75b45", size=0.16)
    a.add(roof, *[box(0.33, 0.4, 0.025).moved(0.13 * s, 0, 0).turned("y", 45 * s).moved(0.03 * s, 0, 1.4) for s in (-1, 1)])
    a.add(BLACK, slab(disc(0.05), 0.02).moved(0, -0.135, 1.18))
    a.add(WHITE, torus(0.055, 0.01).turned("x", 90).moved(0, -0.142, 1.18), box(0.36, 0.34, 0.025, bevel=0.005).moved(z=0.965))
    a.add(OAK, rod((0, -0.13, 1.08), (0, -0.24, 1.08), 0.01))
    a.add(YELLOW, blob(0.045, 0.06, 0.045).moved(0, -0.2, 1.135), ball(0.03, 12, 8).moved(0, -0.24, 1.175), rod((0, -0.15, 1.13), (0, -0.08, 1.16), 0.02, 0.008))
    return a.add(RED, rod((0, -0.265, 1.175), (0, -0.295, 1.17), 0.01, 0.002)).model()


def gas_bottle() -> Model:
    """A gas bottle with collar, valve, hose and a warning label."""
    a = Assembly()
    blue = paint("rust", "2f62a8", "8a4526", "4c82c8", size=0.5, seed=6, roughness=0.45)
    a.add(blue, lathe([(0, 0.05), (0.1, 0.05), (0.16, 0.1), (0.165, 0.16), (0.165, 0.46), (0.14, 0.55), (0.05, 0.59), (0, 0.59)]))
    a.add(blue, vessel([(0.13, 0), (0.13, 0.1)], 0.012))
    a.add(WHITE, lathe([(0.1, 0.3), (0.168, 0.3), (0.168, 0.34), (0.1, 0.34)]))
    label = unit_uv(tube([(0, -0.085, 0.17), (0, -0.085, 0.29)], 0.09, 20))
    a.add(paint("label", "f2b92a", "1b1b1b", "c1272d", size=1.0, seed=21), label)
    for t in (45, 135, 225, 315):
        a.add(IRON, beam((0.11, 0, 0.55), (0.115, 0, 0.7), 0.045, 0.01).turned("z", t))
    a.add(IRON, torus(0.115, 0.014).moved(z=0.7))
    a.add(BRASS, rod((0, 0, 0.58), (0, 0, 0.67), 0.025, sides=8), rod((0, 0, 0.63), (0.06, 0, 0.63), 0.015))
    hose = curve([(0.06, 0, 0.63), (0.2, -0.05, 0.6), (0.26, -0.1, 0.3), (0.2, -0.2, 0.02), (0, -0.26, 0.02)])
    return a.add(RUBBER, tube(hose, 0.014)).add(RED, torus(0.035, 0.01, 20, 8).moved(z=0.68)).model()


def wheelbarrow() -> Model:
    """A garden wheelbarrow loaded with soil and pumpkins, seen from its side."""
    a = Assembly()
    levels = [(0.22, 0.17, 0.0, 0.3), (0.36, 0.28, -0.02, 0.56)]
    tray = [np.array([[x - w, -d, z], [x + w, -d, z], [x + w, d, z], [x - w, d, z]]) for w, d, x, z in levels]
    a.add(paint("rust", "2f8a4f", "8a4526", "57b070", size=0.4, seed=3), stack_rings(tray, smooth=False))
    a.add(SOIL, blob(0.33, 0.25, 0.12).moved(0, 0, 0.55))
    for y in (-0.2, 0.2):
        a.add(PINE, beam((-0.5, y * 0.3, 0.2), (0.72, y * 1.3, 0.5), 0.045, 0.04))
        a.add(IRON, tube(curve([(0.15, y, 0.36), (0.26, y, 0.02), (0.36, y, 0.02), (0.4, y, 0.42)]), 0.016))
        a.add(RED, rod((0.64, y * 1.24, 0.48), (0.78, y * 1.36, 0.515), 0.03))
    a.add(RUBBER, torus(0.15, 0.045, 32, 12).turned("x", 90).moved(-0.5, 0, 0.195))
    a.add(YELLOW, wheel(0.12, 0.05).moved(-0.5, 0, 0.195))
    skin = paint("stripes", "e8792b", "b9501a", size=0.09, seed=4)
    for x, y, r in ((-0.13, -0.05, 0.13), (0.13, 0.05, 0.15), (0.1, -0.17, 0.09)):
        a.add(skin, blob(r, r, 0.8 * r).moved(x, y, 0.63 + 0.5 * r)).add(WALNUT, rod((x, y, 0.62 + 1.2 * r), (x + 0.02, y, 0.65 + 1.4 * r), 0.016))
    return a.model()


def watering_can() -> Model:
    """An enamelled watering can with a rose and a big handle."""
    a = Assembly()
    enamel = paint("floral", "3a86a8", "f6efd9", "e0553d", size=0.22, seed=7, coat=0.5, roughness=0.25)
    a.add(enamel, vessel([(0.15, 0), (0.16, 0.02), (0.15, 0.3), (0.12, 0.33)], 0.008))
    spout = curve([(-0.13, 0, 0.07), (-0.26, 0, 0.17), (-0.36, 0, 0.36)])
    a.add(enamel, tube(spout, np.linspace(0.045, 0.02, len(spout))))
    a.add(BRASS, rod((-0.345, 0, 0.335), (-0.4, 0, 0.43), 0.02, 0.07, 20), torus(0.125, 0.008).moved(z=0.33), torus(0.16, 0.009).moved(z=0.02))
    a.add(BLACK, tube(curve([(0.12, 0, 0.06), (0.27, 0, 0.16), (0.25, 0, 0.38), (0.08, 0, 0.47), (-0.08, 0, 0.44), (-0.11, 0, 0.32)]), 0.014))
    return a.add(BRASS, rod((-0.12, 0, 0.28), (-0.3, 0, 0.25), 0.007)).model()


BUILDERS = {
    "plants": {
        "fern": fern,
        "snake-plant": snake_plant,
        "cactus": cactus,
        "sunflowers": sunflowers,
        "bonsai": bonsai,
    },
    "signs": {"a-frame-sign": a_frame_sign, "octagon-sign": octagon_sign, "signpost": signpost},
    "street": {
        "traffic-cone": traffic_cone,
        "fire-hydrant": fire_hydrant,
        "mailbox": mailbox,
        "birdhouse": birdhouse,
    },
    "tools": {"wheelbarrow": wheelbarrow, "watering-can": watering_can, "gas-bottle": gas_bottle},
}
