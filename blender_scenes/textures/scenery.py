"""Painters of what outdoor places are seen against: leaves, crowns, far land, water, windows, shop shelves."""

from __future__ import annotations

import numpy as np

from .base import (
    Image,
    Painted,
    courses,
    finish,
    generator,
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
from .graphic import rectangle

LEAVES = 8
"""Leaves across the picture of `foliage`; each cell is one leaf, its tip up."""

PANES = 4
"""Windows across the picture of `panes`."""


def foliage(colours: tuple, seed: int, pixels: int) -> Painted:
    """A sheet of single leaves for leaf-shaped faces: midrib, side veins, each of its own tone."""
    rng = generator(seed, 80)
    green = palette(colours, 1)[0]
    c = courses(pixels, LEAVES, LEAVES)
    count = LEAVES * LEAVES
    tone = rng.uniform(0.88, 1.12, count).astype(np.float32)[c.cell]
    yellow = rng.uniform(0.0, 0.25, count).astype(np.float32)[c.cell]
    across = np.abs(c.u - 0.5)
    rib = step(across, 0.05, 0.015)
    veins = 0.5 + 0.5 * np.cos(2 * np.pi * 5 * (c.v + 0.9 * across))
    shade = tone * (0.78 + 0.3 * (1 - 1.6 * across) + 0.12 * veins) + 0.5 * (noise(rng, pixels, 12, 4) - 0.5)
    warm = green * np.float32([1.7, 1.2, 0.8])
    colour = mix(np.broadcast_to(green, (pixels, pixels, 3)), warm, yellow) * shade[..., None]
    colour = mix(colour, colour * 1.35 + 0.01, 0.6 * rib)
    inside = step(c.edge * LEAVES, 0.0, 0.1)
    return finish(mix(np.broadcast_to(green * 0.9, colour.shape), colour, inside), 0.4 + 0.3 * veins * inside)


def canopy(colours: tuple, seed: int, pixels: int) -> Painted:
    """Crowns from afar: soft clumps of leaves, little contrast within a clump."""
    rng = generator(seed, 81)
    green = palette(colours, 1)[0]
    near, second, ids = pebbles(rng, pixels, 9)
    fine_near, _, fine_ids = pebbles(rng, pixels, 30)
    clump = step(second - near, 0.0, 0.5) * 0.5 + 0.5 * step(near, 0.8, 0.1)
    tone = rng.uniform(0.85, 1.12, 81).astype(np.float32)[ids]
    leafy = rng.uniform(0.88, 1.12, 900).astype(np.float32)[fine_ids] * (1.1 - 0.25 * fine_near)
    shade = (0.62 + 0.4 * clump) * tone * leafy * (0.75 + 0.5 * noise(rng, pixels, 4, 4))
    warm = green * np.float32([1.5, 1.15, 0.8])
    colour = mix(green, warm, 0.7 * noise(rng, pixels, 5, 3)) * shade[..., None]
    return finish(colour, 0.7 * clump + 0.3 * (1 - fine_near))


def meadow(colours: tuple, seed: int, pixels: int) -> Painted:
    """Grassland from afar: soft drifts of several greens and dry stems."""
    rng = generator(seed, 82)
    green = palette(colours, 1)[0]
    dry = np.float32([1.9, 1.35, 0.9]) * green
    soft = 0.6 * noise(rng, pixels, 5, 5, 0.6) + 0.4 * noise(rng, pixels, (40, 14), 3, 0.7)
    colour = ramp(np.clip(soft * 1.3 - 0.15, 0, 1), [green * 0.55, green * 0.9, green * 1.25, dry])
    near, _, ids = pebbles(rng, pixels, 26)
    tufts = step(near, 0.45, 0.1) * rng.random(676).astype(np.float32)[ids]
    return finish(mix(colour, green * 0.5, 0.5 * tufts), soft)


def lawn(colours: tuple, seed: int, pixels: int) -> Painted:
    """Short mown grass: overlapping blades of close tones, clover and worn spots."""
    rng = generator(seed, 83)
    green = palette(colours, 1)[0]
    shade = np.full((pixels, pixels), 0.35, np.float32)
    count = 2600
    roots, angles = rng.random((count, 2)) * pixels, rng.random(count) * 2 * np.pi
    tones, sizes = np.sort(rng.uniform(0.15, 1.0, count)), rng.uniform(0.6, 1.4, count) * 0.028 * pixels
    for root, angle, tone, size in zip(roots, angles, tones, sizes, strict=True):
        stamp(shade, oval(root, size, max(0.09 * size, 0.9), angle, 0.8, 8), tone)
    drift = noise(rng, pixels, 4, 5)
    level = np.clip(1.05 * shade + 0.35 * (drift - 0.5) - 0.05, 0, 1)
    colour = ramp(level, [green * 0.4, green * 0.72, green * 1.05, green * 1.45])
    straw = np.float32([1.8, 1.3, 0.9]) * green
    colour = mix(colour, straw * (0.5 + 0.7 * shade)[..., None], 0.55 * step(drift, 0.55, 0.85))
    near, _, ids = pebbles(rng, pixels, 14)
    clover = step(near, 0.42, 0.2) * (rng.random(196) < 0.18)[ids]
    return finish(mix(colour, green * np.float32([0.6, 0.85, 0.8]) * (0.5 + shade)[..., None], clover), shade)


def water(colours: tuple, seed: int, pixels: int) -> Painted:
    """Ripples in two directions; colours: deep water, lighter water."""
    rng = generator(seed, 84)
    deep, light = palette(colours, 2)
    x, y = grid(pixels)
    bend = noise(rng, pixels, 3, 4) - 0.5
    swell = 0.5 + 0.5 * np.sin(2 * np.pi * (7 * y + 2 * x + 1.2 * bend))
    chop = 0.5 + 0.5 * np.sin(2 * np.pi * (11 * y - 9 * x + 2.2 * bend))
    height = np.clip(0.4 * swell + 0.2 * chop + 0.55 * noise(rng, pixels, (10, 22), 3, 0.6) - 0.1, 0, 1)
    return finish(mix(deep, light, np.clip(0.9 * height + 0.4 * bend, 0, 1)), height)


def foam(colours: tuple, seed: int, pixels: int) -> Painted:
    """Lace of sea foam over water; colours: foam, water."""
    rng = generator(seed, 85)
    white, under = palette(colours, 2)
    near, second, _ = pebbles(rng, pixels, 12)
    fine_near, fine_second, _ = pebbles(rng, pixels, 34)
    lace = step(second - near, 0.3, 0.05) + 0.7 * step(fine_second - fine_near, 0.25, 0.02)
    cover = np.clip(lace * (0.35 + 0.9 * step(noise(rng, pixels, (4, 8), 4), 0.35, 0.65)), 0, 1)
    return finish(mix(under, white * (0.8 + 0.4 * noise(rng, pixels, 20, 3))[..., None], cover), 0.3 + 0.7 * cover)


def blotches(colours: tuple, seed: int, pixels: int) -> Painted:
    """Soft grey clouds of several scales, for shading large surfaces unevenly; the colours are not used."""
    rng = generator(seed, 86)
    field = 0.65 * noise(rng, pixels, 3, 6, 0.6) + 0.35 * noise(rng, pixels, 9, 5, 0.7)
    level = np.clip((field - 0.5) * 1.3 + 0.5, 0, 1)
    return finish(0.85 * np.repeat(level[..., None], 3, axis=2), level)


def panes(colours: tuple, seed: int, pixels: int) -> Painted:
    """Sixteen windows, each with its own room behind: curtains, blinds, a plant, a shelf; colours: room, curtain."""
    rng = generator(seed, 87)
    room, cloth = palette(colours, 2)
    c = courses(pixels, PANES, PANES)
    down = 1 - c.v
    reflected = (0.35 + 1.1 * np.clip(down + 0.7 * (noise(rng, pixels, 5, 4) - 0.5), 0, 1))[..., None]
    canvas = np.ascontiguousarray(room * reflected, np.float32)
    count = PANES * PANES
    side, blind = rng.uniform(0.0, 0.4, count), np.where(rng.random(count) < 0.35, rng.uniform(0.1, 0.8, count), 0)
    folds = 0.7 + 0.3 * np.sin(2 * np.pi * (34 * c.u + 0.6 * np.sin(5 * c.v)))
    hung = (np.abs(c.u - 0.5) > 0.5 - side[c.cell]) & (rng.random(count) < 0.75)[c.cell]
    canvas = np.where(hung[..., None], cloth * folds[..., None], canvas)
    slats = 0.75 + 0.25 * np.sin(2 * np.pi * 30 * c.v)
    canvas = np.where((c.v < blind[c.cell])[..., None], cloth * (0.85 * slats)[..., None], canvas)
    canvas = np.ascontiguousarray(canvas, np.float32)
    for k in range(count):
        if rng.random() < 0.5:
            _windowsill_plant(rng, canvas, k)
    return finish(canvas * (0.85 + 0.3 * noise(rng, pixels, 16, 4))[..., None], 0.3 + 0.4 * noise(rng, pixels, 10, 3))


def _windowsill_plant(rng: np.random.Generator, canvas: Image, cell: int) -> None:
    size = canvas.shape[0] / PANES
    corner = np.array([cell % PANES, cell // PANES]) * size
    foot = corner + [rng.uniform(0.25, 0.75) * size, 0.92 * size]
    for _ in range(9):
        angle, reach = rng.uniform(0.3, 2.84), rng.uniform(0.08, 0.2) * size
        leaf = foot + 0.6 * reach * np.array([np.cos(angle), -np.sin(angle)])
        stamp(
            canvas, oval(leaf, reach, 0.3 * reach, -angle, 0.7), np.float32([0.06, 0.13, 0.04]) * rng.uniform(0.7, 1.5)
        )
    stamp(canvas, oval(foot, 0.07 * size, 0.06 * size, 0), (0.3, 0.12, 0.07))


def shelves(colours: tuple, seed: int, pixels: int) -> Painted:
    """The back of a lit shop: shelves of packets and bottles; colours: wall, goods."""
    rng = generator(seed, 88)
    tints = palette(colours, 4)
    wall = tints[0] * (0.7 + 0.4 * noise(rng, pixels, 6, 3))[..., None]
    canvas = np.ascontiguousarray(wall, np.float32)
    rows = 5
    for row in range(rows):
        floor, x = (row + 0.9) / rows, 0.01
        rectangle(canvas, 0, floor, 1, 0.022, tints[0] * 0.35)
        while x < 0.96:
            width, tall = rng.uniform(0.02, 0.075), rng.uniform(0.07, 0.16)
            tint = np.roll(tints[int(rng.integers(1, 4))], int(rng.integers(3))) * rng.uniform(0.5, 1.4)
            for k in range(int(rng.integers(1, 4))):
                if x + width > 0.99:
                    break
                rectangle(canvas, x, floor - tall, width, tall, tint)
                rectangle(canvas, x, floor - 0.6 * tall, width, 0.3 * tall, tint * 0.4 + 0.35)
                x += width + 0.004 + 0.002 * k
            x += rng.uniform(0.004, 0.05)
    shade = 0.8 + 0.4 * noise(rng, pixels, 4, 4)
    return finish(canvas * shade[..., None], 0.4 + 0.2 * noise(rng, pixels, 30, 2))
