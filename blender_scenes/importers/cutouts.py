"""Opacity that Cycles and the ray caster of truth see alike: solid, cut out by the alpha of one picture, or glass.

Truth looks through a surface where the alpha channel of the picture behind the shader's Alpha is at most 0.5; it
knows nothing of constant alpha, of alpha taken from a colour, or of mixes with a transparent shader.
"""

from __future__ import annotations

import bpy
import numpy as np

from .pictures import pixels, with_alpha

_INVISIBLE = 0.02


def mend_alpha(material: bpy.types.Material, shader: bpy.types.Node) -> list[str]:
    """Make a material's opacity one of the three kinds; says what was changed."""
    notes = _unmix(material, shader)
    socket = shader.inputs["Alpha"]
    if not socket.is_linked:
        return notes + _constant(shader, socket)
    node, output = _picture_behind(socket)
    if node is None:
        material.node_tree.links.remove(socket.links[0])
        socket.default_value = 1.0
        return [*notes, "alpha that is not a picture's: made solid"]
    values = pixels(node.image)
    alpha = values[..., 3] if output == "Alpha" else values[..., :3].mean(axis=2)
    if alpha.min() > 0.5 or alpha.max() <= _INVISIBLE:
        material.node_tree.links.remove(socket.links[0])
        socket.default_value = 1.0
        return notes if alpha.min() > 0.5 else [*notes, "alpha 0 everywhere: made solid"]
    return notes + _cut(material, socket, node, output, alpha)


def _constant(shader: bpy.types.Node, socket: bpy.types.NodeSocket) -> list[str]:
    alpha = socket.default_value
    if alpha >= 1.0:
        return []
    socket.default_value = 1.0
    if alpha <= _INVISIBLE:
        return ["alpha 0 set to 1"]
    if alpha > 0.5:
        return [f"alpha {alpha:.2f} made solid"]
    shader.inputs["Transmission Weight"].default_value = 1.0
    shader.inputs["Roughness"].default_value = 0.05
    shader.inputs["Metallic"].default_value = 0.0
    return [f"alpha {alpha:.2f} made glass"]


def _picture_behind(socket: bpy.types.NodeSocket) -> tuple[bpy.types.Node | None, str]:
    """The picture that feeds a socket through any number of other nodes, and the name of its output."""
    waiting = list(socket.links)
    while waiting:
        link = waiting.pop(0)
        if link.from_node.type == "TEX_IMAGE":
            return link.from_node, link.from_socket.name
        waiting += [further for s in link.from_node.inputs for further in s.links]
    return None, ""


def _cut(
    material: bpy.types.Material, socket: bpy.types.NodeSocket, node: bpy.types.Node, output: str, alpha: np.ndarray
) -> list[str]:
    """Link picture -> greater than 0.5 -> Alpha, the opacity being the picture's alpha channel."""
    tree = material.node_tree
    straight = socket.links[0].from_node
    if straight.type == "MATH" and straight.operation == "GREATER_THAN" and output == "Alpha":
        return []
    if output != "Alpha":
        holder = tree.nodes.new("ShaderNodeTexImage")
        holder.image = with_alpha(node.image, alpha)
        holder.interpolation, holder.extension = node.interpolation, node.extension
        if node.inputs["Vector"].is_linked:
            tree.links.new(node.inputs["Vector"].links[0].from_socket, holder.inputs["Vector"])
        node = holder
    cut = tree.nodes.new("ShaderNodeMath")
    cut.operation = "GREATER_THAN"
    cut.inputs[1].default_value = 0.5
    tree.links.new(node.outputs["Alpha"], cut.inputs[0])
    tree.links.new(cut.outputs[0], socket)
    return ["alpha cut at 0.5"]


def _unmix(material: bpy.types.Material, shader: bpy.types.Node) -> list[str]:
    """A mix with a transparent shader becomes the alpha of the other one."""
    tree = material.node_tree
    for mix in [n for n in tree.nodes if n.type == "MIX_SHADER" and n.outputs[0].is_linked]:
        kinds = [s.links[0].from_node.type if s.is_linked else "" for s in mix.inputs[1:]]
        if kinds not in (["BSDF_TRANSPARENT", "BSDF_PRINCIPLED"], ["BSDF_PRINCIPLED", "BSDF_TRANSPARENT"]):
            continue
        if mix.inputs[0].is_linked and kinds[0] == "BSDF_TRANSPARENT":
            tree.links.new(mix.inputs[0].links[0].from_socket, shader.inputs["Alpha"])
        for link in list(mix.outputs[0].links):
            tree.links.new(shader.outputs[0], link.to_socket)
        return ["mix with a transparent shader became alpha"]
    return []
