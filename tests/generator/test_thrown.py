"""A thrown ball: in the hand until the release, then a parabola, bounces, and rolling without slip."""

import numpy as np
import pytest

from viewlock.blender_scenes.people.bodies import figure
from viewlock.blender_scenes.people.characters import skinned
from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.motions import CharacterMotion, heading, pose, root_xy
from viewlock.generator.people import ball_way, draw_character_motion, faced
from viewlock.generator.placement import Floor
from viewlock.generator.skeleton import carry, skeleton
from viewlock.generator.thrown import BALL_M, ball_in_hand, release_s

BONES = skeleton(1.7)
THROWS = [
    CharacterMotion(gait="stand", gesture="throw", holds="ball", gesture_side=side, gesture_rate_hz=rate,
                    gesture_from_s=0.3, heading_rad=0.4, start_xy=(1.0, -0.5))
    for side, rate in (("l", 0.6), ("r", 1.3))
] + [CharacterMotion(gait="turn", gesture="throw", holds="ball", gesture_side="r", gesture_from_s=0.1),
     CharacterMotion(gait="walk", gesture="throw", holds="ball", gesture_side="l", gesture_from_s=0.4, speed_mps=1.4,
                     heading_rad=2.2, curvature_per_m=0.2, start_xy=(0.3, 0.6))]  # fmt: skip


def middle(motion: CharacterMotion, time_s: float) -> np.ndarray:
    return carry(pose(motion, BONES, time_s).skin[BONES.index("thrown")], ball_in_hand(BONES, motion.gesture_side))


@pytest.mark.parametrize("motion", THROWS)
def test_the_hand_holds_the_ball_until_the_release_and_not_after(motion):
    hand = BONES.index(f"hand_{motion.gesture_side}")
    for time_s in (0.0, 0.5 * release_s(motion), release_s(motion)):
        skin = pose(motion, BONES, time_s).skin
        np.testing.assert_array_equal(skin[BONES.index("thrown")], skin[hand])
    skin = pose(motion, BONES, release_s(motion) + 0.25).skin
    held = carry(skin[hand], ball_in_hand(BONES, motion.gesture_side))
    assert np.linalg.norm(middle(motion, release_s(motion) + 0.25) - held) > 0.5


@pytest.mark.parametrize("motion", THROWS)
def test_place_turn_and_velocity_are_continuous_at_the_release(motion):
    at, h = release_s(motion), 1e-4
    before, now, after = (pose(motion, BONES, at + step).skin[BONES.index("thrown")] for step in (-h, 0.0, h))
    ball = ball_in_hand(BONES, motion.gesture_side) + BALL_M * np.array([[0, 0, 0], [1.0, 0, 0], [0, 1, 0], [0, 0, 1]])
    came, goes = (carry(now, ball) - carry(before, ball)) / h, (carry(after, ball) - carry(now, ball)) / h
    np.testing.assert_allclose(goes, came, atol=0.12)
    speed = np.linalg.norm(goes[0])
    assert 4.0 < speed < 13.0
    ahead = np.array([np.sin(heading(motion, at)), -np.cos(heading(motion, at)), 0.0])
    assert goes[0] @ ahead > 0.85 * speed


@pytest.mark.parametrize("motion", THROWS[1:])
def test_it_flies_by_gravity_alone_and_never_enters_the_floor(motion):
    at, h = release_s(motion), 0.06
    flying = np.array([middle(motion, at + k * h) for k in range(1, 8)])
    np.testing.assert_allclose(np.diff(flying, 2, axis=0) / h**2, np.tile([0, 0, -9.81], (5, 1)), atol=1e-6)
    later = np.array([middle(motion, at + t) for t in np.linspace(0.5, 12.0, 8)])
    assert later[:, 2].min() > BALL_M - 1e-9
    np.testing.assert_allclose(later[-1], [*later[-1, :2], BALL_M], atol=1e-9)
    np.testing.assert_allclose(middle(motion, at + 20), middle(motion, at + 30), atol=1e-9)


