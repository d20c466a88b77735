"""Painters of what stands before one: portraits and still lifes."""

from __future__ import annotations

import numpy as np

from .canvas import Array, Canvas, Image, Rng, ball, clouds, hsv, oval, paint_over, palette, step


def portrait(canvas: Canvas, rng: Rng) -> None:
    """Head and shoulders, lit from one side, before a dim or patterned ground."""
    width, height = canvas.extent
    x, y = canvas.grid()
    _ground(canvas, rng)
    size = min(width, height) * rng.uniform(0.2, 0.27)
    cx, cy = width * rng.uniform(0.42, 0.58), height * rng.uniform(0.34, 0.46)
    light = np.array([rng.choice([-0.6, 0.6]), -0.4, 0.65])
    skin = hsv(rng.uniform(0.03, 0.08), rng.uniform(0.3, 0.6), rng.uniform(0.4, 1.0))
    hair = hsv(rng.uniform(0.03, 0.12), rng.uniform(0.1, 0.8), rng.choice([0.08, 0.2, 0.35, 0.6, 0.85]))
    cloth = palette(rng, 5)[int(rng.integers(1, 5))]
    turn = rng.uniform(-0.3, 0.3)
    if rng.random() < 0.6:  # long hair, behind the shoulders
        ball(canvas, (cx, cy + 0.45 * size), 1.0 * size, 1.6 * size, hair, light, gloss=0.05)
    ball(canvas, (cx, cy + 2.75 * size), 2.0 * size, 1.6 * size, cloth, light, gloss=0.02)
    _folds(canvas, rng, cx, cy + 2.2 * size, size, cloth)
    canvas.fill(
        np.array([[-0.38, 0.5], [0.38, 0.5], [0.5, 1.5], [0, 1.75], [-0.5, 1.5]]) * size + (cx, cy), skin * 0.75
    )
    if rng.random() < 0.5:  # a collar
        for side in (-1, 1):
            canvas.fill(
                np.array([[0, 1.75], [0.55 * side, 1.25], [0.9 * side, 1.7]]) * size + (cx, cy), hsv(0.1, 0.05, 0.92)
            )
    ball(canvas, (cx, cy), 0.78 * size, 1.05 * size, skin, light, gloss=0.12)
    _face(canvas, rng, (cx + 0.3 * turn * size, cy), size, skin, hair, turn)
    cap: Array = oval((cx, cy - 0.35 * size), 0.88 * size, 0.8 * size)
    keep = canvas.mask(cap) * step(
        cy - 0.32 * size + 0.25 * (x - cx) * rng.choice([-1, 1]) - y, -0.02 * size, 0.04 * size
    )
    canvas.blend(keep, np.clip(hair * (0.55 + 0.9 * clouds(rng, canvas, 12, 4, 0.3)[..., None]), 0, 1))
    if rng.random() < 0.35:
        _hat(canvas, rng, cx, cy, size)
    paint_over(canvas, rng, rng.uniform(1.2, 1.9), rng.uniform(0.1, 0.4), rng.uniform(0.015, 0.05))


def still_life(canvas: Canvas, rng: Rng) -> None:
    """Fruit, bottles, bowls and flowers on a table with a cloth."""
    width, height = canvas.extent
    _ground(canvas, rng)
    top = height * rng.uniform(0.5, 0.65)
    _, y = canvas.grid()
    wood = hsv(rng.uniform(0.03, 0.1), rng.uniform(0.3, 0.7), rng.uniform(0.25, 0.65))
    canvas.blend(
        step(y, top - 0.002, top + 0.002), np.clip(wood * (0.6 + 0.8 * clouds(rng, canvas, 4, 5, 8)[..., None]), 0, 1)
    )
    _cloth(canvas, rng, top)
    light = np.array([rng.choice([-0.6, 0.6]), -0.5, 0.6])
    bases = np.sort(rng.uniform(top + 0.03, top + 0.75 * (height - top), int(rng.integers(5, 11))))
    for base in bases:
        spot, draw = rng.uniform(0.12, 0.88) * width, rng.random()
        shadow = oval((spot - 0.09 * light[0], base), 0.13, 0.022)
        canvas.fill(shadow, (0.05, 0.04, 0.05), 0.5)
        if draw < 0.5:
            _fruit(canvas, rng, spot, base, light)
        elif draw < 0.8:
            _vessel(canvas, rng, spot, base, light)
        else:
            _bouquet(canvas, rng, spot, base, light)
    paint_over(canvas, rng, rng.uniform(1.1, 1.8), rng.uniform(0.1, 0.5), rng.uniform(0.02, 0.05))


