"""`viewlock train`: a model learns from datasets."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from viewlock.errors import ConfigError, MissingLibraryError


def train(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="dmaligner or vqvae.")],
    data: Annotated[list[Path], typer.Option(metavar="DATASET", help="A dataset, run or shard; may be repeated.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="RUN", help="Folder of the training.")],
    preset: Annotated[
        str, typer.Option(metavar="PRESET|CONFIG.yaml", help="tiny, small, ..., or a YAML file.")
    ] = "small",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Any key of the preset.")
    ] = None,
    steps: Annotated[int | None, typer.Option(min=1, help="Stop at this step, counted from the first.")] = None,
    max_minutes: Annotated[
        float | None, typer.Option(min=0, help="Stop after so many minutes; may go on later.")
    ] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    workers: Annotated[int, typer.Option(min=0, help="Loading processes; 0 loads within the training.")] = 1,
) -> None:
    """Train a model on datasets, or go on with a training. May be stopped and started again at any point."""
    _check_libraries()
    from viewlock.models.config import read_config
    from viewlock.models.place import placed
    from viewlock.models.registry import model_kind
    from viewlock.models.train import Limits
    from viewlock.models.train import train as run_training
    from viewlock.settings import parse_overrides

    config: Any = read_config(model_kind(model).config, model, preset, parse_overrides(settings or []))
    if steps is None and max_minutes == 0:
        raise ConfigError("--max-minutes 0: expected a positive number of minutes")
    with placed(device) as place:
        done = run_training(model, config, data, output, place, Limits(steps, max_minutes), workers)
        if place.is_first:
            print(f"{done.run}: step {done.step} after {done.seconds / 60:.1f} min of this call")
            print(f"weights {done.run / 'weights.safetensors'}, state {done.run / 'state.pt'}")
            print(f"curves  tensorboard --logdir {done.run / 'tensorboard'}")


def _check_libraries() -> None:
    """Before anything imports them, which takes seconds."""
    for name in ("torch", "diffusers", "safetensors", "tensorboard"):
        if find_spec(name) is None:
            raise MissingLibraryError(f"training needs {name}, which is not installed: pip install 'viewlock[models]'")
