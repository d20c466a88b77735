"""`viewlock cache`: what is there, what goes, what stays, and that workers do not notice."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from viewlock.assets_manifest import prepared
from viewlock.blender_scenes import kept
from viewlock.blender_scenes.kept import kept_object
from viewlock.blender_scenes.sources import kept_in
from viewlock.blender_scenes.textures.cache import height_file
from viewlock.renderer.cache import contents, prune
from viewlock.renderer.run import Run

DAY_S = 86400.0
NAME = "0a" * 32
IMPORT = "object-0123456789ab-0123456789abcdef0123"
COLOURS = ((0.4, 0.16, 0.08), (0.55, 0.5, 0.4))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("VIEWLOCK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def put(path: Path, size: int = 10, days_ago: float = 0.0) -> Path:
    """A file, last used so long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    when = time.time() - days_ago * DAY_S
    os.utime(path, (when, when))
    return path


def put_import(folder: Path, version: int, days_ago: float = 0.0) -> Path:
    record = prepared.Prepared(folder, "object", "a.glb", NAME, version, ((0, 0, 0), (1, 1, 1)), 3, 1)
    folder.mkdir(parents=True)
    prepared.write_record(record)
    for file in (folder / "asset.json", put(folder / "asset.blend")):
        when = time.time() - days_ago * DAY_S
        os.utime(file, (when, when))
    return folder


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def full(folder: Path) -> tuple[Path, set[str]]:
    """A cache with something of every kind, and the files in it that this version has no use for."""
    kept_object("chair")
    height_file("dots", COLOURS, 3)
    now = prepared.IMPORTER_VERSION
    put_import(folder / "imports" / IMPORT, now)
    put(folder / "assets" / "sha256" / "ab" / NAME / "model.glb", days_ago=900)
    put(folder / "assets" / "parts" / "12" / "staged" / "model.glb", days_ago=900)
    put(folder / "checksums" / NAME, days_ago=900)
    put(folder / "runs" / "s3%3A%2F%2Fbucket" / "log.jsonl", days_ago=900)
    put(folder / "weights" / ".alex.pth.123.tmp", days_ago=900)
    put(folder / "textures" / "wood.tif", days_ago=900)  # somebody's own, wherever the cache is
    put(folder / "textures" / "0123456789abcdef" / "notes.txt", days_ago=900)
    put(folder / "notes.txt", days_ago=900)
    put(folder / "checksums" / f".{NAME}.77.tmp")  # being written
    refusal = folder / "imports" / "quarantine" / f"character{IMPORT.removeprefix('object')}.json"
    put(refusal).write_text(json.dumps({"reason": "no bones", "importer": now}))
    stays = everything(folder)
    put(folder / "textures" / f"{NAME}-colour.tif", days_ago=9)
    put(folder / "textures" / f"{NAME}.npy", days_ago=9)
    put(folder / "textures" / "0123456789abcdef" / f"{NAME}-height.tif", days_ago=9)
    put(folder / "meshes" / "fedcba9876543210" / f"{NAME}.npz", 1000, days_ago=1)
    put_import(folder / "imports" / IMPORT.replace("object", "scene"), now - 1, days_ago=9)
    put(refusal.with_name(f"{IMPORT}.json"), days_ago=9).write_text(json.dumps({"reason": "?", "importer": now - 1}))
    put(folder / "assets" / "sha256" / "ab" / f".{NAME}.files.77.tmp", days_ago=0.05)
    staged = put(folder / "imports" / f".{IMPORT}.abcd_123.tmp" / "log.txt").parent
    os.utime(staged, (0, 0))
    return folder, everything(folder) - stays


def test_what_no_run_can_use_goes_and_everything_else_stays(full: tuple[Path, set[str]]) -> None:
    folder, needless = full
    before = everything(folder)
    removed = prune(folder)
    assert everything(folder) == before - needless
    assert sum(entry.files for entry in removed) == len(needless) == 9
    assert not (folder / "meshes" / "fedcba9876543210").exists()
    assert not (folder / "imports" / IMPORT.replace("object", "scene")).exists()
    assert prune(folder) == []


def test_what_was_used_lately_stays_if_asked(full: tuple[Path, set[str]]) -> None:
    folder, needless = full
    before = everything(folder)
    prune(folder, older_than_days=5)
    lately = {name for name in needless if name.startswith("meshes/") or name.endswith((".files.77.tmp", "log.txt"))}
    # The refusal was written just now.
    assert before - everything(folder) == needless - lately - {f"imports/quarantine/{IMPORT}.json"}