def _ground(canvas: Canvas, rng: Rng) -> None:
    """A wall: dim to one side, mottled or with a pattern."""
    x, y = canvas.grid()
    width, height = canvas.extent
    base = hsv(rng.random(), rng.uniform(0.1, 0.7), rng.uniform(0.25, 0.8))
    fall = 1.1 - 0.6 * (x / width if rng.random() < 0.5 else 1 - x / width) - 0.2 * y / height
    tone = base * (fall * (0.75 + 0.5 * clouds(rng, canvas, 3, 5)))[..., None]
    if rng.random() < 0.4:
        step_x, turn = rng.uniform(0.06, 0.16), rng.uniform(-0.2, 0.2)
        motif = (np.sin((x + turn * y) / step_x * 2 * np.pi) * np.sin((y - turn * x) / step_x * 2 * np.pi)) > 0.35
        other = hsv(rng.random(), rng.uniform(0.2, 0.8), rng.uniform(0.3, 0.9))
        tone = np.where(motif[..., None], tone * 0.4 + other * 0.5 * fall[..., None], tone)
    canvas.image[:] = np.clip(tone, 0, 1)


def _folds(canvas: Canvas, rng: Rng, cx: float, cy: float, size: float, cloth: Image) -> None:
    for _ in range(14):
        a = np.array([cx + size * rng.normal(0, 0.9), cy + size * rng.uniform(-0.3, 0.4)])
        b = a + size * np.array([rng.normal(0, 0.4), rng.uniform(0.5, 1.8)])
        canvas.line(
            np.stack([a, (a + b) / 2 + 0.08 * size * rng.normal(size=2), b]),
            0.05 * size,
            cloth * rng.choice([0.6, 1.2]),
        )


def _face(canvas: Canvas, rng: Rng, centre: tuple, size: float, skin: Image, hair: Image, turn: float) -> None:
    at = lambda u, v: np.array(centre) + size * np.array([u, v])  # noqa: E731
    iris = hsv(rng.choice([0.08, 0.58, 0.33]), 0.6, rng.uniform(0.2, 0.6))
    for side in (-1, 1):
        eye = at(0.31 * side + 0.1 * turn, -0.08)
        canvas.fill(oval(eye, 0.19 * size, 0.12 * size), skin * 0.72)
        canvas.fill(oval(eye, 0.145 * size, 0.07 * size), (0.93, 0.91, 0.88))
        canvas.fill(oval(eye + (0.05 * turn * size, 0), 0.065 * size, 0.065 * size), iris)
        canvas.fill(oval(eye + (0.05 * turn * size, 0), 0.03 * size, 0.03 * size), (0.03, 0.03, 0.03))
        brow = np.stack([eye + size * np.array([u, -0.19 - 0.05 * np.cos(3 * u)]) for u in np.linspace(-0.2, 0.2, 6)])
        canvas.line(brow, 0.05 * size, hair * 0.8)
    nose = np.stack([at(0.02 + 0.1 * turn, -0.1), at(0.1 + 0.25 * turn, 0.27), at(-0.05 + 0.2 * turn, 0.31)])
    canvas.line(nose, 0.035 * size, skin * 0.68)
    canvas.fill(oval(at(0.02 + 0.2 * turn, 0.24), 0.12 * size, 0.08 * size), skin * 0.9, 0.6)
    lips = np.clip(skin * (0.95, 0.55, 0.55), 0, 1)
    smile = rng.uniform(-0.03, 0.06)
    upper = np.stack([at(u + 0.12 * turn, 0.56 - smile * (u / 0.22) ** 2) for u in np.linspace(-0.22, 0.22, 9)])
    canvas.fill(np.concatenate([upper - (0, 0.03 * size), upper[::-1] + (0, 0.07 * size)]), lips)
    canvas.line(upper, 0.018 * size, lips * 0.5)
    for side in (-1, 1):
        canvas.fill(oval(at(0.45 * side, 0.3), 0.2 * size, 0.15 * size), np.clip(skin * (1.1, 0.8, 0.78), 0, 1), 0.35)


def _hat(canvas: Canvas, rng: Rng, cx: float, cy: float, size: float) -> None:
    colour = hsv(rng.random(), rng.uniform(0.1, 0.8), rng.uniform(0.1, 0.7))
    light = np.array([0.5, -0.5, 0.6])
    ball(canvas, (cx, cy - 0.95 * size), 0.75 * size, 0.55 * size, colour, light, gloss=0.05)
    ball(
        canvas,
        (cx, cy - 0.68 * size),
        rng.uniform(0.9, 1.5) * size,
        0.18 * size,
        colour * 0.9,
        light,
        rng.uniform(-0.15, 0.15),
        0.03,
    )


def _cloth(canvas: Canvas, rng: Rng, top: float) -> None:
    width, height = canvas.extent
    left, right = np.sort(rng.uniform(0, width, 2))
    edge = np.array(
        [[left, top], [right + 0.1, top], [right + 0.2 * rng.random(), height], [left - 0.2 * rng.random(), height]]
    )
    tone = hsv(rng.random(), rng.uniform(0.0, 0.5), rng.uniform(0.7, 1.0))
    x, y = canvas.grid()
    folds = 0.75 + 0.35 * np.sin(
        x * rng.uniform(15, 45) + 4 * clouds(rng, canvas, 2, 3) + (y - top) * rng.uniform(-6, 6)
    )
    if rng.random() < 0.5:
        stripes = np.where(np.sin((y - top) * rng.uniform(60, 150)) > 0.3, 0.7, 1.0)
        folds = folds * stripes
    canvas.blend(canvas.mask(edge), np.clip(tone * folds[..., None], 0, 1).astype(np.float32))


