"""How much ground things in outdoor places take up, and what keeps clear of it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .layouts import Spot

FOOTPRINTS = {
    "barn": (7.4, 5.8), "beach_hut": (1.5, 2.2), "boat": (2.0, 0.8), "cabin": (3.1, 1.6), "excavator": (3.5, 1.4),
    "farmhouse": (5.8, 4.2), "field_fence": (1.6, 0.1), "lamp": (0.0, 0.0), "lifeguard": (1.2, 0.8), "log": (1.7, 0.3),
    "mixer": (0.8, 0.5), "stump": (0.6, 0.6), "toilet": (0.6, 0.6), "tractor": (2.1, 1.2), "trailer": (3.0, 1.2),
    "truck": (3.6, 1.3),
}  # fmt: skip
"""Half width and half depth of what others keep clear of, metres at size 1."""


def clear(made: Iterable[Spot], others: Iterable[Spot], around: float) -> list[Spot]:
    """Those that keep a distance from others with a footprint, metres."""
    solid = [other for other in others if other.kind in FOOTPRINTS]
    return [spot for spot in made if all(_away(spot, other) > around for other in solid)]


def _away(spot: Spot, other: Spot) -> float:
    """Distance of a spot from another's rectangle; 0 inside."""
    turn = np.radians(other.turn)
    x, y = spot.x - other.x, spot.y - other.y
    across, along = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    beyond = np.abs([across, along]) - other.size * np.array(FOOTPRINTS[other.kind])
    return float(np.linalg.norm(np.maximum(beyond, 0.0)))
