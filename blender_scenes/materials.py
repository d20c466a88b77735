"""`Model` -> Blender mesh object, `Surface` -> Blender material."""

from __future__ import annotations

import hashlib

import bpy
import numpy as np
from numpy.typing import NDArray

from .meshes import Mesh
from .surfaces import Model, Surface
from .textures.cache import colour_file, height_file


def add_model(name: str, model: Model, collection: bpy.types.Collection | None = None) -> bpy.types.Object:
    """Put a model into the scene (or the given collection) as one mesh object at the origin."""
    return add_mesh(name, model.mesh, [(material(s), s.size_m) for s in model.surfaces], collection)


def add_mesh(
    name: str,
    mesh: Mesh,
    materials: list[tuple[bpy.types.Material, float]],
    collection: bpy.types.Collection | None = None,
) -> bpy.types.Object:
    """Put a mesh into the scene with the materials that its faces index, and how much a repeat of each covers."""
    data = bpy_mesh(name, mesh, [size_m for _, size_m in materials])
    for made, _ in materials:
        data.materials.append(made)
    thing = bpy.data.objects.new(name, data)
    (collection or bpy.context.scene.collection).objects.link(thing)
    return thing


def bpy_mesh(name: str, mesh: Mesh, repeat_m: list[float]) -> bpy.types.Mesh:
    """A Blender mesh with uv coordinates divided by the repeat length of each face's surface."""
    keep = np.ones(mesh.faces.shape, bool)
    keep[:, 3] = mesh.faces[:, 3] != mesh.faces[:, 2]
    corners = np.flatnonzero(keep)
    ends = np.cumsum(keep[:, 3] + 3)
    data = bpy.data.meshes.new(name)
    data.vertices.add(len(mesh.vertices))
    data.loops.add(len(corners))
    data.polygons.add(len(mesh.faces))
    # Through attributes whole arrays are copied; through vertices, loops and polygons their items one by one.
    _set(data, "position", "FLOAT_VECTOR", "POINT", "vector", mesh.vertices.astype(np.float32))
    _set(data, ".corner_vert", "INT", "CORNER", "value", mesh.faces.ravel()[corners].astype(np.int32))
    data.polygons.foreach_set("loop_start", np.concatenate([[0], ends[:-1]]).astype(np.int32))
    _set(data, "material_index", "INT", "FACE", "value", mesh.materials.astype(np.int32))
    data.update(calc_edges=True)
    if not mesh.smooth.all():
        _set(data, "sharp_face", "BOOLEAN", "FACE", "value", ~mesh.smooth)
    layer = data.uv_layers.new(name="uv")
    scaled = mesh.uvs / np.asarray(repeat_m, float)[mesh.materials][:, None, None]
    layer.uv.foreach_set("vector", scaled.reshape(-1, 2)[corners].astype(np.float32).ravel())
    data.validate(clean_customdata=False)
    return data


def _set(data: bpy.types.Mesh, name: str, kind: str, domain: str, item: str, values: NDArray) -> None:
    """Give a mesh an attribute, or one that it has its values."""
    attribute = data.attributes.get(name) or data.attributes.new(name, kind, domain)
    attribute.data.foreach_set(item, values.ravel())


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
    if surface.emission > 0:
        # Windows and lamp glasses glow; lamps of the scene light it. As light sources they would cost noise.
        made.cycles.emission_sampling = "NONE"
    return made


def is_unreliable(surface: Surface) -> bool:
    """Whether what one sees in this surface is mostly something else: glass and mirrors."""
    return surface.transmission > 0.5 or (surface.metallic > 0.5 and surface.roughness < 0.15)


def _paint(tree: bpy.types.NodeTree, shader: bpy.types.Node, surface: Surface) -> None:
    colour = _image_node(tree, _colour_image(surface))
    shown = _unrepeated(tree, colour, surface)
    tree.links.new(shown, shader.inputs["Base Color"])
    if surface.emission > 0:
        tree.links.new(shown, shader.inputs["Emission Color"])
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


