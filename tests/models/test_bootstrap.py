"""Intervals cover what they should, and scenes count as one."""

import numpy as np
import pytest

from viewlock.models.bootstrap import cluster_bootstrap


def test_nine_in_ten_intervals_hold_the_mean():
    draw = np.random.default_rng(0)
    held = 0
    for trial in range(200):
        values = draw.exponential(2.0, 60)
        low, high = cluster_bootstrap(values, list(range(60)), seed=trial, draws=400, level=0.9) or (0, 0)
        held += low < 2.0 < high
    assert 0.82 <= held / 200 <= 0.95  # skewed values: percentile intervals cover a little less than they say


def test_its_width_is_that_of_the_normal_law():
    values = np.random.default_rng(1).normal(5, 3, 400)
    low, high = cluster_bootstrap(values, list(range(400))) or (0, 0)
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.06)
    assert (low + high) / 2 == pytest.approx(values.mean(), abs=0.05)


def test_pairs_of_one_scene_are_not_independent():
    """Ten equal samples a scene say no more than one, though there are ten times as many."""
    scenes = np.random.default_rng(2).normal(0, 1, 30)
    alone = cluster_bootstrap(scenes, list(range(30)))
    tenfold = cluster_bootstrap(np.repeat(scenes, 10), np.repeat(np.arange(30), 10).tolist())
    naive = cluster_bootstrap(np.repeat(scenes, 10), list(range(300)))
    assert tenfold == pytest.approx(alone)
    assert alone is not None
    assert naive is not None
    assert (alone[1] - alone[0]) / (naive[1] - naive[0]) == pytest.approx(np.sqrt(10), rel=0.15)


def test_groups_count_alike_whatever_their_size():
    values, groups = [0.0] * 90 + [10.0] * 10, ["a"] * 90 + ["b"] * 10
    assert cluster_bootstrap(values, list(range(100)), groups) == pytest.approx((5, 5))
    low, high = cluster_bootstrap(values, list(range(100))) or (0, 0)
    assert low < 1 < high < 2


def test_a_function_of_the_mean():
    values = np.random.default_rng(3).uniform(1, 2, 50)
    plain = cluster_bootstrap(values, list(range(50)))
    logs = cluster_bootstrap(values, list(range(50)), after=lambda mean: -np.log(mean))
    assert plain is not None
    assert logs == pytest.approx((-np.log(plain[1]), -np.log(plain[0])), abs=1e-3)


def test_order_does_not_matter_and_seeds_do():
    draw = np.random.default_rng(4)
    values, clusters = draw.random(40), [f"scene {k % 13}" for k in range(40)]
    order = draw.permutation(40)
    first = cluster_bootstrap(values, clusters)
    assert first == cluster_bootstrap(values[order], [clusters[k] for k in order])
    assert first != cluster_bootstrap(values, clusters, seed=1)


def test_too_few_scenes_have_no_interval():
    assert cluster_bootstrap([1.0, 2.0, 3.0] * 4, list("abcd") * 3) is None
    assert cluster_bootstrap([1.0, 2.0, 3.0] * 5, list("abcde") * 3) is not None
    assert cluster_bootstrap([], []) is None
