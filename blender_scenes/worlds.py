"""What surrounds the scene: a painted sky, or an environment file."""

from __future__ import annotations

import bpy
import numpy as np

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.errors import ConfigError
from viewlock.generator.spec import World

from .skies import paint_sky


def add_world(world: World, catalogue: Catalogue) -> bpy.types.Node:
    """Surround the scene; the node whose `Strength` is the world's strength.

    Raises:
        ConfigError: the environment file is gone, changed or not a picture.
    """
    made = bpy.data.worlds.new("world")
    bpy.context.scene.world = made
    made.use_nodes = True
    tree = made.node_tree
    environment = tree.nodes.new("ShaderNodeTexEnvironment")
    environment.image = _image(world, catalogue)
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    mapping = tree.nodes.new("ShaderNodeMapping")
    mapping.inputs["Rotation"].default_value = (0.0, 0.0, world.turn)
    background = tree.nodes["Background"]
    tree.links.new(coordinates.outputs["Generated"], mapping.inputs["Vector"])
    tree.links.new(mapping.outputs["Vector"], environment.inputs["Vector"])
    tree.links.new(environment.outputs["Color"], background.inputs["Color"])
    return background


def _image(world: World, catalogue: Catalogue) -> bpy.types.Image:
    asset = catalogue.get(world.asset.id, world.asset.sha256)
    if asset.path is None:
        pixels = paint_sky(world.params)
        height, width = pixels.shape[:2]
        image = bpy.data.images.new("sky", width, height, alpha=False, float_buffer=True)
        image.colorspace_settings.name = "Linear Rec.709"
        rgba = np.ones((height, width, 4), np.float32)
        rgba[..., :3] = pixels[::-1]
        image.pixels.foreach_set(rgba.ravel())
        return image
    try:
        image = bpy.data.images.load(str(asset.path))
        readable = image.size[0] > 0
    except RuntimeError:
        readable = False
    if not readable:
        raise ConfigError(f"{asset.path}: not a picture that Blender can read; remove it from the environment folder")
    return image
