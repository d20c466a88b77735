"""Light: lamps, windows, sun and sky, and how they change from frame to frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.catalogue import Asset

from .places import Stage
from .spec import AssetRef, Light, Track, World

Array = NDArray[np.float64]

CHANGE: dict[str, float] = {"none": 0.0, "weak": 0.08, "medium": 0.3, "strong": 0.8}
"""How far, in natural logarithms, a lamp's power goes from one moment of the scene to the next; the frames of one
sequence may have moments of others between them."""

EXPOSURE_EV: dict[str, float] = {"none": 0.0, "weak": 0.05, "medium": 0.15, "strong": 0.35}


def draw_lights(
    stage: Stage, world: World, change: str, times_s: Sequence[float], rng: np.random.Generator
) -> tuple[Light, ...]:
    """The lamps of a place. Outdoors an environment file brings its own sun; a painted sky has one lamp for it."""
    lights = _indoor(stage, rng) if stage.indoor else _outdoor(world, rng)
    moving = [_changed(light, CHANGE[change], times_s, rng) for light in lights]
    return tuple(moving)


def draw_world(
    stage: Stage, sky: Asset, environment: Asset | None, change: str, times_s: Sequence[float], rng: np.random.Generator
) -> World:
    """What surrounds the place: an environment file, or a painted sky."""
    turn = float(rng.uniform(0, 2 * np.pi))
    level = 0.5 if stage.indoor else 1.0
    strength = _walk(level, 0.5 * CHANGE[change], times_s, rng)
    if environment is not None:
        return World(
            asset=AssetRef(id=environment.id, sha256=environment.sha256), params={}, strength=strength, turn=turn
        )
    cloud, elevation = rng.uniform(0.0, 0.9), rng.uniform(np.radians(14), np.radians(65))
    params = {
        "seed": int(rng.integers(2**31)),
        "cloud": float(cloud),
        "sun_elevation": float(elevation),
        "haze": float(rng.uniform(0.1, 0.8)),
    }
    return World(asset=AssetRef(id=sky.id, sha256=sky.sha256), params=params, strength=strength, turn=turn)


def draw_exposure(change: str, frames: int, rng: np.random.Generator) -> tuple[float, ...]:
    """Exposure of each frame in EV about the metered one."""
    walk = np.cumsum(rng.normal(0, 1, frames)) * EXPOSURE_EV[change]
    return tuple(float(v) for v in np.clip(walk - walk[0], -1.0, 1.0))


def _indoor(stage: Stage, rng: np.random.Generator) -> list[Light]:
    """Daylight through each window, and some of the lamps lit."""
    night = rng.random() < 0.25
    lights = []
    for k, (centre, normal, width, height) in enumerate(stage.windows):
        inside, outside = np.array(centre) + 0.05 * np.array(normal), np.array(centre) - 0.25 * np.array(normal)
        power = width * height * rng.uniform(40, 130) * (0.05 if night else 1.0)
        colour = _daylight(rng) if not night else (0.3, 0.4, 0.8)
        lights.append(_lamp(f"window-{k}", "area", outside, inside, power, colour, 0.9 * min(width, height)))
    lit = [k for k in range(len(stage.lamps)) if night or rng.random() < 0.7] or [0]
    for k in lit[: len(stage.lamps)]:
        power = rng.uniform(30, 110) * (1.0 if stage.ceiling < 3.5 else 4.0)
        position = np.array(stage.lamps[k])
        lights.append(_lamp(f"lamp-{k}", "point", position, position - [0, 0, 1], power, _warm(rng), 0.12))
    return lights


def _outdoor(world: World, rng: np.random.Generator) -> list[Light]:
    """The sun, where the painted sky shows it; weaker and softer under clouds."""
    if "sun_elevation" not in world.params:
        return []
    elevation, cloud = float(world.params["sun_elevation"]), float(world.params["cloud"])
    # The sky's middle column, where its sun is, looks along +x before it is turned.
    azimuth = -world.turn
    towards = np.array([np.cos(azimuth) * np.cos(elevation), np.sin(azimuth) * np.cos(elevation), np.sin(elevation)])
    overcast = cloud > 0.65
    power = rng.uniform(0.4, 0.9) if overcast else rng.uniform(2.0, 4.5)
    warmth = float(np.clip(1.2 - 2 * elevation, 0, 1))
    colour = (1.0, 1.0 - 0.25 * warmth, 1.0 - 0.5 * warmth)
    size = 0.35 if overcast else 0.012
    return [_lamp("sun", "sun", 20 * towards, np.zeros(3), power, colour, size)]


def _lamp(
    name: str, kind: str, position: Array, target: Array, power: float, colour: tuple[float, ...], size: float
) -> Light:
    return Light.model_validate(
        {
            "name": name,
            "kind": kind,
            "position": Track.constant(*(float(v) for v in position)),
            "target": tuple(float(v) for v in target),
            "power": Track.constant(float(power)),
            "colour": Track.constant(*(float(v) for v in colour)),
            "size_m": float(size),
        }
    )


def _warm(rng: np.random.Generator) -> tuple[float, ...]:
    w = rng.uniform(0, 1)
    return (1.0, 0.92 - 0.2 * w, 0.8 - 0.4 * w)


def _daylight(rng: np.random.Generator) -> tuple[float, ...]:
    w = rng.uniform(-1, 1)
    return (0.95 + 0.05 * w, 0.97, 1.0 - 0.15 * max(w, 0))


def _changed(light: Light, amount: float, times_s: Sequence[float], rng: np.random.Generator) -> Light:
    """The lamp with its power wandering, switching or moving; streams are used alike whatever the amount."""
    how = rng.choice(["flicker", "switch", "move"])
    power = _walk(light.power.values[0][0], amount, times_s, rng)
    tint = rng.normal(0, 0.25 * amount, 3)
    position = light.position
    if how == "switch" and amount > 0.5:
        dark = (np.arange(len(times_s)) // max(1, len(times_s) // 4)) % 2
        levels = tuple((v[0] * (0.08 if d else 1.0),) for v, d in zip(power.values, dark, strict=True))
        power = power.model_copy(update={"values": levels})
    if how == "move" and light.kind in ("sun", "point"):
        position = _wander(light, amount, times_s, rng)
    colour = tuple(float(v) for v in np.clip(np.array(light.colour.values[0]) * np.exp(tint), 0, 1.2))
    start = light.colour.values[0]
    both = Track(times_s=(times_s[0], times_s[-1] + 1e-6), values=(start, colour))
    return light.model_copy(update={"power": power, "position": position, "colour": both})


def _walk(level: float, amount: float, times_s: Sequence[float], rng: np.random.Generator) -> Track:
    """A random walk of the logarithm that stays within a factor of four."""
    steps = rng.choice([-1.0, 1.0], len(times_s)) * rng.uniform(0.6, 1.4, len(times_s)) * amount
    logs, at = [], 0.0
    for step in steps:
        at = at + step if abs(at + step) < 1.4 else at - step
        logs.append(at)
    return Track(times_s=tuple(times_s), values=tuple((float(level * np.exp(v - logs[0])),) for v in logs))


def _wander(light: Light, amount: float, times_s: Sequence[float], rng: np.random.Generator) -> Track:
    """The lamp carried about its place: a sun along its circle of sky, a lamp some centimetres."""
    start = np.array(light.position.values[0])
    direction = rng.choice([-1.0, 1.0])
    keys = []
    for k in range(len(times_s)):
        angle = direction * 0.12 * amount * k
        if light.kind == "sun":
            c, s = np.cos(angle), np.sin(angle)
            keys.append((float(c * start[0] - s * start[1]), float(s * start[0] + c * start[1]), float(start[2])))
        else:
            keys.append(
                tuple(float(v) for v in start + 0.3 * amount * np.array([np.sin(2 * k), np.cos(1.3 * k) - 1, 0]))
            )
    return Track(times_s=tuple(times_s), values=tuple(keys))
