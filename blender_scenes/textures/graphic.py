"""Painters of printed things, pictures and building fronts."""

from __future__ import annotations

import cv2
import numpy as np

from .base import (
    Image,
    Painted,
    courses,
    finish,
    generator,
    grain,
    grid,
    mix,
    noise,
    oval,
    palette,
    pebbles,
    ramp,
    stamp,
    step,
)

FONTS = (
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
    cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_SIMPLEX,
)
WORDS = ("CAFE", "BOOKS", "HOTEL", "BAKERY", "MUSIC", "FRESH", "OPEN", "SALE", "CINEMA", "TEA",
         "BIKES", "MARKET", "PIZZA", "STUDIO", "GARDEN", "TOYS", "RADIO", "NORTH", "OCEAN")  # fmt: skip
SMALL = ("net weight", "keep dry", "this side up", "handle with care", "made of oats",
         "since 1924", "best before", "recycle", "serving size", "no. 7 blend", "contents")  # fmt: skip


def _text(
    canvas: Image,
    text: str,
    at: tuple[float, float],
    room: tuple[float, float],
    colour: Image,
    rng: np.random.Generator,
) -> None:
    """Write a text from its lower left corner `at` as large as the room (width, height) lets it, in parts."""
    size = canvas.shape[0]
    font = FONTS[int(rng.integers(len(FONTS)))]
    wide, tall = cv2.getTextSize(text, font, 1.0, 1)[0]
    scale = size * min(room[0] / wide, room[1] / tall)
    start = (round(at[0] * size), round(at[1] * size))
    thick = max(1, round(scale * 2.2))
    cv2.putText(canvas, text, start, font, scale, [float(c) for c in colour], thick, cv2.LINE_AA)


def rectangle(canvas: Image, x: float, y: float, w: float, h: float, colour) -> None:
    """Fill a rectangle given in parts of the picture."""
    s = canvas.shape[0]
    fill = [float(c) for c in np.atleast_1d(colour)]
    cv2.rectangle(canvas, (round(x * s), round(y * s)), (round((x + w) * s) - 1, round((y + h) * s) - 1), fill, -1)


def _worn(colour: Image, rng: np.random.Generator, depth: float = 0.35) -> Image:
    """Uneven print: the colour times noise of several scales."""
    pixels = colour.shape[0]
    return colour * (1 + depth * (noise(rng, pixels, 8, 6, 0.8) - 0.5))[..., None]


def label(colours: tuple, seed: int, pixels: int) -> Painted:
    """Printed carton: brand, emblem, small print, bar code and numbers."""
    rng = generator(seed, 50)
    ground, band, ink = palette(colours, 3)
    if abs(float(ink.mean() - ground.mean())) < 0.12:
        ink = np.full(3, 0.02 if ground.mean() > 0.2 else 0.75, np.float32)
    canvas = np.broadcast_to(ground, (pixels, pixels, 3)).copy()
    top = rng.uniform(0.12, 0.2)
    rectangle(canvas, 0, top, 1, 0.24, band)
    for k in range(3):
        rectangle(canvas, 0, top + 0.25 + 0.016 * k, 1, 0.008, band * (0.9 - 0.2 * k))
    contrast = np.full(3, 0.78 if band.mean() < 0.35 else 0.02, np.float32)
    _text(canvas, str(rng.choice(WORDS)), (0.1, top + 0.17), (0.8, 0.13), contrast, rng)
    _emblem(canvas, np.array([0.27, 0.66]) * pixels, 0.14 * pixels, [band, ink, contrast], rng)
    for k in range(7):
        text = str(rng.choice(SMALL)) + f" {rng.integers(10, 999)}"
        _text(canvas, text, (0.5, 0.53 + 0.035 * k), (rng.uniform(0.3, 0.42), 0.03), ink, rng)
    rectangle(canvas, 0.5, 0.79, 0.4, 0.15, (0.75, 0.75, 0.75))
    x = 0.53
    while x < 0.86:
        width = float(rng.choice([0.004, 0.008, 0.012]))
        rectangle(canvas, x, 0.805, width, 0.1, (0.02, 0.02, 0.02))
        x += width + float(rng.choice([0.004, 0.008]))
    _text(canvas, str(rng.integers(10**9, 10**10)), (0.54, 0.93), (0.3, 0.03), np.zeros(3), rng)
    _text(canvas, f"{rng.integers(1, 99)} kg", (0.08, 0.93), (0.3, 0.06), ink, rng)
    _text(canvas, str(rng.choice(SMALL)), (0.08, 0.08), (0.4, 0.03), ink, rng)
    return finish(_worn(canvas, rng), 0.4 + 0.2 * noise(rng, pixels, 60, 2))


