"""Lens and shutter in presets: what is refused, what is drawn, and that nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Catalogue, procedural
from viewlock.errors import ConfigError
from viewlock.generator.config import load_config
from viewlock.generator.dsia_spec import DsiaSpec
from viewlock.generator.plan import draw
from viewlock.lens import widest

BENT = {"distortion": {"k1": [-0.06, 0.04], "k2": [-0.005, 0.005]}}
SMALL = {"sequences": 2, "frames": 3}


def catalogue() -> Catalogue:
    return Catalogue(procedural())


def specs(preset: str, optics: dict, scene_id: int = 1, **overrides):
    """A scene with and without optics."""
    found = [load_config(preset, overrides | extra) for extra in ({}, {"optics": optics})]
    return [draw(config, catalogue(), scene_id, 0) for config in found]


@pytest.mark.parametrize(
    ("preset", "optics", "says"),
    [
        (
            "dsia",
            {"distortion": {"k1": [-0.4, 0.0]}},
            "k1 = -0.4 with k2 = 0 folds the corners of the picture at 18 mm",
        ),
        ("dsia", {"distortion": {"k1": [0.1, -0.1]}}, "lower end first"),
        ("dsia", {"distortion": {"p1": [0.0, 0.1]}}, "unknown key 'optics.distortion.p1'; allowed here: k1, k2"),
        ("dsia", {"focus_m": [1, 2]}, "optics: focus_m: to a pinhole everything is sharp; give f_number"),
        ("dsia", {"shutter_s": [0.0, 0.1]}, "greater than 0"),
        ("parallax", {"shutter_s": [0.01, 0.1]}, "unknown key 'optics.shutter_s'; allowed here: distortion, f_number"),
        ("parallax", {"f_number": [1.4, 2]}, "nothing here moves to focus on; give focus_m"),
        ("rigid", {"f_number": [1.4, 2]}, "unknown key 'optics.f_number'; allowed here: distortion"),
        ("planar-misaligned", {"rolling_shutter_s": [0.1, 0.2]}, "unknown key 'optics.rolling_shutter_s'"),
        ("planar-aligned", BENT, "aligned views have the label's lens"),
    ],
)
def test_what_cannot_be_had_is_refused_in_one_line(preset, optics, says):
    with pytest.raises(ConfigError) as refusal:
        load_config(preset, {"optics": optics})
    assert says in str(refusal.value) and "\n" not in str(refusal.value)


@pytest.mark.parametrize("optics", [BENT, {"f_number": [2.0, 4.0]}])
def test_devices_that_cannot_draw_lenses_are_refused(optics):
    load_config("dsia", {"optics": optics, "render.device": "optix"})
    with pytest.raises(ConfigError, match="Cycles draws lenses on cpu and optix only; got device cuda"):
        load_config("dsia", {"optics": optics, "render.device": "cuda"})
    load_config("dsia", {"optics": {"shutter_s": [0.01, 0.02]}, "render.device": "cuda"})


@pytest.mark.parametrize("preset", ["dsia", "parallax", "rigid", "planar-misaligned"])
def test_specs_without_optics_do_not_mention_them(preset):
    plain, bent = specs(preset, BENT)
    assert not {"optics", "lens", "distortion"} & set(_keys(plain.model_dump(mode="json")))
    assert "distortion" in _keys(bent.model_dump(mode="json"))
    assert type(bent).model_validate_json(bent.model_dump_json()) == bent
    assert _stripped(bent.model_dump(mode="json")) == plain.model_dump(mode="json")


def _keys(value):
    if isinstance(value, dict):
        return [*value, *(k for v in value.values() for k in _keys(v))]
    return [k for v in value for k in _keys(v)] if isinstance(value, list) else []


def _stripped(value):
    if isinstance(value, dict):
        return {k: _stripped(v) for k, v in value.items() if k not in ("optics", "lens", "distortion")}
    return [_stripped(v) for v in value] if isinstance(value, list) else value


def test_every_option_of_a_triple_is_drawn_within_its_range():
    ranges = {**BENT, "f_number": [1.4, 8.0], "focus_m": [2.0, 5.0], "shutter_s": [0.004, 0.02],
              "rolling_shutter_s": [0.01, 0.03]}  # fmt: skip
    _, spec = specs("dsia", ranges, **SMALL)
    assert isinstance(spec, DsiaSpec)
    drawn = [s.optics for s in spec.sequences]
    assert len({o.distortion for o in drawn}) == len(drawn)  # each camera has its own lens
    for optics in drawn:
        assert -0.06 <= optics.distortion[0] <= 0.04 and -0.005 <= optics.distortion[1] <= 0.005
        assert 1.4 <= optics.f_number <= 8 and len(optics.focus_m) == 3 and 2 <= optics.focus_m[0] <= 5
        assert 0.004 <= optics.shutter_s <= 0.02 and 0.01 <= optics.rolling_shutter_s <= 0.03
    assert len(spec.readouts) == len({t for s in spec.sequences for t in s.frame_times_s})


def test_options_do_not_move_each_other():
    _, alone = specs("dsia", {"shutter_s": [0.004, 0.02]}, **SMALL)
    _, beside = specs("dsia", {"shutter_s": [0.004, 0.02], **BENT}, **SMALL)
    for one, other in zip(alone.sequences, beside.sequences, strict=True):
        assert one.optics.shutter_s == other.optics.shutter_s and one.optics.distortion == (0.0, 0.0)
        assert not one.optics.focus_m and one.optics.rolling_shutter_s == 0


def test_the_focus_is_on_what_moves():
    """Somewhere at the depth of a person or a moving thing, in every frame."""
    _, spec = specs("dsia", {"f_number": [1.4, 2.0]}, scene_id=2, people=[1, 1], moving_objects=[0, 0], **SMALL)
    for sequence in spec.sequences:
        for time_s, focus_m in zip(sequence.frame_times_s, sequence.optics.focus_m, strict=True):
            pose = sequence.trajectory.cam_to_world(time_s)
            root = np.array([*_root(spec.people[0], time_s), 1.0])
            assert abs((root - pose[:3, 3]) @ pose[:3, 2] - focus_m) < 0.6


def _root(person, time_s):
    from viewlock.generator.motions import root_xy

    return root_xy(person.motion, time_s)


def test_no_lens_of_a_preset_folds_its_corners():
    config = load_config("dsia", {"optics": BENT})
    corner = np.hypot(*config.size) / 2 / (18 / 36 * config.size[0])
    assert corner < 0.97 * widest((-0.06, -0.005))
