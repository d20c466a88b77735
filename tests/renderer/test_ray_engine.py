"""Rendering on Ray: the same bytes, also when a Ray process is killed in the middle."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from viewlock.errors import MissingLibraryError, QuarantineError, TryAgainError, ViewlockError
from viewlock.exporters.scene_file import decode_scene
from viewlock.renderer.jobs import JobOptions
from viewlock.renderer.ray_engine import _check, _places, _ray, batches, render_on_ray
from viewlock.renderer.run import Run


def test_batches_keep_every_place_busy():
    scenes = list(range(100))
    for places, most, size in ((1, 20, 20), (4, 20, 7), (40, 20, 1), (1, 100, 25)):
        found = batches(scenes, places, most)
        assert [scene for some in found for scene in some] == scenes
        assert max(map(len, found)) == size
    assert batches([5], 8, 20) == [[5]]


def test_places_of_a_cluster():
    assert _places({"CPU": 10.0, "GPU": 2.0}, 4, 0) == 2
    assert _places({"CPU": 10.0, "GPU": 2.0}, 1, 1) == 2
    assert _places({"CPU": 10.0}, 1, 1) == 0


def test_codes_of_render_processes():
    _check(0, "")
    _check(65, "viewlock: 1 of 2 scenes could not be made")  # said at the end
    with pytest.raises(TryAgainError, match=r"^disk full$"):
        _check(75, "viewlock: disk full")
    with pytest.raises(ViewlockError, match="ended with code 1"):
        _check(1, "")


@pytest.mark.render
def test_nothing_to_do_needs_no_ray(tiny_run, viewlock, tmp_path):
    run = Run.open(tiny_run)
    render_on_ray(run, JobOptions())
    copied = Run.open(shutil.copytree(tiny_run, tmp_path / "run"))
    copied.quarantine(1, {"error": "crash", "message": ""})
    with pytest.raises(QuarantineError, match="1 of 3 scenes could not be made: 1"):
        render_on_ray(copied, JobOptions())
    done = viewlock("render", tiny_run, "--engine", "rey")
    assert done.returncode == 2 and done.stderr == "viewlock: --engine rey: expected local or ray\n"


def test_without_ray_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(
        MissingLibraryError, match=r"^ray: needed for --engine ray; run: pip install 'viewlock\[farm\]'$"
    ):
        _ray()


def below(process: int) -> list[int]:
    """Ids of all processes that a process has started, and those have, and so on."""
    found: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, file.read_text().split()):
            found += [child, *below(child)]
    return found


def command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


@pytest.mark.render
@pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="ray is not installed: pip install 'viewlock[farm]'"
)
def test_a_killed_ray_process_changes_nothing(tiny_run, tmp_path):
    run = shutil.copytree(tiny_run, tmp_path / "run", ignore=shutil.ignore_patterns("logs", "log.jsonl"))
    (run / "scenes" / "000000.tar").unlink()
    words = [sys.executable, "-m", "viewlock", "render", str(run), "--engine", "ray", "--threads", "1"]
    job = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 120
    while not any("building" in log.read_text() for log in (run / "logs").glob("worker-*.log")):
        assert job.poll() is None and time.monotonic() < end
        time.sleep(0.2)
    (victim,) = [process for process in below(job.pid) if command(process).startswith("ray::render_some")]
    orphans = below(victim)
    os.kill(victim, signal.SIGKILL)
    err = job.communicate(timeout=400)[1]
    assert job.returncode == 0, err
    assert len(list((run / "logs").glob("worker-*.log"))) == 2  # it was started again
    assert orphans and not any("viewlock" in command(process) for process in orphans)
    first, again = (decode_scene((r / "scenes" / "000000.tar").read_bytes(), "")[0] for r in (tiny_run, run))
    assert first == again
