"""Painters of what is printed on packages: fronts, fact panels, and labels that go round."""

from __future__ import annotations

import cv2
import numpy as np

from .base import Image, Painted, finish, generator, grid, mix, noise, oval, palette, stamp, step

BRANDS = ("Crunchies", "Morning Oats", "Honey Loops", "Nutty Flakes", "Golden Corn", "Berry Puffs")
REMEDIES = ("Calmadol", "Ventofen", "Rhinex", "Dermaline", "Gastrolin", "Vitamin C")
GAMES = ("ROBO SQUAD", "SPACE RACE", "MEGA BLOCKS", "DINO PARK", "CITY CARS", "PUZZLE FUN")
GOODS = ("Whole Milk", "Fresh Wash", "Wall Paint", "Butter Biscuits", "Strawberry Jam")
GROCERIES = ("Tomatoes", "Sweet Corn", "Peaches", "Apricot", "Green Beans", "Orange")
CLAIMS = ("no added sugar", "family size", "with vitamins", "100 % natural", "new recipe", "best quality")
FINE = (
    "Store in a cool dry place away from sunlight.",
    "Keep out of the reach of children.",
    "Ingredients: wheat flour, sugar, palm oil, salt,",
    "whole milk powder, cocoa butter, flavouring,",
    "emulsifier (lecithin). May contain traces of nuts.",
    "Read the leaflet before use. Lot and expiry: see lid.",
    "Made for Northgate Foods Ltd, 14 Harbour Road.",
    "Once opened consume within three days.",
)
NUTRIENTS = ("Energy", "Fat", "  saturates", "Carbohydrate", "  sugars", "Fibre", "Protein", "Salt")


def written(text: str, weight: int, font: int = cv2.FONT_HERSHEY_SIMPLEX, slant: float = 0.0) -> Image:
    """A text as opacity, cropped, 90 pixels tall capitals; `slant` leans it to the right."""
    wide, tall = cv2.getTextSize(text, font, 4.0, weight)[0]
    canvas = np.zeros((tall + 120, wide + 160), np.float32)
    cv2.putText(canvas, text, (60, tall + 50), font, 4.0, 1.0, weight, cv2.LINE_AA)
    lean = np.float32([[1, -slant, slant * tall], [0, 1, 0]])
    canvas = cv2.warpAffine(canvas, lean, (canvas.shape[1] + int(slant * tall), canvas.shape[0]))
    rows, columns = np.flatnonzero(canvas.max(axis=1) > 0.02), np.flatnonzero(canvas.max(axis=0) > 0.02)
    return canvas[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def put(canvas: Image, mask: Image, box: tuple[float, float, float, float], colour: object, rim: object = None) -> None:
    """Paint a mask into a box (x, y of its upper left corner, width, height, in parts), centred, at its own aspect."""
    size = canvas.shape[0]
    scale = min(box[2] * canvas.shape[1] / mask.shape[1], box[3] * size / mask.shape[0])
    wide, tall = max(1, round(mask.shape[1] * scale)), max(1, round(mask.shape[0] * scale))
    small = cv2.resize(mask, (wide, tall), interpolation=cv2.INTER_AREA)
    edge = max(1, round(tall * 0.09)) if rim is not None else 0
    small = cv2.copyMakeBorder(small, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=0)
    x = round((box[0] + box[2] / 2) * canvas.shape[1] - small.shape[1] / 2)
    y = round((box[1] + box[3] / 2) * size - small.shape[0] / 2)
    top, left = max(y, 0), max(x, 0)
    window = canvas[top : y + small.shape[0], left : x + small.shape[1]]
    small = small[top - y : top - y + window.shape[0], left - x : left - x + window.shape[1]]
    if rim is not None:
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * edge + 1, 2 * edge + 1))
        window[:] = mix(window, np.asarray(rim, np.float32), cv2.dilate(small, kernel))
    window[:] = mix(window, np.asarray(colour, np.float32), small)


