"""The one tone function: exposure, white balance, clip and curve."""

import numpy as np
import pytest

from viewlock.colour import linear_from_srgb, srgb_from_linear, tone

LINEAR = np.random.default_rng(0).uniform(0, 0.7, (20, 30, 3)).astype(np.float32)


def test_gains_of_one_leave_pixels_alone():
    np.testing.assert_array_equal(tone(LINEAR, 0.4, (1.0, 1.0, 1.0)), tone(LINEAR, 0.4))


def test_gains_act_on_linear_light_before_it_is_clipped():
    doubled = LINEAR * np.float32([2, 1, 1])
    assert (doubled[..., 0] > 1).any()
    found = tone(LINEAR, 0.0, (2.0, 1.0, 1.0))
    np.testing.assert_array_equal(found, tone(doubled, 0.0))
    np.testing.assert_array_equal(found[..., 0], np.rint(255 * srgb_from_linear(np.clip(2 * LINEAR[..., 0], 0, 1))))
    assert (found[..., 0][doubled[..., 0] > 1] == 255).all()
    np.testing.assert_array_equal(found[..., 1:], tone(LINEAR, 0.0)[..., 1:])


@pytest.mark.parametrize(("linear", "stored"), [(0.0, 0), (0.0031308, 10), (0.2, 124), (1.0, 255), (7.0, 255)])
def test_the_curve_is_srgb(linear, stored):
    assert (tone(np.full((1, 1, 3), linear, np.float32), 0.0) == stored).all()


def test_one_stop_is_a_factor_of_two():
    np.testing.assert_array_equal(tone(LINEAR, 1.0), tone(2 * LINEAR, 0.0))


def test_stored_values_come_back_from_their_linear_ones():
    stored = np.arange(256, dtype=np.uint8)
    np.testing.assert_array_equal(tone(np.repeat(linear_from_srgb(stored)[:, None], 3, axis=1), 0.0)[:, 1], stored)
