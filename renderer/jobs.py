"""Drives worker processes over the scenes of a run. This process never imports Blender."""

from __future__ import annotations

import json
import os
import platform
import queue
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from tqdm import tqdm

from viewlock import errors
from viewlock.errors import ConfigError, QuarantineError, StoppedError, ViewlockError
from viewlock.generator.plan import load_catalogue
from viewlock.scratch import Scratch, scratch
from viewlock.store import sweep

from .cost import longest_first
from .run import Run

RETRIES = 2
"""How often a scene whose worker crashed or hung is tried again."""

KILLS = 20
"""How often a scene is tried again whose worker was killed from outside. That is not its fault, unless it needs more
memory than there is: the kernel kills such a worker each time."""

_OUTSIDE = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
"""Codes of processes that somebody else ended."""

_LEAVING_S = 30.0
"""A worker that was told to leave is killed after so long."""

_STOPPING = {"DeviceError", "TryAgainError", "OutputError", "MissingLibraryError", "DatasetError"}
"""Errors that would meet every scene: the run stops."""


@dataclass(frozen=True)
class JobOptions:
    """Attributes:
    workers: processes at once.
    recycle: scenes after which a worker is replaced.
    memory_mb: a worker that holds more after a scene is replaced; 0 for no limit.
    silence_s: a worker that reports nothing for so long is taken for hung.
    shard: (i, n): only the scenes whose place in the plan is i modulo n.
    scenes: only these; empty for all.
    threads: CPU threads of each worker; 0 shares the machine's cores evenly.
    """

    workers: int = 1
    recycle: int = 20
    memory_mb: int = 0
    silence_s: float = 3600.0
    shard: tuple[int, int] = (0, 1)
    scenes: frozenset[int] = frozenset()
    threads: int = 0

    @property
    def threads_each(self) -> int:
        return self.threads or max(1, _cores() // self.workers)

    def mine(self, run: Run) -> list[int]:
        """The scenes of a run that these options ask for, sorted.

        Raises:
            ConfigError: a scene is not in the plan.
        """
        unknown = sorted(self.scenes - run.specs.keys())
        if unknown:
            raise ConfigError(f"--scene {unknown[0]}: not in the plan; expected {min(run.specs)} to {max(run.specs)}")
        index, count = self.shard
        return [scene for scene in sorted(run.specs)[index::count] if not self.scenes or scene in self.scenes]


def _cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class _Worker:
    """A running process and what it is doing."""

    number: int
    process: subprocess.Popen[str]
    log: Path
    scene: int | None = None
    ready: bool = False
    given: int = 0
    silent: bool = False
    large: bool = False
    heard: float = field(default_factory=time.monotonic)


def render_run(run: Run, options: JobOptions) -> None:
    """Render every scene of a run that is not finished; may be started any number of times.

    Raises:
        QuarantineError: everything else is finished, but some scenes could not be made.
        StoppedError: stopped by Ctrl-C or SIGTERM; finished scenes are kept.
        ViewlockError: something that would meet every scene.
    """
    _Driver(run, options).drive()


def check_assets(run: Run, waiting: Iterable[int]) -> None:
    """Raises:
    ConfigError: none of the waiting scenes can be built here, since assets are missing or changed.
    """
    catalogue = load_catalogue(run.config)
    problem: ConfigError | None = None
    for scene in waiting:
        try:
            for ref in run.specs[scene].assets:
                catalogue.get(ref.id, ref.sha256)
            return
        except ConfigError as found:
            problem = problem or found
    if problem is not None:
        raise problem


def say_quarantined(run: Run, mine: Collection[int]) -> None:
    """Raises:
    QuarantineError: some of these scenes could not be made.
    """
    failed = sorted(run.failed().keys() & set(mine))
    if failed:
        raise QuarantineError(
            f"{run.path}: {len(failed)} of {len(mine)} scenes could not be made: "
            f"{', '.join(map(str, failed[:5]))}{', ...' if len(failed) > 5 else ''}; see {run.path}/failed"
        )


class _Driver:
    def __init__(self, run: Run, options: JobOptions) -> None:
        self.run, self.options = run, options
        self.mine = options.mine(run)
        skip = run.finished() | run.failed().keys()
        self.waiting = deque(longest_first((run.specs[s] for s in self.mine if s not in skip), run.config))
        self.total = len(self.mine)
        self.already = self.total - len(self.waiting)
        self.done, self.began = 0, time.monotonic()
        self.tries: Counter[int] = Counter()
        self.kills: Counter[int | None] = Counter()  # None: before the worker had a scene
        self.workers: dict[int, _Worker] = {}
        self.leaving: list[_Worker] = []
        self.scratch: Scratch
        self.reports: queue.Queue[tuple[int, dict[str, Any] | None]] = queue.Queue()
        self.started = 0
        self.bar: tqdm[Any] | None = None

    def drive(self) -> None:
        if isinstance(self.run.path, Path):
            sweep(self.run.path)
        check_assets(self.run, self.waiting)
        if self.waiting:
            self.run.log("start", scenes=len(self.waiting), workers=self.options.workers)
            with stopping(), self._progress(), scratch() as self.scratch:
                try:
                    self._loop()
                finally:
                    self._kill_all()
        say_quarantined(self.run, self.mine)

    @contextmanager
    def _progress(self) -> Iterator[None]:
        with tqdm(
            total=self.total, initial=self.already, unit="scene", desc="render", disable=None, smoothing=0.1
        ) as bar:
            self.bar = bar
            yield

    def _loop(self) -> None:
        while self.waiting or any(w.scene is not None for w in self.workers.values()):
            while self.waiting and len(self.workers) < min(self.options.workers, self._wanted()):
                self._spawn()
            self._check_silence()
            try:
                number, report = self.reports.get(timeout=1.0)
            except queue.Empty:
                continue
            worker = self.workers.get(number)
            if worker is None:
                continue
            worker.heard = time.monotonic()
            if report is None:
                self._died(worker)
            else:
                self._handle(worker, report)

    def _wanted(self) -> int:
        return len(self.waiting) + sum(w.scene is not None for w in self.workers.values())

    # ------------------------------------------------------------ processes
    def _spawn(self) -> None:
        self.started += 1
        log = self.run.notes / "logs" / f"worker-{platform.node()}-{os.getpid()}-{self.started:04d}.log"
        command = [sys.executable, "-m", "viewlock", "worker", self.run.address, "--log", str(log),
                   "--threads", str(self.options.threads_each)]  # fmt: skip
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
            env=self.scratch.part(str(self.started)), pass_fds=self.scratch.locks,
        )  # fmt: skip
        worker = _Worker(self.started, process, log)
        self.workers[worker.number] = worker
        threading.Thread(target=self._listen, args=(worker,), daemon=True).start()

    def _listen(self, worker: _Worker) -> None:
        assert worker.process.stdout is not None
        for line in worker.process.stdout:
            try:
                report = json.loads(line)
            except json.JSONDecodeError:
                continue
            self.reports.put((worker.number, report))
        worker.process.wait()
        self.scratch.drop(str(worker.number))
        self.reports.put((worker.number, None))

    def _give(self, worker: _Worker) -> None:
        """The next scene, or the end of the worker's life."""
        assert worker.process.stdin is not None
        while self.waiting and self.waiting[0] in self.run.finished():
            self._advance(self.waiting.popleft())
        if not self.waiting or worker.given >= self.options.recycle or worker.large:
            worker.process.stdin.close()
            self.leaving.append(self.workers.pop(worker.number))
            return
        worker.scene = self.waiting.popleft()
        worker.given += 1
        try:
            worker.process.stdin.write(f"{worker.scene}\n")
            worker.process.stdin.flush()
        except BrokenPipeError:
            pass  # its death is reported next

    def _kill_all(self) -> None:
        for worker in self.workers.values():
            if worker.process.poll() is None:
                worker.process.kill()
        end = time.monotonic() + _LEAVING_S
        for worker in [*self.workers.values(), *self.leaving]:
            try:
                worker.process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()

    # ------------------------------------------------------------ reports
    def _handle(self, worker: _Worker, report: dict[str, Any]) -> None:
        event = report["event"]
        if event == "ready":
            worker.ready = True
            del self.kills[None]
            self._give(worker)
        elif event == "done":
            scene, worker.scene = worker.scene, None
            worker.large = 0 < self.options.memory_mb < report["rss_mb"]
            self.run.log(**{**report, "event": "done"})
            self._advance(scene)
            self._give(worker)
        elif event == "failed":
            self._failed(worker, report["error"], report["message"], retry=report["error"] == "crash")
            self._give(worker)
        elif event == "stop":
            raise _as_error(report)

    def _advance(self, scene: int | None) -> None:
        assert self.bar is not None
        self.bar.update(1)
        self.done += 1
        if self.bar.disable:
            print(self._line(scene), file=sys.stderr, flush=True)

    def _line(self, scene: int | None) -> str:
        """Progress for a log without a terminal."""
        left_s = (time.monotonic() - self.began) / self.done * (self.total - self.already - self.done)
        what = f"scene {scene} done" if scene is not None else "a scene failed"
        return f"{what}: {self.already + self.done} of {self.total}, about {left_s / 60:.1f} min left"

    def _failed(self, worker: _Worker, error: str, message: str, retry: bool) -> None:
        scene, worker.scene = worker.scene, None
        if scene is None:
            return
        if error in _STOPPING:
            raise _as_error({"error": error, "message": message})
        self.tries[scene] += 1
        self.run.log("failed", scene=scene, error=error, message=message, tries=self.tries[scene])
        if retry and self.tries[scene] <= RETRIES:
            self.waiting.append(scene)
            return
        self.run.quarantine(scene, self._report(scene, worker, error, message))
        self._advance(None)

    def _report(self, scene: int, worker: _Worker, error: str, message: str) -> dict[str, Any]:
        path = shlex.quote(str(self.run.path))
        return {
            "scene": scene,
            "seed": self.run.config.seed,
            "error": error,
            "message": message,
            "tries": self.tries[scene],
            "log_tail": _tail(worker.log, 4000),
            "reproduce": f"viewlock render {path} --scene {scene} --retry-failed",
        }

    def _died(self, worker: _Worker) -> None:
        self.workers.pop(worker.number, None)
        code = worker.process.returncode
        why = f"the worker process ended with code {code}"
        if worker.silent:
            why = f"the worker process said nothing for {self.options.silence_s:.0f} s and was killed"
        if worker.scene is not None and code in _OUTSIDE and not worker.silent:
            self._killed(worker, why)
        elif worker.scene is not None:
            self._failed(worker, "crash", why, retry=True)
        elif not worker.ready and code in _OUTSIDE and self.kills[None] < KILLS:
            self.kills[None] += 1
        elif not worker.ready:
            last = ([""] + _tail(worker.log, 500).split("\n"))[-1]
            raise ViewlockError(f"a worker could not start: {why}; {last + '; ' if last else ''}see {worker.log}")

    def _killed(self, worker: _Worker, why: str) -> None:
        """The scene waits again, as if nothing had been; unless it was so many times that it may have to do with it."""
        scene = worker.scene
        assert scene is not None
        self.kills[scene] += 1
        if self.kills[scene] > KILLS:
            often = f"{self.kills[scene]} workers were killed at this scene; perhaps there is too little memory for it"
            self._failed(worker, "crash", f"{often}; the last time {why}", retry=False)
            return
        worker.scene = None
        self.run.log("killed", scene=scene, message=why, kills=self.kills[scene])
        self.waiting.append(scene)

    def _check_silence(self) -> None:
        for worker in list(self.workers.values()):
            if time.monotonic() - worker.heard > self.options.silence_s and not worker.silent:
                worker.silent = True
                worker.process.kill()  # its death is reported next


def _tail(log: Path, length: int) -> str:
    try:
        return log.read_text(encoding="utf-8", errors="replace")[-length:].strip()
    except OSError:
        return ""


def _as_error(report: dict[str, Any]) -> ViewlockError:
    kind: Callable[[str], ViewlockError] = getattr(errors, report["error"], ViewlockError)
    return kind(report["message"])


@contextmanager
def stopping() -> Iterator[None]:
    """Ctrl-C and SIGTERM become a `StoppedError`."""

    def stop(number: int, _: FrameType | None) -> None:
        raise StoppedError("stopped; finished scenes are kept, run the same command again to go on", number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
