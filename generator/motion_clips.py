"""Motions of whole bodies as frames: read, resampled, and turned into skinning matrices. numpy only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewlock.errors import ConfigError

from .rigs import Rig
from .rotations import matrices, quaternions, slerp_many

Array = NDArray[np.float64]

MOTION_SUFFIXES = (".bvh", ".npz")


@dataclass(frozen=True)
class Motion:
    """Frames of a rig.

    Attributes:
        fps: frames a second.
        turns: (F, J, 4) turn of each joint against its rest, in the world, as quaternions (w, x, y, z).
        heads: (F, J, 3) where each joint is in the world.
        sizes: (F, J) uniform scale of each joint against its rest.
    """

    fps: float
    turns: Array
    heads: Array
    sizes: Array

    @property
    def frames(self) -> int:
        return len(self.turns)

    @property
    def length_s(self) -> float:
        return (self.frames - 1) / self.fps

    def at(self, times_s: Array) -> Motion:
        """The frames at some times (N,): turns along arcs, places straight, held beyond the ends."""
        where = np.clip(np.asarray(times_s, float) * self.fps, 0, self.frames - 1)
        low = np.minimum(where.astype(int), max(self.frames - 2, 0))
        high = np.minimum(low + 1, self.frames - 1)
        share = where - low
        mix = lambda values, s: (1 - s) * values[low] + s * values[high]  # noqa: E731
        turns = slerp_many(self.turns[low], self.turns[high], share[:, None])
        return replace(
            self, turns=turns, heads=mix(self.heads, share[:, None, None]), sizes=mix(self.sizes, share[:, None])
        )

    def resampled(self, fps: float) -> Motion:
        """The same motion at another frame rate."""
        count = int(np.floor(self.length_s * fps + 1e-6)) + 1
        return replace(self.at(np.arange(count) / fps), fps=fps)

    def skin(self, rig: Rig) -> Array:
        """(F, J, 4, 4) skinning matrices of all frames."""
        skin = np.zeros((*self.turns.shape[:2], 4, 4))
        turned = matrices(self.turns) * self.sizes[..., None, None]
        skin[..., :3, :3] = turned
        skin[..., :3, 3] = self.heads - np.einsum("fjik,jk->fji", turned, rig.heads)
        skin[..., 3, 3] = 1.0
        return skin

    def pose(self, rig: Rig, time_s: float) -> Array:
        """(J, 4, 4) skinning matrices at one time."""
        return self.at(np.array([time_s])).skin(rig)[0]

    def moved(self, turn: Array, shift: Array) -> Motion:
        """The whole motion turned by a (3, 3) rotation about the origin and then shifted by (3,)."""
        turns = quaternions(turn @ matrices(self.turns))
        return replace(self, turns=turns, heads=self.heads @ np.asarray(turn).T + shift)


@dataclass(frozen=True)
class Clip:
    """A motion and the body that was recorded."""

    name: str
    rig: Rig
    motion: Motion


def read_clip(path: Path) -> Clip:
    """A motion file: `.bvh`, or `.npz` in the form of AMASS.

    Raises:
        ConfigError: it is neither, it is damaged, or its joints are not those of a human.
    """
    from .amass import read_amass
    from .bvh import read_bvh

    readers = {".bvh": read_bvh, ".npz": read_amass}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ConfigError(f"{path}: expected a motion ({', '.join(readers)}), got {path.suffix!r}")
    try:
        clip = reader(path)
    except OSError as refusal:
        raise ConfigError(f"{path}: cannot be read: {refusal.strerror or refusal}") from refusal
    if clip.rig.missing:
        raise ConfigError(f"{path}: not a human skeleton: no joint for {', '.join(clip.rig.missing)}")
    return clip
