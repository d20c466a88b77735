"""Planar scenes against what Cycles draws: colours, homographies, corners, shadows; and that they repeat."""

import json
from dataclasses import replace
from itertools import product

import cv2
import numpy as np
import pytest

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")
pytestmark = pytest.mark.render

from viewlock.assets_manifest.catalogue import Catalogue, procedural  # noqa: E402
from viewlock.blender_scenes.planar import studio as studios  # noqa: E402
from viewlock.blender_scenes.planar.studio import FIRST_OCCLUDER, FRAME, PICTURE, build_studio  # noqa: E402
from viewlock.colour import luminance, tone  # noqa: E402
from viewlock.exporters.dataset import ShardDataset  # noqa: E402
from viewlock.exporters.sequences import homographies_between, on_label  # noqa: E402
from viewlock.generator.config import load_config  # noqa: E402
from viewlock.generator.drawing import Redraw  # noqa: E402
from viewlock.generator.plan import draw  # noqa: E402
from viewlock.generator.planar_light import irradiance  # noqa: E402
from viewlock.generator.planar_spec import Lamp, Occluder  # noqa: E402
from viewlock.geometry import apply_homography, pixel_grid  # noqa: E402
from viewlock.renderer import cycles  # noqa: E402
from viewlock.renderer.cameras import shutter_s_of  # noqa: E402
from viewlock.renderer.exposing import expose  # noqa: E402
from viewlock.renderer.ground_truth import look  # noqa: E402
from viewlock.renderer.planar import make_sequence, read_solids  # noqa: E402
from viewlock.renderer.planar_truth import held_back, homography_of, lamp_points, plane_points, view_masks  # noqa: E402
from viewlock.renderer.task import Task  # noqa: E402

from .conftest import centroid, glowing  # noqa: E402

CATALOGUE = Catalogue(procedural())
SMALL = {"size": [160, 160], "views": 3, "render.samples": 4, "paintings.styles": ["landscape"]}
EXACT = cycles.RenderSettings(samples=64, denoise=False, bounces=0)


def planned(scene_id=3, preset="planar-misaligned", **overrides):
    config = load_config(preset, SMALL | overrides)
    return config, draw(config, CATALOGUE, scene_id)


@pytest.fixture(scope="module")
def unlit():
    """A scene, its texture, its label and an unlit view from elsewhere, both linear."""
    spec = planned(5, **{"size": [240, 240]})[1]
    made = build_studio(spec, CATALOGUE)
    made.show_unlit()
    pictures = []
    for eye in (spec.label, spec.views[1].eye):
        cycles.place_camera(eye.camera(spec.size))
        pictures.append(cycles.render(EXACT, 1))
    return spec, made.picture, *pictures


def test_the_label_has_the_colours_of_the_picture(unlit):
    spec, texture, label, _ = unlit
    linear = np.where(texture <= 10, texture / 255 / 12.92, ((texture / 255 + 0.055) / 1.055) ** 2.4)
    expected = cv2.resize(linear.astype(np.float32), spec.size, interpolation=cv2.INTER_AREA)
    # A pixel is softer than a square, so both are made softer still; the border looks no further than the picture.
    found, expected = (tone(cv2.GaussianBlur(p, (0, 0), 2), 0.0).astype(int) for p in (label, expected))
    assert np.median(np.abs(found - expected)) <= 1
    assert np.abs(found - expected)[[0, -1]].mean() < 3 and np.abs(found - expected)[:, [0, -1]].mean() < 3
    np.testing.assert_allclose(label.mean(axis=(0, 1)), linear.mean(axis=(0, 1)), rtol=0.003)


def test_an_unlit_view_lies_on_the_label_where_its_homography_puts_it(unlit):
    spec, _, label, view = unlit
    H = homography_of(spec, spec.views[1])[0]
    sharp, there = tone(label, 0.0), tone(view, 0.0)
    laid, shown = on_label(there, H, np.zeros(there.shape[:2], bool))
    shown &= cv2.erode(shown.astype(np.uint8), np.ones((5, 5)), borderValue=0) > 0
    assert shown.mean() > 0.3

    def error(picture):
        return np.median(np.abs(picture[shown].astype(float) - sharp[shown]))

    # Both as sharp as the coarser of the two.
    soft = lambda picture: cv2.GaussianBlur(picture, (0, 0), 1.5)  # noqa: E731
    sharp, laid = soft(sharp), soft(laid)
    assert error(laid) < 1.5
    assert error(np.roll(laid, 2, axis=1)) > 1.5 * error(laid)


