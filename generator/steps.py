"""Where feet are: a footprint is fixed in the world, and the foot on it does not slide. numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .character_motion import CharacterMotion, cycles, hop, landing, path, ramp, smooth, speed
from .skeleton import Array, Skeleton

HEEL_ROCKER, BALL_ROCKER = 0.15, 0.55
"""Shares of a stance after which the whole sole is down and after which the heel rises."""
_GRID_S = np.arange(-2.0, 14.0, 0.01)
_AT_ZERO = 200


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


@dataclass(frozen=True)
class Step:
    """How one step is made.

    Attributes:
        duty: share of the cycle in which a foot is planted.
        strike, push: pitch of the foot at touch-down (toes up) and at take-off (heel up), radians.
        lift_m: how high the swinging foot is carried.
        width: distance of a footprint from the path, in hip half-widths.
    """

    duty: float
    strike: float
    push: float
    lift_m: float
    width: float


@dataclass(frozen=True)
class Clock:
    """The rhythm of the steps.

    Attributes:
        phases: cycles of left and right step that have passed at the times of the grid.
        last: phase at which the last foot comes to stand; infinite if they never do.
    """

    phases: Array
    last: float

    def phase(self, time_s: float) -> float:
        """Cycles that have passed at a time; it does not pass `last`."""
        return min(_extended(time_s, _GRID_S, self.phases), self.last)

    def time(self, phase: float) -> float:
        """When a phase is reached; the end of the grid for those after the last."""
        return _extended(min(phase, self.last + 1.0), self.phases, _GRID_S)


def _extended(x: float, xs: Array, ys: Array) -> float:
    """Straight interpolation that goes on beyond both ends."""
    if x < xs[0]:
        return float(ys[0] + (x - xs[0]) * (ys[1] - ys[0]) / (xs[1] - xs[0]))
    if x > xs[-1]:
        return float(ys[-1] + (x - xs[-1]) * (ys[-1] - ys[-2]) / (xs[-1] - xs[-2]))
    return float(np.interp(x, xs, ys))


def running(motion: CharacterMotion, time_s: float) -> float:
    """How far a traveller runs: 0 walks, 1 runs."""
    start = float(motion.gait == "run")
    end = start if motion.end_speed_mps is None else float(motion.end_speed_mps > 1.9)
    return start + (end - start) * float(ramp(motion, time_s))


def _stride(motion: CharacterMotion, k: float, time_s: Array) -> Array:
    """Metres that a cycle covers."""
    pace = speed(motion, time_s) / np.sqrt(k)
    start = float(motion.gait == "run")
    end = start if motion.end_speed_mps is None else float(motion.end_speed_mps > 1.9)
    runs = start + (end - start) * ramp(motion, time_s)
    return k * ((1 - runs) * (0.52 + 0.62 * pace) + runs * (0.75 + 0.47 * pace))


@lru_cache(maxsize=64)
def clock(motion: CharacterMotion, height_m: float) -> Clock:
    """The rhythm of a motion that takes steps."""
    k = height_m / 1.75
    if motion.gait == "turn":
        rate = np.full(len(_GRID_S), 1 / 1.15)
    elif not motion.travels:
        raise ValueError(f"{motion.gait} takes no steps")
    else:
        rate = speed(motion, _GRID_S) / _stride(motion, k, _GRID_S)
    if motion.stops:
        rate = np.maximum(rate, np.where(motion.change_s < _GRID_S, 0.72 / np.sqrt(k), 0.0))
    if motion.gait == "stumble":
        rate = rate * (1 + 0.9 * np.array([trip(motion, t) for t in _GRID_S]))
    passed = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]) * np.diff(_GRID_S))])
    phases = passed - passed[_AT_ZERO] + motion.phase
    last = np.inf
    if motion.stops:
        end = _extended(motion.change_s + 1.1, _GRID_S, phases)
        last = float(np.ceil(2 * (end + 0.23)) / 2)
    return Clock(phases, last)


def trip(motion: CharacterMotion, time_s: float) -> float:
    """How far out of balance a stumbling person is: 0 walks on, 1 nearly falls."""
    since = cycles(motion, time_s)[1] / motion.tempo_hz
    return smooth(since / 0.30) * (1 - smooth((since - 0.36) / 0.9))


def step_at(motion: CharacterMotion, bones: Skeleton, time_s: float) -> Step:
    """How a step is made that begins at a time."""
    k = bones.height_m / 1.75
    if motion.gait == "turn":
        return Step(0.72, 0.0, 0.35, 0.035 * k, 1.05)
    runs = running(motion, time_s)
    stride = float(_stride(motion, k, np.array(time_s)))
    vigour = float(np.clip(stride / (1.35 * k), 0.3, 1.0))
    walk = np.array([0.62, 0.36 * vigour, 0.92 * vigour, 0.055 * k, 0.62 + 0.35 * (1 - vigour)])
    run = np.array([0.37, 0.12, 0.85, 0.20 * k, 0.35])
    return Step(*(float(v) for v in walk + runs * (run - walk)))


def _numbered(motion: CharacterMotion, bones: Skeleton, side: str, number: int) -> tuple[Step, Array, float]:
    """A foot's n-th step, with the floor point under the ankle and the yaw of its print."""
    beat = clock(motion, bones.height_m)
    offset = 0.0 if side == "l" else 0.5
    step = step_at(motion, bones, beat.time(number + offset + 0.2))
    when = beat.time(number + offset + 0.43 * step.duty)
    final = number + offset > beat.last - 0.75
    if final:
        step = Step(step.duty, 0.0, 0.0, step.lift_m, 1.1)
    return step, *beside(motion, bones, side, when, step.width)


