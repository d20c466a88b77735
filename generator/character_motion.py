"""What a person does, as a few numbers, and the path it takes over the floor. numpy only."""

from __future__ import annotations

from typing import Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from .skeleton import Array

TRAVELLING = ("walk", "run", "stumble")
CHANGE_S = 1.1
"""How long a change of speed takes."""
HELD_IN = {
    "none": None, "phone": ("phone", "text"), "cup": ("drink", "hold"), "umbrella": ("hold",), "box": ("carry",),
    "ball": ("carry", "throw"), "bag": ("none", "wave", "point", "phone", "talk"),
    "briefcase": ("none", "wave", "point"),
}  # fmt: skip
"""The gestures in which each thing can be held."""
HANGING = ("bag", "briefcase")
"""Things that hang from the hand that does not gesture."""


class CharacterMotion(BaseModel):
    """What a person does: a gait for feet and trunk and a gesture for the arms, in any combination.

    Gaits: "walk" and "run" follow an arc and may change their speed, into each other or to a stop; "stumble" is a
    walk that trips again and again; "stand" idles, shifting weight and looking round; "turn" steps round on the
    spot; "jump" crouches, leaves the floor and lands, on the spot or ahead; "squat" goes down and up; "sit" sits down
    on a stool or crate of its own, stays and rises, or stays on the ground; "dance" steps from side to side.

    Gestures: "none", "wave", "talk", "point", "phone" (at the ear), "text" (on a phone before the chest), "drink",
    "hold" (something upright), "carry" (before the belly, with both hands), "clap", "stretch", "throw" (overarm, once;
    a ball then flies, bounces and rolls).

    Attributes:
        gait: what feet and trunk do.
        gesture: what the arms do.
        holds: what is in the hand, or in both; only in gestures that `HELD_IN` lists.
        seat: what "sit" sits on.
        start_xy: where the person is at time 0, metres.
        heading_rad: yaw of the person at time 0 about +z; at 0 it faces -y.
        speed_mps: along the path, for "walk", "run" and "stumble", and the mean speed of a "jump" ahead.
        end_speed_mps: speed of "walk" and "run" after the change; 0 is a stop, None for no change.
        change_s: when the speed begins to change.
        curvature_per_m: turn of the heading for each metre of path, left positive.
        turn_rate_radps: yaw speed of "turn".
        phase: where in its cycle the gait is at time 0; at 0 the left foot touches down.
        tempo_hz: cycles each second of "jump", "squat", "sit", "dance" and of the trips of "stumble".
        gesture_side: the arm that leads.
        gesture_rate_hz: repeats of the gesture each second; a throw takes as long as two.
        gesture_from_s: when the gesture begins; before, the arms do what the gait asks for.
        arm_swing: factor on the swing of the arms.
        lean: radians of extra forward lean.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    gait: Literal["walk", "run", "stumble", "stand", "turn", "jump", "squat", "sit", "dance"] = "walk"
    gesture: Literal[
        "none", "wave", "talk", "point", "phone", "text", "drink", "hold", "carry", "clap", "stretch", "throw"
    ] = "none"
    holds: Literal["none", "phone", "cup", "umbrella", "box", "ball", "bag", "briefcase"] = "none"
    seat: Literal["stool", "crate", "ground"] = "stool"
    start_xy: tuple[float, float] = (0.0, 0.0)
    heading_rad: float = 0.0
    speed_mps: float = Field(1.3, ge=0.0, le=6.0)
    end_speed_mps: float | None = Field(None, ge=0.0, le=6.0)
    change_s: float = Field(0.5, ge=-10.0, le=10.0)
    curvature_per_m: float = Field(0.0, ge=-1.0, le=1.0)
    turn_rate_radps: float = Field(0.6, ge=-1.5, le=1.5)
    phase: float = Field(0.0, ge=0.0, le=1.0)
    tempo_hz: float = Field(0.5, ge=0.1, le=1.0)
    gesture_side: Literal["l", "r"] = "r"
    gesture_rate_hz: float = Field(1.0, ge=0.05, le=3.0)
    gesture_from_s: float = Field(-10.0, ge=-10.0, le=10.0)
    arm_swing: float = Field(1.0, ge=0.0, le=1.6)
    lean: float = Field(0.0, ge=-0.2, le=0.4)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        allowed = HELD_IN[self.holds]
        if allowed is not None and self.gesture not in allowed:
            raise ValueError(f"holds: a {self.holds} needs a gesture of {allowed}, got {self.gesture}")
        if self.end_speed_mps is not None and (self.gait not in ("walk", "run") or self.speed_mps < 0.3):
            raise ValueError("end_speed_mps: only a walk or run of at least 0.3 m/s changes its speed")
        return self

    @property
    def holding_side(self) -> str:
        """The hand that carries what is held: the leading one, or the other for what hangs."""
        return {"l": "r", "r": "l"}[self.gesture_side] if self.holds in HANGING else self.gesture_side

    @property
    def travels(self) -> bool:
        """Whether the feet walk along a path."""
        return self.gait in TRAVELLING and self.speed_mps >= 0.05

    @property
    def stops(self) -> bool:
        """Whether the person comes to stand."""
        return self.travels and self.end_speed_mps is not None and self.end_speed_mps < 0.05


RELEASE = 0.44
"""Share of a throw at which a ball leaves the hand: the hand is about at its fastest, and goes ahead."""


def throw_length_s(motion: CharacterMotion) -> float:
    """How long a throw takes, from the arm at rest to the arm at rest."""
    return 2 / motion.gesture_rate_hz


def throw_share(motion: CharacterMotion, time_s: float) -> float:
    """Share of a throw that has passed, 0 to 1: it is made once."""
    return min(max((time_s - motion.gesture_from_s) / throw_length_s(motion), 0.0), 1.0)


def smooth(x: float) -> float:
    """Smoothstep of a number: 0 below 0, 1 above 1."""
    x = min(max(x, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def ramp(motion: CharacterMotion, time_s: Array) -> Array:
    """0 before the change of speed, 1 after it."""
    x = np.clip((np.asarray(time_s, float) - motion.change_s) / CHANGE_S, 0.0, 1.0)
    return x * x * (3 - 2 * x) * (motion.end_speed_mps is not None)


def speed(motion: CharacterMotion, time_s: Array) -> Array:
    """Speed along the path of a travelling gait, m/s."""
    end = motion.speed_mps if motion.end_speed_mps is None else motion.end_speed_mps
    return motion.speed_mps + (end - motion.speed_mps) * ramp(motion, time_s)


AIR_S = 0.40
"""How long a jump is in the air; by gravity it rises 0.2 m."""


def hop(motion: CharacterMotion) -> tuple[float, float]:
    """Shares of a jump's cycle at which the feet leave the floor and land again."""
    return 0.40, 0.40 + AIR_S * motion.tempo_hz


