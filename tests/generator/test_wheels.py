"""Wheels roll without slip: what touches the ground stands still."""

import numpy as np
import pytest

from viewlock.generator.rigid_motion import RigidMotion
from viewlock.generator.wheels import slip, tightest_m, wheel_turn
from viewlock.geometry import rotation_about

HUB, RADIUS, SCALE = np.array([-0.4, 0.25, 0.11]), 0.11, 1.3
UP = (0.0, 0.0, 1.0)


def turned(motion: RigidMotion, time_s: float, hub: np.ndarray, steers: bool) -> tuple[np.ndarray, np.ndarray]:
    """(3, 3) how a wheel is steered, and how it has rolled, in the thing's axes."""
    steered, rolled = wheel_turn(motion, time_s, tuple(SCALE * hub[:2]), SCALE * RADIUS, steers)
    return rotation_about(UP, steered), rotation_about((0.0, -1.0, 0.0), rolled)


def rim(motion: RigidMotion, time_s: float, point: np.ndarray, hub: np.ndarray = HUB, steers=False) -> np.ndarray:
    """Where a point of a wheel is that was at `point`, in the thing's axes, before it turned."""
    steered, rolled = turned(motion, time_s, hub, steers)
    turn, position = motion.pose(time_s)
    return position + SCALE * turn @ (hub + steered @ rolled @ (point - hub))


def touching(motion: RigidMotion, time_s: float, hub: np.ndarray = HUB, steers=False) -> np.ndarray:
    """The point of the rim that is lowest at a time."""
    return hub + turned(motion, time_s, hub, steers)[1].T @ np.array([0.0, 0.0, -RADIUS])


def driving(kind: str, heading: float = 0.7, **more) -> RigidMotion:
    velocity = (1.4 * np.cos(heading), 1.4 * np.sin(heading), 0.0)
    return RigidMotion(kind=kind, position=(0.3, -1.0, 0.0), yaw=heading + np.pi, velocity=velocity, **more)


@pytest.mark.parametrize("friction", [0.0, 0.3])
@pytest.mark.parametrize("time_s", [0.0, 0.8, 2.1, 9.0])
def test_a_rim_stands_still_where_it_touches_the_ground(time_s, friction):
    motion, h = driving("slide", friction=friction), 1e-5
    point = touching(motion, time_s)
    assert rim(motion, time_s, point)[2] == pytest.approx(0.0, abs=1e-12)
    speed = (rim(motion, time_s + h, point) - rim(motion, time_s - h, point)) / (2 * h)
    np.testing.assert_allclose(speed, 0.0, atol=1e-5)
    top = 2 * HUB - point
    ahead = (rim(motion, time_s + h, top) - rim(motion, time_s - h, top)) / (2 * h)
    hub = (motion.pose(time_s + h)[1] - motion.pose(time_s - h)[1]) / (2 * h)
    np.testing.assert_allclose(ahead, 2 * hub, atol=1e-5)


@pytest.mark.parametrize("time_s", [0.0, 1.3])
def test_in_a_bend_only_the_creep_across_the_wheel_is_left(time_s):
    motion, h = driving("convey", pivot_m=2.0), 1e-6
    point = touching(motion, time_s)
    speed = (rim(motion, time_s + h, point) - rim(motion, time_s - h, point)) / (2 * h)
    along = motion.pose(time_s)[0] @ [-1.0, 0.0, 0.0]
    across = motion.pose(time_s)[0] @ [0.0, 1.0, 0.0]
    assert speed @ along == pytest.approx(0.0, abs=1e-6)
    assert speed @ across == pytest.approx(1.4 / 2.0 * SCALE * HUB[0], abs=1e-6)


AXLE = 0.5
CAR = [np.array([x, y, RADIUS]) for x in (-0.4, AXLE) for y in (-0.25, 0.25)]


def bend(pivot_m: float) -> RigidMotion:
    """A car, its axle at `AXLE` fixed, on a circle."""
    motion = driving("convey", pivot_m=pivot_m)
    return motion.model_copy(update={"yaw": motion.yaw + slip(SCALE * AXLE, pivot_m)})


@pytest.mark.parametrize("pivot_m", [2.5, -4.0])
@pytest.mark.parametrize("time_s", [0.0, 1.3])
def test_in_a_bend_no_wheel_of_a_car_slips_ahead_or_aside(pivot_m, time_s):
    motion, h = bend(pivot_m), 1e-5
    for hub in CAR:
        point = touching(motion, time_s, hub, hub[0] < 0)
        here, before, after = (rim(motion, time_s + step, point, hub, hub[0] < 0) for step in (0.0, -h, h))
        assert here[2] == pytest.approx(0.0, abs=1e-12)
        np.testing.assert_allclose((after - before) / (2 * h), 0.0, atol=1e-5)


@pytest.mark.parametrize("pivot_m", [2.5, -4.0])
def test_front_wheels_are_steered_as_ackermann_has_it(pivot_m):
    """cot(outer) - cot(inner) = track / base, whatever the bend."""
    motion = bend(pivot_m)
    (left, right), rear = (
        [wheel_turn(motion, 1.0, tuple(SCALE * hub[:2]), 0.1, hub[0] < 0)[0] for hub in wheels]
        for wheels in (CAR[:2], CAR[2:])
    )
    assert 1 / np.tan(right) - 1 / np.tan(left) == pytest.approx(0.5 / 0.9)
    assert np.sign(left) == np.sign(right) == np.sign(pivot_m) and rear == [0.0, 0.0]
    base, radius = SCALE * 0.9, np.sqrt(pivot_m**2 - (SCALE * AXLE) ** 2)
    middle = np.arctan(2 / (1 / np.tan(left) + 1 / np.tan(right)))
    assert abs(middle) == pytest.approx(np.arctan(base / radius))


def test_outer_wheels_roll_as_far_as_their_own_way_is_long():
    motion = bend(3.0)
    radius = np.sqrt(9.0 - (SCALE * AXLE) ** 2)
    for hub in CAR[2:]:
        (_, angle), way = (
            wheel_turn(motion, 2.0, tuple(SCALE * hub[:2]), 0.1),
            1.4 / 3.0 * (radius + SCALE * hub[1]) * 2.0,
        )
        assert 0.1 * angle == pytest.approx(way)


def test_no_bend_is_tighter_than_the_steering():
    for axle in (0.15, 0.92):
        least = tightest_m(axle)
        motion = driving("convey", pivot_m=least)
        motion = motion.model_copy(update={"yaw": motion.yaw + slip(axle, least)})
        inner = wheel_turn(motion, 0.0, (-axle, -2 * axle / 3), 0.1, True)[0]
        assert inner == pytest.approx(0.6)


def test_sideways_it_does_not_turn_and_standing_it_stays():
    askew = driving("slide").model_copy(update={"yaw": 0.7 + np.pi / 2})
    assert wheel_turn(askew, 2.0, (0.0, 0.0), 0.1)[1] == pytest.approx(0.0, abs=1e-12)
    assert wheel_turn(driving("slide", friction=0.5), 5.0, (0.0, 0.0), 0.1) == (0.0, pytest.approx(1.4**2 / 1.0 / 0.1))
    assert wheel_turn(RigidMotion(kind="slide", position=(0, 0, 0)), 3.0, (0.0, 0.1), 0.1) == (0.0, 0.0)
