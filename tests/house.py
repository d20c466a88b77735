"""A small house as somebody would save it: a furnished room with a gallery, stairs, lamps, a camera, a fan that turns
and a script that wants to run; a garden with a shed about it. Centimetres are its unit."""

from __future__ import annotations

from pathlib import Path

import bpy
import numpy as np

ROOM = (9.0, 8.0, 5.2)
GALLERY_M = 2.6
UNIT = 100.0
Vector = tuple[float, float, float]


def save_house(target: Path, *, script: Path | None = None) -> Path:
    """Write it, with a script that would make a file if it ran."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.unit_settings.system, scene.unit_settings.scale_length = "METRIC", 1 / UNIT
    _room()
    _furniture()
    for k, at in enumerate(((-2.0, -1.5, 2.3), (2.5, 0.5, 4.6))):
        data = bpy.data.lights.new(f"lamp-{k}", "POINT")
        lamp = bpy.data.objects.new(f"lamp-{k}", data)
        lamp.location = np.array(at) * UNIT
        scene.collection.objects.link(lamp)
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    scene.collection.objects.link(camera)
    if script is not None:
        text = bpy.data.texts.new("startup.py")
        text.write(f"open({str(script)!r}, 'w').close()\n")
        text.use_module = True
    bpy.ops.wm.save_as_mainfile(filepath=str(target), compress=False)
    return target


def _room() -> None:
    w, d, h = ROOM
    _box("garden", (0, 0, -0.3), (40, 40, 0.2), (0.12, 0.25, 0.06))
    _box("floor", (0, 0, -0.1), (w + 0.4, d + 0.4, 0.2), (0.35, 0.2, 0.1))
    _box("roof", (0, 0, h + 0.1), (w + 0.4, d + 0.4, 0.2), (0.7, 0.7, 0.68))
    for name, x in (("west", -1), ("east", 1)):
        _box(name, (x * (w / 2 + 0.1), 0, h / 2), (0.2, d + 0.4, h), (0.62, 0.55, 0.42))
    for name, z, tall in (("sill", 0.45, 0.9), ("lintel", 3.7, 3.0)):  # a band of windows to the north
        _box(name, (0, d / 2 + 0.1, z), (w, 0.2, tall), (0.55, 0.6, 0.66))
    for k, x in enumerate((-1, 0, 1)):
        _box(f"pier-{k}", (x * (w / 2 - 0.3), d / 2 + 0.1, 1.55), (0.6, 0.2, 1.3), (0.55, 0.6, 0.66))
    for k, (x, wide) in enumerate(((-2.75, 3.5), (2.75, 3.5), (0, 2.0))):  # a door to the south
        low = 2.2 if wide == 2.0 else 0.0
        _box(f"south-{k}", (x, -d / 2 - 0.1, (h + low) / 2), (wide, 0.2, h - low), (0.6, 0.3, 0.25))
    _box("gallery", (w / 2 - 1.6, 0, GALLERY_M - 0.1), (3.2, d, 0.2), (0.4, 0.28, 0.18))
    _box("rail", (w / 2 - 3.15, 0.75, GALLERY_M + 0.5), (0.08, d - 1.5, 1.0), (0.1, 0.1, 0.1))
    for k in range(13):
        _box(f"step-{k}", (1.0 - 3.1 * (1 - k / 13), -d / 2 + 0.6, 0.1 + 0.2 * k), (0.28, 1.1, 0.2), (0.5, 0.4, 0.3))
    _box("shed", (-13, 4, 1.2), (3, 3, 2.8), (0.45, 0.1, 0.08))


def _furniture() -> None:
    _box("sofa", (-3.9, 0.5, 0.25), (0.9, 2.1, 0.5), (0.1, 0.2, 0.45))
    _box("back", (-4.25, 0.5, 0.6), (0.2, 2.1, 0.6), (0.1, 0.2, 0.45))
    _box("rug", (-1.5, 0.8, 0.003), (2.0, 1.6, 0.006), (0.5, 0.12, 0.1))
    _box("board", (0.2, 3.4, 0.72), (1.8, 0.8, 0.05), (0.45, 0.3, 0.15))
    for k, (x, y) in enumerate(((-0.6, 3.1), (1.0, 3.1), (-0.6, 3.7), (1.0, 3.7))):
        _box(f"leg-{k}", (x, y, 0.36), (0.06, 0.06, 0.7), (0.3, 0.2, 0.1))
    fan = _box("fan", (-1.5, 0.5, 4.6), (1.6, 0.15, 0.04), (0.8, 0.8, 0.75))
    fan.rotation_euler = (0, 0, 0)
    fan.keyframe_insert("rotation_euler", frame=1)
    fan.rotation_euler = (0, 0, 3)
    fan.keyframe_insert("rotation_euler", frame=30)


def _box(name: str, middle: Vector, size: Vector, colour: Vector) -> bpy.types.Object:
    corners = (np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * size / 2 * UNIT).tolist()
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(corners, [], faces)
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    made.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (*colour, 1.0)
    mesh.materials.append(made)
    thing = bpy.data.objects.new(name, mesh)
    thing.location = np.array(middle) * UNIT
    bpy.context.scene.collection.objects.link(thing)
    return thing
