"""A run -> a dataset: shards by split and scene range, `dataset.json`, checksums, card and attribution.

Packing copies members; it encodes nothing. The same finished scenes give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from viewlock.assets_manifest.catalogue import Catalogue
from viewlock.errors import DatasetError, OutputError, writing
from viewlock.generator.config import to_plain
from viewlock.generator.sections import Config
from viewlock.generator.spec import SPLITS
from viewlock.renderer.run import Run, scene_file
from viewlock.store import replacing, sweep, write_file

from .cards import attribution, card
from .croissant import croissant
from .dataset import read_content
from .kinds import SHOWN
from .scene_file import decode_scene
from .tar import HashedTar

SCHEMA = 1
"""Of `dataset.json` and of the shards."""

UNRELEASED = "0.0.0"
"""The version of a dataset that was generated and not released."""


def pack(
    run: Run, target: Path, catalogue: Catalogue, partial: bool = False, progress: Callable[[], object] = lambda: None
) -> dict[str, Any]:
    """Write the dataset of a run; returns the content of its `dataset.json`.

    Args:
        partial: pack what is finished even if scenes are missing.

    Raises:
        DatasetError: scenes are missing (and not quarantined), or one is damaged.
        OutputError, TryAgainError: the target is something else, or cannot be written.
    """
    check_target(run.config, target)
    scenes = _complete(run, partial)
    with writing(target):
        (target / "dataset.json").unlink(missing_ok=True)
    sweep(target)
    size = run.config.shards.scenes
    groups: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for scene_id in scenes:
        groups[run.specs[scene_id].split, scene_id // size].append(scene_id)
    numbers: Counter[str] = Counter()
    shards, facts = [], _Facts(SHOWN[run.config.kind].subset)
    for split in SPLITS:
        for (_, _), ids in sorted(item for item in groups.items() if item[0][0] == split):
            name = f"{split}/{run.config.name}-{split}-{numbers[split]:06d}.tar"
            numbers[split] += 1
            shards.append({"path": name, "split": split, **_write_shard(run, target / name, ids, facts, progress)})
    content = _content(run, catalogue, shards, facts)
    _write_papers(target, content, catalogue)
    return content


def _portable(config: Config) -> dict[str, Any]:
    """The configuration without the places of user files, which are different on every machine."""
    plain = to_plain(config)
    for choice in config.folders:
        plain[choice] = {**plain[choice], "folder": None}
    names = [Path(name).name for name in config.assets.manifests]
    plain["assets"] = {**plain["assets"], "manifests": names}
    return plain


def check_target(config: Config, target: Path) -> None:
    """Raises:
    OutputError: the folder holds something else than a dataset of this configuration.
    DatasetError: its `dataset.json` is damaged.
    """
    if (target / "dataset.json").is_file():
        if read_content(target)["provenance"].get("config") != _portable(config):
            raise OutputError(
                f"{target}: holds a dataset of another configuration; choose another folder, or delete it"
            )
    elif target.exists() and (not target.is_dir() or any(target.iterdir())):
        # A dataset whose packing was interrupted has everything but dataset.json, which is written last.
        known = {"train", "val", "test", "README.md", "ATTRIBUTION.md", "croissant.json", "SHA256SUMS"}
        names = {p.name for p in target.iterdir()} if target.is_dir() else {"a file"}
        if {name for name in names - known if not name.startswith(".")}:
            raise OutputError(f"{target}: expected an empty or new folder, or a dataset, but something else is there")


def _complete(run: Run, partial: bool) -> list[int]:
    finished, failed = run.finished(), run.failed()
    missing = sorted(set(run.specs) - finished - failed.keys())
    if missing and not partial:
        raise DatasetError(
            f"{run.path}: {len(missing)} of {len(run.specs)} scenes are not rendered yet, first {missing[0]}; "
            f"run 'viewlock render {run.path}', or pack with --partial"
        )
    scenes = sorted(finished & set(run.specs))
    if not scenes:
        raise DatasetError(f"{run.path}: no scene is finished; run 'viewlock render {run.path}' first")
    return scenes


class _Facts:
    """What is counted while scenes pass by, by the subset that `meta` gives under a key."""

    def __init__(self, subset: str | None) -> None:
        self.subset = subset
        self.subsets: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.hit: Counter[str] = Counter()
        self.assets: defaultdict[str, set[str]] = defaultdict(set)
        self.rejected: Counter[str] = Counter()
        self.versions: set[str] = set()
        self.sha256: dict[str, str] = {}

    def add(self, split: str, metas: list[dict[str, Any]], record: dict[str, Any]) -> None:
        self.rejected.update(record["rejected"])
        self.versions.add(json.dumps(record["versions"], sort_keys=True))
        for meta in metas:
            if self.subset:
                found, target = meta[self.subset], meta[f"target_{self.subset}"]
                self.subsets[split][found] += 1
                self.hit[target] += found == target
                self.hit[f"of {target}"] += 1
            self.assets[split].update(meta["assets"])
        for ref in _asset_refs(record["spec"]):
            if self.sha256.setdefault(ref["id"], ref["sha256"]) != ref["sha256"]:
                raise DatasetError(
                    f"asset {ref['id']!r} changed while the run was rendered; render into a new run folder"
                )


def _asset_refs(value: Any) -> Iterator[dict[str, str]]:
    """Every `{id, sha256}` anywhere in a spec."""
    if isinstance(value, dict):
        if value.keys() == {"id", "sha256"}:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _asset_refs(item)


def _write_shard(run: Run, path: Path, ids: list[int], facts: _Facts, progress: Callable[[], object]) -> dict[str, Any]:
    """Copy the members of some scenes, one scene in memory at a time."""
    count = 0
    with replacing(path) as file:
        archive = HashedTar(file)
        for scene_id in ids:
            count += _copy_scene(run, scene_id, archive, facts)
            progress()
        digest = archive.close()
    return {"sha256": digest, "bytes": archive.size, "scenes": ids, "samples": count}


def _copy_scene(run: Run, scene_id: int, archive: HashedTar, facts: _Facts) -> int:
    """The number of samples copied."""
    name = scene_file(scene_id)
    members, record = decode_scene(run.scenes.read(name), f"{run.path}/scenes/{name}")
    metas = [json.loads(data) for member, data in members.items() if member.endswith(".meta.json")]
    facts.add(run.specs[scene_id].split, metas, record)
    for member, data in sorted(members.items()):
        archive.add(member, data)
    return len(metas)


def _content(run: Run, catalogue: Catalogue, shards: list[dict[str, Any]], facts: _Facts) -> dict[str, Any]:
    config = run.config
    splits = {
        split: {
            "scenes": sum(len(s["scenes"]) for s in shards if s["split"] == split),
            "samples": sum(s["samples"] for s in shards if s["split"] == split),
            "subsets": dict(sorted(facts.subsets[split].items())),
        }
        for split in SPLITS
    }
    targets = sorted(name for name in facts.hit if not name.startswith("of "))
    return {
        "version": UNRELEASED,
        "schema": SCHEMA,
        "name": config.name,
        "kind": config.kind,
        "size": list(config.size),
        "splits": splits,
        "shards": shards,
        "subset_targets": {t: {"pairs": facts.hit[f"of {t}"], "reached": facts.hit[t]} for t in targets},
        "quarantined": sorted(run.failed().keys() & set(run.specs)),
        "rejected_draws": dict(sorted(facts.rejected.items())),
        "assets": [
            _asset_entry(catalogue, asset_id, facts) for asset_id in sorted(set().union(*facts.assets.values()))
        ],
        "provenance": {"config": _portable(config), "versions": [json.loads(v) for v in sorted(facts.versions)]},
    }


def _asset_entry(catalogue: Catalogue, asset_id: str, facts: _Facts) -> dict[str, Any]:
    asset = catalogue.get(asset_id)
    used = [split for split in SPLITS if asset_id in facts.assets[split]]
    return {"id": asset.id, "sha256": facts.sha256[asset_id], "licence": asset.licence, "used_in": used}


def _write_papers(target: Path, content: dict[str, Any], catalogue: Catalogue) -> None:
    """`dataset.json` comes last: with it the dataset is whole."""
    papers = {
        "ATTRIBUTION.md": attribution(content, catalogue).encode(),
        "README.md": card(content).encode(),
        "croissant.json": (json.dumps(croissant(content), indent=1) + "\n").encode(),
        "dataset.json": (json.dumps(content, indent=1, sort_keys=True) + "\n").encode(),
    }
    lines = [(shard["path"], shard["sha256"]) for shard in content["shards"]]
    lines += [(name, hashlib.sha256(data).hexdigest()) for name, data in papers.items()]
    write_file(target / "SHA256SUMS", "".join(f"{digest}  {path}\n" for path, digest in sorted(lines)))
    for name, data in papers.items():
        write_file(target / name, data)
