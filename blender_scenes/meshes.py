"""Closed polygon meshes with texture coordinates, built in numpy: no Blender here.

Every maker returns a `Mesh`. Units are metres, z is up, the front of a thing faces -y (towards a viewer
who looks along +y), and faces are counter-clockwise seen from outside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Mesh:
    """Quads and triangles. A triangle repeats its last corner.

    Attributes:
        vertices: (V, 3) metres.
        faces: (F, 4) vertex indices; `faces[:, 3] == faces[:, 2]` for triangles.
        uvs: (F, 4, 2) texture coordinates in repeats, one pair a corner. One unit is about one metre of
            surface unless the maker says otherwise.
        materials: (F,) index into the model's list of surfaces.
        smooth: (F,) bool, shade with interpolated normals.
    """

    vertices: Array
    faces: NDArray[np.int64]
    uvs: Array
    materials: NDArray[np.int64]
    smooth: NDArray[np.bool_]

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Mesh:
        return replace(self, vertices=self.vertices + np.array([x, y, z]))

    def scaled(self, x: float = 1.0, y: float | None = None, z: float | None = None) -> Mesh:
        """Scale about the origin; one number scales all axes. Negative factors are refused (they flip faces)."""
        factors = np.array([x, x if y is None else y, x if z is None else z])
        if (factors <= 0).any():
            raise ValueError(f"scale factors must be positive, got {factors}")
        return replace(self, vertices=self.vertices * factors)

    def turned(self, axis: str, degrees: float) -> Mesh:
        """Rotate about the x, y or z axis through the origin, counter-clockwise seen against the axis."""
        return replace(self, vertices=self.vertices @ axis_rotation(axis, np.radians(degrees)).T)

    def painted(self, material: int) -> Mesh:
        return replace(self, materials=np.full(len(self.faces), material))

    def bounds(self) -> tuple[Array, Array]:
        return self.vertices.min(axis=0), self.vertices.max(axis=0)


def axis_rotation(axis: str, angle: float) -> Array:
    """(3, 3) rotation by `angle` radians about a named axis."""
    c, s = np.cos(angle), np.sin(angle)
    return {
        "x": np.array([[1, 0, 0], [0, c, -s], [0, s, c]]),
        "y": np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]),
        "z": np.array([[c, -s, 0], [s, c, 0], [0, 0, 1.0]]),
    }[axis]


def join(*meshes: Mesh) -> Mesh:
    """One mesh from several, materials kept."""
    offsets = np.cumsum([0] + [len(m.vertices) for m in meshes[:-1]])
    return Mesh(
        np.concatenate([m.vertices for m in meshes]),
        np.concatenate([m.faces + o for m, o in zip(meshes, offsets, strict=True)]),
        np.concatenate([m.uvs for m in meshes]),
        np.concatenate([m.materials for m in meshes]),
        np.concatenate([m.smooth for m in meshes]),
    )


def cross(a: Array, b: Array) -> Array:
    """(3,) cross product; `np.cross` takes ten times as long for one."""
    (x, y, z), (u, v, w) = a.tolist(), b.tolist()
    return np.array([y * w - z * v, z * u - x * w, x * v - y * u])


def box(width: float, depth: float, height: float, bevel: float = 0.0, material: int = 0) -> Mesh:
    """A box standing on z = 0, centred in x and y; `bevel` cuts the vertical and top edges by that many metres.

    Each side has uv in metres from its lower left corner, so that a texture keeps its size.
    """
    if bevel > 0:
        b = min(bevel, 0.45 * min(width, depth, height))
        outline = np.array(
            [[-width / 2 + b, -depth / 2], [width / 2 - b, -depth / 2], [width / 2, -depth / 2 + b],
             [width / 2, depth / 2 - b], [width / 2 - b, depth / 2], [-width / 2 + b, depth / 2],
             [-width / 2, depth / 2 - b], [-width / 2, -depth / 2 + b]]
        )  # fmt: skip
        inner = outline * np.array([(width - 2 * b) / width, (depth - 2 * b) / depth])
        rings = [(inner, 0.0), (outline, b), (outline, height - b), (inner, height)]
        return stack_rings([np.c_[o, np.full(len(o), z)] for o, z in rings], smooth=False, material=material)
    x, y = width / 2, depth / 2
    outline = np.array([[-x, -y], [x, -y], [x, y], [-x, y]])
    return extrude(outline, height, material=material)


def extrude(outline: Sequence[Sequence[float]] | Array, height: float, material: int = 0) -> Mesh:
    """A prism from a counter-clockwise (N, 2) outline in x-y, from z = 0 to `height`. The outline must be convex
    or star-shaped about its mean (its caps are fans)."""
    outline = np.asarray(outline, float)
    return stack_rings(
        [np.c_[outline, np.zeros(len(outline))], np.c_[outline, np.full(len(outline), height)]],
        smooth=False,
        material=material,
    )


def stack_rings(
    rings: Sequence[Array],
    closed: bool = True,
    caps: tuple[bool, bool] = (True, True),
    smooth: bool = True,
    material: int = 0,
    uv_repeat: tuple[float, float] | None = None,
) -> Mesh:
    """Skin consecutive rings of equally many points, each (N, 3) and counter-clockwise seen from the far end.

    Args:
        closed: join the last point of each ring to its first.
        caps: close the first and the last ring with a fan.
        uv_repeat: (around, along) repeats over the whole side; None measures metres along the surface.
    """
    count = len(rings[0])
    vertices = np.concatenate(rings)
    steps = count if closed else count - 1
    k, j = np.meshgrid(np.arange(len(rings) - 1), np.arange(steps), indexing="ij")
    k, j = k.ravel(), j.ravel()
    nxt = (j + 1) % count
    faces = np.stack([k * count + j, k * count + nxt, (k + 1) * count + nxt, (k + 1) * count + j], axis=1)
    around, along = _ring_coordinates(np.stack(rings), closed)
    if uv_repeat is not None:
        around = around / max(around[-1], 1e-9) * uv_repeat[0]
        along = along / max(along[-1], 1e-9) * uv_repeat[1]
    uvs = np.empty((len(faces), 4, 2))
    for corner, (dj, dk) in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
        uvs[:, corner, 0], uvs[:, corner, 1] = around[j + dj], along[k + dk]
    flags = np.full(len(faces), smooth)
    for last, wanted in zip((False, True), caps, strict=True):
        if wanted:
            cap_vertices, cap_faces, cap_uvs = _fan(rings[-1 if last else 0], (len(rings) - 1) * count if last else 0,
                                                    len(vertices), last)  # fmt: skip
            vertices = np.concatenate([vertices, cap_vertices])
            faces, uvs = np.concatenate([faces, cap_faces]), np.concatenate([uvs, cap_uvs])
            flags = np.concatenate([flags, np.zeros(len(cap_faces), bool)])
    return Mesh(vertices, faces, uvs, np.full(len(faces), material), flags)


def _ring_coordinates(rings: Array, closed: bool) -> tuple[Array, Array]:
    """Mean arc lengths around (N + 1,) and along (R,) a stack of rings (R, N, 3)."""
    around = _lengths(np.concatenate([rings[:, 1:], rings[:, :1]], axis=1) - rings).mean(axis=0)
    along = _lengths(rings[1:] - rings[:-1]).mean(axis=1)
    return np.concatenate([[0.0], np.cumsum(around)]), np.concatenate([[0.0], np.cumsum(along)])


def _lengths(vectors: Array) -> Array:
    """Of (..., 3) vectors."""
    return np.sqrt((vectors * vectors).sum(axis=-1))


def _fan(ring: Array, start: int, centre: int, last: bool) -> tuple[Array, NDArray[np.int64], Array]:
    """A flat fan over a ring whose first vertex has index `start`; its middle vertex gets index `centre`."""
    count = len(ring)
    middle = ring.mean(axis=0)
    local = np.full((count, 4), count)
    here, there = (0, 1) if last else (1, 0)
    local[:, here] = np.arange(count)
    local[:-1, there], local[-1, there] = np.arange(1, count), 0
    faces = local + start
    faces[:, 2:] = centre
    spread = ring.max(axis=0) - ring.min(axis=0)
    u, v = np.argsort(spread)[::-1][:2]
    flat = np.concatenate([ring, middle[None]])[:, [min(u, v), max(u, v)]]
    return middle[None], faces, flat[local]


def lathe(
    profile: Sequence[Sequence[float]] | Array, segments: int = 32, smooth: bool = True, material: int = 0,
    uv_repeat: tuple[float, float] | None = None,
) -> Mesh:  # fmt: skip
    """Turn a profile of (radius, z) pairs, bottom to top along the outside, about the z axis. Ends are capped.

    A profile that goes up the outside and down the inside makes a hollow vessel.
    """
    profile = np.asarray(profile, float)
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    circle = np.stack([np.sin(angle), -np.cos(angle)], axis=1)
    rings = [np.c_[circle * max(r, 1e-4), np.full(segments, z)] for r, z in profile]
    return stack_rings(rings, smooth=smooth, material=material, uv_repeat=uv_repeat)


def tube(
    path: Sequence[Sequence[float]] | Array, radius: float | Sequence[float] | Array, segments: int = 12,
    material: int = 0, squash: float = 1.0, uv_repeat: tuple[float, float] | None = None,
) -> Mesh:  # fmt: skip
    """A round tube along an open (N, 3) path; `radius` in metres, one number or one a point; ends are capped.

    `squash` is the ratio of the second cross-section axis to the first.
    """
    path = np.asarray(path, float)
    radii = np.broadcast_to(np.asarray(radius, float), len(path))
    tangents = np.gradient(path, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    first = np.array([1.0, 0, 0]) if abs(tangents[0, 0]) < 0.8 else np.array([0, 1.0, 0])
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)[:, None]
    cosine, sine = np.cos(angle), np.sin(angle)
    rings = []
    for point, tangent, r in zip(path, tangents, radii, strict=True):
        first = first - tangent * (first @ tangent)
        first /= math.sqrt(first @ first)
        rings.append(point + r * (cosine * first + squash * sine * cross(tangent, first)))
    return stack_rings(rings, material=material, uv_repeat=uv_repeat)


def ball(radius: float, segments: int = 32, rings: int = 16, material: int = 0) -> Mesh:
    """A sphere about the origin; uv spans 0..1 around and from bottom to top."""
    polar = np.linspace(0, np.pi, rings + 1)
    profile = np.c_[radius * np.sin(polar), -radius * np.cos(polar)]
    return lathe(profile, segments, material=material, uv_repeat=(1.0, 1.0))


def torus(radius: float, thickness: float, segments: int = 40, sides: int = 16, material: int = 0) -> Mesh:
    """A ring about the z axis, centred at the origin."""
    angle = np.linspace(0, 2 * np.pi, sides + 1)
    profile = np.c_[radius + thickness * np.cos(angle), thickness * np.sin(angle)]
    turn = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    circle = np.stack([np.sin(turn), -np.cos(turn)], axis=1)
    rings = [np.c_[circle * r, np.full(segments, z)] for r, z in profile]
    return stack_rings(rings, caps=(False, False), material=material)


def plane(width: float, depth: float, divisions: int = 1, material: int = 0) -> Mesh:
    """A flat sheet at z = 0 that faces +z, uv in metres."""
    xs, ys = np.linspace(-width / 2, width / 2, divisions + 1), np.linspace(-depth / 2, depth / 2, divisions + 1)
    rings = [np.c_[xs, np.full(divisions + 1, y), np.zeros(divisions + 1)] for y in ys]
    return stack_rings(rings, closed=False, caps=(False, False), smooth=False, material=material)
