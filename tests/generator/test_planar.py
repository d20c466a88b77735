"""Planar scenes as they are planned: cameras, homographies, lamps and occluders."""

from pathlib import Path

import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Asset, Catalogue, procedural
from viewlock.errors import ConfigError
from viewlock.generator.config import load_config
from viewlock.generator.drawing import split_of
from viewlock.generator.plan import draw, draw_plan, load_catalogue, plan_lines, read_plan
from viewlock.generator.planar import label_homography, on_picture, picture_size, shares
from viewlock.generator.planar_light import irradiance
from viewlock.geometry import apply_homography, homography_dlt, pixel_grid

CATALOGUE = Catalogue(procedural())
PRESETS = ("planar-aligned", "planar-misaligned")


def planned(preset, scenes=8, **overrides):
    config = load_config(preset, {"scenes": scenes, **overrides})
    return config, draw_plan(config, CATALOGUE)[0]


@pytest.fixture(scope="module")
def misaligned():
    return planned("planar-misaligned", scenes=24)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_plan_is_a_pure_function_and_comes_back_from_its_file(preset, tmp_path):
    config, specs = planned(preset)
    assert plan_lines(specs) == plan_lines(planned(preset)[1])
    assert specs[5] == draw(config, CATALOGUE, 5)
    file = tmp_path / "plan.jsonl"
    file.write_text(plan_lines(specs))
    assert list(read_plan(file, "planar")) == specs
    assert all(len(spec.views) == 10 and spec.split == split_of(config, spec.scene_id) for spec in specs)
    seeds = [spec.label_noise_seed for spec in specs] + [view.noise_seed for spec in specs for view in spec.views]
    assert all(len({s.label_noise_seed, *(v.noise_seed for v in s.views)}) == 11 for s in specs)
    assert len(set(seeds)) > 0.99 * len(seeds)


def corners(spec):
    x, z = spec.width_m / 2, spec.height_m / 2
    return np.array([[-x, 0, z], [x, 0, z], [x, 0, -z], [-x, 0, -z]])


def test_the_label_camera_sees_exactly_the_picture(misaligned):
    for spec in misaligned[1]:
        width, height = spec.size
        at, depth = spec.label.camera(spec.size).project(corners(spec))
        edges = [[-0.5, -0.5], [width - 0.5, -0.5], [width - 0.5, height - 0.5], [-0.5, height - 0.5]]
        np.testing.assert_allclose(at, edges, atol=1e-9)
        np.testing.assert_allclose(depth, depth[0])
        assert spec.width_m * spec.height_m == pytest.approx(1)


def test_homographies_are_those_of_the_four_projected_corners(misaligned):
    worst = 0.0
    for spec in misaligned[1]:
        on_label = spec.label.camera(spec.size).project(corners(spec))[0]
        for view in spec.views:
            at = view.eye.camera(spec.size).project(corners(spec))[0]
            H = label_homography(view.eye, spec.label, spec.size)
            worst = max(worst, np.abs(apply_homography(H, at) - on_label).max())
            other = homography_dlt(at, on_label)
            points = pixel_grid(5, 5) / 4 * (np.array(spec.size) - 1)
            seen = on_picture(H, points, spec.size)
            worst = max(worst, np.abs(apply_homography(H, points) - apply_homography(other, points))[seen].max())
    assert worst < 1e-6


def test_the_first_view_is_aligned_and_the_others_are_not(misaligned):
    for spec in misaligned[1]:
        first, *others = (label_homography(view.eye, spec.label, spec.size) for view in spec.views)
        np.testing.assert_allclose(first, np.eye(3), atol=1e-9)
        points = pixel_grid(3, 3) * 100
        assert all(np.abs(apply_homography(H, points) - points).max() > 3 for H in others)
    for spec in planned("planar-aligned")[1]:
        assert {view.eye for view in spec.views} == {spec.label}


def test_a_view_has_as_much_of_the_picture_in_frame_as_the_preset_asks_for(misaligned):
    moves = misaligned[0].camera.moves
    for spec in misaligned[1]:
        for view in spec.views[1:]:
            camera = view.eye.camera(spec.size)
            x, z = np.meshgrid(np.linspace(-0.5, 0.5, 81) * spec.width_m, np.linspace(-0.5, 0.5, 81) * spec.height_m)
            pixels, depth = camera.project(np.stack([x.ravel(), 0 * x.ravel(), z.ravel()], axis=1))
            assert depth.min() > 0
            overlap = camera.in_frame(pixels).mean()
            assert moves.overlap[0] - 0.03 <= overlap <= moves.overlap[1]
            H = label_homography(view.eye, spec.label, spec.size)
            assert shares(H, spec.size)[0] == pytest.approx(overlap, abs=0.03)
            origins, ways = camera.rays(pixel_grid(60, 60) * (np.array(spec.size) - 1) / 59)
            hit = origins - ways * (origins[:, 1:2] / ways[:, 1:2])
            inside = (np.abs(hit[:, 0]) < spec.width_m / 2) & (np.abs(hit[:, 2]) < spec.height_m / 2)
            assert shares(H, spec.size)[1] == pytest.approx((inside & (ways[:, 1] > 0)).mean(), abs=0.03)
            assert shares(H, spec.size)[1] >= moves.coverage


