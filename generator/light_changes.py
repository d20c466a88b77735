"""How light, exposure and white balance change from frame to frame.

A change is a function of the scene's time, scaled so that over the gap between two frames it is, on average, as large
as its strength says; the sequences of a scene see the same light at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .spec import Light, Track

Array = NDArray[np.float64]

STRENGTHS: dict[str, tuple[float, float]] = {
    "none": (0.0, 0.0),
    "weak": (0.04, 0.12),
    "medium": (0.18, 0.4),
    "strong": (0.55, 1.0),
}
"""Range of the mean change of the driving light over one frame, in natural logarithms of its power."""

EXPOSURE_EV: dict[str, float] = {"none": 0.0, "weak": 0.06, "medium": 0.15, "strong": 0.35}
"""Typical change of exposure over one frame, where a sequence has one."""

WHITE_BALANCE: dict[str, float] = {"none": 0.0, "weak": 0.015, "medium": 0.05, "strong": 0.12}
"""Typical change of a gain over one frame, in natural logarithms, where a sequence has one."""

_WIDEST = 2.2
"""The brightest moment of a driven light is at most e to this times its darkest."""

_STEP_M = 1.3
"""How far a moving lamp goes over one frame, for a mean change of 1."""

_CLOUD_SPREAD = 0.12
"""How much wider the sun's disc gets behind a cloud, radians."""


@dataclass(frozen=True)
class Change:
    """One event of the light over a scene.

    Attributes:
        event: `cloud`, `flicker`, `switch`, `colour` or `move`.
        amount: mean change over one frame, in natural logarithms; 0 for none.
        drives: first words of the names of the lamps that it acts on; `world` for what surrounds the scene.
        times_s: (T,) all frame times of the scene.
        course: (T,) how it runs: 0 at its highest, and 1 apart on average from frame to frame.
    """

    event: str
    amount: float
    drives: tuple[str, ...]
    times_s: Array
    course: Array

    @property
    def level(self) -> Array:
        """(T,) logarithm of the driven light's power, at most 0."""
        return self.amount * self.course

    def acts_on(self, name: str) -> bool:
        return self.amount > 0 and name.rsplit("-", 1)[0] in self.drives

    def track(self, values: Array) -> Track:
        """A track with a value, or a row of values, at each time."""
        rows = np.asarray(values, float).reshape(len(self.times_s), -1)
        return Track(times_s=tuple(self.times_s.tolist()), values=tuple(tuple(row) for row in rows.tolist()))

    def meter_frame(self, times_s: Sequence[float]) -> int:
        """The frame of a sequence to meter: one of its brighter ones, so that no other is much too bright."""
        level = np.interp(times_s, self.times_s, self.level)
        return int(np.argsort(level, kind="stable")[round(0.7 * (len(level) - 1))])


def draw_change(
    events: Mapping[str, tuple[float, tuple[str, ...]]], strength: str, frame_times_s: Array, rng: np.random.Generator
) -> Change:
    """One of some events, of a strength; streams are used alike whatever the strength.

    Args:
        events: event -> its weight and what it drives.
        frame_times_s: (S, N) seconds.
    """
    names = sorted(events)
    weights = np.array([events[name][0] for name in names])
    event = str(rng.choice(names, p=weights / weights.sum()))
    times = np.unique(frame_times_s)
    gap = float(np.diff(frame_times_s, axis=1).mean())
    course = _COURSES[_COURSE_OF[event]](times / gap, rng)
    pairs = np.searchsorted(times, frame_times_s)
    course = (course - course.max()) / max(float(np.abs(np.diff(course[pairs], axis=1)).mean()), 1e-6)
    low, high = STRENGTHS[strength]
    amount = low + (high - low) * rng.uniform()
    return Change(event, min(amount, _WIDEST / max(-float(course.min()), 1e-6)), events[event][1], times, course)


def _smooth(u: Array, rng: np.random.Generator) -> Array:
    """Swells over three to seven frames."""
    waves = zip(rng.uniform(3, 7, 3), rng.uniform(0, 2 * np.pi, 3), (1.0, 0.7, 0.4), strict=True)
    return np.sum([size * np.sin(2 * np.pi * u / period + phase) for period, phase, size in waves], axis=0)


