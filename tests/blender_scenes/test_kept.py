"""What is kept on disk is, bit for bit, what would be made anew; damage, other source and shut folders do no harm."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import cv2
import numpy as np
import pytest

from viewlock.blender_scenes import kept
from viewlock.blender_scenes.kept import kept_figure, kept_object
from viewlock.blender_scenes.meshes import Mesh
from viewlock.blender_scenes.objects import OBJECTS
from viewlock.blender_scenes.objects.birds import IN_FLIGHT
from viewlock.blender_scenes.people.bodies import figure
from viewlock.blender_scenes.textures import PAINTERS, cache, tiff
from viewlock.blender_scenes.textures.cache import colour_file, height_file
from viewlock.colour import srgb_from_linear
from viewlock.generator.appearance import CHARACTERS
from viewlock.generator.motions import CharacterMotion

COLOURS = ((0.4, 0.16, 0.08), (0.55, 0.5, 0.4))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("VIEWLOCK_CACHE", str(tmp_path))
    return tmp_path


def assert_same_mesh(one: Mesh, two: Mesh) -> None:
    for field in fields(Mesh):
        a, b = getattr(one, field.name), getattr(two, field.name)
        assert a.dtype == b.dtype and np.array_equal(a, b), field.name


def damage(file: Path, how: str) -> None:
    data = bytearray(file.read_bytes())
    if how == "cut":
        del data[len(data) // 2 :]
    elif how == "flipped":
        data[len(data) // 3] ^= 1
    else:
        data[:] = b"" if how == "empty" else b"not this" * 1000
    file.write_bytes(data)


# ------------------------------------------------------------------ meshes
@pytest.mark.parametrize("name", ["chair", "fern", "tricycle", "hen"])
def test_a_thing_comes_back_as_it_was_built(folder: Path, name: str) -> None:
    built = OBJECTS[name]()
    for _ in range(2):
        model = kept_object(name)
        assert_same_mesh(model.mesh, built.mesh)
        assert (model.surfaces, model.wheels, model.beast) == (built.surfaces, built.wheels, built.beast)
        assert (model.weights is None) == (built.weights is None)
        assert model.weights is None or np.array_equal(model.weights, built.weights)
    assert len(list((folder / "meshes").rglob("*.npz"))) == 1


def test_what_a_bird_is_in_the_air_is_kept_beside_what_it_is_on_its_perch(folder: Path) -> None:
    built = IN_FLIGHT["parrot"]()
    kept_object("parrot")
    for _ in range(2):
        model = kept_object("parrot", flies=True)
        assert_same_mesh(model.mesh, built.mesh)
        assert model.beast == built.beast and np.array_equal(model.weights, built.weights)


def test_a_person_comes_back_as_they_were_built_whatever_they_carry(folder: Path) -> None:
    appearance = CHARACTERS[sorted(CHARACTERS)[0]]
    for motion in (None, CharacterMotion(gesture="carry", holds="box")):
        built, again = figure(appearance, motion), kept_figure(appearance, motion)
        assert_same_mesh(again.model.mesh, built.model.mesh)
        assert np.array_equal(again.weights, built.weights)
        assert again.model.surfaces == built.model.surfaces
    assert len(list((folder / "meshes").rglob("*.npz"))) == 1


@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "other"])
def test_a_damaged_mesh_is_made_again(folder: Path, how: str) -> None:
    mesh = kept_object("chair").mesh
    (file,) = (folder / "meshes").rglob("*.npz")
    whole = file.read_bytes()
    damage(file, how)
    assert_same_mesh(kept_object("chair").mesh, mesh)
    assert file.read_bytes() == whole


def test_another_source_makes_it_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_object("chair")
    monkeypatch.setattr(kept, "kept_in", lambda: {"meshes": "another"})
    monkeypatch.setitem(OBJECTS, "chair", OBJECTS["fern"])
    assert_same_mesh(kept_object("chair").mesh, OBJECTS["fern"]().mesh)
    assert len(list((folder / "meshes").rglob("*.npz"))) == 2


def test_without_a_folder_everything_is_made_each_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").write_text("no folder")
    monkeypatch.setenv("VIEWLOCK_CACHE", str(folder / "file"))
    assert_same_mesh(kept_object("chair").mesh, OBJECTS["chair"]().mesh)
    assert len(height_file("dots", COLOURS, 3)) > cache.PIXELS**2


# ------------------------------------------------------------------ pictures
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_tiff_files_are_what_others_read(channels: int) -> None:
    pixels = np.random.default_rng(channels).integers(0, 256, (7, 7, channels), np.uint8)
    pixels[..., 3:] = 255  # OpenCV multiplies by the opacity
    data = tiff.encode(pixels)
    assert np.array_equal(tiff.decode(data, 7), pixels)
    read = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED).reshape(7, 7, channels)
    order = {1: [0], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[channels]
    assert np.array_equal(read[..., order], pixels)


@pytest.mark.parametrize("name", ["leaves", "dots"])
def test_pictures_are_the_painters_to_the_nearest_level(folder: Path, name: str) -> None:
    painted = PAINTERS[name](COLOURS, 3, cache.PIXELS)
    colour, height = srgb_from_linear(painted.colour), painted.height[..., None]
    for _ in range(2):
        opaque, cut, relief = (
            tiff.decode(data, cache.PIXELS)
            for data in (
                colour_file(name, COLOURS, 3),
                colour_file(name, COLOURS, 3, alpha=True),
                height_file(name, COLOURS, 3),
            )
        )
        assert opaque.shape[2] == 3 and np.abs(opaque / 255 - colour).max() < 0.501 / 255
        assert np.array_equal(cut[..., :3], opaque) and cut.shape[2] == (4 if name == "leaves" else 3)
        assert np.abs(relief / 255 - height).max() < 0.501 / 255
        if name == "leaves":
            assert np.abs(cut[..., 3] / 255 - painted.alpha).max() < 0.501 / 255
    assert len(list((folder / "textures").rglob("*.tif"))) == 2


@pytest.mark.parametrize("how", ["cut", "other"])
def test_a_damaged_picture_is_painted_again(folder: Path, how: str) -> None:
    whole = colour_file("dots", COLOURS, 3)
    (file,) = (folder / "textures").rglob("*-colour.tif")
    damage(file, how)
    assert colour_file("dots", COLOURS, 3) == whole
    assert file.read_bytes() == whole
