"""Packing copies: the same scenes give the same bytes, and nothing foreign is overwritten."""

import fnmatch
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tracemalloc

import pytest
import yaml

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.errors import DatasetError, OutputError
from viewlock.exporters.dataset import ShardDataset
from viewlock.exporters.pack import pack
from viewlock.exporters.scene_file import decode_scene, encode_scene
from viewlock.exporters.tar import tar_members
from viewlock.generator.plan import load_catalogue, plan_lines
from viewlock.renderer.run import Run, scene_file

pytestmark = pytest.mark.render


@pytest.fixture
def run(tiny_run, tmp_path):
    """A copy that may be changed."""
    return Run.open(shutil.copytree(tiny_run, tmp_path / "run"))


@pytest.fixture
def target(tmp_path):
    return tmp_path / "data"


def packed(run, target, partial=False):
    return pack(run, target, load_catalogue(run.config), partial)


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_packing_twice_gives_the_same_bytes(run, target, tmp_path, tiny_dataset):
    packed(run, target)
    packed(run, tmp_path / "again")
    assert contents(target) == contents(tmp_path / "again") == contents(tiny_dataset)
    left = target / "train" / ".dsia-train-000000.tar.77.tmp"  # by one that was killed
    left.touch()
    os.utime(left, (0, 0))
    packed(run, target)  # over itself
    assert contents(target) == contents(tiny_dataset)


def test_the_checksums_hold(tiny_dataset):
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tiny_dataset, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    listed = {line.split("  ")[1] for line in (tiny_dataset / "SHA256SUMS").read_text().splitlines()}
    assert listed == set(contents(tiny_dataset)) - {"SHA256SUMS"}
    content = json.loads((tiny_dataset / "dataset.json").read_text())
    sums = dict(reversed(line.split("  ")) for line in (tiny_dataset / "SHA256SUMS").read_text().splitlines())
    assert all(sums[shard["path"]] == shard["sha256"] for shard in content["shards"])


def test_shards_hold_the_members_of_scenes_byte_for_byte(tiny_run, tiny_dataset):
    shards, scenes = {}, {}
    for shard in tiny_dataset.rglob("*.tar"):
        shards |= tar_members(shard.read_bytes(), str(shard))
    for scene in (tiny_run / "scenes").glob("*.tar"):
        scenes |= decode_scene(scene.read_bytes(), str(scene))[0]
    assert shards == scenes
    assert len(shards) == 6 * (3 + 6 + 6 + 4 + 1 + 3 + 3 + 3 + 1)


def test_members_are_sorted_and_a_sample_stays_together(tiny_dataset):
    for shard in tiny_dataset.rglob("*.tar"):
        names = list(tar_members(shard.read_bytes(), str(shard)))
        assert names == sorted(names)


def test_nothing_says_when_or_where_it_was_made(tiny_dataset):
    node = platform.node()
    for name, data in contents(tiny_dataset).items():
        assert str(tiny_dataset.parent).encode() not in data, name
        assert len(node) < 5 or node.encode() not in data, name


def test_shards_follow_splits_and_scene_ranges(run, target):
    content = packed(run, target)
    assert [(s["path"], s["scenes"]) for s in content["shards"]] == [
        ("train/dsia-train-000000.tar", [0]),
        ("val/dsia-val-000000.tar", [2]),
        ("test/dsia-test-000000.tar", [1]),
    ]
    for shard in content["shards"]:
        assert all(run.specs[scene].split == shard["split"] for scene in shard["scenes"])


def test_splits_share_neither_scenes_nor_people_nor_things(tiny_dataset):
    content = json.loads((tiny_dataset / "dataset.json").read_text())
    identities = [a for a in content["assets"] if a["id"].split("/")[0] in ("character", "object")]
    assert len(identities) > 10
    assert all(len(a["used_in"]) == 1 for a in identities)
    scenes = [scene for shard in content["shards"] for scene in shard["scenes"]]
    assert sorted(scenes) == [0, 1, 2]


