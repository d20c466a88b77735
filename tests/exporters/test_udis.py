"""Pairs in the layout of UDIS-D."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from viewlock.errors import DatasetError
from viewlock.exporters.udis import UdisPairs

RED, GREEN = (255, 0, 0), (0, 255, 0)


def put(path: Path, colour: tuple[int, int, int], size: tuple[int, int] = (40, 30)) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.full((size[1], size[0], 3), colour[::-1], np.uint8))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("000010", "000002"):
        put(tmp_path / "input1" / f"{name}.png", RED)
        put(tmp_path / "input2" / f"{name}.png", GREEN)
    (tmp_path / "input1" / "Thumbs.db").write_bytes(b"no picture")
    return tmp_path


def refused(path: Path) -> str:
    with pytest.raises(DatasetError) as error:
        list(UdisPairs(path))
    assert "\n" not in str(error.value)
    return str(error.value)


def test_pairs_by_name(folder):
    pairs = UdisPairs(folder)
    assert pairs.keys == ["000002", "000010"] and len(pairs) == 2
    for pair in pairs:
        assert pair["i1"].shape == (30, 40, 3) and pair["i1"].dtype == np.uint8
        assert (pair["i1"] == RED).all() and (pair["i2"] == GREEN).all()
    assert [pair["key"] for pair in pairs] == pairs.keys
    with pytest.raises(IndexError):
        pairs[2]


def test_jpeg_files(tmp_path):
    for half, colour in (("input1", RED), ("input2", GREEN)):
        put(tmp_path / half / "1.jpg", colour)
    assert np.abs(UdisPairs(tmp_path)[0]["i2"].astype(int) - GREEN).max() < 5


@pytest.mark.parametrize(("lost", "folder_named"), [("input1", "input1"), ("input2", "input2")])
def test_a_missing_partner(folder, lost, folder_named):
    (folder / lost / "000010.png").unlink()
    message = refused(folder)
    assert f"{folder / folder_named}: expected a partner" in message and "000010.png is missing;" in message


def test_several_missing_partners_are_counted(folder):
    for k in range(3):
        put(folder / "input1" / f"x{k}.png", RED)
    assert "x0.png is missing and 2 more;" in refused(folder)


def test_partners_of_different_size(folder):
    put(folder / "input2" / "000002.png", GREEN, (41, 30))
    message = refused(folder)
    assert "000002.png: expected the size of its partner, 40x30, got 41x30" in message


def test_a_file_that_is_no_picture(folder):
    (folder / "input2" / "000002.png").write_bytes(b"P")
    assert "000002.png: expected a picture" in refused(folder)


def test_a_file_that_went_away(folder):
    pairs = UdisPairs(folder)
    (folder / "input1" / "000002.png").unlink()
    with pytest.raises(DatasetError, match=r"000002\.png: cannot be read: No such file"):
        pairs[0]


def test_no_such_layout(tmp_path, folder):
    assert "there is no input1" in refused(tmp_path / "nothing")
    parent = tmp_path / "udis"
    put(parent / "training" / "input1" / "1.png", RED)
    assert refused(parent).endswith("name one of its folders: training")


def test_an_empty_folder(tmp_path):
    (tmp_path / "input1").mkdir()
    (tmp_path / "input2").mkdir()
    assert "input1: expected pictures, found none" in refused(tmp_path)


def test_a_real_pair(assets, tmp_path):
    """A stereo pair of a motorcycle, put into the layout."""
    for half, side in (("input1", "left"), ("input2", "right")):
        (tmp_path / half).mkdir()
        shutil.copy(assets / "eval" / "stereo_motorcycle" / f"motorcycle_{side}.png", tmp_path / half / "000001.png")
    (pair,) = UdisPairs(tmp_path)
    assert pair["i1"].shape == pair["i2"].shape and pair["i1"].std() > 20
    assert (pair["i1"] != pair["i2"]).mean() > 0.5
