"""Camera and homography algebra against closed forms and OpenCV."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewlock import geometry as g


def camera(eye=(1.0, -6.0, 2.0), target=(0.2, 0.1, 0.4), roll=0.2, width=320, height=180) -> g.Camera:
    return g.Camera(width, height, g.intrinsics(width, height, 35, 36), g.look_at(eye, target, roll))


def test_a_ray_projects_back_onto_its_pixel():
    view = camera()
    pixels = g.pixel_grid(view.width, view.height)
    origins, directions = view.rays(pixels)
    back, depth = view.project(origins + 3.7 * directions)
    np.testing.assert_allclose(back, pixels, atol=1e-9)
    np.testing.assert_allclose(depth, 3.7, atol=1e-12)


def test_axes_are_right_down_forward():
    view = g.Camera(100, 100, g.intrinsics(100, 100, 36, 36), g.look_at((0, -5, 1), (0, 0, 1)))
    pixels, depth = view.project(np.array([[1.0, 0, 1], [0, 0, 2.0], [0, 5.0, 1]]))
    assert pixels[0, 0] > 49.5 and pixels[1, 1] < 49.5  # +x is right, up is a smaller y
    np.testing.assert_allclose(depth, [5, 5, 10])
    np.testing.assert_allclose(pixels[2], [49.5, 49.5])  # the optical axis meets the middle of an even image


def test_roll_is_clockwise_from_behind():
    level, rolled = camera(roll=0.0), camera(roll=0.1)
    point = level.rays(np.array([[250.0, 89.5]]))
    pixel, _ = rolled.project(point[0] + point[1])
    assert pixel[0, 1] < 89.5  # the camera turned clockwise, so the world turned counter-clockwise


def test_look_at_refuses_a_vertical_axis():
    with pytest.raises(ValueError, match="not at, above or below"):
        g.look_at((0, 0, 5), (0, 0, 0))


def test_resizing_keeps_the_sensor():
    view = camera()
    small = view.resized(96, 54)
    np.testing.assert_allclose(small.K, g.intrinsics(96, 54, 35, 36), atol=1e-12)


@given(st.lists(st.floats(-1, 1), min_size=4, max_size=4).filter(lambda q: sum(v * v for v in q) > 0.01))
def test_quaternions_round_trip(q):
    rotation = g.rotation_from_quaternion(q)
    np.testing.assert_allclose(g.rotation_from_quaternion(g.quaternion_from_rotation(rotation)), rotation, atol=1e-12)


def test_slerp_turns_evenly():
    a, b = np.array([1.0, 0, 0, 0]), g.quaternion_from_rotation(g.rotation_about([0, 0, 1], 1.2))
    third = g.rotation_from_quaternion(g.slerp(a, b, 1 / 3))
    np.testing.assert_allclose(third, g.rotation_about([0, 0, 1], 0.4), atol=1e-12)


matrices = st.lists(st.floats(-0.3, 0.3), min_size=8, max_size=8)


@settings(deadline=None)
@given(matrices, st.integers(4, 40))
def test_dlt_finds_the_homography_it_was_fed(values, count):
    H = np.eye(3) + np.append(values, 0).reshape(3, 3) * np.array([[1, 1, 50], [1, 1, 50], [1e-3, 1e-3, 0]])
    corners = np.array([[0.0, 0], [319, 0], [319, 179], [0, 179]])
    extra = np.random.default_rng(count).uniform(0, 180, (count - 4, 2))
    source = np.concatenate([corners, extra])
    found = g.homography_dlt(source, g.apply_homography(H, source))
    np.testing.assert_allclose(g.apply_homography(found, source), g.apply_homography(H, source), atol=1e-6)
    assert np.linalg.det(found) == pytest.approx(1)


def test_dlt_agrees_with_opencv_on_noisy_points():
    rng = np.random.default_rng(0)
    source = rng.uniform(0, 300, (200, 2))
    target = g.apply_homography(g.infinity_homography(camera(), camera(roll=0.3)), source) + rng.normal(
        0, 0.3, (200, 2)
    )
    ours = g.refine_homography(g.homography_dlt(source, target), source, target, huber_px=100)
    theirs, _ = cv2.findHomography(source, target)
    np.testing.assert_allclose(g.apply_homography(ours, source), g.apply_homography(theirs, source), atol=1e-3)


def test_huber_refinement_shrugs_off_outliers():
    rng = np.random.default_rng(1)
    H = g.infinity_homography(camera(), camera(roll=0.25))
    source = rng.uniform(0, 300, (300, 2))
    target = g.apply_homography(H, source)
    target[:20] += rng.uniform(5, 30, (20, 2))
    dlt = g.homography_dlt(source, target)
    refined = g.refine_homography(dlt, source, target, huber_px=0.1, steps=50)
    worst = lambda found: np.abs(g.apply_homography(found, source) - g.apply_homography(H, source)).max()  # noqa: E731
    assert worst(refined) < 0.05 < worst(dlt)


def test_dlt_refuses_too_few_points_and_lines():
    with pytest.raises(ValueError, match="at least 4"):
        g.homography_dlt(np.zeros((3, 2)), np.zeros((3, 2)))
    line = np.stack([np.arange(6.0), 2 * np.arange(6.0)], axis=1)
    with pytest.raises(ValueError, match="one line"):
        g.homography_dlt(line, line)


def test_plane_homography_equals_projection_of_plane_points():
    one, two = camera(), camera(eye=(2.0, -5.0, 1.7), target=(0, 0, 0.2), roll=-0.1)
    points = np.c_[np.random.default_rng(2).uniform(-1, 1, (50, 2)), np.full(50, 0.3)]
    H = g.plane_homography(one, two, (0, 0, 1), 0.3)
    np.testing.assert_allclose(g.apply_homography(H, one.project(points)[0]), two.project(points)[0], atol=1e-9)


def test_infinity_homography_moves_far_points():
    one, two = camera(), camera(eye=(2.0, -5.0, 1.7), target=(0, 0, 0.2), roll=-0.1)
    _, directions = one.rays(np.array([[10.0, 20.0], [200, 90], [310, 170]]))
    mapped, _ = two.project_directions(directions)
    expected = g.apply_homography(g.infinity_homography(one, two), np.array([[10.0, 20.0], [200, 90], [310, 170]]))
    np.testing.assert_allclose(mapped, expected, atol=1e-8)


def test_rotation_of_a_picture_is_counter_clockwise_on_the_screen():
    H = g.rotation_homography(np.radians(90), 101, 51)
    # Right of the centre goes above it: y points down.
    np.testing.assert_allclose(g.apply_homography(H, np.array([[60.0, 25.0], [50.0, 25.0]])), [[50, 15], [50, 25]])


def test_rotation_of_a_picture_is_the_stated_matrix():
    theta, (width, height) = 0.3, (128, 64)
    c = np.array([(width - 1) / 2, (height - 1) / 2])
    points = np.random.default_rng(1).uniform(0, 128, (20, 2))
    matrix = np.array([[np.cos(theta), np.sin(theta)], [-np.sin(theta), np.cos(theta)]])
    expected = (points - c) @ matrix.T + c
    H = g.rotation_homography(theta, width, height)
    np.testing.assert_allclose(g.apply_homography(H, points), expected, atol=1e-12)
    np.testing.assert_allclose(np.linalg.det(H), 1.0)


def test_rolling_the_camera_clockwise_turns_the_picture_counter_clockwise():
    """For square pixels and a centred principal point, roll about the optical axis is exactly the rotation."""
    one, theta = camera(width=96, height=96), 0.31
    roll = np.eye(4)
    roll[:3, :3] = g.rotation_about((0, 0, 1), theta)
    two = g.Camera(96, 96, one.K, one.cam_to_world @ roll)
    np.testing.assert_allclose(g.infinity_homography(one, two), g.rotation_homography(theta, 96, 96), atol=1e-9)
