"""What an interruption leaves behind must not stop the next try."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from viewlock.errors import DatasetError, OutputError
from viewlock.exporters.pack import check_target
from viewlock.exporters.scene_file import decode_scene, encode_scene
from viewlock.exporters.tar import tar_bytes
from viewlock.generator.config import load_config
from viewlock.renderer.run import Run
from viewlock.store import FolderStore


def test_papers_without_dataset_json_are_an_interrupted_packing(tmp_path):
    for name in ("README.md", "SHA256SUMS", ".dataset.json.17.tmp"):
        (tmp_path / name).write_text("x")
    (tmp_path / "train").mkdir()
    check_target(load_config("dsia"), tmp_path)
    (tmp_path / "holiday.jpg").write_text("x")
    with pytest.raises(OutputError, match="something else is there"):
        check_target(load_config("dsia"), tmp_path)


def test_a_plan_without_configuration_is_an_interrupted_run(tmp_path):
    config = load_config("dsia", {"scenes": 1})
    (tmp_path / "plan.jsonl").write_text("half a li")
    (tmp_path / ".plan.jsonl.17.tmp").write_text("x")
    run = Run.create(tmp_path, config, [])
    assert run.exists and run.specs == {}
    other = tmp_path / "other"
    other.mkdir()
    (other / "plan.jsonl").write_text("x")
    (other / "thesis.tex").write_text("x")
    with pytest.raises(OutputError, match="something else is there"):
        Run.create(other, config, [])


@pytest.mark.parametrize("record", [b'{"sha256": {', b"{}", b"[]"])
def test_a_damaged_record_is_said_to_be_damaged(record):
    with pytest.raises(DatasetError, match=r"scene\.json is damaged"):
        decode_scene(tar_bytes([("scene.json", record)]), "here")


def test_a_member_without_checksum_is_refused():
    whole = encode_scene([{"000000-000.meta.json": b"{}"}], {"attempt": 0})
    members, record = decode_scene(whole, "here")
    assert members == {"000000-000.meta.json": b"{}"} and record["attempt"] == 0
    odd = tar_bytes([("000000-000.i1.png", b"x"), ("scene.json", b'{"sha256":{}}')])
    with pytest.raises(DatasetError, match=r"000000-000\.i1\.png"):
        decode_scene(odd, "here")


def test_a_file_system_without_links_still_publishes_once(tmp_path, monkeypatch):
    def refuse(self, target):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    store = FolderStore(tmp_path)
    assert store.publish_if_absent("a.tar", b"first")
    assert not store.publish_if_absent("a.tar", b"second")
    assert store.read("a.tar") == b"first" and [p.name for p in tmp_path.iterdir()] == ["a.tar"]
