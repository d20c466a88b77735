"""What is stored of linear pictures: by itself, and of rendered scenes of every kind with everything switched on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from viewlock.assets_manifest.catalogue import Catalogue, procedural
from viewlock.colour import exposed, srgb_from_linear, tone
from viewlock.degrade import NEUTRAL, Degradation, photograph
from viewlock.exporters.checks import general_faults
from viewlock.exporters.fields import decode_member, encode_sample
from viewlock.exporters.kinds import SHOWN
from viewlock.exporters.photographs import LABELS, exposure_of, stored_beside
from viewlock.generator.config import load_config, to_plain
from viewlock.generator.plan import draw
from viewlock.renderer.photography import Shot, develop, nth, recorded
from viewlock.renderer.sample import beside
from viewlock.renderer.scene import make_scene

READ = TypeAdapter(Degradation).validate_python
CATALOGUE = Catalogue(procedural())
BRACKETS = [-2, 0, 2]
ON = {
    "degrade.share": {"both": 1}, "degrade.noise_sigma": [1, 1], "degrade.jpeg_quality": [97, 97],
    "degrade.exposure.share": 1.0, "degrade.white_balance.share": 1.0, "degrade.vignetting.share": 1.0,
    "degrade.sensor.share": 1.0, "degrade.sensor.full_well_e": [300, 400], "degrade.keep_clean": True,
    "degrade.brackets_ev": BRACKETS, "encoding.linear": "exr",
}  # fmt: skip
CHEAP = {"render.samples": 1, "render.denoise": False, "render.light_tree": False, "render.bounces": 1}
KINDS: dict[str, dict[str, Any]] = {
    "dsia": {"size": [64, 36], "sequences": 1, "frames": 2, "indoor": 1.0, "people": [1, 1], "objects": [1, 2],
             "moving_objects": [1, 1], "occluders": [0, 0], "light.moods": ["daylight"]},
    "parallax": {"size": [64, 36], "pairs": 1, "indoor": 1.0, "people": [0, 0], "objects": [2, 3], "near": [1, 1]},
    "rigid": {"size": [36, 36], "frames": 1, "indoor": 1.0, "objects": [0, 0], "accept.visible": 0.0},
    "planar-misaligned": {"size": [48, 48], "views": 2},
}  # fmt: skip


# ------------------------------------------------------------------ developing
LINEAR = np.random.default_rng(0).uniform(0, 0.9, (36, 64, 3)).astype(np.float32)
NOISY = Degradation(seed=5, exposure_ev=0.25, full_well_e=500.0, read_noise_e=3.0)


def test_without_the_section_a_picture_is_its_tone_and_nothing_is_recorded():
    config = load_config("dsia")
    shots = [Shot("i1", LINEAR, 0.5, (1.1, 1.0, 0.9), nth((), 0)), Shot("igt", LINEAR, -0.5)]
    fields, taken = develop(shots, config)
    assert fields.keys() == {"i1", "igt"} and recorded(taken, config) == {}
    np.testing.assert_array_equal(fields["i1"], tone(LINEAR, 0.5, (1.1, 1.0, 0.9)))
    np.testing.assert_array_equal(fields["igt"], tone(LINEAR, -0.5))


def test_all_that_is_stored_of_a_picture_and_of_a_label():
    config = load_config("planar-aligned", ON)
    fields, taken = develop([Shot("label", LINEAR, 0.0), Shot("03", LINEAR, 1.0, degradation=NOISY)], config)
    beside_03 = {"03", "clean_03", "linear_03", "bracket0_03", "bracket1_03", "bracket2_03"}
    assert fields.keys() == {"label", "label_linear"} | beside_03
    assert taken.keys() == {"03", "bracket0_03", "bracket1_03", "bracket2_03"}
    np.testing.assert_array_equal(fields["clean_03"], tone(LINEAR, 1.0))
    for name, degradation in taken.items():
        np.testing.assert_array_equal(fields[name], photograph(LINEAR, 1.0, NEUTRAL, degradation))
    assert [taken[f"bracket{n}_03"].exposure_ev for n in range(3)] == [-1.75, 0.25, 2.25]
    said = recorded(taken, config)
    assert said["brackets_ev"] == BRACKETS and READ(said["degradations"]["03"]) == taken["03"]


def test_the_same_shot_gives_the_same_bytes():
    config = load_config("parallax", ON)
    one, two = (encode_sample("k", develop([Shot("i1", LINEAR, 0.0, degradation=NOISY)], config)[0]) for _ in "ab")
    assert one == two and len(one) == 6


# ------------------------------------------------------------------ rendered
def rendered(preset: str, overrides: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Configuration, and the first sample as a reader gets it."""
    config = load_config(preset, CHEAP | KINDS[preset] | overrides)
    sample = make_scene(draw(config, CATALOGUE, 0), config, CATALOGUE).samples[0]
    members = encode_sample(sample.key, sample.fields)
    return config, {"key": sample.key} | dict(decode_member(name, data)[1:] for name, data in members.items())


@pytest.mark.render
@pytest.mark.parametrize("preset", KINDS)
def test_every_kind_with_everything_on(preset):
    config, sample = rendered(preset, ON)
    meta, plain = sample["meta"], to_plain(config)
    assert list(general_faults(sample)) + list(SHOWN[config.kind].faults(sample, plain)) == []
    pictures = SHOWN[config.kind].pictures(plain)
    more, linear = stored_beside(pictures, plain)
    assert {*pictures, *more, *linear} <= sample.keys()
    grain = {}
    for name in pictures:
        exposure, linear = exposure_of(meta, name), sample[beside(name, "linear")]
        clean = sample[name] if name in LABELS else sample[beside(name, "clean")]
        exact = 255 * srgb_from_linear(exposed(linear, *exposure)).astype(float)
        assert np.abs(exact - clean).max() < 0.5 + 0.1  # half floats and the digits of meta
        if name in LABELS:
            assert name not in meta["degradations"]
            continue
        for field in (name, *(beside(name, f"bracket{n}") for n in range(3))):
            said = meta["degradations"][field] | {"full_well_e": None, "noise_sigma": 0}
            smooth = photograph(linear, *exposure, Degradation(**said))
            lit = (smooth > 60) & (smooth < 200)
            grain[field] = np.where(lit, sample[field].astype(float) - smooth, 0)
            assert lit.mean() < 0.02 or grain[field][lit].std() > 3
        means = [sample[beside(name, f"bracket{n}")].mean() for n in range(3)]
        assert means[0] < means[1] < means[2]
    seen = [g.ravel() for g in grain.values() if g.std() > 1]
    shared = np.corrcoef(seen)[~np.eye(len(seen), dtype=bool)]
    assert len(seen) >= 4 and np.abs(shared).max() < 0.2, shared  # the same noise twice would give 0.5 and more


@pytest.mark.render
def test_switching_it_on_changes_nothing_but_the_pictures_of_cameras():
    (_, plain), (_, on) = (rendered("planar-misaligned", overrides) for overrides in ({}, ON))
    for name, value in plain.items():
        if isinstance(value, np.ndarray):
            np.testing.assert_array_equal(on[beside(name, "clean") if name.isdigit() else name], value)
    assert (on["00"] != plain["00"]).mean() > 0.5
    more = {name for name in on["meta"] if on["meta"][name] != plain["meta"].get(name)}
    assert more == {"degradations", "brackets_ev", "spec_sha256"} and plain["meta"].keys() < on["meta"].keys()
