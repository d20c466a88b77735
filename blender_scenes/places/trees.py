"""Trees, bushes, ferns and rocks in numpy."""

from __future__ import annotations

import numpy as np

from ..meshes import Array, Mesh, join, tube
from ..surfaces import Surface
from .solids import cards, lump, quads

GREENS = ((0.10, 0.22, 0.04), (0.14, 0.25, 0.05), (0.07, 0.17, 0.05), (0.24, 0.24, 0.05), (0.30, 0.16, 0.04))
BARKS = ((0.17, 0.12, 0.08), (0.22, 0.19, 0.15), (0.12, 0.085, 0.06))

Pieces = list[tuple[Mesh, Surface]]


def leaf_surface(kind: int) -> Surface:
    """Cards of leaves with holes."""
    return Surface("leaves", (GREENS[kind % 5],), kind % 3, alpha=True, roughness=0.55)


def core_surface(kind: int, size_m: float = 1.4) -> Surface:
    """The closed inside of foliage, or foliage far away."""
    return Surface("hedge", (GREENS[kind % 5],), kind % 2, size_m=size_m, roughness=0.7)


def bark_surface(kind: int) -> Surface:
    return Surface("bark", (BARKS[kind % 3],), kind % 2, size_m=0.8, bump=0.02, roughness=0.9)


def _directions(rng: np.random.Generator, count: int) -> Array:
    spread = rng.normal(0, 1, (count, 3))
    return spread / np.linalg.norm(spread, axis=1, keepdims=True)


def foliage(
    rng: np.random.Generator, centres: Array, radius: float, per_cluster: int, kind: int, card: float = 0.55
) -> Pieces:
    """Clusters of leaf cards about closed lumps."""
    lumps, at, facing = [], [], []
    for centre in centres:
        r = radius * rng.uniform(0.75, 1.2)
        lumps.append(lump(rng, 0.72 * r, 0.22, 12, 8).scaled(1, 1, 0.85).moved(*centre))
        out = _directions(rng, per_cluster)
        at.append(centre + out * [1, 1, 0.85] * r * rng.uniform(0.75, 1.1, (per_cluster, 1)))
        facing.append(out + 0.6 * _directions(rng, per_cluster))
    places = np.concatenate(at)
    sizes, turns = rng.uniform(0.7, 1.3, len(places)) * card, rng.uniform(0, 6.28, len(places))
    leaves = cards(places, np.concatenate(facing), sizes, turns)
    return [(join(*lumps), core_surface(kind, 1.1)), (leaves, leaf_surface(kind))]


def tree(rng: np.random.Generator, height: float, kind: int, clear: float = 0.42, spread: float = 0.27) -> Pieces:
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
    for k in range(11):
        angle = 2.4 * k + rng.uniform(-0.4, 0.4)
        level = clear + (1 - clear) * (k + 0.8) / 12
        out = reach * np.sqrt(max(0.15, 1 - ((level * height - middle) / (0.6 * (1 - clear) * height)) ** 2))
        tip = np.array([np.cos(angle) * 0.65 * out, np.sin(angle) * 0.65 * out, level * height])
        start = path[np.searchsorted(z, min(0.8, level - 0.08) * height) - 1] - [0, 0, 0.15]
        wood.append(tube([start, 0.5 * (start + tip) - [0, 0, 0.06], tip], thick * np.array([0.5, 0.3, 0.12]), 6))
        centres.append(tip)
    centres.append(np.array([path[-1, 0], path[-1, 1], 0.9 * height]))
    leafy = foliage(rng, np.array(centres), 0.5 * reach, 34, kind, 0.3 + 0.05 * height)
    return [(join(*wood), bark_surface(kind)), *leafy]


def far_tree(rng: np.random.Generator, height: float, kind: int) -> Pieces:
    """A tree for the distance: trunk and a few lumps, or a fir."""
    trunk = tube([[0, 0, -0.5], [0, 0, 0.6 * height]], [0.03 * height, 0.015 * height], 7)
    if kind % 3 == 2:
        lumps = [
            lump(rng, 1.0, 0.15, 10, 6).scaled(w * height, w * height, 0.16 * height).moved(z=z * height)
            for w, z in ((0.24, 0.3), (0.2, 0.47), (0.15, 0.63), (0.1, 0.78), (0.05, 0.92))
        ]
    else:
        lumps = [
            lump(rng, height * rng.uniform(0.15, 0.24), 0.3, 12, 8).moved(
                *(0.16 * height * d), (0.5 + 0.13 * k) * height
            )
            for k, d in enumerate(rng.uniform(-0.7, 0.7, (4, 2)) * [[1], [1], [0.8], [0.3]])
        ]
    body = join(*lumps)
    return [
        (trunk, bark_surface(kind)),
        (body, core_surface(kind, 2.2)),
        _fringe(rng, body, 0.15 * height, kind),
    ]


