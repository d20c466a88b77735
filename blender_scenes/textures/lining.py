"""Painters of what lines rooms: tiles, terrazzo, acoustic ceilings, carpet tiles, guiding studs."""

from __future__ import annotations

import numpy as np

from .base import Painted, courses, finish, generator, grid, mix, noise, palette, pebbles, ramp, step


def metro(colours: tuple, seed: int, pixels: int) -> Painted:
    """Twelve courses of glazed bevelled tiles in running bond, some rows in the second colour."""
    rng = generator(seed, 70)
    base, band = palette(colours, 2)
    rows, columns = 12, 6
    c = courses(pixels, rows, columns, np.arange(rows) % 2 * 0.5)
    tone = rng.uniform(0.78, 1.1, rows * columns).astype(np.float32)[c.cell]
    banded = np.isin(c.row, rng.choice(rows, 2, replace=False)).astype(np.float32) * (seed % 2)
    cloud, fine = noise(rng, pixels, 8, 5, 0.7), noise(rng, pixels, 70, 2)
    bevel = step(c.edge, 0.004, 0.011)
    light = np.where(c.v * columns < 0.5 * rows * c.u, 1.0, 0.9)
    body = (
        mix(base, band, banded) * (tone * (0.7 + 0.4 * cloud + 0.15 * fine) * (light + (1 - light) * bevel))[..., None]
    )
    joint = 0.35 * base * (0.4 + 1.0 * noise(rng, pixels, 60, 3))[..., None]
    inside = step(c.edge, 0.002, 0.004)
    worn = 1 - 0.3 * step(noise(rng, pixels, (9, 3), 5), 0.6, 0.85)
    return finish(mix(joint, body, inside) * worn[..., None], inside * (0.5 + 0.4 * bevel))


def terrazzo(colours: tuple, seed: int, pixels: int) -> Painted:
    """Chips of several stones in cement, cut into four slabs with thin joints."""
    rng = generator(seed, 71)
    ground, first, second = palette(colours, 3)
    cement = ground * (0.75 + 0.4 * noise(rng, pixels, 5, 6, 0.7))[..., None]
    tints = np.stack([first, second, 0.45 * ground, 0.5 * ground + 0.35])
    colour = cement
    for count, share, size in ((64, 0.7, 0.42), (30, 0.45, 0.36)):
        near, _, ids = pebbles(rng, pixels, count)
        ragged = near + 0.25 * (noise(rng, pixels, 60, 2) - 0.5)
        chip = step(ragged, size, size - 0.08) * (rng.random(count * count) < share)[ids]
        tone = rng.uniform(0.6, 1.25, count * count).astype(np.float32)
        colour = mix(colour, tints[rng.integers(0, 4, count * count)][ids] * tone[ids][..., None], chip)
    c = courses(pixels, 2, 2)
    slab = rng.uniform(0.88, 1.08, 4).astype(np.float32)[c.cell]
    joint = step(c.edge, 0.0012, 0.003)
    scuff = 1 - 0.25 * step(noise(rng, pixels, 4, 6, 0.7), 0.55, 0.85)
    return finish(colour * (slab * scuff * (0.4 + 0.6 * joint))[..., None], joint)


def acoustic(colours: tuple, seed: int, pixels: int) -> Painted:
    """Two by two ceiling panels with fissures and pinholes between metal bars."""
    rng = generator(seed, 72)
    base, bar = palette(colours, 1)[0], palette(colours, 3)[2]
    near, _, ids = pebbles(rng, pixels, 64)
    holes = step(near, 0.3, 0.16) * (rng.random(64 * 64) < 0.55)[ids]
    worms = step(np.abs(noise(rng, pixels, (48, 20), 3) - 0.5), 0.03, 0.008) * step(noise(rng, pixels, 30, 2), 0.5, 0.7)
    c = courses(pixels, 2, 2)
    tone = rng.uniform(0.86, 1.05, 4).astype(np.float32)[c.cell]
    stain = 1 - 0.22 * step(noise(rng, pixels, 3, 5), 0.6, 0.85)
    marks = np.clip(0.55 * holes + 0.5 * worms, 0, 1)
    panel = base * (tone * stain * (0.82 + 0.3 * noise(rng, pixels, 50, 3)) * (1 - 0.6 * marks))[..., None]
    rail = step(c.edge, 0.014, 0.012)
    shadow = 1 - 0.5 * step(c.edge, 0.022, 0.013) * (1 - rail)
    colour = mix(
        panel * shadow[..., None], (0.5 * bar + 0.2) * (0.8 + 0.3 * noise(rng, pixels, 20, 3))[..., None], rail
    )
    return finish(colour, 0.5 * (1 - marks) + 0.5 * rail)


def weave(colours: tuple, seed: int, pixels: int) -> Painted:
    """Four by four carpet tiles of looped pile, laid crosswise, some in the second colour."""
    rng = generator(seed, 73)
    base, other = palette(colours, 2)
    c = courses(pixels, 4, 4)
    turned = (c.row + c.cell % 4) % 2 == 0
    fibre = np.where(turned, noise(rng, pixels, (16, 128), 2), noise(rng, pixels, (128, 16), 2))
    loops = 0.5 * fibre + 0.5 * noise(rng, pixels, 128, 2)
    accent = (rng.random(16) < 0.25).astype(np.float32)[c.cell]
    lines = step(np.where(turned, c.v, c.u) * 5 % 1, 0.12, 0.05) * (rng.random(16) < 0.5)[c.cell]
    tone = rng.uniform(0.85, 1.12, 16).astype(np.float32)[c.cell]
    colour = mix(mix(base, other, 0.8 * accent), other, 0.45 * lines)
    shade = tone * (0.35 + 1.3 * loops) * (0.85 + 0.3 * noise(rng, pixels, 3, 5)) * (0.8 + 0.2 * step(c.edge, 0, 0.004))
    return finish(colour * shade[..., None], loops)


def tactile(colours: tuple, seed: int, pixels: int) -> Painted:
    """Guiding slabs with rows of raised studs, rubbed and dirty."""
    rng = generator(seed, 74)
    base, dirt = palette(colours, 2)
    x, y = grid(pixels)
    u, v = x * 12 % 1 - 0.5, y * 12 % 1 - 0.5
    stud = step(np.hypot(u, v), 0.34, 0.24)
    light = np.clip(1 + 1.1 * (-u - v) * step(np.hypot(u, v), 0.42, 0.3), 0.4, 1.5)
    c = courses(pixels, 2, 2)
    tone = rng.uniform(0.85, 1.1, 4).astype(np.float32)[c.cell] * (0.3 + 0.7 * step(c.edge, 0.001, 0.006))
    grime = ramp(noise(rng, pixels, 6, 6, 0.75), [dirt * 0.6, 0.5 * dirt + 0.5 * base, base, base])
    shade = tone * light * (0.75 + 0.5 * noise(rng, pixels, 50, 2)) * (0.8 + 0.25 * stud)
    return finish(grime * shade[..., None], stud)
