"""The catalogue: procedural assets as they are built, user folders, splits by hash, and its errors."""

import hashlib
import os
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewlock.assets_manifest.catalogue import Asset, Catalogue, file_sha256, procedural, scan_folder, split_of_hash
from viewlock.errors import ConfigError

WEIGHTS = {"train": 0.7, "val": 0.1, "test": 0.2}


def sha(text) -> str:
    return hashlib.sha256(str(text).encode()).hexdigest()


def test_procedural_yaml_is_what_the_builders_say():
    pytest.importorskip("bpy", reason="needs Blender: pip install 'viewlock[render]'")
    from viewlock.blender_scenes.inventory import inventory

    expected = tuple(Asset(**entry) for entry in inventory())
    assert procedural() == expected, (
        "assets_manifest/procedural.yaml is out of date: run python -m viewlock.blender_scenes.inventory"
    )


def test_procedural_assets_cover_every_split():
    catalogue = Catalogue(procedural())
    for split in ("train", "val", "test"):
        assert len(catalogue.of("character", split)) >= 3
        assert len(catalogue.of("object", split)) >= 10
        assert {a.category for a in catalogue.of("place", split)} == {"indoor", "outdoor", "dome"}
    identities = [a for a in procedural() if a.kind in ("character", "object")]
    assert all(a.split in ("train", "val", "test") and a.bounds_m is not None for a in identities)
    assert len({a.id for a in procedural()}) == len(procedural())
    for asset in identities:
        low, high = asset.bounds_m
        assert all(a < b for a, b in zip(low, high, strict=True)), asset.id
        assert max(high) < 5, asset.id


@given(st.text())
def test_a_split_depends_on_the_bytes_alone(text):
    assert split_of_hash(sha(text), WEIGHTS) == split_of_hash(sha(text), dict(reversed(WEIGHTS.items())))


def test_splits_by_hash_have_their_shares():
    counts = Counter(split_of_hash(sha(k), WEIGHTS) for k in range(20_000))
    for split, weight in WEIGHTS.items():
        assert abs(counts[split] / 20_000 - weight) < 0.01
    tenfold = {split: 10 * weight for split, weight in WEIGHTS.items()}
    assert all(split_of_hash(sha(k), WEIGHTS) == split_of_hash(sha(k), tenfold) for k in range(100))


def test_splits_by_hash_at_the_ends():
    assert split_of_hash("0" * 64, WEIGHTS) == "train"
    assert split_of_hash("f" * 64, WEIGHTS) == "test"
    assert split_of_hash("f" * 64, {"train": 1.0}) == "train"
    assert split_of_hash("0" * 64, {"train": 0.0, "val": 1.0}) == "val"


# ---------------------------------------------------------------- folders
def test_a_folder_is_scanned_below_and_sorted(tmp_path):
    (tmp_path / "more").mkdir()
    for name in ("b.hdr", "more/a.EXR", "a.exr", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())
    found = scan_folder("hdri", tmp_path, WEIGHTS)
    assert [asset.id for asset in found] == ["hdri/a", "hdri/b", "hdri/more/a"]
    assert found[1].sha256 == sha("b.hdr") == file_sha256(tmp_path / "b.hdr")
    assert found[1].path == tmp_path / "b.hdr"
    assert {asset.licence for asset in found} == {"unknown"}
    assert all(asset.split == split_of_hash(asset.sha256, WEIGHTS) for asset in found)


def test_adding_files_moves_no_other(tmp_path):
    for k in range(10):
        (tmp_path / f"{k}.txt").write_text(f"{k}")
    before = scan_folder("trajectory", tmp_path, WEIGHTS)
    (tmp_path / "00.txt").write_text("new")
    after = {asset.id: asset.split for asset in scan_folder("trajectory", tmp_path, WEIGHTS)}
    assert all(after[asset.id] == asset.split for asset in before)


def test_missing_and_empty_folders_are_named(tmp_path):
    with pytest.raises(ConfigError, match=r"gone: expected a folder with \.hdr or \.exr files"):
        scan_folder("hdri", tmp_path / "gone", WEIGHTS)
    (tmp_path / "x.txt").write_text("")
    with pytest.raises(ConfigError, match=r"expected \.hdr or \.exr files, found none"):
        scan_folder("hdri", tmp_path, WEIGHTS)
    with pytest.raises(ConfigError, match=r"x\.txt: expected a folder"):
        scan_folder("trajectory", tmp_path / "x.txt", WEIGHTS)


def test_two_files_of_one_name_are_refused(tmp_path):
    (tmp_path / "a.hdr").write_text("1")
    (tmp_path / "a.exr").write_text("2")
    with pytest.raises(ConfigError, match=r"a\.hdr: has the same name as .*a\.exr"):
        scan_folder("hdri", tmp_path, WEIGHTS)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        file_sha256(tmp_path)
    with pytest.raises(ConfigError, match=r"gone\.hdr: cannot be read: No such file"):
        file_sha256(tmp_path / "gone.hdr")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path):
    (tmp_path / "a.hdr").write_text("")
    (tmp_path / "a.hdr").chmod(0)
    with pytest.raises(ConfigError, match=r"a\.hdr: cannot be read: Permission denied"):
        scan_folder("hdri", tmp_path, WEIGHTS)


def test_real_skies_are_found(assets):
    found = scan_folder("hdri", assets / "hdris", WEIGHTS)
    assert len(found) >= 2
    assert len({asset.sha256 for asset in found}) == len(found)


# ---------------------------------------------------------------- asking
def test_an_asset_that_is_not_there_or_has_changed():
    catalogue = Catalogue([Asset(id="hdri/a", kind="hdri", sha256="a" * 64, split="val")])
    assert catalogue.get("hdri/a", "a" * 64).name == "a"
    with pytest.raises(ConfigError, match="'hdri/b': not in the catalogue"):
        catalogue.get("hdri/b")
    with pytest.raises(
        ConfigError, match=r"'hdri/a': expected sha256 bbbbbbbbbbbb\.\.\., got aaaaaaaaaaaa\.\.\..*plan"
    ):
        catalogue.get("hdri/a", "b" * 64)


def test_asking_for_a_split():
    assets = [Asset(id=f"sky/{s}", kind="sky", sha256="0" * 64, split=s) for s in ("train", "val", "any")]
    catalogue = Catalogue(reversed(assets))
    assert [a.name for a in catalogue.of("sky", "val")] == ["any", "val"]
    assert [a.name for a in catalogue.of("sky", "test")] == ["any"]
    assert [a.name for a in catalogue.of("sky")] == ["any", "train", "val"]
    assert len(catalogue) == 3 and catalogue.of("hdri") == []
