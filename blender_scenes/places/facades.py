"""Houses with real fronts: windows in reveals, sills, balconies, doors, shops, gutters, roofs with chimneys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from viewlock.generator.layouts import Wall

from ..meshes import Array, Mesh, ball, box, join, lathe
from ..surfaces import Colour, Surface
from ..textures.scenery import PANES
from .solids import Parts, along_wall, block, gable, quads, repeated, rod, sheet

STONES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((0.45, 0.2, 0.13), (0.62, 0.6, 0.54), (0.1, 0.2, 0.14)),
    ((0.55, 0.47, 0.32), (0.6, 0.58, 0.52), (0.1, 0.18, 0.3)),
    ((0.34, 0.38, 0.4), (0.65, 0.63, 0.6), (0.3, 0.08, 0.06)),
    ((0.55, 0.36, 0.24), (0.3, 0.2, 0.12), (0.12, 0.22, 0.2)),
    ((0.58, 0.55, 0.48), (0.24, 0.26, 0.26), (0.24, 0.3, 0.2)),
    ((0.3, 0.2, 0.15), (0.6, 0.56, 0.48), (0.45, 0.36, 0.2)),
)
PAINTS: tuple[Colour, ...] = (
    (0.45, 0.04, 0.03),
    (0.03, 0.1, 0.3),
    (0.5, 0.48, 0.42),
    (0.03, 0.14, 0.1),
    (0.5, 0.3, 0.03),
)
WALLS = tuple(
    Surface(texture, STONES[k][:2], k % 3, size_m=size, bump=0.002, roughness=0.9, mottle=0.3)
    for k, (texture, size) in enumerate(
        (("brick", 1.9), ("plaster", 2.6), ("plaster", 2.6), ("brick", 1.9), ("pavers", 2.4), ("brick", 1.9))
    )
)
TRIMS = tuple(Surface("plaster", (STONES[k][1],), 1, size_m=1.3, roughness=0.8, mottle=0.2) for k in range(6))
FRAMES = tuple(
    Surface("wood", (tone,), 1, size_m=0.8, roughness=0.5)
    for tone in ((0.62, 0.6, 0.55), (0.16, 0.1, 0.06), (0.07, 0.12, 0.1))
)
ROOFS = tuple(
    Surface("roof", (tone,), 1, size_m=3.0, mottle=0.3)
    for tone in ((0.36, 0.13, 0.07), (0.12, 0.12, 0.14), (0.24, 0.12, 0.08))
)
DARK_PANES = Surface("panes", ((0.12, 0.15, 0.18), (0.4, 0.38, 0.33)), 0, roughness=0.12)
LIT_PANES = Surface("panes", ((0.5, 0.34, 0.16), (0.62, 0.45, 0.25)), 1, roughness=0.12, emission=0.55)
GOODS = tuple(
    Surface("shelves", (STONES[k][0], PAINTS[k], PAINTS[(k + 2) % 5], STONES[k][2]), k, roughness=0.7, emission=0.45)
    for k in range(3)
)
PACKETS = tuple(Surface("label", (PAINTS[k], STONES[k][0], PAINTS[(k + 1) % 5]), k, size_m=0.4) for k in range(3))
SIGNS = tuple(
    Surface("letters", (PAINTS[k % 5], (0.68, 0.62, 0.45), PAINTS[(k + 2) % 5]), k, roughness=0.5) for k in range(4)
)
BANNERS = tuple(Surface("banner", (PAINTS[k], (0.7, 0.64, 0.45)), k, roughness=0.5) for k in (0, 1, 3))
AWNINGS = tuple(Surface("stripes", (PAINTS[k], (0.68, 0.64, 0.55)), k, size_m=1.2, roughness=0.9) for k in range(3))
JOINERY = tuple(Surface("wood", (tone,), 1, size_m=1.0, roughness=0.5) for tone in PAINTS)
IRON = Surface("rust", ((0.05, 0.07, 0.06), (0.1, 0.05, 0.03)), 1, size_m=0.7, roughness=0.5)
ZINC = Surface("metal", ((0.3, 0.31, 0.32),), 1, size_m=1.2, roughness=0.5)
STONE = Surface("concrete", ((0.5, 0.46, 0.38), (0.22, 0.2, 0.14)), 2, size_m=1.4, bump=0.004, roughness=0.8)
CHIMNEY = Surface("brick", ((0.35, 0.14, 0.09),), 1, size_m=1.0)
CLAY = Surface("terracotta", ((0.4, 0.17, 0.1),), 1, size_m=0.6)
BRASS = Surface("metal", ((0.6, 0.5, 0.3),), 1, size_m=0.2, metallic=0.7, roughness=0.4)
CEILING_LIGHT = Surface("plain", ((1.0, 0.85, 0.62),), emission=3.0)

Add = Callable[[Mesh, Surface], None]


@dataclass(frozen=True)
class Style:
    """How a house looks.

    Attributes:
        tone: index into the walls and trims.
        width, height: of a window, metres.
        pair: two narrow windows a bay.
        base: height of the pavement before the house.
    """

    tone: int
    width: float
    height: float
    pair: bool
    base: float


def pick(rng: np.random.Generator, options: tuple):
    return options[int(rng.integers(len(options)))]


def banner_strip(width: float, height: float, row: int) -> Mesh:
    """An upright strip that shows one of the four signs of a banner."""
    strip = sheet(width, height, fit=True)
    return replace(strip, uvs=strip.uvs * [1, 0.25] + [0, 0.25 * row])


def house(
    parts: Parts, wall: Wall, rng: np.random.Generator, deep: float = 9.0, base: float = 0.0, shops: float = 0.6
) -> None:
    """A house behind a front.

    The pierced front sheet is a part of its own; body, roof and trim join "houses".

    Args:
        base: height of the pavement before it.
        shops: share of its bays that are shops.
    """
    pair = bool(rng.random() < 0.35)
    width = rng.uniform(0.72, 0.85) if pair else rng.uniform(1.0, 1.4)
    style = Style(int(rng.integers(6)), float(width), float(rng.uniform(1.45, 1.8)), pair, base)

    def add(mesh: Mesh, surface: Surface) -> None:
        parts.add("houses", along_wall(mesh, wall.turn, wall.x, wall.y), surface)

    windows = _upper_windows(wall, style)
    ground = _ground_bays(wall, rng, shops)
    holes = [(x - w / 2, x + w / 2, z, z + h) for x, z, w, h in windows]
    holes += [(x - w / 2, x + w / 2, base + z, base + z + h) for _, x, z, w, h in ground]
    front = along_wall(sheet(wall.length, wall.height, holes=holes), wall.turn, wall.x, wall.y)
    parts.add(wall.name, front, WALLS[style.tone])
    _windows(add, rng, windows, style)
    makers = {"shop": _shop, "door": _entrance, "window": _low_window}
    paint = pick(rng, JOINERY)
    for kind, x, z, w, h in ground:
        makers[kind](lambda m, s, x=x: add(m.moved(x, 0, base), s), rng, (z, w, h), paint, style)
    _body(add, rng, wall, style, deep)
    if rng.random() < 0.45 and wall.height > 7:
        _balconies(add, rng, wall, style)


def _upper_windows(wall: Wall, style: Style) -> list[tuple[float, float, float, float]]:
    """(x, z, width, height) of the windows above the ground floor."""
    bays, storeys = round(wall.length / 3), int((wall.height - 0.5) // 3)
    xs = [(k - (bays - 1) / 2) * 3.0 for k in range(bays)]
    if style.pair:
        xs = [x + s * 0.62 for x in xs for s in (-1, 1)]
    return [(x, 3.0 * storey + 0.98, style.width, style.height) for storey in range(1, storeys) for x in xs]


def _ground_bays(wall: Wall, rng: np.random.Generator, shops: float) -> list[tuple[str, float, float, float, float]]:
    """(kind, x, z, width, height) of the opening in each bay of the ground floor."""
    bays, made = round(wall.length / 3), []
    door = int(rng.integers(bays))
    for k in range(bays):
        x = (k - (bays - 1) / 2) * 3.0
        if k == door:
            made.append(("door", x, 0.0, 1.3, 2.6))
        elif rng.random() < shops:
            made.append(("shop", x, 0.45, 2.5, 1.95))
        else:
            made.append(("window", x, 1.0, 1.2, 1.5))
    return made


def _reveal(width: float, height: float, depth: float) -> Mesh:
    """The four inner sides of an opening whose lower middle is the origin, from the front at y = 0 inwards."""
    w, h, d = width / 2, height, depth
    corners = np.array(
        [
            [(-w, 0, 0), (-w, d, 0), (-w, d, h), (-w, 0, h)],
            [(w, d, 0), (w, 0, 0), (w, 0, h), (w, d, h)],
            [(-w, 0, 0), (w, 0, 0), (w, d, 0), (-w, d, 0)],
            [(-w, d, h), (w, d, h), (w, 0, h), (-w, 0, h)],
        ]
    )
    flat = np.array([[[0, 0], [d, 0], [d, h], [0, h]]] * 2 + [[[0, 0], [width, 0], [width, d], [0, d]]] * 2)
    return quads(corners, flat)


def _frame(width: float, height: float, depth: float, across: int, down: int) -> Mesh:
    """Window frame with bars, set back in its opening."""
    y = depth - 0.04
    bars = [block(0.07, 0.06, height, s * (width / 2 - 0.035), y, 0) for s in (-1, 1)]
    bars += [block(width, 0.06, 0.08, 0, y, z) for z in (0, height - 0.08)]
    bars += [block(0.045, 0.05, height, width * (k / across - 0.5), y, 0) for k in range(1, across)]
    bars += [block(width, 0.05, 0.045, 0, y, height * k / down) for k in range(1, down)]
    return join(*bars)


def glass(rng: np.random.Generator, at: Array, width: float, height: float, y: float) -> Mesh:
    """A pane at each of the (N, 3) lower middles, each with its own room behind it."""
    shape = np.array([[-width / 2, y, 0], [width / 2, y, 0], [width / 2, y, height], [-width / 2, y, height]])
    cell = rng.integers(0, PANES, (len(at), 1, 2))
    square = np.array([[0.02, 0.02], [0.98, 0.02], [0.98, 0.98], [0.02, 0.98]])
    return quads(at[:, None] + shape, (cell + square) / PANES)


def _windows(add: Add, rng: np.random.Generator, windows: list, style: Style) -> None:
    if not windows:
        return
    at = np.array([(x, 0.0, z) for x, z, _, _ in windows])
    w, h, depth = style.width, style.height, 0.2
    add(repeated(_reveal(w, h, depth), at), TRIMS[style.tone])
    add(repeated(_frame(w, h, depth, 2, int(rng.integers(1, 4))), at), FRAMES[int(rng.integers(3))])
    lit = rng.random(len(at)) < 0.25
    for chosen, surface in ((~lit, DARK_PANES), (lit, LIT_PANES)):
        if chosen.any():
            add(glass(rng, at[chosen], w, h, depth - 0.01), surface)
    add(repeated(block(w + 0.2, 0.22, 0.07, 0, -0.03, -0.07), at), TRIMS[style.tone])
    kind = int(rng.integers(3))
    if kind == 0:
        add(repeated(block(w + 0.3, 0.08, 0.2, 0, -0.03, h), at), TRIMS[style.tone])
    elif kind == 1 and not style.pair:
        leaf = join(
            block(0.46 * w, 0.05, h, 0, -0.035, 0),
            *[block(0.4 * w, 0.02, 0.035, 0, -0.066, z) for z in np.linspace(0.08, h - 0.1, 12)],
        )
        both = join(leaf.moved(-0.75 * w), leaf.moved(0.75 * w))
        add(repeated(both, at), Surface("wood", (STONES[style.tone][2],), 1, size_m=0.9, roughness=0.6))
    else:
        rim = join(
            *[block(0.12, 0.06, h + 0.12, s * (w / 2 + 0.06), -0.02, 0) for s in (-1, 1)],
            block(w + 0.24, 0.06, 0.12, 0, -0.025, h),
        )
        add(repeated(rim, at), TRIMS[style.tone])
    pots = at[rng.random(len(at)) < 0.12]
    if len(pots):
        add(repeated(block(0.8 * w, 0.2, 0.18, 0, -0.16, 0.0), pots), CLAY)
        add(
            repeated(ball(0.2, 9, 6).scaled(1.9 * w, 0.7, 0.8).moved(0, -0.16, 0.22), pots),
            Surface("hedge", ((0.1, 0.2, 0.05), (0.5, 0.06, 0.1)), 1, size_m=0.5),
        )


def _low_window(add: Add, rng: np.random.Generator, hole: tuple, paint: Surface, style: Style) -> None:
    z, w, h = hole
    add(_reveal(w, h, 0.2).moved(z=z), TRIMS[style.tone])
    add(_frame(w, h, 0.2, 2, 2).moved(z=z), FRAMES[style.tone % 3])
    add(glass(rng, np.array([[0, 0, z]]), w, h, 0.19), LIT_PANES if rng.random() < 0.3 else DARK_PANES)
    add(block(w + 0.2, 0.22, 0.07, 0, -0.03, z - 0.07), TRIMS[style.tone])


def _entrance(add: Add, rng: np.random.Generator, hole: tuple, paint: Surface, style: Style) -> None:
    """A panelled door set back under a fanlight, with a surround, a step and a lamp."""
    z, w, h = hole
    wood = pick(rng, JOINERY)
    add(_reveal(w, h, 0.3).moved(z=z), TRIMS[style.tone])
    add(block(w, 0.06, 2.1, 0, 0.28, z), wood)
    add(
        join(
            *[
                block(0.42, 0.03, tall, s * 0.29, 0.24, z + low, 0.01)
                for s in (-1, 1)
                for low, tall in ((0.2, 0.7), (1.05, 0.85))
            ]
        ),
        wood,
    )
    add(block(w, 0.05, 0.08, 0, 0.28, z + 2.1), FRAMES[0])
    add(glass(rng, np.array([[0, 0, z + 2.18]]), w, h - 2.18, 0.27), LIT_PANES)
    add(ball(0.04, 12, 8).moved(0.08, 0.2, z + 1.05), BRASS)
    add(
        join(
            *[block(0.2, 0.14, h + 0.1, s * (w / 2 + 0.1), -0.05, 0) for s in (-1, 1)],
            block(w + 0.7, 0.3, 0.2, 0, -0.08, h + 0.1),
        ),
        STONE,
    )
    add(block(w + 0.4, 0.45, 0.13, 0, -0.1, 0.0), STONE)
    add(ball(0.09, 12, 8).moved(0.95, -0.16, 2.25), CEILING_LIGHT)
    add(rod([0.95, 0.0, 2.36], [0.95, -0.16, 2.34], 0.02, 6), IRON)
    add(sheet(0.22, 0.3, fit=True).moved(-0.98, -0.008, 1.4), BRASS)


def _shop(add: Add, rng: np.random.Generator, hole: tuple, paint: Surface, style: Style) -> None:
    """A lit show window with shelves and goods, under a sign and often an awning."""
    z, w, h = hole
    deep = 0.85
    add(_reveal(w, h, deep).moved(z=z), Surface("planks", ((0.4, 0.3, 0.2),), 1, size_m=1.2))
    add(sheet(w, h, fit=True).moved(0, deep - 0.01, z), pick(rng, GOODS))
    add(block(w - 0.3, 0.3, 0.03, 0, 0.5, z + h - 0.06), CEILING_LIGHT)
    for k in range(7):
        x, tall = (k - 3) * 0.33 + rng.uniform(-0.05, 0.05), rng.uniform(0.14, 0.5)
        size = rng.uniform(0.12, 0.26)
        add(
            box(size, 0.7 * size, tall).turned("z", rng.uniform(-30, 30)).moved(x, rng.uniform(0.2, 0.5), z),
            pick(rng, PACKETS),
        )
    bars = [block(0.06, 0.06, h, x, 0.03, z) for x in (-w / 2 + 0.03, -0.42, 0.42, w / 2 - 0.03)]
    add(join(*bars, block(w, 0.06, 0.06, 0, 0.03, z + h - 0.5), block(w, 0.12, 0.06, 0, -0.02, z - 0.03)), paint)
    add(
        join(
            *[block(0.62, 0.04, z - 0.14, x, -0.02, 0.07, 0.01) for x in (-0.82, 0.0, 0.82)],
            *[block(0.16, 0.1, 2.55, s * 1.36, -0.05, 0.0) for s in (-1, 1)],
        ),
        paint,
    )
    add(join(block(2.9, 0.12, 0.62, 0, -0.06, 2.45), block(3.0, 0.22, 0.07, 0, -0.1, 3.07)), paint)
    add(banner_strip(2.7, 0.5, int(rng.integers(4))).moved(0, -0.126, 2.51), pick(rng, BANNERS))
    for x in rng.choice([-0.8, 0.0, 0.8], int(rng.integers(1, 3)), replace=False):
        add(sheet(0.4, 0.5, fit=True).moved(x, 0.06, z + rng.uniform(0.3, 0.6)), pick(rng, SIGNS))
    if rng.random() < 0.5:
        cloth = pick(rng, AWNINGS)
        add(sheet(2.7, 1.15).turned("x", -62).moved(0, -1.1, 2.36), cloth)
        add(sheet(2.7, 0.2).moved(0, -1.1, 2.17), cloth)
        add(join(*[rod([s, -0.12, 2.1], [s, -1.1, 2.34], 0.015, 6) for s in (-1.32, 1.32)]), IRON)


def _body(add: Add, rng: np.random.Generator, wall: Wall, style: Style, deep: float) -> None:
    """Sides, back, cornices, gutter, roof and chimneys."""
    plain, trim = WALLS[style.tone], TRIMS[style.tone]
    for turn, x in ((-90, -wall.length / 2), (90, wall.length / 2)):
        add(sheet(deep, wall.height).turned("z", turn).moved(x, deep / 2), plain)
    add(sheet(wall.length, wall.height).turned("z", 180).moved(0, deep), plain)
    bands = [
        block(wall.length, 0.22, 0.16, 0, -0.1, style.base + 3.18),
        block(wall.length, 0.34, 0.14, 0, -0.16, wall.height - 0.16),
    ]
    bands.append(block(wall.length, 0.2, 0.16, 0, -0.09, wall.height - 0.32))
    if rng.random() < 0.5:
        bands.append(block(wall.length, 0.06, style.base + 0.32, 0, -0.03, 0))
    add(join(*bands), trim)
    pipe = wall.length / 2 - 0.12
    add(
        join(
            rod([-wall.length / 2, -0.36, wall.height + 0.04], [wall.length / 2, -0.36, wall.height + 0.04], 0.07, 8),
            rod([pipe, -0.3, wall.height], [pipe, -0.07, wall.height - 0.5], 0.04, 8),
            rod([pipe, -0.07, wall.height - 0.5], [pipe, -0.07, style.base], 0.04, 8),
        ),
        ZINC,
    )
    if rng.random() < 0.7:
        tall = rng.uniform(2.6, 4.0)
        add(gable(wall.length, deep + 0.7, tall).moved(0, deep / 2 - 0.05, wall.height), ROOFS[style.tone % 3])
        if tall > 3.0:
            _dormers(add, rng, wall, style, tall / (deep / 2 + 0.35))
    else:
        add(box(wall.length, deep, 0.7).moved(0, deep / 2 - 0.01, wall.height), plain)
        add(box(2.2, 1.6, 1.3).moved(rng.uniform(-0.2, 0.2) * wall.length, deep / 2, wall.height + 0.7), ZINC)
    for x in rng.uniform(-0.42, 0.42, 2) * wall.length:
        add(block(0.8, 0.5, 3.4, x, deep * 0.62, wall.height), CHIMNEY)
        add(
            join(
                *[
                    lathe([[0.12, 0], [0.1, 0.35], [0.13, 0.38]], 10).moved(x + s, deep * 0.62, wall.height + 3.4)
                    for s in (-0.2, 0.2)
                ]
            ),
            CLAY,
        )


def _dormers(add: Add, rng: np.random.Generator, wall: Wall, style: Style, slope: float) -> None:
    """Small windows in the front slope of a roof."""
    count = max(1, round(wall.length / 4.5))
    for k in range(count):
        x, y = (k - (count - 1) / 2) * 4.2, 0.7
        z = wall.height + slope * (y + 0.4) - 0.3
        add(box(1.3, 2.4, 1.4).moved(x, y + 1.2, z), TRIMS[style.tone])
        add(gable(2.6, 1.6, 0.55).turned("z", 90).moved(x, y + 1.2, z + 1.4), ROOFS[style.tone % 3])
        add(_frame(0.9, 1.1, 0.0, 2, 2).moved(x, y, z + 0.15), FRAMES[0])
        add(glass(rng, np.array([[x, y, z + 0.15]]), 0.9, 1.1, -0.01), DARK_PANES)


def _balconies(add: Add, rng: np.random.Generator, wall: Wall, style: Style) -> None:
    """Balconies with railings in some columns of bays."""
    bays, storeys = round(wall.length / 3), int((wall.height - 0.5) // 3)
    columns = [k for k in range(bays) if rng.random() < 0.5] or [0]
    at = np.array([((k - (bays - 1) / 2) * 3.0, 0.0, 3.0 * s + 0.66) for k in columns for s in range(1, storeys)])
    add(repeated(block(2.3, 1.0, 0.15, 0, -0.5, 0), at), TRIMS[style.tone])
    rails = [block(2.24, 0.04, 0.05, 0, -0.96, z) for z in (0.22, 1.1)]
    rails += [block(0.04, 0.94, 0.05, s * 1.1, -0.48, z) for s in (-1, 1) for z in (0.22, 1.1)]
    rails += [block(0.018, 0.018, 0.9, x, -0.96, 0.22) for x in np.linspace(-1.1, 1.1, 19)]
    rails += [block(0.018, 0.018, 0.9, s * 1.1, y, 0.22) for s in (-1, 1) for y in np.linspace(-0.85, -0.1, 6)]
    add(repeated(join(*rails), at), IRON)
