"""The noise of the label: Igt against the same picture with another seed, and against I2 put where it belongs.

Of the pairs of the run that `benchmarks.statistics` left, or of eight `dsia` scenes at 480x270:
`python -m benchmarks.noise [RUN FOLDER]`. Results are kept in the run folder's `noise.json`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.blender_scenes.build import build
from viewlock.colour import tone
from viewlock.exporters.dataset import ShardDataset
from viewlock.exporters.scene_file import read_record
from viewlock.generator.dsia_config import DsiaConfig
from viewlock.generator.dsia_spec import DsiaSpec
from viewlock.generator.plan import load_catalogue
from viewlock.geometry import pixel_grid
from viewlock.renderer.cameras import camera_at
from viewlock.renderer.cycles import RenderSettings
from viewlock.renderer.exposing import expose
from viewlock.renderer.run import Run, scene_file

from .statistics import SUBSETS, psnr, table

OTHER_SEED = 1
"""Added to a label's own."""

_OWN = ["--scenes", "8", "--size", "480x270", "--set", "sequences=1", "--set", "frames=2"]
Picture = NDArray[np.uint8]


def main() -> None:
    if sys.argv[1:]:
        folder = Path(sys.argv[1])
    else:
        command = [sys.executable, "-m", "viewlock", "generate", "dsia", "-o", "out/noise", *_OWN]
        subprocess.run(command, check=True)
        folder = Path("out/noise.run")
    target = folder / "noise.json"
    found = json.loads(target.read_text()) if target.exists() else {}
    run = Run.open(folder)
    config = run.config
    assert isinstance(config, DsiaConfig)
    catalogue = load_catalogue(config)
    for sample in ShardDataset(folder):
        if sample["key"] not in found:
            spec = read_record(folder / "scenes" / scene_file(sample["meta"]["scene_id"]))["spec"]
            twin = label_again(DsiaSpec.model_validate(spec), config, catalogue, sample["meta"], OTHER_SEED)
            seeds = {"subset": sample["meta"]["subset"], "seeds_db": psnr(twin, sample["igt"])}
            found[sample["key"]] = seeds | aligned(sample)
            target.write_text(json.dumps(found, indent=1) + "\n")
            print(sample["key"], found[sample["key"]], flush=True)
    print(summary(found))
    sys.stdout.flush()
    os._exit(0)


def label_again(spec: DsiaSpec, config: DsiaConfig, catalogue: Catalogue, meta: dict[str, Any], seed: int) -> Picture:
    """Igt of a pair, drawn with its own seed and `seed` added to it."""
    sequence_of_it, frame = divmod(meta["pair"], len(spec.sequences[0].frame_times_s) - 1)
    sequence = spec.sequences[sequence_of_it]
    live = build(spec, catalogue)
    camera = camera_at(sequence, frame, config.size)
    settings = RenderSettings(**config.render.model_dump())
    linear = expose(settings, meta["noise_seeds"]["igt"] + seed, camera, live.set_time, meta["time_2_s"])
    return tone(linear, meta["exposure_ev"][1], meta["white_balance"][1])


def aligned(sample: dict[str, Any]) -> dict[str, float]:
    """How far I2, looked up bilinearly where the exact camera flow says, is from Igt, in levels of 255, on pixels that
    both see; half a pixel beside; and without looking anywhere else."""
    flow, (height, width) = sample["flow_gtto2"], sample["igt"].shape[:2]
    grid = pixel_grid(width, height).reshape(height, width, 2)
    x, y = np.moveaxis(grid + flow.flow, -1, 0)
    inside = (x >= 0) & (y >= 0) & (x <= width - 1.5) & (y <= height - 1)
    both = flow.valid & ~sample["occluded_gtto2"] & inside

    def away(shift: tuple[float, float] | None) -> NDArray[np.float64]:
        two = sample["i2"].astype(np.float32)
        if shift is not None:
            where = (grid + flow.flow + shift).astype(np.float32)
            two = cv2.remap(two, where, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.abs(two - sample["igt"].astype(float)).mean(-1)[both]

    exact = away((0.0, 0.0))
    return {
        "warped_p50": float(np.median(exact)),
        "warped_p95": float(np.percentile(exact, 95)),
        "half_pixel_p50": float(np.median(away((0.5, 0.0)))),
        "nothing_p50": float(np.median(away(None))),
    }


def summary(found: dict[str, dict[str, Any]]) -> str:
    """Least, median and most by subset."""
    rows = []
    for subset in SUBSETS:
        some = [entry for entry in found.values() if entry["subset"] == subset]
        if some:
            row = [subset, len(some)]
            for name in ("seeds_db", "warped_p50", "warped_p95", "half_pixel_p50", "nothing_p50"):
                values = [entry[name] for entry in some]
                row.append(f"{min(values):.1f}, {np.median(values):.1f}, {max(values):.1f}")
            rows.append(row)
    head = ["subset", "pairs", "two seeds, dB", "I2 warped, median", "95 %", "half a pixel beside", "nothing done"]
    return table(head, rows)


if __name__ == "__main__":
    main()
