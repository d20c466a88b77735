"""Beach and farm."""

from __future__ import annotations

import itertools

import numpy as np

from viewlock.generator.landscapes import SEA_M, flat_radius, free_rectangle, ground_height
from viewlock.generator.layouts import Params, number, stream

from ..meshes import Array
from ..surfaces import Model, Surface
from . import horizon, undergrowth
from .outdoor import SOIL, land, lawn, meadow
from .solids import Parts, repeated, terrain
from .standing import stand
from .undergrowth import Height, outside

DRY_SAND = Surface("sand", ((0.5, 0.4, 0.26),), 1, size_m=2.7, bump=0.02, roughness=0.95, mottle=0.35, turned=True)
WET_SAND = Surface("sand", ((0.2, 0.155, 0.1),), 2, size_m=3.4, roughness=0.35, mottle=0.3, turned=True)
DUNE_GRASS = ((0.2, 0.22, 0.08), (0.3, 0.27, 0.12), (0.14, 0.18, 0.06))
FOAM = Surface("foam", ((0.68, 0.7, 0.7), (0.08, 0.14, 0.14)), 1, size_m=3.0, roughness=0.5, mottle=0.2)


def build_beach(params: Params) -> list[tuple[str, Model]]:
    """Sand with huts, sunshades and boats between dunes and the sea."""
    parts, rng, shore = Parts(), stream(params, 30), number(params, "shore")

    def height(x: Array, y: Array) -> Array:
        return ground_height("beach", params, x, y)

    start = flat_radius("beach")
    parts.add("ground", terrain([0.5 * start, start], 96, height, hub=True), DRY_SAND)
    parts.add("land", terrain(np.linspace(start, 34, 34), 128, height), DRY_SAND)
    parts.add(
        "hills",
        terrain(np.concatenate([np.linspace(34, 60, 12), np.linspace(64, 132, 16)]), 128, height),
        meadow((0.16, 0.18, 0.07)),
    )
    horizon.sea(parts, rng, shore - 0.6, SEA_M, number(params, "surf"))
    _surf(parts, rng, shore, height)
    free = outside(*free_rectangle("beach", params))

    def dunes(x: Array, y: Array) -> Array:
        return free(x, y) & (y < -9.5 + 2 * np.sin(0.7 * x)) & (np.abs(y + 14.5) > 1.6)

    undergrowth.tufts(parts, rng, 3600, 30.0, dunes, height, 0.5, DUNE_GRASS)

    def dry(x: Array, y: Array) -> Array:
        return y < shore - 2

    undergrowth.pebbles(parts, rng, 500, 16.0, dry, height, (0.006, 0.014), (0.4, 0.36, 0.32))
    undergrowth.pebbles(parts, rng, 500, 20.0, lambda x, y: free(x, y) & dry(x, y), height, (0.02, 0.07))
    _wrack(parts, rng, shore, height)
    stand(parts, "beach", params, water=SEA_M)
    horizon.far_hills(parts, rng, 260.0, 0.2)
    return parts.models()


def _surf(parts: Parts, rng: np.random.Generator, shore: float, height: Height) -> None:
    """Wet sand, the foam at the water's edge, and two lines of breakers."""
    x = np.linspace(-60, 60, 240)
    edge = shore - 0.9 + 0.5 * np.sin(x / 5.3 + rng.uniform(0, 6)) + 0.25 * np.sin(x / 1.9 + rng.uniform(0, 6))
    wet = [
        np.c_[x, y, np.maximum(height(x, y), SEA_M - 0.02) + 0.006 + 0.0 * x]
        for y in np.linspace(edge - 1.9, edge + 1.4, 8)
    ]
    for low, high in itertools.pairwise(wet):
        parts.add("surf", horizon.strip(high, low), WET_SAND)
    lace = [
        np.c_[x, y, np.maximum(height(x, y), SEA_M) + 0.022]
        for y in np.linspace(edge, edge + 0.9 + 0.3 * np.sin(x / 2.7), 3)
    ]
    for low, high in itertools.pairwise(lace):
        parts.add("surf", horizon.strip(high, low), FOAM)
    for away in (3.2, 8.5, 16.0):
        crest = shore + away + 0.8 * np.sin(x / 9 + rng.uniform(0, 6))
        tall = (0.3 + 0.1 * rng.random()) * np.clip(0.7 + np.sin(x / 8 + rng.uniform(0, 6)), 0.02, 1)
        rows = [
            np.c_[x, crest + d, SEA_M - 0.05 + tall * share]
            for d, share in ((-1.1, 0.1), (-0.45, 0.55), (-0.15, 1.0), (0.3, 0.9), (1.6, 0.1))
        ]
        for k, (low, high) in enumerate(itertools.pairwise(rows)):
            parts.add("surf", horizon.strip(high, low), FOAM if k < 2 else horizon.SEA)


