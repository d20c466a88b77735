"""The training loop of every model, to be read from top to bottom.

A step is a pure function of the weights, the step's number and its batches: torch is seeded anew for each step, and
the order of batches depends on the seed alone (`viewlock.models.loader`). So a training that was stopped goes on bit
for bit.
"""

from __future__ import annotations

import copy
import math
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from tqdm import tqdm

from viewlock.errors import ConfigError, DatasetError, StoppedError

from .config import TrainConfig
from .data import sample_files
from .learner import Batch
from .loader import Stream, StreamState
from .place import Place
from .registry import model_kind
from .run_files import load_state, save_state, save_weights
from .run_folder import open_run
from .training_log import TrainingLog

_BAD_STEPS = 10
"""Steps in a row without a finite gradient after which a training is given up."""


@dataclass(frozen=True)
class Limits:
    """When this call ends, beside the end of the training.

    Attributes:
        steps: at this step, counted from the beginning; None for `train.steps`.
        minutes: after so many minutes of this call; None for no limit.
    """

    steps: int | None = None
    minutes: float | None = None


@dataclass(frozen=True)
class Trained:
    """Attributes:
    step: the number of steps done, in this and earlier calls.
    seconds: of this call.
    """

    run: Path
    step: int
    seconds: float


def train(
    model_name: str, config: Any, data: Sequence[Path], run: Path, place: Place, limits: Limits | None = None,
    workers: int = 1,
) -> Trained:  # fmt: skip
    """Train a model, or go on with its training.

    Args:
        config: checked configuration of the model.
        data: datasets, runs and shards.
        run: folder of the training; one of the same configuration and data is continued.
        workers: loading processes.

    Raises:
        OutputError: the folder belongs to another training, or cannot be written.
        DatasetError, ConfigError: the data or the configuration do not fit.
        StoppedError: by Ctrl-C or SIGTERM; what was learned is kept.
    """
    limits = limits or Limits()
    settings: TrainConfig = config.train
    place.autocast(settings.precision)  # refuses early what this device cannot do
    torch.manual_seed(settings.seed)
    config, model = model_kind(model_name).start(config)
    resumes = open_run(run, config, data, place)
    learner = cast(Any, model)
    stream = Stream(data, learner.fields, learner.kind, config.data, settings.seed, settings.batch,
                    rank=place.rank, world=place.world, workers=workers)  # fmt: skip
    if not resumes:
        learner.prepare(replace(stream, rank=0, world=1).batches(StreamState()))
    model.to(place.device)
    averaged = copy.deepcopy(model).eval().requires_grad_(False)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(trained, settings.lr, settings.betas, weight_decay=settings.weight_decay)
    scaler = torch.amp.GradScaler(place.device.type, enabled=settings.precision == "fp16")
    state, step = StreamState(), 0
    if resumes:
        step, state = _restore(load_state(run, place.device), place, model, averaged, optimiser, scaler)
    parallel = DistributedDataParallel(model) if place.world > 1 else model

    started, first, bad = time.monotonic(), step, 0
    last = limits.steps if limits.steps is not None else settings.steps
    batches = stream.batches(state)
    log = TrainingLog(run, step) if place.is_first else None
    with _stop_signals() as stopped, tqdm(
        total=last, initial=step, unit="step", desc=model_name, disable=None if place.is_first else True
    ) as bar:  # fmt: skip
        while step < last and not place.any(bool(stopped) or _expired(limits, started, step - first)):
            model.train()
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(settings, step)
            losses: dict[str, Tensor] = {}
            waited = 0.0
            for part in range(settings.accumulate):
                asked = time.monotonic()
                batch = place.move(next(batches))
                waited += time.monotonic() - asked
                torch.manual_seed(_seed_of(settings.seed, step, part, place.rank))
                final = part == settings.accumulate - 1
                with nullcontext() if final else _no_sync(parallel):
                    with place.autocast(settings.precision):
                        losses = parallel(batch, step)
                    scaler.scale(losses["loss"] / settings.accumulate).backward()
            scaler.unscale_(optimiser)
            norm = nn.utils.clip_grad_norm_(trained, settings.clip or math.inf)
            # Gradients are averaged over processes, so all of them see the same norm and stay together.
            bad = 0 if torch.isfinite(norm) else bad + 1
            if bad == _BAD_STEPS:
                raise ConfigError(
                    f"{run}: no finite gradient in {bad} steps up to step {step}: it diverged; lower train.lr "
                    f"({settings.lr:g}), or use train.precision=fp32, and train into a new folder"
                )
            if not bad or scaler.is_enabled():
                scaler.step(optimiser)
                scaler.update()
            optimiser.zero_grad(set_to_none=True)
            if not bad:
                average(averaged, model, min(settings.ema, (1 + step) / (10 + step)))
            step += 1
            bar.update()
            if log and (step % settings.log_every == 0 or step == 1):
                log.losses(step, losses, float(norm), optimiser.param_groups[0]["lr"], waited)
                bar.set_postfix(loss=f"{float(losses['loss'].detach()):.4f}")
            if log and step % settings.preview_every == 0:
                log.preview(step, cast(Any, averaged).preview(_preview_batch(stream, place), step))
            if place.is_first and step % settings.checkpoint_every == 0 and step < last:
                _keep(run, config, step, state, model, averaged, optimiser, scaler, place)
    if place.is_first and step > first:
        _keep(run, config, step, state, model, averaged, optimiser, scaler, place)
    if log:
        log.close()
    place.barrier()
    if stopped and step < last:
        raise StoppedError(f"{run}: stopped at step {step}; run the same command again to go on", stopped[0])
    return Trained(run, step, time.monotonic() - started)


