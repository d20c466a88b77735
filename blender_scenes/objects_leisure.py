"""Leisure: sports gear, musical instruments, food, headgear, machines and hand tools."""

from __future__ import annotations

import numpy as np

from .meshes import Mesh, ball, box, join, lathe, stack_rings, torus, tube
from .objects_kit import BLACK, BLUE, BRASS, IRON, OAK, PINE, RED, RUBBER, STEEL, WALNUT, WHITE, YELLOW, Assembly, paint
from .shapes import aimed, beam, blob, curve, disc, hoop, leaf, pair, ring_of, rod, rounded_box, slab, unit_uv, vessel, wheel
from .surfaces import Model


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
    return a.add(towel, rounded_box(0.66, 0.46, 0.03, 0.014).turned("z", 8), rounded_box(0.6, 0.4, 0.03, 0.014).turned("z", 8).moved(z=0.027)).model()


def basketball() -> Model:
    """A basketball with seams, resting in a net-like wire stand."""
    a = Assembly()
    a.add(paint("leather", "d2691e", "9c4a12", "e88a3c", size=0.2, bump=0.001), ball(0.2, 40, 24).moved(z=0.33))
    seam = torus(0.2, 0.005, 48, 6)
    a.add(BLACK, *[m.moved(z=0.33) for m in (seam, seam.turned("x", 90), seam.turned("y", 90))])
    side = torus(0.165, 0.005, 40, 6)
    a.add(BLACK, *[side.moved(z=s * 0.113).turned("y", 90).moved(z=0.33) for s in (-1, 1)])
    a.add(RED, torus(0.17, 0.012).moved(z=0.22), torus(0.22, 0.012).moved(z=0.012))
    return a.add(WHITE, ring_of(rod((0.17, 0, 0.22), (0.209, 0.07, 0.012), 0.006), 12), ring_of(rod((0.17, 0, 0.22), (0.209, -0.07, 0.012), 0.006), 12)).model()


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
        a.add(BRASS, pair(wheel(0.03, 0.03).turned("z", 90).moved(0.22, 0, 0.125)).turned("z", turn).moved(0, y, 0.01))
    return a.model()


def skateboard() -> Model:
    """A skateboard leaning up on its tail, graphics to the front."""
    a = Assembly()
    z = np.linspace(0, 1, 15)
    half = 0.11 * np.clip(1 - np.abs(2 * z - 1) ** 8, 0.25, 1)
    back = 0.09 * (np.clip(0.18 - z, 0, 1) + np.clip(z - 0.82, 0, 1)) / 0.18
    rings = [np.array([[-h, b - 0.008, 0.82 * v], [h, b - 0.008, 0.82 * v], [h, b + 0.008, 0.82 * v], [-h, b + 0.008, 0.82 * v]])
             for v, h, b in zip(z, half, back, strict=True)]  # fmt: skip
    pose = -16
    deck = stack_rings(rings, smooth=False)
    a.add(paint("painting", "f2c14e", "d1345b", "3066be", size=1.0, seed=12), unit_uv(deck).turned("x", pose))
    for level in (0.2, 0.62):
        a.add(STEEL, rod((-0.1, -0.05, level), (0.1, -0.05, level), 0.014).turned("x", pose), box(0.06, 0.06, 0.07, bevel=0.008).moved(0, -0.025, level - 0.035).turned("x", pose))
        a.add(YELLOW, pair(wheel(0.04, 0.045).turned("z", 90).moved(0.1, -0.055, level)).turned("x", pose))
    a.add(IRON, pair(rod((0.06, 0.32, 0.0), (0.05, 0.15, 0.6), 0.012)), rod((-0.06, 0.32, 0.012), (0.06, 0.32, 0.012), 0.012))
    return a.model()


