"""What closes the view: hills, woodland, skylines and the sea."""

from __future__ import annotations

import numpy as np

from ..meshes import Array, Mesh, join
from ..surfaces import Colour, Surface
from . import facades, trees
from .solids import Parts, block, gable, quads, repeated, terrain
from .undergrowth import Height

WOODLAND: Colour = (0.1, 0.16, 0.06)
SEA = Surface(
    "water", ((0.02, 0.055, 0.065), (0.06, 0.13, 0.13)), 1, size_m=7.0, bump=0.12, roughness=0.16, mottle=0.35
)


def hazed(colour: Colour, amount: float) -> Colour:
    """A colour as seen through that share of blue haze."""
    air = (0.33, 0.4, 0.48)
    return tuple(float(c + amount * (a - c)) for c, a in zip(colour, air, strict=True))  # type: ignore[return-value]


def far_hills(parts: Parts, rng: np.random.Generator, near: float = 118.0, low: float = 0.5) -> None:
    """Three ranges of hills behind one another, each paler than the one before it."""
    for k, (radius, tall) in enumerate(((near, 9.0), (near + 90, 22.0), (near + 260, 55.0))):
        phases, waves = rng.uniform(0, 6.28, 4), np.array([2, 5, 9, 17])
        angle = np.linspace(0, 2 * np.pi, 181)[:-1]
        swell = (np.sin(np.outer(angle, waves) + phases) * [0.5, 0.3, 0.2, 0.08]).sum(axis=1)
        ridge = tall * np.clip(0.62 + 0.5 * swell, low * 0.3, None)
        mesh = terrain([radius, radius + 12, radius + 30, radius + 55], 180, _ridge(radius, ridge))
        parts.add(
            "far_hills",
            mesh,
            Surface("canopy", (hazed(WOODLAND, 0.12 + 0.22 * k),), 1, size_m=9.0 + 14 * k, roughness=0.95, mottle=0.4),
        )


def _ridge(radius: float, ridge: Array) -> Height:
    def height(x: Array, y: Array) -> Array:
        share = np.clip((np.hypot(x, y) - radius) / 55, 0, 1)
        index = np.round(np.arctan2(y, x) / (2 * np.pi) * len(ridge)).astype(int) % len(ridge)
        return ridge[index] * np.sin(0.5 * np.pi * share) ** 0.7 - 0.3

    return height


def tree_line(parts: Parts, rng: np.random.Generator, height: Height, radius: float = 66.0, count: int = 66) -> None:
    """A closed edge of a wood all around, from a few shapes of trees."""
    shapes = [trees.far_tree(rng, 10.0, k) for k in range(5)]
    angle = np.linspace(0, 2 * np.pi, count + 1)[:-1] + rng.uniform(-0.02, 0.02, count)
    away = radius + rng.uniform(0, 16, count)
    x, y = away * np.cos(angle), away * np.sin(angle)
    at, turns = np.c_[x, y, height(x, y)], rng.uniform(0, 6.28, count)
    sizes, which = rng.uniform(0.8, 1.4, count), rng.integers(0, len(shapes), count)
    for k, shape in enumerate(shapes):
        chosen = which == k
        if chosen.any():
            for mesh, surface in shape:
                parts.add("tree_line", repeated(mesh, at[chosen], turns[chosen], sizes[chosen]), surface)


