"""What a camera does to light, against closed forms: noise as strong as asked for and each picture's own, corners as
dark, brackets as bright; and nothing at all where nothing is asked for."""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import TypeAdapter

from viewlock.colour import linear_from_srgb, tone
from viewlock.degrade import NEUTRAL, Degradation, bracket, degrade, photograph, sensed, vignette


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


def test_going_through_linear_light_changes_no_stored_value():
    every = np.repeat(np.arange(256, dtype=np.uint8).reshape(16, 16, 1), 3, axis=2)
    np.testing.assert_array_equal(degrade(every, Degradation()), every)


# ------------------------------------------------------------------ the sensor
def flat(level: float, side: int = 300) -> np.ndarray:
    return np.full((side, side, 3), level, np.float32)


@pytest.mark.parametrize("read_noise_e", [0.0, 12.0])
@pytest.mark.parametrize("full_well_e", [400.0, 3000.0])
@pytest.mark.parametrize("level", [0.15, 0.5])
def test_sensor_noise_is_poissonian_and_gaussian(level, full_well_e, read_noise_e):
    """Mean v, variance v / full well + (read noise / full well)^2 + that of rounding to 12 bits."""
    found = sensed(flat(level), full_well_e, read_noise_e, seed=7).astype(float)
    variance = level / full_well_e + (read_noise_e / full_well_e) ** 2 + (1 / 4095) ** 2 / 12
    n = found.size
    assert abs(found.mean() - level) < 5 * np.sqrt(variance / n)
    # The standard error of a variance of almost normal values is sqrt(2 / n) of it.
    assert found.var() == pytest.approx(variance, rel=5 * np.sqrt(2 / n))


def test_shot_noise_grows_with_the_root_of_light():
    dim, bright = (sensed(flat(level), 2000.0, 0.0, 1).astype(float).std() for level in (0.08, 0.72))
    assert bright / dim == pytest.approx(3.0, rel=0.02)


def test_a_full_well_is_white_whatever_comes_on_top():
    for level in (1.5, 40.0, 1e20):
        assert (sensed(flat(level, 20), 500.0, 0.0, 1) == 1).all()
    read = sensed(flat(3.0, 100), 500.0, 10.0, 1)
    assert read.max() == 1 and (read == 1).mean() == pytest.approx(0.5, abs=0.02)


def test_no_light_gives_read_noise_that_is_cut_at_black():
    dark = sensed(flat(0.0), 500.0, 10.0, 1).astype(float)
    assert dark.min() == 0 and (dark == 0).mean() == pytest.approx(0.5, abs=0.02)
    assert dark.mean() == pytest.approx(10 / 500 / np.sqrt(2 * np.pi), rel=0.03)
    assert (sensed(flat(0.0, 20), 500.0, 0.0, 1) == 0).all()


def test_noise_is_made_in_linear_light_before_the_tone_curve():
    """Through the slope of the sRGB curve: noise of stored values is strongest in the shadows."""
    noisy = Degradation(full_well_e=4000.0, seed=3)
    for level in (0.02, 0.5):
        found = photograph(flat(level), 0.0, NEUTRAL, noisy).astype(float)
        slope = 255 * 1.055 / 2.4 * level ** (1 / 2.4 - 1)
        expected = np.hypot(slope * np.sqrt(level / 4000), 1 / np.sqrt(12))
        assert found.std() == pytest.approx(expected, rel=0.04)


def test_half_the_light_halves_the_electrons():
    """Exposure is light: two stops less are noisier, seen at the same brightness."""
    light = flat(0.8)
    bright, dark = (photograph(light, ev, NEUTRAL, Degradation(full_well_e=900.0, seed=1)) for ev in (0.0, -2.0))
    noise = [(linear_from_srgb(p).astype(float) * gain).std() for p, gain in ((bright, 1), (dark, 4))]
    assert noise[1] / noise[0] == pytest.approx(2.0, rel=0.1)


