"""Painters of sheets of many small printed things, cut up over the goods, books and screens of a room.

A sheet has `CELLS[name]` (columns, rows); `places.clutter` maps one cell to one thing.
"""

from __future__ import annotations

import cv2
import numpy as np

from .base import Image, Painted, finish, generator, noise, oval, palette, stamp
from .graphic import FONTS, SMALL, WORDS, rectangle

CELLS = {"spines": (16, 4), "packages": (8, 8), "screens": (2, 2), "posters": (4, 3)}


def _tints(rng: np.random.Generator, colours: tuple, count: int) -> list[Image]:
    """Lively colours: some as given, the rest of any hue, dark to light."""
    given, made = palette(colours, 4), []
    for k in range(count):
        hue, value = rng.random(3), rng.uniform(0.08, 0.55)
        wild = value * (0.4 + 1.1 * hue / hue.max())
        tint = given[k % 4] * rng.uniform(0.6, 1.3) if rng.random() < 0.35 else wild
        made.append(np.clip(tint, 0.01, 0.8).astype(np.float32))
    return made


def _grey(value: float) -> Image:
    return np.full(3, value, np.float32)


def _ink(ground: Image) -> Image:
    return np.full(3, 0.72 if ground.mean() < 0.22 else 0.02, np.float32)


def _word(canvas: Image, text: str, x: float, y: float, wide: float, tall: float, ink: Image, font: int) -> None:
    """Write a text into the box whose lower left corner is at (x, y), in pixels."""
    w, h = cv2.getTextSize(text, font, 1.0, 1)[0]
    scale = min(wide / w, tall / h)
    at = (round(x + 0.5 * (wide - scale * w)), round(y))
    cv2.putText(canvas, text, at, font, scale, [float(v) for v in ink], max(1, round(1.8 * scale)), cv2.LINE_AA)


def _finished(rng: np.random.Generator, canvas: Image) -> Painted:
    pixels = canvas.shape[0]
    worn = 0.82 + 0.36 * noise(rng, pixels, 24, 4, 0.75)
    return finish(canvas * worn[..., None], 0.4 + 0.2 * noise(rng, pixels, 50, 2))


def spines(colours: tuple, seed: int, pixels: int) -> Painted:
    """Backs of sixty-four books with bands, labels and titles."""
    rng = generator(seed, 80)
    columns, rows = CELLS["spines"]
    w, h = 1 / columns, 1 / rows
    canvas = np.full((pixels, pixels, 3), 0.03, np.float32)
    gold = np.float32([0.62, 0.46, 0.16])
    for k, tint in enumerate(_tints(rng, colours, columns * rows)):
        x, y = k % columns * w, k // columns * h
        rectangle(canvas, x, y, w, h, tint)
        rectangle(canvas, x, y, 0.12 * w, h, tint * 0.45)
        rectangle(canvas, x + 0.88 * w, y, 0.12 * w, h, tint * 0.5)
        ink = gold if rng.random() < 0.4 else _ink(tint)
        for level in rng.uniform(0.03, 0.97, int(rng.integers(1, 5))):
            rectangle(canvas, x, y + level * h, w, 0.012, 0.7 * ink)
        if rng.random() < 0.45:
            rectangle(canvas, x, y + 0.3 * h, w, rng.uniform(0.1, 0.35) * h, 0.5 * tint[::-1] + 0.15 * ink)
        top, end = y + rng.uniform(0.1, 0.25) * h, y + rng.uniform(0.6, 0.9) * h
        while top < end:
            tall = rng.uniform(0.004, 0.011)
            rectangle(canvas, x + 0.32 * w, top, rng.uniform(0.25, 0.4) * w, tall, ink)
            top += tall + (0.004 if rng.random() < 0.8 else 0.012)
    return _finished(rng, canvas)


def packages(colours: tuple, seed: int, pixels: int) -> Painted:
    """Fronts of sixty-four goods: ground, band, brand, picture, small print."""
    rng = generator(seed, 81)
    columns, rows = CELLS["packages"]
    s = 1 / columns
    canvas = np.full((pixels, pixels, 3), 0.05, np.float32)
    tints = _tints(rng, colours, 3 * columns * rows)
    for k in range(columns * rows):
        x, y, (ground, band, spot) = k % columns * s, k // columns * s, tints[3 * k : 3 * k + 3]
        rectangle(canvas, x, y, s, s, ground)
        level = rng.uniform(0.1, 0.5)
        rectangle(canvas, x, y + level * s, s, 0.3 * s, band)
        middle = np.array([x + 0.5 * s, y + (0.25 if level > 0.4 else 0.78) * s]) * pixels
        for size, tint in ((0.2, spot), (0.13, 0.4 * spot + 0.35), (0.07, band)):
            stamp(canvas, oval(middle, size * s * pixels, 0.8 * size * s * pixels, rng.random(), 0.6 * (k % 2)), tint)
        font = FONTS[int(rng.integers(len(FONTS)))]
        box = (x + 0.08 * s) * pixels, (y + (level + 0.24) * s) * pixels, 0.84 * s * pixels, 0.18 * s * pixels
        _word(canvas, str(rng.choice(WORDS)), *box, _ink(band), font)
        for line in (0.9, 0.94):
            rectangle(canvas, x + 0.1 * s, y + line * s, rng.uniform(0.3, 0.8) * s, 0.018 * s, _ink(ground))
        rectangle(canvas, x, y, 0.05 * s, s, ground * 0.6)
    return _finished(rng, canvas)


