"""Flow on parts that move by themselves, against what is known on paper."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.geometry import pixel_grid, rotation_about
from viewlock.renderer.ground_truth import correspond

bpy = pytest.importorskip("bpy")
pytestmark = pytest.mark.render

from viewlock.assets_manifest.catalogue import Catalogue, procedural  # noqa: E402
from viewlock.blender_scenes import build  # noqa: E402
from viewlock.blender_scenes.objects import OBJECTS  # noqa: E402
from viewlock.blender_scenes.objects.birds import IN_FLIGHT  # noqa: E402
from viewlock.blender_scenes.people.bodies import figure  # noqa: E402
from viewlock.blender_scenes.people.characters import add_character, apply_pose, skinned  # noqa: E402
from viewlock.generator.appearance import CHARACTERS  # noqa: E402
from viewlock.generator.flights import Bird, flying  # noqa: E402
from viewlock.generator.gaits import walking  # noqa: E402
from viewlock.generator.motions import CharacterMotion, pose  # noqa: E402
from viewlock.generator.rigid_motion import RigidMotion  # noqa: E402
from viewlock.generator.spec import AssetRef, Thing  # noqa: E402
from viewlock.generator.thrown import BALL_M, flight, release_s  # noqa: E402


def thing(name: str, motion: RigidMotion, scale: float = 1.0) -> Thing:
    ref = AssetRef(id=f"object/{name}", sha256="0" * 64)
    return Thing(index=1, asset=ref, category="", role="object", scale=scale, motion=motion)


def test_flow_on_rolling_wheels(bench, camera):
    """A point of the wheel goes ahead with the hub and turns by way / radius about it."""
    motion = RigidMotion(kind="slide", position=(-0.2, 0.3, 0.0), yaw=0.0, velocity=(-0.8, 0.0, 0.0))
    cycle = thing("bicycle", motion, 1.1)
    frame, moves = build._add_thing(cycle, Catalogue(procedural()))
    frame.hide_render = True  # only the wheels are looked at
    assert {made.pass_index for made in bpy.data.objects} == {1} and len(bpy.data.objects) == 3

    def stand(time_s: float) -> None:
        for move in moves:
            move(time_s)

    eye = camera(eye=(-0.3, -2.4, 0.5), target=(-0.3, 0.3, 0.35))
    stand(0.2)
    view = bench.view(eye)
    stand(0.3)
    found = correspond(view, bench.caster(), eye)
    seen = view.hits.found
    assert seen.sum() > 600
    points = view.caster.points(view.hits)[seen]
    hubs = np.array([[-0.2 - 0.16 + 1.1 * w.middle[0], 0.3, 1.1 * 0.3] for w in OBJECTS["bicycle"]().wheels])
    hub = hubs[np.argmin(np.linalg.norm(points[:, None] - hubs, axis=2), axis=1)]
    angle = 0.8 * 0.1 / (1.1 * 0.3)
    moved = hub + [-0.08, 0.0, 0.0] + (points - hub) @ rotation_about((0.0, -1.0, 0.0), angle).T
    pixels, _ = eye.project(moved)
    np.testing.assert_allclose(
        found.flow.reshape(-1, 2)[seen], pixels - pixel_grid(eye.width, eye.height)[seen], atol=2e-3
    )


def carried(model, scale, skin):
    """(V, 3) the vertices of a model of some size where the matrices of its joints carry them."""
    points = np.c_[scale * model.mesh.vertices, np.ones(len(model.weights))]
    return np.einsum("vj,jab,vb->va", model.weights, skin, points)[:, :3]


def test_blender_walks_an_animal_as_numpy_does(bench):
    motion = RigidMotion(kind="walk", position=(0.5, 1.0, 0.0), yaw=0.4 + np.pi, pivot_m=-3.0,
                         velocity=(0.6 * np.cos(0.4), 0.6 * np.sin(0.4), 0.0))  # fmt: skip
    scale, model = 1.2, OBJECTS["hen"]()
    made, moves = build._add_thing(thing("hen", motion, scale), Catalogue(procedural()))
    assert made.pass_index == 1 and model.beast is not None and model.weights is not None
    for time_s in (0.1, 0.55):
        for move in moves:
            move(time_s)
        skin = walking(model.beast.placed(scale, np.zeros(3)), motion, time_s)
        np.testing.assert_allclose(bench.caster().vertices, carried(model, scale, skin), atol=2e-5)


def test_blender_flies_a_bird_as_numpy_does(bench):
    motion = RigidMotion(kind="flap", position=(0.5, 1.0, 1.4), yaw=0.4 + np.pi, pivot_m=-2.0, spin=22.0, middle_m=0.08,
                         velocity=(2.0 * np.cos(0.4), 2.0 * np.sin(0.4), 0.0))  # fmt: skip
    scale, model = 1.2, IN_FLIGHT["parrot"]()
    made, moves = build._add_thing(thing("parrot", motion, scale), Catalogue(procedural()))
    assert made.pass_index == 1 and isinstance(model.beast, Bird) and model.weights is not None
    for time_s in (0.1, 0.27):
        for move in moves:
            move(time_s)
        skin = flying(model.beast.placed(scale, np.zeros(3)), motion, time_s)
        np.testing.assert_allclose(bench.caster().vertices, carried(model, scale, skin), atol=2e-5)


def test_flow_on_a_ball_that_leaves_the_hand_is_that_of_a_ball_that_flies(bench, camera):
    """Its middle falls freely from where the hand let it go; before and after, the person's mask holds the ball."""
    motion = CharacterMotion(gait="stand", gesture="throw", holds="ball", gesture_from_s=0.0, heading_rad=1.6)
    made = figure(CHARACTERS["hugo"], motion)
    person = add_character("person", made)
    person.mesh.pass_index = 7
    ball = np.flatnonzero(made.weights[:, made.skeleton.index("thrown")] > 0)
    hand = made.skeleton.index("hand_r")
    flies = flight(motion, made.skeleton, lambda t: pose(motion, made.skeleton, t).skin[hand])

    def stand(after: float) -> None:
        skin = pose(motion, made.skeleton, release_s(motion) + after).skin
        apply_pose(person, skin)
        np.testing.assert_allclose(bench.caster().vertices, skinned(made, skin), atol=5e-5)

    def middle(after: float) -> np.ndarray:
        start = np.array(flies.position) + [0.0, 0.0, BALL_M]
        return start + np.array(flies.velocity) * after - [0.0, 0.0, 0.5 * 9.81 * after**2]

    stand(-0.02)
    eye = camera(eye=(0.8, -3.0, 1.6), target=(0.8, 0.0, 1.4))
    held = bench.view(eye)
    assert np.isin(held.caster.topology.triangles[held.hits.triangle], ball).all(axis=1).any()
    stand(0.05)
    view = bench.view(eye)
    stand(0.15)
    found = correspond(view, bench.caster(), eye)
    hit = np.isin(view.caster.topology.triangles[view.hits.triangle], ball).all(axis=1) & view.hits.found
    assert hit.sum() > 20 and (view.instances().ravel()[hit] == 7).all()
    points = view.caster.points(view.hits)[hit] - middle(0.05)
    assert np.abs(np.linalg.norm(points, axis=1) - BALL_M).max() < 0.002
    there, _ = eye.project(middle(0.15) + points @ rotation_about(flies.axis, 0.1 * flies.spin).T)
    wanted = there - pixel_grid(eye.width, eye.height)[hit]
    np.testing.assert_allclose(found.flow.reshape(-1, 2)[hit], wanted, atol=0.01)
