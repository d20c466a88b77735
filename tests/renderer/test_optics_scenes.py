"""Scenes of presets with lenses and shutters: metadata says enough to check the truth from the outside."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Catalogue, procedural
from viewlock.exporters.pair_checks import pair_faults
from viewlock.exporters.sequence_checks import sequence_faults
from viewlock.exporters.triple_checks import triple_faults
from viewlock.exporters.turned_checks import turned_faults
from viewlock.generator.config import load_config
from viewlock.generator.plan import draw
from viewlock.generator.planar import label_homography
from viewlock.geometry import Camera, apply_homography, pixel_grid

bpy = pytest.importorskip("bpy")

from viewlock.renderer.scene import make_scene  # noqa: E402

pytestmark = pytest.mark.render

ALL = {
    "distortion": {"k1": [-0.06, -0.05]},
    "f_number": [1.2, 1.4],
    "focus_m": [1.0, 1.2],
    "shutter_s": [0.03, 0.04],
    "rolling_shutter_s": [0.03, 0.04],
}


def made(preset: str, **overrides):
    config = load_config(preset, {"size": [128, 72], "render.samples": 3, **overrides})
    catalogue = Catalogue(a for a in procedural() if a.kind != "place" or a.id == "place/room")
    return config, make_scene(draw(config, catalogue, 0, 0), config, catalogue)


@pytest.fixture(scope="module")
def triple():
    few = {"sequences": 1, "frames": 2, "people": [1, 1], "objects": [1, 3], "moving_objects": [1, 1]}
    config, scene = made("dsia", optics=ALL, indoor=1.0, **few, **{"fields.depth": True, "encoding.flow": "npz"})
    return config, scene.samples[0]


def test_truth_of_a_triple_agrees_with_its_metadata(triple):
    config, sample = triple
    fields, meta = sample.fields, sample.fields["meta"]
    assert meta["distortion_1"] == meta["distortion_2"] and len(meta["distortion_1"]) == 4
    assert meta["distortion_1"][2:] == [0.0, 0.0] and meta["aperture"] >= 1.2 and len(meta["focus_m"]) == 2
    assert min(meta["shutter_s"], meta["rolling_shutter_s"]) >= 0.03
    assert np.linalg.norm(meta["camera_velocity_1"]) > 0
    assert list(triple_faults(fields, config.model_dump(mode="json"))) == []
    still = ~fields["dynamic_1"]
    assert np.abs(fields["flow_1togt"].flow[still]).max() < 1e-4


@pytest.mark.parametrize("change", [{"distortion_2": [0.0] * 4}, {"rolling_shutter_s": 0.0}])
def test_metadata_that_tells_of_another_lens_or_shutter_is_found_out(triple, change):
    _, sample = triple
    fields = sample.fields | {"meta": sample.fields["meta"] | change}
    assert [fault for fault in triple_faults(fields, None) if fault.startswith("flow_gtto2")]


def test_igt_is_sharp_and_i1_is_not(triple):
    _, sample = triple
    detail = {name: np.abs(np.diff(sample.fields[name].astype(float), axis=1)).mean() for name in ("i1", "igt")}
    print(detail)
    assert detail["igt"] > 1.1 * detail["i1"]


def test_flow_of_a_pair_follows_from_depth_and_both_lenses():
    lens = {"distortion": {"k1": [-0.08, 0.1]}, "f_number": [2.0, 4.0], "focus_m": [2.0, 3.0]}
    shutter = {"shutter_s": [0.01, 0.02], "rolling_shutter_s": [0.04, 0.05], "shake": {"turn_rate_degps": [20, 40]}}
    config, scene = made("parallax", optics=lens | shutter, pairs=1, indoor=1.0, **{"fields.depth": True})
    fields = scene.samples[0].fields
    meta, size = fields["meta"], (128, 72)
    assert meta["distortion_1"] != meta["distortion_2"] and min(meta["aperture"]) >= 2 and max(meta["focus_m"]) <= 3
    one, two = (
        Camera(*size, np.array(meta[f"K_{n}"]), np.array(meta[f"cam_to_world_{n}"]), tuple(meta[f"distortion_{n}"][:2]),
               meta["rolling_shutter_s"], tuple(meta[f"camera_velocity_{n}"]), tuple(meta[f"camera_turning_{n}"]))
        for n in "12"
    )  # fmt: skip
    origins, directions = one.rays(pixel_grid(*size))
    depth = fields["depth_1"].ravel()[:, None]
    expected = two.project(origins + directions * depth)[0] - pixel_grid(*size)
    flow = fields["flow_1to2"]
    seen = np.isfinite(depth[:, 0]) & flow.valid.ravel()
    assert seen.mean() > 0.5
    np.testing.assert_allclose(flow.flow.reshape(-1, 2)[seen], expected[seen], atol=2e-3)
    assert list(pair_faults(fields, config.model_dump(mode="json"))) == []
    for change in ({"distortion_1": [0.0] * 4}, {"camera_turning_2": [0.0] * 3}, {"rolling_shutter_s": 0.0}):
        other = fields | {"meta": meta | change}
        assert [fault for fault in pair_faults(other) if fault.startswith("flow_1to2: does not agree")], change
    assert meta["camera_turning_1"] != meta["camera_turning_2"] and 0.01 <= meta["shutter_s"] <= 0.02


def test_masks_of_a_bent_view_of_a_picture_are_those_of_its_rays():
    few = {"views": 2, "occluders.visible": [0, 0], "occluders.shadow_only": [0, 0], "paintings.frame": 0.0}
    _, scene = made("planar-misaligned", optics={"distortion": {"k1": [-0.05, -0.05]}}, **few)
    spec, fields = scene.spec, scene.samples[0].fields
    meta, (width, height) = fields["meta"], spec.size
    assert meta["distortion"] == [[0.0] * 4, [-0.05, 0.0, 0.0, 0.0]] and meta["aperture"] == [None] * 2
    eye = spec.views[1].eye.camera(spec.size)
    origins, directions = eye.rays(pixel_grid(width, height))
    at = origins - directions * (origins[:, 1:2] / directions[:, 1:2])
    inside = (np.abs(at[:, [0, 2]]) <= [spec.width_m / 2, spec.height_m / 2]).all(axis=1)
    assert (fields["valid_01"].ravel() == inside).mean() > 0.999
    H = label_homography(spec.views[1].eye, spec.label, spec.size)
    on_label = apply_homography(H, eye.ideal(pixel_grid(width, height)))[inside]
    expected = spec.label.camera(spec.size).project(at[inside])[0]
    np.testing.assert_allclose(on_label, expected, atol=1e-6)
    bent = apply_homography(H, pixel_grid(width, height))[inside]
    assert np.abs(bent - expected).max() > 0.5
    assert list(sequence_faults(fields)) == []
    straight = fields | {"meta": meta | {"distortion": [[0.0] * 4] * 2}}
    assert [fault for fault in sequence_faults(straight) if fault.startswith("valid_01")]


def test_lens_and_shutter_of_a_view_of_a_picture_leave_its_truth_as_it_is():
    """Label, homographies and the masks that rays give are those of a pinhole and of the middle of the exposure."""
    few = {"size": [96, 96], "views": 2, "occluders.visible": [1, 1], "paintings.frame": 0.0}
    optics = {"f_number": [1.0, 1.2], "shutter_s": [0.05, 0.06], "shake": {"turn_rate_degps": [80, 90]}}
    (_, plain), (_, blurred) = (made("planar-misaligned", **few, **extra) for extra in ({}, {"optics": optics}))
    one, two = plain.samples[0].fields, blurred.samples[0].fields
    assert one.keys() == two.keys() and list(sequence_faults(two)) == []
    for name in one.keys() - {"meta", "00", "01", "highlight_00", "highlight_01"}:
        np.testing.assert_array_equal(one[name], two[name], err_msg=name)
    more = {key for key in two["meta"] if two["meta"][key] != one["meta"].get(key)}
    assert more - {"exposure_ev", "highlight"} == {"distortion", "aperture", "focus_m", "shutter_s", "camera_velocity",
                                                   "camera_turning", "spec_sha256"}  # fmt: skip
    np.testing.assert_allclose(two["meta"]["exposure_ev"], one["meta"]["exposure_ev"], atol=0.3)
    assert two["meta"]["shutter_s"][0] == 0 and 0.05 <= two["meta"]["shutter_s"][1] <= 0.06
    assert two["meta"]["focus_m"][0] == pytest.approx(-blurred.spec.label.position[1])
    assert (one["00"] != two["00"]).any() and detail(two["01"]) < 0.9 * detail(one["01"])


def detail(picture):
    return np.abs(np.diff(picture.astype(float), axis=1)).mean()


def test_a_turned_pair_with_every_lens_and_shutter():
    optics = {name: ends for name, ends in ALL.items() if name != "focus_m"}
    few = {"size": [48, 48], "frames": 1, "objects": [0, 0], "indoor": 1.0, "degrade.share": {"none": 1}}
    config, scene = made("rigid", optics=optics, **few)
    fields, frame = scene.samples[0].fields, scene.spec.frames[0].camera
    meta = fields["meta"]
    assert list(turned_faults(fields, config.model_dump(mode="json"))) == []
    assert (meta["aperture"], meta["focus_m"]) == (frame.lens.f_number, frame.lens.focus_m) and meta["focus_m"] > 0.1
    assert meta["camera_velocity"] == list(frame.shutter.velocity) and min(meta["shutter_s"], 0.03) == 0.03
    assert meta["camera_turning"] == list(frame.shutter.turning) and meta["rolling_shutter_s"] >= 0.03
    assert 0 < meta["rolling_residual_px"] < 2
