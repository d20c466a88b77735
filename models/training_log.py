"""What a training tells: TensorBoard's scalars and pictures, and one JSON line for each entry in `log.jsonl`."""

from __future__ import annotations

import json
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.utils.tensorboard import SummaryWriter

from viewlock.errors import writing

from .learner import Preview

_ROWS = 4


class TrainingLog:
    """Entries of one call; TensorBoard drops later ones than `step`, left by a call that was cut off."""

    def __init__(self, run: Path, step: int) -> None:
        self._file = run / "log.jsonl"
        self._board = SummaryWriter(str(run / "tensorboard"), purge_step=step + 1)
        self._since, self._step = time.monotonic(), step

    def losses(self, step: int, losses: dict[str, Tensor], norm: float, lr: float, waited_s: float) -> None:
        """Losses of a step, and what the steps since the last entry took."""
        seconds = (time.monotonic() - self._since) / max(step - self._step, 1)
        numbers = {f"loss/{name}": float(value.detach()) for name, value in losses.items()}
        numbers |= {"gradient_norm": norm, "lr": lr, "seconds_per_step": seconds, "seconds_waiting_for_data": waited_s}
        self._write(step, numbers)
        self._since, self._step = time.monotonic(), step

    def preview(self, step: int, preview: Preview) -> None:
        for name, images in preview.images.items():
            # From left to right: the samples; one picture a name keeps them comparable over time.
            self._board.add_image(f"preview/{name}", torch.cat(list(images[:_ROWS].float().cpu()), dim=2), step)
        self._write(step, {f"preview/{name}": value for name, value in preview.numbers.items()})

    def close(self) -> None:
        self._board.close()

    def _write(self, step: int, numbers: dict[str, float]) -> None:
        for name, value in numbers.items():
            self._board.add_scalar(name, value, step)
        with writing(self._file), self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"step": step, **numbers}) + "\n")
