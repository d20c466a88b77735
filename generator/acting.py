"""What our people do, done by other bodies: an imported character takes the poses of `motions.pose`. numpy only.

A skeleton of ours is fitted to the body, so that its feet are planned for legs and hips of this size. Every limb then
points where that skeleton's does, and the legs are bent anew so that the ankles are exactly above the planted soles.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.prepared import Prepared

from .character_motion import CharacterMotion
from .motions import pose
from .retargeting import place_joints, world_turns
from .rigs import Rig, rig_of_prepared, rig_of_skeleton
from .skeleton import Skeleton, carry, shortest_turn, skeleton, two_bone

Array = NDArray[np.float64]

_LIMITS = (0.5, 2.0)
"""Proportions beyond these factors are not fitted."""


@lru_cache(maxsize=64)
def body(prepared: Prepared) -> tuple[Rig, Skeleton]:
    """The joints of an imported character, and the skeleton of ours that acts for it."""
    rig = rig_of_prepared(prepared)
    return rig, fitted(rig, prepared.height_m)


def fitted(rig: Rig, height_m: float) -> Skeleton:
    """A skeleton of ours with the legs and hips of a rig."""
    plain = rig_of_skeleton(skeleton(height_m))
    width = lambda one: abs(one.head("thigh_l")[0] - one.head("thigh_r")[0])  # noqa: E731
    hips = float(np.clip(width(rig) / width(plain), *_LIMITS))
    legs = 1.0
    for _ in range(4):  # the ankle's height makes it not quite proportional
        made = skeleton(height_m, {"legs": legs, "hips": hips})
        legs = float(np.clip(legs * rig.leg_m / rig_of_skeleton(made).leg_m, *_LIMITS))
    return skeleton(height_m, {"legs": legs, "hips": hips})


def act(motion: CharacterMotion, rig: Rig, own: Skeleton, time_s: float) -> Array:
    """(J, 4, 4) skinning matrices of a rig that does what a person would do at a time."""
    acting, skin = rig_of_skeleton(own), pose(motion, own, time_s).skin
    places = {role: carry(skin[j], acting.heads[j]) for role, j in acting.roles.items()}
    turns = world_turns(acting, rig, skin[None, :, :3, :3])[0]
    lift = np.array([0.0, 0.0, np.mean([rig.head(f"foot_{s}")[2] - acting.head(f"foot_{s}")[2] for s in "lr"])])
    middle = 0.5 * (places["thigh_l"] + places["thigh_r"]) + lift
    heads = place_joints(rig, turns[None], middle[None])[0]
    for side in "lr":
        foot = skin[acting.roles[f"foot_{side}"], :3, :3]
        sole = places[f"foot_{side}"] - foot @ [0.0, 0.0, acting.head(f"foot_{side}")[2]]
        ankle = sole + foot @ [0.0, 0.0, rig.head(f"foot_{side}")[2]]
        _bend(rig, side, turns, heads, ankle, places[f"shin_{side}"])
    heads = place_joints(rig, turns[None], middle[None])[0]
    result = np.tile(np.eye(4), (len(turns), 1, 1))
    result[:, :3, :3] = turns
    result[:, :3, 3] = heads - np.einsum("jik,jk->ji", turns, rig.heads)
    return result


def _bend(rig: Rig, side: str, turns: Array, heads: Array, ankle: Array, knee: Array) -> None:
    """Turn thigh and shin so that the ankle is at a place, the knee on the side of another knee."""
    thigh, shin, foot = (rig.roles[f"{name}_{side}"] for name in ("thigh", "shin", "foot"))
    hip = heads[thigh]
    upper, lower = (float(np.linalg.norm(rig.heads[b] - rig.heads[a])) for a, b in ((thigh, shin), (shin, foot)))
    straight = ankle - hip
    pole = (knee - hip) - straight * ((knee - hip) @ straight) / (straight @ straight)
    if np.linalg.norm(pole) < 1e-6:
        return
    joint, end = two_bone(hip, ankle, upper, lower, pole)
    for bone, (start, stop), wanted in ((thigh, (thigh, shin), joint - hip), (shin, (shin, foot), end - joint)):
        more = shortest_turn(turns[bone] @ (rig.heads[stop] - rig.heads[start]), wanted)
        for joint_of_it in _rigid_part(rig, bone):
            turns[joint_of_it] = more @ turns[joint_of_it]


def _rigid_part(rig: Rig, bone: int) -> list[int]:
    """A limb's bone and the twist and helper bones on it, down to the next joint of the body."""
    part = [bone]
    for j, parent in enumerate(rig.parents):
        if parent in part and j not in rig.roles.values():
            part.append(j)
    return part
