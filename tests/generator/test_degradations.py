"""Degradations in plans: stated shares and levels, what a camera's pictures share, and no trace where they are off."""

import json

import numpy as np
import pytest

from viewlock.degrade import NEUTRAL
from viewlock.errors import ConfigError
from viewlock.generator.config import load_config
from viewlock.generator.degradations import DegradationRanges, draw_degradations
from viewlock.generator.plan import draw, load_catalogue

RANGES = {
    "share": {"none": 1, "jpeg": 1},
    "noise_sigma": (1.0, 2.0),
    "jpeg_quality": (30, 90),
    "exposure": {"share": 0.5, "ev": (-1.0, 0.5)},
    "white_balance": {"share": 0.4, "ev": (-0.3, 0.2)},
    "vignetting": {"share": 0.25, "strength": (0.2, 0.6)},
    "sensor": {"share": 0.75, "full_well_e": (400.0, 40000.0), "read_noise_e": (2.0, 9.0)},
}
ON = {"degrade.exposure.share": 1.0, "degrade.white_balance.share": 1.0, "degrade.vignetting.share": 1.0,
      "degrade.sensor.share": 1.0, "degrade.share": {"jpeg": 1}}  # fmt: skip


def ranges(**changes) -> DegradationRanges:
    return DegradationRanges.model_validate_json(json.dumps(RANGES | changes))


@pytest.fixture(scope="module")
def drawn():
    rng = np.random.default_rng(0)
    return [draw_degradations(ranges(), rng, 3) for _ in range(1500)]


def test_shares_and_levels_are_the_stated_ones(drawn):
    each = [d for camera in drawn for d in camera]
    exposure = np.array([d.exposure_ev for d in each])
    red, green, blue = np.array([d.white_balance for d in each]).T
    vignetting = np.array([camera[0].vignetting for camera in drawn])
    full_well = [camera[0].full_well_e for camera in drawn]
    noisy = np.array([w for w in full_well if w is not None])
    jpeg = np.array([camera[0].jpeg_quality is not None for camera in drawn])
    shares = [(exposure != 0).mean(), (red != 1).mean(), (vignetting > 0).mean(), len(noisy) / len(drawn), jpeg.mean()]
    np.testing.assert_allclose(shares, [0.5, 0.4, 0.25, 0.75, 0.5], atol=0.05)
    found = exposure[exposure != 0]
    assert -1 <= found.min() < -0.98 and 0.48 < found.max() <= 0.5 and found.mean() == pytest.approx(-0.25, abs=0.04)
    assert (green == 1).all() and abs(np.corrcoef(red[red != 1], blue[red != 1])[0, 1]) < 0.1
    for gains in (red, blue):
        assert -0.301 < np.log2(gains).min() < -0.29 and 0.19 < np.log2(gains).max() < 0.201
    assert 0.2 <= vignetting[vignetting > 0].min() < 0.22 and 0.58 < vignetting.max() <= 0.6
    assert np.median(np.log(noisy)) == pytest.approx(np.log(4000), abs=0.3)  # evenly in the logarithm


def test_pictures_of_a_camera_share_its_lens_sensor_and_files_and_nothing_else(drawn):
    for camera in drawn:
        assert len({(d.vignetting, d.full_well_e, d.read_noise_e, d.jpeg_quality, d.noise_sigma) for d in camera}) == 1
        assert len({d.seed for d in camera}) == 3
    assert any(len({d.exposure_ev for d in camera}) == 3 for camera in drawn)
    assert any(len({d.white_balance for d in camera}) == 3 for camera in drawn)


def test_one_stage_more_does_not_change_the_others():
    plain, more = (draw_degradations(r, np.random.default_rng(4), 2) for r in (ranges(vignetting=None), ranges()))
    for a, b in zip(plain, more, strict=True):
        assert (a.seed, a.exposure_ev, a.white_balance, a.full_well_e, a.jpeg_quality) == (
            b.seed, b.exposure_ev, b.white_balance, b.full_well_e, b.jpeg_quality)  # fmt: skip


def test_rigid_draws_are_what_they_were():
    """The numbers are from before there were more stages."""
    config, rng = load_config("rigid"), np.random.default_rng(6)
    found = [d for _ in range(4) for d in draw_degradations(config.degrade, rng)]
    assert [(d.noise_sigma, d.jpeg_quality, d.seed) for d in found] == [
        (11.209, None, 1412471218), (11.209, None, 792565861), (0.0, None, 1622851428), (0.0, None, 1448099613),
        (0.0, None, 111087679), (0.0, None, 1902530058), (24.554, 50, 1775975473), (24.554, 50, 1648304178),
    ]  # fmt: skip
    assert all((d.exposure_ev, d.white_balance, d.vignetting, d.full_well_e) == (0, NEUTRAL, 0, None) for d in found)


