"""Relations that hold in every sample, checked on what a reader gets: after encoding, packing and decoding."""

import hashlib
import json

import numpy as np
import pytest

from viewlock.exporters.dataset import ShardDataset
from viewlock.exporters.scene_file import decode_scene
from viewlock.generator.config import load_config
from viewlock.generator.dsia_spec import DsiaSpec
from viewlock.geometry import Camera, apply_homography, infinity_homography, pixel_grid, plane_homography

pytestmark = pytest.mark.render

H, W = 64, 96
STEP = 1 / 128 + 1e-3
"""The png form rounds flow to 1/64 pixel."""


@pytest.fixture(scope="module")
def samples(tiny_dataset):
    return list(ShardDataset(tiny_dataset))


@pytest.fixture(scope="module")
def specs(tiny_run):
    """Scene id -> the accepted draw, from `scene.json`."""
    records = [decode_scene(p.read_bytes(), p.name)[1] for p in sorted((tiny_run / "scenes").glob("*.tar"))]
    return {r["spec"]["scene_id"]: DsiaSpec.model_validate(r["spec"]) for r in records}


def cameras(sample):
    """Those of views 1, 2 and gt."""
    meta = sample["meta"]
    one, two = (Camera(W, H, np.array(meta[f"K_{n}"]), np.array(meta[f"cam_to_world_{n}"])) for n in "12")
    return {"1": one, "2": two, "gt": one}


def grid():
    return pixel_grid(W, H).reshape(H, W, 2)


def world_points(sample, view):
    """(H, W, 3) surface points from depth, K and pose."""
    camera, depth = cameras(sample)[view], sample[f"depth_{view}"]
    origins, directions = camera.rays(pixel_grid(W, H))
    ahead = directions @ camera.cam_to_world[:3, 2]
    depth = np.where(np.isfinite(depth), depth, 1.0).ravel()
    return (origins + directions * (depth / ahead)[:, None]).reshape(H, W, 3)


def expected_flow(sample, a, b):
    """Flow of pixels of view a whose surface stands still between the two, from depth and cameras alone."""
    camera = cameras(sample)[b]
    pixels, depth = camera.project(world_points(sample, a).reshape(-1, 3))
    return pixels.reshape(H, W, 2) - grid(), depth.reshape(H, W)


@pytest.mark.parametrize("pair", ["gtto2", "2togt"])
def test_camera_flow_follows_from_depth_and_cameras(samples, pair):
    """Both views are of one moment, so this holds for moving things too."""
    a, b = pair.split("to")
    for sample in samples:
        flow, ahead = expected_flow(sample, a, b)
        found = sample[f"flow_{pair}"]
        seen = found.valid & np.isfinite(sample[f"depth_{a}"])
        assert seen.mean() > 0.3
        np.testing.assert_allclose(found.flow[seen], flow[seen], atol=STEP)
        assert (ahead[seen] > 0).all()


@pytest.mark.parametrize("pair", ["1to2", "2to1"])
def test_flow_of_static_pixels_follows_from_depth_and_cameras(samples, pair):
    a, b = pair.split("to")
    for sample in samples:
        flow, _ = expected_flow(sample, a, b)
        found = sample[f"flow_{pair}"]
        static = found.valid & ~sample[f"dynamic_{a}"] & np.isfinite(sample[f"depth_{a}"])
        assert static.mean() > 0.2
        error = np.linalg.norm(found.flow - flow, axis=-1)[static]
        # What moves by less than 1 mm counts as static.
        assert np.percentile(error, 99) < 2 * STEP and error.max() < 0.2


@pytest.mark.parametrize("pair", ["1togt", "gtto1"])
def test_object_flow_is_zero_on_static_pixels_and_not_on_dynamic_ones(samples, pair):
    a = pair.split("to")[0]
    moved = []
    for sample in samples:
        found, dynamic = sample[f"flow_{pair}"], sample[f"dynamic_{a}"]
        length = np.linalg.norm(found.flow, axis=-1)
        static = length[found.valid & ~dynamic]
        # What moves by less than 1 mm counts as static.
        assert np.percentile(static, 95) == 0 and np.percentile(static, 99) < 2 / 64 and static.max() < 0.2
        if (found.valid & dynamic).any():  # what moves may have left the picture
            moved.append(np.median(length[found.valid & dynamic]))
    assert len(moved) > len(samples) / 2 and np.median(moved) > 0.5


