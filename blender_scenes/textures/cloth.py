"""Painters of cloth, leather and wall covering."""

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
    oval,
    palette,
    pebbles,
    ramp,
    stamp,
    step,
)


def _weave(pixels: int, threads: int) -> Image:
    """Relief of a plain weave with an even number of threads each way, 0..1."""
    x, y = grid(pixels)
    gx, gy = x * threads, y * threads
    over = (np.floor(gx) + np.floor(gy)) % 2
    bump_x, bump_y = np.abs(np.sin(np.pi * gx)), np.abs(np.sin(np.pi * gy))
    return np.where(over > 0, bump_x * (0.5 + 0.5 * bump_y), bump_y * (0.5 + 0.5 * bump_x)).astype(np.float32)


def fabric(colours: tuple, seed: int, pixels: int) -> Painted:
    """Upholstery cloth: visible weave, slubs and a woven motif of the second colour."""
    rng = generator(seed, 30)
    base, motif = palette(colours, 2)
    relief = _weave(pixels, 64)
    slubs = 0.5 * noise(rng, pixels, (6, 90), 2) + 0.5 * noise(rng, pixels, (90, 6), 2)
    c = courses(pixels, 4, 4, np.arange(4) % 2 * 0.5)
    spread = np.abs(c.u - 0.5) + np.abs(c.v - 0.5)
    figure = ((spread < 0.3) & (spread > 0.18)) | (spread < 0.07)
    colour = mix(base, motif, 0.8 * (figure.astype(np.float32)))
    shade = (0.5 + 0.5 * relief) * (0.6 + 0.8 * slubs) * (0.8 + 0.4 * noise(rng, pixels, 3, 4))
    return finish(colour * shade[..., None], relief)


def denim(colours: tuple, seed: int, pixels: int) -> Painted:
    """Blue twill with worn places and stitched seams."""
    rng = generator(seed, 31)
    base, light = palette(colours, 2)
    x, y = grid(pixels)
    twill = 0.5 + 0.5 * np.sin(2 * np.pi * (64 * x + 64 * y))
    slubs = noise(rng, pixels, (100, 8), 2)
    worn = step(noise(rng, pixels, 3, 5), 0.45, 0.85)
    colour = mix(base, light, np.clip(0.25 * twill + 0.5 * worn + 0.7 * (slubs - 0.45), 0, 1))
    for line in (0.24, 0.27):
        seam = (np.abs(x - line) < 0.004) & (y * 40 % 1 < 0.65)
        colour = mix(colour, np.float32([0.5, 0.25, 0.06]), seam.astype(np.float32))
    fold = step(np.abs(x - 0.255), 0.035, 0.028)
    return finish(colour * (1 - 0.25 * fold)[..., None], 0.5 * twill + 0.3 * fold)


def knit(colours: tuple, seed: int, pixels: int) -> Painted:
    """Stocking stitch with a coloured yoke pattern."""
    rng = generator(seed, 32)
    colours_3 = palette(colours, 3)
    rows, columns = 32, 24
    x, y = grid(pixels)
    lean = np.abs((x * columns) % 1 - 0.5)
    v = (y * rows + lean * 1.2) % 1
    row = np.floor(y * rows + lean * 1.2).astype(int) % rows
    column = (x * columns).astype(int)
    loop = np.sin(np.pi * v) * np.abs(np.sin(2 * np.pi * (x * columns % 1))) ** 0.5
    chart = rng.integers(0, 3, (8, 6)) * (rng.random((8, 1)) < 0.7)
    chart = np.concatenate([chart, chart[:, ::-1]], axis=1)
    colour = np.stack(colours_3)[chart[row % 8, column % 12]]
    fuzz = noise(rng, pixels, 80, 2)
    shade = (0.3 + 0.75 * loop) * (0.7 + 0.6 * fuzz) * (0.85 + 0.3 * noise(rng, pixels, 3, 3))
    return finish(colour * shade[..., None].astype(np.float32), loop)