def cycles(motion: CharacterMotion, time_s: float) -> tuple[int, float]:
    """How many whole cycles of its tempo a gait has done, and the share of the running one."""
    turn = motion.phase + motion.tempo_hz * time_s
    return int(np.floor(turn)), float(turn - np.floor(turn))


def _length(motion: CharacterMotion, time_s: float) -> float:
    """Metres of path from time 0 on."""
    if motion.gait == "jump":
        step = motion.speed_mps / motion.tempo_hz
        (whole, share), (first, begun) = cycles(motion, time_s), cycles(motion, 0.0)
        return step * (whole - first + _ahead(motion, share) - _ahead(motion, begun))
    if not motion.travels:
        return 0.0
    length = motion.speed_mps * time_s
    if motion.end_speed_mps is not None:
        x = np.array([(t - motion.change_s) / CHANGE_S for t in (0.0, time_s)])
        inside = np.clip(x, 0.0, 1.0)
        area = CHANGE_S * (inside**3 - inside**4 / 2 + np.maximum(x - 1.0, 0.0))
        length += (motion.end_speed_mps - motion.speed_mps) * float(area[1] - area[0])
    return float(length)


def _ahead(motion: CharacterMotion, share: float) -> float:
    """Part of a jump's length that the trunk has covered at a share of its cycle."""
    leave, land = hop(motion)
    pace = 0.8 / (land - leave)
    if share < leave:
        # Eases in to the speed of the flight: a power that has slope `pace` at the moment of leaving.
        return 0.1 * (share / leave) ** (pace * leave / 0.1)
    if share < land:
        return 0.1 + pace * (share - leave)
    return 1.0 - 0.1 * ((1 - share) / (1 - land)) ** (pace * (1 - land) / 0.1)


def path(motion: CharacterMotion, time_s: float) -> tuple[Array, float]:
    """Where a person's path is at a time (2,), and its yaw."""
    yaw = motion.heading_rad + (motion.turn_rate_radps * time_s if motion.gait == "turn" else 0.0)
    return along(motion, _length(motion, time_s), yaw)


def along(motion: CharacterMotion, length: float, yaw: float | None = None) -> tuple[Array, float]:
    """The path after some metres, and its yaw there."""
    yaw = motion.heading_rad if yaw is None else yaw
    half = 0.5 * motion.curvature_per_m * length
    chord = length * np.sinc(half / np.pi)
    start = np.asarray(motion.start_xy, float)
    return start + chord * np.array([np.sin(yaw + half), -np.cos(yaw + half)]), yaw + 2 * half


def root_xy(motion: CharacterMotion, time_s: float) -> Array:
    """(2,) where a person's path is at a time."""
    return path(motion, time_s)[0]


def heading(motion: CharacterMotion, time_s: float) -> float:
    """Yaw of the path at a time, radians."""
    return path(motion, time_s)[1]


def landing(motion: CharacterMotion, whole: int) -> tuple[Array, float]:
    """The spot, and the yaw, on which a jumper stands at the beginning of its n-th cycle."""
    first, begun = cycles(motion, 0.0)
    return along(motion, motion.speed_mps / motion.tempo_hz * (whole - first - _ahead(motion, begun)))
