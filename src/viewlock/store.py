"""Where runs keep their files and scenes are published, each name once, whole or not at all; and where the cache is.

Another kind of storage needs the methods of `Store`; `object_store` has those of S3.
"""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from .errors import ConfigError, DatasetError, OutputError, writing


def cache_folder() -> Path:
    """Where this machine keeps what Viewlock can make or fetch again: `$VIEWLOCK_CACHE`, or `viewlock` in the user's
    cache folder."""
    named = os.environ.get("VIEWLOCK_CACHE")
    base = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "viewlock"
    return base.expanduser().absolute()


class Store(Protocol):
    """Named blobs. What is published once never changes; small files may be written again."""

    def publish_if_absent(self, name: str, data: bytes) -> bool:
        """Publish `data` under `name`; False, and nothing changed, if the name is taken."""
        ...

    def write(self, name: str, data: bytes | str) -> None:
        """Give `name` these bytes, whole or not at all, whatever it had before."""
        ...

    def list(self, prefix: str = "") -> list[str]:
        """Sorted names that start with `prefix`."""
        ...

    def read(self, name: str, last: int | None = None) -> bytes:
        """The bytes of a name, or so many of the last of them."""
        ...

    def has(self, name: str) -> bool: ...

    def remove(self, name: str) -> None:
        """Take away a name, if it is there."""
        ...

    def published_at(self, name: str) -> float:
        """Seconds since 1970, by the clock of the storage."""
        ...

    def file(self, name: str) -> AbstractContextManager[Path]:
        """A file on this machine with the bytes of a name, as long as the block lasts."""
        ...


def store_at(address: Path | str) -> Store:
    """The store in a folder, or behind a URL.

    Raises:
        ConfigError: no such kind of storage.
        MissingLibraryError: what is needed to reach it is not installed.
    """
    if isinstance(address, Path):
        return FolderStore(address)
    from .object_store import ObjectStore

    return ObjectStore(address)


def address_of(words: Path | str) -> Path | str:
    """What people call a place: a folder, or the URL of an object store, without a slash at its end.

    Raises:
        ConfigError: a URL of storage that is not supported.
    """
    scheme, mark, rest = str(words).partition("://")
    if isinstance(words, Path) or not mark:
        return Path(words)
    if scheme != "s3" or not rest.strip("/"):
        raise ConfigError(f"{words}: expected a folder or s3://BUCKET/NAME; mount other storage as a folder")
    return f"s3://{rest.strip('/')}"


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
        base = self.folder / prefix.rpartition("/")[0]
        if not base.is_dir():
            return []
        files = (p.relative_to(self.folder).as_posix() for p in base.rglob("*") if p.is_file())
        return sorted(name for name in files if name.startswith(prefix) and not name.rsplit("/", 1)[-1].startswith("."))

    def read(self, name: str, last: int | None = None) -> bytes:
        """Raises:
        DatasetError: there is no such name, or it cannot be read.
        """
        try:
            with (self.folder / name).open("rb") as file:
                if last is not None:
                    file.seek(max(0, file.seek(0, io.SEEK_END) - last))
                return file.read()
        except OSError as refusal:
            raise DatasetError(f"{self.folder / name}: cannot be read: {refusal.strerror}") from refusal

    def write(self, name: str, data: bytes | str) -> None:
        """Raises:
        OutputError, TryAgainError: it cannot be written.
        """
        write_file(self.folder / name, data)

    def has(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def remove(self, name: str) -> None:
        """Raises:
        OutputError: it cannot be removed.
        """
        with writing(self.folder / name):
            (self.folder / name).unlink(missing_ok=True)

    def published_at(self, name: str) -> float:
        """Raises:
        DatasetError: there is no such name.
        """
        try:
            return (self.folder / name).stat().st_mtime
        except OSError as refusal:
            raise DatasetError(f"{self.folder / name}: cannot be read: {refusal.strerror}") from refusal

    def file(self, name: str) -> AbstractContextManager[Path]:
        """The file itself."""
        return nullcontext(self.folder / name)


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


_STAGED = re.compile(r"\..+\.\w+\.tmp")
_LEFT_S = 3600.0
"""Nothing that is being written is left alone for so long."""


def leftovers(folder: Path) -> Iterator[Path]:
    """What processes that were killed while they published have left below a folder: hidden files and folders, named
    `.tmp`, and not written to for an hour."""
    latest = time.time() - _LEFT_S
    for parent, folders, files in os.walk(folder):
        for path in (Path(parent, name) for name in (*folders, *files) if _STAGED.fullmatch(name)):
            with suppress(FileNotFoundError):  # somebody is done with it
                if path.lstat().st_mtime < latest:
                    yield path
        folders[:] = [name for name in folders if not _STAGED.fullmatch(name)]


def sweep(folder: Path) -> None:
    """Remove the `leftovers` below a folder, if that is allowed."""
    for path in leftovers(folder):
        with suppress(OutputError):
            discard(path)


def discard(path: Path) -> None:
    """Remove a file or a folder. A folder is nowhere to be found before the first file in it goes.

    Raises:
        OutputError: it cannot be removed.
    """
    try:
        if not path.is_dir() or path.is_symlink():
            path.unlink()
        elif _STAGED.fullmatch(path.name):
            shutil.rmtree(path)
        else:
            shutil.rmtree(path.rename(path.with_name(f".{path.name}.{os.getpid()}.tmp")))
    except FileNotFoundError:
        pass  # somebody else was faster
    except OSError as refusal:
        raise OutputError(f"{path}: cannot be removed: {refusal.strerror}; mend the permissions") from refusal
