"""Wheels roll without slip: what touches the ground stands still."""

import numpy as np
import pytest

from viewlock.generator.rigid_motion import RigidMotion
from viewlock.generator.wheels import wheel_angle
from viewlock.geometry import rotation_about

HUB, RADIUS, SCALE = np.array([-0.4, 0.25, 0.11]), 0.11, 1.3


def rim(motion: RigidMotion, time_s: float, point: np.ndarray) -> np.ndarray:
    """Where a point of a wheel is that was at `point`, in the thing's axes, before it turned."""
    angle = wheel_angle(motion, time_s, SCALE * HUB[1], SCALE * RADIUS)
    turn, position = motion.pose(time_s)
    return position + SCALE * turn @ (HUB + rotation_about((0.0, -1.0, 0.0), angle) @ (point - HUB))


def touching(motion: RigidMotion, time_s: float) -> np.ndarray:
    """The point of the rim that is lowest at a time."""
    angle = wheel_angle(motion, time_s, SCALE * HUB[1], SCALE * RADIUS)
    return HUB + rotation_about((0.0, -1.0, 0.0), -angle) @ np.array([0.0, 0.0, -RADIUS])


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


def test_sideways_it_does_not_turn_and_standing_it_stays():
    askew = driving("slide").model_copy(update={"yaw": 0.7 + np.pi / 2})
    assert wheel_angle(askew, 2.0, 0.0, 0.1) == pytest.approx(0.0, abs=1e-12)
    assert wheel_angle(driving("slide", friction=0.5), 5.0, 0.0, 0.1) == pytest.approx(1.4**2 / 1.0 / 0.1)
    assert wheel_angle(RigidMotion(kind="slide", position=(0, 0, 0)), 3.0, 0.1, 0.1) == 0.0
