"""Street, plaza, courtyard, park and forest, and the ground that outdoor places share."""

from __future__ import annotations

import numpy as np

from viewlock.generator.landscapes import KERB_M, PARKING_M, flat_radius, free_rectangle, ground_height, walls
from viewlock.generator.layouts import Params, number, stream

from ..meshes import Array, lathe
from ..surfaces import Colour, Model, Surface
from . import facades, horizon, undergrowth
from .solids import Parts, block, slab, terrain
from .standing import stand
from .undergrowth import Height, outside

SOIL = Surface(
    "soil", ((0.17, 0.11, 0.07), (0.3, 0.17, 0.06)), 1, size_m=2.6, bump=0.02, roughness=0.95, mottle=0.4, turned=True
)
HUMUS = Surface(
    "soil",
    ((0.11, 0.078, 0.05), (0.17, 0.11, 0.055)),
    1,
    size_m=4.2,
    bump=0.006,
    roughness=0.95,
    mottle=0.4,
    turned=True,
)
GRAVEL = Surface("gravel", ((0.42, 0.36, 0.27),), 1, size_m=1.6, bump=0.01, roughness=0.95, mottle=0.3, turned=True)
PAINT = Surface("plaster", ((0.62, 0.61, 0.57), (0.3, 0.3, 0.3)), 1, size_m=0.7, mottle=0.3)
KERB = Surface("concrete", ((0.5, 0.48, 0.44),), 1, size_m=1.0, mottle=0.2)
IRON_COVER = Surface("checker", ((0.1, 0.1, 0.1), (0.16, 0.15, 0.14)), 1, size_m=0.5, roughness=0.5)


def lawn(tone: Colour = (0.1, 0.2, 0.045), size_m: float = 2.4) -> Surface:
    """Mown grass near by."""
    return Surface("lawn", (tone,), 1, size_m=size_m, bump=0.004, roughness=0.9, mottle=0.4, turned=True)


def meadow(tone: Colour = (0.1, 0.19, 0.045)) -> Surface:
    """Grassland further off."""
    return Surface("meadow", (tone,), 1, size_m=9.0, roughness=0.95, mottle=0.4, turned=True)


def asphalt(rng: np.random.Generator) -> Surface:
    tone = float(rng.uniform(0.08, 0.13))
    return Surface(
        "asphalt",
        ((round(tone, 2), round(tone, 2), round(1.05 * tone, 3)), (0.4, 0.38, 0.35)),
        int(rng.integers(3)),
        size_m=2.9,
        bump=0.004,
        roughness=0.85,
        mottle=0.45,
        turned=True,
    )


def paving(rng: np.random.Generator, size_m: float) -> Surface:
    tone = ((0.25, 0.235, 0.21), (0.28, 0.26, 0.23), (0.2, 0.19, 0.18), (0.29, 0.24, 0.2))[int(rng.integers(4))]
    return Surface(
        "pavers",
        (tone, (0.22, 0.17, 0.14)),
        int(rng.integers(4)),
        size_m=size_m,
        bump=0.006,
        roughness=0.85,
        mottle=0.45,
    )


def flat(x: Array, y: Array) -> Array:
    """Height of level ground."""
    return np.zeros(np.broadcast(x, y).shape)


def land(parts: Parts, kind: str, params: Params, near: Surface, far: Surface) -> Height:
    """Flat middle, rolling land about it, hills at the horizon; the height of the ground anywhere."""

    def height(x: Array, y: Array) -> Array:
        return ground_height(kind, params, x, y)

    start = flat_radius(kind)
    parts.add("ground", terrain([0.5 * start, start], 96, height, hub=True), near)
    parts.add("land", terrain(np.linspace(start, 30, 20), 96, height), near)
    parts.add("hills", terrain(np.concatenate([np.linspace(30, 60, 14), np.linspace(64, 132, 18)]), 96, height), far)
    return height


def houses(parts: Parts, kind: str, params: Params, base: float = 0.0, shops: float = 0.6, deep: float = 9.0) -> None:
    """A house behind every front."""
    for k, wall in enumerate(walls(kind, params)):
        facades.house(parts, wall, stream(params, 100 + k), deep, base, shops)


def litter(parts: Parts, rng: np.random.Generator, reach: float, count: int = 60) -> None:
    """A few leaves and stones that the wind left."""
    undergrowth.fallen(parts, rng, count, reach, undergrowth.wild, flat, (0.03, 0.07))


def covers(parts: Parts, rng: np.random.Generator, places: list[tuple[float, float]], z: float = 0.0) -> None:
    """Manhole covers in their rims."""
    for x, y in places:
        disc, rim = (lathe([[radius, z], [radius, z + tall]], 26) for radius, tall in ((0.3, 0.007), (0.36, 0.005)))
        parts.add("covers", disc.moved(x, y), IRON_COVER)
        parts.add("covers", rim.moved(x, y), KERB)


