"""Painters of coats, feathers and of things with a picture all round: balls, melons, keyboards."""

from __future__ import annotations

import cv2
import numpy as np

from .base import Image, Painted, courses, finish, generator, grain, grid, mix, noise, palette, pebbles, step


def fur(colours: tuple, seed: int, pixels: int) -> Painted:
    """Short hair in tufts, with patches of the second colour."""
    rng = generator(seed, 80)
    first, second, third = palette(colours, 3)
    strands = noise(rng, pixels, (120, 24), 2, 0.8)
    tufts = noise(rng, pixels, (26, 9), 4, 0.7)
    patch = step(noise(rng, pixels, 4, 4), 0.46, 0.58)
    colour = mix(mix(first, second, patch), third, 0.5 * step(tufts, 0.5, 0.8))
    shade = 0.55 + 0.6 * strands + 0.35 * (tufts - 0.5)
    return finish(colour * shade[..., None], 0.4 * tufts + 0.6 * strands)


def feathers(colours: tuple, seed: int, pixels: int) -> Painted:
    """Rows of overlapping rounded feathers with pale rims."""
    rng = generator(seed, 81)
    first, second, rim = palette(colours, 3)
    rows = 12
    c = courses(pixels, rows, 8, np.arange(rows) % 2 * 0.5)
    reach = np.hypot((c.u - 0.5) * 1.25, c.v * 0.95)
    edge = step(reach, 0.62, 0.78)
    tone = rng.uniform(0.7, 1.15, int(c.cell.max()) + 1).astype(np.float32)[c.cell]
    quill = step(np.abs(c.u - 0.5), 0.05, 0.01) * (1 - edge)
    barbs = 0.85 + 0.3 * noise(rng, pixels, (90, 20), 2)
    colour = mix(mix(first, second, step(c.v, 0.2, 0.9)), rim, 0.7 * edge)
    return finish(colour * (tone * barbs * (1 - 0.3 * quill))[..., None], 0.5 + 0.4 * (0.7 - reach))


def _directions(pixels: int) -> Image:
    """(S, S, 3) unit directions of an equirectangular picture that is wrapped on a `ball`."""
    x, y = grid(pixels)
    turn, polar = 2 * np.pi * x, np.pi * y
    return np.stack([np.sin(polar) * np.sin(turn), -np.sin(polar) * np.cos(turn), np.cos(polar)], -1)


def _icosahedron() -> tuple[Image, Image]:
    """(12, 3) corners and (20, 3) faces of an icosahedron as unit directions."""
    g = (1 + np.sqrt(5)) / 2
    corners = np.array([np.roll([0, a, b * g], k) for k in range(3) for a in (-1, 1) for b in (-1, 1)])
    corners = corners / np.linalg.norm(corners[0])
    near = corners @ corners.T > 0.4
    faces = [corners[[i, j, k]].sum(axis=0) for i in range(12) for j in range(i) for k in range(j)
             if near[i, j] and near[j, k] and near[i, k]]  # fmt: skip
    return corners.astype(np.float32), np.array([f / np.linalg.norm(f) for f in faces], np.float32)


def football(colours: tuple, seed: int, pixels: int) -> Painted:
    """Twelve dark pentagons among twenty pale hexagons, stitched, scuffed; goes once round a ball."""
    rng = generator(seed, 82)
    pale, dark = palette(colours, 2)
    corners, faces = _icosahedron()
    way = _directions(pixels)
    # Pentagons are smaller: their pull ends earlier.
    pull = np.concatenate([way @ corners.T - 0.0405, way @ faces.T], axis=-1)
    best = np.sort(pull, axis=-1)
    seam = step(best[..., -1] - best[..., -2], 0.008, 0.022)
    which = np.argmax(pull, axis=-1)
    stitch = 0.6 + 0.4 * step(np.sin(way[..., 0] * 190) * np.sin(way[..., 2] * 190), -0.2, 0.2)
    colour = np.where((which < 12)[..., None], dark, pale)
    scuff = step(noise(rng, pixels, 6, 6, 0.8), 0.55, 0.85)
    shade = (0.85 + 0.3 * noise(rng, pixels, 40, 3)) * (1 - 0.35 * scuff) * (1 - (1 - seam) * 0.75 * stitch)
    return finish(colour * shade[..., None], 0.3 + 0.6 * seam)


