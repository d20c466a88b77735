"""How people move: every motion is a few numbers and a pure function of time. numpy only.

Feet are placed first. A footprint is fixed in the world, the foot on it does not slide, and pelvis, knees and
arms follow from there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .actions import Carriage, carriage, rest_arm
from .character_motion import (
    CHANGE_S,
    HANGING,
    HELD_IN,
    CharacterMotion,
    heading,
    root_xy,
)
from .gestures import gesture_arm, mirrored, place_arm
from .skeleton import Array, Skeleton, axis_turn, carry, forward, frame, local_from_global, two_bone, unit
from .steps import BALL_ROCKER, HEEL_ROCKER, Foot, foot_state
from .thrown import ball_skin, throws_ball

__all__ = [
    "BALL_ROCKER", "CHANGE_S", "HANGING", "HEEL_ROCKER", "HELD_IN", "CharacterMotion", "Pose", "foot_state", "heading",
    "joint_positions", "pose", "root_xy",
]  # fmt: skip

X, Y, Z = np.eye(3)


@dataclass(frozen=True)
class Pose:
    """Attributes:
    skin: (J, 4, 4) matrices that carry rest points of each joint to the world.
    """

    skin: Array


def _foot_joints(foot: Foot, bones: Skeleton, side: str) -> tuple[Array, Array, Array]:
    """World position of an ankle and world rotations of foot and toes."""
    facing = axis_turn(Z, foot.yaw)
    ankle, ball, heel = bones.head(f"foot_{side}"), bones.head(f"toe_{side}"), bones.heel(side)
    under = np.array([ankle[0], ankle[1], 0.0])
    pivot = (ball if foot.pitch > 0 else heel) - under
    # Heel up means the sole turns towards -z in front: a positive turn about +x lifts what lies behind.
    roll = axis_turn(X, foot.pitch)
    place = foot.base + facing @ (pivot + roll @ (ankle - under - pivot))
    return place, facing @ roll, facing @ axis_turn(X, foot.toes)


def _spine(held: Carriage, yaw: float) -> tuple[Array, ...]:
    """World rotations of hips, spine, chest, neck and head."""
    a, b, c = (v + np.array([yaw, 0.0, 0.0]) for v in (held.hips, held.chest, held.head))
    return tuple(_euler(v) for v in (a, 0.5 * (a + b), b, 0.5 * (b + c), c))


def _euler(angles: Array) -> Array:
    yaw, roll, pitch = angles
    return axis_turn(Z, yaw) @ axis_turn(Y, roll) @ axis_turn(X, pitch)


def _pelvis_height(wanted: float, bones: Skeleton, hips: Array, xy: Array, ankles: dict[str, Array]) -> float:
    """Height of the hips joint: as wanted, but low enough for both legs to reach."""
    rest, k = bones.head("hips"), bones.height_m / 1.75
    limits = [wanted]
    for side, ankle in ankles.items():
        hip = hips @ (bones.head(f"thigh_{side}") - rest)
        flat = ankle[:2] - xy - hip[:2]
        room = (0.990 * sum(_leg(bones, side))) ** 2 - flat @ flat
        limits.append(ankle[2] - hip[2] + np.sqrt(max(room, 0.05)))
    low, soft = min(limits), 0.008 * k
    return low - soft * float(np.log(np.exp((low - np.array(limits)) / soft).sum()))


def _leg(bones: Skeleton, side: str) -> tuple[float, float]:
    hip, knee, ankle = (bones.head(f"{n}_{side}") for n in ("thigh", "shin", "foot"))
    return float(np.linalg.norm(knee - hip)), float(np.linalg.norm(ankle - knee))


def _place_leg(bones: Skeleton, side: str, hip: Array, ankle: Array, pole: Array, turns: Array) -> None:
    """Write the world rotations of thigh and shin."""
    rest_hip, rest_knee, rest_ankle = (bones.head(f"{n}_{side}") for n in ("thigh", "shin", "foot"))
    knee, end = two_bone(hip, ankle, *_leg(bones, side), pole)
    hinge, rest_hinge = np.cross(end - hip, pole), np.cross(rest_ankle - rest_hip, -Y)
    for name, a, b, ra, rb in (
        ("thigh", hip, knee, rest_hip, rest_knee), ("shin", knee, end, rest_knee, rest_ankle),
    ):  # fmt: skip
        turns[bones.index(f"{name}_{side}")] = frame(b - a, hinge) @ frame(rb - ra, rest_hinge).T


def pose(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Pose:
    """The skinning matrices of a person at a time: the same answer for the same arguments, always."""
    skin = _body(motion, bones, time_s)
    if throws_ball(motion):
        hand = bones.index(f"hand_{motion.gesture_side}")
        skin[bones.index("thrown")] = ball_skin(motion, bones, lambda t: _body(motion, bones, t)[hand], time_s)
    return Pose(skin)


def _body(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Array:
    """(J, 4, 4) skinning matrices without what has left the hand."""
    held, yaw = carriage(motion, bones, time_s), heading(motion, time_s)
    turns = np.tile(np.eye(3), (len(bones.names), 1, 1))
    turns[:5] = _spine(held, yaw)
    states = {s: foot_state(motion, bones, s, time_s) for s in "lr"}
    feet = {s: _foot_joints(states[s], bones, s) for s in "lr"}
    facing = axis_turn(Z, yaw)
    xy = root_xy(motion, time_s) + (facing @ [held.aside, -held.ahead, 0.0])[:2]
    wanted = bones.head("hips")[2] - 0.006 * bones.height_m / 1.75 - held.drop
    hips = np.array([*xy, _pelvis_height(wanted, bones, turns[0], xy, {s: feet[s][0] for s in "lr"})])
    for side, (ankle, foot, toes) in feet.items():
        hip = hips + turns[0] @ (bones.head(f"thigh_{side}") - bones.head("hips"))
        pole = unit(-facing @ Y - axis_turn(Z, states[side].yaw) @ Y)
        _place_leg(bones, side, hip, ankle, pole, turns)
        turns[bones.index(f"foot_{side}")], turns[bones.index(f"toe_{side}")] = foot, toes
    for side in "lr":
        arm = gesture_arm(motion, side, time_s, rest_arm(motion, bones, side, held, time_s))
        place_arm(bones, side, arm if side == "l" else mirrored(arm), turns[2], turns)
    root = np.eye(4)
    root[:3, 3] = hips - bones.head("hips")
    skin = forward(bones, root, local_from_global(bones, turns))
    skin[bones.index("ground"), :3] = np.c_[facing, [*root_xy(motion, time_s), 0.0]]
    return skin


def joint_positions(bones: Skeleton, skin: Array) -> Array:
    """(J, 3) world positions of the joints in a pose."""
    return np.stack([carry(matrix, head) for matrix, head in zip(skin, bones.heads, strict=True)])