def _emblem(canvas: Image, centre: Image, size: float, tints: list[Image], rng: np.random.Generator) -> None:
    """A round mark: discs, a star and a blot."""
    points = int(rng.integers(4, 10))
    t = np.linspace(0, 2 * np.pi, 2 * points, endpoint=False) + rng.random()
    spikes = np.where(np.arange(2 * points) % 2, 0.5, 1.0)[:, None] * np.stack([np.cos(t), np.sin(t)], 1)
    stamp(canvas, oval(centre, size, size, 0, count=40), tints[0])
    stamp(canvas, oval(centre, 0.9 * size, 0.9 * size, 0, count=40), tints[2])
    stamp(canvas, centre + 0.85 * size * spikes, tints[1])
    stamp(canvas, oval(centre, 0.4 * size, 0.3 * size, rng.random(), count=30), tints[0])
    stamp(canvas, oval(centre, 0.15 * size, 0.2 * size, rng.random(), count=20), tints[2])


def letters(colours: tuple, seed: int, pixels: int) -> Painted:
    """Shop or road sign: two big words, a number and a frame."""
    rng = generator(seed, 51)
    ground, ink, trim = palette(colours, 3)
    if abs(float(ink.mean() - ground.mean())) < 0.15:
        ink = np.full(3, 0.03 if ground.mean() > 0.25 else 0.78, np.float32)
    canvas = np.broadcast_to(ground, (pixels, pixels, 3)).copy()
    rectangle(canvas, 0.03, 0.03, 0.94, 0.94, trim)
    rectangle(canvas, 0.05, 0.05, 0.9, 0.9, ground)
    first, second = rng.choice(WORDS, 2, replace=False)
    _text(canvas, first, (0.1, 0.36), (0.8, 0.2), ink, rng)
    rectangle(canvas, 0.1, 0.42, 0.8, 0.03, trim)
    _text(canvas, second, (0.1, 0.7), (0.8, 0.2), trim * 0.5 + ink * 0.5, rng)
    _text(canvas, f"No {rng.integers(2, 99)}", (0.1, 0.9), (0.35, 0.06), ink, rng)
    _emblem(canvas, np.array([0.75, 0.83]) * pixels, 0.09 * pixels, [trim, ink, ground], rng)
    return finish(_worn(canvas, rng, 0.5), 0.4 + 0.2 * noise(rng, pixels, 30, 3))


def pages(colours: tuple, seed: int, pixels: int) -> Painted:
    """A printed page: headline, columns of lines, a picture."""
    rng = generator(seed, 52)
    paper, ink = palette(colours, 1)[0], np.full(3, 0.03, np.float32)
    canvas = np.broadcast_to(paper, (pixels, pixels, 3)).copy()
    _text(canvas, str(rng.choice(WORDS)), (0.08, 0.15), (0.55, 0.1), ink, rng)
    picture = rng.integers(2)
    for column in range(2):
        for line in range(34):
            y, x = 0.2 + line * 0.0222, 0.07 + column * 0.45
            if column == picture and 8 <= line < 19:
                continue
            end = x + rng.uniform(0.3, 0.41)
            while x < end:
                width = rng.uniform(0.012, 0.06)
                rectangle(canvas, x, y, min(width, end - x), 0.011, ink + rng.uniform(0, 0.12))
                x += width + 0.01
    inset = painting(colours, seed + 1, pixels).colour
    size, x, y = int(0.24 * pixels), int((0.07 + picture * 0.45) * pixels), int(0.37 * pixels)
    wide = int(0.4 * pixels)
    canvas[y : y + size, x : x + wide] = cv2.resize(inset, (wide, size), interpolation=cv2.INTER_AREA)
    return finish(_worn(canvas, rng, 0.25), 0.5 + 0.1 * noise(rng, pixels, 60, 2))


