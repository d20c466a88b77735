"""Puts up what `generator.furnishing` says stands about."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from viewlock.generator.furnishing import spots
from viewlock.generator.landscapes import ground_height
from viewlock.generator.layouts import Params, Spot

from . import boats, playthings, railside, sheds, sitework, sportsground, town, trees, undergrowth, vehicles
from .solids import Parts, repeated
from .trees import Pieces

Rng = np.random.Generator

_SHAPES: dict[str, tuple[int, float, Callable[[Rng, float, int], Pieces]]] = {
    "tree": (4, 6.5, trees.tree),
    "street_tree": (3, 5.8, lambda rng, size, kind: trees.tree(rng, size, kind, 0.36, 0.25)),
    "far_tree": (7, 8.0, trees.far_tree),
    "trunk": (7, 11.0, trees.tall_trunk),
    "far_trunk": (4, 11.0, trees.far_trunk),
    "bush": (4, 1.0, trees.bush),
    "fern": (5, 1.0, undergrowth.fern),
    "rock": (5, 0.6, undergrowth.rock),
    "stump": (2, 1.0, trees.stump),
    "log": (2, 1.0, trees.log),
    "bollard": (1, 1.0, lambda rng, size, kind: boats.bollard(size)),
    "field_fence": (2, 1.0, lambda rng, size, kind: town.field_fence(size)),
    "mesh_fence": (1, 1.0, lambda rng, size, kind: town.mesh_fence(size)),
    "track_fence": (1, 1.0, lambda rng, size, kind: town.mesh_fence(size, 1.7)),
    "site_fence": (1, 1.0, lambda rng, size, kind: sitework.site_fence(rng, size)),
    "fence": (2, 1.0, lambda rng, size, kind: town.fence(size)),
    "hoarding": (5, 1.0, sportsground.hoarding),
    "car": (13, 1.0, lambda rng, size, kind: vehicles.car(rng, size)),
    "van": (3, 1.0, lambda rng, size, kind: vehicles.van(rng, size)),
    "stall": (5, 1.0, lambda rng, size, kind: town.awning_stall(rng, size)),
    "crates": (4, 1.0, lambda rng, size, kind: town.crates(rng, size)),
}
"""Things of which a place has many: how many shapes there are, their size, and their maker. Other sizes are scaled."""

_MAKERS: dict[str, Callable[[Rng, Spot], Pieces]] = {
    "lamp": lambda rng, s: town.lamp_post(s.size),
    "truck": lambda rng, s: vehicles.truck(rng, s.size),
    "tractor": lambda rng, s: vehicles.tractor(rng, s.size),
    "bench": lambda rng, s: town.bench(s.size),
    "fountain": lambda rng, s: town.fountain(rng, s.size),
    "statue": lambda rng, s: town.statue(rng, s.size),
    "hedge": lambda rng, s: town.hedge_row(rng, s.size, s.seed % 3),
    "planter": lambda rng, s: town.planter(rng, s.size, s.seed),
    "bin": lambda rng, s: town.litter_bin(s.size),
    "board": lambda rng, s: town.board(rng, s.size),
    "sign_post": lambda rng, s: town.sign_post(rng, s.size),
    "bicycle_rack": lambda rng, s: town.bicycle_rack(rng, s.size),
    "parasol": lambda rng, s: town.parasol(rng, s.size),
    "trolleys": lambda rng, s: sheds.trolleys(rng, s.size),
    "clothes_line": lambda rng, s: sheds.clothes_line(rng, s.size),
    "beach_hut": lambda rng, s: sheds.beach_hut(rng, s.size),
    "lounger": lambda rng, s: sheds.lounger(rng, s.size),
    "lifeguard": lambda rng, s: sheds.lifeguard(rng, s.size),
    "barn": lambda rng, s: sheds.barn(rng, s.size),
    "farmhouse": lambda rng, s: sheds.cottage(rng, s.size),
    "townhouse": lambda rng, s: sheds.townhouse(rng, s.size),
    "warehouse": lambda rng, s: sheds.warehouse(rng, s.size),
    "bale": lambda rng, s: sheds.bale(rng, s.size),
    "trailer": lambda rng, s: sheds.trailer(rng, s.size),
    "pole": lambda rng, s: sheds.wire_pole(rng, s.size),
    "groyne": lambda rng, s: boats.groyne(rng, s.size),
    "driftwood": lambda rng, s: boats.driftwood(rng, s.size),
    "boat": lambda rng, s: boats.rowing_boat(rng, s.size),
    "yacht": lambda rng, s: boats.yacht(rng, s.size),
    "trawler": lambda rng, s: boats.trawler(rng, s.size),
    "nets": lambda rng, s: boats.nets(rng, s.size),
    "container": lambda rng, s: sitework.container(rng, s.size),
    "harbour_crane": lambda rng, s: sitework.harbour_crane(rng, s.size),
    "stand": lambda rng, s: sportsground.stand(rng, s.size),
    "goal": lambda rng, s: sportsground.goal(s.size),
    "floodlight": lambda rng, s: sportsground.floodlight(s.size),
    "corner_flag": lambda rng, s: sportsground.corner_flag(s.size),
    "dugout": lambda rng, s: sportsground.dugout(rng, s.size),
    "scoreboard": lambda rng, s: sportsground.scoreboard(rng, s.size),
    "swing": lambda rng, s: playthings.swing(rng, s.size),
    "slide": lambda rng, s: playthings.slide(rng, s.size),
    "climber": lambda rng, s: playthings.climber(rng, s.size),
    "seesaw": lambda rng, s: playthings.seesaw(rng, s.size),
    "carousel": lambda rng, s: playthings.carousel(rng, s.size),
    "spring_horse": lambda rng, s: playthings.spring_horse(rng, s.size),
    "sandpit": lambda rng, s: playthings.sandpit(rng, s.size),
    "hut": lambda rng, s: playthings.hut(rng, s.size),
    "shelter": lambda rng, s: railside.shelter(rng, s.size),
    "station_sign": lambda rng, s: railside.station_sign(rng, s.size),
    "mast": lambda rng, s: railside.mast(s.size),
    "train": lambda rng, s: railside.train(rng, s.size),
    "skeleton": lambda rng, s: sitework.skeleton(rng, s.size),
    "crane": lambda rng, s: sitework.tower_crane(rng, s.size),
    "excavator": lambda rng, s: sitework.excavator(rng, s.size),
    "cabin": lambda rng, s: sitework.cabin(rng, s.size),
    "toilet": lambda rng, s: sitework.toilet(rng, s.size),
    "mixer": lambda rng, s: sitework.mixer(rng, s.size),
    "bricks": lambda rng, s: sitework.bricks(rng, s.size),
    "pipes": lambda rng, s: sitework.pipes(rng, s.size),
    "timber": lambda rng, s: sitework.timber(rng, s.size),
    "heap": lambda rng, s: sitework.heap(rng, s.size),
    "barrier": lambda rng, s: sitework.barrier(rng, s.size),
}

_GROWN = ("tree", "street_tree", "far_tree", "trunk", "far_trunk", "bush", "fern", "rock")
"""What may be turned anyhow; the seed turns it."""

_AFLOAT = {"yacht", "trawler"}


def stand(
    parts: Parts, kind: str, params: Params, base: Callable[[Spot], float] | None = None, water: float = 0.0
) -> None:
    """Put up everything that stands about, one part a sort.

    Args:
        base: height on which a thing stands; the ground where it is left out.
        water: height of the water that boats float on.
    """
    many: dict[tuple[str, int], list[Spot]] = {}
    for spot in spots(kind, params):
        if spot.kind in _SHAPES:
            many.setdefault((spot.kind, spot.seed % _SHAPES[spot.kind][0]), []).append(spot)
            continue
        z = water if spot.kind in _AFLOAT else _foot(kind, params, spot, base)
        for mesh, surface in _MAKERS[spot.kind](np.random.default_rng(spot.seed), spot):
            parts.add(f"{spot.kind}s", mesh.turned("z", spot.turn).moved(spot.x, spot.y, z), surface)
    for (name, variant), found in many.items():
        _, size, maker = _SHAPES[name]
        at = np.array([(s.x, s.y, _foot(kind, params, s, base)) for s in found])
        turns = np.radians([s.seed % 360 if name in _GROWN else s.turn for s in found])
        scales = np.array([s.size for s in found]) / size
        seed = int(params["seed"]) % 1000
        for mesh, surface in maker(np.random.default_rng([seed, variant]), size, seed + variant):
            parts.add(f"{name}s", repeated(mesh, at, turns, scales), surface)


def _foot(kind: str, params: Params, spot: Spot, base: Callable[[Spot], float] | None) -> float:
    if base is not None:
        return base(spot)
    return float(ground_height(kind, params, np.array(spot.x), np.array(spot.y)))
