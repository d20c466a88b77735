"""Crops and flips against closed forms: the homography of a plane, projections of points, and borders."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewlock.errors import DatasetError
from viewlock.exporters.fields import Flow
from viewlock.geometry import Camera, apply_homography, pixel_grid
from viewlock.models.crops import Window, crop_sample, random_window

from .toy_data import H, W, triple

windows = st.builds(
    lambda w, h, x, y, a, b: Window(int(x * (W - w)), int(y * (H - h)), w, h, a, b),
    st.integers(8, W), st.integers(8, H), st.floats(0, 1), st.floats(0, 1), st.booleans(), st.booleans(),
)  # fmt: skip
few = settings(max_examples=25, deadline=None)


@few
@given(windows, st.integers(0, 3))
def test_flow_of_a_plane_is_still_its_homography(window, number):
    sample = triple(number)
    cropped = crop_sample(sample, window)
    flow = cropped["flow_gtto2"].flow
    grid = pixel_grid(window.width, window.height)
    H_gtto2 = np.array(cropped["meta"]["homographies"]["plane_floor_gtto2"]["H"])
    assert np.abs(grid + flow.reshape(-1, 2) - apply_homography(H_gtto2, grid)).max() < 1e-3
    assert np.linalg.det(H_gtto2) == pytest.approx(1)


@few
@given(windows, st.integers(0, 3))
def test_cameras_see_what_the_crop_shows(window, number):
    """World points of the mirrored world project to where flow says, through proper cameras."""
    cropped = crop_sample(triple(number), window)
    cameras = [
        Camera(window.width, window.height, np.array(cropped["meta"][f"K_{v}"]),
               np.array(cropped["meta"][f"cam_to_world_{v}"])) for v in "12"
    ]  # fmt: skip
    for camera in cameras:
        rotation = camera.cam_to_world[:3, :3]
        assert np.allclose(rotation @ rotation.T, np.eye(3)) and np.linalg.det(rotation) == pytest.approx(1)
        assert camera.K[0, 0] > 0 and camera.K[1, 1] > 0
    grid = pixel_grid(window.width, window.height)
    origins, directions = cameras[0].rays(grid)
    points = origins - directions * (origins[:, 2:] / directions[:, 2:])  # the mirror keeps z
    pixels, depth = cameras[1].project(points)
    assert (depth > 0).all()
    assert np.abs(pixels - grid - cropped["flow_gtto2"].flow.reshape(-1, 2)).max() < 1e-3


@few
@given(windows, st.integers(0, 3))
def test_occluded_is_what_was_or_leaves_the_window(window, number):
    sample = triple(number)
    sample["occluded_1to2"] = sample["occluded_1to2"] | sample["dynamic_1"]
    cropped = crop_sample(sample, window)
    target = pixel_grid(W, H) + sample["flow_1to2"].flow.reshape(-1, 2)
    inside = (
        (target[:, 0] >= window.left - 0.5) & (target[:, 0] < window.left + window.width - 0.5)
        & (target[:, 1] >= window.top - 0.5) & (target[:, 1] < window.top + window.height - 0.5)
    ).reshape(H, W)  # fmt: skip
    expected = window.cut(sample["occluded_1to2"] | ~inside)
    assert np.array_equal(cropped["occluded_1to2"], expected)


@few
@given(windows)
def test_pictures_and_masks_are_the_window(window):
    sample = triple(0)
    cropped = crop_sample(sample, window)
    T = window.matrix
    for x, y in ((0, 0), (window.width - 1, 0), (window.width // 2, window.height - 1)):
        u, v, _ = np.linalg.inv(T) @ [x, y, 1]
        for name in ("i1", "i2", "igt", "dynamic"):
            assert np.array_equal(cropped[name][y, x], sample[name][round(v), round(u)]), name
    assert cropped["i1"].shape == (window.height, window.width, 3)


def test_mirroring_twice_is_nothing():
    sample = triple(1)
    window = Window(0, 0, W, H, True, True)
    again = crop_sample(crop_sample(sample, window), window)
    for name in ("i1", "occluded_1to2"):
        assert np.array_equal(again[name], sample[name])
    assert np.array_equal(again["flow_1to2"].flow, sample["flow_1to2"].flow)
    assert np.allclose(again["meta"]["cam_to_world_2"], sample["meta"]["cam_to_world_2"])
    assert np.allclose(again["meta"]["K_1"], sample["meta"]["K_1"])


def test_unknown_flow_counts_as_leaving_a_smaller_window_only():
    flow = Flow(np.zeros((H, W, 2), np.float32), np.ones((H, W), bool))
    flow.valid[5, 5] = False
    sample = {"key": "k", "flow_1to2": flow, "occluded_1to2": np.zeros((H, W), bool)}
    assert not crop_sample(sample, Window(0, 0, W, H))["occluded_1to2"].any()
    smaller = crop_sample(sample, Window(0, 0, W - 1, H))["occluded_1to2"]
    assert smaller.sum() == 1 and smaller[5, 5]


def test_random_windows_reach_everything_and_nothing_else():
    rng = np.random.default_rng(0)
    drawn = [random_window((10, 8), (8, 8), 0.5, 0.0, rng) for _ in range(200)]
    assert {w.left for w in drawn} == {0, 1, 2} and {w.top for w in drawn} == {0}
    assert {w.mirror_x for w in drawn} == {True, False} and not any(w.mirror_y for w in drawn)


def test_mistakes():
    sample = triple(0)
    with pytest.raises(DatasetError, match="64x48, too small for a crop of 65x48; use larger pictures"):
        crop_sample(sample, Window(0, 0, 65, 48))
    del sample["flow_1to2"]
    with pytest.raises(DatasetError, match="occluded_1to2 cannot follow a crop without flow_1to2"):
        crop_sample(sample, Window(0, 0, 32, 32))
    with pytest.raises(DatasetError, match="'theta' cannot follow a crop"):
        crop_sample({"key": "k", "theta": np.zeros((H, W))}, Window(0, 0, 8, 8))


def test_a_crop_does_not_know_when_its_rows_were_read():
    sample = triple(0)
    rolling = {"rolling_shutter_s": 0.03, "camera_velocity_1": [1.0, 0, 0], "camera_turning_2": [0, 0, 1.0]}
    sample["meta"] = sample["meta"] | rolling | {"distortion_1": [0.1, 0, 0, 0]}
    cropped = crop_sample(sample, Window(3, 2, 20, 16))["meta"]
    assert not rolling.keys() & cropped.keys() and cropped["distortion_1"] == [0.1, 0, 0, 0]
    assert rolling.keys() <= sample["meta"].keys()
