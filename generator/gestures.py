"""What arms do: directions of upper arm, forearm and hand as functions of time. numpy only.

Everything is said for a left arm in the frame of the chest (x out to the side, -y forward, z up); a right arm
is its mirror image.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .skeleton import (
    Array,
    Skeleton,
    axis_turn,
    frame,
    shortest_turn,
    twist_about,
    two_bone,
    unit,
)  # fmt: skip

BOTH_HANDED = ("talk", "clap", "carry", "stretch")


@dataclass(frozen=True)
class Arm:
    """Directions of an arm's bones.

    Attributes:
        upper, fore, hand: unit vectors along the bones. Upper and fore are never parallel.
        palm: where the palm looks.
        curl: bend of the three outer fingers at the knuckles, radians.
        index: bend of the index finger.
    """

    upper: Array
    fore: Array
    hand: Array
    palm: Array
    curl: float = 0.25
    index: float = 0.18


def hanging(swing: float, flex: float, spread: float) -> Arm:
    """An arm that hangs and swings.

    Args:
        swing: forward angle of the upper arm, radians.
        flex: bend of the elbow; at least 0.1.
        spread: angle off the trunk.
    """
    turn = _x(-swing) @ _y(-spread)
    down = np.array([0.0, 0.0, -1.0])
    fore = turn @ _z(-0.30) @ _x(-flex) @ down
    palm = turn @ _z(-0.25) @ np.array([-1.0, 0.0, 0.0])
    hand = unit(fore + 0.12 * np.array([-1.0, 0.0, -0.3]))
    return Arm(turn @ down, fore, hand, palm)


def gesture_arm(kind: str, time_s: float, rate_hz: float, leading: bool, rest: Arm) -> Arm:
    """The arm of a gesture.

    Args:
        kind: name of the gesture.
        rate_hz: how often it repeats.
        leading: whether this is the arm of the gesture's side; the other differs or keeps hanging.
        rest: what the arm does without the gesture.
    """
    if kind == "none" or not (leading or kind in BOTH_HANDED):
        return rest
    turn = 2 * np.pi * rate_hz * time_s + (0.0 if leading or kind != "talk" else 2.1)
    return _GESTURES[kind](turn)


def _reach(x: float, y: float, z: float, pole: tuple[float, float, float]) -> tuple[Array, Array]:
    """Directions of an arm that reaches (x, y, z) in units of arm length from the shoulder."""
    middle, end = two_bone(np.zeros(3), np.array([x, y, z]), 0.533, 0.467, np.asarray(pole))
    return unit(middle), unit(end - middle)


def _wave(turn: float) -> Arm:
    side = np.sin(turn)
    upper, fore = unit([0.80, -0.34, -0.30]), unit([0.22 + 0.30 * side, -0.30, 1.0])
    return Arm(upper, fore, unit([0.10 + 0.48 * side, -0.16, 1.0]), np.array([0.1, -1.0, 0.0]), 0.08, 0.05)


def _talk(turn: float) -> Arm:
    lift, out = np.sin(turn) + 0.4 * np.sin(2.3 * turn), np.cos(0.7 * turn)
    upper, fore = _reach(0.10 + 0.10 * out, -0.52, -0.36 + 0.10 * lift, (0.45, 0.55, -0.75))
    hand = unit(fore + np.array([-0.10, -0.05, 0.18 * lift]))
    return Arm(upper, fore, hand, unit([-0.75, -0.2, 0.55 + 0.2 * out]), 0.35, 0.15)


def _point(turn: float) -> Arm:
    lift = 0.05 * np.sin(turn)
    upper, fore = _reach(0.22, -0.93, -0.04 + lift, (0.6, 0.2, -0.8))
    return Arm(upper, fore, fore, unit([-0.8, 0.0, -0.6]), 1.25, 0.0)


def _phone(turn: float) -> Arm:
    upper, fore = _reach(0.03 + 0.01 * np.sin(turn), -0.19, 0.21, (0.72, -0.45, -0.6))
    return Arm(upper, fore, unit([-0.42, 0.28, 1.0]), unit([-1.0, 0.25, -0.15]), 0.75, 0.6)


def _clap(turn: float) -> Arm:
    gap = 0.5 - 0.5 * np.cos(turn)
    upper, fore = _reach(-0.225 + 0.17 * gap, -0.50, -0.20, (0.75, 0.3, -0.65))
    return Arm(upper, fore, unit([-0.12, -0.75, 0.75]), unit([-1.0, -0.1, 0.0]), 0.1, 0.08)


def _carry(turn: float) -> Arm:
    upper, fore = _reach(-0.02, -0.50, -0.42 + 0.008 * np.sin(turn), (0.4, 0.6, -0.6))
    return Arm(upper, fore, unit(fore + np.array([-0.2, 0.0, 0.15])), unit([-0.5, -0.1, 0.85]), 0.4, 0.4)


def _stretch(turn: float) -> Arm:
    side = 0.08 * np.sin(turn)
    upper = unit([0.36 + side, -0.36, 0.87])
    fore = unit(upper + np.array([-0.45, -0.10, 0.1]))
    return Arm(upper, fore, unit(fore + np.array([0.0, 0.1, 0.1])), np.array([0.1, -1.0, 0.0]), 0.2, 0.15)


_GESTURES = {
    "wave": _wave, "talk": _talk, "point": _point, "phone": _phone, "clap": _clap, "carry": _carry,
    "stretch": _stretch,
}  # fmt: skip


def mirrored(arm: Arm) -> Arm:
    """The same arm on the other side."""
    flip = np.array([-1.0, 1.0, 1.0])
    return replace(arm, upper=arm.upper * flip, fore=arm.fore * flip, hand=arm.hand * flip, palm=arm.palm * flip)


def place_arm(bones: Skeleton, side: str, arm: Arm, chest: Array, turns: Array) -> None:
    """Write the world rotations of one arm's joints into `turns`.

    The upper arm's first half only swings and its second half takes the twist; the second half of the forearm
    takes half of the hand's twist. That keeps skin from wringing at shoulder and wrist.

    Args:
        arm: directions for this side, in the chest's frame.
        chest: (3, 3) world rotation of the chest.
        turns: (J, 3, 3) world rotations, changed in place.
    """
    at = {name: bones.index(f"{name}_{side}") for name in _ARM_JOINTS}
    rest = unit(bones.tail(f"arm_twist_{side}") - bones.head(f"upper_arm_{side}"))
    hinge = np.cross(rest, [0.0, -1.0, 0.0])
    upper, fore, hand, palm = (chest @ v for v in (arm.upper, arm.fore, arm.hand, arm.palm))
    bend = unit(np.cross(upper, fore))
    resting = frame(rest, hinge).T
    collar = chest @ _collar(arm, side)
    turns[at["shoulder"]] = collar
    turns[at["upper_arm"]] = shortest_turn(collar @ rest, upper) @ collar
    turns[at["arm_twist"]] = frame(upper, bend) @ resting
    turns[at["forearm"]] = frame(fore, bend) @ resting
    # At rest the palm looks along the hinge's opposite on the left, along it on the right.
    turns[at["hand"]] = frame(hand, palm) @ frame(rest, _rest_palm(side)).T
    between = turns[at["forearm"]].T @ turns[at["hand"]]
    turns[at["forearm_twist"]] = turns[at["forearm"]] @ axis_turn(rest, 0.5 * twist_about(between, rest))
    knuckles = np.cross(rest, _rest_palm(side))
    for name, angle in (("fingers", arm.curl), ("index", arm.index), ("thumb", 0.3 * arm.curl)):
        turns[at[name]] = turns[at["hand"]] @ axis_turn(knuckles, angle)


_ARM_JOINTS = (
    "shoulder",
    "upper_arm",
    "arm_twist",
    "forearm",
    "forearm_twist",
    "hand",
    "fingers",
    "index",
    "thumb",
)


def _rest_palm(side: str) -> Array:
    """Where a palm looks at rest: towards the thigh."""
    from .skeleton import ARM_DROP

    return np.array([(-1.0 if side == "l" else 1.0) * np.sin(ARM_DROP), 0.0, -np.cos(ARM_DROP)])


def _collar(arm: Arm, side: str) -> Array:
    """How the collar bone follows a raised arm."""
    height = float(np.clip(0.5 + 0.5 * arm.upper[2], 0.0, 1.0))
    ahead = float(np.clip(-arm.upper[1], 0.0, 1.0))
    sign = 1.0 if side == "l" else -1.0
    return _y(-sign * 0.55 * height**1.5) @ _z(-sign * 0.25 * ahead**2)


def _x(angle: float) -> Array:
    return axis_turn(np.array([1.0, 0.0, 0.0]), angle)


def _y(angle: float) -> Array:
    return axis_turn(np.array([0.0, 1.0, 0.0]), angle)


def _z(angle: float) -> Array:
    return axis_turn(np.array([0.0, 0.0, 1.0]), angle)