def spec_of(preset: str, overrides: dict):
    config = load_config(preset, {"scenes": 1, **overrides})
    return draw(config, load_catalogue(config), 0)


def in_spec(spec) -> list:
    """The degradations of each camera."""
    if spec.kind == "planar":
        return [view.degradations for view in spec.views]
    cameras = {"dsia": "sequences", "parallax": "pairs", "rigid": "frames"}[spec.kind]
    return [part.degradations for part in getattr(spec, cameras)]


SMALL = {"dsia": {"sequences": 1, "frames": 3}, "parallax": {"pairs": 1}, "rigid": {"frames": 2},
         "planar-misaligned": {"views": 3}}  # fmt: skip


@pytest.mark.parametrize("preset", SMALL)
def test_every_kind_draws_them_and_nothing_else_changes(preset):
    plain, degraded = spec_of(preset, SMALL[preset]), spec_of(preset, SMALL[preset] | ON)
    cameras = in_spec(degraded)
    every = [d for camera in cameras for d in camera]
    assert len({d.seed for d in every}) == len(every) == {"dsia": 3, "parallax": 2, "rigid": 4}.get(plain.kind, 3)
    assert all(d.exposure_ev and d.vignetting and d.full_well_e and d.jpeg_quality for d in every)
    assert type(degraded).model_validate_json(degraded.model_dump_json()) == degraded
    without = [json.loads(spec.model_dump_json()) for spec in (plain, degraded)]
    for one in without:
        for part in one.get("sequences") or one.get("pairs") or one.get("frames") or one["views"]:
            part.pop("degradations", None)
    assert without[0] == without[1]


@pytest.mark.parametrize("preset", ["dsia", "parallax", "planar-misaligned"])
def test_the_presets_leave_no_trace_in_plans(preset):
    spec = spec_of(preset, SMALL[preset] | {"degrade.keep_clean": True, "degrade.brackets_ev": [-1, 1]})
    assert "degrad" not in spec.model_dump_json()
    assert in_spec(spec) == [()] * len(in_spec(spec))


@pytest.mark.parametrize("preset", ["dsia", "parallax", "rigid", "planar-aligned"])
@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("degrade.noise", 3, "unknown key 'degrade.noise'"),
        ("degrade.sensor.iso", 3, "unknown key 'degrade.sensor.iso'; allowed here: share, full_well_e, read_noise_e"),
        ("degrade.share", {"none": 0}, "at least one weight of share must be positive"),
        ("degrade.share", {"noise": -1}, "degrade.share.noise: expected greater than or equal to 0"),
        ("degrade.jpeg_quality", [0, 50], "degrade.jpeg_quality: expected greater than or equal to 1"),
        ("degrade.jpeg_quality", [90, 40], "degrade.jpeg_quality: a range needs its lower end first"),
        ("degrade.exposure.ev", [1, -1], "degrade.exposure.ev: a range needs its lower end first"),
        ("degrade.exposure.share", 1.5, "degrade.exposure.share: expected less than or equal to 1"),
        ("degrade.exposure.ev", [-20, 0], "degrade.exposure.ev: expected greater than or equal to -10"),
        ("degrade.vignetting.strength", [0.2, 1.0], "degrade.vignetting.strength: expected less than or equal to 0.95"),
        ("degrade.sensor.read_noise_e", [-1, 2], "degrade.sensor.read_noise_e: expected greater than or equal to 0"),
        ("degrade.sensor.full_well_e", [0, 9], "degrade.sensor.full_well_e: expected greater than 0"),
        ("degrade.brackets_ev", [-2, 0, -2], "brackets_ev: expected different stops, got [-2.0, 0.0, -2.0]"),
        ("degrade.brackets_ev", list(range(-5, 6)), "degrade.brackets_ev: expected 10 values"),
        ("degrade.brackets_ev", 2, "degrade.brackets_ev: expected a list"),
        ("degrade.keep_clean", "yes", "degrade.keep_clean: expected a valid boolean"),
        ("encoding.linear", "hdr", "encoding.linear: expected 'exr', got \"hdr\""),
    ],
)
def test_mistakes_in_a_preset(preset, key, value, words):
    with pytest.raises(ConfigError) as error:
        load_config(preset, {key: value})
    assert words in str(error.value) and "\n" not in str(error.value)
