"""Trees, shrubs and wood in numpy.

Foliage is leaf-shaped opaque faces about closed, calm cores: no holes in alpha, which cost rays and make noise. The
further a tree stands, the larger and fewer its leaves.
"""

from __future__ import annotations

import numpy as np

from ..meshes import Array, Mesh, join, tube
from ..surfaces import Surface
from ..textures.scenery import LEAVES
from .solids import lump, quads

GREENS = ((0.10, 0.22, 0.04), (0.14, 0.25, 0.05), (0.07, 0.17, 0.05), (0.19, 0.23, 0.05), (0.13, 0.2, 0.07))
BARKS = ((0.17, 0.12, 0.08), (0.22, 0.19, 0.15), (0.12, 0.085, 0.06))

Pieces = list[tuple[Mesh, Surface]]


def leaf_surface(kind: int) -> Surface:
    """Single leaves, for faces of `leaves`."""
    return Surface("foliage", (GREENS[kind % 5],), kind % 2, roughness=0.6)


def core_surface(kind: int, size_m: float = 1.4) -> Surface:
    """The closed inside of foliage, in the shade of its leaves."""
    tone = GREENS[kind % 5]
    return Surface(
        "canopy", ((0.62 * tone[0], 0.62 * tone[1], 0.62 * tone[2]),), kind % 2, size_m=size_m, roughness=0.8
    )


def crown_surface(kind: int, size_m: float = 3.5) -> Surface:
    """Whole crowns far away."""
    return Surface("canopy", (GREENS[kind % 5],), kind % 2, size_m=size_m, roughness=0.8)


def bark_surface(kind: int) -> Surface:
    return Surface("bark", (BARKS[kind % 3],), kind % 2, size_m=0.8, bump=0.008, roughness=0.9)


def _directions(rng: np.random.Generator, count: int) -> Array:
    spread = rng.normal(0, 1, (count, 3))
    return spread / np.linalg.norm(spread, axis=1, keepdims=True)


def _unit(vectors: Array) -> Array:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def leaves(rng: np.random.Generator, at: Array, facing: Array, sizes: Array, slim: float = 0.32) -> Mesh:
    """Pointed leaves about (N, 3) points that face along (N, 3) directions and droop; each shows one painted leaf.

    Args:
        sizes: (N,) lengths in metres.
        slim: half width in lengths.
    """
    normal, count = _unit(facing), len(at)
    droop = np.array([0.0, 0, -0.5]) + rng.normal(0, 0.55, (count, 3))
    along = _unit(droop - (droop * normal).sum(axis=1, keepdims=True) * normal)
    across = np.cross(normal, along)
    length, half = along * sizes[:, None] / 2, across * sizes[:, None] * slim
    corners = np.stack([at - length, at + half - 0.1 * length, at + length, at - half - 0.1 * length], axis=1)
    cell = rng.integers(0, LEAVES, (count, 1, 2))
    shape = np.array([[0.5, 0.06], [0.94, 0.45], [0.5, 0.94], [0.06, 0.45]])
    return quads(corners, (cell + shape) / LEAVES)


def foliage(
    rng: np.random.Generator, centres: Array, radius: float, per_cluster: int, kind: int, leaf: float = 0.2
) -> Pieces:
    """Clusters of leaves about closed lumps; the leaves face outwards, so that a cluster is shaded as one body."""
    lumps, at, facing = [], [], []
    fine = (9, 6) if per_cluster > 60 else (7, 5)
    for centre in centres:
        r = radius * rng.uniform(0.75, 1.2)
        lumps.append(lump(rng, 0.68 * r, 0.25, *fine).scaled(1, 1, 0.85).moved(*centre))
        out = _directions(rng, per_cluster)
        at.append(centre + out * [1, 1, 0.85] * r * rng.uniform(0.78, 1.08, (per_cluster, 1)))
        facing.append(out + [0, 0, 0.35] + 0.26 * _directions(rng, per_cluster))
    places = np.concatenate(at)
    made = leaves(rng, places, np.concatenate(facing), rng.uniform(0.7, 1.25, len(places)) * leaf)
    return [(join(*lumps), core_surface(kind, 1.1)), (made, leaf_surface(kind))]


