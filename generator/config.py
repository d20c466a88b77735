"""Presets: YAML files of ranges, checked by pydantic, with overrides from the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from viewlock import settings
from viewlock.config_mistakes import explain
from viewlock.errors import ConfigError, nearest

from .kinds import KINDS, Kind
from .sections import Config

PRESET_FOLDER = Path(__file__).parent / "presets"
_LISTS = {"assets": "manifests"}
"""`assets: [a, b]` says `assets: {manifests: [a, b]}`."""


def preset_names() -> list[str]:
    return settings.preset_names(PRESET_FOLDER)


def load_config(preset: str, overrides: Mapping[str, Any] | None = None) -> Config:
    """A checked configuration.

    Args:
        preset: a preset's name, or the path of a YAML file. A file may start from a preset with `preset: NAME`.
        overrides: dotted keys and their values, as from `--set`.

    Raises:
        ConfigError: anything in it is wrong; the message names the key, what is allowed and the nearest spelling.
    """
    return check_config(settings.read_preset(PRESET_FOLDER, preset, overrides, _LISTS), preset)


def check_config(values: Mapping[str, Any], where: str) -> Config:
    """Validate a configuration given as plain data; `where` names it in errors.

    Raises:
        ConfigError: anything in it is wrong.
    """
    model = _kind_of(values, where).config
    try:
        # As JSON, because only there a list is a tuple and every key a text.
        return model.model_validate_json(json.dumps(values, default=str))
    except ValidationError as problems:
        raise ConfigError(f"{where}: {explain(problems, model)}") from None


def _kind_of(values: Any, where: str) -> Kind:
    if not isinstance(values, Mapping):
        raise ConfigError(f"{where}: expected keys and values, got {json.dumps(values, default=str)}")
    if "kind" not in values:
        raise ConfigError(f"{where}: key 'kind' is missing; give one, or start from a preset with 'preset: NAME'")
    name, known = values["kind"], list(KINDS)
    if name not in known:
        allowed, given = ", ".join(map(repr, known)), json.dumps(name, default=str)
        raise ConfigError(f"{where}: kind: expected {allowed}, got {given}{nearest(str(name), known)}")
    return KINDS[name]


def to_plain(config: Config) -> dict[str, Any]:
    """The configuration as plain data for YAML and JSON."""
    return config.model_dump(mode="json")
