"""A living room, and what all indoor places share: shell, windows, doors, a view outside."""

from __future__ import annotations

import numpy as np

from viewlock.generator.layouts import Hole, Params, Wall, number, stream, walls

from ..meshes import Mesh, ball, box, join, lathe
from ..surfaces import Colour, Model, Surface
from .solids import Parts, along_wall, block, drape, rod, sheet, slab
from .trees import tree

WHITE = Surface("plaster", ((0.74, 0.72, 0.68), (0.72, 0.7, 0.66)), 1, size_m=1.5, roughness=0.8)
PAINTED_WOOD = Surface("wood", ((0.66, 0.63, 0.57), (0.52, 0.48, 0.42)), 1, size_m=0.8, roughness=0.45)
WOODS: tuple[Colour, ...] = ((0.36, 0.21, 0.1), (0.22, 0.12, 0.06), (0.45, 0.31, 0.17), (0.16, 0.08, 0.04))
WALL_TONES: tuple[tuple[Colour, Colour], ...] = (
    ((0.5, 0.45, 0.34), (0.28, 0.3, 0.2)), ((0.22, 0.33, 0.36), (0.52, 0.55, 0.5)),
    ((0.5, 0.27, 0.2), (0.64, 0.52, 0.38)), ((0.26, 0.33, 0.19), (0.55, 0.55, 0.38)),
    ((0.58, 0.55, 0.48), (0.4, 0.25, 0.16)),
)  # fmt: skip
CLOTHS: tuple[tuple[Colour, Colour], ...] = (
    ((0.5, 0.12, 0.08), (0.6, 0.5, 0.35)), ((0.1, 0.2, 0.35), (0.55, 0.55, 0.5)),
    ((0.48, 0.4, 0.26), (0.2, 0.26, 0.14)), ((0.12, 0.26, 0.18), (0.6, 0.54, 0.3)),
)  # fmt: skip


BOOKS = tuple(
    Surface(("leather", "fabric", "label")[k % 3], CLOTHS[k % 4], k % 2, size_m=0.21, roughness=0.5) for k in range(8)
)


def pick(rng: np.random.Generator, options: tuple) -> tuple | Colour | str:
    """One of the options."""
    return options[int(rng.integers(len(options)))]


def timber(rng: np.random.Generator) -> Surface:
    """Varnished furniture wood."""
    return Surface("wood", (pick(rng, WOODS),), int(rng.integers(3)), size_m=0.9, roughness=0.4)


class Dresser:
    """Puts pieces built against a wall at y = 0, facing -y, to where the wall stands."""

    def __init__(self, parts: Parts, wall: Wall) -> None:
        self.parts, self.wall = parts, wall

    def add(self, part: str, mesh: Mesh, surface: Surface) -> None:
        self.parts.add(part, along_wall(mesh, self.wall.turn, self.wall.x, self.wall.y), surface)


def _bounds(hole: Hole) -> tuple[float, float, float, float]:
    return hole.at - hole.width / 2, hole.at + hole.width / 2, hole.sill, hole.sill + hole.height


def _frame(a: float, b: float, c: float, d: float, thick: float, y: float, deep: float) -> Mesh:
    """Four bars around the inside of a rectangle."""
    mid, tall = (a + b) / 2, d - c
    return join(
        block(thick, deep, tall, a + thick / 2, y, c),
        block(thick, deep, tall, b - thick / 2, y, c),
        block(b - a - 2 * thick, deep, thick, mid, y, c),
        block(b - a - 2 * thick, deep, thick, mid, y, d - thick),
    )


def window(put: Dresser, hole: Hole, columns: int, rows: int) -> None:
    """Reveal, frame, bars and sill of an opening."""
    a, b, c, d = _bounds(hole)
    put.add("windows", _frame(a - 0.12, b + 0.12, c - 0.12, d + 0.12, 0.12, 0.131, 0.26), WHITE)
    bars = [
        _frame(a, b, c, d, 0.06, 0.12, 0.07),
        _frame(a - 0.09, b + 0.09, c - 0.06, d + 0.09, 0.09, -0.008, 0.024),
    ]
    for k in range(1, columns):
        bars.append(block(0.045, 0.05, d - c - 0.12, a + (b - a) * k / columns, 0.12, c + 0.06))
    for k in range(1, rows):
        bars.append(block(b - a - 0.12, 0.045, 0.04, (a + b) / 2, 0.12, c + (d - c) * k / rows))
    put.add("windows", join(*bars), PAINTED_WOOD)
    put.add("windows", block(b - a + 0.2, 0.24, 0.035, (a + b) / 2, 0.045, c - 0.035), PAINTED_WOOD)


