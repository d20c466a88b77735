"""Draws what people do, and says how much room they need for it. numpy only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from viewlock.assets_manifest.catalogue import Asset, Catalogue
from viewlock.assets_manifest.clip_names import goes

from .actions import carriage
from .appearance import CHARACTERS
from .asset_ref import AssetRef
from .character_motion import RELEASE, CharacterMotion, path, root_xy
from .motions import pose
from .recordings import RecordedMotion, arms_out, can_play, playback, speed_mps
from .skeleton import Array, Skeleton, axis_turn, carry, skeleton
from .thrown import ball_in_hand, throws_ball

# Weights of what people do: fast worlds are crossed, in slow ones people stay or stroll. "change" walks and then
# runs, "stop" walks and then stands.
_FAST = {
    "walk": 0.39, "change": 0.11, "run": 0.14, "stop": 0.05, "stumble": 0.08, "jump": 0.08, "dance": 0.05,
    "turn": 0.02, "squat": 0.03, "sit": 0.03, "stand": 0.02,
}  # fmt: skip
_SLOW = {
    "walk": 0.28, "change": 0.02, "run": 0.0, "stop": 0.10, "stumble": 0.03, "jump": 0.03, "dance": 0.06,
    "turn": 0.08, "squat": 0.05, "sit": 0.12, "stand": 0.23,
}  # fmt: skip
_ON_THE_WAY = {
    "none": 0.42, "wave": 0.08, "talk": 0.08, "point": 0.03, "phone": 0.12, "text": 0.06, "hold": 0.10, "carry": 0.09,
    "drink": 0.02,
    "throw": 0.05,
}  # fmt: skip
_STANDING = {
    "none": 0.08, "wave": 0.15, "talk": 0.15, "point": 0.10, "phone": 0.10, "text": 0.09, "drink": 0.08, "hold": 0.05,
    "carry": 0.08, "clap": 0.05, "stretch": 0.04, "throw": 0.12,
}  # fmt: skip
_SEATED = {"none": 0.35, "talk": 0.2, "phone": 0.1, "text": 0.15, "drink": 0.1, "wave": 0.1}
_GESTURES = {
    "walk": _ON_THE_WAY, "change": {"none": 1.0}, "run": {"none": 1.0}, "stumble": {"none": 0.9, "carry": 0.1},
    "stop": {"wave": 0.5, "point": 0.15, "talk": 0.2, "clap": 0.15}, "jump": {"none": 1.0}, "squat": {"none": 1.0},
    "dance": {"none": 0.85, "clap": 0.15}, "turn": _STANDING, "stand": _STANDING, "sit": _SEATED,
}  # fmt: skip
_HELD = {
    "phone": ("phone",), "text": ("phone",), "drink": ("cup",), "hold": ("umbrella", "cup"), "carry": ("box", "ball"),
    "throw": ("ball",),
}  # fmt: skip
_TEMPO = {"jump": (0.55, 0.8), "squat": (0.25, 0.4), "sit": (0.16, 0.25), "dance": (0.45, 0.75), "stumble": (0.4, 0.6)}
_FLIES_S = (0.2, 1.1)
"""How long before the end of a scene a ball leaves a hand."""
_OPEN_AIR_M = 6.0
"""Umbrellas open only under ceilings higher than this."""


def draw_character_motion(
    name: str,
    where: Array,
    middle_s: float,
    across: float,
    fast: bool,
    ceiling: float,
    rng: np.random.Generator,
    bare: bool = False,
) -> CharacterMotion:
    """What a person does who is at a spot in the middle of the scene's time.

    Args:
        name: of the character.
        across: yaw of a walk across the view.
        bare: whether there is only a body, as in a file: nothing to hold and nothing to sit on.
    """
    act = _drawn(_FAST if fast else _SLOW, rng)
    if act in ("sit", "squat") and (bare or not _sits_well(name)):
        act = "walk" if fast else "turn"
    gesture = _drawn(_GESTURES[act], rng)
    if bare and gesture in _HELD:
        gesture = "none"
    gait: str = {"change": "walk", "stop": "walk"}.get(act, act)
    pace = 1.0 if fast else 0.7
    speed = float({"run": rng.uniform(2.0, 2.8), "jump": rng.uniform(0.0, 1.0)}.get(gait, pace * rng.uniform(0.9, 1.6)))
    travels = gait in ("walk", "run", "stumble")
    numbers: dict[str, Any] = {
        "gait": gait,
        "gesture": gesture,
        "holds": "none" if bare else _drawn_thing(name, act, gesture, ceiling, rng),
        "seat": str(rng.choice(["stool", "crate"] if _wears(name, "bag") else ["stool", "crate", "ground"])),
        "heading_rad": float(across + rng.normal(0, 0.5)) if travels else float(rng.uniform(-np.pi, np.pi)),
        "speed_mps": speed,
        "curvature_per_m": float(rng.normal(0, 0.15)) if travels or gait == "jump" else 0.0,
        "turn_rate_radps": float(rng.choice([-1, 1]) * rng.uniform(0.3, 0.9)),
        "phase": float(rng.uniform(0, 1)),
        "tempo_hz": float(rng.uniform(*_TEMPO.get(gait, (0.3, 0.6)))),
        "gesture_side": str(rng.choice(["l", "r"])),
        "gesture_rate_hz": float(rng.uniform(0.5, 1.3)),
        "arm_swing": float(rng.uniform(0.7, 1.3)),
        "lean": float(rng.uniform(0.0, 0.08)),
    }
    if _wears(name, "bag"):
        numbers["gesture_side"] = "r"  # the bag hangs at the left hip
    if gesture == "throw":
        # Late: the free floor is not as long as a ball's whole way.
        leaves = max(0.5 * middle_s, 2 * middle_s - rng.uniform(*_FLIES_S))
        numbers["gesture_from_s"] = float(leaves - RELEASE * 2 / numbers["gesture_rate_hz"])
    if act in ("change", "stop"):
        begin = float(middle_s - 0.5 + rng.normal(0, 0.25))
        faster = float(rng.uniform(2.1, 2.8)) * pace
        numbers |= {"change_s": begin, "end_speed_mps": 0.0 if act == "stop" else faster}
        numbers["gesture_from_s"] = begin + 0.7 if act == "stop" else -10.0
    at_origin = CharacterMotion(**numbers)
    start = where - root_xy(at_origin, middle_s)
    return at_origin.model_copy(update={"start_xy": (float(start[0]), float(start[1]))})


_RECORDINGS_TRIED = 4


def draw_recorded_motion(
    choices: Sequence[Asset | str],
    character: Asset,
    catalogue: Catalogue,
    where: Array,
    duration_s: float,
    across: float,
    fast: bool,
    rng: np.random.Generator,
) -> RecordedMotion | None:
    """A part of a recording for a person who is at a spot in the middle of the scene's time.

    In a fast world own motions that stay where they are serve only if there are no others. Of several parts the
    fastest is taken in a fast world, the slowest in a slow one. None if none of them is long enough and upright.

    Args:
        choices: motion files, and names of the character's own motions.
        duration_s: of the scene.
        across: yaw of a walk across the view.
    """
    found: list[tuple[float, RecordedMotion]] = []
    going = [choice for choice in choices if not isinstance(choice, str) or goes(choice)]
    choices = going if fast and going else choices
    for _ in range(_RECORDINGS_TRIED):
        choice = choices[int(rng.integers(len(choices)))]
        source = {"own": choice} if isinstance(choice, str) else {"asset": AssetRef(id=choice.id, sha256=choice.sha256)}
        rate = float(rng.uniform(0.9, 1.1))
        share = rng.random()
        played = RecordedMotion(gait="recorded", rate=rate, **source)
        recording = playback(played, character, catalogue)
        if can_play(recording, rate * duration_s):
            begin = float(share * (recording.motion.length_s - rate * duration_s))
            if arms_out(recording, begin, rate * duration_s):
                continue
            speed = speed_mps(recording, begin, rate * duration_s)
            found.append((speed if fast else -speed, played.model_copy(update={"begin_s": begin})))
    if not found:
        return None
    played = max(found, key=lambda pair: pair[0])[1]
    recording = playback(played, character, catalogue)
    ahead = (recording.hips(played, duration_s) - recording.hips(played, 0.0))[:2]
    travels = np.linalg.norm(ahead) > 0.4
    heading = across + rng.normal(0, 0.5) - np.arctan2(ahead[0], -ahead[1]) if travels else rng.uniform(-np.pi, np.pi)
    turned = played.model_copy(update={"heading_rad": float(heading)})
    start = where - recording.hips(turned, duration_s / 2)[:2]
    return turned.model_copy(update={"start_xy": (float(start[0]), float(start[1]))})


def wears_loosely(name: str) -> bool:
    """Whether somebody's clothes would need to fall anew in bends that nobody has foreseen."""
    return not _sits_well(name)