def bowling_pins() -> Model:
    """Six striped bowling pins and a marbled ball."""
    a = Assembly()
    side = [(0.03, 0), (0.045, 0.02), (0.062, 0.12), (0.05, 0.22), (0.025, 0.28), (0.032, 0.34), (0.02, 0.38)]
    body = lathe([(0, 0), *[(x, z) for x, _, z in curve([(x, 0, z) for x, z in side], 3)], (0, 0.385)], 20)
    bands = [lathe([(0.015, z), (0.034 - s, z), (0.0325, z + 0.015), (0.015, z + 0.015)], 20) for z, s in ((0.25, 0.0), (0.29, 0.005))]
    spots = [(0, 0), (-0.08, 0.14), (0.08, 0.14), (-0.16, 0.28), (0, 0.28), (0.16, 0.28)]
    a.add(WHITE, *[body.scaled(1.15).moved(x, y) for x, y in spots])
    a.add(RED, *[b.scaled(1.15).moved(x, y) for x, y in spots for b in bands])
    a.add(paint("marble", "3b1f6b", "b07be0", "1d0f38", size=0.5, roughness=0.1, coat=0.8), ball(0.115, 32, 20).moved(-0.14, -0.15, 0.115))
    return a.add(BLACK, *[ball(0.014, 10, 6).moved(-0.14 + x, -0.243, 0.17 + z) for x, z in ((-0.02, 0), (0.02, 0.0), (0, -0.03))]).model()


def guitar() -> Model:
    """An acoustic guitar on a stand."""
    a = Assembly()
    half = [(0.0, 0.0), (0.1, 0.01), (0.18, 0.08), (0.195, 0.17), (0.16, 0.26), (0.13, 0.32), (0.145, 0.4), (0.12, 0.47), (0.05, 0.5)]
    right = curve([(x, 0, z) for x, z in half], 3)[:, [0, 2]]
    outline = np.concatenate([right, right[:0:-1] * [-1, 1]]) + [0, 0.12]
    lean = lambda m: m.turned("x", -10)  # noqa: E731
    a.add(paint("wood", "d58a3a", "7a3d12", "efb468", size=0.3, seed=9, coat=0.6), lean(slab(outline, 0.1, 0.03)))
    a.add(BLACK, lean(slab(disc(0.055), 0.02).moved(0, -0.045, 0.44)), lean(box(0.13, 0.02, 0.03).moved(0, -0.055, 0.25)))
    a.add(paint("checker", "f2e2b8", "3a1d0c", size=0.025), lean(torus(0.058, 0.007).turned("x", 90).moved(0, -0.052, 0.44)))
    a.add(WALNUT, lean(beam((0, -0.045, 0.48), (0, -0.045, 1.02), 0.055, 0.03)), lean(box(0.09, 0.03, 0.16, bevel=0.008).moved(0, -0.04, 1.0)))
    a.add(WHITE, lean(join(*[rod((x, -0.068, 0.27), (x * 0.7, -0.066, 1.05), 0.0022, sides=4) for x in np.linspace(-0.03, 0.03, 6)])))
    a.add(BRASS, lean(join(*[box(0.056, 0.004, 0.005).moved(0, -0.061, 0.62 + 0.055 * i) for i in range(7)])), lean(join(*[pair(ball(0.014, 8, 6).moved(0.055, -0.04, 1.03 + 0.045 * i)) for i in range(3)])))
    a.add(IRON, pair(tube(curve([(0.05, 0.1, 0.5), (0.18, 0.2, 0.0), (0.1, -0.08, 0.1), (0.1, -0.12, 0.14)]), 0.012)), rod((0, 0.14, 0.6), (0, 0.34, 0.0), 0.012))
    return a.model()


def drum() -> Model:
    """A marching drum with zigzag ropes, hoops and crossed sticks."""
    a = Assembly()
    a.add(paint("checker", "b3202a", "f2d27a", "7d1018", size=0.28), lathe([(0, 0.04), (0.27, 0.04), (0.27, 0.4), (0, 0.4)], 40))
    rim = hoop([(0.25, 0), (0.29, 0), (0.29, 0.055), (0.25, 0.055)], smooth=False)
    a.add(OAK, rim, rim.moved(z=0.385))
    a.add(paint("leather", "f2e9d2", "d9c9a2", size=0.3), lathe([(0, 0.4), (0.26, 0.4), (0.26, 0.425), (0, 0.425)], 40))
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
        a.add(STEEL, *[ball(0.012, 10, 6).moved(-0.36 + 0.103 * i, y * (0.165 - 0.01 * i), 0.16) for y in (-1, 1)])
    a.add(PINE, rod((-0.1, -0.3, 0.2), (0.2, 0.0, 0.18), 0.01), rod((0.05, -0.3, 0.2), (-0.2, -0.03, 0.18), 0.01))
    return a.add(paint("stripes", "d7263d", "ffffff", size=0.05), ball(0.035, 14, 10).moved(0.2, 0, 0.19), ball(0.035, 14, 10).moved(-0.2, -0.03, 0.19)).model()


