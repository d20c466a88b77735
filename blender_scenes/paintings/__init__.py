"""Embedded paintings: a style and a seed give a picture that no other seed gives. Numpy and OpenCV, no Blender."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from .canvas import Canvas, Rng
from .designs import abstract, brushwork, geometric
from .figures import portrait, still_life
from .scenery import landscape, sea, town

STYLES: Mapping[str, Callable[[Canvas, Rng], None]] = {
    "abstract": abstract,
    "brushwork": brushwork,
    "geometric": geometric,
    "landscape": landscape,
    "portrait": portrait,
    "sea": sea,
    "still-life": still_life,
    "town": town,
}
"""Style -> painter; a style is the asset `painting/<style>`."""


def paint(style: str, seed: int, width: int, height: int) -> NDArray[np.uint8]:
    """(height, width, 3) sRGB. The same seed gives the same composition at any size of the same shape."""
    canvas = Canvas.blank(width, height, (0.5, 0.5, 0.5))
    STYLES[style](canvas, np.random.default_rng([seed, zlib.crc32(style.encode())]))
    return np.rint(np.clip(canvas.image, 0, 1) * 255).astype(np.uint8)