def test_glowing_corners_are_drawn_where_truth_says():
    spec = planned(9, **{"size": [96, 96], "camera.moves.overlap": [0.8, 1.0]})[1]
    build_studio(spec, CATALOGUE).show_unlit()
    for thing in bpy.data.objects:
        thing.hide_render = True
    x, z = spec.width_m / 2, spec.height_m / 2
    for cx, cz in ((-x, z), (x, z), (x, -z), (-x, -z)):
        mark = studios._rectangle("mark", 0.03, 0.03, -1e-5, PICTURE)
        mark.location = (cx, 0.0, cz)
        glowing(mark)
    errors = []
    for view in spec.views:
        eye = replace_size(view.eye.camera(spec.size), 1.8)  # so that all corners are in frame
        cycles.place_camera(eye)
        picture = cycles.render(replace(EXACT, samples=500), 2).mean(axis=2)
        corners = homography_of(spec, view)[1] + (np.array([eye.width, eye.height]) - spec.size) / 2
        for corner in corners:
            if (corner > 8).all() and (corner < np.array([eye.width, eye.height]) - 9).all():
                errors.append(np.abs(centroid(picture, corner) - corner).max())
    assert len(errors) >= 8
    assert max(errors) < 0.05, errors


def replace_size(camera, times):
    """The same camera with a larger sensor of equal pixels: more is in frame, and nothing else changes."""
    width, height = 2 * round(camera.width * times / 2), 2 * round(camera.height * times / 2)
    K = camera.K.copy()
    K[:2, 2] += [(width - camera.width) / 2, (height - camera.height) / 2]
    return replace(camera, width=width, height=height, K=K)


# ------------------------------------------------------------------ light and masks
def _white(made):
    """Turn the picture into white chalk, so that radiance is irradiance."""
    chalk = bpy.data.materials.new("chalk")
    chalk.use_nodes = True
    nodes = chalk.node_tree.nodes
    nodes.clear()
    white, out = nodes.new("ShaderNodeBsdfDiffuse"), nodes.new("ShaderNodeOutputMaterial")
    white.inputs["Color"].default_value = (1, 1, 1, 1)
    chalk.node_tree.links.new(white.outputs[0], out.inputs[0])
    made._plane.data.materials[0] = chalk


LAMPS = {
    "point": Lamp(kind="point", position=(0.5, -1.2, 0.4), target=(0, 0, 0), power_w=30, colour=(1, 1, 1), size_m=0.05,
                  cone_rad=0),
    "spot": Lamp(kind="spot", position=(-0.6, -1.5, 0.5), target=(0.1, 0, 0), power_w=60, colour=(1, 1, 1), size_m=0.02,
                 cone_rad=0.6),
    "area": Lamp(kind="area", position=(0.2, -1.4, -0.7), target=(0, 0, 0.1), power_w=20, colour=(1, 1, 1), size_m=0.3,
                 cone_rad=0),
}  # fmt: skip
BALL = Occluder(shape="sphere", material="diffuse", position=(0.1, -0.35, 0.1), quaternion=(1, 0, 0, 0),
                scale=(0.15, 0.15, 0.15), tint=(0.0, 0.0, 0.0), roughness=0.5, ior=1.4, shadow_only=True)  # fmt: skip


def chalk_view(lamps, occluders, ambient=0.0):
    _, spec = planned(3, "planar-aligned", **{"size": [96, 96], "paintings.frame": 0.0})
    view = spec.views[0].model_copy(update={"lamps": lamps, "occluders": occluders, "ambient": (ambient,) * 3})
    spec = spec.model_copy(update={"views": (view,)})
    made = build_studio(spec, CATALOGUE)
    made.show(view)
    _white(made)
    solids = read_solids(view)
    cycles.place_camera(view.eye.camera(spec.size))
    return spec, view, solids, luminance(cycles.render(replace(EXACT, samples=160), 4))


@pytest.mark.parametrize("kind", LAMPS)
def test_light_on_the_picture_is_what_cycles_makes_of_the_lamp(kind):
    spec, view, _, picture = chalk_view((LAMPS[kind],), ())
    points = plane_points(view.eye.camera(spec.size), pixel_grid(*spec.size))
    expected = irradiance(LAMPS[kind], points).reshape(picture.shape) / np.pi
    inner = np.pad(np.ones(np.array(picture.shape) - 8, bool), 4)  # a pixel at the border sees the wall, too
    lit = inner & (expected > 0.1 * expected.max())
    assert lit.mean() > 0.2
    np.testing.assert_allclose(picture[lit], expected[lit], rtol=0.03, atol=0.02 * expected.max())
    assert np.median(np.abs(picture[lit] / expected[lit] - 1)) < 0.015


