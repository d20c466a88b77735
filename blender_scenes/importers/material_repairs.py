"""Imported materials mended, so that they render and truth sees what the camera sees. Each repair is said once."""

from __future__ import annotations

from pathlib import Path

import bpy

from .cutouts import mend_alpha
from .pictures import find_picture, is_missing, only_picture, shrink

_DATA_SOCKETS = ("Metallic", "Roughness", "Normal")


def repair_materials(thing: bpy.types.Object, source: Path) -> list[str]:
    """Mend all materials of a mesh object.

    Args:
        source: the file it was read from; pictures that are missing are looked for around it.

    Returns:
        What was done, one line each.
    """
    notes = _fill_slots(thing, source)
    for material in sorted({m for m in thing.data.materials if m}, key=lambda m: m.name):
        said = [*_make_nodes(material), *_mend_pictures(material, source.parent)]
        shader = principled(material)
        if shader is not None:
            said += _link_colour(material, shader)
            said += _mend_data(material, shader)
            said += _mend_metal(shader)
            said += mend_alpha(material, shader)
        said += _drop_depth(material)
        material.cycles.emission_sampling = "NONE"
        notes += [f"material {material.name!r}: {what}" for what in said]
    return notes


def principled(material: bpy.types.Material) -> bpy.types.Node | None:
    """The Principled shader of a material, if it has one."""
    return next((node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED"), None)


# ------------------------------------------------------------------ materials that are not there
def _fill_slots(thing: bpy.types.Object, source: Path) -> list[str]:
    materials = thing.data.materials
    if len(materials) and all(materials):
        return []
    made, what = _stand_in(thing, source)
    if not len(materials):
        materials.append(made)
    for k, material in enumerate(materials):
        if material is None:
            materials[k] = made
    return [f"no material: {what}"]


def _stand_in(thing: bpy.types.Object, source: Path) -> tuple[bpy.types.Material, str]:
    """A material for faces that have none: the picture beside the file, the vertex colours, or grey."""
    made = bpy.data.materials.new("stand-in")
    made.use_nodes = True
    tree, shader = made.node_tree, principled(made)
    shader.inputs["Roughness"].default_value = 0.6
    picture = only_picture(source.parent) if thing.data.uv_layers else None
    if picture is not None:
        node = tree.nodes.new("ShaderNodeTexImage")
        node.image = bpy.data.images.load(str(picture))
        what = f"took the picture {picture.name!r}"
    elif thing.data.color_attributes:
        node = tree.nodes.new("ShaderNodeVertexColor")
        node.layer_name = thing.data.color_attributes[0].name
        what = "took the colours of the vertices"
    else:
        shader.inputs["Base Color"].default_value = (0.5, 0.5, 0.5, 1.0)
        return made, "made it grey"
    tree.links.new(node.outputs["Color"], shader.inputs["Base Color"])
    return made, what


def _make_nodes(material: bpy.types.Material) -> list[str]:
    """Materials of old files are a colour without nodes."""
    if material.use_nodes and material.node_tree and material.node_tree.nodes:
        return []
    colour, metallic, roughness = tuple(material.diffuse_color), material.metallic, material.roughness
    material.use_nodes = True
    shader = principled(material)
    if shader is None:
        tree = material.node_tree
        shader, end = tree.nodes.new("ShaderNodeBsdfPrincipled"), tree.nodes.new("ShaderNodeOutputMaterial")
        tree.links.new(shader.outputs[0], end.inputs["Surface"])
    shader.inputs["Base Color"].default_value = (*colour[:3], 1.0)
    shader.inputs["Metallic"].default_value = metallic
    shader.inputs["Roughness"].default_value = roughness
    return ["had no nodes"]


# ------------------------------------------------------------------ pictures
def _mend_pictures(material: bpy.types.Material, folder: Path) -> list[str]:
    notes = []
    tree = material.node_tree
    for node in [n for n in tree.nodes if n.type in ("TEX_IMAGE", "TEX_ENVIRONMENT")]:
        image = node.image
        if image is not None and is_missing(image):
            named = image.filepath or image.name
            found = find_picture(named, folder)
            if found is not None:
                image.filepath, image.source = str(found), "FILE"
                image.reload()
                notes.append(f"missing picture {image.name!r} found in {found.parent.name!r}")
        if image is None or is_missing(image):
            name = image.name if image else "without a name"
            tree.nodes.remove(node)
            notes.append(f"missing picture {_printable(name)!r} left out")
            continue
        smaller = shrink(image)
        if smaller is not None:
            notes.append(smaller[1])
    return notes


def _printable(name: str) -> str:
    return name.encode("ascii", "backslashreplace").decode()


def _link_colour(material: bpy.types.Material, shader: bpy.types.Node) -> list[str]:
    """A picture that feeds nothing is the colour that somebody forgot to link."""
    if shader.inputs["Base Color"].is_linked:
        return []
    loose = [n for n in material.node_tree.nodes if n.type == "TEX_IMAGE" and not n.outputs["Color"].is_linked]
    if len(loose) != 1:
        return []
    material.node_tree.links.new(loose[0].outputs["Color"], shader.inputs["Base Color"])
    return [f"picture {loose[0].image.name!r} was not linked"]


def _mend_data(material: bpy.types.Material, shader: bpy.types.Node) -> list[str]:
    """Pictures of numbers are not colours, and a picture of colours is no relief."""
    notes = []
    shown = {n.image.filepath or n.image.name for n in behind(shader.inputs["Base Color"]) if n.type == "TEX_IMAGE"}
    for name in _DATA_SOCKETS:
        socket = shader.inputs[name]
        nodes = [n for n in behind(socket) if n.type == "TEX_IMAGE"]
        if name == "Normal" and any((n.image.filepath or n.image.name) in shown for n in nodes):
            material.node_tree.links.remove(socket.links[0])
            notes.append("its colour picture was used as a relief, too: unlinked")
            continue
        if socket.is_linked and name == "Normal" and not nodes and socket.links[0].from_node.type == "NORMAL_MAP":
            material.node_tree.links.remove(socket.links[0])
        for node in nodes:
            if node.image.colorspace_settings.name != "Non-Color" and not node.image.colorspace_settings.is_data:
                node.image.colorspace_settings.name = "Non-Color"
                notes.append(f"{name.lower()} picture {node.image.name!r} was read as colour")
    return notes


def _mend_metal(shader: bpy.types.Node) -> list[str]:
    """Some importers make everything metal that has a specular colour; polished and bare metal is believed."""
    metallic, rough = shader.inputs["Metallic"], shader.inputs["Roughness"].default_value
    if metallic.is_linked or metallic.default_value < 0.9:
        return []
    if rough < 0.3 and not shader.inputs["Base Color"].is_linked:
        return []
    metallic.default_value = 0.0
    return ["metallic 1 set to 0"]


def _drop_depth(material: bpy.types.Material) -> list[str]:
    """Truth sees the mesh: no displacement, no volumes; and no shaders that are scripts."""
    notes = []
    material.displacement_method = "BUMP"
    for node in [n for n in material.node_tree.nodes if n.type == "SCRIPT"]:
        material.node_tree.nodes.remove(node)
        notes.append("script left out")
    for node in material.node_tree.nodes:
        if node.type == "OUTPUT_MATERIAL" and node.inputs["Volume"].is_linked:
            material.node_tree.links.remove(node.inputs["Volume"].links[0])
            notes.append("volume left out")
    return notes


def behind(socket: bpy.types.NodeSocket) -> list[bpy.types.Node]:
    """All nodes that feed a socket, nearest first."""
    found: list[bpy.types.Node] = []
    waiting = [link.from_node for link in socket.links]
    while waiting:
        node = waiting.pop(0)
        if node not in found:
            found.append(node)
            waiting += [link.from_node for s in node.inputs for link in s.links]
    return found
