"""Reading shards: ours by index, torch's loader and the real WebDataset; all the format promises is there."""

import json
import pickle
import shutil
import warnings

import numpy as np
import pytest

from viewlock.errors import DatasetError
from viewlock.exporters.dataset import ShardDataset
from viewlock.exporters.fields import decode_member
from viewlock.renderer.sample import Flow

pytestmark = pytest.mark.render

H, W = 64, 96
VIEWS = ("1", "2", "gt")
PAIRS = ("1to2", "gtto2", "1togt", "2to1", "2togt", "gtto1")

ARRAYS = {
    **dict.fromkeys(("i1", "i2", "igt"), ((H, W, 3), np.uint8)),
    **{f"occluded_{pair}": ((H, W), np.bool_) for pair in PAIRS},
    **{f"{mask}_{view}": ((H, W), np.bool_) for mask in ("dynamic", "unreliable") for view in VIEWS},
    "dynamic": ((H, W), np.bool_),
    "relit_1togt": ((H, W), np.bool_),
    **{f"instances_{view}": ((H, W), np.uint16) for view in VIEWS},
    **{f"depth_{view}": ((H, W), np.float32) for view in VIEWS},
}
META = {
    "K_1", "K_2", "cam_to_world_1", "cam_to_world_2", "time_1_s", "time_2_s", "subset", "camera_motion_px",
    "object_motion_px", "dynamic_fraction", "overlap", "homographies", "objects", "scene_id", "spec_sha256", "versions",
}  # fmt: skip


@pytest.fixture
def data(tiny_dataset):
    return ShardDataset(tiny_dataset)


def same(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, Flow):
        return same(a.flow, b.flow) and same(a.valid, b.valid)
    return np.array_equal(a, b) and type(a) is type(b)


def test_every_promised_field_is_there(data):
    flows = {f"flow_{pair}" for pair in PAIRS}
    for sample in data:
        assert sample.keys() == {"key", "meta"} | ARRAYS.keys() | flows
        for name, (shape, dtype) in ARRAYS.items():
            assert (sample[name].shape, sample[name].dtype) == (shape, dtype), name
        for name in flows:
            assert (sample[name].flow.shape, sample[name].flow.dtype) == ((H, W, 2), np.float32)
            assert (sample[name].valid.shape, sample[name].valid.dtype) == ((H, W), np.bool_)


def test_every_promised_key_of_meta_is_there(data):
    for sample in data:
        meta = sample["meta"]
        assert meta.keys() >= META
        assert np.shape(meta["K_1"]) == np.shape(meta["K_2"]) == (3, 3)
        assert np.shape(meta["cam_to_world_1"]) == np.shape(meta["cam_to_world_2"]) == (4, 4)
        assert meta["subset"] in ("LcLf", "LcSf", "ScLf", "ScSf")
        assert {"background_gtto2", "infinity_gtto2"} <= meta["homographies"].keys()
        for entry in meta["objects"].values():
            assert entry.keys() == {"asset", "category", "moving", "visible_fraction"}
        assert sample["key"] == f"{meta['scene_id']:06d}-{meta['pair']:03d}"


def test_keys_are_sorted_within_a_shard_and_unique(data):
    assert sorted(data.keys) == ["000000-000", "000000-001", "000001-000", "000001-001", "000002-000", "000002-001"]
    assert data.keys == [sample["key"] for sample in data]


def test_random_access_equals_sequential(data):
    in_order = list(data)
    assert len(in_order) == len(data) == 6
    for index in (5, 0, 3, 3, 1, -1):
        assert same(data[index], in_order[index])
    with pytest.raises(IndexError):
        data[6]


def test_splits_divide_the_whole(tiny_dataset, data):
    parts = [ShardDataset(tiny_dataset, split).keys for split in ("train", "val", "test")]
    assert [len(p) for p in parts] == [2, 2, 2]
    assert sorted(key for part in parts for key in part) == sorted(data.keys)
    with pytest.raises(DatasetError, match=r"expected one of .*train.*, got 'training'"):
        ShardDataset(tiny_dataset, "training")


def test_a_single_shard_can_be_read(tiny_dataset):
    shard = next((tiny_dataset / "val").glob("*.tar"))
    assert ShardDataset(shard).keys == ShardDataset(tiny_dataset, "val").keys


