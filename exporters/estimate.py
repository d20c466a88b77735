"""What a configuration will cost: a few of its scenes are rendered at the real settings, and the rest follows."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError, QuarantineError
from viewlock.generator.config import check_config, to_plain
from viewlock.generator.plan import draw, load_catalogue
from viewlock.generator.sections import Config
from viewlock.renderer.run import Run, scene_file

from .scene_file import read_record

Array = NDArray[np.float64]

DRAWS = 500
"""Of the bootstrap."""

_CYCLE = 4
"""What a scene aims at repeats after so many ids; the pilot takes from each remainder in turn."""


@dataclass(frozen=True)
class SceneCost:
    """What one scene costs, or is reckoned to cost if it was rendered in part."""

    cpu_s: float
    wall_s: float
    bytes: float


@dataclass(frozen=True)
class Range:
    """Median and 95th percentile over the bootstrap."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Estimate:
    """Attributes:
    scenes, nodes: that the estimate is for.
    pilot: scene -> its cost.
    core_hours: CPU hours of all threads.
    wall_hours: until the last of the nodes is done, each taking the next scene when it is free.
    money: in the unit of the price; None without a price. All nodes are paid for until the last is done.
    """

    scenes: int
    nodes: int
    pilot: dict[int, SceneCost]
    core_hours: Range
    wall_hours: Range
    gigabytes: Range
    money: Range | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def run_pilot(config: Config, count: int, whole: bool, render: Callable[[Run], object]) -> dict[int, SceneCost]:
    """Render some scenes of a configuration and reckon what each costs.

    Args:
        count: of scenes.
        whole: render them whole. If not, a scene of sequences is rendered with one sequence of two frames, and the
            seconds of each stage are scaled by the number of pictures, pairs or sequences it works on.
        render: renders all scenes of a run.

    Raises:
        ConfigError: none of the scenes could be made.
    """
    small, factors = (config, {}) if whole else _brief(config)
    catalogue = load_catalogue(small)
    with tempfile.TemporaryDirectory(prefix="viewlock-estimate-") as folder:
        specs = [draw(small, catalogue, scene) for scene in pilot_scenes(config.scenes, count, config.seed)]
        run = Run.create(Path(folder) / "run", small, specs)
        failure = "nothing was rendered"
        try:
            render(run)
        except QuarantineError as refusal:
            failure = str(next(iter(run.failed().values()))["message"]) if run.failed() else str(refusal)
        costs = {
            scene: _cost(Path(folder) / "run" / "scenes" / scene_file(scene), factors)
            for scene in sorted(run.finished())
        }
    if not costs:
        raise ConfigError(f"{config.name}: none of the pilot's scenes could be made: {failure}")
    return costs


def pilot_scenes(scenes: int, count: int, seed: int) -> list[int]:
    """Which scenes to try: random ones, as many of each remainder modulo four as can be."""
    order = np.random.default_rng(seed).permutation(scenes)
    groups = [[int(scene) for scene in order if scene % _CYCLE == k] for k in range(_CYCLE)]
    turns = [group[turn] for turn in range(max(map(len, groups))) for group in groups if turn < len(group)]
    return sorted(turns[:count])


def _brief(config: Config) -> tuple[Config, Mapping[str, float]]:
    """The configuration with one sequence of two frames, where its scenes have sequences, and the factors by which
    a whole scene has more of what each stage works on."""
    plain = to_plain(config)
    if not {"sequences", "frames"} <= plain.keys():
        return config, {}
    sequences, frames = plain["sequences"], plain["frames"]
    # Photographs that are blurred need a sharp one beside them.
    each = 3 if any(plain.get("optics", {}).get(name) for name in ("f_number", "shutter_s")) else 2
    pairs, pictures = sequences * (frames - 1), sequences * (each * (frames - 1) + 1)
    factors = {"build": sequences * frames / 2, "check": pairs, "meter": sequences, "render": pictures / (each + 1),
               "truth": pairs, "encode": pairs, "bytes": pairs}  # fmt: skip
    return check_config({**plain, "sequences": 1, "frames": 2}, config.name), factors


def _cost(path: Path, factors: Mapping[str, float]) -> SceneCost:
    timings = read_record(path)["timings"]
    total = {
        unit: sum(t[unit] * factors.get(stage, 1.0) for stage, t in timings.items()) for unit in ("cpu_s", "wall_s")
    }
    return SceneCost(total["cpu_s"], total["wall_s"], path.stat().st_size * factors.get("bytes", 1.0))


def estimate(
    scenes: int, pilot: Mapping[int, SceneCost], nodes: int = 1, price_per_hour: float | None = None, seed: int = 0
) -> Estimate:
    """What all scenes will cost, by a bootstrap over the pilot's.

    Each draw takes a pilot of the same size from the pilot, with replacement, and all scenes from that: so the spread
    holds both what the pilot does not know and what the scenes differ by.

    Args:
        nodes: machines like the one that rendered the pilot.
        price_per_hour: of a node.
    """
    rng = np.random.default_rng(seed)
    table = np.array([[c.cpu_s, c.wall_s, c.bytes] for c in pilot.values()])
    totals, spans = np.empty((DRAWS, 3)), np.empty(DRAWS)
    for k in range(DRAWS):
        again = table[rng.integers(len(table), size=len(table))]
        costs = again[rng.integers(len(again), size=scenes)]
        totals[k], spans[k] = costs.sum(axis=0), makespan(costs[:, 1], nodes)
    wall = spans / 3600
    return Estimate(
        scenes=scenes,
        nodes=nodes,
        pilot=dict(pilot),
        core_hours=_range(totals[:, 0] / 3600),
        wall_hours=_range(wall),
        gigabytes=_range(totals[:, 2] / 1e9),
        money=None if price_per_hour is None else _range(wall * nodes * price_per_hour),
    )


def makespan(seconds: Array, nodes: int) -> float:
    """When the last of the nodes is done, if each takes the next task as soon as it is free."""
    free = [0.0] * min(nodes, len(seconds))
    for task in seconds.tolist():
        heapq.heapreplace(free, free[0] + task)
    return max(free)


def _range(values: Array) -> Range:
    return Range(float(np.percentile(values, 50)), float(np.percentile(values, 95)))


def summary(found: Estimate, threads: int) -> str:
    """Some lines for people.

    Args:
        threads: that rendered the pilot.
    """
    each = " ".join(f"{cost.cpu_s:.0f}" for cost in found.pilot.values())
    node = f"{found.nodes} node{'s' if found.nodes > 1 else ''} like this machine ({threads} threads, as busy as now)"
    rows = [("core-hours", found.core_hours), (f"hours on {node}", found.wall_hours), ("GB", found.gigabytes)]
    rows += [("money", found.money)] if found.money else []
    lines = [f"{found.scenes} scenes, after {len(found.pilot)} of them (CPU seconds a scene: {each})",
             f"{'p50':>12} {'p95':>12}"]  # fmt: skip
    lines += [f"{value.p50:12.4g} {value.p95:12.4g}  {name}" for name, value in rows]
    if len(found.pilot) < 3:
        lines.append("so few scenes say little about the spread: try more with --pilot")
    return "\n".join(lines)
