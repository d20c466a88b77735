"""A museum room: large pictures, cases, sculptures on plinths, benches, rails of spotlights."""

from __future__ import annotations

import itertools

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, Wall, number, stream

from ..meshes import Mesh, ball, join, lathe, tube
from ..surfaces import Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import CERAMIC, DARK, PAPER, boxes, copies, plant, pottery
from .shell import (
    BRASS,
    CLOTHS,
    FRAMES,
    Dresser,
    bounds,
    door,
    fill,
    frame,
    gaps,
    lining,
    pick,
    shell,
    strips,
    timber,
    window,
)
from .solids import Parts, block, lump, rod, sheet
from .views import outside

BRONZE = Surface("rust", ((0.12, 0.24, 0.18), (0.14, 0.08, 0.03)), 1, size_m=1.2, roughness=0.45)
MARBLE = Surface("marble", ((0.58, 0.56, 0.52), (0.38, 0.36, 0.33)), 2, size_m=0.9, roughness=0.35)
GILT = Surface("metal", ((0.45, 0.32, 0.1),), 2, size_m=0.5, metallic=0.5, roughness=0.4)
PLINTH = Surface("plaster", ((0.6, 0.58, 0.54), (0.5, 0.48, 0.44)), 2, size_m=1.2, roughness=0.8)


def _label(put: Dresser, x: float, z: float) -> None:
    put.add("labels", block(0.16, 0.008, 0.11, x, -0.005, z), PAPER)
    lines = np.array([[x - 0.065, -0.0105, z + 0.02 + 0.02 * k] for k in range(4)])
    put.add(
        "labels",
        boxes(
            lines, np.array([[0.09, 0.001, 0.007], [0.11, 0.001, 0.007], [0.12, 0.001, 0.007], [0.07, 0.001, 0.012]])
        ),
        DARK,
    )


def _canvas(put: Dresser, x: float, z: float, width: float, height: float, rng: np.random.Generator) -> None:
    """One picture in a stepped frame, a big one with a lamp."""
    gilt = pick(rng, (GILT, timber(rng), DARK))
    put.add(
        "pictures",
        sheet(width, height, fit=True).moved(x, -0.03, z),
        Surface("painting", pick(rng, CLOTHS), int(rng.integers(24)), roughness=0.5),
    )
    a, b = x - width / 2, x + width / 2
    put.add(
        "pictures",
        join(
            frame(a - 0.1, b + 0.1, z - 0.1, z + height + 0.1, 0.07, -0.03, 0.06),
            frame(a - 0.045, b + 0.045, z - 0.045, z + height + 0.045, 0.05, -0.03, 0.04),
        ),
        gilt,
    )
    if rng.random() < 0.4:
        put.add(
            "pictures",
            join(
                rod([x, -0.02, z + height + 0.16], [x, -0.2, z + height + 0.2], 0.008, 6),
                rod([x - 0.2, -0.2, z + height + 0.19], [x + 0.2, -0.2, z + height + 0.19], 0.018, 8),
            ),
            BRASS,
        )


