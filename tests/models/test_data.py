"""Datasets, runs and shards as one sequence of samples; every way in which they may be wrong."""

import pickle
import shutil

import numpy as np
import pytest

from viewlock.errors import DatasetError
from viewlock.exporters.dataset import ShardDataset
from viewlock.models import data as data_module
from viewlock.models.crops import Window, crop_sample
from viewlock.models.data import open_samples

from .toy_data import H, W, scene, triple, write_dataset, write_run


def problem(*arguments, **options):
    with pytest.raises(DatasetError) as caught:
        open_samples(*arguments, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_samples_are_what_was_written(toy):
    samples = open_samples([toy], "train", ["i1", "dynamic", "flow_1to2", "meta"])
    assert samples.keys == [f"{n:06d}-000" for n in range(6)]
    for number, sample in enumerate(samples):
        truth = triple(number)
        assert sample.keys() == {"key", "i1", "dynamic", "flow_1to2", "meta"}
        assert np.array_equal(sample["i1"], truth["i1"]) and sample["i1"].shape == (H, W, 3)
        assert np.array_equal(sample["dynamic"], truth["dynamic"])
        assert np.array_equal(sample["flow_1to2"].flow, truth["flow_1to2"].flow)
        assert sample["meta"]["scene_id"] == number


def test_only_what_is_asked_for_is_decoded(toy, monkeypatch):
    decoded = []
    real = data_module.decode_member
    monkeypatch.setattr(data_module, "decode_member", lambda name, data: decoded.append(name) or real(name, data))
    open_samples([toy], "val", ["igt"])[1]
    assert decoded == ["000007-000.igt.png"]


@pytest.mark.parametrize(
    "window",
    [Window(0, 0, W, H), Window(5, 3, 32, 24, True), Window(0, 0, W, 20, mirror_y=True), Window(32, 24, 32, 24)],
)
def test_a_window_is_that_of_the_whole_sample(toy, window):
    """Pictures, masks and flow, as PNG and npz: though the rows below the window are not decoded."""
    fields = ["i1", "dynamic", "flow_1to2", "occluded_1to2", "meta"]
    samples = open_samples([toy], "train", fields)
    sizes = []
    found, expected = samples.cropped(1, lambda size: sizes.append(size) or window), crop_sample(samples[1], window)
    assert sizes == [(W, H)] and found.keys() == expected.keys() == {"key", *fields}
    assert found["key"] == expected["key"] and found["meta"] == expected["meta"]
    for name in ("i1", "dynamic", "occluded_1to2"):
        assert np.array_equal(found[name], expected[name]), name
    assert np.array_equal(found["flow_1to2"].flow, expected["flow_1to2"].flow)


def test_several_datasets_splits_and_single_shards(toy, tmp_path):
    other = write_dataset(tmp_path / "other", {"train": [11, 10]})
    assert open_samples([toy, other], "train", ["i1"]).keys[-2:] == ["000010-000", "000011-000"]
    assert len(open_samples([toy], None, ["i1"])) == 10
    shard = toy / "test" / "toy-test-000000.tar"
    assert open_samples([shard], "test", ["i1"]).keys == ["000008-000", "000009-000"]


def test_a_run_that_is_still_rendered(tmp_path):
    run = write_run(tmp_path / "run", {0: "train", 1: "val", 2: "train", 3: "train"}, [0, 1])
    (run / "scenes" / ".000002.tar.x.tmp").write_bytes(b"half a scene")
    assert open_samples([run], "train", ["i1"]).keys == ["000000-000"]
    (run / "scenes" / "000003.tar").write_bytes(scene(3))
    assert open_samples([run], "train", ["i1"]).keys == ["000000-000", "000003-000"]
    assert open_samples([run], "val", ["i1"]).keys == ["000001-000"]
    assert ShardDataset(run).keys == ["000000-000", "000001-000", "000003-000"]  # scene.json is no sample
    assert "no sample in split 'train'" in problem([write_run(tmp_path / "new", {0: "train"}, [])], "train", ["i1"])
    assert "expected train, val, got 'test'" in problem([run], "test", ["i1"]).replace("one of ", "")


def test_samples_travel_to_other_processes(toy):
    samples = open_samples([toy], "val", ["i1"])
    again = pickle.loads(pickle.dumps(samples))
    assert np.array_equal(again[0]["i1"], samples[0]["i1"])


def test_mistakes(toy, tmp_path):
    assert "no data" in problem([], None, ["i1"])
    assert "not a dataset" in problem([tmp_path / "nothing"], None, ["i1"])
    assert "split: expected one of train, val, test, got 'tset'" in problem([toy], "tset", ["i1"])
    assert "expected data of kind 'rigid', got 'dsia'" in problem([toy], None, ["i1"], kind="rigid")
    assert "000000-000 has no field 'depth_1'" in problem([toy], "train", ["i1", "depth_1"])
    assert "'nonsense'" in problem([toy], "train", ["nonsense"])
    empty = write_dataset(tmp_path / "empty", {"train": []})
    assert "no sample" in problem([empty], "train", ["i1"])
    run = write_run(tmp_path / "run", {0: "train"}, [0])
    (run / "plan.jsonl").write_text("{}\n")
    assert "not the plan of a run" in problem([run], "train", ["i1"])


def test_damage_is_named(toy, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(toy, copy)
    shard = copy / "val" / "toy-val-000000.tar"
    raw = bytearray(shard.read_bytes())
    at = raw.index(b"\x89PNG", raw.index(b"000006-000.i1.png"))
    raw[at + 40 : at + 300] = bytes(260)
    shard.write_bytes(raw)
    with pytest.raises(DatasetError, match=r"toy-val-000000.tar: member '000006-000.i1.png': not a PNG"):
        open_samples([copy], "val", ["i1"])[0]
    upper = Window(0, 0, W, 2)  # ends above the damage
    with pytest.raises(DatasetError, match=r"toy-val-000000.tar: member '000006-000.i1.png': not a PNG"):
        open_samples([copy], "val", ["i1"]).cropped(0, lambda size: upper)
    samples = open_samples([copy], "train", ["i1"])
    (copy / "train" / "toy-train-000000.tar").unlink()
    with pytest.raises(DatasetError, match="cannot be read"):
        samples[0]
    shard.write_bytes(raw[:1500])
    assert "cut short" in problem([copy], "val", ["i1"])
