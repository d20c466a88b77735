"""One file -> one folder with a Blender file and a record. Runs in a process of its own, see `prepare`."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np

from viewlock.assets_manifest.prepared import IMPORTER_VERSION, Hints, ImportKind, Prepared, Vector, write_record

from .characters import make_character
from .formats import read_upright
from .gathering import coordinates, triangle_count
from .objects import make_object
from .pictures import pack
from .places import make_place


def import_file(source: Path, kind: ImportKind, hints: Hints, sha256: str, folder: Path) -> Prepared:
    """Read a file, mend it and keep it in a folder that exists.

    Raises:
        UnusableError: it cannot be used.
    """
    said = read_upright(source, hints)
    if kind == "character":
        made = make_character(source, hints)
        thing, notes = made.mesh, made.notes
        _write_blend(folder / "asset.blend", [made.mesh, made.rig])
        if made.clips:
            np.savez_compressed(folder / "clips.npz", **made.arrays)  # type: ignore[arg-type]
        more = {name: getattr(made, name) for name in ("bones", "roles", "missing", "soles", "clips")}
    elif kind == "scene":
        thing, notes, spots = make_place(source, hints)
        _write_blend(folder / "asset.blend", [thing])
        more = {"spots": spots}
    else:
        thing, notes = make_object(source, hints)
        _write_blend(folder / "asset.blend", [thing])
        more = {}
    points = coordinates(thing.data)
    bounds = (_rounded(points.min(axis=0)), _rounded(points.max(axis=0)))
    prepared = Prepared(
        folder, kind, source.name, sha256, IMPORTER_VERSION, bounds, len(points), triangle_count(thing.data),
        tuple(dict.fromkeys([*said, *notes])), **more,
    )  # fmt: skip
    write_record(prepared)
    return prepared


def _rounded(values: np.ndarray) -> Vector:
    x, y, z = (round(float(v), 4) + 0.0 for v in values)
    return (x, y, z)


def _write_blend(path: Path, things: list[bpy.types.Object]) -> None:
    """A Blender file with the collection `asset`: these objects, what they use, and nothing else."""
    asset = bpy.data.collections.new("asset")
    asset.name = "asset"
    for thing in things:
        asset.objects.link(thing)
        thing.parent = None
        thing.animation_data_clear()
        thing.hide_render, thing.hide_viewport = thing.type == "ARMATURE", False
    for image in _pictures(things):
        pack(image)
    _disarm()
    bpy.data.libraries.write(str(path), {asset}, compress=True)


def _disarm() -> None:
    """Take off what could move or run later: drivers may be scripts."""
    for data in (*bpy.data.meshes, *bpy.data.armatures, *bpy.data.materials, *bpy.data.node_groups):
        data.animation_data_clear()
        tree = getattr(data, "node_tree", None)
        if tree is not None:
            tree.animation_data_clear()


def _pictures(things: list[bpy.types.Object]) -> list[bpy.types.Image]:
    found = {
        node.image
        for thing in things if thing.type == "MESH"
        for material in thing.data.materials if material and material.node_tree
        for node in material.node_tree.nodes if node.type == "TEX_IMAGE" and node.image
    }  # fmt: skip
    return sorted(found, key=lambda image: image.name)
