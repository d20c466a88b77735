"""A station: a platform between two tracks under a ribbed vault, far walls with posters and name signs."""

from __future__ import annotations

import itertools

import numpy as np

from viewlock.generator.interiors import lamp_points
from viewlock.generator.layouts import Params, Wall, number, stream

from ..meshes import Mesh, join, lathe
from ..surfaces import Colour, Model, Surface
from . import fittings as fit
from . import lamps
from .clutter import DARK, ENAMEL, LABELS, PLACARDS, STEEL, boxes, copies, placard
from .facades import DARK_PANES, LIT_PANES, glass
from .shell import FRAMES, PANE, Dresser, door, enamelled, frame, lining, pick, shell, strips, window
from .solids import Parts, block, rod, sheet, slab
from .views import outside

TRACK_M = 2.9
"""Width of each track bed between the platform's edge and the wall."""

PIT_M = -0.95
"""Height of the track beds."""

STUDS = Surface("tactile", ((0.52, 0.4, 0.06), (0.2, 0.17, 0.1)), 1, size_m=0.8, roughness=0.7)
BALLAST = Surface("gravel", ((0.2, 0.18, 0.16), (0.12, 0.1, 0.09)), 1, size_m=1.2, bump=0.02, roughness=0.95)
SLEEPER = Surface("planks", ((0.14, 0.1, 0.07),), 2, size_m=1.2, roughness=0.9)
RAIL = Surface("rust", ((0.3, 0.29, 0.28), (0.2, 0.09, 0.04)), 1, size_m=0.8, metallic=0.3, roughness=0.4)
EDGE = Surface("concrete", ((0.42, 0.4, 0.36), (0.2, 0.16, 0.12)), 1, size_m=1.4, roughness=0.8)
LINES: tuple[Colour, ...] = ((0.45, 0.05, 0.03), (0.03, 0.14, 0.38), (0.03, 0.25, 0.12), (0.5, 0.33, 0.03))


def _name(rng: np.random.Generator, tone: Colour) -> Surface:
    return Surface("letters", (tone, (0.72, 0.7, 0.62)), int(rng.integers(10)), roughness=0.35)


def _bed(parts: Parts, params: Params, side: int, lower: Surface) -> None:
    """One track: a pit of ballast with sleepers and rails, and the walls around it below the platform."""
    w, d = number(params, "width"), number(params, "depth")
    edge, turn = w / 2 - TRACK_M, 90 * side
    parts.add("tracks", slab(-d / 2, d / 2, -w / 2, -edge, PIT_M, 3.0).turned("z", turn), BALLAST)
    at = np.arange(-d / 2 + 0.3, d / 2 - 0.2, 0.62)
    low = np.c_[at - 0.12, np.full(len(at), -w / 2 + 0.3), np.full(len(at), PIT_M - 0.05)]
    parts.add("tracks", boxes(low, np.full((len(at), 3), [0.24, 2.3, 0.12])).turned("z", turn), SLEEPER)
    for y in (-w / 2 + 0.72, -w / 2 + 2.16):
        foot, web = block(d - 0.02, 0.12, 0.02, 0, y, PIT_M + 0.07), block(d - 0.02, 0.02, 0.1, 0, y, PIT_M + 0.09)
        parts.add(
            "tracks", join(foot, web, block(d - 0.02, 0.06, 0.035, 0, y, PIT_M + 0.18, 0.008)).turned("z", turn), RAIL
        )
    deep = sheet(d, -PIT_M).moved(0, 0, PIT_M)
    parts.add("pit", deep.turned("z", 180).moved(0, -w / 2).turned("z", turn), lower)
    parts.add("pit", deep.moved(0, -edge).turned("z", turn), EDGE)
    short = sheet(TRACK_M, -PIT_M).moved(0, 0, PIT_M)
    for end, face in ((-1, 180), (1, 0)):
        parts.add("pit", short.turned("z", face).moved(side * (edge + TRACK_M / 2), end * d / 2), lower)


