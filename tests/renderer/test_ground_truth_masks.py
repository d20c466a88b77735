"""Masks that come from pictures."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("bpy")

from viewlock.renderer.relighting import light_change_log, relit_mask


def grey(level=0.4):
    return np.full((60, 80, 3), level, np.float32)


def test_a_moving_thing_does_not_light_its_neighbours():
    one, gt = grey(), grey()
    one[20:40, 10:20] = gt[20:40, 30:40] = 0.02
    moved = (one != 0.4).any(axis=-1) | (gt != 0.4).any(axis=-1)
    assert not relit_mask(one, gt, ~moved, 1.15).any()


def test_light_that_changes_on_half_the_picture():
    one, gt = grey(), grey()
    gt[:, 40:] *= 1.3
    found = relit_mask(one, gt, np.ones((60, 80), bool), 1.15)
    assert found[:, 42:].all() and not found[:, :38].any()


def test_a_darker_light_counts_as_well_and_moving_pixels_never():
    one, gt = grey(), grey(0.2)
    static = np.ones((60, 80), bool)
    static[:10] = False
    found = relit_mask(one, gt, static, 1.15)
    assert found[10:].all() and not found[:10].any()


def test_noise_under_the_ratio_is_not_light():
    rng = np.random.default_rng(0)
    one, gt = (grey() * rng.uniform(0.8, 1.2, (60, 80, 1)).astype(np.float32) for _ in range(2))
    assert relit_mask(one, gt, np.ones((60, 80), bool), 1.2).mean() < 0.02


def test_the_measured_change_of_light_is_the_median_ratio_on_static_pixels():
    one, gt = grey(), grey()
    gt[:, :60] *= 1.5
    one[:20] = 0.01
    static = np.ones((60, 80), bool)
    static[:20] = False
    assert light_change_log(one, gt, static) == pytest.approx(np.log(1.5), abs=1e-5)
    assert light_change_log(gt, one, static) == pytest.approx(np.log(1.5), abs=1e-5)
    assert light_change_log(one, one, static) == 0
    assert light_change_log(one, gt, ~np.ones((60, 80), bool)) == 0
