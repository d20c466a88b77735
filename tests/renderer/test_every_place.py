"""One tiny scene of each kind of place, from its draw to its picture."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Catalogue, procedural
from viewlock.colour import luminance, tone
from viewlock.generator.config import load_config
from viewlock.generator.places import INDOOR, PLACES
from viewlock.generator.plan import draw

bpy = pytest.importorskip("bpy")

pytestmark = pytest.mark.render


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

    place_camera(camera)
    linear = render(RenderSettings(samples=8, bounces=3, denoise=False), 1)
    assert np.isfinite(linear).all() and (linear >= 0).all()
    middle = np.exp(np.log(np.maximum(luminance(linear), 1e-6)).mean())
    picture = tone(linear, float(np.log2(0.18 / middle))).astype(float)
    assert picture.std() > 20
    # No plain grey: in most of 16 tiles there is something to see.
    tiles = picture.mean(axis=2)[:52, :96].reshape(4, 13, 4, 24).std(axis=(1, 3))
    assert (tiles > 4).mean() > 0.6