def build_street(params: Params) -> list[tuple[str, Model]]:
    """A street with parked cars between two rows of houses; it ends at further houses."""
    parts, rng, road = Parts(), stream(params, 30), number(params, "road")
    kerb = road + PARKING_M
    parts.add("road", slab(-kerb, kerb, -90, 90), asphalt(rng))
    stone = paving(rng, 1.9)
    parts.add("pavement_east", slab(kerb, 90, -90, 90, KERB_M), stone)
    parts.add("pavement_west", slab(-90, -kerb, -90, 90, KERB_M), stone)
    for side in (-1, 1):
        parts.add("kerbs", block(0.16, 180, KERB_M + 0.006, side * (kerb + 0.03), 0, 0), KERB)
        parts.add(
            "markings", slab(side * kerb - side * 0.36 - 0.12, side * kerb - side * 0.36 + 0.12, -90, 90, 0.003), KERB
        )
        for y in np.arange(-84, 84, 12.0):
            parts.add("covers", block(0.3, 0.5, 0.006, side * (kerb - 0.36), y, 0), IRON_COVER)
    _markings(parts, road, rng)
    covers(parts, rng, [(rng.uniform(-2, 2), y) for y in (-19.0, -4.0, 6.5, 23.0)])
    houses(parts, "street", params, KERB_M, 0.7)
    _pits(parts, kerb, params)
    stand(parts, "street", params, lambda spot: KERB_M if abs(spot.x) > kerb else 0.0)
    litter(parts, rng, 9.0)
    horizon.skyline(parts, rng, 62, 84)
    horizon.far_hills(parts, rng)
    return parts.models()


def _markings(parts: Parts, road: float, rng: np.random.Generator) -> None:
    """Middle line, parking bays, a crossing, mended trenches."""
    for y in np.arange(-88, 88, 5.0):
        parts.add("markings", slab(-0.07, 0.07, y, y + 2.4, 0.004), PAINT)
        for side in (-1, 1):
            x = side * (road + 1.0)
            parts.add("markings", slab(x - 0.95, x + 0.95, y + 1.2, y + 1.3, 0.004), PAINT)
    for x in np.arange(-road + 0.4, road - 0.4, 0.95):
        parts.add("markings", slab(x, x + 0.45, 5.0, 8.0, 0.0045), PAINT)
    tar = Surface("asphalt", ((0.075, 0.075, 0.08), (0.3, 0.3, 0.3)), 2, size_m=2.1, roughness=0.8, mottle=0.3)
    for k in range(4):
        x, y, wide, long = rng.uniform(-2.5, 2.5), rng.uniform(-20, 20), rng.uniform(0.5, 1.4), rng.uniform(1.0, 5.0)
        # Each a little higher: where two lie in one plane neither gets any light.
        height = 0.0012 + 0.0003 * k
        parts.add("patches", slab(x - wide / 2, x + wide / 2, y - long / 2, y + long / 2, height), tar)


def _pits(parts: Parts, kerb: float, params: Params) -> None:
    """Soil about the street's trees."""
    reach = number(params, "reach")
    for side in (-1, 1):
        for y in np.arange(-reach + 6, reach - 4, 11.0) + 3 * side + 5.0:
            x = side * (kerb + 0.95)
            parts.add("pits", slab(x - 0.5, x + 0.5, y - 0.5, y + 0.5, KERB_M + 0.004), SOIL)
            parts.add("kerbs", block(1.12, 1.12, 0.003, x, y, KERB_M), KERB)


def build_plaza(params: Params) -> list[tuple[str, Model]]:
    """A paved square with a fountain and a statue between houses."""
    parts, rng = Parts(), stream(params, 30)
    parts.add("ground", slab(-90, 90, -90, 90), paving(rng, 2.3))
    inlay = Surface(
        "tiles", ((0.4, 0.36, 0.3), (0.22, 0.12, 0.09)), int(rng.integers(4)), size_m=2.0, roughness=0.6, mottle=0.4
    )
    for x in (-7.4, 7.4):
        parts.add("inlay", slab(x - 0.5, x + 0.5, -12, 12, 0.004), inlay)
    for y in (-7.4, 7.4):
        parts.add("inlay", slab(-6.9, 6.9, y - 0.5, y + 0.5, 0.004), inlay)
    covers(parts, rng, [(rng.uniform(-5, 5), rng.uniform(-5, 5)), (rng.uniform(-5, 5), 8.5)])
    houses(parts, "plaza", params)
    stand(parts, "plaza", params)
    litter(parts, rng, 9.0)
    horizon.skyline(parts, rng, 60, 84)
    horizon.far_hills(parts, rng)
    return parts.models()