def _landscape(rng: np.random.Generator, pixels: int, tints: list[Image]) -> Image:
    """Sky, sun, four ranges of hills and trees."""
    x, y = grid(pixels)
    sky = ramp(np.clip(y + 0.3 * (noise(rng, pixels, (4, 9), 4) - 0.5), 0, 1), [tints[0], tints[1] * 0.5 + 0.4])
    disc = step(np.hypot(x - rng.uniform(0.2, 0.8), y - rng.uniform(0.15, 0.35)), 0.08, 0.07)
    colour = mix(sky, np.float32([0.8, 0.6, 0.3]), disc)
    for k in range(4):
        line = noise(rng, pixels, (3 + 2 * k, 1), 4)[0]
        ground = tints[2 + k % 2] * (0.9 - 0.17 * k) + 0.25 * (0.6 - 0.2 * k) * tints[0]
        tone = 0.6 + 0.8 * noise(rng, pixels, (10, 30), 3)
        below = y > (0.38 + 0.14 * k + 0.4 * (line - 0.5))[None]
        colour = np.where(below[..., None], ground * tone[..., None], colour)
    for _ in range(14):
        at, size = (
            np.array([rng.uniform(0.1, 0.9), rng.uniform(0.6, 0.95)]) * pixels,
            pixels * rng.uniform(0.03, 0.07),
        )
        stamp(colour, oval(at - [0, size], size * 0.7, size * 1.2, 0), tints[3] * rng.uniform(0.2, 0.6))
        stamp(colour, oval(at, size * 0.1, size * 0.8, 0), (0.05, 0.03, 0.02))
    return colour


def _abstract(rng: np.random.Generator, pixels: int, tints: list[Image]) -> Image:
    """Blocks, discs and broad strokes."""
    colour = np.broadcast_to(tints[0], (pixels, pixels, 3)).copy()
    for _ in range(16):
        x, y, w, h = rng.uniform(0, 0.8), rng.uniform(0, 0.8), rng.uniform(0.08, 0.4), rng.uniform(0.08, 0.4)
        rectangle(colour, x, y, w, h, tints[int(rng.integers(len(tints)))] * rng.uniform(0.5, 1.2))
    for _ in range(9):
        size, at = pixels * rng.uniform(0.03, 0.15), rng.random(2) * pixels
        stamp(colour, oval(at, size, size * rng.uniform(0.3, 1), rng.random() * 3, count=40),
              tints[int(rng.integers(len(tints)))] * rng.uniform(0.5, 1.3))  # fmt: skip
    for _ in range(7):
        stamp(colour, oval(rng.random(2) * pixels, pixels * 0.4, pixels * rng.uniform(0.004, 0.014),
                           rng.random() * 3.1), (0.03, 0.03, 0.04))  # fmt: skip
    return colour


def _still_life(rng: np.random.Generator, pixels: int, tints: list[Image]) -> Image:
    """A vase of flowers before a wall."""
    x, y = grid(pixels)
    wall = tints[0] * (0.4 + 0.9 * noise(rng, pixels, 5, 5))[..., None]
    colour = np.where(
        (y > 0.72)[..., None], tints[3] * (0.4 + x + 0.5 * noise(rng, pixels, (4, 30), 3))[..., None], wall
    )
    colour = np.ascontiguousarray(colour, np.float32)
    middle = np.array([0.5, 0.68]) * pixels
    for _ in range(26):
        angle, reach = rng.uniform(0.1, 3.04), rng.uniform(0.12, 0.4) * pixels
        at = middle - [0, 0.14 * pixels] + reach * np.array([np.cos(angle), -np.sin(angle)])
        size = pixels * rng.uniform(0.03, 0.07)
        stamp(colour, oval(at + size, size * 1.3, size * 0.5, angle, 0.8), (0.04, 0.12, 0.03))
        tint = np.roll(tints[1 + int(rng.integers(2))], int(rng.integers(3)))
        for k in range(6):
            turn = k * 1.05 + angle
            petal = at + 0.5 * size * np.array([np.cos(turn), np.sin(turn)])
            stamp(colour, oval(petal, size * 0.5, size * 0.3, turn), tint * (0.7 + 0.1 * k))
        stamp(colour, oval(at, size * 0.25, size * 0.25, 0), (0.6, 0.4, 0.05))
    stamp(colour, oval(middle, 0.13 * pixels, 0.2 * pixels, 0), tints[2])
    stamp(colour, oval(middle - 0.05 * pixels, 0.02 * pixels, 0.1 * pixels, 0), tints[2] * 0.5 + 0.4)
    return colour


def _lively(rng: np.random.Generator, brightness: float) -> Image:
    """A random colour of about that brightness, saturated but not gaudy."""
    wild = rng.permutation([rng.uniform(0.3, 0.7), rng.uniform(0.5, 1.2), rng.uniform(1.1, 1.7)])
    return (brightness * rng.uniform(0.6, 1.3) * wild).astype(np.float32)


