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
from viewlock.generator.rigid_motion import RigidMotion  # noqa: E402
from viewlock.generator.spec import AssetRef, Thing  # noqa: E402


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
