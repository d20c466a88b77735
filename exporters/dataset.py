"""Reads shards back: random access by index, without Blender and without torch."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from viewlock.errors import DatasetError

from .fields import decode_member, field_of, name_of
from .scene_file import RECORD
from .tar import Member, tar_index


class ShardDataset:
    """The samples of a dataset, or of one of its splits, in the order of shards and keys.

    Works as a map-style dataset of torch's `DataLoader`: it can be pickled, and every process opens its own files.

    Args:
        path: a dataset folder, a single shard, or a run folder: those of its scenes that are finished.
        split: `train`, `val` or `test`; None for all.
        fields: only these fields are read and decoded; None for all.

    Raises:
        DatasetError: not a dataset, no such split or field, or a shard is missing or damaged.
    """

    def __init__(self, path: str | Path, split: str | None = None, fields: list[str] | None = None) -> None:
        self.path = Path(path)
        for name in fields or []:
            field_of(name)
        self.fields = fields
        self._shards = shard_paths(self.path, split)
        self._samples: list[tuple[int, str, list[Member]]] = []
        for number, shard in enumerate(self._shards):
            self._samples += [(number, key, members) for key, members in sample_index(shard).items()]
        self._files: dict[int, BinaryIO] = {}
        self._process = os.getpid()

    def __len__(self) -> int:
        return len(self._samples)

    @property
    def keys(self) -> list[str]:
        return [key for _, key, _ in self._samples]

    def __getitem__(self, index: int) -> dict[str, Any]:
        """A sample as a dictionary: `key` and the decoded fields (docs/format.md).

        Raises:
            IndexError: out of range.
            DatasetError: a member is damaged.
        """
        shard, key, members = self._samples[index]
        file = self._open(shard)
        sample: dict[str, Any] = {"key": key}
        for member in members:
            name = name_of(member.name)
            if self.fields is None or name in self.fields:
                file.seek(member.offset)
                sample[name] = decode_member(member.name, file.read(member.size))[2]
        return sample

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[index] for index in range(len(self)))

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_files": {}}

    def _open(self, shard: int) -> BinaryIO:
        # A forked process shares file positions with its parent, so it must open the files anew.
        if os.getpid() != self._process:
            self._files, self._process = {}, os.getpid()
        if shard not in self._files:
            self._files[shard] = self._shards[shard].open("rb")
        return self._files[shard]


def read_content(path: Path) -> dict[str, Any]:
    """`dataset.json` of a dataset folder.

    Raises:
        DatasetError: it is missing, not JSON, or something else.
    """
    try:
        content = json.loads((path / "dataset.json").read_text(encoding="utf-8"))
    except OSError:
        raise DatasetError(
            f"{path}: not a dataset: expected dataset.json in it; make one with 'viewlock generate'"
        ) from None
    except ValueError as problem:
        raise DatasetError(f"{path / 'dataset.json'}: not JSON: {problem}") from None
    if not isinstance(content, dict) or not {"splits", "shards", "provenance"} <= content.keys():
        raise DatasetError(f"{path / 'dataset.json'}: not the content of a dataset: splits or shards are missing")
    return content


def sample_index(shard: Path) -> dict[str, list[Member]]:
    """Key -> members of the samples of a shard or scene file, in order, from its headers alone.

    Raises:
        DatasetError: the file is missing, cut short, or not a tar archive.
    """
    grouped: dict[str, list[Member]] = {}
    for member in tar_index(shard):
        if member.name != RECORD:
            grouped.setdefault(member.name.split(".")[0], []).append(member)
    return grouped


def shard_paths(path: Path, split: str | None) -> list[Path]:
    """The shards of a dataset folder, the finished scenes of a run folder, or a single shard itself.

    Args:
        split: only its shards or scenes; a single shard is taken whatever its split.

    Raises:
        DatasetError: neither of these, or no such split.
    """
    if path.is_file():
        return [path]
    if _is_run(path):
        return _scene_paths(path, split)
    content = read_content(path)
    _check_split(path, split, list(content["splits"]))
    return [path / shard["path"] for shard in content["shards"] if split in (None, shard["split"])]


def kind_of(path: Path) -> str | None:
    """The kind of a dataset or run folder; None for a single shard, which does not say.

    Raises:
        DatasetError: it cannot be read.
    """
    if path.is_file():
        return None
    if not _is_run(path):
        return read_content(path).get("kind")
    return _plan(path)[0].get("kind")


def _is_run(path: Path) -> bool:
    return (path / "plan.jsonl").is_file() and not (path / "dataset.json").is_file()


def _scene_paths(run: Path, split: str | None) -> list[Path]:
    """Scene files are published whole, so whatever is there can be read while others are rendered."""
    planned = {f"{spec['scene_id']:06d}": spec["split"] for spec in _plan(run)}
    _check_split(run, split, sorted(set(planned.values())))
    files = sorted((run / "scenes").glob("[0-9]*.tar"))
    return [file for file in files if file.stem in planned and split in (None, planned[file.stem])]


def _plan(run: Path) -> list[dict[str, Any]]:
    """Specs as plain data: reading needs no more of them than kind, id and split."""
    try:
        specs = [json.loads(line) for line in (run / "plan.jsonl").read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as problem:
        raise DatasetError(f"{run / 'plan.jsonl'}: cannot be read: {problem}") from None
    if not specs or not all(isinstance(s, dict) and {"kind", "scene_id", "split"} <= s.keys() for s in specs):
        raise DatasetError(f"{run / 'plan.jsonl'}: not the plan of a run: kind, scene_id or split are missing")
    return specs


def _check_split(path: Path, split: str | None, known: list[str]) -> None:
    if split is not None and split not in known:
        raise DatasetError(f"{path}: split: expected one of {', '.join(known)}, got {split!r}")
