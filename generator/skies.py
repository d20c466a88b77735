"""Which environment pictures show open sky, so that they can stand behind a procedural place.

A hall's ceiling or a wood's canopy above a street would be wrong; such a picture serves only as its own place, as a
ground-projected dome.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset

_BAND_DEG = (25.0, 75.0)
"""Elevations that are looked at: above the trees and houses of most places, below the stretched pole."""

_SMOOTH = 0.05
"""Log radiance of a smooth pixel lies this near to that of its surroundings."""

_LEAST_SMOOTH = 0.55
"""Share of smooth pixels in a sky. Seven outdoor and five closed pictures: 0.71 and more; 0.37 and less, or warm."""

_COLDEST_WARM = 0.95
"""Blue over red; a sky's is higher, a plain ceiling's under warm lamps lower."""


def open_sky(environment: Asset) -> bool:
    """Whether an environment picture shows sky above the horizon: as its tags say, or else as it looks.

    A picture that cannot be read here counts as closed; whoever renders it says what is wrong with it.
    """
    if "indoor" in environment.tags or "outdoor" in environment.tags:
        return "outdoor" in environment.tags
    return environment.path is not None and _shows_sky(environment.path, environment.sha256)


@lru_cache(maxsize=4096)
def _shows_sky(path: Path, sha256: str) -> bool:
    picture = read_environment(path)
    return picture is not None and looks_open(picture)


def read_environment(path: Path) -> NDArray[np.floating] | None:
    """Linear RGB (H, W, 3) of a `.hdr` or `.exr` picture; None if it cannot be read."""
    os.environ.setdefault("OPENCV_IO_ENABLE_OPENEXR", "1")  # looked at when the first EXR file is read
    try:
        picture = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        picture = None
    return None if picture is None or picture.ndim != 3 else picture[..., 2::-1]


def looks_open(picture: NDArray[np.floating]) -> bool:
    """Whether an equirectangular picture (H, W, 3) of linear RGB is smooth and not warm above the horizon."""
    small = cv2.resize(picture.astype(np.float32), (512, 256), interpolation=cv2.INTER_AREA)
    log = np.log(np.maximum(small @ np.array([0.21, 0.72, 0.07], np.float32), 1e-5))
    uneven = np.abs(log - cv2.GaussianBlur(log, (0, 0), 4))
    top, bottom = (round((90 - elevation) / 180 * 256) for elevation in reversed(_BAND_DEG))
    red, blue = (np.maximum(small[top:bottom, :, k], 1e-5) for k in (0, 2))
    smooth = (uneven[top:bottom] < _SMOOTH).mean()
    return bool(smooth >= _LEAST_SMOOTH and np.median(blue / red) >= _COLDEST_WARM)
