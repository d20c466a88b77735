"""How people move: every motion is a few numbers and a pure function of time. numpy only.

Feet are placed first. A footprint is fixed in the world, the foot on it does not slide, and pelvis, knees and
arms follow from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from .gestures import gesture_arm, hanging, mirrored, place_arm
from .skeleton import Array, Skeleton, axis_turn, carry, forward, frame, local_from_global, two_bone, unit

X, Y, Z = np.eye(3)


class CharacterMotion(BaseModel):
    """What a person does.

    Attributes:
        gait: how the feet move. "turn" steps on the spot.
        gesture: what the arms do.
        start_xy: where the person is at time 0, metres.
        heading_rad: yaw of the person at time 0 about +z; at 0 it faces -y.
        speed_mps: along the path, for "walk" and "run".
        curvature_per_m: turn of the heading for each metre of path, left positive.
        turn_rate_radps: yaw speed of "turn".
        phase: where in its cycle the gait is at time 0; at 0 the left foot touches down.
        gesture_side: the arm that leads.
        gesture_rate_hz: repeats of the gesture each second.
        arm_swing: factor on the swing of the arms.
        lean: radians of extra forward lean.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    gait: Literal["walk", "run", "stand", "turn"] = "walk"
    gesture: Literal["none", "wave", "talk", "point", "phone", "clap", "carry", "stretch"] = "none"
    start_xy: tuple[float, float] = (0.0, 0.0)
    heading_rad: float = 0.0
    speed_mps: float = Field(1.3, ge=0.0, le=6.0)
    curvature_per_m: float = Field(0.0, ge=-1.0, le=1.0)
    turn_rate_radps: float = Field(0.6, ge=-1.5, le=1.5)
    phase: float = Field(0.0, ge=0.0, le=1.0)
    gesture_side: Literal["l", "r"] = "r"
    gesture_rate_hz: float = Field(1.0, ge=0.05, le=3.0)
    arm_swing: float = Field(1.0, ge=0.0, le=1.6)
    lean: float = Field(0.0, ge=-0.2, le=0.4)


@dataclass(frozen=True)
class Pose:
    """Attributes:
    skin: (J, 4, 4) matrices that carry rest points of each joint to the world.
    """

    skin: Array


@dataclass(frozen=True)
class Cycle:
    """The rhythm of a gait.

    Attributes:
        period_s: one left and one right step.
        duty: share of the cycle in which a foot is planted.
        strike, push: pitch of the foot at touch-down (toes up) and at take-off (heel up), radians.
        lift_m: how high the swinging foot is carried.
        width: distance of a footprint from the path, in hip half-widths.
    """

    period_s: float
    duty: float
    strike: float
    push: float
    lift_m: float
    width: float


@dataclass(frozen=True)
class Foot:
    """Where one foot is.

    Attributes:
        base: (3,) the spot of floor under the ankle, raised while the foot swings.
        yaw: heading of the foot.
        pitch: of the foot, positive with the heel up; it rolls about the ball or about the heel.
        toes: pitch of the toes.
        stance: share of the stance that has passed, None while the foot swings.
    """

    base: Array
    yaw: float
    pitch: float
    toes: float
    stance: float | None


HEEL_ROCKER, BALL_ROCKER = 0.15, 0.55
"""Shares of a stance after which the whole sole is down and after which the heel rises."""


def cycle(motion: CharacterMotion, bones: Skeleton) -> Cycle | None:
    """The rhythm of a motion, None for one that takes no steps."""
    k = bones.height_m / 1.75
    if motion.gait == "turn" and abs(motion.turn_rate_radps) > 1e-6:
        return Cycle(1.15, 0.72, 0.0, 0.35, 0.035 * k, 1.05)
    if motion.gait not in ("walk", "run") or motion.speed_mps < 0.05:
        return None
    pace = motion.speed_mps / np.sqrt(k)
    if motion.gait == "run":
        stride = k * (0.75 + 0.47 * pace)
        return Cycle(stride / motion.speed_mps, 0.37, 0.12, 0.85, 0.20 * k, 0.35)
    stride = k * (0.52 + 0.62 * pace)
    vigour = float(np.clip(stride / (1.35 * k), 0.3, 1.0))
    return Cycle(stride / motion.speed_mps, 0.62, 0.36 * vigour, 0.92 * vigour, 0.055 * k, 0.62)


def root_xy(motion: CharacterMotion, time_s: float) -> Array:
    """(2,) where a person's path is at a time."""
    return _path(motion, time_s)[0]


def heading(motion: CharacterMotion, time_s: float) -> float:
    """Yaw of the path at a time, radians."""
    return _path(motion, time_s)[1]


def _path(motion: CharacterMotion, time_s: float) -> tuple[Array, float]:
    start, yaw = np.asarray(motion.start_xy, float), motion.heading_rad
    if motion.gait == "turn":
        return start, yaw + motion.turn_rate_radps * time_s
    if motion.gait == "stand":
        return start, yaw
    length, bend = motion.speed_mps * time_s, motion.curvature_per_m
    half = 0.5 * bend * length
    chord = length * np.sinc(half / np.pi)
    return start + chord * np.array([np.sin(yaw + half), -np.cos(yaw + half)]), yaw + bend * length


