"""How busy workers are until the last scene is done, and how far more of them help: replays of measured costs.

`python -m benchmarks.balance` takes the CPU seconds of 80 `dsia` scenes in `costs.csv` (`benchmarks.costs`): 60 of
384 x 216, 16 samples and 3 pictures (run a), 20 of 192 x 112, 32 samples and 5 pictures (run b).
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from viewlock.renderer.cost import reckoned

SCENES, PICTURES, SCENE_S = 1033, 65, 6210.0
"""The `dsia` preset: scenes, pictures of each, CPU seconds of a mean one (`benchmarks cost`: 258 and 156 a triple)."""

START_S, RECYCLE = 10.0, 20
"""What a process costs before its first scene, and the scenes after which it is replaced."""

STORE_S = 0.2
"""To look what is finished and to publish a scene, on storage that is far away; assumed, not measured."""

WORKERS = (1, 10, 50, 100, 200, 300, 500, 700, 1000)


@dataclass(frozen=True)
class Scene:
    """Attributes:
    scene: its id in its run.
    place: the name of its kind.
    megasamples: of each picture, in millions.
    setup_s, render_s, other_s: CPU seconds of build and metering, of the pictures, of checks, truth and encoding.
    """

    run: str
    scene: int
    place: str
    pictures: int
    megasamples: float
    setup_s: float
    render_s: float
    other_s: float

    @property
    def cost_s(self) -> float:
        return self.setup_s + self.render_s + self.other_s

    @property
    def picture_s(self) -> float:
        return (self.render_s + self.other_s) / self.pictures

    @property
    def reckoned_s(self) -> float:
        return reckoned(self.place, self.pictures, self.megasamples)


def measured() -> list[Scene]:
    with Path(__file__).with_name("costs.csv").open(newline="") as file:
        return [
            Scene(row["run"], int(row["scene"]), row["place"], int(row["pictures"]),
                  *(float(row[name]) for name in ("megasamples", "setup_s", "render_s", "other_s")))
            for row in csv.DictReader(file)
        ]  # fmt: skip


@dataclass(frozen=True)
class Replay:
    """Attributes:
    span_s: until the last worker is done.
    busy: share of all workers' time until then that is spent on scenes.
    """

    span_s: float
    busy: float


def replay(costs: Iterable[float], workers: int, start_s: float = START_S, store_s: float = STORE_S) -> Replay:
    """Each worker takes the next scene in this order when it is free; processes are replaced as the renderer does."""
    free = [(0.0, 0, worker) for worker in range(workers)]
    total = 0.0
    for cost in costs:
        when, done, worker = heapq.heappop(free)
        begin = start_s if done % RECYCLE == 0 else 0.0
        heapq.heappush(free, (when + begin + cost + store_s, done + 1, worker))
        total += cost
    span = max(when for when, _, _ in free)
    return Replay(span, total / (span * workers))


def busy(costs: np.ndarray, guesses: np.ndarray, workers: int, rng: np.random.Generator) -> dict[str, float]:
    """Share of time at work in the order of a plan (the mean of 20 shuffled ones), by the proxy, and the best there is:
    longest first, if all costs were known."""
    shuffled = [replay(rng.permutation(costs), workers).busy for _ in range(20)]
    return {
        "plan": float(np.mean(shuffled)),
        "long first": replay(costs[np.argsort(-guesses, kind="stable")], workers).busy,
        "best known": replay(np.sort(costs)[::-1], workers).busy,
    }


def preset_costs(scenes: list[Scene], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Costs of all scenes of the preset, drawn from measured ones, and what is reckoned of them."""
    each = np.array([s.render_s / s.pictures for s in scenes])
    drawn = rng.integers(len(scenes), size=SCENES)
    costs = (SCENE_S * each / each.mean())[drawn] + np.array([s.setup_s for s in scenes])[drawn]
    guesses = np.array([reckoned(s.place, PICTURES, 960 * 540 * 32 / 1e6) for s in scenes])[drawn]
    return costs, guesses


def main() -> None:
    scenes, rng = measured(), np.random.default_rng(0)
    for run in ("a", "b"):
        some = [scene for scene in scenes if scene.run == run]
        costs, guesses = np.array([s.cost_s for s in some]), np.array([s.reckoned_s for s in some])
        spread = f"longest {costs.max() / costs.mean():.2f} of the mean, deviation {costs.std() / costs.mean():.2f}"
        print(f"-- run {run}: {len(some)} scenes, {spread}, related to what is reckoned by "
              f"{np.corrcoef(costs, guesses)[0, 1]:.2f}; share of time at work:")  # fmt: skip
        for workers in (2, 4, 8, 16):
            found = busy(costs, guesses, workers, rng)
            print(f"{workers:3} workers: " + ", ".join(f"{name} {share:.3f}" for name, share in found.items()))
    costs, guesses = preset_costs([s for s in scenes if s.run == "a"], rng)
    hours, longest = costs.sum() / 3600, costs.max() / 3600
    print(f"-- the dsia preset: {hours:.0f} hours of one worker, longest scene {longest:.2f}: a speed-up of at most "
          f"{hours / longest:.0f}; speed-up and share at work:")  # fmt: skip
    alone = replay(costs, 1)
    for workers in WORKERS:
        found = busy(costs, guesses, workers, rng)
        said = (f"{name} {share * workers / alone.busy:6.1f} ({share:.3f})" for name, share in found.items())
        print(f"{workers:5} workers: {', '.join(said)}")
    first = costs[np.argsort(-guesses, kind="stable")]
    for name, start, store in (("as above", START_S, STORE_S), ("start-up of 60 s", 60.0, STORE_S),
                               ("storage of 10 s", START_S, 10.0)):  # fmt: skip
        print(f"  300 workers, long first, {name}: {alone.span_s / replay(first, 300, start, store).span_s:.1f}")


if __name__ == "__main__":
    main()
