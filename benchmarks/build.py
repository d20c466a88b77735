"""What building a scene costs: 20 scenes of the `dsia` preset's plan in one process, from a warm cache.

A process before it fills the cache with what these scenes need; the first scene of the timed one is left out, as much
is loaded with it.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time

import numpy as np

from viewlock.blender_scenes.build import build
from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue

SCENES = 20


def main() -> None:
    if "timed" not in sys.argv:
        subprocess.run([sys.executable, __file__, "timed"], check=True, stdout=subprocess.DEVNULL)
    config = load_config("dsia")
    catalogue = load_catalogue(config)
    spent = []
    for scene_id in range(SCENES + 1):
        spec = draw(config, catalogue, scene_id)
        wall, cpu = time.perf_counter(), time.process_time()
        live = build(spec, catalogue)
        spent.append((time.perf_counter() - wall, time.process_time() - cpu))
        del live
        gc.collect()
    for name, seconds in zip(("wall", "CPU"), np.transpose(spent[1:]), strict=True):
        print(f"{name} s a scene: mean {seconds.mean():.2f}, median {np.median(seconds):.2f}, "
              f"90th percentile {np.percentile(seconds, 90):.2f}")  # fmt: skip
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
