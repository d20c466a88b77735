"""Sets of pictures become materials with the right colour spaces, normals and holes."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from viewlock.errors import ConfigError

bpy = pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")

from viewlock.blender_scenes.importers.pbr_sets import find_pbr_set, pbr_material  # noqa: E402

REAL = {
    "castle_brick_broken_06_1k": ("castle_brick_broken_06", {"colour", "arm", "normal_gl"}),
    "coast_sand_rocks_02_1k": ("coast_sand_rocks_02", {"colour", "arm", "normal_gl", "height"}),
    "Chainmail004_1K": ("Chainmail004", {"colour", "normal_gl", "roughness", "metallic", "height", "opacity"}),
}


@pytest.fixture(autouse=True)
def empty() -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)


def shader_of(material: bpy.types.Material) -> bpy.types.Node:
    return next(node for node in material.node_tree.nodes if node.type == "BSDF_PRINCIPLED")


def picture(path: Path, value: tuple[int, int, int], size: int = 8) -> Path:
    """One colour, given as red, green, blue."""
    cv2.imwrite(str(path), np.full((size, size, 3), value[::-1], np.uint8))
    return path


@pytest.mark.parametrize("name", REAL)
def test_real_sets_are_found_by_their_names(assets: Path, name: str) -> None:
    found = find_pbr_set(assets / "textures" / name)
    assert (found.name, set(found.maps)) == REAL[name]
    material = pbr_material(found)
    assert pbr_material(found) == material
    spaces = {n.image.name: n.image.colorspace_settings.name for n in material.node_tree.nodes if n.type == "TEX_IMAGE"}
    assert [space for space in spaces.values() if space == "sRGB"] == ["sRGB"] and "Non-Color" in spaces.values()
    inputs = shader_of(material).inputs
    for socket in ("Base Color", "Roughness", "Metallic", "Normal"):
        assert inputs[socket].is_linked, socket
    assert inputs["Alpha"].is_linked == ("opacity" in found.maps)


def test_holes_of_a_set_are_where_truth_looks_for_them(assets: Path) -> None:
    from viewlock.renderer.meshes import SceneMeshes

    bpy.ops.mesh.primitive_plane_add()
    bpy.context.object.data.materials.append(pbr_material(find_pbr_set(assets / "textures/Chainmail004_1K")))
    (cutout,) = SceneMeshes().topology.cutouts
    opacity = cv2.imread(str(assets / "textures/Chainmail004_1K/Chainmail004_1K_Opacity.jpg"), cv2.IMREAD_GRAYSCALE)
    assert 0.1 < (cutout.alpha <= 0.5).mean() < 0.9
    np.testing.assert_allclose(cutout.alpha[::-1], opacity / 255.0, atol=0.02)


@pytest.mark.parametrize(
    "files",
    [("x_diff_2k.jpg", "x_nor_dx_2k.jpg"), ("Y012_2K-PNG_Color.jpg", "Y012_2K-PNG_NormalDX.jpg"),
     ("my_wall_col.png", "my_wall_nor_dx.png")],
)  # fmt: skip
def test_directx_normals_are_turned_round(tmp_path: Path, files: tuple[str, str]) -> None:
    picture(tmp_path / files[0], (128, 128, 128))
    picture(tmp_path / files[1], (128, 200, 255))
    material = pbr_material(find_pbr_set(tmp_path))
    normal = shader_of(material).inputs["Normal"].links[0].from_node
    joined = normal.inputs["Color"].links[0].from_node
    flip = joined.inputs[1].links[0].from_node
    assert (flip.operation, flip.inputs[0].default_value) == ("SUBTRACT", 1.0) and flip.inputs[1].is_linked
    assert joined.inputs[0].links[0].from_node.type == joined.inputs[2].links[0].from_node.type == "SEPARATE_COLOR"


@pytest.mark.render
def test_packed_channels_go_where_they_belong(tmp_path: Path) -> None:
    """Rendered: a surface whose packed picture says metal is black from above, under a black sky, and one that says
    rough plastic is lit."""
    levels = {}
    for name, arm in (("metal", (255, 10, 255)), ("plastic", (255, 255, 0))):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        folder = tmp_path / name
        folder.mkdir()
        picture(folder / f"{name}_diff_1k.png", (200, 200, 200))
        picture(folder / f"{name}_arm_1k.png", arm)
        bpy.ops.mesh.primitive_plane_add(size=4)
        bpy.context.object.data.materials.append(pbr_material(find_pbr_set(folder)))
        levels[name] = brightness(tmp_path / f"{name}.png")
    assert levels["plastic"] > 4 * levels["metal"]


def brightness(path: Path) -> float:
    """Mean of a small picture from above, lit from the side."""
    scene = bpy.context.scene
    bpy.ops.object.light_add(type="SUN", rotation=(1.0, 0.0, 0.0))
    bpy.ops.object.camera_add(location=(0, 0, 3))
    scene.camera = bpy.context.object
    scene.render.engine, scene.cycles.samples = "CYCLES", 4
    scene.render.resolution_x = scene.render.resolution_y = 16
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    return float(cv2.imread(str(path)).mean())


def test_a_picture_of_height_is_a_relief_where_there_are_no_normals(tmp_path: Path) -> None:
    picture(tmp_path / "a_Color.png", (90, 90, 90))
    picture(tmp_path / "a_Displacement.png", (90, 90, 90))
    normal = shader_of(pbr_material(find_pbr_set(tmp_path), bump_m=0.02)).inputs["Normal"].links[0].from_node
    assert normal.type == "BUMP" and normal.inputs["Distance"].default_value == pytest.approx(0.02)


def test_folders_that_are_no_set_are_one_line(tmp_path: Path) -> None:
    picture(tmp_path / "a_rough_1k.png", (9, 9, 9))
    with pytest.raises(ConfigError, match="expected a picture of colour"):
        find_pbr_set(tmp_path)
    picture(tmp_path / "a_diff_1k.png", (9, 9, 9))
    picture(tmp_path / "b_diff_1k.png", (9, 9, 9))
    with pytest.raises(ConfigError, match="expected one surface, got a, b"):
        find_pbr_set(tmp_path)
    with pytest.raises(ConfigError, match="expected a picture of colour"):
        find_pbr_set(tmp_path / "none")
    (tmp_path / "b_diff_1k.png").unlink()
    (tmp_path / "a_diff_1k.png").write_bytes(b"no picture")
    with pytest.raises(ConfigError, match="cannot be read as a picture"):
        pbr_material(find_pbr_set(tmp_path))


def test_a_floor_under_a_set_shows_it_in_its_size(tmp_path: Path) -> None:
    """Four metres of floor, two metres a repeat; a wall is not mottled."""
    from viewlock.assets_manifest.catalogue import Asset
    from viewlock.blender_scenes.coverings import add_covered
    from viewlock.blender_scenes.meshes import Mesh
    from viewlock.blender_scenes.surfaces import Model, Surface
    from viewlock.generator.coverings import Covering
    from viewlock.generator.spec import AssetRef

    picture(tmp_path / "oak_planks_diff_1k.jpg", (90, 60, 30))
    asset = Asset(id="texture/oak_planks", kind="texture", sha256="0" * 64, path=tmp_path)
    covering = Covering(parts=("floor",), asset=AssetRef(id=asset.id, sha256=asset.sha256), repeat_m=2.0)
    corners = np.array([[0, 0, 0], [4, 0, 0], [4, 4, 0], [0, 4, 0]], float)
    uvs, face = corners[None, :, :2], np.array([[0, 1, 2, 3]])
    for up, mottled in ((corners, True), (corners[:, [0, 2, 1]], False)):
        mesh = Mesh(up, face, uvs, np.zeros(1, int), np.zeros(1, bool))
        thing = add_covered("place-floor", Model(mesh, (Surface("parquet"),)), covering, asset)
        found = np.array([loop.vector for loop in thing.data.uv_layers[0].uv])
        np.testing.assert_allclose([found.min(), found.max()], [0.0, 2.0], atol=1e-6)
        (material,) = thing.data.materials
        kinds = {node.type for node in material.node_tree.nodes}
        assert ("VECT_MATH" in kinds) == mottled
        assert any(n.type == "TEX_IMAGE" and "oak" in n.image.name for n in material.node_tree.nodes)
    with pytest.raises(ConfigError, match="one surface"):
        add_covered("place-x", Model(mesh, (Surface(), Surface())), covering, asset)