def test_flow_of_planes_is_their_homography(samples, specs):
    checked = 0
    for sample in samples:
        view = cameras(sample)
        for plane in specs[sample["meta"]["scene_id"]].place.planes:
            on = (sample["instances_gt"] == plane.index) & sample["flow_gtto2"].valid
            if on.sum() < 50:
                continue
            homography = plane_homography(view["gt"], view["2"], plane.normal, plane.offset)
            target = grid()[on] + sample["flow_gtto2"].flow[on]
            np.testing.assert_allclose(target, apply_homography(homography, grid()[on]), atol=STEP)
            np.testing.assert_allclose(world_points(sample, "gt")[on] @ plane.normal, plane.offset, atol=1e-3)
            checked += 1
    assert checked >= 4


def test_flow_of_the_sky_is_that_of_infinity(samples):
    for sample in samples:
        sky = np.isinf(sample["depth_gt"])
        np.testing.assert_array_equal(sky, sample["instances_gt"] == 0)
        sky &= sample["flow_gtto2"].valid
        if sky.any():
            view = cameras(sample)
            mapped = apply_homography(infinity_homography(view["gt"], view["2"]), grid()[sky])
            np.testing.assert_allclose(sample["flow_gtto2"].flow[sky], mapped - grid()[sky], atol=STEP)


@pytest.mark.parametrize("pair", ["1to2", "gtto2", "1togt", "2to1", "2togt", "gtto1"])
def test_what_leaves_the_frame_is_occluded(samples, pair):
    for sample in samples:
        found = sample[f"flow_{pair}"]
        x, y = np.moveaxis(grid() + found.flow, -1, 0)
        out = (x < -0.51) | (x > W - 0.49) | (y < -0.51) | (y > H - 0.49)
        occluded = sample[f"occluded_{pair}"]
        assert occluded[out & found.valid].all()
        assert 0 < occluded.mean() < 0.8
        assert (~occluded & ~out).any()


def test_what_is_seen_in_both_views_is_the_same_object(samples):
    """At least where neither pixel is near an edge."""
    for sample in samples:
        found = sample["flow_gtto2"]
        target = np.rint(grid() + found.flow).astype(int)
        sure = found.valid & ~sample["occluded_gtto2"] & inner(sample["instances_gt"])
        ys, xs = np.clip(target[..., 1], 0, H - 1), np.clip(target[..., 0], 0, W - 1)
        sure &= inner(sample["instances_2"])[ys, xs]
        assert sure.sum() > 200
        agree = sample["instances_gt"][sure] == sample["instances_2"][ys, xs][sure]
        assert agree.mean() > 0.985


