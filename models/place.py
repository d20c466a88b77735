"""Where a training runs: its device, its number format, and the processes that share it (started by torchrun)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
import torch.distributed as dist

from viewlock.errors import ConfigError, DeviceError

from .learner import Batch

_FORMATS = {"bf16": torch.bfloat16, "fp16": torch.float16}


@dataclass(frozen=True)
class Place:
    """Attributes:
    rank, world: this process among all of them.
    """

    device: torch.device
    rank: int = 0
    world: int = 1

    @property
    def is_first(self) -> bool:
        """The process that writes."""
        return self.rank == 0

    def move(self, batch: Batch) -> Batch:
        return {name: tensor.to(self.device, non_blocking=True) for name, tensor in batch.items()}

    def autocast(self, precision: str) -> Any:
        if precision == "fp16" and self.device.type == "cpu":
            raise ConfigError("train.precision: fp16 needs a GPU; use bf16 or fp32 on the CPU")
        return torch.autocast(self.device.type, _FORMATS.get(precision), enabled=precision != "fp32")

    def any(self, mine: bool) -> bool:
        """Whether it is so in any process; all get the same answer."""
        if self.world == 1:
            return mine
        flag = torch.tensor(float(mine), device=self.device)
        dist.all_reduce(flag, dist.ReduceOp.MAX)
        return bool(flag)

    def barrier(self) -> None:
        """Wait for all processes."""
        if self.world > 1:
            dist.barrier()


@contextmanager
def placed(device: str) -> Iterator[Place]:
    """The place of this process.

    Args:
        device: `auto` (a GPU if there is one), `cpu` or `cuda`.

    Raises:
        DeviceError: there is no such device.
    """
    rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    if device not in ("auto", "cpu", "cuda"):
        raise DeviceError(f"--device {device}: expected auto, cpu or cuda")
    if device == "cuda" and not torch.cuda.is_available():
        raise DeviceError("--device cuda: torch sees no GPU; use --device cpu, or install a CUDA build of torch")
    on_gpu = device != "cpu" and torch.cuda.is_available()
    chosen = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if on_gpu else torch.device("cpu")
    if on_gpu:
        torch.cuda.set_device(chosen)
    if world > 1:
        dist.init_process_group("nccl" if on_gpu else "gloo")
    try:
        yield Place(chosen, rank, world)
    finally:
        if world > 1:
            dist.destroy_process_group()
