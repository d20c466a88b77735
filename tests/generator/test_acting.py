"""Our motions on other bodies: limbs point the same way, and feet stay where they were planted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewlock.generator.acting import act, fitted
from viewlock.generator.character_motion import CharacterMotion
from viewlock.generator.motions import pose
from viewlock.generator.rigs import Rig, carried, rig_of_skeleton
from viewlock.generator.skeleton import carry, skeleton

MOTIONS = {
    "walk": CharacterMotion(gait="walk", speed_mps=1.3, curvature_per_m=0.3, gesture="wave"),
    "run": CharacterMotion(gait="run", speed_mps=2.5),
    "dance": CharacterMotion(gait="dance", gesture="clap"),
    "squat": CharacterMotion(gait="squat"),
    "turn": CharacterMotion(gait="turn"),
}
TIMES = np.linspace(0.0, 1.2, 7)


def heads(rig: Rig, skin: np.ndarray) -> np.ndarray:
    return np.stack([carry(matrix, head) for matrix, head in zip(skin, rig.heads, strict=True)])


@pytest.mark.parametrize("name", MOTIONS)
def test_our_own_body_acts_as_itself(name: str) -> None:
    own = skeleton(1.75)
    rig = rig_of_skeleton(own)
    for time in TIMES:
        expected = pose(MOTIONS[name], own, float(time)).skin
        found = act(MOTIONS[name], rig, fitted(rig, 1.75), float(time))
        joints = sorted(rig.roles.values())
        np.testing.assert_allclose(heads(rig, found)[joints], heads(rig, expected)[joints], atol=2e-3)


def other_body() -> Rig:
    """Long shins, short thighs, high ankles and wide hips: our proportions in no respect."""
    rig = rig_of_skeleton(skeleton(1.6))
    moved = rig.heads.copy(), rig.tails.copy()
    for side, way in (("l", 1.0), ("r", -1.0)):
        for role, shift in (("thigh", 0.0), ("shin", 0.06), ("foot", 0.02), ("toe", 0.01)):
            joint = rig.roles[f"{role}_{side}"]
            moved[0][joint] += [0.03 * way, 0.0, shift]
    soles = (rig.soles[0], rig.soles[1] + np.array([0.03, 0, 0]) * np.sign(rig.soles[1][:, :1]))
    return replace(rig, heads=moved[0], tails=moved[1], soles=soles)


@pytest.mark.parametrize("name", ["walk", "run"])
def test_planted_soles_of_another_body_stay_and_touch_the_floor(name: str) -> None:
    """Over one second; a sole point counts as planted while it is within 5 mm of its own lowest."""
    rig = other_body()
    own = fitted(rig, 1.6)
    assert rig_of_skeleton(own).leg_m == pytest.approx(rig.leg_m, rel=1e-3)
    times = np.arange(0.0, 1.0, 0.02)
    points = np.stack([carried(act(MOTIONS[name], rig, own, float(t)), *rig.soles) for t in times])
    assert points[..., 2].min() > -0.012
    assert points[..., 2].min(axis=1).max() < (0.012 if name == "walk" else 0.3)
    down = points[..., 2] < 0.005
    planted = 0
    for point in range(points.shape[1]):
        steps = np.split(np.arange(len(times)), np.flatnonzero(np.diff(down[:, point].astype(int))) + 1)
        for step in steps:
            if down[step[0], point] and len(step) > 2:
                assert np.ptp(points[step, point, :2], axis=0).max() < 0.02
                planted += 1
    assert planted >= 4


def test_knees_bend_forwards() -> None:
    rig = other_body()
    own = fitted(rig, 1.6)
    for time in TIMES:
        skin = act(MOTIONS["squat"], rig, own, float(time))
        at = heads(rig, skin)
        for side in "lr":
            hip, knee, ankle = (at[rig.roles[f"{n}_{side}"]] for n in ("thigh", "shin", "foot"))
            middle = hip + (ankle - hip) * (hip - knee)[2] / max((hip - ankle)[2], 1e-6)
            assert knee[1] <= middle[1] + 1e-3  # forwards is -y
