"""The command line: words become one library call a verb, errors become one line and an exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from viewlock import __version__, cli_assets, cli_cache, cli_evaluate, cli_farm, cli_train
from viewlock.cli_options import (
    Device,
    Memory,
    PresetName,
    Recycle,
    RunPath,
    Samples,
    Scenes,
    Seed,
    Settings,
    Size,
    Threads,
    Workers,
    configured,
)
from viewlock.errors import ConfigError, DatasetError, QuarantineError, ViewlockError
from viewlock.store import address_of

app = typer.Typer(
    help="Image-alignment datasets with exact truth, rendered with Blender.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(cli_assets.app, name="assets")
app.command()(cli_cache.cache)
app.command()(cli_farm.status)
app.command()(cli_farm.verify)
app.command()(cli_farm.estimate)
app.add_typer(cli_farm.farm, name="farm")
app.command()(cli_train.train)
app.command()(cli_evaluate.evaluate)
app.command()(cli_evaluate.align)


def main() -> None:
    """Entry point: runs the command and turns errors into one line and an exit code."""
    try:
        app()
    except ViewlockError as problem:
        print(f"viewlock: {problem}", file=sys.stderr)
        sys.exit(problem.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"viewlock {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    pass


@app.command()
def generate(
    preset: PresetName,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DATASET", help="Folder of the dataset.")],
    scenes: Scenes = None,
    seed: Seed = None,
    size: Size = None,
    samples: Samples = None,
    device: Device = None,
    settings: Settings = None,
    workers: Workers = 1,
    threads: Threads = 0,
    recycle: Recycle = 20,
) -> None:
    """Plan, render and pack a dataset. May be stopped and started again; the run is kept in DATASET.run."""
    from viewlock.exporters.pack import check_target
    from viewlock.renderer.jobs import JobOptions, render_run

    config = configured(preset, scenes, seed, size, samples, device, settings)
    _check_writable(output)
    check_target(config, output)
    run_path = output.with_name(output.name + ".run")
    run = _plan(config, run_path)
    try:
        render_run(run, JobOptions(workers, recycle, threads=threads))
    except QuarantineError:
        if run.finished():
            _pack(run, output, partial=False)
        raise
    _pack(run, output, partial=False)


@app.command()
def plan(
    preset: PresetName,
    output: Annotated[str, typer.Option("-o", "--output", metavar="RUN", help="Folder of the run, or its s3:// URL.")],
    scenes: Scenes = None,
    seed: Seed = None,
    size: Size = None,
    samples: Samples = None,
    device: Device = None,
    settings: Settings = None,
) -> None:
    """Decide everything random and write the plan of a run."""
    config = configured(preset, scenes, seed, size, samples, device, settings)
    place = address_of(output)
    if isinstance(place, Path):
        _check_writable(place)
    _plan(config, place)


@app.command()
def render(
    run: RunPath,
    workers: Workers = 1,
    threads: Threads = 0,
    recycle: Recycle = 20,
    recycle_above: Memory = 0.0,
    shard: Annotated[str, typer.Option(metavar="I/N", help="Only every N-th scene, from the I-th (from 0).")] = "0/1",
    scene: Annotated[list[int] | None, typer.Option(help="Only this scene; may be repeated.")] = None,
    retry_failed: Annotated[bool, typer.Option(help="Try quarantined scenes again.")] = False,
    engine: Annotated[
        str, typer.Option(help="local, or ray: on the cluster RAY_ADDRESS, or all of this machine.")
    ] = "local",
) -> None:
    """Render the scenes of a run that are not finished. May be started any number of times, anywhere, together."""
    from viewlock.renderer.jobs import JobOptions, render_run
    from viewlock.renderer.ray_engine import render_on_ray
    from viewlock.renderer.run import Run

    engines = {"local": render_run, "ray": render_on_ray}
    if engine not in engines:
        raise ConfigError(f"--engine {engine}: expected local or ray")
    opened = Run.open(run)
    options = JobOptions(workers, recycle, round(1024 * recycle_above), threads=threads, shard=_parse_shard(shard),
                         scenes=frozenset(scene or ()))  # fmt: skip
    if retry_failed:
        for number in set(options.mine(opened)) & opened.failed().keys():
            opened.forgive(number)
    engines[engine](opened, options)


@app.command()
def pack(
    run: RunPath,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DATASET", help="Folder of the dataset.")],
    partial: Annotated[bool, typer.Option(help="Pack what is finished, even if scenes are missing.")] = False,
) -> None:
    """Pack the finished scenes of a run into shards."""
    from viewlock.renderer.run import Run

    opened = Run.open(run)
    _check_writable(output)
    _pack(opened, output, partial)


@app.command()
def inspect(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="A dataset folder or a shard.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="SHEET.png", help="The picture to write.")],
    split: Annotated[str | None, typer.Option(help="train, val or test; all by default.")] = None,
    rows: Annotated[int, typer.Option(min=1, help="Samples to show.")] = 12,
) -> None:
    """Write a contact sheet: images, flow in colour and masks of samples spread over the dataset."""
    from viewlock.exporters.contact_sheet import contact_sheet
    from viewlock.exporters.dataset import ShardDataset

    if output.suffix.lower() != ".png":
        raise ConfigError(f"-o {output}: expected a file name that ends in .png")
    opened = ShardDataset(dataset, split)
    if len(opened) == 0:
        where = f"split {split} of {dataset}" if split else str(dataset)
        raise DatasetError(f"{where}: no sample to show; choose another split, or render a scene of a run first")
    count = contact_sheet(opened, output, rows)
    print(f"{count} samples shown in {output}")


@app.command(hidden=True)
def worker(run: RunPath, log: Annotated[Path, typer.Option()], threads: Annotated[int, typer.Option()] = 0) -> None:
    """One render process; started by `render`."""
    from viewlock.exporters.fields import encode_sample
    from viewlock.exporters.scene_file import encode_scene
    from viewlock.renderer.run import Run
    from viewlock.renderer.worker import serve

    opened = Run.open(run)
    serve(opened, log, threads, lambda s: encode_sample(s.key, s.fields, opened.config.flow_form), encode_scene)


def _plan(config: Any, path: Path | str) -> Any:
    from tqdm import tqdm

    from viewlock.generator.plan import draw_plan, load_catalogue
    from viewlock.renderer.run import Run

    run = Run(path)
    if run.exists:
        run.check_same(config)
        return run
    run.check_free()
    with tqdm(unit="model", desc="assets", disable=None if config.assets.manifests else True) as bar:
        catalogue = load_catalogue(config, lambda line: tqdm.write(line, file=sys.stderr), bar.update)
    for line in catalogue.left_out:
        print(line, file=sys.stderr)
    with tqdm(total=config.scenes, unit="scene", desc="plan", disable=None) as bar:
        specs, rejected = draw_plan(config, catalogue, bar.update)
    run = Run.create(path, config, specs)
    run.log("plan", scenes=len(specs), rejected=dict(rejected.most_common()), left_out=list(catalogue.left_out))
    return run


def _pack(run: Any, output: Path, partial: bool) -> None:
    from tqdm import tqdm

    from viewlock.exporters.pack import pack as pack_run
    from viewlock.generator.plan import load_catalogue

    with tqdm(total=len(run.finished()), unit="scene", desc="pack", disable=None) as bar:
        content = pack_run(run, output, load_catalogue(run.config), partial, bar.update)
    counts = ", ".join(f"{name} {split['samples']}" for name, split in content["splits"].items())
    print(f"{output}: {sum(s['samples'] for s in content['splits'].values())} samples ({counts})")


def _parse_shard(text: str) -> tuple[int, int]:
    index, _, count = text.partition("/")
    if index.isdigit() and count.isdigit() and int(index) < int(count):
        return int(index), int(count)
    raise ConfigError(f"--shard {text}: expected I/N with 0 <= I < N, for example 0/4")


def _check_writable(folder: Path) -> None:
    """Refuses a target before anything is computed.

    Raises:
        OutputError: the folder, or the nearest one above it that exists, cannot be written.
    """
    from viewlock.errors import OutputError

    existing = folder.absolute()
    while not existing.exists():
        existing = existing.parent
    if not existing.is_dir():
        raise OutputError(f"{folder}: {existing} is a file, not a folder; choose another place with -o")
    if not os.access(existing, os.W_OK):
        raise OutputError(f"{folder}: no permission to write in {existing}; choose another place with -o")
