"""A finished scene as one archive: its samples' members, byte for byte as in the shards, and `scene.json` last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from tarfile import BLOCKSIZE
from typing import Any

from viewlock.errors import DatasetError
from viewlock.store import FolderStore, Store

from .fields import encode_json
from .tar import tar_bytes, tar_members

RECORD = "scene.json"


def encode_scene(samples: Iterable[Mapping[str, bytes]], record: Mapping[str, Any]) -> bytes:
    """The bytes of a scene's archive.

    Args:
        samples: each as `fields.encode_sample` gives it.
        record: goes into `scene.json` beside the members' sha256.
    """
    ordered = sorted(member for sample in samples for member in sample.items())
    checksums = {name: hashlib.sha256(data).hexdigest() for name, data in ordered}
    return tar_bytes([*ordered, (RECORD, encode_json({**record, "sha256": checksums}))])


def decode_scene(data: bytes, where: str) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Members without `scene.json`, and its content.

    Raises:
        DatasetError: not a scene archive, or a member does not have its checksum.
    """
    members = tar_members(data, where)
    if RECORD not in members:
        raise DatasetError(f"{where}: no {RECORD}: the file is cut short or not a scene; delete it and render again")
    try:
        record = json.loads(members.pop(RECORD))
        checksums = record["sha256"]
    except (ValueError, KeyError, TypeError):
        raise DatasetError(f"{where}: {RECORD} is damaged; delete the file and render again") from None
    if checksums.keys() != members.keys():
        odd = sorted(checksums.keys() ^ members.keys())[0]
        raise DatasetError(f"{where}: {odd}: either the member or its checksum is missing; render it again")
    for name, expected in checksums.items():
        found = hashlib.sha256(members.get(name, b"")).hexdigest()
        if found != expected:
            raise DatasetError(
                f"{where}: {name}: expected sha256 {expected[:12]}..., got {found[:12]}...; render it again"
            )
    return members, record


def read_record(path: Path) -> dict[str, Any]:
    """Content of `scene.json`, the last member of a scene's file, without reading the others.

    Raises:
        DatasetError: the file is missing, cut short or damaged at its end.
    """
    return stored_record(FolderStore(path.parent), path.name, str(path))


def stored_record(store: Store, name: str, where: str) -> dict[str, Any]:
    """The same of a scene in a store.

    Raises:
        DatasetError: the scene is missing, cut short or damaged at its end.
    """
    reach = 2**16
    while True:
        tail = store.read(name, last=reach)
        at = _last_header(tail)
        if at is not None or len(tail) < reach:
            break
        reach *= 4
    if at is None:
        raise DatasetError(f"{where}: no {RECORD}: the file is cut short or not a scene; delete it and render again")
    try:
        record = json.loads(tar_members(tail[at:], where)[RECORD])
    except ValueError:
        record = None
    if not isinstance(record, dict):
        raise DatasetError(f"{where}: {RECORD} is damaged; delete the file and render again")
    return record


def _last_header(data: bytes) -> int | None:
    """Where the header block of `scene.json` begins."""
    name = RECORD.encode() + b"\0"
    for at in range(len(data) // BLOCKSIZE * BLOCKSIZE - BLOCKSIZE, -1, -BLOCKSIZE):
        if data.startswith(name, at) and data[at + 257 : at + 262] == b"ustar":
            return at
    return None


def cpu_seconds(record: Mapping[str, Any]) -> float:
    """CPU seconds of a scene, all its stages together.

    Raises:
        DatasetError: the record has no timings.
    """
    try:
        return sum(float(stage["cpu_s"]) for stage in record["timings"].values())
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DatasetError(f"{RECORD}: timings: expected stages with cpu_s") from None