def skyline(parts: Parts, rng: np.random.Generator, near: float, far: float, count: int = 34) -> None:
    """Houses and towers all around in the distance, with roofs, cornices and plant on top."""
    for angle in np.linspace(0, 2 * np.pi, count + 1)[:-1]:
        radius, width, tall = rng.uniform(near, far), 3.0 * rng.integers(3, 7), 3.0 * rng.integers(3, 9)
        index = int(rng.integers(4))
        tone = facades.STONES[index]
        front = Surface("facade", tuple(_duller(c) for c in tone), index % 3, size_m=3.0, roughness=0.85, mottle=0.25)
        x, y, turn = radius * np.cos(angle), radius * np.sin(angle), float(np.degrees(angle)) + 90

        def add(mesh: Mesh, surface: Surface, x: float = x, y: float = y, turn: float = turn) -> None:
            parts.add("skyline", mesh.turned("z", turn).moved(x, y), surface)

        add(block(width, 10.0, tall, 0, 0, 0), front)
        add(block(width + 0.5, 10.5, 0.4, 0, 0, tall - 0.1), facades.TRIMS[index])
        if tall < 20:
            add(gable(width + 0.4, 10.6, 3.6).moved(z=tall + 0.3), facades.ROOFS[index % 3])
        else:
            add(join(block(4, 4, 2.4, rng.uniform(-2, 2), 0, tall), block(0.1, 0.1, 6.0, 1, 1, tall)), facades.ZINC)


def _duller(colour: Colour) -> Colour:
    """Through some haze; rounded, so that equal fronts share a picture."""
    return tuple(round(c, 3) for c in hazed(colour, 0.1))  # type: ignore[return-value]


def sea(
    parts: Parts, rng: np.random.Generator, start: float, level: float, surf: float, surface: Surface = SEA
) -> None:
    """Open water from y = `start` to the horizon, its waves lower with distance."""
    y = start + np.concatenate([np.arange(0, 30, 0.5), 30 * 1.09 ** np.arange(46)])
    t = np.linspace(-1, 1, 121)
    x = 70 * t + 900 * t**5
    phase = rng.uniform(0, 6.28, 4)

    def height(gx: Array, gy: Array) -> Array:
        fade = np.clip((gy - start) / 6, 0.15, 1) * np.exp(-(gy - start) / 160)
        swell = np.sin(2 * np.pi * gy / 7.0 + 0.8 * np.sin(gx / 11 + phase[0]) + phase[1])
        chop = 0.5 * np.sin(2 * np.pi * (gy / 3.1 + gx / 5.3) + phase[2]) + 0.4 * np.sin(
            2 * np.pi * (gy / 2.3 - gx / 4.1) + phase[3]
        )
        return level + 0.13 * surf * fade * (swell + 0.5 * chop)

    parts.add("sea", grid_mesh(x, y, height), surface)


def grid_mesh(x: Array, y: Array, height: Height) -> Mesh:
    """A smooth sheet over the lattice of x and y, facing up; uv is (x, y) in metres."""
    gx, gy = np.meshgrid(x, y)
    points = np.stack([gx, gy, height(gx, gy)], axis=2)
    corners = np.stack([points[:-1, :-1], points[:-1, 1:], points[1:, 1:], points[1:, :-1]], axis=2).reshape(-1, 4, 3)
    columns = len(x)
    start = (np.arange(len(y) - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    faces = np.stack([start, start + 1, start + columns + 1, start + columns], axis=1)
    return Mesh(
        points.reshape(-1, 3), faces, corners[..., :2], np.zeros(len(faces), np.int64), np.ones(len(faces), bool)
    )


def strip(left: Array, right: Array, smooth: bool = True) -> Mesh:
    """A ribbon between two (N, 3) lines, facing up when `left` is left of `right`; uv in metres."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(left, axis=0), axis=1))])
    wide = np.linalg.norm(right - left, axis=1)
    corners = np.stack([left[:-1], right[:-1], right[1:], left[1:]], axis=1)
    uvs = np.stack(
        [
            np.c_[0 * along[:-1], along[:-1]],
            np.c_[wide[:-1], along[:-1]],
            np.c_[wide[1:], along[1:]],
            np.c_[0 * along[1:], along[1:]],
        ],
        axis=1,
    )
    return quads(corners, uvs, smooth)


def chosen_faces(mesh: Mesh, keep: Array) -> Mesh:
    """The faces that a (F,) mask keeps, as a mesh of one surface."""
    used, faces = np.unique(mesh.faces[keep], return_inverse=True)
    return Mesh(
        mesh.vertices[used],
        faces.reshape(-1, 4),
        mesh.uvs[keep],
        np.zeros(int(keep.sum()), np.int64),
        mesh.smooth[keep],
    )
