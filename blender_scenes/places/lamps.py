"""Lamps of rooms, as things: pendants, panels, tubes, spotlights, standing and table lamps."""

from __future__ import annotations

import numpy as np

from ..meshes import Mesh, ball, join, lathe, stack_rings, torus
from ..surfaces import Surface
from .clutter import DARK, ENAMEL, STEEL, Pieces, boxes
from .shell import BRASS, pick
from .solids import Parts, block, rod

Lamps = tuple[tuple[float, float, float], ...]

WARM = Surface("plain", ((1.0, 0.86, 0.66),), emission=3.0)
COOL = Surface("plain", ((0.95, 0.98, 1.0),), emission=3.0)


def pendants(parts: Parts, at: Lamps, ceiling: float, shade: Surface, style: int = 0) -> None:
    """Hanging lamps whose bulbs are at the given points: a dome, a drum or a globe on a cord."""
    for x, y, z in at:
        parts.add("fixtures", rod([x, y, z + 0.2], [x, y, ceiling], 0.006, 6), DARK)
        parts.add("fixtures", lathe([[0.06, -0.03], [0.06, 0.0]], 16).moved(x, y, ceiling), DARK)
        if style == 2:
            parts.add("fixtures", torus(0.14, 0.012, 24, 8).moved(x, y, z + 0.14), shade)
            parts.add("fixtures", ball(0.13, 20, 12).moved(x, y, z + 0.17), WARM)
            continue
        profile = (
            [
                [0.23, 0.02],
                [0.24, 0.02],
                [0.21, 0.13],
                [0.1, 0.21],
                [0.03, 0.24],
                [0.03, 0.23],
                [0.1, 0.2],
                [0.2, 0.125],
            ],
            [[0.24, 0.0], [0.245, 0.0], [0.2, 0.24], [0.195, 0.24]],
        )[style]
        parts.add("fixtures", turned_sheet(profile).moved(x, y, z), shade)
        parts.add("fixtures", ball(0.05, 12, 8).moved(x, y, z + 0.15), WARM)


def turned_sheet(profile: list[list[float]], segments: int = 24) -> Mesh:
    """A ring about z from its closed cross-section of (radius, z), open in the middle."""
    turn = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    rings = [np.c_[r * np.sin(turn), -r * np.cos(turn), np.full(segments, z)] for r, z in [*profile, profile[0]]]
    return stack_rings(rings, caps=(False, False))


def panels(parts: Parts, at: Lamps, ceiling: float, size: float = 0.6) -> None:
    """Square lights set into the ceiling."""
    for x, y, _ in at:
        parts.add("fixtures", frame_flat(x, y, size + 0.06, ceiling - 0.025, 0.04), ENAMEL)
        parts.add("fixtures", block(size, size, 0.012, x, y, ceiling - 0.014), COOL)
        bars = [block(size, 0.012, 0.02, x, y + size * (k / 4 - 0.5), ceiling - 0.024) for k in (1, 2, 3)]
        parts.add("fixtures", join(*bars), ENAMEL)


def frame_flat(x: float, y: float, size: float, z: float, wide: float) -> Mesh:
    """Four lying bars around the inside of a square."""
    return frame_bars(x, y, size, size, z, wide)


def frame_bars(x: float, y: float, width: float, depth: float, z: float, wide: float = 0.02) -> Mesh:
    """Four lying bars around the inside of a rectangle."""
    a, b = width / 2, depth / 2
    low = [[x - a, y - b, z], [x - a, y + b - wide, z], [x - a, y - b + wide, z], [x + a - wide, y - b + wide, z]]
    bar, cross = [width, wide, 0.025], [wide, depth - 2 * wide, 0.025]
    return boxes(np.array(low), np.array([bar, bar, cross, cross]))


