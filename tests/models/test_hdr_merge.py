"""Brackets: tones that match, exposures known on paper, and less of a ghost after alignment."""

import contextlib
import runpy
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from viewlock.exporters.fields import encode_sample
from viewlock.exporters.tar import tar_bytes
from viewlock.models.aligner import AlignOutput
from viewlock.models.hdr_merge import align_bracket, exposed, fuse, match_tone, merge
from viewlock.models.methods import Method, get_method
from viewlock.models.metrics import psnr, region
from viewlock.models.photos import write_photo
from viewlock.models.warping import tensor_of_picture

from .toy_data import triple

H, W = 80, 120


@pytest.fixture(scope="module")
def pair():
    """Two pictures of one wall, 6 pixels apart."""
    draw = np.random.default_rng(1)
    wall = np.mean([cv2.resize(draw.random((H // k, 2 * W // k, 3)), (2 * W, H)) for k in (4, 8)], axis=0)
    wall = np.rint((wall - 0.2) * 350).clip(0, 255).astype(np.uint8)
    return wall[:, 20 : 20 + W], wall[:, 26 : 26 + W]


def test_a_stop_doubles_linear_light():
    picture = np.array([[[0, 5, 100]]], np.uint8)
    assert np.array_equal(exposed(picture, 0), picture)
    assert exposed(picture, 1)[0, 0].tolist() == [0, 10, 138]  # the toe is straight; 1.055 * 0.25488^(1 / 2.4) - 0.055
    assert exposed(np.full((1, 1, 3), 250, np.uint8), 2).max() == 255


def test_equal_histograms_change_nothing(pair):
    shuffled = np.random.default_rng(2).permutation(pair[0].reshape(-1, 3)).reshape(pair[0].shape)
    assert np.array_equal(match_tone(pair[0], shuffled), pair[0])


def test_matched_tones_are_near(pair):
    dark = exposed(pair[0], -2)
    gap = np.abs(match_tone(dark, pair[0]).astype(int) - pair[0])
    assert gap.mean() < 3 < np.abs(dark.astype(int) - pair[0]).mean()


def test_fusing_one_picture_twice_gives_it_back(pair):
    assert np.abs(fuse([pair[0], pair[0]]).astype(int) - pair[0]).max() <= 2


def test_alignment_removes_the_ghost(pair):
    brackets = [exposed(pair[0], -1.5), exposed(pair[1], 1.5)]
    wanted = fuse([exposed(pair[0], -1.5), exposed(pair[0], 1.5)])
    inner = np.zeros((H, W), bool)
    inner[8:-8, 8:-14] = True
    told = {name: psnr(region(merge(brackets, 0, method), wanted, inner).mse)
            for name, method in (("none", None), ("sift", get_method("sift")))}  # fmt: skip
    assert told["sift"] > told["none"] + 8


def test_brackets_keep_their_exposure(pair):
    """With a flow the bracket itself is warped; without one the prediction gets the bracket's tone back."""
    bright = exposed(pair[1], 1)
    by_flow = align_bracket(get_method("sift"), pair[0], bright)
    truth = Method("t", "t", lambda sample: AlignOutput(tensor_of_picture(sample["i1"])))
    by_picture = align_bracket(truth, pair[0], bright)
    wanted = exposed(pair[0], 1)
    for found in (by_flow, by_picture):
        assert np.abs(found[:, : W - 8].astype(int) - wanted[:, : W - 8]).mean() < 4


def test_the_example(pair, tmp_path, monkeypatch, capsys):
    files = []
    for k, (picture, ev) in enumerate(zip((pair[0], pair[1]), (-1, 1), strict=True)):
        files.append(tmp_path / f"{k}.png")
        write_photo(files[-1], exposed(picture, ev))
    script = Path(__file__).parents[2] / "examples" / "hdr_merge.py"
    words = [str(script), *map(str, files), "--method", "sift", "-o", str(tmp_path / "out.png")]
    monkeypatch.setattr(sys, "argv", words)
    runpy.run_path(str(script), run_name="__main__")
    assert cv2.imread(str(tmp_path / "out.png")).std() > 20
    monkeypatch.setattr(sys, "argv", [*words, "--reference", "2"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(script), run_name="__main__")
    assert ended.value.code == 2
    assert capsys.readouterr().err == "hdr_merge: --reference 2: expected 0 to 1\n"


def run_on(dataset, target, monkeypatch, capsys):
    script = Path(__file__).parents[2] / "examples" / "hdr_merge.py"
    words = [str(script), "--data", str(dataset), "--stored", "--method", "sift", "-o", str(target)]
    monkeypatch.setattr(sys, "argv", words)
    with contextlib.suppress(SystemExit):
        runpy.run_path(str(script), run_name="__main__")
    return capsys.readouterr()


def test_the_example_with_stored_brackets(tmp_path, monkeypatch, capsys):
    made = triple(3)
    made |= {"i1_bracket1": exposed(made["i1"], -2), "i2_bracket0": exposed(made["i2"], 1)}
    said = {"brackets_ev": [1, -2], "degradations": {"i2_bracket0": {"exposure_ev": 1}}}
    shard = tmp_path / "one.tar"
    for meta in (said, {}):
        members = encode_sample("000003-000", made | {"meta": made["meta"] | meta})
        shard.write_bytes(tar_bytes(sorted(members.items())))
        told = run_on(shard, tmp_path / "out.png", monkeypatch, capsys)
        if meta:
            dark, bright = made["i1_bracket1"], made["i2_bracket0"]
            wanted = psnr(region(fuse([dark, bright]), fuse([dark, exposed(made["igt"], 1)]), ~made["dynamic"]).mse)
            assert told.out.startswith(f"not aligned  {wanted:.2f} dB\n")
        else:
            assert "--stored" in told.err and "has no brackets" in told.err and told.err.count("\n") == 1
