"""Light: moods of the day and of rooms, their lamps, suns and skies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset

from .light_changes import Change, changed_light, changed_strength, draw_change
from .places import Stage
from .spec import AssetRef, Light, Track, World

Array = NDArray[np.float64]
Colour = tuple[float, float, float]

OUTDOOR = ("morning", "noon", "golden", "overcast", "dusk", "night")
INDOOR = ("daylight", "evening", "neon", "screen")
FROM_FILE = "environment"
"""Mood of an outdoor scene that an environment file lights."""

EXPOSURE_EV: dict[str, float] = {"dusk": -0.5, "night": -1.5, "evening": -0.3, "neon": -0.5, "screen": -0.4}
"""How much darker than middle grey a picture of a mood is meant to be."""

_SKY: dict[str, float] = {"morning": 9.0, "noon": 30.0, "golden": 8.0, "overcast": 15.0, "dusk": 0.7, "night": 0.012}
"""W/m^2 that the sky sends on level ground. Only ratios count, since exposure is metered."""

_ELEVATION_DEG: dict[str, tuple[float, float]] = {
    "morning": (13, 26), "noon": (42, 68), "golden": (6, 13), "overcast": (20, 60), "dusk": (-5, -1.5),
    "night": (22, 55), "daylight": (16, 48),
}  # fmt: skip
"""Range of the sun's or moon's elevation. A low sun is raised over the roofs or hills behind which it would stand."""

_GLOW: dict[str, float] = {"daylight": 0.3, "neon": 0.15, "screen": 0.15, "dusk": 1.0, "night": 1.0}
"""What is left of the light that lamps, screens and windows of the place give off where its own lamps are not lit."""

_SATURATED: tuple[Colour, ...] = (
    (1.0, 0.05, 0.55), (0.05, 0.75, 1.0), (1.0, 0.28, 0.03), (0.35, 0.08, 1.0), (0.1, 1.0, 0.35), (1.0, 0.04, 0.06),
)  # fmt: skip


@dataclass(frozen=True)
class SceneLight:
    """All light of a scene over its time.

    Attributes:
        glow: multiplies what lamps and lit windows of the place give off.
    """

    world: World
    lamps: tuple[Light, ...]
    glow: Track
    change: Change


def draw_light(
    stage: Stage,
    mood: str,
    sky: Asset,
    environment: Asset | None,
    strength: str,
    frame_times_s: Array,
    rng: Callable[[str], np.random.Generator],
) -> SceneLight:
    """The light of a place in a mood, and how it changes.

    Args:
        strength: of the change.
        frame_times_s: (S, N) seconds.
        rng: the scene's streams by name.
    """
    world, level = _draw_world(stage, mood, sky, environment, rng("world"))
    lamps = (_indoor if stage.indoor else _outdoor)(stage, mood, world, rng("lights"))
    change = draw_change(_events(mood, {_kind(lamp) for lamp in lamps}), strength, frame_times_s, rng("light change"))
    if change.event == "move":
        lamps = [_dimmed(lamp) for lamp in lamps] + [_mover(stage, rng("moving lamp"))]
    lit = change.track(np.exp(change.level)) if stage.indoor and change.acts_on("lamp-0") else Track.constant(1.0)
    if mood in ("neon", "screen") or not any(_kind(lamp) == "lamp" for lamp in lamps):
        lit = Track.constant(_GLOW.get(mood, 0.0))
    world = world.model_copy(update={"strength": changed_strength(level, change)})
    return SceneLight(world, tuple(changed_light(lamp, change) for lamp in lamps), lit, change)


def _kind(lamp: Light) -> str:
    """`lamp` of `lamp-3`."""
    return lamp.name.rsplit("-", 1)[0]


def _events(mood: str, kinds: set[str]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """What may happen to the light of a mood: event -> its weight and what it drives, given the kinds of lamps."""
    if mood in ("morning", "noon", "golden"):
        return {"cloud": (0.75, ("sun", "sky")), "colour": (0.25, ("sun", "sky"))}
    if mood == FROM_FILE or mood == "overcast":
        return {"cloud": (1.0, ("sun", "world"))}
    if mood == "daylight":
        found = {"cloud": (0.65, ("sun", "window", "world")), "switch": (0.35, ("lamp",))}
    elif mood in ("dusk", "night"):
        found = {"cloud": (0.25, ("moon", "world")), "flicker": (0.2, ("lamp",)), "switch": (0.25, ("lamp",)),
                 "colour": (0.1, ("sign",)), "move": (0.3, ("carried", "headlight"))}  # fmt: skip
    else:
        main = {"evening": "lamp", "neon": "neon", "screen": "screen"}[mood]
        weights = {"evening": (0.2, 0.3, 0.2), "neon": (0.3, 0.25, 0.25), "screen": (0.7, 0.0, 0.1)}[mood]
        found = {event: (w, (main,)) for event, w in zip(("flicker", "switch", "colour"), weights, strict=True)}
        found["move"] = (0.25, ("carried",))
    return {
        event: (w, drives) for event, (w, drives) in found.items() if event in ("cloud", "move") or kinds & {*drives}
    }


# ------------------------------------------------------------------ sky
def _draw_world(
    stage: Stage, mood: str, sky: Asset, environment: Asset | None, rng: np.random.Generator
) -> tuple[World, float]:
    """What surrounds a place, and its strength before any change: an environment file, or a painted sky."""
    turn = float(rng.uniform(0, 2 * np.pi))
    shown = mood if mood in _SKY else str(rng.choice(["dusk", "night"], p=[0.35, 0.65]))
    shown = "night" if mood == "screen" else shown
    if mood == "daylight":
        shown = "noon"
        turn = _turn_to_a_window(stage, rng)
    azimuth, skyline = (0.0, 0.0) if stage.indoor else _clear_way(stage, rng)
    if not stage.indoor:
        turn = float(-azimuth % (2 * np.pi))
    if environment is not None:
        level = {"dusk": 0.05, "night": 0.002}.get(shown, 1.0) * (4.0 if stage.indoor else 1.0)
        ref, params = AssetRef(id=environment.id, sha256=environment.sha256), {}
    else:
        level = _SKY[shown] * float(rng.uniform(0.8, 1.25))
        ref, params = AssetRef(id=sky.id, sha256=sky.sha256), _sky_params(shown, mood, skyline, rng)
    return World(asset=ref, params=params, strength=Track.constant(level), turn=turn), level


def _sky_params(shown: str, mood: str, skyline: float, rng: np.random.Generator) -> dict[str, float | int]:
    low, high = _ELEVATION_DEG["daylight" if mood == "daylight" else shown]
    elevation = rng.uniform(low, high)
    if mood in ("morning", "golden"):
        elevation = max(elevation, min(np.degrees(skyline) + 5.0, 32.0))
    cloud = {"overcast": rng.uniform(0.85, 1.0), "night": rng.uniform(0.0, 0.4)}.get(shown, rng.uniform(0.05, 0.6))
    return {
        "seed": int(rng.integers(2**31)),
        "cloud": float(cloud),
        "sun_elevation": float(np.radians(elevation)),
        "haze": float(rng.uniform(0.5, 1.0) if shown == "golden" else rng.uniform(0.1, 0.8)),
        "night": int(shown == "night"),
    }


def _clear_way(stage: Stage, rng: np.random.Generator) -> tuple[float, float]:
    """A direction in which little stands in the way of a low sun, and the elevation of what does; radians."""
    x, y, z = np.asarray(stage.backdrop).T
    angle, height = np.arctan2(y, x), np.arctan2(z - 1.0, np.hypot(x, y))
    ways = rng.uniform(0, 2 * np.pi, 16)
    beside = np.abs((angle[None] - ways[:, None] + np.pi) % (2 * np.pi) - np.pi) < 0.3
    skyline = np.where(beside, height[None], 0.0).max(axis=1)
    best = int(np.argsort(skyline, kind="stable")[int(rng.integers(4))])
    return float(ways[best]), float(skyline[best])


def _turn_to_a_window(stage: Stage, rng: np.random.Generator) -> float:
    """The world's turn that brings the painted sun before one of the windows, more or less."""
    if not stage.windows:
        return float(rng.uniform(0, 2 * np.pi))
    _, inward, _, _ = stage.windows[int(rng.integers(len(stage.windows)))]
    return float(-(np.arctan2(-inward[1], -inward[0]) + rng.uniform(-0.8, 0.8)) % (2 * np.pi))


