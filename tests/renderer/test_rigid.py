"""Turned frames: the angle of rendered dots, of rendered pictures, and the same pixels however they are made."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from viewlock.exporters.contact_sheet import contact_sheet
from viewlock.exporters.dataset import ShardDataset, read_content
from viewlock.geometry import Camera, apply_homography, infinity_homography, intrinsics, look_at, rotation_homography

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.renderer.cycles import RenderSettings, place_camera, render  # noqa: E402
from viewlock.renderer.rigid import rolled  # noqa: E402

from .conftest import centroid, second_scene_twice  # noqa: E402

pytestmark = pytest.mark.render

OPTIONS = [
    "--scenes", "2", "--size", "64x64", "--samples", "24", "--set", "frames=1", "--set", "indoor=1.0",
    "--set", "degrade.share={noise: 1}", "--set", "degrade.noise_sigma=[6, 6]", "--set", "objects=[1,2]",
    "--set", "render.light_tree=false", "--set", "render.bounces=2", "--set", "render.prefilter=fast",
]  # fmt: skip


def tiny_camera(size: int) -> Camera:
    return Camera(size, size, intrinsics(size, size, 40, 36), look_at((0.4, -5, 0.8), (0.1, 0, 0.2), 0.07))


# ------------------------------------------------------------------ dots
@pytest.mark.parametrize("theta_deg", [-20.0, 7.3, 20.0])
@pytest.mark.parametrize("size", [64, 65])
def test_rendered_dots_turn_by_the_angle(bench, theta_deg, size):
    """Counter-clockwise about ((W - 1) / 2, (H - 1) / 2), to under 0.05 degrees."""
    glow = bpy.data.materials.new("glow")
    glow.use_nodes = True
    glow.node_tree.nodes["Principled BSDF"].inputs["Emission Color"].default_value = (1, 1, 1, 1)
    glow.node_tree.nodes["Principled BSDF"].inputs["Emission Strength"].default_value = 1.0
    fixed = tiny_camera(size)
    moved = rolled(fixed, np.radians(theta_deg))
    middle = (size - 1) / 2
    places = middle + np.array([[20.0, 3.0], [-18.0, 9.0], [2.0, -21.0], [-6.0, 20.0]])
    origins, ways = fixed.rays(places)
    for point in origins + 5 * ways:
        mesh = bpy.data.meshes.new("dot")
        corners = [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
        mesh.from_pydata(
            corners, [], [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
        )
        mesh.materials.append(glow)
        dot = bpy.data.objects.new("dot", mesh)
        dot.scale, dot.location = (0.07,) * 3, point
        bench.scene.collection.objects.link(dot)
    settings = RenderSettings(samples=128, denoise=False)  # a whole cycle of blue noise
    pictures = []
    for camera, seed in ((fixed, 1), (moved, 2)):
        place_camera(camera)
        pictures.append(render(settings, seed).mean(axis=-1))
    H = rotation_homography(np.radians(theta_deg), size, size)
    found = [
        np.array([centroid(light, near) for near in at])
        for light, at in zip(pictures, (places, apply_homography(H, places)), strict=True)
    ]
    a, b = (points - middle for points in found)
    # With y down, counter-clockwise angles decrease.
    angle = -np.degrees(np.arctan2(np.sum(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]), np.sum(a * b)))
    assert angle == pytest.approx(theta_deg, abs=0.05)
    np.testing.assert_allclose(found[1], apply_homography(H, found[0]), atol=0.05)


def test_the_rolled_camera_is_the_stated_rotation():
    camera = tiny_camera(64)
    for theta in (-0.35, 0.2):
        np.testing.assert_allclose(
            infinity_homography(camera, rolled(camera, theta)), rotation_homography(theta, 64, 64), atol=1e-9
        )
    np.testing.assert_array_equal(rolled(camera, 0.3).centre, camera.centre)


# ------------------------------------------------------------------ a rendered dataset
@pytest.fixture(scope="module")
def dataset(viewlock, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("rigid") / "data"
    done = viewlock("generate", "rigid", "-o", folder, "--workers", "2", *OPTIONS)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def samples(dataset) -> list[dict]:
    return list(ShardDataset(dataset))


def test_fields(samples, dataset):
    assert len(samples) == 2 and read_content(dataset)["kind"] == "rigid"
    for sample in samples:
        assert set(sample) == {"key", "fixed", "moved", "meta"}
        for name in ("fixed", "moved"):
            assert sample[name].shape == (64, 64, 3) and sample[name].std() > 12
        assert -20 <= sample["meta"]["theta_deg"] <= 20


def inner(picture: np.ndarray) -> np.ndarray:
    """The disc that every angle keeps in the picture, without noise finer than two pixels."""
    y, x = np.mgrid[:64, :64] - 31.5
    return cv2.GaussianBlur(picture, (0, 0), 1.0).astype(float)[np.hypot(x, y) < 29]


def error(sample: dict, theta_deg: float) -> float:
    H = rotation_homography(np.radians(theta_deg), 64, 64)
    turned = cv2.warpPerspective(sample["fixed"], H, (64, 64), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return float(np.abs(inner(turned) - inner(sample["moved"])).mean())


def test_moved_is_fixed_turned_by_the_angle(samples):
    """Noise of sigma 6 leaves some 2 of 255 after smoothing; not turning, or turning back, is much worse."""
    for sample in samples:
        theta = sample["meta"]["theta_deg"]
        assert error(sample, theta) < 4.5
        if abs(theta) > 4:
            assert error(sample, theta) < 0.6 * error(sample, 0.0) < 0.6 * 1.6 * error(sample, -theta)


def test_the_angle_that_fits_best_is_the_stated_one(samples):
    for sample in samples:
        theta = sample["meta"]["theta_deg"]
        offsets = np.arange(-3, 3.1, 0.5)
        best = offsets[int(np.argmin([error(sample, theta + offset) for offset in offsets]))]
        assert abs(best) <= 0.5


def test_no_corner_is_black(samples):
    for sample in samples:
        for name in ("fixed", "moved"):
            corners = [sample[name][y, x].astype(int).max() for y in (0, 63) for x in (0, 63)]
            assert min(corners) > 0 and sorted(corners)[1] > 12


def test_noise_is_the_one_of_the_stated_seed_and_each_picture_s_own(samples):
    """Grain follows the noise that its picture's seed gives, and not that of the other one."""

    def follows(picture: np.ndarray, seed: int) -> float:
        noise = np.random.default_rng(seed).normal(0.0, 6.0, picture.shape)
        grain = picture.astype(float) - cv2.medianBlur(picture, 3)
        return float(np.corrcoef(grain.ravel(), noise.ravel())[0, 1])

    for sample in samples:
        assert sample["meta"]["noise_sigma"] == 6 and sample["meta"]["jpeg_quality"] is None
        seeds = sample["meta"]["degradation_seeds"]
        assert follows(sample["fixed"], seeds["fixed"]) > 0.4 and follows(sample["moved"], seeds["moved"]) > 0.4
        assert abs(follows(sample["fixed"], seeds["moved"])) < 0.05
        assert abs(follows(sample["moved"], seeds["fixed"])) < 0.05


def test_the_contact_sheet_shows_turned_frames(dataset, tmp_path):
    assert contact_sheet(ShardDataset(dataset), tmp_path / "sheet.png", 2, width=64) == 2
    sheet = cv2.imread(str(tmp_path / "sheet.png"))
    assert sheet.shape[1] == 4 * 64
    sample = ShardDataset(dataset)[0]
    np.testing.assert_array_equal(sheet[44:108, :128, ::-1], np.concatenate([sample["fixed"], sample["moved"]], axis=1))


def test_one_worker_makes_the_same_bytes_as_two(dataset, tmp_path, viewlock):
    first, again = second_scene_twice(dataset, tmp_path, viewlock)
    assert again == first
