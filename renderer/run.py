"""A run, in a folder or behind a URL: configuration, plan, finished scenes and failures. No Blender here."""

from __future__ import annotations

import json
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from viewlock.errors import DatasetError, OutputError, writing
from viewlock.generator.config import check_config, to_plain
from viewlock.generator.plan import plan_lines, read_plan
from viewlock.generator.sections import Config
from viewlock.generator.spec import SceneSpec
from viewlock.store import Store, address_of, cache_folder, store_at


@dataclass(frozen=True)
class Run:
    """Attributes:
    path: folder or URL with `config.yaml`, `plan.jsonl`, `scenes/` and `failed/`.
    """

    path: Path | str

    @classmethod
    def create(cls, path: Path | str, config: Config, specs: list[SceneSpec]) -> Run:
        """A new run, or the one that is already there when it is the same.

        Raises:
            OutputError: the folder belongs to another configuration, or cannot be written.
        """
        run = cls(path)
        text = yaml.safe_dump(to_plain(config), sort_keys=False)
        if run.exists:
            run.check_same(config)
            return run
        run.check_free()
        run.files.write("plan.jsonl", plan_lines(specs))
        run.files.write("config.yaml", text)
        return run

    @classmethod
    def open(cls, words: Path | str) -> Run:
        """Raises:
        DatasetError: there is no run.
        ConfigError: a URL of storage that is not supported.
        """
        run = cls(address_of(words))
        if not run.exists:
            raise DatasetError(
                f"{run.path}: not a run folder (no config.yaml and plan.jsonl); make one with 'viewlock plan'"
            )
        return run

    @property
    def exists(self) -> bool:
        return self.files.has("config.yaml") and self.files.has("plan.jsonl")

    @property
    def address(self) -> str:
        """How other processes on this machine find it."""
        return self.path if isinstance(self.path, str) else str(self.path.absolute())

    @property
    def name(self) -> str:
        return self.address.rstrip("/").rsplit("/", 1)[-1]

    @property
    def notes(self) -> Path:
        """Folder of `logs/` and `log.jsonl`: that of the run, or one on this machine if it is behind a URL."""
        if isinstance(self.path, Path):
            return self.path
        return cache_folder() / "runs" / urllib.parse.quote(self.path, safe="")

    def check_same(self, config: Config) -> None:
        """Raises:
        OutputError: the run was planned with another configuration; the message names the first difference.
        """
        difference = _first_difference(to_plain(self.config), to_plain(config))
        if difference:
            raise OutputError(
                f"{self.path}: belongs to another configuration: {difference}; "
                "choose another folder, or delete this one"
            )

    def check_free(self) -> None:
        """Raises:
        OutputError: something that is not a run is in the way.
        """
        # `config.yaml` is written last; a run without it was interrupted while it was made.
        begun = lambda name: name == "plan.jsonl" or name.startswith(".")  # noqa: E731
        if isinstance(self.path, str):
            free = all(map(begun, self.files.list()))
        else:
            free = not self.path.exists() or (self.path.is_dir() and all(begun(p.name) for p in self.path.iterdir()))
        if not free:
            raise OutputError(f"{self.path}: expected an empty or new folder for the run, but something else is there")

    @cached_property
    def config(self) -> Config:
        """Raises:
        DatasetError, ConfigError: `config.yaml` cannot be read or is damaged.
        """
        where = f"{self.path}/config.yaml"
        try:
            values = yaml.safe_load(self.files.read("config.yaml").decode())
        except (UnicodeDecodeError, yaml.YAMLError) as problem:
            raise DatasetError(f"{where}: cannot be read: {' '.join(str(problem).split())}") from None
        return check_config(values, where)

    @cached_property
    def specs(self) -> dict[int, SceneSpec]:
        """Scene id -> planned spec."""
        with self.files.file("plan.jsonl") as plan:
            return {spec.scene_id: spec for spec in read_plan(plan, self.config.kind)}

    @cached_property
    def files(self) -> Store:
        return store_at(self.path)

    @cached_property
    def scenes(self) -> Store:
        return store_at(self.path / "scenes" if isinstance(self.path, Path) else f"{self.path}/scenes")

    def finished(self) -> set[int]:
        """Ids of the published scenes."""
        names = (Path(name) for name in self.scenes.list())
        return {int(name.stem) for name in names if name.suffix == ".tar" and name.stem.isdigit()}

    def failed(self) -> dict[int, dict[str, Any]]:
        """Id -> report of the scenes that could not be made.

        Raises:
            DatasetError: a report is damaged.
        """
        reports = (Path(name) for name in self.files.list("failed/"))
        names = [name for name in reports if name.suffix == ".json" and name.stem.isdigit()]
        return {int(name.stem): self._report(name.as_posix()) for name in names}

    def _report(self, name: str) -> dict[str, Any]:
        try:
            return json.loads(self.files.read(name))
        except ValueError as problem:
            raise DatasetError(
                f"{self.path}/{name}: cannot be read: {problem}; delete it to try the scene again"
            ) from None

    def quarantine(self, scene_id: int, report: Mapping[str, Any]) -> None:
        self.files.write(f"failed/{scene_id:06d}.json", json.dumps(report, indent=2) + "\n")

    def forgive(self, scene_id: int) -> None:
        """Drop the report of a scene, so that it is tried again."""
        self.files.remove(f"failed/{scene_id:06d}.json")

    def log(self, event: str, **values: Any) -> None:
        """One JSON line in `log.jsonl`."""
        line = json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%S"), "event": event, **values})
        path = self.notes / "log.jsonl"
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


def scene_file(scene_id: int) -> str:
    """Name of a scene in a run's store."""
    return f"{scene_id:06d}.tar"


def _first_difference(old: Any, new: Any, key: str = "") -> str:
    """`key is A there and B now` for the first value that differs, or the empty string."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted({*old, *new}):
            found = _first_difference(old.get(name), new.get(name), f"{key}.{name}" if key else name)
            if found:
                return found
        return ""
    return "" if old == new else f"{key} is {old} there and {new} now"
