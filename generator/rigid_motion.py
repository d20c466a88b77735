"""How rigid things move: a name and a few numbers give the pose at any time, in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from viewlock.geometry import rotation_about

Vector = tuple[float, float, float]
Array = NDArray[np.float64]

GRAVITY = 9.81
MotionKind = Literal[
    "still", "slide", "roll", "bounce", "tumble", "blow", "convey", "walk", "flap", "fly", "spin", "swing"
]  # fmt: skip

_REST_M = 0.005
"""A bounce that would not lift a thing this high is none."""

_GRIP = 0.75
"""Share of its level speed that a thing keeps at a bounce."""


class RigidMotion(BaseModel):
    """The motion of a rigid thing whose own origin is the middle of its base.

    Attributes:
        kind: `still` · `slide` along the floor until friction stops it · `roll` about the horizontal axis across
            its velocity · `bounce`: a ball is thrown, falls, bounces and rolls out · `tumble`: thrown, turns head
            over heels, bounces on its corners and comes to rest upright · `blow`: driven along the floor by gusts,
            turning over · `convey`: carried at constant speed along a level circle · `walk`: an
            animal goes so, on its own feet (`generator/gaits.py`) · `flap`: a bird so, through the air
            (`generator/flights.py`) · `fly`: straight, without weight · `spin` on the spot ·
            `swing` from a point `pivot_m` above it.
        position: of the origin at time 0.
        yaw: heading at time 0 about the vertical.
        velocity: at time 0, m/s; for `swing` its length is the largest speed and its direction the swing's.
        axis, spin: rotation about `axis` through the thing's middle at `spin` rad/s (`bounce`, `fly`, `spin`);
            of a `tumble` the axis, and roughly the rate until it lands; of a `flap` how fast wings beat, 0 if not.
        middle_m: height of the thing's middle above its origin, which it turns about.
        radius_m: rolling radius of a ball (`roll`, `bounce`) or of what turns over (`blow`).
        half_m: half the sides of the box about the thing's middle, in its own axes (`tumble`, `blow`); it rests on it.
        pivot_m: length of the rope of a `swing`; radius of the circle of a `convey`, `walk` or `flap`, whose middle is
            on the left, below 0 on the right.
        restitution: share of the speed kept at a bounce.
        friction: deceleration of a `slide`, a `roll` and at the end of a `bounce` or `tumble`, in m/s^2.
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
    half_m: Vector = (0.1, 0.1, 0.1)
    pivot_m: float = 1.0
    restitution: float = 0.5
    friction: float = 0.0

    def pose(self, time_s: float) -> tuple[Array, Array]:
        """Rotation (3, 3) and position (3,) of the origin at a time."""
        extra, middle = _MOVES[self.kind](self, time_s)
        rotation = extra @ self._turn
        arm = np.array([0.0, 0.0, self.middle_m])
        return rotation, middle - rotation @ arm

    @property
    def _turn(self) -> Array:
        return _heading(self.yaw)

    @property
    def _middle(self) -> Array:
        return np.array(self.position) + [0.0, 0.0, self.middle_m]

    @property
    def _across(self) -> Array:
        """The horizontal axis about which a thing turns that rolls along its velocity."""
        level = np.array([-self.velocity[1], self.velocity[0], 0.0])
        length = float(np.linalg.norm(level))
        return level / length if length > 0 else np.array([1.0, 0.0, 0.0])


@lru_cache(maxsize=4096)
def _heading(yaw: float) -> Array:
    """(3, 3) turn about the vertical: a pose at each of many times asks for the same one."""
    rotation = rotation_about((0.0, 0.0, 1.0), yaw)
    rotation.flags.writeable = False
    return rotation


def _still(motion: RigidMotion, _: float) -> tuple[Array, Array]:
    return np.eye(3), motion._middle


def travelled(speed: float, friction: float, time_s: float) -> float:
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
    return np.eye(3), motion._middle + velocity / speed * travelled(speed, motion.friction, time_s)


