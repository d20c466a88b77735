"""What one sees through the windows of rooms: gardens or streets with houses, trees and lit windows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewlock.generator.layouts import Params, Wall, number, stream

from ..surfaces import Surface
from . import town
from .clutter import boxes
from .facades import CHIMNEY, JOINERY, ROOFS, STONES
from .solids import Parts, along_wall, block, sheet, slab
from .trees import far_tree, tree
from .vehicles import car

GRASS = Surface("grass", ((0.11, 0.22, 0.05),), 1, size_m=2.0)
ROAD = Surface("asphalt", ((0.1, 0.1, 0.105), (0.4, 0.38, 0.35)), 1, size_m=2.5, roughness=0.85)
PAVING = Surface("pavers", ((0.36, 0.33, 0.29), (0.32, 0.22, 0.17)), 2, size_m=1.8, roughness=0.85)
FRONTS = tuple(Surface("facade", STONES[k % 6], k, size_m=3.0, roughness=0.85) for k in range(9))
"""Fronts painted with their windows: they are only seen through one."""

SIDES = tuple(Surface(("plaster", "brick")[k % 2], STONES[k][:2], k % 3, size_m=2.2, roughness=0.9) for k in range(6))
LIT = tuple(
    Surface("fabric", (tone,), 1, size_m=1.1, roughness=0.9, emission=strength)
    for tone, strength in (((0.75, 0.5, 0.22), 1.0), ((0.7, 0.62, 0.45), 0.7), ((0.8, 0.42, 0.14), 0.8))
)
"""Curtained windows with light behind them: faint by day, bright by night."""

GROUND_M = -0.25
"""How far the ground outside lies below the floor."""


def outside(parts: Parts, params: Params, upright: tuple[Wall, ...]) -> None:
    """A garden or a street on each side of a room that has windows."""
    w, d = number(params, "width") / 2, number(params, "depth") / 2
    rng = stream(params, 21)
    for x0, x1, y0, y1 in (
        (-70, 70, d + 0.3, 70),
        (-70, 70, -70, -d - 0.3),
        (w + 0.3, 70, -d - 0.3, d + 0.3),
        (-70, -w - 0.3, -d - 0.3, d + 0.3),
    ):
        parts.add("outside", slab(x0, x1, y0, y1, GROUND_M), GRASS)
    fronts = rng.choice(len(FRONTS), 3, replace=False)
    for wall in upright:
        if any(hole.kind == "window" for hole in wall.holes):
            _prospect(parts, wall, fronts, rng)


def _prospect(parts: Parts, wall: Wall, fronts: NDArray[np.int64], rng: np.random.Generator) -> None:
    """Pavement, road with cars, hedges, trees and a row of houses before one wall; local y counts away from it."""

    def add(mesh, surface: Surface, name: str = "outside") -> None:
        parts.add(name, along_wall(mesh.moved(z=GROUND_M), wall.turn, wall.x, wall.y), surface)

    town_side = rng.random() < 0.5
    near = 9.0 if town_side else 17.0
    if town_side:
        add(slab(-40, 40, near - 5.5, near - 0.2, 0.01), ROAD)
        add(slab(-40, 40, near - 7.5, near - 5.5, 0.02), PAVING)
        for x in rng.permutation(np.arange(-14.0, 15.0, 5.6))[:3]:
            for mesh, surface in car(rng, 1.0):
                add(mesh.moved(float(x), near - 4.4, 0.01), surface)
    else:
        for x in (-6.9, -3.45, 0.0, 3.45, 6.9):
            if rng.random() < 0.7:
                for mesh, surface in town.hedge_row(rng, 1.0, fronts[0] % 2):
                    add(mesh.moved(x, 5.2), surface)
    for x in (-5.0, 4.6):
        for mesh, surface in town.lamp_post(4.2):
            add(mesh.moved(x, near - 6.2), surface)
    _houses(add, near, fronts, rng)
    spots = ((-7.5, 0.55), (-2.0, 0.62), (3.5, 0.5), (8.5, 0.6))
    for k, (x, share) in enumerate(spots):
        at = (
            x + float(rng.uniform(-1.2, 1.2)),
            (near - 6.4) if town_side else share * near + float(rng.uniform(-1, 1)),
        )
        maker = tree if k % 2 else far_tree
        for mesh, surface in maker(rng, float(rng.uniform(4.5, 7.0)), fronts[0] % 2):
            add(mesh.moved(*at), surface)


def _houses(add, near: float, fronts: NDArray[np.int64], rng: np.random.Generator) -> None:
    """A closed row of house fronts with roofs, doors and some lit windows."""
    x = -33.0
    while x < 33.0:
        bays, storeys = int(rng.integers(2, 5)), int(rng.integers(2, 5))
        length, tall = 3.0 * bays, 3.0 * storeys + 0.4
        kind = int(rng.choice(fronts))
        middle, back = x + length / 2, near + 1.0 + float(rng.uniform(0, 1.5))
        add(sheet(length, tall).moved(middle, back), FRONTS[kind])
        for side in (-1, 1):
            add(
                sheet(8.0, tall).turned("z", 90 * side).moved(middle + side * length / 2, back + 4.0),
                SIDES[fronts[0] % 6],
            )
        roof = ROOFS[fronts[0] % 3]
        slope = sheet(length, 4.6).turned("x", -48).moved(middle, back - 0.3, tall - 0.1)
        add(slope, roof)
        add(
            block(length, 0.3, 0.25, middle, back - 0.14, tall - 0.2),
            Surface("plaster", ((0.6, 0.57, 0.5),), 1, size_m=1.3),
        )
        for k in range(bays):
            for level in range(storeys):
                if rng.random() < 0.34:
                    at = middle + (k - (bays - 1) / 2) * 3.0
                    pane = np.array(
                        [[at - 0.42, back - 0.02, 3.0 * level + 1.05], [at + 0.03, back - 0.02, 3.0 * level + 1.05]]
                    )
                    add(boxes(pane, np.full((2, 3), [0.39, 0.012, 1.05])), LIT[int(rng.integers(3))])
        add(block(1.0, 0.08, 2.1, middle - length / 2 + 1.5, back - 0.03, 0.05), JOINERY[kind % 5])
        add(block(0.6, 0.6, 1.4, middle + 0.3 * length, back + 2.0, tall + 1.2), CHIMNEY)
        x += length + (float(rng.uniform(1.5, 3.0)) if rng.random() < 0.3 else 0.0)
