"""Cars, a motor scooter and what is pushed on wheels; all of them drive towards -x."""

from __future__ import annotations

import numpy as np

from ..meshes import Array, box, lathe, stack_rings, tube
from ..surfaces import Model, Surface
from .kit import BLACK, RUBBER, STEEL, WHITE, Assembly, paint
from .packages import side
from .shapes import blob, curve, disc, hoop, rod, rounded_box, selected, slab

CHROME = paint("metal", "d5d9dd", "b3b8be", "eef0f2", size=0.2, roughness=0.2, metallic=0.9)
_GLASS = paint("marble", "1c262b", "324048", "12181b", size=0.8, seed=2, roughness=0.05, coat=1.0)
_TYRE = [
    (0.55, -0.5),
    (0.8, -0.5),
    (0.95, -0.42),
    (1.0, -0.22),
    (0.985, -0.2),
    (1.0, -0.18),
    (1.0, -0.02),
    (0.985, 0.0),
    (1.0, 0.02),
    (1.0, 0.18),
    (0.985, 0.2),
    (1.0, 0.22),
    (0.95, 0.42),
    (0.8, 0.5),
    (0.55, 0.5),
]


def road_wheel(
    a: Assembly, radius: float, width: float, x: float, y: float, rim: Surface, steers: bool = False
) -> None:
    """A wheel on the ground with a grooved tyre, a dished rim and a hub cap on both faces; its axle is along y."""
    tyre = hoop(np.array(_TYRE) * [radius, width], 28).turned("x", 90)
    dish = [
        (0, -0.3),
        (0.2, -0.34),
        (0.26, -0.26),
        (0.45, -0.22),
        (0.56, -0.46),
        (0.62, -0.46),
        (0.62, 0.46),
        (0.56, 0.46),
        (0.45, 0.22),
        (0.26, 0.26),
        (0.2, 0.34),
        (0, 0.3),
    ]
    cap = lathe(
        np.array([(0, -0.4), (0.16, -0.38), (0.2, -0.3), (0.2, 0.3), (0.16, 0.38), (0, 0.4)]) * [radius, width], 16
    ).turned("x", 90)
    slots = [
        slab(disc(0.045 * radius, 8), width * 0.62).moved(0, 0, 0.38 * radius).turned("y", 45 * k) for k in range(8)
    ]
    with a.wheel(radius, x, y, steers):
        a.add(RUBBER, tyre.moved(x, y, radius)).add(CHROME, cap.moved(x, y, radius))
        a.add(rim, lathe(np.array(dish) * [radius, width], 20).turned("x", 90).moved(x, y, radius))
        a.add(BLACK, *[m.moved(x, y, radius) for m in slots])


def oval(long: float, wide: float, power: float, count: int = 72) -> Array:
    """(N, 2) corners of a superellipse about the origin; a small power is boxy."""
    t = np.linspace(0, 2 * np.pi, count, endpoint=False) + np.pi / count
    c, s = np.cos(t), np.sin(t)
    return np.stack([long * np.sign(c) * np.abs(c) ** power, wide * np.sign(s) * np.abs(s) ** power], axis=1)


def _cabin(
    a: Assembly, body: Surface, levels: list[tuple[float, float, float, float]], pillars: tuple[float, ...]
) -> None:
    """Windows and roof from (height, front x, back x, half width) of each level, the second to the last but two
    bounding the glass; `pillars` are their places at the sides, as shares of the length."""
    rings = []
    for z, front, back, wide in levels:
        flat = oval((back - front) / 2, wide, 0.34, 96)
        rings.append(np.c_[flat + [(front + back) / 2, 0], np.full(96, z)])
    mesh = stack_rings(rings)
    middle = mesh.vertices[mesh.faces].mean(axis=1)
    row = np.arange(len(mesh.faces)) // 96
    span = np.array([[f, b] for _, f, b, _ in levels])[np.minimum(row, len(levels) - 1)]
    share = (middle[:, 0] - span[:, 0]) / (span[:, 1] - span[:, 0])
    edge = np.abs(middle[:, 1]) / np.array([w for *_, w in levels])[np.minimum(row, len(levels) - 1)]
    ends = ((share < 0.1) | (share > 0.9)) & (edge < 0.8)
    flanks = (share > 0.13) & (share < 0.87) & np.all([np.abs(share - p) > 0.025 for p in pillars], axis=0)
    glass = (row >= 1) & (row < len(levels) - 4) & (ends | flanks)
    a.add(_GLASS, selected(mesh, glass)).add(body, selected(mesh, ~glass))


