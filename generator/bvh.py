"""BVH files: any channel order, any of the usual units and up axes. numpy only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError

from .bone_names import roles_of
from .motion_clips import Clip, Motion
from .rigs import make_rig
from .rotations import about_axis, quaternions

Array = NDArray[np.float64]

_UNITS_M = (1.0, 0.01, 0.0254, 0.0254 / 0.45, 0.1, 0.3048, 0.001)
"""Metres, centimetres, inches, what the CMU recordings use, decimetres, feet, millimetres."""
_PERSON_M = (1.4, 2.1)
_HEIGHT_ELSE_M = 1.7


@dataclass
class _Joint:
    name: str
    parent: int
    offset: Array
    channels: list[str] = field(default_factory=list)
    end: Array | None = None


def read_bvh(path: Path) -> Clip:
    """A BVH file as a clip of a body that faces -y at rest, z up, in metres.

    Raises:
        ConfigError: the file is damaged, or its skeleton is not upright.
        OSError: it cannot be opened.
    """
    words = iter(path.read_text(encoding="utf-8", errors="replace").split())
    try:
        joints = _hierarchy(words)
        rows, frame_s = _motion(words, sum(len(j.channels) for j in joints))
    except (StopIteration, ValueError, KeyError) as problem:
        why = "it ends early" if isinstance(problem, StopIteration) else str(problem)
        raise ConfigError(f"{path}: not a BVH file, or a damaged one: {why}") from None
    turns, heads = _forward(joints, _without_lead(rows))
    rest, tails = _rest(joints)
    names, parents = [j.name for j in joints], [j.parent for j in joints]
    roles = roles_of(names, parents)
    basis = _upright(rest, roles)
    height = float(np.ptp(np.concatenate([rest, tails]) @ basis[2]))
    unit = _unit(height)
    rest, tails = unit * rest @ basis.T, unit * tails @ basis.T
    floor = np.array([*rest[0, :2], min(rest[:, 2].min(), tails[:, 2].min())])
    moved = basis @ turns @ basis.T
    motion = Motion(1.0 / frame_s, quaternions(moved), unit * heads @ basis.T, np.ones(heads.shape[:2]))
    return Clip(path.stem, make_rig(names, parents, rest - floor, tails - floor), motion)


def _hierarchy(words: Iterator[str]) -> list[_Joint]:
    joints: list[_Joint] = []
    open_: list[int] = []
    ending = False
    for word in words:
        if word == "MOTION":
            if not joints or open_:
                raise ValueError("no skeleton before the motion")
            return joints
        if word in ("ROOT", "JOINT"):
            joints.append(_Joint(next(words), open_[-1] if open_ else -1, np.zeros(3)))
        elif word == "End":
            next(words)
            ending = True
        elif word == "{":
            open_.append(-1 if ending else len(joints) - 1)
        elif word == "}":
            open_.pop()
            ending = False
        elif word == "OFFSET":
            offset = np.array([float(next(words)) for _ in range(3)])
            if ending:
                joints[open_[-2]].end = offset
            else:
                joints[open_[-1]].offset = offset
        elif word == "CHANNELS":
            joints[open_[-1]].channels = [next(words).lower() for _ in range(int(next(words)))]
    raise StopIteration


def _motion(words: Iterator[str], columns: int) -> tuple[Array, float]:
    """Channel values (F, C) and the time between frames."""
    header = [next(words) for _ in range(5)]
    if header[0] != "Frames:" or header[2:4] != ["Frame", "Time:"]:
        raise ValueError("expected 'Frames:' and 'Frame Time:'")
    frames, frame_s = int(header[1]), float(header[4])
    values = np.array([float(word) for word in words])
    if frames < 1 or columns == 0 or len(values) < frames * columns:
        raise ValueError(f"expected {frames} frames of {columns} numbers, got {len(values)} numbers")
    rows = values[: frames * columns].reshape(frames, columns)
    if not np.isfinite(rows).all() or not 1e-4 <= frame_s <= 2.0:
        raise ValueError("its numbers are out of range")
    return rows, frame_s


def _without_lead(rows: Array) -> Array:
    """The channel values without a first frame that is not part of the motion: some files begin with a rest pose."""
    if len(rows) < 10:
        return rows
    steps = np.abs(np.diff(rows, axis=0))
    steps = np.minimum(steps, np.abs(360.0 - steps)).max(axis=1)
    return rows[1:] if steps[0] > max(10.0, 3 * steps[1:].max()) else rows


def _forward(joints: list[_Joint], rows: Array) -> tuple[Array, Array]:
    """World turns (F, J, 3, 3) and places (F, J, 3) in the file's own axes and units."""
    turns = np.zeros((len(rows), len(joints), 3, 3))
    heads = np.zeros((len(rows), len(joints), 3))
    column = 0
    for j, joint in enumerate(joints):
        local, place, placed = np.tile(np.eye(3), (len(rows), 1, 1)), np.tile(joint.offset, (len(rows), 1)), False
        shift = np.zeros((len(rows), 3))
        for channel in joint.channels:
            axis, values = "xyz".index(channel[0]), rows[:, column]
            column += 1
            if channel.endswith("rotation"):
                local = local @ about_axis(axis, np.radians(values))
            else:
                shift[:, axis], placed = values, True
        if placed:
            # Most files give the place itself, some what is to be added to the offset.
            added = np.abs(shift).max() < 0.25 * np.linalg.norm(joint.offset)
            place = place + shift if added else shift
        if joint.parent < 0:
            turns[:, j], heads[:, j] = local, place
        else:
            above = turns[:, joint.parent]
            turns[:, j] = above @ local
            heads[:, j] = heads[:, joint.parent] + np.einsum("fij,fj->fi", above, place)
    return turns, heads


def _rest(joints: list[_Joint]) -> tuple[Array, Array]:
    """Heads and tails (J, 3) with all rotations zero."""
    heads = np.zeros((len(joints), 3))
    for j, joint in enumerate(joints):
        heads[j] = joint.offset + (heads[joint.parent] if joint.parent >= 0 else 0.0)
    tails = heads.copy()
    for j, joint in enumerate(joints):
        below = [heads[k] for k, other in enumerate(joints) if other.parent == j]
        if below:
            tails[j] = np.mean(below, axis=0)
        elif joint.end is not None:
            tails[j] = heads[j] + joint.end
    return heads, tails


def _upright(rest: Array, roles: dict[str, int]) -> Array:
    """(3, 3) rotation to z up and left = +x, from where head, feet and thighs are."""
    if not {"hips", "thigh_l", "thigh_r", "foot_l", "foot_r"} <= roles.keys():
        return np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
    rise = rest[roles.get("head", roles["hips"])] - 0.5 * (rest[roles["foot_l"]] + rest[roles["foot_r"]])
    up = np.zeros(3)
    axis = int(np.argmax(np.abs(rise)))
    up[axis] = np.sign(rise[axis])
    left = rest[roles["thigh_l"]] - rest[roles["thigh_r"]]
    left = left - up * (left @ up)
    left /= max(np.linalg.norm(left), 1e-12)
    nearest = np.sign(left) * (np.abs(left) > 0.95)
    left = nearest if nearest.any() else left
    return np.stack([left, np.cross(up, left), up])


def _unit(height: float) -> float:
    """Metres in a unit, by what makes the skeleton as tall as a person."""
    fitting = [unit for unit in _UNITS_M if _PERSON_M[0] <= height * unit <= _PERSON_M[1]]
    return fitting[0] if fitting else _HEIGHT_ELSE_M / max(height, 1e-9)