def test_counts_and_labels_are_those_of_the_samples(tiny_dataset):
    content = json.loads((tiny_dataset / "dataset.json").read_text())
    for split, entry in content["splits"].items():
        metas = [sample["meta"] for sample in ShardDataset(tiny_dataset, split, ["meta"])]
        assert entry["samples"] == len(metas) == 2
        assert entry["scenes"] == 1
        assert entry["subsets"] == {s: [m["subset"] for m in metas].count(s) for s in {m["subset"] for m in metas}}
        used = {asset for meta in metas for asset in meta["assets"]}
        assert used == {a["id"] for a in content["assets"] if split in a["used_in"]}
    targets = content["subset_targets"]
    assert sum(t["pairs"] for t in targets.values()) == 6
    assert all(t["reached"] <= t["pairs"] for t in targets.values())


def test_the_papers(tiny_dataset):
    card = (tiny_dataset / "README.md").read_text()
    _, header, text = card.split("---\n", 2)
    assert yaml.safe_load(header)["pretty_name"] == "dsia"
    assert "6 samples" in text and "96 x 64" in text
    code = text.split("```python\n")[1].split("```")[0]
    done = subprocess.run([sys.executable, "-c", code], cwd=tiny_dataset, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    attribution = (tiny_dataset / "ATTRIBUTION.md").read_text()
    content = json.loads((tiny_dataset / "dataset.json").read_text())
    rows = [line for line in attribution.splitlines() if line.startswith("| ") and "/" in line.split("|")[1]]
    assert [row.split("|")[1].strip() for row in rows] == [a["id"] for a in content["assets"]]


def test_the_croissant_describes_the_shards_and_finds_every_picture(tiny_dataset):
    content = json.loads((tiny_dataset / "dataset.json").read_text())
    croissant = json.loads((tiny_dataset / "croissant.json").read_text())
    assert croissant["version"] == content["version"] == "0.0.0"
    described = {entry["@id"]: entry for entry in croissant["distribution"]}
    keys: dict[str, set[str]] = {"i1": set(), "i2": set(), "igt": set()}
    for shard in content["shards"]:
        entry = described[shard["path"]]
        size = (tiny_dataset / entry["contentUrl"]).stat().st_size
        assert (entry["sha256"], entry["contentSize"]) == (shard["sha256"], f"{size} B")
        with tarfile.open(tiny_dataset / entry["contentUrl"]) as archive:
            names = archive.getnames()
        for records in croissant["recordSet"]:
            source = next(f for f in records["field"] if f["name"] == "key")["source"]
            files = described[source["fileSet"]["@id"]]
            assert {"@id": shard["path"]} in files["containedIn"]
            matching = fnmatch.filter(names, files["includes"])
            keys[records["name"]] |= {re.match(source["transform"]["regex"], name)[1] for name in matching}
    expected = {sample["key"] for sample in ShardDataset(tiny_dataset, fields=["meta"])}
    assert all(found == expected for found in keys.values())


# ---------------------------------------------------------------- refusals
def test_a_folder_with_something_else_is_refused(run, target):
    target.mkdir()
    (target / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="something else is there"):
        packed(run, target)
    assert contents(target) == {"thesis.txt": b"mine"}


def test_a_file_in_the_way_is_refused(run, target):
    target.write_text("mine")
    with pytest.raises(OutputError, match="something else is there"):
        packed(run, target)
    assert target.read_text() == "mine"


def test_an_empty_folder_will_do(run, target):
    target.mkdir()
    assert packed(run, target)["splits"]["train"]["samples"] == 2


def test_a_dataset_of_another_configuration_is_refused(run, target):
    packed(run, target)
    content = json.loads((target / "dataset.json").read_text())
    content["provenance"]["config"]["seed"] += 1
    (target / "dataset.json").write_text(json.dumps(content))
    before = contents(target)
    with pytest.raises(OutputError, match="another configuration"):
        packed(run, target)
    assert contents(target) == before


@pytest.mark.parametrize("text", ["{", "[]", "{}", "\xff"])
def test_a_damaged_dataset_json_is_named(run, target, text):
    target.mkdir()
    (target / "dataset.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(DatasetError, match=r"dataset\.json"):
        packed(run, target)


def test_missing_scenes_are_named_and_may_be_left_out(run, target, tiny_dataset):
    middle = run.path / "scenes" / "000001.tar"
    data = middle.read_bytes()
    middle.unlink()
    with pytest.raises(DatasetError, match="1 of 3 scenes are not rendered yet, first 1; run 'viewlock render"):
        packed(run, target)
    assert not target.exists()
    content = packed(run, target, partial=True)
    assert [s["scenes"] for s in content["shards"]] == [[0], [2]]
    assert content["splits"]["test"] == {"scenes": 0, "samples": 0, "subsets": {}}
    middle.write_bytes(data)
    packed(run, target)
    assert contents(target) == contents(tiny_dataset)


def test_quarantined_scenes_are_left_out_and_listed(run, target):
    (run.path / "scenes" / "000001.tar").unlink()
    run.quarantine(1, {"scene": 1, "error": "crash"})
    content = packed(run, target)
    assert content["quarantined"] == [1]
    assert [s["scenes"] for s in content["shards"]] == [[0], [2]]


def test_a_run_without_scenes_is_refused(run, target):
    shutil.rmtree(run.path / "scenes")
    with pytest.raises(DatasetError, match="no scene is finished"):
        packed(run, target, partial=True)


@pytest.mark.parametrize("damage", ["flip", "cut", "empty"])
def test_a_damaged_scene_is_named(run, target, damage):
    path = run.path / "scenes" / "000002.tar"
    data = bytearray(path.read_bytes())
    if damage == "flip":
        data[600] ^= 0xFF  # within the first member's data
    path.write_bytes({"flip": data, "cut": data[: len(data) // 2], "empty": b""}[damage])
    with pytest.raises(DatasetError, match=r"000002\.tar") as caught:
        packed(run, target)
    assert "\n" not in str(caught.value)
    assert not (target / "dataset.json").exists()


def test_files_that_are_no_scenes_do_not_disturb(run, target, tiny_dataset):
    for name in ("notes.tar", ".000001.tar.x.tmp", "000001.tar.bak"):
        (run.path / "scenes" / name).write_text("")
    packed(run, target)
    assert contents(target) == contents(tiny_dataset)


def test_the_recorded_checksum_of_an_asset_is_the_one_it_was_rendered_with(run, target):
    """Not the one it has when the dataset is packed."""
    catalogue = load_catalogue(run.config)
    known = [asset for kind in ("character", "object", "place", "sky") for asset in catalogue.of(kind)]
    changed = Catalogue(asset.model_copy(update={"sha256": "0" * 64}) for asset in known)
    entries = pack(run, target, changed)["assets"]
    assert entries and all(entry["sha256"] == catalogue.get(entry["id"]).sha256 for entry in entries)


def test_a_shard_is_written_with_one_scene_in_memory(run, target):
    """Three scenes of 12 MB in one shard, packed with less than two of them in memory at once."""
    size = 12_000_000
    for spec in run.specs.values():
        path = run.scenes.folder / scene_file(spec.scene_id)
        members, record = decode_scene(path.read_bytes(), str(path))
        first = next(name for name in sorted(members) if name.endswith(".i1.png"))
        path.write_bytes(encode_scene([{**members, first: bytes(size)}], record))
    as_one_split = [spec.model_copy(update={"split": "train"}) for spec in run.specs.values()]
    (run.path / "plan.jsonl").write_text(plan_lines(as_one_split))
    config = yaml.safe_load((run.path / "config.yaml").read_text())
    (run.path / "config.yaml").write_text(yaml.safe_dump({**config, "shards": {"scenes": 50}}))
    run = Run.open(run.path)
    tracemalloc.start()
    content = packed(run, target)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [len(shard["scenes"]) for shard in content["shards"]] == [3] and content["shards"][0]["bytes"] > 3 * size
    # The scene's file and its members are two copies.
    assert peak < 2.6 * size
