"""Where finished scenes are published: each name once, whole or not at all.

Another kind of storage (an object store behind a URL) needs the same three methods.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Protocol

from .errors import DatasetError, writing


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
    anything, on any file system, so two writers cannot tear or repeat a name.
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
                try:
                    Path(target).hardlink_to(staged)
                except FileExistsError:
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


def _flush_folder(folder: Path) -> None:
    """Makes a new name survive a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(path: Path, data: bytes | str) -> None:
    """Write a small file whole or not at all, replacing what was there.

    Raises:
        OutputError, TryAgainError: it cannot be written.
    """
    raw = data.encode() if isinstance(data, str) else data
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            staged.write_bytes(raw)
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
