"""Joint trees of any body at rest, with the joints of a human in them. numpy only.

A rig at rest stands on z = 0 and faces -y, z up, metres, as our own skeletons do. Poses are skinning matrices
(J, 4, 4) that carry rest points of each joint to the world.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.prepared import Prepared

from .bone_names import missing, path, roles_of
from .skeleton import Skeleton

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Rig:
    """Attributes:
    names: joint names; parents come before their children.
    parents: parent index of each joint, -1 for roots.
    heads: (J, 3) where each joint turns.
    tails: (J, 3) far end of each bone.
    roles: joint of a human body -> index.
    soles: joints (S,) and rest points (S, 3) of what touches the floor.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Array
    tails: Array
    roles: dict[str, int]
    soles: tuple[NDArray[np.int64], Array]

    def head(self, role: str) -> Array:
        """Rest place of a joint of the body."""
        return self.heads[self.roles[role]]

    @property
    def middle(self) -> int:
        """The joint that says where a body is: the hips, or what is nearest to the middle of all joints and to neither
        side."""
        if "hips" in self.roles:
            return self.roles["hips"]
        return int(np.argmin(np.linalg.norm((self.heads - self.heads.mean(axis=0)) * [9.0, 1.0, 1.0], axis=1)))

    @property
    def leg_m(self) -> float:
        """Mean length of a leg from hip to ankle, straight."""
        return float(np.mean([
            np.linalg.norm(self.head(f"thigh_{s}") - self.head(f"shin_{s}"))
            + np.linalg.norm(self.head(f"shin_{s}") - self.head(f"foot_{s}")) for s in "lr"
        ]))  # fmt: skip

    @property
    def missing(self) -> list[str]:
        """What a retargeted motion needs and the rig lacks."""
        return missing(self.roles)

    @property
    def spine(self) -> list[int]:
        """Joints from above the hips to the chest."""
        return path(self.parents, self.roles["hips"], self.roles["chest"]) if "chest" in self.roles else []

    @property
    def neck(self) -> list[int]:
        """Joints from above the chest to the head."""
        top = self.roles.get("chest", self.roles["hips"])
        return path(self.parents, top, self.roles["head"]) if "head" in self.roles else []


def make_rig(names: Sequence[str], parents: Sequence[int], heads: Array, tails: Array) -> Rig:
    """A rig whose roles follow from its names and whose soles follow from its feet."""
    roles = roles_of(names, parents)
    heads, tails = np.asarray(heads, float), np.asarray(tails, float)
    return Rig(tuple(names), tuple(parents), heads, tails, roles, foot_points(heads, tails, roles))


def rig_of_skeleton(skeleton: Skeleton) -> Rig:
    """Our own people."""
    return make_rig(skeleton.names, skeleton.parents, skeleton.heads, skeleton.tails)


def rig_of_prepared(prepared: Prepared) -> Rig:
    """An imported character."""
    names = tuple(bone.name for bone in prepared.bones)
    index = {name: k for k, name in enumerate(names)}
    heads, tails = (np.array([getattr(b, end) for b in prepared.bones], float) for end in ("head", "tail"))
    roles = {role: index[bone] for role, bone in prepared.roles}
    if prepared.soles:
        joints = np.array([index[sole[0]] for sole in prepared.soles])
        soles = (joints, np.array([sole[1:] for sole in prepared.soles], float))
    else:
        soles = foot_points(heads, tails, roles)
    return Rig(names, tuple(bone.parent for bone in prepared.bones), heads, tails, roles, soles)


def foot_points(heads: Array, tails: Array, roles: dict[str, int]) -> tuple[NDArray[np.int64], Array]:
    """Heel, ball and tip of each foot on the floor of the rest pose; of a body without toes, of its feet alone."""
    joints, points = [], []
    for side in "lr":
        foot, toe = roles.get(f"foot_{side}"), roles.get(f"toe_{side}")
        if foot is None:
            continue
        ankle = heads[foot]
        ball = heads[toe] if toe is not None else tails[foot]
        tip = tails[toe] if toe is not None else ball
        floor = np.array([1.0, 1.0, 0.0])
        joints += [foot, foot, foot if toe is None else toe]
        points += [(ankle + 0.3 * (ankle - ball)) * floor, ball * floor, tip * floor]
    return np.array(joints, np.int64), np.array(points, float).reshape(-1, 3)


def carried(skin: Array, joints: NDArray[np.int64], points: Array) -> Array:
    """(..., S, 3) rest points moved by skinning matrices (..., J, 4, 4) of their joints."""
    chosen = skin[..., joints, :, :]
    return np.einsum("...sij,sj->...si", chosen[..., :3, :3], points) + chosen[..., :3, 3]
