"""Where finished scenes are published, each name once, whole or not at all; and where the cache is.

Another kind of storage (an object store behind a URL) needs the same three methods.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from .errors import DatasetError, writing


def cache_folder() -> Path:
    """Where this machine keeps what Viewlock can make or fetch again: `$VIEWLOCK_CACHE`, or `viewlock` in the user's
    cache folder."""
    named = os.environ.get("VIEWLOCK_CACHE")
    base = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "viewlock"
    return base.expanduser().absolute()


class Store(Protocol):
    """Named blobs that never change once published."""

    def publish_if_absent(self, name: str, data: bytes) -> bool:
        """Publish `data` under `name`; False, and nothing changed, if the name is taken."""
        ...

    def list(self, prefix: str = "") -> list[str]:
        """Sorted names that start with `prefix`."""
        ...

    def read(self, name: str) -> bytes:
        """The bytes of a published name."""
        ...


class FolderStore:
    """A store in a local or network folder.

    A blob is written beside its target, flushed to the disk, and linked to its name: a link never replaces
    anything, so two writers cannot tear or repeat a name. Where a file system has no links, the file is renamed if
    the name is free; two writers of the same moment then both publish, and as a scene's bytes depend on its spec
    alone, they publish the same.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def publish_if_absent(self, name: str, data: bytes) -> bool:
        """Raises:
        OutputError, TryAgainError: the folder cannot be written, or the disk is full.
        """
        target = self.folder / name
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, staged = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                Path(staged).chmod(0o644)
                if not _link(Path(staged), target):
                    return False
            finally:
                Path(staged).unlink(missing_ok=True)
            _flush_folder(target.parent)
        return True

    def list(self, prefix: str = "") -> list[str]:
        if not self.folder.is_dir():
            return []
        files = (p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())
        return sorted(name for name in files if name.startswith(prefix) and not name.rsplit("/", 1)[-1].startswith("."))

    def read(self, name: str) -> bytes:
        """Raises:
        DatasetError: there is no such name, or it cannot be read.
        """
        try:
            return (self.folder / name).read_bytes()
        except OSError as refusal:
            raise DatasetError(f"{self.folder / name}: cannot be read: {refusal.strerror}") from refusal


def _link(staged: Path, target: Path) -> bool:
    """Give a staged file its name; False if the name is taken."""
    try:
        target.hardlink_to(staged)
    except FileExistsError:
        return False
    except OSError as refusal:
        if refusal.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK):
            raise
        if target.exists():
            return False
        staged.rename(target)
    return True


def _flush_folder(folder: Path) -> None:
    """Makes a new name survive a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name, whole, when the block ends well; whatever had the name is replaced.

    Raises:
        OutputError, TryAgainError: it cannot be written.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            with staged.open("wb") as file:
                yield file
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)


def write_file(path: Path, data: bytes | str) -> None:
    """Write a small file whole or not at all, replacing what was there.

    Raises:
        OutputError, TryAgainError: it cannot be written.
    """
    with replacing(path) as file:
        file.write(data.encode() if isinstance(data, str) else data)
