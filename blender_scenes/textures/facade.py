"""Painter of building fronts."""

from __future__ import annotations

import numpy as np

from .base import Image, Painted, courses, finish, generator, grid, mix, noise, palette, step
from .graphic import rectangle


def _wall(rng: np.random.Generator, pixels: int, base: Image, kind: int) -> Image:
    """Brick, plaster or cut stone over one bay, (S, S, 3)."""
    fine = noise(rng, pixels, 40, 4, 0.75)
    rows, columns = ((40, 12), (1, 1), (8, 4))[kind]
    c = courses(pixels, rows, columns, np.arange(rows) % 2 * 0.5)
    spread = (0.3, 0.02, 0.13)[kind]
    tone = rng.uniform(1 - spread, 1 + spread, rows * columns).astype(np.float32)[c.cell]
    joint = step(c.edge, 0.001, 0.004) if kind != 1 else np.ones_like(fine)
    stain = noise(rng, pixels, (12, 3), 5)
    return base * (tone * (0.65 + 0.5 * fine + 0.25 * stain) * (0.6 + 0.4 * joint))[..., None]


def _pane(rng: np.random.Generator, pixels: int, canvas: Image, x: float, y: float, w: float, h: float) -> None:
    """Glass with a sky gradient and curtains, filled in place."""
    a, b, c, d = (round(v * pixels) for v in (y, y + h, x, x + w))
    gx, gy = grid(pixels)
    sky = (0.07 + 0.22 * np.clip((gx - x) / w * 0.4 + 1 - (gy - y) / h, 0, 1))[..., None] * np.float32(
        [0.75, 0.95, 1.2]
    )
    sky = sky * (0.5 + noise(rng, pixels, (4, 8), 4))[..., None]
    curtain = np.abs(gx - x - w / 2) > w * rng.uniform(0.22, 0.45)
    folds = 0.35 + 0.2 * np.sin(2 * np.pi * 40 * gx)
    blind = (gy - y) / h < rng.uniform(0, 0.5)
    sky = np.where(curtain[..., None], folds[..., None] * np.float32([1, 0.95, 0.85]), sky)
    sky = np.where((blind & ~curtain)[..., None], 0.3 + 0.12 * np.sin(2 * np.pi * 60 * gy)[..., None], sky)
    canvas[a:b, c:d] = sky[a:b, c:d]


def _window(
    rng: np.random.Generator, canvas: Image, box: tuple[float, float, float, float], frame: Image, sill: Image
) -> None:
    """One window with surround, bars and sill; the box is (left, top, width, height) in parts."""
    pixels = canvas.shape[0]
    x, y, w, h = box
    rectangle(canvas, x - 0.03, y - 0.04, w + 0.06, h + 0.06, sill)
    rectangle(canvas, x - 0.01, y - 0.01, w + 0.02, h + 0.02, frame * 0.35)
    rectangle(canvas, x, y, w, h, frame)
    columns, rows = int(rng.integers(1, 3)) + (w > 0.3), int(rng.integers(1, 4))
    for i in range(columns):
        for j in range(rows):
            pw, ph = w / columns, h / rows
            _pane(rng, pixels, canvas, x + i * pw + 0.01, y + j * ph + 0.01, pw - 0.02, ph - 0.02)
    rectangle(canvas, x - 0.05, y + h + 0.012, w + 0.1, 0.025, sill * 1.15)
    rectangle(canvas, x - 0.05, y + h + 0.037, w + 0.1, 0.014, sill * 0.3)


def facade(colours: tuple, seed: int, pixels: int) -> Painted:
    """One bay of a building front, 3 m by 3 m: wall, windows, sills; colours: wall, frame, accent."""
    rng = generator(seed, 60)
    base = palette(colours, 1)[0]
    frame = np.asarray(colours[1] if len(colours) > 1 else (0.6, 0.58, 0.52), np.float32)
    accent = palette(colours, 3)[2]
    canvas = np.ascontiguousarray(_wall(rng, pixels, base, int(rng.integers(3))), np.float32)
    sill = np.clip(0.45 * base + 0.3, 0, 0.7).astype(np.float32)
    y, h = rng.uniform(0.17, 0.25), rng.uniform(0.44, 0.56)
    style = int(rng.integers(3))
    boxes = [[(0.3, y, 0.4, h)], [(0.12, y, 0.26, h), (0.62, y, 0.26, h)], [(0.36, y, 0.28, h)]][style]
    for box in boxes:
        _window(rng, canvas, box, frame, sill)
    if style == 2:
        for left in (0.17, 0.67):
            rectangle(canvas, left, y - 0.01, 0.16, h + 0.02, accent)
            for k in range(14):
                rectangle(canvas, left + 0.02, y + 0.02 + k * (h - 0.03) / 14, 0.12, 0.008, accent * 0.45)
    rectangle(canvas, 0, 0.9, 1, 0.035, sill)
    rectangle(canvas, 0, 0.935, 1, 0.012, sill * 0.35)
    depth = noise(rng, pixels, 40, 3)
    colour = canvas * (0.85 + 0.3 * noise(rng, pixels, 20, 5, 0.8))[..., None]
    return finish(mix(colour, colour * 0.6, step(noise(rng, pixels, (16, 2), 4), 0.6, 0.9) * 0.6), depth)
