"""Small things that fill shelves, tables and walls: books, goods, bottles, cartons, plants, screens.

Many alike are made at once from arrays: a library holds thousands of books.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..meshes import Array, Mesh, ball, join, lathe, tube
from ..surfaces import Colour, Surface
from ..textures.printed import CELLS
from .solids import block, cards, quads, rod, sheet

Pieces = list[tuple[Mesh, Surface]]

PAIRS: tuple[tuple[Colour, Colour], ...] = (
    ((0.42, 0.12, 0.07), (0.1, 0.2, 0.33)),
    ((0.08, 0.22, 0.16), (0.5, 0.38, 0.14)),
    ((0.2, 0.12, 0.07), (0.45, 0.42, 0.34)),
    ((0.5, 0.3, 0.08), (0.12, 0.25, 0.3)),
)
SPINES = tuple(Surface("spines", pair, k, roughness=0.55) for k, pair in enumerate(PAIRS))
PACKS = tuple(Surface("packages", pair, k, roughness=0.4) for k, pair in enumerate(PAIRS))
PLACARDS = tuple(Surface("posters", pair, k, roughness=0.5) for k, pair in enumerate(PAIRS))
LABELS = tuple(Surface("label", pair, k, roughness=0.35) for k, pair in enumerate(PAIRS))
CARTON = tuple(
    Surface("label", ((0.42, 0.29, 0.17), tone), k, roughness=0.85)
    for k, tone in enumerate(((0.4, 0.08, 0.05), (0.08, 0.16, 0.3)))
)
GLASSES = tuple(
    Surface("glaze", (tone,), k, roughness=0.12, coat=0.5)
    for k, tone in enumerate(((0.03, 0.12, 0.05), (0.16, 0.07, 0.02), (0.35, 0.4, 0.42), (0.3, 0.05, 0.04)))
)
POTS = tuple(
    Surface("terracotta", (tone,), k, roughness=0.8) for k, tone in enumerate(((0.42, 0.18, 0.1), (0.4, 0.4, 0.38)))
)
SCREENS = tuple(Surface("screens", pair, k, roughness=0.3, emission=0.35) for k, pair in enumerate(PAIRS[:2]))
DARK = Surface("leather", ((0.03, 0.03, 0.033),), 2, size_m=0.5, roughness=0.5)
STEEL = Surface("metal", ((0.5, 0.5, 0.49),), 1, size_m=0.6, metallic=0.6, roughness=0.35)
ENAMEL = Surface("marble", ((0.6, 0.59, 0.56), (0.5, 0.49, 0.46)), 1, size_m=2.6, roughness=0.35)
PAPER = Surface("pages", ((0.66, 0.64, 0.58),), 2, roughness=0.8)
CERAMIC = tuple(
    Surface("glaze", tones, k, size_m=0.5, roughness=0.25)
    for k, tones in enumerate(
        (
            ((0.6, 0.58, 0.52), (0.15, 0.25, 0.4)),
            ((0.4, 0.14, 0.08), (0.5, 0.42, 0.3)),
            ((0.12, 0.25, 0.24), (0.55, 0.5, 0.4)),
        )
    )
)

_SIDES = np.array([[0, 1, 5, 4], [1, 3, 7, 5], [3, 2, 6, 7], [2, 0, 4, 6], [4, 5, 7, 6], [2, 3, 1, 0]])
_CORNERS = np.array([[x, y, z] for z in (0.0, 1.0) for y in (0.0, 1.0) for x in (0.0, 1.0)])


def boxes(low: Array, size: Array) -> Mesh:
    """Upright boxes from their (N, 3) lower corners and sizes; uv in metres on each side."""
    corners = low[:, None] + _CORNERS[_SIDES].reshape(24, 3) * size[:, None]
    across = np.array([0, 1, 0, 1, 0, 0]), np.array([2, 2, 2, 2, 1, 1])
    span = np.stack([size[:, across[0]], size[:, across[1]]], axis=-1)
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]])
    uvs = square[None, None] * span[:, :, None]
    return quads(corners.reshape(-1, 4, 3), uvs.reshape(-1, 4, 2))


def _in_cells(uvs: Array, which: NDArray[np.int64], sheet_name: str) -> Array:
    """Squeeze (N, F, 4, 2) coordinates in 0..1 into cell `which` (N,) of a printed sheet."""
    columns, rows = CELLS[sheet_name]
    at = np.stack([which % columns, rows - 1 - which // columns % rows], axis=-1)
    return (at[:, None, None] + 0.03 + 0.94 * uvs) / [columns, rows]


def printed_boxes(low: Array, size: Array, which: NDArray[np.int64], sheet_name: str) -> Mesh:
    """Upright boxes whose sides all show their cell of a printed sheet; tops show a sliver of it."""
    mesh = boxes(low, size)
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]])
    side = np.broadcast_to(square, (len(low), 6, 4, 2)).copy()
    side[:, 4:, :, 1] = 0.93 + 0.05 * side[:, 4:, :, 1]
    if sheet_name == "spines":
        side[:, 1::2, :, 0] = 0.03 + 0.05 * side[:, 1::2, :, 0]
    return replace(mesh, uvs=_in_cells(side, which, sheet_name).reshape(-1, 4, 2))


def placard(width: float, height: float, which: int) -> Mesh:
    """An upright sheet at y = 0 that shows one cell of `PLACARDS`."""
    mesh = sheet(width, height, fit=True)
    return replace(mesh, uvs=_in_cells(mesh.uvs[None], np.array([which]), "posters")[0])


def copies(mesh: Mesh, at: Array, turns: Array | None = None, sizes: Array | None = None) -> Mesh:
    """A piece at each of (N, 3) points, turned about z by `turns` degrees and scaled by `sizes`."""
    count, vertices = len(at), np.broadcast_to(mesh.vertices, (len(at), *mesh.vertices.shape))
    if sizes is not None:
        vertices = vertices * sizes[:, None, None]
    if turns is not None:
        c, s = np.cos(np.radians(turns))[:, None], np.sin(np.radians(turns))[:, None]
        x, y = vertices[..., 0], vertices[..., 1]
        vertices = np.stack([c * x - s * y, s * x + c * y, vertices[..., 2]], axis=-1)
    offsets = np.arange(count)[:, None, None] * len(mesh.vertices)
    return Mesh(
        (vertices + at[:, None]).reshape(-1, 3),
        (mesh.faces[None] + offsets).reshape(-1, 4),
        np.tile(mesh.uvs, (count, 1, 1)),
        np.tile(mesh.materials, count),
        np.tile(mesh.smooth, count),
    )


def books(rng: np.random.Generator, length: float, tallest: float = 0.27, deep: float = 0.17) -> Pieces:
    """A row of books along x on z = 0, their backs at y = -deep; gaps here and there, some lie flat."""
    wide = rng.uniform(0.018, 0.05, int(length / 0.03) + 2)
    gaps = np.where(rng.random(len(wide)) < 0.05, rng.uniform(0.03, 0.16, len(wide)), 0.0)
    start = np.cumsum(wide + gaps) - wide - length / 2
    keep = start + wide < length / 2
    wide, start = wide[keep] - 0.0015, start[keep]
    tall = np.repeat(rng.uniform(0.62, 1.0, len(wide) // 4 + 1), 4)[: len(wide)] * tallest
    tall = np.clip(tall * rng.uniform(0.9, 1.05, len(wide)), 0.1, tallest)
    thick = rng.uniform(0.72, 1.0, len(wide)) * deep
    low = np.stack([start, -thick, np.zeros(len(wide))], axis=1)
    kind, cells = int(rng.integers(len(SPINES))), rng.integers(0, 64, len(wide))
    return [(printed_boxes(low, np.stack([wide, thick, tall], axis=1), cells, "spines"), SPINES[kind])]


def goods(
    rng: np.random.Generator, length: float, tallest: float, deep: float, kind: int, flat: bool = False
) -> Pieces:
    """Rows of like packages along x on z = 0, filling a shelf `deep` metres to y = -deep."""
    low, size, cells, x = [], [], [], -length / 2
    while x < length / 2 - 0.08:
        wide, tall = rng.uniform(0.07, 0.22), rng.uniform(0.3, 0.5 if flat else 0.95) * tallest
        cell = int(rng.integers(64))
        for _ in range(int(rng.integers(1, 5))):
            if x + wide > length / 2 or rng.random() < 0.04:
                break
            front = -deep + rng.uniform(0, 0.05)
            low.append([x + 0.003, front, 0.0])
            size.append([wide - 0.006, -front - 0.01, tall])
            cells.append(cell)
            x += wide
        else:
            x += 0.01
            continue
        x += rng.uniform(0.02, 0.08)
    if not low:
        return []
    return [(printed_boxes(np.array(low), np.array(size), np.array(cells), "packages"), PACKS[kind % len(PACKS)])]


@lru_cache(maxsize=8)
def _bottle(kind: int) -> Mesh:
    profiles = (
        [[0.036, 0], [0.038, 0.02], [0.038, 0.17], [0.014, 0.23], [0.013, 0.3], [0.015, 0.31]],
        [[0.045, 0], [0.047, 0.01], [0.047, 0.11], [0.04, 0.13], [0.042, 0.15]],
        [[0.032, 0], [0.034, 0.005], [0.034, 0.115], [0.03, 0.122]],
        [[0.05, 0], [0.052, 0.12], [0.03, 0.2], [0.018, 0.22], [0.018, 0.26]],
    )
    return lathe(profiles[kind], 10, uv_repeat=(2.0, 1.0))


def bottles(rng: np.random.Generator, length: float, deep: float, kind: int | None = None) -> Pieces:
    """Rows of bottles, jars or tins on z = 0, along x, to y = -deep."""
    kind = int(rng.integers(4)) if kind is None else kind
    shape, pitch = _bottle(kind), (0.085, 0.105, 0.075, 0.115)[kind]
    xs = np.arange(-length / 2 + pitch / 2, length / 2 - pitch / 2 + 1e-6, pitch)
    ys = -deep + pitch / 2 + pitch * np.arange(max(1, min(2, int(deep / pitch))))
    at = np.array([[x, y, 0.0] for x in xs for y in ys])
    at = at[rng.random(len(at)) < 0.9]
    if not len(at):
        return []
    surface = LABELS[int(rng.integers(len(LABELS)))] if kind in (1, 2) else GLASSES[int(rng.integers(len(GLASSES)))]
    made: Pieces = [(copies(shape, at + [0, 0, 0], rng.uniform(0, 360, len(at))), surface)]
    if kind == 0:
        paper = lathe([[0.0388, 0.05], [0.0388, 0.14]], 10, uv_repeat=(2.0, 1.0))
        made.append((copies(paper, at, rng.uniform(0, 360, len(at))), LABELS[int(rng.integers(len(LABELS)))]))
    return made


def cartons(rng: np.random.Generator, length: float, deep: float, tall: float) -> Pieces:
    """A shelf of cardboard boxes of several sizes, their fronts printed."""
    made: Pieces = []
    x = -length / 2
    while x < length / 2 - 0.16:
        wide = float(min(rng.uniform(0.2, 0.5), length / 2 - x))
        high, thick = rng.uniform(0.45, 0.95) * tall, rng.uniform(0.7, 0.95) * deep
        box = block(wide - 0.02, thick, high, x + wide / 2, -thick / 2 - 0.02, 0.0, 0.004)
        made.append((box, CARTON[int(rng.integers(2))] if rng.random() < 0.7 else LABELS[int(rng.integers(4))]))
        x += wide + (rng.uniform(0.0, 0.2) if rng.random() < 0.3 else 0.01)
    return [(replace(mesh, uvs=mesh.uvs / 0.3), surface) for mesh, surface in made]


def pottery(rng: np.random.Generator, scale: float = 1.0) -> Pieces:
    """A vase, bowl, jug or figurine about the origin."""
    profiles = (
        [[0.04, 0], [0.07, 0.05], [0.075, 0.1], [0.035, 0.17], [0.045, 0.2]],
        [[0.04, 0], [0.04, 0.01], [0.1, 0.06], [0.105, 0.065], [0.095, 0.06], [0.03, 0.02]],
        [[0.05, 0], [0.065, 0.04], [0.06, 0.12], [0.035, 0.18], [0.03, 0.22], [0.05, 0.27]],
        [
            [0.06, 0],
            [0.06, 0.02],
            [0.025, 0.04],
            [0.045, 0.12],
            [0.02, 0.19],
            [0.04, 0.22],
            [0.03, 0.27],
            [0.005, 0.28],
        ],
    )
    shape = lathe(profiles[int(rng.integers(4))], 18).scaled(scale * rng.uniform(0.8, 1.15))
    return [(shape, CERAMIC[int(rng.integers(3))])]


def mug(rng: np.random.Generator) -> Pieces:
    """A cup with a handle."""
    cup = lathe([[0.034, 0], [0.04, 0.01], [0.042, 0.09], [0.038, 0.09], [0.036, 0.015]], 14)
    t = np.linspace(-1.4, 1.4, 7)
    ear = tube(np.c_[0.037 + 0.028 * np.cos(t), 0 * t, 0.048 + 0.028 * np.sin(t)], 0.006, 6)
    return [(join(cup, ear).turned("z", float(rng.uniform(0, 360))), CERAMIC[int(rng.integers(3))])]


def plant(rng: np.random.Generator, height: float, kind: int) -> Pieces:
    """A potted plant about the origin: long blades, or a bush of leaves on stems."""
    rim = 0.17 * height + 0.05
    pot = lathe(
        [
            [0.7 * rim, 0],
            [0.95 * rim, 0.8 * rim],
            [rim, 0.85 * rim],
            [rim, rim],
            [0.9 * rim, rim],
            [0.85 * rim, 0.85 * rim],
        ],
        20,
    )
    soil = Surface("soil", ((0.08, 0.05, 0.03),), 1, size_m=0.3, roughness=1.0)
    made: Pieces = [(pot, POTS[kind % 2]), (lathe([[0.88 * rim, 0.8 * rim], [0.5 * rim, 0.88 * rim]], 14), soil)]
    tone = ((0.06, 0.17, 0.04), (0.1, 0.22, 0.06), (0.05, 0.14, 0.08))[kind % 3]
    if kind % 2:
        blades, uvs, t = [], [], np.linspace(0, 1, 6)
        for angle in rng.uniform(0, 6.28, 22):
            d, n = np.array([np.cos(angle), np.sin(angle), 0]), np.array([-np.sin(angle), np.cos(angle), 0])
            reach, lift = rng.uniform(0.1, 0.42) * height, rng.uniform(0.7, 1.0) * (height - rim)
            spine = np.outer(reach * t**2 + 0.02, d) + np.outer(rim + lift * (t - 0.25 * t**3), [0, 0, 1])
            half = np.outer(0.045 * height * np.sin(np.pi * np.clip(0.15 + 0.85 * t, 0, 1)) + 0.002, n)
            left, right = spine - half, spine + half
            blades.append(np.stack([left[:-1], right[:-1], right[1:], left[1:]], axis=1))
            rows = np.stack([0.2 * np.arange(5), 0.2 * np.arange(1, 6)], 1)
            uvs.append(
                np.stack(
                    [
                        np.c_[np.zeros(5), rows[:, 0]],
                        np.c_[np.full(5, 0.2), rows[:, 0]],
                        np.c_[np.full(5, 0.2), rows[:, 1]],
                        np.c_[np.zeros(5), rows[:, 1]],
                    ],
                    axis=1,
                )
            )
        green = Surface("bark", (tone, (0.3, 0.34, 0.12)), kind % 2, size_m=1.0, roughness=0.45)
        return [*made, (quads(np.concatenate(blades), np.concatenate(uvs)), green)]
    out = rng.normal(0, 1, (70, 3)) * [1, 1, 0.8]
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    middle = np.array([0, 0, 0.68 * height])
    at = middle + out * [0.3 * height, 0.3 * height, 0.32 * height] * rng.uniform(0.45, 1.0, (70, 1))
    leaves = cards(at, out + [0, 0, 0.5], rng.uniform(0.16, 0.3, 70) * height, rng.uniform(0, 6.28, 70))
    stems = join(*[rod([0, 0, 0.8 * rim], p, 0.006 + 0.006 * height, 5) for p in at[:9]])
    foliage = Surface("leaves", (tone,), kind % 3, alpha=True, roughness=0.5)
    wood = Surface("bark", ((0.17, 0.12, 0.08),), 0, size_m=0.4, roughness=0.9)
    return [*made, (leaves, foliage), (stems, wood)]


def screen(rng: np.random.Generator, width: float = 0.55) -> Pieces:
    """A monitor on its foot, facing -y."""
    tall = 0.58 * width
    body = join(
        block(width, 0.03, tall, 0, 0, 0.12, 0.008),
        block(0.05, 0.04, 0.16, 0, 0.03, 0),
        block(0.24, 0.16, 0.012, 0, 0.02, 0),
    )
    show = sheet(width - 0.03, tall - 0.03, fit=True).moved(0, -0.0165, 0.135)
    which = np.array([int(rng.integers(4))])
    show = replace(show, uvs=_in_cells(show.uvs[None], which, "screens")[0])
    return [(body, DARK), (show, SCREENS[int(rng.integers(2))])]


def keyboard(rng: np.random.Generator) -> Pieces:
    """Keyboard, mouse and a sheet of paper in front of a monitor."""
    keys = np.array([[-0.2 + 0.029 * i, -0.055 + 0.028 * j, 0.014] for i in range(14) for j in range(4)])
    board = join(block(0.43, 0.14, 0.015, 0, 0, 0), boxes(keys, np.full(keys.shape, 0.023) * [1, 1, 0.4]))
    grey = Surface("metal", ((0.2, 0.2, 0.2),), 2, size_m=0.4, roughness=0.6)
    mouse = ball(0.03, 12, 8).scaled(1, 1.6, 0.7).moved(0.3, 0.0, 0.02)
    leaf = block(0.21, 0.3, 0.003, -0.42, 0.02, 0).turned("z", float(rng.uniform(-12, 12)))
    return [(board, grey), (mouse, DARK), (replace(leaf, uvs=leaf.uvs / 0.3), PAPER)]


def clock(radius: float) -> Pieces:
    """A wall clock about the origin, facing -y."""
    rim = lathe([[radius, 0], [1.1 * radius, 0.01], [1.1 * radius, 0.04], [radius, 0.045], [0.98 * radius, 0.03]], 32)
    face = lathe([[0.97 * radius, 0.031], [0.1 * radius, 0.034]], 32)
    marks = [
        block(0.05 * radius, 0.16 * radius, 0.004, 0, 0.82 * radius, 0.034).turned("z", 30.0 * k) for k in range(12)
    ]
    hands = [
        block(0.05 * radius, 0.6 * radius, 0.004, 0, 0.26 * radius, 0.036).turned("z", -55),
        block(0.035 * radius, 0.85 * radius, 0.004, 0, 0.36 * radius, 0.039).turned("z", 130),
    ]
    white = Surface("plaster", ((0.68, 0.66, 0.6),), 1, size_m=0.5)
    return [(m.turned("x", 90), s) for m, s in ((rim, DARK), (face, white), (join(*marks, *hands), DARK))]
