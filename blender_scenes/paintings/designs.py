"""Painters of pictures without things: geometric designs, abstract compositions and free brushwork."""

from __future__ import annotations

import numpy as np

from .canvas import Array, Canvas, Image, Rng, clouds, gradient, hsv, oval, paint_over, palette, step


def geometric(canvas: Canvas, rng: Rng) -> None:
    """Hard-edged designs: a grid of fields, a quilt of motifs, rays, or waves of bands."""
    (_fields, _quilt, _rays, _bands)[rng.integers(4)](canvas, rng)
    wear = clouds(rng, canvas, 25, 4) - 0.5
    canvas.image *= 1 + 0.16 * wear[..., None]


def abstract(canvas: Canvas, rng: Rng) -> None:
    """Discs, arcs, bars and wedges that overlap on a cloudy ground."""
    colours = palette(rng, 8)
    width, height = canvas.extent
    ground = gradient(clouds(rng, canvas, 1.5, 4), [colours[rng.integers(4, 8)], colours[rng.integers(3, 8)]])
    canvas.image[:] = ground
    for _ in range(int(rng.integers(25, 60))):
        centre = rng.random(2) * (width, height)
        size = 0.25 * rng.beta(1.1, 3) + 0.012
        colour = colours[rng.integers(8)]
        kind, alpha, turn = rng.integers(6), rng.choice([1.0, 0.75, 0.5]), rng.uniform(0, 2 * np.pi)
        if kind == 0:
            for ring in range(int(rng.integers(1, 5))):
                canvas.fill(
                    oval(centre, size * (1 - 0.23 * ring), size * (1 - 0.23 * ring)), colours[rng.integers(8)], alpha
                )
        elif kind == 1:
            t = np.linspace(turn, turn + rng.uniform(1, 5), 40)
            canvas.line(centre + size * np.stack([np.cos(t), np.sin(t)], 1), rng.uniform(0.003, 0.02), colour * 0.6)
        elif kind == 2:
            canvas.fill(_box(centre, size * rng.uniform(0.5, 2), size * rng.uniform(0.06, 0.4), turn), colour, alpha)
        elif kind == 3:
            canvas.fill(
                centre
                + size * np.stack([np.cos(turn + np.array([0, 2.1, 4.0])), np.sin(turn + np.array([0, 2.1, 4.0]))], 1),
                colour,
                alpha,
            )
        elif kind == 4:
            for k in range(int(rng.integers(3, 9))):
                shift = np.array([-np.sin(turn), np.cos(turn)]) * 0.018 * k
                reach = np.array([np.cos(turn), np.sin(turn)]) * size
                canvas.line(np.stack([centre - reach + shift, centre + reach + shift]), 0.004, colour * 0.5)
        else:
            t = np.linspace(0, 1, 60)
            wave = np.stack([(t - 0.5) * 2.5 * size, 0.25 * size * np.sin(t * rng.uniform(6, 25))], 1)
            canvas.line(wave @ _turned(turn).T + centre, rng.uniform(0.003, 0.014), colour)
    canvas.image *= 0.9 + 0.2 * clouds(rng, canvas, 40, 3)[..., None]


def brushwork(canvas: Canvas, rng: Rng) -> None:
    """Thick strokes that follow a whirling field, drips and splashes, or washes laid over each other."""
    (_whirls, _splashes, _washes)[rng.integers(3)](canvas, rng)


def _box(centre: Array, a: float, b: float, turn: float) -> Array:
    return np.array([[-a, -b], [a, -b], [a, b], [-a, b]]) @ _turned(turn).T + centre


def _turned(angle: float) -> Array:
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