def gramophone() -> Model:
    """A gramophone with a petalled horn and a crank."""
    a = Assembly()
    a.add(WALNUT, box(0.42, 0.42, 0.04, bevel=0.01), box(0.36, 0.36, 0.14).moved(z=0.03), box(0.4, 0.4, 0.03, bevel=0.008).moved(z=0.17))
    a.add(paint("floral", "d8a84a", "5b2a12", "8a3b1c", size=1.0, seed=8), unit_uv(box(0.28, 0.012, 0.1)).moved(0, -0.183, 0.05))
    a.add(BLACK, lathe([(0, 0), (0.15, 0), (0.15, 0.012), (0, 0.012)], 40).moved(z=0.205))
    a.add(RED, lathe([(0, 0), (0.05, 0), (0.05, 0.015), (0, 0.015)]).moved(z=0.206))
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    wave, outer = 1 + 0.06 * np.abs(np.sin(4 * turn)), [(0.02, 0), (0.04, 0.15), (0.08, 0.27), (0.16, 0.36), (0.3, 0.42)]
    levels = outer + [(r - 0.008, z + 0.004) for r, z in outer[::-1]]
    rings = [np.stack([r * wave * np.cos(turn), r * wave * np.sin(turn), np.full(48, z)], 1) for r, z in levels]
    horn = paint("stripes", "c98a2b", "7a1f1f", "f2d27a", size=0.19, seed=5, roughness=0.3)
    a.add(horn, aimed(stack_rings(rings), 58, 15).moved(0.02, 0.12, 0.5))
    a.add(BRASS, tube(curve([(0.03, 0.14, 0.52), (0.02, 0.24, 0.46), (0, 0.22, 0.34), (0, 0.06, 0.27), (0, -0.06, 0.225)]), 0.02))
    return a.add(BRASS, tube(curve([(0.17, 0, 0.1), (0.25, 0, 0.1), (0.26, 0, 0.02), (0.33, 0, 0.02)]), 0.01)).model()


def telescope() -> Model:
    """A brass telescope on a wooden tripod."""
    a = Assembly()
    tilt = lambda m: m.turned("y", -28).turned("z", 25).moved(z=1.05)  # noqa: E731
    a.add(paint("leather", "1f4e5f", "10303c", "3a7a90", size=0.2), tilt(rod((-0.4, 0, 0), (0.2, 0, 0), 0.065, sides=28)))
    a.add(BRASS, tilt(rod((0.2, 0, 0), (0.42, 0, 0), 0.045, sides=24)), tilt(rod((0.42, 0, 0), (0.56, 0, 0), 0.03, 0.034, 20)))
    a.add(BRASS, *[tilt(torus(r, 0.012).turned("y", 90).moved(x)) for x, r in ((-0.4, 0.066), (-0.1, 0.066), (0.2, 0.062), (0.42, 0.044))])
    a.add(BLACK, tilt(rod((-0.405, 0, 0), (-0.395, 0, 0), 0.06, sides=28)), tilt(rod((0, 0.09, 0.06), (0.2, 0.09, 0.06), 0.016)))
    a.add(BRASS, rod((0, 0, 0.86), (0, 0, 1.02), 0.03), lathe([(0, 0.84), (0.07, 0.84), (0.07, 0.88), (0, 0.88)], 24))
    a.add(OAK, ring_of(beam((0.04, 0, 0.87), (0.36, 0, 0.0), 0.045, 0.03), 3, 30), ring_of(rod((0, 0, 0.45), (0.19, 0, 0.45), 0.008), 3, 30))
    return a.model()


