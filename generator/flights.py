"""How birds fly: wings beat and bend, the trunk bobs as they lift it and banks into the bend. numpy only.

A bird at rest has its wings spread level, lies on z = 0 about the origin and faces -x, so its left is -y. Every joint
is carried by a matrix of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .rigid_motion import GRAVITY, RigidMotion
from .skeleton import Array, Skeleton, axis_turn

Point = tuple[float, float, float]
_X, _Y, _ = np.eye(3)

STROKE, DIHEDRAL = 0.62, 0.12
"""How far a wing beats up and down about its mean, and how far that mean is above level, radians."""
_FOLD, _LAG = 0.40, 1.1
"""How far the outer wing bends at its joint, radians, and by how much of a beat it comes late, radians."""


@dataclass(frozen=True)
class Bird:
    """What a bird flies with.

    Attributes:
        shoulder, wrist: where the right wing (y > 0) turns and bends, at rest; the left one is its mirror image.
        neck, tail: where head and tail turn, at rest.
    """

    shoulder: Point
    wrist: Point
    neck: Point
    tail: Point

    def placed(self, scale: float, shift: Array) -> Bird:
        """The same bird `scale` times as large, and then moved."""
        at = lambda point: tuple((scale * np.array(point) + shift).tolist())  # noqa: E731
        return replace(self, shoulder=at(self.shoulder), wrist=at(self.wrist), neck=at(self.neck), tail=at(self.tail))

    @cached_property
    def joints(self) -> tuple[str, ...]:
        """Names of all joints, the trunk first."""
        return ("trunk", "head", "tail", "inner_r", "outer_r", "inner_l", "outer_l")

    def skeleton(self) -> Skeleton:
        """The joints as those of a person are given: each where it turns, with a short bone."""
        over = lambda p: (p[0], -p[1], p[2])  # noqa: E731
        right = (self.shoulder, self.wrist)
        heads = np.array([(0.0, 0.0, 0.0), self.neck, self.tail, *right, *map(over, right)])
        index = {name: j for j, name in enumerate(self.joints)}
        return Skeleton(self.joints, (-1,) * len(heads), heads, heads + [0.0, 0.0, 0.02], 1.0, indices=index)


def bank(motion: RigidMotion) -> float:
    """Lean to the left, radians: lift and weight together are what keeps a bird on its circle."""
    speed = float(np.linalg.norm(motion.velocity[:2]))
    return float(np.arctan2(speed**2, GRAVITY * abs(motion.pivot_m)) * np.sign(motion.pivot_m))


def bob_m(motion: RigidMotion, time_s: float) -> float:
    """Height of the trunk above its mean: wings lift only on their way down, and twice the weight at most.

    The lift is the weight times 1 - cos(beat), where sin(beat) says how high the wings are.
    """
    return GRAVITY / motion.spin**2 * float(np.cos(motion.spin * time_s)) if motion.spin > 0 else 0.0


def beat(motion: RigidMotion, time_s: float) -> tuple[float, float]:
    """Angles, radians, of the inner wing above level and of the outer wing above the inner one."""
    if motion.spin <= 0:
        return DIHEDRAL, -0.5 * DIHEDRAL
    angle = motion.spin * time_s
    # Folded a little on the way up, when the wing should press on no air.
    return DIHEDRAL + STROKE * float(np.sin(angle)), _FOLD * float(np.sin(angle - _LAG)) - 0.5 * _FOLD


def flying(bird: Bird, motion: RigidMotion, time_s: float) -> Array:
    """(J, 4, 4) the matrices that carry a bird's rest points, in the order of `Bird.joints`.

    Args:
        motion: of the kind `flap`; its `spin` says how fast wings beat, and at 0 they are held still.
    """
    turn, where = motion.pose(time_s)
    rise = bob_m(motion, time_s)
    trunk = np.eye(4)
    middle = np.array([0.0, 0.0, bird.shoulder[2]])
    trunk[:3, :3] = turn @ axis_turn(_X, bank(motion))
    trunk[:3, 3] = where + middle + [0.0, 0.0, rise] - trunk[:3, :3] @ middle
    inner, outer = beat(motion, time_s)
    # The head stays at its height while the trunk goes up and down.
    head = _moved((0.0, 0.0, -rise)) @ trunk
    skins = [trunk, head, trunk @ _about(bird.tail, _Y, 4.0 * rise)]
    for side in (1.0, -1.0):
        arm = trunk @ _about(_sided(bird.shoulder, side), _X, side * inner)
        skins += [arm, arm @ _about(_sided(bird.wrist, side), _X, side * outer)]
    return np.stack(skins)


def _sided(point: Point, side: float) -> Point:
    return point[0], side * point[1], point[2]


def _about(point: Point, axis: Array, angle: float) -> Array:
    """(4, 4) turn about an axis through a point."""
    skin = np.eye(4)
    skin[:3, :3] = axis_turn(axis, angle)
    skin[:3, 3] = np.array(point) - skin[:3, :3] @ np.array(point)
    return skin


def _moved(by: Point) -> Array:
    skin = np.eye(4)
    skin[:3, 3] = by
    return skin
