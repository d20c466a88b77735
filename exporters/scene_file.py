"""A finished scene as one archive: its samples' members, byte for byte as in the shards, and `scene.json` last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from viewlock.errors import DatasetError

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