def test_sensor_noise_is_its_seed_s_own():
    one, again, two = (sensed(flat(0.4, 100), 1000.0, 5.0, seed).astype(float) - 0.4 for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 4 / np.sqrt(one.size)


# ------------------------------------------------------------------ exposure, white balance, vignetting
RAMP = np.random.default_rng(0).uniform(0, 0.6, (36, 64, 3)).astype(np.float32)


def test_exposure_and_white_balance_add_to_those_of_the_world():
    of = Degradation(exposure_ev=-0.5, white_balance=(1.2, 1.0, 0.8))
    found = photograph(RAMP, 0.75, (0.9, 1.0, 1.1), of)
    np.testing.assert_array_equal(found, tone(RAMP, 0.25, (0.9 * 1.2, 1.0, 1.1 * 0.8)))


@pytest.mark.parametrize("size", [(64, 36), (33, 65)])
@pytest.mark.parametrize("strength", [0.2, 0.7])
def test_vignetting_is_the_fourth_power_of_a_cosine(size, strength):
    width, height = size
    found = vignette(width, height, strength).astype(float)
    corners = found[[0, 0, -1, -1], [0, -1, 0, -1]]
    np.testing.assert_allclose(corners, 1 - strength, rtol=1e-6)
    np.testing.assert_array_equal(found, found[::-1, ::-1])
    # The angle whose cos^4 a corner keeps, and with it that of any pixel.
    tangent = np.tan(np.arccos((1 - strength) ** 0.25))
    x, y = 3, height - 5
    away = np.hypot(x - (width - 1) / 2, y - (height - 1) / 2) / np.hypot((width - 1) / 2, (height - 1) / 2)
    assert found[y, x] == pytest.approx(np.cos(np.arctan(away * tangent)) ** 4, rel=1e-6)
    if width % 2 and height % 2:
        assert found[height // 2, width // 2] == 1


def test_vignetting_darkens_light_before_it_is_clipped():
    found = photograph(flat(3.0, 41), 0.0, NEUTRAL, Degradation(vignetting=0.8))
    assert (found[20, 20] == 255).all() and (found[0, 0] == tone(flat(0.6, 1), 0.0)[0, 0]).all()


# ------------------------------------------------------------------ brackets
def test_brackets_are_exact_in_linear_light_and_clip_where_they_must():
    of = Degradation(exposure_ev=0.3)
    for n, ev in enumerate((-2.0, 0.0, 2.0)):
        taken = photograph(RAMP, 0.5, NEUTRAL, bracket(of, n, ev))
        np.testing.assert_array_equal(taken, tone(RAMP * np.float32(2.0 ** (0.8 + ev)), 0.0))
        back, light = linear_from_srgb(taken).astype(float), RAMP * 2.0 ** (0.8 + ev)
        # Half of the widest step that the curve makes of linear light.
        np.testing.assert_allclose(back[light < 1], light[light < 1], atol=0.5 * 2.4 / 1.055 / 255 + 1e-6)
        assert (back[light > 1] == 1).all()
    assert (RAMP * 2.0**2.8 > 1).mean() > 0.2 and not (RAMP * 2.0**-1.2 > 1).any()


def test_brackets_have_noise_of_their_own():
    of = Degradation(full_well_e=800.0, read_noise_e=4.0, seed=11)
    pictures = [photograph(flat(0.2, 100), 0.0, NEUTRAL, d) for d in (of, *(bracket(of, n, 0.0) for n in range(3)))]
    noise = np.stack([p.astype(float).ravel() - p.mean() for p in pictures])
    others = np.corrcoef(noise)[~np.eye(4, dtype=bool)]
    assert np.abs(others).max() < 5 / np.sqrt(noise.shape[1])
    assert bracket(of, 1, 2.0) == replace(of, exposure_ev=2.0, seed=bracket(of, 1, 2.0).seed)
    assert len({of.seed, *(bracket(of, n, 0.0).seed for n in range(10))}) == 11


# ------------------------------------------------------------------ as data
def test_what_is_not_asked_for_is_not_written():
    """A plan without these stages is what it was before there were any."""
    adapter = TypeAdapter(Degradation)
    assert adapter.dump_python(Degradation(4.0, 30, 5)) == {"noise_sigma": 4.0, "jpeg_quality": 30, "seed": 5}
    full = Degradation(4.0, 30, 5, -0.5, (1.1, 1.0, 0.9), 0.3, 2000.0, 3.0)
    assert len(adapter.dump_python(full)) == 8
    for of in (full, Degradation(seed=3)):
        assert adapter.validate_json(adapter.dump_json(of)) == of
