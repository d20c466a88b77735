"""Birds in the air: forces balance, wings hold together, and the planned room holds all of them."""

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import procedural
from viewlock.blender_scenes.objects.birds import IN_FLIGHT
from viewlock.generator.flights import STROKE, beat, bob_m, flying
from viewlock.generator.placement import Floor
from viewlock.generator.rigid_motion import GRAVITY, RigidMotion
from viewlock.generator.skeleton import carry
from viewlock.generator.thing_motions import draw_kind, draw_thing_motion, extent

MODEL = IN_FLIGHT["parrot"]()
BIRD = MODEL.beast
PARROT = next(asset for asset in procedural() if asset.name == "parrot")


def going(pivot_m: float, spin: float, speed: float = 2.2) -> RigidMotion:
    return RigidMotion(kind="flap", position=(0.4, -1.0, 1.5), yaw=0.3 + np.pi, spin=spin, pivot_m=pivot_m,
                       velocity=(speed * np.cos(0.3), speed * np.sin(0.3), 0.0), middle_m=0.067)  # fmt: skip


def skinned(motion: RigidMotion, time_s: float) -> np.ndarray:
    blend = np.einsum("vj,jab->vab", MODEL.weights, flying(BIRD, motion, time_s))
    points = np.c_[MODEL.mesh.vertices, np.ones(len(MODEL.mesh.vertices))]
    return np.einsum("vab,vb->va", blend, points)[:, :3]


def shoulders(motion: RigidMotion, time_s: float) -> np.ndarray:
    """The middle of the trunk at the height of the shoulders."""
    return carry(flying(BIRD, motion, time_s)[0], np.array([0.0, 0.0, BIRD.shoulder[2]]))


def pull(motion: RigidMotion, time_s: float, h: float = 1e-3) -> np.ndarray:
    """What the air gives to each kilogram of the trunk, newtons."""
    before, now, after = (shoulders(motion, time_s + step) for step in (-h, 0.0, h))
    return (after - 2 * now + before) / h**2 + [0.0, 0.0, GRAVITY]


@pytest.mark.parametrize("pivot_m", [1.5, -3.0])
def test_a_gliding_bird_leans_so_that_the_air_pulls_along_its_own_height(pivot_m):
    motion = going(pivot_m, 0.0)
    for time_s in (0.0, 0.7):
        force, trunk = pull(motion, time_s), flying(BIRD, motion, time_s)[0]
        assert np.linalg.norm(force) == pytest.approx(np.hypot(GRAVITY, 2.2**2 / pivot_m), rel=1e-5)
        np.testing.assert_allclose(trunk[:3, :3].T @ force / np.linalg.norm(force), [0.0, 0.0, 1.0], atol=1e-5)
        # Its left is -y: in a bend to the left that wing is lower.
        tips = [trunk[:3, :3] @ [0.0, side, 0.0] for side in (-1.0, 1.0)]
        assert (tips[0][2] < tips[1][2]) == (pivot_m > 0)


def test_the_trunk_is_lifted_by_wings_on_their_way_down_alone():
    motion = going(1e6, 20.0)
    period = 2 * np.pi / motion.spin
    times = np.linspace(0.0, period, 41)
    lift = np.array([pull(motion, t)[2] for t in times]) / GRAVITY
    falling = np.array([beat(motion, t + 1e-4)[0] - beat(motion, t - 1e-4)[0] for t in times]) / 2e-4
    np.testing.assert_allclose(lift, 1 - falling / (STROKE * motion.spin), atol=1e-3)
    assert lift.min() > -1e-3 and np.mean(lift[:-1]) == pytest.approx(1.0, abs=1e-3)
    assert bob_m(motion, 0.0) == pytest.approx(GRAVITY / 400.0) and bob_m(going(2.0, 0.0), 0.3) == 0.0


