"""How animals walk: feet that stand are fixed in the world, and legs, trunk, head and tail follow. numpy only.

An animal at rest stands on z = 0 about the origin and faces -x, so its left is -y. Every joint is carried by a matrix
of its own; none hangs on another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .rigid_motion import GRAVITY, RigidMotion
from .skeleton import Array, Skeleton, axis_turn, frame, two_bone

Point = tuple[float, float, float]
_X, _Y, _Z = np.eye(3)
_STRETCH = 0.985
"""Share of its length to which a leg is stretched at most."""


@dataclass(frozen=True)
class Leg:
    """Attributes:
    name: ends in `_l` or `_r`; its joints are this after `upper_`, `lower_` and `foot_`.
    hip, knee, ankle: where its joints turn, at rest.
    bend: 1 if the knee bends backwards (to +x), -1 if ahead.
    """

    name: str
    hip: Point
    knee: Point
    ankle: Point
    bend: float

    @property
    def joints(self) -> tuple[str, str, str]:
        """Upper, lower and foot."""
        return f"upper_{self.name}", f"lower_{self.name}", f"foot_{self.name}"

    @property
    def lengths(self) -> tuple[float, float]:
        """Of its upper and its lower part."""
        hip, knee, ankle = (np.array(p) for p in (self.hip, self.knee, self.ankle))
        return float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee))


@dataclass(frozen=True)
class Beast:
    """What an animal walks with.

    Attributes:
        legs: two of a bird; of others those whose names begin with `fore` are the forelegs.
        neck, tail: where head and tail turn, at rest.
        stance_m: how far the body goes, at a run, while a foot stands.
        lift_m: how high a swinging foot is carried.
        bob_m: how far the trunk rises and falls about its mean.
        roll: how far the trunk leans over the standing leg, radians.
        thrust_m: how far the head goes to and fro.
        hang: how far the toes of a lifted foot hang, radians.
        hops: whether both feet of a pair are set down together.
    """

    legs: tuple[Leg, ...]
    neck: Point
    tail: Point
    stance_m: float
    lift_m: float
    bob_m: float
    roll: float = 0.0
    thrust_m: float = 0.0
    hang: float = 0.7
    hops: bool = False

    def placed(self, scale: float, shift: Array) -> Beast:
        """The same animal `scale` times as large, and then moved."""
        at = lambda point: tuple((scale * np.array(point) + shift).tolist())  # noqa: E731
        legs = tuple(replace(g, hip=at(g.hip), knee=at(g.knee), ankle=at(g.ankle)) for g in self.legs)
        lengths = {n: scale * getattr(self, n) for n in ("stance_m", "lift_m", "bob_m", "thrust_m")}
        return replace(self, legs=legs, neck=at(self.neck), tail=at(self.tail), **lengths)

    @cached_property
    def joints(self) -> tuple[str, ...]:
        """Names of all joints, the trunk first."""
        return ("trunk", "head", "tail", *(joint for leg in self.legs for joint in leg.joints))

    def skeleton(self) -> Skeleton:
        """The joints as those of a person are given: each where it turns, with a short bone."""
        ends = [(0.0, 0.0, 0.0), self.neck, self.tail]
        ends += [end for leg in self.legs for end in (leg.hip, leg.knee, leg.ankle)]
        heads = np.array(ends, float)
        index = {name: j for j, name in enumerate(self.joints)}
        return Skeleton(self.joints, (-1,) * len(ends), heads, heads + [0.0, 0.0, 0.02], 1.0, indices=index)


@dataclass(frozen=True)
class Footfall:
    """Where a foot is: matrix of its joint, and share of its stance that has passed, None while it swings."""

    skin: Array
    stance: float | None


@dataclass(frozen=True)
class Gait:
    """The rhythm of an animal at a speed.

    Attributes:
        stride_m: what a cycle covers.
        duty: share of it in which a foot stands.
        stance_m: how far the body goes meanwhile.
        fore: by how much of a cycle forelegs come after hind legs.
    """

    stride_m: float
    duty: float
    stance_m: float
    fore: float


def gait(beast: Beast, speed: float) -> Gait:
    """An animal's gait: faster, its strides are longer, feet stand less, and a walk becomes a trot."""
    pace = speed / np.sqrt(GRAVITY * np.mean([leg.hip[2] for leg in beast.legs]))
    duty = float(np.clip(0.74 - 0.3 * pace, 0.36, 0.66))
    stance = beast.stance_m * float(np.clip(0.6 + 0.4 * pace, 0.6, 1.0))
    fore = 0.5 if beast.hops else 0.25 + 0.25 * float(np.clip((pace - 0.5) / 0.4, 0.0, 1.0))
    return Gait(stance / duty, duty, stance, fore)


def _phase(beast: Beast, leg: Leg, steps: Gait) -> float:
    """Where in the cycle a foot is set down."""
    side = (0.04 if beast.hops else 0.5) * leg.name.endswith("_r")
    return side + steps.fore * leg.name.startswith("fore")


def _placed(motion: RigidMotion, way: float) -> tuple[Array, Array]:
    """(3, 3) and (3,) where the animal is after some metres of its way."""
    return motion.pose(way / float(np.linalg.norm(motion.velocity[:2])))


