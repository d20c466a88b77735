"""What all rooms share: floor, ceiling, pierced walls, doors, windows, skirting and cornice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from viewlock.generator.layouts import Hole, Params, Wall, number, walls

from ..meshes import Mesh, join
from ..surfaces import Colour, Surface
from .clutter import DARK, Pieces, boxes
from .solids import Parts, along_wall, block, rod, sheet, slab

WHITE = Surface("plaster", ((0.74, 0.72, 0.68), (0.72, 0.7, 0.66)), 1, size_m=1.5, roughness=0.8)
PAINTED_WOOD = Surface("wood", ((0.66, 0.63, 0.57), (0.52, 0.48, 0.42)), 1, size_m=0.8, roughness=0.45)
WOODS: tuple[Colour, ...] = ((0.36, 0.21, 0.1), (0.22, 0.12, 0.06), (0.45, 0.31, 0.17), (0.16, 0.08, 0.04))
PAINTS: tuple[Colour, ...] = (
    (0.6, 0.57, 0.5),
    (0.12, 0.2, 0.24),
    (0.2, 0.28, 0.18),
    (0.46, 0.36, 0.2),
    (0.4, 0.12, 0.08),
    (0.3, 0.32, 0.34),
)
FRAMES = (
    PAINTED_WOOD,
    Surface("metal", ((0.13, 0.14, 0.15),), 2, size_m=0.8, roughness=0.5),
    Surface("wood", ((0.3, 0.17, 0.08),), 1, size_m=0.8, roughness=0.4),
)
WALL_TONES: tuple[tuple[Colour, Colour], ...] = (
    ((0.5, 0.45, 0.34), (0.28, 0.3, 0.2)),
    ((0.22, 0.33, 0.36), (0.52, 0.55, 0.5)),
    ((0.5, 0.27, 0.2), (0.64, 0.52, 0.38)),
    ((0.26, 0.33, 0.19), (0.55, 0.55, 0.38)),
    ((0.58, 0.55, 0.48), (0.4, 0.25, 0.16)),
)
PLASTERS: tuple[tuple[Colour, Colour], ...] = (
    ((0.58, 0.54, 0.44), (0.44, 0.4, 0.31)),
    ((0.32, 0.42, 0.44), (0.24, 0.32, 0.34)),
    ((0.54, 0.36, 0.26), (0.42, 0.27, 0.19)),
    ((0.4, 0.46, 0.33), (0.31, 0.36, 0.25)),
    ((0.62, 0.6, 0.55), (0.5, 0.48, 0.44)),
    ((0.52, 0.42, 0.2), (0.42, 0.33, 0.15)),
)
CLOTHS: tuple[tuple[Colour, Colour], ...] = (
    ((0.5, 0.12, 0.08), (0.6, 0.5, 0.35)),
    ((0.1, 0.2, 0.35), (0.55, 0.55, 0.5)),
    ((0.48, 0.4, 0.26), (0.2, 0.26, 0.14)),
    ((0.12, 0.26, 0.18), (0.6, 0.54, 0.3)),
)
BRASS = Surface("metal", ((0.6, 0.5, 0.3),), 1, size_m=0.3, roughness=0.35, metallic=0.8)
PANE = Surface("metal", ((0.07, 0.085, 0.1),), 1, size_m=2.5, roughness=0.1)

_LOOKS: dict[str, tuple[tuple[tuple[Colour, ...], ...], float, float]] = {
    "wallpaper": (WALL_TONES, 1.1, 0.6),
    "plaster": (PLASTERS, 1.7, 0.85),
    "brick": ((((0.4, 0.17, 0.1), (0.46, 0.43, 0.39)), ((0.55, 0.52, 0.47), (0.4, 0.38, 0.34))), 1.0, 0.9),
    "concrete": ((((0.4, 0.38, 0.34), (0.2, 0.15, 0.1)), ((0.32, 0.33, 0.34), (0.14, 0.13, 0.12))), 2.4, 0.8),
    "planks": ((((0.4, 0.26, 0.13),), ((0.3, 0.19, 0.1),), ((0.46, 0.36, 0.24),)), 1.6, 0.45),
    "parquet": ((((0.36, 0.21, 0.1),), ((0.45, 0.31, 0.17),), ((0.22, 0.12, 0.06),)), 1.8, 0.35),
    "tiles": ((((0.5, 0.47, 0.4), (0.22, 0.14, 0.1)), ((0.42, 0.38, 0.32), (0.1, 0.18, 0.22))), 1.6, 0.35),
    "checker": ((((0.5, 0.48, 0.42), (0.12, 0.1, 0.09)), ((0.45, 0.4, 0.3), (0.28, 0.1, 0.07))), 2.6, 0.35),
    "metro": (
        (
            ((0.6, 0.59, 0.54), (0.1, 0.24, 0.2)),
            ((0.5, 0.5, 0.42), (0.35, 0.1, 0.07)),
            ((0.2, 0.34, 0.36), (0.55, 0.53, 0.46)),
        ),
        1.2,
        0.2,
    ),
    "terrazzo": (
        (
            ((0.42, 0.4, 0.36), (0.18, 0.1, 0.07), (0.12, 0.13, 0.13)),
            ((0.34, 0.36, 0.34), (0.12, 0.16, 0.14), (0.45, 0.38, 0.26)),
        ),
        1.5,
        0.3,
    ),
    "weave": (
        (
            ((0.14, 0.16, 0.19), (0.24, 0.26, 0.3)),
            ((0.24, 0.2, 0.16), (0.36, 0.28, 0.2)),
            ((0.1, 0.16, 0.15), (0.3, 0.3, 0.2)),
        ),
        2.0,
        0.95,
    ),
    "marble": ((((0.5, 0.47, 0.42), (0.25, 0.2, 0.16)), ((0.3, 0.3, 0.29), (0.55, 0.53, 0.5))), 2.2, 0.15),
    "asphalt": ((((0.12, 0.12, 0.125), (0.3, 0.3, 0.29)),), 2.2, 0.85),
    "pavers": ((((0.4, 0.37, 0.32), (0.3, 0.26, 0.22)),), 2.4, 0.6),
}


def pick(rng: np.random.Generator, options: tuple):
    """One of the options."""
    return options[int(rng.integers(len(options)))]


def _shaded(colour: Colour, share: float) -> Colour:
    return (share * colour[0], share * colour[1], share * colour[2])


def timber(rng: np.random.Generator) -> Surface:
    """Varnished furniture wood."""
    tone = pick(rng, WOODS)
    return Surface("wood", (tone, _shaded(tone, 0.55)), int(rng.integers(3)), size_m=0.9, roughness=0.4)


def lacquer(rng: np.random.Generator) -> Surface:
    """Painted furniture, worn."""
    tone = pick(rng, PAINTS)
    return Surface("wood", (tone, _shaded(tone, 0.75)), int(rng.integers(2)), size_m=1.2, roughness=0.4)


def enamelled(rng: np.random.Generator) -> Surface:
    """Painted sheet steel."""
    tone = pick(rng, PAINTS)
    return Surface("marble", (tone, _shaded(tone, 0.8)), int(rng.integers(2)), size_m=2.2, roughness=0.35)


def lining(rng: np.random.Generator, style: str, floor: bool = False) -> Surface:
    """What a wall or floor of that material looks like."""
    tones, size, rough = _LOOKS[style]
    bump = 0.005 if style in ("brick", "pavers") else 0.0
    roughness = min(max(rough, 0.42), 0.55) if floor and style != "weave" else rough
    return Surface(style, pick(rng, tones), int(rng.integers(3)), size_m=size, bump=bump, roughness=roughness)


class Dresser:
    """Puts pieces built against a wall at y = 0, facing -y, to where the wall stands."""

    def __init__(self, parts: Parts, wall: Wall) -> None:
        self.parts, self.wall = parts, wall

    def add(self, part: str, mesh: Mesh, surface: Surface) -> None:
        self.parts.add(part, along_wall(mesh, self.wall.turn, self.wall.x, self.wall.y), surface)

    def put(self, part: str, pieces: Pieces, x: float = 0.0, y: float = 0.0, z: float = 0.0, turn: float = 0.0) -> None:
        """Add pieces that were built about the origin, turned about z by `turn` degrees and moved."""
        for mesh, surface in pieces:
            self.add(part, (mesh.turned("z", turn) if turn else mesh).moved(x, y, z), surface)


def bounds(hole: Hole) -> tuple[float, float, float, float]:
    """Left, right, bottom, top."""
    return hole.at - hole.width / 2, hole.at + hole.width / 2, hole.sill, hole.sill + hole.height


def frame(a: float, b: float, c: float, d: float, thick: float, y: float, deep: float) -> Mesh:
    """Four bars around the inside of a rectangle."""
    low = [
        [a, y - deep / 2, c],
        [b - thick, y - deep / 2, c],
        [a + thick, y - deep / 2, c],
        [a + thick, y - deep / 2, d - thick],
    ]
    size = [
        [thick, deep, d - c],
        [thick, deep, d - c],
        [b - a - 2 * thick, deep, thick],
        [b - a - 2 * thick, deep, thick],
    ]
    return boxes(np.array(low), np.array(size))


def window(put: Dresser, hole: Hole, columns: int, rows: int, wood: Surface = PAINTED_WOOD) -> None:
    """Reveal, frame, bars, handles and sill of an opening."""
    a, b, c, d = bounds(hole)
    put.add("windows", frame(a - 0.12, b + 0.12, c - 0.12, d + 0.12, 0.12, 0.131, 0.26), WHITE)
    bars = [frame(a, b, c, d, 0.06, 0.12, 0.07), frame(a - 0.09, b + 0.09, c - 0.06, d + 0.09, 0.09, -0.008, 0.024)]
    for k in range(1, columns):
        bars.append(block(0.05, 0.06, d - c - 0.12, a + (b - a) * k / columns, 0.12, c + 0.06))
    for k in range(1, rows):
        bars.append(block(b - a - 0.12, 0.045, 0.04, (a + b) / 2, 0.12, c + (d - c) * k / rows))
    put.add("windows", join(*bars), wood)
    put.add("windows", block(b - a + 0.2, 0.24, 0.035, (a + b) / 2, 0.045, c - 0.035), wood)
    for k in range(1, columns):
        x = a + (b - a) * k / columns
        grip = join(
            block(0.022, 0.012, 0.09, x, 0.086, c + 0.42 * (d - c)),
            rod([x, 0.07, c + 0.42 * (d - c) + 0.05], [x, 0.065, c + 0.42 * (d - c) - 0.06], 0.008, 6),
        )
        put.add("windows", grip, BRASS)


def door(put: Dresser, hole: Hole, wood: Surface, glazed: bool = False, trim: Surface = PAINTED_WOOD) -> None:
    """A door with architrave, hinges and handles, panelled or glazed; a wide one has two leaves."""
    a, b, _, d = bounds(hole)
    leaves = 2 if hole.width > 1.5 else 1
    width = (b - a) / leaves
    for k in range(leaves):
        middle, way = a + (k + 0.5) * width, (1 if k == 0 else -1)
        put.add("door", block(width - 0.01, 0.05, d - 0.01, middle, 0.05, 0.0), wood)
        low, high = middle - width / 2 + 0.11, middle + width / 2 - 0.11
        if glazed:
            put.add("door", sheet(high - low, 0.52 * d).moved(middle, 0.022, 0.42 * d), PANE)
            put.add("door", frame(low - 0.02, high + 0.02, 0.42 * d - 0.02, 0.94 * d + 0.02, 0.03, 0.018, 0.03), trim)
            put.add("door", block(width - 0.16, 0.008, 0.24, middle, 0.021, 0.06), BRASS)
        else:
            _panels(put, middle, width, d, wood)
        x = middle + way * 0.4 * width
        turn = [x, -0.05, 1.02]
        handle = join(
            rod([x, 0.03, 1.02], turn, 0.011),
            rod(turn, [x - way * 0.12, -0.05, 1.02], 0.01),
            block(0.035, 0.012, 0.2, x, 0.02, 0.93),
        )
        hinges = [block(0.02, 0.02, 0.1, middle - way * (width / 2 - 0.012), 0.02, z) for z in (0.2, d - 0.35)]
        put.add("door", join(handle, *hinges), BRASS)
    for x in (a - 0.045, b + 0.045):
        put.add("door", block(0.09, 0.03, d, x, -0.015, 0.0), trim)
    put.add("door", block(b - a + 0.18, 0.035, 0.1, (a + b) / 2, -0.017, d), trim)
    put.add("door", frame(a - 0.1, b + 0.1, -0.05, d + 0.1, 0.1, 0.045, 0.09), trim)


def _panels(put: Dresser, middle: float, width: float, tall: float, wood: Surface) -> None:
    for low, high in ((0.12, 0.42), (0.5, 0.94)):
        for side in (-1, 1):
            x = middle + side * 0.21 * width
            panel = block(0.3 * width, 0.02, (high - low) * tall, x, 0.018, low * tall, 0.008)
            rim = frame(x - 0.17 * width, x + 0.17 * width, low * tall - 0.02, high * tall + 0.02, 0.018, 0.02, 0.024)
            put.add("door", join(panel, rim), wood)


def strips(
    put: Dresser, wall: Wall, height: float, low: Surface = PAINTED_WOOD, top: Surface | None = WHITE, tall: float = 0.1
) -> None:
    """Skirting board between doors, and a moulding under the ceiling."""
    doors = sorted((h.at - h.width / 2 - 0.09, h.at + h.width / 2 + 0.09) for h in wall.holes if h.kind != "window")
    edges = [-wall.length / 2, *(v for pair in doors for v in pair), wall.length / 2]
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        put.add("trim", block(b - a, 0.018, tall, (a + b) / 2, -0.009, 0.0), low)
        put.add("trim", block(b - a, 0.012, 0.02, (a + b) / 2, -0.006, tall), low)
    if top is not None:
        for out, z in ((0.09, height - 0.03), (0.06, height - 0.065), (0.03, height - 0.1)):
            put.add("trim", block(wall.length, out, 0.035, 0.0, -out / 2, z), top)


def gaps(wall: Wall, tall: float, ends: float, pad: float = 0.25) -> Iterator[tuple[float, float]]:
    """(left, right) of the pieces of a wall where something `tall` metres may stand.

    Args:
        ends: metres kept clear at both ends of the wall, for what stands along its neighbours.
        pad: metres kept clear beside openings that are in the way.
    """
    left = -wall.length / 2 + ends
    for hole in sorted(wall.holes, key=lambda h: h.at):
        if hole.sill > tall:
            continue
        yield left, hole.at - hole.width / 2 - pad
        left = hole.at + hole.width / 2 + pad
    yield left, wall.length / 2 - ends


def fill(
    put: Dresser, left: float, right: float, units: tuple, rng: np.random.Generator, tightness: float = 0.25
) -> None:
    """Pack units (least width, most width, maker) along a piece of wall; no unit comes twice in a row."""
    last = -1
    while True:
        fitting = [k for k, (low, _, _) in enumerate(units) if low <= right - left and k != last]
        if not fitting:
            return
        last = pick(rng, tuple(fitting))
        low, high, make = units[last]
        width = min(float(rng.uniform(low, high)), right - left)
        make(put, left + width / 2, width, rng)
        left += width + float(rng.uniform(0.04, tightness))


def shell(
    parts: Parts,
    params: Params,
    kind: str,
    wall_surface: Surface,
    floor: Surface,
    ceiling: Surface = WHITE,
    floor_half_width: float | None = None,
) -> tuple[Wall, ...]:
    """Floor, ceiling and pierced walls. The floor reaches from wall to wall unless its half width is given."""
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    reach = w / 2 if floor_half_width is None else floor_half_width
    parts.add("floor", slab(-reach, reach, -d / 2, d / 2), floor)
    parts.add("ceiling", slab(-w / 2, w / 2, -d / 2, d / 2).turned("x", 180).moved(z=h), ceiling)
    upright = walls(kind, params)
    for wall in upright:
        mesh = sheet(wall.length, wall.height, holes=[bounds(hole) for hole in wall.holes])
        parts.add(wall.name, along_wall(mesh, wall.turn, wall.x, wall.y), wall_surface)
    return upright


def gate(put: Dresser, hole: Hole, paint: Surface) -> None:
    """A sectional garage door with its tracks, in a closed box of jambs, lintel and threshold."""
    a, b, _, d = bounds(hole)
    rows = 5
    box_in = [block(0.1, 0.14, d, x, 0.06, 0.0) for x in (a - 0.05, b + 0.05)]
    box_in += [block(b - a + 0.2, 0.14, 0.1, hole.at, 0.06, d), block(b - a + 0.2, 0.14, 0.3, hole.at, 0.06, -0.301)]
    put.add("door", join(block(b - a, 0.02, d, hole.at, 0.1, 0.0), *box_in), DARK)
    for k in range(rows):
        z = d * k / rows
        put.add("door", block(b - a - 0.02, 0.05, d / rows - 0.012, hole.at, 0.07, z + 0.004, 0.004), paint)
        for x in np.linspace(a + 0.35, b - 0.35, 4):
            put.add("door", block(0.5, 0.014, d / rows - 0.16, float(x), 0.04, z + 0.08, 0.006), paint)
    rails = [block(0.05, 0.06, d + 0.2, x, -0.03, 0.0) for x in (a - 0.03, b + 0.03)]
    put.add(
        "door",
        join(
            *rails,
            block(b - a + 0.3, 0.1, 0.1, hole.at, -0.06, d + 0.12),
            rod([a - 0.1, -0.08, d + 0.28], [b + 0.1, -0.08, d + 0.28], 0.035),
        ),
        DARK,
    )
    put.add(
        "door",
        join(
            rod([hole.at - 0.2, 0.0, 0.3], [hole.at + 0.2, 0.0, 0.3], 0.014, 8),
            block(0.02, 0.06, 0.02, hole.at - 0.18, 0.02, 0.29),
            block(0.02, 0.06, 0.02, hole.at + 0.18, 0.02, 0.29),
        ),
        BRASS,
    )
