"""Metrics against closed forms and naive loops."""

import math

import numpy as np
import pytest

from viewlock.models.metrics import (
    PSNR_MOST,
    REGIONS,
    f1,
    mask_counts,
    psnr,
    region,
    region_masks,
    ssim,
    ssim_map,
)

H, W = 24, 30


def picture(seed, low=0, high=256):
    return np.random.default_rng(seed).integers(low, high, (H, W, 3), np.uint8)


@pytest.mark.parametrize("offset", [1, 5, 40])
def test_psnr_of_a_constant_offset(offset):
    one = picture(0, 0, 200)
    found = region(one, one + np.uint8(offset))
    assert psnr(found.mse) == pytest.approx(20 * math.log10(255 / offset), abs=1e-9)
    assert found.mae == offset
    assert found.pixels == H * W


def test_equal_pictures_have_the_most():
    assert psnr(region(picture(0), picture(0)).mse) == PSNR_MOST
    assert psnr(1.0) == 0


def test_a_region_counts_its_pixels_alone():
    one, two = picture(1), picture(2)
    mask = np.random.default_rng(3).random((H, W)) < 0.3
    found = region(one, two, mask)
    squares = [(float(one[y, x, c]) - two[y, x, c]) ** 2 for y, x in np.argwhere(mask) for c in range(3)]
    assert found.mse == pytest.approx(np.mean(squares) / 255**2)
    assert found.mae == pytest.approx(np.mean(np.sqrt(squares)))
    assert found.pixels == mask.sum()
    assert region(one, two, np.zeros((H, W), bool)).pixels == 0


def naive_ssim(one, two, y, x):
    """Of one window centred at (y, x), mean over channels."""
    axis = np.exp(-((np.arange(11) - 5.0) ** 2) / (2 * 1.5**2))
    window = np.outer(axis, axis) / axis.sum() ** 2
    values = []
    for channel in range(3):
        a, b = (p[y - 5 : y + 6, x - 5 : x + 6, channel] / 255.0 for p in (one, two))
        mean_a, mean_b = (window * a).sum(), (window * b).sum()
        var_a, var_b = (window * a * a).sum() - mean_a**2, (window * b * b).sum() - mean_b**2
        cov = (window * a * b).sum() - mean_a * mean_b
        c1, c2 = 0.01**2, 0.03**2
        values.append(
            (2 * mean_a * mean_b + c1) * (2 * cov + c2) / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))
        )
    return np.mean(values)


def test_ssim_against_its_formula():
    one = picture(4)
    two = (one * 0.6 + picture(5) * 0.4).astype(np.uint8)
    found = ssim_map(one, two)
    assert found.shape == (H - 10, W - 10)
    for y, x in [(5, 5), (5, W - 6), (H - 6, 5), (12, 17), (H - 6, W - 6)]:
        assert found[y - 5, x - 5] == pytest.approx(naive_ssim(one, two, y, x), abs=2e-4)
    assert ssim(one, two) == pytest.approx(found.mean())


def test_ssim_of_equal_pictures_is_one():
    assert ssim(picture(6), picture(6)) == pytest.approx(1, abs=1e-5)


def test_ssim_of_two_flat_pictures():
    one, two = (np.full((H, W, 3), level, np.uint8) for level in (100, 150))
    a, b = 100 / 255, 150 / 255
    assert ssim(one, two) == pytest.approx((2 * a * b + 1e-4) / (a * a + b * b + 1e-4), abs=1e-3)


def test_ssim_of_a_mask_is_the_mean_over_kept_centres():
    one, two = picture(7), picture(8)
    everything = np.ones((H, W), bool)
    assert ssim(one, two, everything) == pytest.approx(ssim(one, two))
    alone = np.zeros((H, W), bool)
    alone[9, 13] = True
    assert ssim(one, two, alone) == pytest.approx(float(ssim_map(one, two)[4, 8]))
    assert math.isnan(ssim(one, two, ~everything))


def test_masks_are_counted():
    truth = np.array([[True, True, False, False]])
    counts = mask_counts(np.array([[0.9, 0.5, 0.6, 0.1]]), truth)
    assert counts == {"tp": 1, "fp": 1, "fn": 1}
    precision, recall = 1 / 2, 1 / 2
    assert f1(**counts) == 2 * precision * recall / (precision + recall)
    assert f1(0, 0, 0) == 1
    assert f1(0, 3, 0) == 0


def test_regions_of_a_sample():
    draw = np.random.default_rng(9)
    sample = {name: draw.random((H, W)) < 0.4 for name in ("dynamic", "relit_1togt", "occluded_gtto2", "unreliable_gt")}
    masks = region_masks(sample)
    assert masks.keys() == REGIONS.keys()
    assert (masks["dynamic"] ^ masks["static"]).all()
    assert not (masks["relit"] & masks["dynamic"]).any()
    covered = masks["plain"] | masks["relit"] | masks["dynamic"] | masks["occluded"]
    assert covered.all()
    assert not (masks["plain"] & (masks["relit"] | masks["dynamic"] | masks["occluded"])).any()
