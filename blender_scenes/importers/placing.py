"""Prepared imports into the current scene."""

from __future__ import annotations

import bpy

from viewlock.assets_manifest.prepared import Prepared
from viewlock.errors import DatasetError

_TAG = "viewlock_import"


def place_object(prepared: Prepared, name: str) -> bpy.types.Object:
    """Put an imported object into the scene, at the origin; a second one shares the mesh of the first.

    Raises:
        DatasetError: the cache was damaged.
    """
    made = bpy.data.objects.new(name, _mesh(prepared))
    bpy.context.scene.collection.objects.link(made)
    return made


def _mesh(prepared: Prepared) -> bpy.types.Mesh:
    """The mesh of an import, read once into Blender's memory."""
    tag = prepared.folder.name
    for mesh in bpy.data.meshes:
        if mesh.get(_TAG) == tag:
            return mesh
    stored = next(thing for thing in append(prepared) if thing.type == "MESH")
    mesh = stored.data
    mesh[_TAG] = tag
    bpy.data.objects.remove(stored)
    return mesh


def append(prepared: Prepared) -> list[bpy.types.Object]:
    """The objects of an import, in Blender's memory but in no scene."""
    try:
        with bpy.data.libraries.load(str(prepared.blend), link=False) as (stored, wanted):
            wanted.collections = [name for name in stored.collections if name == "asset"]
        asset = wanted.collections[0]
    except (OSError, IndexError) as problem:
        raise DatasetError(f"{prepared.folder}: a damaged import; delete this folder") from problem
    things = list(asset.objects)
    bpy.data.collections.remove(asset)
    return things
