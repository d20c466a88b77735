"""A place from a file: one mesh in metres, and the spots of it where scenes can take place.

Its lamps and its world stay behind, since scenes are lit anew; where its lamps hung is kept. Its cameras are not used.
What moves in it stands as it does in the frame that the file was saved in.
"""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix, Vector
from numpy.typing import NDArray

from viewlock.assets_manifest.prepared import Hints, Spot

from .checks import check_mesh
from .faults import UnusableError
from .gathering import coordinates, gather, triangle_count
from .material_repairs import repair_materials
from .normals import mend_normals
from .objects import decimate
from .probing import Array, Solid
from .sizing import place_scale, standing
from .spots import faces_look_away, find_spots
from .walkable import HEAD_ROOM_M, LEAST_AREA_M2, LEAST_SIDE_M, best_turn, find_rectangles

MOST_TRIANGLES = 600_000
"""More are reduced: they would be read again for every moment of a scene."""
_LAMPS = ("POINT", "SPOT", "AREA")


def make_place(source: Path, hints: Hints) -> tuple[bpy.types.Object, list[str], tuple[Spot, ...]]:
    """The place in the file that was just read, what was mended, and its spots.

    Raises:
        UnusableError: it cannot be used.
    """
    lamps, unit, notes = _lamps(), _unit(source), _frozen()
    thing, said = gather(hints)
    check_mesh(thing)
    notes += said + mend_normals(thing.data) + repair_materials(thing, source)
    notes += decimate(thing, MOST_TRIANGLES)
    turn = Matrix.Rotation(np.radians(hints.yaw_deg), 4, "Z")
    size = np.ptp(coordinates(thing.data), axis=0)
    factor, told = place_scale(size * unit, hints)
    scale = Matrix.Scale(factor * unit if hints.unit_m is None else factor, 4)
    thing.data.transform(scale @ turn)
    squared = Matrix.Rotation(best_turn(*_shape(thing.data)), 4, "Z")
    thing.data.transform(squared)
    points = coordinates(thing.data)
    shift = Matrix.Translation(standing(points.min(axis=0), points.max(axis=0)))
    thing.data.transform(shift)
    lamps = [np.array(shift @ squared @ scale @ turn @ lamp) for lamp in lamps]
    spots, turned = _spots(thing.data, lamps)
    return thing, [*notes, *([told] if told else []), *turned], spots


def _lamps() -> list[Vector]:
    graph = bpy.context.evaluated_depsgraph_get()
    found = []
    for instance in graph.object_instances:
        thing = instance.object
        if thing.type == "LIGHT" and thing.data.type in _LAMPS and not thing.hide_render:
            # Instances die with the iterator.
            found.append(instance.matrix_world.translation.copy())
    return found


def _unit(source: Path) -> float:
    """Metres of a unit, where a Blender file says; importers of other formats have used theirs already."""
    settings = bpy.context.scene.unit_settings
    return settings.scale_length if source.suffix.lower() == ".blend" and settings.system != "NONE" else 1.0


def _frozen() -> list[str]:
    moving = any(thing.animation_data and thing.animation_data.action for thing in bpy.data.objects)
    scene = bpy.context.scene
    return [f"it moves: stands as in frame {scene.frame_current}"] if moving else []


def _spots(mesh: bpy.types.Mesh, lamps: list[Array]) -> tuple[tuple[Spot, ...], list[str]]:
    solid, notes = Solid(*_shape(mesh)), []
    rectangles = find_rectangles(solid)
    if faces_look_away(solid, rectangles):
        mesh.flip_normals()
        solid = Solid(*_shape(mesh))
        notes = ["its faces looked away from those within: turned"]
    found = find_spots(solid, rectangles, lamps)
    if not found:
        size = " x ".join(f"{side:.3g}" for side in np.ptp(solid.points, axis=0))
        raise UnusableError(
            f"no level floor of {LEAST_AREA_M2:g} m2 and {LEAST_SIDE_M:g} m width with {HEAD_ROOM_M:g} m of room above "
            f"is free in it; it is {size} m large: if its unit is wrong, say unit_m"
        )
    return found, notes


def _shape(mesh: bpy.types.Mesh) -> tuple[Array, NDArray[np.int32]]:
    """(V, 3) vertices and (T, 3) triangles."""
    mesh.calc_loop_triangles()
    flat = np.empty(3 * triangle_count(mesh), np.int32)
    mesh.loop_triangles.foreach_get("vertices", flat)
    return coordinates(mesh), flat.reshape(-1, 3)
