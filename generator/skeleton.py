"""Joint trees of standing people, forward kinematics and analytic limb solving. numpy only.

World: right-handed, z up, metres. A skeleton at rest stands on z = 0 at the origin, faces -y and holds its
arms 65 degrees below the horizontal. Its left side is +x. The joint "ground" stays where the person stands: seats hang
on it. The joint "thrown" is for what leaves a hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ARM_DROP = np.radians(65.0)
_TRUNK = ("hips", "spine", "chest", "neck", "head")
_SIDE = (
    ("shoulder", "chest"), ("upper_arm", "shoulder"), ("arm_twist", "upper_arm"), ("forearm", "arm_twist"),
    ("forearm_twist", "forearm"), ("hand", "forearm_twist"), ("fingers", "hand"), ("tips", "fingers"),
    ("index", "hand"), ("index_tip", "index"), ("thumb", "hand"),
    ("thigh", "hips"), ("shin", "thigh"), ("foot", "shin"), ("toe", "foot"),
)  # fmt: skip
_ON_TRUNK = {"chest", "hips"}


@dataclass(frozen=True)
class Skeleton:
    """A tree of joints at rest; parents come before their children.

    Attributes:
        names: joint names; those of the two sides end in `_l` (+x) and `_r` (-x).
        parents: parent index of each joint, -1 for the root.
        heads: (J, 3) where each joint turns.
        tails: (J, 3) far end of each bone.
        height_m: stature.
        arm_spread: how far hanging arms stand off the trunk, radians.
        girth: width of trunk and thighs against an average adult of that height.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Array
    tails: Array
    height_m: float
    arm_spread: float = 0.14
    girth: float = 1.0
    indices: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def index(self, name: str) -> int:
        """Position of a joint by its name."""
        return self.indices[name]

    def head(self, name: str) -> Array:
        """Rest head of a joint by its name."""
        return self.heads[self.indices[name]]

    def tail(self, name: str) -> Array:
        """Rest tail of a joint by its name."""
        return self.tails[self.indices[name]]

    def heel(self, side: str) -> Array:
        """The point of a foot that meets the floor first, at rest."""
        ankle = self.head(f"foot_{side}")
        return np.array([ankle[0], ankle[1] + 0.055 * self.height_m / 1.75, 0.0])


def skeleton(height_m: float, build: Mapping[str, float] | None = None) -> Skeleton:
    """A person's joints.

    Args:
        height_m: stature.
        build: factors on the proportions of an average adult: "legs", "arms", "shoulders", "hips" (widths),
            "head" (size), "girth", and "spread" (radians between hanging arms and trunk). Absent ones are ordinary.
    """
    b = {
        "legs": 1.0,
        "arms": 1.0,
        "shoulders": 1.0,
        "hips": 1.0,
        "head": 1.0,
        "spread": 0.14,
        "girth": 1.0,
        **(build or {}),
    }
    k = height_m / 1.75
    trunk, shoulder, hip = _trunk_places(height_m, k, b)
    places = {**trunk, **_arm_places(shoulder, k, b), **_leg_places(hip, k, b)}
    places["ground"] = places["thrown"] = (np.zeros(3), np.array([0.0, 0.0, 0.1]))
    names = list(_TRUNK)
    parents = ["", *_TRUNK[:-1]]
    for side in "lr":
        names += [f"{joint}_{side}" for joint, _ in _SIDE]
        parents += [parent if parent in _ON_TRUNK else f"{parent}_{side}" for _, parent in _SIDE]
    names += ["ground", "thrown"]
    parents += ["", ""]
    ends = np.array([_sided(places, name) for name in names])
    index = {name: i for i, name in enumerate(names)}
    links = tuple(index.get(parent, -1) for parent in parents)
    return Skeleton(tuple(names), links, ends[:, 0], ends[:, 1], height_m, b["spread"], b["girth"], index)


def _sided(places: dict, name: str) -> Array:
    """Head and tail of a joint; right limbs mirror left ones."""
    if name in places:
        return np.asarray(places[name], float)
    joint, side = name.rsplit("_", 1)
    return np.asarray(places[joint], float) * np.array([1.0 if side == "l" else -1.0, 1.0, 1.0])


def _trunk_places(height: float, k: float, b: dict[str, float]) -> tuple[dict, Array, float]:
    """Joints of the trunk, the left shoulder joint and the height of the hip joints."""
    chin = height - 0.128 * height * b["head"]
    neck, hip = chin - 0.080 * k, 0.515 * height * b["legs"]
    shoulder = chin - 0.125 * k
    trunk = shoulder - hip
    heads = [
        (0, 0, hip + 0.08 * trunk), (0, 0.005 * k, hip + 0.27 * trunk), (0, 0.012 * k, hip + 0.58 * trunk),
        (0, 0.022 * k, neck), (0, 0.004 * k, chin + 0.022 * k), (0, 0.0, height),
    ]  # fmt: skip
    named = {name: (heads[i], heads[i + 1]) for i, name in enumerate(_TRUNK)}
    return named, np.array([0.162 * k * b["shoulders"], 0.016 * k, shoulder]), hip


