"""Memory of one process over 60 scenes: what it holds after each, in MiB."""

from __future__ import annotations

import gc
import os
import sys

from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue
from viewlock.renderer.scene import make_scene
from viewlock.renderer.worker import resident_mb

SCENES = 60


def main() -> None:
    config = load_config("dsia", {"size": [96, 54], "render.samples": 1, "sequences": 1, "frames": 2})
    catalogue = load_catalogue(config)
    held = []
    for scene_id in range(SCENES):
        make_scene(draw(config, catalogue, scene_id), config, catalogue)
        gc.collect()
        held.append(resident_mb())
    early, late = max(held[5:15]), max(held[-10:])
    print(f"{SCENES} scenes: {held[0]} MiB after the first, most {max(held)}, growth {late - early} MiB; {held}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
