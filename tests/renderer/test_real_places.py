"""Scenes in a place from a file: on its free floor, with cameras in the open, and with the truth of any other place."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue
from viewlock.geometry import pixel_grid

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.assets_manifest.add import add_folder  # noqa: E402
from viewlock.assets_manifest.prepared import read_record  # noqa: E402
from viewlock.renderer.checks import camera_fault, find_faults  # noqa: E402
from viewlock.renderer.ground_truth import correspond  # noqa: E402

from ..house import save_house  # noqa: E402
from .conftest import FullScene, data_passes, joined_flows_off_px  # noqa: E402

pytestmark = pytest.mark.render

_SMALL = {
    "size": [96, 54], "render.samples": 2, "people": [1, 1], "objects": [1, 2], "assets.share": 1.0, "indoor": 1.0,
    "splits": {"train": 1.0},
}  # fmt: skip
_DSIA = {"sequences": 1, "frames": 2, "moving_objects": [0, 1], "occluders": [0, 0], "light.moods": ["evening", "noon"]}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    folder = tmp_path_factory.mktemp("houses")
    save_house(folder / "house.blend")
    add_folder(folder, folder / "houses.yaml", licence="CC-BY-4.0", author="Ada Lovelace")
    return str(folder / "houses.yaml")


@pytest.fixture(scope="module")
def rendered(manifest):
    from viewlock.blender_scenes.build import build
    from viewlock.renderer.meshes import SceneMeshes, use_render_levels
    from viewlock.renderer.moments import Moments
    from viewlock.renderer.scene import make_scene

    config = load_config("dsia", _SMALL | _DSIA | {"assets.manifests": [manifest]})
    catalogue = load_catalogue(config)
    scene = make_scene(draw(config, catalogue, 0), config, catalogue)
    live = build(scene.spec, catalogue)
    use_render_levels()
    layer = bpy.context.scene.view_layers[0]
    layer.use_pass_z = layer.use_pass_object_index = layer.use_pass_position = True
    moments = Moments(SceneMeshes(), live.set_time, scene.spec.frame_times)
    return catalogue, FullScene(config, scene.spec, live, moments, scene.samples)


def test_it_takes_place_on_a_spot_of_the_file(rendered):
    catalogue, full = rendered
    place = full.spec.place
    assert place.asset.id.startswith("scene/") and place.asset in full.spec.assets
    spot = read_record(catalogue.get(place.asset.id).imported).spots[place.params["spot"]]
    assert spot.indoor and spot.centre == tuple(place.params[axis] for axis in "xyz")
    for item in (*full.spec.people, *full.spec.things):
        x, y = np.array(getattr(item.motion, "position", (0.0, 0.0)))[:2]
        assert abs(x) < spot.half_width and abs(y) < spot.half_depth
    meta = full.samples[0].fields["meta"]
    assert place.asset.id in meta["assets"]
    assert catalogue.get(place.asset.id).licence == "CC-BY-4.0"


def test_people_stand_on_its_floor_and_cameras_in_its_room(rendered):
    _, full = rendered
    assert find_faults(full.spec, full.config, full.moments) is None
    time_s = full.spec.frame_times[0]
    caster = full.moments.caster(time_s)
    for view in full.views((96, 54))[::2]:
        assert camera_fault(caster, view.camera.centre, full.config.accept.clearance_m) is None
    (person,) = full.spec.people
    feet = caster.vertices[caster.topology.vertex_object == person.index]
    assert -0.02 <= feet[:, 2].min() < 0.5
    ground = caster.vertices[caster.topology.vertex_object == full.spec.place.planes[0].index]
    assert np.abs(ground[:, 2]).max() < 1e-3
    below = caster.first_hits(np.array([[*feet[:, :2].mean(axis=0), 0.3]]), np.array([[0.0, 0.0, -1.0]]))
    assert below.depth[0] <= 0.3 + 1e-3


def test_its_truth_agrees_with_cycles_and_its_flows_join(rendered):
    _, full = rendered
    size = (192, 108)
    depth, index, _ = data_passes(full, 0, 1, size)
    _, view_gt, _ = full.views(size)
    ours, solid = view_gt.depth(), np.isfinite(view_gt.depth())
    close = np.abs(depth[solid] - ours[solid]) < 1e-3 * ours[solid] + 1e-4
    assert (index == view_gt.instances()).mean() > 0.999 and close.mean() > 0.998
    assert {1, full.spec.place.index} <= set(np.unique(view_gt.instances()))

    assert np.percentile(joined_flows_off_px(full, size), 99) < 0.001


def test_its_floor_has_the_homography_of_a_plane(rendered):
    """Pixels of the floor go where the plane z = 0 takes them."""
    _, full = rendered
    _, view_gt, view_2 = full.views((320, 180))
    flow = correspond(view_gt, view_2.caster, view_2.camera).flow
    floor = view_gt.instances() == full.spec.place.planes[0].index
    assert floor.sum() > 200
    pixels = pixel_grid(320, 180).reshape(180, 320, 2)
    origins, directions = view_gt.camera.rays(pixels[floor])
    points = origins - directions * (origins[..., 2:] / directions[..., 2:])
    there = view_2.camera.project_directions(points - view_2.camera.centre)[0]
    np.testing.assert_allclose(pixels[floor] + flow[floor], there, atol=0.05)


def test_pairs_of_the_parallax_kind_are_planned_in_it(manifest):
    config = load_config("parallax", _SMALL | {"pairs": 1, "near": [0, 1], "assets.manifests": [manifest]})
    catalogue = load_catalogue(config)
    specs = [draw(config, catalogue, k) for k in range(3)]
    assert all(spec.place.asset.id.startswith("scene/") for spec in specs)
    assert len({spec.target_difficulty for spec in specs}) == 3
    few = load_config("parallax", _SMALL | {"assets.manifests": [manifest], "assets.share": 0.0})
    assert draw(few, catalogue, 0).place.asset.id.startswith("place/")
