"""What procedural assets are built from, as a checksum."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import numpy as np

from viewlock import generator

_ROOM = Path(__file__).parent
_GENERATOR = (
    "appearance",
    "domes",
    "flights",
    "furnishing",
    "gaits",
    "interiors",
    "landscapes",
    "layouts",
    "look",
    "openings",
    "skeleton",
)


@lru_cache(maxsize=1)
def sources_sha256() -> str:
    """Of everything that procedural assets are built from: this room, and how people and places are laid out.
    Files of other people have checksums of their own."""
    files = sorted(file for file in _ROOM.rglob("*.py") if "importers" not in file.relative_to(_ROOM).parts)
    files += [Path(generator.__file__).parent / f"{name}.py" for name in _GENERATOR]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def painters_sha256() -> str:
    """Of the painters' source."""
    digest = hashlib.sha256()
    for file in sorted((_ROOM / "textures").glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def kept_in() -> dict[str, str]:
    """Where this version keeps what it makes: folder of the cache -> folder in that one, the same for equal source.

    What other versions have made is beside it, of no use to this one.
    """
    meshes = hashlib.sha256(repr((sources_sha256(), np.__version__)).encode()).hexdigest()
    return {"meshes": meshes[:16], "textures": painters_sha256()[:16]}
