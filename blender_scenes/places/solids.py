"""More mesh makers, for places: pierced walls, drapes, lumps, rolling ground, scattered cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from ..meshes import Array, Mesh, ball, box, extrude, stack_rings, tube
from ..surfaces import Model, Surface


class Parts:
    """Collects pieces of named parts and joins them into models."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[tuple[Mesh, Surface]]] = {}

    def add(self, part: str, mesh: Mesh, surface: Surface) -> None:
        self._pieces.setdefault(part, []).append((mesh, surface))

    def models(self) -> list[tuple[str, Model]]:
        return [(name, _joined(pieces)) for name, pieces in self._pieces.items()]


def _joined(pieces: list[tuple[Mesh, Surface]]) -> Model:
    """One model of many pieces; equal surfaces share a slot."""
    surfaces = list(dict.fromkeys(surface for _, surface in pieces))
    slot = {surface: k for k, surface in enumerate(surfaces)}
    offsets = np.cumsum([0] + [len(m.vertices) for m, _ in pieces])
    return Model(
        Mesh(
            np.concatenate([m.vertices for m, _ in pieces]),
            np.concatenate([m.faces + o for (m, _), o in zip(pieces, offsets, strict=False)]),
            np.concatenate([m.uvs for m, _ in pieces]),
            np.concatenate([np.full(len(m.faces), slot[s]) for m, s in pieces]),
            np.concatenate([m.smooth for m, _ in pieces]),
        ),
        tuple(surfaces),
    )


def quads(corners: Array, uvs: Array, smooth: bool = False) -> Mesh:
    """Loose quads from (F, 4, 3) corners and (F, 4, 2) texture coordinates."""
    count = len(corners)
    return Mesh(
        np.asarray(corners, float).reshape(-1, 3),
        np.arange(4 * count).reshape(count, 4),
        np.asarray(uvs, float),
        np.zeros(count, np.int64),
        np.full(count, smooth),
    )


def sheet(width: float, height: float, fit: bool = False, holes: Sequence[Sequence[float]] = ()) -> Mesh:
    """An upright sheet on z = 0 that faces -y, centred in x; uv in metres from its lower left, or 0..1.

    Args:
        fit: stretch one repeat of the texture over the sheet.
        holes: (left, right, bottom, top) of rectangles that are left out.
    """
    xs = np.unique([-width / 2, width / 2, *(v for h in holes for v in h[:2])])
    zs = np.unique([0.0, height, *(v for h in holes for v in h[2:])])
    x0, z0 = (v.ravel() for v in np.meshgrid(xs[:-1], zs[:-1]))
    x1, z1 = (v.ravel() for v in np.meshgrid(xs[1:], zs[1:]))
    middle_x, middle_z = (x0 + x1)[:, None] / 2, (z0 + z1)[:, None] / 2
    left, right, low, high = np.reshape(np.asarray(holes, float), (-1, 4)).T
    open_ = (left <= middle_x) & (middle_x <= right) & (low <= middle_z) & (middle_z <= high)
    a, b, c, d = (v[~open_.any(axis=1)] for v in (x0, x1, z0, z1))
    level = np.zeros_like(a)
    corners = np.stack([np.stack(p, -1) for p in ((a, level, c), (b, level, c), (b, level, d), (a, level, d))], axis=1)
    uvs = corners[..., [0, 2]] + [width / 2, 0]
    return quads(corners, uvs / [width, height] if fit else uvs)


_CORNERS = np.array([[x, y, z] for z in (0.0, 1) for x, y in ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))])
_SIDES = np.array([[0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7], [4, 5, 6, 7], [3, 2, 1, 0]])
_SQUARE = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])


def block(width: float, depth: float, height: float, x: float, y: float, z: float, bevel: float = 0.0) -> Mesh:
    """A box whose bottom centre is at (x, y, z); uv in metres on each side."""
    if bevel > 0:
        return box(width, depth, height, bevel).moved(x, y, z)
    spans = np.array([[width, height], [depth, height]] * 2 + [[width, depth]] * 2)
    uvs = _SQUARE * spans[:, None]
    vertices = _CORNERS * [width, depth, height] + [x, y, z]
    return Mesh(vertices, _SIDES, uvs, np.zeros(6, np.int64), np.zeros(6, bool))


def rod(start: Sequence[float], end: Sequence[float], radius: float, segments: int = 10) -> Mesh:
    """A straight round bar between two points."""
    return tube([start, end], radius, segments)


def drape(width: float, height: float, folds: int, depth: float) -> Mesh:
    """A hanging curtain on z = 0, facing -y, centred in x, its folds deeper at the bottom."""
    x = np.linspace(-0.5, 0.5, folds * 8 + 1)
    wave = np.sin(2 * np.pi * folds * x)
    rings = [
        np.c_[x * width, depth * share * wave, np.full(len(x), z * height)]
        for z, share in ((0, 1.0), (0.4, 0.9), (0.85, 0.7), (1.0, 0.5))
    ]
    return stack_rings(rings, closed=False, caps=(False, False))


