"""`Model` -> Blender mesh object, `Surface` -> Blender material."""

from __future__ import annotations

import hashlib

import bpy
import numpy as np
from numpy.typing import NDArray

from .meshes import Mesh
from .surfaces import Model, Surface
from .textures.cache import picture


def add_model(name: str, model: Model, collection: bpy.types.Collection | None = None) -> bpy.types.Object:
    """Put a model into the scene (or the given collection) as one mesh object at the origin."""
    data = bpy_mesh(name, model.mesh, [s.size_m for s in model.surfaces])
    for surface in model.surfaces:
        data.materials.append(material(surface))
    thing = bpy.data.objects.new(name, data)
    (collection or bpy.context.scene.collection).objects.link(thing)
    return thing


def bpy_mesh(name: str, mesh: Mesh, repeat_m: list[float]) -> bpy.types.Mesh:
    """A Blender mesh with uv coordinates divided by the repeat length of each face's surface."""
    triangle = mesh.faces[:, 3] == mesh.faces[:, 2]
    keep = np.ones(mesh.faces.shape, bool)
    keep[triangle, 3] = False
    sizes = keep.sum(axis=1)
    data = bpy.data.meshes.new(name)
    data.vertices.add(len(mesh.vertices))
    data.vertices.foreach_set("co", mesh.vertices.astype(np.float32).ravel())
    data.loops.add(int(sizes.sum()))
    data.loops.foreach_set("vertex_index", mesh.faces[keep].astype(np.int32))
    data.polygons.add(len(mesh.faces))
    data.polygons.foreach_set("loop_start", np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32))
    data.polygons.foreach_set("material_index", mesh.materials.astype(np.int32))
    data.update(calc_edges=True)
    data.polygons.foreach_set("use_smooth", mesh.smooth)
    layer = data.uv_layers.new(name="uv")
    scale = np.asarray(repeat_m, float)[mesh.materials][:, None, None]
    layer.uv.foreach_set("vector", (mesh.uvs / scale)[keep].astype(np.float32).ravel())
    data.validate(clean_customdata=False)
    return data


def material(surface: Surface) -> bpy.types.Material:
    """The Blender material of a surface, made once per scene and then shared."""
    name = f"{surface.texture}-{_digest(surface)}"
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    made["unreliable"] = is_unreliable(surface)
    tree = made.node_tree
    shader = tree.nodes["Principled BSDF"]
    inputs = shader.inputs
    inputs["Roughness"].default_value = surface.roughness
    inputs["Metallic"].default_value = surface.metallic
    inputs["Transmission Weight"].default_value = surface.transmission
    inputs["IOR"].default_value = surface.ior
    inputs["Coat Weight"].default_value = surface.coat
    if surface.texture == "plain":
        inputs["Base Color"].default_value = (*surface.colours[0], 1.0)
        if surface.emission > 0:
            inputs["Emission Color"].default_value = (*surface.colours[0], 1.0)
    else:
        _paint(tree, shader, surface)
    inputs["Emission Strength"].default_value = surface.emission
    return made


def is_unreliable(surface: Surface) -> bool:
    """Whether what one sees in this surface is mostly something else: glass and mirrors."""
    return surface.transmission > 0.5 or (surface.metallic > 0.5 and surface.roughness < 0.15)


def _paint(tree: bpy.types.NodeTree, shader: bpy.types.Node, surface: Surface) -> None:
    colour = _image_node(tree, _colour_image(surface))
    tree.links.new(colour.outputs["Color"], shader.inputs["Base Color"])
    if surface.emission > 0:
        tree.links.new(colour.outputs["Color"], shader.inputs["Emission Color"])
    if surface.alpha:
        # Truth looks through where alpha <= 0.5; a hard edge keeps the picture equal to it.
        cut = tree.nodes.new("ShaderNodeMath")
        cut.operation = "GREATER_THAN"
        cut.inputs[1].default_value = 0.5
        tree.links.new(colour.outputs["Alpha"], cut.inputs[0])
        tree.links.new(cut.outputs[0], shader.inputs["Alpha"])
    if surface.bump > 0:
        height = _image_node(tree, _height_image(surface))
        bump = tree.nodes.new("ShaderNodeBump")
        bump.inputs["Distance"].default_value = surface.bump
        tree.links.new(height.outputs["Color"], bump.inputs["Height"])
        tree.links.new(bump.outputs["Normal"], shader.inputs["Normal"])


def _image_node(tree: bpy.types.NodeTree, image: bpy.types.Image) -> bpy.types.Node:
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    return node


def _colour_image(surface: Surface) -> bpy.types.Image:
    name = f"{_picture_name(surface)}{'-alpha' if surface.alpha else ''}"
    if name in bpy.data.images:
        return bpy.data.images[name]
    rgba = picture(surface.texture, surface.colours, surface.seed).rgba
    if not surface.alpha:
        rgba = np.concatenate([rgba[..., :3], np.full_like(rgba[..., :1], 255)], axis=2)
    return _image(name, rgba, "sRGB")


def _height_image(surface: Surface) -> bpy.types.Image:
    name = f"{_picture_name(surface)}-height"
    if name in bpy.data.images:
        return bpy.data.images[name]
    height = picture(surface.texture, surface.colours, surface.seed).height
    return _image(name, np.repeat(height[..., None], 4, axis=2), "Non-Color")


def _image(name: str, rgba: NDArray[np.uint8], space: str) -> bpy.types.Image:
    """An 8-bit image in Blender's memory; row 0 of `rgba` is the top of the picture."""
    height, width = rgba.shape[:2]
    image = bpy.data.images.new(name, width, height, alpha=True)
    image.colorspace_settings.name = space
    image.alpha_mode = "CHANNEL_PACKED"
    image.pixels.foreach_set(rgba[::-1].astype(np.float32).ravel() / np.float32(255))
    return image


def _picture_name(surface: Surface) -> str:
    """A name for what a surface's painter paints, the same in every process."""
    return f"{surface.texture}-{_digest(surface.texture, surface.colours, surface.seed)}"


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]
