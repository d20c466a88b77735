"""Each kind of damage is found and named, and nothing is found where there is none."""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from viewlock.errors import ConfigError, DatasetError
from viewlock.exporters.checks import general_faults
from viewlock.exporters.dataset import ShardDataset
from viewlock.exporters.fields import decode_member, encode_sample
from viewlock.exporters.rerender import rerender
from viewlock.exporters.scene_file import decode_scene, encode_scene
from viewlock.exporters.tar import tar_bytes, tar_index, tar_members
from viewlock.exporters.triple_checks import triple_faults
from viewlock.exporters.verify import Report, summary, verify
from viewlock.renderer.run import Run
from viewlock.renderer.sample import Flow

pytestmark = pytest.mark.render

CONFIG = {"subset": {"camera_threshold": 0.02, "object_threshold": 0.02}}


@pytest.fixture(scope="module")
def samples(tiny_dataset):
    return list(ShardDataset(tiny_dataset))


@pytest.fixture
def dataset(tiny_dataset, tmp_path) -> Path:
    return shutil.copytree(tiny_dataset, tmp_path / "data")


@pytest.fixture
def run(tiny_run, tmp_path) -> Path:
    return shutil.copytree(tiny_run, tmp_path / "run")


def faults(sample) -> list[str]:
    return [*general_faults(sample), *triple_faults(sample, CONFIG)]


# ---------------------------------------------------------------- what is whole
def test_what_is_whole_passes(tiny_dataset, tiny_run, viewlock):
    for path in (tiny_dataset, tiny_run, *sorted(tiny_dataset.glob("train/*.tar"))):
        report = verify(path)
        assert report.faults == [] and report.notes == []
        assert report.samples == {"shard": 2}.get(report.what, 6)
        assert report.members == 30 * report.samples
    done = viewlock("verify", tiny_dataset)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{tiny_dataset}: dataset: 3 archives, 6 samples, 180 members: 0 faults\n"


# ---------------------------------------------------------------- truth
def shifted(flow: Flow, dx: float, where=...) -> Flow:
    moved = flow.flow.copy()
    moved[where] += np.float32([dx, 0])
    return Flow(moved, flow.valid)


def patch(flow: Flow) -> Flow:
    """Another flow in a tenth of the picture."""
    where = np.zeros(flow.valid.shape, bool)
    where[10:30, 20:50] = True
    return shifted(flow, 2.0, where)


def with_nan(flow: Flow) -> Flow:
    broken = flow.flow.copy()
    broken[5, 7, 1] = np.nan
    return Flow(broken, np.ones_like(flow.valid))


