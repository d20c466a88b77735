"""Painted pictures kept on disk, so that each is painted once for all scenes, runs and workers of a machine."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from viewlock.colour import srgb_from_linear
from viewlock.store import cache_folder

from . import PAINTERS

PIXELS = 512


class Picture(NamedTuple):
    """Attributes:
    rgba: (S, S, 4) uint8 sRGB and opacity, row 0 on top.
    height: (S, S) uint8 relief.
    """

    rgba: NDArray[np.uint8]
    height: NDArray[np.uint8]


def picture(texture: str, colours: tuple, seed: int) -> Picture:
    """A painter's picture, from the cache folder if it is there.

    The folder is `$VIEWLOCK_CACHE`, or `viewlock` in the user's cache folder; where it cannot be written, pictures
    are painted anew each time.
    """
    name = hashlib.sha256(repr((texture, colours, seed, PIXELS, _painters_sha256())).encode()).hexdigest()
    path = cache_folder() / "textures" / f"{name}.npy"
    stored = _read(path)
    if stored is None:
        stored = _paint(texture, colours, seed)
        _write(path, stored)
    return Picture(stored[..., :4], stored[..., 4])


def _paint(texture: str, colours: tuple, seed: int) -> NDArray[np.uint8]:
    """(S, S, 5) uint8: sRGB, opacity, height."""
    painted = PAINTERS[texture](colours, seed, PIXELS)
    planes = np.concatenate(
        [srgb_from_linear(painted.colour), painted.alpha[..., None], painted.height[..., None]], axis=2
    )
    return np.rint(np.clip(planes, 0, 1) * 255).astype(np.uint8)


def _read(path: Path) -> NDArray[np.uint8] | None:
    try:
        stored = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    good = stored.dtype == np.uint8 and stored.shape == (PIXELS, PIXELS, 5)
    return stored if good else None


def _write(path: Path, stored: NDArray[np.uint8]) -> None:
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, staged = tempfile.mkstemp(prefix=".", suffix=".npy", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                np.save(file, stored)
            Path(staged).replace(path)
        finally:
            Path(staged).unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _painters_sha256() -> str:
    """Of the painters' source: a changed painter paints anew."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
