"""What people are drawn to do: varied, suited to the subset, and where they should be."""

from collections import Counter

import numpy as np
import pytest

from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.motions import CharacterMotion, heading, joint_positions, pose, root_xy
from viewlock.generator.people import draw_character_motion, stand_in
from viewlock.generator.skeleton import skeleton

WHERE = np.array([0.7, -1.2])


def drawn(fast: bool, count: int = 400, name: str = "noor", ceiling: float = np.inf) -> list[CharacterMotion]:
    rng = np.random.default_rng(5)
    return [draw_character_motion(name, WHERE, 1.1, 0.3, fast, ceiling, rng) for _ in range(count)]


def test_people_are_at_their_spot_in_the_middle_of_the_time() -> None:
    for motion in drawn(True, 60) + drawn(False, 60):
        np.testing.assert_allclose(root_xy(motion, 1.1), WHERE, atol=1e-4)


def test_every_motion_is_drawn() -> None:
    motions = drawn(True) + drawn(False)
    gaits = Counter(m.gait for m in motions)
    assert set(gaits) == {"walk", "run", "stumble", "stand", "turn", "jump", "squat", "sit", "dance"}
    assert min(gaits.values()) >= 15
    assert len({m.gesture for m in motions}) == 12
    assert {m.holds for m in motions} == {"none", "phone", "cup", "umbrella", "box", "ball", "bag", "briefcase"}
    assert {m.seat for m in motions if m.gait == "sit"} == {"stool", "crate", "ground"}
    assert sum(m.stops for m in motions) > 20
    assert sum(m.end_speed_mps is not None and m.end_speed_mps > 1 for m in motions) > 20


def test_fast_people_move_further_between_frames() -> None:
    def moved(fast: bool) -> float:
        return float(np.median([np.linalg.norm(stand_in(m, 1.7, 1.3) - stand_in(m, 1.7, 1.0), axis=1).mean()
                                for m in drawn(fast)]))  # fmt: skip

    assert moved(True) > 2 * moved(False)


def test_things_suit_people_and_places() -> None:
    assert not any(m.holds == "umbrella" for m in drawn(False, ceiling=2.8))
    assert not any(m.holds == "briefcase" for m in drawn(False, name="hugo"))
    with_bag = next(name for name, look in CHARACTERS.items() if "bag" in look.accessories)
    for motion in drawn(False, name=with_bag):
        assert motion.holds not in ("bag", "briefcase")
        assert motion.gait != "sit" or motion.seat != "ground"


@pytest.mark.parametrize("name", ["amara", "dora", "emil"])
def test_skirts_and_coats_do_not_bend_deeply(name: str) -> None:
    assert not any(motion.gait in ("sit", "squat") for motion in drawn(False, name=name))


@pytest.mark.parametrize("gait", ["jump", "squat", "sit", "dance"])
def test_the_stand_in_moves_as_the_trunk_does(gait: str) -> None:
    motion, bones = CharacterMotion(gait=gait, speed_mps=0.6, tempo_hz=0.5, heading_rad=0.8), skeleton(1.7)
    for time_s in np.linspace(0.0, 2.0, 21):
        hips = joint_positions(bones, pose(motion, bones, time_s).skin)[0]
        points = stand_in(motion, 1.7, time_s)
        assert np.linalg.norm(points[1, :2] - hips[:2]) < 0.06
        standing = joint_positions(bones, np.tile(np.eye(4), (len(bones.names), 1, 1)))[0, 2]
        assert (points[1, 2] - 0.45 * 1.7) == pytest.approx(hips[2] - standing, abs=0.03)
    assert heading(motion, 0.0) == pytest.approx(0.8)
