"""The armature of a freshly read file and what hangs on it, all in world coordinates of the rest pose."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Matrix

from viewlock.assets_manifest.plausible import words_of
from viewlock.assets_manifest.prepared import Hints

from .faults import UnusableError
from .gathering import join, real_mesh, unwanted

Array = np.ndarray
_RESIZED = 0.05
_HOLDERS = {"slot", "handslot", "socket", "attach", "attachment", "holder", "weapon", "prop"}
"""Words in the names of bones on which packs hang all the things that a hand may hold, at once."""


@dataclass
class RawRig:
    """Attributes:
    rig: the armature object as it was read.
    names: its bones, parents before children.
    parents: index of each bone's parent, -1 for roots.
    rest: (J, 4, 4) world matrices of the bones in the pose in which the mesh is taken.
    heads, tails: (J, 3) world, in that pose.
    basis: how each bone stands when no action moves it.
    """

    rig: bpy.types.Object
    names: list[str]
    parents: list[int]
    rest: Array
    heads: Array
    tails: Array
    basis: list[Matrix]


def find_rig() -> bpy.types.Object:
    """The armature that moves the most vertices; actions and tracks are taken off it.

    Raises:
        UnusableError: no armature moves a mesh.
    """
    moved = {thing: 0 for thing in bpy.data.objects if thing.type == "ARMATURE"}
    for thing in _meshes():
        rig = _mover(thing)[0]
        if rig in moved:
            moved[rig] += len(thing.data.vertices)
    if not moved:
        raise UnusableError("there is no armature in it")
    rig = max(sorted(moved, key=lambda r: r.name), key=lambda r: moved[r])
    if moved[rig] == 0:
        raise UnusableError("no mesh hangs on its armature")
    if rig.animation_data:
        rig.animation_data.action = None
        rig.animation_data.use_nla = False
    return rig


def raw_rig(rig: bpy.types.Object) -> tuple[RawRig, list[str]]:
    """Bones of an armature in the world, and what is to be said.

    They are taken at rest. Some files have a rest pose in which parts have other sizes than ever after: then they are
    taken in the pose in which the file comes.
    """
    bones = sorted(rig.data.bones, key=lambda bone: len(bone.parent_recursive))
    index = {bone.name: k for k, bone in enumerate(bones)}
    names = [bone.name for bone in bones]
    rig.data.pose_position = "POSE"
    bpy.context.view_layer.update()
    world = np.array(rig.matrix_world, float)
    posed = np.array([world @ np.array(rig.pose.bones[name].matrix, float) for name in names])
    rest = np.array([world @ np.array(bone.matrix_local, float) for bone in bones])
    sizes = np.cbrt(np.abs(np.linalg.det(posed[:, :3, :3]) / np.linalg.det(rest[:, :3, :3])))
    resized = bool((np.abs(sizes / np.median(sizes) - 1) > _RESIZED).any())
    if not resized:
        rig.data.pose_position = "REST"
        bpy.context.view_layer.update()
    chosen = posed if resized else rest
    along = np.array([[0.0, bone.length, 0.0, 1.0] for bone in bones])
    raw = RawRig(
        rig, names, [index[bone.parent.name] if bone.parent else -1 for bone in bones], chosen, chosen[:, :3, 3].copy(),
        np.einsum("jik,jk->ji", chosen, along)[:, :3], [rig.pose.bones[name].matrix_basis.copy() for name in names],
    )  # fmt: skip
    return raw, ["its rest pose resizes parts: took the pose it comes in"] if resized else []


def gather_skin(rig: bpy.types.Object, hints: Hints) -> tuple[bpy.types.Object, list[str]]:
    """One mesh with vertex groups from all that hangs on an armature, as it stands, and what was left out.

    Raises:
        UnusableError: nothing of it renders.
    """
    parts, groups, notes, chosen, held = [], [], [], [], set()
    for thing in _meshes():
        mover, bone = _mover(thing)
        if mover is not rig:
            notes.append(f"part {thing.name!r} does not hang on the armature: left out")
        elif unwanted(thing.name, hints):
            notes.append(f"part {thing.name!r} left out as asked")
        elif bone in held:
            notes.append(f"part {thing.name!r} is another thing for {bone!r} to hold: left out")
        elif not thing.hide_render:
            if bone is not None and _HOLDERS & set(words_of(bone)):
                held.add(bone)
            chosen.append((thing, bone))
            if thing.data.shape_keys:
                notes.append(f"part {thing.name!r}: shape keys left out")
    graph = bpy.context.evaluated_depsgraph_get()
    graph.update()
    for thing, bone in chosen:
        evaluated = thing.evaluated_get(graph)
        mesh = real_mesh(evaluated, evaluated.matrix_world.copy(), graph)
        if bone is not None:
            _stiff(mesh, bone)
        parts.append(mesh)
        groups.append([] if bone is not None else [group.name for group in thing.vertex_groups])
    if not parts:
        raise UnusableError("nothing that hangs on its armature renders")
    return join(parts, groups), notes


def _meshes() -> list[bpy.types.Object]:
    return sorted((t for t in bpy.context.scene.objects if t.type == "MESH"), key=lambda t: t.name)


def _mover(thing: bpy.types.Object) -> tuple[bpy.types.Object | None, str | None]:
    """The armature that moves a mesh, and the one bone that carries it whole, if it is not skinned."""
    for modifier in thing.modifiers:
        if modifier.type == "ARMATURE" and modifier.object is not None:
            return modifier.object, None
    if thing.parent_type == "ARMATURE" and thing.parent is not None and thing.vertex_groups:
        return thing.parent, None
    below = thing
    while below.parent is not None:
        if below.parent.type == "ARMATURE":
            bone = below.parent_bone if below.parent_type == "BONE" else ""
            roots = [b.name for b in below.parent.data.bones if b.parent is None]
            return below.parent, bone or (roots[0] if roots else None)
        below = below.parent
    return None, None


def _stiff(mesh: bpy.types.Mesh, bone: str) -> None:
    """All vertices of a mesh go with one bone: its groups are replaced when it becomes an object again."""
    thing = bpy.data.objects.new("stiff", mesh)
    thing.vertex_groups.clear()
    thing.vertex_groups.new(name=bone).add(range(len(mesh.vertices)), 1.0, "REPLACE")
    bpy.data.objects.remove(thing)