def beside(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float, width: float) -> tuple[Array, float]:
    """A footprint beside the path where the path is at a time."""
    return _at(path(motion, time_s), bones, side, width, 0.09 if motion.travels else 0.16)


def _at(
    spot: tuple[Array, float], bones: Skeleton, side: str, width: float, out: float, ahead: float = 0.0
) -> tuple[Array, float]:
    """A footprint about a spot with a yaw: aside, turned outwards, and some metres ahead."""
    xy, yaw = spot
    sign = 1.0 if side == "l" else -1.0
    offset = sign * width * abs(bones.head(f"thigh_{side}")[0])
    x, y = np.cos(yaw), np.sin(yaw)
    return np.array([xy[0] + offset * x + ahead * y, xy[1] + offset * y - ahead * x, 0.0]), yaw + sign * out


def foot_state(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float) -> Foot:
    """Where a foot is at a time."""
    if motion.travels or motion.gait == "turn":
        return _stepping(motion, bones, side, time_s)
    if motion.gait == "jump":
        return _jumping(motion, bones, side, time_s)
    if motion.gait == "dance":
        return _dancing(motion, bones, side, time_s)
    width, out, ahead = 1.15, 0.16, 0.0
    if motion.gait == "squat":
        width, out = 1.75, 0.42
    elif motion.gait == "sit":
        width, ahead = 1.25, 0.36 * bones.height_m / 1.75 if motion.seat == "ground" else 0.0
    elif motion.gesture == "throw":
        width, ahead = 1.5, 0.16 * bones.height_m / 1.75 * (1.0 if side != motion.gesture_side else -1.0)
    return Foot(*_at(path(motion, 0.0), bones, side, width, out, ahead), 0.0, 0.0, 0.5)


def _stepping(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float) -> Foot:
    turn = clock(motion, bones.height_m).phase(time_s) - (0.0 if side == "l" else 0.5)
    number = int(np.floor(turn))
    part = turn - number
    step, spot, yaw = _numbered(motion, bones, side, number)
    if part < step.duty or step.push == 0.0:
        stance = min(part / step.duty, 1.0)
        down = -step.strike * (1 - smooth(stance / HEEL_ROCKER))
        up = step.push * max(stance - BALL_ROCKER, 0.0) ** 2 / (1 - BALL_ROCKER) ** 2
        return Foot(spot, yaw, down + up, down, stance)
    then, after, next_yaw = _numbered(motion, bones, side, number + 1)
    return _swinging(step, then, (part - step.duty) / (1 - step.duty), (spot, yaw), (after, next_yaw))


