"""What spoils a stored picture: Gaussian noise and JPEG compression, in this order."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Degradation:
    """Of one picture.

    Attributes:
        noise_sigma: standard deviation of Gaussian noise in steps of 8 bits; 0 for none.
        jpeg_quality: 1 to 100; None for no JPEG.
        seed: of the noise.
    """

    noise_sigma: float = 0.0
    jpeg_quality: int | None = None
    seed: int = 0


def degrade(picture: Picture, degradation: Degradation) -> Picture:
    """The degraded copy of a picture (H, W, 3) RGB."""
    if degradation.noise_sigma > 0:
        noise = np.random.default_rng(degradation.seed).normal(0.0, degradation.noise_sigma, picture.shape)
        picture = np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)
    if degradation.jpeg_quality is not None:
        picture = _jpeg(picture, degradation.jpeg_quality)
    return picture


def _jpeg(picture: Picture, quality: int) -> Picture:
    """Baseline JPEG with colour at half the resolution, and back."""
    done, data = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError(f"cannot encode an array of shape {picture.shape} and type {picture.dtype} as JPEG")
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1]).astype(np.uint8)
