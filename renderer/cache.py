"""What is in the cache folder, and removing what no run of this version can use.

Textures, meshes and imports are made anew where they are missing, so that nothing but time is lost when one goes, even
under a worker. Only files with names as Viewlock gives them are ever removed; what was fetched or put there by a person
(assets, weights), and notes on runs and checksums, stay.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viewlock.assets_manifest.prepare import of_this_version
from viewlock.blender_scenes.sources import kept_in
from viewlock.store import discard, leftovers

KINDS = ("textures", "meshes", "imports", "assets", "checksums", "runs", "weights")
"""Folders of the cache that are ours; whatever else is there is `other`."""

_NAMES = {
    "textures": re.compile(r"[0-9a-f]{64}(-(colour|height)\.tif|\.npy)"),
    "meshes": re.compile(r"[0-9a-f]{64}\.npz"),
    "imports": re.compile(r"(character|object|scene)-[0-9a-f]{12}-[0-9a-f]{20}(\.json)?"),
}
_VERSION = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Entry:
    """A file of the cache, or a folder that is of use only as a whole.

    Attributes:
        used_s: when it was last read or written, as exactly as the file system tells: often to a day.
        needless: no run of this version can use it.
    """

    kind: str
    path: Path
    files: int
    size: int
    used_s: float
    needless: bool


def contents(folder: Path) -> list[Entry]:
    """All that is in a cache folder; nothing if there is none."""
    return [entry for top in sorted(folder.iterdir()) for entry in _below(top)] if folder.is_dir() else []


def prune(folder: Path, older_than_days: float = 0.0) -> list[Entry]:
    """Remove what is needless and was not used for so many days; returns it.

    Raises:
        OutputError: something cannot be removed.
    """
    latest = time.time() - older_than_days * 86400
    removed = [entry for entry in contents(folder) if entry.needless and entry.used_s <= latest]
    for entry in removed:
        discard(entry.path)
    for kind, current in kept_in().items():
        for version in (folder / kind).glob("*"):
            if _VERSION.fullmatch(version.name) and version.name != current:
                with suppress(OSError):  # there is still something in it
                    version.rmdir()
    return removed


def _below(top: Path) -> Iterator[Entry]:
    kind = top.name if top.name in KINDS and top.is_dir() else "other"
    left = set() if kind in ("weights", "other") else set(leftovers(top))
    for path in sorted(left):
        yield _entry("leftovers", path, True)
    for path in _units(top, kind):
        if path not in left:
            ours = kind not in _NAMES or _NAMES[kind].fullmatch(path.name) is not None
            yield _entry(kind if ours else "other", path, kind in _NAMES and ours and not _usable(kind, path))


def _units(top: Path, kind: str) -> Iterator[Path]:
    """Files, and folders of imports."""
    if not top.is_dir():
        yield top
    for parent, folders, files in os.walk(top):
        whole = [name for name in folders if name.endswith(".tmp") or (kind == "imports" and name != "quarantine")]
        yield from (Path(parent, name) for name in sorted((*whole, *files)))
        folders[:] = sorted(set(folders) - set(whole))


def _usable(kind: str, path: Path) -> bool:
    return of_this_version(path) if kind == "imports" else path.parent.name == kept_in()[kind]


def _entry(kind: str, path: Path, needless: bool) -> Entry:
    files, size, used_s = 0, 0, 0.0
    for file in path.rglob("*") if path.is_dir() and not path.is_symlink() else (path,):
        with suppress(FileNotFoundError):  # made or removed in the meantime
            found = file.lstat()
            if not file.is_dir():
                files, size = files + 1, size + found.st_size
                # What is asked for its version is read for that, too.
                read_s = 0.0 if file.suffix == ".json" else found.st_atime
                used_s = max(used_s, found.st_mtime, read_s)
    return Entry(kind, path, files, size, used_s, needless)


# ------------------------------------------------------------------ words
def as_json(folder: Path, found: list[Entry]) -> dict[str, Any]:
    """Of `contents`: kind -> files, bytes, bytes that can be pruned, and seconds since 1970 of the last use."""
    kinds = {}
    for kind in (*KINDS, "leftovers", "other"):
        own = [entry for entry in found if entry.kind == kind]
        if own:
            kinds[kind] = {
                "files": sum(entry.files for entry in own),
                "bytes": sum(entry.size for entry in own),
                "prunable_bytes": sum(entry.size for entry in own if entry.needless),
                "last_used_s": round(max(entry.used_s for entry in own), 3),
            }
    return {"folder": str(folder), "kinds": kinds}


def summary(folder: Path, found: list[Entry]) -> str:
    """The same as a table."""
    lines = [f"{folder}:", f"{'kind':<10} {'files':>8} {'MB':>9} {'prunable':>9}  last used"]
    for kind, row in as_json(folder, found)["kinds"].items():
        day = time.strftime("%Y-%m-%d", time.localtime(row["last_used_s"]))
        mb, prunable = row["bytes"] / 1e6, row["prunable_bytes"] / 1e6
        lines.append(f"{kind:<10} {row['files']:>8} {mb:>9.1f} {prunable:>9.1f}  {day}")
    return "\n".join(lines) if found else f"{folder}: empty"
