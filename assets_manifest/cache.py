"""Where downloads are kept: each asset under its own checksum, whole or not at all.

CACHE/sha256/ab/abcd.../          the files of one asset; one file, or a folder
CACHE/sha256/ab/abcd....files     the listing of a folder (see `checksums`)
CACHE/parts/<key>/                a download that is under way: `lock`, `<address>.part` and `.json`, `staged/`
CACHE/indexes/<manifest>.json     the list of a source's assets
CACHE/locks/<manifest>.lock.yaml  what was fetched of a shipped manifest
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from viewlock.errors import writing
from viewlock.store import cache_folder, write_file

from .checksums import listing, read_listing


@dataclass(frozen=True)
class Cache:
    """A content-addressed cache in a folder."""

    folder: Path

    @classmethod
    def at(cls, folder: Path | None = None) -> Cache:
        """The cache in a folder; by default `assets` in `$VIEWLOCK_CACHE`, or in the user's cache folder."""
        return cls((folder or cache_folder() / "assets").expanduser().absolute())

    def where(self, sha256: str) -> Path:
        """The folder with the files of an asset, there or not."""
        return self.folder / "sha256" / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        return self.where(sha256).is_dir()

    def the_file(self, sha256: str) -> Path:
        """The file of an asset that is one file."""
        return next(path for path in self.where(sha256).rglob("*") if path.is_file())

    def listing(self, sha256: str) -> list[tuple[str, str]]:
        """(sha256, relative path) of the files of an asset that is a folder."""
        file = self.where(sha256).with_suffix(".files")
        if not file.exists():
            return read_listing(listing(self.where(sha256)))
        return read_listing(file.read_text(encoding="utf-8"))

    @contextmanager
    def work(self, urls: list[str]) -> Iterator[Path]:
        """The folder for the downloads of these addresses, for one process at a time; others wait.

        Raises:
            OutputError, TryAgainError: it cannot be written.
        """
        place = self.folder / "parts" / hashlib.sha256("\n".join(urls).encode()).hexdigest()[:32]
        with writing(place):
            place.mkdir(parents=True, exist_ok=True)
            lock = (place / "lock").open("w")
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield place

    @contextmanager
    def staging(self, place: Path) -> Iterator[Path]:
        """An empty folder in one that `work` gave; whatever is left in it, now or from a killed process, is removed.

        Raises:
            OutputError, TryAgainError: it cannot be written.
        """
        staged = place / "staged"
        with writing(staged):
            shutil.rmtree(staged, ignore_errors=True)
            staged.mkdir()
            try:
                yield staged
            finally:
                shutil.rmtree(staged, ignore_errors=True)

    def place(self, staged: Path, sha256: str, names: str | None) -> None:
        """Gives the files in a folder their place; if they are there already, nothing happens.

        Args:
            names: the listing of an asset that is a folder; None for one file.

        Raises:
            OutputError, TryAgainError: the disk is full or cannot be written.
        """
        target = self.where(sha256)
        with writing(target):
            for path in sorted(staged.rglob("*"), reverse=True):
                flush(path)
            flush(staged)
            target.parent.mkdir(parents=True, exist_ok=True)
            if names is not None:
                write_file(target.with_suffix(".files"), names)
            try:
                staged.rename(target)
            except OSError:
                if not target.is_dir():
                    raise
            flush(target.parent)


def flush(path: Path) -> None:
    """Makes a file or folder survive a power failure."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
