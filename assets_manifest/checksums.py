"""Checksums of assets: a file has its own sha256, a folder that of its listing.

The listing has one line a file, `<sha256>  <relative path>`, sorted by path, as `sha256sum` writes them; so
`sha256sum -c` checks a folder against it, and `sha256sum` of the listing is the checksum of the asset.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from viewlock.errors import ConfigError

from .catalogue import file_sha256
from .entry import Entry

Digest = Callable[[Path], str]
"""How the checksum of a file is found; `remembered.remembered_sha256` reads it only if it has changed."""


def is_text(name: str) -> bool:
    """Whether a file name is one line of UTF-8, so that a listing can hold it."""
    return not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in name)


def members(folder: Path) -> list[str]:
    """Every file below a folder, as a relative path with `/`, sorted.

    Raises:
        ConfigError: something is neither a file nor a folder, such as a link, or has a name that is no text.
    """
    found = []
    for path in folder.rglob("*"):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise ConfigError(f"{path}: expected files and folders only; remove it from the asset")
        if path.is_file():
            found.append(path.relative_to(folder).as_posix())
    for name in found:
        if not is_text(name):
            raise ConfigError(f"{folder}: the file name {name!r} is not one line of UTF-8; rename it")
    return sorted(found)


def listing(folder: Path, names: Iterable[str] | None = None, digest: Digest = file_sha256) -> str:
    """The listing of a folder, or of some files in it.

    Raises:
        ConfigError: a file is missing or cannot be read.
    """
    chosen = members(folder) if names is None else sorted(names)
    return "".join(f"{digest(folder / name)}  {name}\n" for name in chosen)


def read_listing(text: str) -> list[tuple[str, str]]:
    """(sha256, relative path) of the files in a listing."""
    return [(line[:64], line[66:]) for line in text.splitlines()]


def folder_sha256(folder: Path, names: Iterable[str] | None = None, digest: Digest = file_sha256) -> str:
    """The checksum of a folder, or of some files in it; see the top of this file.

    Raises:
        ConfigError: a file is missing or cannot be read.
    """
    return hashlib.sha256(listing(folder, names, digest).encode()).hexdigest()


def measure(entry: Entry, path: Path, digest: Digest = file_sha256) -> tuple[str, int]:
    """Checksum and size in bytes of an asset that lies at `path`.

    Raises:
        ConfigError: a file is missing or cannot be read.
    """
    if path.is_file():
        return digest(path), path.stat().st_size
    if not path.is_dir():
        raise ConfigError(f"{path}: no such file or folder")
    names = members(path) if entry.files is None else list(entry.files)
    return folder_sha256(path, names, digest), sum((path / name).stat().st_size for name in names)