def test_wings_bend_at_their_joint_hold_together_and_beat_alike():
    motion, names = going(1e6, 22.0), BIRD.joints
    tip, bends, heights = np.array([0.0, 0.5, BIRD.wrist[2]]), [], []
    for time_s in np.linspace(0.0, 2 * np.pi / motion.spin, 24, endpoint=False):
        skin = dict(zip(names, flying(BIRD, motion, time_s), strict=True))
        for side, mark in ((1.0, "r"), (-1.0, "l")):
            mirror = np.array([1.0, side, 1.0])
            shoulder, wrist = mirror * BIRD.shoulder, mirror * BIRD.wrist
            np.testing.assert_allclose(
                carry(skin["trunk"], shoulder), carry(skin[f"inner_{mark}"], shoulder), atol=1e-12
            )
            np.testing.assert_allclose(
                carry(skin[f"inner_{mark}"], wrist), carry(skin[f"outer_{mark}"], wrist), atol=1e-12
            )
        left, right = (carry(skin[f"outer_{m}"], tip * [1, s, 1])[2] for m, s in (("l", -1), ("r", 1)))
        assert left == pytest.approx(right, abs=1e-5)
        heights.append(right - carry(skin["trunk"], np.array(BIRD.shoulder))[2])
        bends.append(beat(motion, time_s)[1])
    assert max(heights) > 0.25 and min(heights) < -0.2
    assert max(bends) - min(bends) == pytest.approx(0.8, abs=0.01)


def test_the_head_keeps_its_height():
    motion = going(1e6, 20.0)
    heights = [carry(flying(BIRD, motion, t)[1], np.array(BIRD.neck))[2] for t in np.linspace(0, 0.3, 7)]
    trunk = [shoulders(motion, t)[2] for t in np.linspace(0, 0.3, 7)]
    assert np.ptp(heights) < 1e-6 < 0.02 < np.ptp(trunk)


@pytest.mark.parametrize("fast", [True, False])
def test_a_plan_flies_at_heads_and_above_and_keeps_room_for_the_wings(fast):
    kind = draw_kind(PARROT, *extent(PARROT, 1.0), fast, np.random.default_rng(0))
    assert kind == "flap"
    radius, height = extent(PARROT, 1.0, kind)
    reach = float(np.hypot(radius, height / 2))
    np.testing.assert_allclose(PARROT.flight_m, MODEL.mesh.bounds(), atol=6e-4)
    for seed, ceiling in ((0, 2.6), (1, 4.0), (2, np.inf)):
        floor = Floor(4.0, 4.0, ceiling, np.linspace(0, 3, 7))
        motion = draw_thing_motion(kind, PARROT, 1.0, floor, fast, np.random.default_rng(seed))
        assert (motion.spin > 0) == fast
        for time_s in np.linspace(0.0, 1.1, 8):
            turn, where = motion.pose(time_s)
            middle = where + turn @ [0, 0, height / 2]
            assert 1.4 < middle[2] <= min(2.5, ceiling - reach)
            assert np.linalg.norm(skinned(motion, time_s) - middle, axis=1).max() < reach


def test_the_skin_is_whole_and_goes_on_smoothly():
    np.testing.assert_allclose(MODEL.weights.sum(axis=1), 1.0)
    assert (MODEL.weights > 0).sum(axis=1).max() <= 4
    motion = going(2.0, 22.0)
    points = np.array([skinned(motion, t) for t in np.linspace(0.0, 2 * np.pi / motion.spin, 25)])
    assert np.linalg.norm(np.diff(points, axis=0), axis=2).max() < 0.14
    edges = MODEL.mesh.vertices[MODEL.mesh.faces[:, :2]]
    rest = np.linalg.norm(edges[:, 0] - edges[:, 1], axis=1)
    bent = np.linalg.norm(points[:, MODEL.mesh.faces[:, 0]] - points[:, MODEL.mesh.faces[:, 1]], axis=2)
    assert (np.abs(bent - rest).max(axis=0) < 0.35 * rest + 0.004).all()
