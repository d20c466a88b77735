"""Motions: planted feet, steady speed, no jumps."""

import numpy as np
import pytest
from pydantic import ValidationError

from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.motions import (
    BALL_ROCKER,
    HEEL_ROCKER,
    HELD_IN,
    CharacterMotion,
    foot_state,
    heading,
    joint_positions,
    pose,
    root_xy,
)  # fmt: skip
from viewlock.generator.people import room
from viewlock.generator.skeleton import carry, skeleton

TALL, CHILD = skeleton(1.8), skeleton(1.15, {"head": 1.3, "legs": 0.95})
GESTURES = (
    "none", "wave", "talk", "point", "phone", "text", "drink", "hold", "carry", "clap", "stretch", "throw"
)  # fmt: skip
STEPPING = {
    "straight": CharacterMotion(speed_mps=1.3, heading_rad=0.7),
    "curved": CharacterMotion(speed_mps=1.2, curvature_per_m=0.4, phase=0.3, start_xy=(2.0, -1.0)),
    "slow": CharacterMotion(speed_mps=0.5, curvature_per_m=-0.5),
    "fast": CharacterMotion(speed_mps=1.8),
    "run": CharacterMotion(gait="run", speed_mps=3.0, curvature_per_m=0.1),
    "turn": CharacterMotion(gait="turn", turn_rate_radps=0.7),
    "to a run": CharacterMotion(end_speed_mps=2.8, curvature_per_m=0.2, phase=0.6),
    "to a walk": CharacterMotion(gait="run", speed_mps=2.6, end_speed_mps=1.1),
    "to a stop": CharacterMotion(end_speed_mps=0.0, gesture="wave", gesture_from_s=1.2, curvature_per_m=-0.3),
    "stumble": CharacterMotion(gait="stumble", speed_mps=1.2, curvature_per_m=0.2),
}
EVERY = {
    **STEPPING,
    "stand": CharacterMotion(gait="stand", gesture="talk"),
    "jump": CharacterMotion(gait="jump", speed_mps=0.0, tempo_hz=0.6),
    "jump ahead": CharacterMotion(gait="jump", speed_mps=0.9, tempo_hz=0.75, curvature_per_m=0.3),
    "squat": CharacterMotion(gait="squat"),
    "sit": CharacterMotion(gait="sit", tempo_hz=0.25),
    "sit on the ground": CharacterMotion(gait="sit", seat="ground"),
    "dance": CharacterMotion(gait="dance", tempo_hz=0.6, phase=0.3),
    "throw": CharacterMotion(gait="stand", gesture="throw", gesture_from_s=0.2),
}


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
    for time_s in np.arange(0.0, 2.4, 1 / 60):
        state = foot_state(motion, bones, side, time_s)
        if state.stance is None:
            continue
        skin = pose(motion, bones, time_s).skin
        for label, (joint, point, begin, end) in points.items():
            if begin <= state.stance <= end:
                seen.setdefault((label, *np.round(state.base, 6)), []).append(carry(skin[joint], point))
    assert len(seen) > 4
    assert max(np.ptp(np.array(track), axis=0).max() for track in seen.values()) < 0.002


@pytest.mark.parametrize("name", EVERY)
def test_soles_stay_above_the_floor(name: str) -> None:
    motion, bones = EVERY[name], TALL
    for time_s in np.arange(0.0, 2.0, 1 / 40):
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
        end = None if motion.end_speed_mps is None else 0.7 * motion.end_speed_mps
        motion = motion.model_copy(update={"speed_mps": 0.7 * motion.speed_mps, "end_speed_mps": end})
    jointed = np.flatnonzero(np.array(bones.parents) >= 0)
    above = np.array(bones.parents)[jointed]
    rest = np.linalg.norm(bones.heads[jointed] - bones.heads[above], axis=1)
    for time_s in np.linspace(0.0, 2.0, 60):
        skin = pose(motion, bones, time_s).skin
        where = joint_positions(bones, skin)
        now = np.linalg.norm(where[jointed] - where[above], axis=1)
        np.testing.assert_allclose(now, rest, atol=1e-9)
        for side in "lr":
            state = foot_state(motion, bones, side, time_s)
            pivot = bones.head(f"toe_{side}") if state.pitch > 0 else bones.heel(side)
            reached = carry(skin[bones.index(f"foot_{side}")], pivot)
            assert reached[2] == pytest.approx(state.base[2] + pivot[2], abs=1e-6)


@pytest.mark.parametrize("name", EVERY)
def test_poses_are_continuous(name: str) -> None:
    motion, bones = EVERY[name], TALL
    where = np.stack([joint_positions(bones, pose(motion, bones, t).skin) for t in np.arange(0.0, 2.4, 1 / 100)])
    quick = motion.gait in ("run", "jump", "stumble") or name in ("fast", "to a run", "throw")
    assert np.linalg.norm(np.diff(where, axis=0), axis=2).max() < (0.13 if quick else 0.08)


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
def test_gestures_are_rigid_and_smooth(gesture: str, gait: str) -> None:
    motion = CharacterMotion(gait=gait, gesture=gesture, gesture_side="l")
    bones = CHARACTERS["hugo"].skeleton()
    hands = []
    for time_s in np.linspace(0.0, 2.0, 61):
        skin = pose(motion, bones, time_s).skin
        turns = skin[:, :3, :3]
        np.testing.assert_allclose(turns @ np.swapaxes(turns, 1, 2), np.tile(np.eye(3), (len(turns), 1, 1)), atol=1e-9)
        hands.append(joint_positions(bones, skin))
    assert np.linalg.norm(np.diff(hands, axis=0), axis=2).max() < 0.34