def inner(index):
    """Pixels whose eight neighbours have the same index."""
    shifts = [np.roll(index, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    same = np.all([shifted == index for shifted in shifts], axis=0)
    same[[0, -1]] = same[:, [0, -1]] = False
    return same


def test_masks_agree_with_each_other(samples):
    for sample in samples:
        dynamic = sample["dynamic"]
        np.testing.assert_array_equal(dynamic, sample["dynamic_1"] | sample["dynamic_gt"])
        assert not (sample["relit_1togt"] & dynamic).any()
        low, high = load_config("dsia").accept.dynamic_fraction
        assert low <= dynamic.mean() <= high


def test_objects_table(samples):
    for sample in samples:
        table = sample["meta"]["objects"]
        for view in ("1", "2", "gt"):
            seen = {int(k) for k in np.unique(sample[f"instances_{view}"])} - {0}
            assert seen <= {int(k) for k in table}
            moving = [int(k) for k, entry in table.items() if entry["moving"]]
            np.testing.assert_array_equal(sample[f"dynamic_{view}"], np.isin(sample[f"instances_{view}"], moving))
        for index, entry in table.items():
            share = (sample["instances_gt"] == int(index)).mean()
            assert entry["visible_fraction"] == pytest.approx(share, abs=1e-6)
            assert entry["asset"] in sample["meta"]["assets"]


def test_statistics_are_those_of_the_arrays(samples):
    config = load_config("dsia")
    for sample in samples:
        meta = sample["meta"]
        length = {p: np.linalg.norm(sample[f"flow_{p}"].flow, axis=-1) for p in ("gtto2", "1togt", "1to2")}
        static = sample["flow_gtto2"].valid & ~sample["dynamic_gt"]
        moving = sample["flow_1togt"].valid & sample["dynamic_1"]
        assert meta["camera_motion_px"] == pytest.approx(np.median(length["gtto2"][static]), abs=0.02)
        assert meta["object_motion_px"] == pytest.approx(np.median(length["1togt"][moving]), abs=0.02)
        assert meta["dynamic_fraction"] == pytest.approx(sample["dynamic"].mean(), abs=1e-6)
        x, y = np.moveaxis(grid() + sample["flow_1to2"].flow, -1, 0)
        inside = sample["flow_1to2"].valid & (x >= -0.5) & (x <= W - 0.5) & (y >= -0.5) & (y <= H - 0.5)
        assert meta["overlap"] == pytest.approx(inside.mean(), abs=2e-3)
        diagonal = np.hypot(W, H)
        camera = "Lc" if meta["camera_motion_px"] > config.subset.camera_threshold * diagonal else "Sc"
        objects = "Lf" if meta["object_motion_px"] > config.subset.object_threshold * diagonal else "Sf"
        assert meta["subset"] == camera + objects


def test_cameras_are_rigid_and_centred(samples):
    for sample in samples:
        for view in cameras(sample).values():
            np.testing.assert_allclose(view.K[:2, 2], [W / 2 - 0.5, H / 2 - 0.5])
            assert view.K[0, 0] == pytest.approx(view.K[1, 1])
            R = view.cam_to_world[:3, :3]
            np.testing.assert_allclose(R @ R.T, np.eye(3), atol=1e-9)
            assert np.linalg.det(R) == pytest.approx(1)


def test_cameras_and_times_are_those_of_the_plan(samples, specs):
    for sample in samples:
        meta = sample["meta"]
        sequence = specs[meta["scene_id"]].sequences[0]
        for n, frame in (("1", meta["pair"]), ("2", meta["pair"] + 1)):
            assert meta[f"time_{n}_s"] == sequence.frame_times_s[frame]
            pose = sequence.trajectory.cam_to_world(sequence.frame_times_s[frame])
            np.testing.assert_allclose(cameras(sample)[n].cam_to_world, pose, atol=1e-5)


def test_spec_sha256_is_that_of_the_spec_in_the_scene_file(samples, specs):
    for sample in samples:
        spec = specs[sample["meta"]["scene_id"]].model_dump(mode="json")
        text = json.dumps(spec, sort_keys=True, separators=(",", ":"))
        assert sample["meta"]["spec_sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_homographies_have_unit_determinant_and_fit(samples):
    for sample in samples:
        for name, entry in sample["meta"]["homographies"].items():
            assert np.linalg.det(entry["H"]) == pytest.approx(1), name
        background = sample["meta"]["homographies"]["background_gtto2"]
        static = ~sample["dynamic_gt"] & ~sample["occluded_gtto2"] & sample["flow_gtto2"].valid
        target = grid()[static] + sample["flow_gtto2"].flow[static]
        residual = np.linalg.norm(apply_homography(np.array(background["H"]), grid()[static]) - target, axis=1)
        assert background["residual_p50_px"] == pytest.approx(np.percentile(residual, 50), rel=0.2, abs=0.03)
        assert background["inlier_share_1px"] == pytest.approx((residual < 1).mean(), abs=0.06)
        assert background["residual_p50_px"] <= background["residual_p95_px"]


def test_consecutive_pairs_share_a_frame(samples):
    by_key = {sample["key"]: sample for sample in samples}
    for scene in range(3):
        first, second = by_key[f"{scene:06d}-000"], by_key[f"{scene:06d}-001"]
        for a, b in (("i2", "i1"), ("depth_2", "depth_1"), ("instances_2", "instances_1")):
            np.testing.assert_array_equal(first[a], second[b])
        assert first["meta"]["cam_to_world_2"] == second["meta"]["cam_to_world_1"]


def test_label_and_input_do_not_share_noise(samples):
    for sample in samples:
        assert len(set(sample["meta"]["noise_seeds"].values())) == 3
        static = ~sample["dynamic"] & ~sample["relit_1togt"]
        assert (sample["i1"] != sample["igt"]).any(axis=-1)[static].mean() > 0.05


def test_pictures_are_exposed(samples):
    for sample in samples:
        for name in ("i1", "i2", "igt"):
            assert 20 < sample[name].mean() < 235
            assert sample[name].std() > 8
