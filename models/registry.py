"""Every model that can be trained, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import nn

from viewlock.errors import ConfigError, nearest

from .config import Section
from .dmaligner import DMAligner
from .dmaligner_config import DmalignerConfig, VqvaeConfig
from .first_stage import first_stage, on_first_stage
from .vqvae import Vqvae


@dataclass(frozen=True)
class ModelKind:
    """Attributes:
    config: class of its configuration.
    build: module of a configuration, with random weights.
    start: the same where a training begins: with what it starts from loaded, and the configuration that results.
    """

    config: type[Section]
    build: Callable[[Any], nn.Module]
    start: Callable[[Any], tuple[Any, nn.Module]]


MODELS: dict[str, ModelKind] = {
    "dmaligner": ModelKind(DmalignerConfig, DMAligner, on_first_stage),
    "vqvae": ModelKind(VqvaeConfig, Vqvae, first_stage),
}


def model_kind(name: str) -> ModelKind:
    """Raises:
    ConfigError: no such model.
    """
    if name not in MODELS:
        known = list(MODELS)
        raise ConfigError(f"model {name!r}: expected one of {', '.join(known)}{nearest(name, known)}")
    return MODELS[name]
