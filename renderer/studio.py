"""A neutral place to look at people and things: paving under a bright sky with some sun."""

from __future__ import annotations

import bpy
import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.blender_scenes.lights import add_light, apply_light
from viewlock.blender_scenes.materials import add_model
from viewlock.blender_scenes.meshes import plane
from viewlock.blender_scenes.surfaces import Model, Surface
from viewlock.blender_scenes.worlds import add_world, environment
from viewlock.colour import luminance, tone
from viewlock.generator.spec import AssetRef, Light, Track, World
from viewlock.geometry import Camera, intrinsics, look_at

from .cycles import RenderSettings, place_camera, render

Image = NDArray[np.uint8]
SETTINGS = RenderSettings(samples=16)


def open_studio(catalogue: Catalogue) -> None:
    """Empty Blender and put up the ground and the light."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    sky = catalogue.of("sky")[0]
    params = {"seed": 5, "cloud": 0.4, "sun_elevation": 0.9, "haze": 0.4, "night": 0}
    ref = AssetRef(id=sky.id, sha256=sky.sha256)
    world = World(asset=ref, params=params, strength=Track.constant(1.3), turn=0.0)
    add_world(world, environment(world, catalogue))
    ground = Surface("pavers", ((0.4, 0.37, 0.32), (0.3, 0.26, 0.22)), 1, size_m=2.0, roughness=0.85)
    add_model("ground", Model(plane(60, 60, 4), (ground,)))
    constant = Track.constant
    sun = Light(name="sun", kind="sun", position=constant(6.0, -9.0, 9.0), target=constant(0.0, 0.0, 0.0),
                power=constant(2.5), colour=constant(1.0, 0.96, 0.9), size_m=constant(0.03))  # fmt: skip
    apply_light(add_light(sun), sun, 0.0)


def shoot(eye: tuple, target: tuple, size: tuple[int, int], focal_mm: float) -> Image:
    """A picture at the exposure that brings the ground to a light grey."""
    place_camera(Camera(*size, intrinsics(*size, focal_mm, 36.0), look_at(np.array(eye), np.array(target), 0.0)))
    linear = render(SETTINGS, 1)
    return tone(linear, float(np.log2(0.75 / np.percentile(luminance(linear), 90))))


def grid(panels: list[Image], columns: int) -> Image:
    """Pictures of one size in rows, the last row filled up with white."""
    blank = [np.full_like(panels[0], 255)] * (-len(panels) % columns)
    cells = [*panels, *blank]
    rows = [np.concatenate(cells[k : k + columns], axis=1) for k in range(0, len(cells), columns)]
    return np.concatenate(rows)
