"""What surrounds the scene: a painted sky, or an environment file."""

from __future__ import annotations

import bpy
import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.errors import ConfigError
from viewlock.generator.spec import World

from .skies import paint_sky


def add_world(world: World, image: bpy.types.Image) -> bpy.types.Node:
    """Surround the scene with a picture; the node whose `Strength` is the world's strength.

    Cycles aims shadow rays at the bright parts of a file, which may hold a sun. A painted sky is smooth, for its sun is
    a lamp: rays that leave a surface by its own reflectance find it better, and cheaper (docs/benchmarks.md).
    """
    made = bpy.data.worlds.new("world")
    bpy.context.scene.world = made
    made.cycles.sampling_method = "AUTOMATIC" if image.filepath else "NONE"
    made.use_nodes = True
    tree = made.node_tree
    background = tree.nodes["Background"]
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    picture = environment_nodes(tree, coordinates.outputs["Generated"], image, world.turn)
    tree.links.new(picture.outputs["Color"], background.inputs["Color"])
    return background


def environment_nodes(
    tree: bpy.types.NodeTree, direction: bpy.types.NodeSocket, image: bpy.types.Image, turn: float
) -> bpy.types.Node:
    """The picture looked up in a direction, after it was turned about the vertical axis."""
    picture = tree.nodes.new("ShaderNodeTexEnvironment")
    picture.image = image
    mapping = tree.nodes.new("ShaderNodeMapping")
    mapping.inputs["Rotation"].default_value = (0.0, 0.0, turn)
    tree.links.new(direction, mapping.inputs["Vector"])
    tree.links.new(mapping.outputs["Vector"], picture.inputs["Vector"])
    return picture


def environment_pixels(image: bpy.types.Image) -> NDArray[np.float32]:
    """(H, W, 3) linear radiance of a picture in Blender's memory, row 0 at the zenith."""
    width, height = image.size
    flat = np.empty(width * height * image.channels, np.float32)
    image.pixels.foreach_get(flat)
    return flat.reshape(height, width, image.channels)[::-1, :, :3]


def environment(world: World, catalogue: Catalogue) -> bpy.types.Image:
    """The picture of a world: painted, or read from its file.

    Raises:
        ConfigError: the file is gone, changed or not a picture.
    """
    asset = catalogue.get(world.asset.id, world.asset.sha256)
    if asset.path is None:
        pixels = paint_sky(world.params)
        height, width = pixels.shape[:2]
        image = bpy.data.images.new("sky", width, height, alpha=False, float_buffer=True)
        image.colorspace_settings.name = "Linear Rec.709"
        image.pixels.foreach_set(np.ascontiguousarray(pixels[::-1]).ravel())
        return image
    try:
        image = bpy.data.images.load(str(asset.path))
        readable = image.size[0] > 0
    except RuntimeError:
        readable = False
    if not readable:
        raise ConfigError(f"{asset.path}: not a picture that Blender can read; remove it from the environment folder")
    return image
