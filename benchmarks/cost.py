"""Where the CPU seconds of a scene go with the `dsia` preset: what reading its geometry costs, and what a triple costs.

Geometry is read at all 35 moments of four scenes: all of it at each moment, and what moves alone, as is done.
Triples are those of an indoor and an outdoor scene at 960x540. One sequence of the preset's five is rendered; build
and check are shared by five in a real scene, and are divided so.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field

import numpy as np

from viewlock.assets_manifest.catalogue import Catalogue, procedural
from viewlock.blender_scenes.build import build
from viewlock.exporters.fields import encode_sample
from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue
from viewlock.renderer.meshes import SceneMeshes, Topology, use_render_levels
from viewlock.renderer.moments import Moments
from viewlock.renderer.scene import make_scene

READ = {"room": "kitchen", "street": "street", "forest": "forest", "crowd": "market"}
"""Where the scenes are whose geometry is read; the crowd is of six."""


@dataclass
class _Everything:
    """Reads as `SceneMeshes` does, but the whole scene at each moment."""

    meshes: SceneMeshes
    topology: Topology = field(init=False)

    def __post_init__(self) -> None:
        self.topology = self.meshes.topology

    def vertices(self) -> np.ndarray:
        self.first = self.meshes.vertices()
        return self.first

    def changes(self) -> tuple[np.ndarray, np.ndarray]:
        now = self.meshes.vertices()
        changed = np.flatnonzero((now != self.first).any(axis=1))
        return changed, now[changed]


def main() -> None:
    for name, place in READ.items():
        _read(name, place)
    _triples()
    sys.stdout.flush()
    os._exit(0)


def _read(name: str, place: str) -> None:
    config = load_config("dsia", {"indoor": float(name == "room")} | ({"people": [6, 6]} if name == "crowd" else {}))
    catalogue = Catalogue(asset for asset in procedural() if asset.kind != "place" or asset.id == f"place/{place}")
    spec = draw(config, catalogue, 0)
    live = build(spec, catalogue)
    use_render_levels()
    spent = []
    for reader in (SceneMeshes, lambda: _Everything(SceneMeshes()), SceneMeshes):  # the first warms up
        begun = time.process_time()
        moments = Moments(reader(), live.set_time, spec.frame_times)  # type: ignore[arg-type]
        spent.append(time.process_time() - begun)
    print(
        f"{name}: {len(moments.topology.vertex_object)} vertices in {place}, {len(spec.frame_times)} moments: all of "
        f"them {spent[1]:.2f} CPU s, what moves {spent[2]:.2f}, ratio {spent[2] / spent[1]:.2f}",
        flush=True,
    )


def _triples() -> None:
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


def _tiny(indoor: float) -> dict[str, object]:
    return {"indoor": indoor, "sequences": 1, "frames": 3, "size": [64, 36], "render.samples": 1}


if __name__ == "__main__":
    main()