def footfall(beast: Beast, motion: RigidMotion, leg: Leg, time_s: float) -> Footfall:
    """Where a foot is at a time; a motion without speed has no feet that step."""
    speed = float(np.linalg.norm(motion.velocity[:2]))
    steps = gait(beast, speed)
    begin = _phase(beast, leg, steps)
    turn = speed * time_s / steps.stride_m - begin
    number = int(np.floor(turn))
    part = turn - number

    def footprint(n: int) -> tuple[Array, Array]:
        """The foot stands where the leg is upright in the middle of its stance."""
        facing, where = _placed(motion, (n + begin + 0.5 * steps.duty) * steps.stride_m)
        return facing, where + facing @ np.array(leg.ankle)

    facing, ankle = footprint(number)
    if part < steps.duty:
        return Footfall(_matrix(facing, ankle, leg.ankle), part / steps.duty)
    share = (part - steps.duty) / (1 - steps.duty)
    _, after = footprint(number + 1)
    # The foot leaves the floor before it goes ahead, and is over its new place before it comes down.
    u = min(max((share - 0.04) / 0.90, 0.0), 1.0)
    go = u * u * (3 - 2 * u)
    ankle = ankle + go * (after - ankle) + [0.0, 0.0, beast.lift_m * np.sin(np.pi * share) ** 1.2]
    turned = axis_turn(_Z, go * steps.stride_m / motion.pivot_m) @ facing
    # Lifted toes hang.
    return Footfall(_matrix(turned @ axis_turn(_Y, -beast.hang * np.sin(np.pi * share) ** 2), ankle, leg.ankle), None)


def _matrix(turn: Array, where: Array, rest: Point | Array) -> Array:
    """(4, 4) the matrix that turns and carries a rest point to a place."""
    skin = np.eye(4)
    skin[:3, :3], skin[:3, 3] = turn, where - turn @ np.array(rest)
    return skin


def drop_m(beast: Beast, stance_m: float) -> float:
    """How much lower than at rest a walking trunk is, so that every leg reaches its footprint."""
    lows = [0.0]
    for leg in beast.legs:
        hip, ankle = np.array(leg.hip), np.array(leg.ankle)
        aside, ahead = abs(hip[1] - ankle[1]) + 0.03 * sum(leg.lengths), abs(hip[0] - ankle[0]) + 0.5 * stance_m
        left = (_STRETCH * sum(leg.lengths)) ** 2 - ahead**2 - aside**2
        lows.append(hip[2] - ankle[2] - float(np.sqrt(max(left, 0.0))))
    return max(lows)


def walking(beast: Beast, motion: RigidMotion, time_s: float) -> Array:
    """(J, 4, 4) the matrices that carry an animal's rest points, in the order of `Beast.joints`.

    Args:
        motion: of the kind `walk`.
    """
    turn, where = motion.pose(time_s)
    speed = float(np.linalg.norm(motion.velocity[:2]))
    if speed == 0:
        return np.tile(_matrix(turn, where, (0.0, 0.0, 0.0)), (len(beast.joints), 1, 1))
    steps = gait(beast, speed)
    angle = 2 * np.pi * speed * time_s / steps.stride_m
    beat = np.cos(angle + 0.6) if beast.hops else np.cos(2 * angle - 2 * np.pi * steps.duty)
    pitch = 0.07 * np.sin(angle + 0.6) if beast.hops else 0.0
    lean = beast.roll * np.sin(angle - np.pi * steps.duty + 0.5 * np.pi)
    # A leap goes up from a crouch; who walks sinks a little, so that the legs reach.
    low = -beast.bob_m if beast.hops else drop_m(beast, steps.stance_m) + beast.bob_m
    trunk = np.eye(4)
    trunk[:3, :3] = turn @ axis_turn(_X, lean) @ axis_turn(_Y, pitch)
    trunk[:3, 3] = where + [0.0, 0.0, beast.bob_m * beat - low]
    skins = [trunk, _head(beast, trunk, angle), _tail(beast, trunk, angle)]
    for leg in beast.legs:
        foot = footfall(beast, motion, leg, time_s).skin
        skins += [*_leg(leg, trunk, foot, turn), foot]
    return np.stack(skins)


def _head(beast: Beast, trunk: Array, angle: float) -> Array:
    nod = axis_turn(_Y, 0.05 * np.sin(2 * angle))
    thrust = np.array([-beast.thrust_m * np.sin(2 * angle), 0.0, 0.0])
    return trunk @ _matrix(nod, np.array(beast.neck) + thrust, beast.neck)


def _tail(beast: Beast, trunk: Array, angle: float) -> Array:
    return trunk @ _matrix(axis_turn(_Z, 0.22 * np.sin(angle)), np.array(beast.tail), beast.tail)


def _leg(leg: Leg, trunk: Array, foot: Array, facing: Array) -> tuple[Array, Array]:
    """Matrices of the upper and the lower part of a leg."""
    rest_hip, rest_knee, rest_ankle = (np.array(p) for p in (leg.hip, leg.knee, leg.ankle))
    hip = trunk[:3, :3] @ rest_hip + trunk[:3, 3]
    ankle = foot[:3, :3] @ rest_ankle + foot[:3, 3]
    pole = leg.bend * facing[:, 0]
    knee, end = two_bone(hip, ankle, *leg.lengths, pole)
    hinge, rest_hinge = np.cross(end - hip, pole), np.cross(rest_ankle - rest_hip, leg.bend * _X)
    upper = frame(knee - hip, hinge) @ frame(rest_knee - rest_hip, rest_hinge).T
    lower = frame(end - knee, hinge) @ frame(rest_ankle - rest_knee, rest_hinge).T
    return _matrix(upper, hip, rest_hip), _matrix(lower, knee, rest_knee)
