"""Painters of places: landscapes with ridges, water and trees, seas, and towns."""

from __future__ import annotations

import cv2
import numpy as np

from .canvas import Array, Canvas, Image, Rng, clouds, gradient, hsv, oval, paint_over, step


def landscape(canvas: Canvas, rng: Rng) -> None:
    """Ridges behind each other under a sky, with fields or a lake before them and trees."""
    width, height = canvas.extent
    horizon = height * rng.uniform(0.35, 0.65)
    sky, haze = _sky(canvas, rng, horizon)
    ridges = int(rng.integers(2, 6))
    hue = rng.choice([0.58, 0.3, 0.08, 0.75, 0.95])
    for k in range(ridges):
        near = (k + 1) / ridges
        level = horizon - height * 0.22 * (1 - near) + height * 0.03 * rng.normal()
        colour = hsv(hue + 0.05 * rng.normal() - 0.12 * near, 0.25 + 0.4 * near, 0.75 - 0.5 * near)
        colour = colour + (haze - colour) * (1 - near) * 0.7
        _ridge(canvas, rng, level, height * rng.uniform(0.04, 0.2), colour, rng.uniform(0.35, 0.6))
    if rng.random() < 0.45:
        _water(canvas, rng, horizon + height * 0.02, sky)
    else:
        _fields(canvas, rng, horizon + height * 0.02)
    for _ in range(int(rng.integers(2, 14))):
        base = rng.uniform(horizon + 0.04, height * 1.02)
        size = (base - horizon + 0.05) * rng.uniform(0.35, 0.95)
        _tree(canvas, rng, rng.uniform(0, width), base, size)
    paint_over(canvas, rng, rng.uniform(0.8, 1.5), rng.uniform(0.2, 0.7), rng.uniform(0.02, 0.07))


def sea(canvas: Canvas, rng: Rng) -> None:
    """Waves to the horizon, with sails."""
    width, height = canvas.extent
    horizon = height * rng.uniform(0.3, 0.6)
    sky, _ = _sky(canvas, rng, horizon)
    _water(canvas, rng, horizon, sky, rough=1.0)
    for _ in range(int(rng.integers(1, 6))):
        base = horizon + (height - horizon) * rng.uniform(0.03, 0.75) ** 1.5
        _boat(canvas, rng, rng.uniform(0.08, 0.92) * width, base, 0.04 + 0.35 * (base - horizon))
    paint_over(canvas, rng, rng.uniform(0.8, 1.4), rng.uniform(0.1, 0.5), rng.uniform(0.02, 0.08))


def town(canvas: Canvas, rng: Rng) -> None:
    """Rows of gabled houses or towers with windows, lit or not."""
    width, height = canvas.extent
    night = rng.random() < 0.4
    _sky(canvas, rng, height * 0.7, night)
    warm = rng.uniform(0.02, 0.13)
    for row in range(int(rng.integers(2, 4))):
        base = height * (0.62 + 0.14 * row)
        x = -0.05
        while x < width:
            w, h = rng.uniform(0.08, 0.2), rng.uniform(0.12, 0.42) * (1 - 0.12 * row)
            tint = hsv(
                warm + 0.12 * rng.normal(),
                rng.uniform(0.1, 0.65),
                rng.uniform(0.15, 0.35) if night else rng.uniform(0.45, 0.95),
            )
            _house(canvas, rng, (x, base - h, w, h), tint, night)
            x += w * rng.uniform(0.85, 1.2)
    street = height * (0.62 + 0.14 * row)
    x, y = canvas.grid()
    tone = hsv(warm + 0.5, 0.15, 0.25 if night else 0.6)
    canvas.blend(step(y, street - 0.004, street), tone * (0.6 + 0.8 * clouds(rng, canvas, 5, 4, 5)[..., None]))
    for _ in range(int(rng.integers(0, 9))):
        _figure(
            canvas,
            rng,
            rng.uniform(0, width),
            street + (height - street) * rng.uniform(0.3, 1.0),
            rng.uniform(0.05, 0.12),
        )
    paint_over(canvas, rng, rng.uniform(1.0, 1.6), rng.uniform(0.0, 0.35), rng.uniform(0.02, 0.07))