@pytest.mark.parametrize("name", EVERY)
def test_the_room_of_a_motion_holds_trunk_and_limbs(name: str) -> None:
    motion, bones = EVERY[name], TALL
    for time_s in np.linspace(0.0, 2.0, 21):
        where = joint_positions(bones, pose(motion, bones, time_s).skin)
        centre, radius, height = room(motion, time_s)
        trunk = np.linalg.norm(where[:5, :2] - centre, axis=1)
        limbs = np.linalg.norm(where[5:, :2] - centre, axis=1)
        assert trunk.max() < radius
        assert limbs.max() < radius + 0.35
        assert where[:, 2].max() < height


def test_jumps_leave_the_floor_fall_by_gravity_and_land() -> None:
    motion, step = EVERY["jump"], 1 / 200
    times = np.arange(0.0, 1 / motion.tempo_hz, step)
    skins = [pose(motion, TALL, t).skin for t in times]
    toes = [TALL.index("toe_l"), TALL.index("toe_r")]
    low = np.array([joint_positions(TALL, s)[toes, 2].min() for s in skins]) - TALL.head("toe_l")[2]
    hips = np.array([joint_positions(TALL, s)[0, 2] for s in skins])
    air = np.flatnonzero(low > 0.02)
    assert low.max() > 0.15
    assert (np.diff(air) == 1).all()
    assert low[0] == pytest.approx(0.0, abs=1e-6) and low[-1] == pytest.approx(0.0, abs=1e-6)
    fall = np.diff(hips[air[3:-9]], 2) / step**2
    np.testing.assert_allclose(fall, -9.81, atol=0.5)
    assert hips.min() < TALL.head("hips")[2] - 0.15


def test_jumps_ahead_land_where_the_path_goes() -> None:
    motion = EVERY["jump ahead"]
    period = 1 / motion.tempo_hz
    gone = np.linalg.norm(root_xy(motion, period) - root_xy(motion, 0.0))
    assert 0.95 * 0.9 * period < gone <= 0.9 * period
    path = np.stack([root_xy(motion, t) for t in np.arange(0.0, 3.0, 1e-3)])
    assert np.linalg.norm(np.diff(path, axis=0), axis=1).max() < 3.2e-3


def knee_bend(motion: CharacterMotion, time_s: float) -> float:
    where = joint_positions(TALL, pose(motion, TALL, time_s).skin)
    hip, knee, ankle = (where[TALL.index(f"{n}_l")] for n in ("thigh", "shin", "foot"))
    a, b = hip - knee, ankle - knee
    return float(np.degrees(np.pi - np.arccos(a @ b / np.linalg.norm(a) / np.linalg.norm(b))))


def test_squats_bend_the_knees_and_rise_again() -> None:
    bends = [knee_bend(EVERY["squat"], t) for t in np.linspace(0.0, 2.0, 41)]
    assert max(bends) > 80
    assert bends[0] < 25 and bends[-1] < 25


def test_sitting_goes_down_to_the_seat_and_up_again() -> None:
    bends = [knee_bend(EVERY["sit"], t) for t in np.linspace(0.0, 4.0, 41)]
    assert max(bends) > 70
    assert bends[0] < 25 and bends[-1] < 25
    assert np.ptp(bends[14:26]) < 1.0


def test_stumbling_throws_the_chest_forward() -> None:
    def lean(motion: CharacterMotion, time_s: float) -> float:
        up = pose(motion, TALL, time_s).skin[TALL.index("chest"), :3, 2]
        return float(np.degrees(np.arccos(up[2])))

    times = np.linspace(0.0, 2.0, 81)
    assert max(lean(EVERY["stumble"], t) for t in times) > 35
    assert max(lean(STEPPING["straight"], t) for t in times) < 10


def test_a_stop_ends_with_both_feet_flat_below_the_trunk() -> None:
    motion = STEPPING["to a stop"]
    for time_s in (3.0, 3.5, 6.0):
        feet = [foot_state(motion, TALL, side, time_s) for side in "lr"]
        assert all(foot.pitch == 0.0 and foot.base[2] == 0.0 for foot in feet)
        middle = np.mean([foot.base[:2] for foot in feet], axis=0)
        assert np.linalg.norm(middle - root_xy(motion, time_s)) < 0.05
    assert np.linalg.norm(root_xy(motion, 3.0) - root_xy(motion, 5.0)) < 1e-9


def test_speed_changes_smoothly() -> None:
    motion = STEPPING["to a run"]
    path = np.stack([root_xy(motion, t) for t in np.arange(-1.0, 3.0, 1e-3)])
    speeds = np.linalg.norm(np.diff(path, axis=0), axis=1) / 1e-3
    assert speeds[0] == pytest.approx(1.3, rel=1e-3)
    assert speeds[-1] == pytest.approx(2.8, rel=1e-3)
    assert np.abs(np.diff(speeds)).max() < 0.003


def test_what_is_held_suits_the_gesture() -> None:
    for thing, gestures in HELD_IN.items():
        for gesture in GESTURES:
            fits = gestures is None or gesture in gestures
            try:
                CharacterMotion(gesture=gesture, holds=thing)
                made = True
            except ValidationError:
                made = False
            assert made == fits, (thing, gesture)
    assert CharacterMotion(holds="bag", gesture_side="l").holding_side == "r"
    assert CharacterMotion(gesture="phone", holds="phone", gesture_side="l").holding_side == "l"
    with pytest.raises(ValidationError, match="end_speed_mps"):
        CharacterMotion(gait="dance", end_speed_mps=0.0)


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