def _arches(a: Assembly, body: Surface, radius: float, places: tuple[float, ...], wide: float) -> None:
    """Wheels in dark arches under flared lips."""
    for x in places:
        for s in (-1, 1):
            dark = disc(radius * 1.22, 36)
            dark[:, 1] = np.maximum(dark[:, 1], -0.8 * radius)  # it ends above the ground
            a.add(BLACK, slab(dark, 0.1).moved(x, s * (wide - 0.07), radius * 1.02))
            t = np.linspace(-0.35, np.pi + 0.35, 26)
            lip = np.stack(
                [
                    x + 1.24 * radius * np.cos(t),
                    np.full(26, s * (wide - 0.006)),
                    radius * 1.02 + 1.24 * radius * np.sin(t),
                ],
                axis=1,
            )
            a.add(body, tube(lip, 0.022, 8))
            road_wheel(a, radius, 0.13, x, s * (wide - 0.055), body, steers=x < 0)


def _lamps(a: Assembly, front: float, back: float, wide: float, height: float) -> None:
    """Head lamps, indicators, tail lamps, bumpers and plates."""
    for s in (-1, 1):
        lamp = lathe([(0, -0.05), (0.085, -0.05), (0.098, 0.0), (0.094, 0.016), (0.08, 0.016), (0, 0.006)], 28).turned(
            "y", -90
        )
        a.add(CHROME, lamp.moved(front + 0.07, s * wide * 0.66, height))
        a.add(
            paint("scales", "e8ecee", "c8d0d4", "ffffff", size=0.04, roughness=0.05, coat=1.0),
            blob(0.025, 0.078, 0.078, 1.0, 14, 8).moved(front + 0.055, s * wide * 0.66, height),
        )
        a.add(
            paint("plain", "e8861a", roughness=0.1, coat=0.8),
            blob(0.02, 0.04, 0.02, 1.0, 12, 8).moved(front + 0.06, s * wide * 0.66, height - 0.15),
        )
        a.add(
            paint("plain", "a8120f", roughness=0.1, coat=0.8),
            rounded_box(0.03, 0.07, 0.14, 0.012, 2).moved(back - 0.035, s * wide * 0.72, height - 0.08),
        )
        for x, z in ((front, 0.31), (back, 0.31)):
            a.add(CHROME, rounded_box(0.04, 0.035, 0.14, 0.014, 2).moved(x, s * wide * 0.5, z - 0.02))
    for x, bulge in ((front, -0.03), (back, 0.03)):
        bar = curve(
            [
                (x - 2.5 * bulge, -wide * 0.98, 0.34),
                (x, -wide * 0.75, 0.34),
                (x + bulge, 0, 0.34),
                (x, wide * 0.75, 0.34),
                (x - 2.5 * bulge, wide * 0.98, 0.34),
            ]
        )
        a.add(CHROME, tube(bar, 0.045, 10, squash=0.6))
    plate = paint("notice", "f2efe4", "15161a", "2a4fa0", size=1.0, seed=8)
    for s, x in ((-1, front - 0.035), (1, back + 0.035)):
        board = box(0.36, 0.012, 0.1)
        a.add(WHITE, board.scaled(1.04, 0.8, 1.1).turned("z", 90).moved(x, 0, 0.415))
        a.add(plate, side(board, "front").turned("z", 90 * s).moved(x, 0, 0.42))


def _car_body(a: Assembly, body: Surface, long: float, wide: float, shoulder: tuple[list[float], list[float]]) -> None:
    """The lower body: bulging sides, domed bonnet; `shoulder` is its height over places along x."""

    def height(x: Array) -> Array:
        return np.interp(x, *shoulder)

    rings = []
    for rise, grow_by in ((0.0, 0.93), (0.1, 0.985), (0.45, 1.0), (0.75, 0.985), (0.92, 0.955), (1.0, 0.9)):
        flat = oval(long / 2, wide, 0.42) * [0.5 + 0.5 * grow_by, grow_by]
        rings.append(np.c_[flat, 0.19 + rise * (height(flat[:, 0]) - 0.19)])
    for q in (0.82, 0.6, 0.35, 0.1):
        flat = oval(long / 2, wide, 0.42) * [0.5 + 0.5 * q, 0.9 * q]
        rings.append(np.c_[flat, height(flat[:, 0]) + 0.05 * (1 - q**2)])
    a.add(body, stack_rings(rings))
    a.add(BLACK, box(long * 0.8, wide * 1.7, 0.12).moved(z=0.13))


