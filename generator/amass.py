"""AMASS sequences: `.npz` files with `poses`, `trans` and `mocap_framerate`. numpy only.

Only the 22 joints of the body are read, not fingers and face. The body model itself is not needed: turns carry over to
any body, and the rest pose of the model is close to a T-pose with flat feet.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError

from .motion_clips import Clip, Motion
from .rigs import make_rig
from .rotations import from_axis_angle, quaternions
from .skeleton import skeleton

Array = NDArray[np.float64]

JOINTS = (
    "pelvis", "left_hip", "right_hip", "spine1", "left_knee", "right_knee", "spine2", "left_ankle", "right_ankle",
    "spine3", "left_foot", "right_foot", "neck", "left_collar", "right_collar", "head", "left_shoulder",
    "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
)  # fmt: skip
PARENTS = (-1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19)
_OURS = {
    "pelvis": "hips", "hip": "thigh", "knee": "shin", "ankle": "foot", "foot": "toe", "spine1": "spine",
    "spine3": "chest", "neck": "neck", "head": "head", "collar": "shoulder",
}  # fmt: skip
_HEIGHT_M = 1.72
_RATES = ("mocap_framerate", "mocap_frame_rate")


def read_amass(path: Path) -> Clip:
    """A sequence as a clip of an average body, z up, in metres.

    Raises:
        ConfigError: it has not the arrays of AMASS.
        OSError: it cannot be opened.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            rate = next((name for name in _RATES if name in stored), None)
            if rate is None or "poses" not in stored or "trans" not in stored:
                raise ConfigError(f"{path}: expected poses, trans and mocap_framerate, got {', '.join(sorted(stored))}")
            poses, trans = (np.asarray(stored[name], np.float64) for name in ("poses", "trans"))
            fps = float(stored[rate])
    except (zipfile.BadZipFile, ValueError, EOFError) as problem:
        raise ConfigError(f"{path}: not an .npz file, or a damaged one: {problem}") from None
    count = 3 * len(JOINTS)
    if poses.ndim != 2 or poses.shape[1] < count or trans.shape != (len(poses), 3) or len(poses) == 0:
        raise ConfigError(f"{path}: expected poses (T, 156) and trans (T, 3), got {poses.shape} and {trans.shape}")
    if not (np.isfinite(poses).all() and np.isfinite(trans).all() and 1.0 <= fps <= 1000.0):
        raise ConfigError(f"{path}: its numbers are out of range")
    rest = _rest()
    turns = _world_turns(from_axis_angle(poses[:, :count].reshape(-1, len(JOINTS), 3)))
    heads = np.zeros((*turns.shape[:2], 3))
    for j, parent in enumerate(PARENTS):
        arm = rest[j] - rest[parent] if parent >= 0 else np.zeros(3)
        heads[:, j] = trans if parent < 0 else heads[:, parent] + turns[:, parent] @ arm
    motion = Motion(fps, quaternions(turns), heads, np.ones(heads.shape[:2]))
    return Clip(path.stem, make_rig(JOINTS, PARENTS, rest, _tails(rest)), motion)


def _world_turns(local: Array) -> Array:
    """(T, J, 3, 3) turns against the z-up rest, from turns of joints of a body whose rest is y-up and faces +z."""
    stand = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
    turns = np.zeros_like(local)
    for j, parent in enumerate(PARENTS):
        if parent < 0:
            turns[:, j] = local[:, j] @ stand.T
        else:
            turns[:, j] = turns[:, parent] @ (stand @ local[:, j] @ stand.T)
    return turns


def _rest() -> Array:
    """(J, 3) joints of an average person with the arms held out."""
    bones = skeleton(_HEIGHT_M)
    places = {"spine2": 0.5 * (bones.head("spine") + bones.head("chest"))}
    for side, sign, long_ in (("l", 1.0, "left"), ("r", -1.0, "right")):
        shoulder, elbow, wrist = (bones.head(f"{name}_{side}") for name in ("upper_arm", "forearm", "hand"))
        upper, fore = np.linalg.norm(elbow - shoulder), np.linalg.norm(wrist - elbow)
        out = np.array([sign, 0.0, 0.0])
        places |= {f"{long_}_shoulder": shoulder, f"{long_}_elbow": shoulder + upper * out,
                   f"{long_}_wrist": shoulder + (upper + fore) * out}  # fmt: skip
    for name in JOINTS:
        if name not in places:
            long_, _, joint = name.rpartition("_")
            places[name] = bones.head(_OURS[joint] + (f"_{long_[0]}" if long_ else ""))
    return np.array([places[name] for name in JOINTS])


def _tails(rest: Array) -> Array:
    tails = rest.copy()
    for j in range(len(JOINTS)):
        below = [rest[k] for k, parent in enumerate(PARENTS) if parent == j]
        if below:
            tails[j] = np.mean(below, axis=0)
    for name, arm in (("head", (0, 0, 0.2)), ("left_wrist", (0.15, 0, 0)), ("right_wrist", (-0.15, 0, 0)),
                      ("left_foot", (0, -0.08, 0)), ("right_foot", (0, -0.08, 0))):  # fmt: skip
        tails[JOINTS.index(name)] += arm
    return tails