def _disc(canvas: Image, x: float, y: float, radius: float, colour: Image) -> None:
    stamp(
        canvas,
        oval(
            (x * canvas.shape[1], y * canvas.shape[0]), radius * canvas.shape[0], radius * canvas.shape[0], 0, count=40
        ),
        colour,
    )


def _burst(canvas: Image, x: float, y: float, reach: float, spikes: int, colour: Image, inner: float = 0.8) -> None:
    """A star-shaped badge."""
    t = np.linspace(0, 2 * np.pi, 2 * spikes, endpoint=False)
    r = np.where(np.arange(2 * spikes) % 2, inner, 1.0) * reach
    stamp(canvas, np.stack([x + r * np.cos(t), y + r * np.sin(t)], 1) * canvas.shape[0], colour)


def _rays(canvas: Image, x: float, y: float, colour: Image) -> None:
    """Pale rays from a point, fading before the border so that the picture tiles."""
    u, v = grid(canvas.shape[0])
    angle = np.arctan2(v - y, u - x)
    rim = np.minimum(np.minimum(u, 1 - u), np.minimum(v, 1 - v))
    beams = step(np.sin(18 * angle), -0.2, 0.2) * step(rim, 0.0, 0.15) * 0.5
    canvas[:] = mix(canvas, colour, beams)


def _cereal(canvas: Image, tints: list[Image], rng: np.random.Generator) -> None:
    """A leaning title over a bowl of rings, with a badge."""
    white, dark = np.full(3, 0.8, np.float32), tints[2] * 0.4
    _rays(canvas, 0.5, 0.75, tints[0] * 0.5 + 0.4)
    words = str(rng.choice(BRANDS)).split()
    for k, word in enumerate(words):
        put(canvas, written(word, 22, slant=0.22), (0.06, 0.08 + 0.16 * k, 0.88, 0.17), tints[1], white)
    put(canvas, written(str(rng.choice(CLAIMS)), 9), (0.15, 0.42, 0.7, 0.045), dark)
    size = canvas.shape[0]
    stamp(canvas, oval((0.5 * size, 0.76 * size), 0.37 * size, 0.15 * size, 0, count=50), white)
    stamp(canvas, oval((0.5 * size, 0.73 * size), 0.34 * size, 0.11 * size, 0, count=50), np.float32([0.7, 0.66, 0.6]))
    for _ in range(120):
        t, r = rng.uniform(0, 2 * np.pi), np.sqrt(rng.random())
        at = np.array([0.5 + 0.31 * r * np.cos(t), 0.71 + 0.09 * r * np.sin(t)]) * size
        tone = np.float32([0.55, 0.27, 0.07]) * rng.uniform(0.6, 1.3)
        stamp(canvas, oval(at, 0.028 * size, 0.022 * size, 0), tone)
        stamp(canvas, oval(at, 0.010 * size, 0.007 * size, 0), tone * 0.35)
    _burst(canvas, 0.84, 0.5, 0.1, 14, np.float32([0.75, 0.5, 0.03]))
    put(canvas, written("NEW", 16), (0.77, 0.46, 0.14, 0.08), np.full(3, 0.02))
    put(canvas, written(f"{rng.integers(3, 9) * 125} g e", 8), (0.04, 0.92, 0.25, 0.045), dark)


