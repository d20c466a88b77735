"""Animals walk: feet that stand do not slide, legs hold together, and the skin follows."""

import numpy as np
import pytest

from viewlock.blender_scenes.objects.animals import BUILDERS
from viewlock.generator.gaits import Beast, drop_m, footfall, gait, walking
from viewlock.generator.rigid_motion import RigidMotion
from viewlock.generator.skeleton import carry

MODELS = {name: model for name, model in ((n, build()) for n, build in BUILDERS["animals"].items()) if model.beast}
WAYS = {"slow left": (0.35, 3.0), "fast right": (1.6, -2.0)}


def going(beast: Beast, way: str) -> RigidMotion:
    sizes, pivot = WAYS[way]
    speed = sizes * float(np.ptp([beast.neck, beast.tail], axis=0).max()) * 2
    return RigidMotion(kind="walk", position=(0.4, -1.0, 0.0), yaw=0.3 + np.pi,
                       velocity=(speed * np.cos(0.3), speed * np.sin(0.3), 0.0), pivot_m=pivot)  # fmt: skip


def cycle_s(beast: Beast, motion: RigidMotion) -> float:
    speed = float(np.linalg.norm(motion.velocity))
    return gait(beast, speed).stride_m / speed


def skinned(name: str, skin: np.ndarray, chosen: np.ndarray | slice = slice(None)) -> np.ndarray:
    model = MODELS[name]
    assert model.weights is not None
    points, blend = model.mesh.vertices[chosen], np.einsum("vj,jab->vab", model.weights[chosen], skin)
    return np.einsum("vab,vb->va", blend, np.c_[points, np.ones(len(points))])[:, :3]


def test_all_but_the_parrot_on_its_perch_walk():
    assert set(MODELS) == set(BUILDERS["animals"]) - {"parrot"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", MODELS)
def test_standing_feet_do_not_slide_and_legs_reach_them(name, way):
    model = MODELS[name]
    beast, motion = model.beast, going(model.beast, way)
    period = cycle_s(beast, motion)
    times = np.linspace(-0.3, 1.9, 23) * period
    skins = [walking(beast, motion, t) for t in times]
    for leg in beast.legs:
        low = model.mesh.vertices[:, 2] < 0.35 * leg.ankle[2]
        sole = low & (model.weights[:, beast.joints.index(leg.joints[2])] > 0.5)
        assert sole.sum() > 5
        tracks: dict[int, list[np.ndarray]] = {}
        falls = [footfall(beast, motion, leg, t) for t in times]
        step = 0
        for fall, skin in zip(falls, skins, strict=True):
            upper, lower, foot = (skin[beast.joints.index(j)] for j in leg.joints)
            np.testing.assert_allclose(carry(upper, np.array(leg.knee)), carry(lower, np.array(leg.knee)), atol=1e-9)
            np.testing.assert_allclose(carry(skin[0], np.array(leg.hip)), carry(upper, np.array(leg.hip)), atol=1e-9)
            if not beast.hops:
                ankle = np.array(leg.ankle)
                np.testing.assert_allclose(carry(lower, ankle), carry(foot, ankle), atol=1e-4)
            step += fall.stance is None
            if fall.stance is not None:
                tracks.setdefault(step, []).append(skinned(name, skin, sole))
        assert sum(len(track) > 2 for track in tracks.values()) >= 2
        assert max(np.ptp(track, axis=0).max() for track in tracks.values()) < 0.002


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", MODELS)
def test_the_skin_moves_smoothly_above_the_floor_and_along_the_way(name, way):
    beast, motion = MODELS[name].beast, going(MODELS[name].beast, way)
    period = cycle_s(beast, motion)
    points = np.array([skinned(name, walking(beast, motion, t)) for t in np.linspace(0.0, period, 17)])
    assert points[..., 2].min() > -0.012
    speed = float(np.linalg.norm(motion.velocity))
    ahead = np.linalg.norm(np.diff(points, axis=0), axis=2).max() / (period / 16)
    assert ahead < 9 * speed
    middle = points[-1].mean(axis=0)
    assert np.linalg.norm(middle[:2] - motion.pose(period)[1][:2]) < 0.1 * np.ptp(points[0], axis=0).max()
    np.testing.assert_allclose(middle[2], points[0].mean(axis=0)[2], atol=1e-3)
    heights = points.mean(axis=1)[:, 2]
    assert np.ptp(heights) > 0.25 * beast.bob_m


@pytest.mark.parametrize("name", MODELS)
def test_a_beast_that_stands_is_as_it_was_made(name):
    model = MODELS[name]
    motion = RigidMotion(kind="walk", position=(1.0, 2.0, 0.0))
    np.testing.assert_allclose(
        skinned(name, walking(model.beast, motion, 3.0)), model.mesh.vertices + [1, 2, 0], atol=1e-12
    )
    assert 0 <= drop_m(model.beast, model.beast.stance_m) < 0.15 * model.mesh.bounds()[1][2]
    np.testing.assert_allclose(model.weights.sum(axis=1), 1.0)


def test_twice_as_large_it_walks_twice_as_far():
    beast = MODELS["dog"].beast
    large = beast.placed(2.0, np.zeros(3))
    motion = going(beast, "slow left")
    twice = motion.model_copy(update={"velocity": tuple(2 * v for v in motion.velocity), "pivot_m": 6.0,
                                      "position": (0.8, -2.0, 0.0)})  # fmt: skip
    quick, slow = gait(beast, 1.0), gait(large, 1.0 * np.sqrt(2.0))
    assert (slow.stride_m, slow.duty) == (pytest.approx(2 * quick.stride_m), pytest.approx(quick.duty))
    assert drop_m(large, 0.2) == pytest.approx(2 * drop_m(beast, 0.1))
    np.testing.assert_allclose(twice.pose(0.5)[1], 2 * motion.pose(0.5)[1], atol=1e-12)
