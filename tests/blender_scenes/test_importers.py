"""Files of other people become metres, z up, visible, and load at once. The shared assets are real ones."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from viewlock.assets_manifest.prepared import Hints, Prepared, QuarantinedError
from viewlock.errors import ConfigError, MissingLibraryError

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.assets_manifest.prepare import prepare  # noqa: E402
from viewlock.blender_scenes.importers.placing import place_object  # noqa: E402

Import = Callable[..., Prepared]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Import:
    """Imports a file as an object into one cache of this module."""
    cache = tmp_path_factory.mktemp("cache")

    def run(path: Path, kind: str = "object", **hints: object) -> Prepared:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return prepare(path, kind, sha256=sha256, hints=Hints(**hints), cache=cache)  # type: ignore[arg-type]

    return run


def empty() -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)


def corners(thing: bpy.types.Object) -> np.ndarray:
    return np.array([v.co[:] for v in thing.data.vertices])


def shader_of(material: bpy.types.Material) -> bpy.types.Node:
    return next(node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED")


# ------------------------------------------------------------------ real files
OBJECTS = {
    "cat.glb": ({}, (0.791, 1.334, 2.0)),
    "CesiumMilkTruck.glb": ({}, (4.869, 2.792, 2.581)),
    "Sofa.blend": ({}, (4.241, 1.784, 1.508)),
    "base_scene.blend": ({}, None),
    "fuze/fuze.obj": ({}, (0.073, 0.074, 0.215)),
    "fuze/fuze.ply": ({}, (0.073, 0.074, 0.215)),
    "spot/cow.obj": ({}, (0.943, 1.718, 1.69)),
    "kaykit_armchair/obj/armchair.obj": ({}, (1.8, 1.6, 1.224)),
    "kaykit_armchair/gltf/armchair.gltf": ({}, (1.8, 1.6, 1.224)),
    "kaykit_armchair/fbx/armchair.fbx": ({}, (1.8, 1.6, 1.224)),
    "ycb/YcbBanana/textured_simple_reoriented.obj": ({}, (0.196, 0.079, 0.037)),
    "gso/Granimals_20_Wooden_ABC_Blocks_Wagon/meshes/model.obj": ({}, (0.19, 0.051, 0.064)),
    "polyhaven/dutch_ship_medium/dutch_ship_medium_1k.gltf": ({"length_m": 0.5}, None),
    "usd_teapot/Teapot.usd": ({}, (0.305, 0.491, 0.23)),
}


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_stands_on_the_floor_in_metres_and_loads_at_once(assets: Path, imported: Import, name: str) -> None:
    hints, size = OBJECTS[name]
    made = imported(assets / "objects" / name, **hints)
    low, high = np.array(made.bounds_m)
    assert abs(low[2]) < 1e-4 and np.abs(low[:2] + high[:2]).max() < 2e-4
    assert 0.03 <= (high - low).max() <= 6.0
    if size is not None:
        np.testing.assert_allclose(high - low, size, atol=2e-3)
    empty()
    start = time.perf_counter()
    thing = place_object(made, "thing")
    assert time.perf_counter() - start < 1.0
    np.testing.assert_allclose([corners(thing).min(axis=0), corners(thing).max(axis=0)], made.bounds_m, atol=1e-4)
    assert not thing.modifiers and made.triangles <= 60_000
    assert [t.type for t in bpy.data.objects] == ["MESH"]  # no lamps, cameras or helpers
    for material in thing.data.materials:
        assert shader_of(material).inputs["Alpha"].is_linked or shader_of(material).inputs["Alpha"].default_value == 1
        for node in material.node_tree.nodes:
            if node.type == "TEX_IMAGE":
                assert node.image.packed_file is not None and 0 < max(node.image.size) <= 2048


def test_the_same_chair_comes_out_of_three_formats_alike(assets: Path, imported: Import) -> None:
    files = ["obj/armchair.obj", "gltf/armchair.gltf", "fbx/armchair.fbx"]
    empty()
    shapes = []
    for file in files:
        thing = place_object(imported(assets / "objects/kaykit_armchair" / file), file)
        points = corners(thing)
        # Where the back is tells a chair turned round from one that is not.
        shapes.append([*points.mean(axis=0), *points[points[:, 2] > 1.05].mean(axis=0)])
    np.testing.assert_allclose(shapes[0], shapes[1], atol=0.03)
    np.testing.assert_allclose(shapes[0], shapes[2], atol=1e-3)


def test_pictures_are_found_where_the_sets_keep_them(assets: Path, imported: Import) -> None:
    gso = imported(assets / "objects/gso/Diamond_Visions_Scissors_Red/meshes/model.obj")
    assert any("texture.png" in line and "found" in line for line in gso.repairs)
    cow = imported(assets / "objects/spot/cow.obj")
    assert cow.repairs == ("no material: took the picture 'cow_texture.png'",)
    empty()
    for made in (gso, cow):
        thing = place_object(made, "thing")
        colour = shader_of(thing.data.materials[0]).inputs["Base Color"]
        assert colour.links[0].from_node.image.size[0] > 0


def test_large_pictures_and_meshes_are_reduced_and_it_is_said(assets: Path, imported: Import) -> None:
    banana = imported(assets / "objects/ycb/YcbBanana/textured_simple_reoriented.obj", triangles=2000)
    assert banana.triangles <= 2000
    assert any("4096 x 4096 scaled to 2048 x 2048" in line for line in banana.repairs)
    assert any("15728 triangles reduced to" in line for line in banana.repairs)
    empty()
    uv = np.array([d.vector[:] for d in place_object(banana, "b").data.uv_layers.active.uv])
    assert np.ptp(uv, axis=0).min() > 0.5


# ------------------------------------------------------------------ files made here
def write_obj(path: Path, size: float = 1.0, lines: str = "") -> Path:
    """A box of two units by one by one, `size` times."""
    points = [(x, y, z) for x in (0, 2) for y in (0, 1) for z in (0, 1)]
    faces = ["1 2 4 3", "5 7 8 6", "1 5 6 2", "3 4 8 7", "1 3 7 5", "2 6 8 4"]
    text = "".join(f"v {x * size} {y * size} {z * size}\n" for x, y, z in points)
    path.write_text(text + lines + "".join(f"f {face}\n" for face in faces), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("size", "large", "said"), [(1.0, 2.0, None), (60.0, 1.2, "centimetres"), (0.001, 0.2, "hectometres")]
)
def test_sizes_out_of_range_are_taken_as_other_units(tmp_path: Path, imported: Import, size, large, said) -> None:
    made = imported(write_obj(tmp_path / "box.obj", size))
    assert made.bounds_m[1][0] * 2 == pytest.approx(large, rel=1e-3)
    assert [line for line in made.repairs if "taken as" in line] == (
        [f"{2 * size:.4g} units large: taken as {said}"] if said else []
    )


def test_hints_have_the_last_word(tmp_path: Path, imported: Import) -> None:
    path = write_obj(tmp_path / "box.obj")
    size = lambda **hints: np.ptp(imported(path, **hints).bounds_m, axis=0)  # noqa: E731
    np.testing.assert_allclose(size(height_m=0.5), (1.0, 0.5, 0.5), atol=1e-4)
    np.testing.assert_allclose(size(length_m=0.5, yaw_deg=90), (0.25, 0.5, 0.25), atol=1e-4)
    np.testing.assert_allclose(size(unit_m=10.0), (20.0, 10.0, 10.0), atol=1e-3)


def test_a_second_import_does_not_run_the_importer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_obj(tmp_path / "box.obj")
    made = prepare(path, "object", sha256="1" * 64, cache=tmp_path / "cache")
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("the importer ran again"))
    assert prepare(path, "object", sha256="1" * 64, cache=tmp_path / "cache") == made
    assert sorted(p.name for p in made.folder.iterdir()) == ["asset.blend", "asset.json"]
    assert [p.name for p in (tmp_path / "cache/imports").iterdir()] == [made.folder.name]


def test_each_repair_is_said_once(tmp_path: Path) -> None:
    path, said = write_obj(tmp_path / "box.obj", 60.0), []
    for _ in range(2):
        prepare(path, "object", sha256="1" * 64, cache=tmp_path, say=said.append)
    assert said == [f"{path}: no material: made it grey", f"{path}: 120 units large: taken as centimetres"]


def test_a_damaged_import_is_made_again(tmp_path: Path) -> None:
    path = write_obj(tmp_path / "box.obj")
    made = prepare(path, "object", sha256="1" * 64, cache=tmp_path)
    (made.folder / "asset.json").write_text("{", encoding="utf-8")
    assert prepare(path, "object", sha256="1" * 64, cache=tmp_path) == made


def test_two_processes_may_import_the_same_file_at_once(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    path = write_obj(tmp_path / "box.obj")
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(prepare, path, "object", sha256="1" * 64, cache=tmp_path / "c") for _ in range(2)]
        one, two = [job.result() for job in jobs]
    assert one == two and one.blend.is_file()
    assert [p.name for p in (tmp_path / "c/imports").iterdir()] == [one.folder.name]  # nothing half made is left


# ------------------------------------------------------------------ mistakes
def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        prepare(tmp_path / "none.glb", "object", sha256="6" * 64, cache=tmp_path)


@pytest.mark.parametrize("hints", [{"height_m": 1.0, "length_m": 2.0}, {"unit_m": 0.0}, {"triangles": 3}])
def test_hints_that_make_no_sense_are_one_line(hints: dict) -> None:
    with pytest.raises(ConfigError, match=r"^hints"):
        Hints(**hints)


# ------------------------------------------------------------------ broken files
def broken_files(folder: Path) -> dict[str, tuple[Path, str]]:
    (folder / "broken.glb").write_bytes(b"glTF" + bytes(range(60)))
    (folder / "empty.obj").write_text("# nothing\n", encoding="utf-8")
    (folder / "text.blend").write_text("no blend file", encoding="utf-8")
    (folder / "thing.xyz").write_text("?", encoding="utf-8")
    empty()
    bpy.ops.mesh.primitive_uv_sphere_add()
    bpy.context.object.data.vertices[5].co = (float("nan"),) * 3
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "nan.blend"))
    empty()
    (folder / "flat.obj").write_text("v 0 0 0\nv 1 0 0\nv 2 0 0\n" + "f 1 2 3\n" * 10, encoding="utf-8")
    return {
        "a broken GLB": (folder / "broken.glb", "Blender cannot read it"),
        "an empty OBJ": (folder / "empty.obj", "no mesh"),
        "a text as .blend": (folder / "text.blend", "Blender cannot read it"),
        "an unknown format": (folder / "thing.xyz", "unknown format '.xyz'"),
        "no numbers": (folder / "nan.blend", "not finite"),
        "a line": (folder / "flat.obj", "triangles|no extent"),
    }


@pytest.mark.parametrize("what", [
    "a broken GLB", "an empty OBJ", "a text as .blend", "an unknown format", "no numbers", "a line",
])  # fmt: skip
def test_a_broken_file_is_quarantined_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    path, why = broken_files(tmp_path)[what]
    with pytest.raises(QuarantinedError, match=why) as first:
        prepare(path, "object", sha256="2" * 64, cache=tmp_path / "cache")
    assert "\n" not in str(first.value) and str(path) in str(first.value)
    (note,) = (tmp_path / "cache/imports/quarantine").iterdir()
    assert json.loads(note.read_text())["reason"] == first.value.reason
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("it was tried again"))
    with pytest.raises(QuarantinedError) as second:
        prepare(path, "object", sha256="2" * 64, cache=tmp_path / "cache")
    assert second.value.reason == first.value.reason


def test_an_import_that_takes_too_long_is_quarantined(tmp_path: Path) -> None:
    with pytest.raises(QuarantinedError, match=r"took more than 0\.05 s"):
        prepare(write_obj(tmp_path / "b.obj"), "object", sha256="3" * 64, cache=tmp_path, timeout_s=0.05)


def test_without_blender_nothing_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    run = subprocess.run
    failing = [sys.executable, "-c", "raise ModuleNotFoundError(\"No module named 'bpy'\")"]
    monkeypatch.setattr("subprocess.run", lambda command, **options: run(failing, **options))
    with pytest.raises(MissingLibraryError, match="pip install"):
        prepare(write_obj(tmp_path / "b.obj"), "object", sha256="5" * 64, cache=tmp_path)
    assert not (tmp_path / "imports/quarantine").exists()


def test_a_crash_of_the_importer_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies as Blender would: by a signal, in the middle of it."""
    import subprocess
    import sys

    run = subprocess.run
    dying = [sys.executable, "-c", "import os; print('reading', flush=True); os.kill(os.getpid(), 11)"]
    monkeypatch.setattr("subprocess.run", lambda command, **options: run(dying, **options))
    with pytest.raises(QuarantinedError, match=r"crashed \(killed by signal 11\): reading"):
        prepare(write_obj(tmp_path / "b.obj"), "object", sha256="4" * 64, cache=tmp_path)