def test_where_it_rolls_the_point_on_the_floor_stands_still():
    motion = THROWS[0]
    at = release_s(motion) + 2.6
    skin = pose(motion, BONES, at).skin[BONES.index("thrown")]
    touching = np.linalg.inv(skin) @ [*middle(motion, at)[:2], 0.0, 1.0]
    now, then = (pose(motion, BONES, at + h).skin[BONES.index("thrown")] @ touching for h in (-1e-5, 1e-5))
    assert np.linalg.norm(middle(motion, at + 1e-5) - middle(motion, at - 1e-5)) > 0.1 * 2e-5
    np.testing.assert_allclose(now, then, atol=1e-9)


def test_the_mesh_has_one_ball_where_the_motion_says():
    motion = THROWS[1]
    made = figure(CHARACTERS["hugo"], motion)
    thrown = made.weights[:, made.skeleton.index("thrown")] > 0
    assert (made.weights[thrown].max(axis=1) == 1.0).all()
    rest = made.model.mesh.vertices[thrown]
    np.testing.assert_allclose(rest.mean(axis=0), ball_in_hand(made.skeleton, motion.gesture_side), atol=0.002)
    for after in (0.1, 0.8):
        skin = pose(motion, made.skeleton, release_s(motion) + after).skin
        points = skinned(made, skin)[thrown]
        wanted = carry(skin[made.skeleton.index("thrown")], ball_in_hand(made.skeleton, motion.gesture_side))
        np.testing.assert_allclose(np.linalg.norm(points - wanted, axis=1), BALL_M, atol=0.002)


def thrown(count: int) -> list[CharacterMotion]:
    """The throws among what people are drawn to do who are at the origin in the middle of three seconds."""
    rng = np.random.default_rng(2)
    drawn = (draw_character_motion("hugo", np.zeros(2), 1.5, 0.0, False, 4.0, rng) for _ in range(count))
    return [motion for motion in drawn if motion.gesture == "throw"]


@pytest.mark.parametrize("motion", THROWS)
def test_the_room_of_a_ball_is_where_it_is(motion):
    times = release_s(motion) + np.linspace(-0.3, 2.5, 6)
    balls = np.array([middle(motion, t) for t in times])
    centres, radius, _, high = ball_way(motion, 1.7, times)
    np.testing.assert_allclose(centres, balls[:, :2], atol=1e-9)
    assert high == pytest.approx(balls[:, 2].max() + radius)


def test_in_a_lane_most_find_a_side_to_throw_to():
    times, lane = np.linspace(0.0, 3.0, 7), Floor(2.0, 9.0, 4.0, np.linspace(0.0, 3.0, 7))
    at_once = turned = 0
    motions = thrown(400)
    for motion in motions:
        sides = list(faced(motion, np.zeros(2)))
        assert sides[0] is motion and len(sides) > 8
        for side in sides:
            np.testing.assert_allclose(root_xy(side, 1.5), 0.0, atol=1e-6)
        fits = [lane.fits(*ball_way(side, 1.7, times)) for side in sides]
        at_once, turned = at_once + fits[0], turned + any(fits)
    assert at_once < len(motions) / 3 and turned > 0.75 * len(motions)
    assert list(faced(CharacterMotion(), np.zeros(2))) == [CharacterMotion()]


def test_a_plan_throws_within_its_time_and_within_the_free_floor():
    found = thrown(300)
    assert all(1.9 <= release_s(motion) <= 2.8 for motion in found)
    assert {"walk", "stand", "turn"} == {motion.gait for motion in found}
    assert 0.03 * 300 < len(found) < 0.08 * 300
    centres, radius, low, high = ball_way(found[0], 1.7, np.array([0.0, 1.5, 3.0]))
    assert np.linalg.norm(centres[-1] - centres[0]) > 1.0 and low == 0.0 and high > 2 * radius
    assert ball_way(CharacterMotion(), 1.7, np.zeros(1)) is None
