"""Camera paths: rigid poses, the wanted motion, and files of real ones."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewlock.errors import ConfigError
from viewlock.generator.camera_moves import draw_shape, follow_shape, middle, rotations_about
from viewlock.generator.spec import AssetRef
from viewlock.generator.trajectories import as_trajectory, file_shape, fit_amount
from viewlock.generator.trajectory_files import read_trajectory
from viewlock.geometry import Camera, intrinsics, look_at, rotation_about

KINDS = ["handheld", "walk", "dolly", "truck", "crane", "jump", "orbit", "pan", "zoom", "follow"]
EYE, TARGET = np.array([0.3, -4.0, 1.5]), np.array([0.0, 0.0, 1.0])
FRAMES = 6
MIDDLE = middle(FRAMES)
TIMES = tuple(0.3 + 0.4 * np.arange(FRAMES))
CAMERA = Camera(320, 180, intrinsics(320, 180, 28, 36), np.eye(4))
REF = AssetRef(id="trajectory/x", sha256="0" * 64)


def shape(kind, seed=0, times=TIMES):
    rng = np.random.default_rng(seed)
    if kind == "follow":
        heading = rng.uniform(0, 2 * np.pi)
        walk = np.outer(np.asarray(times) - times[MIDDLE], [np.cos(heading), np.sin(heading), 0]) * rng.uniform(
            0.8, 1.5
        )
        return follow_shape(EYE, TARGET + walk)
    return draw_shape(kind, EYE, TARGET, times, rng)


def wall(seed=0):
    """(P, 3) points of a floor and a wall before the camera."""
    rng = np.random.default_rng(seed)
    floor = np.c_[rng.uniform(-4, 4, (200, 1)), rng.uniform(-2, 4, (200, 1)), np.zeros(200)]
    back = np.c_[rng.uniform(-4, 4, (200, 1)), np.full(200, 4.0), rng.uniform(0, 3, 200)]
    return np.concatenate([floor, back])


def measured_px(drawn, amount, points):
    """Mean over the pairs of the median motion of the points in frame, projected one by one."""
    medians = []
    for pair in pairwise(zip(drawn.poses(amount), 28 * drawn.zoom(amount), strict=True)):
        one, two = (Camera(320, 180, intrinsics(320, 180, focal, 36), pose) for pose, focal in pair)
        pixels, depth = one.project(points)
        moved, depth_2 = two.project(points)
        seen = (depth > 0.05) & (depth_2 > 0.05) & one.in_frame(pixels)
        medians.append(np.median(np.linalg.norm(moved[seen] - pixels[seen], axis=1)))
    return np.mean(medians)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(KINDS), st.integers(0, 1000), st.floats(1e-4, 1))
def test_poses_are_rigid_and_pass_the_eye_in_the_middle(kind, seed, share):
    drawn = shape(kind, seed)
    poses = drawn.poses(share * drawn.highest)
    assert drawn.zoom(share * drawn.highest)[MIDDLE] == 1
    assert poses.shape == (FRAMES, 4, 4)
    R = poses[:, :3, :3]
    np.testing.assert_allclose(R @ R.transpose(0, 2, 1), np.broadcast_to(np.eye(3), R.shape), atol=1e-9)
    np.testing.assert_allclose(np.linalg.det(R), 1)
    np.testing.assert_array_equal(poses[:, 3], np.tile([0, 0, 0, 1.0], (FRAMES, 1)))
    at_eye = np.flatnonzero(np.linalg.norm(poses[:, :3, 3] - EYE, axis=1) < 1e-9)
    ahead = (TARGET - EYE) / np.linalg.norm(TARGET - EYE)
    there = at_eye[(poses[at_eye, :3, 2] @ ahead) > 1 - 1e-9]
    assert set(there) & ({0, FRAMES - 1} if kind == "dolly" else {0, MIDDLE, FRAMES - 1})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wanted_px", [1.5, 5.0, 12.0])
def test_fit_amount_reaches_the_wanted_motion(kind, wanted_px):
    reached = 0
    for seed in range(6):
        drawn = shape(kind, seed)
        amount = fit_amount(drawn, wall(), CAMERA, wanted_px)
        if amount is not None:
            assert 0.7 * wanted_px <= measured_px(drawn, amount, wall()) <= 1.4 * wanted_px
            reached += 1
    # Whoever follows somebody cannot choose freely how fast.
    assert reached >= (4 if kind != "follow" else 2 if wanted_px == 12 else 0)


def test_fit_amount_says_when_it_cannot():
    assert fit_amount(shape("pan"), wall(), CAMERA, 5000.0) is None


@given(st.integers(0, 1000), st.floats(0.001, 0.6))
def test_orbit_keeps_its_distance_and_its_target(seed, amount):
    poses = shape("orbit", seed).poses(amount)
    np.testing.assert_allclose(np.linalg.norm(poses[:, :3, 3] - TARGET, axis=1), np.linalg.norm(EYE - TARGET))
    ahead = TARGET - poses[:, :3, 3]
    np.testing.assert_allclose((poses[:, :3, 2] * ahead).sum(axis=1), np.linalg.norm(ahead, axis=1))
    np.testing.assert_allclose(poses[:, 2, 3], EYE[2])


def test_zoom_moves_pixels_away_from_the_centre_by_the_ratio_of_focal_lengths():
    drawn = shape("zoom", 3)
    focal = 28 * drawn.zoom(0.2)
    np.testing.assert_allclose(drawn.poses(0.2), np.repeat(drawn.poses(0.0)[:1], FRAMES, axis=0))
    one, two = (Camera(320, 180, intrinsics(320, 180, f, 36), drawn.poses(0.2)[0]) for f in focal[:2])
    before, after = one.project(wall())[0], two.project(wall())[0]
    np.testing.assert_allclose(after - before, (focal[1] / focal[0] - 1) * (before - one.K[:2, 2]), atol=1e-6)
    np.testing.assert_allclose(np.abs(np.diff(np.log(focal))), 0.2)


def test_jump_steps_sideways_and_never_turns():
    for seed in range(5):
        poses = shape("jump", seed).poses(0.1)
        local = (poses[:, :3, 3] - EYE) @ poses[0, :3, :3]
        steps = np.abs(np.diff(local[:, 0]))
        assert (steps > 0.079).all() and (steps < 0.121).all()
        np.testing.assert_allclose(local[:, 1:], 0, atol=1e-12)
        np.testing.assert_array_equal(poses[:, :3, :3], poses[:1, :3, :3].repeat(FRAMES, axis=0))


def test_follow_keeps_whom_it_follows_where_they_are_in_the_picture():
    walk = TARGET + np.outer(np.arange(FRAMES) - MIDDLE, [0.4, 0.2, 0.0])
    whole, half = (follow_shape(EYE, walk).poses(amount) for amount in (1.0, 0.5))
    for pose, half_pose, at in zip(whole, half, walk, strict=True):
        camera = Camera(320, 180, CAMERA.K, pose)
        np.testing.assert_allclose(camera.project(at[None])[0], [[159.5, 89.5]], atol=1e-6)
        lost = Camera(320, 180, CAMERA.K, half_pose).project(at[None])[0] - [159.5, 89.5]
        assert np.abs(lost[0, 0]) > 5 or np.allclose(at, TARGET)


@pytest.mark.parametrize("gap", [0.05, 0.4])
def test_walking_cameras_rise_and_sway_as_people_do(gap):
    """At 1 m/s; the sideways way of the path itself is taken out."""
    times = tuple(gap * np.arange(60))
    for seed in range(6):
        drawn = draw_shape("walk", EYE, TARGET, times, np.random.default_rng(seed))
        path = drawn.poses(1.0 * gap)[:, :3, 3]
        rise = path[:, 2] - path[:, 2].mean()
        assert 0.02 < np.ptp(rise) < 0.048 + 0.06
        assert 0.9 < np.linalg.norm(path[-1] - path[0]) / (times[-1] - times[0]) < 1.1


@pytest.mark.parametrize(("kind", "axis"), [("dolly", 2), ("truck", 0), ("crane", 1)])
def test_straight_kinds_move_along_their_axis(kind, axis):
    for seed in range(5):
        poses = shape(kind, seed).poses(0.3)
        local = (poses[:, :3, 3] - poses[0, :3, 3]) @ poses[MIDDLE, :3, :3]
        way = np.abs(local[-1])
        assert way[axis] > 0.8 * 0.3 * (FRAMES - 1)
        assert np.delete(way, axis).max() < 0.15 * way[axis]


def test_pan_hardly_moves():
    poses = shape("pan").poses(0.2)
    assert np.linalg.norm(poses[:, :3, 3] - EYE, axis=1).max() < 0.17
    assert np.arccos(poses[0, :3, 2] @ poses[-1, :3, 2]) > 0.5


@given(st.lists(st.floats(-3, 3), min_size=3, max_size=3))
def test_rotation_vectors(vector):
    angle = np.linalg.norm(vector)
    expected = rotation_about(vector, angle) if angle > 1e-6 else np.eye(3)
    np.testing.assert_allclose(rotations_about(np.array([vector]))[0], expected, atol=1e-6)


def test_as_trajectory_returns_the_poses_at_their_times():
    drawn = shape("walk")
    times = tuple(np.linspace(0.5, 2.0, FRAMES).tolist())
    path = as_trajectory(drawn, 0.2, times)
    for pose, time in zip(drawn.poses(0.2), times, strict=True):
        np.testing.assert_allclose(path.cam_to_world(time), pose, atol=1e-9)
    halfway = path.cam_to_world((times[0] + times[1]) / 2)
    np.testing.assert_allclose(halfway[:3, 3], drawn.poses(0.2)[:2, :3, 3].mean(axis=0), atol=1e-9)
    np.testing.assert_allclose(path.cam_to_world(-9), drawn.poses(0.2)[0], atol=1e-9)
    np.testing.assert_allclose(path.cam_to_world(99), drawn.poses(0.2)[-1], atol=1e-9)


# ---------------------------------------------------------------- files
def line(microseconds, pose=None):
    world_to_cam = np.linalg.inv(np.eye(4) if pose is None else pose)[:3].ravel()
    return " ".join(map(str, [microseconds, 0.5, 0.9, 0.5, 0.5, 0, 0, *world_to_cam]))


def write(folder, *lines):
    file = folder / "x.txt"
    file.write_text("\n".join(["https://example.org/clip", *lines]) + "\n")
    return file


def clip(folder):
    """A path that curves and turns."""
    poses = [look_at((0.3 * k, 0.05 * k * k, 1 + 0.02 * k), (3, 8, 1)) for k in range(12)]
    return write(folder, *(line(100_000 * k, pose) for k, pose in enumerate(poses))), np.array(poses)


def test_files_hold_world_to_camera(tmp_path):
    file, poses = clip(tmp_path)
    times, found = read_trajectory(file)
    np.testing.assert_allclose(times, 0.1 * np.arange(12), atol=1e-9)
    np.testing.assert_allclose(found, poses, atol=1e-9)


def test_a_file_path_starts_at_the_eye_and_keeps_its_form(tmp_path):
    file, poses = clip(tmp_path)
    scales = set()
    for seed in range(8):
        drawn = file_shape(file, REF, EYE, TARGET, 12, np.random.default_rng(seed))
        found = drawn.poses(drawn.highest)
        np.testing.assert_allclose(found[0], look_at(EYE, TARGET), atol=1e-9)
        original = poses if np.allclose(angles(found), angles(poses), atol=1e-6) else poses[::-1]
        np.testing.assert_allclose(angles(found), angles(original), atol=1e-6)
        ratio = steps(found) / steps(original)
        np.testing.assert_allclose(ratio, ratio[0], rtol=1e-6)
        assert 1.0 <= steps(found).sum() <= 3.0
        scales.add(round(ratio[0], 6))
        assert drawn.asset == REF
    assert len(scales) == 8


def steps(poses):
    return np.linalg.norm(np.diff(poses[:, :3, 3], axis=0), axis=1)


def angles(poses):
    turn = poses[:-1, :3, :3].transpose(0, 2, 1) @ poses[1:, :3, :3]
    return np.arccos(np.clip((np.trace(turn, axis1=1, axis2=2) - 1) / 2, -1, 1))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([line(0), "1 2 3"], ":3: expected 19 numbers"),
        ([line(0), line(1) + " 7"], ":3: expected 19 numbers.*got 20"),
        ([line(0), line(1).replace("0.9", "wide")], ":3: expected 19 numbers"),
        ([line(0).replace("0.9", "nan"), line(1)], ":2: expected 19 numbers"),
        ([line(0)], "at least 2 poses, got 1"),
        ([], "at least 2 poses, got 0"),
        ([line(5), line(5)], "times must increase"),
        ([line(5), line(4)], "times must increase"),
    ],
)
def test_malformed_files_are_named_with_the_line(tmp_path, lines, says):
    file = write(tmp_path, *lines)
    with pytest.raises(ConfigError, match=rf"x\.txt.*{says}") as caught:
        read_trajectory(file)
    assert "\n" not in str(caught.value)


def test_blank_lines_are_skipped(tmp_path):
    assert len(read_trajectory(write(tmp_path, line(0), "", line(1), ""))[0]) == 2


def test_files_that_cannot_be_read_are_named(tmp_path):
    with pytest.raises(ConfigError, match=r"gone\.txt: cannot be read"):
        read_trajectory(tmp_path / "gone.txt")
    (tmp_path / "x.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"x\.txt: cannot be read"):
        read_trajectory(tmp_path / "x.txt")


def test_a_pose_that_cannot_be_inverted_is_named(tmp_path):
    flat = " ".join(map(str, [9, 0.5, 0.9, 0.5, 0.5, 0, 0, *[0] * 12]))
    with pytest.raises(ConfigError, match=r"x\.txt:3: .*not a rotation"):
        read_trajectory(write(tmp_path, line(0), flat))


def test_real_files(assets):
    files = sorted((assets / "trajectories" / "realestate10k").glob("*.txt"))
    assert len(files) >= 3
    for file in files:
        times, poses = read_trajectory(file)
        assert len(times) == len(file.read_text().splitlines()) - 1
        assert (np.diff(times) > 0).all()
        np.testing.assert_allclose(np.linalg.det(poses[:, :3, :3]), 1, atol=1e-4)
        drawn = file_shape(file, REF, EYE, TARGET, FRAMES, np.random.default_rng(0))
        amount = fit_amount(drawn, wall(), CAMERA, 4.0)
        if amount is not None:
            assert 0.7 * 4 <= measured_px(drawn, amount, wall()) <= 1.4 * 4


def test_tum_files_hold_camera_to_world(tmp_path):
    """A camera at (1, 2, 3), turned by 90 degrees about z: its x axis is the world's y."""
    turned = f"{np.sqrt(0.5)} {np.sqrt(0.5)}"
    file = tmp_path / "groundtruth.txt"
    file.write_text(f"# timestamp tx ty tz qx qy qz qw\n10.5 1 2 3 0 0 {turned}\n10.6 1 2 4 0 0 0 1\n")
    times, poses = read_trajectory(file)
    np.testing.assert_allclose(times, [10.5, 10.6])
    np.testing.assert_allclose(poses[0] @ [1, 0, 0, 1], [1, 3, 3, 1], atol=1e-12)
    np.testing.assert_allclose(poses[1][:3], np.c_[np.eye(3), [1, 2, 4]], atol=1e-12)


