"""Normals that a file brings with it, where they contradict its faces: such corners render black."""

from __future__ import annotations

import bpy
import numpy as np

_WRONG_SHARE = 1e-3


def mend_normals(mesh: bpy.types.Mesh) -> list[str]:
    """Drop a mesh's own normals if more than a thousandth of them point into their faces; Blender's take over."""
    if not mesh.has_custom_normals:
        return []
    own, faces = np.empty(3 * len(mesh.loops), np.float32), np.empty(3 * len(mesh.polygons), np.float32)
    mesh.corner_normals.foreach_get("vector", own)
    mesh.polygon_normals.foreach_get("vector", faces)
    corners = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_total", corners)
    wrong = float(((own.reshape(-1, 3) * np.repeat(faces.reshape(-1, 3), corners, axis=0)).sum(axis=1) < 0).mean())
    if wrong <= _WRONG_SHARE:
        return []
    mesh.attributes.remove(mesh.attributes["custom_normal"])
    return [f"{100 * wrong:.1f} % of its normals pointed inwards: computed anew"]
