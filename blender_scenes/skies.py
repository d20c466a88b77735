"""Painted skies: a gradient, a glow about the sun and clouds, as an equirectangular picture. No Blender here."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

HEIGHT, WIDTH = 512, 1024


def paint_sky(params: Mapping[str, float | int]) -> NDArray[np.float32]:
    """(512, 1024, 3) linear radiance, row 0 at the zenith; the sun stands in the middle column.

    Args:
        params: `seed` of the clouds; `cloud` cover 0..1; `sun_elevation` radians; `haze` 0..1.
    """
    elevation = np.pi / 2 - (np.arange(HEIGHT) + 0.5) / HEIGHT * np.pi
    azimuth = ((np.arange(WIDTH) + 0.5) / WIDTH - 0.5) * 2 * np.pi
    sun, cover, haze = float(params["sun_elevation"]), float(params["cloud"]), float(params["haze"])
    low = float(np.clip(1 - sun / np.radians(25), 0, 1))
    zenith = np.array([0.16, 0.33, 0.75]) * (1 - 0.45 * low)
    horizon = (1 - low) * np.array([0.65, 0.78, 0.95]) + low * np.array([1.0, 0.62, 0.36])
    up = np.clip(np.sin(elevation), 0, 1)[:, None, None]
    blend = np.exp(-up * (2.5 + 4 * (1 - haze)))
    sky = zenith * (1 - blend) + horizon * blend * (0.9 + 0.3 * haze)
    towards = np.cos(elevation)[:, None] * np.cos(sun) * np.cos(azimuth)[None] + np.sin(elevation)[:, None] * np.sin(
        sun
    )
    glow = np.exp(-(1 - towards) * 18) + 4 * np.exp(-(1 - towards) * 600)
    sky = sky + glow[..., None] * np.array([1.0, 0.85, 0.6])
    return _with_ground(_with_clouds(sky, elevation, towards, cover, low, int(params["seed"])), elevation)


def _with_clouds(
    sky: NDArray, elevation: NDArray, towards: NDArray, cover: float, low: float, seed: int
) -> NDArray[np.float64]:
    """Clouds on a flat layer overhead, so that they shrink towards the horizon."""
    azimuth = ((np.arange(WIDTH) + 0.5) / WIDTH - 0.5) * 2 * np.pi
    reach = 1 / np.maximum(np.sin(elevation), 0.06)[:, None]
    x = (reach * np.cos(elevation)[:, None] * np.cos(azimuth)[None]).astype(np.float32)
    y = (reach * np.cos(elevation)[:, None] * np.sin(azimuth)[None]).astype(np.float32)
    density = sum(_noise(x * 2.0**k, y * 2.0**k, seed + k) * 0.55**k for k in range(5)) / 2.0
    edge = np.clip((density - (0.72 - 0.5 * cover)) / 0.16, 0, 1)
    edge = edge * edge * (3 - 2 * edge) * np.clip(np.sin(elevation) * 8, 0, 1)[:, None]
    lit = np.clip(1.15 - 0.75 * np.clip((density - 0.5) / 0.4, 0, 1) + 0.3 * np.clip(towards, 0, 1), 0.25, 1.4)
    colour = (1 - low) * np.array([0.95, 0.96, 1.0]) + low * np.array([1.0, 0.72, 0.55])
    return sky * (1 - edge[..., None]) + edge[..., None] * lit[..., None] * colour


def _noise(x: NDArray[np.float32], y: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Smooth noise in 0..1 from a repeating 64 x 64 lattice."""
    lattice = np.random.default_rng(seed).random((64, 64), np.float32)
    padded = np.pad(lattice, 3, mode="wrap")
    return cv2.remap(padded, np.mod(x, 64) + 3, np.mod(y, 64) + 3, cv2.INTER_CUBIC)


def _with_ground(sky: NDArray[np.float64], elevation: NDArray) -> NDArray[np.float32]:
    """Below the horizon a dull ground, which the scene's own ground hides anyway."""
    below = np.clip(-np.sin(elevation) * 30, 0, 1)[:, None, None]
    horizon = sky[HEIGHT // 2 - 1].mean(axis=0)
    return (sky * (1 - below) + below * 0.35 * horizon).astype(np.float32)