def television() -> Model:
    """A wooden tube television with knobs, a bright picture and rabbit ears."""
    a = Assembly()
    a.add(WALNUT, rounded_box(0.76, 0.42, 0.52, 0.03).moved(z=0.2), pair(rod((0.3, -0.14, 0.21), (0.34, -0.18, 0), 0.022, 0.014)), pair(rod((0.3, 0.14, 0.21), (0.34, 0.18, 0), 0.022, 0.014)))
    a.add(paint("fabric", "d8c49a", "9c8558", size=0.05), box(0.16, 0.02, 0.44, bevel=0.004).moved(0.27, -0.206, 0.24))
    a.add(paint("painting", "2a6f97", "f4a261", "e9d8a6", size=1.0, seed=31, emission=0.4), unit_uv(blob(0.24, 0.02, 0.19, 0.35)).moved(-0.1, -0.21, 0.46))
    a.add(BLACK, box(0.53, 0.02, 0.44, bevel=0.004).moved(-0.1, -0.202, 0.24))
    a.add(BRASS, *[rod((0.27, -0.2, z), (0.27, -0.25, z), 0.04, 0.032, 20) for z in (0.6, 0.48)])
    a.add(STEEL, pair(rod((0.02, 0.05, 0.74), (0.3, 0.05, 1.15), 0.006)), blob(0.07, 0.05, 0.04).moved(0, 0.05, 0.73))
    return a.model()


def fan() -> Model:
    """A standing electric fan with a wire cage."""
    a = Assembly()
    a.add(BLACK, lathe([(0, 0), (0.2, 0), (0.19, 0.03), (0.05, 0.06), (0, 0.06)]))
    a.add(paint("stripes", "2a9d8f", "f4f1de", size=0.3), rod((0, 0, 0.05), (0, 0, 0.85), 0.022, sides=14))
    a.add(paint("scales", "e9e4d4", "2a9d8f", "c8bfa6", size=0.15), blob(0.07, 0.12, 0.07).moved(0, 0.07, 0.95))
    for i in range(4):
        blade = blob(0.06, 0.006, 0.1, segments=14, rings=8).turned("z", 25).moved(z=0.12)
        a.add(BLUE if i % 2 else RED, blade.turned("y", 90 * i + 20).moved(0, -0.09, 0.95))
    wire = tube(curve([(0, -0.13, 0.03), (0, -0.14, 0.15), (0, -0.09, 0.26), (0, -0.04, 0.15), (0, -0.03, 0.03)], 3), 0.0035, 5)
    a.add(STEEL, *[wire.turned("y", 360 * i / 24).moved(0, 0, 0.95) for i in range(24)])
    ring = torus(0.26, 0.008, 40, 6).turned("x", 90).moved(0, -0.09, 0.95)
    return a.add(STEEL, ring).add(YELLOW, slab(disc(0.04), 0.04).moved(0, -0.13, 0.95)).model()


def cake() -> Model:
    """A three-tier iced cake with cherries and candles on a stand."""
    a = Assembly()
    a.add(WHITE, lathe([(0, 0), (0.14, 0), (0.05, 0.03), (0.04, 0.1), (0.3, 0.12), (0.3, 0.14), (0, 0.14)]))
    icings = paint("floral", "f7c6d0", "c9184a", "fff4f0", size=0.2), paint("dots", "5b3420", "f6e3c5", size=0.08), paint("stripes", "fff1d0", "e07a5f", size=0.06)
    z = 0.14
    for i, r in enumerate((0.25, 0.18, 0.11)):
        a.add(icings[i], lathe([(0, z), (r, z), (r, z + 0.11), (r - 0.02, z + 0.13), (0, z + 0.13)], 36))
        a.add(WHITE, ring_of(ball(0.02, 10, 6).moved(r, 0, z + 0.012), 14 + 4 * (2 - i)))
        a.add(RED, ring_of(ball(0.018, 10, 6).moved(r - 0.025, 0, z + 0.14), 10 - 2 * i))
        z += 0.13
    a.add(BLUE, ring_of(rod((0.045, 0, z), (0.045, 0, z + 0.09), 0.007), 5))
    return a.add(YELLOW, ring_of(blob(0.009, 0.009, 0.02, segments=8, rings=6).moved(0.045, 0, z + 0.11), 5)).model()


