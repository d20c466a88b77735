"""More closed meshes for things: rounded boxes, blobs, rods, leaves, slabs, copies about an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..meshes import Array, Mesh, axis_rotation, join, lathe, stack_rings, tube

Points = Sequence[Sequence[float]] | Array


def rounded_box(width: float, depth: float, height: float, radius: float, steps: int = 4) -> Mesh:
    """A box standing on z = 0 whose edges are all rounded by `radius` metres."""
    r = min(radius, 0.49 * min(width, depth, height))
    turn = np.linspace(0, np.pi / 2, steps + 1)
    rings = [_rounded(width, depth, r, r * np.sin(t), r * (1 - np.cos(t))) for t in turn]
    rings += [_rounded(width, depth, r, r * np.cos(t), height - r * (1 - np.sin(t))) for t in turn]
    return stack_rings(rings)


def _rounded(width: float, depth: float, r: float, corner: float, z: float) -> Array:
    """One level of a rounded box: a rectangle shrunk by `r` and blown up again by `corner`."""
    turn = np.linspace(0, np.pi / 2, 5)
    parts = []
    for quarter, (sx, sy) in enumerate(((1, -1), (1, 1), (-1, 1), (-1, -1))):
        angle = turn + (quarter - 1) * np.pi / 2
        middle = np.array([sx * (width / 2 - r), sy * (depth / 2 - r)])
        parts.append(middle + max(corner, 1e-4) * np.stack([np.cos(angle), np.sin(angle)], axis=1))
    outline = np.concatenate(parts)
    return np.c_[outline, np.full(len(outline), z)]


def blob(x: float, y: float, z: float, power: float = 1.0, segments: int = 24, rings: int = 14) -> Mesh:
    """A (super)ellipsoid about the origin with the given half axes, uv in metres.

    `power` 1 is an ellipsoid, smaller is boxier (0.5 is a pillow).
    """
    polar, turn = np.linspace(-np.pi / 2, np.pi / 2, rings + 1), np.linspace(0, 2 * np.pi, segments + 1)[:-1]

    def bent(value: Array) -> Array:
        return np.sign(value) * np.abs(value) ** power

    circle = np.stack([x * bent(np.cos(turn)), y * bent(np.sin(turn))], axis=1)
    levels = [np.c_[circle * max(float(bent(np.cos(p))), 1e-3), np.full(segments, z * bent(np.sin(p)))] for p in polar]
    return stack_rings(levels)


def curve(points: Points, steps: int = 6) -> Array:
    """A smooth (N, 3) path through the given points (Catmull-Rom), `steps` pieces between two of them."""
    p = np.asarray(points, float)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        bend = 2 * a - 5 * b + 4 * c - d + (3 * b - a - 3 * c + d) * t
        pieces.append(b + 0.5 * t * (c - a + t * bend))
    return np.concatenate([*pieces, p[-2:-1]])


def rod(a: Sequence[float], b: Sequence[float], radius: float, end: float | None = None, sides: int = 10) -> Mesh:
    """A straight round rod from a to b; `end` is its radius at b."""
    return tube([a, b], [radius, radius if end is None else end], sides)


def beam(a: Sequence[float], b: Sequence[float], width: float, depth: float) -> Mesh:
    """A straight square bar from a to b: `width` along x (along y for a bar along x), `depth` across that."""
    ends = np.array([a, b], float)
    along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    first = np.array([1.0, 0, 0]) if abs(along[0]) < 0.8 else np.array([0, 1.0, 0])
    first -= along * (first @ along)
    first /= np.linalg.norm(first)
    second = np.cross(along, first)
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) / 2 * [width, depth]
    return stack_rings([end + corners @ np.stack([first, second]) for end in ends], smooth=False)


def slab(outline: Points, depth: float, rim: float = 0.0) -> Mesh:
    """An upright plate with an x-z outline (counter-clockwise, star-shaped), centred in y, its face to -y.

    `rim` rounds the front and back edges by pulling the outline in by that share (0..1) of its size.
    """
    flat = np.asarray(outline, float)
    middle = flat.mean(axis=0)
    levels = [(0.5, rim), (0.5 - rim, 0.0), (rim - 0.5, 0.0), (-0.5, rim)] if rim else [(0.5, 0), (-0.5, 0)]
    rings = []
    for y, inset in levels:
        ring = middle + (flat - middle) * (1 - inset)
        rings.append(np.stack([ring[:, 0], np.full(len(ring), y * depth), ring[:, 1]], axis=1))
    return stack_rings(rings, smooth=False)


def disc(radius: float, corners: int = 32, turn: float = 0.0) -> Array:
    """The (N, 2) corners of a regular polygon, counter-clockwise; `turn` in degrees."""
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False) + np.radians(turn)
    return radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def unit_uv(mesh: Mesh, axis: str = "y") -> Mesh:
    """Map one repeat of the texture over the whole piece, as seen along an axis (for labels and pictures).

    The far side is mapped the other way round, so that print reads right from there too.
    """
    u, v = {"x": (1, 2), "y": (0, 2), "z": (0, 1)}[axis]
    front = {"x": np.array([1.0, 0, 0]), "y": np.array([0, -1.0, 0]), "z": np.array([0, 0, 1.0])}[axis]
    corners = mesh.vertices[mesh.faces]
    low, high = mesh.bounds()
    span = np.maximum(high - low, 1e-9)
    uvs = ((corners - low) / span)[..., [u, v]]
    normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    behind = normals @ front < -1e-12
    uvs[behind, :, 0] = 1 - uvs[behind, :, 0]
    return replace(mesh, uvs=uvs)


def leaf(length: float, width: float, rise: float, droop: float, steps: int = 7) -> Mesh:
    """A thin closed leaf from the origin towards -y that first climbs by `rise` and then hangs by `droop`."""
    t = np.linspace(0, 1, steps + 1)
    path = np.stack([0 * t, -length * t, rise * np.sin(t * np.pi / 2) - droop * t**2], axis=1)
    half = width / 2 * np.clip(np.sin(np.pi * t**0.8), 0.03, None)
    return tube(path, half, 4, squash=0.08)


def ring_of(mesh: Mesh, count: int, start: float = 0.0) -> Mesh:
    """`count` copies of a piece about the z axis, the first turned by `start` degrees."""
    return join(*[mesh.turned("z", start + 360 * i / count) for i in range(count)])


def mirrored(mesh: Mesh) -> Mesh:
    """The mirror image in x, faces still outwards."""
    order = np.where((mesh.faces[:, 3] == mesh.faces[:, 2])[:, None], [[1, 0, 2, 2]], [[1, 0, 3, 2]])
    return replace(
        mesh,
        vertices=mesh.vertices * [-1, 1, 1],
        faces=np.take_along_axis(mesh.faces, order, axis=1),
        uvs=np.take_along_axis(mesh.uvs, order[..., None], axis=1),
    )


def pair(mesh: Mesh) -> Mesh:
    """A piece and its mirror image in x."""
    return join(mesh, mirrored(mesh))


def aimed(mesh: Mesh, pitch: float, heading: float) -> Mesh:
    """Tilt a piece that stands along z towards -y by `pitch` degrees, then turn it about z by `heading`."""
    rotation = axis_rotation("z", np.radians(heading)) @ axis_rotation("x", np.radians(pitch))
    return replace(mesh, vertices=mesh.vertices @ rotation.T)


def vessel(profile: Points, wall: float = 0.01, segments: int = 32) -> Mesh:
    """A hollow lathe from its outside profile of (radius, z), bottom to top, walls `wall` metres thick."""
    outer = np.asarray(profile, float)
    inner = np.maximum(outer[::-1] - [wall, 0.0], 0.0)
    inner = inner[inner[:, 1] > outer[0, 1] + wall]
    bottom = outer[0, 1] + wall
    width = np.interp(bottom, outer[:, 1], outer[:, 0]) - wall
    floor = [[max(float(width), 0.005), bottom], [0.0, bottom]]
    return lathe(np.concatenate([[[0.0, outer[0, 1]]], outer, inner, floor]), segments)


def hoop(profile: Points, segments: int = 40, smooth: bool = True) -> Mesh:
    """A ring about z, open in the middle, from its counter-clockwise cross-section of (radius, z)."""
    turn = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    circle = np.stack([np.sin(turn), -np.cos(turn)], axis=1)
    rings = [np.c_[circle * r, np.full(segments, z)] for r, z in [*profile, profile[0]]]
    return stack_rings(rings, caps=(False, False), smooth=smooth)


def wheel(radius: float, width: float) -> Mesh:
    """A rounded tyre or disc about the origin with its axle along y."""
    profile = [(0, 0), (0.82, 0), (0.95, 0.12), (1, 0.35), (1, 0.65), (0.95, 0.88), (0.82, 1), (0, 1)]
    shape = np.array(profile) * [radius, width] - [0, width / 2]
    return lathe(shape, 28).turned("x", 90)


def selected(mesh: Mesh, faces: NDArray[np.bool_]) -> Mesh:
    """The part of a mesh that consists of the faces marked True."""
    used, compact = np.unique(mesh.faces[faces], return_inverse=True)
    return Mesh(mesh.vertices[used], compact.reshape(-1, 4), mesh.uvs[faces], mesh.materials[faces], mesh.smooth[faces])


def is_round(mesh: Mesh) -> bool:
    """Whether a thing that stands on z = 0 is a ball to within 2 %, from wherever one looks."""
    low, high = mesh.bounds()
    radius = (high[2] - low[2]) / 2
    k = np.arange(60) + 0.5
    z, turn = 1 - 2 * k / 60, k * np.pi * (3 - np.sqrt(5))
    ways = np.stack([np.sqrt(1 - z * z) * np.cos(turn), np.sqrt(1 - z * z) * np.sin(turn), z], axis=1)
    reach = ((mesh.vertices - [0, 0, radius]) @ ways.T).max(axis=0)
    return bool((np.abs(reach - radius) < 0.02 * radius).all())
