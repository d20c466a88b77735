"""How far a run is, as published files say it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from viewlock.errors import DatasetError
from viewlock.exporters.scene_file import decode_scene, encode_scene, read_record
from viewlock.exporters.status import StatusReader, prometheus, summary
from viewlock.generator.config import load_config
from viewlock.generator.plan import draw_plan, load_catalogue
from viewlock.renderer.run import Run

SCENES = 6


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    config = load_config("dsia", {"scenes": SCENES, "seed": 3, "size": [96, 64], "sequences": 1, "frames": 2})
    return config, draw_plan(config, load_catalogue(config))[0]


@pytest.fixture
def run(planned, tmp_path) -> Run:
    """A planned run without a finished scene."""
    return Run.create(tmp_path / "run", *planned)


def publish(run: Run, scene: int, cpu_s: float = 100.0, seconds_ago: float = 0.0) -> Path:
    record = {"timings": {"build": {"cpu_s": 0.25 * cpu_s}, "render": {"cpu_s": 0.75 * cpu_s}}}
    run.scenes.publish_if_absent(f"{scene:06d}.tar", encode_scene([{f"{scene:06d}-000.meta.json": b"{}"}], record))
    path = run.scenes.folder / f"{scene:06d}.tar"
    aged(path, seconds_ago)
    return path


def aged(path: Path, seconds: float) -> None:
    when = time.time() - seconds
    os.utime(path, (when, when))


def says(run: Run, worker: str, text: str, seconds_ago: float) -> None:
    log = run.path / "logs" / f"worker-{worker}.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text(text)
    aged(log, seconds_ago)


def test_an_empty_run(run):
    status = StatusReader(run).read()
    assert (status.planned, status.done, status.missing, status.finished) == (SCENES, 0, SCENES, False)
    assert status.scenes_per_hour is None and status.eta_s is None and status.last_done_s_ago is None
    assert "nobody is at work" in summary(status)


def test_counts_rate_time_left_and_cost_come_from_published_scenes(run):
    for scene, ago in ((0, 5000.0), (1, 250.0), (2, 130.0), (3, 10.0)):  # a long pause after scene 0
        publish(run, scene, cpu_s=100.0 * (scene + 1), seconds_ago=ago)
    status = StatusReader(run).read()
    assert (status.done, status.missing) == (4, 2)
    assert status.cpu_s == pytest.approx(1000)
    assert status.scenes_per_hour == pytest.approx(30, rel=0.01)  # one in two minutes
    assert status.eta_s == pytest.approx(240, rel=0.01)
    assert status.last_done_s_ago == pytest.approx(10, abs=5)
    assert "4 of 6 scenes done, 0 quarantined, 2 left" in summary(status)
    assert "4.0 min left" in summary(status)


def test_a_log_that_lost_lines_or_lies_changes_nothing(run):
    publish(run, 0)
    before = StatusReader(run).read()
    run.log("done", scene=1, cpu_s=1e9)
    (run.path / "log.jsonl").open("a").write('{"event": "do')
    after = StatusReader(run).read()
    assert (after.done, after.cpu_s) == (before.done, before.cpu_s) == (1, 100.0)


def test_failures_are_grouped_by_their_reason(run):
    for scene, error in ((1, "crash"), (3, "crash"), (4, "ConfigError")):
        run.quarantine(scene, {"scene": scene, "error": error, "message": f"{error} in {scene}"})
    publish(run, 3)  # made by somebody else after all
    status = StatusReader(run).read()
    assert [(f.error, f.scenes, f.message) for f in status.failures] == [
        ("ConfigError", [4], "ConfigError in 4"),
        ("crash", [1], "crash in 1"),
    ]
    assert (status.done, status.quarantined, status.missing) == (1, [1, 4], 3)
    assert "quarantined: crash: scene 1: crash in 1" in summary(status)


def test_workers_are_those_who_said_something_about_a_scene_that_is_not_over(run):
    publish(run, 0)
    run.quarantine(1, {"error": "crash", "message": ""})
    says(run, "a-7-0001", "noise\nscene 2: building scene 2, attempt 0\nscene 2: picture\nFra:1 Mem:\n", 30)
    says(run, "a-7-0002", "scene 0: picture\n", 5)  # finished
    says(run, "b-9-0001", "scene 1: picture\n", 5)  # quarantined
    says(run, "b-9-0002", "scene 3: picture\n", 7200)  # silent for too long
    says(run, "b-9-0003", "scene 4: picture\n", 300)  # killed; then another took over
    says(run, "c-9-0001", "scene 4: building scene 4, attempt 0\n", 2)
    says(run, "c-9-0002", "only noise\n", 2)
    workers = StatusReader(run).read().workers
    assert [(w.name, w.scene, w.doing) for w in workers] == [
        ("worker-a-7-0001", 2, "picture"),
        ("worker-c-9-0001", 4, "building scene 4, attempt 0"),
    ]
    assert workers[0].beat_s_ago == pytest.approx(30, abs=5)


def test_a_damaged_scene_is_named_and_not_counted(run):
    publish(run, 0)
    path = publish(run, 1)
    path.write_bytes(path.read_bytes()[:1024])
    status = StatusReader(run).read()
    assert (status.done, status.missing) == (1, 4)
    assert "000001.tar: no scene.json" in status.damaged[1]
    assert "damaged: " in summary(status)


def test_a_reader_sees_what_is_new(run):
    reader = StatusReader(run)
    publish(run, 0)
    assert reader.read().done == 1
    publish(run, 1)
    assert reader.read().done == 2


def test_the_record_is_found_behind_members_of_any_size(tmp_path):
    for size in (0, 511, 512, 70_000, 300_000):
        members = {"000000-000.i1.png": b"scene.json\0" * (size // 11 + 1)}
        path = tmp_path / f"{size}.tar"
        path.write_bytes(encode_scene([members], {"attempt": size, "long": "x" * size}))
        assert read_record(path) == decode_scene(path.read_bytes(), "here")[1]
    path.write_bytes(path.read_bytes()[:200_000])
    with pytest.raises(DatasetError, match="cut short"):
        read_record(path)


# ---------------------------------------------------------------- the command
def test_the_command_and_its_exit_codes(run, viewlock, tmp_path):
    publish(run, 0, seconds_ago=60)
    file = tmp_path / "metrics" / "run.prom"
    done = viewlock("status", run.path, "--json", "--prometheus", file)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["done"], told["missing"], told["finished"], told["quarantined"]) == (1, 5, False, [])
    assert 'viewlock_scenes{run="run",state="missing"} 5' in file.read_text()
    assert [p.name for p in file.parent.iterdir()] == ["run.prom"]

    for scene in range(1, 5):
        publish(run, scene)
    run.quarantine(5, {"error": "crash", "message": "boom"})
    done = viewlock("status", run.path, "--watch")  # nothing is left to wait for
    assert done.returncode == 65
    assert "quarantined: crash: scene 5: boom" in done.stdout
    assert done.stderr.startswith(f"viewlock: {run.path}: finished, but 1 of 6 scenes are quarantined")

    done = viewlock("status", tmp_path)
    assert done.returncode == 2 and "not a run folder" in done.stderr


def test_prometheus_lines_are_of_its_format(run):
    publish(run, 0, seconds_ago=100)
    publish(run, 1)
    text = prometheus(StatusReader(run).read(), 'a "quoted" name')
    for line in text.splitlines():
        if not line.startswith("#"):
            series, value = line.rsplit(" ", 1)
            assert series.startswith("viewlock_") and float(value) >= 0
            assert 'run="a \\"quoted\\" name"' in series
    assert text.endswith("\n")


@pytest.mark.render
def test_a_rendered_run(tiny_run):
    status = StatusReader(Run.open(tiny_run)).read()
    assert (status.done, status.missing, status.failures, status.damaged) == (3, 0, [], {})
    assert 0 < status.cpu_s < 3600 and status.workers == []
    done = [json.loads(line) for line in (tiny_run / "log.jsonl").read_text().splitlines() if '"done"' in line]
    assert status.cpu_s <= sum(line["cpu_s"] for line in done) + 0.1
