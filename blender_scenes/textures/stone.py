"""Painters of masonry, stone, plaster and fired clay."""

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
    palette,
    pebbles,
    step,
)


def _dirt(rng: np.random.Generator, pixels: int, depth: float = 0.35) -> Image:
    """(S, S, 1) broad darker patches to multiply a colour with."""
    return (1 + depth * (noise(rng, pixels, 3, 5) - 0.55))[..., None]


def brick(colours: tuple, seed: int, pixels: int) -> Painted:
    """Twelve courses of running bond; colours: brick, mortar."""
    rng = generator(seed, 10)
    stone, mortar = palette(colours, 2) if len(colours) > 1 else (palette(colours, 1)[0], np.full(3, 0.42))
    c = courses(pixels, 12, 4, np.arange(12) % 2 * 0.5 + rng.uniform(-0.06, 0.06, 12))
    tone = rng.uniform(0.5, 1.25, 48).astype(np.float32)[c.cell]
    tint = 1 + (rng.random((48, 3)) - 0.5).astype(np.float32)[c.cell] * 0.22
    ragged = c.edge + 0.006 * (noise(rng, pixels, 32, 2) - 0.5)
    inside = step(ragged, 0.0055, 0.0085)
    fine = noise(rng, pixels, 48, 3)
    body = stone * tint * (tone * (0.6 + 0.8 * fine))[..., None]
    joint = mortar * (0.65 + 0.7 * noise(rng, pixels, 80, 2))[..., None]
    return finish(mix(joint, body, inside) * _dirt(rng, pixels), inside * (0.7 + 0.3 * fine))


def tiles(colours: tuple, seed: int, pixels: int) -> Painted:
    """Glazed square tiles, plain ones between decorated ones; colours: tile, ornament, joint."""
    rng = generator(seed, 11)
    base, ornament = palette(colours, 2)
    joint_colour = np.asarray(colours[2], np.float32) if len(colours) > 2 else 0.45 * base + 0.05
    count = 4
    c = courses(pixels, count, count)
    cu, cv = np.abs(c.u - 0.5) * 2, np.abs(c.v - 0.5) * 2
    radius = np.hypot(cu, cv)
    star = np.abs(np.sin(rng.integers(2, 5) * np.arctan2(c.v - 0.5, c.u - 0.5)))
    shapes = [radius < 0.35 + 0.4 * star, np.abs(cu + cv - 0.8) < 0.14, np.abs(radius - 0.6) < 0.12,
              np.maximum(cu, cv) > 0.78]  # fmt: skip
    kinds = rng.permutation(4)[:2]
    figure = shapes[kinds[0]] ^ (shapes[kinds[1]] & (radius < 0.95))
    chequer = (c.row + c.cell % count) % 2 == rng.integers(2)
    cloud = noise(rng, pixels, 6, 5)
    tone = rng.uniform(0.82, 1.1, count * count).astype(np.float32)[c.cell] * (0.78 + 0.44 * cloud)
    colour = mix(base, ornament, (figure & chequer).astype(np.float32)) * tone[..., None]
    inside = step(c.edge, 0.003, 0.006)
    colour = mix(joint_colour * (0.6 + 0.8 * noise(rng, pixels, 64, 2))[..., None], colour, inside)
    return finish(colour, inside * (0.85 + 0.1 * cloud))


def plaster(colours: tuple, seed: int, pixels: int) -> Painted:
    """Rendered wall with trowel strokes, stains and hair cracks."""
    rng = generator(seed, 12)
    base, stain = palette(colours, 2)
    relief = 0.6 * noise(rng, pixels, 16, 5, 0.7) + 0.4 * noise(rng, pixels, (10, 40), 3)
    patches = step(noise(rng, pixels, 3, 6), 0.45, 0.8)
    near, second, _ = pebbles(rng, pixels, 5)
    wander = 0.25 * (noise(rng, pixels, 24, 3) - 0.5)
    crack = step(second - near + np.abs(wander), 0.035, 0.008) * step(noise(rng, pixels, 4, 2), 0.5, 0.65)
    colour = mix(base, 0.55 * base + 0.45 * stain, 0.75 * patches) * (0.62 + 0.76 * relief)[..., None]
    return finish(colour * (1 - 0.55 * crack)[..., None] * _dirt(rng, pixels, 0.25), relief * (1 - 0.6 * crack))


def concrete(colours: tuple, seed: int, pixels: int) -> Painted:
    """Cast concrete: two shutter panels, tie holes, pores and runs of water."""
    rng = generator(seed, 13)
    base, stain = palette(colours, 2)
    cloud, fine = noise(rng, pixels, 4, 6, 0.65), noise(rng, pixels, 64, 3, 0.8)
    c = courses(pixels, 2, 2, np.array([0.0, 0.5]))
    tone = rng.uniform(0.85, 1.12, 4).astype(np.float32)[c.cell]
    seam = step(c.edge, 0.0015, 0.004)
    hole = np.minimum.reduce([np.hypot(c.u - a, c.v - b) for a in (0.2, 0.8) for b in (0.2, 0.8)])
    holes = step(hole, 0.022, 0.03)
    near, _, ids = pebbles(rng, pixels, 40)
    pores = step(near, 0.1, 0.2) + (rng.random(1600) > 0.22)[ids]
    runs = step(noise(rng, pixels, (20, 2), 4), 0.55, 0.85)
    marks = np.clip(pores, 0, 1) * holes * seam
    colour = mix(base, 0.4 * base + 0.6 * stain, 0.55 * runs) * (tone * (0.5 + 0.6 * cloud + 0.4 * fine))[..., None]
    return finish(colour * (0.35 + 0.65 * marks)[..., None], marks * (0.6 + 0.4 * fine))


