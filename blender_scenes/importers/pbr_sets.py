"""Folders of pictures that make one surface, as Poly Haven and ambientCG name them, as Blender materials.

Poly Haven: `<name>_diff_1k.jpg`, `_arm`, `_rough`, `_metal`, `_ao`, `_nor_gl`, `_nor_dx`, `_disp`, `_alpha`. ambientCG:
`<ID>_1K-JPG_Color.jpg` or `<ID>_1K_Color.jpg`, `_NormalGL`, `_NormalDX`, `_Normal`, `_Roughness`, `_Metalness`,
`_AmbientOcclusion`, `_Displacement`, `_Opacity`. Finding a set needs no pixels; `pbr_material` needs Blender.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np

from viewlock.errors import ConfigError

from .pictures import is_missing, pixels, shrink, with_alpha

_SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".exr", ".webp", ".bmp", ".tga")
_WORDS = {
    "diff": "colour", "diffuse": "colour", "col": "colour", "color": "colour", "albedo": "colour",
    "basecolor": "colour", "arm": "arm", "rough": "roughness", "roughness": "roughness", "metal": "metallic",
    "metallic": "metallic",
    "metalness": "metallic", "ao": "occlusion", "ambientocclusion": "occlusion", "normal": "normal_gl",
    "normalgl": "normal_gl", "nor_gl": "normal_gl", "nor": "normal_gl", "normaldx": "normal_dx", "nor_dx": "normal_dx",
    "disp": "height", "displacement": "height", "height": "height", "opacity": "opacity", "alpha": "opacity",
}  # fmt: skip
_RESOLUTION = re.compile(r"[_-]\d+k(-(?:jpg|png))?(?=[_.-]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class PbrSet:
    """Attributes:
    name: what the files are called without their endings.
    maps: "colour", "arm" (occlusion, roughness and metal in red, green and blue), "roughness", "metallic",
        "occlusion", "normal_gl", "normal_dx", "height", "opacity" -> file; "colour" is always there.
    """

    name: str
    maps: dict[str, Path]


def find_pbr_set(folder: Path, members: Iterable[str] | None = None) -> PbrSet:
    """The set of pictures in a folder.

    Args:
        members: only these files of it.

    Raises:
        ConfigError: there is no picture of colour, or those of several surfaces.
    """
    names: set[str] = set()
    maps: dict[str, Path] = {}
    if members is None:
        members = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else ()
    for file in (folder / name for name in members):
        found = _meaning(file)
        if found is not None:
            names.add(found[0])
            maps.setdefault(found[1], file)
    if "colour" not in maps:
        raise ConfigError(f"{folder}: expected a picture of colour, as name_diff_1k.jpg or name_1K_Color.jpg, got none")
    if len(names) > 1:
        raise ConfigError(f"{folder}: expected one surface, got {', '.join(sorted(names))}; use a folder for each")
    return PbrSet(names.pop(), maps)


def _meaning(file: Path) -> tuple[str, str] | None:
    """Name of the surface and kind of map of a file; None for others."""
    if file.suffix.lower() not in _SUFFIXES:
        return None
    stem = _RESOLUTION.sub("", file.stem)
    for parts in (2, 1):
        words = stem.rsplit("_", parts)
        kind = _WORDS.get("_".join(words[1:]).lower())
        if len(words) == parts + 1 and kind is not None:
            return words[0], kind
    return None


def pbr_material(found: PbrSet, bump_m: float = 0.01) -> bpy.types.Material:
    """A Principled material whose pictures repeat once a unit of texture coordinates; made once, then shared.

    Truth is the mesh, so the picture of height is a relief for light alone, and is used where there are no normals.
    Opacity is cut at 0.5.

    Args:
        bump_m: how deep the relief of a picture of height is.

    Raises:
        ConfigError: a picture cannot be read.
    """
    name = f"pbr-{found.name}"
    if name in bpy.data.materials:
        return bpy.data.materials[name]
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    made.displacement_method = "BUMP"
    tree = made.node_tree
    shader = tree.nodes["Principled BSDF"]
    shader.inputs["Roughness"].default_value = 0.6
    colour = _picture(tree, found.maps["colour"], "sRGB")
    tree.links.new(_occluded(tree, colour.outputs["Color"], found), shader.inputs["Base Color"])
    for kind, channel, socket in (("roughness", 1, "Roughness"), ("metallic", 2, "Metallic")):
        value = _number(tree, found, kind, channel)
        if value is not None:
            tree.links.new(value, shader.inputs[socket])
    _relief(tree, shader, found, bump_m)
    if "opacity" in found.maps:
        _cut_out(tree, shader, colour, found.maps["opacity"])
    return made


def _picture(tree: bpy.types.NodeTree, file: Path, space: str) -> bpy.types.Node:
    try:
        image = bpy.data.images.load(str(file))
    except RuntimeError as problem:
        raise ConfigError(f"{file}: cannot be read as a picture") from problem
    if is_missing(image):
        raise ConfigError(f"{file}: cannot be read as a picture")
    smaller = shrink(image)
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = smaller[0] if smaller else image
    node.image.colorspace_settings.name = space
    return node


def _channel(tree: bpy.types.NodeTree, file: Path, channel: int) -> bpy.types.NodeSocket:
    """One channel of a picture of numbers; a file that serves several sockets is loaded once."""
    name = f"channels-{file.name}"
    split = tree.nodes.get(name)
    if split is None:
        split = tree.nodes.new("ShaderNodeSeparateColor")
        split.name = name
        tree.links.new(_picture(tree, file, "Non-Color").outputs["Color"], split.inputs[0])
    return split.outputs[channel]


def _number(tree: bpy.types.NodeTree, found: PbrSet, kind: str, channel: int) -> bpy.types.NodeSocket | None:
    """A picture of its own, or its channel of the packed one."""
    if kind in found.maps:
        return _channel(tree, found.maps[kind], 0)
    return _channel(tree, found.maps["arm"], channel) if "arm" in found.maps else None


def _occluded(tree: bpy.types.NodeTree, colour: bpy.types.NodeSocket, found: PbrSet) -> bpy.types.NodeSocket:
    """The colour, darkened in cracks by half of the picture of occlusion."""
    dark = _number(tree, found, "occlusion", 0)
    if dark is None:
        return colour
    mix = tree.nodes.new("ShaderNodeMix")
    mix.data_type, mix.blend_type = "RGBA", "MULTIPLY"
    mix.inputs["Factor"].default_value = 0.5
    tree.links.new(colour, mix.inputs[6])
    tree.links.new(dark, mix.inputs[7])
    return mix.outputs[2]


def _relief(tree: bpy.types.NodeTree, shader: bpy.types.Node, found: PbrSet, bump_m: float) -> None:
    kind = next((k for k in ("normal_gl", "normal_dx") if k in found.maps), None)
    if kind is not None:
        colour = _picture(tree, found.maps[kind], "Non-Color").outputs["Color"]
        normal = tree.nodes.new("ShaderNodeNormalMap")
        tree.links.new(_upside_down(tree, colour) if kind == "normal_dx" else colour, normal.inputs["Color"])
    elif "height" in found.maps:
        normal = tree.nodes.new("ShaderNodeBump")
        normal.inputs["Distance"].default_value = bump_m
        tree.links.new(_channel(tree, found.maps["height"], 0), normal.inputs["Height"])
    else:
        return
    tree.links.new(normal.outputs["Normal"], shader.inputs["Normal"])


def _upside_down(tree: bpy.types.NodeTree, colour: bpy.types.NodeSocket) -> bpy.types.NodeSocket:
    """DirectX normals have green pointing down."""
    split, joined = tree.nodes.new("ShaderNodeSeparateColor"), tree.nodes.new("ShaderNodeCombineColor")
    flip = tree.nodes.new("ShaderNodeMath")
    flip.operation = "SUBTRACT"
    flip.inputs[0].default_value = 1.0
    tree.links.new(colour, split.inputs[0])
    tree.links.new(split.outputs[1], flip.inputs[1])
    for k, socket in enumerate((split.outputs[0], flip.outputs[0], split.outputs[2])):
        tree.links.new(socket, joined.inputs[k])
    return joined.outputs[0]


def _cut_out(tree: bpy.types.NodeTree, shader: bpy.types.Node, colour: bpy.types.Node, file: Path) -> None:
    """Opacity becomes the alpha channel of the colour, where truth looks for it."""
    opacity = _picture(tree, file, "Non-Color")
    if tuple(opacity.image.size) != tuple(colour.image.size):
        opacity.image.scale(*colour.image.size)
    alpha = pixels(opacity.image)[..., :3].mean(axis=2)
    tree.nodes.remove(opacity)
    if alpha.min() > 0.5:
        return
    colour.image = with_alpha(colour.image, np.ascontiguousarray(alpha))
    cut = tree.nodes.new("ShaderNodeMath")
    cut.operation = "GREATER_THAN"
    cut.inputs[1].default_value = 0.5
    tree.links.new(colour.outputs["Alpha"], cut.inputs[0])
    tree.links.new(cut.outputs[0], shader.inputs["Alpha"])
