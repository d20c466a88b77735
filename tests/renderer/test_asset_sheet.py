"""`viewlock assets sheet`: a tile for each asset of a manifest."""

import cv2
import numpy as np
import pytest

from viewlock.renderer.asset_sheet_job import draw_asset_sheet

pytestmark = pytest.mark.render

CUBE = "\n".join(
    [f"v {x} {y} {z}" for x in (0, 0.5) for y in (0, 0.5) for z in (0, 0.5)]
    + ["f 1 2 4 3", "f 5 7 8 6", "f 1 5 6 2", "f 3 4 8 7", "f 1 3 7 5", "f 2 6 8 4"]
)


@pytest.fixture
def folder(tmp_path):
    models = tmp_path / "mine"
    (models / "paintings").mkdir(parents=True)
    (models / "cube.obj").write_text(CUBE)
    cv2.imwrite(
        str(models / "paintings" / "noise.png"), np.random.default_rng(0).integers(0, 256, (40, 80, 3), np.uint8)
    )
    rows = ["https://a.b/c"]
    for k in range(20):
        rows.append(f"{33000 * k} 0.5 0.9 0.5 0.5 0 0 1 0 0 {0.1 * k} 0 1 0 0 0 0 1 {0.01 * k * k}")
    (models / "path.txt").write_text("\n".join(rows) + "\n")
    return models


def test_each_asset_has_a_tile_and_a_line(folder, tmp_path, viewlock):
    assert viewlock("assets", "add", folder, "--licence", "CC0-1.0").returncode == 0
    done = viewlock("assets", "sheet", folder / "viewlock-assets.yaml", "-o", tmp_path / "sheet.png")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any("cube" in line and "0.5 m high" in line and "12 triangles" in line for line in lines), done.stdout
    assert lines[-1].startswith("3 assets shown in ")
    sheet = cv2.imread(str(tmp_path / "sheet.png"))
    tiles = sheet.reshape(1, 244, 8, 192, 3).transpose(0, 2, 1, 3, 4)[0]
    shown = [tile[:192] for tile in tiles]
    assert [bool(tile.std() > 8) for tile in shown] == [True] * 3 + [False] * 5
    assert all((tile[192:] < 128).any() for tile in tiles[:3])  # its id


def test_mistakes_are_one_line(folder, tmp_path, viewlock):
    viewlock("assets", "add", folder, "--licence", "CC0-1.0")
    manifest = folder / "viewlock-assets.yaml"
    for arguments, words in (
        ((manifest, "-o", tmp_path / "sheet.jpg"), "ends in .png"),
        ((manifest, "-o", tmp_path / "sheet.png", "--kind", "hdry"), "did you mean 'hdri'"),
        ((manifest, "-o", tmp_path / "sheet.png", "--kind", "hdri"), "no hdri of it is on this machine"),
        (("nowhere.yaml", "-o", tmp_path / "sheet.png"), "nowhere.yaml"),
    ):
        done = viewlock("assets", "sheet", *arguments)
        assert done.returncode == 2 and words in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
    assert not (tmp_path / "sheet.png").exists()


def test_a_picture_that_cannot_be_drawn_leaves_its_tile_empty(tmp_path):
    from viewlock.assets_manifest.catalogue import Asset

    (tmp_path / "torn.png").write_bytes(b"not a picture")
    torn = Asset(id="painting/torn", kind="painting", sha256="0" * 64, path=tmp_path / "torn.png")
    (line,) = draw_asset_sheet([torn], tmp_path / "sheet.png")
    assert "painting/torn" in line and "cannot be read as a picture" in line