def _drawn(weights: dict[str, float], rng: np.random.Generator) -> str:
    shares = np.array(list(weights.values()))
    return str(rng.choice(list(weights), p=shares / shares.sum()))


def _sits_well(name: str) -> bool:
    """Whether somebody's clothes are cut for deep bends: skirts and coats would need to fall anew."""
    look = CHARACTERS.get(name)
    return look is None or (look.bottom.kind not in ("skirt", "none") and look.top.kind != "coat")


def _wears(name: str, accessory: str) -> bool:
    return name in CHARACTERS and accessory in CHARACTERS[name].accessories


def _drawn_thing(name: str, act: str, gesture: str, ceiling: float, rng: np.random.Generator) -> str:
    """Something that suits the gesture, the person and the place."""
    share = rng.random()
    if gesture in _HELD:
        things = _HELD[gesture]
        if things[0] == "umbrella" and ceiling < _OPEN_AIR_M:
            return "cup"
        return things[int(share * len(things))]
    if act not in ("walk", "stand", "turn") or gesture not in ("none", "wave") or _wears(name, "bag"):
        return "none"
    child = name in CHARACTERS and CHARACTERS[name].age == "child"
    return "bag" if share < 0.35 else "briefcase" if share < 0.5 and not child else "none"


def room(motion: CharacterMotion, time_s: float) -> tuple[Array, float, float]:
    """The circle (centre and radius) on the floor that a person takes up at a time, and its height, metres.

    It covers trunk, seat and what is held; a hand or a foot may reach a little beyond.
    """
    centre, yaw = path(motion, time_s)
    forward = np.array([np.sin(yaw), -np.cos(yaw)])
    radius, height = 0.42, 2.0
    if motion.gait == "sit":
        on_ground = motion.seat == "ground"
        return centre + (0.16 if on_ground else -0.20) * forward, 0.58, height
    if motion.gait in ("dance", "stumble", "squat") or motion.gesture == "throw":
        radius = 0.58
    if motion.gait == "jump" or motion.gesture == "stretch":
        radius, height = 0.48, 2.4
    if motion.holds == "umbrella":
        radius, height = 0.60, 2.2
    elif motion.gesture == "carry":
        radius = 0.50
    return centre, radius, height


