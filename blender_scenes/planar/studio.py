"""The studio: a wall, the picture with its frame, and the lamps and occluders of one view at a time."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Vector
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.generator.planar_light import SPOT_BLEND
from viewlock.generator.planar_spec import Canvas, Lamp, PlanarSpec, PlanarView

from ..materials import image_of
from .pictures import picture_of, relief_of
from .things import add_occluder

PICTURE, WALL, FRAME, FIRST_OCCLUDER = 1, 2, 3, 4
"""Object indices."""

_WALL_M = 0.015
"""How far the wall is behind the picture."""


@dataclass(repr=False)
class Studio:
    """The scene in Blender's memory, standing at one view; there is one at a time.

    Attributes:
        picture: (H, W, 3) sRGB pixels on the plane.
    """

    spec: PlanarSpec
    picture: NDArray[np.uint8]
    _plane: bpy.types.Object
    _materials: tuple[bpy.types.Material, bpy.types.Material]

    def show(self, view: PlanarView) -> None:
        """Set up a view's lamps, surroundings and occluders."""
        self._clear()
        self._plane.data.materials[0] = self._materials[0]
        for lamp in view.lamps:
            _add_lamp(lamp)
        for k, occluder in enumerate(view.occluders):
            add_occluder(occluder, FIRST_OCCLUDER + k)
        bpy.context.scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (*view.ambient, 1.0)
        bpy.context.view_layer.update()

    def show_unlit(self) -> None:
        """The picture alone, giving off its own colours: what uniform ambient light without reflections shows."""
        self._clear()
        self._plane.data.materials[0] = self._materials[1]
        bpy.context.scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (0, 0, 0, 1)
        bpy.context.view_layer.update()

    def _clear(self) -> None:
        for thing in list(bpy.data.objects):
            if thing.type == "LIGHT" or thing.pass_index >= FIRST_OCCLUDER:
                data = thing.data
                bpy.data.objects.remove(thing)
                bpy.data.batch_remove([data, *getattr(data, "materials", [])])


def build_studio(spec: PlanarSpec, catalogue: Catalogue) -> Studio:
    """Empty Blender and build everything that does not change between views.

    Raises:
        ConfigError: the picture is missing, changed, or cannot be read.
    """
    bpy.ops.wm.read_factory_settings(use_empty=True)
    world = bpy.data.worlds.new("world")
    bpy.context.scene.world = world
    world.use_nodes = True
    pixels = picture_of(spec.painting, spec.width_m / spec.height_m, catalogue)
    materials = _lit(pixels, spec.canvas), _unlit()
    plane = _rectangle("picture", spec.width_m, spec.height_m, 0.0, PICTURE)
    plane.data.materials.append(materials[0])
    wall = _rectangle("wall", 30.0, 30.0, _WALL_M, WALL)
    wall.data.materials.append(_plain("wall", spec.canvas.wall, 0.9))
    if spec.canvas.frame_m > 0:
        _add_frame(spec)
    return Studio(spec, pixels, plane, materials)


def _rectangle(name: str, width: float, height: float, y: float, index: int) -> bpy.types.Object:
    """An upright rectangle about the y axis that faces -y, with texture coordinates from 0 to 1."""
    x, z = width / 2, height / 2
    data = bpy.data.meshes.new(name)
    data.from_pydata([(-x, y, -z), (x, y, -z), (x, y, z), (-x, y, z)], [], [(0, 1, 2, 3)])
    layer = data.uv_layers.new(name="uv")
    layer.uv.foreach_set("vector", [0.0, 0, 1, 0, 1, 1, 0, 1])
    return _linked(name, data, index)


def _linked(name: str, data: bpy.types.Mesh, index: int) -> bpy.types.Object:
    thing = bpy.data.objects.new(name, data)
    thing.pass_index = index
    bpy.context.scene.collection.objects.link(thing)
    return thing


