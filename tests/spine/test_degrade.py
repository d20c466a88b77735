"""Noise and JPEG: as strong as asked for, and each picture's own."""

import numpy as np
import pytest

from viewlock.degrade import Degradation, degrade


def picture() -> np.ndarray:
    y, x = np.mgrid[:96, :96]
    return np.stack([70 + x, 60 + y, 180 - x], axis=-1).astype(np.uint8)


def residual(of: Degradation) -> np.ndarray:
    return degrade(picture(), of).astype(float) - picture()


@pytest.mark.parametrize("sigma", [2.0, 8.0])
def test_noise_has_the_stated_strength_and_no_bias(sigma):
    found = residual(Degradation(noise_sigma=sigma, seed=5))
    assert found.std() == pytest.approx(np.hypot(sigma, 1 / np.sqrt(12)), rel=0.02)
    assert abs(found.mean()) < 4 * sigma / np.sqrt(found.size)


def test_seeds_are_independent_and_repeat():
    one, again, two = (residual(Degradation(8.0, seed=seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 4 / np.sqrt(one.size)


def test_jpeg_spoils_more_at_lower_quality():
    errors = [np.abs(residual(Degradation(jpeg_quality=q))).mean() for q in (95, 50, 10)]
    assert 0 < errors[0] < errors[1] < errors[2] < 20


def test_noise_comes_before_jpeg():
    """JPEG at a low quality smooths noise away; noise after it would stay."""
    both = residual(Degradation(20.0, 10, seed=3))
    noise = residual(Degradation(20.0, seed=3))
    assert np.abs(np.diff(both, axis=1)).mean() < 0.7 * np.abs(np.diff(noise, axis=1)).mean()


def test_nothing_asked_changes_nothing():
    np.testing.assert_array_equal(degrade(picture(), Degradation()), picture())
