"""Light of the surroundings against its integral: ground under a sky has radiance albedo / pi x irradiance."""

import cv2
import numpy as np
import pytest

from viewlock.assets_manifest.catalogue import Catalogue, procedural, scan_folder
from viewlock.generator.spec import AssetRef, Track, World

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.blender_scenes.worlds import add_world, environment, environment_pixels  # noqa: E402
from viewlock.renderer.cycles import RenderSettings, place_camera, render  # noqa: E402

ALBEDO = 0.6
CLEAR = {"seed": 3, "cloud": 0.2, "sun_elevation": 0.5, "haze": 0.5, "night": 0}
SKIES = {"clear": CLEAR, "overcast": CLEAR | {"cloud": 0.95}, "dusk": CLEAR | {"sun_elevation": -0.06},
         "night": CLEAR | {"night": 1}}  # fmt: skip


def _irradiance(pixels: np.ndarray) -> np.ndarray:
    """(3,) of level ground, from an equirectangular picture with the zenith in row 0."""
    height, width = pixels.shape[:2]
    elevation = np.pi / 2 - (np.arange(height) + 0.5) / height * np.pi
    weight = np.clip(np.sin(elevation), 0, 1) * np.cos(elevation) * (np.pi / height) * (2 * np.pi / width)
    return (pixels.astype(float) * weight[:, None, None]).sum(axis=(0, 1))


def _shown(bench, make_camera) -> np.ndarray:
    """(3,) mean radiance of level ground of `ALBEDO`, seen from above."""
    ground = bench.add([(-9, -9, 0), (9, -9, 0), (9, 9, 0), (-9, 9, 0)], [(0, 1, 2, 3)])
    material = bpy.data.materials.new("chalk")
    material.use_nodes = True
    tree = material.node_tree
    chalk = tree.nodes.new("ShaderNodeBsdfDiffuse")
    chalk.inputs["Color"].default_value = (ALBEDO, ALBEDO, ALBEDO, 1)
    tree.links.new(chalk.outputs["BSDF"], tree.nodes["Material Output"].inputs["Surface"])
    ground.data.materials.append(material)
    place_camera(make_camera(eye=(0.1, 0.0, 4.0), target=(0.0, 0.0, 0.0), size=(48, 32)))
    return render(RenderSettings(samples=64, denoise=False, bounces=1), 3).mean(axis=(0, 1))


def _surround(catalogue: Catalogue, name: str, params: dict) -> bpy.types.Image:
    asset = catalogue.get(name)
    ref = AssetRef(id=asset.id, sha256=asset.sha256)
    world = World(asset=ref, params=params, strength=Track.constant(1.0), turn=0.7)
    image = environment(world, catalogue)
    add_world(world, image)
    return image


@pytest.mark.parametrize("sky", SKIES)
def test_a_painted_sky_lights_the_ground(bench, camera, sky):
    image = _surround(Catalogue(procedural()), "sky/painted", SKIES[sky])
    expected = ALBEDO / np.pi * _irradiance(environment_pixels(image))
    np.testing.assert_allclose(_shown(bench, camera), expected, rtol=0.02)


def test_a_small_sun_in_a_file_is_not_missed(bench, camera, tmp_path):
    """It gives nine tenths of the light from a 16,000th of the sky: without aiming at it, most pixels would lack it."""
    pixels = np.zeros((128, 256, 3), np.float32)
    pixels[40, 100] = 1.0
    pixels = 0.2 + 9 * 0.2 * np.pi / _irradiance(pixels).astype(np.float32) * pixels
    cv2.imwrite(str(tmp_path / "sun.hdr"), pixels)
    image = _surround(Catalogue([*procedural(), *scan_folder("hdri", tmp_path, {"train": 1.0})]), "hdri/sun", {})
    expected = ALBEDO / np.pi * _irradiance(environment_pixels(image))
    np.testing.assert_allclose(expected, ALBEDO * 10 * 0.2, rtol=0.02)
    np.testing.assert_allclose(_shown(bench, camera), expected, rtol=0.02)