def _medicine(canvas: Image, tints: list[Image], rng: np.random.Generator) -> None:
    """A sober box: stripes, name, dose, small print."""
    size = canvas.shape[0]
    ink = np.full(3, 0.03, np.float32)
    for k in range(3):
        low = 0.62 + 0.075 * k
        corner = np.array([[0.0, low + 0.16], [1.0, low], [1.0, low + 0.05], [0.0, low + 0.21]])
        cv2.fillPoly(canvas, [np.round(corner * size).astype(np.int32)], [float(c) for c in tints[1] * (1 - 0.25 * k)])
    put(canvas, written(str(rng.choice(REMEDIES)), 17), (0.07, 0.1, 0.8, 0.17), tints[1])
    put(canvas, written(f"{rng.integers(1, 9) * 100} mg film-coated tablets", 7), (0.07, 0.31, 0.7, 0.055), ink)
    put(canvas, written("for oral use", 6), (0.07, 0.4, 0.26, 0.04), ink)
    put(canvas, written(f"{rng.integers(1, 6) * 10}", 20), (0.68, 0.4, 0.24, 0.13), tints[2])
    put(canvas, written("tablets", 8), (0.68, 0.55, 0.24, 0.045), ink)
    for k in range(6):
        at = np.array([0.14 + 0.05 * (k % 3), 0.54 + 0.045 * (k // 3)]) * size
        stamp(canvas, oval(at, 0.02 * size, 0.02 * size, 0, count=6), tints[2] if k % 2 else tints[1])
    put(canvas, written(FINE[1], 6), (0.3, 0.92, 0.64, 0.032), ink)


def _game(canvas: Image, tints: list[Image], rng: np.random.Generator) -> None:
    """A loud toy box: bursts, a blocky figure among shapes, an age badge."""
    size = canvas.shape[0]
    _rays(canvas, 0.5, 0.55, tints[1])
    _burst(canvas, 0.5, 0.26, 0.4, 16, np.float32([0.78, 0.62, 0.05]), 0.72)
    for k, word in enumerate(str(rng.choice(GAMES)).split()):
        put(canvas, written(word, 26, slant=0.12), (0.12, 0.1 + 0.16 * k, 0.76, 0.16), tints[2], np.full(3, 0.82))
    for _ in range(26):
        x, y, r = rng.uniform(0.08, 0.92), rng.uniform(0.52, 0.9), rng.uniform(0.015, 0.05)
        tone = tints[int(rng.integers(4))] * rng.uniform(0.6, 1.4)
        stamp(
            canvas,
            oval(np.array([x, y]) * size, r * size, r * size, rng.random(), count=int(rng.choice([3, 4, 6, 20]))),
            tone,
        )
    for x, y, w, h in (
        (0.37, 0.6, 0.26, 0.22),
        (0.43, 0.5, 0.14, 0.1),
        (0.3, 0.62, 0.06, 0.17),
        (0.64, 0.62, 0.06, 0.17),
        (0.4, 0.82, 0.08, 0.11),
        (0.52, 0.82, 0.08, 0.11),
    ):
        low, high = np.round(np.array([[x, y], [x + w, y + h]]) * size).astype(int)
        cv2.rectangle(canvas, tuple(low), tuple(high), [float(c) for c in tints[3] * 0.7], -1)
        cv2.rectangle(canvas, tuple(low), tuple(high), (0.02, 0.02, 0.02), 2)
    for x in (0.465, 0.535):
        _disc(canvas, x, 0.55, 0.02, np.float32([0.8, 0.75, 0.2]))
    _disc(canvas, 0.87, 0.87, 0.075, np.float32([0.6, 0.03, 0.03]))
    put(canvas, written(f"{rng.integers(3, 9)}+", 18), (0.81, 0.83, 0.12, 0.08), np.full(3, 0.8))
    put(canvas, written(f"{rng.integers(2, 12) * 12} pieces", 10), (0.05, 0.92, 0.26, 0.045), np.full(3, 0.8))


def _grocery(canvas: Image, tints: list[Image], rng: np.random.Generator) -> None:
    """An oval shield with the name, fruit below, a ribbon."""
    size = canvas.shape[0]
    white = np.full(3, 0.78, np.float32)
    for k in range(26):
        at = np.array([rng.uniform(0.14, 0.86), rng.uniform(0.62, 0.84)]) * size
        r = rng.uniform(0.05, 0.08) * size
        stamp(canvas, oval(at, r, r * 0.95, 0, count=24), tints[3] * (0.5 + 0.03 * k))
        stamp(canvas, oval(at - 0.3 * r, 0.25 * r, 0.18 * r, 0.6), tints[3] * 0.4 + 0.45)
        stamp(canvas, oval(at - [0, 0.9 * r], 0.4 * r, 0.12 * r, rng.uniform(0, 3), 0.8), (0.06, 0.22, 0.04))
    stamp(canvas, oval((0.5 * size, 0.34 * size), 0.42 * size, 0.22 * size, 0, count=60), tints[1])
    stamp(canvas, oval((0.5 * size, 0.34 * size), 0.4 * size, 0.2 * size, 0, count=60), white)
    stamp(canvas, oval((0.5 * size, 0.34 * size), 0.385 * size, 0.187 * size, 0, count=60), tints[1])
    put(canvas, written("Valle Verde", 7, cv2.FONT_HERSHEY_COMPLEX), (0.28, 0.18, 0.44, 0.07), white)
    put(canvas, written(str(rng.choice(GROCERIES)), 20), (0.15, 0.27, 0.7, 0.13), white, tints[2] * 0.5)
    put(canvas, written(str(rng.choice(CLAIMS)), 7), (0.28, 0.43, 0.44, 0.045), white)
    put(canvas, written(f"net weight {rng.integers(2, 9) * 100} g", 8), (0.3, 0.92, 0.4, 0.045), tints[2])


def _household(canvas: Image, tints: list[Image], goods: str, rng: np.random.Generator) -> None:
    """A band with the name of the goods, a seal, claims and measures."""
    size = canvas.shape[0]
    white = np.full(3, 0.78, np.float32)
    x, y = grid(size)
    wave = 0.62 + 0.05 * np.sin(2 * np.pi * (x + 0.1)) + 0.03 * np.sin(4 * np.pi * x)
    for k, tone in enumerate((tints[2], tints[1] * 0.6, tints[1])):
        canvas[:] = mix(canvas, tone, step(y, wave + 0.03 * k, wave + 0.03 * k + 0.008) * step(y, 0.99, 0.98))
    for k, word in enumerate(goods.split()):
        put(canvas, written(word, 20, cv2.FONT_HERSHEY_TRIPLEX), (0.08, 0.2 + 0.18 * k, 0.84, 0.16), tints[2], white)
    put(canvas, written("NORTHGATE", 10), (0.28, 0.08, 0.44, 0.06), tints[1])
    _burst(canvas, 0.8, 0.78, 0.12, 20, tints[3], 0.88)
    put(canvas, written("1st", 18), (0.74, 0.72, 0.12, 0.07), white)
    put(canvas, written("choice", 9), (0.72, 0.8, 0.16, 0.04), white)
    for k in range(2):
        put(canvas, written(str(rng.choice(CLAIMS)), 8), (0.08, 0.78 + 0.06 * k, 0.5, 0.04), white)
    put(canvas, written(f"{rng.integers(1, 6) * 500} ml e", 9), (0.08, 0.91, 0.25, 0.045), white)


def _finished(canvas: Image, rng: np.random.Generator) -> Painted:
    """Slightly uneven print, paler where the corners rub."""
    pixels = canvas.shape[0]
    x, y = grid(pixels)
    rim = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    rubbed = step(rim, 0.025, 0.0) * step(noise(rng, pixels, 14, 4), 0.45, 0.7)
    canvas = canvas * (0.94 + 0.12 * noise(rng, pixels, 20, 5))[..., None]
    return finish(mix(canvas, np.float32([0.6, 0.57, 0.52]), 0.6 * rubbed), 0.5 + 0.1 * noise(rng, pixels, 60, 2))


def front(colours: tuple, seed: int, pixels: int) -> Painted:
    """The front of a package; `seed` modulo 5 says which: cereal, medicine, toy, grocery or household."""
    rng = generator(seed, 90)
    tints = palette(colours, 4)
    canvas = np.broadcast_to(tints[0], (pixels, pixels, 3)).copy()
    if seed % 5 == 4:
        _household(canvas, tints, GOODS[seed // 5 % len(GOODS)], rng)
    else:
        (_cereal, _medicine, _game, _grocery)[seed % 5](canvas, tints, rng)
    return _finished(canvas, rng)


def _bars(canvas: Image, box: tuple[float, float, float, float], rng: np.random.Generator) -> None:
    """A bar code with its number on white."""
    size = canvas.shape[0]
    x, y, w, h = box

    def fill(left: float, top: float, wide: float, tall: float, tone: float) -> None:
        corner = (round(left * size), round(top * size))
        cv2.rectangle(canvas, corner, (round((left + wide) * size), round((top + tall) * size)), (tone,) * 3, -1)

    fill(x, y, w, h, 0.8)
    at = x + 0.02
    while at < x + w - 0.03:
        wide = float(rng.choice([0.004, 0.007, 0.011]))
        fill(at, y + 0.015, wide, 0.72 * h, 0.02)
        at += wide + float(rng.choice([0.006, 0.009]))
    digits = str(rng.integers(10**11, 10**12))
    put(canvas, written(digits, 8), (x + 0.02, y + 0.8 * h, w - 0.04, 0.16 * h), np.full(3, 0.02))


def facts(colours: tuple, seed: int, pixels: int) -> Painted:
    """The side of a package: nutrition table, small print, bar code."""
    rng = generator(seed, 91)
    ground, band, ink = palette(colours, 3)
    canvas = np.broadcast_to(ground, (pixels, pixels, 3)).copy()
    if abs(float(ink.mean() - ground.mean())) < 0.15:
        ink = np.full(3, 0.02 if ground.mean() > 0.2 else 0.75, np.float32)
    size = pixels

    def bar(x: float, y: float, w: float, h: float, colour: Image) -> None:
        low, high = (round(x * size), round(y * size)), (round((x + w) * size), round((y + h) * size))
        cv2.rectangle(canvas, low, high, [float(c) for c in colour], -1)

    bar(0.08, 0.05, 0.84, 0.085, band)
    pale = np.full(3, 0.8 if band.mean() < 0.4 else 0.02, np.float32)
    put(canvas, written("NUTRITION  per 100 g", 12), (0.1, 0.065, 0.8, 0.055), pale)
    for k, name in enumerate(NUTRIENTS):
        y = 0.155 + 0.044 * k
        value = f"{rng.integers(200, 2000)} kJ" if k == 0 else f"{rng.integers(0, 60)}.{rng.integers(10)} g"
        word = written(name.strip(), 7)
        shift = 0.04 if name.startswith(" ") else 0.0
        put(canvas, word, (0.1 + shift, y, min(0.4, 0.024 * len(name.strip())), 0.028), ink)
        put(canvas, written(value, 7), (0.7, y, 0.2, 0.028), ink)
        bar(0.08, y + 0.034, 0.84, 0.003, ink)
    for k in range(7):
        put(canvas, written(FINE[(k + seed) % len(FINE)], 6), (0.08, 0.53 + 0.034 * k, 0.84, 0.021), ink)
    _bars(canvas, (0.08, 0.79, 0.5, 0.16), rng)
    _burst(canvas, 0.77, 0.87, 0.07, 3, band, 0.4)
    put(canvas, written("recycle", 8), (0.66, 0.935, 0.22, 0.025), ink)
    return _finished(canvas, rng)


def wrap(colours: tuple, seed: int, pixels: int) -> Painted:
    """A label that goes once round: the front in the middle of the picture's borders, the facts opposite.

    Even seeds are groceries, odd ones household goods.
    """
    picture = front(colours, 5 * (seed // 2) + 3 + seed % 2, pixels).colour
    table = facts(colours, seed, pixels).colour
    half = pixels // 2
    both = [cv2.resize(side, (half, pixels), interpolation=cv2.INTER_AREA) for side in (picture, table)]
    canvas = np.roll(np.concatenate(both, axis=1), -half // 2, axis=1)
    return finish(canvas, np.full((pixels, pixels), 0.5, np.float32))
