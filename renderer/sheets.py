"""Contact sheets of everything that scenes are made of, for people to look at. Run as:

python -m viewlock.renderer.sheets characters objects places docs/images
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import bpy
import imageio.v3 as iio
import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.blender_scenes.build import build
from viewlock.blender_scenes.lights import add_light, apply_light
from viewlock.blender_scenes.materials import add_model
from viewlock.blender_scenes.meshes import plane
from viewlock.blender_scenes.objects import OBJECTS
from viewlock.blender_scenes.people.bodies import figure
from viewlock.blender_scenes.people.characters import add_character, apply_pose
from viewlock.blender_scenes.surfaces import Model, Surface
from viewlock.blender_scenes.worlds import add_world, environment
from viewlock.colour import luminance, tone
from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.character_motion import CharacterMotion
from viewlock.generator.config import load_config
from viewlock.generator.motions import pose
from viewlock.generator.places import PLACES
from viewlock.generator.plan import draw, load_catalogue
from viewlock.generator.spec import AssetRef, Light, Track, World
from viewlock.geometry import Camera, intrinsics, look_at

from .cameras import camera_at
from .cycles import RenderSettings, place_camera, render
from .metering import metered_exposure

Image = NDArray[np.uint8]
SETTINGS = RenderSettings(samples=16)
POSES = (
    (
        CharacterMotion(gait="walk", holds="bag", heading_rad=-0.5, phase=0.1),
        CharacterMotion(gait="run", speed_mps=2.6, heading_rad=0.9, phase=0.35),
        CharacterMotion(gait="stand", gesture="wave", heading_rad=0.15),
        CharacterMotion(gait="turn", gesture="talk", heading_rad=2.6),
    ),
    (
        CharacterMotion(gait="walk", gesture="carry", holds="box", heading_rad=0.5, phase=0.6),
        CharacterMotion(gait="jump", heading_rad=-0.4, phase=0.4),
        CharacterMotion(gait="stand", gesture="drink", holds="cup", heading_rad=0.1),
        CharacterMotion(gait="dance", heading_rad=0.6, phase=0.3),
    ),
)


def main() -> None:
    *names, folder = sys.argv[1:]
    makers = {"characters": characters, "objects": objects, "places": places}
    unknown = [name for name in names if name not in makers]
    if unknown or not names:
        sys.exit(f"sheets: expected some of {', '.join(makers)} and a folder, got {' '.join(sys.argv[1:])}")
    for name in names:
        picture = makers[name]()
        target = Path(folder) / f"{name}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        iio.imwrite(target, picture, quality=82)
        print(target, picture.shape, flush=True)
    os._exit(0)


# ------------------------------------------------------------------ people and things on a neutral ground
def _studio(catalogue: Catalogue) -> None:
    """Paving under a bright sky with some sun."""
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


def _shoot(eye: tuple, target: tuple, size: tuple[int, int], focal_mm: float) -> Image:
    place_camera(Camera(*size, intrinsics(*size, focal_mm, 36.0), look_at(np.array(eye), np.array(target), 0.0)))
    linear = render(SETTINGS, 1)
    return tone(linear, float(np.log2(0.75 / np.percentile(luminance(linear), 90))))


def characters() -> Image:
    """Every character in four poses, four characters a row; the poses alternate."""
    catalogue = load_catalogue(load_config("dsia"))
    panels = []
    for n, name in enumerate(sorted(CHARACTERS)):
        _studio(catalogue)
        for k, standing in enumerate(POSES[n % len(POSES)]):
            motion = standing.model_copy(update={"start_xy": (1.15 * (k - 1.5), 0.0)})
            person = add_character(f"person-{k}", figure(CHARACTERS[name], motion))
            apply_pose(person, pose(motion, person.figure.skeleton, 0.0).skin)
        panels.append(_shoot((0.0, -5.6, 1.35), (0.0, 0.0, 0.92), (480, 216), 38.0))
    return _grid(panels, 4)


def objects() -> Image:
    """Every object from its front right, twelve a row."""
    catalogue = load_catalogue(load_config("dsia"))
    _studio(catalogue)
    panels = []
    for name in sorted(OBJECTS):
        made = add_model(name, OBJECTS[name]())
        low, high = np.array(made.bound_box).min(axis=0), np.array(made.bound_box).max(axis=0)
        middle, reach = (low + high) / 2, float(np.linalg.norm(high - low))
        eye = middle + reach * 1.75 * np.array([0.45, -0.78, 0.42])
        panels.append(_shoot(tuple(eye), tuple(middle), (144, 144), 52.0))
        bpy.data.objects.remove(made)
    return _grid(panels, 12)


# ------------------------------------------------------------------ places
def places() -> Image:
    """Every place in four light moods, one place a row."""
    config = load_config("dsia", {"sequences": 1, "frames": 2, "size": [320, 180]})
    whole = load_catalogue(config)
    panels = []
    for n, kind in enumerate(sorted(PLACES)):
        others = [a for k in ("character", "object", "sky") for a in whole.of(k)]
        catalogue = Catalogue([*others, whole.get(f"place/{kind}")])
        indoor = whole.get(f"place/{kind}").category == "indoor"
        bound = config.model_copy(update={"indoor": float(indoor)})
        panels += [_first_frame(spec, bound, catalogue) for spec in _four_moods(bound, catalogue, 200 * n)]
    return _grid(panels, 4)


def _four_moods(config, catalogue, first: int) -> Iterator:
    """Scenes of the plan from `first` on whose light differs."""
    seen: set[str] = set()
    for scene_id in range(first, first + 200):
        spec = draw(config, catalogue, scene_id)
        if spec.light_mood not in seen:
            seen.add(spec.light_mood)
            yield spec
        if len(seen) == 4:
            return


def _first_frame(spec, config, catalogue) -> Image:
    live = build(spec, catalogue)
    live.set_time(spec.frame_times[0])
    place_camera(camera_at(spec.sequences[0], 0, config.size))
    linear = render(SETTINGS, 1)
    return tone(linear, metered_exposure(linear) + spec.sequences[0].exposure_ev[0])


def _grid(panels: list[Image], columns: int) -> Image:
    while len(panels) % columns:
        panels.append(np.full_like(panels[0], 255))
    rows = [np.concatenate(panels[k : k + columns], axis=1) for k in range(0, len(panels), columns)]
    return np.concatenate(rows)


if __name__ == "__main__":
    main()
