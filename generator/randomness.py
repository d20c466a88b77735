"""Random streams by name: adding a lamp does not move the camera."""

from __future__ import annotations

import zlib

import numpy as np


def stream(seed: int, scene_id: int, attempt: int, part: str) -> np.random.Generator:
    """The generator of one part of one attempt at one scene; the same arguments give the same numbers."""
    key = (scene_id, attempt, zlib.crc32(part.encode()))
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))


def spread(index: int) -> float:
    """The index-th term in [0, 1) of the golden-ratio sequence: any run of terms is spread evenly."""
    return float((index * 0.6180339887498949) % 1.0)
