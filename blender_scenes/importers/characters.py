"""A character from a file: one skinned mesh in metres that stands on z = 0 and faces -y, with its own motions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray

from viewlock.assets_manifest.plausible import stocky
from viewlock.assets_manifest.prepared import Bone, Hints, OwnClip
from viewlock.generator.bone_names import ancestors, missing, roles_of, split_name
from viewlock.generator.rotations import quaternions
from viewlock.generator.skeleton import axis_turn, shortest_turn

from .checks import check_mesh, check_result
from .dressing import colourless, dress, following, grow_hair
from .faults import UnusableError
from .gathering import coordinates
from .material_repairs import repair_materials
from .normals import mend_normals
from .objects import decimate
from .own_clips import MOST_FRAMES, decompose, sample_actions
from .rig_parts import RawRig, find_rig, gather_skin, raw_rig
from .sizing import scale_of, standing
from .weights import lowest_points, mend_weights, read_weights, soles_of, write_weights

Array = NDArray[np.float64]

_UP = np.array([0.0, 0.0, 1.0])
_UPRIGHT = 0.7
"""How much of the way from hips to head must point up in a human at rest."""
_LEANS_DEG = 15.0
_AHEAD = 0.15
"""An animal's head is at least this share of its size before the middle of its joints."""
_TURNED_DEG = 20.0
_EXPLODED = 6.0
"""A motion that takes a joint this many heights away from the hips is broken."""


@dataclass
class MadeCharacter:
    """What an import keeps of a character."""

    mesh: bpy.types.Object
    rig: bpy.types.Object
    notes: list[str]
    bones: tuple[Bone, ...]
    roles: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    soles: tuple[tuple[str, float, float, float], ...]
    clips: tuple[OwnClip, ...]
    arrays: dict[str, NDArray[np.float32]]


def make_character(source: Path, hints: Hints) -> MadeCharacter:
    """The character in the file that was just read.

    Raises:
        UnusableError: it cannot be used.
    """
    found = find_rig()
    raw, notes = raw_rig(found)
    mesh, said = gather_skin(found, hints)
    check_mesh(mesh)
    notes += said + mend_normals(mesh.data) + repair_materials(mesh, source) + decimate(mesh, hints.triangles)
    roles = _human_roles(raw)
    weights, said = mend_weights(read_weights(mesh, raw.names), coordinates(mesh.data), raw.heads, raw.tails)
    notes += said
    keep = _kept(raw, weights, roles)
    world, normal, said = _normalisers(raw, roles, weights, coordinates(mesh.data), hints)
    notes += said
    clips, arrays, said = _clips(raw, world, normal, keep, roles)
    notes += said
    mesh.data.transform(Matrix(normal))
    mesh.data.update()
    heads, tails = (points[keep] @ normal[:3, :3].T + normal[:3, 3] for points in (raw.heads, raw.tails))
    names, parents = [raw.names[j] for j in keep], _new_parents(raw, keep)
    weights = weights[:, keep]
    index = {j: k for k, j in enumerate(keep)}
    roles = {role: index[j] for role, j in roles.items()}
    if not missing(roles) and colourless(mesh):
        notes += dress(mesh, weights, parents, roles, source)
        joint_z = float(heads[roles["head"], 2]) if "head" in roles else -np.inf
        weights, said = grow_hair(mesh, weights, following(parents, roles.get("head")), joint_z, source)
        notes += said
    write_weights(mesh, weights, names)
    rig = _armature(names, parents, heads, tails)
    modifier = mesh.modifiers.new("skin", "ARMATURE")
    modifier.object, modifier.use_deform_preserve_volume = rig, False
    check_result(mesh)
    points = coordinates(mesh.data)
    soles = _soles(points, weights, roles) if not missing(roles) else lowest_points(points, weights)
    vector = lambda point: tuple(round(float(v), 5) for v in point)  # noqa: E731
    return MadeCharacter(
        mesh, rig, notes,
        tuple(Bone(n, p, vector(h), vector(t)) for n, p, h, t in zip(names, parents, heads, tails, strict=True)),
        tuple((role, names[j]) for role, j in roles.items()), tuple(missing(roles)),
        tuple((names[j], *vector(point)) for j, point in soles), clips, arrays,
    )  # fmt: skip


