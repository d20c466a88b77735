"""Recorded motions in scenes: which part of a recording somebody plays, where, and on which body. numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from viewlock.assets_manifest.catalogue import Asset, Catalogue
from viewlock.assets_manifest.prepared import Prepared, read_record

from .appearance import CHARACTERS
from .asset_ref import AssetRef
from .motion_clips import Motion, read_clip
from .own_motions import own_motion
from .retargeting import retarget
from .rigs import Rig, rig_of_prepared, rig_of_skeleton
from .rotations import matrices, quaternions
from .skeleton import Array, axis_turn

FPS = 30.0
"""Recordings are resampled to this rate before they are played."""

_ALIKE_RAD = np.radians(8.0)
"""A recording that ends in its first pose, to this mean turn of a joint, can go on from its beginning."""
_SHORTEST_S = 0.4
_STATUE_M = 0.01
_LEVEL, _OPPOSITE = 0.35, 0.85
"""Of the directions of two arms held out at the sides: the largest rise, and the least cosine between them."""
_FLESH = 0.14
"""How far a body reaches beyond its joints, metres."""
_UPRIGHT, _JUMP = 0.6, 1.8
"""Least and greatest height of the hips in a usable recording, as a share of their height at rest."""


class RecordedMotion(BaseModel):
    """What a person does who plays a recording.

    Attributes:
        asset: the motion file; None for a motion that came with the character.
        own: name of the character's own motion.
        begin_s: time of the recording at time 0 of the scene.
        rate: seconds of the recording in a second of the scene.
        start_xy: where the recording's first frame stands, metres.
        heading_rad: yaw of that frame about +z; at 0 it faces -y.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    gait: Literal["recorded"]
    asset: AssetRef | None = None
    own: str = ""
    begin_s: float = 0.0
    rate: float = Field(1.0, gt=0)
    start_xy: tuple[float, float] = (0.0, 0.0)
    heading_rad: float = 0.0

    @property
    def travels(self) -> bool:
        """Whether the feet may leave their place."""
        return True


@dataclass(frozen=True, eq=False)
class Playback:
    """A recording on the body that plays it, as long as a scene may need."""

    rig: Rig
    motion: Motion

    def pose(self, played: RecordedMotion, time_s: float) -> Array:
        """(J, 4, 4) skinning matrices at a time of the scene."""
        return self._placed(played, time_s).skin(self.rig)[0]

    def joints(self, played: RecordedMotion, time_s: float) -> Array:
        """(J, 3) places of the joints at a time of the scene, metres."""
        return self._placed(played, time_s).heads[0]

    def hips(self, played: RecordedMotion, time_s: float) -> Array:
        """(3,) place of the hips at a time of the scene."""
        return self.joints(played, time_s)[self.rig.middle]

    def stand_in(self, played: RecordedMotion, time_s: float) -> Array:
        """(P, 3) points that move as the body does: of a human from the shins to the head."""
        roles = self.rig.roles
        known = [roles[name] for name in ("shin_l", "shin_r", "hips", "chest", "head") if name in roles]
        return self.joints(played, time_s)[known if len(known) > 2 else _spread(self.rig)]

    def room(self, played: RecordedMotion, time_s: float) -> tuple[Array, float, float]:
        """The circle (centre and radius) on the floor that the body takes up at a time, and its height, metres."""
        joints = self.joints(played, time_s)[_body(self.rig)]
        centre = 0.5 * (joints[:, :2].min(axis=0) + joints[:, :2].max(axis=0))
        reach = float(np.linalg.norm(joints[:, :2] - centre, axis=1).max())
        return centre, reach + _FLESH, float(joints[:, 2].max()) + 2 * _FLESH

    def _placed(self, played: RecordedMotion, time_s: float) -> Motion:
        now = self.motion.at(np.array([played.begin_s + played.rate * time_s]))
        turn = axis_turn(np.array([0.0, 0.0, 1.0]), played.heading_rad)
        return now.moved(turn, np.array([*played.start_xy, 0.0]))


def playback(played: RecordedMotion, character: Asset, catalogue: Catalogue) -> Playback:
    """The recording of a spec on the body of its character.

    Raises:
        ConfigError: the recording is not in the catalogue, has changed, or cannot be read.
    """
    if played.asset is None:
        return _of_its_own(character, played.own)
    asset = catalogue.get(played.asset.id, played.asset.sha256)
    assert asset.path is not None
    return _of_file(asset.path, asset.sha256, character)


def _body(rig: Rig) -> list[int]:
    """The joints that say where a body is: those of a human, or all."""
    return list(range(len(rig.names))) if rig.missing else sorted(set(rig.roles.values()))


def _spread(rig: Rig) -> list[int]:
    """A few joints all over a body that is no human's: its middle, and its ends in each direction."""
    ends = [int(pick(rig.heads[:, axis])) for axis in range(3) for pick in (np.argmin, np.argmax)]
    return sorted({rig.middle, *ends})


def own_names(character: Asset) -> list[str]:
    """Names of the motions that came with a character and that scenes can show."""
    return [] if character.imported is None else list(_record(character.imported).playable)


