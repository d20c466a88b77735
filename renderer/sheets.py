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

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.blender_scenes.build import build
from viewlock.blender_scenes.materials import add_model
from viewlock.blender_scenes.objects import OBJECTS
from viewlock.blender_scenes.people.bodies import figure
from viewlock.blender_scenes.people.characters import add_character, apply_pose
from viewlock.colour import tone
from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.character_motion import CharacterMotion
from viewlock.generator.config import load_config
from viewlock.generator.motions import pose
from viewlock.generator.places import PLACES
from viewlock.generator.plan import draw, load_catalogue

from .cameras import camera_at
from .cycles import place_camera, render
from .metering import metered_exposure
from .studio import SETTINGS, Image, grid, open_studio, shoot

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
def characters() -> Image:
    """Every character in four poses, four characters a row; the poses alternate."""
    catalogue = load_catalogue(load_config("dsia"))
    panels = []
    for n, name in enumerate(sorted(CHARACTERS)):
        open_studio(catalogue)
        for k, standing in enumerate(POSES[n % len(POSES)]):
            motion = standing.model_copy(update={"start_xy": (1.15 * (k - 1.5), 0.0)})
            person = add_character(f"person-{k}", figure(CHARACTERS[name], motion))
            apply_pose(person, pose(motion, person.figure.skeleton, 0.0).skin)
        panels.append(shoot((0.0, -5.6, 1.35), (0.0, 0.0, 0.92), (480, 216), 38.0))
    return grid(panels, 4)


def objects() -> Image:
    """Every object from its front right, twelve a row."""
    catalogue = load_catalogue(load_config("dsia"))
    open_studio(catalogue)
    panels = []
    for name in sorted(OBJECTS):
        made = add_model(name, OBJECTS[name]())
        low, high = np.array(made.bound_box).min(axis=0), np.array(made.bound_box).max(axis=0)
        middle, reach = (low + high) / 2, float(np.linalg.norm(high - low))
        eye = middle + reach * 1.75 * np.array([0.45, -0.78, 0.42])
        panels.append(shoot(tuple(eye), tuple(middle), (144, 144), 52.0))
        bpy.data.objects.remove(made)
    return grid(panels, 12)


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
    return grid(panels, 4)


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


if __name__ == "__main__":
    main()