def test_pixels_beyond_the_horizon_do_not_show_the_picture():
    moves = {"distance": [1, 1], "tilt_deg": [70, 75], "roll_deg": 0, "aim": 0, "overlap": [0, 1], "coverage": 0}
    (spec,) = planned("planar-misaligned", 1, **{"camera.moves": moves})[1]
    for view in spec.views[1:]:
        camera = view.eye.camera(spec.size)
        pixels = pixel_grid(41, 41) * 60 - 900
        ahead = camera.rays(pixels)[1][:, 1] > 0
        assert not ahead.all()
        assert not on_picture(label_homography(view.eye, spec.label, spec.size), pixels, spec.size)[~ahead].any()


def test_everything_stands_before_the_picture(misaligned):
    shapes, materials, kinds = set(), set(), set()
    for spec in misaligned[1]:
        for view in spec.views:
            assert view.eye.position[1] < 0
            for lamp in view.lamps:
                kinds.add(lamp.kind)
                assert lamp.position[1] < -0.1 and lamp.power_w > 0
            for thing in view.occluders:
                shapes.add(thing.shape)
                materials.add(thing.material)
                assert thing.position[1] + np.linalg.norm(thing.scale) <= -0.009
                gap = np.linalg.norm(np.subtract(view.eye.position, thing.position)) - np.linalg.norm(thing.scale)
                assert thing.shadow_only or gap > 0
    config = misaligned[0]
    assert shapes == set(config.occluders.shapes) and materials == set(config.occluders.materials)
    assert kinds == set(config.light.kinds)


def test_more_lamps_do_not_move_a_camera_or_an_occluder_draw(misaligned):
    other = planned("planar-misaligned", 3, **{"light.lamps": [4, 4]})[1]
    for before, after in zip(misaligned[1], other, strict=False):
        assert [v.eye for v in before.views] == [v.eye for v in after.views]
        assert before.painting == after.painting and before.canvas == after.canvas


def test_light_is_as_strong_as_the_preset_says(misaligned):
    low, high = misaligned[0].light.strength
    for spec in misaligned[1]:
        for view in spec.views:
            each = [float(irradiance(lamp, np.array(lamp.target)[None])[0]) for lamp in view.lamps]
            assert all(low <= e * 1.0001 and e <= high * 1.0001 for e in each)
            share = np.pi * max(view.ambient) / sum(each)
            assert misaligned[0].light.ambient[0] <= share * 1.0001 and share <= 1.0001 * misaligned[0].light.ambient[1]


@pytest.mark.parametrize(
    ("aspect", "expected"), [(1.0, (480, 480)), (4 / 3, (640, 480)), (2.0, (640, 320)), (0.5, (320, 640))]
)
def test_size_follows_the_picture(aspect, expected):
    assert picture_size((640, 480), aspect) == expected
    assert picture_size((480, 640), aspect) == expected


def test_embedded_paintings_are_never_two_alike_and_files_keep_to_their_split():
    _, specs = planned("planar-aligned", 60)
    assert len({(s.painting.asset.id, s.painting.seed) for s in specs}) == 60
    assert len({s.painting.asset.id for s in specs}) == 8
    own = [asset for asset in procedural() if asset.kind == "painting"]
    config = load_config("planar-aligned", {"scenes": 30, "splits": {"train": 1, "val": 1}})
    with_file = Catalogue([*own, Asset(id="painting/mine", kind="painting", sha256="0" * 64, split="val",
                                       path=Path("/nowhere.png"))])  # fmt: skip
    for scene_id in range(30):
        if split_of(config, scene_id) == "train":
            assert draw(config, with_file, scene_id).painting.asset.id != "painting/mine"
        else:
            with pytest.raises(ConfigError, match=r"nowhere\.png: not a picture that can be read"):
                draw(config, with_file, scene_id)


def test_a_scan_of_any_size_is_welcome(tmp_path, monkeypatch):
    from PIL import Image

    from viewlock.generator.painting_files import shape_of

    Image.new("L", (40, 30)).save(tmp_path / "scan.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)  # Pillow refuses what is more than twice as large
    assert shape_of(tmp_path / "scan.png") == (40, 30)
    assert Image.MAX_IMAGE_PIXELS == 10


def test_a_folder_of_pictures_is_used_and_gives_its_aspect(tmp_path):
    import cv2

    cv2.imwrite(str(tmp_path / "wide.png"), np.zeros((60, 90, 3), np.uint8))
    config = load_config("planar-aligned", {"paintings.folder": str(tmp_path), "splits": {"train": 1}})
    spec = draw(config, load_catalogue(config), 0)
    assert (spec.painting.asset.id, spec.size) == ("painting/wide", (640, 427))


MISTAKES = [
    ("light.lamps", [0, 2], "a view needs at least one lamp"),
    ("paintings.styles", ["landscap"], "did you mean 'landscape'"),
    ("camera.moves", {"distance": [1, 2]}, "camera.moves.tilt_deg"),
    ("camera.moves.tilt_deg", [0, 89], "less than or equal to 80"),
    ("views", 101, "less than or equal to 100"),
    ("occluders.materials", ["mirror"], "'glass'"),
]


@pytest.mark.parametrize(("key", "value", "expected"), MISTAKES)
def test_a_mistake_in_a_preset_is_one_line(key, value, expected):
    with pytest.raises(ConfigError) as caught:
        load_config("planar-misaligned", {key: value})
    assert expected in str(caught.value) and "\n" not in str(caught.value)


def test_what_cannot_be_arranged_says_so():
    config = load_config("planar-misaligned", {"camera.moves.overlap": [0.0, 0.01], "accept.attempts": 2})
    with pytest.raises(ConfigError, match=r"no camera has enough of the picture in frame \(2 times\)"):
        draw(config, CATALOGUE, 0)