def _roll(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    rotation, middle = _slide(motion, time_s)
    speed = float(np.linalg.norm(motion.velocity))
    if speed > 0:
        rotation = rotation_about(motion._across, travelled(speed, motion.friction, time_s) / motion.radius_m)
    return rotation, middle


# ------------------------------------------------------------------ thrown things
@dataclass(frozen=True)
class Throw:
    """Where something that was thrown is.

    Attributes:
        height: above the height at which it rests.
        share: of its first level velocity that is left.
        way: what its first level velocity is to be multiplied with to give its way so far, in seconds.
        flying_s: time in the air before the first bounce.
        at_rest_s: time since the last bounce, None while there are bounces to come.
    """

    height: float
    share: float
    way: float
    flying_s: float
    at_rest_s: float | None


def throw(height: float, speed: float, restitution: float, time_s: float) -> Throw:
    """What is thrown up at `speed` from `height` above its resting height, at a time.

    Each bounce keeps `restitution` of the vertical speed and `_GRIP` of the level one; it bounces no more once that
    would lift it under 5 mm. Before time 0 it flies the same parabola backwards.
    """
    elapsed, share, way = 0.0, 1.0, 0.0
    first = None
    while True:
        landing = (speed + np.sqrt(speed**2 + 2 * GRAVITY * max(height, 0.0))) / GRAVITY
        first = landing if first is None else first
        step = time_s - elapsed
        if step <= landing:
            risen = height + speed * step - 0.5 * GRAVITY * step**2
            return Throw(risen, share, way + share * step, min(time_s, first), None)
        elapsed, way, share = elapsed + landing, way + share * landing, share * _GRIP
        height, speed = 0.0, restitution * (GRAVITY * landing - speed)
        if speed**2 / (2 * GRAVITY) < _REST_M:
            return Throw(0.0, share, way, first, time_s - elapsed)


def _thrown(motion: RigidMotion, rest_m: float, time_s: float) -> tuple[Throw, float, Array]:
    """The throw, the way along the ground and the place of the middle of a thing whose middle rests at `rest_m`."""
    start = motion._middle
    state = throw(start[2] - rest_m, motion.velocity[2], motion.restitution, time_s)
    level = np.array([*motion.velocity[:2], 0.0])
    speed = float(np.linalg.norm(level))
    way = speed * state.way
    if state.at_rest_s is not None:
        way += travelled(speed * state.share, max(motion.friction, 0.2), state.at_rest_s)
    where = start + (level / speed * way if speed > 0 else 0.0)
    return state, way, np.array([where[0], where[1], rest_m + state.height])


def _bounce(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    """A ball turns as it was thrown until it lands; from then on the ground makes it roll without slip."""
    state, way, middle = _thrown(motion, motion.radius_m, time_s)
    in_air = float(np.linalg.norm(motion.velocity[:2])) * state.flying_s
    rolled = rotation_about(motion._across, (way - in_air) / motion.radius_m)
    return rolled @ rotation_about(motion.axis, motion.spin * state.flying_s), middle


def support(rotation: Array, half_m: Vector) -> float:
    """Height of the middle of a turned box that stands on its lowest corner."""
    return float(np.abs(rotation[2]) @ np.array(half_m))


def _tumble(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    """Whole turns end with the last bounce, each bounce slowing them; no corner of its box goes below the floor."""
    state, _, middle = _thrown(motion, motion.middle_m, time_s)
    # The same difference as `_thrown` takes: of a fall from next to nothing the rounding is as long as the fall.
    fall = motion._middle[2] - motion.middle_m
    in_all = throw(fall, motion.velocity[2], motion.restitution, np.inf).way
    rotation = np.eye(3)
    if motion.spin and in_all > 0:
        turns = np.sign(motion.spin) * max(1.0, np.round(abs(motion.spin) * in_all / (2 * np.pi)))
        rotation = rotation_about(motion.axis, 2 * np.pi * turns * (state.way / in_all - 1))
    # A corner that would enter the floor lifts the thing instead.
    middle[2] = max(middle[2], support(rotation @ motion._turn, motion.half_m))
    return rotation, middle


# ------------------------------------------------------------------ driven things
def _blow(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    """Gusts of one a second: the speed swings about its mean, and the thing rolls over its edges, hopping a little."""
    speed = float(np.linalg.norm(motion.velocity[:2]))
    if speed == 0:
        return _still(motion, time_s)
    rate = 2 * np.pi
    way = speed * (time_s + 0.5 * (1 - np.cos(rate * time_s)) / rate)
    rotation = rotation_about(motion._across, way / motion.radius_m)
    hop = 0.35 * motion.radius_m * np.sin(0.5 * way / motion.radius_m) ** 2
    level = np.array([*motion.velocity[:2], 0.0]) / speed
    middle = motion._middle + level * way
    middle[2] = support(rotation @ motion._turn, motion.half_m) + hop
    return rotation, middle


def _convey(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    """A belt or a turntable carries it round a circle; it keeps its face to the way it goes."""
    speed = float(np.linalg.norm(motion.velocity[:2]))
    angle = speed * time_s / motion.pivot_m
    rotation = rotation_about((0.0, 0.0, 1.0), angle)
    arm = motion._across * motion.pivot_m
    return rotation, motion._middle + arm - rotation @ arm


def _fly(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    middle = motion._middle + np.array(motion.velocity) * time_s
    return rotation_about(motion.axis, motion.spin * time_s), middle


def _spin(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    return rotation_about(motion.axis, motion.spin * time_s), motion._middle


def _swing(motion: RigidMotion, time_s: float) -> tuple[Array, Array]:
    """A pendulum: wide swings take longer, by the first term of the series."""
    velocity = np.array(motion.velocity)
    speed = float(np.linalg.norm(velocity[:2]))
    if speed == 0:
        return _still(motion, time_s)
    slow = np.sqrt(GRAVITY / motion.pivot_m)
    # Energy: the speed at the bottom is that of a fall through pivot (1 - cos(amplitude)).
    amplitude = 2 * np.arcsin(min(1.0, speed / (2 * slow * motion.pivot_m)))
    rate = slow / (1 + amplitude**2 / 16)
    angle = speed / (rate * motion.pivot_m) * np.sin(rate * time_s)
    rotation = rotation_about(-motion._across, angle)
    pivot = motion._middle + [0, 0, motion.pivot_m]
    return rotation, pivot + rotation @ np.array([0, 0, -motion.pivot_m])


_MOVES = {
    "still": _still,
    "slide": _slide,
    "roll": _roll,
    "bounce": _bounce,
    "tumble": _tumble,
    "blow": _blow,
    "convey": _convey,
    "walk": _convey,
    "flap": _convey,
    "fly": _fly,
    "spin": _spin,
    "swing": _swing,
}
