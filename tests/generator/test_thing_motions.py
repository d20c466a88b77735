"""Which motions things get, and that none of them goes through the floor."""

from pathlib import Path

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Asset
from viewlock.generator.placement import Floor
from viewlock.generator.thing_motions import UPRIGHT, draw_kind, draw_thing_motion, extent, hovers, passing

KINDS = ["slide", "convey", "walk", "fly", "spin", "swing", "roll", "bounce", "tumble", "blow"]


def asset(category="toys", half=(0.2, 0.15), height=0.5, rolls=False, **more):
    low, high = (-half[0], -half[1], 0.0), (half[0], half[1], height)
    return Asset(id="object/x", kind="object", category=category, sha256="0" * 64, bounds_m=(low, high), rolls=rolls,
                 **more)  # fmt: skip


def floor():
    return Floor(4.0, 4.0, 4.0, np.linspace(0, 3, 7))


def kinds_of(thing, fast):
    rng = np.random.default_rng(1)
    radius, height = extent(thing, 1.0)
    return {draw_kind(thing, radius, height, fast, rng) for _ in range(300)}


def test_of_other_peoples_things_only_small_ones_hover_beside_a_camera():
    """An armchair that is 0.55 m high is heavier than a carton of ours."""
    armchair = asset(half=(0.42, 0.38), height=0.55)
    assert hovers(armchair, 1.0) and not hovers(armchair, 1.1)
    files = [thing.model_copy(update={"imported": Path("import")}) for thing in (armchair, asset(height=0.3))]
    assert [hovers(thing, 1.0) for thing in files] == [False, True]


@pytest.mark.parametrize("fast", [False, True])
def test_only_round_things_roll_and_only_light_ones_are_blown(fast):
    ball = asset(half=(0.2, 0.2), height=0.4, rolls=True)
    assert kinds_of(ball, fast) >= ({"roll", "bounce"} if fast else {"roll"})
    assert not kinds_of(ball, fast) & {"tumble", "blow", "slide"}
    assert not kinds_of(asset(), fast) & {"roll", "bounce", "blow"}
    assert "blow" in kinds_of(asset("packages"), fast)
    assert ("tumble" in kinds_of(asset(), fast)) == fast


def test_big_things_and_vehicles_stay_on_the_floor():
    on_the_floor = {"slide", "convey"}
    assert kinds_of(asset(height=1.5), True) == on_the_floor
    assert kinds_of(asset("vehicles", (1.5, 0.7), 1.3), True) == on_the_floor
    armchair = asset("", (0.47, 0.42), 0.65)
    assert "fly" in kinds_of(armchair, True)
    assert kinds_of(armchair.model_copy(update={"imported": Path("import")}), True) == on_the_floor


def test_animals_walk_at_their_own_pace_on_ways_that_bend_either_way():
    dog = asset("animals", (0.5, 0.15), 0.7, walks=True)
    assert kinds_of(dog, True) == kinds_of(dog, False) == {"walk"}
    drawn = [draw_thing_motion("walk", dog, 1.0, floor(), True, np.random.default_rng(k)) for k in range(40)]
    speeds = np.array([np.linalg.norm(motion.velocity) for motion in drawn])
    assert speeds.min() >= 1.0 and speeds.max() <= 1.6
    bends = np.array([1 / motion.pivot_m for motion in drawn])
    assert bends.min() < -0.1 and bends.max() > 0.1 and np.abs(bends).max() <= 0.5


@pytest.mark.parametrize("kind", UPRIGHT)
@pytest.mark.parametrize("seed", range(4))
def test_what_has_wheels_or_legs_goes_where_its_front_looks(kind, seed):
    goer = {"walk": asset("animals", walks=True), "slide": asset("tools", wheels=True)}.get(kind, asset("vehicles"))
    motion = draw_thing_motion(kind, goer, 1.0, floor(), True, np.random.default_rng(seed))
    ahead = motion.pose(1e-4)[1] - motion.pose(0.0)[1]
    front = motion.pose(0.0)[0] @ [-1, 0, 0]
    assert front @ ahead / np.linalg.norm(ahead) == pytest.approx(1, abs=1e-3)


def test_what_has_wheels_goes_round_bends_on_its_fixed_axle_or_straight():
    tricycle, car = asset("vehicles", wheels=True), asset("vehicles", (1.5, 0.8), 1.3, wheels=True, axle_m=0.9)
    assert "convey" not in kinds_of(tricycle, True) and kinds_of(car, True) == {"slide", "convey"}
    for seed in range(6):
        motion = draw_thing_motion("convey", car, 1.1, floor(), True, np.random.default_rng(seed))
        way = motion.pose(0.4 + 1e-5)[1] - motion.pose(0.4 - 1e-5)[1]
        turn, at = motion.pose(0.4)
        later, then = motion.pose(0.4 + 1e-5)
        axle = np.array([1.1 * 0.9, 0.0, 0.0])
        goes = (then + later @ axle - at - turn @ axle) / 1e-5
        np.testing.assert_allclose(goes @ turn[:, 1], 0.0, atol=1e-4)
        assert goes @ -turn[:, 0] > 0.9 * np.linalg.norm(way) / 2e-5
    assert {np.sign(draw_thing_motion("convey", car, 1.1, floor(), True, np.random.default_rng(k)).pivot_m)
            for k in range(9)} == {-1.0, 1.0}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_nothing_goes_below_the_floor(kind, seed):
    ball = kind in ("roll", "bounce")
    thing = asset(half=(0.2, 0.2), height=0.4, rolls=True) if ball else asset()
    scale = 0.9
    motion = draw_thing_motion(kind, thing, scale, floor(), True, np.random.default_rng(seed))
    if ball:
        points = 0.2 * scale * np.random.default_rng(0).normal(size=(500, 3))
        points = 0.2 * scale * points / np.linalg.norm(points, axis=1, keepdims=True) + [0, 0, 0.2 * scale]
    else:
        low, high = np.array(thing.bounds_m) * scale
        points = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    times = np.linspace(0, 1 if kind == "fly" else 4, 60)
    lowest = min((position + points @ rotation.T)[:, 2].min() for rotation, position in map(motion.pose, times))
    assert lowest > -1e-6


@pytest.mark.parametrize("kind", KINDS)
def test_passing_is_there_at_the_time(kind):
    motion = draw_thing_motion(kind, asset(), 1.0, floor(), True, np.random.default_rng(3))
    moved = passing(motion, np.array([0.7, -1.1]), 1.4)
    np.testing.assert_allclose(moved.pose(1.4)[1][:2], [0.7, -1.1], atol=1e-9)
    np.testing.assert_allclose(moved.pose(0.3)[0], motion.pose(0.3)[0])
