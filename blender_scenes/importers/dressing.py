"""Bodies without any colour of their own, as rigs are shared for motions: they get plain clothes instead of white."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

from viewlock.generator.bone_names import ancestors

from .material_repairs import principled

_PARTS = ("skin", "shirt", "trousers", "shoes")
_PART_OF = {"head": 0, "neck": 0, "hand": 0, "thigh": 2, "shin": 2, "hips": 2, "foot": 3, "toe": 3}
"""Joints of everything else wear the shirt."""
_SKINS = ((0.52, 0.3, 0.2), (0.32, 0.17, 0.1), (0.6, 0.38, 0.28))
_SHIRTS = ((0.35, 0.06, 0.06), (0.05, 0.16, 0.3), (0.5, 0.42, 0.25), (0.08, 0.24, 0.14), (0.28, 0.12, 0.28))
_TROUSERS = ((0.05, 0.07, 0.14), (0.09, 0.085, 0.08), (0.2, 0.14, 0.08))
_SHOES = ((0.05, 0.035, 0.025), (0.25, 0.24, 0.23))
_PALE, _COLOURLESS = 0.5, 0.06
"""Brightness, and difference between channels, of what is white or light grey."""


def dress(
    thing: bpy.types.Object, weights: NDArray[np.float64], parents: Sequence[int], roles: dict[str, int], source: Path
) -> list[str]:
    """Give a human body whose every material is plain white or light grey four plain colours; says so.

    Args:
        weights: (V, J) of its joints.
        roles: joint of a human body -> index.
        source: its name picks the colours.
    """
    if not all(_is_pale(material) for material in thing.data.materials):
        return []
    part = {joint: _PART_OF.get(role.removesuffix("_l").removesuffix("_r"), 1) for role, joint in roles.items()}
    worn = [next((part[k] for k in (j, *ancestors(parents, j)) if k in part), 1) for j in range(weights.shape[1])]
    shares = weights @ np.eye(len(_PARTS))[worn]
    corners = np.empty(len(thing.data.loops), np.int32)
    thing.data.loops.foreach_get("vertex_index", corners)
    starts = np.empty(len(thing.data.polygons), np.int32)
    thing.data.polygons.foreach_get("loop_start", starts)
    faces = np.add.reduceat(shares[corners], starts, axis=0)
    pick = zlib.crc32(source.stem.encode("utf-8", "surrogateescape"))
    thing.data.materials.clear()
    for name, colours in zip(_PARTS, (_SKINS, _SHIRTS, _TROUSERS, _SHOES), strict=True):
        made = bpy.data.materials.new(name)
        made.use_nodes = True
        shader = principled(made)
        assert shader is not None
        shader.inputs["Base Color"].default_value = (*colours[pick % len(colours)], 1.0)
        shader.inputs["Roughness"].default_value = 0.7
        made.cycles.emission_sampling = "NONE"
        thing.data.materials.append(made)
    thing.data.polygons.foreach_set("material_index", faces.argmax(axis=1).astype(np.int32))
    thing.data.update()
    return ["no colours of its own: dressed in plain ones"]


def _is_pale(material: bpy.types.Material | None) -> bool:
    shader = None if material is None or material.node_tree is None else principled(material)
    if shader is None:
        return material is None
    socket = shader.inputs["Base Color"]
    colour = np.array(socket.default_value[:3])
    return not socket.is_linked and bool(colour.min() > _PALE and np.ptp(colour) < _COLOURLESS)
