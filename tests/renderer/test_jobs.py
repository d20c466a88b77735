"""Render jobs: whatever the number of workers, and whoever dies in the middle, the same bytes come out."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from viewlock.errors import QuarantineError
from viewlock.exporters.pack import pack
from viewlock.generator.plan import load_catalogue
from viewlock.renderer.jobs import JobOptions
from viewlock.renderer.run import Run

pytestmark = pytest.mark.render


def scenes(run: Path) -> dict[str, bytes]:
    """Members of finished scenes; `scene.json` also says how long it took."""
    from viewlock.exporters.scene_file import decode_scene

    found: dict[str, bytes] = {}
    for path in sorted((run / "scenes").glob("*.tar")):
        found |= decode_scene(path.read_bytes(), path.name)[0]
    return found


def start(run: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "viewlock", "render", str(run), *words]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def workers_of(parent: int) -> list[int]:
    """Process ids of a render's own workers."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in children]


def wait_until(what, seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def at_work(run: Path, count: int = 1) -> bool:
    """Whether so many workers of this run have begun with a scene; their logs then have a first line."""
    return sum("building" in log.read_text() for log in (run / "logs").glob("*.log")) >= count


def log_lines(run: Path) -> list[dict]:
    return [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]


@pytest.fixture
def fresh(tiny_run: Path, tmp_path: Path):
    """`fresh(0, 2)`: a copy of the run in which these scenes are not rendered yet."""

    def make(*unfinished: int) -> Path:
        run = shutil.copytree(tiny_run, tmp_path / "run", ignore=shutil.ignore_patterns("logs", "log.jsonl"))
        for scene in unfinished:
            (run / "scenes" / f"{scene:06d}.tar").unlink()
        return run

    return make


def test_two_workers_of_which_one_is_killed_make_the_same_bytes(fresh, tiny_run, tiny_dataset, tmp_path):
    run = fresh(0, 1, 2)
    job = start(run, "--workers", "2")
    wait_until(lambda: at_work(run, 2))
    os.kill(workers_of(job.pid)[0], signal.SIGKILL)
    err = job.communicate(timeout=300)[1]
    assert job.returncode == 0, err
    assert scenes(run) == scenes(tiny_run)
    crashes = [line for line in log_lines(run) if line["event"] == "failed"]
    assert crashes == []  # whoever is killed from outside is not to blame
    (killed,) = [line for line in log_lines(run) if line["event"] == "killed"]
    assert "code -9" in killed["message"]
    opened = Run.open(run)
    pack(opened, tmp_path / "data", load_catalogue(opened.config))
    assert (tmp_path / "data" / "SHA256SUMS").read_bytes() == (tiny_dataset / "SHA256SUMS").read_bytes()


def test_a_killed_render_goes_on_and_its_workers_do_not_stay(fresh, tiny_run):
    run = fresh(0, 1)
    job = start(run)
    wait_until(lambda: len(list((run / "scenes").glob("0*.tar"))) == 2)  # of three, one was there
    workers = workers_of(job.pid)
    (one,) = (name for name in ("000000.tar", "000001.tar") if (run / "scenes" / name).exists())
    first = (run / "scenes" / one).read_bytes()
    job.kill()
    job.wait()
    assert workers
    wait_until(lambda: not any(alive(worker) for worker in workers), 60)
    assert not list((run / "scenes").glob(".*"))
    resumed = start(run)
    err = resumed.communicate(timeout=300)[1]
    assert resumed.returncode == 0, err
    assert (run / "scenes" / one).read_bytes() == first  # it was not made again
    assert scenes(run) == scenes(tiny_run)


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_at_once_and_leaves_no_worker(fresh, number, code):
    run = fresh(0)
    job = start(run)
    wait_until(lambda: at_work(run))
    workers = workers_of(job.pid)
    job.send_signal(number)
    err = job.communicate(timeout=20)[1]
    assert job.returncode == code
    assert err.strip().splitlines()[-1].startswith("viewlock: stopped; finished scenes are kept")
    assert "Traceback" not in err
    assert workers and not any(alive(worker) for worker in workers)
    assert sorted(p.name for p in (run / "scenes").iterdir()) == ["000001.tar", "000002.tar"]


def test_a_worker_that_hangs_is_replaced(fresh, tiny_run):
    """Stopped by SIGSTOP, it says nothing any more; only the library can be told to wait less than an hour."""
    run = fresh(2)
    code = (
        "import sys; from pathlib import Path; from viewlock.renderer.jobs import *; from viewlock.renderer.run import "
        "Run; render_run(Run.open(Path(sys.argv[1])), JobOptions(silence_s=20.0))"
    )
    job = subprocess.Popen([sys.executable, "-c", code, str(run)], stderr=subprocess.PIPE, text=True)
    wait_until(lambda: at_work(run))
    os.kill(workers_of(job.pid)[0], signal.SIGSTOP)
    err = job.communicate(timeout=300)[1]
    assert job.returncode == 0, err
    assert scenes(run) == scenes(tiny_run)
    (failure,) = [line for line in log_lines(run) if line["event"] == "failed"]
    assert "said nothing for 20 s" in failure["message"]


def test_scenes_that_cannot_be_made_are_quarantined_and_the_rest_is_packed(fresh, tmp_path, viewlock):
    run = fresh(0, 1)
    lines = (run / "plan.jsonl").read_text().splitlines()
    broken = [json.loads(line) for line in lines[:2]]
    broken[0]["place"]["asset"]["id"] = "place/atlantis"  # no such asset: nothing to try again
    broken[1]["place"]["params"] = {}  # the builder raises each time
    text = [json.dumps(spec) for spec in broken] + lines[2:]
    (run / "plan.jsonl").write_text("\n".join(text) + "\n")

    done = viewlock("render", run)
    assert done.returncode == 65, done.stderr
    assert "2 of 3 scenes could not be made: 0, 1; see " in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    reports = Run.open(run).failed()
    assert reports[0]["error"] == "ConfigError" and reports[0]["tries"] == 1
    assert "place/atlantis" in reports[0]["message"]
    assert reports[1]["error"] == "crash" and reports[1]["tries"] == 3
    assert "Traceback" in reports[1]["log_tail"]
    for scene, report in reports.items():
        assert (report["scene"], report["seed"]) == (scene, 7)
        assert report["reproduce"] == f"viewlock render {run} --scene {scene} --retry-failed"

    entries = len(log_lines(run))
    again = viewlock("render", run)  # they are not tried again by themselves
    assert again.returncode == 65 and len(log_lines(run)) == entries
    packed = viewlock("pack", run, "-o", tmp_path / "data")
    assert packed.returncode == 0 and "2 samples (train 0, val 2, test 0)" in packed.stdout

    (run / "plan.jsonl").write_text("\n".join([lines[0], *text[1:]]) + "\n")  # scene 0 is mended
    mended = viewlock("render", run, "--scene", "0", "--retry-failed")
    assert mended.returncode == 0, mended.stderr
    assert sorted(Run.open(run).failed()) == [1]
    assert sorted(Run.open(run).finished()) == [0, 2]


# ---------------------------------------------------------------- which scenes
def test_shards_and_scenes_divide_the_work(tiny_run):
    run = Run.open(tiny_run)
    parts = [JobOptions(shard=(index, 2)).mine(run) for index in range(2)]
    assert parts == [[0, 2], [1]]
    assert JobOptions(scenes=frozenset({2, 1})).mine(run) == [1, 2]
    assert JobOptions(scenes=frozenset({2, 1}), shard=(1, 2)).mine(run) == [1]
    assert JobOptions().mine(run) == [0, 1, 2]


def test_threads_share_the_cores():
    cores = len(os.sched_getaffinity(0))
    assert JobOptions(workers=1).threads_each == cores
    assert JobOptions(workers=10 * cores).threads_each == 1
    assert JobOptions(workers=2, threads=3).threads_each == 3


def test_a_finished_run_starts_nothing(tiny_run, viewlock):
    before = (tiny_run / "log.jsonl").read_bytes()
    assert viewlock("render", tiny_run).returncode == 0
    assert (tiny_run / "log.jsonl").read_bytes() == before


def test_quarantine_of_other_shards_is_not_mine(fresh):
    from viewlock.renderer.jobs import render_run

    run = Run.open(fresh(1))
    run.quarantine(1, {"scene": 1})
    render_run(run, JobOptions(shard=(0, 2)))  # scenes 0 and 2 are finished
    with pytest.raises(QuarantineError, match="1 of 1 scenes could not be made: 1"):
        render_run(run, JobOptions(shard=(1, 2)))