def _add_frame(spec: PlanarSpec) -> None:
    """Four mitred bars around the picture, higher at their outer edge, which cover none of it from the front."""
    wide, x, z = spec.canvas.frame_m, spec.width_m / 2, spec.height_m / 2
    outline = np.array([[0, 0], [0, -0.3], [0.35, -0.25], [0.8, -0.6], [1, -0.5], [1, 0]]) * wide
    outline[[0, -1], 1] = 0.004, _WALL_M
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    vertices = [(sx * (x + out), y, sz * (z + out)) for sx, sz in corners for out, y in outline.tolist()]
    n = len(outline)
    after = lambda k: (k + 1) % 4 * n  # noqa: E731
    faces = [(k * n + i, after(k) + i, after(k) + i + 1, k * n + i + 1) for k in range(4) for i in range(n - 1)]
    data = bpy.data.meshes.new("frame")
    data.from_pydata(vertices, [], faces)
    data.materials.append(_plain("frame", spec.canvas.frame, 0.35, metallic=0.6))
    _linked("frame", data, FRAME)


def _plain(
    name: str, colour: tuple[float, float, float], roughness: float, metallic: float = 0.0
) -> bpy.types.Material:
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    inputs = made.node_tree.nodes["Principled BSDF"].inputs
    inputs["Base Color"].default_value = (*colour, 1.0)
    inputs["Roughness"].default_value, inputs["Metallic"].default_value = roughness, metallic
    return made


def _lit(pixels: NDArray[np.uint8], canvas: Canvas) -> bpy.types.Material:
    """Paint with its relief, under varnish or not."""
    made = bpy.data.materials.new("paint")
    made.use_nodes = True
    tree = made.node_tree
    shader = tree.nodes["Principled BSDF"]
    tree.links.new(_texture(tree, "picture", pixels, "sRGB").outputs["Color"], shader.inputs["Base Color"])
    shader.inputs["Roughness"].default_value = canvas.roughness
    shader.inputs["Coat Weight"].default_value = canvas.varnish
    shader.inputs["Coat Roughness"].default_value = canvas.varnish_roughness
    if canvas.relief_m > 0:
        height = _texture(tree, "relief", np.repeat(relief_of(pixels)[..., None], 3, axis=2), "Non-Color")
        bump = tree.nodes.new("ShaderNodeBump")
        bump.inputs["Strength"].default_value, bump.inputs["Distance"].default_value = 1.0, canvas.relief_m
        tree.links.new(height.outputs["Color"], bump.inputs["Height"])
        for socket in ("Normal", "Coat Normal"):
            tree.links.new(bump.outputs["Normal"], shader.inputs[socket])
    return made


def _unlit() -> bpy.types.Material:
    made = bpy.data.materials.new("unlit")
    made.use_nodes = True
    tree = made.node_tree
    tree.nodes.clear()
    glow, out = tree.nodes.new("ShaderNodeEmission"), tree.nodes.new("ShaderNodeOutputMaterial")
    image = tree.nodes.new("ShaderNodeTexImage")
    image.image, image.extension = bpy.data.images["picture"], "EXTEND"
    tree.links.new(image.outputs["Color"], glow.inputs["Color"])
    tree.links.new(glow.outputs[0], out.inputs["Surface"])
    made.cycles.emission_sampling = "NONE"
    return made


def _texture(tree: bpy.types.NodeTree, name: str, rgb: NDArray[np.uint8], space: str) -> bpy.types.Node:
    rgba = np.concatenate([rgb, np.full((*rgb.shape[:2], 1), 255, np.uint8)], axis=2)
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image, node.extension = image_of(name, rgba, space), "EXTEND"
    return node


def _add_lamp(lamp: Lamp) -> None:
    data = bpy.data.lights.new("lamp", lamp.kind.upper())
    data.energy, data.color = lamp.power_w, lamp.colour
    if lamp.kind == "area":
        data.size = lamp.size_m
    else:
        data.shadow_soft_size = lamp.size_m
    if lamp.kind == "spot":
        data.spot_size, data.spot_blend = lamp.cone_rad, SPOT_BLEND
    thing = bpy.data.objects.new("lamp", data)
    thing.location = lamp.position
    thing.rotation_euler = (Vector(lamp.target) - Vector(lamp.position)).to_track_quat("-Z", "Y").to_euler()
    thing.visible_camera = False
    bpy.context.scene.collection.objects.link(thing)