# ------------------------------------------------------------------ scripts
def test_scripts_in_a_blend_file_never_run(tmp_path: Path, imported: Import) -> None:
    """The text block is registered to run when the file opens; opened with leave to run, it does."""
    empty()
    proof = tmp_path / "proof.txt"
    text = bpy.data.texts.new("payload.py")
    text.write(f"open({str(proof)!r}, 'w').write('ran')\n")
    text.use_module = True
    bpy.ops.mesh.primitive_uv_sphere_add()
    ball = bpy.context.object
    curve = ball.driver_add("location", 0)
    curve.driver.expression = f"__import__('pathlib').Path({str(proof)!r}).write_text('driven') and 0.0"
    material = bpy.data.materials.new("m")
    material.use_nodes = True
    ball.data.materials.append(material)
    roughness = shader_of(material).inputs["Roughness"].driver_add("default_value")
    roughness.driver.expression = curve.driver.expression
    path = tmp_path / "armed.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    empty()
    proof.unlink(missing_ok=True)
    made = imported(path)
    assert made.triangles > 100 and not proof.exists()
    empty()
    stored = place_object(made, "ball").data.materials[0]
    assert stored.node_tree.animation_data is None and not bpy.data.texts
    bpy.ops.wm.open_mainfile(filepath=str(path), use_scripts=True)
    assert proof.exists()
    empty()


