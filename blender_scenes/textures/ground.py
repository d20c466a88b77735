"""Painters of ground and plants, and of weathered metal."""

from __future__ import annotations

import numpy as np

from .base import (
    Image,
    Painted,
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


def asphalt(colours: tuple, seed: int, pixels: int) -> Painted:
    """Chippings in tar with cracks and one mended patch."""
    rng = generator(seed, 20)
    tar, chip = palette(colours, 1)[0], palette(colours, 3)[2]
    near, _, ids = pebbles(rng, pixels, 72)
    stones = step(near, 0.5, 0.25) * rng.random(72 * 72).astype(np.float32)[ids] ** 2
    cloud = noise(rng, pixels, 3, 6, 0.65)
    a, b, _ = pebbles(rng, pixels, 3)
    ragged = np.abs(b - a + 0.3 * (noise(rng, pixels, 12, 4) - 0.5))
    crack = step(ragged, 0.022, 0.006) * step(noise(rng, pixels, 3, 2), 0.42, 0.5)
    x, y = grid(pixels)
    patch = ((np.abs(x - 0.32) < 0.2) & (np.abs(y - 0.6) < 0.13)) * np.float32(0.35)
    colour = mix(tar * (0.55 + 0.9 * cloud)[..., None], chip * 0.8, 0.75 * stones) * (1 - patch)[..., None]
    return finish(colour * (1 - 0.75 * crack)[..., None], (0.3 + 0.7 * stones) * (1 - crack))


def _blades(rng: np.random.Generator, pixels: int, count: int, reach: float) -> tuple[Image, Image]:
    """Thin bent blades over the picture: their shade 0..1 and how high they lie."""
    shade = np.zeros((pixels, pixels), np.float32)
    roots, angles = rng.random((count, 2)) * pixels, rng.random(count) * 2 * np.pi
    sizes = rng.uniform(0.6, 1.3, count) * reach * pixels
    tones = np.sort(rng.uniform(0.1, 1.0, count))
    for root, angle, size, tone in zip(roots, angles, sizes, tones, strict=True):
        d = np.array([np.cos(angle), np.sin(angle)])
        n = np.array([-d[1], d[0]]) * max(size * 0.07, 0.8)
        tip = root + d * size + n * 2.5
        stamp(shade, np.stack([root - n, root + d * size * 0.55, tip, root + d * size * 0.5 + 2 * n]), tone)
    return shade, shade


def _greens(colours: tuple) -> list[Image]:
    """Four tones of a plant: as given, deeper, yellower, and the second given one or a fresh one."""
    green = palette(colours, 1)[0]
    last = palette(colours, 2)[1] if len(colours) > 1 else green * np.float32([1.1, 1.25, 1.0])
    return [green, green * np.float32([0.55, 0.6, 0.6]), green * np.float32([1.6, 1.15, 0.8]), last]


def grass(colours: tuple, seed: int, pixels: int) -> Painted:
    """Blades over soil, with drier patches and clover."""
    rng = generator(seed, 21)
    green, dark, dry, _ = _greens(colours)
    shade, height = _blades(rng, pixels, 1300, 0.06)
    mottled = np.clip(0.75 * shade + 0.4 * noise(rng, pixels, 80, 2) - 0.1, 0, 1)
    colour = ramp(mottled, [dark * 0.5, 0.5 * (dark + green), green * 1.15, green * 1.6])
    colour = mix(colour, (0.4 + 1.1 * mottled)[..., None] * dry, 0.6 * step(noise(rng, pixels, 4, 5), 0.5, 0.8))
    near, _, ids = pebbles(rng, pixels, 20)
    flowers = step(near, 0.14, 0.08) * (rng.random(400) < 0.06)[ids]
    return finish(mix(colour, np.float32([0.6, 0.58, 0.4]), flowers), height)


def gravel(colours: tuple, seed: int, pixels: int) -> Painted:
    """Rounded stones of two sizes."""
    rng = generator(seed, 22)
    main, *others = palette(colours, 3)
    near, second, ids = pebbles(rng, pixels, 22)
    small, small_second, small_ids = pebbles(rng, pixels, 60)
    body = step(second - near, 0.04, 0.3)
    tones = rng.uniform(0.45, 1.25, 484).astype(np.float32)
    pick = np.stack([main, main, *others])[rng.integers(0, 4, 484)]
    big = (pick * tones[:, None])[ids] * (0.55 + 0.45 * body + 0.5 * (noise(rng, pixels, 64, 2) - 0.5))[..., None]
    fine = main * (rng.uniform(0.3, 0.9, 3600).astype(np.float32)[small_ids])[..., None]
    fine = fine * (0.3 + 0.7 * step(small_second - small, 0.03, 0.25))[..., None]
    solid = step(second - near, 0.05, 0.12) * (rng.random(484) < 0.8)[ids]
    return finish(mix(fine, big, solid), np.where(solid > 0.5, 0.35 + 0.65 * body, 0.3 * small_second))


def soil(colours: tuple, seed: int, pixels: int) -> Painted:
    """Crumbs, small stones, twigs and fallen leaves."""
    rng = generator(seed, 23)
    earth = palette(colours, 1)[0]
    leaf = palette(colours, 2)[1] if len(colours) > 1 else earth * np.float32([2.0, 1.7, 1.3])
    relief = noise(rng, pixels, 8, 6, 0.75)
    colour = earth * (0.15 + 1.7 * relief)[..., None]
    near, _, ids = pebbles(rng, pixels, 30)
    stones = step(near, 0.33, 0.2) * (rng.random(900) < 0.2)[ids]
    colour = mix(colour, 0.6 * leaf * (0.5 + relief)[..., None], stones)
    for _ in range(90):
        centre, angle = rng.random(2) * pixels, rng.random() * np.pi
        twig = rng.random() < 0.4
        size = pixels * rng.uniform(0.02, 0.035)
        shape = oval(centre, size * (1.6 if twig else 1), size * (0.09 if twig else 0.5), angle, 0.8)
        tone = rng.uniform(0.35, 1.1) * (leaf * [1.1, 0.8, 0.5] if not twig else earth * 1.6)
        stamp(colour, shape, tone)
    return finish(colour * (1 + 0.1 * grain(rng, pixels))[..., None], relief)


def sand(colours: tuple, seed: int, pixels: int) -> Painted:
    """Wind ripples with coarse grains and shells."""
    rng = generator(seed, 24)
    base = palette(colours, 1)[0]
    x, y = grid(pixels)
    phase = 14 * y + 2 * x + 1.6 * noise(rng, pixels, 4, 4)
    ripple = 0.5 + 0.5 * np.sin(2 * np.pi * phase)
    shade = 0.42 * ripple + 0.4 * noise(rng, pixels, 100, 2) + 0.35 * noise(rng, pixels, 4, 4) - 0.1
    colour = ramp(np.clip(shade, 0, 1), [0.5 * base, base, base * 1.3])
    near, _, ids = pebbles(rng, pixels, 40)
    shells = step(near, 0.25, 0.12) * (rng.random(1600) < 0.12)[ids]
    tones = rng.choice([0.35, 1.6], 1600).astype(np.float32)[ids]
    return finish(mix(colour, base * tones[..., None], shells), 0.8 * ripple + 0.2 * shells)


def _foliage(
    rng: np.random.Generator, pixels: int, colours: list[Image], count: int, size: float
) -> tuple[Image, Image]:
    """Overlapping leaves from back (dark) to front (light): colour, and where there are any."""
    colour, cover = np.zeros((pixels, pixels, 3), np.float32), np.zeros((pixels, pixels), np.float32)
    for k in range(count):
        depth = (k + 1) / count
        centre, angle = rng.random(2) * pixels, rng.random() * 2 * np.pi
        length = pixels * size * rng.uniform(0.7, 1.3)
        tint = colours[int(rng.integers(len(colours)))] * (0.3 + 0.95 * depth) * rng.uniform(0.75, 1.2)
        stamp(colour, oval(centre, length, length * 0.5, angle, 0.7), tint)
        half = oval(centre, length * 0.96, length * 0.25, angle, 0.7)
        half += length * 0.2 * np.array([-np.sin(angle), np.cos(angle)])
        stamp(colour, half, tint * 1.3)
        stamp(cover, oval(centre, length, length * 0.5, angle, 0.7), 1.0)
    return colour, cover


def leaves(colours: tuple, seed: int, pixels: int) -> Painted:
    """A cluster of leaves with holes in alpha between them."""
    rng = generator(seed, 25)
    made = _greens(colours)
    colour, cover = _foliage(rng, pixels, made, 150, 0.055)
    colour = np.where(cover[..., None] > 0.02, colour / np.maximum(cover, 0.3)[..., None], made[0] * 0.5)
    return finish(colour * (0.75 + 0.5 * noise(rng, pixels, 40, 3))[..., None], cover, cover)


def hedge(colours: tuple, seed: int, pixels: int) -> Painted:
    """A closed wall of small leaves over deep shade."""
    rng = generator(seed, 26)
    made = _greens(colours)
    colour, cover = _foliage(rng, pixels, made, 750, 0.024)
    depth = step(noise(rng, pixels, 9, 3), 0.25, 0.65)
    colour = mix(made[0] * 0.12, colour, cover) * (0.3 + 0.85 * depth)[..., None]
    return finish(colour, cover * (0.3 + 0.7 * depth))


def rust(colours: tuple, seed: int, pixels: int) -> Painted:
    """Paint that flakes off rusty sheet; colours: paint, rust."""
    rng = generator(seed, 27)
    paint = palette(colours, 1)[0]
    iron = np.asarray(colours[1] if len(colours) > 1 else (0.22, 0.08, 0.03), np.float32)
    spread = noise(rng, pixels, 4, 7, 0.7)
    eaten = step(spread, 0.5, 0.54)
    rim = step(np.abs(spread - 0.51), 0.05, 0.01)
    fine = noise(rng, pixels, 40, 4, 0.75)
    red = ramp(fine, [iron * 0.25, iron, np.float32([1.9, 1.7, 1.4]) * iron + 0.02])
    runs = step(noise(rng, pixels, (30, 3), 3), 0.55, 0.8)
    sheet = mix(paint * (0.75 + 0.45 * noise(rng, pixels, 12, 5))[..., None], iron * 1.4, 0.5 * runs)
    return finish(mix(sheet, red, eaten) * (1 - 0.4 * rim)[..., None], 0.8 - 0.5 * eaten * fine)


def metal(colours: tuple, seed: int, pixels: int) -> Painted:
    """Brushed sheet with scratches and smears."""
    rng = generator(seed, 28)
    base = palette(colours, 1)[0]
    brushed = 0.6 * noise(rng, pixels, (3, 200), 2) + 0.4 * noise(rng, pixels, (8, 40), 3)
    smear = noise(rng, pixels, 4, 5)
    scratch = np.zeros((pixels, pixels), np.float32)
    for _ in range(40):
        start, angle = rng.random(2) * pixels, rng.normal(0, 0.5)
        stamp(scratch, oval(start, pixels * rng.uniform(0.03, 0.16), 0.9, angle), rng.uniform(0.3, 1))
    near, _, ids = pebbles(rng, pixels, 16)
    pits = step(near, 0.16, 0.06) * (rng.random(256) < 0.3)[ids]
    shade = (0.35 + 0.8 * brushed) * (0.65 + 0.7 * smear) * (1 - 0.55 * pits) + 0.35 * scratch
    return finish(base * shade[..., None], 0.6 * brushed + 0.3 - 0.3 * scratch)