def basketball(colours: tuple, seed: int, pixels: int) -> Painted:
    """Pebbled leather with the eight panels' black channels; goes once round a ball."""
    rng = generator(seed, 83)
    skin, line = palette(colours, 2)
    way = _directions(pixels)
    bent = np.abs(np.abs(way[..., 0]) - 0.62 - 0.28 * way[..., 2] ** 2)
    apart = np.minimum(np.minimum(np.abs(way[..., 1]), np.abs(way[..., 2])), bent)
    seam = step(apart, 0.014, 0.026)
    near, _, _ = pebbles(rng, pixels, 80, 0.7)
    worn = 0.75 + 0.5 * noise(rng, pixels, 5, 5)
    print_ = step(np.abs(way[..., 2] - 0.3) + 0.25 * np.abs(way[..., 0]), 0.09, 0.07) * (way[..., 1] < 0)
    colour = mix(skin * (worn * (1.15 - 0.5 * near))[..., None], line * 0.5, 0.7 * print_)
    return finish(mix(line, colour, seam), 0.3 * seam + 0.5 * (1 - near) * seam)


def gores(colours: tuple, seed: int, pixels: int) -> Painted:
    """Coloured segments that meet at both poles, with welds, prints and scuffs; goes once round a ball."""
    rng = generator(seed, 84)
    tints = palette(colours, 4)
    x, y = grid(pixels)
    slot = np.floor(x * 8).astype(int) % 8
    order = np.array([0, 1, 2, 1, 3, 1, 0, 1]) if seed % 2 else np.array([0, 1, 2, 3, 0, 1, 2, 3])
    colour = np.stack(tints)[order[slot]]
    weld = np.abs(x * 8 - np.round(x * 8)) * np.sin(np.pi * y)
    dots = np.hypot((x * 24) % 1 - 0.5, (y * 14) % 1 - 0.5)
    marked = step(dots, 0.3, 0.24) * (slot % 4 == 2) * step(np.abs(y - 0.5), 0.36, 0.32)
    colour = mix(colour, tints[1], marked)
    cap = step(np.minimum(y, 1 - y), 0.07, 0.06)
    colour = mix(colour, tints[1], cap)
    shade = (0.8 + 0.35 * noise(rng, pixels, 6, 6, 0.7)) * (0.7 + 0.3 * step(weld, 0.01, 0.03))
    return finish(colour * shade[..., None], 0.6 + 0.2 * step(weld, 0.0, 0.06))


def melon(colours: tuple, seed: int, pixels: int) -> Painted:
    """Ragged dark bands from pole to pole on a pale rind; goes once round."""
    rng = generator(seed, 85)
    dark, pale = palette(colours, 2)
    x, y = grid(pixels)
    wander = 0.9 * (noise(rng, pixels, (10, 14), 4, 0.7) - 0.5) * np.sin(np.pi * y)
    band = step(np.sin(2 * np.pi * (11 * x + wander)), -0.35, 0.25)
    mottled = 0.7 + 0.6 * noise(rng, pixels, 40, 3, 0.7)
    tip = step(np.minimum(y, 1 - y), 0.06, 0.02)
    return finish(mix(mix(pale, dark, band), pale * 0.6, tip) * mottled[..., None], 0.5 * mottled)


def keys(colours: tuple, seed: int, pixels: int) -> Painted:
    """A panel of lettered key caps in shifted rows."""
    rng = generator(seed, 86)
    cap, ground, ink = palette(colours, 3)
    rows, columns = 5, 12
    c = courses(pixels, rows, columns, np.array([0.0, 0.5, 0.75, 0.25, 0.0]))
    top = step(c.edge, 0.006, 0.012)
    tone = rng.uniform(0.9, 1.08, rows * columns).astype(np.float32)[c.cell]
    worn = 0.9 + 0.2 * noise(rng, pixels, 30, 4)
    canvas = np.ascontiguousarray(mix(ground * worn[..., None], cap * (tone * worn)[..., None], top))
    letters = "1234567890-=QWERTYUIOP[]ASDFGHJKL;'#ZXCVBNM,./<>+*-&%$!?@(){}"
    shift = (0.0, 0.5, 0.75, 0.25, 0.0)
    for k in range(rows * columns):
        row, column = divmod(k, columns)
        x = (column + 0.28 - shift[row]) % columns / columns
        if x < 0.9:
            at = (round(x * pixels), round((row + 0.55) / rows * pixels))
            cv2.putText(canvas, letters[k % len(letters)], at, cv2.FONT_HERSHEY_SIMPLEX, pixels / 1100,
                        [float(v) for v in ink], max(1, pixels // 400), cv2.LINE_AA)  # fmt: skip
    return finish(canvas, 0.2 + 0.7 * top + 0.002 * grain(rng, pixels))