def learning_rate(settings: TrainConfig, step: int) -> float:
    """Of the step with this number, from 0."""
    warm = min(1.0, (step + 1) / settings.warmup) if settings.warmup else 1.0
    if settings.schedule == "constant":
        return settings.lr * warm
    return settings.lr * warm * (1 + math.cos(math.pi * min(step / settings.steps, 1.0))) / 2


@torch.no_grad()
def average(averaged: nn.Module, model: nn.Module, decay: float) -> None:
    """Move averaged weights towards the model's; buffers and frozen weights are copied."""
    sources = dict(model.named_parameters())
    for name, parameter in averaged.named_parameters():
        if sources[name].requires_grad:
            parameter.lerp_(sources[name], 1 - decay)
    for target, source in zip(averaged.buffers(), model.buffers(), strict=True):
        target.copy_(source)


def _seed_of(*numbers: int) -> int:
    return int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0]) >> 1


def _expired(limits: Limits, started: float, done: int) -> bool:
    """At least one step is made, so that repeated calls get on."""
    return limits.minutes is not None and done > 0 and time.monotonic() - started >= 60 * limits.minutes


def _no_sync(parallel: nn.Module) -> Any:
    return parallel.no_sync() if isinstance(parallel, DistributedDataParallel) else nullcontext()


def _preview_batch(stream: Stream, place: Place) -> Batch:
    """The first batch of `val`, or of `train` where there is no `val`: the same at every preview."""
    try:
        sample_files(stream.paths, "val", stream.kind)
        split = "val"
    except DatasetError:
        split = stream.split
    return place.move(next(replace(stream, split=split, rank=0, world=1, workers=0).batches(StreamState())))


def _keep(
    run: Path, config: Any, step: int, stream: StreamState, model: nn.Module, averaged: nn.Module,
    optimiser: torch.optim.Optimizer, scaler: Any, place: Place,
) -> None:  # fmt: skip
    """The state comes last: with it the checkpoint is whole."""
    save_weights(run, averaged, config, step)
    save_state(run, {
        "step": step,
        "world": place.world,
        "stream": {"epoch": stream.epoch, "batch": stream.batch, "files": list(stream.files)},
        "model": model.state_dict(),
        "averaged": averaged.state_dict(),
        "optimiser": optimiser.state_dict(),
        "scaler": scaler.state_dict(),
    })  # fmt: skip


def _restore(
    kept: dict[str, Any], place: Place, model: nn.Module, averaged: nn.Module, optimiser: Any, scaler: Any
) -> tuple[int, StreamState]:
    if kept["world"] != place.world:
        raise ConfigError(
            f"the training has run with {kept['world']} processes, now {place.world}: go on with as many, or train "
            "into a new folder"
        )
    model.load_state_dict(kept["model"])
    averaged.load_state_dict(kept["averaged"])
    optimiser.load_state_dict(kept["optimiser"])
    scaler.load_state_dict(kept["scaler"])
    at = kept["stream"]
    return kept["step"], StreamState(at["epoch"], at["batch"], tuple(at["files"]))


@contextmanager
def _stop_signals() -> Iterator[list[int]]:
    """Collects SIGINT and SIGTERM, so that a step is finished and its state kept."""
    seen: list[int] = []
    note = lambda number, _: seen.append(number)  # noqa: E731
    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield seen
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
