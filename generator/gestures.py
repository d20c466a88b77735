"""What arms do: directions of upper arm, forearm and hand as functions of time. numpy only.

Everything is said for a left arm in the frame of the chest (x out to the side, -y forward, z up); a right arm
is its mirror image.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .character_motion import HANGING, RELEASE, CharacterMotion, smooth, throw_share
from .skeleton import (
    Array,
    Skeleton,
    axis_turn,
    frame,
    rest_palm,
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
        curl: bend of the three outer fingers at their knuckles, radians; their middles bend more.
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


def keyed(arms: Sequence[Arm], knots: Sequence[float], at: float) -> Arm:
    """The arm at a place between knots, eased from one to the next."""
    k = int(np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2))
    w = smooth((at - knots[k]) / (knots[k + 1] - knots[k]))
    a, b = arms[k], arms[k + 1]
    upper, fore, hand, palm = (unit((1 - w) * getattr(a, n) + w * getattr(b, n)) for n in _DIRECTIONS)
    return Arm(upper, fore, hand, palm, a.curl + w * (b.curl - a.curl), a.index + w * (b.index - a.index))


_DIRECTIONS = ("upper", "fore", "hand", "palm")


def gesture_arm(motion: CharacterMotion, side: str, time_s: float, rest: Arm) -> Arm:
    """What an arm does, said for a left arm.

    Args:
        rest: what the gait makes the arm do.
    """
    holding = motion.holds != "none" and (side == motion.holding_side or motion.gesture == "carry")
    if holding and motion.holds in HANGING:
        calm = hanging(0.0, 0.16, 0.16)
        way = keyed([rest, calm], [0.0, 1.0], 0.8)
        return replace(way, hand=np.array([0.03, 0.0, -1.0]), palm=np.array([-1.0, 0.0, 0.0]), curl=1.5, index=1.5)
    kind, leading = motion.gesture, side == motion.gesture_side
    if kind == "none" or not (leading or kind in BOTH_HANDED):
        return rest
    started = (time_s - motion.gesture_from_s) / 0.7
    turn = 2 * np.pi * motion.gesture_rate_hz * time_s + (0.0 if leading or kind != "talk" else 2.1)
    if kind == "throw":
        return _throw(motion, time_s, rest)
    arm = keyed([rest, _GESTURES[kind](turn)], [0.0, 1.0], started)
    if holding:
        curl = GRIPS[motion.holds]
        arm = replace(arm, curl=curl, index=0.9 * curl)
    return arm


GRIPS = {"phone": 0.62, "cup": 0.85, "umbrella": 1.5, "box": 0.25, "ball": 0.3}
"""Bend of the fingers round what they hold."""


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
    upper, fore = _reach(-0.035 + 0.01 * np.sin(turn), -0.116, 0.285, (0.72, -0.45, -0.6))
    return Arm(upper, fore, unit([-0.25, 0.25, 1.0]), unit([-1.0, 0.25, -0.15]), 0.75, 0.6)


def _clap(turn: float) -> Arm:
    gap = 0.5 - 0.5 * np.cos(turn)
    upper, fore = _reach(-0.225 + 0.17 * gap, -0.50, -0.20, (0.75, 0.3, -0.65))
    return Arm(upper, fore, unit([-0.12, -0.75, 0.75]), unit([-1.0, -0.1, 0.0]), 0.1, 0.08)


def _text(turn: float) -> Arm:
    upper, fore = _reach(-0.16, -0.55, -0.20 + 0.006 * np.sin(turn), (0.6, 0.35, -0.8))
    return Arm(upper, fore, unit([-0.35, -0.65, 0.60]), unit([-0.45, 0.45, 0.75]), 0.62, 0.5)


def _hold(turn: float) -> Arm:
    upper, fore = _reach(-0.08, -0.50, -0.33 + 0.01 * np.sin(turn), (0.5, 0.6, -0.8))
    return Arm(upper, fore, unit([-0.18, -1.0, 0.22]), unit([-1.0, 0.15, -0.16]), 0.85, 0.8)


def _drink(turn: float) -> Arm:
    """From before the chest to the mouth and back."""
    upper, fore = _reach(-0.17, -0.36, 0.20, (0.75, -0.1, -0.65))
    sip = Arm(upper, fore, unit([-0.75, -0.28, 0.55]), unit([-0.45, 0.80, -0.35]), 0.85, 0.8)
    return keyed([_hold(0.0), sip], [0.0, 1.0], 0.5 - 0.75 * np.cos(0.5 * turn))


def _throw(motion: CharacterMotion, time_s: float, rest: Arm) -> Arm:
    """Wind up behind the head, throw overarm, follow through across the body."""
    share = throw_share(motion, time_s)
    arm = keyed([rest, *(_POSES[n] for n in ("wind", "cocked", "release", "follow", "gather")), rest],
                [0.0, 0.16, 0.38, 0.52, 0.68, 0.86, 1.0], share)  # fmt: skip
    if motion.holds != "ball":
        return arm
    # The fingers hold the ball, and are out of its way when it has left.
    curl = 0.95 + (0.25 - 0.95) * smooth((share - RELEASE) / 0.05)
    return replace(arm, curl=curl, index=0.9 * curl)


def _posed(upper: tuple, fore: tuple, hand: tuple, palm: tuple, curl: float = 0.3) -> Arm:
    return Arm(unit(upper), unit(fore), unit(hand), unit(palm), curl, 0.8 * curl)


_POSES = {
    "wind": _posed((0.30, 0.20, -0.90), (0.25, -0.85, 0.45), (0.2, -0.8, 0.6), (-0.8, 0.2, 0.6), 0.9),
    "cocked": _posed((0.90, 0.30, 0.20), (0.05, 0.45, 1.0), (-0.1, 0.7, 0.7), (0.1, -0.6, 0.8), 0.9),
    "release": _posed((0.45, -0.75, 0.40), (0.10, -0.85, 0.50), (0.0, -1.0, 0.1), (-0.1, -0.25, -1.0), 0.9),
    "follow": _posed((-0.05, -0.75, -0.60), (-0.42, -0.60, -0.66), (-0.4, -0.45, -0.8), (-0.5, 0.6, -0.2), 0.9),
    "gather": _posed((0.10, -0.35, -0.90), (-0.10, -0.80, -0.45), (-0.1, -0.8, -0.5), (-0.9, 0.1, -0.2), 0.9),
    "swing": _posed((0.15, -0.65, -0.70), (-0.02, -0.97, -0.05), (0.0, -1.0, 0.2), (-1.0, 0.0, 0.0)),
    "raised": _posed((0.42, -0.62, 0.55), (0.05, -0.55, 0.85), (0.0, -0.4, 0.9), (-0.8, -0.4, 0.0)),
    "ahead": _posed((0.10, -0.90, -0.25), (-0.12, -0.95, 0.10), (-0.1, -1.0, 0.0), (-0.6, 0.0, -0.8), 0.2),
    "on_thighs": _posed((0.06, -0.42, -0.90), (-0.08, -0.80, -0.56), (-0.15, -0.92, -0.25), (-0.15, 0.1, -1.0), 0.15),
    "on_knees": _posed((0.16, -0.72, -0.60), (-0.22, -0.88, 0.18), (-0.35, -0.75, -0.45), (-0.5, 0.3, -0.8), 0.3),
    "flung_ahead": _posed((0.40, -0.80, -0.40), (0.15, -0.95, 0.25), (0.1, -0.9, 0.4), (-0.7, -0.3, -0.5), 0.1),
    "flung_aside": _posed((0.75, -0.35, -0.45), (0.40, -0.85, 0.30), (0.35, -0.8, 0.4), (-0.6, -0.4, -0.5), 0.1),
    "low_beat": _posed((0.30, 0.10, -0.90), (0.10, -0.90, 0.25), (0.0, -0.9, 0.4), (-0.9, 0.0, 0.1), 0.9),
    "high_beat": _posed((0.55, -0.55, 0.05), (-0.05, -0.55, 0.90), (0.0, -0.4, 0.9), (-0.5, -0.8, 0.0), 0.5),
}  # fmt: skip


def resting(name: str) -> Arm:
    """A named pose of an arm: those that gaits ask for."""
    return _POSES[name]


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
    "stretch": _stretch, "text": _text, "hold": _hold, "drink": _drink,
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
    turns[at["hand"]] = frame(hand, palm) @ frame(rest, rest_palm(side)).T
    between = turns[at["forearm"]].T @ turns[at["hand"]]
    turns[at["forearm_twist"]] = turns[at["forearm"]] @ axis_turn(rest, 0.5 * twist_about(between, rest))
    knuckles = np.cross(rest, rest_palm(side))
    for name, angle in (("fingers", 0.75 * arm.curl), ("index", 0.75 * arm.index), ("thumb", 0.3 * arm.curl),
                        ("tips", 1.1 * arm.curl), ("index_tip", 1.1 * arm.index)):  # fmt: skip
        turns[at[name]] = turns[at["hand"]] @ axis_turn(knuckles, angle)


_ARM_JOINTS = (
    "shoulder",
    "upper_arm",
    "arm_twist",
    "forearm",
    "forearm_twist",
    "hand",
    "fingers",
    "tips",
    "index",
    "index_tip",
    "thumb",
)


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