def _wrack(parts: Parts, rng: np.random.Generator, shore: float, height: Height) -> None:
    """The line of weed that the last tide left."""
    shape = undergrowth.blades(rng, 14, 0.07, 0.008, 0.2, 2.4)
    x = rng.uniform(-24, 24, 260)
    y = shore - 3.4 + 0.6 * np.sin(x / 4) + rng.normal(0, 0.2, 260)
    tone = Surface("foliage", ((0.09, 0.07, 0.03),), 1, roughness=0.7)
    parts.add(
        "wrack", repeated(shape, np.c_[x, y, height(x, y)], rng.uniform(0, 6, 260), rng.uniform(0.5, 1.5, 260)), tone
    )


def build_farm(params: Params) -> list[tuple[str, Model]]:
    """A farmyard beside a field, with a barn, machines, bales, fences and wires."""
    parts, rng = Parts(), stream(params, 30)
    tone = ((0.12, 0.2, 0.05), (0.16, 0.19, 0.06), (0.2, 0.18, 0.07))[int(params["season"])]
    height = land(parts, "farm", params, lawn(tone, 2.6), meadow(tone))
    half_width, half_depth = free_rectangle("farm", params)
    free = outside(half_width, half_depth)
    _ruts(parts)

    def grassy(x: Array, y: Array) -> Array:
        return free(x, y) & (y > -9.8) & ~((np.abs(np.abs(x - 1.5) - 0.8) < 0.4) & (np.abs(y) < 12))

    undergrowth.tufts(parts, rng, 3000, 24.0, grassy, height, 0.2, (tone, undergrowth.STRAW, (0.13, 0.2, 0.05)))
    undergrowth.lying_blades(parts, rng, 6000, 10.0, undergrowth.wild, (tone, (0.16, 0.27, 0.07), undergrowth.STRAW))
    undergrowth.tufts(parts, rng, 2000, 11.0, grassy, height, 0.07, (tone, (0.14, 0.22, 0.05)))
    undergrowth.flowers(parts, rng, 600, 22.0, grassy, height)
    undergrowth.pebbles(parts, rng, 200, 14.0, free, height, (0.015, 0.05))
    undergrowth.fallen(
        parts, rng, 300, 10.0, undergrowth.wild, height, (0.04, 0.12), (undergrowth.STRAW, (0.35, 0.25, 0.1))
    )
    _field(parts, rng, params, height)
    stand(parts, "farm", params)
    horizon.tree_line(parts, rng, height, 70.0)
    horizon.far_hills(parts, rng, 125.0)
    return parts.models()


def _ruts(parts: Parts) -> None:
    """Two worn wheel tracks across the yard; thin, so that one may walk over them."""
    y = np.linspace(-8.8, 12.0, 60)
    for x in (0.7, 2.3):
        wobble = 0.12 * np.sin(y / 2.1 + x) + 0.05 * np.sin(y / 0.7)
        left, right = (
            np.c_[x + wobble - 0.3 + 0.05 * np.sin(3 * y), y, 0 * y + 0.004],
            np.c_[x + wobble + 0.3 + 0.06 * np.sin(4.1 * y), y, 0 * y + 0.004],
        )
        parts.add("ruts", horizon.strip(left, right), SOIL)


def _field(parts: Parts, rng: np.random.Generator, params: Params, height: Height) -> None:
    """Rows of a crop behind the fence, their clumps larger with distance."""
    shape, tone = undergrowth.crop(rng, str(params["crop"]), int(params["season"]))
    surface = Surface("foliage", (tone,), 1, roughness=0.7)
    rows = np.concatenate([np.arange(-10.6, -18, -0.55), np.arange(-18.4, -44, -1.3)])
    for y in rows:
        step = 0.42 if y > -18 else 1.1
        x = np.arange(-26, 26, step) if y > -18 else np.arange(-46, 46, step)
        x = x + rng.normal(0, 0.06, len(x))
        at = np.c_[x, y + rng.normal(0, 0.06, len(x)), height(x, np.full(len(x), y)) - 0.02]
        sizes = rng.uniform(0.85, 1.15, len(x))
        scales = np.c_[sizes, sizes, sizes] if y > -18 else np.c_[2.3 * sizes, 2.3 * sizes, sizes]
        parts.add("field", repeated(shape, at, rng.uniform(0, 6, len(x)), scales), surface)