def carpet(colours: tuple, seed: int, pixels: int) -> Painted:
    """Oriental rug: medallions on a field between ornamented borders."""
    rng = generator(seed, 33)
    field, border, line = palette(colours, 3)
    x, y = grid(pixels)
    half_x, half_y = np.abs(x - 0.5), np.abs(y - 0.5)
    rim = np.maximum(half_x, half_y)
    c = courses(pixels, 16, 16)
    spot = np.abs(c.u - 0.5) + np.abs(c.v - 0.5)
    motif = spot < 0.28 + 0.18 * (c.cell % 2)
    kind = int(rng.integers(3, 7))
    angle, radius = np.arctan2(y - 0.5, x - 0.5), np.hypot(x - 0.5, y - 0.5)
    rosette = radius * (1 + 0.18 * np.cos(2 * kind * angle))
    colour = mix(field, line, (motif & (c.cell % 3 == 0)).astype(np.float32) * 0.8)
    bands = [(rosette < 0.3, border), (rosette < 0.27, line), (rosette < 0.24, field),
             (rosette < 0.15, border), (rosette < 0.07, line), ((rim > 0.36), line), ((rim > 0.375), border),
             ((rim > 0.4) & (rim < 0.47) & motif, line), ((rim > 0.48), field)]  # fmt: skip
    for where, tint in bands:
        colour = np.where(where[..., None], tint, colour)
    small = (spot < 0.2) & (rosette < 0.24) & (rosette > 0.07)
    colour = np.where(small[..., None], line * 0.6, colour)
    pile = noise(rng, pixels, 120, 2)
    shade = (0.45 + 1.1 * pile) * (0.85 + 0.3 * noise(rng, pixels, (3, 24), 3))
    return finish(colour * shade[..., None], pile)


def leather(colours: tuple, seed: int, pixels: int) -> Painted:
    """Grained hide with creases and rubbed spots."""
    rng = generator(seed, 34)
    base = palette(colours, 1)[0]
    worn = palette(colours, 2)[1] if len(colours) > 1 else base * 1.9
    near, second, ids = pebbles(rng, pixels, 48)
    cells = step(second - near, 0.02, 0.35)
    a, b, _ = pebbles(rng, pixels, 7)
    crease = step(np.abs(b - a + 0.3 * (noise(rng, pixels, 16, 3) - 0.5)), 0.05, 0.01)
    cloud = noise(rng, pixels, 3, 6, 0.65)
    tone = rng.uniform(0.85, 1.15, 2304).astype(np.float32)[ids]
    colour = mix(base, 0.6 * base + 0.4 * worn, step(noise(rng, pixels, 4, 5), 0.5, 0.85))
    shade = tone * (0.4 + 0.55 * cells) * (0.55 + 0.95 * cloud) * (1 - 0.5 * crease)
    return finish(colour * 1.15 * shade[..., None], cells * (1 - 0.6 * crease))


def camo(colours: tuple, seed: int, pixels: int) -> Painted:
    """Blots of four colours on a ripstop weave."""
    rng = generator(seed, 35)
    tints = palette(colours, 4)
    colour = np.broadcast_to(tints[0], (pixels, pixels, 3)).copy()
    for tint in tints[1:]:
        colour[noise(rng, pixels, (4, 6), 5) > 0.56] = tint
    x, y = grid(pixels)
    rip = np.maximum(np.abs(x * 32 % 1 - 0.5), np.abs(y * 32 % 1 - 0.5)) > 0.44
    relief = _weave(pixels, 96) * 0.5 + 0.4 * rip
    shade = (0.75 + 0.3 * relief) * (0.7 + 0.6 * noise(rng, pixels, 60, 3))
    return finish(colour * shade[..., None], relief)


