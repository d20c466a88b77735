"""Presets as files: a folder of YAML, files of one's own that start from a preset, and overrides by dotted key.

What the values mean is for the room whose presets they are; it checks them with pydantic and `config_mistakes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from .errors import ConfigError, nearest


def preset_names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.yaml"))


def read_preset(
    folder: Path, preset: str, overrides: Mapping[str, Any] | None = None, lists: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The values of a preset as plain data, not yet checked.

    Args:
        folder: of the presets.
        preset: a preset's name, or the path of a YAML file. A file may start from a preset with `preset: NAME`.
        overrides: dotted keys and their values, as from `--set`.
        lists: sections that may be given as a list, or as a text alone, and the key that it stands for.

    Raises:
        ConfigError: no such preset or file, not YAML, or an override of a section that is not there.
    """
    names = preset_names(folder)
    path = folder / f"{preset}.yaml"
    if preset not in names:
        path = Path(preset)
        if path.suffix not in (".yaml", ".yml"):
            raise ConfigError(
                f"preset {preset!r}: expected one of {', '.join(names)} or a .yaml file{nearest(preset, names)}"
            )
    values = _read_yaml(path, names)
    for section, key in (lists or {}).items():
        if isinstance(values.get(section), list | str):
            values[section] = {key: _as_list(values[section])}
    if "preset" in values:
        base = values.pop("preset")
        if base not in names:
            raise ConfigError(f"{path}: preset: expected one of {', '.join(names)}, got {base!r}")
        values = _merged(_read_yaml(folder / f"{base}.yaml", names), values)
    for key, value in (overrides or {}).items():
        if key in (lists or {}) and isinstance(value, list | str):
            _assign(values, f"{key}.{(lists or {})[key]}", _as_list(value))
        else:
            _assign(values, key, value)
    return values


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


def _read_yaml(path: Path, presets: list[str]) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; presets are {', '.join(presets)}") from None
    except (OSError, UnicodeDecodeError) as refusal:
        raise ConfigError(f"{path}: cannot be read: {getattr(refusal, 'strerror', None) or refusal}") from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark else ""
        raise ConfigError(f"{path}:{line} is not YAML: {getattr(problem, 'problem', problem)}") from None
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: expected keys and values, got {type(values).__name__}")
    return values


def _as_list(value: list[Any] | str) -> list[Any]:
    return [value] if isinstance(value, str) else value


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
