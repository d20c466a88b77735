"""What a configuration will cost: closed forms, and a small run that was really rendered."""

from __future__ import annotations

import json

import numpy as np
import pytest

from viewlock.errors import ConfigError, QuarantineError
from viewlock.exporters.estimate import SceneCost, estimate, makespan, pilot_scenes, run_pilot, summary
from viewlock.exporters.scene_file import encode_scene
from viewlock.generator.config import load_config

SMALL = {"scenes": 40, "seed": 3, "size": [96, 64], "sequences": 5, "frames": 7}


def test_the_pilot_covers_what_scenes_aim_at():
    assert sorted(scene % 4 for scene in pilot_scenes(1033, 8, 0)) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert pilot_scenes(1033, 4, 0) == pilot_scenes(1033, 4, 0) != pilot_scenes(1033, 4, 1)
    assert pilot_scenes(3, 3, 0) == [0, 1, 2]
    assert len(set(pilot_scenes(5, 5, 2))) == 5


def naive_makespan(seconds, nodes):
    free = [0.0] * nodes
    for task in seconds:
        free[int(np.argmin(free))] += task
    return max(free)


def test_makespan():
    assert makespan(np.array([3.0, 1.0, 1.0, 1.0]), 2) == 3
    assert makespan(np.array([1.0, 1.0, 4.0]), 2) == 5
    assert makespan(np.array([2.0, 5.0]), 10) == 5
    rng = np.random.default_rng(0)
    for nodes in (1, 3, 7):
        seconds = rng.uniform(1, 9, 50)
        assert makespan(seconds, nodes) == pytest.approx(naive_makespan(seconds, nodes))


def test_equal_scenes_leave_no_doubt():
    pilot = {scene: SceneCost(7200.0, 3600.0, 2e9) for scene in range(4)}
    found = estimate(100, pilot, nodes=10, price_per_hour=1.5)
    assert (found.core_hours.p50, found.core_hours.p95) == (200, 200)
    assert found.wall_hours.p50 == found.wall_hours.p95 == 10
    assert found.gigabytes.p50 == pytest.approx(200)
    assert found.money is not None and found.money.p95 == pytest.approx(150)
    assert estimate(100, pilot).money is None


def test_scenes_that_differ_leave_doubt_and_the_truth_is_within():
    rng = np.random.default_rng(4)
    seconds = rng.lognormal(6, 0.5, 400)
    pilot = {k: SceneCost(s, s, 1.0) for k, s in enumerate(seconds[:30])}
    found = estimate(400, pilot)
    truth = seconds.sum() / 3600
    assert found.core_hours.p50 == pytest.approx(truth, rel=0.25)
    assert found.core_hours.p50 < found.core_hours.p95 < 1.5 * found.core_hours.p50
    assert estimate(400, pilot) == found
    few = estimate(400, {k: pilot[k] for k in range(6)})
    spread = lambda e: e.core_hours.p95 / e.core_hours.p50  # noqa: E731
    assert spread(few) > spread(found)
    assert "so few scenes" in summary(estimate(9, {0: SceneCost(1, 1, 1)}), 2)


@pytest.mark.parametrize(("optics", "rendering"), [({}, 65), ({"optics.shutter_s": [0.01, 0.02]}, 5 * 19 * 3 / 4)])
def test_parts_of_scenes_are_scaled_to_whole_ones(optics, rendering):
    """Every stage takes a second for each thing it works on, so a whole scene takes what can be counted."""

    def render(run):
        assert (run.config.sequences, run.config.frames) == (1, 2)
        seconds = {"build": 2, "check": 1, "meter": 1, "render": 3, "truth": 1, "encode": 1}
        record = {"timings": {stage: {"cpu_s": s, "wall_s": s / 2} for stage, s in seconds.items()}}
        for scene in run.specs:
            data = encode_scene([{f"{scene:06d}-000.meta.json": b"x" * 5000}], record)
            run.scenes.publish_if_absent(f"{scene:06d}.tar", data)

    costs = run_pilot(load_config("dsia", SMALL | optics), 2, False, render)
    assert len(costs) == 2
    for cost in costs.values():
        assert cost.cpu_s == pytest.approx(5 * 7 + 30 + 5 + rendering + 30 + 30)
        assert cost.wall_s == pytest.approx(cost.cpu_s / 2)
        assert cost.bytes == 30 * 10240


def test_a_pilot_of_which_nothing_is_left():
    def render(run):
        for scene in run.specs:
            run.quarantine(scene, {"error": "ConfigError", "message": "no room"})
        raise QuarantineError("2 of 2 scenes could not be made")

    with pytest.raises(ConfigError, match="none of the pilot's scenes could be made: no room"):
        run_pilot(load_config("dsia", SMALL), 2, False, render)


@pytest.mark.render
def test_a_pilot_that_is_rendered_whole_has_the_size_of_the_real_scene(tiny, tiny_run, viewlock):
    done = viewlock("estimate", "dsia", *tiny, "--pilot", "1", "--whole", "--json", "--price-per-hour", "2")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    ((scene, cost),) = found["pilot"].items()
    path = tiny_run / "scenes" / f"{int(scene):06d}.tar"
    assert cost["bytes"] == pytest.approx(path.stat().st_size, rel=0.05)
    assert cost["cpu_s"] > 0
    assert found["core_hours"]["p50"] == pytest.approx(3 * cost["cpu_s"] / 3600)
    assert found["money"]["p50"] == pytest.approx(2 * found["wall_hours"]["p50"])
