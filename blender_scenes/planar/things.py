"""Occluders: shapes of half size 1 about the origin, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import bpy
import numpy as np
from mathutils import Matrix

from viewlock.generator.planar_spec import Occluder
from viewlock.geometry import rotation_from_quaternion

from ..materials import bpy_mesh
from ..meshes import Mesh, ball, box, extrude, lathe, torus

MIRROR_ROUGHNESS = 0.15
"""Glossy things smoother than this show what is around them, and are unreliable."""


def _standing(mesh: Mesh) -> Mesh:
    """A mesh of height 2 that stood on z = 0, about its middle."""
    return mesh.moved(z=-1.0)


def _rock() -> Mesh:
    smooth = ball(1.0, segments=40, rings=24)
    x, y, z = smooth.vertices.T
    swell = 0.8 + 0.11 * np.sin(3.1 * x + 1.3 * y) + 0.08 * np.sin(5.3 * y - 2.2 * z + 0.7)
    return replace(smooth, vertices=smooth.vertices * (swell + 0.05 * np.sin(9 * z + 4 * x))[:, None])


SHAPES: Mapping[str, Callable[[], Mesh]] = {
    "cone": lambda: _standing(lathe([(1, 0), (0, 2)], 48)),
    "sphere": lambda: ball(1.0, 48, 24),
    "cylinder": lambda: _standing(lathe([(1, 0), (1, 2)], 48)),
    "torus": lambda: torus(0.7, 0.3, 56, 24),
    "cube": lambda: _standing(box(2, 2, 2)),
    "pyramid": lambda: _standing(lathe([(1.2, 0), (0, 2)], 4, smooth=False)),
    "disc": lambda: _standing(lathe([(1, 0), (1, 2)], 64)),
    "rod": lambda: _standing(extrude([[-1, -1], [1, -1], [1, 1], [-1, 1]], 2.0)),
    "ring": lambda: torus(0.92, 0.08, 72, 16),
    "rock": _rock,
}


def add_occluder(occluder: Occluder, index: int) -> bpy.types.Object:
    """Put an occluder into the scene, with this object index."""
    name = f"occluder-{index}"
    data = bpy_mesh(name, SHAPES[occluder.shape](), [1.0])
    data.materials.append(_material(occluder, name))
    thing = bpy.data.objects.new(name, data)
    pose = np.eye(4)
    pose[:3, :3] = rotation_from_quaternion(occluder.quaternion) * np.array(occluder.scale)
    pose[:3, 3] = occluder.position
    thing.matrix_world = Matrix(pose.tolist())
    thing.pass_index = index
    if occluder.shadow_only:
        thing.visible_camera = thing.visible_glossy = thing.visible_transmission = False
    bpy.context.scene.collection.objects.link(thing)
    return thing


_SHADERS = {
    "diffuse": "ShaderNodeBsdfPrincipled",
    "glossy": "ShaderNodeBsdfAnisotropic",
    "transparent": "ShaderNodeBsdfTransparent",
    "refractive": "ShaderNodeBsdfRefraction",
    "glass": "ShaderNodeBsdfGlass",
}


def _material(occluder: Occluder, name: str) -> bpy.types.Material:
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    clear = occluder.material in ("transparent", "refractive", "glass")
    made["unreliable"] = clear or (occluder.material == "glossy" and occluder.roughness < MIRROR_ROUGHNESS)
    tree = made.node_tree
    tree.nodes.clear()
    shader, out = tree.nodes.new(_SHADERS[occluder.material]), tree.nodes.new("ShaderNodeOutputMaterial")
    tree.links.new(shader.outputs[0], out.inputs["Surface"])
    colour = shader.inputs.get("Base Color") or shader.inputs["Color"]
    colour.default_value = (*occluder.tint, 1.0)
    if occluder.material != "transparent":
        least = 0.5 if occluder.material == "diffuse" else 0.0
        shader.inputs["Roughness"].default_value = max(occluder.roughness, least)
    if occluder.material in ("refractive", "glass"):
        shader.inputs["IOR"].default_value = occluder.ior
    return made