def _hang(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """One large picture, a pair or a group of small ones, a label beside them; a bench or a rope before them."""
    style = int(rng.integers(3)) if width > 1.7 else 0
    if style == 0:
        wide = min(width - 0.6, float(rng.uniform(1.0, 2.2)))
        tall = min(wide * float(rng.uniform(0.65, 1.1)), 1.7)
        _canvas(put, x, 1.65 - tall / 2, wide, tall, rng)
        end = wide / 2
    elif style == 1:
        for side in (-1, 1):
            wide = min(0.36 * width, 0.9)
            _canvas(put, x + side * width / 4, 1.1, wide, wide * float(rng.uniform(1.1, 1.5)), rng)
        end = width / 4 + wide / 2
    else:
        for k in range(3):
            for level in range(2):
                wide = min(0.2 * width, 0.6)
                _canvas(
                    put, x + (k - 1) * width / 3.1, 0.95 + 0.88 * level, wide, wide * float(rng.uniform(0.8, 1.05)), rng
                )
        end = width / 3.1 + wide / 2
    _label(put, x + end + 0.28, 1.15)
    choice = int(rng.integers(3))
    if choice == 0:
        _bench(put, x, min(1.6, width - 0.3), rng)
    elif choice == 1:
        _rope(put, x, width)


def _bench(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    hide = Surface(
        "leather", (pick(rng, ((0.2, 0.06, 0.04), (0.05, 0.05, 0.05), (0.3, 0.2, 0.12))),), 1, size_m=0.8, roughness=0.5
    )
    put.add("benches", block(width, 0.45, 0.1, x, -0.95, 0.36, 0.03), hide)
    legs = [block(0.06, 0.4, 0.36, x + s * (width / 2 - 0.12), -0.95, 0.0) for s in (-1, 1)]
    put.add("benches", join(*legs, block(width - 0.2, 0.06, 0.06, x, -0.95, 0.28)), timber(rng))


def _rope(put: Dresser, x: float, width: float) -> None:
    """Brass posts with a hanging rope."""
    post = join(
        lathe([[0.15, 0], [0.15, 0.02], [0.03, 0.05], [0.022, 0.1], [0.022, 0.9], [0.04, 0.93], [0.0, 0.99]], 18)
    )
    ends = np.linspace(x - 0.45 * width, x + 0.45 * width, max(2, int(width / 1.3) + 1))
    put.add("ropes", copies(post, np.c_[ends, np.full(len(ends), -0.95), np.zeros(len(ends))]), BRASS)
    red = Surface("fabric", ((0.35, 0.03, 0.04), (0.2, 0.02, 0.02)), 1, size_m=0.2, roughness=0.9)
    t = np.linspace(0, 1, 9)
    for a, b in itertools.pairwise(ends):
        put.add("ropes", tube(np.c_[a + (b - a) * t, np.full(9, -0.95), 0.86 - 0.9 * t * (1 - t)], 0.02, 8), red)


def _sculpture(rng: np.random.Generator) -> tuple[Mesh, Surface]:
    """A figure about the origin: a torso, a twisted band, stacked stones or an urn."""
    kind = int(rng.integers(4))
    surface = pick(rng, (BRONZE, MARBLE, Surface("terracotta", ((0.4, 0.2, 0.12),), 1, size_m=0.8, roughness=0.8)))
    if kind == 0:
        torso = lathe(
            [[0.14, 0], [0.16, 0.1], [0.12, 0.26], [0.17, 0.42], [0.16, 0.5], [0.06, 0.55], [0.05, 0.6]], 24
        ).scaled(1.15, 0.75, 1)
        return join(
            torso,
            ball(0.095, 18, 12).scaled(0.9, 1.05, 1.25).moved(0, -0.01, 0.7),
            ball(0.022, 8, 6).moved(0, -0.11, 0.69),
        ), surface
    if kind == 1:
        t = np.linspace(0, 2 * np.pi, 40)
        path = np.c_[0.22 * np.cos(t), 0.1 * np.sin(2 * t), 0.4 + 0.3 * np.sin(t)]
        return join(tube(path, 0.045 + 0.02 * np.cos(3 * t), 10), rod([0, 0, 0], [0, 0, 0.12], 0.04, 8)), surface
    if kind == 2:
        stones = [
            lump(rng, 0.2 - 0.04 * k, 0.12, 18, 12).scaled(1.1, 1, 0.7).moved(0, 0, 0.12 + 0.2 * k) for k in range(4)
        ]
        return join(*stones), surface
    urn = lathe(
        [
            [0.1, 0],
            [0.11, 0.03],
            [0.05, 0.08],
            [0.2, 0.3],
            [0.22, 0.42],
            [0.12, 0.56],
            [0.1, 0.62],
            [0.15, 0.68],
            [0.13, 0.68],
        ],
        28,
    )
    return urn, pick(rng, (*CERAMIC, BRONZE))


def _plinth(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A sculpture on a plinth, a picture or text panel behind it."""
    tall = float(rng.uniform(0.7, 1.1))
    put.add(
        "plinths",
        join(
            block(0.5, 0.5, tall - 0.04, x, -0.6, 0.0),
            block(0.56, 0.56, 0.05, x, -0.6, 0.0),
            block(0.54, 0.54, 0.05, x, -0.6, tall - 0.05),
        ),
        PLINTH,
    )
    mesh, surface = _sculpture(rng)
    put.add("plinths", mesh.turned("z", float(rng.uniform(-60, 60))).moved(x, -0.6, tall), surface)
    put.add("labels", block(0.2, 0.006, 0.1, x, -0.855, tall - 0.3), PAPER)
    if width > 1.0:
        fit.poster(put, x, 1.35, min(0.8, width - 0.3), rng)
    else:
        _label(put, x + 0.3, 1.2)


def _case(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A wooden case with shards and figures on felt, a map above."""
    wood = timber(rng)
    felt = Surface(
        "fabric", (pick(rng, ((0.25, 0.05, 0.05), (0.06, 0.14, 0.1), (0.1, 0.12, 0.2))),), 1, size_m=0.4, roughness=0.95
    )
    put.add("cases", block(width, 0.6, 0.12, x, -0.4, 0.78), wood)
    put.add(
        "cases",
        join(
            *[block(0.06, 0.06, 0.78, x + sx * (width / 2 - 0.06), y, 0) for sx in (-1, 1) for y in (-0.16, -0.64)],
            block(width - 0.1, 0.03, 0.05, x, -0.64, 0.2),
        ),
        wood,
    )
    put.add("cases", block(width - 0.08, 0.52, 0.006, x, -0.4, 0.9), felt)
    put.add(
        "cases",
        join(
            *[block(0.02, 0.02, 0.32, x + sx * (width / 2 - 0.02), y, 0.9) for sx in (-1, 1) for y in (-0.11, -0.69)],
            lamps.frame_bars(x, -0.4, width, 0.6, 1.22),
        ),
        BRASS,
    )
    for k in range(int(width / 0.27)):
        put.put(
            "cases", pottery(rng, 0.75), x - width / 2 + 0.18 + 0.27 * k, -0.4 + float(rng.uniform(-0.12, 0.12)), 0.906
        )
    fit.poster(put, x, 1.45, min(0.75, 0.6 * width), rng)


def _openings(put: Dresser, wall: Wall, rng: np.random.Generator) -> None:
    for hole in wall.holes:
        if hole.kind == "door":
            door(put, hole, timber(rng), trim=timber(rng))
            fit.exit_sign(put, hole.at, hole.height + 0.18)
            fit.extinguisher(put, hole.at + hole.width / 2 + 0.35)
            continue
        window(put, hole, 2, 4, pick(rng, FRAMES))
        a, b, c, _ = bounds(hole)
        put.put("plants", plant(rng, 1.1, int(rng.integers(3))), a - 0.1, -0.55)
        put.add("benches", block(b - a + 0.3, 0.4, 0.08, hole.at, -0.22, 0.4), timber(rng))
        put.add(
            "benches",
            join(*[block(0.06, 0.36, 0.4, hole.at + s * (b - a) / 2, -0.22, 0) for s in (-1, 1)]),
            timber(rng),
        ) if c > 0.5 else None


def build_gallery(params: Params) -> list[tuple[str, Model]]:
    """A room of a museum."""
    rng, parts = stream(params, 20), Parts()
    plain, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    upright = shell(parts, params, "gallery", plain, floor)
    height, wood = number(params, "height"), timber(rng)
    units = ((1.6, 2.8, _hang), (0.8, 1.3, _plinth), (1.6, 2.8, _hang), (1.2, 1.8, _case))
    dado = rng.random() < 0.5
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, height, tall=0.2, low=wood)
        _openings(put, wall, rng)
        ends = 0.1 if wall.name in ("wall_north", "wall_south") else 1.0
        for left, right in gaps(wall, 2.3, ends, 0.6):
            fill(put, left, right, units, rng, 0.3)
        put.add("trim", block(wall.length - 0.02, 0.03, 0.03, 0, -0.015, height - 0.75), BRASS if dado else wood)
        if dado and not wall.holes:
            put.add("trim", block(wall.length - 0.02, 0.025, 0.06, 0, -0.0125, 0.78), wood)
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    white = lining(rng, "plaster")
    for x in np.linspace(-w / 2, w / 2, 4)[1:-1]:
        parts.add("beams", block(0.35, d - 0.02, 0.25, float(x), 0, h - 0.25), white)
    for y in np.linspace(-d / 2, d / 2, 5)[1:-1]:
        parts.add("beams", block(w - 0.02, 0.25, 0.18, 0, float(y), h - 0.18), white)
    lamps.tracks(parts, lamp_points("gallery", params), height)
    outside(parts, params, upright)
    return parts.models()
