"""A run folder: configuration, plan, finished scenes and failures. No Blender here."""

from __future__ import annotations

import json
import time
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
from viewlock.store import FolderStore, write_file


@dataclass(frozen=True)
class Run:
    """Attributes:
    path: folder with `config.yaml`, `plan.jsonl`, `scenes/`, `failed/`, `logs/` and `log.jsonl`.
    """

    path: Path

    @classmethod
    def create(cls, path: Path, config: Config, specs: list[SceneSpec]) -> Run:
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
        write_file(path / "plan.jsonl", plan_lines(specs))
        write_file(path / "config.yaml", text)
        return run

    @classmethod
    def open(cls, path: Path) -> Run:
        """Raises:
        DatasetError: the folder is not a run.
        """
        run = cls(path)
        if not run.exists:
            raise DatasetError(
                f"{path}: not a run folder (no config.yaml and plan.jsonl); make one with 'viewlock plan'"
            )
        return run

    @property
    def exists(self) -> bool:
        return (self.path / "config.yaml").is_file() and (self.path / "plan.jsonl").is_file()

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
        path = self.path
        # `config.yaml` is written last; a run without it was interrupted while it was made.
        begun = lambda name: name == "plan.jsonl" or name.startswith(".")  # noqa: E731
        if path.exists() and (not path.is_dir() or not all(begun(p.name) for p in path.iterdir())):
            raise OutputError(f"{path}: expected an empty or new folder for the run, but something else is there")

    @cached_property
    def config(self) -> Config:
        """Raises:
        DatasetError, ConfigError: `config.yaml` cannot be read or is damaged.
        """
        path = self.path / "config.yaml"
        try:
            values = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
            raise DatasetError(f"{path}: cannot be read: {' '.join(str(problem).split())}") from None
        return check_config(values, str(path))

    @cached_property
    def specs(self) -> dict[int, SceneSpec]:
        """Scene id -> planned spec."""
        return {spec.scene_id: spec for spec in read_plan(self.path / "plan.jsonl", self.config.kind)}

    @property
    def scenes(self) -> FolderStore:
        return FolderStore(self.path / "scenes")

    def finished(self) -> set[int]:
        """Ids of the published scenes."""
        names = (Path(name) for name in self.scenes.list())
        return {int(name.stem) for name in names if name.suffix == ".tar" and name.stem.isdigit()}

    def failed(self) -> dict[int, dict[str, Any]]:
        """Id -> report of the scenes that could not be made.

        Raises:
            DatasetError: a report is damaged.
        """
        folder = self.path / "failed"
        files = sorted(folder.glob("[0-9]*.json")) if folder.is_dir() else []
        return {int(file.stem): _read_report(file) for file in files}

    def quarantine(self, scene_id: int, report: Mapping[str, Any]) -> None:
        write_file(self.path / "failed" / f"{scene_id:06d}.json", json.dumps(report, indent=2) + "\n")

    def forgive(self, scene_id: int) -> None:
        """Drop the report of a scene, so that it is tried again."""
        (self.path / "failed" / f"{scene_id:06d}.json").unlink(missing_ok=True)

    def log(self, event: str, **values: Any) -> None:
        """One JSON line in `log.jsonl`."""
        line = json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%S"), "event": event, **values})
        path = self.path / "log.jsonl"
        with writing(path), path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _read_report(file: Path) -> dict[str, Any]:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise DatasetError(f"{file}: cannot be read: {problem}; delete it to try the scene again") from None


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