DAMAGES = {
    "black": ("i1", lambda v, s: v // 64, "i1: black"),
    "burnt out": ("i2", lambda v, s: np.full_like(v, 255), "i2: burnt out"),
    "flat": ("igt", lambda v, s: np.full_like(v, 90), "igt: flat"),
    "copied label": ("igt", lambda v, s: s["i1"], "igt: the same picture as i1"),
    "size": ("i2", lambda v, s: v[:-1], "sizes differ"),
    "NaN in flow": ("flow_1to2", lambda v, s: with_nan(v), "flow_1to2: 1 pixels, first at (7, 5): valid, but not a"),
    "NaN in depth": ("depth_1", lambda v, s: v * np.nan, "depth_1: 6144 pixels"),
    "depth of other units": ("depth_gt", lambda v, s: v * 1.02, "flow_gtto2: does not agree with depth_gt"),
    "not valid": ("flow_1togt", lambda v, s: Flow(v.flow, v.valid & False), "meta: invalid_share.flow_1togt"),
    "backward flow": ("flow_1to2", lambda v, s: s["flow_2to1"], "flow_1to2: not flow_gtto2 on pixels that stand still"),
    "half a pixel": ("flow_gtto2", lambda v, s: shifted(v, 0.5), "flow_gtto2: does not agree with"),
    "patch of camera flow": ("flow_gtto2", lambda v, s: patch(v), "flow_gtto2: does not agree with depth_gt"),
    "patch of flow": ("flow_1to2", lambda v, s: patch(v), "flow_1to2: not flow_gtto2 on pixels that stand still"),
    "camera motion in object flow": ("flow_1togt", lambda v, s: s["flow_1to2"], "flow_1togt: static pixels move"),
    "seen": ("occluded_1to2", lambda v, s: v & False, "occluded_1to2: "),
    "no dynamic": ("dynamic", lambda v, s: v & False, "dynamic: differs from dynamic_1 or dynamic_gt"),
    "one object's mask": ("dynamic_2", lambda v, s: ~v, "dynamic_2: differs from the moving objects"),
    "relit things": ("relit_1togt", lambda v, s: v | s["dynamic"], "relit_1togt: "),
    "unknown object": ("instances_gt", lambda v, s: v + 900, "instances_gt: object"),
    "no field": ("flow_1togt", None, "fields missing: flow_1togt"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_truth_is_named(samples, name):
    field, edit, expected = DAMAGES[name]
    for sample in (samples[0], samples[4]):
        assert faults(sample) == []
        broken = dict(sample)
        if edit is None:
            del broken[field]
        else:
            broken[field] = edit(sample[field], sample)
        found = faults(broken)
        assert any(line.startswith(expected) for line in found), found


def test_composition_of_moving_pixels(samples):
    """On moving pixels alone: what stands still is left as it is."""
    checked = 0
    for sample in samples:
        broken = {**sample, "flow_1to2": shifted(sample["flow_1to2"], 4.0, sample["dynamic_1"])}
        found = [line for line in faults(broken) if "joined with flow_gtto2 on moving pixels" in line]
        checked += len(found)
    assert checked >= 4


def most_seen(objects: dict) -> str:
    return max(objects, key=lambda index: objects[index]["visible_fraction"])


META = {
    "camera_motion_px": (lambda m: m.update(camera_motion_px=m["camera_motion_px"] + 1), "meta: camera_motion_px"),
    "object_motion_px": (lambda m: m.update(object_motion_px=0.0), "meta: object_motion_px"),
    "dynamic_fraction": (lambda m: m.update(dynamic_fraction=0.999), "meta: dynamic_fraction"),
    "overlap": (lambda m: m.update(overlap=m["overlap"] - 0.1), "meta: overlap"),
    "subset": (lambda m: m.update(subset="none"), "meta: subset"),
    "pose": (lambda m: m["cam_to_world_2"][0].__setitem__(3, 9.0), "flow_gtto2: does not agree with the poses"),
    "focal length": (lambda m: m["K_2"][0].__setitem__(0, 9.0), "flow_gtto2: does not agree with depth_gt"),
    "scene": (lambda m: m.update(scene_id=77), "meta: scene_id"),
    "NaN": (lambda m: m["exposure_ev"].__setitem__(0, float("nan")), "meta.exposure_ev.0: not a finite number"),
    "homography": (lambda m: m["homographies"]["infinity_gtto2"].update(H=[[1]]), "meta: homographies.infinity_gtto2"),
    "objects": (lambda m: m["objects"].pop(most_seen(m["objects"])), "instances_gt: object"),
}


@pytest.mark.parametrize("name", META)
def test_damaged_metadata_is_named(samples, name):
    edit, expected = META[name]
    broken = {**samples[2], "meta": copy.deepcopy(samples[2]["meta"])}
    edit(broken["meta"])
    found = faults(broken)
    assert any(line.startswith(expected) for line in found), found


def test_a_plane_that_does_not_follow_its_homography(samples):
    found = []
    for sample in samples:
        meta = copy.deepcopy(sample["meta"])
        for entry in meta["homographies"].values():
            if "index" in entry:
                H = np.array(entry["H"]) @ np.array([[1, 0, 1.0], [0, 1, 0], [0, 0, 1]])
                entry["H"] = H.tolist()
        found += [line for line in faults({**sample, "meta": meta}) if "homographies.plane_" in line]
    assert len(found) >= 4


# ---------------------------------------------------------------- files of a dataset
def edit_bytes(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def test_a_changed_byte_is_named_by_file_and_member(dataset):
    name = "val/dsia-val-000000.tar"
    member = next(m for m in tar_index(dataset / name) if m.name.endswith("001.i1.png"))
    edit_bytes(dataset / name, member.offset + 60, b"????")
    found = verify(dataset).faults
    assert any(line.startswith(f"{name}: expected sha256") and "SHA256SUMS" in line for line in found)
    assert any(line.startswith(f"{name}: sha256: expected") and "dataset.json" in line for line in found)
    assert {line.split(":")[0] for line in found} == {name}


def test_files_that_are_gone_cut_or_strange(dataset, viewlock):
    (dataset / "val" / "dsia-val-000000.tar").unlink()
    cut = dataset / "test" / "dsia-test-000000.tar"
    cut.write_bytes(cut.read_bytes()[:100_000])
    shutil.copy(dataset / "train" / "dsia-train-000000.tar", dataset / "train" / "dsia-train-000001.tar")
    (dataset / "README.md").write_text("other words")
    (dataset / "ATTRIBUTION.md").unlink()
    done = viewlock("verify", dataset, "--json")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and done.stderr.startswith(f"viewlock: {dataset}: ")
    found = "\n".join(json.loads(done.stdout)["faults"])
    for expected in (
        "val/dsia-val-000000.tar: listed in SHA256SUMS, but missing",
        "test/dsia-test-000000.tar: not a readable tar archive",
        "train/dsia-train-000001.tar: not listed in dataset.json",
        "README.md: expected sha256",
        "ATTRIBUTION.md: listed in SHA256SUMS, but missing",
    ):
        assert expected in found


def resealed(dataset: Path) -> None:
    """As if dataset.json had always been like this."""
    path = dataset / "dataset.json"
    lines = (dataset / "SHA256SUMS").read_text().splitlines()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    kept = [line for line in lines if not line.endswith("  dataset.json")]
    (dataset / "SHA256SUMS").write_text("\n".join([*kept, f"{digest}  dataset.json"]) + "\n")


def test_dataset_json_that_contradicts_the_shards(dataset):
    path = dataset / "dataset.json"
    content = json.loads(path.read_text())
    content["splits"]["val"]["samples"] = 5
    content["shards"][0] |= {"samples": 3, "scenes": [7]}
    path.write_text(json.dumps(content))
    resealed(dataset)
    found = verify(dataset).faults
    name = content["shards"][0]["path"]
    assert "dataset.json: splits.val.samples: expected 2 as in shards, got 5" in found
    assert f"{name}: samples: expected 3 as in dataset.json, got 2" in found
    assert f"{name}: scene 0 does not belong here" in found and f"{name}: scene 7 is missing" in found
    path.write_text(json.dumps({**content, "shards": [{"path": name}]}))
    assert any(line.startswith("dataset.json: expected splits, provenance") for line in verify(dataset).faults)
    path.write_text("{")
    report = verify(dataset)
    rerender(dataset, 1, 0, report, print)
    assert any("cannot be rendered again: " in line for line in report.faults)
    assert any(line.startswith("dataset.json: not JSON") for line in verify(dataset).faults)
    (dataset / "SHA256SUMS").write_text("hello\n")
    assert "SHA256SUMS:1: expected a sha256, two spaces and a path" in verify(dataset).faults


def test_members_of_a_shard(tiny_dataset, tmp_path):
    path = sorted(tiny_dataset.glob("train/*.tar"))[0]
    members = list(tar_members(path.read_bytes(), "here").items())
    members.pop(3)
    members.append(("000000-001.zebra.png", b"x"))
    members.append(members[5])
    shard = tmp_path / "shard.tar"
    shard.write_bytes(tar_bytes(members))
    found = verify(shard).faults
    assert "shard.tar: members are not sorted by name" in found
    assert f"shard.tar: {members[5][0]}: 2 times in the archive" in found
    assert any("zebra" in line and "not part of the format" in line for line in found)
    assert any("depth_gt.npz: " in line or "missing; other samples have it" in line for line in found)


# ---------------------------------------------------------------- files of a run
def remade(run: Path, scene: int, edit) -> None:
    """A scene's file with other samples and right checksums."""
    path = run / "scenes" / f"{scene:06d}.tar"
    members, record = decode_scene(path.read_bytes(), path.name)
    samples: dict[str, dict] = {}
    for name, data in members.items():
        key, field, value = decode_member(name, data)
        samples.setdefault(key, {})[field] = value
    edit(samples, record)
    del record["sha256"]
    path.write_bytes(encode_scene([encode_sample(key, fields) for key, fields in samples.items()], record))


def test_scenes_of_a_run(run):
    scenes = run / "scenes"
    first = tar_index(scenes / "000000.tar")[2]
    edit_bytes(scenes / "000000.tar", first.offset + first.size // 2, b"!!")
    planned = Run.open(run).specs[1].model_dump(mode="json")
    remade(run, 1, lambda samples, record: record.update(spec={**planned, "light_mood": "gloom"}))
    (scenes / "000002.tar").write_bytes((scenes / "000002.tar").read_bytes()[:5000])
    (scenes / "notes.txt").write_text("x")
    found = verify(Run.open(run).path).faults
    assert any(line.startswith(f"scenes/000000.tar: {first.name}: expected sha256") for line in found)
    assert "scenes/000001.tar: scene.json: spec: light_mood differs from the plan" in found
    assert "scenes/000001.tar: 000001-000: meta: spec_sha256: not of the spec in scene.json" in found
    assert any(line.startswith("scenes/000002.tar: no scene.json") for line in found)
    assert "scenes/notes.txt: not a scene of the plan" in found


@pytest.mark.parametrize("record", [{}, {"sha256": 7, "spec": {}}, {"sha256": {}, "spec": "x"}])
def test_a_record_that_is_none(run, record):
    (run / "scenes" / "000002.tar").write_bytes(tar_bytes([("scene.json", json.dumps(record).encode())]))
    (fault,) = verify(run).faults
    assert fault.startswith("scenes/000002.tar: scene.json is damaged")


def test_an_unfinished_run_is_no_fault_but_is_said(run):
    (run / "scenes" / "000001.tar").unlink()
    report = verify(run)
    assert report.faults == []
    assert report.notes == ["1 of 3 scenes are not there, first 1"]
    assert "note: 1 of 3 scenes are not there" in summary(report)


def test_what_is_nothing_of_ours(tmp_path, viewlock):
    with pytest.raises(DatasetError, match="expected a run, a dataset or a shard"):
        verify(tmp_path)
    assert viewlock("verify", tmp_path / "gone").returncode == 2


# ---------------------------------------------------------------- rendering again
def one_pixel(samples, record) -> None:
    picture = samples["000000-001"]["i2"].copy()
    picture[3, 5, 0] ^= 1
    samples["000000-001"]["i2"] = picture


def test_one_changed_bit_is_found_by_rendering_again(run, viewlock):
    remade(run, 0, one_pixel)
    for scene in (1, 2):
        (run / "scenes" / f"{scene:06d}.tar").unlink()
    done = viewlock("verify", run, "--rerender", "5", "--json")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert report["rerendered"] == [0]
    assert len(report["faults"]) == 1
    assert report["faults"][0].startswith("000000-001.i2: differs from a new render: 1 of 6144 pixels, first at (5, 3)")


def copies(source: Path):
    """Stands for a render: the scenes that were made once."""

    def render(new: Run) -> None:
        planned = Run.open(source)
        for scene in new.specs:
            assert new.specs[scene] == planned.specs[scene]
            new.scenes.publish_if_absent(f"{scene:06d}.tar", planned.scenes.read(f"{scene:06d}.tar"))

    return render


def test_a_dataset_is_planned_again_to_render_it_again(tiny_dataset, tiny_run):
    report = Report(str(tiny_dataset), "dataset")
    rerender(tiny_dataset, 2, 5, report, copies(tiny_run))
    assert len(report.rerendered) == 2 and report.faults == [] and report.notes == []
    other = Report(str(tiny_dataset), "dataset")
    rerender(tiny_dataset, 1, 6, other, copies(tiny_run))
    assert len(other.rerendered) == 1


def test_other_versions_are_said(run, tiny_run):
    def older(samples, record) -> None:
        for sample in samples.values():
            sample["meta"]["versions"]["bpy"] = "3.0.0"

    remade(run, 1, older)
    report = Report(str(run), "run")
    rerender(run, 3, 0, report, copies(tiny_run))
    assert report.faults == []
    assert len(report.notes) == 1 and "bpy 3.0.0 there and" in report.notes[0]


def test_a_shard_alone_cannot_be_rendered_again(tiny_dataset):
    shard = sorted(tiny_dataset.glob("train/*.tar"))[0]
    with pytest.raises(ConfigError, match="a shard does not say how it was made"):
        rerender(shard, 1, 0, Report(str(shard), "shard"), print)
