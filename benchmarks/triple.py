"""What a triple costs in a sequence of eight frames, over three pictures that are rendered separately.

The sequence has seven triples in fifteen pictures, with the `dsia` preset's settings. A separate picture is one with
64 samples, OIDN and Blender's default settings, of a scene that Cycles has not kept. Scenes of the plan at 384x216;
metering and truth are left out on both sides. `python -m benchmarks.triple [SCENE ...]`.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from functools import partial

import numpy as np

from viewlock.blender_scenes.build import LiveScene, build
from viewlock.generator.config import load_config
from viewlock.generator.dsia_config import DsiaConfig
from viewlock.generator.dsia_spec import Sequence
from viewlock.generator.plan import draw, load_catalogue
from viewlock.renderer.cameras import camera_at
from viewlock.renderer.cycles import RenderSettings, place_camera, render
from viewlock.renderer.levers import aim_at_sky

from .frontier import USUAL

SCENES = (0, 1, 2)


def main() -> None:
    config = load_config("dsia", {"sequences": 1, "frames": 8, "size": [384, 216]})
    preset = RenderSettings(**config.render.model_dump())
    catalogue = load_catalogue(config)
    shares = []
    for scene in [int(word) for word in sys.argv[1:]] or SCENES:
        spec = draw(config, catalogue, scene)
        live = build(spec, catalogue)
        picture = partial(_picture, spec.sequences[0], config, live)
        aim_at_sky()
        separate = replace(USUAL.settings, keeps=False)
        apart = picture(separate, 0, 0) + picture(separate, 1, 1) + picture(separate, 0, 1)
        live = build(spec, catalogue)
        picture = partial(_picture, spec.sequences[0], config, live)
        picture(replace(preset, samples=1), 0, 0)  # the scene is kept from here on
        shown = [picture(preset, k, k) for k in range(8)]
        labels = [picture(preset, k, k + 1) for k in range(7)]
        triple = (sum(shown) + sum(labels)) / 7
        shares.append(triple / apart)
        place = spec.place.asset.id
        print(
            f"scene {scene}, {place}: a triple {triple:.1f} CPU s, three pictures {apart:.1f}, ratio {shares[-1]:.2f}"
        )
        sys.stdout.flush()
    print(f"median ratio {np.median(shares):.2f}", flush=True)
    os._exit(0)


def _picture(
    sequence: Sequence, config: DsiaConfig, live: LiveScene, settings: RenderSettings, view: int, moment: int
) -> float:
    """CPU seconds of what the camera of one frame sees at the time of one."""
    live.set_time(sequence.frame_times_s[moment])
    place_camera(camera_at(sequence, view, config.size))
    begun = time.process_time()
    render(settings, 7)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
