"""Batches in an order that depends on the seed alone: however many workers load them, and wherever one resumes.

An epoch takes a permutation of all samples, drawn from (seed, epoch); what is drawn for a sample (crop, flips, tone)
comes from (seed, epoch, position in the epoch). So the state of a stream is three numbers and the files of the epoch,
which matter when a run is still being rendered: its new scenes join at the next epoch.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from viewlock.errors import ViewlockError
from viewlock.exporters.fields import Flow

from .augment import augment
from .config import DataConfig
from .crops import Window, random_window
from .data import Samples, sample_files
from .learner import Batch


@dataclass
class StreamState:
    """Attributes:
    epoch: from 0.
    batch: how many batches of the epoch were taken.
    files: of the epoch; empty before it begins.
    """

    epoch: int = 0
    batch: int = 0
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stream:
    """Endless batches of the training samples.

    Attributes:
        paths: datasets, runs and shards, taken together.
        fields: what is decoded.
        kind: of the datasets.
        split: None for all.
        batch: samples for each process and step of accumulation.
        rank, world: this process takes every `world`-th sample of a global batch.
        workers: loading processes; 0 loads in this one.
    """

    paths: Sequence[Path]
    fields: Sequence[str]
    kind: str | None
    data: DataConfig
    seed: int
    batch: int
    split: str | None = "train"
    rank: int = 0
    world: int = 1
    workers: int = 1

    def batches(self, state: StreamState) -> Iterator[Batch]:
        """Batches from `state` on; `state` says at any time which one is next.

        Raises:
            DatasetError: no data, another kind, a field is missing, or pictures too small for the crop.
        """
        while True:
            if not state.files:
                state.files = tuple(map(str, sample_files(self.paths, self.split, self.kind)))
            samples = Samples([Path(name) for name in state.files], self.fields)
            epoch = _Epoch(samples, self.data, self.seed, state.epoch)
            for batch in self._loader(epoch, state.batch):
                if isinstance(batch, ViewlockError):
                    raise batch
                state.batch += 1
                yield batch
            state.epoch, state.batch, state.files = state.epoch + 1, 0, ()

    def _loader(self, epoch: _Epoch, first: int) -> Iterator[Batch | ViewlockError]:
        with warnings.catch_warnings():
            # torch warns at every epoch of more workers than cores, which is for the user to choose.
            warnings.filterwarnings("ignore", message="This DataLoader will create")
            loader = DataLoader(
                epoch,
                batch_sampler=self._positions(len(epoch.samples))[first:],
                num_workers=self.workers,
                collate_fn=collate,
                pin_memory=torch.cuda.is_available(),
                prefetch_factor=4 if self.workers else None,
                multiprocessing_context="fork" if self.workers else None,
            )
            return iter(loader)

    def _positions(self, samples: int) -> list[list[int]]:
        """Positions in the epoch for each batch of this process; the rest of an epoch that fills no batch is left out,
        and fewer samples than one batch are repeated."""
        together = self.batch * self.world
        count = max(1, samples // together)
        first = range(self.rank, count * together, together)
        return [list(range(start, start + together - self.rank, self.world)) for start in first]


class _Epoch(Dataset):
    """The samples of an epoch by position: shuffled, cropped and changed in tone."""

    def __init__(self, samples: Samples, data: DataConfig, seed: int, epoch: int) -> None:
        self.samples, self._data, self._seed, self._epoch = samples, data, seed, epoch
        self._order = np.random.default_rng([seed, epoch]).permutation(len(samples))

    def __getitem__(self, position: int) -> Batch | ViewlockError:
        """A sample, or what is wrong with it: a loading process that raises would bury the line in tracebacks."""
        try:
            return self._load(position)
        except ViewlockError as problem:
            return problem

    def _load(self, position: int) -> Batch:
        rng = np.random.default_rng([self._seed, self._epoch, position])
        data = self._data

        def choose(size: tuple[int, int]) -> Window:
            return random_window(_at_least(size, data.crop), data.crop, data.flip_x, data.flip_y, rng)

        sample = self.samples.cropped(self._order[position % len(self._order)], choose)
        return to_tensors(augment(sample, data.photometric, rng))


def _at_least(size: tuple[int, int], crop: tuple[int, int]) -> tuple[int, int]:
    """So that pictures too small get as far as `crop_sample`, which says so."""
    return max(size[0], crop[0]), max(size[1], crop[1])


def to_tensors(sample: dict[str, Any]) -> Batch:
    """Pictures (3, H, W) in [0, 1], masks (H, W) bool, flow (2, H, W) and `<name>_valid` (H, W) bool.

    Key and `meta`, whose form differs from sample to sample, stay behind.
    """
    tensors: Batch = {}
    for name, value in sample.items():
        if isinstance(value, Flow):
            tensors[name] = torch.from_numpy(np.ascontiguousarray(value.flow.transpose(2, 0, 1)))
            tensors[f"{name}_valid"] = torch.from_numpy(np.ascontiguousarray(value.valid))
        elif isinstance(value, np.ndarray):
            tensors[name] = _array(value)
    return tensors


def _array(value: np.ndarray) -> Tensor:
    if value.dtype == np.uint8:
        value = value.astype(np.float32) / np.float32(255)
    if value.dtype == np.uint16:
        value = value.astype(np.int32)
    return torch.from_numpy(np.ascontiguousarray(value.transpose(2, 0, 1) if value.ndim == 3 else value))


def collate(samples: Sequence[Batch | ViewlockError]) -> Batch | ViewlockError:
    """Stacked along a new first axis; or the first problem."""
    tensors = []
    for sample in samples:
        if isinstance(sample, ViewlockError):
            return sample
        tensors.append(sample)
    return {name: torch.stack([sample[name] for sample in tensors]) for name in tensors[0]}
