"""Motions that come with a character: every action sampled frame by frame, as world matrices of its bones."""

from __future__ import annotations

from collections.abc import Iterator

import bpy
import numpy as np

from .rig_parts import RawRig

Array = np.ndarray
MOST_FRAMES = 1200
_MOST_ACTIONS = 200


def sample_actions(raw: RawRig) -> Iterator[tuple[str, float, Array]]:
    """(name, frames a second, (F, J, 4, 4) matrices that carry rest points to the world) of each action.

    Meshes are hidden meanwhile, so that Blender does not deform them at every frame.
    """
    rig, scene = raw.rig, bpy.context.scene
    for thing in scene.objects:
        if thing.type == "MESH":
            thing.hide_viewport = True
    rig.data.pose_position = "POSE"
    fps = scene.render.fps / scene.render.fps_base
    undo = np.linalg.inv(raw.rest)
    actions = [a for a in sorted(bpy.data.actions, key=lambda a: a.name) if _moves(a, set(raw.names))]
    for action in actions[:_MOST_ACTIONS]:
        _play(raw, action)
        first, last = int(np.floor(action.frame_range[0])), int(np.ceil(action.frame_range[1]))
        frames = range(first, min(last, first + MOST_FRAMES - 1) + 1)
        yield _bare(action.name), fps, np.stack([_sample(raw, frame) for frame in frames]) @ undo
    rig.animation_data_clear()


def _sample(raw: RawRig, frame: int) -> Array:
    bpy.context.scene.frame_set(frame)
    rig = raw.rig.evaluated_get(bpy.context.evaluated_depsgraph_get())
    world = np.array(rig.matrix_world, float)
    return np.array([world @ np.array(rig.pose.bones[name].matrix, float) for name in raw.names])


def _moves(action: bpy.types.Action, names: set[str]) -> bool:
    """Whether an action has curves for bones of that name."""
    paths = (curve.data_path for layer in action.layers for strip in layer.strips for bag in strip.channelbags
             for curve in bag.fcurves)  # fmt: skip
    return any(path.startswith("pose.bones[") and path.split('"')[1] in names for path in paths)


def _play(raw: RawRig, action: bpy.types.Action) -> None:
    """Assign an action, and of it the part for an object; bones it leaves alone stand as the file has them."""
    rig = raw.rig
    for name, basis in zip(raw.names, raw.basis, strict=True):
        rig.pose.bones[name].matrix_basis = basis
    holder = rig.animation_data or rig.animation_data_create()
    holder.use_nla = False
    holder.action = action
    slots = list(holder.action_suitable_slots)
    if slots:
        holder.action_slot = next((slot for slot in slots if rig.name in slot.name_display), slots[0])


def _bare(name: str) -> str:
    """`Armature|Armature|Walking` -> `Walking`."""
    parts = [part for part in name.split("|") if part and part != "BaseLayer"]
    return parts[-1] if parts else name


def decompose(skin: Array, heads: Array) -> tuple[Array, Array, Array, float]:
    """Rotations (F, J, 3, 3), places (F, J, 3) and uniform sizes (F, J) of matrices (F, J, 4, 4) about rest heads
    (J, 3), and by how much, relatively, a bone is stretched at most."""
    linear = skin[..., :3, :3]
    left, stretch, right = np.linalg.svd(linear)
    turn = left @ right
    mirrored = np.linalg.det(turn) < 0
    left[mirrored, :, 2] *= -1
    places = np.einsum("fjik,jk->fji", linear, heads) + skin[..., :3, 3]
    sizes = np.cbrt(stretch.prod(axis=-1))
    uneven = float((stretch[..., 0] / np.maximum(stretch[..., 2], 1e-9)).max() - 1.0) if stretch.size else 0.0
    return left @ right, places, sizes, uneven
