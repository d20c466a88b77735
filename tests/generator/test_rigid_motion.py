"""Rigid motions against their closed forms."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from viewlock.generator.rigid_motion import GRAVITY, RigidMotion, support, throw

KINDS = ["still", "slide", "roll", "bounce", "tumble", "blow", "convey", "fly", "spin", "swing"]
times = st.floats(-2, 5)


def some(kind, **changes):
    values = {
        "kind": kind, "position": (1.0, 2.0, 0.0), "yaw": 0.7, "velocity": (1.2, -0.5, 0.0), "axis": (0.0, 0.6, 0.8),
        "spin": 2.0, "middle_m": 0.3, "radius_m": 0.3, "pivot_m": 1.5, "half_m": (0.2, 0.15, 0.3),
        "restitution": 0.6, "friction": 0.8,
    }  # fmt: skip
    return RigidMotion(**(values | changes))


def middle(motion, time_s):
    rotation, position = motion.pose(time_s)
    return position + rotation @ [0, 0, motion.middle_m]


@given(st.sampled_from(KINDS), times)
def test_poses_are_rigid(kind, t):
    rotation, _ = some(kind).pose(t)
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(rotation) == pytest.approx(1)


@pytest.mark.parametrize("kind", KINDS)
def test_motions_have_no_jumps(kind):
    motion = some(kind, position=(1.0, 2.0, 0.0 if kind == "blow" else 0.5))
    t = np.linspace(-1, 3, 4001)
    steps = np.diff([middle(motion, x) for x in t], axis=0)
    assert np.linalg.norm(steps, axis=1).max() < 0.012  # 12 m/s


@pytest.mark.parametrize("kind", KINDS)
def test_the_place_at_time_0_is_the_stated_one(kind):
    rotation, position = some(kind).pose(0.0)
    np.testing.assert_allclose(position, [1, 2, 0], atol=1e-12)
    np.testing.assert_allclose(rotation[:, 0], [np.cos(0.7), np.sin(0.7), 0], atol=1e-12)


@given(times)
def test_still_stays(t):
    rotation, position = some("still").pose(t)
    np.testing.assert_allclose(position, [1, 2, 0], atol=1e-12)
    np.testing.assert_allclose(rotation, some("still").pose(0)[0])


@given(times)
def test_fly_is_straight_and_turns_evenly(t):
    motion = some("fly", velocity=(1.0, -2.0, 0.5))
    np.testing.assert_allclose(middle(motion, t), np.array([1, 2, 0.3]) + t * np.array([1, -2, 0.5]), atol=1e-12)
    extra = motion.pose(t)[0] @ motion.pose(0)[0].T
    np.testing.assert_allclose(extra @ motion.axis, motion.axis, atol=1e-12)
    assert np.trace(extra) == pytest.approx(1 + 2 * np.cos(2.0 * t), abs=1e-9)


@given(times)
def test_spin_keeps_the_middle(t):
    np.testing.assert_allclose(middle(some("spin"), t), [1, 2, 0.3], atol=1e-12)


def test_slide_is_braked_evenly_and_stops():
    motion = some("slide", velocity=(1.0, 0, 0), friction=0.5)
    way = [motion.pose(t)[1][0] - 1 for t in (0.5, 2.0, 3.0, 9.0)]
    np.testing.assert_allclose(way, [0.5 - 0.25 * 0.25, 1.0, 1.0, 1.0])


@given(st.floats(0.1, 3), st.floats(0.05, 0.5), st.floats(0, 1), st.floats(0, 2 * np.pi), st.floats(-1, 3))
def test_roll_does_not_slip(speed, radius, friction, heading, t):
    """The point that touches the floor stands still: v = omega r."""
    velocity = speed * np.array([np.cos(heading), np.sin(heading), 0])
    motion = some("roll", velocity=tuple(velocity), radius_m=radius, middle_m=radius, friction=friction)
    h = 1e-5
    if abs(t) < h or abs(t - speed / max(friction, 1e-9)) < h:
        return  # the brakes begin or end to act here
    rotation = motion.pose(t)[0]
    contact = rotation.T @ (np.array([0, 0, -radius]))  # in the thing's own axes, about its middle

    def world(time_s):
        turned, _ = motion.pose(time_s)
        return middle(motion, time_s) + turned @ contact

    slip = (world(t + h) - world(t - h)) / (2 * h)
    np.testing.assert_allclose(slip, 0, atol=1e-4)


def test_free_fall():
    motion = some("bounce", position=(0.0, 0.0, 2.0), velocity=(1.0, 0.5, 1.0), middle_m=0.1, radius_m=0.1)
    for t in (0.1, 0.3, 0.5):
        np.testing.assert_allclose(middle(motion, t), [t, 0.5 * t, 2.1 + t - 0.5 * GRAVITY * t**2], atol=1e-12)


@given(st.floats(0.2, 3), st.floats(0.2, 0.9))
def test_a_bounce_keeps_its_share_of_the_energy(height, restitution):
    fall = np.sqrt(2 * height / GRAVITY)
    top = fall + restitution * fall  # the rebound takes restitution * fall to its top
    risen = throw(height, 0.0, restitution, top).height
    expected = restitution**2 * height
    assert risen == pytest.approx(expected if expected >= 0.005 else 0.0, abs=1e-9)


@given(st.floats(0, 2), st.floats(-2, 3), st.floats(0.1, 0.8), st.floats(0, 10))
def test_nothing_falls_through_the_floor_and_all_comes_to_rest(height, speed, restitution, t):
    assert throw(height, speed, restitution, t).height >= -1e-9
    late = throw(height, speed, restitution, 100.0)
    assert late.height == 0.0 and late.at_rest_s is not None


def test_bounces_get_lower():
    heights = np.array([throw(1.5, 0.0, 0.6, t).height for t in np.linspace(0, 4, 8001)])
    tops = heights[1:-1][(heights[1:-1] > heights[:-2]) & (heights[1:-1] >= heights[2:])]
    assert len(tops) >= 4
    np.testing.assert_allclose(tops, [1.5 * 0.36 ** (k + 1) for k in range(len(tops))], atol=1e-4)


def test_a_thing_at_rest_turns_no_more():
    motion = some("bounce", position=(0.0, 0.0, 1.0), velocity=(0.4, 0.0, 0.0), restitution=0.3)
    a, b = motion.pose(50.0), motion.pose(60.0)
    np.testing.assert_allclose(a[0], b[0])
    np.testing.assert_allclose(a[1], b[1])


@pytest.mark.parametrize("speed", [1.5, 2.5])
def test_a_bounced_ball_rolls_out_without_slip(speed):
    motion = some("bounce", position=(0.0, 0.0, 1.0), velocity=(speed, 0.0, 0.5), spin=3.0, friction=0.3)
    for t in (1.2, 2.0, 3.0):
        h = 1e-5
        before, after = motion.pose(t - h), motion.pose(t + h)
        turn = (after[0] @ before[0].T - np.eye(3)) / (2 * h)
        going = (middle(motion, t + h) - middle(motion, t - h))[0] / (2 * h)
        assert turn[0, 2] * 0.3 == pytest.approx(going, abs=1e-3)
    late = np.array([middle(motion, t)[0] for t in (2.4, 2.6, 2.8, 30.0, 40.0)])
    assert late[1] - late[0] > late[2] - late[1] >= 0 and late[3] == pytest.approx(late[4])


@given(st.floats(0, 2), st.floats(0, 3), st.floats(-6, 6), st.floats(0.1, 0.6), st.floats(0, 6))
@example(base=5.475542764315312e-16, lift=0.0, spin=1.0, restitution=0.5, t=0.0)
def test_what_tumbles_stays_above_the_floor_and_ends_upright(base, lift, spin, restitution, t):
    motion = some("tumble", position=(0.0, 0.0, base), velocity=(1.0, 0.4, lift), spin=spin, restitution=restitution)
    rotation, position = motion.pose(t)
    corners = np.array([[x, y, z] for x in (-0.2, 0.2) for y in (-0.15, 0.15) for z in (0, 0.6)])
    assert (position + corners @ rotation.T)[:, 2].min() >= -1e-9
    rotation, position = motion.pose(60.0)
    np.testing.assert_allclose(rotation[:, 2], [0, 0, 1], atol=1e-9)
    assert position[2] == pytest.approx(0, abs=1e-9)


def test_a_tumble_falls_freely_until_it_touches_the_floor():
    motion = some("tumble", position=(0.0, 0.0, 2.0), velocity=(1.0, 0.5, 1.0))
    for t in (0.1, 0.3, 0.5):
        np.testing.assert_allclose(middle(motion, t), [t, 0.5 * t, 2.3 + t - 0.5 * GRAVITY * t**2], atol=1e-12)


@given(st.floats(-3, 6), st.floats(0.2, 3))
def test_what_is_blown_stays_on_the_floor_and_goes_on(t, speed):
    motion = some("blow", velocity=(speed, 0.0, 0.0))
    rotation, position = motion.pose(t)
    corners = np.array([[x, y, z] for x in (-0.2, 0.2) for y in (-0.15, 0.15) for z in (0, 0.6)])
    lowest = (position + corners @ rotation.T)[:, 2].min()
    assert -1e-9 <= lowest <= 0.35 * 0.3 + 1e-9
    assert middle(motion, t + 0.1)[0] > middle(motion, t)[0]
    assert middle(motion, t + 1)[0] - middle(motion, t)[0] == pytest.approx(speed, abs=1e-9)


def test_support_of_a_box():
    assert support(np.eye(3), (0.1, 0.2, 0.3)) == pytest.approx(0.3)
    c = np.sqrt(0.5)
    tilted = np.array([[1, 0, 0], [0, c, -c], [0, c, c]])
    assert support(tilted, (0.1, 0.2, 0.3)) == pytest.approx(c * 0.5)


@given(times)
def test_a_conveyor_carries_along_a_circle_with_the_face_ahead(t):
    motion = some("convey", velocity=(1.2, 0.0, 0.0), pivot_m=2.0)
    rotation, position = motion.pose(t)
    assert np.linalg.norm(position - [1, 4, 0]) == pytest.approx(2.0)
    ahead = (motion.pose(t + 1e-5)[1] - motion.pose(t - 1e-5)[1]) / 2e-5
    assert np.linalg.norm(ahead) == pytest.approx(1.2, abs=1e-6)
    np.testing.assert_allclose(rotation @ motion.pose(0)[0].T @ [1.2, 0, 0], ahead, atol=1e-5)
    assert rotation[2, 2] == pytest.approx(1)


def test_wide_swings_take_longer():
    """Against a pendulum integrated step by step."""
    motion = some("swing", pivot_m=1.0, velocity=(2.2, 0.0, 0.0))
    angle, rate, t, h = 0.0, 2.2, 0.0, 1e-4
    while angle >= 0:
        rate -= GRAVITY * np.sin(angle + rate * h / 2) * h
        angle, t = angle + rate * h, t + h
    assert middle(motion, t)[0] == pytest.approx(1, abs=0.02)
    assert t > np.pi / np.sqrt(GRAVITY) * 1.02


def test_a_pendulum_swings_with_its_period():
    motion = some("swing", pivot_m=0.8, velocity=(0.3, 0.0, 0.0))
    amplitude = 2 * np.arcsin(0.3 / (2 * np.sqrt(GRAVITY * 0.8)))
    period = 2 * np.pi * np.sqrt(0.8 / GRAVITY) * (1 + amplitude**2 / 16)
    for t in (0.1, 0.4, 1.1):
        np.testing.assert_allclose(motion.pose(t)[1], motion.pose(t + period)[1], atol=1e-9)
    assert middle(motion, period / 4)[0] - 1 == pytest.approx(0.8 * np.sin(amplitude), abs=1e-4)
    assert middle(motion, period / 2)[0] == pytest.approx(1, abs=1e-9)


@given(times)
def test_a_pendulum_keeps_the_length_of_its_rope(t):
    pivot = np.array([1, 2, 0.3 + 1.5])
    assert np.linalg.norm(middle(some("swing"), t) - pivot) == pytest.approx(1.5)


def test_a_pendulum_passes_the_bottom_at_its_speed_and_direction():
    motion = some("swing", velocity=(0.3, -0.4, 0.0))
    speed = (middle(motion, 1e-5) - middle(motion, -1e-5)) / 2e-5
    np.testing.assert_allclose(speed, [0.3, -0.4, 0], atol=1e-6)


@pytest.mark.parametrize("kind", ["slide", "roll", "swing", "blow", "convey"])
def test_without_speed_they_stand_still(kind):
    motion = some(kind, velocity=(0.0, 0.0, 0.0))
    np.testing.assert_allclose(motion.pose(1.3)[1], motion.pose(0.0)[1])


def test_unknown_kinds_are_refused():
    with pytest.raises(ValueError, match="kind"):
        RigidMotion(kind="jump", position=(0, 0, 0))  # type: ignore[arg-type]
