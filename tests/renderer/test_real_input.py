"""Environment pictures and camera paths of the user's own, through to the finished sample."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.generator.config import load_config
from viewlock.generator.plan import draw, load_catalogue

bpy = pytest.importorskip("bpy")
from viewlock.renderer.ground_truth import correspond  # noqa: E402

from .conftest import FullScene, data_passes, joined_flows_off_px  # noqa: E402

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def rendered(request):
    assets = request.getfixturevalue("assets")
    from viewlock.renderer.scene import make_scene

    values = {
        "size": [96, 54],
        "sequences": 1,
        "frames": 2,
        "render.samples": 2,
        "indoor": 0.0,
        "environments.folder": str(assets / "hdris"),
        "trajectories.folder": str(assets / "trajectories" / "realestate10k"),
        "trajectories.share": 1.0,
        "splits": {"train": 1.0},
    }
    config = load_config("dsia", values)
    catalogue = load_catalogue(config)
    return catalogue, make_scene(draw(config, catalogue, 0), config, catalogue)


def test_they_are_used_and_named_by_checksum(rendered):
    catalogue, scene = rendered
    used = {asset.id: asset for asset in scene.spec.assets}
    for kind in ("hdri", "trajectory"):
        names = [name for name in used if name.startswith(f"{kind}/")]
        assert len(names) == 1
        assert used[names[0]].sha256 == catalogue.get(names[0]).sha256
    assert scene.spec.sequences[0].trajectory.kind == "file"
    assert "shared" not in scene.spec.model_dump_json()  # no path


def test_the_picture_is_lit_by_the_environment(rendered):
    _, scene = rendered
    assert not any(light.kind == "sun" for light in scene.spec.lights)
    picture = scene.samples[0].fields["i1"]
    assert 30 < picture.mean() < 220 and picture.std() > 10


def test_the_camera_moves_as_in_the_file(rendered, assets):
    """Between two frames the camera turns as much as some two poses of the clip do."""
    from viewlock.generator.trajectory_files import read_trajectory

    _, scene = rendered
    trajectory = scene.spec.sequences[0].trajectory
    path = assets / "trajectories/realestate10k" / f"{trajectory.asset.id.split('/')[1]}.txt"
    _, poses = read_trajectory(path)
    angle = lambda a, b: np.arccos(np.clip((np.trace(a[:3, :3].T @ b[:3, :3]) - 1) / 2, -1, 1))  # noqa: E731
    most = max(angle(poses[0], pose) for pose in poses)
    one, two = (trajectory.cam_to_world(t) for t in scene.spec.sequences[0].frame_times_s)
    assert 0 < angle(one, two) <= most + 1e-6


@pytest.fixture(scope="module")
def with_models(request, tmp_path_factory):
    """A scene in which all people and things are files', from folders of models in five formats."""
    assets = request.getfixturevalue("assets")
    from viewlock.assets_manifest.add import add_folder
    from viewlock.renderer.scene import make_scene

    manifest = tmp_path_factory.mktemp("models") / "objects.yaml"
    kinds = ("objects", "characters", "motion", "textures")
    for kind in kinds:
        add_folder(assets / kind, manifest.with_name(f"{kind}.yaml"), licence="CC-BY-4.0", author="Somebody")
    manifests = [str(manifest.with_name(f"{kind}.yaml")) for kind in kinds]
    values = {
        "size": [96, 54], "sequences": 1, "frames": 2, "render.samples": 2, "objects": [4, 6], "moving_objects": [2, 3],
        "assets.manifests": manifests, "people": [2, 3], "assets.share": 1.0, "splits": {"train": 1.0},
        "indoor": 1.0,
    }  # fmt: skip
    config = load_config("dsia", values)
    catalogue = load_catalogue(config)
    return config, catalogue, make_scene(draw(config, catalogue, 0), config, catalogue)


def test_models_of_a_manifest_are_the_things_of_a_scene(with_models):
    _, catalogue, scene = with_models
    things = [catalogue.get(thing.asset.id, thing.asset.sha256) for thing in scene.spec.things]
    assert len(things) >= 6
    assert all(asset.imported is not None and asset.licence == "CC-BY-4.0" for asset in things)
    assert "shared" not in scene.spec.model_dump_json()  # no path
    objects = scene.samples[0].fields["meta"]["objects"]
    assert sum(objects[str(thing.index)]["visible_fraction"] > 0 for thing in scene.spec.things) >= 2


