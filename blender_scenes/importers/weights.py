"""Skin weights of imported characters: every vertex follows some bone, and the weights of each sum to one."""

from __future__ import annotations

import bpy
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def read_weights(thing: bpy.types.Object, names: list[str]) -> Array:
    """(V, J) weights of the named bones; other groups are ignored."""
    column = {group.index: names.index(group.name) for group in thing.vertex_groups if group.name in names}
    weights = np.zeros((len(thing.data.vertices), len(names)))
    for k, vertex in enumerate(thing.data.vertices):
        for entry in vertex.groups:
            j = column.get(entry.group)
            if j is not None and entry.weight > 1e-4:
                weights[k, j] += entry.weight
    return weights


def mend_weights(weights: Array, points: Array, heads: Array, tails: Array) -> tuple[Array, list[str]]:
    """Weights that sum to one; vertices without any go with the nearest bone among those that are used.

    Args:
        weights: (V, J); points (V, 3); heads, tails (J, 3).
    """
    total = weights.sum(axis=1)
    loose = np.flatnonzero(total <= 1e-6)
    weights = weights / np.maximum(total, 1e-6)[:, None]
    if len(loose) == 0:
        return weights, []
    used = np.flatnonzero(weights.sum(axis=0) > 0)
    if len(used) == 0:
        used = np.arange(weights.shape[1])
    distance = np.stack([_distance(points[loose], heads[j], tails[j]) for j in used], axis=1)
    weights[loose] = 0.0
    weights[loose, used[np.argmin(distance, axis=1)]] = 1.0
    return weights, [f"{len(loose)} of {len(points)} vertices had no weight: given to the nearest bone"]


def _distance(points: Array, head: Array, tail: Array) -> Array:
    """(N,) distances of points to a bone."""
    along = tail - head
    share = np.clip((points - head) @ along / max(float(along @ along), 1e-12), 0.0, 1.0)
    return np.linalg.norm(points - head - share[:, None] * along, axis=1)


def write_weights(thing: bpy.types.Object, weights: Array, names: list[str]) -> None:
    """Replace the vertex groups of a mesh object."""
    thing.vertex_groups.clear()
    for j, name in enumerate(names):
        group = thing.vertex_groups.new(name=name)
        rounded = np.round(weights[:, j], 4)
        for value in np.unique(rounded[rounded > 0]):
            group.add(np.flatnonzero(rounded == value).tolist(), float(value), "REPLACE")


def soles_of(points: Array, weights: Array, feet: dict[str, list[int]]) -> list[tuple[int, Array]]:
    """(joint, point) of what each foot stands on at rest: its extreme points within 2 cm of its lowest.

    Args:
        feet: side -> joints of foot and toes.
    """
    found: list[tuple[int, Array]] = []
    for joints in feet.values():
        chosen = np.flatnonzero(weights[:, joints].sum(axis=1) > 0.5)
        if len(chosen) == 0:
            continue
        low = chosen[points[chosen, 2] < points[chosen, 2].min() + 0.02]
        ends = {int(low[pick(points[low, axis])]) for axis in (0, 1) for pick in (np.argmin, np.argmax)}
        ends.add(int(low[np.argmin(points[low, 2])]))
        found += [(joints[int(np.argmax(weights[k, joints]))], points[k]) for k in sorted(ends)]
    return found


def lowest_points(points: Array, weights: Array) -> list[tuple[int, Array]]:
    """(joint, point) of what a body that is no human's stands on at rest: the extreme points of each joint's lowest
    part, where that is near the floor."""
    chief, floor, near = weights.argmax(axis=1), points[:, 2].min(), 0.06 * float(np.ptp(points[:, 2]))
    found: list[tuple[int, Array]] = []
    for joint in np.unique(chief[points[:, 2] < floor + near]).tolist():
        low = np.flatnonzero((chief == joint) & (points[:, 2] < floor + near))
        ends = {int(low[pick(points[low, axis])]) for axis in (0, 1) for pick in (np.argmin, np.argmax)}
        found += [(joint, points[k]) for k in sorted({*ends, int(low[np.argmin(points[low, 2])])})]
    return found
