"""Lamps and shining surfaces, and how they stand at a moment."""

from __future__ import annotations

import bpy
from mathutils import Vector

from viewlock.generator.spec import Light

from .changes import change, change_vector

_KINDS = {"sun": "SUN", "area": "AREA", "point": "POINT", "spot": "SPOT"}
_SIZES = {"sun": "angle", "area": "size"}


def add_light(light: Light) -> bpy.types.Object:
    """A lamp of the right kind; `apply_light` gives it place, power and colour."""
    data = bpy.data.lights.new(light.name, _KINDS[light.kind])
    if light.kind == "spot":
        data.spot_size, data.spot_blend = light.cone_rad, 0.6
    lamp = bpy.data.objects.new(light.name, data)
    # A lamp's own disc would be a thing without truth in the picture.
    lamp.visible_camera = False
    bpy.context.scene.collection.objects.link(lamp)
    return lamp


def apply_light(lamp: bpy.types.Object, light: Light, time_s: float) -> None:
    """Set a lamp to how it is at a time."""
    position = Vector(light.position.at(time_s))
    turn = (Vector(light.target.at(time_s)) - position).to_track_quat("-Z", "Y").to_euler()
    change(lamp.data, energy=float(light.power.at(time_s)[0]))
    change(lamp.data, **{_SIZES.get(light.kind, "shadow_soft_size"): float(light.size_m.at(time_s)[0])})
    change_vector(lamp.data, "color", tuple(light.colour.at(time_s)))
    change_vector(lamp, "location", position)
    change_vector(lamp, "rotation_euler", turn)


def shining() -> list[tuple[bpy.types.NodeSocket, float]]:
    """The emission of every material that gives off light, as its input and its own strength."""
    shaders = [made.node_tree.nodes.get("Principled BSDF") for made in bpy.data.materials]  # a dome has none
    inputs = [shader.inputs["Emission Strength"] for shader in shaders if shader is not None]
    return [(strength, strength.default_value) for strength in inputs if strength.default_value > 0]