def painting(colours: tuple, seed: int, pixels: int) -> Painted:
    """A picture in a pale mat: landscape, abstract or still life, in lively colours of its own."""
    rng = generator(seed, 53)
    own = [_lively(rng, brightness) for brightness in (0.2, 0.35, 0.5)]
    given = palette(colours, 2)
    tints = [own[2], given[0], own[0], given[1], own[1]]
    makers = (_landscape, _abstract, _still_life)
    colour = makers[seed % 3](rng, pixels, tints)
    strokes = noise(rng, pixels, (24, 60), 3, 0.8)
    colour = colour * (0.7 + 0.6 * strokes)[..., None]
    x, y = grid(pixels)
    rim = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    mat = np.float32([0.62, 0.6, 0.55]) * (1 + 0.03 * grain(rng, pixels))[..., None]
    colour = np.where((rim < 0.045)[..., None], mat, colour)
    return finish(np.where((np.abs(rim - 0.045) < 0.004)[..., None], 0.05, colour), 0.5 * strokes)


def checker(colours: tuple, seed: int, pixels: int) -> Painted:
    """Draught board of eight by eight worn fields."""
    rng = generator(seed, 54)
    first, second = palette(colours, 2)
    c = courses(pixels, 8, 8)
    odd = ((c.row + c.cell % 8) % 2).astype(np.float32)
    tone = rng.uniform(0.8, 1.15, 64).astype(np.float32)[c.cell]
    shade = tone * (0.55 + 0.9 * noise(rng, pixels, 12, 6, 0.8))
    return finish(mix(first, second, odd) * shade[..., None], 0.5 + 0.2 * odd)


def noise_paint(colours: tuple, seed: int, pixels: int) -> Painted:
    """Marbled paint of all scales in all given colours."""
    rng = generator(seed, 55)
    tints = palette(colours, 4)
    field = noise(rng, pixels, 4, 7, 0.75)
    twist = (field + 0.8 * noise(rng, pixels, 3, 6, 0.6) - 0.4) % 1
    fine = 0.7 + 0.6 * noise(rng, pixels, 50, 3, 0.8)
    return finish(ramp(np.abs(2 * twist - 1), tints) * fine[..., None], field)


def scales(colours: tuple, seed: int, pixels: int) -> Painted:
    """Panelled ball: stitched fields of several colours with scuffs."""
    rng = generator(seed, 56)
    tints = palette(colours, 3)
    near, second, ids = pebbles(rng, pixels, 6, 0.45)
    seam = step(second - near, 0.02, 0.07)
    puff = step(second - near, 0.03, 0.5)
    colour = np.stack([tints[0], tints[1], tints[0], tints[2]])[rng.integers(0, 4, 36)][ids]
    mark = step(np.abs(near - 0.22), 0.03, 0.02) * (rng.random(36) < 0.3)[ids]
    colour = mix(colour, 0.3 * tints[1] + 0.02, 0.8 * mark)
    scuff = step(noise(rng, pixels, 7, 6, 0.8), 0.58, 0.8)
    shade = (0.65 + 0.35 * puff) * (0.75 + 0.5 * noise(rng, pixels, 60, 3)) * (1 - 0.4 * scuff)
    return finish(colour * (0.15 + 0.85 * seam)[..., None] * shade[..., None], puff)


def banner(colours: tuple, seed: int, pixels: int) -> Painted:
    """Four long shop signs below one another, for strips a quarter of the picture high; colours: ground, ink."""
    rng = generator(seed, 56)
    ground, ink = palette(colours, 2)
    canvas = np.broadcast_to(ground, (pixels, pixels, 3)).copy()
    for row, words in enumerate(rng.choice(WORDS, (4, 2), replace=False)):
        top = row / 4
        rectangle(canvas, 0.0, top, 1.0, 0.25, ground * rng.uniform(0.6, 1.3))
        rectangle(canvas, 0.01, top + 0.018, 0.98, 0.012, ink)
        rectangle(canvas, 0.01, top + 0.22, 0.98, 0.012, ink)
        text = " ".join(words) if row % 2 else f"{words[0]} & {words[1]}"
        _text(canvas, text, (0.06, top + 0.165), (0.88, 0.09), ink, rng)
    return finish(_worn(canvas, rng, 0.4), 0.4 + 0.2 * noise(rng, pixels, 30, 3))