def capsules(motion: CharacterMotion, bones: Skeleton, time_s: float) -> tuple[Array, float]:
    """A circle on the floor that a person stays within at a time: centre (2,) and radius in metres."""
    wide = motion.gesture in ("wave", "point", "stretch") or motion.gait == "run"
    stride = cycle(motion, bones)
    reach = 0.5 * motion.speed_mps * stride.period_s if stride and motion.gait in ("walk", "run") else 0.0
    radius = max((0.48 if wide else 0.33) * bones.height_m, 0.55 * reach + 0.15 * bones.height_m)
    return root_xy(motion, time_s), radius


def _smooth(x: float) -> float:
    x = min(max(x, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def _footprint(motion: CharacterMotion, beat: Cycle, bones: Skeleton, side: str, step: int) -> tuple[Array, float]:
    """Floor point under the ankle and yaw of a foot's n-th footprint."""
    turn = step + 0.43 * beat.duty - motion.phase + (0.0 if side == "l" else 0.5)
    return _beside(motion, bones, side, turn * beat.period_s, beat.width)


def _beside(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float, width: float) -> tuple[Array, float]:
    """A footprint beside the path where the path is at a time."""
    xy, yaw = _path(motion, time_s)
    sign = 1.0 if side == "l" else -1.0
    offset = sign * width * abs(bones.head(f"thigh_{side}")[0])
    spot = np.array([xy[0] + offset * np.cos(yaw), xy[1] + offset * np.sin(yaw), 0.0])
    return spot, yaw + sign * (0.09 if motion.gait in ("walk", "run") else 0.16)


def foot_state(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float) -> Foot:
    """Where a foot is at a time."""
    beat = cycle(motion, bones)
    if beat is None:
        return Foot(*_beside(motion, bones, side, 0.0, 1.15), 0.0, 0.0, 0.5)
    turn = motion.phase + time_s / beat.period_s - (0.0 if side == "l" else 0.5)
    step = int(np.floor(turn))
    part = turn - step
    spot, yaw = _footprint(motion, beat, bones, side, step)
    if part < beat.duty:
        stance = part / beat.duty
        down = -beat.strike * (1 - _smooth(stance / HEEL_ROCKER))
        up = beat.push * max(stance - BALL_ROCKER, 0.0) ** 2 / (1 - BALL_ROCKER) ** 2
        return Foot(spot, yaw, down + up, down, stance)
    after, next_yaw = _footprint(motion, beat, bones, side, step + 1)
    return _swinging(beat, (part - beat.duty) / (1 - beat.duty), (spot, yaw), (after, next_yaw))


def _swinging(beat: Cycle, w: float, old: tuple[Array, float], new: tuple[Array, float]) -> Foot:
    """A foot between two footprints, w of the way in time."""
    go = _smooth(w)
    base = old[0] + go * (new[0] - old[0])
    base[2] = beat.lift_m * np.sin(np.pi * w**0.8) ** 2
    kick = 1.0 + 0.25 * np.sin(np.pi * min(w / 0.5, 1.0))
    pitch = beat.push * kick * (1 - _smooth(w / 0.7)) - beat.strike * _smooth((w - 0.45) / 0.55)
    toes = min(pitch, 0.0) + 0.55 * max(pitch, 0.0) * _smooth(w / 0.35)
    return Foot(base, old[1] + go * (new[1] - old[1]), pitch, toes, None)


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


@dataclass(frozen=True)
class _Trunk:
    """World rotations of hips, spine, chest, neck and head, and the swing of the stride at this moment."""

    turns: tuple[Array, ...]
    sway: Array
    stride: float


def _trunk(motion: CharacterMotion, bones: Skeleton, beat: Cycle | None, time_s: float) -> _Trunk:
    yaw = heading(motion, time_s)
    if beat is None:
        return _standing_trunk(motion, bones, yaw, time_s)
    angle = 2 * np.pi * (motion.phase + time_s / beat.period_s)
    run = motion.gait == "run"
    size = 0.4 if motion.gait == "turn" else (1.35 if run else 1.0)
    stride, mid = np.cos(angle), np.cos(angle - np.pi * beat.duty)
    lean = motion.lean + (0.16 if run else 0.045)
    bank = float(np.clip(0.10 * motion.curvature_per_m * motion.speed_mps**2, -0.25, 0.25))
    hips = (yaw - 0.10 * size * stride, -0.045 * size * mid, 0.5 * lean)
    chest = (yaw + 0.11 * size * stride, 0.025 * size * mid, lean)
    sway = (0.016 * size * mid) * bones.height_m / 1.75 * np.array([np.cos(yaw), np.sin(yaw)])
    look = yaw + 0.35 * np.clip(motion.curvature_per_m, -1, 1)
    return _Trunk(_chain(hips, chest, (look, 0.0, 0.25 * lean - 0.02), bank), sway, size * stride)


def _standing_trunk(motion: CharacterMotion, bones: Skeleton, yaw: float, time_s: float) -> _Trunk:
    """Weight shifts slowly from one foot to the other; the chest breathes."""
    slow = 2 * np.pi * (0.11 * time_s + motion.phase)
    shift, breath = np.sin(slow), np.sin(2 * np.pi * 0.27 * time_s + 6 * motion.phase)
    talk = 0.05 * np.sin(2 * np.pi * motion.gesture_rate_hz * 0.5 * time_s) * (motion.gesture == "talk")
    arch = -0.10 if motion.gesture == "stretch" else 0.0
    hips = (yaw + 0.04 * shift, -0.035 * shift, 0.01 + 0.5 * motion.lean)
    chest = (yaw - 0.03 * shift + talk, 0.03 * shift, 0.02 + 0.012 * breath + motion.lean + arch)
    sway = 0.028 * shift * bones.height_m / 1.75 * np.array([np.cos(yaw), np.sin(yaw)])
    face = (yaw + 0.22 * np.sin(0.63 * slow + 1.0), 0.02 * shift, 0.03 + 0.03 * np.sin(1.7 * slow) + arch)
    return _Trunk(_chain(hips, chest, face, 0.0), sway, 0.0)


def _chain(hips: tuple, chest: tuple, head: tuple, bank: float) -> tuple[Array, ...]:
    """Rotations along the spine from (yaw, roll, pitch) of its ends; pitch is forward."""
    a, b, c = (np.asarray(v, float) + np.array([0.0, bank, 0.0]) for v in (hips, chest, head))
    c[1] *= 0.4
    return tuple(_euler(v) for v in (a, 0.5 * (a + b), b, 0.5 * (b + c), c))


def _euler(angles: Array) -> Array:
    yaw, roll, pitch = angles
    return axis_turn(Z, yaw) @ axis_turn(Y, roll) @ axis_turn(X, pitch)


def _pelvis_height(
    motion: CharacterMotion, bones: Skeleton, beat: Cycle | None, time_s: float, hips: Array, xy: Array,
    ankles: dict[str, Array],
) -> float:  # fmt: skip
    """Height of the hips joint: as wanted, but low enough for both legs to reach."""
    rest, k = bones.head("hips"), bones.height_m / 1.75
    wanted = rest[2] - 0.006 * k
    if motion.gait == "run" and beat:
        turn = 4 * np.pi * (motion.phase + time_s / beat.period_s - 0.5 * beat.duty)
        wanted += k * (-0.055 - 0.035 * np.cos(turn))
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
    beat = cycle(motion, bones)
    trunk = _trunk(motion, bones, beat, time_s)
    turns = np.tile(np.eye(3), (len(bones.names), 1, 1))
    turns[:5] = trunk.turns
    feet = {s: _foot_joints(foot_state(motion, bones, s, time_s), bones, s) for s in "lr"}
    xy = root_xy(motion, time_s) + trunk.sway
    height = _pelvis_height(motion, bones, beat, time_s, turns[0], xy, {s: feet[s][0] for s in "lr"})
    hips = np.array([*xy, height])
    for side, (ankle, foot, toes) in feet.items():
        hip = hips + turns[0] @ (bones.head(f"thigh_{side}") - bones.head("hips"))
        pole = unit(-turns[0] @ Y - axis_turn(Z, foot_state(motion, bones, side, time_s).yaw) @ Y)
        _place_leg(bones, side, hip, ankle, pole, turns)
        turns[bones.index(f"foot_{side}")], turns[bones.index(f"toe_{side}")] = foot, toes
    _place_arms(motion, bones, trunk, time_s, turns)
    root = np.eye(4)
    root[:3, 3] = hips - bones.head("hips")
    return Pose(forward(bones, root, local_from_global(bones, turns)))


def _place_arms(motion: CharacterMotion, bones: Skeleton, trunk: _Trunk, time_s: float, turns: Array) -> None:
    run = motion.gait == "run"
    for side, sign in (("l", -1.0), ("r", 1.0)):
        swing = sign * trunk.stride * motion.arm_swing
        ahead = (0.05 + 0.42 * swing) if run else (0.02 + 0.36 * swing)
        flex = (1.45 + 0.25 * swing) if run else (0.34 + 0.17 * swing)
        rest = hanging(ahead, max(flex, 0.14), bones.arm_spread + (0.08 if run else 0.0))
        leading = side == motion.gesture_side
        arm = gesture_arm(motion.gesture, time_s, motion.gesture_rate_hz, leading, rest)
        place_arm(bones, side, arm if side == "l" else mirrored(arm), turns[2], turns)


def joint_positions(bones: Skeleton, skin: Array) -> Array:
    """(J, 3) world positions of the joints in a pose."""
    return np.stack([carry(matrix, head) for matrix, head in zip(skin, bones.heads, strict=True)])
