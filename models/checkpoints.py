"""Trained models come back from the folders they were trained in."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from .config import check_config
from .registry import model_kind
from .run_files import WEIGHTS, load_tensors, read_weights


def load_model(path: Path, device: torch.device | str = "cpu") -> nn.Module:
    """The model of a training run: averaged weights, ready to use.

    Raises:
        DatasetError: no weights there, or damaged.
        ConfigError: they are of a model or a configuration that this version does not know.
    """
    path = Path(path)
    values, _, tensors = read_weights(path)
    kind = model_kind(values["model"])
    model = kind.build(check_config(kind.config, values, str(path / WEIGHTS)))
    load_tensors(model, tensors, path)
    return model.to(device).eval().requires_grad_(False)
