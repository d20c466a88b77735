"""A recorded motion on another body. numpy only.

Every limb of the target points where the same limb of the source points, whatever the two rest poses are: the rest pose
of the source is first carried over to the target, bone by bone. Lengths stay those of the target. The way is scaled by
the length of the legs, the standing foot pulls the body along so that it does not slide, and the soles are put on the
floor.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError

from .bone_names import split_name
from .grounding import ankles_of, from_origin, ground
from .motion_clips import Clip, Motion
from .rigs import Rig
from .rotations import matrices, quaternions, slerp_many
from .skeleton import frame, shortest_turn

Array = NDArray[np.float64]

_X, _Y, _Z = np.eye(3)
_BELOW = {"upper_arm": "forearm", "forearm": "hand", "thigh": "shin", "shin": "foot"}
_STRADDLED = np.cos(np.radians(12.0))
"""A rest pose whose legs are further apart does not stand on its soles: they are at right angles to its shins."""


def retarget(clip: Clip, rig: Rig, fps: float | None = None) -> Motion:
    """A clip on another rig.

    Args:
        clip: what to play; its rig must have the joints of a human.
        rig: what is to move; it must have them, too.
        fps: frame rate of the answer; None keeps the clip's.

    Returns:
        The motion at its own place: the first frame stands over the origin and faces -y, the lowest sole of the
        clip is on z = 0. `Motion.moved` puts it elsewhere.

    Raises:
        ConfigError: a joint is missing.
    """
    for what, lacking in ((clip.name, clip.rig.missing), ("the character", rig.missing)):
        if lacking:
            raise ConfigError(f"{what}: cannot be retargeted: no joint for {', '.join(lacking)}")
    source = clip.motion if fps is None else clip.motion.resampled(fps)
    given = matrices(source.turns)
    turns = world_turns(clip.rig, rig, given)
    scale = rig.leg_m / clip.rig.leg_m
    middle = lambda heads, body: 0.5 * (heads[:, body.roles["thigh_l"]] + heads[:, body.roles["thigh_r"]])  # noqa: E731
    heads = place_joints(rig, turns, scale * middle(source.heads, clip.rig))
    motion = Motion(source.fps, quaternions(turns), heads, np.ones(heads.shape[:2]))
    return from_origin(ground(motion, rig, scale * ankles_of(source, clip.rig)), rig)


# ------------------------------------------------------------------ turns
def world_turns(source: Rig, target: Rig, given: Array) -> Array:
    """(F, J, 3, 3) world turns of the target's joints from those of the source's (F, S, 3, 3)."""
    rests = rest_turns(source, target)
    known: dict[int, Array] = {}
    bends: dict[int, Array] = {}
    for role, joint in target.roles.items():
        if role in source.roles and role not in ("spine", "neck"):
            known[joint] = given[:, source.roles[role]] @ rests[role]
            bends[joint] = rests[role]
    for own, other, first, last in (
        (target.spine, source.spine, "hips", "chest"), (target.neck, source.neck, "chest", "head"),
    ):  # fmt: skip
        known |= _chain(source, target, given, known, own, other, (first, last))
    same = _namesakes(source, target)
    turns = np.zeros((len(given), len(target.names), 3, 3))
    hips = known[target.roles["hips"]]
    for j, parent in enumerate(target.parents):
        if j in known:
            turns[:, j] = known[j]
            continue
        turns[:, j] = turns[:, parent] if parent >= 0 else hips
        if j in same and parent >= 0:
            k = same[j]
            above = source.parents[k]
            local = np.swapaxes(given[:, above], 1, 2) @ given[:, k]
            bend = bends.get(j, bends.get(parent, np.eye(3)))
            bends[j] = bend
            turns[:, j] = turns[:, parent] @ (bend.T @ local @ bend)
    return turns


def _chain(
    source: Rig, target: Rig, given: Array, known: dict[int, Array], own: list[int], other: list[int],
    ends: tuple[str, str],
) -> dict[int, Array]:  # fmt: skip
    """Turns of a run of vertebrae of which the two bodies have different numbers, by share of the way."""
    bottoms = [body.roles.get(ends[0], body.roles["hips"]) for body in (source, target)]
    if not own:
        return {}
    if not other:
        return dict.fromkeys(own[:-1], known[bottoms[1]]) | ({own[-1]: known[own[-1]]} if own[-1] in known else {})
    line = [bottoms[0], *other]
    quats = quaternions(given[:, line])
    made = {}
    for n, joint in enumerate(own, start=1):
        where = n / len(own) * (len(line) - 1)
        low = min(int(where + 1e-9), len(line) - 2)
        made[joint] = matrices(slerp_many(quats[:, low], quats[:, low + 1], where - low))
    return made


def rest_turns(source: Rig, target: Rig) -> dict[str, Array]:
    """(3, 3) turn that carries each limb of the target's rest pose to where the source's rest pose has it."""
    found = dict.fromkeys(target.roles, np.eye(3))
    for side in "lr":
        for limb, below in _BELOW.items():
            found[f"{limb}_{side}"] = shortest_turn(*(_along(rig, limb, below, side) for rig in (target, source)))
        found[f"hand_{side}"] = found[f"forearm_{side}"]
        foot = _foot_frame(source, side) @ _foot_frame(target, side).T
        found[f"foot_{side}"] = found[f"toe_{side}"] = foot
    return found


def _along(rig: Rig, limb: str, below: str, side: str) -> Array:
    """Direction of a limb at rest; of a forearm without a hand, that of its bone."""
    start = rig.head(f"{limb}_{side}")
    joint = f"{below}_{side}"
    end = rig.head(joint) if joint in rig.roles else rig.tails[rig.roles[f"{limb}_{side}"]]
    return end - start


def _foot_frame(rig: Rig, side: str) -> Array:
    """Axes of a foot at rest: forward in the plane of the sole, and up from it."""
    ankle = rig.head(f"foot_{side}")
    shin = rig.head(f"shin_{side}") - ankle
    shin /= np.linalg.norm(shin)
    straddled = abs(shin[0]) > np.sqrt(1 - _STRADDLED**2)
    up = shin if straddled else _Z
    toe = rig.roles.get(f"toe_{side}")
    end = rig.heads[toe] if toe is not None else rig.tails[rig.roles[f"foot_{side}"]]
    forward = (end - ankle) - up * ((end - ankle) @ up)
    if np.linalg.norm(forward) < 0.2 * np.linalg.norm(end - ankle) or forward[1] > 0:
        forward = -_Y - up * (-_Y @ up)
    return frame(forward, up)


def _namesakes(source: Rig, target: Rig) -> dict[int, int]:
    """Joints without a role, as fingers, that the two bodies call the same."""
    index = {split_name(name): k for k, name in enumerate(source.names) if source.parents[k] >= 0}
    taken = set(target.roles.values())
    return {
        j: index[split_name(name)]
        for j, name in enumerate(target.names)
        if j not in taken and split_name(name) in index and split_name(name)[1]
    }


# ------------------------------------------------------------------ places
def place_joints(rig: Rig, turns: Array, middle: Array) -> Array:
    """(F, J, 3) places of all joints when the middle between the hip joints is at (F, 3).

    Feet that hang on another bone than the shin, as in rigs made for inverse kinematics, are put at the shin's end.
    """
    above = dict(enumerate(rig.parents))
    for side in "lr":
        for limb, below in _BELOW.items():
            joints = [rig.roles.get(f"{name}_{side}") for name in (limb, below)]
            if None not in joints and joints[0] not in _line(rig, joints[1]):
                above[joints[1]] = joints[0]
    hips = rig.roles["hips"]
    rest_middle = 0.5 * (rig.head("thigh_l") + rig.head("thigh_r"))
    heads = np.zeros((*turns.shape[:2], 3))
    done = {hips}
    heads[:, hips] = middle + turns[:, hips] @ (rig.heads[hips] - rest_middle)
    under = {j for j in above if hips in _line_in(above, j)}
    waiting = [j for j in above if j != hips]
    while waiting:
        for j in list(waiting):
            parent = above[j] if j in under else hips
            if parent in done:
                heads[:, j] = heads[:, parent] + turns[:, parent] @ (rig.heads[j] - rig.heads[parent])
                done.add(j)
                waiting.remove(j)
    return heads


def _line(rig: Rig, joint: int | None) -> list[int]:
    return _line_in(dict(enumerate(rig.parents)), joint)


def _line_in(above: dict[int, int], joint: int | None) -> list[int]:
    found = []
    while joint is not None and above[joint] >= 0:
        joint = above[joint]
        found.append(joint)
    return found
