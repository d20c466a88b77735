"""Furniture: seats, tables, shelves, lamps and screens."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, box, join, lathe, stack_rings, torus, tube
from ..surfaces import Model
from .kit import BLACK, BRASS, IRON, OAK, PINE, STEEL, WALNUT, WHITE, Assembly, paint
from .shapes import beam, blob, curve, disc, hoop, pair, ring_of, rod, rounded_box, slab, unit_uv, vessel

COVERS = (
    paint("label", "b3342b", "f4e4b8", "2a1f1a", size=0.2, seed=11),
    paint("label", "1f4e79", "f0d27a", "e8eef4", size=0.2, seed=12),
    paint("label", "2f6b46", "f2ead2", "d9a13b", size=0.2, seed=13),
    paint("stripes", "e2b33c", "5b2b17", "fff4d6", size=0.12, seed=14),
    paint("label", "5c3a73", "e9dff2", "f2b5c4", size=0.2, seed=15),
)


def _foot_row(width: float, depth: float, height: float) -> Mesh:
    feet = rod((0, 0, 0), (0, 0, height), 0.022, 0.035)
    return join(pair(feet.moved(width / 2, -depth / 2)), pair(feet.moved(width / 2, depth / 2)))


def chair() -> Model:
    """A dining chair with a plaid cushion and a ladder back."""
    a = Assembly()
    a.add(OAK, pair(beam((0.2, -0.2, 0), (0.19, -0.19, 0.44), 0.045, 0.045)))
    a.add(OAK, pair(tube(curve([(0.19, 0.24, 0), (0.19, 0.19, 0.45), (0.19, 0.28, 0.95)]), 0.024)))
    a.add(OAK, rounded_box(0.46, 0.46, 0.035, 0.015).moved(z=0.43))
    for z, y in ((0.6, 0.205), (0.74, 0.23), (0.88, 0.26)):
        path = curve([(-0.19, y, z), (0, y + 0.035, z), (0.19, y, z)])
        a.add(OAK, tube(path, 0.012, squash=3.2))
    a.add(OAK, pair(rod((0.195, -0.19, 0.2), (0.19, 0.21, 0.2), 0.012)))
    a.add(OAK, rod((-0.19, 0.0, 0.2), (0.19, 0.0, 0.2), 0.012))
    a.add(
        paint("plaid", "a8322a", "f0dfb8", "23395b", size=0.2, seed=1),
        blob(0.21, 0.2, 0.04, 0.5).moved(z=0.49),
    )
    return a.model()


def _lounge(width: float, cover: str, codes: tuple[str, ...], seats: int) -> Assembly:
    a = Assembly()
    cloth = paint(cover, *codes, size=0.35, seed=seats, roughness=0.9)
    a.add(cloth, rounded_box(width, 0.8, 0.26, 0.05).moved(z=0.14))
    a.add(cloth, pair(rounded_box(0.2, 0.82, 0.36, 0.09).moved(width / 2 - 0.08, 0, 0.26)))
    a.add(cloth, rounded_box(width - 0.05, 0.22, 0.62, 0.1).turned("x", -10).moved(0, 0.3, 0.28))
    step = (width - 0.38) / seats
    for i in range(seats):
        x = (i - (seats - 1) / 2) * step
        a.add(cloth, rounded_box(step - 0.01, 0.58, 0.15, 0.06).moved(x, -0.1, 0.38))
    a.add(WALNUT, _foot_row(width - 0.2, 0.62, 0.15))
    return a


def armchair() -> Model:
    """An upholstered armchair with wings and a patchwork pillow."""
    a = _lounge(0.86, "floral", ("2d6a6a", "e9d8a6", "c8553d"), 1)
    wing = paint("floral", "2d6a6a", "e9d8a6", "c8553d", size=0.35, seed=1, roughness=0.9)
    a.add(wing, pair(blob(0.06, 0.16, 0.24, 0.7).moved(0.38, 0.2, 0.78)))
    pillow = blob(0.19, 0.07, 0.19, 0.5).turned("x", -25).turned("y", 12).moved(0.03, 0.05, 0.66)
    return a.add(paint("patchwork", "c84b31", "ecdbba", "346751", size=0.25), pillow).model()


def sofa() -> Model:
    """A three-seat striped sofa with two pillows."""
    a = _lounge(1.9, "stripes", ("8c3b3b", "e6cfa5", "43302b"), 3)
    pillow = blob(0.2, 0.08, 0.2, 0.5).turned("x", -22)
    a.add(paint("dots", "f0c541", "1d3557", "ffffff", size=0.2), pillow.turned("y", 20).moved(-0.55, 0.02, 0.68))
    a.add(paint("knit", "3f7cac", "bbd1ea", "244a6b", size=0.2), pillow.turned("y", -8).moved(0.5, 0.02, 0.68))
    return a.model()


def stool() -> Model:
    """A bar stool with a round chequered seat on four splayed legs."""
    a = Assembly()
    seat = [(0, 0), (0.16, 0), (0.19, 0.02), (0.2, 0.045), (0.185, 0.075), (0.12, 0.085), (0, 0.08)]
    a.add(paint("checker", "1b1b1f", "f3efe4", "c1121f", size=1.0), unit_uv(lathe(seat).moved(z=0.68), "z"))
    a.add(BRASS, torus(0.195, 0.012).moved(z=0.7))
    leg = beam((0.12, 0, 0.69), (0.24, 0, 0.0), 0.035, 0.035)
    a.add(OAK, ring_of(leg, 4, 45))
    a.add(STEEL, torus(0.205, 0.011).moved(z=0.26))
    return a.model()


def bookshelf() -> Model:
    """An open shelf filled with books, with a pot on top."""
    a = Assembly()
    a.add(WALNUT, pair(box(0.025, 0.28, 1.5).moved(0.4)), box(0.8, 0.015, 1.45).moved(0, 0.13, 0.03))
    for z in (0.05, 0.4, 0.75, 1.1, 1.475):
        a.add(WALNUT, box(0.8, 0.28, 0.025).moved(z=z))
    for row, z in enumerate((0.075, 0.425, 0.775, 1.125)):
        x, i = -0.37, row * 5
        while x < 0.2 - 0.12 * (row % 2):
            thick, tall = 0.03 + 0.011 * (i * 7 % 5), 0.19 + 0.021 * (i * 5 % 6)
            book = box(thick, 0.18, tall, bevel=0.004).moved(x + thick / 2, -0.02 - 0.006 * (i % 3), z)
            a.add(COVERS[(i * 3 + row) % 5], book)
            x, i = x + thick + 0.003, i + 1
        a.add(COVERS[row], box(0.03, 0.17, 0.24).turned("y", -18).moved(x + 0.07, 0, z + 0.005))
    pot = vessel([(0.05, 0), (0.09, 0.06), (0.08, 0.13), (0.05, 0.17), (0.06, 0.19)], 0.008)
    return a.add(paint("glaze", "2a6f97", "d9ed92", size=0.2), pot.moved(0.2, 0, 1.5)).model()


def floor_lamp() -> Model:
    """A bowed reading lamp with a striped shade on a marble foot."""
    a = Assembly()
    a.add(
        paint("marble", "e9e6df", "6f6a66", size=0.3),
        lathe([(0, 0), (0.17, 0), (0.17, 0.035), (0.12, 0.05), (0, 0.05)]),
    )
    path = curve([(0, 0, 0.04), (0, 0, 0.7), (0.06, 0, 1.25), (0.25, 0, 1.52), (0.42, 0, 1.5)])
    a.add(BRASS, tube(path, 0.013))
    shade = hoop([(0.26, 0), (0.12, 0.26), (0.114, 0.26), (0.254, 0)])
    a.add(paint("stripes", "f4e3c1", "c0562f", "7a2e1d", size=0.16, seed=2), shade.moved(0.42, 0, 1.2))
    a.add(paint("plain", "fff1cf", emission=3.0), ball(0.06, 16, 10).moved(0.42, 0, 1.27))
    a.add(BRASS, rod((0.42, 0, 1.32), (0.42, 0, 1.52), 0.012), torus(0.26, 0.007).moved(0.42, 0, 1.2))
    return a.model()


def table() -> Model:
    """A round table under a wavy cloth, laid with plates and a bowl."""
    a = Assembly()
    turn = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    levels = [(0.46, 0.745, 0), (0.5, 0.74, 0), (0.515, 0.71, 0.1), (0.53, 0.6, 0.5), (0.55, 0.45, 1.0)]
    rings = []
    for radius, z, wave in levels[::-1]:
        r = radius + 0.035 * wave * np.sin(turn * 12)
        rings.append(np.stack([r * np.cos(turn), r * np.sin(turn), np.full(96, z)], axis=1))
    cloth = paint("plaid", "f3ead7", "c8402f", "7d1f1a", size=0.3, seed=4, roughness=0.9)
    a.add(cloth, stack_rings(rings))
    a.add(WALNUT, lathe([(0, 0.06), (0.09, 0.06), (0.05, 0.15), (0.07, 0.3), (0.04, 0.5), (0, 0.5)], 20))
    a.add(WALNUT, ring_of(tube(curve([(0, 0, 0.12), (0.2, 0, 0.1), (0.32, 0, 0.03)]), 0.03), 4, 45))
    plate = lathe([(0, 0), (0.07, 0), (0.13, 0.02), (0.13, 0.025), (0.07, 0.01), (0, 0.01)])
    a.add(WHITE, plate.moved(-0.24, -0.12, 0.745), plate.moved(0.24, -0.14, 0.745))
    bowl = vessel([(0.06, 0), (0.13, 0.06), (0.17, 0.12)], 0.01)
    return a.add(paint("glaze", "1d4e89", "f7f0d8", size=0.2), bowl.moved(0, 0.12, 0.745)).model()


def bench() -> Model:
    """A park bench: weathered slats in cast-iron sides."""
    a = Assembly()
    for i in range(5):
        a.add(PINE, box(1.5, 0.075, 0.03, bevel=0.006).moved(0, -0.2 + 0.09 * i, 0.44))
    for i in range(4):
        slat = box(1.5, 0.03, 0.08, bevel=0.006).turned("x", -14)
        a.add(PINE, slat.moved(0, 0.24 + 0.026 * i, 0.52 + 0.105 * i))
    back = tube(curve([(0, 0.3, 0), (0, 0.2, 0.42), (0, 0.37, 0.93)]), 0.022)
    front = tube(curve([(0, -0.28, 0), (0, -0.21, 0.3), (0, -0.24, 0.44), (0, -0.22, 0.62)]), 0.022)
    arm = tube(curve([(0, 0.28, 0.66), (0, 0, 0.68), (0, -0.2, 0.65), (0, -0.3, 0.58)]), 0.022)
    brace = rod((0, -0.24, 0.42), (0, 0.22, 0.42), 0.02)
    a.add(IRON, *[pair(part.moved(0.62)) for part in (back, front, arm, brace)])
    return a.model()


def dresser() -> Model:
    """A chest of drawers with painted fronts, brass knobs and a back rail."""
    a = Assembly()
    a.add(
        OAK,
        box(0.9, 0.45, 0.72, bevel=0.01).moved(z=0.12),
        rounded_box(0.96, 0.5, 0.035, 0.015).moved(z=0.84),
    )
    a.add(
        OAK,
        _foot_row(0.78, 0.34, 0.13),
        slab([(-0.44, 0), (0.44, 0), (0.36, 0.1), (0, 0.17), (-0.36, 0.1)], 0.03).moved(0, 0.2, 0.875),
    )
    knob = lathe([(0, 0), (0.008, 0), (0.008, 0.02), (0.022, 0.03), (0.018, 0.045), (0, 0.05)], 14).turned("x", 90)
    for row, z in enumerate((0.14, 0.38, 0.61)):
        for side in (-1, 1):
            front = unit_uv(box(0.41, 0.03, 0.2, bevel=0.008))
            cover = paint("floral", "e8dcc0", "3c7a89", "b8503a", size=1.0, seed=row)
            a.add(cover, front.moved(side * 0.215, -0.225, z))
            a.add(BRASS, *[knob.moved(side * 0.215 + dx, -0.235, z + 0.1) for dx in (-0.11, 0.11)])
    return a.model()


def longcase_clock() -> Model:
    """A tall clock with a dial, a pendulum window and a crown."""
    a = Assembly()
    a.add(WALNUT, box(0.46, 0.28, 0.4, bevel=0.015), box(0.34, 0.22, 0.85).moved(z=0.38))
    a.add(
        WALNUT,
        box(0.46, 0.28, 0.48, bevel=0.015).moved(z=1.2),
        rounded_box(0.52, 0.32, 0.05, 0.02).moved(z=1.66),
    )
    a.add(
        WALNUT,
        slab([(-0.24, 0), (0.24, 0), (0.15, 0.09), (0, 0.17), (-0.15, 0.09)], 0.06).moved(0, -0.09, 1.7),
    )
    a.add(
        paint("floral", "efe3c4", "37598a", "b8863b", size=1.0, seed=3),
        unit_uv(slab(disc(0.2), 0.02)).moved(0, -0.145, 1.44),
    )
    a.add(WHITE, slab(disc(0.135), 0.02).moved(0, -0.152, 1.44))
    a.add(BRASS, torus(0.2, 0.014).turned("x", 90).moved(0, -0.15, 1.44))
    mark = box(0.014, 0.008, 0.035).moved(z=0.09)
    a.add(BLACK, *[mark.turned("y", 30 * i).moved(0, -0.163, 1.44) for i in range(12)])
    a.add(BLACK, box(0.014, 0.008, 0.11).turned("y", -50).moved(0, -0.168, 1.44))
    a.add(BLACK, box(0.01, 0.008, 0.13).turned("y", 60).moved(0, -0.168, 1.44))
    a.add(BLACK, box(0.2, 0.02, 0.66).moved(0, -0.11, 0.47))
    a.add(BRASS, rod((0, -0.13, 1.1), (0, -0.13, 0.66), 0.007), slab(disc(0.065), 0.02).moved(0, -0.13, 0.62))
    return a.add(BRASS, ball(0.035, 16, 10).moved(0, -0.09, 1.89)).model()


def folding_screen() -> Model:
    """Four hinged panels with pictures, folded in a zigzag."""
    a = Assembly()
    angle, width = 28.0, 0.44
    step = width * np.cos(np.radians(angle))
    for i in range(4):
        turn, x = angle * (1 if i % 2 else -1), (i - 1.5) * step
        scene = paint("floral", "f0e4c8", "8f2d2a", "2f5d50", size=1.0, seed=20 + i)
        frame = [box(0.035, 0.035, 1.6).moved(s * (width / 2 - 0.02)) for s in (-1, 1)]
        frame += [box(width, 0.035, 0.04).moved(z=z) for z in (0.1, 0.62, 1.56)]
        a.add(BLACK, *[part.turned("z", turn).moved(x) for part in frame])
        a.add(scene, unit_uv(box(width - 0.04, 0.012, 0.92)).turned("z", turn).moved(x, 0, 0.65))
        a.add(OAK, box(width - 0.04, 0.012, 0.5).turned("z", turn).moved(x, 0, 0.13))
        knobs = [ball(0.024, 12, 8).moved(s * (width / 2 - 0.02), 0, 1.615) for s in (-1, 1)]
        a.add(BRASS, *[k.turned("z", turn).moved(x) for k in knobs])
    return a.model()


def easel() -> Model:
    """A painter's easel with a half-finished canvas."""
    a = Assembly()
    a.add(OAK, pair(beam((0.36, -0.2, 0), (0.05, 0.06, 1.62), 0.045, 0.03)))
    a.add(OAK, beam((0, 0.55, 0), (0, 0.08, 1.5), 0.045, 0.03), box(0.72, 0.1, 0.03).moved(0, -0.13, 0.6))
    a.add(
        OAK,
        beam((-0.17, 0.0, 1.25), (0.17, 0.0, 1.25), 0.03, 0.045),
        box(0.08, 0.05, 0.06).moved(0, -0.03, 1.34),
    )
    canvas = unit_uv(box(0.84, 0.035, 0.66)).turned("x", -9)
    a.add(paint("painting", "f0e6d2", "1d4f7c", "d1495b", size=1.0, seed=6), canvas.moved(0, -0.13, 0.63))
    a.add(PINE, box(0.82, 0.012, 0.64).turned("x", -9).moved(0, -0.107, 0.634))
    brush = rod((0.2, -0.15, 0.64), (0.33, -0.19, 0.66), 0.008)
    return a.add(BLACK, brush, pair(ball(0.02, 10, 8).moved(0.35, -0.2, 0.02))).model()


BUILDERS = {
    "furniture": {
        "chair": chair,
        "armchair": armchair,
        "sofa": sofa,
        "stool": stool,
        "bookshelf": bookshelf,
        "floor-lamp": floor_lamp,
        "table": table,
        "bench": bench,
        "dresser": dresser,
        "longcase-clock": longcase_clock,
        "folding-screen": folding_screen,
        "easel": easel,
    },
}
