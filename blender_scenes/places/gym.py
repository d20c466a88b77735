"""A sports hall: wall bars, hoops, mats, benches, racks of balls, trusses, painted courts."""

from __future__ import annotations

import itertools

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, Wall, number, stream

from ..meshes import ball, box, join, lathe, torus
from ..surfaces import Colour, Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import DARK, ENAMEL, STEEL, boxes, copies
from .shell import FRAMES, Dresser, door, fill, frame, gaps, lining, pick, shell, strips, timber, window
from .solids import Parts, block, rod, sheet, slab
from .views import outside

BARS = Surface("wood", ((0.45, 0.3, 0.15), (0.3, 0.19, 0.09)), 1, size_m=0.9, roughness=0.4)
TONES: tuple[Colour, ...] = ((0.04, 0.14, 0.34), (0.4, 0.06, 0.04), (0.04, 0.22, 0.14), (0.42, 0.28, 0.04))
PADS = tuple(Surface("leather", (tone,), k % 2, size_m=1.2, roughness=0.55) for k, tone in enumerate(TONES))
BALLS = tuple(
    Surface(texture, tones, 1, size_m=0.6, roughness=0.5)
    for texture, tones in (
        ("leather", ((0.4, 0.16, 0.05), (0.3, 0.1, 0.03))),
        ("scales", ((0.6, 0.58, 0.52), (0.05, 0.05, 0.05))),
        ("scales", ((0.5, 0.42, 0.06), (0.06, 0.14, 0.4))),
    )
)
PAINT = tuple(
    Surface("plaster", (tone, (0.8 * tone[0], 0.8 * tone[1], 0.8 * tone[2])), 1, size_m=0.7, roughness=0.4)
    for tone in ((0.62, 0.6, 0.55), (0.5, 0.08, 0.05), (0.05, 0.16, 0.4), (0.55, 0.42, 0.05))
)