# ------------------------------------------------------------------ materials
def blend_of(path: Path, paint: Callable[[bpy.types.Material], None]) -> Path:
    """A ball with one material."""
    empty()
    bpy.ops.mesh.primitive_uv_sphere_add()
    material = bpy.data.materials.new("m")
    material.use_nodes = True
    paint(material)
    bpy.context.object.data.materials.append(material)
    bpy.ops.wm.save_as_mainfile(filepath=str(path))
    empty()
    return path


def picture(tree: bpy.types.NodeTree, alpha: np.ndarray, shade: float = 0.5) -> bpy.types.Node:
    image = bpy.data.images.new("p", 8, 8, alpha=True)
    values = np.full((8, 8, 4), shade, np.float32)
    values[..., 3] = alpha
    image.pixels.foreach_set(values.ravel())
    image.pack()
    node = tree.nodes.new("ShaderNodeTexImage")
    node.image = image
    return node


def result(imported: Import, path: Path) -> tuple[bpy.types.Material, tuple[str, ...]]:
    made = imported(path)
    return place_object(made, "thing").data.materials[0], made.repairs


def test_what_is_invisible_becomes_visible(tmp_path: Path, imported: Import) -> None:
    def paint(material: bpy.types.Material) -> None:
        shader_of(material).inputs["Alpha"].default_value = 0.0
        shader_of(material).inputs["Metallic"].default_value = 1.0

    material, repairs = result(imported, blend_of(tmp_path / "a.blend", paint))
    assert repairs == ("material 'm': metallic 1 set to 0", "material 'm': alpha 0 set to 1")
    assert shader_of(material).inputs["Alpha"].default_value == 1.0


