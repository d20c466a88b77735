"""Smooth bodies grown about a skeleton of limbs: animals, gnomes, whatever has no edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..meshes import Array, Mesh
from ..surfaces import Surface
from .kit import Assembly
from .shapes import selected

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Limb:
    """A round piece from `start` to `end` that is `radius` thick there and `end_radius` here, `flat` times as wide
    in y; `joint` carries it, if it is an animal's."""

    surface: Surface
    start: Point
    end: Point
    radius: float
    end_radius: float
    flat: float = 1.0
    joint: str = "trunk"


def both(*limbs: Limb) -> list[Limb]:
    """Limbs and their mirror images in y; joints of legs get the side, right and left of an animal that faces -x."""
    swap = [replace(m, start=_mirror(m.start), end=_mirror(m.end), joint=_sided(m.joint, "l")) for m in limbs]
    return [*(replace(m, joint=_sided(m.joint, "r")) for m in limbs), *swap]


def _sided(joint: str, side: str) -> str:
    return joint if joint in ("trunk", "head", "tail") else f"{joint}_{side}"


def _mirror(point: Point) -> Point:
    return point[0], -point[1], point[2]


def grow(a: Assembly, limbs: Sequence[Limb], blend: float, cells: int = 64) -> None:
    """Add one closed skin over all limbs; neighbours flow into each other over about `blend` metres.

    Args:
        cells: how many the longest side of the body is cut into.
    """
    mesh = _surface(limbs, blend, cells)
    middles = mesh.vertices[mesh.faces].mean(axis=1)
    nearest = np.argmin(_distances(limbs, middles), axis=0)
    for surface in dict.fromkeys(limb.surface for limb in limbs):
        wanted = np.array([limb.surface == surface for limb in limbs])[nearest]
        if wanted.any():
            piece = selected(mesh, wanted)
            a.add(surface, piece)
            if any(limb.joint != "trunk" for limb in limbs):
                a.weigh(_shares(limbs, piece.vertices, blend))


def _shares(limbs: Sequence[Limb], points: Array, blend: float) -> dict[str, Array]:
    """How much each joint carries (N, 3) points: the nearest limb's most, those about as near less."""
    distances = _distances(limbs, points)
    joints = list(dict.fromkeys(limb.joint for limb in limbs))
    nearest = np.stack([distances[[limb.joint == joint for limb in limbs]].min(axis=0) for joint in joints])
    weights = np.clip(1 - (nearest - nearest.min(axis=0)) / (1.2 * blend), 0, 1) ** 2
    return dict(zip(joints, weights / weights.sum(axis=0), strict=True))


def _distances(limbs: Sequence[Limb], points: Array) -> Array:
    """(L, N) signed distances of (N, 3) points to every limb."""
    x, y, z = np.ascontiguousarray(points.T)
    result = np.empty((len(limbs), len(points)))
    for row, limb in zip(result, limbs, strict=True):
        (ax, ay, az), (bx, by, bz) = limb.start, limb.end
        ux, uy, uz = bx - ax, (by - ay) / limb.flat, bz - az
        dx, dy, dz = x - ax, (y - ay) / limb.flat, z - az
        share = np.clip((dx * ux + dy * uy + dz * uz) / max(ux * ux + uy * uy + uz * uz, 1e-12), 0, 1)
        dx, dy, dz = dx - share * ux, dy - share * uy, dz - share * uz
        row[:] = np.sqrt(dx * dx + dy * dy + dz * dz) - limb.radius - (limb.end_radius - limb.radius) * share
    return result


def _field(limbs: Sequence[Limb], points: Array, blend: float) -> Array:
    """(N,) distance to the blended body: below 0 inside."""
    columns = _distances(limbs, points)
    total = columns[0]
    for one in columns[1:]:
        overlap = np.maximum(blend - np.abs(total - one), 0) / blend
        total = np.minimum(total, one) - overlap**2 * blend / 4
    return total