def _sky(canvas: Canvas, rng: Rng, horizon: float, night: bool = False) -> tuple[list[Image], Image]:
    """Fill everything with a sky; its colours from top to horizon, and that of haze."""
    moods = [
        [hsv(0.6, 0.7, 0.75), hsv(0.57, 0.4, 0.9), hsv(0.12, 0.12, 1.0)],
        [hsv(0.68, 0.55, 0.4), hsv(0.93, 0.5, 0.75), hsv(0.08, 0.65, 1.0)],
        [hsv(0.58, 0.2, 0.6), hsv(0.58, 0.12, 0.78), hsv(0.15, 0.08, 0.88)],
        [hsv(0.12, 0.5, 0.85), hsv(0.11, 0.35, 0.95), hsv(0.14, 0.2, 1.0)],
    ]
    colours = [hsv(0.65, 0.8, 0.1), hsv(0.63, 0.7, 0.25), hsv(0.6, 0.5, 0.45)] if night else moods[rng.integers(4)]
    x, y = canvas.grid()
    canvas.image[:] = gradient(np.clip(y / horizon, 0, 1), colours)
    cover = step(clouds(rng, canvas, rng.uniform(1.5, 4), 6, 2.2), rng.uniform(0.4, 0.6), 0.8)
    light = clouds(rng, canvas, 5, 4, 2)[..., None]
    canvas.blend(cover * 0.9, np.clip(colours[2] * (0.55 + 0.9 * light), 0, 1))
    if rng.random() < 0.6:
        centre = (rng.uniform(0.1, 0.9) * canvas.extent[0], horizon * rng.uniform(0.15, 0.95))
        glow = np.exp(-((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / 0.03)
        canvas.blend(0.6 * glow, hsv(0.13, 0.3, 1.0))
        canvas.fill(oval(centre, 0.035, 0.035), hsv(0.14, 0.15 if night else 0.35, 1.0))
    return colours, colours[2]


def _ridge(canvas: Canvas, rng: Rng, level: float, rise: float, colour: Image, rough: float) -> None:
    line = np.zeros(257)
    for octave in range(1, 8):  # a sum of random polygons, finer and lower
        knots = rng.normal(size=2**octave + 1)
        line += rough**octave * np.interp(np.linspace(0, 1, 257), np.linspace(0, 1, len(knots)), knots)
    width, height = canvas.extent
    xs = np.linspace(-0.01, width + 0.01, 257)
    outline = np.stack([xs, level - rise * line / 0.5], 1)
    mask = canvas.mask(np.concatenate([outline, [[width + 0.01, height + 1], [-0.01, height + 1]]]))
    shade = 0.72 + 0.56 * clouds(rng, canvas, 7, 5, 0.7)
    canvas.blend(mask, np.clip(colour * shade[..., None], 0, 1))


def _water(canvas: Canvas, rng: Rng, top: float, sky: list[Image], rough: float = 0.4) -> None:
    """A mirror of what is above, broken by waves that grow towards the viewer."""
    x, y = canvas.grid()
    depth = np.clip((y - top) / (canvas.extent[1] - top), 0, 1)
    waves = clouds(rng, canvas, 4, 5, 6) * (1 - depth) + clouds(rng, canvas, 2.2, 5, 3) * depth
    mirror_y = (2 * top - y + (waves - 0.5) * 0.25 * (0.2 + depth)) * canvas.side - 0.5
    picture = cv2.remap(
        canvas.image, x * canvas.side - 0.5, np.maximum(mirror_y, 0), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    tint = hsv(rng.uniform(0.45, 0.62), 0.6, 0.45)
    water = picture * (0.85 - 0.3 * depth[..., None]) * (1 - 0.35 * rough) + tint * 0.35 * rough
    crest = step(waves, 0.62, 0.72) * (0.25 + 0.6 * rough) * (0.3 + 0.7 * depth)
    water = water + (sky[2] - water) * crest[..., None] + 0.25 * (waves[..., None] - 0.5) * rough
    canvas.blend(step(y, top - 0.002, top + 0.002), np.clip(water, 0, 1).astype(np.float32))


def _fields(canvas: Canvas, rng: Rng, top: float) -> None:
    """Bands of meadow and tilled land, with furrows towards a vanishing point, and flowers."""
    x, y = canvas.grid()
    width, height = canvas.extent
    hue = rng.uniform(0.12, 0.32)
    edge, colours = top, []
    while edge < height:
        depth = (edge - top) / (height - top)
        band = (0.02 + 0.25 * depth) * rng.uniform(0.6, 1.6)
        colour = hsv(hue + 0.05 * rng.normal(), rng.uniform(0.35, 0.8), rng.uniform(0.35, 0.85))
        bend = edge + 0.03 * rng.normal() * (x - width / 2)
        texture = 0.7 + 0.6 * clouds(rng, canvas, 10, 4, 3)
        if rng.random() < 0.5:
            fan = (x - rng.uniform(0, width)) / np.maximum(y - top + 0.05, 0.01)
            texture = texture * (0.85 + 0.15 * np.sin(fan * rng.uniform(15, 40)))
        canvas.blend(step(y, 0, 0.004) * (y > bend), np.clip(colour * texture[..., None], 0, 1))
        colours.append(colour)
        edge += band
    for _ in range(int(rng.integers(0, 350))):
        spot = top + (height - top) * rng.uniform(0.2, 1.0)
        size = 0.002 + 0.012 * (spot - top)
        canvas.fill(
            oval((rng.uniform(0, width), spot), size, size * 0.8, count=8),
            hsv(rng.choice([0.0, 0.13, 0.8, 0.95]), 0.8, 0.95),
        )


def _tree(canvas: Canvas, rng: Rng, x: float, base: float, size: float) -> None:
    trunk = hsv(0.07, 0.5, rng.uniform(0.12, 0.35))
    lean = 0.05 * rng.normal() * size
    canvas.line(np.array([[x, base], [x + lean, base - size * 0.6]]), 0.04 * size + 0.002, trunk)
    green = hsv(rng.choice([0.28, 0.33, 0.2, 0.09, 0.04]), rng.uniform(0.4, 0.8), rng.uniform(0.25, 0.6))
    slim = rng.random() < 0.3  # cypress or poplar
    for _ in range(60):
        t, around = rng.random(), rng.uniform(0, 2 * np.pi)
        reach = size * (0.1 if slim else 0.3) * np.sqrt(rng.random()) * (1.2 - 0.8 * t if slim else 1)
        spot = (
            x + lean + reach * np.cos(around),
            base - size * (0.35 + 0.6 * t) + (0 if slim else 0.3 * reach * np.sin(around)),
        )
        lit = 0.65 + 0.5 * t - 0.25 * np.cos(around)
        leaf = np.clip(green * lit + 0.04 * rng.normal(size=3), 0, 1)
        canvas.fill(oval(spot, size * rng.uniform(0.03, 0.09), size * rng.uniform(0.02, 0.06), around, 10), leaf)


def _boat(canvas: Canvas, rng: Rng, x: float, base: float, size: float) -> None:
    hull = np.array([[-0.5, -0.1], [0.55, -0.12], [0.35, 0.05], [-0.35, 0.05]]) * size + (x, base)
    canvas.fill(hull, hsv(rng.random(), 0.6, rng.uniform(0.15, 0.5)))
    tone = hsv(rng.choice([0.1, 0.02, 0.55]), rng.uniform(0.05, 0.6), rng.uniform(0.8, 1.0))
    side = rng.choice([-1, 1])
    canvas.fill(np.array([[0, -0.15], [0, -1.2], [0.5 * side, -0.18]]) * size + (x, base), tone)
    canvas.fill(
        np.array([[-0.04 * side, -0.15], [-0.04 * side, -1.0], [-0.35 * side, -0.2]]) * size + (x, base), tone * 0.85
    )


def _house(canvas: Canvas, rng: Rng, box: tuple[float, float, float, float], tint: Image, night: bool) -> None:
    x, y, w, h = box
    corners = np.array([[x, y], [x + w, y], [x + w, y + h + 0.5], [x, y + h + 0.5]])
    canvas.fill(corners, tint)
    canvas.fill(corners * (1, 1) + np.array([[w * 0.72, 0], [0, 0], [0, 0], [w * 0.72, 0]]), tint * 0.8)
    roof = hsv(rng.choice([0.02, 0.05, 0.6, 0.1]), 0.5, 0.2 if night else rng.uniform(0.3, 0.65))
    if rng.random() < 0.7:
        peak: Array = np.array([[x - 0.01, y], [x + w / 2, y - w * rng.uniform(0.3, 0.8)], [x + w + 0.01, y]])
        canvas.fill(peak, roof)
    columns, rows = int(rng.integers(2, 5)), max(1, round(h / 0.06))
    for i in range(columns):
        for j in range(rows):
            lit = rng.random() < (0.5 if night else 0.1)
            glass = hsv(0.13, 0.55, 1.0) if lit else hsv(0.6, 0.4, 0.12 if night else 0.3)
            cx, cy = x + w * (i + 0.5) / columns, y + 0.015 + 0.06 * (j + 0.4)
            half = np.array([0.22 * w / columns, 0.018])
            canvas.fill(np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half + (cx, cy), glass)


def _figure(canvas: Canvas, rng: Rng, x: float, base: float, size: float) -> None:
    coat = hsv(rng.random(), rng.uniform(0.2, 0.9), rng.uniform(0.1, 0.6))
    canvas.fill(
        np.array([[-0.12, 0], [0.12, 0], [0.16, -0.5], [0.1, -0.8], [-0.1, -0.8], [-0.16, -0.5]]) * size + (x, base),
        coat,
    )
    canvas.fill(oval((x, base - 0.9 * size), 0.08 * size, 0.1 * size, count=12), hsv(0.06, 0.4, 0.75))