def _arm_places(start: Array, k: float, b: dict[str, float]) -> dict:
    along = np.array([np.cos(ARM_DROP), 0.0, -np.sin(ARM_DROP)])
    upper, fore, palm, finger = np.array([0.285, 0.25, 0.088, 0.085]) * k * b["arms"]
    elbow = start + upper * along
    wrist = elbow + fore * along
    knuckle = wrist + palm * along
    forward = np.array([0.0, -1.0, 0.0])
    beside = 0.028 * k * forward
    thumb = wrist + (0.030 * along + 0.024 * forward) * k
    return {
        "shoulder": (np.array([0.025 * k, 0.012 * k, start[2] + 0.005 * k]), start),
        "upper_arm": (start, start + 0.5 * upper * along),
        "arm_twist": (start + 0.5 * upper * along, elbow),
        "forearm": (elbow, elbow + 0.5 * fore * along),
        "forearm_twist": (elbow + 0.5 * fore * along, wrist),
        "hand": (wrist, knuckle),
        "fingers": (knuckle, knuckle + 0.45 * finger * along),
        "tips": (knuckle + 0.45 * finger * along, knuckle + finger * along),
        "index": (knuckle + beside, knuckle + beside + 0.45 * finger * along),
        "index_tip": (knuckle + beside + 0.45 * finger * along, knuckle + beside + finger * along),
        "thumb": (thumb, thumb + (0.05 * along + 0.03 * forward) * k),
    }


def _leg_places(hip: float, k: float, b: dict[str, float]) -> dict:
    x, ankle = 0.088 * k * b["hips"], 0.085 * k
    knee = ankle + 0.485 * (hip - ankle)
    joints = [
        (x, 0, hip),
        (0.96 * x, -0.010 * k, knee),
        (0.92 * x, 0.018 * k, ankle),
        (0.92 * x, -0.105 * k, 0.025 * k),
        (0.92 * x, -0.180 * k, 0.015 * k),
    ]
    return {name: (joints[i], joints[i + 1]) for i, name in enumerate(("thigh", "shin", "foot", "toe"))}


def forward(bones: Skeleton, root: Array, local_rotations: Array) -> Array:
    """Skinning matrices of a pose.

    Args:
        root: (4, 4) rigid motion of the whole skeleton.
        local_rotations: (J, 3, 3) turn of each joint about its own head, in world-aligned rest axes, applied
            before its parent's. The rest pose is all identities.

    Returns:
        (J, 4, 4) matrices that carry rest points to posed world points.
    """
    skin = np.zeros((len(bones.names), 4, 4))
    for j, parent in enumerate(bones.parents):
        above = root if parent < 0 else skin[parent]
        turn, head = local_rotations[j], bones.heads[j]
        skin[j, :3, :3] = above[:3, :3] @ turn
        skin[j, :3, 3] = above[:3, :3] @ (head - turn @ head) + above[:3, 3]
        skin[j, 3, 3] = 1.0
    return skin


def local_from_global(bones: Skeleton, rotations: Array) -> Array:
    """(J, 3, 3) local rotations for `forward` from the turns of the bones against their rest in the world."""
    parents = np.asarray(bones.parents)
    above = np.where((parents < 0)[:, None, None], np.eye(3), rotations[parents])
    return np.swapaxes(above, 1, 2) @ rotations


def carry(matrix: Array, points: Array) -> Array:
    """Rest points (..., 3) moved by one (4, 4) matrix."""
    return np.asarray(points) @ matrix[:3, :3].T + matrix[:3, 3]


def rest_palm(side: str) -> Array:
    """(3,) where a palm looks at rest: towards the thigh."""
    return np.array([(-1.0 if side == "l" else 1.0) * np.sin(ARM_DROP), 0.0, -np.cos(ARM_DROP)])


def unit(vector: Array) -> Array:
    """A vector of length one."""
    vector = np.asarray(vector, float)
    return vector / np.linalg.norm(vector)


def frame(along: Array, beside: Array) -> Array:
    """(3, 3) rotation whose columns are `along`, `beside` made orthogonal to it, and their cross product."""
    first = unit(along)
    second = unit(beside - first * (first @ beside))
    return np.stack([first, second, np.cross(first, second)], axis=1)


def shortest_turn(a: Array, b: Array) -> Array:
    """(3, 3) rotation that carries direction a to direction b without twisting; a and b are not opposite."""
    a, b = unit(a), unit(b)
    axis = np.cross(a, b)
    cross = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    return np.eye(3) + cross + cross @ cross / (1.0 + a @ b)


def axis_turn(axis: Array, angle: float) -> Array:
    """(3, 3) rotation about any axis through the origin."""
    x, y, z = unit(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def twist_about(rotation: Array, axis: Array) -> float:
    """The angle by which a rotation turns about an axis, the rest of it being a swing."""
    x, y, z = (
        rotation[2, 1] - rotation[1, 2],
        rotation[0, 2] - rotation[2, 0],
        rotation[1, 0] - rotation[0, 1],
    )
    return float(2 * np.arctan2(np.array([x, y, z]) @ unit(axis), 1.0 + np.trace(rotation)))


def two_bone(start: Array, target: Array, upper: float, lower: float, pole: Array) -> tuple[Array, Array]:
    """Middle and end of a two-bone limb.

    Args:
        start, target: where the limb begins and where its end should be.
        upper, lower: bone lengths.
        pole: direction towards which the middle joint bends.

    Returns:
        The middle joint and the end, which is the target where it is in reach and else the nearest
        point that is.
    """
    line = np.asarray(target, float) - start
    wanted = max(float(np.linalg.norm(line)), 1e-9)
    reach = float(np.clip(wanted, abs(upper - lower) + 1e-6, upper + lower - 1e-9))
    axes = frame(line, pole)
    along = (upper**2 + reach**2 - lower**2) / (2 * reach)
    aside = np.sqrt(max(upper**2 - along**2, 0.0))
    return start + along * axes[:, 0] + aside * axes[:, 1], start + reach * axes[:, 0]
