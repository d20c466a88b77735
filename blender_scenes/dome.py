"""The place that an environment picture makes by itself: its lower part is ground, the rest a shell about it."""

from __future__ import annotations

import bpy
import numpy as np
from numpy.typing import NDArray

from viewlock.generator.domes import FLAT, dome_points
from viewlock.generator.layouts import Params, number
from viewlock.generator.spec import Place, World

from .materials import bpy_mesh
from .meshes import Array, stack_rings
from .worlds import environment_nodes, environment_pixels

_SEGMENTS = 192
_GRAIN = 0.09
_GRAIN_M = 2.0
_BRIGHTEST_ALBEDO = 0.8
"""What the ground reflects at most. Light that was lost in the picture (a clipped sun) is given off instead."""


def add_dome(place: Place, world: World, image: bpy.types.Image) -> list[bpy.types.Node]:
    """Add the ground and the shell of a dome; answers the nodes whose `Strength` follows the world's.

    The ground reflects: its albedo is the picture's radiance over the irradiance of the picture's upper half, so
    that in full light it looks like the picture, and things cast shadows on it. The shell gives off the picture's
    radiance to cameras alone; light comes from the world behind it.
    """
    ground = _surface("ground", place.params, _ground_elevations(place.params))
    shell = _surface("shell", place.params, _shell_elevations(place.params))
    ground.pass_index = place.planes[0].index
    shell.pass_index = 0  # as the sky
    for ray in ("diffuse", "glossy", "transmission", "volume_scatter", "shadow"):
        setattr(shell, f"visible_{ray}", False)
    ground_material, ground_glow = _ground_material(place.params, world, image)
    shell_material, shell_glow = _shell_material(place.params, world, image)
    ground.data.materials.append(ground_material)
    shell.data.materials.append(shell_material)
    return [ground_glow, shell_glow]


# ------------------------------------------------------------------ meshes
def _ground_elevations(params: Params) -> Array:
    """Straight down to the edge of the flat ground, at even steps of distance."""
    reach = np.linspace(0.02, 1.0, 12) * FLAT * number(params, "radius")
    return -np.arctan2(number(params, "height"), reach)


def _shell_elevations(params: Params) -> Array:
    edge = _ground_elevations(params)[-1]
    return np.concatenate([np.linspace(edge, 0.02, 40), np.linspace(0.02, np.pi / 2 - 0.01, 60)[1:]])


def _surface(name: str, params: Params, elevations: Array) -> bpy.types.Object:
    """Rings of the dome as an object that shows its inner side."""
    azimuth = np.arange(_SEGMENTS) / _SEGMENTS * 2 * np.pi
    rings = np.stack([dome_points(params, azimuth, np.full(_SEGMENTS, e)) for e in elevations])
    # Wound against the sun, so that normals look inwards; closed in the middle of the ground and at the top.
    mesh = stack_rings(rings[:, ::-1], caps=(name == "ground", name == "shell"))
    data = bpy_mesh(f"place-{name}", mesh, [1.0])
    data.polygons.foreach_set("use_smooth", np.zeros(len(data.polygons), bool))
    thing = bpy.data.objects.new(f"place-{name}", data)
    bpy.context.scene.collection.objects.link(thing)
    return thing


# ------------------------------------------------------------------ materials
def _projected(tree: bpy.types.NodeTree, params: Params, world: World, image: bpy.types.Image) -> bpy.types.Node:
    """The picture, looked up in the direction from the point of view to the shaded point."""
    place = tree.nodes.new("ShaderNodeNewGeometry")
    offset = tree.nodes.new("ShaderNodeVectorMath")
    offset.operation = "SUBTRACT"
    offset.inputs[1].default_value = (0.0, 0.0, number(params, "height"))
    tree.links.new(place.outputs["Position"], offset.inputs[0])
    return environment_nodes(tree, offset.outputs["Vector"], image, world.turn)


def _shell_material(params: Params, world: World, image: bpy.types.Image) -> tuple[bpy.types.Material, bpy.types.Node]:
    made = bpy.data.materials.new("dome-shell")
    made.use_nodes = True
    tree = made.node_tree
    tree.nodes.remove(tree.nodes["Principled BSDF"])
    glow = tree.nodes.new("ShaderNodeEmission")
    tree.links.new(_projected(tree, params, world, image).outputs["Color"], glow.inputs["Color"])
    tree.links.new(glow.outputs["Emission"], tree.nodes["Material Output"].inputs["Surface"])
    made.cycles.emission_sampling = "NONE"
    return made, glow