@lru_cache(maxsize=64)
def _bones(height_m: float) -> Skeleton:
    return skeleton(height_m)


_SIDES = 12
"""How many ways somebody who throws may face."""


def faced(motion: CharacterMotion | RecordedMotion, where: Array) -> Iterator[CharacterMotion | RecordedMotion]:
    """The motion; of a throw also turned about a spot, for few sides are free as far as a ball flies."""
    yield motion
    if isinstance(motion, RecordedMotion) or not throws_ball(motion):
        return
    for angle in 2 * np.pi * np.arange(1, _SIDES) / _SIDES:
        turn = axis_turn(np.array([0.0, 0.0, 1.0]), angle)[:2, :2]
        x, y = where + turn @ (np.array(motion.start_xy) - where)
        changes = {"heading_rad": motion.heading_rad + float(angle), "start_xy": (float(x), float(y))}
        yield motion.model_copy(update=changes)


_AROUND_BALL_M = 0.12
"""Room about a thrown ball: it, and how far a build of its own sends it elsewhere than the average one."""


def ball_way(
    motion: CharacterMotion | RecordedMotion, height_m: float, times_s: Array
) -> tuple[Array, float, float, float] | None:
    """Centres (T, 2), radius and heights of the room that a ball takes up which somebody throws; None without one."""
    if isinstance(motion, RecordedMotion) or not throws_ball(motion):
        return None
    home = motion.model_copy(update={"heading_rad": 0.0, "start_xy": (0.0, 0.0)})
    way = _way_from_origin(home, round(height_m, 2), tuple(times_s.tolist()))
    turned = way[:, :2] @ axis_turn(np.array([0.0, 0.0, 1.0]), motion.heading_rad)[:2, :2].T
    return turned + motion.start_xy, _AROUND_BALL_M, 0.0, float(way[:, 2].max()) + _AROUND_BALL_M


@lru_cache(maxsize=4)
def _way_from_origin(motion: CharacterMotion, height_m: float, times_s: tuple[float, ...]) -> Array:
    """(T, 3) places of a thrown ball: whichever way somebody faces, it is computed once."""
    bones = _bones(height_m)
    held, thrown = ball_in_hand(bones, motion.gesture_side), bones.index("thrown")
    return np.array([carry(pose(motion, bones, t).skin[thrown], held) for t in times_s])


def stand_in(motion: CharacterMotion, height_m: float, time_s: float) -> Array:
    """(4, 3) points that move about as a person does, from the shins to the head."""
    (x, y), yaw = path(motion, time_s)
    levels = np.array([0.15, 0.45, 0.7, 0.95]) * height_m
    sway = 0.0 if motion.travels else 0.04 * np.sin(6 * time_s)
    if motion.gait in ("jump", "squat", "sit", "dance"):
        held = carriage(motion, _bones(round(height_m, 2)), time_s)
        levels[1:] -= held.drop
        levels[0] -= min(held.drop, 0.0)
        x += held.aside * np.cos(yaw) + held.ahead * np.sin(yaw)
        y += held.aside * np.sin(yaw) - held.ahead * np.cos(yaw)
    return np.c_[np.full(4, x + sway), np.full(4, y), levels]