def test_the_last_use_is_the_last_reading(folder: Path) -> None:
    file = put(folder / "meshes" / f"{NAME}.npz", days_ago=9)
    os.utime(file, (time.time() - 2 * DAY_S, file.stat().st_mtime))
    (entry,) = contents(folder)
    assert entry.used_s == pytest.approx(time.time() - 2 * DAY_S, abs=60)
    assert prune(folder, older_than_days=3) == []
    assert prune(folder, older_than_days=1) == [entry]


def test_looking_at_imports_is_no_use_of_them(folder: Path) -> None:
    put_import(folder / "imports" / IMPORT, prepared.IMPORTER_VERSION, days_ago=9)
    for _ in range(2):
        (entry,) = contents(folder)
        assert (entry.files, entry.needless) == (2, False)
        assert entry.used_s == pytest.approx(time.time() - 9 * DAY_S, abs=60)


def test_files_are_counted_and_weighed(folder: Path) -> None:
    for k in range(3):
        put(folder / "textures" / kept_in()["textures"] / f"{k}{NAME[1:]}-height.tif", 100 * (k + 1))
    put(folder / "meshes" / f"{NAME}.npz", 7)
    found = [(entry.kind, entry.files, entry.size, entry.needless) for entry in contents(folder)]
    assert found == [("meshes", 1, 7, True)] + [("textures", 1, size, False) for size in (100, 200, 300)]


def test_a_worker_whose_files_go_gets_the_same_things(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of another version, whose meshes are of no use to the one that prunes."""
    whole = kept_object("chair").mesh
    other = dict.fromkeys(kept_in(), "0123456789abcdef")
    monkeypatch.setattr(kept, "kept_in", lambda: other)
    ended, made, damaged = threading.Event(), [], []

    def work() -> None:
        while not ended.is_set():
            mesh = kept_object("chair").mesh
            made.append(None)
            if not np.array_equal(mesh.vertices, whole.vertices):
                damaged.append(mesh)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    removed = 0
    begun = time.monotonic()
    while removed < 5 and time.monotonic() - begun < 20:
        removed += len(prune(folder))
    ended.set()
    for worker in workers:
        worker.join()
    assert removed >= 5 and made and not damaged
    assert len([entry for entry in contents(folder) if not entry.needless]) == 1


# ------------------------------------------------------------------ the command
def test_the_command_says_what_is_there(full: tuple[Path, set[str]], command) -> None:
    folder, needless = full
    code, out, err = command("cache", "--json")
    said = json.loads(out)
    assert (code, err, said["folder"]) == (0, "", str(folder))
    files = sum(kind["files"] for kind in said["kinds"].values())
    assert files == len(everything(folder))
    size = sum((folder / name).stat().st_size for name in needless)
    assert sum(kind["prunable_bytes"] for kind in said["kinds"].values()) == size
    assert said["kinds"]["leftovers"]["files"] == 2
    code, table, _ = command("cache")
    assert code == 0 and {line.split()[0] for line in table.splitlines()[2:]} == set(said["kinds"])


def test_the_command_prunes(full: tuple[Path, set[str]], command) -> None:
    folder, needless = full
    size = sum((folder / name).stat().st_size for name in needless)
    code, out, _ = command("cache", "--prune", "--older-than", "5000")
    assert (code, out) == (0, f"{folder}: 0 files removed, 0.0 MB\n")
    code, out, _ = command("cache", "--prune", "--json")
    assert code == 0
    assert json.loads(out) == {"folder": str(folder), "removed_files": 9, "removed_bytes": size}
    assert command("cache", "--prune")[1].endswith(": 0 files removed, 0.0 MB\n")


def test_without_a_cache_there_is_nothing(folder: Path, command) -> None:
    assert command("cache")[:2] == (0, f"{folder}: empty\n")
    assert command("cache", "--prune")[0] == 0
    assert not folder.exists()


def test_bad_words_are_one_line(folder: Path, command) -> None:
    assert command("cache", "--older-than", "3") == (2, "", "viewlock: --older-than: only together with --prune\n")
    assert command("cache", "--prune", "--older-than", "-1")[0] == 2


def test_going_on_with_a_run_removes_what_was_left(tmp_path: Path, tiny: list[str], command) -> None:
    assert command("plan", "dsia", "-o", tmp_path / "run", *tiny)[0] == 0
    run = Run.open(tmp_path / "run")
    for scene in run.specs:  # so that nothing is to be rendered
        run.quarantine(scene, {"reason": "for this test"})
    old, new = (put(run.notes / "scenes" / f".00000{k}.tar.abcd_12{k}.tmp", days_ago=1 - k) for k in (0, 1))
    assert command("render", run.path)[0] == 65
    assert (old.exists(), new.exists()) == (False, True)
