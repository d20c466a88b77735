"""Linear light to what a camera stores. The only place where tone is decided: no view transform of Blender."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def srgb_from_linear(linear: ArrayLike) -> NDArray[np.float32]:
    """The sRGB transfer curve (IEC 61966-2-1) of linear values, which are clipped to 0..1 first."""
    x = np.clip(np.asarray(linear, np.float32), 0.0, 1.0)
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.power(x, 1 / 2.4) - 0.055).astype(np.float32)


def linear_from_srgb(stored: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The linear values of 8-bit sRGB ones."""
    x = np.arange(256) / 255
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4).astype(np.float32)[stored]


def luminance(linear: NDArray) -> NDArray:
    """Rec. 709 relative luminance of linear RGB (..., 3)."""
    return linear @ np.array([0.2126, 0.7152, 0.0722], linear.dtype)


def exposed(
    linear: NDArray[np.float32], exposure_ev: float, white_balance: Sequence[float] = (1.0, 1.0, 1.0)
) -> NDArray[np.float32]:
    """Linear radiance (H, W, 3) x 2^EV x gains of red, green and blue: 1 is white."""
    gains = np.float32(2.0**exposure_ev) * np.asarray(white_balance, np.float32)
    return linear * gains.astype(np.float32)


def tone(
    linear: NDArray[np.float32], exposure_ev: float, white_balance: Sequence[float] = (1.0, 1.0, 1.0)
) -> NDArray[np.uint8]:
    """Linear radiance (H, W, 3) x 2^EV x gains of red, green and blue -> clip -> sRGB curve -> uint8."""
    return np.rint(srgb_from_linear(exposed(linear, exposure_ev, white_balance)) * 255).astype(np.uint8)
