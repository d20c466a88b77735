"""Market, car park and harbour."""

from __future__ import annotations

import numpy as np

from viewlock.generator.landscapes import QUAY_M, walls
from viewlock.generator.layouts import Params, number, stream

from ..meshes import Array
from ..surfaces import Model, Surface
from . import facades, horizon, undergrowth
from .outdoor import IRON_COVER, KERB, PAINT, SOIL, asphalt, covers, flat, houses, litter, paving
from .solids import Parts, block, quads, rod, sheet, slab
from .standing import stand

WATER = Surface("water", ((0.02, 0.05, 0.05), (0.05, 0.1, 0.09)), 2, size_m=5.0, bump=0.08, roughness=0.12, mottle=0.4)
QUAY_STONE = Surface(
    "pavers", ((0.3, 0.28, 0.25), (0.22, 0.2, 0.17)), 0, size_m=2.6, bump=0.02, roughness=0.9, mottle=0.5
)


def build_market(params: Params) -> list[tuple[str, Model]]:
    """A lane between the stalls of a weekly market on a square of houses."""
    parts, rng = Parts(), stream(params, 30)
    parts.add("ground", slab(-90, 90, -90, 90), paving(rng, 2.0))
    gutter = Surface("pavers", ((0.26, 0.25, 0.24), (0.2, 0.18, 0.16)), 1, size_m=1.2, roughness=0.8, mottle=0.4)
    parts.add("gutter", slab(-0.25, 0.25, -24, 24, 0.003, 4.0), gutter)
    covers(parts, rng, [(1.4, rng.uniform(-6, 6)), (-2.0, rng.uniform(-7, 7))])
    houses(parts, "market", params, 0.0, 0.75)
    stand(parts, "market", params)
    tones = ((0.2, 0.3, 0.08), (0.5, 0.45, 0.35), (0.4, 0.25, 0.1))
    undergrowth.fallen(parts, rng, 260, 11.0, undergrowth.wild, flat, (0.04, 0.1), tones)
    _bunting(parts, rng, number(params, "lane"))
    horizon.skyline(parts, rng, 60, 84)
    horizon.far_hills(parts, rng)
    return parts.models()


def _bunting(parts: Parts, rng: np.random.Generator, lane: float) -> None:
    """Strings of pennants across the lane, high up."""
    for y in np.arange(-9.0, 10, 4.5):
        t = np.linspace(-1, 1, 22)
        points = np.c_[t * (lane + 0.2), np.full(22, y), 3.55 - 0.5 * (1 - t**2)]
        parts.add("bunting", rod(points[0], points[-1], 0.004, 4), facades.IRON)
        for k, point in enumerate(points[1:-1]):
            flag = sheet(0.2, 0.26)
            flag = flag.turned("z", rng.uniform(-25, 25)).moved(point[0], point[1], 3.55 - 0.27 - 0.0 * point[2])
            parts.add("bunting", flag, facades.AWNINGS[k % 3])


def build_carpark(params: Params) -> list[tuple[str, Model]]:
    """Rows of parked cars before a store, with kerbed islands, lamps and trolleys."""
    parts, rng, aisle = Parts(), stream(params, 30), number(params, "aisle")
    parts.add("ground", slab(-90, 90, -90, 90), asphalt(rng))
    for s in (-1, 1):
        for x in (aisle + 2.6, aisle + 9.2, aisle + 20.4):
            for y in np.arange(-28.9, 29, 2.75):
                parts.add("markings", slab(s * x - 2.5, s * x + 2.5, y - 0.05, y + 0.05, 0.004), PAINT)
        island = s * (aisle + 5.9)
        parts.add("islands", block(1.5, 58, 0.13, island, 0, 0), KERB)
        parts.add("islands", slab(island - 0.62, island + 0.62, -28.8, 28.8, 0.134, 4.0), SOIL)

        def bed(x: Array, y: Array, island: float = island) -> Array:
            return (np.abs(x - island) < 0.55) & (np.abs(y) < 28)

        undergrowth.tufts(parts, rng, 9000, 30.0, bed, lambda x, y: flat(x, y) + 0.13, 0.22)
    _arrows(parts)
    tar = Surface("asphalt", ((0.075, 0.075, 0.08), (0.3, 0.3, 0.3)), 2, size_m=2.1, roughness=0.8, mottle=0.3)
    for k in range(6):
        x, y, wide, long = (
            rng.uniform(-aisle, aisle),
            rng.uniform(-14, 14),
            rng.uniform(0.5, 1.8),
            rng.uniform(0.8, 4.0),
        )
        # Each a little higher: where two lie in one plane neither gets any light.
        height = 0.0012 + 0.0003 * k
        parts.add("patches", slab(x - wide / 2, x + wide / 2, y - long / 2, y + long / 2, height), tar)
    covers(parts, rng, [(rng.uniform(-3, 3), rng.uniform(-6, 6))])
    for wall in walls("carpark", params):
        facades.house(parts, wall, stream(params, 100), 20.0, 0.0, 1.0)
    stand(parts, "carpark", params, lambda spot: 0.13 if abs(abs(spot.x) - aisle - 5.9) < 0.7 else 0.0)
    litter(parts, rng, 10.0)
    horizon.tree_line(parts, rng, flat, 66.0)
    horizon.skyline(parts, rng, 84, 89, 16)
    horizon.far_hills(parts, rng)
    return parts.models()