def door(put: Dresser, hole: Hole, wood: Surface) -> None:
    """A panelled door with architrave and handles; a wide one has two leaves."""
    a, b, _, d = _bounds(hole)
    leaves = 2 if hole.width > 1.5 else 1
    width = (b - a) / leaves
    for k in range(leaves):
        middle, way = a + (k + 0.5) * width, (1 if k == 0 else -1)
        put.add("door", block(width - 0.01, 0.05, d - 0.01, middle, 0.05, 0.0), wood)
        for low, high in ((0.12, 0.42), (0.5, 0.94)):
            for side in (-1, 1):
                panel = block(0.32 * width, 0.02, (high - low) * d, middle + side * 0.21 * width, 0.018, low * d, 0.008)
                put.add("door", panel, wood)
        x = middle + way * 0.4 * width
        turn = [x, -0.05, 1.02]
        handle = join(
            rod([x, 0.03, 1.02], turn, 0.011),
            rod(turn, [x - way * 0.12, -0.05, 1.02], 0.01),
            block(0.035, 0.01, 0.2, x, 0.02, 0.93),
        )
        put.add("door", handle, Surface("metal", ((0.6, 0.5, 0.3),), 1, size_m=0.3, roughness=0.35, metallic=0.8))
    for x in (a - 0.045, b + 0.045):
        put.add("door", block(0.09, 0.03, d, x, -0.015, 0.0), PAINTED_WOOD)
    put.add("door", block(b - a + 0.18, 0.035, 0.1, (a + b) / 2, -0.017, d), PAINTED_WOOD)


def strips(put: Dresser, wall: Wall, height: float) -> None:
    """Skirting board between doors, and a moulding under the ceiling."""
    doors = sorted((h.at - h.width / 2 - 0.09, h.at + h.width / 2 + 0.09) for h in wall.holes if h.kind == "door")
    edges = [-wall.length / 2, *(v for pair in doors for v in pair), wall.length / 2]
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        put.add("trim", block(b - a, 0.018, 0.1, (a + b) / 2, -0.009, 0.0), PAINTED_WOOD)
    put.add("trim", block(wall.length, 0.05, 0.06, 0.0, -0.025, height - 0.06), WHITE)


def _curtains(put: Dresser, hole: Hole, cloth: Surface, rng: np.random.Generator) -> None:
    a, b, c, d = _bounds(hole)
    low = 0.06 if cloth.seed % 2 else c - 0.25
    for x in (a - 0.12, b + 0.12):
        put.add("curtains", drape(0.5, d + 0.12 - low, 5, 0.035).moved(x, -0.12, low), cloth)
    put.add("curtains", rod([a - 0.45, -0.12, d + 0.13], [b + 0.45, -0.12, d + 0.13], 0.014), timber(rng))


def _picture(put: Dresser, x: float, z: float, width: float, height: float, rng: np.random.Generator) -> None:
    tint = pick(rng, CLOTHS)
    put.add("pictures", sheet(width, height, fit=True).moved(x, -0.016, z),
            Surface("painting", tint, int(rng.integers(9)), roughness=0.5))  # fmt: skip
    a, b = x - width / 2 - 0.03, x + width / 2 + 0.03
    put.add("pictures", _frame(a, b, z - 0.03, z + height + 0.03, 0.035, -0.016, 0.032), timber(rng))


def _thing(rng: np.random.Generator) -> tuple[Mesh, Surface]:
    """A small thing for a shelf."""
    kind, seed = int(rng.integers(4)), int(rng.integers(2))
    tint = CLOTHS[2 * (kind % 2) + seed]
    if kind == 0:
        profile = np.array([[0.04, 0], [0.07, 0.05], [0.075, 0.1], [0.035, 0.17], [0.045, 0.2]])
        vase = lathe(profile * rng.uniform(0.8, 1.1), 20)
        return vase, Surface("glaze", tint, seed, size_m=0.4, roughness=0.25)
    if kind == 1:
        return ball(0.07, 20, 12).moved(z=0.07), Surface("scales", tint, seed, size_m=0.5, roughness=0.4)
    if kind == 2:
        return box(0.14, 0.1, 0.2), Surface("label", tint, seed, size_m=0.2)
    return box(0.22, 0.12, 0.11, 0.01), Surface("plaid", tint, seed, size_m=0.2)


