"""Motions: planted feet, steady speed, no jumps."""

import numpy as np
import pytest
from pydantic import ValidationError

from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.motions import (
    BALL_ROCKER,
    HEEL_ROCKER,
    CharacterMotion,
    capsules,
    foot_state,
    heading,
    joint_positions,
    pose,
    root_xy,
)  # fmt: skip
from viewlock.generator.skeleton import carry, skeleton

TALL, CHILD = skeleton(1.8), skeleton(1.15, {"head": 1.3, "legs": 0.95})
GESTURES = ("none", "wave", "talk", "point", "phone", "clap", "carry", "stretch")
STEPPING = {
    "straight": CharacterMotion(speed_mps=1.3, heading_rad=0.7),
    "curved": CharacterMotion(speed_mps=1.2, curvature_per_m=0.4, phase=0.3, start_xy=(2.0, -1.0)),
    "slow": CharacterMotion(speed_mps=0.5, curvature_per_m=-0.5),
    "fast": CharacterMotion(speed_mps=1.8),
    "run": CharacterMotion(gait="run", speed_mps=3.0, curvature_per_m=0.1),
    "turn": CharacterMotion(gait="turn", turn_rate_radps=0.7),
}
EVERY = {**STEPPING, "stand": CharacterMotion(gait="stand", gesture="talk")}


@pytest.mark.parametrize("side", ["l", "r"])
@pytest.mark.parametrize("name", STEPPING)
def test_planted_feet_do_not_slide(name: str, side: str) -> None:
    motion, bones = STEPPING[name], TALL
    ball, ankle = bones.head(f"toe_{side}"), bones.head(f"foot_{side}")
    foot, toe = bones.index(f"foot_{side}"), bones.index(f"toe_{side}")
    points = {
        "heel": (foot, bones.heel(side), 0.0, HEEL_ROCKER), "ankle": (foot, ankle, HEEL_ROCKER, BALL_ROCKER),
        "ball": (toe, ball, HEEL_ROCKER, 1.0), "tip": (toe, bones.tail(f"toe_{side}"), HEEL_ROCKER, 1.0),
    }  # fmt: skip
    seen: dict[tuple, list] = {}
    for time_s in np.arange(0.0, 3.0, 1 / 120):
        state = foot_state(motion, bones, side, time_s)
        if state.stance is None:
            continue
        skin = pose(motion, bones, time_s).skin
        for label, (joint, point, begin, end) in points.items():
            if begin <= state.stance <= end:
                seen.setdefault((label, *np.round(state.base, 6)), []).append(carry(skin[joint], point))
    assert len(seen) > 4
    assert max(np.ptp(np.array(track), axis=0).max() for track in seen.values()) < 0.002


@pytest.mark.parametrize("name", STEPPING)
def test_soles_stay_above_the_floor(name: str) -> None:
    motion, bones = STEPPING[name], TALL
    for time_s in np.arange(0.0, 2.0, 1 / 60):
        skin = pose(motion, bones, time_s).skin
        for side in "lr":
            ball, tip = (p * [1, 1, 0] for p in (bones.head(f"toe_{side}"), bones.tail(f"toe_{side}")))
            soles = [(f"foot_{side}", bones.heel(side)), (f"toe_{side}", ball), (f"toe_{side}", tip)]
            assert min(carry(skin[bones.index(j)], p)[2] for j, p in soles) > -0.005


@pytest.mark.parametrize("bones", [TALL, CHILD], ids=["tall", "child"])
@pytest.mark.parametrize("name", EVERY)
def test_legs_reach_their_feet_and_bones_keep_their_length(name: str, bones) -> None:
    motion = EVERY[name]
    if bones is CHILD:
        motion = motion.model_copy(update={"speed_mps": 0.7 * motion.speed_mps})
    rest = np.linalg.norm(bones.heads[1:] - bones.heads[list(bones.parents[1:])], axis=1)
    for time_s in np.linspace(0.0, 2.0, 60):
        skin = pose(motion, bones, time_s).skin
        where = joint_positions(bones, skin)
        now = np.linalg.norm(where[1:] - where[list(bones.parents[1:])], axis=1)
        np.testing.assert_allclose(now, rest, atol=1e-9)
        for side in "lr":
            state = foot_state(motion, bones, side, time_s)
            pivot = bones.head(f"toe_{side}") if state.pitch > 0 else bones.heel(side)
            reached = carry(skin[bones.index(f"foot_{side}")], pivot)
            assert reached[2] == pytest.approx(state.base[2] + pivot[2], abs=1e-6)


