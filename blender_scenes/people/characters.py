"""People in Blender: a figure becomes a mesh on an armature that takes numpy's poses."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Matrix

from ..materials import add_model
from ..meshes import Array
from .bodies import Figure


@dataclass(frozen=True)
class Character:
    """A person in the scene.

    Attributes:
        mesh: the skinned mesh object.
        rig: its armature object; both lie at the origin and the pose moves them.
        figure: what they were made from.
        rest: (J, 4, 4) rest matrices of the bones in the armature's space.
    """

    mesh: bpy.types.Object
    rig: bpy.types.Object
    figure: Figure
    rest: Array


def add_character(name: str, figure: Figure) -> Character:
    """Put a person into the scene, at rest."""
    mesh = add_model(name, figure.model)
    rig = _add_armature(f"{name}-rig", figure)
    _add_weights(mesh, figure)
    modifier = mesh.modifiers.new("skin", "ARMATURE")
    modifier.object = rig
    modifier.use_deform_preserve_volume = False
    rest = np.array([rig.data.bones[n].matrix_local for n in figure.skeleton.names], float)
    return Character(mesh, rig, figure, rest)


def _add_armature(name: str, figure: Figure) -> bpy.types.Object:
    """An armature with the skeleton's bones; bones can only be made in edit mode."""
    bones = figure.skeleton
    rig = bpy.data.objects.new(name, bpy.data.armatures.new(name))
    bpy.context.scene.collection.objects.link(rig)
    bpy.context.view_layer.objects.active = rig
    bpy.ops.object.mode_set(mode="EDIT")
    made = []
    for joint, parent, head, tail in zip(bones.names, bones.parents, bones.heads, bones.tails, strict=True):
        bone = rig.data.edit_bones.new(joint)
        bone.head, bone.tail = head, tail
        if parent >= 0:
            bone.parent = made[parent]
        made.append(bone)
    bpy.ops.object.mode_set(mode="OBJECT")
    rig.hide_render = True
    return rig


def _add_weights(mesh: bpy.types.Object, figure: Figure) -> None:
    """Vertex groups from the weights; vertices of equal weight go in together."""
    for j, joint in enumerate(figure.skeleton.names):
        group = mesh.vertex_groups.new(name=joint)
        members = np.flatnonzero(figure.weights[:, j] > 0)
        values, where, counts = np.unique(figure.weights[members, j], return_inverse=True, return_counts=True)
        order = members[np.argsort(where, kind="stable")].tolist()
        ends = np.cumsum(counts).tolist()
        for value, count, end in zip(values.tolist(), counts.tolist(), ends, strict=True):
            group.add(order[end - count : end], value, "REPLACE")


def apply_pose(character: Character, pose: Array) -> None:
    """Pose a character.

    Args:
        pose: (J, 4, 4) skinning matrices, as in `generator.motions.Pose.skin`.
    """
    bones, rest = character.figure.skeleton, character.rest
    for j, (joint, parent) in enumerate(zip(bones.names, bones.parents, strict=True)):
        relative = pose[j] if parent < 0 else np.linalg.inv(pose[parent]) @ pose[j]
        basis = np.linalg.inv(rest[j]) @ relative @ rest[j]
        character.rig.pose.bones[joint].matrix_basis = Matrix(basis)


def skinned(figure: Figure, pose: Array) -> Array:
    """(V, 3) vertices of a posed figure, as the armature moves them."""
    flat = np.c_[figure.model.mesh.vertices, np.ones(len(figure.weights))]
    blend = (figure.weights @ pose.reshape(len(pose), 16)).reshape(-1, 4, 4)
    return np.einsum("vij,vj->vi", blend, flat)[:, :3]