def patchwork(colours: tuple, seed: int, pixels: int) -> Painted:
    """Quilt of printed squares: dots, stripes, checks and plain ones, stitched."""
    rng = generator(seed, 36)
    tints = np.stack(palette(colours, 5))
    count = 5
    c = courses(pixels, count, count)
    first, second = rng.integers(0, 5, (2, 25))
    second = np.where(first == second, (second + 1) % 5, second)
    prints = np.stack([np.hypot(c.u * 5 % 1 - 0.5, c.v * 5 % 1 - 0.5) < 0.27, c.u * 4 % 1 < 0.4,
                       (np.floor(c.u * 6) + np.floor(c.v * 6)) % 2 > 0, (c.u + c.v) * 4 % 1 < 0.35,
                       np.hypot(c.u - 0.5, c.v - 0.5) * 6 % 1 < 0.4])  # fmt: skip
    chosen = np.take_along_axis(prints, rng.integers(0, 5, 25)[c.cell][None], axis=0)[0]
    colour = np.where(chosen[..., None], tints[second[c.cell]], tints[first[c.cell]])
    puff = step(c.edge, 0, 0.03)
    stitch = (np.abs(c.edge - 0.012) < 0.002) & ((c.u * 12 % 1 < 0.6) & (c.v * 12 % 1 < 0.6))
    shade = (0.55 + 0.45 * puff) * (0.7 + 0.6 * noise(rng, pixels, 70, 3))
    return finish(np.where(stitch[..., None], 0.7, colour * shade[..., None]), puff)


def _flower(canvas: Image, centre: Image, size: float, turn: float, petals: int, tints: list[Image]) -> None:
    for k in range(petals):
        angle = turn + 2 * np.pi * k / petals
        middle = centre + 0.55 * size * np.array([np.cos(angle), np.sin(angle)])
        stamp(canvas, oval(middle, 0.55 * size, 0.34 * size, angle), tints[0])
        stamp(canvas, oval(middle, 0.34 * size, 0.12 * size, angle), tints[0] * 0.65)
    stamp(canvas, oval(centre, 0.26 * size, 0.26 * size, 0), tints[1])


