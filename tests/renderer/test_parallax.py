"""Pairs of a still scene: parallax against closed forms, exact truth, and the same pixels however they are made."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from viewlock.exporters.contact_sheet import contact_sheet
from viewlock.exporters.dataset import ShardDataset, read_content
from viewlock.generator.drawing import Redraw
from viewlock.generator.parallax_spec import PARALLAX_WIDTH
from viewlock.geometry import Camera, apply_homography, pixel_grid, plane_homography, unit_determinant

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.renderer.parallax import pair_truth  # noqa: E402

from .conftest import second_scene_twice  # noqa: E402

pytestmark = pytest.mark.render

OPTIONS = [
    "--scenes", "2", "--size", "96x96", "--samples", "4", "--set", "pairs=1", "--set", "indoor=1.0",
    "--set", "fields.depth=true", "--set", "encoding.flow=npz", "--set", "people=[0,1]", "--set", "objects=[2,3]",
    "--set", "near=[1,1]", "--set", "render.prefilter=fast", "--set", "render.light_tree=false",
    "--set", "render.bounces=2",
]  # fmt: skip


# ------------------------------------------------------------------ closed forms
def test_a_plane_has_no_parallax(bench, camera):
    plane = bench.rectangle((-30, 30), (-30, 30))
    plane.rotation_euler = (0.3, 0.1, 0.4)
    one, two = camera(), camera(eye=(0.8, -4.6, 0.2), target=(0.2, 0, 0.1), roll=0.05)
    found = pair_truth(one, two, bench.caster(), (0, 0))
    assert found.parallax_px < 1e-3
    normal = np.array(plane.matrix_world.to_3x3())[:, 1]
    grid = pixel_grid(one.width, one.height)
    expected = plane_homography(one, two, normal, 0.0)
    np.testing.assert_allclose(apply_homography(found.H_1to2, grid), apply_homography(expected, grid), atol=1e-2)
    np.testing.assert_allclose(found.H_1to2, unit_determinant(found.H_1to2))


def test_turning_on_the_spot_has_no_parallax(bench, camera):
    bench.rectangle((-1, 1), (-1, 1))
    bench.rectangle((-20, 20), (-20, 20), y=7.0)
    found = pair_truth(camera(), camera(target=(0.5, 0, 0.2)), bench.caster(), (0, 0))
    assert found.parallax_px < 1e-3


@pytest.mark.parametrize("share", [0.25, 0.5])
def test_two_planes(bench, camera, share):
    """A fine grating over a share of a wall. Between two shifts D apart the best homography is the mean shift: `share`
    of the pixels are (1 - share) D off, the others share D."""
    eye = camera()
    pitch = 8 * 5.0 / eye.K[0, 0]  # eight pixels at the grating's distance
    for k in range(-40, 40):
        bench.rectangle((k * pitch, (k + share) * pitch), (-3, 3))
    bench.rectangle((-20, 20), (-20, 20), y=2.0)
    baseline = 0.02
    two = camera(eye=(baseline, -5, 0), target=(baseline, 0, 0))
    shift = eye.K[0, 0] * baseline * (1 / 5 - 1 / 7) * PARALLAX_WIDTH / eye.width
    assert 0.2 < shift < 0.8
    found = pair_truth(eye, two, bench.caster(), (0, 0))
    assert found.parallax_px == pytest.approx(share * shift, rel=0.06)


def test_parallax_does_not_depend_on_the_size_of_the_picture(bench, camera):
    bench.rectangle((-1, 0.2), (-1, 1), y=-1.5)
    bench.rectangle((0.5, 1.5), (-1, 1), y=0.5)
    bench.rectangle((-20, 20), (-20, 20), y=3.0)
    caster = bench.caster()
    eye = camera(), camera(eye=(0.4, -5, 0), target=(0.3, 0, 0))
    small = [view.resized(120, 68) for view in eye]
    full, half = pair_truth(*eye, caster, (0, 0)), pair_truth(small[0], small[1], caster, (0, 0))
    assert full.parallax_px > 3
    assert half.parallax_px == pytest.approx(full.parallax_px, rel=0.1)


def test_overlap_of_a_wall(bench, camera):
    bench.rectangle((-30, 30), (-30, 30))
    found = pair_truth(camera(), camera(eye=(1.0, -5, 0), target=(1.0, 0, 0)), bench.caster(), (0, 0))
    shift = camera().K[0, 0] / 5.0
    assert found.there.in_frame.mean() == pytest.approx(1 - shift / 240, abs=1 / 240)
    assert (
        found.back.in_frame[:, : int(240 - shift) - 1].all()
        and not found.back.in_frame[:, int(240 - shift) + 1 :].any()
    )


def test_nothing_seen_by_both_is_drawn_again(bench, camera):
    bench.rectangle((-3, 3), (-3, 3))
    with pytest.raises(Redraw, match="too little is seen by both"):
        pair_truth(camera(), camera(target=(0, -10, 0)), bench.caster(), (0, 0))


# ------------------------------------------------------------------ a rendered dataset
@pytest.fixture(scope="module")
def dataset(viewlock, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("parallax") / "data"
    done = viewlock("generate", "parallax", "-o", folder, "--workers", "2", *OPTIONS)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def samples(dataset) -> list[dict]:
    return list(ShardDataset(dataset))


def cameras(meta: dict) -> tuple[Camera, Camera]:
    one, two = (Camera(96, 96, np.array(meta[f"K_{n}"]), np.array(meta[f"cam_to_world_{n}"])) for n in (1, 2))
    return one, two


def test_fields(samples):
    assert len(samples) == 2
    expected = {"key", "i1", "i2", "flow_1to2", "flow_2to1", "occluded_1to2", "occluded_2to1", "overlap_1", "overlap_2",
                "unreliable_1", "unreliable_2", "depth_1", "depth_2", "meta"}  # fmt: skip
    for sample in samples:
        assert set(sample) == expected
        assert sample["i1"].shape == sample["i2"].shape == (96, 96, 3)
        assert sample["i1"].std() > 10 and sample["i2"].std() > 10


@pytest.mark.parametrize("way", ["1to2", "2to1"])
def test_flow_is_what_depth_and_cameras_say(samples, way):
    grid = pixel_grid(96, 96)
    for sample in samples:
        pair = cameras(sample["meta"])
        one, two = pair if way == "1to2" else pair[::-1]
        depth = sample[f"depth_{way[0]}"].ravel().astype(np.float64)
        near = np.isfinite(depth)
        origins, directions = one.rays(grid[near])
        there, z = two.project(origins + depth[near, None] * directions)
        flow, valid = sample[f"flow_{way}"]
        ok = valid.ravel()[near] & (z > 0.2)
        np.testing.assert_allclose(flow.reshape(-1, 2)[near][ok], (there - grid[near])[ok], atol=0.01)
        np.testing.assert_array_equal(sample[f"overlap_{way[0]}"].ravel()[near], (z > 0) & two.in_frame(there))
        assert not (~sample[f"overlap_{way[0]}"] & ~sample[f"occluded_{way}"]).any()


def test_there_and_back_is_the_same_pixel(samples):
    grid = pixel_grid(96, 96).astype(np.float32).reshape(96, 96, 2)
    for sample in samples:
        flow, _ = sample["flow_1to2"]
        where = grid + flow
        back = cv2.remap(sample["flow_2to1"].flow, where[..., 0], where[..., 1], cv2.INTER_NEAREST)
        error = np.linalg.norm(flow + back, axis=-1)[~sample["occluded_1to2"]]
        assert np.median(error) < 0.5 and (error < 3).mean() > 0.85


def test_warping_by_flow_beats_doing_nothing_and_the_homography(samples):
    for sample in samples:
        where = pixel_grid(96, 96).astype(np.float32).reshape(96, 96, 2) + sample["flow_1to2"].flow
        warped = cv2.remap(sample["i2"], where[..., 0], where[..., 1], cv2.INTER_LINEAR).astype(float)
        seen = ~sample["occluded_1to2"] & ~sample["unreliable_1"]
        error = lambda image, sample=sample, seen=seen: np.abs(image.astype(float) - sample["i1"])[seen].mean()  # noqa: E731
        H = np.array(sample["meta"]["H_1to2"])
        aligned = cv2.warpPerspective(sample["i2"], H, (96, 96), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        assert error(warped) < 0.6 * error(sample["i2"])
        assert error(warped) < error(aligned)


def test_parallax_is_what_the_flow_says(samples, dataset):
    difficulty = read_content(dataset)["provenance"]["config"]["difficulty"]
    for sample in samples:
        meta, grid = sample["meta"], pixel_grid(96, 96)
        there = apply_homography(np.array(meta["H_1to2"]), grid) - grid
        seen = ~sample["occluded_1to2"].ravel()
        residual = np.linalg.norm(there - sample["flow_1to2"].flow.reshape(-1, 2), axis=1)[seen]
        assert meta["parallax_px"] == pytest.approx(np.median(residual) * 512 / 96, abs=0.01)
        place = sum(meta["parallax_px"] > limit for limit in difficulty["thresholds_px"])
        assert meta["difficulty"] == ("easy", "moderate", "hard")[place]
        assert meta["overlap"] == pytest.approx(sample["overlap_1"].mean(), abs=1e-5)
        low, high = difficulty[meta["target_difficulty"]]["overlap"]
        assert low - 0.03 < sample["overlap_1"].mean() < high + 0.03


def test_the_dataset_counts_difficulties(dataset):
    content = read_content(dataset)
    assert content["kind"] == "parallax"
    assert {name: count["pairs"] for name, count in content["subset_targets"].items()} == {"easy": 1, "moderate": 1}
    assert sum(split["samples"] for split in content["splits"].values()) == 2


def test_the_contact_sheet_shows_pairs(dataset, tmp_path):
    assert contact_sheet(ShardDataset(dataset), tmp_path / "sheet.png", 2, width=96) == 2
    sheet = cv2.imread(str(tmp_path / "sheet.png"))
    assert sheet.shape[1] == 7 * 96
    np.testing.assert_array_equal(sheet[44:140, :96, ::-1], ShardDataset(dataset)[0]["i1"])


def test_one_worker_makes_the_same_bytes_as_two(dataset, tmp_path, viewlock):
    first, again = second_scene_twice(dataset, tmp_path, viewlock)
    assert again == first