@pytest.mark.parametrize("name", EVERY)
def test_poses_are_continuous(name: str) -> None:
    motion, bones = EVERY[name], TALL
    where = np.stack([joint_positions(bones, pose(motion, bones, t).skin) for t in np.arange(0.0, 1.6, 1 / 240)])
    assert np.linalg.norm(np.diff(where, axis=0), axis=2).max() < (0.055 if motion.gait == "run" else 0.035)


@pytest.mark.parametrize("name", ["straight", "curved", "run"])
def test_root_keeps_its_speed(name: str) -> None:
    motion = STEPPING[name]
    path = np.stack([root_xy(motion, t) for t in np.arange(0.0, 2.0, 1e-3)])
    np.testing.assert_allclose(np.linalg.norm(np.diff(path, axis=0), axis=1), motion.speed_mps * 1e-3, rtol=1e-4)
    step = path[1] - path[0]
    ahead = heading(motion, 0.0005)
    np.testing.assert_allclose(step / np.linalg.norm(step), [np.sin(ahead), -np.cos(ahead)], atol=1e-6)


def test_pelvis_stays_with_the_path() -> None:
    motion = STEPPING["curved"]
    for time_s in np.linspace(0, 3, 40):
        hips = joint_positions(TALL, pose(motion, TALL, time_s).skin)[0]
        assert np.linalg.norm(hips[:2] - root_xy(motion, time_s)) < 0.05


def test_knees_bend_forward() -> None:
    motion = CharacterMotion(speed_mps=1.3)
    for time_s in np.linspace(0, 1.2, 40):
        where = joint_positions(TALL, pose(motion, TALL, time_s).skin)
        for side in "lr":
            hip, knee, ankle = (where[TALL.index(f"{n}_{side}")] for n in ("thigh", "shin", "foot"))
            share = (hip[2] - knee[2]) / (hip[2] - ankle[2])
            assert knee[1] < hip[1] + share * (ankle[1] - hip[1])


@pytest.mark.parametrize("gesture", GESTURES)
@pytest.mark.parametrize("gait", ["stand", "walk"])
def test_gestures_are_rigid_and_inside_the_capsule(gesture: str, gait: str) -> None:
    motion = CharacterMotion(gait=gait, gesture=gesture, gesture_side="l")
    bones = CHARACTERS["hugo"].skeleton()
    for time_s in np.linspace(0.0, 2.0, 21):
        skin = pose(motion, bones, time_s).skin
        turns = skin[:, :3, :3]
        np.testing.assert_allclose(turns @ np.swapaxes(turns, 1, 2), np.tile(np.eye(3), (len(turns), 1, 1)), atol=1e-9)
        centre, radius = capsules(motion, bones, time_s)
        tips = np.stack([carry(m, tail) for m, tail in zip(skin, bones.tails, strict=True)])
        assert np.linalg.norm(tips[:, :2] - centre, axis=1).max() < radius


def test_pose_is_a_pure_function() -> None:
    motion = STEPPING["curved"]
    first = pose(motion, TALL, 1.234).skin
    pose(motion, TALL, 0.2)
    np.testing.assert_array_equal(first, pose(motion, skeleton(1.8), 1.234).skin)


def test_motion_is_frozen_and_refuses_the_unknown() -> None:
    with pytest.raises(ValidationError):
        CharacterMotion(gait="swim")
    with pytest.raises(ValidationError):
        CharacterMotion(wings=2)
    with pytest.raises(ValidationError):
        STEPPING["run"].speed_mps = 1.0
