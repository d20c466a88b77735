"""Words for render farms: how far a run is, whether what came out is right, what it will cost, and submissions."""

from __future__ import annotations

import json
import shlex
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from viewlock.cli_options import (
    Device,
    PresetName,
    RunPath,
    Samples,
    Scenes,
    Seed,
    Settings,
    Size,
    Threads,
    configured,
)
from viewlock.errors import CheckError, ConfigError, QuarantineError
from viewlock.store import address_of

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def status(
    run: RunPath,
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

    opened = Run.open(run)
    reader = room.StatusReader(opened)
    while True:
        found = reader.read()
        if prometheus is not None:
            write_file(prometheus, room.prometheus(found, opened.name))
        print(json.dumps(found.as_json()) if as_json else room.summary(found), flush=True)
        if found.finished or not watch:
            break
        time.sleep(every)
    if found.damaged:
        raise CheckError(
            f"{run}: {len(found.damaged)} of {found.planned} scenes are damaged: {next(iter(found.damaged.values()))}"
        )
    if found.finished and found.quarantined:
        raise QuarantineError(
            f"{run}: finished, but {len(found.quarantined)} of {found.planned} scenes are quarantined; "
            f"see {run}/failed, then 'viewlock render {run} --retry-failed'"
        )


def verify(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A run, a dataset or a shard.")],
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

    place = address_of(path)
    with tqdm(unit="sample", desc="verify", disable=None) as bar:
        report = room.verify(place, bar.update)
    if rerender:
        again(place, rerender, seed, report, lambda run: render_run(run, JobOptions(threads=threads)))
    print(json.dumps(asdict(report)) if as_json else room.summary(report))
    if report.faults:
        first = report.faults[0] if as_json else "they are listed above"
        raise CheckError(f"{path}: {len(report.faults)} faults; {first}")


def estimate(
    preset: PresetName,
    pilot: Annotated[int, typer.Option(min=1, metavar="N", help="Scenes to try.")] = 4,
    whole: Annotated[
        bool, typer.Option("--whole", help="Render the pilot's scenes whole, not one sequence of two frames of each.")
    ] = False,
    nodes: Annotated[int, typer.Option(min=1, metavar="N", help="Machines like this one.")] = 1,
    price_per_hour: Annotated[float | None, typer.Option(min=0, help="Of a node, in any currency.")] = None,
    scenes: Scenes = None,
    seed: Seed = None,
    size: Size = None,
    samples: Samples = None,
    device: Device = None,
    settings: Settings = None,
    threads: Threads = 0,
    as_json: AsJson = False,
) -> None:
    """Render a few scenes and say what all will cost: core-hours, wall time, gigabytes and money, p50 and p95."""
    from viewlock.exporters import estimate as room
    from viewlock.renderer.jobs import JobOptions, render_run

    config = configured(preset, scenes, seed, size, samples, device, settings)
    options = JobOptions(threads=threads)
    tried = room.run_pilot(config, min(pilot, config.scenes), whole, lambda run: render_run(run, options))
    found = room.estimate(config.scenes, tried, nodes, price_per_hour)
    print(json.dumps(found.as_json()) if as_json else room.summary(found, options.threads_each))


farm = typer.Typer(help="Write a submission for a render farm.", no_args_is_help=True)

Out = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The submission to write.")]
Run_ = Annotated[str, typer.Argument(metavar="RUN", help="A run folder, on storage that all machines see.")]
Dataset = Annotated[Path | None, typer.Option(metavar="DATASET", help="What to pack into; RUN.dataset by default.")]
Shards = Annotated[int, typer.Option(min=1, metavar="N", help="Tasks.")]
Parallel = Annotated[int, typer.Option(min=0, help="Tasks at once; 0 for no limit.")]
Cpus = Annotated[int, typer.Option(min=1, help="Cores of a task.")]
Memory = Annotated[float, typer.Option(min=1, help="GiB of memory of a task.")]
Hours = Annotated[float, typer.Option(min=0.1, help="After which a task is stopped.")]
Program = Annotated[str | None, typer.Option(help="Shell words that start viewlock there.")]


@farm.command()
def slurm(
    run: Run_, output: Out, shards: Shards = 16, parallel: Parallel = 0, cpus: Cpus = 4, memory_gb: Memory = 8.0,
    hours: Hours = 12.0, dataset: Dataset = None, program: Program = None,
) -> None:  # fmt: skip
    """A bash script that submits a job array with requeue, and a job that packs after it."""
    _write_submission("slurm", run, output, dataset, program or _this_program(), shards=shards, parallel=parallel,
                      cpus=cpus, memory_gb=memory_gb, hours=hours)  # fmt: skip


@farm.command()
def openjd(
    run: Run_, output: Out, shards: Shards = 16, cpus: Cpus = 4, memory_gb: Memory = 8.0, hours: Hours = 12.0,
    dataset: Dataset = None, program: Program = None,
) -> None:  # fmt: skip
    """An Open Job Description template, for AWS Deadline Cloud and others, with a step that packs."""
    _write_submission("openjd", run, output, dataset, program or _this_program(), shards=shards, cpus=cpus,
                      memory_gb=memory_gb, hours=hours)  # fmt: skip


@farm.command()
def kubernetes(
    run: Run_, output: Out, image: Annotated[str, typer.Option(help="Container image with viewlock in it.")],
    claim: Annotated[str, typer.Option(help="Persistent volume claim that holds the run.")],
    mount: Annotated[Path, typer.Option(help="Where it is mounted, here and there.")] = Path("/data"),
    shards: Shards = 16, parallel: Parallel = 0, cpus: Cpus = 4, memory_gb: Memory = 8.0, hours: Hours = 12.0,
    dataset: Dataset = None, program: Program = None,
) -> None:  # fmt: skip
    """An Indexed Job, and a Job that packs when the run is finished."""
    _write_submission("kubernetes", run, output, dataset, program or "viewlock", shards=shards, parallel=parallel,
                      cpus=cpus, memory_gb=memory_gb, hours=hours, image=image, claim=claim, mount=mount)  # fmt: skip


def _this_program() -> str:
    """On shared storage, the Python that runs now is there for all machines."""
    return f"{shlex.quote(sys.executable)} -m viewlock"


def _write_submission(kind: str, run: str, output: Path, dataset: Path | None, program: str, **asked: Any) -> None:
    from viewlock.renderer.farm import FARMS, Submission
    from viewlock.renderer.run import Run
    from viewlock.store import write_file

    found = address_of(run)
    if isinstance(found, str):
        raise ConfigError(f"{run}: submissions are for runs in folders; call 'viewlock render {run}' in your own")
    place = found.absolute()
    target = dataset.absolute() if dataset is not None else place.with_name(place.name + ".dataset")
    submission = Submission(place, target, program=program, **asked)
    submission.check(len(Run.open(run).specs))
    write_file(output, FARMS[kind](submission))
    print(f"{output}: {submission.shards} tasks, then packing into {target}")