def test_shadows_are_where_cycles_loses_light():
    lamps = tuple(LAMPS.values())
    place = {"position": (-0.3, -0.3, -0.2), "scale": (0.1, 0.2, 0.1), "quaternion": (0.8, 0.3, 0.5, 0.1)}
    occluders = (BALL, BALL.model_copy(update={"shape": "cube", **place}))
    bare = chalk_view(lamps, (), 0.3)[3]
    spec, view, solids, picture = chalk_view(lamps, occluders, 0.3)
    share = held_back(spec, view, plane_points(view.eye.camera(spec.size), pixel_grid(*spec.size)), solids)
    share = share.reshape(picture.shape)
    measured = 1 - picture / bare
    # Cycles also counts what occluders take of the light from all around, next to them.
    assert np.median(np.abs(measured - share)) < 0.03
    clear = np.abs(share - 0.2) > 0.1
    assert clear.mean() > 0.6
    agree = (measured > 0.2)[clear] == (share > 0.2)[clear]
    assert agree.mean() > 0.97 and 0.1 < (share > 0.2).mean() < 0.9
    masks = view_masks(spec, view, spec.size, solids, FRAME, 0.2)
    np.testing.assert_array_equal(masks.shadow, share > 0.2)
    assert masks.valid.all() and not masks.occluder.any()  # no camera sees what only casts shadows


def test_the_shadow_of_a_ball_is_the_cone_behind_it():
    lamp = LAMPS["point"].model_copy(update={"size_m": 1e-4})
    spec, view, solids, _ = chalk_view((lamp,), (BALL,))
    points = plane_points(view.eye.camera(spec.size), pixel_grid(*spec.size))
    source, way = np.array(lamp.position), points - np.array(lamp.position)
    across = np.linalg.norm(np.cross(way, np.array(BALL.position) - source), axis=1) / np.linalg.norm(way, axis=1)
    share = held_back(spec, view, points, solids)
    sure = np.abs(across - 0.15) > 0.004  # the ball has 48 x 24 sides
    np.testing.assert_allclose(share[sure], (across < 0.15)[sure])


def test_points_of_an_area_lamp_lie_on_its_square():
    lamp = LAMPS["area"]
    made = build_studio(planned(3)[1], CATALOGUE)
    studios._add_lamp(lamp)
    bpy.context.view_layer.update()
    inverse = np.linalg.inv(np.array(bpy.data.objects["lamp"].matrix_world))
    local = np.c_[lamp_points(lamp), np.ones(64)] @ inverse.T
    assert made is not None
    np.testing.assert_allclose(local[:, 2], 0, atol=1e-6)
    np.testing.assert_allclose(np.unique(np.abs(local[:, :2]).round(5)), np.round(0.3 * (np.arange(4) + 0.5) / 8, 5))


def test_the_picture_is_seen_where_it_is_valid_and_nothing_hides_it():
    _, spec = planned(7, **{"views": 4, "occluders.visible": [3, 3], "paintings.frame": 1.0})
    made = build_studio(spec, CATALOGUE)
    for view in spec.views:
        made.show(view)
        solids = read_solids(view)
        masks = view_masks(spec, view, spec.size, solids, FRAME, None)
        first = look(view.eye.camera(spec.size), solids.seen).instances()
        assert ((first == PICTURE) == masks.visible).mean() > 0.9995  # a ray may fall on the very border
        assert masks.occluder.any() and (first[masks.unreliable] >= FIRST_OCCLUDER).all()


# ------------------------------------------------------------------ whole sequences
@pytest.fixture(scope="module")
def made():
    config, spec = planned()
    return config, spec, make_sequence(spec, Task(config, CATALOGUE))[0]


def test_a_sequence_is_complete_and_its_views_are_lit(made):
    config, spec, sample = made
    names = [f"{k:02d}" for k in range(3)]
    masks = [f"{mask}_{k}" for mask in ("valid", "occluder", "shadow", "highlight", "unreliable") for k in names]
    assert set(sample.fields) == {"label", "meta", *names, *masks}
    assert sample.key == "000003"
    meta = sample.fields["meta"]
    assert np.array(meta["H_to_label"]).shape == (3, 3, 3) and np.array(meta["corners_px"]).shape == (3, 4, 2)
    for k, name in enumerate(names):
        picture, seen = sample.fields[name], sample.fields[f"valid_{name}"] & ~sample.fields[f"occluder_{name}"]
        assert picture.shape == (*spec.size[::-1], 3)
        assert 15 < picture[seen].mean() < 230 and picture[seen].std() > 5
        assert seen.sum() >= config.accept.visible * sample.fields[f"valid_{name}"].sum()
        for mask in ("shadow", "highlight"):
            assert not (sample.fields[f"{mask}_{name}"] & ~seen).any()
        inside = apply_homography(np.array(meta["H_to_label"][k]), np.array(meta["corners_px"][k]))
        np.testing.assert_allclose(inside[0], [-0.5, -0.5], atol=1e-6)


