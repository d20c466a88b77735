"""Joints, forward kinematics and limb solving."""

import numpy as np
import pytest

from viewlock.generator.skeleton import (
    axis_turn,
    carry,
    forward,
    frame,
    local_from_global,
    shortest_turn,
    skeleton,
    twist_about,
    two_bone,
    unit,
)  # fmt: skip

X, Y, Z = np.eye(3)


def some_rotations(count: int) -> np.ndarray:
    return np.stack([axis_turn([np.sin(i), np.cos(3 * i), 0.4], 0.3 * np.sin(2 * i)) for i in range(count)])


def test_parents_come_first_and_sides_mirror() -> None:
    bones = skeleton(1.7)
    assert len(bones.names) >= 21
    assert all(parent < joint for joint, parent in enumerate(bones.parents))
    assert bones.parents[0] == -1
    for name in bones.names:
        if name.endswith("_l"):
            np.testing.assert_allclose(bones.head(name) * [-1, 1, 1], bones.head(name[:-1] + "r"))


def test_build_scales_proportions() -> None:
    short, long = skeleton(1.7, {"legs": 0.95}), skeleton(1.7, {"legs": 1.05})
    assert long.head("thigh_l")[2] > short.head("thigh_l")[2]
    assert skeleton(1.2, {"head": 1.3}).tail("head")[2] == pytest.approx(1.2)


def test_rest_pose_is_identity() -> None:
    bones = skeleton(1.7)
    skin = forward(bones, np.eye(4), np.tile(np.eye(3), (len(bones.names), 1, 1)))
    np.testing.assert_allclose(skin, np.tile(np.eye(4), (len(bones.names), 1, 1)), atol=1e-12)


def test_forward_keeps_joints_together() -> None:
    bones = skeleton(1.7)
    skin = forward(bones, np.eye(4), some_rotations(len(bones.names)))
    for joint, parent in enumerate(bones.parents):
        if parent >= 0:
            head = bones.heads[joint]
            np.testing.assert_allclose(carry(skin[joint], head), carry(skin[parent], head), atol=1e-12)


def test_local_from_global_inverts_forward() -> None:
    bones = skeleton(1.7)
    local = some_rotations(len(bones.names))
    turns = forward(bones, np.eye(4), local)[:, :3, :3]
    np.testing.assert_allclose(local_from_global(bones, turns), local, atol=1e-12)


@pytest.mark.parametrize("target", [(0.3, -0.2, -0.5), (0.0, 0.0, -0.79), (0.1, 0.4, 0.2)])
def test_two_bone_reaches(target: tuple[float, float, float]) -> None:
    start = np.array([0.1, 0.2, 0.3])
    middle, end = two_bone(start, start + target, 0.42, 0.38, -Y + 0.1 * X)
    np.testing.assert_allclose(end, start + target, atol=1e-9)
    assert np.linalg.norm(middle - start) == pytest.approx(0.42)
    assert np.linalg.norm(end - middle) == pytest.approx(0.38)


def test_two_bone_bends_towards_the_pole_and_stops_at_its_reach() -> None:
    middle, end = two_bone(np.zeros(3), -0.6 * Z, 0.4, 0.4, -Y)
    assert middle[1] < -0.1
    _, end = two_bone(np.zeros(3), -2.0 * Z, 0.4, 0.4, -Y)
    np.testing.assert_allclose(end, -0.8 * Z, atol=1e-6)


def test_turns() -> None:
    np.testing.assert_allclose(shortest_turn(X, Y) @ X, Y, atol=1e-12)
    np.testing.assert_allclose(axis_turn(Z, np.pi / 2) @ X, Y, atol=1e-12)
    assert twist_about(axis_turn(X, 0.4) @ axis_turn(Z, 0.7), Z) == pytest.approx(0.7)
    axes = frame(unit(np.array([1.0, 2.0, 3.0])), X)
    np.testing.assert_allclose(axes.T @ axes, np.eye(3), atol=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1.0)
