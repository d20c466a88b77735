"""Is a run, a dataset or a shard what it should be? All is hashed, decoded and checked."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from viewlock.errors import DatasetError
from viewlock.generator.config import to_plain
from viewlock.renderer.run import Run

from .checks import general_faults
from .dataset import read_content
from .fields import decode_member
from .kinds import SHOWN
from .scene_file import RECORD, read_record
from .tar import Member, tar_index

Progress = Callable[[], object]


@dataclass
class Report:
    """Attributes:
    path, what: what was verified: a run, a dataset or a shard.
    files, samples, members: how many were looked at.
    faults: one line each, where and what.
    notes: what is not a fault and should be known.
    rerendered: scenes that were made again and compared.
    """

    path: str
    what: str
    files: int = 0
    samples: int = 0
    members: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rerendered: list[int] = field(default_factory=list)


def verify(path: Path | str, progress: Progress = lambda: None) -> Report:
    """Verify a run, a dataset or a shard; of what is behind a URL, a run.

    Args:
        progress: called after each sample.

    Raises:
        DatasetError: it is none of these.
    """
    if isinstance(path, str):
        checker = _verify_run(Run.open(path), progress)
    elif path.is_file():
        checker = _Checker(Report(str(path), "shard"), None, None, progress)
        checker.archive(path, path.name)
    elif Run(path).exists:
        checker = _verify_run(Run(path), progress)
    elif (path / "dataset.json").is_file() or (path / "SHA256SUMS").is_file():
        checker = _verify_dataset(path, progress)
    else:
        raise DatasetError(f"{path}: expected a run, a dataset or a shard, found none of them")
    checker.compare_fields()
    return checker.report


class _Checker:
    """Goes through archives and gathers what is wrong.

    Args:
        kind: of dataset; None to take that of each sample's `meta`.
        config: as plain data, if it is known.
    """

    def __init__(self, report: Report, kind: str | None, config: Mapping[str, Any] | None, progress: Progress) -> None:
        self.report, self.kind, self.config, self.progress = report, kind, config, progress
        self.spec_sha256: str | None = None
        self._fields: dict[str, frozenset[str]] = {}

    def fault(self, where: str, what: str) -> None:
        self.report.faults.append(f"{where}: {what}")

    def archive(self, path: Path, where: str, sums: Mapping[str, str] | None = None) -> set[str]:
        """Check all samples of an archive; their keys.

        Args:
            sums: member -> sha256, where the archive has such a list.
        """
        self.report.files += 1
        try:
            members = [member for member in tar_index(path) if member.name != RECORD]
        except DatasetError as problem:
            self.fault(where, str(problem).removeprefix(f"{path}: "))
            return set()
        names = [member.name for member in members]
        self._check_names(names, where, sums)
        keys: set[str] = set()
        with path.open("rb") as file:
            for key, group in itertools.groupby(members, key=lambda member: member.name.split(".")[0]):
                self._sample(key, [(m, _read(file, m)) for m in group], where, sums or {})
                keys.add(key)
        return keys

    def _check_names(self, names: list[str], where: str, sums: Mapping[str, str] | None) -> None:
        for name, count in Counter(names).items():
            if count > 1:
                self.fault(where, f"{name}: {count} times in the archive")
        if names != sorted(names):
            self.fault(where, "members are not sorted by name")
        for name in sorted(sums.keys() - set(names)) if sums is not None else []:
            self.fault(where, f"{name}: missing")
        for name in sorted(set(names) - sums.keys()) if sums is not None else []:
            self.fault(where, f"{name}: has no checksum in {RECORD}")

    def _sample(self, key: str, parts: list[tuple[Member, bytes]], where: str, sums: Mapping[str, str]) -> None:
        sample: dict[str, Any] = {"key": key}
        whole = True
        for member, data in parts:
            self.report.members += 1
            expected = sums.get(member.name)
            if expected is not None and (found := hashlib.sha256(data).hexdigest()) != expected:
                self.fault(where, f"{member.name}: expected sha256 {expected[:12]}..., got {found[:12]}...")
            try:
                _, name, value = decode_member(member.name, data)
                sample[name] = value
            except DatasetError as problem:
                whole = False
                self.fault(where, str(problem))
        self.report.samples += 1
        self._fields[f"{where}: {key}"] = frozenset(member.name.partition(".")[2] for member, _ in parts)
        for line in self._faults_of(sample) if whole else []:
            self.fault(where, f"{key}: {line}")
        self.progress()

    def _faults_of(self, sample: Mapping[str, Any]) -> list[str]:
        try:
            found = list(general_faults(sample))
            meta = sample.get("meta")
            kind = self.kind or (meta.get("kind") if isinstance(meta, dict) else None)
            if not any(line.startswith("sizes differ") for line in found) and kind in SHOWN:
                found += SHOWN[kind].faults(sample, self.config)
            if self.spec_sha256 is not None and meta is not None and meta.get("spec_sha256") != self.spec_sha256:
                found.append(f"meta: spec_sha256: not of the spec in {RECORD}")
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as problem:
            return [f"meta: cannot be understood: {type(problem).__name__}: {problem}"]
        return found

    def compare_fields(self) -> None:
        """Every sample has the fields that most have; views of a sequence, named by two digits, count as one."""
        plain = {place: frozenset(re.sub(r"\b\d\d\b|(?<=_)\d\d\b", "NN", n) for n in names)
                 for place, names in self._fields.items()}  # fmt: skip
        if not plain:
            return
        usual = Counter(plain.values()).most_common(1)[0][0]
        for place, names in plain.items():
            for name in sorted(usual - names):
                self.fault(place, f"{name}: missing; other samples have it")
            for name in sorted(names - usual):
                self.fault(place, f"{name}: other samples do not have it")


def _read(file: Any, member: Member) -> bytes:
    file.seek(member.offset)
    return file.read(member.size)


# ---------------------------------------------------------------- a run
def _verify_run(run: Run, progress: Progress) -> _Checker:
    checker = _Checker(Report(str(run.path), "run"), run.config.kind, to_plain(run.config), progress)
    for name in run.scenes.list():
        where = f"scenes/{name}"
        if not re.fullmatch(r"\d{6,}\.tar", name) or int(name[:-4]) not in run.specs:
            checker.fault(where, "not a scene of the plan")
            continue
        with run.scenes.file(name) as path:
            _verify_scene(checker, run, int(name[:-4]), path, where)
    missing = run.specs.keys() - run.finished()
    if missing:
        checker.report.notes.append(f"{len(missing)} of {len(run.specs)} scenes are not there, first {min(missing)}")
    return checker


def _verify_scene(checker: _Checker, run: Run, scene: int, path: Path, where: str) -> None:
    try:
        record = read_record(path)
        sums, spec = dict(record["sha256"]), dict(record["spec"])
    except (DatasetError, KeyError, TypeError, ValueError) as problem:
        damage = f"{RECORD} is damaged: no sha256 or spec as they should be"
        checker.fault(where, str(problem).removeprefix(f"{path}: ") if isinstance(problem, DatasetError) else damage)
        checker.report.files += 1
        return
    _check_spec(checker, where, spec, run.specs[scene].model_dump(mode="json"))
    text = json.dumps(spec, sort_keys=True, separators=(",", ":"))
    checker.spec_sha256 = hashlib.sha256(text.encode()).hexdigest()
    keys = checker.archive(path, where, sums)
    _check_keys(checker, where, keys, {scene})


def _check_spec(checker: _Checker, where: str, made: Mapping[str, Any], planned: Mapping[str, Any]) -> None:
    """The plan's spec was made, or a later attempt at it."""
    if made.get("scene_id") != planned["scene_id"] or made.get("attempt", -1) < planned["attempt"]:
        checker.fault(where, f"{RECORD}: spec: not of this scene of the plan")
    elif made["attempt"] == planned["attempt"] and made != planned:
        odd = next(key for key in sorted({*made, *planned}) if made.get(key) != planned.get(key))
        checker.fault(where, f"{RECORD}: spec: {odd} differs from the plan")


