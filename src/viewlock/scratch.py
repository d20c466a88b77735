"""Temporary folders that do not outlive the processes that use them, however those end.

Blender makes a folder in the temporary directory when it is loaded and never removes it, and a process that is killed
removes nothing. So whoever starts such a process gives it folders of its own, and removes them afterwards. A folder
whose maker was killed, too, is removed by the next one: as long as a maker or one of its processes lives, it holds a
lock.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .errors import writing

MEMORY = Path("/dev/shm")

_PREFIX, _LOCK = "viewlock-scratch-", ".lock"
_VARIABLES = ("TMPDIR", "VIEWLOCK_MEMORY")


def memory_folder(room: int) -> str | None:
    """A folder in memory where so many bytes have room, or None: use the usual temporary folder."""
    folder = Path(os.environ.get("VIEWLOCK_MEMORY", MEMORY))
    roomy = os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > room
    return str(folder) if roomy else None


@dataclass(frozen=True)
class Scratch:
    """Folders on the disk and, where there is such a file system, in memory.

    Attributes:
        locks: descriptors to be passed on to the processes that use the folders; the last to close them gives the
            folders free.
    """

    folders: tuple[Path, ...]
    locks: tuple[int, ...]

    def part(self, name: str) -> dict[str, str]:
        """The environment of a process that gets folders of its own within these."""
        own = [folder / name for folder in self.folders]
        for folder in own:
            folder.mkdir(exist_ok=True)
        return {**os.environ, **dict(zip(_VARIABLES, map(str, own), strict=False))}

    def drop(self, name: str) -> None:
        """Remove the folders of a process that has ended."""
        for folder in self.folders:
            shutil.rmtree(folder / name, ignore_errors=True)


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Folders that are removed when the block ends. Those that others have left behind are removed now.

    Raises:
        OutputError, TryAgainError: there is no room for temporary files.
    """
    places = [Path(tempfile.gettempdir())]
    memory = Path(os.environ.get("VIEWLOCK_MEMORY", MEMORY))
    if os.access(memory, os.W_OK):
        places.append(memory)
    for place in places:
        _sweep(place)
    made = [_make(place) for place in places]
    try:
        yield Scratch(tuple(folder for folder, _ in made), tuple(lock for _, lock in made))
    finally:
        for folder, lock in made:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _make(place: Path) -> tuple[Path, int]:
    """A new folder, and the descriptor of its lock."""
    while True:
        with writing(place):
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        if _locked(lock) and (folder / _LOCK).exists():
            return folder, lock
        os.close(lock)  # somebody swept it between these lines


def _sweep(place: Path) -> None:
    """Remove folders that nobody holds any more."""
    for file in place.glob(f"{_PREFIX}*/{_LOCK}"):
        try:
            lock = os.open(file, os.O_RDWR)
        except OSError:  # that of another user, or just removed
            continue
        try:
            if _locked(lock):
                shutil.rmtree(file.parent, ignore_errors=True)
        finally:
            os.close(lock)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