def _fruit(canvas: Canvas, rng: Rng, x: float, base: float, light: Array) -> None:
    kind = rng.integers(4)
    size = rng.uniform(0.045, 0.075)
    if kind == 3:  # grapes
        tone = hsv(rng.choice([0.8, 0.25]), 0.6, rng.uniform(0.3, 0.7))
        for _ in range(22):
            u, v = rng.normal(0, 0.05), rng.uniform(0, 0.1)
            ball(canvas, (x + u * (1 - 5 * v), base - 0.015 - v), 0.02, 0.02, tone * rng.uniform(0.8, 1.1), light)
        return
    tone = [hsv(rng.choice([0.0, 0.3, 0.97]), 0.8, 0.8), hsv(0.09, 0.9, 1.0), hsv(0.15, 0.75, 0.95)][kind]
    tall = (0.95, 1.0, 1.3)[kind]
    ball(canvas, (x, base - size * tall), size, size * tall, tone, light, rng.uniform(-0.4, 0.4) if kind == 2 else 0.0)
    canvas.line(
        np.array([[x, base - 2 * size * tall], [x + 0.01, base - 2 * size * tall - 0.02]]), 0.006, (0.2, 0.12, 0.05)
    )


def _vessel(canvas: Canvas, rng: Rng, x: float, base: float, light: Array, tall: float | None = None) -> None:
    """A bottle, jug or bowl: a turned profile, shaded across."""
    tall = rng.uniform(0.12, 0.4) if tall is None else tall
    wide = rng.uniform(0.04, 0.1)
    v = np.linspace(0, 1, 40)
    neck = rng.uniform(0.25, 1.0)
    profile = wide * np.interp(
        v, [0, 0.05, rng.uniform(0.25, 0.5), 0.75, 1], [0.75, 0.85, 1.0, neck, neck * rng.uniform(0.9, 1.3)]
    )
    left, right = np.stack([x - profile, base - v * tall], 1), np.stack([x + profile, base - v * tall], 1)
    mask = canvas.mask(np.concatenate([left, right[::-1]]))
    gx, gy = canvas.grid()
    u = np.clip((gx - x) / np.maximum(np.interp(base - gy, v * tall, profile), 1e-4), -1, 1)
    z = np.sqrt(1 - u * u)
    lit = np.maximum(u * light[0] + z * light[2], 0)
    tone = hsv(rng.random(), rng.uniform(0.1, 0.8), rng.uniform(0.3, 0.9))
    shade = 0.3 + 0.8 * lit
    if rng.random() < 0.5:
        band = 1 - 0.4 * (
            (np.sin((base - gy) * rng.uniform(40, 140)) > 0.2) & (np.abs(base - gy - 0.5 * tall) < 0.25 * tall)
        )
        shade = shade * band
    picture = tone * shade[..., None] + 0.7 * (lit**18)[..., None]
    canvas.blend(mask, np.clip(picture, 0, 1).astype(np.float32))
    canvas.fill(oval((x, base - tall), profile[-1], profile[-1] * 0.22), tone * 0.4)


def _bouquet(canvas: Canvas, rng: Rng, x: float, base: float, light: Array) -> None:
    tall = rng.uniform(0.14, 0.2)
    _vessel(canvas, rng, x, base, light, tall)
    hues = rng.random(3)
    for _ in range(int(rng.integers(9, 24))):
        head = np.array([x + 0.13 * rng.normal(), base - tall - rng.uniform(0.03, 0.3)])
        canvas.line(
            np.stack([[x, base - tall], (head + (x, base - tall)) / 2 + 0.02 * rng.normal(size=2), head]),
            0.005,
            hsv(0.3, 0.6, 0.35),
        )
        canvas.fill(
            oval(head + 0.03 * rng.normal(size=2), 0.04, 0.012, rng.uniform(0, 3)), hsv(0.3, 0.6, rng.uniform(0.3, 0.6))
        )
        petals, size, tone = (
            int(rng.integers(5, 9)),
            rng.uniform(0.014, 0.032),
            hsv(rng.choice(hues), rng.uniform(0.3, 0.9), rng.uniform(0.7, 1.0)),
        )
        for k in range(petals):
            a = 2 * np.pi * k / petals
            canvas.fill(
                oval(head + size * 0.8 * np.array([np.cos(a), np.sin(a)]), size * 0.75, size * 0.45, a, 14),
                tone * rng.uniform(0.75, 1.05),
            )
        canvas.fill(oval(head, size * 0.4, size * 0.4, count=12), hsv(0.13, 0.8, 0.8))
