"""Words for render farms: how far a run is, whether what came out is right, what it will cost, and submissions."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from viewlock.errors import CheckError, QuarantineError

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def status(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    as_json: AsJson = False,
    watch: Annotated[bool, typer.Option("--watch", help="Again and again, until nothing is left to render.")] = False,
    every: Annotated[float, typer.Option(min=1, help="Seconds between two looks of --watch.")] = 10.0,
    prometheus: Annotated[
        Path | None, typer.Option(metavar="FILE.prom", help="Also write it for Prometheus' textfile collector.")
    ] = None,
) -> None:
    """Say how far a run is: done, quarantined and why, rate, time left, CPU cost, and who is at work."""
    from viewlock.exporters import status as room
    from viewlock.renderer.run import Run
    from viewlock.store import write_file

    reader = room.StatusReader(Run.open(run))
    while True:
        found = reader.read()
        if prometheus is not None:
            write_file(prometheus, room.prometheus(found, run.name))
        print(json.dumps(found.as_json()) if as_json else room.summary(found), flush=True)
        if found.finished or not watch:
            break
        time.sleep(every)
    if found.finished and found.quarantined:
        raise QuarantineError(
            f"{run}: finished, but {len(found.quarantined)} of {found.planned} scenes are quarantined; "
            f"see {run / 'failed'}, then 'viewlock render {run} --retry-failed'"
        )


def verify(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A run, a dataset or a shard.")],
    rerender: Annotated[int, typer.Option(min=0, metavar="N", help="Also render N scenes again and compare.")] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Which scenes --rerender takes.")] = 0,
    threads: Annotated[int, typer.Option(min=0, help="CPU threads of --rerender; 0 for all cores.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Hash every byte, decode every member and check what must be true of every sample. Exit code 1 if it is not."""
    from tqdm import tqdm

    from viewlock.exporters import verify as room
    from viewlock.exporters.rerender import rerender as again
    from viewlock.renderer.jobs import JobOptions, render_run

    with tqdm(unit="sample", desc="verify", disable=None) as bar:
        report = room.verify(path, bar.update)
    if rerender:
        again(path, rerender, seed, report, lambda run: render_run(run, JobOptions(threads=threads)))
    print(json.dumps(asdict(report)) if as_json else room.summary(report))
    if report.faults:
        first = report.faults[0] if as_json else "they are listed above"
        raise CheckError(f"{path}: {len(report.faults)} faults; {first}")