def _jumpy(u: Array, rng: np.random.Generator) -> Array:
    """Another level three times a frame, as a screen or a bad tube."""
    levels = rng.uniform(-1, 1, 4096)
    return levels[np.floor(3 * u).astype(int) % len(levels)]


def _two_levels(u: Array, rng: np.random.Generator) -> Array:
    """On and off, each for about one to two frames."""
    edges = np.cumsum(rng.uniform(0.9, 2.1, 512)) - rng.uniform(0, 2)
    return (np.searchsorted(edges, u) % 2).astype(float)


_COURSES = {"smooth": _smooth, "jumpy": _jumpy, "two levels": _two_levels}
_COURSE_OF = {"cloud": "smooth", "colour": "smooth", "move": "smooth", "flicker": "jumpy", "switch": "two levels"}


# ------------------------------------------------------------------ what an event does
def changed_light(light: Light, change: Change) -> Light:
    """A lamp as the event makes it; the same lamp if it does not act on it."""
    if not change.acts_on(light.name):
        return light
    if change.event == "move":
        return _moved(light, change)
    power, level = light.power.values[0][0], change.level
    if change.event == "colour":
        tint = change.amount * (change.course - change.course.mean())
        gains = np.exp(np.stack([0.5 * tint, 0.1 * tint, -0.7 * tint], axis=1))
        return light.model_copy(
            update={
                "power": change.track(power * np.exp(0.3 * level)),
                "colour": change.track(np.array(light.colour.values[0]) * gains),
            }
        )
    update = {"power": change.track(power * np.exp(level))}
    if change.event == "cloud" and light.kind == "sun":
        cover = 1 - np.exp(level)
        update["size_m"] = change.track(light.size_m.values[0][0] + _CLOUD_SPREAD * cover)
    return light.model_copy(update=update)


def _moved(light: Light, change: Change) -> Light:
    """The lamp carried to and fro along the line from its position to its target, which moves with it."""
    start, target = np.array(light.position.values[0]), np.array(light.target.values[0])
    way = (target - start) * [1, 1, 0]
    way = way / max(float(np.linalg.norm(way)), 1e-9)
    middle = 0.5 * change.course.min()
    shift = (_STEP_M * change.amount * (change.course - middle))[:, None] * way
    return light.model_copy(update={"position": change.track(start + shift), "target": change.track(target + shift)})


def changed_strength(strength: float, change: Change) -> Track:
    """What surrounds the scene; an overcast sky or a file takes the whole of a cloud, a sky with a sun some of it."""
    if change.acts_on("world"):
        return change.track(strength * np.exp(change.level))
    if change.acts_on("sky"):
        return change.track(strength * np.exp(0.35 * change.level))
    return Track.constant(strength)


# ------------------------------------------------------------------ camera
def draw_exposure(strength: str, offset_ev: float, frames: int, rng: np.random.Generator) -> tuple[float, ...]:
    """Exposure of each frame in EV about the metered one; it wanders in three of five sequences."""
    size = EXPOSURE_EV[strength] if rng.random() < 0.6 else 0.0
    walk = _wander(frames, 1, rng)[:, 0] * size
    return tuple(float(v) for v in np.clip(walk - walk[0], -1.0, 1.0) + offset_ev)


def draw_white_balance(strength: str, frames: int, rng: np.random.Generator) -> tuple[tuple[float, float, float], ...]:
    """Gains of red, green and blue of each frame, 1 in the first; they wander in three of five sequences."""
    size = WHITE_BALANCE[strength] if rng.random() < 0.6 else 0.0
    walk = _wander(frames, 2, rng) * size
    warmth, tint = np.clip(walk - walk[0], -0.4, 0.4).T
    gains = np.exp(np.stack([warmth, 0.3 * tint, -warmth], axis=1))
    return tuple((float(r), float(g), float(b)) for r, g, b in gains)


def _wander(frames: int, columns: int, rng: np.random.Generator) -> Array:
    """(frames, columns) a walk with steps of about 1 that turns back after two."""
    steps = rng.choice([-1.0, 1.0], (frames, columns)) * rng.uniform(0.5, 1.5, (frames, columns))
    walk = np.zeros((frames, columns))
    for k in range(1, frames):
        ahead = walk[k - 1] + steps[k]
        walk[k] = np.where(np.abs(ahead) < 2.2, ahead, walk[k - 1] - steps[k])
    return walk
