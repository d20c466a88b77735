"""Painted pictures kept on disk, so that each is painted once for all scenes, runs and workers of a machine."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewlock.colour import srgb_from_linear
from viewlock.errors import ViewlockError
from viewlock.store import cache_folder, write_file

from ..sources import kept_in
from . import PAINTERS, tiff

PIXELS = 512


def colour_file(texture: str, colours: tuple, seed: int, alpha: bool = False) -> bytes:
    """A painter's picture as a file for Blender: sRGB, with its straight opacity if `alpha` and if it has holes.

    The pictures are kept in the folder `textures` of `viewlock.store.cache_folder`, in a folder for each source of the
    painters; where that cannot be written, they are painted anew each time.
    """
    data = _kept("colour", texture, colours, seed)
    pixels = tiff.decode(data, PIXELS)
    return data if alpha or pixels.shape[2] == 3 else tiff.encode(pixels[..., :3])


def height_file(texture: str, colours: tuple, seed: int) -> bytes:
    """A painter's relief as a grey file for Blender, kept as `colour_file` says."""
    return _kept("height", texture, colours, seed)


def _kept(layer: str, texture: str, colours: tuple, seed: int) -> bytes:
    """A layer of a picture, from the cache folder if it is there, whole."""
    name = hashlib.sha256(repr((texture, colours, seed, PIXELS)).encode()).hexdigest()
    folder = cache_folder() / "textures" / kept_in()["textures"]
    data = _read(folder / f"{name}-{layer}.tif")
    if data is None:
        painted = {made: tiff.encode(pixels) for made, pixels in _paint(texture, colours, seed).items()}
        for made, file in painted.items():
            with contextlib.suppress(ViewlockError):
                write_file(folder / f"{name}-{made}.tif", file)
        data = painted[layer]
    return data


def _paint(texture: str, colours: tuple, seed: int) -> dict[str, NDArray[np.uint8]]:
    """The layers: (S, S, 3) colour, or (S, S, 4) where it has holes, and (S, S, 1) height."""
    painted = PAINTERS[texture](colours, seed, PIXELS)
    opacity = _bytes(painted.alpha[..., None])
    colour = _bytes(srgb_from_linear(painted.colour))
    return {
        "colour": colour if (opacity == 255).all() else np.concatenate([colour, opacity], axis=2),
        "height": _bytes(painted.height[..., None]),
    }


def _bytes(plane: NDArray) -> NDArray[np.uint8]:
    return np.rint(np.clip(plane, 0, 1) * 255).astype(np.uint8)


def _read(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
        tiff.decode(data, PIXELS)
    except (OSError, ValueError):
        return None
    return data
