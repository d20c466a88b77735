"""Painters of wood: boards, floors, bark."""

from __future__ import annotations

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
    palette,
    pebbles,
    ramp,
    step,
)


def _figure(rng: np.random.Generator, pixels: int, rings: int, phase: Image | float = 0.0) -> Image:
    """Year rings and fibres that run to the right, 0..1."""
    _, y = grid(pixels)
    bend = noise(rng, pixels, (2, 4), 3) * 2.2 + noise(rng, pixels, (4, 24), 2) * 0.25
    turns = y * rings + bend * rings / 4 + phase
    rings_part = np.abs(turns % 1 - 0.35) / 0.65
    fibres = noise(rng, pixels, (8, 128), 2)
    return np.clip(0.55 * rings_part + 0.75 * fibres - 0.12, 0, 1)


def wood(colours: tuple, seed: int, pixels: int) -> Painted:
    """One broad board with rings, fibres and a few knots."""
    rng = generator(seed, 1)
    light, dark = palette(colours, 2)
    figure = _figure(rng, pixels, 9)
    near, _, ids = pebbles(rng, pixels, 3)
    knot = step(near, 0.16, 0.03) * (rng.random(9) < 0.3)[ids]
    shade = np.clip(figure + 0.25 * (noise(rng, pixels, 3) - 0.5) - 0.7 * knot, 0, 1)
    colour = ramp(shade, [dark * 0.75, 0.55 * light + 0.3 * dark, light, light * 1.12])
    return finish(colour, 0.3 + 0.5 * figure - 0.2 * knot)


def planks(colours: tuple, seed: int, pixels: int) -> Painted:
    """Eight boards with open joints, each of its own tone."""
    rng = generator(seed, 2)
    light, dark = palette(colours, 2)
    c = courses(pixels, 8, 2, rng.random(8) * 2)
    tone = rng.uniform(0.68, 1.15, 16).astype(np.float32)[c.cell]
    figure = _figure(rng, pixels, 20, (rng.random(16) * 7).astype(np.float32)[c.cell])
    joint = step(c.edge, 0.001, 0.0045)
    colour = ramp(figure, [dark, 0.7 * light + 0.2 * dark, light]) * tone[..., None]
    colour = colour * (0.12 + 0.88 * joint)[..., None]
    return finish(colour, joint * (0.75 + 0.2 * figure))


def parquet(colours: tuple, seed: int, pixels: int) -> Painted:
    """Square fields of four staves, their direction turned from field to field."""
    rng = generator(seed, 3)
    light, dark = palette(colours, 2)
    c = courses(pixels, 4, 4)
    turned = (c.cell // 4 + c.cell % 4) % 2 == 1
    along, across = np.where(turned, c.v, c.u), np.where(turned, c.u, c.v)
    stave = (across * 4).astype(np.int64)
    ids = c.cell * 4 + stave
    tone = rng.uniform(0.7, 1.18, 64).astype(np.float32)[ids]
    fibre_x, fibre_y = noise(rng, pixels, (12, 110), 2), noise(rng, pixels, (110, 12), 2)
    figure = np.where(turned, fibre_y, fibre_x) * 0.8 + 0.25 * noise(rng, pixels, 6, 3)
    local = across * 4 - stave
    edge = np.minimum(np.minimum(local, 1 - local) / 16, np.minimum(along, 1 - along) / 4)
    joint = step(edge.astype(np.float32), 0.0006, 0.003)
    colour = ramp(figure, [dark, 0.75 * light + 0.15 * dark, light * 1.1]) * tone[..., None]
    return finish(colour * (0.3 + 0.7 * joint)[..., None], joint * (0.8 + 0.15 * figure))


def bark(colours: tuple, seed: int, pixels: int) -> Painted:
    """Upright ridges and deep cracks with lichen spots."""
    rng = generator(seed, 4)
    ridge, crack, lichen = palette(colours, 3)
    x, _ = grid(pixels)
    bend = noise(rng, pixels, (5, 3), 4) * 1.6 + noise(rng, pixels, (24, 8), 3) * 0.5
    plates = np.abs((x * 11 + bend * 3) % 1 - 0.5) * 2
    breaks = noise(rng, pixels, (14, 10), 3)
    relief = np.clip(1.25 * plates * (0.5 + breaks) - 0.05, 0, 1)
    rough = noise(rng, pixels, (60, 30), 3)
    colour = ramp(np.clip(relief * (0.55 + 0.9 * rough), 0, 1), [crack * 0.35, crack, ridge, ridge * 1.25])
    spots = step(noise(rng, pixels, 6, 4), 0.7, 0.85) * step(relief, 0.25, 0.6)
    colour = mix(colour, 0.5 * lichen + 0.5 * colour, spots * 0.8)
    return finish(colour * (1 + 0.08 * grain(rng, pixels))[..., None], relief * (0.75 + 0.25 * rough))