def sunlight(elevation: float, haze: float) -> Array:
    """(3,) share of the sun's linear red, green and blue that comes through the air, its elevation in radians.

    Optical depths of clear air at 610, 550 and 465 nm (Rayleigh) and of haze, through the air mass of Kasten and Young
    (Applied Optics 28, 1989).
    """
    degrees = np.degrees(elevation)
    mass = 1 / (np.sin(elevation) + 0.50572 * (degrees + 6.07995) ** -1.6364)
    return np.exp(-mass * (np.array([0.062, 0.095, 0.19]) + (0.03 + 0.09 * haze) * np.array([0.88, 1.0, 1.22])))


# ------------------------------------------------------------------ outdoors
def _outdoor(stage: Stage, mood: str, world: World, rng: np.random.Generator) -> list[Light]:
    """The sun or moon where the painted sky shows it, street lamps when it is dark, and lit signs on fronts."""
    lights: list[Light] = []
    level = world.strength.values[0][0]
    if mood in ("morning", "noon", "golden", "overcast"):
        power = level * (0.25 if mood == "overcast" else rng.uniform(4.5, 8.0))
        lights.append(_sun(world, power, veiled=mood == "overcast", low=mood == "golden"))
    if mood not in ("dusk", "night"):
        return lights
    if mood == "night" and world.params:
        lights.append(_lamp("moon-0", "sun", 20 * _towards(world), np.zeros(3), level * rng.uniform(15, 25),
                            (0.55, 0.73, 1.0), 0.0095))  # fmt: skip
    lamp_colour = [(1.0, 0.62, 0.28), (1.0, 0.82, 0.58), (0.9, 0.97, 1.0)][int(rng.integers(3))]
    power = rng.uniform(110, 190)
    for k, head in enumerate(stage.lamps):
        position = np.array(head) - [0, 0, 0.06]
        lights.append(_lamp(f"lamp-{k}", "spot", position, position - [0, 0, 1], power, lamp_colour, 0.12, 2.75))
    for k, (spot, out) in enumerate(_on_walls(stage, int(rng.integers(1, 3)), 0.9, 2.7, rng, within=15.0)):
        colour = _SATURATED[int(rng.integers(len(_SATURATED)))]
        lights.append(_lamp(f"sign-{k}", "area", spot, spot + out - [0, 0, 0.3], rng.uniform(10, 35), colour, 0.8))
    return lights


