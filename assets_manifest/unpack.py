"""Archives of strangers become files, and only files, in one folder."""

from __future__ import annotations

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from viewlock.errors import DatasetError, writing

from .checksums import is_text

_CHUNK = 1 << 20
_RATIO = 300  # of unpacked to packed bytes, for what is larger than the next number
_SMALL = 100_000_000


@dataclass(frozen=True)
class Bounds:
    """Attributes:
    max_bytes: unpacked, all files together.
    max_files: files and folders.
    """

    max_bytes: int
    max_files: int = 500_000


@dataclass(frozen=True)
class _Member:
    """Attributes:
    size: as the archive says; the bytes are counted, too.
    problem: why it is not unpacked.
    """

    name: str
    is_folder: bool
    size: int
    open: Callable[[], IO[bytes] | None]
    problem: str = ""


class _ModestHeader(tarfile.TarInfo):
    """A header of a tar; one whose names and extras alone are large would be read into memory whole."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        extras = (
            tarfile.XHDTYPE,
            tarfile.XGLTYPE,
            tarfile.SOLARIS_XHDTYPE,
            tarfile.GNUTYPE_LONGNAME,
            tarfile.GNUTYPE_LONGLINK,
        )
        if self.type in extras and self.size > _CHUNK:
            raise tarfile.ReadError("a header of more than 1 MiB")
        return super()._proc_member(archive)  # type: ignore[misc]


def unpack(archive: Path, folder: Path, bounds: Bounds, name: str) -> None:
    """Unpacks a zip or tar into an empty folder.

    Nothing lands outside of the folder, and nothing but plain files and folders is made. What is left in the
    folder after an error is rubbish.

    Args:
        name: what to call the archive in errors.

    Raises:
        DatasetError: it is no archive, is damaged, expands beyond the bounds, or has a member that is no plain file
            with a harmless name.
        OutputError, TryAgainError: the folder cannot be written.
    """
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as file:
                _unpack(_zip_members(file), folder, bounds, archive.stat().st_size, name)
        elif tarfile.is_tarfile(archive):
            with tarfile.open(archive, tarinfo=_ModestHeader) as file:
                _unpack(_tar_members(file), folder, bounds, archive.stat().st_size, name)
        else:
            raise DatasetError(f"{name}: expected a zip or tar archive, got something else")
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        raise DatasetError(f"{name}: a damaged archive: {problem}") from None


def _zip_members(file: zipfile.ZipFile) -> Iterator[_Member]:
    for info in file.infolist():
        kind = stat.S_IFMT(info.external_attr >> 16)
        problem = "" if kind in (0, stat.S_IFREG, stat.S_IFDIR) else "a link or device"
        if info.flag_bits & 1:
            problem = "encrypted"
        yield _Member(info.orig_filename, info.is_dir(), info.file_size, lambda info=info: file.open(info), problem)


def _tar_members(file: tarfile.TarFile) -> Iterator[_Member]:
    for info in file:
        problem = "" if info.isreg() or info.isdir() else "a link or device"
        yield _Member(info.name, info.isdir(), info.size, lambda info=info: file.extractfile(info), problem)


def _unpack(members: Iterator[_Member], folder: Path, bounds: Bounds, packed: int, name: str) -> None:
    limit = min(bounds.max_bytes, max(packed * _RATIO, _SMALL))
    written = declared = 0
    for count, member in enumerate(members, start=1):
        declared += member.size
        if count > bounds.max_files:
            raise DatasetError(f"{name}: expected at most {bounds.max_files} files, got more; not unpacked")
        if declared > limit:
            raise _too_large(name, limit)
        problem = member.problem or _bad_name(member.name)
        if problem:
            raise DatasetError(f"{name}: member {member.name!r} is {problem}; not unpacked")
        target = folder / member.name
        _make_folder(target if member.is_folder else target.parent, member, name)
        if not member.is_folder:
            written += _copy(member, target, limit - written, name, limit)


def _make_folder(folder: Path, member: _Member, name: str) -> None:
    with writing(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise DatasetError(f"{name}: member {member.name!r} lies below a file; not unpacked") from None


def _copy(member: _Member, target: Path, room: int, name: str, limit: int) -> int:
    """Bytes written; a member may not be there already, nor be larger than it says or than there is room."""
    if target.exists():
        raise DatasetError(f"{name}: member {member.name!r} is there twice; not unpacked")
    size = 0
    with writing(target):
        source = member.open()
        if source is None:
            raise DatasetError(f"{name}: member {member.name!r} is no file; not unpacked")
        with source, target.open("xb") as file:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > room:
                    raise _too_large(name, limit)
                file.write(chunk)
    return size


def _bad_name(name: str) -> str:
    """What is wrong with a member's name; empty if nothing is."""
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or "\\" in name or ":" in parts[0] or ".." in parts:
        return "outside of the archive"
    if not name.strip("/"):
        return "without a name"
    return "" if is_text(name) else "a name that is not plain text"


def _too_large(name: str, limit: int) -> DatasetError:
    return DatasetError(f"{name}: unpacks to more than {limit} bytes; not unpacked; allow more with --max-size")
