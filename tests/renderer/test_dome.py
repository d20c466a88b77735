"""Ground-projected environments: the surface shows the picture, stays still, and things stand on it."""

from __future__ import annotations

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Catalogue, procedural, scan_folder
from viewlock.exporters.triple_checks import triple_faults
from viewlock.generator.config import load_config
from viewlock.generator.domes import FLAT, dome_distance, draw_dome
from viewlock.generator.plan import draw, load_catalogue
from viewlock.generator.spec import AssetRef, Place, Plane, Track, World
from viewlock.geometry import Camera, apply_homography, intrinsics, look_at, pixel_grid, plane_homography

bpy = pytest.importorskip("bpy")
import cv2  # noqa: E402

pytestmark = pytest.mark.render

SIZE = (96, 64)
TURN = 0.7


def _camera(eye: tuple[float, float, float], target: tuple[float, float, float]) -> Camera:
    return Camera(*SIZE, intrinsics(*SIZE, 20.0, 36.0), look_at(eye, target, 0.0))


def _picture() -> np.ndarray:
    """(128, 256, 3) smooth linear radiance: a bright sky, a ground of patches, no two directions alike."""
    azimuth = (np.arange(256) + 0.5) / 256 * 2 * np.pi
    elevation = np.pi / 2 - (np.arange(128) + 0.5) / 128 * np.pi
    sky = np.stack([1.5 + 0.3 * np.cos(azimuth), 1.4 + 0.3 * np.sin(azimuth), 1.6 + 0.2 * np.cos(2 * azimuth)], axis=-1)
    ground = 0.35 * sky * (1 + 0.3 * np.sin(3 * azimuth))[:, None]
    share = 1 / (1 + np.exp(-elevation / 0.05))
    return (share[:, None, None] * sky + (1 - share)[:, None, None] * ground).astype(np.float32)


@pytest.fixture(scope="module")
def dome(tmp_path_factory):
    """The parameters of a dome that stands in Blender, its world, and the truth about it."""
    from viewlock.blender_scenes.dome import add_dome
    from viewlock.blender_scenes.worlds import add_world, environment
    from viewlock.renderer.meshes import SceneMeshes, use_render_levels
    from viewlock.renderer.raycast import RayCaster

    folder = tmp_path_factory.mktemp("skies")
    cv2.imwrite(str(folder / "sky.hdr"), _picture()[..., ::-1])
    catalogue = Catalogue([*procedural(), *scan_folder("hdri", folder, {"train": 1.0})])
    sky, place = catalogue.get("hdri/sky"), catalogue.get("place/dome")
    params = draw_dome(np.random.default_rng(3))
    bpy.ops.wm.read_factory_settings(use_empty=True)
    world = World(
        asset=AssetRef(id=sky.id, sha256=sky.sha256), params={}, strength=Track.constant(1.0), turn=TURN
    )  # fmt: skip
    image = environment(world, catalogue)
    add_world(world, image)
    plane = Plane(name="ground", index=1, normal=(0.0, 0.0, 1.0), offset=0.0)
    add_dome(
        Place(asset=AssetRef(id=place.id, sha256=place.sha256), params=params, index=2, planes=(plane,)), world, image
    )
    use_render_levels()
    bpy.context.view_layer.update()
    meshes = SceneMeshes()
    return params, RayCaster(meshes.topology, meshes.vertices())


def _expected(camera: Camera) -> np.ndarray:
    """The picture in the directions of a camera's pixels; Blender's equirectangular: u falls with the azimuth."""
    _, directions = camera.rays(pixel_grid(*SIZE))
    azimuth = np.arctan2(directions[:, 1], directions[:, 0]) + TURN
    elevation = np.arcsin(directions[:, 2] / np.linalg.norm(directions, axis=1))
    u = ((0.5 - azimuth / (2 * np.pi)) % 1 * 256 - 0.5).astype(np.float32)
    v = ((0.5 - elevation / np.pi) * 128 - 0.5).astype(np.float32)
    wide = np.concatenate([_picture(), _picture()[:, :1]], axis=1)
    return cv2.remap(wide, u[None], v[None], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0].reshape(
        *SIZE[::-1], 3
    )


@pytest.mark.parametrize("azimuth", [0.3, 2.5, 4.4])
def test_from_its_point_of_view_it_shows_the_picture(dome, azimuth, monkeypatch):
    """The shell exactly; the ground by the light it reflects, up to its grain and render noise."""
    from viewlock.renderer.cycles import RenderSettings, place_camera, render

    params, caster = dome
    eye = (0.0, 0.0, float(params["height"]))
    camera = _camera(eye, (np.cos(azimuth), np.sin(azimuth), eye[2] - 0.35))
    place_camera(camera)
    settings = RenderSettings(
        samples=64, denoise=False, prefilter="none", adaptive_threshold=0.0, bounces=2, device="cpu"
    )  # fmt: skip
    ratio = render(settings, 1) / _expected(camera)
    from viewlock.renderer.ground_truth import look

    ground = look(camera, caster).instances() == 1
    assert 0.2 < ground.mean() < 0.9
    assert np.abs(np.median(ratio[~ground], axis=0) - 1).max() < 0.01
    assert np.percentile(np.abs(ratio[~ground] - 1), 95) < 0.03
    assert np.abs(np.median(ratio[ground], axis=0) - 1).max() < 0.05