def _arrows(parts: Parts) -> None:
    """Arrows on the lane."""
    for y in (-12.0, -4.0, 4.0, 12.0):
        for s in (-1, 1):
            x, low = 1.7 * s, y - 0.9 * s
            parts.add("markings", slab(x - 0.08, x + 0.08, *sorted((low, low + 1.2 * s)), 0.004), PAINT)
            tip = [(x - 0.35 * s, low + 1.2 * s), (x + 0.35 * s, low + 1.2 * s), (x, low + 2.0 * s), (x, low + 2.0 * s)]
            corners = np.array([[(a, b, 0.004) for a, b in tip]])
            parts.add("markings", quads(corners, corners[..., :2]), PAINT)


def build_harbour(params: Params) -> list[tuple[str, Model]]:
    """A quay with bollards and nets before moored boats; warehouses behind, a town across the water."""
    parts, rng = Parts(), stream(params, 30)
    quay, across = number(params, "quay"), number(params, "across")
    parts.add("ground", slab(-90, 90, -90, quay - 0.4, 0.0, 20.0), paving(rng, 2.2))
    parts.add("coping", block(180, 0.8, 0.9, 0, quay - 0.0, -0.9 + 0.004), KERB)
    parts.add("quay_wall", sheet(180, 3.0).turned("z", 180).moved(0, quay + 0.36, -3.0), QUAY_STONE)
    for x in np.arange(-32, 33, 8.0):
        parts.add("ladders", block(0.06, 0.06, 2.6, x - 0.22, quay + 0.46, -2.5), facades.IRON)
        parts.add("ladders", block(0.06, 0.06, 2.6, x + 0.22, quay + 0.46, -2.5), facades.IRON)
        for z in np.arange(-2.4, 0, 0.3):
            parts.add("ladders", block(0.42, 0.04, 0.04, x, quay + 0.46, z), facades.IRON)
    for x in (-0.75, 0.75):
        parts.add("rails", slab(-60, 60, quay - 1.6 + x - 0.03, quay - 1.6 + x + 0.03, 0.003), IRON_COVER)
    horizon.sea(parts, rng, quay + 0.3, -QUAY_M, 0.35, WATER)
    parts.add("far_quay", block(240, 40, 2.0, 0, quay + across + 20, -QUAY_M - 0.6), QUAY_STONE)
    covers(parts, rng, [(rng.uniform(-5, 5), rng.uniform(-4, 2))])
    stand(parts, "harbour", params, lambda spot: 0.35 - QUAY_M + 1.15 if spot.kind == "townhouse" else 0.0, -QUAY_M)
    undergrowth.fallen(parts, rng, 60, 9.0, lambda x, y: y < quay - 0.5, flat, (0.03, 0.08))
    _weeds(parts, rng)
    _town_behind(parts, rng)
    horizon.far_hills(parts, rng, 150.0)
    return parts.models()


def _weeds(parts: Parts, rng: np.random.Generator) -> None:
    """Grass in the joints of the quay, along the sheds."""
    undergrowth.tufts(parts, rng, 1600, 22.0, lambda x, y: (y < -9.5) & (y > -13), flat, 0.14)


def _town_behind(parts: Parts, rng: np.random.Generator) -> None:
    """The skyline on the land side only."""
    before = Parts()
    horizon.skyline(before, rng, 60, 84, 40)
    for _, model in before.models():
        keep = model.mesh.vertices[model.mesh.faces][:, :, 1].max(axis=1) < -30
        for slot, surface in enumerate(model.surfaces):
            chosen = keep & (model.mesh.materials == slot)
            if chosen.any():
                mesh = model.mesh
                parts.add("skyline", horizon.chosen_faces(mesh, chosen), surface)