def test_only_the_asked_for_fields_are_decoded(tiny_dataset, data):
    some = ShardDataset(tiny_dataset, fields=["i1", "flow_1to2"])
    assert some[2].keys() == {"key", "i1", "flow_1to2"}
    assert same(some[2]["flow_1to2"], data[2]["flow_1to2"])
    with pytest.raises(DatasetError, match="'flow1to2': not part of the format"):
        ShardDataset(tiny_dataset, fields=["flow1to2"])


def test_a_pickled_dataset_reads_the_same(data):
    first = data[0]  # its files are open
    copy = pickle.loads(pickle.dumps(data))
    assert same(copy[0], first) and same(copy[5], data[5])


@pytest.mark.filterwarnings("ignore:This DataLoader will create")  # said where there is one core
def test_torch_loads_the_same_with_two_processes(tiny_dataset):
    loading = pytest.importorskip("torch.utils.data")
    data = ShardDataset(tiny_dataset, fields=["i1", "flow_1to2", "meta"])
    expected = list(data)  # the parent's files are open before the workers begin
    loader = loading.DataLoader(
        data, batch_size=None, num_workers=2, multiprocessing_context="fork", collate_fn=lambda sample: sample
    )
    loaded = list(loader)
    assert len(loaded) == 6
    assert all(same(a, b) for a, b in zip(loaded, expected, strict=True))


def test_webdataset_reads_the_shards(tiny_dataset, data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        webdataset = pytest.importorskip("webdataset")
        found = {}
        for shard in sorted(tiny_dataset.rglob("*.tar")):
            for entry in webdataset.WebDataset(str(shard), shardshuffle=False):
                found[entry["__key__"]] = {k: v for k, v in entry.items() if not k.startswith("__")}
    assert sorted(found) == sorted(data.keys)
    for sample in data:
        members = found[sample["key"]]
        assert {name.split(".")[0] for name in members} == sample.keys() - {"key"}
        for name, raw in members.items():
            key, field, value = decode_member(f"{sample['key']}.{name}", raw)
            assert key == sample["key"] and same(value, sample[field])


# ---------------------------------------------------------------- damage
@pytest.fixture
def copy(tiny_dataset, tmp_path):
    return shutil.copytree(tiny_dataset, tmp_path / "copy")


def test_other_folders_and_files_are_refused(tmp_path):
    with pytest.raises(DatasetError, match=r"not a dataset: expected dataset\.json"):
        ShardDataset(tmp_path)
    with pytest.raises(DatasetError, match="not a dataset"):
        ShardDataset(tmp_path / "gone")
    (tmp_path / "x.tar").write_text("hello")
    with pytest.raises(DatasetError, match=r"x\.tar: not a readable tar"):
        ShardDataset(tmp_path / "x.tar")


@pytest.mark.parametrize("text", ["{", "[]", '{"splits": {}}'])
def test_a_damaged_dataset_json_is_named(copy, text):
    (copy / "dataset.json").write_text(text)
    with pytest.raises(DatasetError, match=r"dataset\.json: not") as caught:
        ShardDataset(copy)
    assert "\n" not in str(caught.value)


def test_missing_and_cut_shards_are_named(copy):
    shard = next((copy / "val").glob("*.tar"))
    shard.write_bytes(shard.read_bytes()[:-12000])
    with pytest.raises(DatasetError, match=shard.name):
        ShardDataset(copy)
    assert len(ShardDataset(copy, "train")) == 2
    shard.unlink()
    with pytest.raises(DatasetError, match=shard.name):
        ShardDataset(copy)


def test_a_damaged_member_is_named_when_it_is_read(copy):
    shard = next((copy / "val").glob("*.tar"))
    data = bytearray(shard.read_bytes())
    at = data.index(b"\x89PNG") + 60
    data[at] ^= 0xFF
    shard.write_bytes(data)
    broken = ShardDataset(shard)
    with pytest.raises(DatasetError, match=r"member '000002-000\.\w+\.png'"):
        broken[0]
    assert broken[1]["key"] == "000002-001"


def test_content_lists_what_is_there(tiny_dataset):
    content = json.loads((tiny_dataset / "dataset.json").read_text())
    assert sorted(s["path"] for s in content["shards"]) == sorted(
        p.relative_to(tiny_dataset).as_posix() for p in tiny_dataset.rglob("*.tar")
    )