def test_homographies_between_views_take_corners_to_corners(made):
    meta = made[2].fields["meta"]
    between, corners = homographies_between(meta), np.array(meta["corners_px"])
    assert between.shape == (3, 3, 3, 3)
    np.testing.assert_allclose(np.linalg.det(between), 1.0, atol=1e-9)
    for j, k in product(range(3), repeat=2):
        np.testing.assert_allclose(apply_homography(between[j, k], corners[j]), corners[k], atol=1e-6)


def test_the_same_spec_gives_the_same_pixels(made):
    config, spec, sample = made
    again = make_sequence(spec, Task(config, CATALOGUE))[0]
    for name, value in sample.fields.items():
        if name == "meta":
            assert json.dumps(value, sort_keys=True) == json.dumps(again.fields[name], sort_keys=True)
        else:
            np.testing.assert_array_equal(value, again.fields[name], err_msg=name)


def test_a_view_does_not_depend_on_what_was_shown_before():
    """Lamps and occluders of one view lie in memory where those of another were."""
    spec = planned(3, **{"size": [48, 48], "views": 8})[1]
    studio, settings = build_studio(spec, CATALOGUE), cycles.RenderSettings(samples=2, denoise=False, keeps=False)
    seen = [set() for _ in spec.views]
    rng = np.random.default_rng(3)
    for k in np.concatenate([rng.permutation(len(seen)) for _ in range(4)]):
        studio.show(spec.views[k])
        cycles.place_camera(spec.views[k].eye.camera(spec.size))
        seen[k].add(cycles.render(settings, 1).tobytes())
    assert [len(pictures) for pictures in seen] == [1] * len(seen)


def test_pictures_of_views_are_made_without_what_cycles_kept_of_others(made):
    assert not bpy.context.scene.render.use_persistent_data


def test_a_shaken_view_is_the_mean_of_sharp_ones():
    """The picture and what hangs before it, each as blurred as the other."""
    shaken = {"optics.shutter_s": [0.1, 0.1], "optics.shake": {"speed_mps": [0, 0.05], "turn_rate_degps": [60, 70]}}
    spec = planned(3, **{"size": [64, 64], "views": 2, "render.samples": 1} | shaken)[1]
    view, studio = spec.views[1], build_studio(spec, CATALOGUE)
    assert view.occluders
    studio.show(view)
    camera, shutter_s = view.eye.camera(spec.size), shutter_s_of(view.eye)
    settings = cycles.RenderSettings(samples=128, denoise=False, bounces=3, keeps=False)
    blurred = expose(settings, 1, camera, lambda _: None, 0.0, shutter_s)
    sharp = cycles.render(settings, 2)
    moments = []
    for k in range(16):
        cycles.put_camera(camera.pose_at(((k + 0.5) / 16 - 0.5) * shutter_s))
        moments.append(cycles.render(replace(settings, samples=8), 10 + k))
    mean = np.mean(moments, axis=0)
    off = [np.abs(cv2.GaussianBlur(picture - mean, (0, 0), 1)).mean() for picture in (blurred, sharp)]  # less noise
    print(f"{off[0] / mean.mean():.4f} off the mean of sharp ones; the middle one {off[1] / mean.mean():.4f}")
    assert off[0] < 0.2 * off[1]


def test_what_hides_too_much_is_drawn_again(made):
    config, spec, _ = made
    wall = BALL.model_copy(update={"shadow_only": False, "position": (0, -0.3, 0), "scale": (2, 0.1, 2)})
    view = spec.views[0].model_copy(update={"occluders": (wall,)})
    with pytest.raises(Redraw, match="occluders hide too much of a view"):
        make_sequence(spec.model_copy(update={"views": (view, *spec.views[1:])}), Task(config, CATALOGUE))


@pytest.mark.parametrize("preset", ["planar-aligned", "planar-misaligned"])
def test_one_and_two_workers_make_the_same_dataset(viewlock, tmp_path, preset):
    options = ["--scenes", "2", "--seed", "4", "--size", "64x64", "--samples", "1", "--set", "views=2"]
    options += ["--set", "splits={train: 1}"]
    for workers in (1, 2):
        done = viewlock("generate", preset, "-o", tmp_path / str(workers), "--workers", workers, *options)
        assert done.returncode == 0, done.stderr
    files = sorted(p.relative_to(tmp_path / "1") for p in (tmp_path / "1").rglob("*") if p.is_file())
    assert len(files) == 6
    for file in files:
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes(), file
    data = ShardDataset(tmp_path / "1")
    assert data.keys == ["000000", "000001"]
    croissant = json.loads((tmp_path / "1" / "croissant.json").read_text())
    assert [record["name"] for record in croissant["recordSet"]] == ["label", "00", "01"]
    assert "label" in (tmp_path / "1" / "README.md").read_text()
    done = viewlock("inspect", tmp_path / "1", "-o", tmp_path / "sheet.png")
    assert done.returncode == 0, done.stderr
    assert cv2.imread(str(tmp_path / "sheet.png")).shape[1] == 3 * 240