def screens(colours: tuple, seed: int, pixels: int) -> Painted:
    """Four displays: a program text, a chart, a table, a page."""
    rng = generator(seed, 82)
    accent = palette(colours, 2)
    canvas = np.full((pixels, pixels, 3), 0.02, np.float32)
    for k, draw in enumerate((_program, _chart, _table, _page)):
        draw(rng, canvas, k % 2 * 0.5, k // 2 * 0.5, accent[k % 2])
    return _finished(rng, canvas)


def _desktop(canvas: Image, x: float, y: float, ground: float, bar: Image) -> None:
    rectangle(canvas, x, y, 0.5, 0.5, _grey(ground))
    rectangle(canvas, x, y, 0.5, 0.025, bar)
    rectangle(canvas, x, y + 0.475, 0.5, 0.025, _grey(0.12))
    for k in range(6):
        rectangle(canvas, x + 0.01 + 0.03 * k, y + 0.48, 0.018, 0.014, bar * (0.5 + 0.2 * k))


def _program(rng: np.random.Generator, canvas: Image, x: float, y: float, accent: Image) -> None:
    _desktop(canvas, x, y, 0.025, 0.5 * accent)
    rectangle(canvas, x, y + 0.025, 0.09, 0.45, _grey(0.05))
    inks = [np.float32(c) for c in ((0.5, 0.5, 0.5), (0.15, 0.4, 0.6), (0.6, 0.35, 0.1), (0.2, 0.5, 0.15))]
    for line in range(30):
        at, top = x + 0.1 + 0.02 * int(rng.integers(4)), y + 0.035 + 0.0145 * line
        while at < x + rng.uniform(0.15, 0.48):
            wide = rng.uniform(0.01, 0.05)
            rectangle(canvas, at, top, min(wide, x + 0.49 - at), 0.007, inks[int(rng.integers(4))])
            at += wide + 0.008


def _chart(rng: np.random.Generator, canvas: Image, x: float, y: float, accent: Image) -> None:
    _desktop(canvas, x, y, 0.55, accent)
    for k in range(9):
        tall = rng.uniform(0.05, 0.22)
        rectangle(canvas, x + 0.03 + 0.028 * k, y + 0.42 - tall, 0.018, tall, accent * (0.6 + 0.1 * k))
    middle = np.array([x + 0.39, y + 0.17]) * canvas.shape[0]
    for k, share in enumerate((1.0, 0.75, 0.5)):
        t = np.linspace(0, 2 * np.pi * share, 30)
        fan = middle + 0.075 * canvas.shape[0] * np.stack([np.cos(t), np.sin(t)], 1)
        stamp(canvas, np.concatenate([[middle], fan]), np.roll(accent, k) * 0.9)
    for k in range(8):
        rectangle(canvas, x + 0.31, y + 0.28 + 0.02 * k, rng.uniform(0.06, 0.16), 0.008, _grey(0.1))


def _table(rng: np.random.Generator, canvas: Image, x: float, y: float, accent: Image) -> None:
    _desktop(canvas, x, y, 0.6, 0.6 * accent)
    for i in range(21):
        for j in range(7):
            rectangle(canvas, x + 0.01 + 0.07 * j, y + 0.04 + 0.02 * i, 0.068, 0.018, _grey(0.7) if i else accent)
            if rng.random() < 0.8:
                rectangle(
                    canvas, x + 0.014 + 0.07 * j, y + 0.046 + 0.02 * i, rng.uniform(0.01, 0.05), 0.007, _grey(0.08)
                )


def _page(rng: np.random.Generator, canvas: Image, x: float, y: float, accent: Image) -> None:
    _desktop(canvas, x, y, 0.62, 0.8 * accent)
    size = canvas.shape[0]
    box = (
        slice(round((y + 0.05) * size), round((y + 0.24) * size)),
        slice(round((x + 0.02) * size), round((x + 0.48) * size)),
    )
    canvas[box] = (0.3 * accent + 0.5 * noise(rng, size, (5, 9), 5)[box][..., None] * np.float32([0.7, 0.9, 1.1])) * 0.9
    for line in range(10):
        rectangle(canvas, x + 0.02, y + 0.26 + 0.02 * line, rng.uniform(0.2, 0.44), 0.008, _grey(0.12))


def notes(colours: tuple, seed: int, pixels: int) -> Painted:
    """A pin board, full of letters, cards and coloured slips."""
    rng = generator(seed, 83)
    cork = palette(colours, 1)[0]
    canvas = cork * (0.55 + 0.9 * noise(rng, pixels, 90, 3, 0.8))[..., None].astype(np.float32)
    canvas = np.ascontiguousarray(canvas, np.float32)
    for k, tint in enumerate(_tints(rng, colours, 42)):
        at = (np.array([k % 7, k // 7]) + 0.5 + rng.uniform(-0.25, 0.25, 2)) / [7, 6]
        paper = np.float32([0.68, 0.67, 0.62]) if k % 3 else tint
        half = rng.uniform([0.045, 0.05], [0.08, 0.1]) if k % 3 else np.full(2, rng.uniform(0.03, 0.045))
        angle = rng.normal(0, 0.12)
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
        stamp(canvas, (at + 0.006 + square @ turn) * pixels, cork * 0.3)
        stamp(canvas, (at + square @ turn) * pixels, paper)
        for line in np.linspace(-0.7, 0.8, int(14 * half[1] / 0.1) + 2):
            end = rng.uniform(0.1, 0.85)
            row = np.array([[-0.85, line - 0.03], [end, line - 0.03], [end, line + 0.03], [-0.85, line + 0.03]]) * half
            stamp(canvas, (at + row @ turn) * pixels, _ink(paper) * 0.8 + 0.1)
        pin = at + [0, -0.8 * half[1]]
        stamp(canvas, oval(pin * pixels, 0.008 * pixels, 0.008 * pixels, 0), np.roll(tint, 1) * 0.8)
    return _finished(rng, canvas)


def posters(colours: tuple, seed: int, pixels: int) -> Painted:
    """Twelve placards: a figure of discs or bars or hills, a headline, lines."""
    rng = generator(seed, 84)
    columns, rows = CELLS["posters"]
    w, h = 1 / columns, 1 / rows
    canvas = np.full((pixels, pixels, 3), 0.5, np.float32)
    tints = _tints(rng, colours, 5 * columns * rows)
    for k in range(columns * rows):
        x, y, own = k % columns * w, k // columns * h, tints[5 * k : 5 * k + 5]
        rectangle(canvas, x, y, w, h, own[0])
        _figure(rng, canvas, (x, y, w, h), own[1:], k % 4)
        font = FONTS[int(rng.integers(len(FONTS)))]
        band = y + (0.12 if k % 2 else 0.86) * h
        rectangle(canvas, x, band - 0.1 * h, w, 0.13 * h, own[1] * 0.6)
        box = (x + 0.1 * w) * pixels, (band + 0.005) * pixels, 0.8 * w * pixels, 0.07 * h * pixels
        _word(canvas, str(rng.choice(WORDS)), *box, _ink(own[1] * 0.6), font)
        box = (x + 0.1 * w) * pixels, (y + 0.95 * h) * pixels, 0.8 * w * pixels, 0.03 * h * pixels
        _word(canvas, str(rng.choice(SMALL)), *box, _ink(own[0]), font)
    return _finished(rng, canvas)


def _figure(
    rng: np.random.Generator, canvas: Image, cell: tuple[float, float, float, float], tints: list[Image], kind: int
) -> None:
    """The picture on a placard, kept within its cell."""
    size, (x, y, w, h) = canvas.shape[0], cell
    a, b, c, d = (round(v * size) for v in (y, y + h, x, x + w))
    tall, wide = b - a, d - c
    part = np.ascontiguousarray(canvas[a:b, c:d])

    def fill(polygon: np.ndarray, tint: Image) -> None:
        cv2.fillPoly(part, [np.round(polygon * 16).astype(np.int32)], [float(v) for v in tint], cv2.LINE_AA, 4)

    for k in range(5 + 3 * kind):
        tint = tints[int(rng.integers(4))] * rng.uniform(0.6, 1.3)
        at = rng.uniform(0.2, 0.8, 2) * [wide, tall]
        if kind == 0:
            fill(oval(at, rng.uniform(0.08, 0.35) * wide, rng.uniform(0.08, 0.35) * wide, 0, count=40), tint)
        elif kind == 1:
            edge = np.array([[k / 8, 1.0], [(k + 0.7) / 8, 1.0], [(k + 0.7) / 8, rng.uniform(0.2, 0.7)], [k / 8, 0.5]])
            fill(edge * [wide, tall], tint)
        elif kind == 2:
            level = 0.35 + 0.05 * k + 0.1 * np.cumsum(rng.normal(0, 0.25, 12))
            hill = np.concatenate([np.stack([np.linspace(0, 1, 12), level], 1), [[1, 1.1], [0, 1.1]]])
            fill(hill * [wide, tall], tint * (1.1 - 0.07 * k))
        else:
            fill(oval(at, 0.25 * wide, 0.05 * wide, rng.random() * 3.1, 0.7, 20), tint)
    canvas[a:b, c:d] = part
