"""Embedded paintings, and pictures from files, without Blender."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from viewlock.assets_manifest.catalogue import Asset, Catalogue, procedural
from viewlock.blender_scenes.paintings import STYLES, paint
from viewlock.blender_scenes.planar.pictures import picture_of, read_picture, relief_of
from viewlock.errors import ConfigError
from viewlock.generator.planar_config import STYLES as NAMED
from viewlock.generator.planar_spec import Painting
from viewlock.generator.spec import AssetRef


def test_every_style_is_an_asset_and_a_name_in_presets():
    assert tuple(STYLES) == NAMED
    assert [a.name for a in Catalogue(procedural()).of("painting")] == sorted(STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_a_painting_is_detailed_repeatable_and_unlike_others(style):
    first, again, other = paint(style, 3, 120, 90), paint(style, 3, 120, 90), paint(style, 4, 120, 90)
    assert first.shape == (90, 120, 3) and first.dtype == np.uint8
    np.testing.assert_array_equal(first, again)
    assert np.abs(first.astype(int) - other).mean() > 12
    assert first.std() > 12
    assert np.abs(np.diff(first.astype(int), axis=1)).mean() > 1.5


@pytest.mark.parametrize("style", STYLES)
def test_a_painting_is_the_same_at_another_size(style):
    small = paint(style, 8, 160, 120).astype(np.float32)
    large = cv2.resize(paint(style, 8, 320, 240), (160, 120), interpolation=cv2.INTER_AREA).astype(np.float32)
    soft = [cv2.GaussianBlur(p, (0, 0), 3).ravel() for p in (small, large)]
    assert np.corrcoef(*soft)[0, 1] > 0.9


def saved(tmp_path, image, name="p.png", **options):
    image.save(tmp_path / name, **options)
    return tmp_path / name


def test_files_are_read_as_they_are_meant_to_be_seen(tmp_path):
    rgb = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
    np.testing.assert_array_equal(read_picture(saved(tmp_path, Image.fromarray(rgb))), rgb)
    exif = Image.Exif()
    exif[274] = 6  # turned a quarter clockwise
    turned = saved(tmp_path, Image.fromarray(rgb), exif=exif)
    np.testing.assert_array_equal(read_picture(turned), np.rot90(rgb, -1))
    grey = Image.fromarray((np.arange(6, dtype=np.uint16) * 13107).reshape(2, 3))
    assert read_picture(saved(tmp_path, grey))[..., 1].tolist() == [[0, 51, 102], [153, 204, 255]]
    clear = np.dstack([rgb, np.zeros((5, 7), np.uint8)])
    assert (read_picture(saved(tmp_path, Image.fromarray(clear))) == 255).all()
    ink = Image.new("CMYK", (4, 4), (0, 255, 255, 0))
    red = read_picture(saved(tmp_path, ink, "c.tif"))[0, 0]
    assert red[0] > 200 and red[1:].max() < 60


def test_colours_are_converted_from_the_files_own_profile(tmp_path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    rgb = np.random.default_rng(0).integers(0, 256, (6, 6, 3), np.uint8)
    same = read_picture(saved(tmp_path, Image.fromarray(rgb), icc_profile=profile))
    assert np.abs(same.astype(int) - rgb).max() <= 1
    # The same profile with its red and green primaries exchanged.
    data = bytearray(profile)
    tags = {bytes(data[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12)}
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    data[red + 4 : red + 12], data[green + 4 : green + 12] = data[green + 4 : green + 12], data[red + 4 : red + 12]
    pure = np.zeros((2, 2, 3), np.uint8)
    pure[..., 0] = 200
    found = read_picture(saved(tmp_path, Image.fromarray(pure), icc_profile=bytes(data)))[0, 0]
    assert found[1] > 190 and found[0] < 20


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_a_damaged_file_is_one_line(tmp_path, content):
    path = tmp_path / "broken.png"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"broken\.png: not a picture that can be read") as caught:
        read_picture(path)
    assert "\n" not in str(caught.value)


def test_a_file_is_cropped_about_its_middle_and_made_no_larger_than_needed(tmp_path):
    picture = np.zeros((100, 400, 3), np.uint8)
    picture[:, 150:250] = 255
    path = saved(tmp_path, Image.fromarray(picture), "wide.png")
    catalogue = Catalogue([Asset(id="painting/wide", kind="painting", sha256="0" * 64, path=path)])
    painting = Painting(asset=AssetRef(id="painting/wide", sha256="0" * 64), seed=0, size_px=(64, 32))
    found = picture_of(painting, 2.0, catalogue)
    assert found.shape == (32, 64, 3)
    assert (found[:, 17:47] == 255).all() and (found[:, :15] == 0).all()
    large = picture_of(painting.model_copy(update={"size_px": (4000, 2000)}), 2.0, catalogue)
    assert large.shape == (100, 200, 3)


def test_relief_stands_out_where_the_picture_has_detail():
    picture = np.full((80, 80, 3), 90, np.uint8)
    assert (relief_of(picture) == 128).all()
    picture[:, 38:42] = 200
    relief = relief_of(picture)
    assert relief[40, 40] > 140 and abs(int(relief[40, 5]) - 128) <= 2