def _swinging(step: Step, then: Step, w: float, old: tuple[Array, float], new: tuple[Array, float]) -> Foot:
    """A foot between two footprints, w of the way in time."""
    # It leaves the floor before it goes forward and is above its new place before it comes down: else it skims.
    go = smooth((w - 0.05) / 0.87)
    base = old[0] + go * (new[0] - old[0])
    base[2] = step.lift_m * np.sin(np.pi * w**0.8) ** 1.2
    kick = 1.0 + 0.25 * np.sin(np.pi * min(w / 0.5, 1.0))
    pitch = step.push * kick * (1 - smooth(w / 0.7)) - then.strike * smooth((w - 0.45) / 0.55)
    toes = min(pitch, 0.0) + 0.55 * max(pitch, 0.0) * smooth(w / 0.35)
    return Foot(base, old[1] + go * (new[1] - old[1]), pitch, toes, None)


PUSH_OFF, TOUCH_DOWN = 0.85, 0.45
"""Pitch of a jumper's feet as they leave the floor and as they meet it, radians."""


def _jumping(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float) -> Foot:
    whole, share = cycles(motion, time_s)
    leave, land = hop(motion)
    spot, yaw = _at(landing(motion, whole), bones, side, 1.3, 0.14)
    if share < leave:
        up = PUSH_OFF * smooth((share - 0.86 * leave) / (0.14 * leave))
        return Foot(spot, yaw, up, 0.0, share / leave)
    after, next_yaw = _at(landing(motion, whole + 1), bones, side, 1.3, 0.14)
    if share >= land:
        flat = smooth((share - land) / min(0.12 * motion.tempo_hz, 1 - land))
        return Foot(after, next_yaw, TOUCH_DOWN * (1 - flat), 0.0, 0.0)
    w = (share - leave) / (land - leave)
    base = spot + min(max((w - 0.04) / 0.88, 0.0), 1.0) * (after - spot)
    base[2] = rise(motion, share, bones) + 0.06 * bones.height_m / 1.75 * np.sin(np.pi * w)
    pitch = PUSH_OFF + (TOUCH_DOWN - PUSH_OFF) * smooth(w)
    return Foot(base, yaw + w * (next_yaw - yaw), pitch, 0.6 * pitch * np.sin(np.pi * w) ** 2, None)


def rise(motion: CharacterMotion, share: float, bones: Skeleton) -> float:
    """Metres that a jumper has risen since leaving the floor, at a share of the cycle in the air."""
    since = (share - hop(motion)[0]) / motion.tempo_hz
    left = hop(motion)[1] - hop(motion)[0]
    return 0.5 * 9.81 * since * max(left / motion.tempo_hz - since, 0.0)


def _dancing(motion: CharacterMotion, bones: Skeleton, side: str, time_s: float) -> Foot:
    """Step, close, step, close: the right foot steps out, the left one closes, and back."""
    shift = 0.0 if side == "r" else 0.5
    share = (motion.phase + motion.tempo_hz * time_s - shift) % 1.0
    k = bones.height_m / 1.75
    wide, close = 0.27 * k, -0.02 * k
    sign = 1.0 if side == "l" else -1.0
    xy, yaw = path(motion, 0.0)
    beside_m, before_m = (wide, close) if share < 0.75 else (close, wide)
    here, before = (np.array([xy[0] + sign * at * np.cos(yaw), xy[1] + sign * at * np.sin(yaw), 0.0])
                    for at in (beside_m, before_m))  # fmt: skip
    w = (share if share < 0.75 else share - 0.75) / 0.22
    foot_yaw = yaw + sign * 0.2
    if w >= 1.0:
        return Foot(here, foot_yaw, 0.0, 0.0, 0.5)
    base = before + smooth(w) * (here - before)
    base[2] = 0.07 * k * np.sin(np.pi * w) ** 2
    return Foot(base, foot_yaw, 0.35 * np.sin(np.pi * w) ** 2, 0.0, None)
