"""Bodies without any colour of their own, as rigs are shared for motions: plain clothes and hair instead of white."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

from viewlock.generator.bone_names import ancestors

from ..materials import bpy_mesh
from .gathering import coordinates
from .hair import STYLES, hair_of, is_round, long_hair, measure_head
from .material_repairs import principled

_PARTS = ("skin", "shirt", "trousers", "shoes")
_PART_OF = {"head": 0, "neck": 0, "hand": 0, "thigh": 2, "shin": 2, "hips": 2, "foot": 3, "toe": 3}
"""Joints of everything else wear the shirt."""
_SKINS = ((0.52, 0.3, 0.2), (0.32, 0.17, 0.1), (0.6, 0.38, 0.28))
_SHIRTS = ((0.35, 0.06, 0.06), (0.05, 0.16, 0.3), (0.5, 0.42, 0.25), (0.08, 0.24, 0.14), (0.28, 0.12, 0.28))
_TROUSERS = ((0.05, 0.07, 0.14), (0.09, 0.085, 0.08), (0.2, 0.14, 0.08))
_HAIRS = ((0.03, 0.02, 0.015), (0.09, 0.045, 0.02), (0.22, 0.12, 0.045), (0.02, 0.02, 0.022))
_SHOES = ((0.05, 0.035, 0.025), (0.25, 0.24, 0.23))
_PALE, _COLOURLESS = 0.5, 0.06
"""Brightness, and difference between channels, of what is white or light grey."""


def dress(
    thing: bpy.types.Object, weights: NDArray[np.float64], parents: Sequence[int], roles: dict[str, int], source: Path
) -> list[str]:
    """Give a human body four plain colours; says so.

    Args:
        weights: (V, J) of its joints.
        roles: joint of a human body -> index.
        source: its name picks the colours.
    """
    part = {joint: _PART_OF.get(role.removesuffix("_l").removesuffix("_r"), 1) for role, joint in roles.items()}
    worn = [next((part[k] for k in (j, *ancestors(parents, j)) if k in part), 1) for j in range(weights.shape[1])]
    shares = weights @ np.eye(len(_PARTS))[worn]
    corners = np.empty(len(thing.data.loops), np.int32)
    thing.data.loops.foreach_get("vertex_index", corners)
    starts = np.empty(len(thing.data.polygons), np.int32)
    thing.data.polygons.foreach_get("loop_start", starts)
    faces = np.add.reduceat(shares[corners], starts, axis=0)
    pick = _pick(source)
    thing.data.materials.clear()
    for name, colours in zip(_PARTS, (_SKINS, _SHIRTS, _TROUSERS, _SHOES), strict=True):
        thing.data.materials.append(_plain(name, colours[pick % len(colours)]))
    thing.data.polygons.foreach_set("material_index", faces.argmax(axis=1).astype(np.int32))
    thing.data.update()
    return ["no colours of its own: dressed in plain ones"]


def grow_hair(
    thing: bpy.types.Object, weights: NDArray[np.float64], joints: Sequence[int], joint_z: float, source: Path
) -> tuple[NDArray[np.float64], list[str]]:
    """Lay hair on the head of a body that faces -y, as a part of its mesh; the weights with those of the hair.

    Hair that is there is only coloured.

    Args:
        weights: (V, J) of its joints.
        joints: the head's joint, then those that hang on it; none if the body has no such joint.
        joint_z: height of the first.
        source: its name picks style and colour.
    """
    if not joints:
        return weights, ["no hair: no joint carries its head"]
    thing.data.calc_loop_triangles()
    flat = np.empty(3 * len(thing.data.loop_triangles), np.int32)
    thing.data.loop_triangles.foreach_get("vertices", flat)
    belongs = weights[:, list(joints)].sum(axis=1) > 0.5
    triangles = flat.reshape(-1, 3)
    head = measure_head(coordinates(thing.data), triangles, belongs, joint_z)
    if isinstance(head, str):
        return weights, [f"no hair: {head}"]
    pick = _pick(source)
    colour = _plain("hair", _HAIRS[pick // 3 % len(_HAIRS)])
    own = long_hair(head)
    if own is not None:
        _paint(thing, np.flatnonzero(belongs[triangles].all(axis=1))[own], colour)
        return weights, ["no colours of its own: its hair coloured, too"]
    if not is_round(head):
        return weights, ["no hair: its head is not round"]
    style = STYLES[pick // 5 % len(STYLES)]
    made = bpy_mesh("hair", hair_of(head, style), [1.0])
    made.materials.append(colour)
    own = np.zeros((len(made.vertices), weights.shape[1]))
    own[:, joints[0]] = 1.0
    part = bpy.data.objects.new("hair", made)
    bpy.context.scene.collection.objects.link(part)
    with bpy.context.temp_override(active_object=thing, object=thing, selected_editable_objects=[thing, part]):
        bpy.ops.object.join()
    return np.concatenate([weights, own]), [f"no hair of its own: given {style} hair"]


def _paint(thing: bpy.types.Object, triangles: NDArray[np.int64], colour: bpy.types.Material) -> None:
    faces = np.empty(len(thing.data.loop_triangles), np.int32)
    thing.data.loop_triangles.foreach_get("polygon_index", faces)
    slots = np.empty(len(thing.data.polygons), np.int32)
    thing.data.polygons.foreach_get("material_index", slots)
    slots[faces[triangles]] = len(thing.data.materials)
    thing.data.materials.append(colour)
    thing.data.polygons.foreach_set("material_index", slots)


def following(parents: Sequence[int], joint: int | None) -> list[int]:
    """A joint and all that hang on it."""
    if joint is None:
        return []
    return [joint, *(j for j in range(len(parents)) if joint in ancestors(parents, j))]


def colourless(thing: bpy.types.Object) -> bool:
    """Whether every material of a body is plain white or light grey."""
    return all(_is_pale(material) for material in thing.data.materials)


def _pick(source: Path) -> int:
    return zlib.crc32(source.stem.encode("utf-8", "surrogateescape"))


def _plain(name: str, colour: tuple[float, float, float]) -> bpy.types.Material:
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    shader = principled(made)
    assert shader is not None
    shader.inputs["Base Color"].default_value = (*colour, 1.0)
    shader.inputs["Roughness"].default_value = 0.7
    made.cycles.emission_sampling = "NONE"
    return made


def _is_pale(material: bpy.types.Material | None) -> bool:
    shader = None if material is None or material.node_tree is None else principled(material)
    if shader is None:
        return material is None
    socket = shader.inputs["Base Color"]
    colour = np.array(socket.default_value[:3])
    return not socket.is_linked and bool(colour.min() > _PALE and np.ptp(colour) < _COLOURLESS)
