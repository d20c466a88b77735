"""Where the CPU seconds of a scene go, at 960x540 with the `dsia` preset: one indoor and one outdoor scene.

One sequence of the preset's five is rendered; build and check are shared by five in a real scene, and are divided so.
"""

from __future__ import annotations

import os
import sys

from viewlock.exporters.fields import encode_sample
from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue
from viewlock.renderer.scene import make_scene


def main() -> None:
    whole = load_config("dsia")
    for indoor in (1.0, 0.0):
        config = load_config("dsia", {"indoor": indoor, "sequences": 1, "frames": 3})
        catalogue = load_catalogue(config)
        # Warms the texture cache.
        make_scene(draw(config, catalogue, 0), load_config("dsia", _tiny(indoor)), catalogue)
        scene = make_scene(draw(config, catalogue, 0), config, catalogue, keep=lambda s: encode_sample(s.key, s.fields))
        size = sum(len(data) for sample in scene.samples for data in sample.values())
        spent = {stage: seconds["cpu_s"] for stage, seconds in scene.timings.items()}
        pairs, all_pairs = len(scene.samples), whole.sequences * (whole.frames - 1)
        # Pictures a pair: 5 for 2 pairs here, 13 for 6 pairs in the preset.
        cycles = (spent["render"] + spent["meter"]) / 5 * (2 * whole.frames) / (whole.frames - 1)
        rest = {
            "truth": spent["truth"] / pairs,
            "encode": spent["encode"] / pairs,
            "build": spent["build"] / all_pairs,
            "check": spent["check"] * whole.sequences * 3 / all_pairs,
        }
        total = cycles + sum(rest.values())
        shares = ", ".join(f"{stage} {100 * value / total:.1f} %" for stage, value in rest.items())
        print(
            f"{'indoor' if indoor else 'outdoor'} ({scene.spec.place.asset.id}): {total:.0f} CPU s a triple, "
            f"Cycles {100 * cycles / total:.1f} %, {shares}, {size / pairs / 2**20:.1f} MiB a sample"
        )
    sys.stdout.flush()
    os._exit(0)


def _tiny(indoor: float) -> dict[str, object]:
    return {"indoor": indoor, "sequences": 1, "frames": 3, "size": [64, 36], "render.samples": 1}


if __name__ == "__main__":
    main()