def pineapple() -> Model:
    """A giant pineapple with eyes and a crown of leaves."""
    a = Assembly()
    skin = paint("scales", "d99a2b", "6e4a14", "f0c65a", size=0.45, seed=1, bump=0.004)
    a.add(skin, blob(0.16, 0.16, 0.21, 0.85).moved(z=0.21))
    eye = blob(0.022, 0.022, 0.014, segments=8, rings=5)
    for row in range(7):
        z = 0.05 + 0.053 * row
        radius = 0.16 * np.sqrt(max(1 - abs((z - 0.21) / 0.215) ** 2.6, 0.05))
        eyes = aimed(eye.moved(z=radius), 90, 0).moved(z=z)
        a.add(OAK, ring_of(eyes, 12, 15 * (row % 2)))
    crown = paint("stripes", "3f8a46", "1f5a2e", "8cc46a", size=0.05, seed=2)
    for tier, (n, reach, rise) in enumerate(((9, 0.2, 0.1), (8, 0.17, 0.2), (6, 0.12, 0.28), (4, 0.05, 0.32))):
        a.add(crown, ring_of(leaf(reach, 0.07, rise, 0.02), n, 20 * tier).moved(z=0.4))
    return a.model()


def burger() -> Model:
    """A tall burger with salad, cheese and sesame on a board."""
    a = Assembly()
    a.add(OAK, lathe([(0, 0), (0.27, 0), (0.27, 0.03), (0, 0.03)], 36))
    bun = paint("noise", "c9822f", "b06c22", "d8953f", size=0.3, roughness=0.4)
    a.add(bun, lathe([(0, 0.03), (0.18, 0.03), (0.2, 0.06), (0.19, 0.09), (0, 0.09)]))
    a.add(paint("gravel", "5a3018", "331a0c", "7d4a28", size=0.12), lathe([(0, 0.09), (0.2, 0.09), (0.215, 0.12), (0.2, 0.15), (0, 0.15)]))
    a.add(YELLOW, box(0.32, 0.32, 0.012).turned("z", 30).moved(z=0.15), lathe([(0, 0.2), (0.19, 0.2), (0.19, 0.215), (0, 0.215)]))
    a.add(RED, *[lathe([(0, 0.163), (0.08, 0.163), (0.08, 0.18), (0, 0.18)], 20).moved(0.1 * np.cos(t), 0.1 * np.sin(t)) for t in np.arange(5) * 1.256])
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    rings = [np.stack([r * np.cos(turn), r * np.sin(turn), z + w * np.sin(9 * turn)], 1) for r, z, w in ((0.05, 0.18, 0), (0.235, 0.18, 0.014), (0.235, 0.19, 0.014), (0.05, 0.21, 0))]
    a.add(paint("leaves", "6fb53f", "3f8a2a", "b0dc7a", size=0.2), stack_rings(rings))
    a.add(bun, lathe([(0, 0.21), (0.19, 0.21), (0.205, 0.24), (0.19, 0.29), (0.14, 0.34), (0.06, 0.365), (0, 0.37)]))
    seed = blob(0.009, 0.005, 0.012, segments=8, rings=5)
    seeds = [aimed(seed.moved(0, -r), 0, 360 * i / n + 17 * n).moved(z=z) for r, z, n in ((0.06, 0.365, 6), (0.12, 0.35, 10), (0.165, 0.317, 14)) for i in range(n)]
    a.add(WHITE, *seeds)
    return a.add(PINE, rod((0, 0, 0.3), (0, 0, 0.48), 0.006)).add(paint("stripes", "c1272d", "ffffff", size=0.03), slab([(0, 0.42), (0.12, 0.445), (0, 0.48)], 0.006)).model()


