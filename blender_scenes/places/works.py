"""Railway platform and building site."""

from __future__ import annotations

import numpy as np

from viewlock.generator.landscapes import PLATFORM_M, free_rectangle
from viewlock.generator.layouts import Params, number, stream

from ..surfaces import Model, Surface
from . import horizon, railside, undergrowth
from .outdoor import KERB, covers, flat, houses, litter, meadow, paving
from .solids import Parts, block, sheet, slab
from .standing import stand
from .undergrowth import outside

BALLAST = Surface("gravel", ((0.3, 0.26, 0.23),), 2, size_m=1.5, bump=0.03, roughness=0.95, mottle=0.4, turned=True)
TACTILE = Surface("checker", ((0.5, 0.38, 0.06), (0.42, 0.31, 0.05)), 1, size_m=0.4, roughness=0.8, mottle=0.3)
MUD = Surface(
    "soil", ((0.27, 0.2, 0.13), (0.36, 0.29, 0.2)), 2, size_m=2.7, bump=0.03, roughness=0.9, mottle=0.5, turned=True
)
PUDDLE = Surface("water", ((0.06, 0.05, 0.035), (0.1, 0.085, 0.06)), 1, size_m=3.0, roughness=0.06)


def build_railway(params: Params) -> list[tuple[str, Model]]:
    """A platform between tracks, with wires, shelters, perhaps trains, houses on one side and trees on the other."""
    parts, rng, edge, tracks = Parts(), stream(params, 30), number(params, "edge"), int(params["tracks"])
    bed = -PLATFORM_M - 0.26
    parts.add("ground", slab(-edge, edge, -90, 90), paving(rng, 1.6))
    for s in (-1, 1):
        parts.add("edges", slab(s * (edge - 0.75) - 0.2, s * (edge - 0.75) + 0.2, -90, 90, 0.005, 4.0), TACTILE)
        parts.add("edges", block(0.42, 180, 0.12, s * (edge - 0.1), 0, -0.114), KERB)
        wall = sheet(180, 1.4).turned("z", 90 * s).moved(s * (edge + 0.004), 0, -1.4)
        parts.add("edges", wall, Surface("brick", ((0.3, 0.17, 0.12),), 1, size_m=1.5, mottle=0.4))
    west = edge + 5.0 * tracks
    parts.add("ballast", slab(edge - 0.1, edge + 6.0, -90, 90, bed, 8.0), BALLAST)
    parts.add("ballast", slab(-west - 1.0, -edge + 0.1, -90, 90, bed, 8.0), BALLAST)
    railside.track(parts, edge + 2.4, bed)
    for k in range(tracks):
        railside.track(parts, -edge - 2.4 - 4.6 * k, bed)
    railside.stones(parts, edge + 0.1, edge + 5.8, bed, rng, 500)
    railside.stones(parts, -west, -edge - 0.1, bed, rng, 700)
    grass = meadow((0.12, 0.18, 0.05))
    parts.add("banks", railside.slope(edge + 6.0, bed, edge + 8.2, 0.0, 84.0), grass)
    parts.add("banks", slab(edge + 8.2, 132, -90, 90, 0.0, 12.0), grass)
    parts.add("banks", slab(-132, -west - 1.0, -90, 90, -0.02, 12.0), paving(rng, 2.2))
    parts.add(
        "banks",
        sheet(180, -bed).turned("z", 90).moved(-west - 1.0, 0, bed),
        Surface("concrete", ((0.4, 0.38, 0.34),), 1, size_m=2.0, mottle=0.4),
    )
    undergrowth.tufts(parts, rng, 3600, 32.0, lambda x, y: x > edge + 8.2, flat, 0.3)
    houses(parts, "railway", params, 0.0, 0.3)

    def foot(spot) -> float:
        if spot.kind == "train":
            return bed
        return bed if spot.kind == "mast" and spot.x > 0 else 0.0

    stand(parts, "railway", params, foot)
    covers(parts, rng, [(rng.uniform(-2, 2), y) for y in (-12.0, 4.0)])
    litter(parts, rng, 9.0)
    horizon.skyline(parts, rng, 74, 88)
    horizon.far_hills(parts, rng)
    return parts.models()


def build_construction(params: Params) -> list[tuple[str, Model]]:
    """A building site: a house in frame behind scaffolding, a crane, a digger, cabins and stacks of material."""
    parts, rng = Parts(), stream(params, 30)
    parts.add("ground", slab(-90, 90, -90, 90, 0.0, 15.0), MUD)
    free = outside(*free_rectangle("construction", params))
    angle = np.linspace(0, 2 * np.pi, 49)
    for k in range(7):
        x, y, z = *rng.uniform(-9, 9, 2), 0.0024 + 0.0002 * k  # in one plane two would shade each other
        wide, phases = rng.uniform(0.4, 1.3), rng.uniform(0, 6, 2)
        radius = wide * (1 + 0.25 * np.sin(2 * angle + phases[0]) + 0.12 * np.sin(5 * angle + phases[1]))
        rim = np.c_[x + 1.4 * radius * np.cos(angle), y + radius * np.sin(angle), np.full(49, z)]
        parts.add("puddles", horizon.strip(np.broadcast_to([x, y, z], (49, 3)), rim, False), PUDDLE)
    _tyre_marks(parts, rng)
    undergrowth.pebbles(parts, rng, 700, 14.0, undergrowth.wild, flat, (0.005, 0.013), (0.36, 0.32, 0.27))
    undergrowth.pebbles(parts, rng, 500, 18.0, free, flat, (0.03, 0.12), (0.36, 0.32, 0.27))
    undergrowth.tufts(parts, rng, 1600, 30.0, lambda x, y: np.hypot(x, y) > 15, flat, 0.24)
    stand(parts, "construction", params)
    horizon.skyline(parts, rng, 58, 84)
    horizon.far_hills(parts, rng)
    return parts.models()


def _tyre_marks(parts: Parts, rng: np.random.Generator) -> None:
    """Rows of lug prints."""
    dark = Surface("soil", ((0.26, 0.2, 0.14), (0.33, 0.26, 0.18)), 2, size_m=2.7, roughness=0.9, mottle=0.5)
    for k in range(3):
        x, lean = rng.uniform(-5, 5), rng.uniform(-0.25, 0.25)
        for y in np.arange(-10, 10, 0.21):
            for side in (0.0, 1.75):
                parts.add(
                    "marks",
                    block(0.34, 0.06, 0.004 + 0.0003 * k, x + side + lean * y + 0.15 * np.sin(y / 3), y, 0.0),
                    dark,
                )