def _platform_edge(parts: Parts, params: Params, side: int) -> None:
    """Coping stones, a line and guiding studs along a track."""
    w, d = number(params, "width"), number(params, "depth")
    edge, turn = w / 2 - TRACK_M, 90 * side
    parts.add("edges", block(d - 0.02, 0.5, 0.14, 0, -edge + 0.17, -0.132, 0.006).turned("z", turn), EDGE)
    studs = slab(-d / 2 + 0.05, d / 2 - 0.05, -edge + 0.45, -edge + 0.85, 0.012)
    parts.add("edges", studs.turned("z", turn), STUDS)
    paint = Surface("plaster", ((0.62, 0.6, 0.52), (0.45, 0.43, 0.38)), 1, size_m=0.7)
    parts.add("edges", slab(-d / 2 + 0.05, d / 2 - 0.05, -edge + 0.12, -edge + 0.24, 0.012).turned("z", turn), paint)


def _train(parts: Parts, params: Params, side: int, rng: np.random.Generator) -> None:
    """A carriage that stands at the platform: panels, windows, doors, lamps, bogies."""
    w, d = number(params, "width"), number(params, "depth")
    edge, turn, tone = w / 2 - TRACK_M, 90 * side, pick(rng, LINES)
    front = -edge - 0.14
    paint = Surface(
        "marble", (tone, (0.8 * tone[0], 0.8 * tone[1], 0.8 * tone[2])), 1, size_m=2.5, roughness=0.3, coat=0.3
    )

    def add(mesh: Mesh, surface: Surface) -> None:
        parts.add("train", mesh.turned("z", turn), surface)

    length = d - 0.06
    add(block(length, 2.45, 2.45, 0, front - 1.225, -0.1, 0.03), ENAMEL)
    add(block(length, 2.3, 0.2, 0, front - 1.225, 2.35, 0.08), STEEL)
    add(block(length, 2.1, 0.6, 0, front - 1.225, -0.7), DARK)
    add(
        join(block(length, 0.016, 0.42, 0, front + 0.008, 0.0), block(length, 0.016, 0.12, 0, front + 0.008, 2.05)),
        paint,
    )
    count, panes = int(length / 1.55), LIT_PANES if rng.random() < 0.7 else DARK_PANES
    for k in range(count):
        x = (k - (count - 1) / 2) * length / count
        if k % 3 == 1:
            for s in (-1, 1):
                add(block(0.62, 0.03, 2.02, x + s * 0.315, front + 0.012, -0.02, 0.008), paint)
                add(block(0.4, 0.004, 0.85, x + s * 0.315, front + 0.028, 0.95), PANE)
                add(frame(x + s * 0.315 - 0.23, x + s * 0.315 + 0.23, 0.92, 1.83, 0.04, front + 0.03, 0.02), DARK)
            add(block(0.08, 0.03, 0.12, x + 0.75, front, 1.0, 0.008), STEEL)
            continue
        at = np.array([[-x, 0.0, 1.0]])
        add(glass(rng, at, 1.12, 0.78, -front - 0.004).turned("z", 180), panes)
        add(frame(x - 0.6, x + 0.6, 0.96, 1.82, 0.05, front + 0.004, 0.02), DARK)
        add(sheet(0.5, 0.22, fit=True).turned("z", 180).moved(x, front + 0.002, 0.6), _name(rng, tone))
    at = np.linspace(-length / 2 + 0.5, length / 2 - 0.5, 7)
    add(
        boxes(np.c_[at - 0.1, np.full(7, front - 0.02), np.full(7, 2.2)], np.full((7, 3), [0.2, 0.03, 0.05])),
        lamps.WARM,
    )


