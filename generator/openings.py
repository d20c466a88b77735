"""Parameters of a place, streams drawn from them, and openings in walls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

Params = Mapping[str, float | int | str]


@dataclass(frozen=True)
class Hole:
    """An opening: `at` is its centre along the wall, `sill` its lower edge; metres."""

    kind: str
    at: float
    sill: float
    width: float
    height: float


def stream(params: Params, number: int) -> np.random.Generator:
    """A random stream of a place that does not depend on what else was drawn."""
    return np.random.default_rng([int(params["seed"]), number])


def number(params: Params, key: str) -> float:
    return float(params[key])
