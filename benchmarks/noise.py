"""The label's noise floor: PSNR of Igt against the same frame with another seed, `dsia` preset at 480x270."""

from __future__ import annotations

import os
import sys

import numpy as np

from viewlock.blender_scenes.build import build
from viewlock.colour import tone
from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue
from viewlock.renderer.cameras import camera_at
from viewlock.renderer.cycles import RenderSettings, place_camera, render
from viewlock.renderer.metering import metered_exposure


def main() -> None:
    config = load_config("dsia", {"sequences": 1, "frames": 2, "size": [480, 270]})
    catalogue = load_catalogue(config)
    settings = RenderSettings(**config.render.model_dump())
    for scene_id in range(4):
        spec = draw(config, catalogue, scene_id)
        live = build(spec, catalogue)
        live.set_time(spec.sequences[0].frame_times_s[1])
        place_camera(camera_at(spec.sequences[0], 0, config.size))
        linear = [render(settings, seed) for seed in (1, 2)]
        exposure = metered_exposure(linear[0])
        one, two = (tone(picture, exposure).astype(float) for picture in linear)
        error = one - two
        psnr = 10 * np.log10(255**2 / np.mean(error**2))
        print(f"{spec.place.asset.id}: PSNR {psnr:.1f} dB, median error {np.median(np.abs(error)):.2f}/255")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