def tree(rng: np.random.Generator, height: float, kind: int, clear: float = 0.4, spread: float = 0.27) -> Pieces:
    """A broad-leaved tree at the origin: bent trunk, branches, clusters of leaves.

    Args:
        clear: part of the height below the crown.
        spread: radius of the crown in heights.
    """
    thick = 0.022 * height + 0.04
    bend = rng.normal(0, 0.02 * height, 2)
    z = np.linspace(0, 0.85 * height, 7)
    path = np.c_[bend[0] * np.sin(2 * z / height), bend[1] * np.sin(2.5 * z / height), z]
    radii = thick * np.array([1.5, 1.05, 0.95, 0.8, 0.6, 0.4, 0.15])
    wood, centres = [tube(path - [0, 0, 0.15], radii, 12)], []
    middle, reach = (1 + clear) / 2 * height, spread * height
    for k in range(17):
        angle = 2.4 * k + rng.uniform(-0.5, 0.5)
        level = clear + (1 - clear) * (k + rng.uniform(0.4, 1.2)) / 18
        out = reach * np.sqrt(max(0.15, 1 - ((level * height - middle) / (0.6 * (1 - clear) * height)) ** 2))
        share = rng.uniform(0.55, 0.85)
        tip = np.array([np.cos(angle) * share * out, np.sin(angle) * share * out, level * height])
        start = path[np.searchsorted(z, min(0.8, level - 0.08) * height) - 1] - [0, 0, 0.15]
        wood.append(tube([start, 0.5 * (start + tip) - [0, 0, 0.06], tip], thick * np.array([0.5, 0.3, 0.12]), 6))
        centres.append(tip)
    centres.append(np.array([path[-1, 0], path[-1, 1], 0.9 * height]))
    leafy = foliage(rng, np.array(centres), 0.37 * reach, 230, kind, 0.12 + 0.02 * height)
    return [(join(*wood), bark_surface(kind)), *leafy]


def far_tree(rng: np.random.Generator, height: float, kind: int) -> Pieces:
    """A tree for the distance: trunk, a few lumps and large leaves on their outline, or a fir."""
    trunk = tube([[0, 0, -0.5], [0, 0, 0.6 * height]], [0.03 * height, 0.015 * height], 7)
    if kind % 3 == 2:
        return [(trunk, bark_surface(kind)), (_fir(rng, height), crown_surface(2, 3.0))]
    angle = 2.4 * np.arange(8) + rng.uniform(0, 6.28)
    level = np.linspace(0.36, 0.92, 8)
    out = 0.21 * np.sqrt(np.clip(1 - ((level - 0.58) / 0.4) ** 2, 0.02, 1)) * rng.uniform(0.6, 1.05, 8)
    lumps = [
        lump(rng, height * rng.uniform(0.1, 0.15), 0.3, 8, 5).moved(
            *(height * np.array([o * np.cos(a), o * np.sin(a), z]))
        )
        for a, o, z in zip(angle, out, level, strict=True)
    ]
    body = join(*lumps)
    return [(trunk, bark_surface(kind)), (body, crown_surface(kind, 2.6)), _fringe(rng, lumps, 0.085 * height, kind)]


def _fir(rng: np.random.Generator, height: float) -> Mesh:
    """Tiers of drooping boughs with ragged rims."""
    tiers = []
    for z in np.linspace(0.14, 0.86, 9):
        radius, count = 0.24 * height * (1.02 - z), 16
        angle = np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.uniform(0, 1)
        ragged = radius * rng.uniform(0.72, 1.1, count)
        rim = np.c_[ragged * np.cos(angle), ragged * np.sin(angle), np.full(count, z * height) + 0.1 * ragged]
        top = np.array([0, 0, (z + 0.17) * height])
        after = np.roll(rim, -1, axis=0)
        corners = np.stack([rim, after, np.broadcast_to(top, rim.shape), np.broadcast_to(top, rim.shape)], axis=1)
        across = np.arange(count)[:, None] * 0.6 + np.array([0.0, 0.6, 0.3, 0.3])
        tiers.append(quads(corners, np.stack([across, np.broadcast_to([0.0, 0, 1.6, 1.6], across.shape)], axis=2)))
    return join(*tiers)


def _fringe(rng: np.random.Generator, lumps: list[Mesh], leaf: float, kind: int) -> tuple[Mesh, Surface]:
    """Leaves on the closed crowns of a far tree, so that their outline is not smooth."""
    at = np.concatenate([body.vertices[rng.integers(0, len(body.vertices), 28)] for body in lumps])
    middle = np.repeat([body.vertices.mean(axis=0) for body in lumps], 28, axis=0)
    out = _unit(at - middle)
    sizes = rng.uniform(0.7, 1.3, len(at)) * leaf
    return leaves(rng, at + 0.2 * leaf * out, out + 0.3 * _directions(rng, len(at)), sizes, 0.42), leaf_surface(kind)


