"""The studio: a wall, the picture with its frame, and the lamps and occluders of one view at a time."""

from __future__ import annotations

from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Vector
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.colour import linear_from_srgb
from viewlock.generator.planar_light import SPOT_BLEND
from viewlock.generator.planar_spec import Canvas, Lamp, PlanarSpec, PlanarView

from .pictures import picture_of, relief_of
from .things import add_occluder

PICTURE, WALL, FRAME, FIRST_OCCLUDER = 1, 2, 3, 4
"""Object indices."""

_WALL_M = 0.015
"""How far the wall is behind the picture."""

_MARGIN, _MARGIN_BEHIND_M = 0.05, 0.001
"""Around the unlit picture its border goes on, in parts of its sides: pixels at the border of the label see a little
beyond it, and would be dark."""


@dataclass(repr=False)
class Studio:
    """The scene in Blender's memory, standing at one view; there is one at a time.

    Attributes:
        picture: (H, W, 3) sRGB pixels on the plane.
    """

    spec: PlanarSpec
    picture: NDArray[np.uint8]
    _plane: bpy.types.Object
    _margin: bpy.types.Object
    _around: list[bpy.types.Object]
    _materials: tuple[bpy.types.Material, bpy.types.Material]

    def show(self, view: PlanarView) -> None:
        """Set up a view's lamps, surroundings and occluders."""
        self._clear()
        self._light_up(True)
        for lamp in view.lamps:
            _add_lamp(lamp)
        for k, occluder in enumerate(view.occluders):
            add_occluder(occluder, FIRST_OCCLUDER + k)
        bpy.context.scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (*view.ambient, 1.0)
        bpy.context.view_layer.update()

    def show_unlit(self) -> None:
        """The picture alone, giving off its own colours: what uniform ambient light without reflections shows."""
        self._clear()
        self._light_up(False)
        bpy.context.scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (0, 0, 0, 1)
        bpy.context.view_layer.update()

    def _light_up(self, lit: bool) -> None:
        self._plane.data.materials[0] = self._materials[0 if lit else 1]
        self._margin.hide_render = lit
        for thing in self._around:
            thing.hide_render = not lit

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
    _float_image("picture", linear_from_srgb(pixels))
    materials = _lit(pixels, spec.canvas), _unlit()
    plane = _rectangle("picture", spec.width_m, spec.height_m, 0.0, PICTURE)
    plane.data.materials.append(materials[0])
    wall = _rectangle("wall", 30.0, 30.0, _WALL_M, WALL)
    wall.data.materials.append(_plain("wall", spec.canvas.wall, 0.9))
    around = [wall, *([_add_frame(spec)] if spec.canvas.frame_m > 0 else [])]
    margin = _rectangle("margin", spec.width_m, spec.height_m, _MARGIN_BEHIND_M, WALL, _MARGIN)
    margin.data.materials.append(materials[1])
    return Studio(spec, pixels, plane, margin, around, materials)


def _rectangle(name: str, width: float, height: float, y: float, index: int, margin: float = 0.0) -> bpy.types.Object:
    """An upright rectangle about the y axis that faces -y, with texture coordinates from 0 to 1, and beyond in a margin
    around it, in parts of its sides."""
    low, high = -margin, 1 + margin
    x, z = width * (0.5 + margin), height * (0.5 + margin)
    data = bpy.data.meshes.new(name)
    data.from_pydata([(-x, y, -z), (x, y, -z), (x, y, z), (-x, y, z)], [], [(0, 1, 2, 3)])
    layer = data.uv_layers.new(name="uv")
    layer.uv.foreach_set("vector", [low, low, high, low, high, high, low, high])
    return _linked(name, data, index)


def _linked(name: str, data: bpy.types.Mesh, index: int) -> bpy.types.Object:
    thing = bpy.data.objects.new(name, data)
    thing.pass_index = index
    bpy.context.scene.collection.objects.link(thing)
    return thing


def _add_frame(spec: PlanarSpec) -> bpy.types.Object:
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
    return _linked("frame", data, FRAME)


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
    tree.links.new(_texture(tree, "picture").outputs["Color"], shader.inputs["Base Color"])
    shader.inputs["Roughness"].default_value = canvas.roughness
    shader.inputs["Coat Weight"].default_value = canvas.varnish
    shader.inputs["Coat Roughness"].default_value = canvas.varnish_roughness
    if canvas.relief_m > 0:
        _float_image("relief", np.repeat(relief_of(pixels)[..., None] / np.float32(255), 3, axis=2))
        height = _texture(tree, "relief")
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
    tree.links.new(_texture(tree, "picture").outputs["Color"], glow.inputs["Color"])
    tree.links.new(glow.outputs[0], out.inputs["Surface"])
    made.cycles.emission_sampling = "NONE"
    return made


def _texture(tree: bpy.types.NodeTree, name: str) -> bpy.types.Node:
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image, node.extension = bpy.data.images[name], "EXTEND"
    return node


def _float_image(name: str, values: NDArray[np.float32]) -> None:
    """Cycles mixes neighbouring pixels of 8-bit images before it decodes them, which darkens detail; not so of these.

    Args:
        values: (H, W, 3), linear.
    """
    height, width = values.shape[:2]
    image = bpy.data.images.new(name, width, height, alpha=False, float_buffer=True)
    image.colorspace_settings.name = "Non-Color"
    image.use_half_precision = False
    rgba = np.concatenate([values, np.ones((height, width, 1), np.float32)], axis=2)
    image.pixels.foreach_set(np.ascontiguousarray(rgba[::-1], np.float32).ravel())


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
