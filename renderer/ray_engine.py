"""Renders a run on a Ray cluster: tasks of a few scenes each, on whichever machine has room.

A task starts `viewlock render RUN --scene ...` beside itself, which publishes the scenes, so only numbers travel, no
Ray process ever imports Blender, and each task begins with fresh memory. Heartbeats, retries and quarantine are those
of `jobs`; what Ray adds is where and when. Ray starts the task again when its process or machine dies.
"""

from __future__ import annotations

import ctypes
import importlib
import math
import signal
import subprocess
import sys
from collections import deque
from typing import Any

from tqdm import tqdm

from viewlock import errors
from viewlock.errors import MissingLibraryError, TryAgainError, ViewlockError

from .cost import longest_first
from .jobs import JobOptions, check_assets, say_quarantined, stopping
from .run import Run

DEATHS = 20
"""How often Ray starts a task again whose process or machine died. A scene that kills its own worker does not count:
that worker is a process below, and such scenes are tried and quarantined there."""

_SHARES = 4
"""Tasks for each place in the cluster, so that none is idle for long at the end."""


def render_on_ray(run: Run, options: JobOptions) -> None:
    """Render every scene of a run that is not finished, on the cluster that `RAY_ADDRESS` names, or on this machine.

    Each task takes `options.threads_each` CPUs, and a GPU if the device is not the CPU. The run must be at the same
    path on all machines.

    Raises:
        MissingLibraryError: Ray is not installed.
        QuarantineError: everything else is finished, but some scenes could not be made.
        StoppedError: stopped by Ctrl-C or SIGTERM; finished scenes are kept.
        ViewlockError: something that would meet every scene, or no machine is large enough.
    """
    mine = options.mine(run)
    done = run.finished() | run.failed().keys()
    waiting = longest_first((run.specs[scene] for scene in mine if scene not in done), run.config)
    check_assets(run, waiting)
    if waiting:
        ray = _ray()
        with stopping():
            ray.init(ignore_reinit_error=True, log_to_driver=False, include_dashboard=False, logging_level="warning")
            try:
                _drive(ray, run, options, waiting)
            finally:
                ray.shutdown()
    say_quarantined(run, mine)


def _ray() -> Any:
    try:
        return importlib.import_module("ray")
    except ImportError:
        raise MissingLibraryError("ray: needed for --engine ray; run: pip install 'viewlock[farm]'") from None


def _drive(ray: Any, run: Run, options: JobOptions, waiting: list[int]) -> None:
    threads, gpus = options.threads_each, int(_device(run) != "cpu")
    places = _places(ray.cluster_resources(), threads, gpus)
    if not places:
        raise ViewlockError(f"no machine of the cluster has {threads} CPUs and {gpus} GPUs; say --threads")
    run.log("start", scenes=len(waiting), engine="ray", places=places)
    task = ray.remote(num_cpus=threads, num_gpus=gpus, max_retries=DEATHS)(render_some)
    todo = deque(batches(waiting, places, options.recycle))
    running: dict[Any, list[int]] = {}
    with tqdm(total=len(waiting), unit="scene", desc="render", disable=None) as bar:
        while todo or running:
            # No more than the cluster can begin soon: it may be given more machines, or lose some.
            room = 2 * max(1, _places(ray.cluster_resources(), threads, gpus))
            while todo and len(running) < room:
                some = todo.popleft()
                running[task.remote(run.address, some, threads)] = some
            for ended in ray.wait(list(running), num_returns=1, timeout=5.0)[0]:
                some = running.pop(ended)
                _check(*ray.get(ended))
                bar.update(len(some))


def _device(run: Run) -> str:
    return str(run.config.render.device)


def _places(resources: dict[str, float], cpus: int, gpus: int) -> int:
    """How many tasks the cluster can run at once."""
    by_cpu = int(resources.get("CPU", 0) // cpus)
    return min(by_cpu, int(resources.get("GPU", 0) // gpus)) if gpus else by_cpu


def batches(scenes: list[int], places: int, most: int) -> list[list[int]]:
    """The scenes in order, some for each task: few enough that every place gets several tasks."""
    size = max(1, min(most, math.ceil(len(scenes) / (_SHARES * places))))
    return [scenes[k : k + size] for k in range(0, len(scenes), size)]


def render_some(path: str, scenes: list[int], threads: int) -> tuple[int, str]:
    """Within a Ray task: render some scenes. The exit code, and the last line that was said."""
    words = [word for scene in scenes for word in ("--scene", str(scene))]
    command = [sys.executable, "-m", "viewlock", "render", path, "--threads", str(threads), *words]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, preexec_fn=_end_with_parent)
    return done.returncode, (done.stderr.strip().splitlines() or [""])[-1]


def _end_with_parent() -> None:
    """Linux tells the new process to stop when this one dies, however it dies."""
    set_signal_on_parents_death = 1
    ctypes.CDLL(None).prctl(set_signal_on_parents_death, signal.SIGTERM)


def _check(code: int, said: str) -> None:
    """Raises:
    ViewlockError: the scenes were not rendered, and others would not be, either. Quarantine is said at the end.
    """
    if code in (0, errors.QuarantineError.exit_code):
        return
    message = said.removeprefix("viewlock: ") or f"a render process ended with code {code}"
    raise TryAgainError(message) if code == TryAgainError.exit_code else ViewlockError(message)
