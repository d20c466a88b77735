"""Lamps and surrounding light of a view of a picture, and how much light each lamp sends where."""

from __future__ import annotations

import colorsys

import numpy as np
from numpy.typing import NDArray

from .planar_config import PlanarLight
from .planar_spec import Lamp
from .spec import Vector

Array = NDArray[np.float64]

SPOT_BLEND = 0.6
"""Share of a spot's cone over which its border fades."""


def draw_lamps(
    light: PlanarLight, extent: tuple[float, float], rng: np.random.Generator
) -> tuple[tuple[Lamp, ...], Vector]:
    """A view's lamps, and the radiance of what surrounds it."""
    lamps = tuple(_lamp(light, extent, rng) for _ in range(int(rng.integers(light.lamps[0], light.lamps[1] + 1))))
    total = sum(float(irradiance(lamp, np.array(lamp.target)[None])[0]) for lamp in lamps)
    low, high = np.log(light.ambient)
    level = float(np.exp(rng.uniform(low, high))) * total / np.pi
    return lamps, _scaled(_colour(light, rng), level)


def _lamp(light: PlanarLight, extent: tuple[float, float], rng: np.random.Generator) -> Lamp:
    kind = light.kinds[int(rng.integers(len(light.kinds)))]
    angle, around = np.radians(rng.uniform(*light.angle_deg)), rng.uniform(0, 2 * np.pi)
    direction = np.array([np.sin(angle) * np.cos(around), -np.cos(angle), np.sin(angle) * np.sin(around)])
    position = direction * rng.uniform(*light.distance_m)
    aim = rng.uniform(-0.4, 0.4, 2) * extent
    target = np.array([aim[0], 0.0, aim[1]]) if kind != "point" else np.zeros(3)
    lamp = Lamp(
        kind=kind,
        position=_vector(position),
        target=_vector(target),
        power_w=1.0,
        colour=_colour(light, rng),
        size_m=float(rng.uniform(*light.size_m)) * (3.0 if kind == "area" else 1.0),
        cone_rad=float(np.radians(rng.uniform(*light.cone_deg))) if kind == "spot" else 0.0,
    )
    wanted = float(np.exp(rng.uniform(*np.log(light.strength))))
    return lamp.model_copy(update={"power_w": wanted / float(irradiance(lamp, target[None])[0])})


def irradiance(lamp: Lamp, points: Array) -> Array:
    """(N,) W/m^2 that a lamp sends on points (N, 3) of the picture's plane, nothing in the way, seen from its middle.

    A point or spot lamp of P watts has P / 4 pi watts a steradian, a square lamp P / pi in the direction it faces.
    """
    way = points - np.array(lamp.position)
    distance = np.linalg.norm(way, axis=1)
    incoming = np.maximum(way[:, 1] / distance, 0.0)
    axis = np.array(lamp.target) - np.array(lamp.position)
    leaving = way @ axis / (distance * max(float(np.linalg.norm(axis)), 1e-9))
    if lamp.kind == "area":
        intensity = lamp.power_w / np.pi * np.maximum(leaving, 0.0)
    else:
        intensity = np.full(len(points), lamp.power_w / (4 * np.pi))
    if lamp.kind == "spot":
        intensity = intensity * _spot(leaving, lamp.cone_rad)
    return intensity * incoming / distance**2


def _spot(cosine: Array, cone_rad: float) -> Array:
    """How a spot fades towards the border of its cone, as in Cycles."""
    edge = np.cos(cone_rad / 2)
    smooth = (1 - edge) * SPOT_BLEND
    t = np.clip((cosine - edge) / max(smooth, 1e-6), 0, 1)
    return t * t * (3 - 2 * t)


def _colour(light: PlanarLight, rng: np.random.Generator) -> Vector:
    return colorsys.hsv_to_rgb(rng.random(), float(rng.uniform(*light.saturation)), 1.0)


def _scaled(colour: Vector, level: float) -> Vector:
    return colour[0] * level, colour[1] * level, colour[2] * level


def _vector(values: Array) -> Vector:
    return float(values[0]), float(values[1]), float(values[2])
