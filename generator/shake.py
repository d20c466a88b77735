"""How hands and steps move a camera: functions of time with the spectra that people measure.

Hand: physiological tremor is an oscillation at 8 to 12 Hz (Elble and Randall, J. Neurophysiology 39, 1976), small
against the slow drift of arms and body, which in natural standing has a spectrum of about 1/f (Duarte and Zatsiorsky,
Physics Letters A 283, 2001). Models of camera shake join both (Gavant et al., "A physiological camera shake model for
image stabilization systems", IEEE Sensors 2011). Here the drift is 1/f from 0.1 to 2 Hz and falls as 1/f^5 after.

Steps: people walk at 1.8 to 2.1 steps a second; the body rises and falls once a step by 2.7 to 4.8 cm in all, and
sways once every two steps by 7.0 to 3.9 cm, from slow to fast (Orendurff et al., J. Rehabilitation Research and
Development 41, 2004).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

TURN_RMS = np.radians(0.35)
"""Drift of a hand-held camera's direction about each axis, radians."""

SHIFT_RMS_M = 0.006
TREMOR_SHARE = 0.06
"""Tremor's share of the drift's root mean square."""

_DRIFT_HZ = np.geomspace(0.1, 8.0, 33)
_TREMOR_HZ = np.linspace(8.0, 12.0, 9)


def oscillation(times_s: ArrayLike, columns: int, rng: np.random.Generator) -> Array:
    """(N, columns) independent samples of the hand's movement at some times, with a root mean square of about 1."""
    # Equal amplitudes at evenly spaced logarithms of the frequency are a power density of 1/f.
    drift = np.minimum(1.0, (2.0 / _DRIFT_HZ) ** 2)
    tremor = np.full(len(_TREMOR_HZ), TREMOR_SHARE * np.linalg.norm(drift) / np.sqrt(len(_TREMOR_HZ)))
    size = np.concatenate([drift, tremor]) * np.sqrt(2) / np.linalg.norm(drift)
    lines = (len(size), columns)
    ratio = _DRIFT_HZ[1] / _DRIFT_HZ[0]
    spread = np.concatenate([ratio ** rng.uniform(-0.5, 0.5, (33, columns)), rng.uniform(0.97, 1.03, (9, columns))])
    frequency = np.concatenate([_DRIFT_HZ, _TREMOR_HZ])[:, None] * spread
    phase = rng.uniform(0, 2 * np.pi, lines)
    angle = 2 * np.pi * np.asarray(times_s, float)[:, None, None] * frequency + phase
    return (size[:, None] * np.sin(angle)).sum(axis=1)


def hand_shake(times_s: ArrayLike, rng: np.random.Generator) -> tuple[Array, Array]:
    """Shifts (N, 3) in metres and rotation vectors (N, 3) in radians of a camera that somebody holds."""
    both = oscillation(times_s, 6, rng)
    return SHIFT_RMS_M * both[:, :3], TURN_RMS * both[:, 3:] * [1.0, 1.0, 0.6]


def gait(times_s: ArrayLike, rng: np.random.Generator) -> Array:
    """(N, 2) sideways and upward movement in metres of the camera of somebody who walks."""
    times = np.asarray(times_s, float)
    pace_hz, phase = rng.uniform(1.8, 2.1), rng.uniform(0, 2 * np.pi)
    sway, rise = rng.uniform(0.039, 0.070) / 2, rng.uniform(0.027, 0.048) / 2
    angle = 2 * np.pi * pace_hz * times + phase
    return np.stack([sway * np.sin(angle / 2), rise * np.sin(angle)], axis=1)