@pytest.mark.parametrize(
    ("row", "says"),
    [("1 0 0 0 0 0 0 2", ":2: the quaternion has length 2"), ("1 0 0 0 0 0 0", ":2: expected 8 numbers")],
)
def test_malformed_tum_files_are_named_with_the_line(tmp_path, row, says):
    file = tmp_path / "groundtruth.txt"
    file.write_text(f"0 0 0 0 0 0 0 1\n{row}\n")
    with pytest.raises(ConfigError, match=says):
        read_trajectory(file)


def test_of_a_long_recording_a_few_seconds_are_used(tmp_path):
    """At constant speed along x for 100 s; the excerpt keeps the form and is scaled as a whole clip would be."""
    file = tmp_path / "groundtruth.txt"
    file.write_text("".join(f"{t} {t} 0 0 0 0 0 1\n" for t in range(101)))
    shape = file_shape(file, AssetRef(id="trajectory/x", sha256=""), np.zeros(3), np.array([0, 5.0, 0]), 3,
                       np.random.default_rng(0))  # fmt: skip
    way = shape.poses(0.5)[:, :3, 3]
    assert 1.0 <= np.linalg.norm(way[2] - way[0]) <= 3.0


def test_a_real_tum_recording(assets):
    times, poses = read_trajectory(assets / "trajectories" / "freiburg1_xyz-groundtruth.txt")
    assert times[-1] - times[0] > 20
    speeds = np.linalg.norm(np.diff(poses[:, :3, 3], axis=0), axis=1) / np.diff(times)
    assert np.median(speeds) < 1.0
