"""What all painters share: the picture they return, periodic noise, layouts and colour mixing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]
Palette = Sequence[Sequence[float]]

BRIGHTEST = 0.85
DARKEST = 0.008


@dataclass(frozen=True)
class Painted:
    """Attributes:
    colour: (S, S, 3) linear RGB in 0..1, row 0 on top.
    height: (S, S) relief in 0..1.
    alpha: (S, S) opacity in 0..1.
    """

    colour: NDArray[np.float32]
    height: NDArray[np.float32]
    alpha: NDArray[np.float32]


Painter = Callable[[tuple, int, int], Painted]


def generator(seed: int, number: int) -> np.random.Generator:
    """The random stream of painter `number`'s variant `seed`."""
    return np.random.default_rng([seed, number])


def finish(colour: Image, height: Image, alpha: Image | None = None) -> Painted:
    """Clip to what real surfaces reflect and fix the types."""
    if alpha is None:
        alpha = np.ones(height.shape, np.float32)
    return Painted(
        np.clip(colour, DARKEST, BRIGHTEST).astype(np.float32),
        np.clip(height, 0, 1).astype(np.float32),
        np.clip(alpha, 0, 1).astype(np.float32),
    )


def palette(colours: Palette, count: int) -> list[Image]:
    """The first `count` colours; missing ones are darker and lighter relatives of the given ones."""
    given = [np.asarray(c, np.float32)[:3] for c in colours]
    made = list(given[:count])
    while len(made) < count:
        k = len(made) - len(given)
        parent = given[k // 2 % len(given)]
        relative = parent * 0.4 if k % 2 == 0 else 0.5 * parent + 0.3
        if parent.mean() < 0.06:
            relative = parent + (0.16 if k % 2 == 0 else 0.34)
        made.append(np.clip(np.roll(relative, k // (2 * len(given))), 0, BRIGHTEST).astype(np.float32))
    return made


@lru_cache(maxsize=64)
def _spline(pixels: int, cells: int) -> Image:
    """(pixels, cells) weights of a periodic cubic B-spline."""
    x = (np.arange(pixels) + 0.5) / pixels * cells
    base = np.floor(x).astype(int)
    f = x - base
    weights = ((1 - f) ** 3, 3 * f**3 - 6 * f**2 + 4, -3 * f**3 + 3 * f**2 + 3 * f + 1, f**3)
    matrix = np.zeros((pixels, cells), np.float32)
    for k, weight in enumerate(weights):
        np.add.at(matrix, (np.arange(pixels), (base + k - 1) % cells), weight / 6)
    return matrix


def noise(
    rng: np.random.Generator,
    pixels: int,
    cells: int | tuple[int, int],
    octaves: int = 4,
    gain: float = 0.55,
) -> Image:
    """Periodic fractal noise with mean 0.5 and deviation 0.2, clipped to 0..1.

    Args:
        cells: lattice cells of the coarsest octave over the picture; a pair is (across, down).
        gain: weight of each octave relative to the coarser one.
    """
    across, down = (cells, cells) if isinstance(cells, int) else cells
    total = np.zeros((pixels, pixels), np.float32)
    for k in range(octaves):
        nx, ny = (min(c << k, pixels // 2) for c in (across, down))
        lattice = rng.standard_normal((ny, nx), dtype=np.float32)
        total += gain**k * (_spline(pixels, ny) @ lattice @ _spline(pixels, nx).T)
    total -= total.mean()
    return np.clip(0.5 + 0.2 * total / max(float(total.std()), 1e-6), 0, 1)


def grain(rng: np.random.Generator, pixels: int) -> Image:
    """Fine grain about zero with deviation about 1, slightly softened so that it survives filtering."""
    white = rng.standard_normal((pixels, pixels), dtype=np.float32)
    return (white + np.roll(white, 1, 0) + np.roll(white, 1, 1) + np.roll(white, (1, 1), (0, 1))) / 2


def grid(pixels: int) -> tuple[Image, Image]:
    """x to the right and y down, both 0..1 at pixel centres."""
    line = (np.arange(pixels, dtype=np.float32) + 0.5) / pixels
    return np.meshgrid(line, line)


def step(value: Image, low: float, high: float) -> Image:
    """Smooth step from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def mix(first: Image, second: Image, amount: Image) -> Image:
    """Blend two colours or pictures by a (S, S) amount."""
    return first + (second - first) * amount[..., None]


def ramp(amount: Image, colours: Sequence[Image]) -> Image:
    """Colours looked up along a gradient; `amount` 0..1."""
    stops = np.linspace(0, 1, len(colours))
    table_x = np.linspace(0, 1, 256)
    table = np.stack([np.interp(table_x, stops, [c[k] for c in colours]) for k in range(3)], 1)
    return table.astype(np.float32)[np.clip(amount * 255, 0, 255).astype(np.uint8)]


@dataclass(frozen=True)
class Courses:
    """Rows of cells over the picture.

    Attributes:
        cell: which cell a pixel belongs to.
        row: its row.
        u, v: where in the cell, 0..1 to the right and down.
        edge: distance to the nearest border in parts of the picture.
    """

    cell: NDArray[np.int64]
    row: NDArray[np.int64]
    u: Image
    v: Image
    edge: Image


def courses(pixels: int, rows: int, columns: int, shifts: NDArray[np.float64] | None = None) -> Courses:
    """Cells in rows, each row pushed sideways by `shifts[row]` cells."""
    x, y = grid(pixels)
    row = np.floor(y * rows).astype(np.int64)
    pushed = x * columns if shifts is None else (x * columns + shifts.astype(np.float32)[row]) % columns
    column = np.minimum(pushed.astype(np.int64), columns - 1)
    u, v = (pushed - column).astype(np.float32), (y * rows - row).astype(np.float32)
    edge = np.minimum(np.minimum(u, 1 - u) / columns, np.minimum(v, 1 - v) / rows)
    return Courses(row * columns + column, row, u, v, edge)


def pebbles(
    rng: np.random.Generator, pixels: int, count: int, jitter: float = 0.9
) -> tuple[Image, Image, NDArray[np.int64]]:
    """Periodic cells about `count` x `count` jittered points: two nearest distances in cells, cell id."""
    offsets = (0.5 + jitter * (rng.random((2, count, count)) - 0.5)).astype(np.float32)
    x, y = grid(pixels)
    gx, gy = (x * count).astype(np.int64), (y * count).astype(np.int64)
    fx, fy = x * count - gx, y * count - gy
    first = np.full((pixels, pixels), 9, np.float32)
    second, which = first.copy(), np.zeros((pixels, pixels), np.int64)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            ids = (gy + dy) % count * count + (gx + dx) % count
            d = (offsets[0].ravel()[ids] + dx - fx) ** 2 + (offsets[1].ravel()[ids] + dy - fy) ** 2
            nearer = d < first
            second = np.where(nearer, first, np.minimum(second, d))
            first = np.where(nearer, d, first)
            which = np.where(nearer, ids, which)
    return np.sqrt(first), np.sqrt(second), which


def stamp(canvas: Image, polygon: NDArray[np.float64], colour: float | Sequence[float]) -> None:
    """Fill a polygon of (N, 2) pixel corners in place, wrapped about the borders."""
    size = canvas.shape[0]
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    fill = [float(c) for c in np.atleast_1d(colour)]
    for dy in (-size, 0, size):
        for dx in (-size, 0, size):
            shift = np.array([dx, dy])
            if (high + shift < 0).any() or (low + shift > size).any():
                continue
            cv2.fillPoly(canvas, [np.round((polygon + shift) * 16).astype(np.int32)], fill, cv2.LINE_AA, 4)


def oval(
    centre: Sequence[float], length: float, width: float, angle: float, pointed: float = 0.0, count: int = 14
) -> NDArray[np.float64]:
    """(N, 2) corners of an ellipse, near `pointed` = 1 of a leaf; `length` and `width` are half axes."""
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    across = np.sin(t) * (1 - pointed + pointed * np.abs(np.sin(t)) ** 0.6)
    flat = np.stack([length * np.cos(t), width * across], 1)
    c, s = np.cos(angle), np.sin(angle)
    return flat @ np.array([[c, s], [-s, c]]) + np.asarray(centre, float)