def test_constant_alpha_becomes_glass_that_truth_knows(tmp_path: Path, imported: Import) -> None:
    def paint(material: bpy.types.Material) -> None:
        shader_of(material).inputs["Alpha"].default_value = 0.3

    material, repairs = result(imported, blend_of(tmp_path / "a.blend", paint))
    assert repairs == ("material 'm': alpha 0.30 made glass",)
    assert shader_of(material).inputs["Transmission Weight"].default_value > 0.5


@pytest.mark.parametrize("mixed", [False, True])
def test_holes_are_where_truth_looks_for_them(tmp_path: Path, imported: Import, mixed: bool) -> None:
    """Alpha from the brightness of a picture, straight or through a transparent shader, becomes its alpha channel."""
    from viewlock.renderer.meshes import SceneMeshes

    def paint(material: bpy.types.Material) -> None:
        tree, shader = material.node_tree, shader_of(material)
        node = picture(tree, np.ones((8, 8)))
        values = np.ones((8, 8, 4), np.float32)
        values[:, :4, :3] = 0.0  # black on the left: holes there
        node.image.pixels.foreach_set(values.ravel())
        node.image.pack()
        if not mixed:
            tree.links.new(node.outputs["Color"], shader.inputs["Alpha"])
            return
        mix, clear = tree.nodes.new("ShaderNodeMixShader"), tree.nodes.new("ShaderNodeBsdfTransparent")
        tree.links.new(node.outputs["Color"], mix.inputs[0])
        tree.links.new(clear.outputs[0], mix.inputs[1])
        tree.links.new(shader.outputs[0], mix.inputs[2])
        tree.links.new(mix.outputs[0], tree.nodes["Material Output"].inputs["Surface"])

    _, repairs = result(imported, blend_of(tmp_path / "a.blend", paint))
    assert "material 'm': alpha cut at 0.5" in repairs
    (cutout,) = SceneMeshes().topology.cutouts
    assert cutout.alpha[:, :4].max() < 0.01 and cutout.alpha[:, 4:].min() > 0.99


def test_a_missing_picture_leaves_no_magenta(tmp_path: Path, imported: Import) -> None:
    def paint(material: bpy.types.Material) -> None:
        node = picture(material.node_tree, np.ones((8, 8)))
        node.image.filepath, node.image.source = "//gone\udcff.png", "FILE"
        node.image.unpack(method="REMOVE") if node.image.packed_file else None
        material.node_tree.links.new(node.outputs["Color"], shader_of(material).inputs["Base Color"])

    material, repairs = result(imported, blend_of(tmp_path / "a.blend", paint))
    assert any("missing picture" in line and "left out" in line for line in repairs)
    assert not [node for node in material.node_tree.nodes if node.type == "TEX_IMAGE"]


def test_a_picture_that_nobody_linked_is_the_colour(tmp_path: Path, imported: Import) -> None:
    path = blend_of(tmp_path / "a.blend", lambda m: picture(m.node_tree, np.ones((8, 8))) and None)
    material, repairs = result(imported, path)
    assert repairs == ("material 'm': picture 'p' was not linked",)
    assert shader_of(material).inputs["Base Color"].links[0].from_node.image.size[0] == 8