def _far_wall(put: Dresser, wall: Wall, tone: Colour, rng: np.random.Generator) -> None:
    """Billboards, name signs, a band of colour, cables and lamps beyond a track."""
    length = wall.length
    band = Surface("metro", (tone, (0.6, 0.58, 0.5)), 3, size_m=1.2, roughness=0.2)
    put.add("bands", sheet(length - 0.02, 0.42).moved(0, -0.012, 2.42), band)
    x, k = -length / 2 + 0.5, int(rng.integers(3))
    while x < length / 2 - 1.2:
        wide = float(rng.uniform(1.5, 2.2)) if k % 3 else 2.4
        if x + wide > length / 2 - 0.3:
            break
        middle = x + wide / 2
        if k % 3 == 0:
            put.add("signs", block(wide, 0.05, 0.4, middle, -0.03, 2.43, 0.008), ENAMEL)
            for s in (-1, 1):
                put.add(
                    "signs",
                    sheet(0.5 * wide - 0.06, 0.36, fit=True).moved(middle + s * wide / 4, -0.0575, 2.45),
                    _name(rng, tone),
                )
        count = 1 if rng.random() < 0.5 else 2
        for j in range(count):
            share = wide / count - 0.12
            at = middle + (j - (count - 1) / 2) * wide / count
            tall = 1.45
            put.add(
                "billboards",
                placard(share, tall, int(rng.integers(12))).moved(at, -0.045, 0.75),
                PLACARDS[int(rng.integers(4))],
            )
            rim = boxes(
                np.array(
                    [
                        [at - share / 2 - 0.05, -0.06, 0.7],
                        [at + share / 2, -0.06, 0.7],
                        [at - share / 2, -0.06, 0.7],
                        [at - share / 2, -0.06, 0.75 + tall],
                    ]
                ),
                np.array(
                    [[0.05, 0.06, tall + 0.1], [0.05, 0.06, tall + 0.1], [share, 0.06, 0.05], [share, 0.06, 0.05]]
                ),
            )
            put.add("billboards", rim, STEEL if k % 2 else DARK)
        x += wide + float(rng.uniform(0.25, 0.7))
        k += 1
    for z, radius in ((0.42, 0.035), (0.5, 0.02), (0.56, 0.02)):
        fit.pipe_run(put, z, radius, DARK if radius < 0.03 else RAIL, 0.09)


def _bench(put: Dresser, x: float, rng: np.random.Generator) -> None:
    """A row of four seats with a back."""
    shell_paint = enamelled(rng)
    for k in range(4):
        at = x + (k - 1.5) * 0.52
        put.add(
            "benches",
            join(block(0.46, 0.42, 0.05, at, -0.36, 0.42, 0.015), block(0.46, 0.05, 0.4, at, -0.14, 0.48, 0.015)),
            shell_paint,
        )
    legs = [
        join(block(0.06, 0.4, 0.05, x + s * 0.8, -0.36, 0.0), block(0.06, 0.06, 0.42, x + s * 0.8, -0.36, 0.0))
        for s in (-1, 1)
    ]
    put.add("benches", join(*legs, block(2.1, 0.06, 0.05, x, -0.36, 0.37)), STEEL)
    fit.poster(put, x, 1.1, 0.75, rng)


def _machine(put: Dresser, x: float, rng: np.random.Generator) -> None:
    """A vending or ticket machine with buttons and a lit front."""
    paint, tall = enamelled(rng), float(rng.uniform(1.75, 1.95))
    put.add("machines", block(0.92, 0.75, tall - 0.06, x, -0.42, 0.06, 0.01), paint)
    put.add("machines", block(0.86, 0.68, 0.06, x, -0.42, 0.0), DARK)
    if rng.random() < 0.6:
        shelf = [block(0.58, 0.02, 0.02, x - 0.12, -0.8, 0.55 + 0.24 * k) for k in range(5)]
        put.add("machines", block(0.62, 0.012, 1.25, x - 0.12, -0.8, 0.5), DARK)
        put.add("machines", join(*shelf), STEEL)
        for k in range(5):
            low = np.array([[x - 0.4 + 0.112 * j, -0.835, 0.57 + 0.24 * k] for j in range(5)])
            cans = copies(
                lathe([[0.032, 0], [0.034, 0.005], [0.034, 0.14], [0.02, 0.18]], 10, uv_repeat=(2.0, 1.0)),
                low + [0.05, 0.02, 0.0],
            )
            put.add("machines", cans, LABELS[k % 4])
        put.add(
            "machines",
            join(block(0.16, 0.012, 0.3, x + 0.33, -0.802, 1.05), block(0.5, 0.014, 0.16, x - 0.12, -0.802, 0.22)),
            DARK,
        )
        put.add(
            "machines", sheet(0.56, 0.16, fit=True).moved(x - 0.1, -0.797, tall - 0.2), _name(rng, pick(rng, LINES))
        )
    else:
        screen = Surface("screens", ((0.03, 0.14, 0.38), (0.5, 0.33, 0.03)), 1, emission=0.5, roughness=0.3)
        put.add("machines", block(0.5, 0.03, 0.42, x, -0.805, 1.1, 0.006), DARK)
        put.add("machines", sheet(0.44, 0.36, fit=True).moved(x, -0.8215, 1.13), screen)
        keys = np.array([[x - 0.18 + 0.06 * i, -0.81, 0.82 + 0.06 * j] for i in range(4) for j in range(4)])
        put.add("machines", boxes(keys, np.full((16, 3), [0.045, 0.02, 0.045])), STEEL)
        put.add(
            "machines", join(block(0.2, 0.02, 0.12, x + 0.25, -0.8, 0.84), block(0.3, 0.03, 0.14, x, -0.8, 0.45)), DARK
        )
        put.add("machines", sheet(0.8, 0.2, fit=True).moved(x, -0.797, tall - 0.24), _name(rng, pick(rng, LINES)))


