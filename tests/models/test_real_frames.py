"""Frames without truth: what the surrogates mean on pairs whose truth is known, and real folders."""

import json

import cv2
import numpy as np
import pytest

from viewlock.errors import ConfigError, DatasetError
from viewlock.models.photos import write_photo
from viewlock.models.real_frames import evaluate_frames, guess

H, W = 96, 144


@pytest.fixture(scope="module")
def frames():
    """Four pictures of a wall from a moving camera, with a square that moves further."""
    draw = np.random.default_rng(0)
    wall, thing = (
        np.rint(np.mean([cv2.resize(draw.random((h // k, w // k, 3)), (w, h)) for k in (3, 6)], axis=0) * 255)
        for h, w in ((2 * H, 2 * W), (30, 30))
    )
    pictures = []
    for k in range(4):
        world = wall.copy()
        world[70:100, 60 + 8 * k : 90 + 8 * k] = thing
        pictures.append(world[40 + k : 40 + k + H, 40 + 2 * k : 40 + 2 * k + W].astype(np.uint8))
    return pictures


@pytest.fixture
def folder(frames, tmp_path):
    for k, picture in enumerate(frames):
        write_photo(tmp_path / "clip" / f"{k:03d}.png", picture)
    return tmp_path / "clip"


def test_the_guess_tells_the_wall_from_the_thing(frames):
    found = guess(frames[0], frames[1])
    assert found is not None
    square = np.zeros((H, W), bool)
    square[30:60, 20:50] = True
    assert found.moving[square].mean() > 0.7
    assert found.moving[~square].mean() < 0.06
    assert found.still[~square].mean() > 0.8
    assert not (found.still & found.moving).any()
    gap = np.abs(found.brought_back[5:25, 60:].astype(int) - frames[0][5:25, 60:])
    assert gap[:, :-4].mean() < 3


def test_nothing_is_guessed_of_flat_pictures():
    flat = np.full((H, W, 3), 100, np.uint8)
    assert guess(flat, flat) is None


def test_shortcuts_show_what_the_surrogates_are_worth(folder, tmp_path):
    results = evaluate_frames(["copy-i1", "identity", "sift"], [folder], tmp_path / "out")
    copy, identity, sift = (method["summary"] for method in results["methods"])
    assert copy["still_psnr"] == 100 > copy["moving_psnr"] + 70
    assert sift["moving_psnr"] == 100 > sift["still_psnr"] > identity["still_psnr"] + 5
    assert copy["lpips"] is copy["dreamsim"] is None
    text = (tmp_path / "out" / "tables.md").read_text()
    assert "exact by definition" in text
    assert "surrogate" in text
    assert json.loads((tmp_path / "out" / "results.json").read_text())["pairs"] == 3
    assert cv2.imread(str(tmp_path / "out" / "grid.png")).std() > 20


def test_stride_and_limit_choose_pairs(folder, tmp_path):
    results = evaluate_frames(["identity"], [folder, folder], tmp_path / "out", stride=2, limit=3)
    assert [one["key"] for one in results["methods"][0]["scores"]] == ["000", "001", "000"]
    with pytest.raises(ConfigError, match=r"--stride 4: .* has only 4 frames"):
        evaluate_frames(["identity"], [folder], tmp_path / "out", stride=4)


def test_frames_of_two_sizes_are_refused(folder, tmp_path):
    write_photo(folder / "001.png", np.zeros((40, 50, 3), np.uint8))
    with pytest.raises(ConfigError, match="expected pictures of one size, got 144 x 96 and 50 x 40"):
        evaluate_frames(["identity"], [folder], tmp_path / "out")
    with pytest.raises(DatasetError, match="expected a folder of frames"):
        evaluate_frames(["identity"], [tmp_path / "nowhere"], tmp_path / "out")


def test_real_frames(assets, tmp_path):
    results = evaluate_frames(["copy-i1", "identity"], [assets / "eval" / "sintel" / "alley_1"], tmp_path, limit=1)
    summary = results["methods"][1]["summary"]
    assert 0.5 < summary["still_share"] <= 1
    assert summary["still_psnr"] > 20