def _ground_material(params: Params, world: World, image: bpy.types.Image) -> tuple[bpy.types.Material, bpy.types.Node]:
    """Diffuse where things stand, blending into the shell's glow towards the edge."""
    made = bpy.data.materials.new("dome-ground")
    made.use_nodes = True
    tree = made.node_tree
    tree.nodes.remove(tree.nodes["Principled BSDF"])
    picture = _projected(tree, params, world, image)
    pixels = environment_pixels(image)
    per_light, reflected = ground_reflectance(pixels, number(params, "height"), FLAT * number(params, "radius"))
    albedo = _product(tree, picture.outputs["Color"], tuple(per_light))
    albedo = _product(tree, albedo.outputs["Vector"], _grain_node(tree, image.size[0]).outputs["Color"])
    diffuse = tree.nodes.new("ShaderNodeBsdfDiffuse")
    tree.links.new(albedo.outputs["Vector"], diffuse.inputs["Color"])
    glow = tree.nodes.new("ShaderNodeEmission")
    tree.links.new(picture.outputs["Color"], glow.inputs["Color"])
    mix = tree.nodes.new("ShaderNodeMixShader")
    tree.links.new(_glow_share(tree, params, reflected), mix.inputs["Fac"])
    tree.links.new(diffuse.outputs["BSDF"], mix.inputs[1])
    tree.links.new(glow.outputs["Emission"], mix.inputs[2])
    tree.links.new(mix.outputs["Shader"], tree.nodes["Material Output"].inputs["Surface"])
    made.cycles.emission_sampling = "NONE"
    return made, glow


def _product(
    tree: bpy.types.NodeTree, one: bpy.types.NodeSocket, two: bpy.types.NodeSocket | tuple[float, ...]
) -> bpy.types.Node:
    made = tree.nodes.new("ShaderNodeVectorMath")
    made.operation = "MULTIPLY"
    tree.links.new(one, made.inputs[0])
    if isinstance(two, tuple):
        made.inputs[1].default_value = two
    else:
        tree.links.new(two, made.inputs[1])
    return made


def _grain_node(tree: bpy.types.NodeTree, width: int) -> bpy.types.Node:
    """A picture of factors about 1, laid on the ground from above: the fine detail that a coarse picture lacks."""
    factors = grain(width)
    rgba = np.repeat(factors[..., None], 4, axis=2)
    image = bpy.data.images.new("grain", *factors.shape, alpha=False, float_buffer=True)
    image.colorspace_settings.name = "Non-Color"
    image.pixels.foreach_set(rgba.ravel())
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    place = tree.nodes.new("ShaderNodeNewGeometry")
    tree.links.new(_product(tree, place.outputs["Position"], (1 / _GRAIN_M,) * 3).outputs["Vector"], node.inputs[0])
    return node


def grain(width: int) -> NDArray[np.float32]:
    """(512, 512) factors with mean 1, for a picture so many pixels wide: none beyond 8192, where it is sharp itself.

    A repeating random field whose amplitude falls with frequency, without its lowest frequencies.
    """
    size = 512
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(size, 1 / size), np.fft.fftfreq(size, 1 / size)))
    weight = np.where(frequency >= 6, 1 / np.maximum(frequency, 1), 0)
    field = np.fft.ifft2(np.fft.fft2(np.random.default_rng(0).normal(size=(size, size))) * weight).real
    amplitude = _GRAIN * float(np.clip(1 - width / 8192, 0, 1))
    return np.clip(1 + amplitude * field / field.std(), 0.3, 1.7).astype(np.float32)


def _glow_share(tree: bpy.types.NodeTree, params: Params, reflected: float) -> bpy.types.NodeSocket:
    """How much of the ground's radiance is given off: what cannot be reflected, and all of it at the edge."""
    place = tree.nodes.new("ShaderNodeNewGeometry")
    away = tree.nodes.new("ShaderNodeVectorMath")
    away.operation = "LENGTH"
    tree.links.new(place.outputs["Position"], away.inputs[0])
    share = tree.nodes.new("ShaderNodeMapRange")
    share.interpolation_type = "SMOOTHSTEP"
    edge = FLAT * number(params, "radius")
    for name, value in {"From Min": 0.8 * edge, "From Max": edge, "To Min": 1 - reflected, "To Max": 1.0}.items():
        share.inputs[name].default_value = value
    tree.links.new(away.outputs["Value"], share.inputs["Value"])
    return share.outputs["Result"]


def ground_reflectance(pixels: NDArray[np.float32], height_m: float, reach_m: float) -> tuple[Array, float]:
    """What turns the picture's radiance into albedo, for each colour, and the share that is reflected at all.

    Args:
        pixels: (H, W, 3) linear radiance, row 0 at the zenith.
        height_m: of the point of view above the ground.
        reach_m: radius of the ground.
    """
    rows = pixels.shape[0]
    elevation = np.pi / 2 - (np.arange(rows) + 0.5) / rows * np.pi
    upper = elevation > 0
    solid_angle = (np.pi / rows) * (2 * np.pi) * np.cos(elevation[upper])
    mean = pixels[upper].mean(axis=1, dtype=np.float64)
    irradiance = ((np.sin(elevation[upper]) * solid_angle)[:, None] * mean).sum(axis=0)
    per_light = np.pi / np.maximum(irradiance, 1e-9)
    ground = pixels[elevation < -np.arctan2(height_m, reach_m)] * per_light
    brightest = float(np.percentile(ground, 98))
    return per_light, min(1.0, _BRIGHTEST_ALBEDO / max(brightest, 1e-9))
