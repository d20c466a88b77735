"""A file of any known format into an otherwise empty Blender."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import bpy
import numpy as np

from viewlock.assets_manifest.prepared import Hints

from .faults import UnusableError
from .gathering import coordinates
from .uprightness import stands_better

_RULES = {".obj": "y", ".ply": "z"}
"""The axis that points up in files of a format, by custom."""


def read_upright(path: Path, hints: Hints) -> list[str]:
    """Read a file as `read_source` does; of an OBJ or PLY about which nothing else is known, that side is up on which
    it stands. What is to be said about it.

    Raises:
        UnusableError: unknown format, or Blender cannot read it.
    """
    read_source(path, hints)
    rule = _RULES.get(path.suffix.lower())
    if rule is None or hints.up is not None or _scanned(path):
        return []
    points, triangles = _as_in_the_file(rule)
    other: Literal["y", "z"] = "z" if rule == "y" else "y"
    if not len(triangles) or not stands_better(points, triangles, "xyz".index(rule), "xyz".index(other)):
        return []
    read_source(path, replace(hints, up=other))
    return [f"with {rule} up it would lie or fall: taken as {other} up"]


def _as_in_the_file(up: str) -> tuple[np.ndarray, np.ndarray]:
    """(V, 3) vertices in the file's own axes, of which `up` was taken to point up, and (T, 3) triangles."""
    points, triangles, start = [np.zeros((0, 3))], [np.zeros((0, 3), np.int64)], 0
    for thing in sorted((t for t in bpy.data.objects if t.type == "MESH"), key=lambda t: t.name):
        mesh, world = thing.data, np.array(thing.matrix_world)
        mesh.calc_loop_triangles()
        corners = np.empty(3 * len(mesh.loop_triangles), np.int32)
        mesh.loop_triangles.foreach_get("vertices", corners)
        triangles.append(corners.reshape(-1, 3).astype(np.int64) + start)
        points.append(coordinates(mesh) @ world[:3, :3].T + world[:3, 3])
        start += len(mesh.vertices)
    found = np.concatenate(points)
    return found[:, [0, 2, 1]] * [1, 1, -1] if up == "y" else found, np.concatenate(triangles)


def read_source(path: Path, hints: Hints) -> None:
    """Empty Blender and read a file; scripts in it never run.

    Raises:
        UnusableError: unknown format, or Blender cannot read it.
    """
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.context.preferences.filepaths.use_scripts_auto_execute = False
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise UnusableError(f"unknown format {path.suffix!r}; known: {' '.join(_READERS)}")
    try:
        answer = read(str(path), hints)
    except (RuntimeError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as problem:
        raise UnusableError(f"Blender cannot read it: {_one_line(problem)}") from problem
    if "FINISHED" not in answer:
        raise UnusableError("Blender cannot read it")


def _gltf(path: str, _: Hints) -> set[str]:
    return bpy.ops.import_scene.gltf(filepath=path, disable_bone_shape=True)


def _fbx(path: str, _: Hints) -> set[str]:
    """Blender has two importers; the newer one also reads text and very old files."""
    try:
        return bpy.ops.import_scene.fbx(filepath=path)
    except RuntimeError:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        return bpy.ops.wm.fbx_import(filepath=path)


def _obj(path: str, hints: Hints) -> set[str]:
    up = hints.up or ("z" if _scanned(Path(path)) else _RULES[".obj"])
    forward = "Y" if up == "z" else "NEGATIVE_Z"
    return bpy.ops.wm.obj_import(filepath=path, forward_axis=forward, up_axis=up.upper())


def _scanned(path: Path) -> bool:
    """Google Scanned Objects and YCB are z-up and have telling names."""
    gso = path.name == "model.obj" and path.parent.name == "meshes" and (path.parents[1] / "materials").is_dir()
    ycb = path.stem in ("textured", "textured_simple", "textured_simple_reoriented", "nontextured")
    return gso or ycb


def _ply(path: str, hints: Hints) -> set[str]:
    up = hints.up or _RULES[".ply"]
    return bpy.ops.wm.ply_import(filepath=path, forward_axis="Y" if up == "z" else "NEGATIVE_Z", up_axis=up.upper())


def _usd(path: str, _: Hints) -> set[str]:
    return bpy.ops.wm.usd_import(filepath=path, import_cameras=False, import_lights=False)


def _blend(path: str, _: Hints) -> set[str]:
    return bpy.ops.wm.open_mainfile(filepath=path, load_ui=False, use_scripts=False)


_READERS: dict[str, Callable[[str, Hints], set[str]]] = {
    ".glb": _gltf, ".gltf": _gltf, ".fbx": _fbx, ".obj": _obj, ".ply": _ply, ".usd": _usd, ".usda": _usd,
    ".usdc": _usd, ".usdz": _usd, ".blend": _blend,
}  # fmt: skip


def _one_line(problem: Exception) -> str:
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    return (lines[-1] if lines else type(problem).__name__)[:200]
