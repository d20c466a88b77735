"""Lens distortion and cameras whose rows are of different moments."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from viewlock import geometry as g
from viewlock.lens import distort, reach, undistort, widest

LENSES = [(-0.3, 0.0), (-0.3, 0.1), (0.3, 0.0), (0.3, -0.05), (-0.1, -0.05), (0.2, 0.1), (-0.4, 0.3), (0.0, -0.02)]


def camera(**optics) -> g.Camera:
    pose = g.look_at((1.0, -5.0, 2.0), (0.2, 0.3, 0.4), roll=0.1)
    return g.Camera(160, 90, g.intrinsics(160, 90, 28, 36), pose, **optics)


def disc(radius: float, count: int = 3000) -> np.ndarray:
    rng = np.random.default_rng(1)
    r, a = radius * np.sqrt(rng.random(count)), rng.uniform(0, 2 * np.pi, count)
    return np.stack([r * np.cos(a), r * np.sin(a)], axis=1)


@pytest.mark.parametrize("lens", LENSES)
def test_there_and_back(lens):
    drawn = disc(min(0.99 * widest(lens), 2.0))
    np.testing.assert_allclose(distort(undistort(drawn, lens), lens), drawn, atol=1e-12)
    seen = disc(min(0.95 * reach(lens), 1.5))
    np.testing.assert_allclose(undistort(distort(seen, lens), lens), seen, atol=1e-9)


@pytest.mark.parametrize("lens", LENSES)
def test_the_picture_is_that_of_opencv(lens):
    seen = disc(min(0.9 * reach(lens), 1.0))
    solid = np.c_[seen, np.ones(len(seen))]
    theirs, _ = cv2.projectPoints(solid, np.zeros(3), np.zeros(3), np.eye(3), np.array([*lens, 0.0, 0.0]))
    np.testing.assert_allclose(distort(seen, lens), theirs[:, 0], atol=1e-12)


def test_what_a_lens_cannot_show_is_nothing():
    lens = (-0.3, 0.0)
    assert reach(lens) == pytest.approx(1 / np.sqrt(0.9))
    beyond = np.array([[1.01 * reach(lens), 0.0], [0.0, 0.99 * reach(lens)]])
    np.testing.assert_array_equal(np.isnan(distort(beyond, lens)), [[True, True], [False, False]])
    drawn = np.array([[1.01 * widest(lens), 0.0], [0.0, 0.99 * widest(lens)]])
    np.testing.assert_array_equal(np.isnan(undistort(drawn, lens)), [[True, True], [False, False]])
    eye = camera(distortion=(-0.3, 0.0))
    ahead = eye.cam_to_world[:3, :3] @ [2.0, 0.0, 1.0]
    pixels, depth = eye.project((eye.centre + ahead)[None])
    assert depth[0] == pytest.approx(1.0) and np.isnan(pixels).all() and not eye.in_frame(pixels)[0]


def test_a_plain_camera_is_computed_as_ever():
    """Bit for bit: datasets without optics do not change."""
    eye = camera()
    pixels = g.pixel_grid(160, 90)
    rotation = eye.cam_to_world[:3, :3]
    origins, directions = eye.rays(pixels)
    np.testing.assert_array_equal(directions, np.c_[pixels, np.ones(len(pixels))] @ (rotation @ np.linalg.inv(eye.K)).T)
    np.testing.assert_array_equal(origins, np.broadcast_to(eye.centre, directions.shape))
    points = origins + 3.7 * directions
    image = (points - eye.centre) @ (eye.K @ rotation.T).T
    np.testing.assert_array_equal(eye.project(points)[0], image[:, :2] / image[:, 2:])


MOVES = {"velocity": (2.0, 1.0, -1.5), "turning": (0.5, -0.8, 1.2)}


@pytest.mark.parametrize("optics", [{"distortion": (-0.2, 0.05)}, {"readout_s": 0.05, **MOVES},
                                    {"distortion": (0.1, 0.02), "readout_s": 0.05, **MOVES}])  # fmt: skip
def test_points_on_rays_are_drawn_at_their_pixels(optics):
    eye = camera(**optics)
    pixels = g.pixel_grid(160, 90)
    origins, directions = eye.rays(pixels)
    depth = np.random.default_rng(2).uniform(1, 9, len(pixels))
    drawn, found = eye.project(origins + depth[:, None] * directions)
    np.testing.assert_allclose(drawn, pixels, atol=1e-6)
    np.testing.assert_allclose(found, depth, rtol=1e-8)


def test_the_row_of_a_moving_point_is_found_as_by_trying_all_rows():
    """A naive loop: of all rows, the point is drawn where it is in the row that is being read."""
    eye = camera(readout_s=0.08, distortion=(-0.1, 0.0), **MOVES)
    start, speed = np.array([0.4, 0.2, 0.9]), np.array([-3.0, 1.0, 4.0])
    rows = np.linspace(-20, 110, 2601)
    when, drawn = eye.row_times(rows), np.empty((len(rows), 2))
    for k, dt in enumerate(when):
        still = replace(eye.at_once(), cam_to_world=eye.pose_at(dt))
        drawn[k] = still.project((start + speed * dt)[None])[0][0]
    expected = drawn[np.abs(drawn[:, 1] - rows).argmin()]
    offsets = lambda dt: start + dt[:, None] * speed - eye.centres(dt)  # noqa: E731
    pixels, _, dt = eye.landing(offsets, np.zeros(1))
    np.testing.assert_allclose(pixels[0], expected, atol=0.05)
    assert abs(eye.row_times(pixels[:, 1]) - dt)[0] < 1e-9
    unmoved = eye.at_once().project(start[None])[0]
    assert np.abs(pixels - unmoved).max() > 0.5


def test_rows_are_read_from_top_to_bottom_about_the_pose():
    eye = camera(readout_s=0.05, **MOVES)
    np.testing.assert_allclose(eye.row_times(np.array([0.0, 44.5, 89.0])), [-0.025, 0.0, 0.025], atol=1e-15)
    np.testing.assert_array_equal(eye.pose_at(0.0), eye.cam_to_world)
    turned = eye.pose_at(0.1)
    np.testing.assert_allclose(turned[:3, 3] - eye.centre, 0.1 * np.array(MOVES["velocity"]), atol=1e-12)
    found = g.rotation_vector(turned[:3, :3] @ eye.cam_to_world[:3, :3].T)
    np.testing.assert_allclose(found, 0.1 * np.array(MOVES["turning"]), atol=1e-12)
    np.testing.assert_array_equal(g.rotation_vector(np.eye(3)), 0)


@pytest.mark.parametrize("speed_mps", [30.0, -30.0, 4.0])
def test_a_point_that_outruns_the_rows_is_found(speed_mps):
    """On the axis and moving along the rows' way: y = f (a + v dt) / z must be the row that is read at dt."""
    eye = camera(readout_s=0.5)
    ahead, down = eye.cam_to_world[:3, 2], eye.cam_to_world[:3, 1]
    offsets = lambda dt: 5 * ahead + (0.4 + speed_mps * dt[:, None]) * down  # noqa: E731
    f = eye.K[1, 1] / 5
    dt = 0.4 * f / (89 / 0.5 - speed_mps * f)
    pixels, _, found = eye.landing(offsets, np.zeros(1))
    np.testing.assert_allclose(found, dt, atol=1e-9)
    np.testing.assert_allclose(pixels[0], [79.5, 44.5 + f * (0.4 + speed_mps * dt)], atol=1e-5)