def ice_cream() -> Model:
    """A sundae glass with three scoops, wafer and straw."""
    a = Assembly()
    a.add(paint("stripes", "e9f2f4", "d1495b", "ffffff", size=0.1, seed=6), vessel([(0.12, 0), (0.11, 0.02), (0.025, 0.05), (0.025, 0.14), (0.09, 0.2), (0.15, 0.36), (0.16, 0.38)], 0.01))
    flavours = paint("noise", "f4b6c2", "d96a86", "f8ccd5", size=0.2), paint("dots", "f6efd8", "4a2c1a", size=0.06), paint("camo", "9ad1b0", "4a2c1a", "c8ead4", size=0.2)
    for i, (x, y, z) in enumerate(((-0.07, -0.03, 0.41), (0.075, -0.02, 0.41), (0.0, 0.0, 0.52))):
        a.add(flavours[i], blob(0.1, 0.1, 0.09).moved(x, y, z), torus(0.09, 0.018).moved(x, y, z - 0.03))
    wafer = paint("checker", "d9a35a", "9c6a2a", size=0.05)
    a.add(wafer, slab([(0.09, 0), (-0.09, 0), (0, -0.26)], 0.014).turned("y", 25).moved(0.16, 0.05, 0.72))
    a.add(paint("stripes", "ffffff", "2667b0", size=0.05), rod((-0.04, 0.05, 0.35), (-0.16, 0.08, 0.76), 0.012))
    return a.add(RED, ball(0.03, 16, 10).moved(0, 0, 0.63), tube(curve([(0, 0, 0.65), (0.02, 0, 0.7), (0.05, 0, 0.72)]), 0.004, 6)).model()


def cowboy_hat() -> Model:
    """A cowboy hat with a rolled brim and a patterned band."""
    a = Assembly()
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)

    def ring(rx: float, ry: float, z: float, roll: float, dent: float = 0.0) -> np.ndarray:
        lift = roll * np.cos(turn) ** 2 - dent * np.exp(-((np.cos(turn) * rx / 0.05) ** 2))
        return np.stack([rx * np.cos(turn), ry * np.sin(turn), z + lift], axis=1)

    levels = [(0.13, 0.16, 0.0, 0, 0), (0.22, 0.25, 0.0, 0.02, 0), (0.3, 0.3, 0.0, 0.11, 0), (0.305, 0.305, 0.008, 0.115, 0), (0.22, 0.25, 0.016, 0.02, 0),
              (0.15, 0.185, 0.02, 0, 0), (0.145, 0.18, 0.09, 0, 0), (0.125, 0.16, 0.2, 0, 0), (0.09, 0.12, 0.23, 0, 0.02), (0.03, 0.05, 0.19, 0, 0)]  # fmt: skip
    a.add(paint("leather", "b07a3f", "7d4f22", "cf9a5a", size=0.25), stack_rings([ring(*level) for level in levels]).scaled(1.2))
    band = [ring(0.13, 0.16, 0.03, 0), ring(0.155, 0.19, 0.03, 0), ring(0.15, 0.185, 0.075, 0), ring(0.12, 0.15, 0.075, 0)]
    a.add(paint("checker", "c1272d", "f2d27a", "1d3557", size=0.05), stack_rings(band).scaled(1.2))
    return a.add(BRASS, slab(disc(0.026, 10), 0.02).moved(0, -0.225, 0.063)).model()


def helmet() -> Model:
    """A racing helmet with stripes, visor and chin bar on a round stand."""
    a = Assembly()
    a.add(BLACK, lathe([(0, 0), (0.13, 0), (0.12, 0.025), (0.06, 0.04), (0.06, 0.1), (0, 0.1)]))
    shell = paint("checker", "e63946", "f4f1ea", "1d3557", size=0.16, coat=0.8, roughness=0.2)
    a.add(shell, blob(0.17, 0.2, 0.18, 0.9, 36, 20).moved(z=0.25))
    a.add(paint("marble", "1a2a44", "5a8fc0", size=0.4, roughness=0.15), blob(0.15, 0.1, 0.065, 0.6).moved(0, -0.125, 0.27))
    a.add(WHITE, blob(0.13, 0.1, 0.055, 0.6).moved(0, -0.13, 0.14))
    a.add(BLACK, *[box(0.016, 0.02, 0.05, bevel=0.004).moved(x, -0.227, 0.12) for x in (-0.06, -0.03, 0, 0.03, 0.06)])
    a.add(YELLOW, pair(slab(disc(0.028), 0.02).turned("z", 90).moved(0.165, -0.06, 0.27)), blob(0.02, 0.17, 0.03).moved(0, 0.02, 0.43))
    return a.model()


