"""How rigid things move: a name and a few numbers give the pose at any time, in closed form."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from viewlock.geometry import rotation_about

Vector = tuple[float, float, float]
Array = NDArray[np.float64]

GRAVITY = 9.81
MotionKind = Literal["still", "slide", "roll", "bounce", "fly", "spin", "swing"]


class RigidMotion(BaseModel):
    """The motion of a rigid thing whose own origin is the middle of its base.

    Attributes:
        kind: `still` · `slide` along the floor until friction stops it · `roll` about the horizontal axis across
            its velocity · `bounce`: thrown, falls and bounces on the floor · `fly`: straight, without weight ·
            `spin` on the spot · `swing` from a point `pivot_m` above it.
        position: of the origin at time 0.
        yaw: heading at time 0 about the vertical.
        velocity: at time 0, m/s; for `swing` its length is the largest speed and its direction the swing's.
        axis, spin: rotation about `axis` through the thing's middle at `spin` rad/s (`bounce`, `fly`, `spin`).
        middle_m: height of the thing's middle above its origin, which it turns about.
        radius_m: rolling radius, or the distance below the middle at which it touches the floor (`bounce`).
        pivot_m: length of the rope of a `swing`.
        restitution: share of the speed kept at a bounce.
        friction: deceleration of a `slide` or `roll` in m/s^2.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: MotionKind = "still"
    position: Vector
    yaw: float = 0.0
    velocity: Vector = (0.0, 0.0, 0.0)
    axis: Vector = (0.0, 0.0, 1.0)
    spin: float = 0.0
    middle_m: float = 0.0
    radius_m: float = 0.1
    pivot_m: float = 1.0
    restitution: float = 0.5
    friction: float = 0.0

    def pose(self, time_s: float) -> tuple[Array, Array]:
        """Rotation (3, 3) and position (3,) of the origin at a time."""
        c, s = np.cos(self.yaw), np.sin(self.yaw)
        turn = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
        extra, middle = _MOVES[self.kind](self, time_s)
        rotation = extra @ turn
        arm = np.array([0.0, 0.0, self.middle_m])
        return rotation, middle - rotation @ arm

    @property
    def _middle(self) -> Array:
        return np.array(self.position) + [0.0, 0.0, self.middle_m]


def _still(motion: RigidMotion, _: float) -> tuple[Array, Array]:
    return np.eye(3), motion._middle


def _travelled(speed: float, friction: float, time_s: float) -> float:
    """Way along the ground of something that starts at `speed` and is braked; before time 0 it comes unbraked."""
    if friction <= 0 or time_s <= 0:
        return speed * time_s
    stop = speed / friction
    moving = min(time_s, stop)
    return speed * moving - 0.5 * friction * moving**2


def _slide(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    velocity = np.array(motion.velocity)
    speed = float(np.linalg.norm(velocity))
    if speed == 0:
        return _still(motion, time_s)
    return np.eye(3), motion._middle + velocity / speed * _travelled(speed, motion.friction, time_s)


def _roll(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    rotation, middle = _slide(motion, time_s)
    velocity = np.array(motion.velocity)
    speed = float(np.linalg.norm(velocity))
    if speed > 0:
        across = np.cross([0, 0, 1.0], velocity / speed)
        rotation = rotation_about(across, _travelled(speed, motion.friction, time_s) / motion.radius_m)
    return rotation, middle


def _bounce(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    start = motion._middle
    height, drift = bounce_height(start[2] - motion.radius_m, motion.velocity[2], motion.restitution, time_s)
    flat = start[:2] + np.array(motion.velocity[:2]) * drift
    return rotation_about(motion.axis, motion.spin * drift), np.array([*flat, height + motion.radius_m])


def bounce_height(height: float, speed: float, restitution: float, time_s: float) -> tuple[float, float]:
    """Height of a point thrown up at `speed` from `height` above the floor, and the time it has been moving.

    Each bounce keeps `restitution` of the vertical speed; it lies still once a bounce would lift it under 5 mm.
    Before time 0 it flies the same parabola backwards.
    """
    elapsed = 0.0
    while True:
        landing = (speed + np.sqrt(speed**2 + 2 * GRAVITY * max(height, 0.0))) / GRAVITY
        if time_s - elapsed <= landing:
            step = time_s - elapsed
            return height + speed * step - 0.5 * GRAVITY * step**2, time_s
        elapsed += landing
        height, speed = 0.0, restitution * (GRAVITY * landing - speed)
        if speed**2 / (2 * GRAVITY) < 0.005:
            return 0.0, elapsed


def _fly(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    middle = motion._middle + np.array(motion.velocity) * time_s
    return rotation_about(motion.axis, motion.spin * time_s), middle


def _spin(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    return rotation_about(motion.axis, motion.spin * time_s), motion._middle


def _swing(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    velocity = np.array(motion.velocity)
    speed = float(np.linalg.norm(velocity[:2]))
    if speed == 0:
        return _still(motion, time_s)
    rate = np.sqrt(GRAVITY / motion.pivot_m)
    angle = speed / (rate * motion.pivot_m) * np.sin(rate * time_s)
    across = np.cross(np.array([*velocity[:2], 0.0]) / speed, [0, 0, 1.0])
    rotation = rotation_about(across, angle)
    pivot = motion._middle + [0, 0, motion.pivot_m]
    return rotation, pivot + rotation @ np.array([0, 0, -motion.pivot_m])


_MOVES = {
    "still": _still,
    "slide": _slide,
    "roll": _roll,
    "bounce": _bounce,
    "fly": _fly,
    "spin": _spin,
    "swing": _swing,
}
