"""What quality costs: PSNR against a reference of 1,024 samples, over CPU seconds, for each render setting.

Scenes of the plan at 384x216: one picture each, sRGB at its own exposure. References are rendered once and kept in the
cache folder. `python -m benchmarks.frontier [brief] [PLACE ...]`: all settings in three typical places, or with `brief`
only the usual, the preset and its sample count, in the first twelve places of the plan.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.blender_scenes.build import build
from viewlock.colour import tone
from viewlock.generator.config import load_config
from viewlock.generator.dsia_config import DsiaConfig
from viewlock.generator.dsia_spec import DsiaSpec
from viewlock.generator.plan import draw, load_catalogue
from viewlock.renderer.cameras import camera_at
from viewlock.renderer.cycles import RenderSettings, place_camera, render
from viewlock.renderer.levers import aim_at_sky, split_faces, thin_faces, work_textures_out
from viewlock.renderer.metering import metered_exposure
from viewlock.renderer.pixel_filter import drawn_width_px
from viewlock.store import cache_folder

TYPICAL = ("kitchen", "library", "forest")
"""By the PSNR of the preset the two in the middle of the first twelve, and of those outdoors the one nearest to it."""

FIRST = 12
REFERENCE = RenderSettings(samples=1024, bounces=12)


@dataclass(frozen=True)
class Way:
    """How to render: settings, and what to make of the scene before."""

    settings: RenderSettings
    prepare: Callable[[], None] = lambda: None


USUAL = Way(RenderSettings(samples=64, bounces=12, adaptive_threshold=0.01), aim_at_sky)
"""64 samples and OIDN with Blender's default settings: what one would render without thinking. The filter, the limits
of diffuse and glossy bounces and the lack of caustics are the preset's, so that both draw the same picture."""


def few_ways(preset: RenderSettings) -> dict[str, Way]:
    """The usual, the preset, and other sample counts."""
    counts = {f"samples {n}": Way(replace(preset, samples=n)) for n in (16, 24, 64)}
    return {"usual": USUAL, "preset": Way(preset)} | counts


def all_ways(preset: RenderSettings) -> dict[str, Way]:
    """Settings to compare, by name; each of them differs from the preset in one thing."""
    found = {f"samples {n}": replace(preset, samples=n) for n in (8, 48, 128)}
    found |= {f"prefilter {name}": replace(preset, prefilter=name) for name in ("fast", "accurate")}
    found["no denoising"] = replace(preset, denoise=False)
    found |= {f"adaptive {t}": replace(preset, samples=64, adaptive_threshold=t) for t in (0.02, 0.05, 0.1)}
    found |= {f"bounces {n}": replace(preset, bounces=n) for n in (2, 3, 4, 12)}
    found["light tree off"] = replace(preset, light_tree=False)
    found["fast GI"] = replace(preset, fast_gi=True)
    ways = {name: Way(settings) for name, settings in found.items()}
    scenes = {
        "sky aimed at": aim_at_sky,
        "textures not baked": work_textures_out,
        "triangles x4": split_faces,
        "triangles x0.5": partial(thin_faces, 0.5),
        "triangles x0.25": partial(thin_faces, 0.25),
    }
    return few_ways(preset) | ways | {name: Way(preset, prepare) for name, prepare in scenes.items()}


def main() -> None:
    config = load_config("dsia", {"sequences": 1, "frames": 2, "size": [384, 216]})
    preset = RenderSettings(**config.render.model_dump())
    catalogue = load_catalogue(config)
    table: dict[str, list[tuple[float, float]]] = {}
    brief = sys.argv[1:2] == ["brief"]
    ways = few_ways(preset) if brief else all_ways(preset)
    places = sys.argv[1 + brief :] or (None if brief else TYPICAL)
    for place, spec in _firsts(config, catalogue, places).items():
        stand = partial(_stand, spec, catalogue, config)
        reference = _reference(spec, stand)
        exposure = metered_exposure(reference)
        print(f"-- {place}, scene {spec.scene_id}", flush=True)
        for name, way in ways.items():
            stand()  # anew, for Cycles' sampling pattern depends on the largest count that it has kept
            way.prepare()
            render(replace(way.settings, samples=1), 7)  # what the scene itself costs is not part of a picture's cost
            start = time.process_time()
            picture = render(way.settings, 7)
            spent = time.process_time() - start
            quality = psnr(tone(picture, exposure), tone(reference, exposure))
            table.setdefault(name, []).append((quality, spent))
            usual = table["usual"][-1][1]
            print(f"{name:18} {quality:5.1f} dB {spent:6.2f} CPU s  {spent / usual:4.2f} of usual", flush=True)
    print("-- median over the scenes: dB, share of the usual CPU seconds")
    usual = np.array([spent for _, spent in table["usual"]])
    for name, rows in table.items():
        quality, spent = np.array(rows).T
        print(f"{name:18} {np.median(quality):5.1f} dB  {np.median(spent / usual):4.2f}")
    sys.stdout.flush()
    os._exit(0)


def _firsts(config: DsiaConfig, catalogue: Catalogue, places: Sequence[str] | None) -> dict[str, DsiaSpec]:
    """The first scene of the plan in each of some places, or in each of the first places that the plan comes to."""
    found: dict[str, DsiaSpec] = {}
    for scene_id in range(1000):
        spec = draw(config, catalogue, scene_id)
        place = spec.place.asset.id.removeprefix("place/")
        if places is None or place in places:
            found.setdefault(place, spec)
        if len(found) == (FIRST if places is None else len(set(places))):
            return found
    raise SystemExit(f"frontier: the plan has no scenes in {', '.join(sorted(set(places or ()) - set(found)))}")


def _stand(spec: DsiaSpec, catalogue: Catalogue, config: DsiaConfig) -> None:
    """Build the scene and stand its camera up."""
    live = build(spec, catalogue)
    live.set_time(spec.sequences[0].frame_times_s[1])
    place_camera(camera_at(spec.sequences[0], 0, config.size))


def _reference(spec: DsiaSpec, stand: Callable[[], None]) -> NDArray[np.float32]:
    drawn_px = drawn_width_px(REFERENCE.filter_width_px)
    name = hashlib.sha256(f"{spec.model_dump_json()}{REFERENCE}{drawn_px}".encode()).hexdigest()
    path = cache_folder() / "references" / f"{name}.npy"
    if path.exists():
        return np.load(path)
    stand()
    picture = render(REFERENCE, 99)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, picture)
    return picture


def psnr(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> float:
    """Of two pictures of uint8, in dB."""
    error = np.mean((one.astype(float) - two.astype(float)) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-12)))


if __name__ == "__main__":
    main()
