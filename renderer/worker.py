"""A worker process: renders the scenes it is told to and reports. The only process that imports Blender.

Tasks come as one scene id a line on standard input; reports go as JSON lines to the descriptor that was standard
output when the process began. Everything else that is printed, by Python, C or Cycles, goes to the worker's log.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from viewlock.errors import MissingLibraryError, ViewlockError, writing

from .run import Run, scene_file
from .sample import Sample

Keep = Callable[[Sample], Any]
"""A sample -> what is kept of it until its scene is finished."""

Save = Callable[[list[Any], dict[str, Any]], bytes]
"""What was kept of a scene's samples, and its record -> the bytes of its file."""


def serve(run: Run, log: Path, threads: int, keep: Keep, save: Save) -> None:
    """Render scenes until standard input ends, then leave the process at once.

    Blender can hang while the interpreter shuts down, so the process leaves by `os._exit`.
    """
    status = 1
    try:
        report = _reporter()
        try:
            _take_over_output(log)
            _serve(run, threads, keep, save, report)
        except ViewlockError as problem:
            report(event="stop", error=type(problem).__name__, message=str(problem))
        except Exception as problem:
            report(event="stop", error="crash", message=f"{type(problem).__name__}: {problem}; see {log}")
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        status = 0
    except OSError:
        pass  # nobody listens any more, or the log's disk is full: there is no one left to tell
    finally:
        os._exit(status)


def _take_over_output(log: Path) -> None:
    with writing(log):
        log.parent.mkdir(parents=True, exist_ok=True)
        target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(target, 1)
    os.dup2(target, 2)


def _reporter() -> Callable[..., None]:
    channel = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")

    def report(**message: Any) -> None:
        channel.write(json.dumps({**message, "rss_mb": resident_mb()}) + "\n")
        channel.flush()

    return report


def _serve(run: Run, threads: int, keep: Keep, save: Save, report: Callable[..., None]) -> None:
    try:
        with few_cores(threads):
            from .scene import describe, make_scene
    except ImportError as problem:
        raise MissingLibraryError(
            f"{problem.name or problem}: needed to render and not installed; "
            "run: pip install 'viewlock[render]' (Python 3.11)"
        ) from None
    from viewlock.generator.plan import load_catalogue

    from .cycles import use_threads

    catalogue = load_catalogue(run.config)
    use_threads(threads)
    report(event="ready")
    for line in sys.stdin:
        scene_id = int(line)
        start, cpu = time.perf_counter(), time.process_time()
        try:
            scene = make_scene(run.specs[scene_id], run.config, catalogue, _beat(scene_id, report), keep)
            data = save(scene.samples, describe(scene))
            fresh = run.scenes.publish_if_absent(scene_file(scene_id), data)
            report(event="done", scene=scene_id, fresh=fresh, samples=len(scene.samples), bytes=len(data),
                   wall_s=round(time.perf_counter() - start, 2), cpu_s=round(time.process_time() - cpu, 2))  # fmt: skip
            del scene, data
        except ViewlockError as problem:
            print(f"scene {scene_id}: {problem}", file=sys.stderr)
            report(event="failed", scene=scene_id, error=type(problem).__name__, message=str(problem))
        except Exception as problem:
            traceback.print_exc()
            report(event="failed", scene=scene_id, error="crash", message=f"{type(problem).__name__}: {problem}")
        gc.collect()


@contextmanager
def few_cores(count: int) -> Iterator[None]:
    """Let this process see no more cores than it has threads while it loads Blender; 0 for all of them.

    Blender's scheduler (oneTBB) counts them as it is loaded. Where a render then uses a single thread of several, an
    idle one spins beside it from its start to its end and takes another core's time.
    """
    if not count or not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(cores)[:count])
    try:
        yield
    finally:
        for thread in Path("/proc/self/task").iterdir():  # Blender's libraries have begun some, too
            with suppress(ProcessLookupError):  # it has ended since
                os.sched_setaffinity(int(thread.name), cores)


def _beat(scene_id: int, report: Callable[..., None]) -> Callable[[str], None]:
    """Tells the driver that work goes on, and the log what was done last before a crash."""

    def beat(what: str) -> None:
        print(f"scene {scene_id}: {what}", file=sys.stderr, flush=True)
        report(event="beat", what=what)

    return beat


def resident_mb() -> int:
    """Memory of this process in MiB; 0 where /proc is not there."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20
