"""How far the wheels of a thing have turned: as far as they have rolled, without slip. numpy only."""

from __future__ import annotations

import numpy as np

from .rigid_motion import RigidMotion, travelled

ROLLING = ("slide", "convey")
"""The motions in which things stay upright on the ground, so that wheels turn."""


def wheel_angle(motion: RigidMotion, time_s: float, aside_m: float, radius_m: float) -> float:
    """Radians that a wheel has rolled ahead since time 0.

    Its axle is along y of the thing and it rolls towards the thing's -x. What a thing moves sideways, as away from its
    own middle in a bend, a wheel cannot roll.

    Args:
        motion: one of `ROLLING`.
        aside_m: y of the wheel, in the thing's own axes.
    """
    level = np.array(motion.velocity[:2])
    speed = float(np.linalg.norm(level))
    if speed == 0:
        return 0.0
    ahead = float(level @ (-motion.pose(0.0)[0][:2, 0])) / speed
    if motion.kind == "slide":
        return travelled(speed, motion.friction, time_s) * ahead / radius_m
    # On a circle to the left, y points to the right of -x: a wheel there has farther to go.
    turned = speed * time_s / motion.pivot_m
    return (speed * time_s * ahead + turned * aside_m) / radius_m