def tubes(parts: Parts, at: Lamps, ceiling: float, length: float = 1.3) -> None:
    """Twin fluorescent tubes along y under a reflector, on rods."""
    for x, y, z in at:
        parts.add("fixtures", block(0.26, length, 0.05, x, y, z + 0.08, 0.01), ENAMEL)
        for side in (-1, 1):
            path = rod(
                [x + 0.07 * side, y - length / 2 + 0.03, z + 0.06],
                [x + 0.07 * side, y + length / 2 - 0.03, z + 0.06],
                0.016,
                8,
            )
            parts.add("fixtures", path, COOL)
        ends = [block(0.24, 0.03, 0.06, x, y + s * (length / 2 - 0.015), z + 0.03) for s in (-1, 1)]
        rods = [rod([x, y + s * 0.4 * length, z + 0.12], [x, y + s * 0.4 * length, ceiling], 0.006, 6) for s in (-1, 1)]
        parts.add("fixtures", join(*ends, *rods), DARK)


def tracks(parts: Parts, at: Lamps, ceiling: float) -> None:
    """Rails with spotlights that point outwards, one rail a lamp."""
    for x, y, z in at:
        parts.add("fixtures", block(0.05, 2.0, 0.05, x, y, z + 0.16), DARK)
        drops = [rod([x, y + s * 0.8, z + 0.2], [x, y + s * 0.8, ceiling], 0.006, 6) for s in (-1, 1)]
        parts.add("fixtures", join(*drops), DARK)
        for k in (-0.75, -0.25, 0.25, 0.75):
            side = 1.0 if x >= 0 else -1.0
            can = lathe([[0.045, 0], [0.05, 0.0], [0.05, 0.13], [0.02, 0.15]], 14).turned("y", -38 * side)
            glow = lathe([[0.04, -0.004], [0.038, 0.0]], 14).turned("y", -38 * side)
            parts.add("fixtures", can.moved(x, y + k, z + 0.02), DARK)
            parts.add("fixtures", glow.moved(x, y + k, z + 0.02), WARM)


def domes(parts: Parts, at: Lamps, ceiling: float) -> None:
    """Opal bowls at the ceiling."""
    bowl = lathe([[0.04, -0.1], [0.14, -0.075], [0.2, -0.02], [0.2, 0.0]], 24)
    for x, y, _ in at:
        parts.add("fixtures", bowl.moved(x, y, ceiling), WARM)
        parts.add("fixtures", torus(0.2, 0.014, 28, 8).moved(x, y, ceiling - 0.012), STEEL)


def desk_lamp(rng: np.random.Generator) -> Pieces:
    """A jointed lamp for tables, about the origin, leaning to -y."""
    base = lathe([[0.09, 0], [0.09, 0.015], [0.02, 0.025]], 18)
    arm = join(
        rod([0, 0, 0.02], [0, 0.1, 0.28], 0.009, 8),
        rod([0, 0.1, 0.28], [0, -0.1, 0.45], 0.009, 8),
        ball(0.018, 10, 8).moved(0, 0.1, 0.28),
    )
    hood = lathe([[0.075, 0], [0.07, 0.02], [0.03, 0.1], [0.02, 0.12]], 16).turned("x", -25).moved(0, -0.13, 0.36)
    glow = lathe([[0.06, -0.004], [0.055, 0.0]], 14).turned("x", -25).moved(0, -0.13, 0.36)
    paint = Surface(
        "metal",
        (pick(rng, ((0.4, 0.05, 0.03), (0.1, 0.2, 0.25), (0.5, 0.48, 0.42), (0.1, 0.1, 0.1))),),
        1,
        size_m=0.5,
        roughness=0.35,
    )
    turn = float(rng.uniform(-40, 40))
    return [(m.turned("z", turn), s) for m, s in ((join(base, arm, hood), paint), (glow, WARM))]


def floor_lamp(rng: np.random.Generator) -> Pieces:
    """A standing lamp with a cloth shade."""
    pole = join(lathe([[0.15, 0], [0.15, 0.015], [0.02, 0.03]], 20), rod([0, 0, 0.02], [0, 0, 1.5], 0.012, 8))
    cloth = Surface(
        "fabric",
        (pick(rng, ((0.6, 0.5, 0.34), (0.55, 0.3, 0.2), (0.4, 0.42, 0.3))),),
        1,
        size_m=0.4,
        emission=0.5,
        roughness=0.9,
    )
    shade = turned_sheet([[0.22, 1.32], [0.225, 1.32], [0.16, 1.6], [0.155, 1.6]])
    return [(pole, BRASS), (shade, cloth), (ball(0.045, 12, 8).moved(0, 0, 1.47), WARM)]
