"""Configurations of models: YAML presets checked by pydantic, with overrides from the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from viewlock.config_mistakes import explain
from viewlock.errors import ConfigError
from viewlock.settings import read_preset

PRESET_FOLDER = Path(__file__).parent / "presets"

Positive = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(ge=1, le=10)]


class Section(BaseModel):
    """Unknown keys, silent conversions and numbers without end are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Photometric(Section):
    """Largest changes; a factor of 1 and noise of 0 change nothing.

    Attributes:
        gain, colour: all channels, and each of them, are multiplied by up to this factor or divided by it.
        gamma: exponent between 1 / gamma and gamma.
        noise: largest standard deviation of Gaussian noise, of a range of 0 to 1.
        between: share of these changes by which I1 may differ from I2 and Igt.
    """

    gain: Factor
    colour: Factor
    gamma: Factor
    noise: Share
    between: Share


class DataConfig(Section):
    """Attributes:
    crop: (width, height) in pixels.
    flip_x, flip_y: probabilities of mirroring.
    """

    crop: tuple[Positive, Positive]
    flip_x: Share
    flip_y: Share
    photometric: Photometric


class TrainConfig(Section):
    """Attributes:
    steps: optimiser steps of the whole training.
    batch: samples for each process and step of accumulation.
    accumulate: batches whose gradients make one optimiser step.
    lr: after `warmup` steps of linear growth; `cosine` then falls to 0 at `steps`.
    clip: largest norm of the gradient; 0 for any.
    ema: decay of the averaged weights, which are the ones that are used.
    precision: bf16 and fp16 use automatic mixed precision.
    checkpoint_every, log_every, preview_every: in steps.
    """

    seed: Annotated[int, Field(ge=0, lt=2**31)]
    steps: Positive
    batch: Positive
    accumulate: Positive
    lr: Annotated[float, Field(gt=0)]
    warmup: Annotated[int, Field(ge=0)]
    schedule: Literal["constant", "cosine"]
    betas: tuple[Share, Share]
    weight_decay: Annotated[float, Field(ge=0)]
    clip: Annotated[float, Field(ge=0)]
    ema: Annotated[float, Field(ge=0, lt=1)]
    precision: Literal["fp32", "bf16", "fp16"]
    checkpoint_every: Positive
    log_every: Positive
    preview_every: Positive


def check_crop(crop: tuple[int, int], multiple: int) -> None:
    """Raises:
    ValueError: a side that the network cannot halve often enough.
    """
    if crop[0] % multiple or crop[1] % multiple:
        raise ValueError(f"data.crop: expected multiples of {multiple}, got {list(crop)}")


def read_config(kind: type[Section], model: str, preset: str, overrides: Mapping[str, Any] | None = None) -> Any:
    """The checked configuration of a model.

    Args:
        kind: its class.
        model: its name, and that of the folder of its presets.
        preset: a preset's name, or a YAML file, which may start from a preset with `preset: NAME`.
        overrides: dotted keys and their values, as from `--set`.

    Raises:
        ConfigError: anything in it is wrong; the message names the key, what is allowed and the nearest spelling.
    """
    return check_config(kind, read_preset(PRESET_FOLDER / model, preset, overrides), preset)


def check_config(kind: type[Section], values: Mapping[str, Any], where: str) -> Any:
    """Validate a configuration given as plain data; `where` names it in errors.

    Raises:
        ConfigError: anything in it is wrong.
    """
    try:
        # As JSON, because only there a list is a tuple and every key a text.
        return kind.model_validate_json(json.dumps(values, default=str))
    except ValidationError as problems:
        raise ConfigError(f"{where}: {explain(problems, kind)}") from None


def to_plain(config: Section) -> dict[str, Any]:
    """The configuration as plain data for YAML and JSON."""
    return config.model_dump(mode="json")
