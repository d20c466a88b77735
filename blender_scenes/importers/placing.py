"""Prepared imports into the current scene."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray

from viewlock.assets_manifest.prepared import Prepared
from viewlock.errors import DatasetError
from viewlock.generator.spec import Place

_TAG = "viewlock_import"
_LEVEL_M = 1e-3
"""How far a floor may be from the plane that truth takes it for."""


@dataclass(frozen=True)
class PlacedCharacter:
    """An imported character in the scene.

    Attributes:
        mesh: the skinned mesh object.
        rig: its armature object; both lie at the origin and the pose moves them.
        prepared: what it was made from.
        rest: (J, 4, 4) rest matrices of the bones, in the order of `prepared.bones`.
    """

    mesh: bpy.types.Object
    rig: bpy.types.Object
    prepared: Prepared
    rest: NDArray[np.float64]

    def set_pose(self, skin: NDArray[np.float64]) -> None:
        """Pose it: (J, 4, 4) matrices that carry rest points of each bone to the world, as `Motion.pose` gives."""
        undo, back = np.linalg.inv(skin), np.linalg.inv(self.rest)
        for j, bone in enumerate(self.prepared.bones):
            relative = skin[j] if bone.parent < 0 else undo[bone.parent] @ skin[j]
            self.rig.pose.bones[bone.name].matrix_basis = Matrix(back[j] @ relative @ self.rest[j])


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


def place_place(prepared: Prepared, place: Place) -> None:
    """Put an imported place into the scene, one of its spots at the origin; its floor there is an object of its own.

    Raises:
        DatasetError: the cache was damaged.
    """
    whole = place_object(prepared, "place-rest")
    x, y, z = (float(place.params[axis]) for axis in "xyz")
    whole.location = (-x, -y, -z)
    whole.pass_index = place.index
    for plane in place.planes:
        ground = whole.copy()
        ground.data = whole.data.copy()
        ground.name, ground.pass_index = f"place-{plane.name}", plane.index
        bpy.context.scene.collection.objects.link(ground)
        level = _level_faces(whole.data, z)
        _keep_faces(ground.data, level)
        _keep_faces(whole.data, ~level)


def _level_faces(mesh: bpy.types.Mesh, z: float) -> NDArray[np.bool_]:
    """Which faces lie at a height, to a millimetre."""
    heights = np.empty(3 * len(mesh.vertices), np.float32)
    mesh.vertices.foreach_get("co", heights)
    corners, starts = np.empty(len(mesh.loops), np.int32), np.empty(len(mesh.polygons), np.int32)
    mesh.loops.foreach_get("vertex_index", corners)
    mesh.polygons.foreach_get("loop_start", starts)
    away = np.abs(heights[2::3][corners] - z)
    return np.maximum.reduceat(away, starts) < _LEVEL_M


def _keep_faces(mesh: bpy.types.Mesh, kept: NDArray[np.bool_]) -> None:
    import bmesh  # there is none before bpy has been loaded

    shape = bmesh.new()
    shape.from_mesh(mesh)
    shape.faces.ensure_lookup_table()
    unwanted = [shape.faces[int(k)] for k in np.flatnonzero(~kept)]
    bmesh.ops.delete(shape, geom=unwanted, context="FACES")
    shape.to_mesh(mesh)
    shape.free()


def place_character(prepared: Prepared, name: str) -> PlacedCharacter:
    """Put an imported character into the scene, at rest at the origin.

    Raises:
        DatasetError: the cache was damaged.
    """
    things = append(prepared)
    mesh, rig = (next(thing for thing in things if thing.type == kind) for kind in ("MESH", "ARMATURE"))
    for thing, label in ((mesh, name), (rig, f"{name}-rig")):
        thing.name = label
        bpy.context.scene.collection.objects.link(thing)
    rig.hide_render = True
    rest = np.array([rig.data.bones[bone.name].matrix_local for bone in prepared.bones], float)
    return PlacedCharacter(mesh, rig, prepared, rest)


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