def _human_roles(raw: RawRig) -> dict[str, int]:
    """Joints of a human body; of a body that is not upright at rest, none."""
    roles = roles_of(raw.names, raw.parents)
    if missing(roles):
        return roles
    feet = 0.5 * (raw.heads[roles["foot_l"]] + raw.heads[roles["foot_r"]])
    rise = raw.heads[roles.get("head", roles.get("chest", roles["hips"]))] - feet
    return roles if rise[2] > _UPRIGHT * np.linalg.norm(rise) else {}


def _kept(raw: RawRig, weights: Array, roles: dict[str, int]) -> list[int]:
    """Bones that move the mesh or play a joint, and those they hang on; controls of the animator are left behind."""
    used = set(np.flatnonzero(weights.sum(axis=0) > 0).tolist()) | set(roles.values())
    return sorted(used | {a for j in used for a in ancestors(raw.parents, j)})


def _new_parents(raw: RawRig, keep: list[int]) -> list[int]:
    return [keep.index(raw.parents[j]) if raw.parents[j] >= 0 else -1 for j in keep]


def _normalisers(
    raw: RawRig, roles: dict[str, int], weights: Array, points: Array, hints: Hints
) -> tuple[Array, Array, list[str]]:
    """(4, 4) similarities to metres for motions and for the rest pose, and what is to be said about them.

    At rest a character stands on z = 0 and faces -y. A rest pose that leans, as if the file had been skinned lying, is
    set upright; its motions are not.
    """
    notes: list[str] = []
    asked = axis_turn(_UP, np.radians(hints.yaw_deg))
    upright, ahead = _standing_turns(raw, roles, notes) if not missing(roles) else (np.eye(3), _animal_turn(raw, notes))
    leans = not np.array_equal(upright, np.eye(3))
    rest_turn = asked @ ahead @ upright
    # Of a pose that leans one cannot say how its motions face.
    turn = asked if leans else rest_turn
    points = points @ rest_turn.T
    human = not missing(roles)
    strange = human and stocky(*_build(raw.heads @ rest_turn.T, roles, points))
    factor, said = scale_of(np.ptp(points, axis=0), hints, "person" if human else "animal", strange)
    notes += [said] if said else []
    points = points * factor
    shift = standing(points.min(axis=0), points.max(axis=0))
    if human:
        # Its middle is between the hips and it stands on its feet, whatever it holds.
        middle = 0.5 * (raw.heads[roles["thigh_l"]] + raw.heads[roles["thigh_r"]])
        shift[:2] = -factor * (rest_turn @ middle)[:2]
        shift[2] = -min((point[2] for _, point in _soles(points, weights, roles)), default=-shift[2])
    world, normal = np.eye(4), np.eye(4)
    world[:3, :3], normal[:3, :3] = factor * turn, factor * rest_turn
    normal[:3, 3] = shift
    if not leans:
        world[:3, 3] = shift
    return world, normal, notes


def _standing_turns(raw: RawRig, roles: dict[str, int], notes: list[str]) -> tuple[Array, Array]:
    """Turns (3, 3) that set a human rest pose upright, if it leans, and then make it face -y."""
    feet = 0.5 * (raw.heads[roles["foot_l"]] + raw.heads[roles["foot_r"]])
    rise = raw.heads[roles.get("head", roles.get("chest", roles["hips"]))] - feet
    angle = float(np.degrees(np.arccos(rise[2] / np.linalg.norm(rise))))
    upright = np.eye(3)
    if angle > _LEANS_DEG:
        upright = shortest_turn(rise, _UP)
        notes.append(f"its rest pose leans by {angle:.0f} degrees: set upright")
    left = upright @ (raw.heads[roles["thigh_l"]] - raw.heads[roles["thigh_r"]])
    away = -float(np.arctan2(left[1], left[0]))
    if abs(away) < np.radians(3.0):
        return upright, np.eye(3)
    notes.append(f"it faced away: turned by {np.degrees(away):.0f} degrees")
    return upright, axis_turn(_UP, away)


def _build(heads: Array, roles: dict[str, int], points: Array) -> tuple[float, float, float]:
    """How high the hips of an upright body are, how far apart its legs, and how tall it is."""
    left, right = heads[roles["thigh_l"]], heads[roles["thigh_r"]]
    low, high = points[:, 2].min(), points[:, 2].max()
    return float(0.5 * (left + right)[2] - low), float(np.linalg.norm(left - right)), float(high - low)