def sneaker() -> Model:
    """A high-top sneaker with sole, toe cap, laces and side patch."""
    a = Assembly()
    cloth = paint("denim", "2a5db0", "173a75", "5f8fd8", size=0.1)
    a.add(cloth, blob(0.24, 0.095, 0.1, 0.75).moved(-0.02, 0, 0.1), tube(curve([(0.11, 0, 0.08), (0.125, 0, 0.22), (0.12, 0, 0.36)]), [0.11] * 6 + [0.1] * 7, 20, squash=0.85))
    sole = _sole()
    a.add(WHITE, sole, blob(0.1, 0.088, 0.075).moved(-0.19, 0, 0.075))
    a.add(RED, sole.scaled(1.01, 1.02, 0.25).moved(z=0.025), torus(0.098, 0.012).scaled(1, 0.85, 1).moved(0.12, 0, 0.36))
    for i in range(6):
        x, z = -0.08 + 0.03 * i, 0.185 + 0.031 * i
        a.add(WHITE, rod((x, -0.06, z), (x + 0.02, 0.06, z + 0.02), 0.009, sides=6), rod((x, 0.06, z), (x + 0.02, -0.06, z + 0.02), 0.009, sides=6))
    a.add(cloth, blob(0.05, 0.06, 0.14).turned("y", 42).moved(-0.02, 0, 0.2))
    patch = paint("label", "f6f1e2", "c1272d", "1d3557", size=1.0, seed=50)
    return a.add(patch, *[unit_uv(slab(disc(0.05), 0.03)).moved(0.12, y, 0.22) for y in (-0.088, 0.088)], unit_uv(box(0.02, 0.07, 0.12), "x").moved(0.23, 0, 0.1)).model()


def _sole() -> Mesh:
    turn = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    outline = np.stack([-0.02 + 0.27 * np.cos(turn), (0.1 - 0.012 * np.cos(2 * turn)) * np.sin(turn)], axis=1)
    return stack_rings([np.c_[outline, np.full(32, z)] for z in (0.0, 0.05)], smooth=False)


def axe_stump() -> Model:
    """An axe stuck in a chopping block, with split logs."""
    a = Assembly()
    bark, cut = paint("bark", "6a4b33", "38261a", "8f6d4e", size=0.3), paint("wood", "d9b27c", "9a6d3a", size=0.3, seed=4)
    a.add(bark, lathe([(0, 0), (0.27, 0), (0.23, 0.1), (0.22, 0.38), (0, 0.38)], 22, smooth=False))
    a.add(cut, lathe([(0, 0.37), (0.205, 0.37), (0.205, 0.39), (0, 0.39)], 22), rod((0.24, -0.22, 0.06), (0.42, 0.12, 0.06), 0.06, sides=7))
    a.add(bark, rod((-0.4, -0.16, 0.06), (-0.12, -0.3, 0.06), 0.058, sides=9), rod((0.3, -0.2, 0.16), (0.36, 0.16, 0.1), 0.05, sides=7))
    handle = curve([(-0.02, 0, 0.44), (0.2, 0, 0.64), (0.36, 0, 0.74), (0.5, 0, 0.88)])
    a.add(OAK, tube(handle, 0.02, squash=1.4))
    head = slab([(-0.035, 0), (0.035, 0.02), (0.07, 0.15), (-0.11, 0.17), (-0.07, 0.1)], 0.05, 0.06)
    return a.add(STEEL, head.moved(-0.03, 0, 0.36)).add(RED, blob(0.035, 0.03, 0.035).moved(0.5, 0, 0.88), slab([(-0.03, 0), (0.03, 0), (0.05, 0.06), (-0.05, 0.07)], 0.054).moved(-0.03, 0, 0.44)).model()


