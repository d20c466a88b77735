"""Every asset there is, with its state on this machine, as plain rows for people and programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .cache import Cache
from .catalogue import procedural
from .entry import Entry, Manifest
from .index import known_entries
from .licences import UNKNOWN
from .lock import Lock
from .manifest import find_manifest, manifest_files, read_manifest


def overview(names: list[str], folder: Path | None = None) -> list[dict[str, Any]]:
    """Rows with `id`, `kind`, `licence`, `state`, `manifest`, `split`, `size`, `author` and `page`.

    States: `procedural` needs nothing; `local` and `missing` are files of one's own; `fetched` and `not fetched` are
    downloads; `by hand` says that a person must get it.

    Args:
        names: manifests, by name or path; the procedural assets and all known manifests if there are none.
        folder: of the cache.

    Raises:
        ConfigError: a manifest is not there or is wrong.
    """
    cache = Cache.at(folder)
    manifests = [find_manifest(name) for name in names] or [read_manifest(file) for file in manifest_files().values()]
    rows = [row for manifest in manifests for row in _rows(manifest, cache)]
    if not names:
        for asset in procedural():
            rows.append({"id": asset.id, "kind": asset.kind, "licence": asset.licence, "state": "procedural",
                         "manifest": "procedural", "split": asset.split, "size": None, "author": asset.author,
                         "page": None})  # fmt: skip
    return sorted(rows, key=lambda row: (row["kind"], row["id"]))


def _rows(manifest: Manifest, cache: Cache) -> Iterator[dict[str, Any]]:
    lock = Lock.of(manifest, cache)
    for entry in known_entries(manifest, cache):
        pin = lock.pins.get(entry.id)
        size = entry.size if entry.size is not None or pin is None else pin.size
        yield {"id": entry.id, "kind": entry.kind, "licence": entry.licence or UNKNOWN,
               "state": _state(manifest, entry, lock, cache), "manifest": manifest.name, "split": entry.split,
               "size": size, "author": entry.author, "page": entry.page}  # fmt: skip


def _state(manifest: Manifest, entry: Entry, lock: Lock, cache: Cache) -> str:
    if entry.manual:
        return "by hand"
    local = manifest.local(entry)
    if local is not None:
        return "local" if local.exists() else "missing"
    sha256 = lock.sha256(entry)
    return "fetched" if sha256 is not None and cache.has(sha256) else "not fetched"