def _trim(a: Assembly, wide: float, doors: tuple[float, float], belt: float) -> None:
    """Door seams, handles, mirrors, a chrome line, sills."""
    for s in (-1, 1):
        y = s * (wide + 0.002)
        for x in doors:
            a.add(BLACK, tube([(x, y * 0.985, 0.26), (x, y, 0.4), (x, y, 0.55), (x, y * 0.975, belt - 0.05)], 0.005, 5))
        a.add(CHROME, tube([(doors[0] - 0.5, y, 0.5), (doors[0], y * 1.002, 0.5), (doors[1] + 0.35, y, 0.5)], 0.008, 6))
        a.add(CHROME, rounded_box(0.13, 0.03, 0.022, 0.01, 2).moved(doors[1] - 0.12, y, belt - 0.16))
        a.add(
            CHROME,
            rod((doors[0] + 0.12, y * 0.94, belt), (doors[0] + 0.1, y * 1.08, belt + 0.07), 0.008),
            blob(0.02, 0.06, 0.045, 1.0, 14, 8).moved(doors[0] + 0.1, y * 1.1, belt + 0.09),
        )


def small_car() -> Model:
    """A round two-door city car of the sixties."""
    a = Assembly()
    body = paint("plain", "3f8f9a", roughness=0.25, coat=1.0)
    cream = paint("plain", "e9e0c8", roughness=0.3, coat=0.8)
    wide = 0.66
    _car_body(a, body, 2.95, wide, ([-1.48, -1.2, -0.7, 0.9, 1.25, 1.48], [0.56, 0.68, 0.8, 0.82, 0.72, 0.55]))
    levels = [
        (0.76, -0.82, 1.14, 0.6),
        (0.85, -0.72, 1.08, 0.585),
        (1.0, -0.6, 1.0, 0.565),
        (1.13, -0.48, 0.9, 0.54),
        (1.22, -0.38, 0.8, 0.515),
        (1.29, -0.24, 0.66, 0.46),
        (1.33, -0.05, 0.5, 0.34),
        (1.345, 0.15, 0.32, 0.08),
    ]
    _cabin(a, cream, levels, (0.6,))
    _arches(a, body, 0.26, (-0.92, 0.92), wide)
    _lamps(a, -1.46, 1.46, wide, 0.6)
    _trim(a, wide, (-0.5, 0.4), 0.8)
    a.add(CHROME, *[tube([(-1.445, -0.15, z), (-1.47, 0, z), (-1.445, 0.15, z)], 0.009, 6) for z in (0.56, 0.59, 0.62)])
    wiper = [rod((-0.86, y, 0.82), (-0.71, y + 0.18, 0.93), 0.006, sides=5) for y in (-0.3, 0.05)]
    a.add(BLACK, *wiper)
    return a.model()


def delivery_van() -> Model:
    """A little box van with lettered flanks and a roof rack."""
    a = Assembly()
    body = paint("plain", "b8332a", roughness=0.3, coat=0.9)
    wide = 0.68
    _car_body(a, body, 2.9, wide, ([-1.45, -1.25, -1.0, 1.0, 1.45], [0.72, 0.86, 0.92, 0.95, 0.93]))
    levels = [
        (0.86, -1.2, 1.4, 0.66),
        (0.95, -1.12, 1.39, 0.65),
        (1.15, -1.02, 1.38, 0.64),
        (1.32, -0.92, 1.37, 0.625),
        (1.42, -0.82, 1.35, 0.61),
        (1.49, -0.7, 1.3, 0.56),
        (1.53, -0.5, 1.15, 0.45),
        (1.54, -0.1, 0.6, 0.1),
    ]
    _cabin(a, body, levels, tuple(np.linspace(0.4, 1.0, 30)))
    _arches(a, body, 0.27, (-0.88, 0.92), wide)
    _lamps(a, -1.43, 1.43, wide, 0.64)
    _trim(a, wide, (-0.72, -0.1), 0.9)
    sign = paint("notice", "f4e9cd", "1d3557", "b8332a", size=1.0, seed=9)
    for s in (-1, 1):
        flank = side(box(1.0, 0.006, 0.34, 0.0), "front").turned("x", -4).moved(0.62, -0.655, 0.97)
        a.add(sign, flank if s < 0 else flank.moved(-0.62).turned("z", 180).moved(0.62))
    for y in (-0.42, 0.42):
        a.add(
            STEEL,
            rod((-0.5, y, 1.6), (1.15, y, 1.6), 0.013),
            *[rod((x, y, 1.48), (x, y, 1.6), 0.01) for x in (-0.35, 0.3, 1.0)],
        )
    a.add(STEEL, *[rod((x, -0.42, 1.6), (x, 0.42, 1.6), 0.011) for x in np.linspace(-0.45, 1.1, 7)])
    a.add(
        paint("planks", "b98a52", "7d5528", size=0.4),
        box(0.12, 0.5, 0.12, bevel=0.01).moved(0.2, 0, 1.61),
        box(0.5, 0.42, 0.22, bevel=0.01).moved(0.7, 0, 1.61),
    )
    return a.model()


BUILDERS = {
    "vehicles": {
        "small-car": small_car,
        "delivery-van": delivery_van,
    },
}
