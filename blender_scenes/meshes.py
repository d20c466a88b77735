"""Closed polygon meshes with texture coordinates, built in numpy: no Blender here.

Every maker returns a `Mesh`. Units are metres, z is up, the front of a thing faces -y (towards a viewer
who looks along +y), and faces are counter-clockwise seen from outside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

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


def crosses(a: Array, b: Array) -> Array:
    """(N, 3) cross products, rounded as `cross` rounds."""
    (x, y, z), (u, v, w) = a.T, b.T
    return np.stack([y * w - z * v, z * u - x * w, x * v - y * u], axis=1)


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
    rings: Sequence[Array] | Array,
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
    stack = np.array(rings, float)
    count, steps, bands = stack.shape[1], stack.shape[1] - (not closed), len(stack) - 1
    faces = _ring_faces(bands + 1, count, closed, caps)
    around, along = _ring_coordinates(stack)
    if uv_repeat is not None:
        around = around / max(around[-1], 1e-9) * uv_repeat[0]
        along = along / max(along[-1], 1e-9) * uv_repeat[1]
    uvs = np.empty((len(faces), 4, 2))
    side = uvs[: bands * steps].reshape(bands, steps, 4, 2)
    for corner, (dj, dk) in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
        side[:, :, corner, 0] = around[dj : dj + steps]
        side[:, :, corner, 1] = along[dk : dk + bands, None]
    vertices, start = [stack.reshape(-1, 3)], bands * steps
    for last in np.flatnonzero(caps):
        middle, uvs[start : start + count] = _fan(stack[-last], bool(last))
        vertices.append(middle)
        start += count
    flags = np.full(len(faces), smooth)
    flags[bands * steps :] = False
    return Mesh(np.concatenate(vertices), faces, uvs, np.full(len(faces), material), flags)


@lru_cache(maxsize=1024)
def _ring_faces(rings: int, count: int, closed: bool, caps: tuple[bool, bool]) -> NDArray[np.int64]:
    """(F, 4) faces of a stack of rings and its caps, not to be written to: stacks of one shape share them."""
    steps = count if closed else count - 1
    k, j = (index.ravel() for index in np.meshgrid(np.arange(rings - 1), np.arange(steps), indexing="ij"))
    nxt = (j + 1) % count
    faces = [np.stack([k * count + j, k * count + nxt, (k + 1) * count + nxt, (k + 1) * count + j], axis=1)]
    here, centre = np.arange(count), rings * count
    there = (here + 1) % count
    for last in np.flatnonzero(caps):
        start = (rings - 1) * count if last else 0
        first, second = (here, there) if last else (there, here)
        faces.append(np.stack([first + start, second + start, *np.full((2, count), centre)], axis=1))
        centre += 1
    shared = np.concatenate(faces)
    shared.flags.writeable = False
    return shared


def _ring_coordinates(rings: Array) -> tuple[Array, Array]:
    """Mean arc lengths around (N + 1,) and along (R,) a stack of rings (R, N, 3)."""
    around, along = np.zeros(rings.shape[1] + 1), np.zeros(len(rings))
    _mean(_lengths(np.concatenate([rings[:, 1:], rings[:, :1]], axis=1) - rings), 0).cumsum(out=around[1:])
    _mean(_lengths(rings[1:] - rings[:-1]), 1).cumsum(out=along[1:])
    return around, along


def _lengths(vectors: Array) -> Array:
    """Of (..., 3) vectors."""
    squares = vectors * vectors
    return np.sqrt(squares[..., 0] + squares[..., 1] + squares[..., 2])


def _mean(values: Array, axis: int) -> Array:
    """As `values.mean`, which takes three times as long for few of them."""
    return np.add.reduce(values, axis=axis) / values.shape[axis]


def _fan(ring: Array, last: bool) -> tuple[Array, Array]:
    """The (1, 3) middle of a flat fan over a ring, and the (N, 4, 2) coordinates of its faces."""
    middle = _mean(ring, 0)
    spread = (ring.max(axis=0) - ring.min(axis=0)).tolist()
    flattest = spread.index(min(spread))
    seen = [axis for axis in range(3) if axis != flattest]
    here, there = (0, 1) if last else (1, 0)
    uvs = np.empty((len(ring), 4, 2))
    uvs[:, here] = ring[:, seen]
    uvs[:-1, there], uvs[-1, there] = uvs[1:, here], uvs[0, here]
    uvs[:, 2:] = middle[seen]
    return middle[None], uvs


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
    rings = np.empty((len(profile), segments, 3))
    rings[..., :2], rings[..., 2] = circle * np.maximum(profile[:, 0], 1e-4)[:, None, None], profile[:, 1, None]
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
    tangents = steps_along(path)
    tangents /= _lengths(tangents)[:, None]
    first = np.array([1.0, 0, 0]) if abs(tangents[0, 0]) < 0.8 else np.array([0, 1.0, 0])
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)[:, None]
    cosine, sine = np.cos(angle), np.sin(angle)
    firsts = np.empty_like(path)
    for k, tangent in enumerate(tangents):
        first = first - tangent * (first @ tangent)
        first /= math.sqrt(first @ first)
        firsts[k] = first
    seconds = crosses(tangents, firsts)
    rings = path[:, None] + radii[:, None, None] * (cosine * firsts[:, None] + squash * sine * seconds[:, None])
    return stack_rings(rings, material=material, uv_repeat=uv_repeat)


def steps_along(path: Array) -> Array:
    """Central differences along (N, 3) points, N > 1: `np.gradient` for few of them."""
    steps = np.empty_like(path)
    steps[0], steps[-1] = path[1] - path[0], path[-1] - path[-2]
    steps[1:-1] = (path[2:] - path[:-2]) / 2
    return steps


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
    rings = np.empty((sides + 1, segments, 3))
    rings[..., :2], rings[..., 2] = circle * profile[:, 0, None, None], profile[:, 1, None]
    return stack_rings(rings, caps=(False, False), material=material)


def plane(width: float, depth: float, divisions: int = 1, material: int = 0) -> Mesh:
    """A flat sheet at z = 0 that faces +z, uv in metres."""
    xs, ys = np.linspace(-width / 2, width / 2, divisions + 1), np.linspace(-depth / 2, depth / 2, divisions + 1)
    rings = [np.c_[xs, np.full(divisions + 1, y), np.zeros(divisions + 1)] for y in ys]
    return stack_rings(rings, closed=False, caps=(False, False), smooth=False, material=material)
