"""Which bone plays which joint of a human body, from the names that people give bones. numpy-free.

Known forms: Mixamo and HumanIK (`mixamorig:LeftUpLeg`), CMU (`LeftUpLeg`, `LHipJoint`), SMPL (`left_hip`, `L_Knee`),
Rigify (`thigh.L`, `DEF-upper_arm.L`, `spine.006`), Unreal (`upperarm_l`, `calf_r`), MakeHuman (`UpLeg_L`), low-poly
packs (`UpperArm.L`, `Palm.R`, `lowerleg.l`), numbered chains (`arm_joint_L_1`) and our own (`generator/skeleton.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LIMBS = ("upper_arm", "forearm", "thigh", "shin", "foot")
REQUIRED = ("hips", *(f"{limb}_{side}" for limb in LIMBS for side in "lr"))
"""Without these no motion of another body can be retargeted."""

_WORDS: dict[str, tuple[str, ...]] = {
    "upper_arm": ("upperarm", "uparm", "arm", "humerus", "bicep", "shoulder"),
    "forearm": ("forearm", "lowerarm", "loarm", "lowarm", "elbow", "radius"),
    "hand": ("wrist", "hand", "palm"),
    "shoulder": ("clavicle", "collar", "collarbone", "shoulder"),
    "thigh": ("thigh", "upleg", "upperleg", "femur", "hip"),
    "shin": ("shin", "calf", "lowerleg", "loleg", "lowleg", "leg", "knee", "tibia"),
    "foot": ("ankle", "foot"),
    "toe": ("toe", "toebase", "toes", "ball", "foot"),
}
"""Best word first. SMPL says ankle for the foot and foot for the toes, hip for the thigh and shoulder for the arm."""

_PREFIXES = re.compile(
    r"^(mixamorig\d*|character\d*|bip\d*|def|org|skeleton|b|cc_base|j_bip|valvebiped)[ _.:-]+", re.IGNORECASE
)
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_SIDES = {"l": "l", "left": "l", "r": "r", "right": "r"}


def split_name(name: str) -> tuple[str, str, int]:
    """(side, word, number) of a bone: `mixamorig:LeftToeBase` -> ("l", "toebase", 0)."""
    bare = re.split(r"[:|]", name)[-1]
    shorter = _PREFIXES.sub("", bare)
    while shorter != bare:
        bare, shorter = shorter, _PREFIXES.sub("", shorter)
    side, words, number = "", [], 0
    for part in _PARTS.findall(bare):
        if part.isdigit():
            number = int(part)
        elif part.lower() in _SIDES and not side:
            side = _SIDES[part.lower()]
        else:
            words.append(part.lower())
    return side, "".join(words), number


def roles_of(names: Sequence[str], parents: Sequence[int]) -> dict[str, int]:
    """Joint of a human body -> index of the bone that plays it; joints that no bone plays are absent.

    Args:
        parents: parent index of each bone, -1 for roots; parents come before their children.
    """
    if any(name.startswith("DEF-") for name in names):
        used = [name.startswith("DEF-") for name in names]
    else:
        used = [True] * len(names)
    known = [split_name(name) if use else ("", "", 0) for name, use in zip(names, used, strict=True)]
    roles: dict[str, int] = {}
    helper = [name.startswith("_") for name in names]
    for side in "lr":
        for limb in _WORDS:
            found = _find(known, helper, side, limb, set(roles.values()))
            if found is not None:
                roles[f"{limb}_{side}"] = found
        _chains(known, parents, side, roles)
    _trunk(known, parents, roles)
    return roles


def missing(roles: dict[str, int]) -> list[str]:
    """The joints that retargeting needs and that no bone plays."""
    return [role for role in REQUIRED if role not in roles]


def _find(known: list[tuple[str, str, int]], helper: list[bool], side: str, limb: str, taken: set[int]) -> int | None:
    for word in _WORDS[limb]:
        found = [k for k, (s, w, _) in enumerate(known) if s == side and w == word and k not in taken]
        if found:
            return min(found, key=lambda k: (helper[k], known[k][2], k))
    return None


def _chains(known: list[tuple[str, str, int]], parents: Sequence[int], side: str, roles: dict[str, int]) -> None:
    """Numbered limbs, `arm_joint_L_1` and on: in the order in which they hang on each other."""
    for word, limbs in (("armjoint", ("upper_arm", "forearm", "hand")), ("legjoint", ("thigh", "shin", "foot", "toe"))):
        chain = [k for k, (s, w, _) in enumerate(known) if s == side and w == word]
        if len(chain) >= 3 and f"{limbs[0]}_{side}" not in roles:
            chain.sort(key=lambda k: len(ancestors(parents, k)))
            for limb, bone in zip(limbs, chain, strict=False):
                roles[f"{limb}_{side}"] = bone


def _trunk(known: list[tuple[str, str, int]], parents: Sequence[int], roles: dict[str, int]) -> None:
    """Hips are where the legs meet, the chest is where the arms meet, whatever they are called."""
    thighs, arms = ([roles.get(f"{limb}_{side}") for side in "lr"] for limb in ("thigh", "upper_arm"))
    if None in thighs or None in arms:
        return
    chest = common(parents, [k for k in arms if k is not None])
    hips = common(parents, [k for k in (*thighs, chest) if k is not None])
    if hips is None:
        return
    roles["hips"] = hips
    centre = [k for k, (side, _, _) in enumerate(known) if not side]
    if chest is not None and chest != hips:
        roles["chest"] = chest
        roles["spine"] = path(parents, hips, chest)[0]
    top = chest if chest is not None else hips
    above = [k for k in centre if top in ancestors(parents, k)]
    heads = [k for k in above if known[k][1] in ("head", "skull")] or [
        k for k in above if known[k][1] in ("neck", "neckjoint", "spine")
    ]
    if heads:
        named = known[heads[0]][1] in ("head", "skull")
        roles["head"] = heads[0] if named else max(heads, key=lambda k: len(ancestors(parents, k)))
        between = path(parents, top, roles["head"])[:-1]
        if between:
            roles["neck"] = between[-1]


def ancestors(parents: Sequence[int], joint: int) -> list[int]:
    """The parents of a joint, nearest first."""
    found = []
    while parents[joint] >= 0:
        joint = parents[joint]
        found.append(joint)
    return found


def common(parents: Sequence[int], joints: Sequence[int]) -> int | None:
    """The nearest joint that is, or is above, all of these."""
    lines = [[joint, *ancestors(parents, joint)] for joint in joints]
    return next((joint for joint in lines[0] if all(joint in line for line in lines)), None)


def path(parents: Sequence[int], above: int, joint: int) -> list[int]:
    """Joints from below `above` down to `joint`, which is the last."""
    line = [joint, *ancestors(parents, joint)]
    return line[: line.index(above)][::-1]
