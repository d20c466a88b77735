"""Parts of places under texture sets of other people."""

from __future__ import annotations

from dataclasses import replace

import bpy

from viewlock.assets_manifest.catalogue import Asset
from viewlock.errors import ConfigError
from viewlock.generator.coverings import Covering

from .importers.pbr_sets import PbrSet, find_pbr_set, pbr_material
from .materials import add_mesh, stains
from .surfaces import Model, Surface

_MOTTLE = 0.35
"""Strength of soft stains on level parts, which are seen far away, where repeats would show."""


def add_covered(name: str, model: Model, covering: Covering, asset: Asset) -> bpy.types.Object:
    """Put a part of a place into the scene, under a texture set in its own size instead of the part's surface.

    Raises:
        ConfigError: a picture cannot be read.
    """
    assert asset.path is not None
    folder = asset.path if asset.path.is_dir() else asset.path.parent
    found = replace(find_pbr_set(folder, asset.files), name=asset.id)
    if len(model.surfaces) != 1:
        raise ConfigError(f"{name}: expected a part of one surface to cover with {asset.id}, got {len(model.surfaces)}")
    level = bool((model.mesh.vertices[:, 2].max() - model.mesh.vertices[:, 2].min()) < 0.05)
    return add_mesh(name, model.mesh, [(_material(found, covering.repeat_m, level), covering.repeat_m)])


def _material(found: PbrSet, repeat_m: float, level: bool) -> bpy.types.Material:
    name = f"covering-{found.name}-{repeat_m:g}-{level}"
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    made = pbr_material(found).copy()
    made.name = name
    made["unreliable"] = False
    if level:
        tree, shader = made.node_tree, made.node_tree.nodes["Principled BSDF"]
        colour = shader.inputs["Base Color"].links[0].from_socket
        scaled = tree.nodes.new("ShaderNodeVectorMath")
        scaled.operation = "SCALE"
        tree.links.new(colour, scaled.inputs["Vector"])
        soft = stains(tree, Surface(size_m=repeat_m), 17.0, 2.0, (0.15, 0.85), (1 - 0.8 * _MOTTLE, 1 + 0.6 * _MOTTLE))
        tree.links.new(soft, scaled.inputs["Scale"])
        tree.links.new(scaled.outputs["Vector"], shader.inputs["Base Color"])
    return made
