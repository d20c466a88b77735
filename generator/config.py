"""Presets: YAML files of ranges, checked by pydantic, with overrides from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from viewlock.errors import ConfigError, nearest

from .config_mistakes import explain
from .kinds import KINDS, Kind
from .sections import Config

PRESET_FOLDER = Path(__file__).parent / "presets"


def preset_names() -> list[str]:
    return sorted(path.stem for path in PRESET_FOLDER.glob("*.yaml"))


def load_config(preset: str, overrides: Mapping[str, Any] | None = None) -> Config:
    """A checked configuration.

    Args:
        preset: a preset's name, or the path of a YAML file. A file may start from a preset with `preset: NAME`.
        overrides: dotted keys and their values, as from `--set`.

    Raises:
        ConfigError: anything in it is wrong; the message names the key, what is allowed and the nearest spelling.
    """
    path = PRESET_FOLDER / f"{preset}.yaml"
    if preset not in preset_names():
        path = Path(preset)
        if path.suffix not in (".yaml", ".yml"):
            names = preset_names()
            raise ConfigError(
                f"preset {preset!r}: expected one of {', '.join(names)} or a .yaml file{nearest(preset, names)}"
            )
    values = _read_yaml(path)
    if "preset" in values:
        base = values.pop("preset")
        if base not in preset_names():
            raise ConfigError(f"{path}: preset: expected one of {', '.join(preset_names())}, got {base!r}")
        values = _merged(_read_yaml(PRESET_FOLDER / f"{base}.yaml"), values)
    for key, value in (overrides or {}).items():
        _assign(values, key, value)
    return check_config(values, preset)


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


def parse_overrides(pairs: Iterable[str]) -> dict[str, Any]:
    """`key=value` pairs whose values are YAML.

    Raises:
        ConfigError: a pair without `=`, without a key, or with a value that is not YAML.
    """
    parsed = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise ConfigError(f"--set {pair}: expected key=value, for example --set camera.focal_mm=[24,35]")
        try:
            parsed[key.strip()] = yaml.safe_load(text)
        except yaml.YAMLError:
            raise ConfigError(
                f"--set {pair}: {text!r} is not a YAML value; quote texts with special characters"
            ) from None
    return parsed


def to_plain(config: Config) -> dict[str, Any]:
    """The configuration as plain data for YAML and JSON."""
    return config.model_dump(mode="json")


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; presets are {', '.join(preset_names())}") from None
    except (OSError, UnicodeDecodeError) as refusal:
        raise ConfigError(f"{path}: cannot be read: {getattr(refusal, 'strerror', None) or refusal}") from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        raise ConfigError(f"{path}:{line} is not YAML: {getattr(problem, 'problem', problem)}") from None
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: expected keys and values, got {type(values).__name__}")
    return values


def _merged(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """`base` with `changes` put over it, section by section."""
    result = dict(base)
    for key, value in changes.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = _merged(result[key], value) if both else value
    return result


def _assign(values: dict[str, Any], key: str, value: Any) -> None:
    *sections, last = key.split(".")
    for section in sections:
        inner = values.get(section)
        if not isinstance(inner, dict):
            known = [name for name, v in values.items() if isinstance(v, dict)]
            raise ConfigError(
                f"--set {key}: {section!r} is not a section; sections here are {', '.join(known) or 'none'}"
                f"{nearest(section, known)}"
            )
        values = inner
    values[last] = value
