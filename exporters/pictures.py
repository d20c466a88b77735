"""Pictures and videos of other people, read with errors that name the file."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.errors import DatasetError

Picture = NDArray[np.uint8]

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".ppm", ".webp")


def read_picture(path: Path) -> Picture:
    """(H, W, 3) RGB.

    Raises:
        DatasetError: it is missing, cannot be read or is no picture.
    """
    try:
        data = path.read_bytes()
    except OSError as refusal:
        raise DatasetError(f"{path}: cannot be read: {refusal.strerror}") from None
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if image is None:
        raise DatasetError(f"{path}: expected a picture, got {len(data)} bytes that are none")
    return np.ascontiguousarray(image[..., ::-1])


def pictures_in(folder: Path) -> list[Path]:
    """The picture files of a folder itself, by name."""
    return sorted(p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in PICTURES)
