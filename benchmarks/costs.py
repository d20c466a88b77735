"""Measured costs of scenes -> `costs.csv`, and the numbers of `renderer/cost.py` fitted to them.

Run a is the one that `benchmarks.statistics` leaves, run b 20 scenes of other proportions:
`viewlock generate dsia -o b --scenes 20 --size 192x112 --set sequences=1 --set frames=3 --workers 1`, then
`python -m benchmarks.costs a.run b.run`. Each is best rendered by one worker, with nothing else on its core.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np

from viewlock.exporters.scene_file import read_record
from viewlock.generator.places import INDOOR
from viewlock.renderer.cost import pictures_of
from viewlock.renderer.run import Run, scene_file

from .balance import Scene, measured

FEWEST = 3
"""A place that fewer scenes show is taken for a usual one of its group."""

_SETUP = ("build", "meter")
"""What does not grow with the number of pictures."""


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit("benchmarks.costs: expected two run folders, a.run and b.run")
    scenes = [scene for name, folder in zip("ab", sys.argv[1:], strict=True) for scene in timed(name, Path(folder))]
    with Path(__file__).with_name("costs.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(f.name for f in fields(Scene))
        writer.writerows(astuple(scene) for scene in scenes)
    print(fitted(measured()))


def timed(name: str, folder: Path) -> list[Scene]:
    """The finished scenes of a run of one kind."""
    run = Run.open(folder)
    scenes = []
    for scene_id in sorted(run.finished()):
        timings = read_record(folder / "scenes" / scene_file(scene_id))["timings"]
        spent = {stage: seconds["cpu_s"] for stage, seconds in timings.items()}
        spec = run.specs[scene_id]
        pictures, (width, height) = pictures_of(spec, run.config)
        megasamples = width * height * run.config.render.samples / 1e6
        setup, render = sum(spent.pop(stage) for stage in _SETUP), spent.pop("render")
        rounded = (round(value, 2) for value in (setup, render, sum(spent.values())))
        place = spec.place.asset.id.partition("/")[2]
        scenes.append(Scene(name, scene_id, place, pictures, round(megasamples, 3), *rounded))
    return scenes


def fitted(scenes: list[Scene]) -> str:
    """What `renderer/cost.py` should say, as its source.

    What a picture and a million samples cost follows from the scenes that both runs have, a place's factor and setup
    are medians of its scenes.
    """
    runs = {run: {scene.scene: scene for scene in scenes if scene.run == run} for run in "ab"}
    both = runs["a"].keys() & runs["b"].keys()
    sizes = [[1.0, next(iter(some.values())).megasamples] for some in runs.values()]
    means = [np.mean([some[scene].picture_s for scene in both]) for some in runs.values()]
    picture_s, samples_s = np.linalg.solve(sizes, means)

    def medians(some: list[Scene]) -> tuple[float, float]:
        factors = [scene.picture_s / (picture_s + samples_s * scene.megasamples) for scene in some]
        return round(float(np.median(factors)), 2), round(float(np.median([scene.setup_s for scene in some])), 1)

    lines = [f"_PICTURE_S, _SAMPLES_S = {picture_s:.2f}, {samples_s:.2f}"]
    indoor, outdoor = ([s for s in scenes if (s.place in INDOOR) == inside] for inside in (True, False))
    lines.append(f"_INDOOR, _OUTDOOR = {medians(indoor)}, {medians(outdoor)}")
    for place in sorted({scene.place for scene in scenes}):
        some = [scene for scene in scenes if scene.place == place]
        if len({scene.scene for scene in some}) >= FEWEST:
            lines.append(f'    "{place}": {medians(some)},')
    return "\n".join(lines)


if __name__ == "__main__":
    main()
