"""Files of a training run: weights to use (safetensors, with the configuration inside) and state to go on from.

A run folder holds `config.yaml`, `weights.safetensors` (averaged weights), `state.pt` (everything the next step
depends on), `log.jsonl` and `tensorboard/`. Files are replaced whole or not at all. Nothing is unpickled but tensors
and plain values.
"""

from __future__ import annotations

import io
import json
import pickle
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import nn

from viewlock import __version__
from viewlock.errors import DatasetError
from viewlock.store import replacing, write_file

from .config import Section, to_plain

WEIGHTS, STATE, CONFIG = "weights.safetensors", "state.pt", "config.yaml"


def save_weights(run: Path, model: nn.Module, config: Section, step: int) -> None:
    """Raises:
    OutputError, TryAgainError: the folder cannot be written, or the disk is full.
    """
    tensors = {name: tensor.detach().contiguous().cpu() for name, tensor in model.state_dict().items()}
    about = {"version": __version__, "step": step, "config": to_plain(config)}
    # One entry: safetensors writes several in an order of chance, and the same training should give the same bytes.
    write_file(run / WEIGHTS, save(tensors, {"viewlock": json.dumps(about)}))


def read_weights(run: Path) -> tuple[dict[str, Any], int, dict[str, torch.Tensor]]:
    """Configuration as plain data, step, and tensors by name.

    Raises:
        DatasetError: no weights there, or damaged.
    """
    path = run / WEIGHTS
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except FileNotFoundError:
        raise DatasetError(f"{run}: no {WEIGHTS} in it: expected a run of 'viewlock train'") from None
    except (SafetensorError, OSError) as problem:
        raise DatasetError(f"{path}: cannot be read: {' '.join(str(problem).split())}") from None
    try:
        about = json.loads(metadata["viewlock"])
        values, step = about["config"], int(about["step"])
        return {"model": values["model"], **values}, step, tensors
    except (KeyError, ValueError, TypeError):
        raise DatasetError(f"{path}: not weights of a Viewlock model: it has no configuration inside") from None


def load_tensors(model: nn.Module, tensors: dict[str, torch.Tensor], run: Path) -> None:
    """Raises:
    DatasetError: they are of another network.
    """
    try:
        model.load_state_dict(tensors)
    except RuntimeError as problem:
        line = " ".join(str(problem).split())[:200]
        raise DatasetError(f"{run / WEIGHTS}: does not fit the configuration inside: {line}") from None


def save_state(run: Path, state: dict[str, Any]) -> None:
    """Raises:
    OutputError, TryAgainError: the folder cannot be written, or the disk is full.
    """
    with replacing(run / STATE) as file:
        torch.save(state, file)


def load_state(run: Path, device: torch.device) -> dict[str, Any]:
    """Raises:
    DatasetError: it cannot be read, or is damaged.
    """
    path = run / STATE
    try:
        return torch.load(io.BytesIO(path.read_bytes()), map_location=device, weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, KeyError, pickle.UnpicklingError) as problem:
        line = " ".join(str(problem).split())[:200]
        raise DatasetError(f"{path}: cannot be read: {line}; train into a new folder") from None
