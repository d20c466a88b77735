"""How the trunk goes with each gait, and what arms do when they do not gesture. numpy only."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from itertools import pairwise

import numpy as np

from .character_motion import CharacterMotion, cycles, hop, smooth, speed, throw_share
from .gestures import Arm, hanging, keyed, resting
from .skeleton import Array, Skeleton
from .steps import clock, rise, running, step_at, trip


@dataclass(frozen=True)
class Carriage:
    """How the trunk is held, relative to the path.

    Attributes:
        hips, chest, head: (3,) yaw, roll and forward pitch, radians.
        aside, ahead: shift of the hips to the left and forward, metres.
        drop: how far the hips are below those of a standing person, metres.
        stride: swing of the arms, -1 to 1; the right arm is ahead at 1.
    """

    hips: Array
    chest: Array
    head: Array
    aside: float = 0.0
    ahead: float = 0.0
    drop: float = 0.0
    stride: float = 0.0


def _mixed(a: Carriage, b: Carriage, w: float) -> Carriage:
    return Carriage(*((1 - w) * x + w * y for x, y in zip(astuple(a), astuple(b), strict=True)))


def carriage(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Carriage:
    """How the trunk is held at a time."""
    if motion.travels or motion.gait == "turn":
        walks = _walking(motion, bones, time_s)
        stands = 1.0 - smooth(float(speed(motion, np.array(time_s))) / 0.5) if motion.stops else 0.0
        held = _mixed(walks, _standing(motion, bones, time_s), stands) if stands > 0 else walks
    else:
        held = {"jump": _jumping, "squat": _squatting, "sit": _sitting, "dance": _dancing}.get(motion.gait, _standing)(
            motion, bones, time_s
        )
    return _thrown(held, motion, time_s) if motion.gesture == "throw" else held


def _walking(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Carriage:
    k = bones.height_m / 1.75
    angle = 2 * np.pi * clock(motion, bones.height_m).phase(time_s)
    runs = running(motion, time_s) if motion.travels else 0.0
    duty = step_at(motion, bones, time_s).duty
    size = 0.4 if motion.gait == "turn" else 1.0 + 0.35 * runs
    stride, mid = np.cos(angle), np.cos(angle - np.pi * duty)
    lean = motion.lean + 0.045 + 0.115 * runs
    bend = motion.curvature_per_m if motion.travels else 0.0
    bank = float(np.clip(0.10 * bend * float(speed(motion, np.array(time_s))) ** 2, -0.25, 0.25))
    bounce = k * (0.055 + 0.035 * np.cos(2 * angle - 2 * np.pi * duty)) * runs
    fall = trip(motion, time_s) if motion.gait == "stumble" else 0.0
    return Carriage(
        np.array([-0.10 * size * stride, bank - 0.045 * size * mid, 0.5 * lean + 0.22 * fall]),
        np.array([0.11 * size * stride + 0.15 * fall, bank + 0.025 * size * mid, lean + 0.68 * fall]),
        np.array([0.35 * np.clip(bend, -1, 1), 0.4 * bank, 0.25 * lean - 0.02 + 0.40 * fall]),
        aside=0.016 * size * mid * k,
        ahead=0.05 * k * fall,
        drop=bounce + 0.11 * k * fall,
        stride=size * stride,
    )


def _standing(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Carriage:
    """Weight shifts slowly from one foot to the other; the chest breathes, the head looks round."""
    slow = 2 * np.pi * (0.11 * time_s + motion.phase)
    shift, breath = np.sin(slow), np.sin(2 * np.pi * 0.27 * time_s + 6 * motion.phase)
    talk = 0.05 * np.sin(2 * np.pi * motion.gesture_rate_hz * 0.5 * time_s) * (motion.gesture == "talk")
    arch = -0.10 if motion.gesture == "stretch" else 0.0
    look = 0.22 * np.sin(0.63 * slow + 1.0)
    nod = 0.03 + 0.03 * np.sin(1.7 * slow)
    if motion.gesture in ("text", "drink"):
        look, nod = 0.25 * look, 0.42 if motion.gesture == "text" else -0.05
    return Carriage(
        np.array([0.04 * shift, -0.035 * shift, 0.01 + 0.5 * motion.lean]),
        np.array([-0.03 * shift + talk, 0.03 * shift, 0.02 + 0.012 * breath + motion.lean + arch]),
        np.array([look, 0.008 * shift, nod + arch]),
        aside=0.028 * shift * bones.height_m / 1.75,
    )


def _thrown(held: Carriage, motion: CharacterMotion, time_s: float) -> Carriage:
    """The trunk winds up to the side of the throwing arm and unwinds into the throw."""
    sign = 1.0 if motion.gesture_side == "l" else -1.0
    # A left arm winds up by turning the chest to the left, which is a positive yaw.
    turn = sign * _knots(throw_share(motion, time_s), [(0, 0.0), (0.38, 0.75), (0.55, -0.45), (0.72, -0.5), (1, 0.0)])
    dip = _knots(throw_share(motion, time_s), [(0, 0.0), (0.38, -0.10), (0.55, 0.28), (0.72, 0.30), (1, 0.0)])
    return Carriage(
        held.hips + [0.45 * turn, 0.0, 0.4 * dip],
        held.chest + [turn, 0.0, dip],
        held.head + [0.15 * turn, 0.0, 0.2 * dip],
        held.aside, held.ahead + 0.10 * dip, held.drop + 0.02, held.stride,
    )  # fmt: skip


def _knots(share: float, knots: list[tuple[float, float]]) -> float:
    """Values that ease from knot to knot."""
    for (a, u), (b, v) in pairwise(knots):
        if share <= b:
            return u + (v - u) * smooth((share - a) / (b - a))
    return knots[-1][1]


def _jumping(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Carriage:
    k = bones.height_m / 1.75
    share = cycles(motion, time_s)[1]
    leave, land = hop(motion)
    up = 9.81 * 0.20  # speed at take-off, m/s
    top, soft = 0.025 * k, min(0.16, 0.6 * (1 - land) / motion.tempo_hz)
    ground_s = leave / motion.tempo_hz
    since_s = share / motion.tempo_hz
    if share < leave:
        push_s = 0.26 * np.sqrt(k)
        low = -0.24 * k
        if since_s < ground_s - push_s:
            height = low * smooth(since_s / (ground_s - push_s))
        else:
            height = _hermite((since_s - ground_s + push_s) / push_s, low, 0.0, top, up * push_s)
    elif share < land:
        height = top + rise(motion, share, bones)
    else:
        since_s -= land / motion.tempo_hz
        deep = top - 0.55 * up * soft
        if since_s < soft:
            height = _hermite(since_s / soft, top, -up * soft, deep, 0.0)
        else:
            height = deep * (1 - smooth((since_s - soft) / ((1 - land) / motion.tempo_hz - soft)))
    bent = float(np.clip(-height / (0.24 * k), 0.0, 1.0))
    return Carriage(
        np.array([0.0, 0.0, 0.35 * bent + motion.lean]),
        np.array([0.0, 0.0, 0.02 + 0.60 * bent + motion.lean]),
        np.array([0.0, 0.0, 0.12 * bent - 0.05]),
        ahead=-0.05 * k * bent,
        drop=-height,
    )


def _hermite(u: float, a: float, slope_a: float, b: float, slope_b: float) -> float:
    return float((1 + 2 * u) * (1 - u) ** 2 * a + u * (1 - u) ** 2 * slope_a
                 + u * u * (3 - 2 * u) * b + u * u * (u - 1) * slope_b)  # fmt: skip


def _down(motion: CharacterMotion, time_s: float) -> float:
    """How far down a squatting or sitting person is: 0 stands."""
    share = cycles(motion, time_s)[1]
    if motion.gait == "sit" and motion.seat == "ground":
        return 1.0
    fall, stay = (0.28, 0.72) if motion.gait == "sit" else (0.40, 0.52)
    return smooth(share / fall) * (1 - smooth((share - stay) / (1 - stay)))


def _squatting(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Carriage:
    k, down = bones.height_m / 1.75, _down(motion, time_s)
    hip = float(bones.head("thigh_l")[2])
    return Carriage(
        np.array([0.0, 0.0, 0.42 * down]),
        np.array([0.0, 0.0, 0.02 + 0.62 * down + motion.lean]),
        np.array([0.0, 0.0, 0.05 * down]),
        ahead=-0.13 * k * down,
        drop=0.44 * hip * down,
    )


def seat_height(height_m: float) -> float:
    """Height of the stool or crate that a person of some stature brings along."""
    return 0.245 * height_m


def _sitting(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Carriage:
    k, down = bones.height_m / 1.75, _down(motion, time_s)
    calm = _standing(motion, bones, time_s)
    hip = float(bones.head("thigh_l")[2])
    if motion.seat == "ground":
        lift = 0.108 * k * bones.girth
        return Carriage(
            np.array([0.0, 0.0, -0.30]), calm.chest + [0.0, 0.0, 0.10], calm.head + [0.0, 0.0, 0.05],
            drop=hip - lift,
        )  # fmt: skip
    # The trunk leans forward on the way, when the hips are behind the feet and not yet on the seat.
    tilt = np.sin(np.pi * np.clip(down, 0.0, 1.0))
    still = 1 - 0.6 * down
    return Carriage(
        still * calm.hips + [0.0, 0.0, 0.30 * tilt - 0.06 * down],
        still * calm.chest + [0.0, 0.0, 0.75 * tilt + 0.05 * down],
        calm.head + [0.0, 0.0, 0.15 * tilt],
        aside=calm.aside * (1 - down),
        ahead=-0.40 * k * down**0.8,
        drop=(hip - seat_height(bones.height_m) - 0.098 * k * bones.girth) * down,
    )


def _dancing(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Carriage:
    k = bones.height_m / 1.75
    turn = 2 * np.pi * (motion.phase + motion.tempo_hz * time_s)
    sway, beat = np.cos(turn - 0.9 * np.pi), np.cos(2 * turn)
    return Carriage(
        np.array([0.16 * np.sin(turn), 0.10 * np.sin(turn + 0.5), 0.05]),
        np.array([-0.30 * np.sin(turn), -0.12 * sway, 0.06 + 0.05 * beat]),
        np.array([0.10 * np.sin(turn), 0.05 * sway, 0.06 - 0.06 * beat]),
        aside=0.13 * k * sway,
        drop=(0.055 + 0.035 * beat) * k,
    )


def rest_arm(motion: CharacterMotion, bones: Skeleton, side: str, held: Carriage, time_s: float) -> Arm:
    """What an arm does without a gesture; said for a left arm."""
    if motion.gait in ("jump", "squat", "sit", "dance"):
        return _ACTION_ARMS[motion.gait](motion, bones, side, time_s)
    runs = running(motion, time_s) if motion.travels else 0.0
    swing = (1.0 if side == "r" else -1.0) * held.stride * motion.arm_swing
    ahead = 0.02 + 0.36 * swing + runs * (0.03 + 0.06 * swing)
    flex = 0.34 + 0.17 * swing + runs * (1.11 + 0.08 * swing)
    arm = hanging(ahead, max(flex, 0.14), bones.arm_spread + 0.08 * runs)
    if motion.gait != "stumble":
        return arm
    flung = resting("flung_ahead" if side == "l" else "flung_aside")
    return keyed([arm, flung], [0.0, 1.0], trip(motion, time_s))


def _jump_arm(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float) -> Arm:
    share = cycles(motion, time_s)[1]
    leave, land = hop(motion)
    calm = hanging(0.0, 0.3, bones.arm_spread)
    poses = [calm, hanging(-0.6, 0.4, bones.arm_spread + 0.1), resting("swing"), resting("raised"), resting("raised"),
             hanging(0.5, 0.7, bones.arm_spread + 0.2), calm]  # fmt: skip
    air = land - leave
    return keyed(poses, [0.0, 0.5 * leave, 0.9 * leave, leave + 0.25 * air, leave + 0.5 * air, land, 1.0], share)


def _squat_arm(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float) -> Arm:
    return keyed([hanging(0.05, 0.3, bones.arm_spread), resting("ahead")], [0.0, 1.0], _down(motion, time_s))


def _sit_arm(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float) -> Arm:
    if motion.seat == "ground":
        return resting("on_knees")
    way = [hanging(0.05, 0.3, bones.arm_spread), hanging(0.75, 0.45, bones.arm_spread), resting("on_thighs")]
    return keyed(way, [0.0, 0.55, 1.0], _down(motion, time_s))


def _dance_arm(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float) -> Arm:
    turn = 2 * np.pi * (motion.phase + motion.tempo_hz * time_s) + (0.0 if side == "l" else np.pi)
    return keyed([resting("low_beat"), resting("high_beat")], [0.0, 1.0], 0.5 + 0.5 * np.sin(turn))


_ACTION_ARMS = {"jump": _jump_arm, "squat": _squat_arm, "sit": _sit_arm, "dance": _dance_arm}
