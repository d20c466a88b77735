"""What all painters share: palettes, clouds of noise, shapes, and a brush that paints a picture over with strokes.

Pictures are float32 (H, W, 3) in 0..1 of the sRGB curve, since painters mix by eye. Lengths are in parts of the
canvas' mean side, and nothing that is drawn at random depends on the number of pixels, so a painting is the same at
any size.
"""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
Array = NDArray[np.float64]
Rng = np.random.Generator

_SHIFT = 5
"""Fractional bits of the coordinates that OpenCV draws with."""


@dataclass
class Canvas:
    """A picture in the making.

    Attributes:
        image: float32 (H, W, 3).
    """

    image: Image

    @classmethod
    def blank(cls, width: int, height: int, colour: Sequence[float]) -> Canvas:
        return cls(np.full((height, width, 3), np.asarray(colour, np.float32), np.float32))

    @property
    def side(self) -> float:
        """The mean side in pixels: the unit of length."""
        return float(np.sqrt(self.image.shape[0] * self.image.shape[1]))

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height in units."""
        return self.image.shape[1] / self.side, self.image.shape[0] / self.side

    def grid(self) -> tuple[Image, Image]:
        """x to the right and y down in units, at pixel centres."""
        height, width = self.image.shape[:2]
        x = (np.arange(width, dtype=np.float32) + 0.5) / self.side
        y = (np.arange(height, dtype=np.float32) + 0.5) / self.side
        return tuple(np.meshgrid(x, y))  # type: ignore[return-value]

    def mask(self, points: Array) -> Image:
        """(H, W) coverage 0..1 of a polygon (N, 2) in units."""
        mask = np.zeros(self.image.shape[:2], np.uint8)
        cv2.fillPoly(mask, [self._fixed(points)], 255, cv2.LINE_AA, _SHIFT)
        return mask.astype(np.float32) / 255

    def fill(self, points: Array, colour: Sequence[float], alpha: float = 1.0) -> None:
        """Fill a polygon (N, 2) in units."""
        if alpha >= 1:
            cv2.fillPoly(self.image, [self._fixed(points)], [float(c) for c in colour], cv2.LINE_8, _SHIFT)
        else:
            self.blend(self.mask(points) * alpha, colour)

    def line(self, points: Array, width: float, colour: Sequence[float]) -> None:
        """A polyline through points (N, 2) in units."""
        thick = max(1, round(width * self.side))
        cv2.polylines(self.image, [self._fixed(points)], False, [float(c) for c in colour], thick, cv2.LINE_8, _SHIFT)

    def blend(self, amount: Image, colour: Sequence[float] | Image) -> None:
        """Mix a colour, or another picture, in by an amount (H, W)."""
        self.image += (np.asarray(colour, np.float32) - self.image) * amount[..., None]

    def _fixed(self, points: Array) -> NDArray[np.int32]:
        return np.rint((np.asarray(points) * self.side - 0.5) * 2**_SHIFT).astype(np.int32)


def hsv(hue: float, saturation: float, value: float) -> Image:
    """A colour from hue 0..1 (of any whole turn), saturation and value."""
    return np.array(
        colorsys.hsv_to_rgb(hue % 1, float(np.clip(saturation, 0, 1)), float(np.clip(value, 0, 1))), np.float32
    )


def palette(rng: Rng, count: int = 6) -> list[Image]:
    """Colours that go together: a few hues about a scheme, from dark to light."""
    base = rng.random()
    scheme = ((0, 0.06, -0.06), (0, 0.5, 0.04), (0, 1 / 3, 2 / 3), (0, 0.42, 0.58), (0.07, 0.1, 0.55))[rng.integers(5)]
    rich = rng.uniform(0.35, 0.95)
    values = np.linspace(rng.uniform(0.1, 0.3), rng.uniform(0.85, 1.0), count)
    return [
        hsv(base + scheme[k % 3] + rng.normal(0, 0.02), rich * rng.uniform(0.5, 1.1), values[k]) for k in range(count)
    ]


def clouds(rng: Rng, canvas: Canvas, cells: float, octaves: int = 5, stretch: float = 1.0, gain: float = 0.55) -> Image:
    """(H, W) fractal noise with mean 0.5 and deviation about 0.2, clipped to 0..1.

    Args:
        cells: lattice cells in a unit.
        stretch: how many times wider than high the shapes are.
    """
    height, width = canvas.image.shape[:2]
    total = np.zeros((height, width), np.float32)
    for k in range(octaves):
        # The lattice covers the widest canvas, so that its numbers do not depend on this one's shape.
        n = max(3, round(cells * 2**k * 2)) + 4
        lattice = rng.standard_normal((n, n), dtype=np.float32)
        across = _spline(width, canvas.side / (cells * 2**k) * stretch, n)
        down = _spline(height, canvas.side / (cells * 2**k), n)
        total += gain**k * (down @ lattice @ across.T)
    scale = 0.2 / np.sqrt(sum(gain ** (2 * k) for k in range(octaves)) * 0.2)
    return np.clip(0.5 + total * np.float32(scale), 0, 1)


def _spline(pixels: int, cell_px: float, count: int) -> Image:
    """(pixels, count) weights of a cubic B-spline whose knots are `cell_px` apart; it repeats beyond them."""
    at = (np.arange(pixels) + 0.5) / cell_px
    base = np.floor(at).astype(int)
    f = at - base
    weights = ((1 - f) ** 3, 3 * f**3 - 6 * f**2 + 4, -3 * f**3 + 3 * f**2 + 3 * f + 1, f**3)
    matrix = np.zeros((pixels, count), np.float32)
    for k, weight in enumerate(weights):
        np.add.at(matrix, (np.arange(pixels), (base + k) % count), weight / 6)
    return matrix


def step(value: Image, low: float, high: float) -> Image:
    """Smooth step from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def gradient(amount: Image, colours: Sequence[Image]) -> Image:
    """(H, W, 3) colours looked up along 0..1."""
    stops = np.linspace(0, 1, len(colours))
    flat = amount.ravel()
    channels = [np.interp(flat, stops, [float(c[k]) for c in colours]) for k in range(3)]
    return np.stack(channels, axis=-1).reshape(*amount.shape, 3).astype(np.float32)