# ------------------------------------------------------------------ geometric
def _fields(canvas: Canvas, rng: Rng) -> None:
    """Rectangles that were divided again and again, with dark lines between."""
    colours, paper = palette(rng, 6), hsv(rng.uniform(0.05, 0.2), 0.06, 0.94)
    canvas.image[:] = paper
    width, height = canvas.extent
    boxes, line = [(0.0, 0.0, width, height)], rng.uniform(0.004, 0.016)
    for _ in range(int(rng.integers(10, 45))):
        k = int(np.argmax([b[2] * b[3] * rng.uniform(0.3, 1) for b in boxes]))
        x, y, w, h = boxes.pop(k)
        share = rng.uniform(0.25, 0.75)
        if w * rng.uniform(0.6, 1.4) > h:
            boxes += [(x, y, w * share, h), (x + w * share, y, w * (1 - share), h)]
        else:
            boxes += [(x, y, w, h * share), (x, y + h * share, w, h * (1 - share))]
    for x, y, w, h in boxes:
        corners = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
        if rng.random() < 0.65:
            canvas.fill(corners, colours[rng.integers(6)])
        canvas.line(np.concatenate([corners, corners[:1]]), line, (0.07, 0.07, 0.08))


def _quilt(canvas: Canvas, rng: Rng) -> None:
    """Squares with one of a few motifs each, turned at random."""
    colours = palette(rng, 7)
    width, height = canvas.extent
    cell = rng.uniform(0.07, 0.17)
    canvas.image[:] = colours[6]
    for j in range(int(height / cell) + 1):
        for i in range(int(width / cell) + 1):
            centre, turn = np.array([i + 0.5, j + 0.5]) * cell, np.pi / 2 * rng.integers(4)
            first, second, kind = colours[rng.integers(7)], colours[rng.integers(7)], rng.integers(5)
            put = lambda points, colour: canvas.fill(np.array(points) * cell / 2 @ _turned(turn).T + centre, colour)  # noqa: B023, E731
            put([[-1, -1], [1, -1], [1, 1], [-1, 1]], first)
            if kind == 0:
                put([[-1, -1], [1, -1], [-1, 1]], second)
            elif kind == 1:
                arc = np.linspace(0, np.pi / 2, 20)
                put([[-1, -1], *(2 * np.stack([np.cos(arc), np.sin(arc)], 1) - 1)], second)
            elif kind == 2:
                put([[0, -1], [1, 0], [0, 1], [-1, 0]], second)
                put(0.45 * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]), colours[rng.integers(7)])
            elif kind == 3:
                put(oval((0, 0), 0.8, 0.8), second)
                put(oval((0, 0), 0.35, 0.35), first)
            else:
                for k in range(4):
                    put([[-1, -1 + 0.5 * k], [1, -1 + 0.5 * k], [1, -0.75 + 0.5 * k], [-1, -0.75 + 0.5 * k]], second)


def _rays(canvas: Canvas, rng: Rng) -> None:
    """Sectors about a point, crossed by rings that swap their colours."""
    x, y = canvas.grid()
    cx, cy = rng.uniform(0.1, 0.9, 2) * canvas.extent
    colours = palette(rng, 6)
    radius, angle = np.hypot(x - cx, y - cy), np.arctan2(y - cy, x - cx) / (2 * np.pi) + 0.5
    sectors, rings = int(rng.integers(12, 40)), rng.uniform(6, 18)
    swirl = rng.uniform(-0.6, 0.6)
    k = np.floor((angle + swirl * radius) * sectors).astype(int) + 3 * np.floor(radius * rings).astype(int)
    table = np.array(colours)[rng.integers(0, 6, 97)]
    canvas.image[:] = table[k % 97]


def _bands(canvas: Canvas, rng: Rng) -> None:
    """Parallel bands, bent by a slow field, after the op art of the sixties."""
    x, y = canvas.grid()
    turn = rng.uniform(0, np.pi)
    along = x * np.cos(turn) + y * np.sin(turn)
    bend = clouds(rng, canvas, rng.uniform(1.0, 2.5), 2) * rng.uniform(0.2, 0.9)
    phase = (along + bend) * rng.uniform(12, 32)
    colours = palette(rng, 5)
    table = np.array(colours)[rng.integers(0, 5, 89)]
    canvas.image[:] = table[np.floor(phase).astype(int) % 89]
    if rng.random() < 0.6:
        inside = canvas.mask(oval(np.array(canvas.extent) / 2, 0.3, 0.3)) > 0.5
        canvas.image[inside] = np.roll(table, 1, axis=0)[np.floor(phase + 0.5).astype(int) % 89][inside]