def _books(rng: np.random.Generator, length: float) -> list[tuple[Mesh, Surface]]:
    made, x = [], -length / 2
    while x < length / 2 - 0.05:
        width, tall = rng.uniform(0.02, 0.05), rng.uniform(0.17, 0.26)
        made.append((block(width - 0.002, rng.uniform(0.13, 0.18), tall, x + width / 2, 0, 0), pick(rng, BOOKS)))
        x += width
    return made


def _shelf(put: Dresser, x: float, z: float, length: float, rng: np.random.Generator) -> None:
    """A board on brackets with books and things on it."""
    wood = timber(rng)
    put.add("shelves", block(length, 0.22, 0.028, x, -0.11, z), wood)
    for side in (-1, 1):
        put.add("shelves", block(0.03, 0.18, 0.12, x + side * 0.4 * length, -0.09, z - 0.12), wood)
    for mesh, surface in _books(rng, 0.5 * length):
        put.add("shelves", mesh.moved(x - 0.2 * length, -0.11, z + 0.028), surface)
    for k in range(max(1, int(0.45 * length / 0.26))):
        mesh, surface = _thing(rng)
        put.add("shelves", mesh.moved(x + 0.12 * length + 0.25 * k, -0.11, z + 0.028), surface)


def _cabinet(put: Dresser, x: float, rng: np.random.Generator) -> None:
    """A low sideboard against the wall with things on top."""
    wood, width = timber(rng), 1.5
    put.add("cabinet", block(width, 0.4, 0.7, x, -0.22, 0.06, 0.008), wood)
    for k in (-1, 0, 1):
        put.add("cabinet", block(0.46, 0.02, 0.6, x + 0.49 * k, -0.43, 0.11, 0.006), wood)
        knob = ball(0.016, 12, 8).moved(x + 0.49 * k + 0.17, -0.45, 0.45)
        put.add("cabinet", knob, Surface("metal", ((0.6, 0.5, 0.3),), 1, size_m=0.2, metallic=0.7, roughness=0.4))
        mesh, surface = _thing(rng)
        put.add("cabinet", mesh.moved(x + 0.45 * k + 0.05, -0.24, 0.76), surface)
    for side in (-1, 1):
        put.add("cabinet", block(0.06, 0.3, 0.06, x + 0.65 * side, -0.22, 0.0), wood)


def _radiator(put: Dresser, x: float) -> None:
    surface = Surface("metal", ((0.62, 0.61, 0.58),), 2, size_m=0.7, roughness=0.5)
    fins = [block(0.05, 0.07, 0.5, x + 0.075 * k, -0.08, 0.14, 0.012) for k in range(-7, 8)]
    put.add(
        "radiators",
        join(*fins, block(1.15, 0.03, 0.04, x, -0.08, 0.2), block(1.15, 0.03, 0.04, x, -0.08, 0.56)),
        surface,
    )


def _free_stretches(wall: Wall) -> list[tuple[float, float]]:
    """(centre, length) of the pieces of a wall between its openings."""
    edges = [-wall.length / 2 + 0.1]
    for hole in sorted(wall.holes, key=lambda h: h.at):
        pad = 0.45 if hole.kind == "window" else 0.2
        edges += [hole.at - hole.width / 2 - pad, hole.at + hole.width / 2 + pad]
    edges.append(wall.length / 2 - 0.1)
    return [((a + b) / 2, b - a) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 0.7]