def marble(colours: tuple, seed: int, pixels: int) -> Painted:
    """Polished stone with clouds and veins of two depths."""
    rng = generator(seed, 14)
    base, vein = palette(colours, 2)
    x, y = grid(pixels)
    bend = noise(rng, pixels, 3, 6)
    broad = 1 - np.abs(np.sin(np.pi * (2 * x + y + 3.2 * bend)))
    thin = 1 - np.abs(np.sin(np.pi * (3 * x - 4 * y + 4.5 * noise(rng, pixels, 4, 6, 0.6))))
    veins = np.clip(0.9 * broad**7 + 0.6 * thin**14 + 0.35 * step(bend, 0.5, 0.9), 0, 1)
    colour = mix(base, vein, veins) * (0.8 + 0.4 * noise(rng, pixels, 12, 5, 0.75))[..., None]
    return finish(colour, 0.5 + 0.1 * noise(rng, pixels, 12, 3))


def terracotta(colours: tuple, seed: int, pixels: int) -> Painted:
    """Fired clay: turning lines, speckles and lime bloom."""
    rng = generator(seed, 15)
    clay, bloom = palette(colours, 1)[0], palette(colours, 3)[2]
    lines = noise(rng, pixels, (3, 80), 2)
    cloud, fine = noise(rng, pixels, 4, 5), noise(rng, pixels, 90, 2)
    colour = clay * (0.3 + 0.5 * cloud + 0.45 * lines + 0.45 * fine)[..., None]
    colour = mix(colour, 0.6 * colour + 0.4 * bloom, step(noise(rng, pixels, 5, 5, 0.7), 0.58, 0.8))
    near, _, ids = pebbles(rng, pixels, 36)
    specks = step(near, 0.24, 0.12) * (rng.random(1296) < 0.25)[ids]
    return finish(mix(colour, clay * 0.22, specks), 0.5 * lines + 0.4 * fine)


def glaze(colours: tuple, seed: int, pixels: int) -> Painted:
    """Ceramic glaze: drips of a second colour, speckles, painted bands."""
    rng = generator(seed, 16)
    base, drip, speck = palette(colours, 3)
    _, y = grid(pixels)
    level = 0.5 + 0.34 * np.sin(2 * np.pi * y) + 0.55 * (noise(rng, pixels, (9, 1), 2) - 0.5)
    flow = step(level.astype(np.float32), 0.48, 0.56)
    rim = np.exp(-(((level - 0.52) / 0.03) ** 2))
    cloud, fine = noise(rng, pixels, 6, 5, 0.65), noise(rng, pixels, 70, 2)
    colour = mix(base, drip, flow) * (0.6 + 0.5 * cloud + 0.3 * fine)[..., None]
    colour = mix(colour, 0.5 * drip + 0.3 * base, 0.6 * rim.astype(np.float32))
    near, _, ids = pebbles(rng, pixels, 26)
    dots = step(near, 0.22, 0.1) * (rng.random(676) < 0.4)[ids]
    return finish(mix(colour, speck * 0.8, dots), 0.4 + 0.3 * flow + 0.2 * cloud)


def pavers(colours: tuple, seed: int, pixels: int) -> Painted:
    """Paving stones, sawn or cobbled, with sanded joints; colours: stone, second stone."""
    rng = generator(seed, 17)
    stone, other = palette(colours, 2)
    fine = noise(rng, pixels, 64, 3, 0.75)
    if seed % 2:
        rows, columns = 10, 7
        c = courses(pixels, rows, columns, np.arange(rows) * 0.5 + rng.uniform(-0.1, 0.1, rows))
        cell, edge, width = c.cell, c.edge + 0.006 * (noise(rng, pixels, 20, 3) - 0.5), 0.008
        number = rows * columns
    else:
        c = courses(pixels, 6, 4, np.arange(6) * 0.5)
        cell, edge, width, number = c.cell, c.edge, 0.004, 24
    inside = step(edge, width * 0.5, width)
    tone = rng.uniform(0.68, 1.2, number).astype(np.float32)[cell] * (0.45 + 1.1 * fine)
    second = (rng.random(number) < 0.3).astype(np.float32)[cell]
    body = mix(stone, 0.5 * stone + 0.5 * other, second) * tone[..., None]
    joint = stone * 0.3 * (0.4 + 1.2 * noise(rng, pixels, 90, 2))[..., None]
    return finish(mix(joint, body, inside) * _dirt(rng, pixels, 0.5), inside * (0.75 + 0.25 * fine))


def roof(colours: tuple, seed: int, pixels: int) -> Painted:
    """Rows of overlapping rounded roof tiles, their lower ends down."""
    rng = generator(seed, 18)
    clay, moss = palette(colours, 2)
    c = courses(pixels, 10, 12, np.arange(10) % 2 * 0.5)
    tone = rng.uniform(0.55, 1.2, 120).astype(np.float32)[c.cell]
    arc = np.sqrt(np.clip(1 - (2 * c.u - 1) ** 2, 0, 1))
    lip = step(c.v - (0.55 + 0.4 * arc), 0.0, 0.08)
    fine = noise(rng, pixels, 48, 3)
    shade = (0.45 + 0.55 * arc) * (0.65 + 0.35 * c.v) * (1 - 0.75 * lip)
    colour = clay * (tone * shade * (0.65 + 0.8 * fine))[..., None]
    colour = mix(colour, 0.5 * moss * fine[..., None] + 0.4 * colour, step(noise(rng, pixels, 4, 5), 0.6, 0.85))
    return finish(colour * 1.15, arc * (0.4 + 0.6 * c.v) * (1 - lip))
