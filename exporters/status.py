"""Where a run is: what is published, what failed, who is at work, and what it has cost.

Scenes, failures and costs are read from what is published; only who is at work comes from logs, which may be behind.
"""

from __future__ import annotations

import itertools
import json
import re
import statistics
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from viewlock.errors import DatasetError
from viewlock.renderer.run import Run, scene_file

from .scene_file import cpu_seconds, stored_record

WINDOW = 20
"""The rate is that of so many last scenes."""

PAUSE = 10.0
"""A gap between two scenes so many times longer than their median is a pause, not work."""

SILENCE_S = 3600.0
"""Who has said nothing for so long is not at work; `render` gives up on a worker after the same time."""


@dataclass(frozen=True)
class WorkerNow:
    """Attributes:
    name: of its log, `worker-<host>-<process of the render>-<number>`.
    doing: the last thing it said.
    beat_s_ago: when it said so.
    """

    name: str
    scene: int
    doing: str
    beat_s_ago: float


@dataclass(frozen=True)
class Failure:
    """Scenes that could not be made, by kind of error.

    Attributes:
        message: of the first of them.
    """

    error: str
    scenes: list[int]
    message: str


@dataclass(frozen=True)
class Status:
    """Attributes:
    planned, done: numbers of scenes; `done` without the damaged ones.
    failures: quarantined scenes.
    damaged: scene -> what is wrong with its file.
    missing: planned scenes that are neither done, quarantined nor damaged.
    scenes_per_hour: None before the second scene.
    eta_s: None without a rate.
    cpu_s: CPU seconds of the finished scenes: build, checks, rendering, truth and encoding, refused draws included;
        neither the start of processes nor attempts that crashed.
    last_done_s_ago: None before the first scene.
    """

    planned: int
    done: int
    failures: list[Failure]
    damaged: dict[int, str]
    missing: int
    scenes_per_hour: float | None
    eta_s: float | None
    cpu_s: float
    last_done_s_ago: float | None
    workers: list[WorkerNow]

    @property
    def quarantined(self) -> list[int]:
        return sorted(scene for failure in self.failures for scene in failure.scenes)

    @property
    def finished(self) -> bool:
        """Nothing is left to render."""
        return self.missing == 0

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "quarantined": self.quarantined, "finished": self.finished}


class StatusReader:
    """Reads the status of a run, again and again; each finished scene is opened once."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._cpu_s: dict[int, float] = {}
        self._done_at: dict[int, float] = {}

    def read(self) -> Status:
        """Raises:
        DatasetError: the plan or a report of a failure is damaged.
        """
        planned = self.run.specs.keys()
        published = sorted(self.run.finished() & planned)
        damaged = self._open_new(published)
        done = [scene for scene in published if scene not in damaged]
        reports = {k: v for k, v in self.run.failed().items() if k in planned and k not in published}
        missing = len(planned) - len(published) - len(reports)
        now = time.time()
        rate = _rate(sorted(self._done_at[scene] for scene in done))
        return Status(
            planned=len(planned),
            done=len(done),
            failures=_by_error(reports),
            damaged=damaged,
            missing=missing,
            scenes_per_hour=None if rate is None else rate * 3600,
            eta_s=0.0 if missing == 0 else None if rate is None else missing / rate,
            cpu_s=sum(self._cpu_s[scene] for scene in done),
            last_done_s_ago=max(0.0, now - max(self._done_at[scene] for scene in done)) if done else None,
            workers=_at_work(self.run.notes / "logs", {*published, *reports}, now),
        )

    def _open_new(self, published: list[int]) -> dict[int, str]:
        """Take in scenes that were not there before; those that cannot be read, and why."""
        damaged = {}
        for scene in published:
            if scene in self._cpu_s:
                continue
            name = scene_file(scene)
            try:
                cpu_s = cpu_seconds(stored_record(self.run.scenes, name, f"{self.run.path}/scenes/{name}"))
                self._done_at[scene] = self.run.scenes.published_at(name)
                self._cpu_s[scene] = cpu_s
            except DatasetError as problem:
                damaged[scene] = str(problem)
        return damaged


def _by_error(reports: dict[int, dict[str, Any]]) -> list[Failure]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for scene, report in sorted(reports.items()):
        groups[str(report.get("error", "unknown"))].append(scene)
    first = lambda scenes: str(reports[scenes[0]].get("message", ""))  # noqa: E731
    return [Failure(error, scenes, first(scenes)) for error, scenes in sorted(groups.items())]


def _rate(times: list[float]) -> float | None:
    """Scenes a second over the last of these times of publication, pauses left out."""
    last = times[-WINDOW:]
    gaps = [max(later - earlier, 0.0) for earlier, later in itertools.pairwise(last)]
    if not gaps:
        return None
    limit = PAUSE * max(statistics.median(gaps), 1.0)
    working = [gap for gap in gaps if gap <= limit]
    return len(working) / max(sum(working), 1e-3)


def _at_work(logs: Path, over: set[int], now: float) -> list[WorkerNow]:
    """Who said last, not long ago, that a scene is being made which is not over. Of two on one scene, the later."""
    latest: dict[int, WorkerNow] = {}
    for path in sorted(logs.glob("worker-*.log")):
        worker = _last_words(path, now)
        if worker is None or worker.scene in over or worker.beat_s_ago > SILENCE_S:
            continue
        other = latest.get(worker.scene)
        if other is None or worker.beat_s_ago < other.beat_s_ago:
            latest[worker.scene] = worker
    return [latest[scene] for scene in sorted(latest)]


def _last_words(log: Path, now: float) -> WorkerNow | None:
    """What a worker's log says of its last beat, if it has had one."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 4000))
            text = file.read().decode("utf-8", errors="replace")
        age = now - log.stat().st_mtime
    except OSError:
        return None
    beats = re.findall(r"^scene (\d+): (.*)$", text, flags=re.MULTILINE)
    return WorkerNow(log.stem, int(beats[-1][0]), beats[-1][1], round(max(age, 0.0), 1)) if beats else None