def test_a_point_that_no_row_meets_is_nowhere():
    """It keeps just ahead of the row that is read."""
    eye = camera(readout_s=0.5)
    ahead, down = eye.cam_to_world[:3, 2], eye.cam_to_world[:3, 1]
    speed = 89 / 0.5 / (eye.K[1, 1] / 5)
    offsets = lambda dt: 5 * ahead + (0.4 + speed * dt[:, None] + 0.01 * np.sin(900 * dt)[:, None]) * down  # noqa: E731
    assert np.isnan(eye.landing(offsets, np.zeros(1))[0]).all() or not eye.in_frame(
        eye.landing(offsets, np.zeros(1))[0]
    )


def test_a_distorted_picture_turns_as_a_whole():
    """Radial distortion is the same all around: a camera rolled about its axis draws the picture turned."""
    eye = camera(distortion=(-0.25, 0.05))
    theta = 0.3
    pose = eye.cam_to_world.copy()
    pose[:3, :3] = pose[:3, :3] @ g.rotation_about((0, 0, 1), theta)
    points = eye.rays(g.pixel_grid(160, 90))[1] * 4 + eye.centre
    H = g.rotation_homography(theta, 160, 90)
    drawn = replace(eye, cam_to_world=pose).project(points)[0]
    np.testing.assert_allclose(drawn, g.apply_homography(H, g.pixel_grid(160, 90)), atol=1e-8)