def _dress_stretch(put: Dresser, middle: float, length: float, rng: np.random.Generator) -> None:
    """Furnish a free piece of wall with a cabinet, shelves or pictures."""
    kind = int(rng.integers(3)) if length > 1.9 else 2
    if kind == 0:
        _cabinet(put, middle, rng)
        _picture(put, middle, 1.3, min(1.2, 0.5 * length), 0.75, rng)
    elif kind == 1:
        size = min(1.9, 0.75 * length)
        for z in (1.05, 1.5, 1.95):
            _shelf(put, middle + rng.uniform(-0.1, 0.1), z, size * rng.uniform(0.8, 1.0), rng)
    else:
        count = max(1, int(length // 1.15))
        for k in range(count):
            width, height = rng.uniform(0.42, 0.8), rng.uniform(0.45, 0.85)
            _picture(put, middle + (k - (count - 1) / 2) * length / count, 1.5 - height / 2, width, height, rng)


def shell(parts: Parts, params: Params, kind: str, wall_surface: Surface, floor: Surface) -> tuple[Wall, ...]:
    """Floor, ceiling and pierced walls."""
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    parts.add("floor", slab(-w / 2, w / 2, -d / 2, d / 2), floor)
    parts.add("ceiling", slab(-w / 2, w / 2, -d / 2, d / 2).turned("x", 180).moved(z=h), WHITE)
    upright = walls(kind, params)
    for wall in upright:
        mesh = sheet(wall.length, wall.height, holes=[_bounds(hole) for hole in wall.holes])
        parts.add(wall.name, along_wall(mesh, wall.turn, wall.x, wall.y), wall_surface)
    return upright


def outside(parts: Parts, params: Params) -> None:
    """What one sees through the windows: lawn, a house, trees."""
    w, d = number(params, "width") / 2, number(params, "depth") / 2
    rng = stream(params, 21)
    grass = Surface("grass", ((0.11, 0.22, 0.05),), 1, size_m=2.0)
    for x0, x1, y0, y1 in (
        (-60, 60, d + 0.3, 60),
        (w + 0.3, 60, -60, d + 0.3),
        (-60, -w - 0.3, -60, d + 0.3),
    ):
        parts.add("outside", slab(x0, x1, y0, y1, -0.25), grass)
    front = Surface("facade", ((0.5, 0.36, 0.24), (0.6, 0.58, 0.5)), 2, size_m=3.0)
    for turn, x, y in ((0, 0, d + 19), (-90, w + 19, 0), (90, -w - 19, 0)):
        parts.add("outside", along_wall(sheet(36, 9), turn, x, y).moved(z=-0.25), front)
    for x, y in ((w + 7, 3), (w + 9, -4), (-4, d + 8), (3, d + 10), (-w - 8, 2), (-w - 9, -5)):
        for mesh, surface in tree(rng, rng.uniform(4.5, 6.5), 1):
            parts.add("outside", mesh.moved(x, y, -0.25), surface)


def _room_surfaces(params: Params, rng: np.random.Generator) -> tuple[Surface, Surface]:
    """Of the walls and of the floor."""
    style = str(params["wall"])
    paper = Surface(style, pick(rng, WALL_TONES), int(rng.integers(3)), size_m=1.1 if style == "wallpaper" else 1.4)
    if style == "brick":
        paper = Surface("brick", ((0.4, 0.17, 0.1), (0.46, 0.43, 0.39)), 1, size_m=1.0, bump=0.006, roughness=0.9)
    size = {"tiles": 1.6, "parquet": 1.8, "planks": 1.6}[str(params["floor"])]
    colours = ((0.5, 0.47, 0.4), (0.22, 0.14, 0.1)) if params["floor"] == "tiles" else (pick(rng, WOODS[:3]),)
    floor = Surface(str(params["floor"]), colours, int(rng.integers(3)), size_m=size, roughness=0.35)
    return paper, floor


def build_room(params: Params) -> list[tuple[str, Model]]:
    """A living room without its loose furniture."""
    rng, parts = stream(params, 20), Parts()
    paper, floor = _room_surfaces(params, rng)
    cloth = Surface(str(pick(rng, ("floral", "stripes", "plaid"))), pick(rng, CLOTHS), int(rng.integers(3)), size_m=0.8)
    wood = timber(rng)
    for wall in shell(parts, params, "room", paper, floor):
        put = Dresser(parts, wall)
        strips(put, wall, number(params, "height"))
        for hole in wall.holes:
            if hole.kind == "door":
                door(put, hole, wood)
            else:
                window(put, hole, 2, 2)
                _curtains(put, hole, cloth, rng)
                _radiator(put, hole.at)
        for middle, length in _free_stretches(wall):
            _dress_stretch(put, middle, length, rng)
    _rug_and_lamps(parts, params, rng)
    outside(parts, params)
    return parts.models()


def _rug_and_lamps(parts: Parts, params: Params, rng: np.random.Generator) -> None:
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    tones = pick(rng, CLOTHS)
    rug = sheet(0.5 * w, 0.5 * d, fit=True).moved(z=-0.25 * d).turned("x", -90).moved(0, 0, 0.004)
    parts.add("rug", rug, Surface("carpet", (*tones, (0.55, 0.5, 0.38)), int(rng.integers(4)), roughness=0.95))
    glow = Surface("plain", ((1.0, 0.9, 0.75),), emission=2.5)
    for y in (-d / 4, d / 4):
        parts.add("fixtures", lathe([[0.17, 0], [0.19, 0.03], [0.05, 0.07]], 28).moved(0, y, h - 0.07), glow)
