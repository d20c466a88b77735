"""Painters: repeatable, in range, seamless, varied and rich in contrast."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from viewlock.blender_scenes.textures import PAINTERS
from viewlock.blender_scenes.textures.base import noise, palette

PIXELS = 256
COLOURS = ((0.4, 0.16, 0.08), (0.55, 0.5, 0.4), (0.06, 0.15, 0.3), (0.2, 0.3, 0.1))
LOWEST_CONTRAST = 0.025
"""Least standard deviation of the luminance, and a fifth of it within the fine and the middle scales."""
NAMES = sorted(PAINTERS)


def _painted(name: str, count: int = 2, seed: int = 3):
    return PAINTERS[name](COLOURS[:count], seed, PIXELS)


@pytest.mark.parametrize("name", NAMES)
def test_shapes_and_range(name: str) -> None:
    painted = _painted(name)
    assert painted.colour.shape == (PIXELS, PIXELS, 3)
    assert painted.height.shape == painted.alpha.shape == (PIXELS, PIXELS)
    for image in (painted.colour, painted.height, painted.alpha):
        assert image.dtype == np.float32
        assert np.isfinite(image).all()
        assert image.min() >= 0 and image.max() <= 1
    assert painted.colour.max() <= 0.85 + 1e-6
    assert 0.04 < painted.colour.mean() < 0.65


@pytest.mark.parametrize("name", NAMES)
def test_repeatable_and_varied(name: str) -> None:
    first, again, other = _painted(name), _painted(name), _painted(name, seed=4)
    np.testing.assert_array_equal(first.colour, again.colour)
    np.testing.assert_array_equal(first.height, again.height)
    assert np.abs(first.colour - other.colour).mean() > 0.004


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("seed", [3, 4, 5])
@pytest.mark.parametrize("name", NAMES)
def test_tiles(name: str, seed: int, axis: int) -> None:
    luminance = _painted(name, seed=seed).colour.mean(axis=2)
    inside = np.abs(np.diff(luminance, axis=axis))
    seam = np.abs(np.take(luminance, 0, axis) - np.take(luminance, -1, axis))
    assert np.quantile(seam, 0.99) <= 3 * np.quantile(inside, 0.99)
    # A seam that stands out over its whole length shows in its mean.
    assert seam.mean() <= 3 * inside.mean(axis=1 - axis).max()


@pytest.mark.parametrize("name", NAMES)
def test_contrast_at_several_scales(name: str) -> None:
    luminance = _painted(name).colour.mean(axis=2)
    wrapped = np.tile(luminance, (3, 3))
    blurred = [cv2.GaussianBlur(wrapped, (0, 0), s)[PIXELS:-PIXELS, PIXELS:-PIXELS] for s in (2, 12)]
    assert luminance.std() > LOWEST_CONTRAST
    assert (luminance - blurred[0]).std() > LOWEST_CONTRAST / 5
    assert (blurred[0] - blurred[1]).std() > LOWEST_CONTRAST / 5


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("name", NAMES)
def test_any_number_of_colours(name: str, count: int) -> None:
    assert _painted(name, count).colour.std() > LOWEST_CONTRAST / 2


def test_leaves_have_holes() -> None:
    alpha = _painted("leaves").alpha
    assert 0.25 < (alpha > 0.5).mean() < 0.85


def test_palette_keeps_given_colours_and_makes_distinct_others() -> None:
    made = palette(COLOURS[:1], 4)
    np.testing.assert_allclose(made[0], COLOURS[0], rtol=1e-6)
    for a in range(4):
        for b in range(a):
            assert np.abs(made[a] - made[b]).max() > 0.03


def test_noise_is_centred_and_bounded() -> None:
    field = noise(np.random.default_rng(1), 128, (4, 8), 4)
    assert field.min() >= 0 and field.max() <= 1
    assert abs(field.mean() - 0.5) < 0.02 and 0.15 < field.std() < 0.22