# ---------------------------------------------------------------- as text
def summary(status: Status) -> str:
    """Some lines for people."""
    lines = [
        f"{status.done} of {status.planned} scenes done, {len(status.quarantined)} quarantined, {status.missing} left"
    ]
    if status.scenes_per_hour is not None and not status.finished:
        lines.append(f"rate {status.scenes_per_hour:.1f} scenes an hour; at that rate {_span(status.eta_s)} left")
    each = f", {status.cpu_s / status.done:.0f} s a scene" if status.done else ""
    lines.append(f"CPU {status.cpu_s / 3600:.2f} hours so far{each}")
    lines += [f"at work: {w.name}: scene {w.scene}: {w.doing}, {_span(w.beat_s_ago)} ago" for w in status.workers]
    if not status.workers and not status.finished:
        ago = (
            ""
            if status.last_done_s_ago is None
            else f"; the last scene was finished {_span(status.last_done_s_ago)} ago"
        )
        lines.append(f"nobody is at work{ago}")
    for failure in status.failures:
        lines.append(f"quarantined: {failure.error}: {_some(failure.scenes)}: {failure.message}")
    lines += [f"damaged: {message}" for message in status.damaged.values()]
    return "\n".join(lines)


def _span(seconds: float | None) -> str:
    if seconds is None:
        return "unknown time"
    for unit, length in (("days", 86400), ("hours", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.0f} s"


def _some(scenes: list[int]) -> str:
    word = "scene" if len(scenes) == 1 else "scenes"
    return f"{word} {', '.join(map(str, scenes[:5]))}{', ...' if len(scenes) > 5 else ''}"


def prometheus(status: Status, run: str) -> str:
    """The text format of Prometheus, for the textfile collector of its node exporter.

    Args:
        run: a name that tells this run from others.
    """
    label = json.dumps(run)
    states = {"done": status.done, "quarantined": len(status.quarantined), "damaged": len(status.damaged),
              "missing": status.missing}  # fmt: skip
    lines = ["# HELP viewlock_scenes Scenes of a run, by state.", "# TYPE viewlock_scenes gauge"]
    lines += [f'viewlock_scenes{{run={label},state="{state}"}} {count}' for state, count in states.items()]
    gauges = {
        "viewlock_scenes_planned": ("Scenes in the plan.", status.planned),
        "viewlock_cpu_seconds": ("CPU seconds of the finished scenes.", status.cpu_s),
        "viewlock_workers": ("Workers that said something within the last hour.", len(status.workers)),
        "viewlock_scenes_per_hour": ("Rate of the last scenes.", status.scenes_per_hour),
        "viewlock_eta_seconds": ("Time left at that rate.", status.eta_s),
        "viewlock_last_scene_age_seconds": ("Time since the last scene was finished.", status.last_done_s_ago),
    }
    for name, (about, value) in gauges.items():
        if value is not None:
            lines += [f"# HELP {name} {about}", f"# TYPE {name} gauge", f"{name}{{run={label}}} {value:g}"]
    return "\n".join(lines) + "\n"
