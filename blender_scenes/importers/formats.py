"""A file of any known format into an otherwise empty Blender."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bpy

from viewlock.assets_manifest.prepared import Hints

from .faults import UnusableError


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
    up = hints.up or ("z" if _scanned(Path(path)) else "y")
    forward = "Y" if up == "z" else "NEGATIVE_Z"
    return bpy.ops.wm.obj_import(filepath=path, forward_axis=forward, up_axis=up.upper())


def _scanned(path: Path) -> bool:
    """Google Scanned Objects and YCB are z-up and have telling names."""
    gso = path.name == "model.obj" and path.parent.name == "meshes" and (path.parents[1] / "materials").is_dir()
    ycb = path.stem in ("textured", "textured_simple", "textured_simple_reoriented", "nontextured")
    return gso or ycb


def _ply(path: str, hints: Hints) -> set[str]:
    up = hints.up or "z"
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
