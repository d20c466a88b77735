"""Whoever is killed, and however many render at once: the same dataset, no scene blamed, nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.kills import disturbed, packed, plan, viewlock
from viewlock.exporters.scene_file import decode_scene
from viewlock.renderer import jobs
from viewlock.renderer.jobs import JobOptions
from viewlock.renderer.run import Run
from viewlock.scratch import scratch

pytestmark = pytest.mark.render

SCENES = 24


@pytest.fixture(scope="module")
def calm(tmp_path_factory) -> Path:
    """A run of tiny scenes that nobody disturbed. Do not change it."""
    run = plan(tmp_path_factory.mktemp("calm") / "run", SCENES)
    done = subprocess.run(viewlock("render", run), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return run


@pytest.fixture
def own_temp(monkeypatch, tmp_path) -> Path:
    """A temporary directory that only this test's processes use."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("VIEWLOCK_MEMORY", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def fresh(calm, tmp_path) -> Path:
    """The same run before its first scene."""
    return shutil.copytree(calm, tmp_path / "run", ignore=shutil.ignore_patterns("scenes", "logs", "log.jsonl"))


def events(run: Path) -> list[dict]:
    return [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]


def test_eight_kills_of_workers_and_parents_change_nothing(fresh, calm, own_temp, tmp_path):
    tally = disturbed(fresh, SCENES, kills=8, seed=3)
    assert tally.workers >= 2 and tally.parents >= 2 and tally.workers + tally.parents == 8
    assert set(tally.codes) == {0}
    assert not (fresh / "failed").exists()
    assert [e for e in events(fresh) if e["event"] == "failed"] == []  # no scene was to blame
    assert sorted(p.name for p in (fresh / "scenes").glob("[!.]*")) == [f"{n:06d}.tar" for n in range(SCENES)]
    assert packed(fresh, tmp_path / "a") == packed(calm, tmp_path / "b")
    subprocess.run(viewlock("render", fresh), check=True)  # nothing to do
    with scratch():
        pass  # whoever works next removes what killed parents left behind
    assert list(own_temp.iterdir()) == []


def test_three_parents_on_one_run_publish_each_scene_once(fresh, calm, own_temp):
    tally = disturbed(fresh, SCENES, kills=0, parents=3)
    assert tally.codes == [0, 0, 0]
    assert list(own_temp.iterdir()) == []
    published = Counter(e["scene"] for e in events(fresh) if e["event"] == "done" and e["fresh"])
    assert published == dict.fromkeys(range(SCENES), 1)
    for file in sorted((calm / "scenes").iterdir()):
        one, two = (decode_scene((run / "scenes" / file.name).read_bytes(), "")[0] for run in (calm, fresh))
        assert one == two


def test_a_worker_that_is_killed_leaves_no_temporary_folder(fresh, own_temp):
    job = subprocess.Popen(viewlock("render", fresh, "--scene", 0), stderr=subprocess.PIPE, text=True)
    wait_until(lambda: list(own_temp.glob("*/*/blender_*")))
    (first,) = (folder for folder in own_temp.glob("*/1") if list(folder.glob("blender_*")))
    (worker,) = map(int, Path(f"/proc/{job.pid}/task/{job.pid}/children").read_text().split())
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: not first.exists())  # at once, not only when the render ends
    err = job.communicate(timeout=120)[1]
    assert job.returncode == 0, err
    assert list(own_temp.iterdir()) == []


def wait_until(what, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


# ---------------------------------------------------------------- without Blender: stand-ins for the worker process
def pretend(monkeypatch, tmp_path: Path, script: str) -> None:
    """Workers run a shell script; `$state` is a file of theirs."""
    program = tmp_path / "worker.sh"
    program.write_text(f"#!/bin/bash\nstate={tmp_path}/state\n{script}")
    program.chmod(0o755)
    monkeypatch.setattr(jobs.sys, "executable", str(program))


READY = 'echo \'{"event": "ready", "rss_mb": 1}\'\n'


def test_a_scene_whose_workers_are_always_killed_is_given_up_at_last(fresh, own_temp, monkeypatch, tmp_path):
    """As the kernel does when memory is short; what is not told from a kill by hand."""
    pretend(monkeypatch, tmp_path, READY + "read scene\necho x >> $state\nkill -9 $$\n")
    monkeypatch.setattr(jobs, "KILLS", 5)
    run = Run.open(fresh)
    with pytest.raises(jobs.QuarantineError, match="1 of 1 scenes could not be made"):
        jobs.render_run(run, JobOptions(scenes=frozenset({3})))
    assert "perhaps there is too little memory" in run.failed()[3]["message"]
    assert len((tmp_path / "state").read_text().split()) == 6


def test_a_crash_by_a_signal_of_its_own_is_the_scenes_fault(fresh, own_temp, monkeypatch, tmp_path):
    pretend(monkeypatch, tmp_path, READY + "read scene\nkill -SEGV $$\n")
    run = Run.open(fresh)
    with pytest.raises(jobs.QuarantineError):
        jobs.render_run(run, JobOptions(scenes=frozenset({3})))
    assert run.failed()[3]["tries"] == 1 + jobs.RETRIES
    assert "ended with code -11" in run.failed()[3]["message"]


def test_a_worker_above_the_memory_limit_is_replaced(fresh, own_temp, monkeypatch, tmp_path):
    done = 'while read scene; do echo "{\\"event\\": \\"done\\", \\"rss_mb\\": $RSS}"; done\n'
    for held, starts in ((500, 1), (2000, 3)):
        (tmp_path / "state").write_text("")
        monkeypatch.setenv("RSS", str(held))
        pretend(monkeypatch, tmp_path, "echo x >> $state\n" + READY + done)
        jobs.render_run(Run.open(fresh), JobOptions(memory_mb=1000, scenes=frozenset({1, 2, 3})))
        assert len((tmp_path / "state").read_text().split()) == starts


def test_a_worker_that_is_killed_while_it_starts_is_started_again(fresh, own_temp, monkeypatch, tmp_path):
    done = 'read scene; echo \'{"event": "done", "rss_mb": 1}\'\nread end\n'
    pretend(monkeypatch, tmp_path, "[ -e $state ] || { touch $state; kill -9 $$; }\n" + READY + done)
    jobs.render_run(Run.open(fresh), JobOptions(scenes=frozenset({0})))
    pretend(monkeypatch, tmp_path, "kill -9 $$\n")
    monkeypatch.setattr(jobs, "KILLS", 3)
    with pytest.raises(jobs.ViewlockError, match="a worker could not start: the worker process ended with code -9"):
        jobs.render_run(Run.open(fresh), JobOptions(scenes=frozenset({0})))