def acts(character: Asset) -> bool:
    """Whether a character can do what our own people do; animals and robots only do what came with them."""
    return character.imported is None or _record(character.imported).acts


@lru_cache(maxsize=256)
def _record(folder: Path) -> Prepared:
    return read_record(folder)


@lru_cache(maxsize=64)
def _of_its_own(character: Asset, name: str) -> Playback:
    assert character.imported is not None
    rig, motion = _rig(character), own_motion(_record(character.imported), name)
    return Playback(rig, prolonged(motion, rig))


@lru_cache(maxsize=64)
def _of_file(path: Path, sha256: str, character: Asset) -> Playback:
    rig = _rig(character)
    return Playback(rig, prolonged(retarget(read_clip(path), rig, FPS), rig))


def _rig(character: Asset) -> Rig:
    if character.imported is None:
        return rig_of_skeleton(CHARACTERS[character.name].skeleton())
    return rig_of_prepared(_record(character.imported))


# ------------------------------------------------------------------ recordings that begin again
def prolonged(motion: Motion, rig: Rig, least_s: float = 12.0) -> Motion:
    """A motion that ends as it began, repeated from where it has come to until it is long enough.

    Others are left as they are.
    """
    if motion.length_s >= least_s or motion.frames < 3 or _turned(motion.turns[0], motion.turns[-1]) > _ALIKE_RAD:
        return motion
    hips = rig.middle
    yaw = _yaw(motion.turns[-1, hips]) - _yaw(motion.turns[0, hips])
    turn = axis_turn(np.array([0.0, 0.0, 1.0]), yaw)
    pieces = [motion]
    while sum(piece.length_s for piece in pieces) < least_s:
        last = pieces[-1]
        begin = turn @ last.heads[0, hips]
        shift = (last.heads[-1, hips] - begin) * [1.0, 1.0, 0.0]
        pieces.append(last.moved(turn, shift))
    join = lambda name: np.concatenate([getattr(pieces[0], name), *(getattr(p, name)[1:] for p in pieces[1:])])  # noqa: E731
    return Motion(motion.fps, join("turns"), join("heads"), join("sizes"))


def _turned(one: Array, other: Array) -> float:
    """Mean angle in radians between turns (J, 4), apart from the common turn about the vertical."""
    level = axis_turn(np.array([0.0, 0.0, 1.0]), _yaw(other[0]) - _yaw(one[0]))
    same = np.abs(np.einsum("jk,jk->j", quaternions(level @ matrices(one)), other))
    return float(np.mean(2 * np.arccos(np.clip(same, 0.0, 1.0))))


def _yaw(turn: Array) -> float:
    m = matrices(turn)
    return float(np.arctan2(m[1, 0], m[0, 0]))


# ------------------------------------------------------------------ what a plan may take
def can_play(played: Playback, duration_s: float) -> bool:
    """Whether a recording lasts long enough and its body stays upright over the floor.

    A pose is no motion. Recordings of people who lie, crawl or climb do not suit a person among others on a level
    floor.
    """
    motion, rig = played.motion, played.rig
    if motion.length_s < max(duration_s, _SHORTEST_S) or not _moves(motion):
        return False
    if rig.missing:
        return True
    heights = motion.heads[:, rig.roles["hips"], 2] / rig.head("hips")[2]
    return bool(heights.min() > _UPRIGHT and heights.max() < _JUMP)


def _moves(motion: Motion) -> bool:
    """Whether it is a motion at all, and not a pose for the animator, as with arms held out."""
    return float(np.ptp(motion.heads, axis=0).max()) > _STATUE_M


def arms_out(played: Playback, begin_s: float, duration_s: float) -> bool:
    """Whether both arms are held out level at the sides during a part of a recording, as actors stand while their suits
    are calibrated."""
    roles, motion = played.rig.roles, played.motion
    ends = [[roles.get(f"{joint}_{side}") for joint in ("upper_arm", "hand")] for side in "lr"]
    if any(None in pair for pair in ends):
        ends = [[roles.get(f"{joint}_{side}") for joint in ("upper_arm", "forearm")] for side in "lr"]
    if any(None in pair for pair in ends):
        return False
    heads = motion.at(np.linspace(begin_s, begin_s + duration_s, 3)).heads
    left, right = (heads[:, hand] - heads[:, arm] for arm, hand in ends)
    left, right = (arm / np.linalg.norm(arm, axis=1, keepdims=True) for arm in (left, right))
    level = (np.abs(left[:, 2]) < _LEVEL) & (np.abs(right[:, 2]) < _LEVEL)
    return bool((level & (np.einsum("fi,fi->f", left, right) < -_OPPOSITE)).all())


def speed_mps(played: Playback, begin_s: float, duration_s: float) -> float:
    """Mean speed of the joints of the body in a part of a recording."""
    times = np.linspace(begin_s, begin_s + duration_s, 9)
    joints = _body(played.rig)
    heads = played.motion.at(times).heads[:, joints]
    return float(np.linalg.norm(np.diff(heads, axis=0), axis=-1).mean() / max(times[1] - times[0], 1e-6))
