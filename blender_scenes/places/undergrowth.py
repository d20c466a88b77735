"""What covers the ground: tufts of grass, reeds, crops, ferns, flowers, stones, fallen leaves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..meshes import Array, Mesh, join
from ..surfaces import Colour, Surface
from ..textures.scenery import LEAVES
from .solids import Parts, lump, quads, repeated
from .trees import GREENS, Pieces, leaf_surface, leaves

Height = Callable[[Array, Array], Array]
Area = Callable[[Array, Array], Array]

STRAW: Colour = (0.42, 0.33, 0.13)
AUTUMN: tuple[Colour, ...] = ((0.22, 0.12, 0.05), (0.21, 0.16, 0.07), (0.15, 0.085, 0.045))


def blades(rng: np.random.Generator, count: int, height: float, width: float, spread: float, lean: float) -> Mesh:
    """A tuft at the origin: bent blades, two faces each."""
    angle = rng.uniform(0, 2 * np.pi, count)
    root = np.c_[spread * rng.normal(0, 0.5, (count, 2)), np.zeros(count)]
    out = np.c_[np.cos(angle), np.sin(angle), np.zeros(count)]
    across = np.c_[-np.sin(angle), np.cos(angle), np.zeros(count)] * width * rng.uniform(0.7, 1.2, (count, 1))
    tall = height * rng.uniform(0.55, 1.1, (count, 1))
    bow = lean * rng.uniform(0.4, 1.2, (count, 1)) * tall
    middle = root + 0.35 * bow * out + [0, 0, 0.6] * tall
    tip = root + bow * out + [0, 0, 1.0] * tall
    lower = np.stack([root - across, root + across, middle + 0.75 * across, middle - 0.75 * across], axis=1)
    upper = np.stack([middle - 0.75 * across, middle + 0.75 * across, tip, tip], axis=1)
    cell = rng.integers(0, LEAVES, (count, 1, 2))
    shape = np.array([[0.3, 0.2], [0.7, 0.2], [0.65, 0.5], [0.35, 0.5]])
    point = np.array([[0.35, 0.5], [0.65, 0.5], [0.5, 0.9], [0.5, 0.9]])
    uvs = np.concatenate([(cell + shape) / LEAVES, (cell + point) / LEAVES])
    return quads(np.concatenate([lower, upper]), uvs)


def scatter(
    rng: np.random.Generator, count: int, reach: float, where: Area, height: Height, sizes: tuple[float, float]
) -> tuple[Array, Array, Array]:
    """Random places: (N, 3) points on the ground, (N,) turns and (N,) sizes.

    Args:
        reach: half side of the square they are drawn from, denser towards its middle.
        where: which (x, y) are allowed.
    """
    polar = rng.uniform(0, 2 * np.pi, count)
    radius = reach * rng.uniform(0, 1, count) ** 0.7
    x, y = radius * np.cos(polar), radius * np.sin(polar)
    keep = where(x, y)
    x, y = x[keep], y[keep]
    return np.c_[x, y, height(x, y)], rng.uniform(0, 6.28, len(x)), rng.uniform(*sizes, len(x))


def outside(half_width: float, half_depth: float) -> Area:
    """Allows what lies outside the free rectangle."""
    return lambda x, y: (np.abs(x) > half_width + 0.25) | (np.abs(y) > half_depth + 0.25)


def tufts(
    parts: Parts,
    rng: np.random.Generator,
    count: int,
    reach: float,
    where: Area,
    height: Height,
    tall: float = 0.16,
    tones: tuple[Colour, ...] = (GREENS[0], GREENS[3], STRAW),
) -> None:
    """Tufts of grass in several tones and shapes."""
    for tone in tones:
        shape = blades(rng, 9, tall, 0.011 + 0.02 * tall, 0.35 * tall, 0.6)
        at, turns, sizes = scatter(rng, count // len(tones), reach, where, height, (0.55, 1.3))
        if len(at):
            parts.add("tufts", repeated(shape, at, turns, sizes), Surface("foliage", (tone,), 1, roughness=0.7))


def flowers(parts: Parts, rng: np.random.Generator, count: int, reach: float, where: Area, height: Height) -> None:
    """Small blossoms on stalks."""
    for tone in ((0.7, 0.66, 0.55), (0.7, 0.5, 0.05), (0.45, 0.1, 0.3)):
        stalk = blades(rng, 2, 0.2, 0.006, 0.03, 0.2)
        angle = np.linspace(0, 2 * np.pi, 6)[:-1]
        out = np.c_[np.cos(angle), np.sin(angle), np.full(5, 0.6)]
        head = leaves(rng, 0.02 * out + [0, 0, 0.2], np.c_[0.3 * out[:, :2], np.ones(5)], np.full(5, 0.04), 0.4)
        at, turns, sizes = scatter(rng, count // 3, reach, where, height, (0.6, 1.2))
        if len(at):
            parts.add("flowers", repeated(stalk, at, turns, sizes), leaf_surface(0))
            parts.add("flowers", repeated(head, at, turns, sizes), Surface("foliage", (tone,), 1, roughness=0.7))


def pebbles(
    parts: Parts,
    rng: np.random.Generator,
    count: int,
    reach: float,
    where: Area,
    height: Height,
    sizes: tuple[float, float] = (0.02, 0.09),
    tone: Colour = (0.3, 0.28, 0.25),
) -> None:
    """Loose stones, half sunk."""
    for k in range(3):
        stone = lump(rng, 1.0, 0.2, 8, 5, 4).scaled(1.0, 0.8, 0.55).moved(z=0.12)
        at, turns, scales = scatter(rng, count // 3, reach, where, height, sizes)
        shade = tuple(c * (0.8 + 0.25 * k) for c in tone)
        if len(at):
            parts.add("pebbles", repeated(stone, at, turns, scales), Surface("concrete", (shade,), k, size_m=0.7))


def fallen(
    parts: Parts,
    rng: np.random.Generator,
    count: int,
    reach: float,
    where: Area,
    height: Height,
    sizes: tuple[float, float] = (0.05, 0.12),
    tones: tuple[Colour, ...] = AUTUMN,
) -> None:
    """Fallen leaves that lie on the ground, thin enough to walk over."""
    for tone in tones:
        at, _, lengths = scatter(rng, count // len(tones), reach, where, height, sizes)
        if not len(at):
            continue
        lift = np.c_[np.zeros((len(at), 2)), rng.uniform(0.003, 0.009, len(at))]
        up = np.array([0.0, 0, 1]) + rng.normal(0, 0.025, at.shape)
        lying = leaves(rng, at + lift, up, lengths, 0.36)
        parts.add("litter", lying, Surface("foliage", (tone,), 1, roughness=0.8))


def lying_blades(
    parts: Parts, rng: np.random.Generator, count: int, reach: float, where: Area, tones: tuple[Colour, ...]
) -> None:
    """Cut and trodden blades of grass that lie on flat ground, low enough to walk over."""
    for tone in tones:
        at, _, lengths = scatter(rng, count // len(tones), reach, where, lambda x, y: 0 * x, (0.05, 0.13))
        lift = np.c_[np.zeros((len(at), 2)), rng.uniform(0.004, 0.008, len(at))]
        up = np.array([0.0, 0, 1]) + rng.normal(0, 0.02, at.shape)
        parts.add("blades", leaves(rng, at + lift, up, lengths, 0.07), Surface("foliage", (tone,), 1, roughness=0.7))


def wild(x: Array, y: Array) -> Array:
    """Allows every place."""
    return np.ones(np.broadcast(x, y).shape, bool)


def crop(rng: np.random.Generator, kind: str, season: int) -> tuple[Mesh, Colour]:
    """One clump of a field crop at the origin, and its tone."""
    if kind == "maize":
        return blades(rng, 12, 1.1 + 0.35 * season, 0.035, 0.08, 0.7), ((0.1, 0.2, 0.04), (0.13, 0.2, 0.04), STRAW)[
            season
        ]
    if kind == "rape":
        return blades(rng, 12, 0.75, 0.016, 0.2, 0.25), ((0.11, 0.2, 0.05), (0.55, 0.45, 0.04), (0.3, 0.27, 0.08))[
            season
        ]
    return blades(rng, 14, 0.6 + 0.1 * season, 0.012, 0.18, 0.25), ((0.12, 0.24, 0.05), (0.3, 0.3, 0.08), STRAW)[season]


def fern(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """Arched fronds about a root, each a row of paired leaflets."""
    at, facing, lengths = [], [], []
    t = np.linspace(0.12, 1.0, 9)
    for angle in np.linspace(0, 6.28, 10)[:-1] + rng.uniform(-0.3, 0.3, 9):
        lift, reach = rng.uniform(0.5, 0.9) * size, rng.uniform(0.5, 0.85) * size
        d, side = np.array([np.cos(angle), np.sin(angle), 0]), np.array([-np.sin(angle), np.cos(angle), 0])
        spine = np.outer(reach * t, d) + np.outer(lift * (1.7 * t - 1.35 * t**2), [0, 0, 1])
        half = 0.16 * size * np.sin(np.pi * np.clip(0.25 + 0.75 * t, 0, 1)) + 0.02
        slope = np.outer(lift * (1.7 - 2.7 * t), d)
        for s in (-1, 1):
            at.append(spine + np.outer(0.5 * half, s * side))
            facing.append(np.array([0, 0, 1.0]) - 0.5 * slope + 0.2 * s * side)
            lengths.append(np.c_[half, np.full(9, angle), np.full(9, s)])
    points, normals, shape = np.concatenate(at), np.concatenate(facing), np.concatenate(lengths)
    return [(_leaflets(rng, points, normals, shape), leaf_surface(kind))]


def _leaflets(rng: np.random.Generator, at: Array, normal: Array, shape: Array) -> Mesh:
    """Leaves that point sideways from a frond; `shape` is (N, 3): length, angle of the frond, side."""
    length, angle, side = shape.T
    out = np.c_[
        -np.sin(angle) * side + 0.35 * np.cos(angle), np.cos(angle) * side + 0.35 * np.sin(angle), -0.25 + 0 * side
    ]
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    across = np.cross(normal / np.linalg.norm(normal, axis=1, keepdims=True), out)
    u, v = out * length[:, None] / 2, across * length[:, None] * 0.2
    cell = rng.integers(0, LEAVES, (len(at), 1, 2))
    leaf = np.array([[0.5, 0.06], [0.94, 0.45], [0.5, 0.94], [0.06, 0.45]])
    return quads(np.stack([at - u, at + v, at + u, at - v], axis=1), (cell + leaf) / LEAVES)


def rock(rng: np.random.Generator, size: float, kind: int) -> Pieces:
    """A half-sunken boulder with a smaller one beside it."""
    body = lump(rng, size, 0.3, 22, 13, 6).scaled(1.2, 1.0, 0.7).moved(z=0.15 * size)
    small = lump(rng, 0.4 * size, 0.3, 12, 8, 6).scaled(1, 1, 0.7).moved(1.2 * size, 0.3 * size, 0.05 * size)
    stone = ((0.3, 0.29, 0.27), (0.25, 0.24, 0.22), (0.36, 0.32, 0.26))[kind % 3]
    made = Surface("concrete", (stone, (0.1, 0.14, 0.05)), kind % 3, size_m=1.2, bump=0.01, roughness=0.9)
    return [(join(body, small), made)]
