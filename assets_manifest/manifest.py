"""Manifest files: found by name, read with errors that name the place, written with all that one should fill in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from viewlock.errors import ConfigError, nearest
from viewlock.store import write_file

from .entry import Entry, Manifest

SHIPPED = Path(__file__).parent
LOCK_SUFFIX = ".lock.yaml"
_QUIET = ("manual", "main", "files", "collection", "sources", "group", "notes", "category", "height_m", "path")
"""Keys that a written entry shows only when they say something."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_manifest(path: Path) -> list[Entry]:
    """The entries of a manifest file.

    Raises:
        ConfigError: it cannot be read, or says something that a manifest cannot say.
    """
    return list(read_manifest(path).entries)


def read_manifest(path: Path) -> Manifest:
    """A manifest file, with the folder its local assets lie in.

    Raises:
        ConfigError: it cannot be read, or says something that a manifest cannot say.
    """
    values = read_yaml(path, "a manifest: 'version', 'name' and 'entries'")
    try:
        return Manifest.model_validate({**values, "file": path.absolute()})
    except ValidationError as problems:
        raise ConfigError(f"{path}: {_first_mistake(problems, values)}") from None


def find_manifest(name: str) -> Manifest:
    """A manifest by its path, or by the name of one that is shipped or listed in `VIEWLOCK_MANIFESTS`.

    Raises:
        ConfigError: there is none, or it cannot be read.
    """
    if name.endswith((".yaml", ".yml")):
        return read_manifest(Path(name))
    files = manifest_files()
    if name not in files and Path(name).expanduser().is_dir():
        raise ConfigError(f"manifest {name!r}: expected a .yaml file, got a folder; run: viewlock assets add {name}")
    if name not in files:
        raise ConfigError(
            f"manifest {name!r}: expected a .yaml file or one of {', '.join(files)}{nearest(name, list(files))}"
        )
    return read_manifest(files[name])


def manifest_files() -> dict[str, Path]:
    """The shipped manifests, and those in the files and folders that `VIEWLOCK_MANIFESTS` lists, by name.

    Raises:
        ConfigError: the variable names something that is not there.
    """
    files = {path.stem: path for path in _manifests_in(SHIPPED)}
    for place in filter(None, os.environ.get("VIEWLOCK_MANIFESTS", "").split(os.pathsep)):
        path = Path(place).expanduser()
        if not path.exists():
            raise ConfigError(f"VIEWLOCK_MANIFESTS: {place}: no such file or folder")
        files |= {file.stem: file for file in (_manifests_in(path) if path.is_dir() else [path])}
    return files


def _manifests_in(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.yaml"))
    return [file for file in files if file.name != "procedural.yaml" and not file.name.endswith(LOCK_SUFFIX)]


def manifest_text(manifest: Manifest) -> str:
    """The file of a manifest; the same manifest gives the same text."""
    values = manifest.model_dump(mode="json", exclude_defaults=True, exclude={"entries"})
    entries = [_shown(entry) for entry in manifest.entries]
    head = {"version": manifest.version, **values, "entries": entries}
    return yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=120)


def write_manifest(manifest: Manifest) -> bool:
    """Writes a manifest to its file unless that says the same already; whether it did.

    Raises:
        OutputError, TryAgainError: it cannot be written.
    """
    if manifest.file.exists() and read_manifest(manifest.file) == manifest:
        return False
    write_file(manifest.file, manifest_text(manifest))
    return True


def _shown(entry: Entry) -> dict[str, Any]:
    values = entry.model_dump(mode="json")
    values["sources"] = [source.model_dump(mode="json", exclude_defaults=True) for source in entry.sources]
    return {key: value for key, value in values.items() if key not in _QUIET or value not in ("", None, False, [])}


def read_yaml(path: Path, expected: str) -> dict[str, Any]:
    """The keys and values of a YAML file.

    Raises:
        ConfigError: it cannot be read or holds something else.
    """
    try:
        with path.open("rb") as file:
            values = yaml.load(file, Loader=_Loader)
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as refusal:
        raise ConfigError(f"{path}: cannot be read: {getattr(refusal, 'strerror', None) or 'not text'}") from None
    except (yaml.YAMLError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f"{mark.line + 1}: " if mark else " "
        raise ConfigError(f"{path}:{line}not YAML: {getattr(problem, 'problem', None) or 'damaged'}") from None
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise ConfigError(f"{path}: expected {expected}, got {type(values).__name__}")
    return values


def _first_mistake(problems: ValidationError, values: dict[str, Any]) -> str:
    """The first mistake of a manifest, with the id of its entry."""
    error = problems.errors(include_url=False)[0]
    where = list(error["loc"])
    name = ""
    if where[:1] == ["entries"] and len(where) > 1 and isinstance(where[1], int):
        entry = values["entries"][where[1]]
        name = f"entry {entry.get('id', where[1]) if isinstance(entry, dict) else where[1]}: "
        where = where[2:]
    key = ".".join(map(str, where))
    message = error["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
    if error["type"] == "extra_forbidden":
        allowed = list(Entry.model_fields if name else Manifest.model_fields)
        message = f"unknown key{nearest(str(error['loc'][-1]), allowed)}"
    elif error["type"] == "missing":
        message = "is missing"
    elif error["type"] != "value_error":
        message = f"{message}, got {error['input']!r}"
    more = f" (and {problems.error_count() - 1} more)" if problems.error_count() > 1 else ""
    return f"{name}{key + ': ' if key else ''}{message}{more}"
