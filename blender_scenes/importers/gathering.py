"""Everything that renders in a freshly read file, as one mesh in world coordinates. Lamps, cameras and helpers stay
behind."""

from __future__ import annotations

from fnmatch import fnmatchcase

import bpy
import numpy as np
from mathutils import Matrix

from viewlock.assets_manifest.prepared import Hints

from .faults import UnusableError

_SURFACES = {"MESH", "CURVE", "SURFACE", "FONT", "META"}
_LEFT_OUT = "glTF_not_exported"
_MOST_PARTS = 20_000


def gather(hints: Hints) -> tuple[bpy.types.Object, list[str]]:
    """One mesh object at the origin, without modifiers, from all that renders, and what was left out; instances become
    real.

    Raises:
        UnusableError: nothing renders.
    """
    graph = bpy.context.evaluated_depsgraph_get()
    graph.update()
    found, notes = [], []
    for instance in graph.object_instances:
        thing = instance.object
        if thing.type in _SURFACES and not thing.hide_render and instance.show_self and not _helper(thing.original):
            if unwanted(thing.name, hints):
                notes.append(f"part {thing.name!r} left out as asked")
                continue
            # Instances die with the iterator: keep originals and matrices by value.
            found.append((thing.original, instance.matrix_world.copy()))
    if not found:
        raise UnusableError("there is no mesh in it")
    if len(found) > _MOST_PARTS:
        raise UnusableError(f"it has {len(found)} parts, more than {_MOST_PARTS}")
    parts = [real_mesh(thing.evaluated_get(graph), matrix, graph) for thing, matrix in found]
    return join(parts), notes


def unwanted(name: str, hints: Hints) -> bool:
    """Whether a part of a file is to be left out."""
    return any(fnmatchcase(name, pattern) for pattern in hints.leave_out)


def _helper(thing: bpy.types.Object) -> bool:
    """What an importer adds for itself, or what cameras never see."""
    return any(c.name.startswith(_LEFT_OUT) for c in thing.users_collection) or not thing.visible_camera


def real_mesh(thing: bpy.types.Object, matrix: Matrix, graph: bpy.types.Depsgraph) -> bpy.types.Mesh:
    """The evaluated mesh of an object, moved to world coordinates, with the materials of its slots."""
    mesh = bpy.data.meshes.new_from_object(thing, preserve_all_data_layers=True, depsgraph=graph)
    for k, slot in enumerate(thing.material_slots):
        original = slot.material.original if slot.material else None
        if k < len(mesh.materials):
            mesh.materials[k] = original
        else:
            mesh.materials.append(original)
    mesh.transform(matrix)
    if matrix.determinant() < 0:
        mesh.flip_normals()
    return mesh


def join(parts: list[bpy.types.Mesh], groups: list[list[str]] | None = None) -> bpy.types.Object:
    """One object called `asset` from several meshes; `groups` names the vertex groups of each."""
    things = []
    for k, mesh in enumerate(parts):
        _name_uv_layers(mesh)
        thing = bpy.data.objects.new(f"part-{k}", mesh)
        for name in groups[k] if groups else ():
            if name not in thing.vertex_groups:
                thing.vertex_groups.new(name=name)
        bpy.context.scene.collection.objects.link(thing)
        things.append(thing)
    if len(things) > 1:
        with bpy.context.temp_override(active_object=things[0], object=things[0], selected_editable_objects=things):
            bpy.ops.object.join()
    whole = things[0]
    whole.name = whole.data.name = "asset"
    return whole


def _name_uv_layers(mesh: bpy.types.Mesh) -> None:
    """Layers are joined by name: the one that renders becomes `uv`, the others `uv1`, `uv2` ... in order."""
    shown = next((k for k, layer in enumerate(mesh.uv_layers) if layer.active_render), 0)
    own = [layer.name for layer in mesh.uv_layers]
    rest = iter(range(1, len(own)))
    new = ["uv" if k == shown else f"uv{next(rest)}" for k in range(len(own))]
    for k, name in enumerate(own):
        mesh.uv_layers[name].name = f"~{k}"
    for k, name in enumerate(new):
        mesh.uv_layers[f"~{k}"].name = name
    _rename_in_materials(mesh, dict(zip(own, new, strict=True)))


def _rename_in_materials(mesh: bpy.types.Mesh, names: dict[str, str]) -> None:
    for material in mesh.materials:
        for node in material.node_tree.nodes if material and material.node_tree else ():
            if node.type in ("UVMAP", "NORMAL_MAP", "TANGENT") and node.uv_map in names:
                node.uv_map = names[node.uv_map]


def coordinates(mesh: bpy.types.Mesh) -> np.ndarray:
    """(V, 3) float64 vertices of a mesh."""
    flat = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", flat)
    return flat.reshape(-1, 3).astype(np.float64)


def triangle_count(mesh: bpy.types.Mesh) -> int:
    """How many triangles Blender makes of a mesh."""
    sizes = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_total", sizes)
    return int((sizes - 2).sum())