def _check_keys(checker: _Checker, where: str, keys: set[str], scenes: set[int]) -> None:
    found = {int(key.split("-")[0]) for key in keys if key.split("-")[0].isdigit()}
    for odd in sorted(found - scenes):
        checker.fault(where, f"scene {odd} does not belong here")
    for gone in sorted(scenes - found) if keys else []:
        checker.fault(where, f"scene {gone} is missing")


# ---------------------------------------------------------------- a dataset
_SHARD_KEYS = {"path", "split", "sha256", "bytes", "scenes", "samples"}


def _verify_dataset(path: Path, progress: Progress) -> _Checker:
    checker = _Checker(Report(str(path), "dataset"), None, None, progress)
    hashes = _check_sums(checker, path)
    content = _content(checker, path)
    if content is not None:
        checker.kind, checker.config = content.get("kind"), content["provenance"].get("config")
    stated = {shard["path"]: shard for shard in content["shards"]} if content else {}
    there = {file.relative_to(path).as_posix() for file in path.glob("*/*.tar")}
    for name in sorted(there - stated.keys()) if content else []:
        checker.fault(name, "not listed in dataset.json")
    for name in sorted(there | stated.keys()):
        if name not in there:
            if name not in hashes:
                checker.fault(name, "listed in dataset.json, but missing")
            continue
        before = checker.report.samples
        keys = checker.archive(path / name, name)
        if name in stated:
            _check_shard(checker, path, stated[name], hashes.get(name), checker.report.samples - before)
            _check_keys(checker, name, keys, set(stated[name]["scenes"]))
    return checker


