"""The painter of signs, plates and brand badges: what they say is chosen by the seed."""

from __future__ import annotations

import cv2
import numpy as np

from .base import Image, Painted, finish, generator, grid, noise, palette, step
from .packaging import put, written

PHRASES = (
    ("STOP",), ("ALL WAY",), ("POST", "letters & papers"), ("TOOLS",), ("16 kg",), ("12 kg",), ("FIT BALL", "65 cm"),
    ("CHAMPION", "first prize"), ("VL-1964",), ("FRESH BREAD", "daily since 1924"),
    ("88 92 96 100 104 108", "FM stereo MHz"),
    ("STENTOR",), ("BEACH 2 km",), ("STATION",), ("OLD TOWN",), ("LAKE 5 km",), ("CAUTION", "wet floor"),
    ("ROAD WORK", "ahead"), ("NORTHGATE",), ("HOT PIZZA", "from the oven"), ("VL-1789",), ("VL-2083",),
    ("OPEN", "coffee & cake", "8 am - 6 pm"), ("FRAGILE", "this side up"), ("MOTOR 450",), ("MIXER",),
)  # fmt: skip
"""What is written, by seed: a big line and smaller ones below."""


def notice(colours: tuple, seed: int, pixels: int) -> Painted:
    """One big line and smaller ones below, within a rim: ground, ink and rim colours."""
    rng = generator(seed, 92)
    ground, ink, rim = palette(colours, 3)
    canvas = np.broadcast_to(ground, (pixels, pixels, 3)).copy()
    _frame(canvas, rim)
    lines = PHRASES[seed % len(PHRASES)]
    high = (0.8, 0.48, 0.36)[len(lines) - 1]
    put(canvas, _squeezed(written(lines[0], 18), 2.0), (0.08, 0.1, 0.84, high), ink)
    for k, line in enumerate(lines[1:]):
        tall = 0.3 / (len(lines) - 1)
        put(canvas, _squeezed(written(line, 11), 4.5), (0.1, high + 0.14 + tall * k, 0.8, 0.8 * tall), ink)
    grime = 0.86 + 0.28 * noise(rng, pixels, 5, 6, 0.7)
    scratched = 1 - 0.12 * step(noise(rng, pixels, (70, 9), 3), 0.68, 0.8)
    return finish(canvas * (grime * scratched)[..., None], 0.5 + 0.1 * noise(rng, pixels, 30, 3))


def _squeezed(mask: Image, aspect: float) -> Image:
    """A line of text made narrow: plates are wider than tall, which stretches their picture again."""
    return cv2.resize(mask, (round(mask.shape[0] * aspect), mask.shape[0]), interpolation=cv2.INTER_AREA)


def _frame(canvas: Image, colour: Image) -> None:
    """A thin rim a little inside the border, in place."""
    x, y = grid(canvas.shape[0])
    inset = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    canvas[(inset > 0.03) & (inset < 0.05)] = colour
