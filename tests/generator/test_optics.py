"""Lens and shutter in presets: what is refused, what is drawn, and that nothing else changes."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Catalogue, procedural
from viewlock.errors import ConfigError
from viewlock.generator.config import load_config
from viewlock.generator.dsia_spec import DsiaSpec
from viewlock.generator.plan import draw
from viewlock.geometry import rotation_from_quaternion, rotation_vector
from viewlock.lens import widest

BENT = {"distortion": {"k1": [-0.06, 0.04], "k2": [-0.005, 0.005]}}
SMALL = {"sequences": 2, "frames": 3}


def catalogue() -> Catalogue:
    return Catalogue(procedural())


def specs(preset: str, optics: dict, scene_id: int = 1, **overrides):
    """A scene without and with optics."""
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
        ("dsia", {"shake": {"speed_mps": [0, 1]}}, "unknown key 'optics.shake'; allowed here: distortion, f_number"),
        ("rigid", {"shake": {"speed_mps": [0, 1]}}, "unknown key 'optics.shake'; allowed here: distortion, f_number"),
        ("parallax", {"f_number": [1.4, 2]}, "nothing here moves to focus on; give focus_m"),
        ("parallax", {"shutter_s": [0.01, 1], "shake": {"speed_mps": [0, 2]}}, "only accept.clearance_m = 0.25 m are"),
        ("parallax", {"shake": {"turn_rate_degps": [-1, 2]}}, "optics.shake.turn_rate_degps"),
        ("planar-misaligned", {"rolling_shutter_s": [0.1, 0.2]}, "have no homography in common, which is the truth"),
        ("planar-aligned", {"rolling_shutter_s": [0.1, 0.2]}, "have no homography in common, which is the truth"),
        ("planar-aligned", {"shutter_s": [0.01, 0.02]}, "a camera that shakes is not aligned with the label"),
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


ALL = {**BENT, "f_number": [1.4, 8.0], "shutter_s": [0.004, 0.02]}
MOST = {
    "dsia": ALL | {"rolling_shutter_s": [0.01, 0.03]}, "rigid": ALL | {"rolling_shutter_s": [0.01, 0.03]},
    "parallax": ALL | {"focus_m": [2.0, 5.0], "rolling_shutter_s": [0.01, 0.03]}, "planar-misaligned": ALL,
}  # fmt: skip


@pytest.mark.parametrize("preset", MOST)
def test_specs_without_optics_do_not_mention_them(preset):
    plain, bent = specs(preset, MOST[preset])
    assert not {"optics", "lens", "distortion", "shutter"} & set(_keys(plain.model_dump(mode="json")))
    assert "distortion" in _keys(bent.model_dump(mode="json"))
    assert type(bent).model_validate_json(bent.model_dump_json()) == bent
    assert _stripped(bent.model_dump(mode="json")) == plain.model_dump(mode="json")


def _keys(value):
    if isinstance(value, dict):
        return [*value, *(k for v in value.values() for k in _keys(v))]
    return [k for v in value for k in _keys(v)] if isinstance(value, list) else []


def _stripped(value):
    if isinstance(value, dict):
        return {k: _stripped(v) for k, v in value.items() if k not in ("optics", "lens", "shutter")}
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


# ------------------------------------------------------------------ cameras of still scenes
def forward(camera):
    return rotation_from_quaternion(camera.quaternion)[:, 2]


def test_cameras_of_a_pair_take_equally_long_and_shake_each_on_its_own():
    shake = {"speed_mps": [0.05, 0.1], "turn_rate_degps": [2, 6]}
    _, spec = specs("parallax", MOST["parallax"] | {"shake": shake}, pairs=2)
    cameras = [camera for pair in spec.pairs for camera in pair.cameras]
    for camera in cameras:
        shutter = camera.shutter
        assert 0.004 <= shutter.shutter_s <= 0.02 and 0.01 <= shutter.rolling_shutter_s <= 0.03
        assert 0.05 <= np.linalg.norm(shutter.velocity) <= 0.1
        assert 2 <= np.degrees(np.linalg.norm(shutter.turning)) <= 6
        eye = camera.camera((96, 54))
        assert (eye.readout_s, eye.velocity) == (shutter.rolling_shutter_s, shutter.velocity) and eye.rolls
    for pair in spec.pairs:
        one, two = (camera.shutter for camera in pair.cameras)
        assert (one.shutter_s, one.rolling_shutter_s) == (two.shutter_s, two.rolling_shutter_s)
    assert len({camera.shutter.turning for camera in cameras}) == 4


def test_a_video_is_in_focus_on_its_object_and_moves_along_its_path():
    _, spec = specs("rigid", MOST["rigid"], frames=101, seconds=1.0)  # a hundredth of a second apart
    filmed = next(thing for thing in spec.things if thing.index == spec.object_index)
    eyes = np.array([frame.camera.position for frame in spec.frames])
    turns = [rotation_from_quaternion(frame.camera.quaternion) for frame in spec.frames]
    assert len({(f.camera.lens.distortion, f.camera.lens.f_number) for f in spec.frames}) == 1
    assert len({(f.camera.shutter.shutter_s, f.camera.shutter.rolling_shutter_s) for f in spec.frames}) == 1
    for k in range(1, 100, 14):
        camera = spec.frames[k].camera
        level = (np.array(filmed.motion.position) - eyes[k]) @ forward(camera)
        assert abs(camera.lens.focus_m - level) < 0.9  # its middle is higher than its base
        np.testing.assert_allclose(camera.shutter.velocity, (eyes[k + 1] - eyes[k - 1]) / 0.02, atol=0.02)
        turning = rotation_vector(turns[k + 1] @ turns[k - 1].T) / 0.02
        np.testing.assert_allclose(camera.shutter.turning, turning, atol=0.06)
        assert np.linalg.norm(camera.shutter.turning) > 0.02
    _, focused = specs("rigid", {"f_number": [2.0, 2.0], "focus_m": [1.0, 1.5]}, frames=2)
    assert 1 <= focused.frames[0].camera.lens.focus_m == focused.frames[1].camera.lens.focus_m <= 1.5


@pytest.mark.parametrize("preset", ["planar-aligned", "planar-misaligned"])
def test_views_are_in_focus_where_their_axis_meets_the_picture(preset):
    still = preset == "planar-aligned"
    ranges = {"f_number": [1.4, 8.0]} if still else MOST[preset]
    _, spec = specs(preset, ranges, views=4)
    for k, view in enumerate(spec.views):
        eye = view.eye
        assert 1.4 <= eye.lens.f_number <= 8
        met = np.array(eye.position) + eye.lens.focus_m * forward(eye)
        assert abs(met[1]) < 1e-9 and (np.abs(met[[0, 2]]) <= [spec.width_m / 2, spec.height_m / 2]).all()
        # The first view has the label's camera, which bends nothing and stands still.
        assert (eye.shutter is None) == (eye.lens.distortion == (0.0, 0.0)) == (still or k == 0)
        assert eye.shutter is None or (eye.shutter.rolling_shutter_s == 0 < np.linalg.norm(eye.shutter.turning))
    assert spec.label.lens is None and spec.label.shutter is None


def test_no_lens_of_a_preset_folds_its_corners():
    config = load_config("dsia", {"optics": BENT})
    corner = np.hypot(*config.size) / 2 / (18 / 36 * config.size[0])
    assert corner < 0.97 * widest((-0.06, -0.005))
