"""Sports ground and playground."""

from __future__ import annotations

import numpy as np

from viewlock.generator.landscapes import free_rectangle
from viewlock.generator.layouts import Params, number, stream

from ..meshes import Array
from ..surfaces import Model, Surface
from . import horizon, undergrowth
from .outdoor import KERB, PAINT, flat, houses, land, lawn, meadow
from .solids import Parts, block, slab
from .standing import stand
from .undergrowth import outside

TARTAN = Surface(
    "asphalt",
    ((0.3, 0.085, 0.06), (0.42, 0.16, 0.12)),
    1,
    size_m=1.4,
    bump=0.003,
    roughness=0.9,
    mottle=0.35,
    turned=True,
)
GROUNDS = {
    "sand": Surface("sand", ((0.48, 0.37, 0.23),), 1, size_m=2.3, bump=0.02, roughness=0.95, mottle=0.35, turned=True),
    "rubber": Surface(
        "asphalt", ((0.26, 0.1, 0.07), (0.35, 0.2, 0.15)), 2, size_m=1.3, roughness=0.9, mottle=0.4, turned=True
    ),
    "chips": Surface(
        "soil",
        ((0.26, 0.16, 0.09), (0.42, 0.29, 0.15)),
        1,
        size_m=1.3,
        bump=0.02,
        roughness=0.95,
        mottle=0.35,
        turned=True,
    ),
}


def build_sports(params: Params) -> list[tuple[str, Model]]:
    """A football pitch with goals, a running track, stands, hoardings and floodlights."""
    parts, rng, stand_at = Parts(), stream(params, 30), number(params, "stand")
    tones = ((0.1, 0.2, 0.045), (0.085, 0.175, 0.04))
    parts.add("ground", slab(-90, 90, -90, 90, 0.0, 6.0), lawn(tones[0], 2.2))
    for k, y in enumerate(np.arange(-16.5, 16.4, 3.0)):
        if k % 2:
            parts.add("stripes", slab(-11.4, 11.4, y, y + 3.0, 0.002, 3.0), lawn(tones[1], 2.2))
    _lines(parts)
    track = (stand_at - 3.4, stand_at + 1.0)
    for side in (-1, 1):
        x0, x1 = sorted((side * track[0], side * track[1]))
        parts.add("track", slab(x0, x1, -22.5, 22.5, 0.005, 4.0), TARTAN)
        for x in np.linspace(track[0], track[1], 5):
            parts.add("track", slab(side * x - 0.03, side * x + 0.03, -22.5, 22.5, 0.009), PAINT)
        parts.add("track", block(0.1, 45, 0.07, side * track[0], 0, 0), KERB)
    for y in (-20.5, 20.5):
        parts.add("track", slab(-track[0], track[0], y - 2, y + 2, 0.005, 4.0), TARTAN)
    free = outside(*free_rectangle("sports", params))

    def grassy(x: Array, y: Array) -> Array:
        return (
            free(x, y) & (np.abs(x) < track[0] - 0.2) & (np.abs(y) < 18.2) & ~((np.abs(x) < 11.2) & (np.abs(y) < 14.2))
        )

    undergrowth.tufts(parts, rng, 3000, 24.0, grassy, flat, 0.07)
    undergrowth.tufts(parts, rng, 3400, 34.0, lambda x, y: (np.abs(y) > 22.8) | (np.abs(x) > stand_at + 11), flat, 0.2)
    undergrowth.lying_blades(
        parts, rng, 6000, 11.0, undergrowth.wild, (tones[0], (0.15, 0.26, 0.07), (0.26, 0.25, 0.1))
    )
    undergrowth.fallen(parts, rng, 120, 14.0, undergrowth.wild, flat, (0.03, 0.07))
    stand(parts, "sports", params)
    horizon.tree_line(parts, rng, flat, 58.0)
    horizon.skyline(parts, rng, 82, 88, 16)
    horizon.far_hills(parts, rng)
    return parts.models()


def _lines(parts: Parts) -> None:
    """The pitch's lines, its goals at y = -14 and 14."""
    z, w = 0.0045, 0.06
    for x in (-11.0, 11.0):
        parts.add("lines", slab(x - w, x + w, -14, 14, z, 2.0), PAINT)
    for y in (-14.0, 0.0, 14.0):
        parts.add("lines", slab(-11, 11, y - w, y + w, z, 2.0), PAINT)
    for s in (-1, 1):
        parts.add("lines", slab(-7.2, 7.2, s * 9.3 - w, s * 9.3 + w, z), PAINT)
        for x in (-7.2, 7.2):
            parts.add("lines", slab(x - w, x + w, *sorted((s * 9.3, s * 14.0)), z), PAINT)
    angle = np.linspace(0, 2 * np.pi, 73)
    ring = np.c_[np.cos(angle), np.sin(angle)]
    inner, outer = (np.c_[r * ring, np.full(73, z)] for r in (4.5 - w, 4.5 + w))
    parts.add("lines", horizon.strip(inner, outer, False), PAINT)


def build_playground(params: Params) -> list[tuple[str, Model]]:
    """A fenced playground among lawns, trees and flats."""
    parts, rng = Parts(), stream(params, 30)
    ground = GROUNDS[str(params["ground"])]
    grass = lawn((0.1, 0.19, 0.05))
    height = land(parts, "playground", params, ground, meadow())
    free = outside(*free_rectangle("playground", params))
    for k in range(4):
        angle = np.linspace(0, 2 * np.pi, 49)
        x, y = ((10.4, 10.2), (-10.6, 10.0), (-10.2, -10.4), (10.3, -10.5))[k]
        radius = 2.5 + 0.3 * np.sin(3 * angle + k)
        middle = np.broadcast_to([x, y, 0.008], (49, 3))
        parts.add(
            "lawns",
            horizon.strip(
                middle, np.c_[x + radius * np.cos(angle), y + radius * np.sin(angle), np.full(49, 0.008)], False
            ),
            grass,
        )
    undergrowth.tufts(parts, rng, 4200, 30.0, lambda x, y: np.hypot(x, y) > 16.2, height, 0.16)
    undergrowth.flowers(parts, rng, 400, 26.0, lambda x, y: np.hypot(x, y) > 17, height)
    undergrowth.fallen(parts, rng, 260, 14.0, undergrowth.wild, height, (0.04, 0.08))
    undergrowth.pebbles(parts, rng, 240, 14.0, free, height, (0.01, 0.03))
    houses(parts, "playground", params, 0.0, 0.15)
    stand(parts, "playground", params)
    horizon.tree_line(parts, rng, height, 62.0)
    horizon.far_hills(parts, rng, 125.0)
    return parts.models()