def _towards(world: World) -> Array:
    """(3,) direction of the painted sky's sun or moon."""
    elevation = float(world.params["sun_elevation"])
    # The sky's middle column, where its sun is, looks along +x before it is turned.
    return np.array(
        [np.cos(-world.turn) * np.cos(elevation), np.sin(-world.turn) * np.cos(elevation), np.sin(elevation)]
    )


def _sun(world: World, power: float, veiled: bool = False, low: bool = False) -> Light:
    """The sun of a painted sky, W/m^2.

    Args:
        veiled: by a closed layer of clouds.
        low: as red as near the horizon, though it may stand over roofs.
    """
    elevation, haze = float(world.params["sun_elevation"]), float(world.params["haze"])
    elevation = min(elevation, np.radians(7.0)) if low else elevation
    through = sunlight(elevation, haze)
    colour = np.ones(3) if veiled else through / through.max()
    size = 0.7 if veiled else 0.0093 + 0.02 * haze
    return _lamp("sun-0", "sun", 20 * _towards(world), np.zeros(3), power, tuple(colour), size)


# ------------------------------------------------------------------ indoors
def _indoor(stage: Stage, mood: str, world: World, rng: np.random.Generator) -> list[Light]:
    """Windows, lamps under the ceiling, and what the mood adds."""
    large = 4.0 if stage.ceiling > 3.5 else 1.0
    if mood == "daylight":
        return _daylight(stage, world, large, rng)
    lights = _windows(stage, 1.2 * world.strength.values[0][0] if world.params else 0.05, (0.35, 0.5, 1.0))
    if mood == "evening":
        return lights + _ceiling(stage, rng.uniform(40, 100) * large, rng) + _sconces(stage, 25 * large, rng)
    if mood == "neon":
        count = int(rng.integers(3, 5))
        colours = rng.permutation(len(_SATURATED))[:count]
        walls = _on_walls(stage, count, 0.35, min(2.3, stage.ceiling - 0.3), rng)
        for k, (spot, out) in enumerate(walls):
            name = "neon" if k < 2 else "tube"
            power = rng.uniform(25, 60) * large
            lights.append(_lamp(f"{name}-{k}", "area", spot, spot + out - [0, 0, 0.35], power,
                                _SATURATED[colours[k]], 0.9))  # fmt: skip
        return lights + _ceiling(stage, 5.0 * large, rng)
    cold = (rng.uniform(0.25, 0.5), rng.uniform(0.5, 0.75), 1.0)
    for k, (spot, out) in enumerate(_on_walls(stage, 1, 0.8, 1.15, rng)):
        lights.append(_lamp(f"screen-{k}", "area", spot, spot + out, rng.uniform(40, 80) * large, cold, 1.1))
    # Far from the screen other lamps are left on low.
    return lights + _sconces(stage, 6.0 * large, rng) + _ceiling(stage, 4.0 * large, rng)


