"""Ground-projected environments: a flat ground and a shell about it that an environment picture is projected onto.

The picture was taken at `height` above the ground. Seen from there, the surface shows exactly the picture; from
elsewhere it shows parallax, and things can stand on it and cast shadows on it (DMAligner's DSIA, figure 3). The
shape is a smooth minimum of the ground plane and a sphere about the point of view.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .layouts import Params, number, stream
from .places import Stage

DOME = "dome"
"""Category and name of the place; only scenes with an environment file can stand in it."""

FLAT = 0.6
"""The ground is exactly flat up to this share of the radius."""

_SHARPNESS = 16.0


def draw_dome(rng: np.random.Generator) -> dict[str, float | int | str]:
    """Parameters of a dome: the height that its picture was taken from, and its radius, in metres."""
    return {
        "seed": int(rng.integers(1 << 31)),
        "height": round(float(rng.uniform(1.4, 2.0)), 3),
        "radius": round(float(rng.uniform(12.0, 28.0)), 3),
    }


def dome_distance(params: Params, elevation: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distance in metres from the point of view to the surface, in directions of some elevation in radians."""
    height, radius = number(params, "height"), number(params, "radius")
    down = np.maximum(-np.sin(elevation), 1e-9)
    ground = height / down
    blended = (ground**-_SHARPNESS + radius**-_SHARPNESS) ** (-1 / _SHARPNESS)
    flat = ground * np.cos(elevation) <= FLAT * radius * (1 + 1e-9)
    return np.where(elevation >= 0, radius, np.where(flat, ground, blended))


def dome_points(params: Params, azimuth: NDArray[np.float64], elevation: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N, 3) points of the surface in directions (N,) of azimuth and elevation, radians."""
    away = dome_distance(params, elevation)
    flat = np.cos(elevation)
    points = np.stack([flat * np.cos(azimuth), flat * np.sin(azimuth), np.sin(elevation)], axis=-1) * away[..., None]
    points[..., 2] += number(params, "height")
    return points


def dome_stage(params: Params) -> Stage:
    """What the sampler needs to know of a dome."""
    rng = stream(params, 9)
    side = 0.8 * FLAT * number(params, "radius") / np.sqrt(2)
    half = float(min(side, 6.5))
    around = dome_points(params, rng.uniform(0, 2 * np.pi, 120), rng.uniform(-0.12, 0.35, 120))
    ground = np.concatenate([rng.uniform(-half, half, (80, 2)), np.zeros((80, 1))], axis=1)
    planes = (("ground", (0.0, 0.0, 1.0), 0.0),)
    return Stage(False, half, half, float("inf"), np.concatenate([around, ground]), planes, (), ())
