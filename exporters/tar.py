"""Plain USTAR archives whose bytes depend on their members alone."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from viewlock.errors import DatasetError


class HashedTar:
    """Writes an archive to a file, member by member, and its sha256 and size.

    Args:
        file: open for writing bytes.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.size = 0
        self._file, self._hash = file, hashlib.sha256()
        self._archive = tarfile.open(fileobj=self, mode="w", format=tarfile.USTAR_FORMAT)  # type: ignore[call-overload]  # noqa: SIM115

    def add(self, name: str, data: bytes) -> None:
        """A member without time, owner or mode of its own."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = len(data), 0o644
        self._archive.addfile(info, io.BytesIO(data))

    def close(self) -> str:
        """End the archive; its sha256."""
        self._archive.close()
        return self._hash.hexdigest()

    def write(self, data: bytes) -> int:
        """For tarfile: passes bytes on."""
        self._hash.update(data)
        self.size += len(data)
        return self._file.write(data)

    def tell(self) -> int:
        """For tarfile: where the next byte goes."""
        return self.size


def tar_bytes(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of named members in the given order, without times, owners or modes of their own."""
    buffer = io.BytesIO()
    archive = HashedTar(buffer)
    for name, data in members:
        archive.add(name, data)
    archive.close()
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