def _content(checker: _Checker, path: Path) -> dict[str, Any] | None:
    try:
        content = read_content(path)
    except DatasetError as problem:
        checker.fault("dataset.json", str(problem).removeprefix(f"{path / 'dataset.json'}: "))
        return None
    whole = all(isinstance(shard, dict) and shard.keys() >= _SHARD_KEYS for shard in content["shards"])
    if not whole or not isinstance(content["splits"], dict) or not isinstance(content["provenance"], dict):
        checker.fault("dataset.json", f"expected splits, provenance, and shards with {', '.join(sorted(_SHARD_KEYS))}")
        return None
    for split, stated in content["splits"].items():
        shards = [shard for shard in content["shards"] if shard["split"] == split]
        counted = {"scenes": sum(len(s["scenes"]) for s in shards), "samples": sum(s["samples"] for s in shards)}
        for name, count in counted.items():
            if stated.get(name) != count:
                found = stated.get(name)
                checker.fault("dataset.json", f"splits.{split}.{name}: expected {count} as in shards, got {found}")
    return content


def _check_sums(checker: _Checker, path: Path) -> dict[str, str]:
    """Compare all files with SHA256SUMS; file -> sha256 as it is."""
    try:
        lines = (path / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        checker.fault("SHA256SUMS", f"cannot be read: {getattr(problem, 'strerror', 'not text')}")
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        match = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if match is None:
            checker.fault(f"SHA256SUMS:{number}", "expected a sha256, two spaces and a path")
            continue
        expected, name = match.groups()
        if not (path / name).is_file():
            checker.fault(name, "listed in SHA256SUMS, but missing")
            found[name] = ""
            continue
        found[name] = _sha256(path / name)
        if found[name] != expected:
            checker.fault(name, f"expected sha256 {expected[:12]}... as in SHA256SUMS, got {found[name][:12]}...")
    for name in sorted({"dataset.json", "README.md", "ATTRIBUTION.md", "croissant.json"} - found.keys()):
        if (path / name).is_file():
            checker.fault("SHA256SUMS", f"{name} is not listed")
    return found


def _check_shard(checker: _Checker, path: Path, stated: Mapping[str, Any], digest: str | None, samples: int) -> None:
    name = stated["path"]
    found = {"sha256": digest or _sha256(path / name), "bytes": (path / name).stat().st_size, "samples": samples}
    for key, value in found.items():
        if stated[key] != value:
            checker.fault(name, f"{key}: expected {stated[key]} as in dataset.json, got {value}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def summary(report: Report) -> str:
    """Faults and notes, and one line on the whole."""
    again = f", {len(report.rerendered)} scenes rendered again" if report.rerendered else ""
    total = f"{report.files} archives, {report.samples} samples, {report.members} members{again}"
    lines = [*report.faults, *(f"note: {note}" for note in report.notes)]
    return "\n".join([*lines, f"{report.path}: {report.what}: {total}: {len(report.faults)} faults"])
