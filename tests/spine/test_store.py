"""Publishing: each name once, whole or not at all."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from viewlock.errors import DatasetError, OutputError, TryAgainError
from viewlock.store import FolderStore, discard, leftovers, sweep, write_file


def everything(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_what_is_published_can_be_read_and_is_never_replaced(tmp_path):
    store = FolderStore(tmp_path / "store")
    assert store.list() == []
    assert store.publish_if_absent("b.tar", b"first")
    assert not store.publish_if_absent("b.tar", b"second")
    assert store.read("b.tar") == b"first"
    assert store.publish_if_absent("sub/a.tar", b"")
    assert store.list() == ["b.tar", "sub/a.tar"]
    assert store.list("sub/") == ["sub/a.tar"]
    assert everything(tmp_path / "store") == ["b.tar", "sub/a.tar"]
    assert (tmp_path / "store" / "b.tar").stat().st_mode & 0o777 == 0o644


def test_unfinished_files_of_others_are_not_listed(tmp_path):
    (tmp_path / ".a.tar.xyz.tmp").write_bytes(b"half")
    assert FolderStore(tmp_path).list() == []


def test_a_missing_name_is_an_error(tmp_path):
    with pytest.raises(DatasetError, match=r"a\.tar: cannot be read: No such file"):
        FolderStore(tmp_path).read("a.tar")


def test_a_file_in_the_way_is_an_error(tmp_path):
    (tmp_path / "store").write_text("mine")
    with pytest.raises(OutputError, match="cannot write: "):
        FolderStore(tmp_path / "store").publish_if_absent("a.tar", b"")
    assert (tmp_path / "store").read_text() == "mine"


RACE = """
import sys, time
from pathlib import Path
from viewlock.store import FolderStore
store, me, gate = FolderStore(Path(sys.argv[1])), sys.argv[2], Path(sys.argv[3])
print("ready", flush=True)
while not gate.exists():
    time.sleep(0.001)
won = []
for k in range(40):
    # At each name all four wait for each other, so that none of them can be done before the next begins.
    (gate / f"{k}-{me}").touch()
    while len(list(gate.glob(f"{k}-*"))) < 4:
        time.sleep(0.0001)
    won += [k] * store.publish_if_absent(f"{k}.tar", me.encode() * 50_000)
print(*won)
"""


def test_processes_that_publish_the_same_names_publish_each_once(tmp_path):
    arguments = [[sys.executable, "-c", RACE, str(tmp_path / "s"), me, str(tmp_path / "gate")] for me in "abcd"]
    racers = [subprocess.Popen(a, stdout=subprocess.PIPE, text=True) for a in arguments]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    (tmp_path / "gate").mkdir()
    won = [racer.communicate(timeout=60)[0].split() for racer in racers]
    assert sorted((name for names in won for name in names), key=int) == [str(k) for k in range(40)]
    assert sum(bool(names) for names in won) > 1  # it was a race
    for me, names in zip("abcd", won, strict=True):
        for name in names:
            assert (tmp_path / "s" / f"{name}.tar").read_bytes() == me.encode() * 50_000
    assert len(everything(tmp_path / "s")) == 40


def test_threads_too(tmp_path):
    store = FolderStore(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda k: store.publish_if_absent("x", str(k).encode()), range(64)))
    assert sum(results) == 1
    assert store.read("x") == str(results.index(True)).encode()


def test_small_files_are_replaced_whole(tmp_path):
    write_file(tmp_path / "a" / "x.json", "old")
    write_file(tmp_path / "a" / "x.json", b"new")
    assert (tmp_path / "a" / "x.json").read_text() == "new"
    with pytest.raises(OutputError):
        write_file(tmp_path / "a" / "x.json" / "y", "")
    assert everything(tmp_path) == ["a/x.json"]


FULL = """
import os, sys
from pathlib import Path
from viewlock.errors import TryAgainError
from viewlock.store import FolderStore, discard, leftovers, sweep, write_file
folder = Path(sys.argv[1])
write_file(folder / "small", "old")
for attempt in (lambda: FolderStore(folder).publish_if_absent("big.tar", bytes(2**20)),
                lambda: write_file(folder / "small", bytes(2**20))):
    try:
        attempt()
    except TryAgainError as refusal:
        print(refusal)
print(sorted(os.listdir(folder)), (folder / "small").read_text())
"""


def test_a_full_disk_leaves_no_half_file(tmp_path, small_disk):
    done = small_disk(tmp_path, "400k", [sys.executable, "-c", FULL, str(tmp_path)])
    first, second, listing = done.stdout.splitlines()
    assert "big.tar: cannot write: No space left on device; free some space" in first
    assert "small: cannot write: No space left on device" in second
    assert listing == "['small'] old"


def test_try_again_is_its_own_error():
    assert TryAgainError("").exit_code == 75 and not issubclass(TryAgainError, OutputError)


# ---------------------------------------------------------------- what killed processes leave
KILLED = """
import os, sys
from pathlib import Path
from viewlock import store
store._link = lambda *_: os._exit(9)
os.replace = Path.replace = lambda *_: os._exit(9)
if sys.argv[2] == "publish":
    store.FolderStore(Path(sys.argv[1])).publish_if_absent("scenes/000001.tar", b"half")
store.write_file(Path(sys.argv[1]) / "failed" / "000001.json", "half")
"""


def test_what_is_left_by_the_killed_goes_after_an_hour_and_nothing_else(tmp_path):
    for how in ("publish", "write"):
        assert subprocess.run([sys.executable, "-c", KILLED, tmp_path, how], check=False).returncode == 9
    left = everything(tmp_path)
    assert [Path(name).parent.name for name in left] == ["failed", "scenes"]
    for name in ("scenes/000002.tar", ".hidden", "notes.tmp", ".mine.tmp"):
        write_file(tmp_path / name, b"mine")
        os.utime(tmp_path / name, (0, 0))
    before = everything(tmp_path)
    sweep(tmp_path)
    assert everything(tmp_path) == before  # they may be at work
    for name in left:
        os.utime(tmp_path / name, (0, time.time() - 3700))
    assert sorted(leftovers(tmp_path)) == [tmp_path / name for name in left]
    sweep(tmp_path)
    assert everything(tmp_path) == sorted(set(before) - set(left))


def test_folders_go_whole_and_links_alone(tmp_path):
    for name in ("one/a", "two/b/c"):
        write_file(tmp_path / name, b"")
    (tmp_path / "link").symlink_to(tmp_path / "one")
    for name in ("link", "two", "never there"):
        discard(tmp_path / name)
    assert everything(tmp_path) == ["one/a"]
    assert [p.name for p in tmp_path.iterdir()] == ["one"]


def test_what_cannot_be_removed_is_one_line(tmp_path):
    write_file(tmp_path / "file", b"")
    with pytest.raises(OutputError, match="below: cannot be removed: Not a directory; mend"):
        discard(tmp_path / "file" / "below")
