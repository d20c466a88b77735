"""The ball of somebody who throws: the hand carries it to the release, then it flies, bounces and rolls. numpy only."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from viewlock.geometry import rotation_vector

from .character_motion import RELEASE, CharacterMotion, throw_length_s
from .rigid_motion import RigidMotion
from .skeleton import Array, Skeleton, carry, rest_palm, unit

BALL_M = 0.040
"""Radius of the ball."""
_STEP_S = 1e-4
_RESTITUTION, _FRICTION = 0.55, 1.5


def release_s(motion: CharacterMotion) -> float:
    """When the ball leaves the hand."""
    return motion.gesture_from_s + RELEASE * throw_length_s(motion)


def throws_ball(motion: CharacterMotion) -> bool:
    """Whether there is a ball that will leave a hand."""
    return motion.holds == "ball" and motion.gesture == "throw"


def ball_in_hand(bones: Skeleton, side: str) -> Array:
    """(3,) the middle of a ball in a hand at rest: off the thumb's side, before the palm, beyond the wrist."""
    wrist = bones.head(f"hand_{side}")
    along, k = unit(bones.tail(f"hand_{side}") - wrist), bones.height_m / 1.75
    return wrist + np.array([0.0, -0.004, 0.0]) + 0.052 * k * rest_palm(side) + 0.092 * k * along


def flight(motion: CharacterMotion, bones: Skeleton, hand: Callable[[float], Array]) -> RigidMotion:
    """The ball's motion on a clock of its own that starts at the release, with the velocity and turn of the hand.

    Args:
        hand: (4, 4) skinning matrix of the throwing hand at a time.
    """
    begin, held = release_s(motion), ball_in_hand(bones, motion.gesture_side)
    before, now, after = (hand(begin + step) for step in (-_STEP_S, 0.0, _STEP_S))
    velocity = (carry(after, held) - carry(before, held)) / (2 * _STEP_S)
    turn = rotation_vector(after[:3, :3] @ before[:3, :3].T) / (2 * _STEP_S)
    rate = float(np.linalg.norm(turn))
    x, y, z = carry(now, held).tolist()
    return RigidMotion.model_validate(
        {
            "kind": "bounce",
            "position": (x, y, z - BALL_M),
            "velocity": tuple(velocity.tolist()),
            "axis": tuple((turn / rate).tolist()) if rate > 0 else (0.0, 0.0, 1.0),
            "spin": rate,
            "middle_m": BALL_M,
            "radius_m": BALL_M,
            "restitution": _RESTITUTION,
            "friction": _FRICTION,
        }
    )


def ball_skin(motion: CharacterMotion, bones: Skeleton, hand: Callable[[float], Array], time_s: float) -> Array:
    """(4, 4) matrix that carries the points of a ball, given in the hand at rest, to where they are at a time."""
    since = time_s - release_s(motion)
    if since <= 0:
        return hand(time_s)
    turn, base = flight(motion, bones, hand).pose(since)
    skin = np.eye(4)
    skin[:3, :3] = turn @ hand(release_s(motion))[:3, :3]
    middle = base + turn @ np.array([0.0, 0.0, BALL_M])
    skin[:3, 3] = middle - skin[:3, :3] @ ball_in_hand(bones, motion.gesture_side)
    return skin