def oval(centre: Sequence[float], a: float, b: float, angle: float = 0.0, count: int = 48) -> Array:
    """(N, 2) corners of an ellipse with half axes a and b."""
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([a * np.cos(t), b * np.sin(t)], 1) @ np.array([[c, s], [-s, c]]) + np.asarray(centre, float)


def ball(canvas: Canvas, centre: Sequence[float], a: float, b: float, colour: Image, light: Sequence[float],
         angle: float = 0.0, gloss: float = 0.5) -> None:  # fmt: skip
    """A shaded ellipsoid, lit from the direction `light` (x, y, towards the viewer)."""
    x, y = canvas.grid()
    c, s = np.cos(angle), np.sin(angle)
    u, v = ((x - centre[0]) * c + (y - centre[1]) * s) / a, (-(x - centre[0]) * s + (y - centre[1]) * c) / b
    r2 = u * u + v * v
    z = np.sqrt(np.maximum(1 - r2, 0))
    lit = np.minimum(u * light[0] + v * light[1] + z * light[2], 1.1)
    shade = np.clip(0.25 + 0.8 * np.maximum(lit, 0) + 0.12 * z, 0, 1.15)
    shine = gloss * np.maximum(lit, 0) ** 24
    edge = step(1 - r2, 0.0, 0.06)
    canvas.blend(edge, np.clip(colour * shade[..., None] + shine[..., None], 0, 1).astype(np.float32))


def paint_over(canvas: Canvas, rng: Rng, fineness: float = 1.0, wander: float = 0.5, vivid: float = 0.05) -> None:
    """Paint the picture anew in strokes, from broad to fine, along its edges and a slow field of directions.

    After Hertzmann's layered strokes (1998), with straight strokes.

    Args:
        fineness: scales the number of strokes, and against it their size.
        wander: how far directions stray from the edges, 0..1.
        vivid: deviation of a stroke's colour from the picture's.
    """
    height, width = canvas.image.shape[:2]
    source = canvas.image.copy()
    field = clouds(rng, canvas, 1.5, 2) * 4 * np.pi
    across, down = canvas.extent
    for size, count in ((0.045, 1500), (0.022, 4500), (0.011, 9000)):
        size, count = size / fineness, int(count * fineness**2)
        soft = cv2.GaussianBlur(source, (0, 0), max(size * canvas.side * 0.5, 0.6))
        grey = cv2.cvtColor(soft, cv2.COLOR_RGB2GRAY)
        gx, gy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
        spots = rng.random((count, 2)) * (across, down)
        extra = rng.normal(size=(count, 5))
        px = np.clip((spots * canvas.side).astype(int), 0, (width - 1, height - 1))
        gxs, gys = gx[px[:, 1], px[:, 0]], gy[px[:, 1], px[:, 0]]
        along = np.arctan2(gys, gxs) + np.pi / 2
        sure = np.clip(np.hypot(gxs, gys) * 25, 0, 1) * (1 - wander)
        turn = field[px[:, 1], px[:, 0]]
        angle = np.arctan2(
            sure * np.sin(along) + (1 - sure) * np.sin(turn), sure * np.cos(along) + (1 - sure) * np.cos(turn)
        )
        angle = angle + 0.15 * extra[:, 4]
        colours = np.clip(
            soft[px[:, 1], px[:, 0]] + vivid * extra[:, :3] * (0.4, 0.4, 0.4) + vivid * extra[:, 3:4], 0, 1
        )
        half = np.stack([np.cos(angle), np.sin(angle)], 1) * size * 1.5
        ends = np.stack([spots - half, spots + half], axis=1)
        if size < 0.016 / fineness:  # the finest strokes only where there is detail
            keep = np.hypot(gxs, gys) > 0.01
            ends, colours = ends[keep], colours[keep]
        for pair, colour in zip(ends, colours, strict=True):
            canvas.line(pair, size * 0.55, colour)
    bristles = clouds(rng, canvas, 60, 3) - 0.5
    canvas.image *= 1 + 0.22 * bristles[..., None]
    np.clip(canvas.image, 0, 1, out=canvas.image)