def _surface(limbs: Sequence[Limb], blend: float, cells: int) -> Mesh:
    """The blended body as a closed quad mesh (surface nets), its vertices moved onto the surface."""
    ends = np.array([[limb.start, limb.end] for limb in limbs])
    reach = np.array([max(m.radius, m.end_radius) * max(m.flat, 1.0) for m in limbs])[:, None, None] + blend / 2
    low, high = (ends - reach).min(axis=(0, 1)), (ends + reach).max(axis=(0, 1))
    cell = float((high - low).max()) / cells
    axes = [np.arange(a - 2 * cell, b + 2 * cell, cell) for a, b in zip(low, high, strict=True)]
    points = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    inside = _inside(limbs, points, blend, cell)
    corners = [inside[i : i - 1 or None, j : j - 1 or None, k : k - 1 or None] for i, j, k in np.ndindex(2, 2, 2)]
    full = np.sum(corners, axis=0)
    mixed = (full > 0) & (full < 8)
    number = np.full(mixed.shape, -1)
    number[mixed] = np.arange(mixed.sum())
    vertices = points[:-1, :-1, :-1][mixed] + cell / 2
    for _ in range(3):
        vertices = _towards_surface(limbs, vertices, blend, cell)
    faces = np.concatenate([_quads(inside, number, axis) for axis in range(3)])
    return Mesh(vertices, faces, _mapped(vertices, faces), np.zeros(len(faces), int), np.ones(len(faces), bool))


def _inside(limbs: Sequence[Limb], points: Array, blend: float, cell: float) -> NDArray[np.bool_]:
    """Which points of a grid (X, Y, Z, 3) lie in the body; only blocks near its surface are looked at closely."""
    block = 4
    coarse = points[::block, ::block, ::block]
    rough = _field(limbs, coarse.reshape(-1, 3), blend).reshape(coarse.shape[:3])
    reach = 2 * block * cell / min(min(m.flat, 1.0) for m in limbs)
    spread = np.stack([rough < 0, np.abs(rough) < reach])
    for axis in (1, 2, 3):
        spread = spread.repeat(block, axis)
    inside, near = spread[:, : points.shape[0], : points.shape[1], : points.shape[2]]
    inside[near] = _field(limbs, points[near], blend) < 0
    return inside


def _towards_surface(limbs: Sequence[Limb], vertices: Array, blend: float, cell: float) -> Array:
    """One Newton step of every vertex along the slope of the field, at most half a cell."""
    value, h = _field(limbs, vertices, blend), 1e-4
    slope = np.stack([_field(limbs, vertices + h * e, blend) - value for e in np.eye(3)], axis=1) / h
    step = -value[:, None] * slope / np.maximum((slope**2).sum(axis=1, keepdims=True), 0.1)
    return vertices + np.clip(step, -cell / 2, cell / 2)


def _quads(inside: NDArray[np.bool_], number: NDArray[np.int64], axis: int) -> NDArray[np.int64]:
    """(F, 4) faces across the grid edges along one axis whose ends lie on different sides."""
    here, there = (
        np.take(inside, range(inside.shape[axis] - 1), axis),
        np.take(inside, range(1, inside.shape[axis]), axis),
    )
    where = np.argwhere(here != there)
    outwards = here[tuple(where.T)]
    one, two = np.eye(3, dtype=int)[(axis + 1) % 3], np.eye(3, dtype=int)[(axis + 2) % 3]
    around = [where - one - two, where - two, where, where - one]
    quads = np.stack([number[tuple(cell.T)] for cell in around], axis=1)
    return np.where(outwards[:, None], quads, quads[:, ::-1])


def _mapped(vertices: Array, faces: NDArray[np.int64]) -> Array:
    """uv in metres, each face seen along the axis that it faces most."""
    corners = vertices[faces]
    normals = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    main = np.argmax(np.abs(normals) * [1.0, 1.2, 1.0], axis=1)
    planes = np.stack([corners[..., [1, 2]], corners[..., [0, 2]], corners[..., [0, 1]]])
    return planes[main, np.arange(len(faces))]