def _fringe(rng: np.random.Generator, body: Mesh, card: float, kind: int) -> tuple[Mesh, Surface]:
    """Leaf cards on a closed crown, so that its outline is not smooth."""
    at = body.vertices[rng.integers(0, len(body.vertices), 90)]
    out = at - body.vertices.mean(axis=0) + rng.normal(0, 0.4 * card, at.shape)
    return cards(at, out, rng.uniform(0.7, 1.3, 90) * card, rng.uniform(0, 6.28, 90)), leaf_surface(kind)


def tall_trunk(rng: np.random.Generator, height: float, kind: int) -> Pieces:
    """A forest tree: high bare trunk with roots and dead twigs, its crown far up."""
    thick = rng.uniform(0.11, 0.26)
    z = np.array([-0.3, 0.0, 0.25, 0.8, 2.2, 4.5, 7.0, height])
    wander = np.cumsum(rng.normal(0, 0.035, (8, 2)), axis=0)
    path = np.c_[wander - wander[1], z]
    wood = [tube(path, thick * np.array([1.9, 1.5, 1.15, 1.0, 0.92, 0.8, 0.65, 0.2]), 14)]
    for angle in rng.uniform(0, 6.28, 5):
        d = np.array([np.cos(angle), np.sin(angle), 0])
        root = [
            d * 0.5 * thick + [0, 0, 0.35],
            d * 1.7 * thick + [0, 0, 0.06],
            d * 3.2 * thick - [0, 0, 0.12],
        ]
        wood.append(tube(root, thick * np.array([0.5, 0.4, 0.15]), 6))
    for level in rng.uniform(2.7, 6.0, 6):
        angle, length = rng.uniform(0, 6.28), rng.uniform(0.5, 1.5)
        d = np.array([np.cos(angle), np.sin(angle), 0.15])
        start = np.array([np.interp(level, z, path[:, 0]), np.interp(level, z, path[:, 1]), level])
        wood.append(tube([start, start + 0.5 * length * d, start + length * (d + [0, 0, 0.2])], [0.03, 0.02, 0.006], 5))
    angle = rng.uniform(0, 6.28) + 2.4 * np.arange(6)
    high = np.linspace(0.55, 0.98, 6) * height
    reach = 0.16 * height * np.linspace(1.0, 0.15, 6)
    centres = np.c_[reach * np.cos(angle), reach * np.sin(angle), high]
    return [(join(*wood), bark_surface(kind)), *foliage(rng, centres, 0.115 * height, 22, kind, 0.75)]


def bush(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A low round shrub."""
    centres = np.c_[rng.normal(0, 0.35 * size, (6, 2)), rng.uniform(0.25, 0.6, 6) * size]
    return foliage(rng, centres, 0.42 * size, 30, kind, 0.3 * size)


def fern(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """Arched fronds about a root."""
    fronds, uvs = [], []
    t = np.linspace(0, 1, 6)
    for angle in np.linspace(0, 6.28, 11)[:-1] + rng.uniform(-0.3, 0.3, 10):
        lift, reach = rng.uniform(0.5, 0.9) * size, rng.uniform(0.5, 0.85) * size
        d, n = np.array([np.cos(angle), np.sin(angle), 0]), np.array([-np.sin(angle), np.cos(angle), 0])
        spine = np.outer(reach * t, d) + np.outer(lift * (1.7 * t - 1.35 * t**2), [0, 0, 1])
        half = np.outer(0.16 * size * np.sin(np.pi * np.clip(0.12 + 0.88 * t, 0, 1)) + 0.004, n)
        left, right = spine - half, spine + half
        fronds.append(np.stack([left[:-1], right[:-1], right[1:], left[1:]], axis=1))
        u = np.array([[0, 0], [0.45, 0], [0.45, 0.2], [0, 0.2]])
        uvs.append(u + np.stack([np.full(5, rng.random()), 0.2 * np.arange(5)], 1)[:, None])
    return [(quads(np.concatenate(fronds), np.concatenate(uvs)), leaf_surface(kind))]


def rock(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A half-sunken boulder with moss."""
    body = lump(rng, size, 0.3, 20, 12, 6).scaled(1.2, 1.0, 0.7).moved(z=0.15 * size)
    stone = ((0.3, 0.29, 0.27), (0.25, 0.24, 0.22), (0.36, 0.32, 0.26))[kind % 3]
    return [
        (
            body,
            Surface("concrete", (stone, (0.1, 0.14, 0.05)), kind % 3, size_m=1.2, bump=0.01, roughness=0.9),
        )
    ]


def log(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A fallen trunk along x."""
    body = tube([[-1.6 * size, 0, 0.16], [0, 0.1, 0.2], [1.7 * size, 0, 0.17]], np.array([0.22, 0.2, 0.16]) * size, 16)
    return [(body, bark_surface(kind))]
