"""What is reckoned of a scene, and that long ones begin first."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.balance import START_S, STORE_S, measured, replay
from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue, plan_lines
from viewlock.renderer.cost import expected_cpu_s, longest_first, reckoned
from viewlock.renderer.jobs import JobOptions, _Driver
from viewlock.renderer.run import Run


def planned(preset: str, count: int, **overrides: object):
    config = load_config(preset, {"scenes": count, "size": [64, 64], **overrides})
    catalogue = load_catalogue(config)
    return config, [draw(config, catalogue, scene) for scene in range(count)]


@pytest.mark.parametrize(
    ("preset", "few", "many", "times"),
    [
        ("dsia", {"sequences": 1, "frames": 2}, {"sequences": 1, "frames": 5}, 3),  # 3 pictures and 9
        ("parallax", {"pairs": 1}, {"pairs": 3}, 3),
        ("rigid", {"frames": 2}, {"frames": 6}, 3),
        ("planar-misaligned", {"views": 2}, {"views": 14}, 3),  # and a label that costs as much as four
    ],
)
def test_pictures_are_what_costs(preset, few, many, times):
    large = {"size": [512, 512]}
    costs = []
    for change in (few, many):
        config, (spec,) = planned(preset, 1, **change, **large)
        setup = reckoned(spec.place.asset.id.partition("/")[2], 0, 0.0) if hasattr(spec, "place") else 0.0
        costs.append(expected_cpu_s(spec, config) - setup)
    assert costs[1] == pytest.approx(times * costs[0])


def test_places_differ_and_unknown_ones_are_usual():
    assert reckoned("market", 3, 1.0) > reckoned("harbour", 3, 1.0)
    assert reckoned("a new kind of place", 3, 1.0) == pytest.approx(3 * 6.64 * 0.83 + 3.0)
    assert reckoned("kitchen", 3, 1.0) == pytest.approx(3 * 6.64 * 1.1 + 3.1)


def test_long_scenes_begin_first_and_the_plan_stays_as_it_is(tmp_path):
    config, specs = planned("dsia", 8, sequences=1, frames=2)
    run = Run.create(tmp_path / "run", config, specs)
    before = (tmp_path / "run" / "plan.jsonl").read_text()
    order = list(_Driver(run, JobOptions()).waiting)
    costs = [expected_cpu_s(run.specs[scene], config) for scene in order]
    assert sorted(order) == list(range(8)) and costs == sorted(costs, reverse=True) and order != sorted(order)
    assert longest_first([specs[0], specs[0].model_copy(update={"scene_id": 3})], config) == [0, 3]
    assert before == plan_lines(specs) == (tmp_path / "run" / "plan.jsonl").read_text()
    assert JobOptions().mine(run) == list(range(8))


def test_the_proxy_orders_measured_scenes():
    for run in ("a", "b"):
        scenes = [scene for scene in measured() if scene.run == run]
        related = np.corrcoef([s.cost_s for s in scenes], [s.reckoned_s for s in scenes])[0, 1]
        assert related > 0.7


def test_a_replay_is_what_workers_do():
    one = replay([5.0, 7.0], 1)
    assert one.span_s == pytest.approx(12 + START_S + 2 * STORE_S) and one.busy == pytest.approx(12 / one.span_s)
    two = replay([4.0, 4.0, 8.0], 2, start_s=0.0, store_s=0.0)
    assert (two.span_s, two.busy) == (12.0, pytest.approx(16 / 24))
    assert replay([8.0, 4.0, 4.0], 2, start_s=0.0, store_s=0.0).busy == 1.0
    recycled = replay([1.0] * 21, 1, start_s=100.0, store_s=0.0)
    assert recycled.span_s == 221.0
