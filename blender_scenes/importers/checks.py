"""What an imported mesh must be, or it is not used."""

from __future__ import annotations

import bpy
import numpy as np

from .faults import UnusableError
from .gathering import coordinates, triangle_count

FEWEST_TRIANGLES = 8
MOST_TRIANGLES = 5_000_000
_LARGEST_M = 100.0


def check_mesh(thing: bpy.types.Object) -> None:
    """Before anything is normalised; what Blender can mend by itself, it mends.

    Raises:
        UnusableError: too few or too many triangles, or vertices that are no numbers.
    """
    count = triangle_count(thing.data)
    if count < FEWEST_TRIANGLES:
        raise UnusableError(f"it has {count} triangles, fewer than {FEWEST_TRIANGLES}")
    if count > MOST_TRIANGLES:
        raise UnusableError(f"it has {count} triangles, more than {MOST_TRIANGLES}")
    points = coordinates(thing.data)
    if not np.isfinite(points).all():
        raise UnusableError("some vertices are not finite")
    size = np.ptp(points, axis=0)
    if size.max() <= 0 or np.sort(size)[1] <= 1e-6 * size.max():
        raise UnusableError("it has no extent in two directions")
    thing.data.validate(clean_customdata=False)


def check_result(thing: bpy.types.Object) -> None:
    """After everything is normalised and mended.

    Raises:
        UnusableError: implausible bounds, or nothing that can be seen.
    """
    points = coordinates(thing.data)
    low, high = points.min(axis=0), points.max(axis=0)
    if not np.isfinite([low, high]).all() or (high - low).max() > _LARGEST_M:
        raise UnusableError(f"it is {(high - low).max():.3g} m large; a hint on its size would help")
    if all(_invisible(material) for material in thing.data.materials):
        raise UnusableError("every material is fully transparent")


def _invisible(material: bpy.types.Material | None) -> bool:
    if material is None or material.node_tree is None:
        return False
    kinds = {node.type for node in material.node_tree.nodes}
    shader = next((node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED"), None)
    if shader is None:
        return kinds <= {"BSDF_TRANSPARENT", "OUTPUT_MATERIAL"}
    return not shader.inputs["Alpha"].is_linked and shader.inputs["Alpha"].default_value <= 0.0