def _wall_bars(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Fields of wooden bars with a mat before them."""
    count = max(1, int(width / 0.95))
    for k in range(count + 1):
        at = x + (k - count / 2) * 0.95
        put.add("bars", block(0.05, 0.16, 2.5, at, -0.09, 0.08, 0.006), BARS)
    levels = 0.2 + 0.17 * np.arange(14)
    bars = [rod([x - count * 0.475, -0.13, z], [x + count * 0.475, -0.13, z], 0.02, 8) for z in levels]
    top = rod([x - count * 0.475, -0.2, 2.5], [x + count * 0.475, -0.2, 2.5], 0.022, 8)
    put.add("bars", join(*bars, top), BARS)
    if rng.random() < 0.6:
        _mat(put, x + float(rng.uniform(-0.2, 0.2)), 0.06, pick(rng, PADS))


def _mat(put: Dresser, x: float, z: float, pad: Surface) -> None:
    put.add("mats", block(1.6, 0.9, 0.06, x, -0.72, z - 0.06, 0.02), pad)


def _mats(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A pile of mats, and some that lean on the wall."""
    z = 0.0
    for _ in range(int(rng.integers(3, 8))):
        turn = float(rng.uniform(-3, 3))
        put.add(
            "mats", block(1.5, 0.9, 0.085, 0, 0, 0, 0.025).turned("z", turn).moved(x - 0.2, -0.62, z), pick(rng, PADS)
        )
        z += 0.087
    thick = block(1.1, 0.16, 1.7, 0, 0, 0, 0.04).turned("x", -7)
    put.add("mats", thick.moved(x + width / 2 - 0.6, -0.3, 0.02), pick(rng, PADS)) if width > 2.0 else None
    fit.poster(put, x, 1.75, 0.7, rng)


def _balls(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A rack of three rows of balls."""
    count = int((width - 0.1) / 0.27)
    posts = [block(0.05, 0.5, 1.25, x + s * width / 2, -0.32, 0.0, 0.006) for s in (-1, 1)]
    put.add(
        "racks",
        join(
            *posts,
            *[
                rod([x - width / 2, y, z], [x + width / 2, y, z], 0.016, 8)
                for z in (0.2, 0.62, 1.04)
                for y in (-0.2, -0.42)
            ],
        ),
        STEEL,
    )
    shape = ball(0.12, 18, 12)
    for z in (0.2, 0.62, 1.04):
        at = np.array(
            [[x + (k - (count - 1) / 2) * 0.27, -0.31, z + 0.085] for k in range(count) if rng.random() < 0.85]
        ).reshape(-1, 3)
        for kind in range(3):
            some = at[kind::3]
            if len(some):
                put.add(
                    "racks",
                    copies(shape, some, rng.uniform(0, 360, len(some)), rng.uniform(0.85, 1.02, len(some))),
                    BALLS[kind],
                )
    fit.board(put, x, 1.5, min(1.4, width), 0.8)


def _seats(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """Three steps of wooden bleachers with a rail."""
    for k in range(3):
        y = -0.2 - 0.34 * (2 - k)
        put.add("seats", block(width, 0.3, 0.04, x, y, 0.3 + 0.32 * k, 0.006), BARS)
        put.add("seats", block(width, 0.02, 0.14, x, y + 0.16, 0.14 + 0.32 * k), BARS)
        legs = [block(0.05, 0.05, 0.3 + 0.32 * k, x + dx * (width / 2 - 0.1), y, 0.0) for dx in (-1, -0.33, 0.33, 1)]
        put.add("seats", join(*legs), STEEL)
    for _ in range(3):
        at, k = x + float(rng.uniform(-0.42, 0.42)) * width, int(rng.integers(3))
        bag = box(0.45, 0.24, 0.24, 0.05).moved(at, -0.2 - 0.34 * (2 - k), 0.34 + 0.32 * k)
        put.add("seats", bag, pick(rng, PADS))


def _bench(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A low gymnastic bench under coat hooks with bags."""
    put.add(
        "benches",
        join(
            block(width, 0.26, 0.035, x, -0.35, 0.32, 0.005),
            block(width, 0.08, 0.05, x, -0.35, 0.08),
            *[block(0.08, 0.24, 0.32, x + s * 0.4 * width, -0.35, 0.0) for s in (-1, 0, 1)],
        ),
        BARS,
    )
    fit.hooks(put, x - width / 2 + 0.1, x + width / 2 - 0.1, rng, 1.65)
    shoes = np.array([[x + dx, -0.42, 0.0] for dx in (-0.5, -0.38, 0.3, 0.42)])
    put.add("benches", boxes(shoes, np.full((4, 3), [0.09, 0.26, 0.09])), pick(rng, PADS))


def _vault(put: Dresser, x: float, width: float, rng: np.random.Generator) -> None:
    """A vaulting box of tapering frames with a padded top, a springboard, rings of hoops on the wall."""
    for k in range(4):
        put.add("vault", block(1.4 - 0.08 * k, 0.62 - 0.06 * k, 0.23, x, -0.5, 0.24 * k, 0.01), BARS)
        put.add("vault", block(0.16, 0.63 - 0.06 * k, 0.05, x, -0.5, 0.24 * k + 0.1), DARK)
    put.add("vault", block(1.1, 0.42, 0.14, x, -0.5, 0.96, 0.05), PADS[3])
    for k in range(3):
        hoop = torus(0.38, 0.014, 36, 6).turned("x", 90).moved(x - 0.3 + 0.3 * k, -0.03 - 0.03 * k, 1.95)
        put.add("vault", hoop, PADS[k])
    put.add("vault", rod([x - 0.5, -0.0, 2.3], [x + 0.5, -0.12, 2.3], 0.015, 6), DARK)


_UNITS = (
    (1.1, 3.0, _wall_bars),
    (1.8, 2.4, _mats),
    (1.1, 1.7, _balls),
    (2.4, 3.6, _seats),
    (1.6, 2.6, _bench),
    (1.6, 1.9, _vault),
)


def _hoop(put: Dresser, x: float) -> None:
    """A basketball board on arms, with ring and net, above head height."""
    y = -1.05
    put.add("hoops", block(1.8, 0.04, 1.05, x, y, 2.9, 0.008), ENAMEL)
    put.add(
        "hoops",
        join(
            frame(x - 0.88, x + 0.88, 2.92, 3.93, 0.05, y - 0.023, 0.008),
            frame(x - 0.3, x + 0.3, 3.05, 3.5, 0.05, y - 0.023, 0.008),
        ),
        PAINT[1],
    )
    arms = [rod([x + s * 0.5, 0.0, z], [x + s * 0.4, y + 0.02, z - 0.1], 0.03, 8) for s in (-1, 1) for z in (3.3, 3.9)]
    braces = [rod([x + s * 0.5, 0.0, 3.35], [x + s * 0.4, y + 0.02, 3.8], 0.02, 8) for s in (-1, 1)]
    put.add("hoops", join(*arms, *braces, block(0.2, 0.1, 0.12, x, y - 0.06, 3.0)), STEEL)
    put.add("hoops", torus(0.225, 0.012, 32, 8).moved(x, y - 0.34, 3.05), PAINT[1])
    angle = np.arange(12) * np.pi / 6
    strings = []
    for turn in (0.4, -0.4):
        for a in angle:
            top = [x + 0.22 * np.cos(a), y - 0.34 + 0.22 * np.sin(a), 3.05]
            low = [x + 0.13 * np.cos(a + turn), y - 0.34 + 0.13 * np.sin(a + turn), 2.65]
            strings.append(rod(top, low, 0.005, 4))
    put.add("hoops", join(*strings), ENAMEL)


def _court(parts: Parts, params: Params) -> None:
    """Lines of several games on the floor."""
    w, d = number(params, "width"), number(params, "depth")
    a, b = w / 2 - 1.5, d / 2 - 1.5
    half = 0.03

    def line(x0: float, x1: float, y0: float, y1: float, paint: Surface, z: float) -> None:
        parts.add("lines", slab(x0 - half, x1 + half, y0 - half, y1 + half, z), paint)

    for x in (-a, a):
        line(x, x, -b, b, PAINT[0], 0.003)
    for y in (-b, 0.0, b):
        line(-a, a, y, y, PAINT[0], 0.003)
    for y in (-0.55 * b, 0.55 * b):
        line(-0.8 * a, 0.8 * a, y, y, PAINT[2], 0.004)
    for x in (-0.8 * a, 0.8 * a):
        line(x, x, -0.9 * b, 0.9 * b, PAINT[1], 0.005)
    for sign in (-1, 1):
        line(-1.8, 1.8, sign * (b - 3.6), sign * (b - 3.6), PAINT[3], 0.0055)
        for x in (-1.8, 1.8):
            line(x, x, min(sign * b, sign * (b - 3.6)), max(sign * b, sign * (b - 3.6)), PAINT[3], 0.006)
    ring = torus(1.75, 0.035, 64, 4)
    flat = ring.scaled(1, 1, 0.05).moved(0, 0, 0.005)
    parts.add("lines", flat, PAINT[1])


def _trusses(parts: Parts, params: Params) -> None:
    """Lattice girders across, a duct and climbing ropes tied up at the side."""
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    steel = Surface("rust", ((0.4, 0.4, 0.38), (0.3, 0.2, 0.14)), 1, size_m=1.6, roughness=0.5)
    for y in np.linspace(-d / 2, d / 2, 6)[1:-1]:
        chords = [block(w - 0.02, 0.09, 0.09, 0, float(y), z) for z in (h - 0.75, h - 0.12)]
        nodes = np.linspace(-w / 2 + 0.1, w / 2 - 0.1, 13)
        webs = [
            rod([a, y, h - 0.7 if k % 2 else h - 0.1], [b, y, h - 0.1 if k % 2 else h - 0.7], 0.025, 6)
            for k, (a, b) in enumerate(itertools.pairwise(nodes))
        ]
        parts.add("trusses", join(*chords, *webs), steel)
    duct = rod([0.33 * w, -d / 2 + 0.02, h - 0.4], [0.33 * w, d / 2 - 0.02, h - 0.4], 0.24, 18)
    parts.add("trusses", duct, STEEL)


def _openings(put: Dresser, wall: Wall, rng: np.random.Generator) -> None:
    for hole in wall.holes:
        if hole.kind == "door":
            door(put, hole, timber(rng), trim=FRAMES[1])
            fit.exit_sign(put, hole.at, hole.height + 0.18)
            fit.extinguisher(put, hole.at + hole.width / 2 + 0.35)
            fit.socket(put, hole.at - hole.width / 2 - 0.25, 1.08, 2)
        else:
            window(put, hole, max(2, round(hole.width / 0.9)), 2, FRAMES[1])


def build_gym(params: Params) -> list[tuple[str, Model]]:
    """A sports hall."""
    rng, parts = stream(params, 20), Parts()
    plain, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    upright = shell(parts, params, "gym", plain, floor, lining(rng, "planks"))
    height, pad = number(params, "height"), pick(rng, PADS)
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, height, low=DARK, top=None)
        _openings(put, wall, rng)
        ends = 0.1 if wall.name in ("wall_north", "wall_south") else 1.25
        for left, right in gaps(wall, 2.6, ends, 0.7):
            fill(put, left, right, _UNITS, rng, 0.5)
        _upper(put, wall, rng, pad)
    _court(parts, params)
    _trusses(parts, params)
    lamps.tubes(parts, lamp_points("gym", params), height - 0.1, 1.6)
    outside(parts, params, upright)
    return parts.models()


def _upper(put: Dresser, wall: Wall, rng: np.random.Generator, pad: Surface) -> None:
    """What hangs above: hoops on the end walls, banners, a score board, loudspeakers; a padded band below windows."""
    put.add("trim", block(wall.length - 0.05, 0.03, 0.12, 0, -0.015, 3.0), pad)
    if wall.name in ("wall_north", "wall_south"):
        _hoop(put, 0.0)
        for x in (-0.34, -0.2, 0.2, 0.34):
            kind = str(pick(rng, ("letters", "stripes", "letters", "posters")))
            tone = pick(rng, TONES)
            cloth = Surface(kind, (tone, (0.7, 0.64, 0.45)), int(rng.integers(6)), roughness=0.9)
            at = x * wall.length
            put.add("banners", sheet(0.95, 1.5, fit=True).moved(at, -0.06, 3.5), cloth)
            put.add(
                "banners",
                join(
                    rod([at - 0.52, -0.06, 5.0], [at + 0.52, -0.06, 5.0], 0.018, 8),
                    *[rod([at + s * 0.45, 0, 5.02], [at + s * 0.45, -0.06, 5.0], 0.008, 5) for s in (-1, 1)],
                ),
                BARS,
            )
    if wall.name == "wall_north":
        put.add("score", block(2.0, 0.12, 0.7, 0.0, -0.07, 4.4, 0.01), DARK)
        put.add(
            "score",
            sheet(0.9, 0.3, fit=True).moved(-0.5, -0.132, 4.72),
            Surface("letters", ((0.02, 0.02, 0.02), (0.6, 0.1, 0.03)), 3, emission=0.8),
        )
        put.add(
            "score",
            sheet(0.9, 0.3, fit=True).moved(0.5, -0.132, 4.72),
            Surface("letters", ((0.02, 0.02, 0.02), (0.6, 0.4, 0.03)), 5, emission=0.8),
        )
        fit.hung_clock(put, 0.0, 4.58, 0.12)
    for x in (-0.44, 0.44):
        horn = lathe([[0.06, 0], [0.09, 0.1], [0.18, 0.22], [0.16, 0.22]], 16).turned("x", 105)
        put.add("speakers", horn.moved(x * wall.length, -0.05, 3.3), ENAMEL)