def _bole(rng: np.random.Generator, height: float, thick: float, sides: int) -> tuple[list[Mesh], Array]:
    """Trunk and roots of a forest tree; also the trunk's path."""
    z = np.array([-0.3, 0.0, 0.25, 0.8, 2.2, 4.5, 7.0, height])
    wander = np.cumsum(rng.normal(0, 0.035, (8, 2)), axis=0)
    path = np.c_[wander - wander[1], z]
    wood = [tube(path, thick * np.array([1.9, 1.5, 1.15, 1.0, 0.92, 0.8, 0.65, 0.2]), sides)]
    for angle in rng.uniform(0, 6.28, 5):
        d = np.array([np.cos(angle), np.sin(angle), 0])
        root = [d * 0.5 * thick + [0, 0, 0.35], d * 1.7 * thick + [0, 0, 0.06], d * 3.2 * thick - [0, 0, 0.12]]
        wood.append(tube(root, thick * np.array([0.5, 0.4, 0.15]), 6))
    return wood, path


def tall_trunk(rng: np.random.Generator, height: float, kind: int, leaf: float = 0.42, each: int = 110) -> Pieces:
    """A forest tree: high bare trunk with roots and dead twigs, its crown far up."""
    thick = rng.uniform(0.11, 0.26)
    wood, path = _bole(rng, height, thick, 14 if each > 60 else 9)
    for level in rng.uniform(2.7, 6.0, 6):
        angle, length = rng.uniform(0, 6.28), rng.uniform(0.5, 1.5)
        d = np.array([np.cos(angle), np.sin(angle), 0.15])
        start = np.array([np.interp(level, path[:, 2], path[:, 0]), np.interp(level, path[:, 2], path[:, 1]), level])
        wood.append(tube([start, start + 0.5 * length * d, start + length * (d + [0, 0, 0.2])], [0.03, 0.02, 0.006], 5))
    angle = rng.uniform(0, 6.28) + 2.4 * np.arange(8)
    high = np.linspace(0.42, 0.98, 8) * height
    reach = 0.17 * height * np.array([0.9, 1.0, 1.0, 0.9, 0.8, 0.6, 0.4, 0.1])
    centres = np.c_[reach * np.cos(angle), reach * np.sin(angle), high]
    for tip in centres[:5]:
        start = np.array([np.interp(tip[2] - 0.8, path[:, 2], path[:, k]) for k in (0, 1)])
        wood.append(tube([[*start, tip[2] - 0.8], tip], [0.3 * thick, 0.02], 6))
    return [(join(*wood), bark_surface(kind)), *foliage(rng, centres, 0.105 * height, each, kind, leaf)]


def far_trunk(rng: np.random.Generator, height: float, kind: int) -> Pieces:
    """A forest tree of the second rank: fewer, larger leaves."""
    return tall_trunk(rng, height, kind, 0.72, 34)


def bush(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A low round shrub."""
    centres = np.c_[rng.normal(0, 0.35 * size, (7, 2)), rng.uniform(0.2, 0.6, 7) * size]
    return foliage(rng, centres, 0.4 * size, 115, kind, 0.06 + 0.09 * size)


def stump(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """What is left of a felled tree, with roots and a pale cut."""
    thick = 0.2 * size
    wood, _ = _bole(rng, 9.0, thick, 16)
    body = tube([[0, 0, -0.2], [0, 0, 0.1], [0, 0, 0.42 * size]], thick * np.array([1.7, 1.35, 1.2]), 16)
    cut = tube([[0, 0, 0.42 * size], [0, 0, 0.42 * size + 0.012]], 1.12 * thick, 16)
    pale = Surface("wood", ((0.42, 0.3, 0.17), (0.26, 0.16, 0.08)), kind % 2, size_m=0.5, roughness=0.8)
    return [(join(body, *wood[1:]), bark_surface(kind)), (cut, pale)]


def log(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A fallen trunk along x with stubs of branches and pale ends."""
    path = np.array([[-1.6 * size, 0, 0.16], [0, 0.1, 0.2], [1.7 * size, 0, 0.17]])
    body = [tube(path, np.array([0.22, 0.2, 0.16]) * size, 16)]
    for x in rng.uniform(-1.2, 1.3, 4) * size:
        angle = rng.uniform(0.3, 2.8)
        d = np.array([rng.normal(0, 0.3), np.cos(angle), np.sin(angle)])
        body.append(tube([[x, 0.08, 0.2], np.array([x, 0.08, 0.2]) + 0.5 * size * d], [0.05, 0.025], 7))
    ends = [
        tube([[s * x, 0, z], [s * (x + 0.01), 0, z]], r, 16)
        for s, x, z, r in ((-1, 1.6 * size, 0.16, 0.2 * size), (1, 1.7 * size, 0.17, 0.145 * size))
    ]
    pale = Surface("wood", ((0.42, 0.3, 0.17), (0.26, 0.16, 0.08)), kind % 2, size_m=0.4, roughness=0.8)
    return [(join(*body), bark_surface(kind)), (join(*ends), pale)]
