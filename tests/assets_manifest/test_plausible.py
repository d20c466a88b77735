"""How large things are by their names; what motions are by theirs; checksums that are remembered."""

import os

import pytest

from viewlock.assets_manifest import remembered
from viewlock.assets_manifest.catalogue import file_sha256
from viewlock.assets_manifest.clip_names import goes, playable, runs
from viewlock.assets_manifest.plausible import SIZES, is_child, plausible_size, stocky
from viewlock.errors import ConfigError


@pytest.mark.parametrize(
    ("category", "tags", "name", "called"),
    [
        ("", (), "lib/objects/cat", "cat"),
        ("", (), "CesiumMilkTruck", "truck"),
        ("", (), "old_sofas_02", "sofa"),
        ("", (), "cow_lamp", "lamp"),  # the last word is the noun
        ("", ("dog",), "cow_lamp", "dog"),  # tags before the name
        ("chair", ("dog",), "cow_lamp", "chair"),  # the category before both
        ("", (), "toys/elephant", "toy"),
        ("", (), "category/concatenate", None),  # whole words only
        ("", (), "gso/Wooden_ABC", None),
    ],
)
def test_what_a_thing_is_taken_for(category, tags, name, called):
    found = plausible_size(category, tags, name)
    assert (found and found[0]) == called
    assert called != "toy" or found[1][1] < 1.0  # whatever it shows


def test_every_range_is_one_and_no_word_is_there_twice():
    words = [word for line in SIZES for word in line.split()]
    assert len(words) == len(set(words)) > 100
    assert all(0.01 < low < high <= 30 for low, high in SIZES.values())


def test_children_and_bodies_that_are_no_humans():
    assert is_child("", ("Child",), "x") and not is_child("", (), "childhood")
    assert not stocky(0.9, 0.17, 1.75)  # a man
    assert stocky(0.27, 0.24, 1.72) and stocky(0.64, 0.55, 1.72)  # a dwarf; a robot with legs at its sides


def test_names_of_motions():
    names = ["Walking_A", "T-Pose", "Sit_Chair_Idle", "Death", "Jump_Idle", "Idle", "Man_RunningJump", "mixamo.com"]
    assert playable(names) == ("Walking_A", "Idle", "Man_RunningJump", "mixamo.com")
    assert [goes(n) for n in ("Walking_A", "Idle", "Gallop", "Trunk")] == [True, False, True, False]
    assert runs("Running_B") and not runs("Walk")


@pytest.fixture
def counted(monkeypatch, tmp_path):
    """A file that has been there for a while, and how often it was read."""
    monkeypatch.setenv("VIEWLOCK_CACHE", str(tmp_path / "cache"))
    read = []
    monkeypatch.setattr(remembered, "file_sha256", lambda path: read.append(path) or file_sha256(path))
    monkeypatch.setattr(remembered, "_SETTLED_S", -1.0)
    path = tmp_path / "a.bin"
    path.write_bytes(b"one")
    return path, read


def test_a_file_is_read_once_until_it_changes(counted):
    path, read = counted
    first = remembered.remembered_sha256(path)
    assert remembered.remembered_sha256(path) == first == file_sha256(path) and len(read) == 1
    before = path.stat()
    path.write_bytes(b"two")  # as long, and made to look as old
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert remembered.remembered_sha256(path) == file_sha256(path) != first and len(read) == 2


def test_a_fresh_file_a_damaged_note_and_a_cache_that_cannot_be_written(counted, monkeypatch, tmp_path):
    path, read = counted
    remembered.remembered_sha256(path)
    (note,) = (tmp_path / "cache/checksums").iterdir()
    note.write_text("{")
    assert remembered.remembered_sha256(path) == file_sha256(path) and len(read) == 2
    monkeypatch.setattr(remembered, "_SETTLED_S", 3600.0)
    note.unlink()
    remembered.remembered_sha256(path)
    assert not note.exists()
    monkeypatch.setattr(remembered, "_SETTLED_S", -1.0)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("VIEWLOCK_CACHE", str(tmp_path / "file"))
    assert remembered.remembered_sha256(path) == file_sha256(path)
    with pytest.raises(ConfigError, match="gone"):
        remembered.remembered_sha256(tmp_path / "gone.bin")
