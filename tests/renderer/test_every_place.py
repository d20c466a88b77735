"""One tiny scene of each kind of place, from its draw to its picture."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Catalogue, procedural
from viewlock.colour import luminance, tone
from viewlock.generator.config import load_config
from viewlock.generator.places import INDOOR, PLACES
from viewlock.generator.plan import draw
from viewlock.geometry import pixel_grid

bpy = pytest.importorskip("bpy")

pytestmark = pytest.mark.render


def doubled_surfaces(meshes, camera) -> float:
    """The share of rays that meet two surfaces in one place: neither gets light there, so they are drawn black.

    The triangles are parted at random, and both parts asked: one of them finds the first surface, the other the second.
    Three partings miss one pair in eight. Triangles with a common corner are neighbours and not meant.
    """
    from viewlock.renderer.raycast import Layer

    triangles, vertices = meshes.topology.triangles, meshes.vertices()
    origins, directions = camera.rays(pixel_grid(camera.width, camera.height).reshape(-1, 2))
    length = np.linalg.norm(directions, axis=1)
    origins, directions = (np.ascontiguousarray(v, np.float32) for v in (origins, directions))
    doubled = np.zeros(len(length), bool)
    rng = np.random.default_rng(0)
    for _ in range(3):
        part = rng.random(len(triangles)) < 0.5
        (one, near), (two, far) = (
            Layer(triangles_of, vertices, np.flatnonzero(chosen)).nearest(origins, directions)
            for triangles_of, chosen in ((meshes.topology, part), (meshes.topology, ~part))
        )
        both = np.flatnonzero((one >= 0) & (two >= 0))
        apart_m = np.abs(near[both] - far[both]) * length[both]
        both = both[apart_m < 2e-5 + 2e-6 * near[both] * length[both]]
        a, b = vertices[triangles[one[both]]], vertices[triangles[two[both]]]
        neighbours = (a[:, :, None] == b[:, None]).all(axis=-1).any(axis=(1, 2))
        doubled[both[~neighbours]] = True
    return float(doubled.mean())


def test_two_surfaces_in_one_place_are_found(bench, camera) -> None:
    """The upper half of the view is covered twice."""
    from viewlock.renderer.meshes import SceneMeshes, use_render_levels

    bench.rectangle((-9, 9), (-9, 9), cuts=60)
    bench.rectangle((-8.7, 8.9), (0, 9), y=0.001, cuts=59)
    use_render_levels()
    bpy.context.view_layer.update()
    assert doubled_surfaces(SceneMeshes(), camera()) == 0
    bpy.data.objects["rectangle.001"].location.y = -0.001
    bpy.context.view_layer.update()
    assert doubled_surfaces(SceneMeshes(), camera()) == pytest.approx(0.5 * 7 / 8, abs=0.05)


@pytest.mark.parametrize("kind", sorted(PLACES))
def test_it_renders(kind: str) -> None:
    """Full of detail, neither dark nor burnt out, and within the budget of 1.5 million triangles."""
    from viewlock.blender_scenes.build import build
    from viewlock.renderer.cameras import camera_at
    from viewlock.renderer.cycles import RenderSettings, place_camera, render
    from viewlock.renderer.ground_truth import look
    from viewlock.renderer.meshes import SceneMeshes, use_render_levels
    from viewlock.renderer.raycast import RayCaster

    settings = {"sequences": 1, "frames": 2, "size": [96, 54], "people": [1, 1], "objects": [1, 2], "occluders": [0, 0]}
    config = load_config("dsia", {**settings, "indoor": float(kind in INDOOR)})
    catalogue = Catalogue(asset for asset in procedural() if asset.kind != "place" or asset.id == f"place/{kind}")
    spec = draw(config, catalogue, 1)
    live = build(spec, catalogue)
    use_render_levels()
    live.set_time(spec.frame_times[0])
    meshes = SceneMeshes()
    assert len(meshes.topology.triangles) < 1_500_000
    camera = camera_at(spec.sequences[0], 0, config.size)
    view = look(camera, RayCaster(meshes.topology, meshes.vertices()))
    assert (view.instances() == 0).mean() < 0.5  # sky
    assert len(np.unique(view.instances())) >= 3
    assert doubled_surfaces(meshes, camera.resized(192, 108)) < 0.002

    place_camera(camera)
    linear = render(RenderSettings(samples=8, bounces=3, denoise=False), 1)
    assert np.isfinite(linear).all() and (linear >= 0).all()
    middle = np.exp(np.log(np.maximum(luminance(linear), 1e-6)).mean())
    picture = tone(linear, float(np.log2(0.18 / middle))).astype(float)
    assert picture.std() > 20
    # No plain grey: in most of 16 tiles there is something to see.
    tiles = picture.mean(axis=2)[:52, :96].reshape(4, 13, 4, 24).std(axis=(1, 3))
    assert (tiles > 4).mean() > 0.6
