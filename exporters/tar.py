"""Plain USTAR archives whose bytes depend on their members alone."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from viewlock.errors import DatasetError


def tar_bytes(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of named members in the given order, without times, owners or modes of their own."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(data), 0o644
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@dataclass(frozen=True)
class Member:
    """Where a member's bytes are in an archive."""

    name: str
    offset: int
    size: int


def tar_index(path: Path) -> list[Member]:
    """The members of an archive, in order, from its headers alone.

    Raises:
        DatasetError: the file is missing, cut short, or not a tar archive.
    """
    try:
        with tarfile.open(path, "r:") as archive:
            members = [Member(info.name, info.offset_data, info.size) for info in archive if info.isfile()]
            _check_end(archive, str(path))
    except (OSError, tarfile.TarError) as problem:
        raise DatasetError(f"{path}: not a readable tar archive: {problem}") from None
    return members


def tar_members(data: bytes, where: str) -> dict[str, bytes]:
    """Name -> bytes of an archive in memory.

    Raises:
        DatasetError: not a tar archive.
    """
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            members = {info.name: archive.extractfile(info).read() for info in archive if info.isfile()}  # type: ignore[union-attr]
            _check_end(archive, where)
            return members
    except tarfile.TarError as problem:
        raise DatasetError(f"{where}: not a readable tar archive: {problem}") from None


def _check_end(archive: tarfile.TarFile, where: str) -> None:
    """tarfile takes a cut or damaged header for the end; a whole archive ends with blocks of zeros.

    Raises:
        DatasetError: this one does not.
    """
    file = archive.fileobj
    assert file is not None
    file.seek(archive.offset)
    if file.read(tarfile.BLOCKSIZE) != tarfile.NUL * tarfile.BLOCKSIZE:
        raise DatasetError(f"{where}: not a readable tar archive: cut short or damaged at byte {archive.offset}")