def toolbox() -> Model:
    """An open carpenter's tote with hammer, saw, level and screwdrivers."""
    a = Assembly()
    side = slab([(-0.14, 0), (0.14, 0), (0.14, 0.16), (0.04, 0.36), (-0.04, 0.36), (-0.14, 0.16)], 0.022).turned("z", 90)
    a.add(PINE, side.moved(-0.36), side.moved(0.36), box(0.72, 0.28, 0.02), *[box(0.72, 0.018, 0.15).moved(0, y) for y in (-0.13, 0.13)])
    a.add(RED, rod((-0.38, 0, 0.32), (0.38, 0, 0.32), 0.018))
    a.add(paint("letters", "d8ab6a", "2b2b2b", "a82a20", size=1.0, seed=14), unit_uv(box(0.4, 0.01, 0.12)).moved(0, -0.137, 0.015))
    saw = [(-0.3, 0.06), (0.2, 0.06), (0.24, 0.2), (0.2, 0.25), (-0.28, 0.12)]
    a.add(STEEL, slab(saw, 0.006).moved(0, 0.08, 0.04), rod((-0.22, -0.04, 0.3), (-0.12, -0.04, 0.3), 0.026, 0.018, 12))
    a.add(OAK, rod((-0.17, -0.04, 0.05), (-0.17, -0.04, 0.32), 0.014), slab([(0.18, 0.02), (0.3, 0.02), (0.34, 0.22), (0.22, 0.24)], 0.03).moved(0, 0.08, 0.06))
    for i, tone in enumerate((YELLOW, BLUE, RED)):
        x = 0.02 + 0.07 * i
        a.add(tone, rod((x, -0.06, 0.19), (x + 0.01, -0.06, 0.31), 0.018, 0.014, 8)).add(STEEL, rod((x, -0.06, 0.02), (x, -0.06, 0.2), 0.006))
    return a.add(YELLOW, box(0.05, 0.05, 0.3).turned("y", 12).moved(0.27, -0.07, 0.03)).model()


def step_ladder() -> Model:
    """A paint-splashed step ladder with a pot of paint on its top."""
    a = Assembly()
    wood = paint("planks", "e0c08a", "a8783c", "3f8fb5", size=0.3, seed=9)
    a.add(wood, pair(beam((0.26, -0.3, 0), (0.17, -0.02, 1.1), 0.03, 0.07)), pair(beam((0.24, 0.42, 0), (0.15, 0.06, 1.1), 0.03, 0.05)))
    for i in range(4):
        t = (i + 1) / 4.7
        a.add(wood, box(0.52 - 0.17 * t, 0.12, 0.025).moved(0, -0.3 + 0.28 * t, 1.1 * t - 0.02))
    a.add(OAK, box(0.42, 0.26, 0.035, bevel=0.006).moved(0, 0.02, 1.08), rod((-0.2, 0.24, 0.55), (0.2, 0.24, 0.55), 0.014))
    a.add(RED, pair(rod((0.225, -0.16, 0.5), (0.205, 0.24, 0.55), 0.008)))
    a.add(STEEL, vessel([(0.085, 0), (0.085, 0.17)], 0.006).moved(0, 0.02, 1.115), torus(0.085, 0.007).moved(0, 0.02, 1.285))
    label = lathe([(0.06, 0.02), (0.0875, 0.02), (0.0875, 0.14), (0.06, 0.14)])
    a.add(paint("label", "f6f1e2", "d1345b", "3066be", size=0.25, seed=16), label.moved(0, 0.02, 1.115))
    return a.add(paint("plain", "d1345b", roughness=0.3), lathe([(0, 0), (0.08, 0), (0.08, 0.01), (0, 0.01)]).moved(0, 0.02, 1.25), rod((0.03, 0, 1.25), (0.14, -0.05, 1.38), 0.012)).model()


BUILDERS = {
    "sports gear": {
        "beach-ball": beach_ball,
        "basketball": basketball,
        "dumbbells": dumbbells,
        "skateboard": skateboard,
        "bowling-pins": bowling_pins,
    },
    "musical instruments": {"guitar": guitar, "drum": drum, "xylophone": xylophone},
    "machines": {"gramophone": gramophone, "telescope": telescope, "television": television, "fan": fan},
    "food": {"cake": cake, "pineapple": pineapple, "burger": burger, "ice-cream": ice_cream},
    "headgear, shoes & wear": {"cowboy-hat": cowboy_hat, "helmet": helmet, "sneaker": sneaker},
    "tools": {"axe-stump": axe_stump, "toolbox": toolbox, "step-ladder": step_ladder},
}