# ------------------------------------------------------------------ brushwork
def _whirls(canvas: Canvas, rng: Rng) -> None:
    colours = palette(rng, 7)
    width, height = canvas.extent
    canvas.image[:] = colours[1] * 0.6
    where = clouds(rng, canvas, 2, 3)
    eyes = rng.random((5, 2)) * (width, height)
    spin = rng.choice([-1.0, 1.0], 5) * rng.uniform(0.02, 0.12, 5)
    drift = rng.normal(size=2) * 0.3
    for size, count in ((0.02, 1400), (0.012, 3200), (0.007, 5200)):
        spots = rng.random((count, 2)) * (width, height)
        shade = rng.normal(size=count)
        for spot, tint in zip(spots, shade, strict=True):
            path = [spot]
            for _ in range(6):
                away = path[-1] - eyes
                pull = spin / (np.sum(away**2, axis=1) + 0.01)
                way = drift + (np.stack([-away[:, 1], away[:, 0]], 1) * pull[:, None]).sum(axis=0) * 3
                path.append(path[-1] + size * 1.1 * way / (np.linalg.norm(way) + 1e-9))
            px = np.clip((spot * canvas.side).astype(int), 0, (canvas.image.shape[1] - 1, canvas.image.shape[0] - 1))
            level = np.clip(where[px[1], px[0]] + 0.13 * tint, 0, 0.999)
            canvas.line(np.array(path), size * 0.55, np.clip(colours[int(level * 7)] * (1 + 0.12 * tint), 0, 1))
    canvas.image *= 0.88 + 0.24 * clouds(rng, canvas, 70, 2)[..., None]


def _splashes(canvas: Canvas, rng: Rng) -> None:
    colours = [*palette(rng, 5), np.array([0.05, 0.05, 0.06], np.float32), np.array([0.95, 0.94, 0.9], np.float32)]
    width, height = canvas.extent
    canvas.image[:] = hsv(rng.uniform(0.05, 0.15), 0.2, 0.82) * (0.85 + 0.3 * clouds(rng, canvas, 20, 4)[..., None])
    for _ in range(int(rng.integers(70, 140))):
        colour = colours[rng.integers(len(colours))]
        path = rng.random(2) * (width, height) + np.cumsum(np.cumsum(rng.normal(size=(90, 2)) * 0.0022, axis=0), axis=0)
        canvas.line(path, rng.uniform(0.0015, 0.009), colour)
        for spot in path[rng.integers(0, 90, 12)]:
            size = 0.012 * rng.random() ** 3 + 0.001
            canvas.fill(oval(spot + 0.02 * rng.normal(size=2), size, size * rng.uniform(0.6, 1), count=12), colour)


def _washes(canvas: Canvas, rng: Rng) -> None:
    """Wide soft-edged fields over each other, some scraped."""
    colours = palette(rng, 6)
    x, y = canvas.grid()
    width, height = canvas.extent
    canvas.image[:] = colours[rng.integers(6)] * 0.8
    for _ in range(int(rng.integers(9, 22))):
        low, high = np.sort(rng.uniform(0, height, 2))
        left, right = np.sort(rng.uniform(-0.1, width + 0.1, 2))
        ragged = 0.16 * (clouds(rng, canvas, 5, 5, 2) - 0.5)
        inside = step(y + ragged, low, low + 0.03) * step(high + 0.03 - y + ragged, 0, 0.03)
        inside = inside * step(x + ragged, left, left + 0.03) * step(right + 0.03 - x + ragged, 0, 0.03)
        body = 0.5 + 0.8 * clouds(rng, canvas, 4, 6, rng.choice([0.15, 1.0, 7.0]))
        tone: Image = np.clip(colours[rng.integers(6)] * body[..., None], 0, 1)
        canvas.blend(inside * rng.uniform(0.5, 0.95), tone)
    paint_over(canvas, rng, rng.uniform(0.7, 1.3), 0.6, 0.04)
    for _ in range(int(rng.integers(10, 50))):
        a = rng.random(2) * (width, height)
        way = rng.normal(size=2) * 0.15
        t = np.linspace(0, 1, 14)[:, None]
        canvas.line(
            a + way * t + 0.01 * rng.normal(size=(14, 2)),
            rng.uniform(0.002, 0.012),
            colours[rng.integers(6)] * rng.uniform(0.4, 1.1),
        )