def _unrepeated(tree: bpy.types.NodeTree, colour: bpy.types.Node, surface: Surface) -> bpy.types.NodeSocket:
    """The colour with a turned copy mixed in and with wide stains, as the surface asks."""
    shown = colour.outputs["Color"]
    if surface.turned:
        copy = _image_node(tree, colour.image)
        _place_uv(tree, copy, 0.64, 1.1)
        mask = stains(tree, surface, 7.3, 0.4, (0.42, 0.58), (0.0, 1.0))
        mix = tree.nodes.new("ShaderNodeMix")
        mix.data_type = "RGBA"
        tree.links.new(mask, mix.inputs["Factor"])
        tree.links.new(shown, mix.inputs[6])
        tree.links.new(copy.outputs["Color"], mix.inputs[7])
        shown = mix.outputs[2]
    if surface.mottle > 0:
        low, high = 1 - 0.8 * surface.mottle, 1 + 0.6 * surface.mottle
        soft = stains(tree, surface, 17.0, 2.0, (0.15, 0.85), (low, high))
        scaled = tree.nodes.new("ShaderNodeVectorMath")
        scaled.operation = "SCALE"
        tree.links.new(shown, scaled.inputs["Vector"])
        tree.links.new(soft, scaled.inputs["Scale"])
        shown = scaled.outputs["Vector"]
    return shown


def stains(
    tree: bpy.types.NodeTree,
    surface: Surface,
    across_m: float,
    turn: float,
    source: tuple[float, float],
    target: tuple[float, float],
) -> bpy.types.NodeSocket:
    """Soft noise on a surface that repeats after `across_m`, its range `source` stretched to `target`."""
    cloud = _image_node(tree, _height_image(Surface("blotches")))
    _place_uv(tree, cloud, surface.size_m / across_m, turn)
    stretch = tree.nodes.new("ShaderNodeMapRange")
    for name, value in zip(("From Min", "From Max", "To Min", "To Max"), (*source, *target), strict=True):
        stretch.inputs[name].default_value = value
    tree.links.new(cloud.outputs["Color"], stretch.inputs["Value"])
    return stretch.outputs["Result"]


def _place_uv(tree: bpy.types.NodeTree, image: bpy.types.Node, scale: float, turn: float) -> None:
    """Look an image up at scaled and turned texture coordinates."""
    coordinates, mapping = tree.nodes.new("ShaderNodeUVMap"), tree.nodes.new("ShaderNodeMapping")
    mapping.inputs["Rotation"].default_value = (0.0, 0.0, turn)
    mapping.inputs["Scale"].default_value = (scale, scale, scale)
    tree.links.new(coordinates.outputs["UV"], mapping.inputs["Vector"])
    tree.links.new(mapping.outputs["Vector"], image.inputs["Vector"])


def _image_node(tree: bpy.types.NodeTree, image: bpy.types.Image) -> bpy.types.Node:
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    return node


def _colour_image(surface: Surface) -> bpy.types.Image:
    name = f"{_picture_name(surface)}{'-alpha' if surface.alpha else ''}"
    if name in bpy.data.images:
        return bpy.data.images[name]
    return _image(name, colour_file(surface.texture, surface.colours, surface.seed, surface.alpha), "sRGB")


def _height_image(surface: Surface) -> bpy.types.Image:
    name = f"{_picture_name(surface)}-height"
    if name in bpy.data.images:
        return bpy.data.images[name]
    return _image(name, height_file(surface.texture, surface.colours, surface.seed), "Non-Color")


def _image(name: str, file: bytes, space: str) -> bpy.types.Image:
    """An image that holds a file; Blender unpacks it when it first needs its pixels."""
    image = bpy.data.images.new(name, 1, 1, alpha=True)
    image.pack(data=file, data_len=len(file))
    image.source = "FILE"
    image.colorspace_settings.name = space
    image.alpha_mode = "CHANNEL_PACKED"
    return image


def _picture_name(surface: Surface) -> str:
    """A name for what a surface's painter paints, the same in every process."""
    return f"{surface.texture}-{_digest(surface.texture, surface.colours, surface.seed)}"


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]
