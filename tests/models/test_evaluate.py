"""Evaluation end to end, on shards made here whose truth is known on paper; and every mistake people can make.

The world is a wall of noise and one square of other noise that moves; the camera moves by whole pixels. So warping by
true flow is exact, and what each method must score can be said in advance.
"""

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from viewlock.exporters.fields import encode_sample
from viewlock.exporters.tar import HashedTar
from viewlock.models.aligner import AlignOutput
from viewlock.models.evaluate import evaluate
from viewlock.models.flow_networks import flo_bytes
from viewlock.models.methods import METHODS, Method, get_method, get_methods
from viewlock.models.scoring import score
from viewlock.models.summaries import SUBSETS
from viewlock.renderer.sample import Flow

H, W, SIDE = 64, 96, 18


def noise(seed, height, width):
    draw = np.random.default_rng(seed)
    layers = [cv2.resize(draw.random((height // k, width // k, 3)), (width, height)) for k in (2, 4, 8)]
    return np.rint(np.mean(layers, axis=0) * 255).astype(np.uint8)


def seen(wall, thing, camera, corner):
    """The picture of a camera at `camera`, with the thing at `corner` of the wall; and where the thing is."""
    world, mask = wall.copy(), np.zeros(wall.shape[:2], bool)
    x, y = corner
    world[y : y + SIDE, x : x + SIDE] = thing
    mask[y : y + SIDE, x : x + SIDE] = True
    window = slice(camera[1], camera[1] + H), slice(camera[0], camera[0] + W)
    return world[window], mask[window]


def triple(scene, pair, subset):
    camera, moved = (9, -5) if subset.startswith("Lc") else (1, -1), (14, 6) if subset.endswith("Lf") else (1, 1)
    wall, thing = noise(scene, 2 * H, 2 * W), noise(900 + scene, SIDE, SIDE)
    first, corner = (30, 30), (30 + 20 + 3 * pair, 30 + 20)
    second = (first[0] + camera[0], first[1] + camera[1])
    after = (corner[0] + moved[0], corner[1] + moved[1])
    i1, mask_1 = seen(wall, thing, first, corner)
    igt, mask_gt = seen(wall, thing, first, after)
    i2, mask_2 = seen(wall, thing, second, after)
    grid = np.stack(np.meshgrid(np.arange(W), np.arange(H)), -1)
    gtto2 = np.broadcast_to(-np.float32(camera), (H, W, 2)).copy()
    flow_1to2 = gtto2 + mask_1[..., None] * np.float32(moved)

    def hidden(flow, source):
        x, y = np.moveaxis(grid + flow.astype(int), -1, 0)
        outside = (x < 0) | (x >= W) | (y < 0) | (y >= H)
        covered = mask_2[y.clip(0, H - 1), x.clip(0, W - 1)] & ~source
        return outside | covered

    everywhere = np.ones((H, W), bool)
    meta = {"subset": subset, "scene_id": scene, "pair": pair, "camera_motion_px": float(np.hypot(*camera)),
            "object_motion_px": float(np.hypot(*moved))}  # fmt: skip
    fields = {
        "i1": i1, "i2": i2, "igt": igt, "dynamic": mask_1 | mask_gt, "relit_1togt": np.zeros((H, W), bool),
        "unreliable_gt": np.zeros((H, W), bool), "flow_gtto2": Flow(gtto2, everywhere),
        "flow_1to2": Flow(flow_1to2, everywhere), "occluded_gtto2": hidden(gtto2, mask_gt),
        "occluded_1to2": hidden(flow_1to2, mask_1), "meta": meta,
    }  # fmt: skip
    return f"{scene:06d}-{pair:03d}", fields


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """Eight scenes of two triples in the split test, two scenes a subset. Do not change it."""
    folder = tmp_path_factory.mktemp("synthetic") / "data"
    (folder / "test").mkdir(parents=True)
    shard = io.BytesIO()
    archive = HashedTar(shard)
    for scene in range(8):
        for pair in range(2):
            for name, data in sorted(encode_sample(*triple(scene, pair, SUBSETS[scene % 4])).items()):
                archive.add(name, data)
    archive.close()
    (folder / "test" / "s-test-000000.tar").write_bytes(shard.getvalue())
    shards = [{"path": "test/s-test-000000.tar", "split": "test"}]
    splits = {"test": {"samples": 16, "scenes": 8}, "train": {"samples": 0, "scenes": 0}}
    content = {"kind": "dsia", "splits": splits, "shards": shards, "provenance": {}}
    (folder / "dataset.json").write_text(json.dumps(content))
    return folder


@pytest.fixture(scope="module")
def evaluated(dataset, tmp_path_factory):
    target = tmp_path_factory.mktemp("evaluated") / "out"
    names = ["identity", "copy-i1", "mask-fill", "sift", "true-flow", "true-camera"]
    results = evaluate(names, [dataset], target)
    return target, results


def summary(results, name):
    return next(method["summary"] for method in results["methods"] if method["name"] == name)


def scores(results, name):
    return next(method["scores"] for method in results["methods"] if method["name"] == name)


# ------------------------------------------------------------------ what methods must score
def test_the_truth_of_the_camera_is_exact_where_i2_shows_it(evaluated):
    """Whole pixels: no interpolation. Only what is hidden or out of frame in I2 differs."""
    for one in scores(evaluated[1], "true-camera"):
        assert one["psnr_kept"] == 100
        assert one["regions"]["plain"]["mse"] == 0
        assert 0.7 < one["kept"] < 1


def test_true_flow_has_its_ghosts(evaluated):
    """It takes the thing back to where it was at t1: wrong in Igt, where the thing moved far."""
    results = evaluated[1]
    assert summary(results, "true-flow")["regions"]["dynamic"]["psnr"] < 20
    assert summary(results, "true-camera")["regions"]["dynamic"]["psnr"] > 30
    assert summary(results, "true-flow")["regions"]["plain"]["mae"] == 0


def test_shortcuts_are_what_they_say(evaluated):
    results = evaluated[1]
    assert all(one["unchanged"] for one in scores(results, "identity"))
    assert summary(results, "copy-i1")["regions"]["plain"]["psnr"] == 100
    fill = summary(results, "mask-fill")["regions"]
    assert fill["static"]["psnr"] == 100
    assert fill["dynamic"]["mae"] == summary(results, "identity")["regions"]["dynamic"]["mae"]


def test_sift_aligns_the_wall(evaluated):
    results = evaluated[1]
    gain = summary(results, "sift")["gain"]
    assert gain["average"] > 5
    assert gain["interval"][0] > 0
    assert summary(results, "sift")["regions"]["plain"]["psnr"] > 30


def test_scores_belong_to_samples_in_order(evaluated):
    keys = [f"{scene:06d}-{pair:03d}" for scene in range(8) for pair in range(2)]
    for method in evaluated[1]["methods"]:
        assert [one["key"] for one in method["scores"]] == keys
    assert evaluated[1]["samples"] == dict.fromkeys(SUBSETS, 4)
    assert evaluated[1]["scenes"] == 8


# ------------------------------------------------------------------ files
def test_results_are_the_same_again(dataset, evaluated, tmp_path):
    evaluate([method["name"] for method in evaluated[1]["methods"]], [dataset], tmp_path / "again")
    for name in ("results.json", "tables.md", "table2.csv", "table2.tex", "grid.png"):
        assert (tmp_path / "again" / name).read_bytes() == (evaluated[0] / name).read_bytes(), name


def test_the_grid_shows_the_pictures(evaluated):
    grid = cv2.imread(str(evaluated[0] / "grid.png"))
    # Three blocks of a title and nine tiles on two lines.
    tile = round(H * 320 / W)
    assert grid.shape == (3 * (30 + 2 * (24 + tile + 4)), 5 * 320 + 4 * 4, 3)
    first = cv2.cvtColor(grid[30 + 24 : 30 + 24 + tile, :320], cv2.COLOR_BGR2RGB)
    candidates = [triple(scene, pair, SUBSETS[scene % 4])[1]["i1"] for scene in range(8) for pair in range(2)]
    gaps = [np.abs(cv2.resize(i1, (320, tile)).astype(int) - first).mean() for i1 in candidates]
    assert min(gaps) < 1


def test_costs_are_kept_apart(evaluated):
    cost = json.loads((evaluated[0] / "cost.json").read_text())
    assert all(one["seconds"] >= 0 for one in cost.values())
    assert "SIFT + RANSAC" in (evaluated[0] / "cost.md").read_text()
    assert "seconds" not in (evaluated[0] / "results.json").read_text()


def test_several_datasets_and_a_limit(dataset, tmp_path):
    everything = evaluate(["identity"], [dataset, dataset], tmp_path)
    assert everything["scenes"] == 16, "scenes of two datasets are not the same scenes"
    some = evaluate(["identity"], [dataset, dataset], tmp_path, limit=8, seed=1)
    chosen = [(one["dataset"], one["key"]) for one in scores(some, "identity")]
    assert len(set(chosen)) == 8
    assert chosen == sorted(chosen)
    assert len(some["samples"]) > 2, "not only every second subset"
    other = evaluate(["identity"], [dataset, dataset], tmp_path, limit=8, seed=2)
    assert [(one["dataset"], one["key"]) for one in scores(other, "identity")] != chosen


def test_flow_from_files(dataset, tmp_path):
    """Exact flow in files gives what the truth gives; the way back decides what is trusted."""
    for scene in range(8):
        for pair in range(2):
            key, fields = triple(scene, pair, SUBSETS[scene % 4])
            (tmp_path / f"{key}.flow_1to2.flo").write_bytes(flo_bytes(fields["flow_gtto2"].flow))
            (tmp_path / f"{key}.flow_2to1.flo").write_bytes(flo_bytes(np.full((H, W, 2), 99, np.float32)))
    results = evaluate([f"flow:{tmp_path}", "true-camera"], [dataset], tmp_path / "out")
    by_files, by_truth = (method["scores"] for method in results["methods"])
    assert [one["psnr"] for one in by_files] == [one["psnr"] for one in by_truth]
    assert all(one["kept"] == 0 for one in by_files), "99 px back is no way back"
    assert all(one["psnr_kept"] is None for one in by_files)


# ------------------------------------------------------------------ the command
def test_the_command_end_to_end(command, dataset, tmp_path):
    code, out, err = command(
        "evaluate", "identity", "dis", "true-camera", "--data", dataset, "-o", tmp_path, "--limit", 4
    )
    assert code == 0, err
    assert "| *true flow gt to 2* |" in out
    assert json.loads((tmp_path / "results.json").read_text())["scenes"] in (2, 3, 4)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["siift", "--data", "DATA"], "did you mean 'sift'?"),
        (["sift", "sift", "--data", "DATA"], "expected each of them once"),
        (["sift"], "expected either --data DATASET or --frames DIR"),
        (["sift", "--data", "DATA", "--frames", "DATA"], "expected either --data DATASET or --frames DIR"),
        (["sift", "--data", "DATA", "--split", "exam"], "got 'exam'"),
        (["sift", "--data", "DATA", "--split", "train"], "no sample in split 'train'"),
        (["sift", "--data", "NOWHERE"], "not a dataset"),
        (["sift", "--data", "DATA", "--device", "abacus"], "--device abacus: torch cannot use it here"),
        (["flow:NOWHERE", "--data", "DATA"], "is not a folder"),
        (["flow:DATA", "--data", "DATA"], "no flow of sample 000000-000"),
        (["sd-inpaint:NOWHERE", "--data", "DATA"], "is not a folder"),
        (["DATA", "--data", "DATA"], "no weights.safetensors"),
        (["true-flow", "--frames", "DATA"], "needs truth that pictures alone lack"),
    ],
)
def test_mistakes_are_one_line(command, dataset, tmp_path, words, why):
    places = {"DATA": str(dataset), "NOWHERE": str(tmp_path / "nowhere")}
    words = [w.replace("DATA", places["DATA"]).replace("NOWHERE", places["NOWHERE"]) for w in words]
    code, out, err = command("evaluate", *words, "-o", tmp_path / "out")
    assert (code, out) == (2, "")
    assert err.startswith("viewlock: ")
    assert err.count("\n") == 1
    assert why in err
    assert not (tmp_path / "out" / "results.json").exists()


def test_a_target_that_cannot_be_written_is_refused_before_the_work(command, dataset, tmp_path):
    (tmp_path / "file").write_text("in the way")
    code, out, err = command("evaluate", "sift", "--data", dataset, "-o", tmp_path / "file")
    assert (code, out) == (2, "")
    assert "cannot write" in err


def test_flow_of_another_size_is_refused(command, dataset, tmp_path):
    (tmp_path / "000000-000.flow_1to2.flo").write_bytes(flo_bytes(np.zeros((5, 7, 2), np.float32)))
    code, _, err = command("evaluate", f"flow:{tmp_path}", "--data", dataset, "-o", tmp_path / "out")
    assert code == 2
    assert "expected 96 x 64 pixels, got 7 x 5" in err


def test_a_dataset_of_another_kind_is_refused(command, dataset, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(dataset, other)
    content = json.loads((other / "dataset.json").read_text())
    (other / "dataset.json").write_text(json.dumps({**content, "kind": "planar"}))
    code, _, err = command("evaluate", "sift", "--data", other, "-o", tmp_path / "out")
    assert code == 2
    assert "expected data of kind 'dsia', got 'planar'" in err


def test_missing_libraries_are_named(command, dataset, tmp_path, monkeypatch):
    from viewlock import cli_evaluate

    monkeypatch.setattr(cli_evaluate, "find_spec", lambda name: None if name == "torchmetrics" else object())
    code, _, err = command("evaluate", "sift", "--data", dataset, "-o", tmp_path / "out")
    assert (code, err) == (2, "viewlock: evaluate and align need torchmetrics, which is not installed: pip install "
                              "'viewlock[models]'\n")  # fmt: skip


def test_align_by_the_command(command, tmp_path):
    _, fields = triple(3, 0, "LcLf")
    for name in ("i1", "i2"):
        cv2.imwrite(str(tmp_path / f"{name}.png"), fields[name][..., ::-1])
    pair = tmp_path / "i1.png", tmp_path / "i2.png"
    code, out, err = command("align", *pair, "-o", tmp_path / "out.png", "--model", "sift")
    assert (code, out, err) == (0, f"{tmp_path / 'out.png'}\n", "")
    before, after = (
        np.abs(cv2.imread(str(file))[..., ::-1].astype(int) - fields["igt"]).mean()
        for file in (pair[1], tmp_path / "out.png")
    )
    assert after < 0.4 * before
    for words, why in (
        (["-o", tmp_path / "out.gif", "--model", "sift"], "expected a file name that ends in"),
        (["-o", tmp_path / "out.png", "--model", "shift"], "did you mean 'sift'?"),
        (["-o", tmp_path / "out.png", "--model", "mask-fill"], "needs truth that pictures alone lack (dynamic)"),
    ):
        code, _, err = command("align", *pair, *words)
        assert code == 2
        assert why in err


# ------------------------------------------------------------------ parts
def test_every_method_of_the_table_can_be_had_or_says_why():
    needs_library = {"raft", "pwcnet", "flowformer++", "dpflow"}
    for name in METHODS.keys() - needs_library:
        method = get_method(name)
        assert isinstance(method, Method)
        assert method.label


def test_labels_differ(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name / "flows").mkdir(parents=True)
    names = [f"flow:{tmp_path / name / 'flows'}" for name in ("a", "b")]
    assert [method.label for method in get_methods(names)] == names
    assert get_method(names[0]).label == "flow of flows"


def test_the_table_of_methods_is_exactly_the_methods():
    text = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (`[^|]*) \|.*\| ([^|]*)\|$", text.split("## Methods")[1].split("\n## ")[0], flags=re.MULTILINE
    )
    documented = {
        name: set(re.findall(r"`([^`]+)`", needs)) for first, needs in rows for name in re.findall(r"`([^`]+)`", first)
    }
    wanted = {name: set(entry.needs) for name, entry in METHODS.items()}
    folders = {name: set() for name in ("flow:DIR", "sd-inpaint:DIR", "RUN", "RUN@STRIDE", "vqvae-i1:RUN")}
    assert documented == {**wanted, **folders, "vqvae:RUN": {"igt"}}


def test_giving_up_means_answering_i2():
    flat = {"key": "k", "i1": np.full((H, W, 3), 90, np.uint8), "i2": noise(5, H, W)}
    output = get_method("sift").align(flat)
    assert output.valid is None
    _, fields = triple(0, 0, "LcLf")
    found = score(output, {"key": "k", **fields, "i2": flat["i2"]}, {})
    assert found["unchanged"]
    assert found["kept"] is None


def test_masks_and_distances_are_scored():
    key, fields = triple(0, 0, "LcLf")
    truth = torch.from_numpy(fields["dynamic"])[None].float()
    image = torch.from_numpy(fields["igt"].transpose(2, 0, 1).copy())[None] / 255
    output = AlignOutput(image, dynamic=truth * 0.4 + 0.3)
    found = score(output, {"key": key, **fields}, {"lpips": lambda one, two: float((one - two).abs().mean()) + 0.25})
    assert found["mask"] == {"tp": int(truth.sum()), "fp": 0, "fn": 0}
    assert (found["lpips"], found["dreamsim"], found["psnr"]) == (0.25, None, 100)


def test_the_meter_sees_memory():
    # In a process of its own: one that has tested for long may have as much to spare.
    script = """
import json, torch
from viewlock.models.aligner import AlignOutput
from viewlock.models.scoring import Meter
meter = Meter("cpu")
meter.run(lambda: AlignOutput(torch.ones(1, 3, 2000, 2000)))
print(json.dumps(meter.summary()))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["seconds"] > 0
    if found["megabytes"] is not None:  # not every system tells
        assert 40 < found["megabytes"] < 200  # 48 MB of floats