def _animal_turn(raw: RawRig, notes: list[str]) -> Array:
    """Turn (3, 3) that makes a body that is no human's face -y, if it has a head that shows where it faces."""
    named = [k for k, name in enumerate(raw.names) if split_name(name)[1] in ("head", "skull", "neck")]
    size = float(np.ptp(raw.heads, axis=0).max())
    if not named or size <= 0:
        return np.eye(3)
    ahead = (raw.heads[named].mean(axis=0) - raw.heads.mean(axis=0))[:2]
    if np.linalg.norm(ahead) < _AHEAD * size:
        return np.eye(3)
    away = -float(np.arctan2(ahead[0], -ahead[1]))
    if abs(away) < np.radians(_TURNED_DEG):
        return np.eye(3)
    notes.append(f"it faced away: turned by {np.degrees(away):.0f} degrees")
    return axis_turn(_UP, away)


def _soles(points: Array, weights: Array, roles: dict[str, int]) -> list[tuple[int, Array]]:
    feet = {s: [roles[r] for r in (f"foot_{s}", f"toe_{s}") if r in roles] for s in "lr"}
    return soles_of(points, weights, {side: joints for side, joints in feet.items() if joints})


def _clips(
    raw: RawRig, world: Array, normal: Array, keep: list[int], roles: dict[str, int]
) -> tuple[tuple[OwnClip, ...], dict[str, NDArray[np.float32]], list[str]]:
    """The actions in normalised coordinates, as arrays for `clips.npz`."""
    clips, arrays, notes = [], {}, []
    heads = raw.heads[keep] @ normal[:3, :3].T + normal[:3, 3]
    height = max(float(np.ptp(heads[:, 2])), 0.1)
    centre = keep.index(roles["hips"]) if "hips" in roles else 0
    undo = np.linalg.inv(normal)
    for name, fps, skin in sample_actions(raw):
        turns, places, sizes, uneven = decompose(world @ skin[:, keep] @ undo, heads)
        far = np.linalg.norm(places - places[:, centre : centre + 1], axis=2).max()
        if not np.isfinite(far) or far > _EXPLODED * height:
            notes.append(f"motion {name!r} tears the body apart: left out")
            continue
        if uneven > 0.05:
            notes.append(f"motion {name!r} stretches bones by up to {100 * uneven:.0f} %: made even")
        if len(skin) == MOST_FRAMES:
            notes.append(f"motion {name!r}: cut after {MOST_FRAMES} frames")
        key = f"c{len(clips)}"
        clips.append(OwnClip(name, key, round(fps, 4), len(skin)))
        arrays[f"{key}_turns"] = quaternions(turns).astype(np.float32)
        arrays[f"{key}_heads"] = places.astype(np.float32)
        if np.abs(sizes - 1).max() > 1e-3:
            arrays[f"{key}_sizes"] = sizes.astype(np.float32)
    return tuple(clips), arrays, notes


def _armature(names: list[str], parents: list[int], heads: Array, tails: Array) -> bpy.types.Object:
    """A new armature at the origin whose bones lie where the old ones were; bones are only made in edit mode."""
    rig = bpy.data.objects.new("asset-rig", bpy.data.armatures.new("asset-rig"))
    bpy.context.scene.collection.objects.link(rig)
    bpy.context.view_layer.objects.active = rig
    bpy.ops.object.mode_set(mode="EDIT")
    made = []
    for name, parent, head, tail in zip(names, parents, heads, tails, strict=True):
        bone = rig.data.edit_bones.new(name)
        # Blender drops bones without length.
        bone.head, bone.tail = head, tail if np.linalg.norm(tail - head) > 1e-3 else head + np.array([0, 0, 1e-3])
        if parent >= 0:
            bone.parent = made[parent]
        made.append(bone)
    bpy.ops.object.mode_set(mode="OBJECT")
    if [bone.name for bone in made_bones(rig, names)] != names:
        raise UnusableError("its bones have names that Blender cannot keep")
    return rig


def made_bones(rig: bpy.types.Object, names: list[str]) -> list[bpy.types.Bone]:
    """Those of the named bones that an armature has."""
    return [rig.data.bones[name] for name in names if name in rig.data.bones]