def _bin(put: Dresser, x: float, rng: np.random.Generator) -> None:
    body = lathe([[0.2, 0], [0.22, 0.03], [0.22, 0.75], [0.24, 0.78], [0.2, 0.86], [0.12, 0.88]], 22)
    put.add("bins", body.moved(x, -0.32, 0), enamelled(rng))
    put.add("bins", lathe([[0.225, 0.5], [0.225, 0.56]], 22).moved(x, -0.32, 0), STEEL)
    fit.extinguisher(put, x + 0.42)


def _map(put: Dresser, x: float, tone: Colour, rng: np.random.Generator) -> None:
    """A lit frame with a plan and time tables."""
    put.add("maps", block(1.3, 0.1, 1.25, x, -0.055, 0.95, 0.008), ENAMEL)
    plan = Surface("patchwork", (tone, (0.6, 0.58, 0.52), (0.5, 0.45, 0.3)), int(rng.integers(4)), roughness=0.4)
    put.add("maps", sheet(0.66, 1.0, fit=True).moved(x - 0.27, -0.107, 1.02), plan)
    for k in range(2):
        put.add(
            "maps",
            sheet(0.48, 0.48, fit=True).moved(x + 0.35, -0.107, 1.02 + 0.52 * k),
            Surface("pages", ((0.66, 0.64, 0.58),), k, roughness=0.6),
        )
    put.add("maps", sheet(1.2, 0.13, fit=True).moved(x, -0.107, 2.04), _name(rng, tone))


def _end_wall(put: Dresser, wall: Wall, tone: Colour, inner: float, rng: np.random.Generator) -> None:
    """Doors under a sign; seats, machines, plans and bins on the platform; darkness where the tracks go on."""
    hole = wall.holes[0]
    door(put, hole, FRAMES[1], glazed=True, trim=FRAMES[1])
    fit.exit_sign(put, hole.at, hole.height + 0.2)
    left_of = [(-inner + 0.1, hole.at - hole.width / 2 - 0.3), (hole.at + hole.width / 2 + 0.3, inner - 0.1)]
    for left, right in left_of:
        x = left
        options = rng.permutation(4)
        for kind in options:
            need = (2.2, 1.0, 1.4, 1.0)[kind]
            if x + need > right:
                continue
            middle = x + need / 2
            if kind == 0:
                _bench(put, middle, rng)
            elif kind == 1:
                _machine(put, middle, rng)
            elif kind == 2:
                _map(put, middle, tone, rng)
            else:
                _bin(put, middle - 0.2, rng)
            x += need + 0.12
    for side in (-1, 1):
        middle = side * (inner + TRACK_M / 2)
        rim = boxes(
            np.array([[middle - 1.3, -0.2, PIT_M], [middle + 1.1, -0.2, PIT_M], [middle - 1.1, -0.2, 2.95]]),
            np.array([[0.2, 0.2, 3.15 - PIT_M], [0.2, 0.2, 3.15 - PIT_M], [2.2, 0.2, 0.2]]),
        )
        put.add("tunnels", rim, EDGE)
        put.add(
            "tunnels",
            sheet(2.2, 2.95 - PIT_M).moved(middle, -0.03, PIT_M),
            Surface("asphalt", ((0.02, 0.02, 0.02), (0.06, 0.06, 0.06)), 1, size_m=2.0),
        )
        lights = [block(0.14, 0.05, 0.1, middle + dx, -0.06, 2.2) for dx in (-0.85, 0.85)]
        put.add("tunnels", join(*lights), Surface("plain", ((1.0, 0.5, 0.2),), emission=1.2))