@lru_cache(maxsize=16)
def _unit_ball(segments: int, rings: int) -> Mesh:
    """A ball of radius 1, made once: foliage needs hundreds."""
    return ball(1.0, segments, rings)


def lump(
    rng: np.random.Generator,
    radius: float,
    rough: float = 0.25,
    segments: int = 14,
    rings: int = 9,
    grain: int = 5,
) -> Mesh:
    """An uneven ball about the origin; uv in metres."""
    unit = _unit_ball(segments, rings)
    waves = rng.normal(0, 1, (6, 3)) * grain / 1.7
    swell = np.cos(unit.vertices @ waves.T + rng.uniform(0, 6.28, 6)).sum(axis=1) / 6
    vertices = unit.vertices * (radius * (1 + 2.2 * rough * swell))[:, None]
    return replace(unit, vertices=vertices, uvs=unit.uvs * radius * [6.28, 3.14])


def terrain(radii: Sequence[float], segments: int, height: Callable[[Array, Array], Array], hub: bool = False) -> Mesh:
    """Ground in rings about the z axis, facing up; uv is (x, y) in metres. `hub` closes the middle."""
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    rings = [np.stack([r * np.cos(angle), r * np.sin(angle)], 1) for r in ([1e-3, *radii] if hub else radii)]
    solid = [np.c_[ring, height(ring[:, 0], ring[:, 1])] for ring in rings]
    mesh = stack_rings(solid[::-1], caps=(False, False))
    return Mesh(mesh.vertices, mesh.faces, mesh.vertices[mesh.faces][..., :2], mesh.materials, mesh.smooth)


def slab(x0: float, x1: float, y0: float, y1: float, z: float = 0.0, step: float = 20.0) -> Mesh:
    """A flat rectangle that faces up, cut into pieces of about `step` metres; uv is (x, y) in metres."""
    xs, ys = (np.linspace(a, b, max(2, int((b - a) / step) + 2)) for a, b in ((x0, x1), (y0, y1)))
    a, c = (v.ravel() for v in np.meshgrid(xs[:-1], ys[:-1]))
    b, d = (v.ravel() for v in np.meshgrid(xs[1:], ys[1:]))
    flat = np.stack([np.stack(p, -1) for p in ((a, c), (b, c), (b, d), (a, d))], axis=1)
    return quads(np.concatenate([flat, np.full((*flat.shape[:2], 1), z)], axis=2), flat)


def cards(centres: Array, facing: Array, sizes: Array, turns: Array) -> Mesh:
    """Square cards about (N, 3) centres that face along (N, 3) directions; uv 0..1 on each."""
    normal = facing / np.linalg.norm(facing, axis=1, keepdims=True)
    helper = np.where(np.abs(normal[:, 2:3]) < 0.9, [0.0, 0, 1], [1.0, 0, 0])
    right = np.cross(helper, normal)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    up = np.cross(normal, right)
    c, s = np.cos(turns)[:, None], np.sin(turns)[:, None]
    u, v = (right * c + up * s) * sizes[:, None] / 2, (up * c - right * s) * sizes[:, None] / 2
    corners = np.stack([centres - u - v, centres + u - v, centres + u + v, centres - u + v], axis=1)
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1.0]])
    return quads(corners, np.broadcast_to(square, (len(corners), 4, 2)))


def repeated(mesh: Mesh, at: Array, turns: Array | None = None, scales: Array | None = None) -> Mesh:
    """Copies of a mesh as one mesh.

    Args:
        at: (N, 3) where each copy's origin goes.
        turns: (N,) radians about the z axis.
        scales: (N,) or (N, 3) sizes, applied first.
    """
    count, each = len(at), len(mesh.vertices)
    vertices = np.broadcast_to(mesh.vertices, (count, each, 3))
    if scales is not None:
        vertices = vertices * np.asarray(scales, float).reshape(count, 1, -1)
    if turns is not None:
        c, s = np.cos(turns)[:, None], np.sin(turns)[:, None]
        x, y, z = vertices[..., 0], vertices[..., 1], vertices[..., 2]
        vertices = np.stack([c * x - s * y, s * x + c * y, z], axis=2)
    faces = mesh.faces[None] + each * np.arange(count)[:, None, None]
    return Mesh(
        (vertices + np.asarray(at, float)[:, None]).reshape(-1, 3),
        faces.reshape(-1, 4),
        np.tile(mesh.uvs, (count, 1, 1)),
        np.tile(mesh.materials, count),
        np.tile(mesh.smooth, count),
    )


def gable(width: float, depth: float, height: float) -> Mesh:
    """A ridge roof on z = 0, its ridge along x; uv in metres."""
    d = depth / 2
    prism = extrude(np.array([[-d, 0.0], [d, 0.0], [0.0, height]]), width)
    return prism.turned("x", 90).turned("z", 90).moved(x=-width / 2)


def along_wall(mesh: Mesh, turn: float, x: float, y: float) -> Mesh:
    """Move a piece that was built against a wall at y = 0 facing -y to where the wall stands."""
    return mesh.turned("z", turn).moved(x, y)
