"""Balls."""

from __future__ import annotations

import numpy as np

from ..meshes import ball, lathe
from ..surfaces import Model, Surface
from .kit import (
    BLACK,
    WHITE,
    Assembly,
    paint,
)
from .shapes import (
    selected,
    unit_uv,
)


def _valve(a: Assembly, radius: float, surface: Surface) -> None:
    """A small valve sunk into the upper side of a ball."""
    plug = lathe([(0, radius - 0.004), (0.006, radius - 0.004), (0.005, radius + 0.0006), (0, radius + 0.0006)], 14)
    a.add(surface, plug.turned("x", 30).turned("z", 20).moved(z=radius))


def beach_ball() -> Model:
    """An inflated beach ball in segments that meet under white caps."""
    a = Assembly()
    skin = paint("gores", "d7263d", "f6f3ea", "2667b0", "f2b92a", seed=1, roughness=0.25, coat=0.4)
    a.add(skin, ball(0.22, 48, 28).turned("x", 35).turned("y", 20).moved(z=0.22))
    _valve(a, 0.22, WHITE)
    return a.model()


def basketball() -> Model:
    """A pebbled basketball with sunk black channels."""
    a = Assembly()
    skin = paint("basketball", "c9651f", "171310", seed=1, bump=0.002, roughness=0.65)
    a.add(skin, ball(0.121, 48, 28).turned("x", 65).turned("z", 25).moved(z=0.121))
    _valve(a, 0.121, BLACK)
    return a.model()


def football() -> Model:
    """A stitched football of pentagons and hexagons."""
    a = Assembly()
    a.add(
        paint("football", "ececea", "1a1a1c", seed=1, bump=0.003, roughness=0.4),
        ball(0.11, 48, 28).turned("x", 20).moved(z=0.11),
    )
    _valve(a, 0.11, BLACK)
    return a.model()


def gym_ball() -> Model:
    """A big ribbed exercise ball."""
    a = Assembly()
    polar = np.linspace(0, np.pi, 97)
    radius = 0.325 * (1 - 0.012 * (np.sin(40 * polar) > 0.75) * (np.sin(polar) > 0.35))
    rubber = paint("noise", "7a4f9a", "83579f", "71478f", "7d549c", size=0.5, roughness=0.35, coat=0.2)
    profile = np.stack([radius * np.sin(polar), -radius * np.cos(polar)], axis=1)
    a.add(rubber, lathe(profile, 48).turned("x", 25).moved(z=0.325))
    _valve(a, 0.325, WHITE)
    band = paint("notice", "7a4f9a", "f2efe6", "7a4f9a", seed=6, roughness=0.4)
    patch = ball(0.325, 48, 64)
    top = selected(patch, (patch.vertices[patch.faces][..., 2] > 0.28).all(axis=1))
    return a.add(band, unit_uv(top.moved(z=0.0015), "z").turned("x", 70).moved(z=0.325)).model()


BUILDERS = {
    "sports gear": {
        "beach-ball": beach_ball,
        "basketball": basketball,
        "football": football,
        "gym-ball": gym_ball,
    },
}
