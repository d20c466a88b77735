"""Street, plaza, park and forest."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from viewlock.generator.layouts import Params, Spot, flat_radius, ground_height, number, spots, stream, walls

from ..meshes import Array
from ..surfaces import Model, Surface
from . import town, trees
from .solids import Parts, block, cards, slab, terrain
from .trees import Pieces

GRASS = Surface("grass", ((0.11, 0.21, 0.05),), 1, size_m=2.2, roughness=0.9)
WOODLAND = Surface("hedge", ((0.1, 0.18, 0.05),), 1, size_m=9.0, roughness=0.9)
SOIL = Surface("soil", ((0.17, 0.11, 0.07), (0.3, 0.17, 0.06)), 1, size_m=2.0, bump=0.02, roughness=0.95)

_MAKERS: dict[str, Callable[[np.random.Generator, Spot], Pieces]] = {
    "tree": lambda rng, s: trees.tree(rng, s.size, s.seed),
    "far_tree": lambda rng, s: trees.far_tree(rng, s.size, s.seed),
    "trunk": lambda rng, s: trees.tall_trunk(rng, s.size, s.seed % 3),
    "bush": lambda rng, s: trees.bush(rng, s.size, s.seed),
    "fern": lambda rng, s: trees.fern(rng, s.size, s.seed % 3),
    "rock": lambda rng, s: trees.rock(rng, s.size, s.seed),
    "log": lambda rng, s: trees.log(rng, s.size, s.seed),
    "car": lambda rng, s: town.car(rng, s.size),
    "lamp": lambda rng, s: town.lamp_post(s.size),
    "bench": lambda rng, s: town.bench(s.size),
    "fountain": lambda rng, s: town.fountain(rng, s.size),
    "statue": lambda rng, s: town.statue(rng, s.size),
    "hedge": lambda rng, s: town.hedge_row(rng, s.size, s.seed % 3),
    "planter": lambda rng, s: town.planter(rng, s.size, s.seed),
    "bin": lambda rng, s: town.litter_bin(s.size),
    "board": lambda rng, s: town.board(rng, s.size),
    "fence": lambda rng, s: town.fence(s.size),
}


def _stand(parts: Parts, kind: str, params: Params) -> None:
    """Put up everything that stands about, one part a sort."""
    for spot in spots(kind, params):
        base = float(ground_height(kind, params, np.array(spot.x), np.array(spot.y)))
        for mesh, surface in _MAKERS[spot.kind](np.random.default_rng(spot.seed), spot):
            parts.add(f"{spot.kind}s", mesh.turned("z", spot.turn).moved(spot.x, spot.y, base), surface)


def _skyline(parts: Parts, rng: np.random.Generator, near: float, far: float) -> None:
    """Tall houses all around in the distance."""
    for angle in np.linspace(0, 2 * np.pi, 27)[:-1]:
        radius, width, tall = rng.uniform(near, far), 3.0 * rng.integers(4, 8), 3.0 * rng.integers(6, 13)
        surface = town.FRONTS[int(rng.integers(len(town.FRONTS)))]
        x, y = radius * np.cos(angle), radius * np.sin(angle)
        tower = block(width, width, tall, 0, 0, 0).turned("z", float(np.degrees(angle)) + 90)
        parts.add("skyline", tower.moved(x, y), surface)


def _houses(parts: Parts, kind: str, params: Params) -> None:
    for k, wall in enumerate(walls(kind, params)):
        rng = stream(params, 100 + k)
        town.house(parts, wall, rng)
        town.ground_floor(parts, wall, rng)


def build_street(params: Params) -> list[tuple[str, Model]]:
    """A street between two rows of houses that ends at further houses."""
    parts, rng, road = Parts(), stream(params, 30), number(params, "road")
    asphalt = Surface(
        "asphalt", ((0.1, 0.1, 0.105), (0.4, 0.38, 0.35)), int(rng.integers(3)), size_m=2.5, roughness=0.85
    )
    stone = Surface(
        "pavers", ((0.36, 0.33, 0.29), (0.32, 0.22, 0.17)), int(rng.integers(4)), size_m=1.8, roughness=0.85
    )
    parts.add("road", slab(-road, road, -90, 90), asphalt)
    parts.add("pavement_east", slab(road, 90, -90, 90), stone)
    parts.add("pavement_west", slab(-90, -road, -90, 90), stone)
    kerb = Surface("concrete", ((0.5, 0.48, 0.44),), 1, size_m=1.0)
    paint = Surface("plaster", ((0.65, 0.64, 0.6), (0.3, 0.3, 0.3)), 1, size_m=0.7)
    for side in (-1, 1):
        parts.add("markings", slab(side * road - 0.09, side * road + 0.09, -90, 90, 0.004), kerb)
    for y in np.arange(-88, 88, 5.0):
        parts.add("markings", slab(-0.07, 0.07, y, y + 2.4, 0.004), paint)
    for x in np.arange(-road + 0.4, road - 0.4, 0.95):
        parts.add("markings", slab(x, x + 0.45, 5.0, 8.0, 0.0045), paint)
    _houses(parts, "street", params)
    _stand(parts, "street", params)
    _skyline(parts, rng, 62, 84)
    return parts.models()


def build_plaza(params: Params) -> list[tuple[str, Model]]:
    """A paved square with a fountain and a statue between houses."""
    parts, rng = Parts(), stream(params, 30)
    stone = Surface("pavers", ((0.38, 0.34, 0.28), (0.28, 0.2, 0.17)), int(rng.integers(4)), size_m=2.4, roughness=0.8)
    parts.add("ground", slab(-90, 90, -90, 90), stone)
    inlay = Surface("tiles", ((0.4, 0.36, 0.3), (0.22, 0.12, 0.09)), int(rng.integers(4)), size_m=2.0, roughness=0.6)
    for x in (-7.4, 7.4):
        parts.add("inlay", slab(x - 0.5, x + 0.5, -12, 12, 0.004), inlay)
    _houses(parts, "plaza", params)
    _stand(parts, "plaza", params)
    _skyline(parts, rng, 60, 84)
    return parts.models()


def _land(parts: Parts, kind: str, params: Params, near: Surface, far: Surface) -> None:
    """Flat middle, rolling land about it, hills at the horizon."""

    def height(x: Array, y: Array) -> Array:
        return ground_height(kind, params, x, y)

    start = flat_radius(kind)
    parts.add("ground", terrain([0.5 * start, start], 96, height, hub=True), near)
    parts.add("land", terrain(np.linspace(start, 50, 34), 96, height), near)
    parts.add("hills", terrain(np.linspace(50, 130, 24), 96, height), far)


def build_park(params: Params) -> list[tuple[str, Model]]:
    """Lawns with trees, a gravel path, benches, hedges, a fence and wooded hills."""
    parts = Parts()
    _land(parts, "park", params, GRASS, WOODLAND)
    gravel = Surface("gravel", ((0.42, 0.36, 0.27),), 1, size_m=1.6, roughness=0.95)
    for x in (-7.9, 7.9):
        parts.add("paths", slab(x - 0.75, x + 0.75, -9.5, 9.5, 0.004, 2.0), gravel)
    _stand(parts, "park", params)
    _tree_line(parts, "park", params)
    return parts.models()


def _tree_line(parts: Parts, kind: str, params: Params) -> None:
    """Closed woodland edge in the distance."""
    rng = stream(params, 31)
    for k, angle in enumerate(np.linspace(0, 2 * np.pi, 49)[:-1]):
        radius = rng.uniform(62, 74)
        x, y = radius * np.cos(angle), radius * np.sin(angle)
        base = float(ground_height(kind, params, np.array(x), np.array(y)))
        for mesh, surface in trees.far_tree(rng, rng.uniform(9, 14), k + int(rng.integers(3))):
            parts.add("tree_line", mesh.moved(x, y, base), surface)


def build_forest(params: Params) -> list[tuple[str, Model]]:
    """A clearing among tall trunks, with ferns, rocks, fallen logs and wooded hills."""
    parts, rng = Parts(), stream(params, 30)
    _land(parts, "forest", params, SOIL, WOODLAND)
    _litter(parts, rng)
    _stand(parts, "forest", params)
    _tree_line(parts, "forest", params)
    return parts.models()


def _litter(parts: Parts, rng: np.random.Generator) -> None:
    """Fallen leaves that lie flat on the ground, thin enough to walk over."""
    for kind, tone in enumerate(((0.34, 0.17, 0.05), (0.3, 0.24, 0.08), (0.2, 0.1, 0.05))):
        at = np.c_[rng.uniform(-9.5, 9.5, (70, 2)), rng.uniform(0.002, 0.0045, 70)]
        at = at[np.hypot(at[:, 0], at[:, 1]) < 10]
        up = np.broadcast_to([0.0, 0.0, 1.0], at.shape)
        sizes, turns = rng.uniform(0.5, 1.1, len(at)), rng.uniform(0, 6.28, len(at))
        leaves = Surface("leaves", (tone, (0.42, 0.28, 0.07)), kind, alpha=True, roughness=0.8)
        parts.add("litter", cards(at, up, sizes, turns), leaves)