def build_courtyard(params: Params) -> list[tuple[str, Model]]:
    """A garden court between tall backs of houses."""
    parts, rng, radius = Parts(), stream(params, 30), number(params, "radius")
    parts.add("ground", slab(-40, 40, -40, 40), paving(rng, 1.9))
    grass = lawn((0.09, 0.19, 0.05))
    for side in (-1, 1):
        x0, x1 = sorted((side * 7.4, side * (radius - 0.5)))
        parts.add("beds", slab(x0, x1, -radius + 1.2, radius - 1.2, 0.006, 4.0), grass)
        parts.add("beds", block(0.12, 2 * radius - 2.4, 0.09, side * 7.4, 0, 0), KERB)

        def bed(x: Array, y: Array, x0: float = x0, x1: float = x1) -> Array:
            return (x > x0 + 0.1) & (x < x1) & (np.abs(y) < radius - 1.3)

        undergrowth.tufts(parts, rng, 2400, radius + 3, bed, flat, 0.12)
        undergrowth.flowers(parts, rng, 300, radius + 3, bed, flat)
    covers(parts, rng, [(rng.uniform(-4, 4), rng.uniform(-4, 4))])
    houses(parts, "courtyard", params, 0.0, 0.0, 8.0)
    stand(parts, "courtyard", params)
    litter(parts, rng, 8.0, 120)
    horizon.skyline(parts, rng, 46, 74)
    horizon.far_hills(parts, rng)
    return parts.models()


def build_park(params: Params) -> list[tuple[str, Model]]:
    """Lawns with trees, a gravel path, benches, hedges, a fence and wooded hills."""
    parts, rng = Parts(), stream(params, 30)
    tone = ((0.1, 0.2, 0.045), (0.12, 0.2, 0.05), (0.085, 0.18, 0.045))[int(rng.integers(3))]
    height = land(parts, "park", params, lawn(tone), meadow(tone))
    for x in (-8.1, 8.1):
        parts.add("paths", slab(x - 0.75, x + 0.75, -9.5, 9.5, 0.004, 2.0), GRAVEL)
    free = outside(*free_rectangle("park", params))

    def grassy(x: Array, y: Array) -> Array:
        return free(x, y) & ~((np.abs(np.abs(x) - 8.1) < 0.8) & (np.abs(y) < 9.5))

    undergrowth.tufts(parts, rng, 4200, 26.0, grassy, height, 0.13, (tone, (0.14, 0.22, 0.05), (0.24, 0.24, 0.08)))
    undergrowth.lying_blades(parts, rng, 6000, 10.0, undergrowth.wild, (tone, (0.16, 0.27, 0.07), (0.3, 0.27, 0.1)))
    undergrowth.tufts(parts, rng, 2400, 11.5, grassy, height, 0.06, (tone, (0.14, 0.22, 0.05)))
    undergrowth.flowers(parts, rng, 500, 22.0, grassy, height)
    undergrowth.fallen(parts, rng, 500, 20.0, undergrowth.wild, height, (0.04, 0.09))
    stand(parts, "park", params)
    horizon.tree_line(parts, rng, height)
    horizon.far_hills(parts, rng, 125.0)
    return parts.models()


def build_forest(params: Params) -> list[tuple[str, Model]]:
    """A clearing among tall trunks, with ferns, rocks, stumps, fallen logs and wooded hills."""
    parts, rng = Parts(), stream(params, 30)
    height = land(
        parts,
        "forest",
        params,
        HUMUS,
        Surface("canopy", ((0.045, 0.07, 0.025),), 1, size_m=4.0, mottle=0.4, turned=True),
    )
    free = outside(*free_rectangle("forest", params))
    undergrowth.fallen(parts, rng, 6000, 16.0, undergrowth.wild, height, (0.07, 0.16))
    undergrowth.tufts(parts, rng, 2600, 22.0, free, height, 0.22)
    undergrowth.pebbles(parts, rng, 240, 17.0, free, height)
    _twigs(parts, rng)
    stand(parts, "forest", params)
    horizon.far_hills(parts, rng, 125.0)
    horizon.tree_line(parts, rng, height, 54.0, 80)
    return parts.models()


def _twigs(parts: Parts, rng: np.random.Generator) -> None:
    """Dead sticks on the forest floor, thin enough to walk over."""
    for _ in range(60):
        length, turn = rng.uniform(0.15, 0.6), rng.uniform(0, 360)
        stick = block(length, 0.012, 0.008, 0, 0, 0.001).turned("z", turn)
        parts.add("twigs", stick.moved(*rng.uniform(-8, 8, 2)), Surface("bark", ((0.15, 0.1, 0.07),), 1, size_m=0.3))
