"""Is what was rendered what would be rendered now? Some scenes are made again and compared bit for bit."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from viewlock.errors import ConfigError, DatasetError, QuarantineError
from viewlock.generator.config import check_config
from viewlock.generator.plan import draw, load_catalogue
from viewlock.generator.sections import Config
from viewlock.generator.spec import SceneSpec
from viewlock.renderer.run import Run, scene_file
from viewlock.renderer.sample import Flow

from .dataset import ShardDataset, read_content
from .fields import decode_member
from .scene_file import decode_scene
from .verify import Report

Render = Callable[[Run], object]
Samples = dict[str, dict[str, Any]]
"""Key -> decoded fields."""


def rerender(path: Path | str, count: int, seed: int, report: Report, render: Render) -> None:
    """Render some scenes of a run or a dataset again, and enter in a report what differs.

    Args:
        count: of scenes, chosen by the seed among those that are there and can be read.
        render: renders all scenes of a run.

    Raises:
        ConfigError: a shard alone does not say how it was made, or its assets are not here.
        ViewlockError: what stops a render.
    """
    try:
        old = _Made(path)
    except DatasetError as problem:  # such damage is a fault like others
        report.faults.append(f"cannot be rendered again: {problem}")
        return
    chosen = np.random.default_rng(seed).permutation(old.scenes)[:count]
    report.rerendered = sorted(int(scene) for scene in chosen)
    if not report.rerendered:
        return
    catalogue = load_catalogue(old.config)
    for asset, sha256 in old.assets:
        catalogue.get(asset, sha256)
    specs = [old.spec(scene, lambda scene: draw(old.config, catalogue, scene)) for scene in report.rerendered]
    with tempfile.TemporaryDirectory(prefix="viewlock-verify-") as folder:
        new = Run.create(Path(folder) / "run", old.config, specs)
        try:
            render(new)
        except QuarantineError:
            for scene, failure in sorted(new.failed().items()):
                report.faults.append(f"scene {scene}: cannot be made again: {failure['message']}")
        for scene in sorted(new.finished()):
            try:
                before = old.samples(scene)
            except DatasetError as problem:
                report.faults.append(f"scene {scene}: cannot be compared: {problem}")
                continue
            _compare(before, _scene(new, scene), report)


class _Made:
    """Scenes as they are in a run or a dataset.

    Attributes:
        scenes: those that are there, sorted.
        assets: (id, sha256) of what they were made of, as far as it is known before they are opened.
    """

    def __init__(self, path: Path | str) -> None:
        self._run = Run(path) if isinstance(path, str) or Run(path).exists else None
        self._data: ShardDataset | None = None
        if self._run is not None:
            self.config: Config = self._run.config
            self.assets = [(ref.id, ref.sha256) for spec in self._run.specs.values() for ref in spec.assets]
            self.scenes = sorted(s for s in self._run.finished() & self._run.specs.keys() if _readable(self._run, s))
        elif isinstance(path, str):
            raise AssertionError("what is behind a URL is a run")
        elif path.is_file():
            raise ConfigError(f"--rerender: {path}: a shard does not say how it was made; give the dataset or the run")
        else:
            content = read_content(path)
            self.config = check_config(content["provenance"]["config"], str(path / "dataset.json"))
            self.assets = [(entry["id"], entry["sha256"]) for entry in content["assets"]]
            self._data = ShardDataset(path)
            self.scenes = sorted({int(key.split("-")[0]) for key in self._data.keys})

    def spec(self, scene: int, drawn: Callable[[int], SceneSpec]) -> SceneSpec:
        """What was planned; a dataset keeps no plan, so there it is drawn again."""
        return self._run.specs[scene] if self._run is not None else drawn(scene)

    def samples(self, scene: int) -> Samples:
        if self._run is not None:
            return _scene(self._run, scene)
        assert self._data is not None
        chosen = [n for n, key in enumerate(self._data.keys) if int(key.split("-")[0]) == scene]
        return {self._data.keys[n]: {k: v for k, v in self._data[n].items() if k != "key"} for n in chosen}


def _readable(run: Run, scene: int) -> bool:
    try:
        _scene(run, scene)
    except DatasetError:
        return False
    return True


def _scene(run: Run, scene: int) -> Samples:
    name = scene_file(scene)
    members, _ = decode_scene(run.scenes.read(name), name)
    samples: Samples = {}
    for member, data in members.items():
        key, field, value = decode_member(member, data)
        samples.setdefault(key, {})[field] = value
    return samples


def _compare(old: Samples, new: Samples, report: Report) -> None:
    for key in sorted({*old, *new}):
        before, now = old.get(key, {}), new.get(key, {})
        versions = _versions(before, now)
        if versions and versions not in report.notes:
            report.notes.append(versions)
        for field in sorted({*before, *now}):
            if field not in before or field not in now:
                report.faults.append(f"{key}.{field}: only in {'the new' if field in now else 'the old'} render")
                continue
            difference = _difference(before[field], now[field])
            if difference:
                report.faults.append(f"{key}.{field}: differs from a new render: {difference}")


def _versions(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Which versions made the old samples, if these are others now."""
    old, new = (side.get("meta", {}).get("versions", {}) for side in (before, now))
    odd = [f"{name} {old.get(name)} there and {new.get(name)} here" for name in sorted({*old, *new})
           if old.get(name) != new.get(name)]  # fmt: skip
    return f"other versions, so pixels may differ: {', '.join(odd)}" if odd else ""


def _difference(before: Any, now: Any) -> str:
    if isinstance(before, dict):
        odd = next(_different_keys(before, now), None)
        return f"{odd[0]}: {odd[1]} there, {odd[2]} now" if odd else ""
    if isinstance(before, Flow):
        return _difference(before.valid, now.valid) or _difference(before.flow, now.flow)
    if before.shape != now.shape or before.dtype != now.dtype:
        return f"{before.dtype} {before.shape} there, {now.dtype} {now.shape} now"
    same = (before == now) | ((before != before) & (now != now))
    if same.all():
        return ""
    pixels = ~same.all(axis=-1) if same.ndim == 3 else ~same
    y, x = np.argwhere(pixels)[0]
    return f"{int(pixels.sum())} of {pixels.size} pixels, first at ({x}, {y}): {before[y, x]} there, {now[y, x]} now"


def _different_keys(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in sorted({*before, *now} - {"versions"}):
        if before.get(name) != now.get(name):
            yield name, before.get(name), now.get(name)
