"""A rigid thing from a file: one mesh in metres that stands on z = 0."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix

from viewlock.assets_manifest.prepared import Hints

from .checks import check_mesh, check_result
from .gathering import coordinates, gather, triangle_count
from .material_repairs import repair_materials
from .normals import mend_normals
from .sizing import scale_of, standing


def make_object(source: Path, hints: Hints) -> tuple[bpy.types.Object, list[str]]:
    """The thing in the file that was just read, and what was mended.

    Raises:
        UnusableError: it cannot be used.
    """
    thing, notes = gather(hints)
    check_mesh(thing)
    notes += mend_normals(thing.data) + repair_materials(thing, source)
    notes += decimate(thing, hints.triangles)
    thing.data.transform(Matrix.Rotation(np.radians(hints.yaw_deg), 4, "Z"))
    factor, said = scale_of(np.ptp(coordinates(thing.data), axis=0), hints, "object")
    thing.data.transform(Matrix.Scale(factor, 4))
    points = coordinates(thing.data)
    thing.data.transform(Matrix.Translation(standing(points.min(axis=0), points.max(axis=0))))
    thing.data.update()
    check_result(thing)
    return thing, notes + ([said] if said else [])


def decimate(thing: bpy.types.Object, most: int) -> list[str]:
    """Collapse edges until a mesh has at most that many triangles; texture coordinates and weights are kept."""
    count = triangle_count(thing.data)
    if count <= most:
        return []
    modifier = thing.modifiers.new("fewer", "DECIMATE")
    modifier.ratio = most / count
    graph = bpy.context.evaluated_depsgraph_get()
    graph.update()
    fewer = bpy.data.meshes.new_from_object(thing.evaluated_get(graph), preserve_all_data_layers=True, depsgraph=graph)
    thing.modifiers.remove(modifier)
    thing.data = fewer
    return [f"{count} triangles reduced to {triangle_count(fewer)}"]
