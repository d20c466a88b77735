"""A run of 200 tiny scenes with two parents, of which, and of whose workers, 100 are killed at random moments.

Prints whether the dataset has the sha256 of one that nobody disturbed. The tests do the same with fewer.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TINY = ("--size", "32x32", "--samples", "1", "--set", "views=1", "--set", "render.denoise=false", "--set",
        "paintings.styles=[geometric]", "--set", "paintings.frame=0", "--set", "occluders.visible=[0,0]",
        "--set", "occluders.shadow_only=[0,0]")  # fmt: skip
"""Options that make a scene of `planar-aligned` cost a tenth of a CPU second."""

LIMIT_S = 60.0
"""So long may nothing be published."""


@dataclass
class Tally:
    """Attributes:
    workers, parents: how many were killed.
    codes: of the parents that ended by themselves.
    """

    workers: int = 0
    parents: int = 0
    codes: list[int] = field(default_factory=list)


def viewlock(*words: object) -> list[str]:
    return [sys.executable, "-m", "viewlock", *map(str, words)]


def plan(run: Path, scenes: int) -> Path:
    """A run of tiny scenes; its folder."""
    subprocess.run(viewlock("plan", "planar-aligned", "-o", run, "--scenes", scenes, *TINY), check=True)
    return run


def disturbed(run: Path, scenes: int, kills: int, parents: int = 1, workers: int = 1, seed: int = 0) -> Tally:
    """Render a run with several parents at once, and kill some of them and of their workers all the while.

    Args:
        scenes: that the run has.

    Raises:
        TimeoutError: nothing was published for a minute.
    """
    rng, tally = random.Random(seed), Tally()
    start = lambda: _start(run, workers)  # noqa: E731
    alive = [start() for _ in range(parents)]
    try:
        while kills:
            before = _published(run)
            _wait_for(run, before + rng.randint(0, max(0, (scenes - before) // kills)))
            time.sleep(rng.random() * 0.3)
            ended = [parent for parent in alive if parent.poll() is not None]
            tally.codes += [parent.returncode for parent in ended]
            alive = [parent for parent in alive if parent not in ended]
            alive += [start() for _ in range(parents - len(alive))]
            chosen = rng.choice(alive)
            below = list(_children(chosen.pid))
            if below and rng.random() < 0.5:
                os.kill(rng.choice(below), signal.SIGKILL)
                tally.workers += 1
            else:
                chosen.kill()
                chosen.wait()
                alive[alive.index(chosen)] = start()
                tally.parents += 1
            kills -= 1
        tally.codes += [parent.wait(timeout=600) for parent in alive]
    finally:
        for parent in alive:
            parent.kill()
    return tally


def _start(run: Path, workers: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(viewlock("render", run, "--workers", workers, "--threads", 1), stderr=subprocess.DEVNULL)


def _published(run: Path) -> int:
    return len(list((run / "scenes").glob("[0-9]*.tar")))


def _wait_for(run: Path, scenes: int) -> None:
    found, since = _published(run), time.monotonic()
    while found < scenes:
        time.sleep(0.02)
        now = _published(run)
        if now != found:
            found, since = now, time.monotonic()
        elif time.monotonic() - since > LIMIT_S:
            raise TimeoutError(f"{run}: nothing was published for {LIMIT_S:.0f} s")


def _children(parent: int) -> Iterator[int]:
    for file in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            yield from map(int, file.read_text().split())
        except OSError:
            continue


def packed(run: Path, target: Path) -> bytes:
    """The checksums of the dataset of a run."""
    subprocess.run(viewlock("pack", run, "-o", target), check=True, stdout=subprocess.DEVNULL)
    return (target / "SHA256SUMS").read_bytes()


def main() -> None:
    scenes, kills = 200, 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.monotonic()
        disturbed(plan(folder / "calm", scenes), scenes, 0)
        calm = time.monotonic() - start
        tally = disturbed(plan(folder / "killed", scenes), scenes, kills, parents=2)
        same = packed(folder / "calm", folder / "a") == packed(folder / "killed", folder / "b")
        blamed = list((folder / "killed" / "failed").glob("*"))
        print(f"{scenes} scenes, {tally.workers} workers and {tally.parents} parents killed: the dataset "
              f"{'has the same sha256' if same else 'DIFFERS'}, {len(blamed)} scenes quarantined; "
              f"{time.monotonic() - start - calm:.0f} s, {calm:.0f} s undisturbed")  # fmt: skip
    if not same or blamed:
        sys.exit(1)


if __name__ == "__main__":
    main()
