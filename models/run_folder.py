"""The folder of a training: whose it is, and whether there is something to go on with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from viewlock.errors import DatasetError, OutputError
from viewlock.store import write_file

from .config import Section, to_plain
from .place import Place
from .run_files import CONFIG, STATE


def open_run(run: Path, config: Section, data: Sequence[Path], place: Place) -> bool:
    """Make the folder of a training, or check that it is the one of this training.

    Returns:
        Whether a state is there to go on with.

    Raises:
        OutputError: something else is there, or it cannot be written.
    """
    wanted = {**to_plain(config), "datasets": [str(path.absolute()) for path in data]}
    file = run / CONFIG
    resumes = (run / STATE).is_file()
    if file.is_file():
        found = _read(file)
        difference = first_difference(found, wanted)
        if difference:
            raise OutputError(
                f"{run}: belongs to another training: {difference}; choose another folder with -o, or delete this one"
            )
    elif run.exists() and (not run.is_dir() or any(run.iterdir())):
        raise OutputError(
            f"{run}: expected an empty or new folder, or a training to go on with, but something else is there"
        )
    place.barrier()
    if place.is_first and not file.is_file():
        write_file(file, yaml.safe_dump(wanted, sort_keys=False))
    return resumes


def _read(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise DatasetError(f"{file}: cannot be read: {' '.join(str(problem).split())}") from None


def first_difference(old: Any, new: Any, key: str = "") -> str:
    """`key is A there and B now` for the first value that differs, or the empty string."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in [*old, *(name for name in new if name not in old)]:
            found = first_difference(old.get(name), new.get(name), f"{key}.{name}" if key else str(name))
            if found:
                return found
        return ""
    return "" if old == new else f"{key} is {old} there and {new} now"