def floral(colours: tuple, seed: int, pixels: int) -> Painted:
    """Print of flowers and leaves scattered over a ground colour."""
    rng = generator(seed, 37)
    ground, petal, heart = palette(colours, 3)
    fourth = palette(colours, 4)[3]
    colour = np.broadcast_to(ground, (pixels, pixels, 3)).copy()
    for _ in range(46):
        size = pixels * rng.uniform(0.03, 0.06)
        stamp(colour, oval(rng.random(2) * pixels, size, size * 0.4, rng.random() * 6.3, 0.7), fourth * 0.8)
    for k in range(20):
        centre = (np.array([k % 5 + k // 5 % 2 * 0.5, k // 5 * 1.25]) + rng.uniform(0.2, 0.8, 2)) / 5 * pixels
        tints = [petal, heart] if rng.random() < 0.6 else [fourth, petal]
        _flower(
            colour,
            centre,
            pixels * rng.uniform(0.05, 0.1),
            rng.random() * 6.3,
            int(rng.integers(5, 8)),
            tints,
        )
    relief = _weave(pixels, 80)
    shade = (0.78 + 0.3 * relief) * (0.7 + 0.55 * noise(rng, pixels, 60, 3))
    return finish(colour * shade[..., None], relief)


def wallpaper(colours: tuple, seed: int, pixels: int) -> Painted:
    """Paper with damask, striped or sprigged ornament."""
    rng = generator(seed, 38)
    ground, ornament = palette(colours, 2)
    c = courses(pixels, 4, 4, np.arange(4) % 2 * 0.5)
    du, dv = np.abs(c.u - 0.5) * 2, (c.v - 0.5) * 2
    angle, radius = np.arctan2(dv, du), np.hypot(du, dv)
    kind = seed % 3
    if kind == 0:
        lobes = 0.5 + 0.32 * np.cos(4 * angle) + 0.12 * np.cos(10 * angle + 1)
        figure = (radius < lobes) & ~((radius < lobes * 0.72) & (radius > lobes * 0.45))
    elif kind == 1:
        stem = np.abs(c.u - 0.5 - 0.12 * np.sin(2 * np.pi * c.v)) < 0.035
        leaf = (np.abs((c.u - 0.5) * np.sin(6 * np.pi * c.v)) > 0.1) & (du < 0.7) & (np.abs(np.sin(3 * dv)) > 0.4)
        figure = stem | leaf
    else:
        figure = (c.u * 2 % 1 < 0.42) | (np.abs(c.u * 2 % 1 - 0.55) < 0.03)
        figure ^= (np.abs(c.u * 2 % 1 - 0.2) + np.abs(c.v * 4 % 1 - 0.5)) < 0.18
    soft = 0.75 * figure.astype(np.float32) * (0.75 + 0.5 * noise(rng, pixels, 20, 3))
    paper = noise(rng, pixels, 100, 2)
    shade = (0.82 + 0.35 * paper) * (0.85 + 0.3 * noise(rng, pixels, 3, 5))
    return finish(mix(ground, ornament, np.clip(soft, 0, 1)) * shade[..., None], 0.4 * paper + 0.5 * soft)


def plaid(colours: tuple, seed: int, pixels: int) -> Painted:
    """Tartan: the same coloured stripes across and along, in twill."""
    rng = generator(seed, 39)
    tints = np.stack(palette(colours, 4))
    stripes, at = np.zeros(96, int), 0
    while at < 96:
        width, tint = int(rng.choice([2, 4, 10, 18])), int(rng.integers(0, 4))
        stripes[at : at + width] = tint
        at += width
    x, y = grid(pixels)
    across, along = tints[stripes[(x * 96).astype(int)]], tints[stripes[(y * 96).astype(int)]]
    twill = ((x + y) * 96 % 1 < 0.5)[..., None]
    colour = 0.25 * (across + along) + 0.5 * np.where(twill, across, along)
    relief = 0.5 + 0.5 * np.sin(2 * np.pi * 96 * (x + y))
    shade = (0.7 + 0.6 * noise(rng, pixels, 70, 3)) * (1 + 0.03 * grain(rng, pixels))
    return finish(colour * shade[..., None], relief)


def stripes(colours: tuple, seed: int, pixels: int) -> Painted:
    """Awning stripes of random widths, run along v."""
    rng = generator(seed, 40)
    tints = palette(colours, 3)
    x, _ = grid(pixels)
    widths = rng.choice([2, 3, 5, 8], 12)
    index = np.repeat(np.arange(12), widths)
    which = index[(x * len(index)).astype(int)]
    colour = np.stack(tints)[np.where(which % 2 == 0, 0, 1 + which // 2 % 2)]
    relief = _weave(pixels, 96)
    shade = (0.75 + 0.3 * relief) * (0.65 + 0.7 * noise(rng, pixels, 10, 6, 0.8))
    return finish(colour * shade[..., None], relief)


def dots(colours: tuple, seed: int, pixels: int) -> Painted:
    """Confetti of discs in several colours."""
    rng = generator(seed, 41)
    tints = palette(colours, 4)
    near, _, ids = pebbles(rng, pixels, 9, 0.55)
    disc = step(near, 0.35, 0.31) * (rng.random(81) > 0.1)[ids]
    colour = mix(np.float32(tints[0]), np.stack(tints[1:])[rng.integers(0, 3, 81)][ids], disc)
    ring = step(np.abs(near - 0.2), 0.04, 0.02) * (rng.random(81) < 0.4)[ids]
    colour = mix(colour, np.float32(tints[0]), ring)
    relief = _weave(pixels, 96)
    shade = (0.8 + 0.25 * relief) * ramp(noise(rng, pixels, 12, 5, 0.75), [np.full(3, 0.6), np.full(3, 1.3)])[..., 0]
    return finish(colour * shade[..., None], relief * 0.5 + 0.3 * disc)
