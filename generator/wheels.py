"""How far the wheels of a thing have turned and how they are steered: without slip, ahead or aside. numpy only."""

from __future__ import annotations

import numpy as np

from .rigid_motion import RigidMotion, travelled

ROLLING = ("slide", "convey")
"""The motions in which things stay upright on the ground, so that wheels turn."""
_LOCK = 0.6
"""How far the inner front wheel is steered at most, radians, if the axles are as far ahead as behind."""


def tightest_m(axle_m: float) -> float:
    """Least radius of the circle of a thing's origin that its steering allows.

    Args:
        axle_m: x of the axle that is not steered, in the thing's own axes; its other axle is as far ahead.
    """
    base = 2 * abs(axle_m)
    # Ackermann: the inner wheel, half a track (here a third of the base) inside, is steered by atan(base / its radius).
    return float(np.hypot(base / np.tan(_LOCK) + base / 3, axle_m))


def slip(axle_m: float, pivot_m: float) -> float:
    """Turn of a thing from the way its origin goes on a circle, so that an axle points to the circle's middle.

    Args:
        axle_m: x of that axle in the thing's own axes, which faces -x.
        pivot_m: radius of the circle; below 0 it turns right.
    """
    return float(-np.arcsin(np.clip(axle_m / pivot_m, -1.0, 1.0)))


def wheel_turn(
    motion: RigidMotion, time_s: float, middle: tuple[float, float], radius_m: float, steers: bool = False
) -> tuple[float, float]:
    """How far to the left a wheel is steered, and how far it has rolled ahead since time 0, radians.

    Its axle is along y of the thing and it rolls towards the thing's -x. A wheel that steers faces the way it goes
    itself, as Ackermann's do; what another one is moved sideways it cannot roll.

    Args:
        motion: one of `ROLLING`.
        middle: (x, y) of the wheel, in the thing's own axes.
    """
    level = np.array(motion.velocity[:2])
    speed = float(np.linalg.norm(level))
    if speed == 0:
        return 0.0, 0.0
    turn = motion.pose(0.0)[0][:2, :2]
    if motion.kind == "slide":
        ahead = float(level @ -turn[:, 0]) / speed
        return 0.0, travelled(speed, motion.friction, time_s) * ahead / radius_m
    # On the circle, every point of the thing goes across its arm from the circle's middle.
    rate = speed / motion.pivot_m
    arm = np.array(middle) - turn.T @ (np.array([-level[1], level[0]]) / rate)
    x, y = rate * -arm[1], rate * arm[0]
    forward = 1.0 if x <= 0 else -1.0
    if steers:
        return float(np.arctan2(-forward * y, -forward * x)), forward * float(np.hypot(x, y)) * time_s / radius_m
    return 0.0, -x * time_s / radius_m
