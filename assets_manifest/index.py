"""The list of a source's assets, once it has been downloaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from viewlock.errors import DatasetError

from .cache import Cache
from .entry import Entry, Manifest
from .sources import expand


def known_entries(manifest: Manifest, cache: Cache) -> list[Entry]:
    """The entries of a manifest and, if its index has been downloaded, those of the index.

    Raises:
        DatasetError: the index is damaged.
    """
    file = index_file(manifest, cache)
    if manifest.index is None or not file.exists():
        return list(manifest.entries)
    return [*manifest.entries, *expand(manifest, manifest.index, json_file(file, str(file)))]


def index_file(manifest: Manifest, cache: Cache) -> Path:
    """Where the index of a manifest is kept, there or not."""
    return cache.folder / "indexes" / f"{manifest.name}.json"


def json_file(file: Path, name: str) -> Any:
    """The content of a JSON file.

    Raises:
        DatasetError: it is something else; `name` says where it came from.
    """
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError):
        raise DatasetError(f"{name}: expected JSON, got something else; remove it and fetch again") from None