def _daylight(stage: Stage, world: World, large: float, rng: np.random.Generator) -> list[Light]:
    """The sky through each window, often the sun through some, and now and then lamps."""
    w = rng.uniform(-1, 1)
    sunny, lit = rng.random() < 0.7, rng.random() < 0.45 or not stage.windows
    lights = _windows(stage, rng.uniform(45, 110), (0.95 + 0.05 * w, 0.97, 1.0 - 0.15 * max(w, 0)))
    if sunny and world.params:
        lights.append(_sun(world, rng.uniform(60, 130)))
    return lights + (_ceiling(stage, rng.uniform(35, 90) * large, rng) if lit else [])


def _windows(stage: Stage, power: float, colour: Colour) -> list[Light]:
    """A light before each window; W for each square metre."""
    lights = []
    for k, (centre, normal, width, height) in enumerate(stage.windows):
        inside, outside = np.array(centre) + 0.05 * np.array(normal), np.array(centre) - 0.25 * np.array(normal)
        lights.append(
            _lamp(f"window-{k}", "area", outside, inside, power * width * height, colour, 0.9 * min(width, height))
        )
    return lights


def _ceiling(stage: Stage, power: float, rng: np.random.Generator) -> list[Light]:
    w = rng.uniform(0, 1)
    colour = (1.0, 0.92 - 0.22 * w, 0.8 - 0.42 * w)
    spots = [np.array(lamp) for lamp in stage.lamps]
    return [_lamp(f"lamp-{k}", "point", p, p - [0, 0, 1], power, colour, 0.12) for k, p in enumerate(spots)]


def _sconces(stage: Stage, power: float, rng: np.random.Generator) -> list[Light]:
    """One or two warm lamps near walls."""
    walls = _on_walls(stage, int(rng.integers(1, 3)), 0.4, 1.95, rng)
    return [
        _lamp(f"sconce-{k}", "point", p, p - [0, 0, 1], power * rng.uniform(0.6, 1.4), (1.0, 0.68, 0.36), 0.12)
        for k, (p, _) in enumerate(walls)
    ]


# ------------------------------------------------------------------ single lamps
def _on_walls(
    stage: Stage, count: int, out_m: float, height: float, rng: np.random.Generator, within: float = np.inf
) -> list[tuple[Array, Array]]:
    """Points before upright planes and the directions away from these; fewer than `count` where planes are few."""
    planes = [*(plane[1:] for plane in stage.planes), *stage.bounds]
    upright = [(np.array(n), d) for n, d in planes if abs(n[2]) < 0.1 and abs(d) < within]
    found = []
    for k in rng.permutation(len(upright))[:count]:
        normal, offset = upright[int(k)]
        along = np.cross(normal, [0.0, 0.0, 1.0])
        reach = abs(float(along[0])) * stage.half_width + abs(float(along[1])) * stage.half_depth
        spot = normal * (offset + out_m) + along * rng.uniform(-0.7, 0.7) * reach
        found.append((spot + [0, 0, height], normal))
    return found


def _mover(stage: Stage, rng: np.random.Generator) -> Light:
    """A lamp that somebody carries overhead, or outdoors often the headlight of something that passes."""
    angle = rng.uniform(0, 2 * np.pi)
    way = np.array([np.cos(angle), np.sin(angle), 0.0])
    half = np.array([stage.half_width, stage.half_depth, 0.0])
    if not stage.indoor and rng.random() < 0.5:
        start = -0.9 * way * half + [0, 0, 0.68]
        return _lamp("headlight-0", "spot", start, start + 10 * way - [0, 0, 0.4], 900, (1.0, 0.95, 0.86), 0.09, 0.9)
    start = 0.25 * half * rng.uniform(-1, 1, 3) + [0, 0, min(2.15, stage.ceiling - 0.4)]
    power = rng.uniform(50, 90) * (2.5 if stage.ceiling > 3.5 else 1.0)
    along = np.array([1.0, 0, 0]) if half[0] > half[1] else np.array([0, 1.0, 0])
    return _lamp("carried-0", "point", start, start + along, power, (1.0, 0.72, 0.4), 0.08)


def _dimmed(lamp: Light) -> Light:
    """With less power, so that a moving lamp tells."""
    return lamp.model_copy(update={"power": Track.constant(0.4 * lamp.power.values[0][0])})


def _lamp(
    name: str,
    kind: str,
    position: Array,
    target: Array,
    power: float,
    colour: tuple[float, ...],
    size: float,
    cone_rad: float = 0.0,
) -> Light:
    return Light.model_validate(
        {
            "name": name,
            "kind": kind,
            "position": Track.constant(*(float(v) for v in position)),
            "target": Track.constant(*(float(v) for v in target)),
            "power": Track.constant(float(power)),
            "colour": Track.constant(*(float(v) for v in colour)),
            "size_m": Track.constant(float(size)),
            "cone_rad": float(cone_rad),
        }
    )