def test_characters_of_a_manifest_are_its_people_and_walk_on_the_floor(with_models):
    """Their lowest vertex is on the floor at every moment, unless they jump or run; truth sees them move."""
    from viewlock.blender_scenes.build import build

    _, catalogue, scene = with_models
    assert len(scene.spec.people) >= 2
    assert all(catalogue.get(person.asset.id).imported is not None for person in scene.spec.people)
    live = build(scene.spec, catalogue)
    for time in scene.spec.frame_times:
        live.set_time(time)
        graph = bpy.context.evaluated_depsgraph_get()
        for character, person in zip(live.people, scene.spec.people, strict=True):
            made = character.mesh.evaluated_get(graph)
            points = np.array([made.matrix_world @ vertex.co for vertex in made.data.vertices])
            assert points[:, 2].min() > -0.06
            assert points[:, 2].min() < (0.06 if person.motion.gait not in ("run", "jump", "recorded") else 0.6)
            acts = catalogue.get(person.asset.id).name.split("/")[-1] not in ("Fox", "Knight", "RobotExpressive")
            assert (0.8 if acts else 0.3) < np.ptp(points[:, 2]) < 2.3
    moving = [person.index for person in scene.spec.people if person.motion.travels]
    objects = scene.samples[0].fields["meta"]["objects"]
    assert all(objects[str(index)]["moving"] for index in moving if objects[str(index)]["visible_fraction"] > 0.01)


def test_truth_of_imported_models_agrees_with_cycles(with_models):
    """Index and depth of a scene of files, and its flows joined, as for procedural scenes."""
    from viewlock.blender_scenes.build import build
    from viewlock.renderer.meshes import SceneMeshes, use_render_levels
    from viewlock.renderer.moments import Moments

    config, catalogue, scene = with_models
    live = build(scene.spec, catalogue)
    use_render_levels()
    layer = bpy.context.scene.view_layers[0]
    layer.use_pass_z = layer.use_pass_object_index = layer.use_pass_position = True
    moments = Moments(SceneMeshes(), live.set_time, scene.spec.frame_times)
    full, size = FullScene(config, scene.spec, live, moments, scene.samples), (320, 180)
    depth, index, _ = data_passes(full, 0, 1, size)
    view_1, view_gt, _ = full.views(size)
    ours, solid = view_gt.depth(), np.isfinite(view_gt.depth())
    close = np.abs(depth[solid] - ours[solid]) < 1e-3 * ours[solid] + 1e-4
    assert (index == view_gt.instances()).mean() > 0.999 and close.mean() > 0.998

    objects = correspond(view_1, view_gt.caster, view_gt.camera)
    people = np.isin(view_1.instances(), [person.index for person in scene.spec.people])
    assert (~objects.occluded & objects.in_frame & people).sum() > 200
    assert np.percentile(joined_flows_off_px(full, size), 99) < 0.001


def test_the_walls_are_under_a_set_of_pictures(with_models):
    """The walls' plane parts have its material, and keep their indices."""
    from viewlock.blender_scenes.build import build

    _, catalogue, scene = with_models
    (covering,) = scene.spec.place.coverings
    assert "castle_brick" in covering.asset.id and len(covering.parts) == 4
    build(scene.spec, catalogue)
    for plane in scene.spec.place.planes:
        part = bpy.data.objects[f"place-{plane.name}"]
        assert part.pass_index == plane.index
        assert part.data.materials[0].name.startswith("covering-") == (plane.name in covering.parts)
    assert covering.asset.id in scene.samples[0].fields["meta"]["assets"]


def test_a_model_has_its_size_and_stands_on_the_floor(with_models):
    """The bounds that the plan knew are those of the mesh in the scene."""
    from viewlock.blender_scenes.build import build

    _, catalogue, scene = with_models
    live = build(scene.spec, catalogue)
    for made, thing in zip(live.things, scene.spec.things, strict=True):
        low, high = np.array(catalogue.get(thing.asset.id).bounds_m)
        corners = np.array(made.bound_box)
        np.testing.assert_allclose([corners.min(axis=0), corners.max(axis=0)], [low, high], atol=1e-3)
        assert abs(low[2]) < 1e-3


def test_a_model_that_cannot_be_used_is_named_and_left_out(tmp_path, monkeypatch):
    from viewlock.assets_manifest.add import add_folder

    monkeypatch.setenv("VIEWLOCK_CACHE", str(tmp_path / "cache"))
    models = tmp_path / "models"
    models.mkdir()
    cube = [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    faces = ["1 2 4 3", "5 7 8 6", "1 5 6 2", "3 4 8 7", "1 3 7 5", "2 6 8 4"]
    text = "".join(f"v {x} {y} {z}\n" for x, y, z in cube) + "".join(f"f {face}\n" for face in faces)
    (models / "cube.obj").write_text(text)
    (models / "broken.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
    add_folder(models, models / "models.yaml", licence="CC0-1.0")
    catalogue = load_catalogue(load_config("dsia", {"assets.manifests": [str(models / "models.yaml")]}))
    assert catalogue.get("object/models/cube").imported is not None
    (line,) = catalogue.left_out
    assert line.startswith("object/models/broken: ") and "triangles" in line and "\n" not in line