def test_flow_on_the_ground_is_its_homography(dome):
    from viewlock.renderer.ground_truth import correspond, look

    _, caster = dome
    one, two = _camera((0.0, -4.0, 1.5), (0, 0, 0.5)), _camera((0.8, -3.5, 1.3), (0.2, 0, 0.6))
    view = look(one, caster)
    found = correspond(view, caster, two)
    ground = (view.instances() == 1) & found.valid
    H = plane_homography(one, two, (0.0, 0.0, 1.0), 0.0)
    wanted = apply_homography(H, pixel_grid(*SIZE)).reshape(*SIZE[::-1], 2) - pixel_grid(*SIZE).reshape(*SIZE[::-1], 2)
    assert ground.mean() > 0.2
    assert np.abs(found.flow - wanted)[ground].max() < 0.01


def test_the_shell_is_a_surface_at_its_distance(dome):
    """Not the sky: it has depth, index 0, and moves with parallax."""
    from viewlock.renderer.ground_truth import correspond, look

    params, caster = dome
    eye = (0.0, 0.0, float(params["height"]))
    camera = _camera(eye, (1.0, 0.4, eye[2] + 0.2))
    view = look(camera, caster)
    shell = view.instances() == 0
    away = view.depth().astype(float).ravel() * np.linalg.norm(view.directions, axis=1)
    elevation = np.arcsin(view.directions[:, 2] / np.linalg.norm(view.directions, axis=1))
    error = away / dome_distance(params, elevation) - 1
    assert shell.mean() > 0.5 and np.abs(error[shell.ravel()]).max() < 2e-3
    aside = Camera(*SIZE, camera.K, camera.cam_to_world.copy())
    aside.cam_to_world[:3, 3] += camera.cam_to_world[:3, 0]
    flow = correspond(view, caster, aside).flow[shell]
    expected = -camera.K[0, 0] / view.depth().astype(float)[shell]
    assert np.abs(flow[:, 0] - expected).max() < 1e-3 and np.abs(flow[:, 1]).max() < 1e-3


def test_verify_knows_that_its_sky_is_near(tmp_path):
    from viewlock.renderer.scene import make_scene

    cv2.imwrite(str(tmp_path / "sky.hdr"), _picture()[..., ::-1])
    few = {"sequences": 1, "frames": 2, "people": [1, 1], "objects": [1, 2], "moving_objects": [1, 1]}
    config = load_config("dsia", {
        **few, "size": [128, 72], "render.samples": 1, "indoor": 0.0, "splits": {"train": 1.0},
        "environments": {"folder": str(tmp_path), "share": 1.0, "dome": 1.0},
    })  # fmt: skip
    catalogue = load_catalogue(config)
    specs = (draw(config, catalogue, scene_id) for scene_id in range(40))
    aside = next(spec for spec in specs if spec.sequences[0].trajectory.kind in ("truck", "jump", "orbit"))
    fields = make_scene(aside, config, catalogue).samples[0].fields
    assert "place/dome" in fields["meta"]["assets"] and (fields["instances_gt"] == 0).mean() > 0.1
    assert list(triple_faults(fields, config.model_dump(mode="json"))) == []
    elsewhere = fields | {"meta": fields["meta"] | {"assets": ["place/street"]}}
    assert [fault for fault in triple_faults(elsewhere) if "the sky does not turn" in fault]


@pytest.mark.parametrize("seed", range(5))
def test_it_is_closed_and_flat_where_things_stand(seed):
    params = draw_dome(np.random.default_rng(seed))
    edge = FLAT * float(params["radius"])
    just_inside, just_outside = (-np.arctan2(float(params["height"]), r) for r in (edge * 0.999, edge * 1.001))
    inside, outside = (dome_distance(params, np.array([e]))[0] for e in (just_inside, just_outside))
    assert float(params["height"]) + inside * np.sin(just_inside) == pytest.approx(0, abs=1e-9)
    assert float(params["height"]) + outside * np.sin(just_outside) == pytest.approx(0, abs=1e-3)
    rising = dome_distance(params, np.linspace(-1.4, 0, 400))
    assert (np.diff(rising) >= 0).all() and rising[-1] == float(params["radius"])