def _vault(parts: Parts, params: Params, rng: np.random.Generator) -> None:
    """Steel ribs that spring from the walls, rails between them and hanging signs."""
    w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    steel = enamelled(rng)
    t = np.linspace(0, np.pi, 15)
    for y in np.arange(-d / 2 + 0.6, d / 2, 2.2):
        arc = np.c_[(w / 2 - 0.12) * np.cos(t), np.full(15, y), h - 1.3 + 1.15 * np.sin(t)]
        ribs = [rod(a, b, 0.075, 8) for a, b in itertools.pairwise(arc)]
        feet = [block(0.18, 0.2, h - 1.3 - PIT_M, s * (w / 2 - 0.12), float(y), PIT_M) for s in (-1, 1)]
        parts.add("ribs", join(*ribs, *feet), steel)
    for x in (-0.3 * w, 0.0, 0.3 * w):
        z = h - 1.3 + 1.15 * np.sqrt(1 - (x / (w / 2 - 0.12)) ** 2)
        parts.add("ribs", rod([x, -d / 2 + 0.02, z], [x, d / 2 - 0.02, z], 0.045, 8), steel)


def _hung_signs(parts: Parts, params: Params, tone: Colour, rng: np.random.Generator) -> None:
    _w, d, h = (number(params, k) for k in ("width", "depth", "height"))
    for y in (-0.28 * d, 0.28 * d):
        parts.add("signs", block(2.4, 0.12, 0.42, 0, y, 2.75, 0.01), ENAMEL)
        for side in (-1, 1):
            for k in (-1, 1):
                face = (
                    sheet(1.1, 0.36, fit=True)
                    .turned("z", 0 if side < 0 else 180)
                    .moved(k * 0.58, y + side * 0.0625, 2.78)
                )
                parts.add("signs", face, _name(rng, tone))
        parts.add("signs", join(*[rod([s * 0.9, y, 3.17], [s * 0.9, y, h], 0.014, 8) for s in (-1, 1)]), DARK)
    face = lathe([[0.3, -0.08], [0.32, -0.06], [0.32, 0.06], [0.3, 0.08]], 30).turned("x", 90).moved(0, 0, 3.1)
    parts.add("signs", face, ENAMEL)
    parts.add("signs", rod([0, 0, 3.4], [0, 0, h], 0.016, 8), DARK)
    for side in (-1, 1):
        for length, angle in ((0.16, 50.0), (0.24, -70.0)):
            hand = block(0.02, 0.006, length, 0, 0, 0).turned("y", angle).moved(0, side * 0.088, 3.1)
            parts.add("signs", hand, DARK)


def build_station(params: Params) -> list[tuple[str, Model]]:
    """A station with two tracks."""
    rng, parts = stream(params, 20), Parts()
    plain, floor = lining(rng, str(params["wall"])), lining(rng, str(params["floor"]), floor=True)
    tone, inner = pick(rng, LINES), number(params, "width") / 2 - TRACK_M
    upright = shell(parts, params, "station", plain, floor, lining(rng, "planks"), inner)
    for wall in upright:
        put = Dresser(parts, wall)
        strips(put, wall, number(params, "height"), low=EDGE, top=None, tall=0.2)
        if wall.name in ("wall_north", "wall_south"):
            _end_wall(put, wall, tone, inner, rng)
            continue
        for hole in wall.holes:
            window(put, hole, max(2, round(hole.width / 0.9)), 1, FRAMES[1])
        _far_wall(put, wall, tone, rng)
    for side in (-1, 1):
        _bed(parts, params, side, plain)
        _platform_edge(parts, params, side)
    if rng.random() < 0.6:
        _train(parts, params, int(rng.choice([-1, 1])), rng)
    _vault(parts, params, rng)
    _hung_signs(parts, params, tone, rng)
    lamps.tubes(parts, lamp_points("station", params), number(params, "height"), 1.6)
    outside(parts, params, upright)
    return parts.models()
