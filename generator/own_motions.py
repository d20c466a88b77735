"""Motions that came with an imported character, human or not, on the floor and on their way. numpy only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from viewlock.assets_manifest.clip_names import goes, runs
from viewlock.assets_manifest.prepared import Prepared
from viewlock.errors import ConfigError

from .grounding import ankles_of, averaged, envelope, from_origin, ground
from .motion_clips import Motion
from .rigs import Rig, carried, rig_of_prepared

Array = NDArray[np.float64]

_TOUCHING, _NEAR = 0.04, 0.06
"""A sole touches the floor if it is so little above the lowest, and the lowest so little above the floor; shares of
the body's size."""
_STILL = 0.1
"""Feet that slide by less than this share of the size in a second stand."""
_SMOOTH_S = 0.1
WALK_PER_S, RUN_PER_S = 0.8, 2.0
"""Speed of a walk and a run of which neither the file nor the feet say how fast they are: body sizes in a second."""
_LEAST = 0.25
"""What goes slower than this share of them is believed to be in place."""


def own_motion(prepared: Prepared, name: str) -> Motion:
    """One of a character's own motions, frames of `rig_of_prepared`.

    It begins over the origin facing -y, its feet on the floor; one that was made on a treadmill goes ahead, as fast as
    the standing feet slide back.

    Raises:
        ConfigError: it has none of that name, or the import is damaged.
    """
    clip = prepared.clip(name)
    try:
        with np.load(prepared.clips_file) as stored:
            turns, heads = (np.asarray(stored[f"{clip.key}_{part}"], np.float64) for part in ("turns", "heads"))
            sizes = np.ones(turns.shape[:2])
            if f"{clip.key}_sizes" in stored:
                sizes = np.asarray(stored[f"{clip.key}_sizes"], np.float64)
    except (OSError, ValueError, KeyError) as problem:
        raise ConfigError(f"{prepared.clips_file}: damaged; delete its folder to import the file anew") from problem
    motion = Motion(clip.fps, turns / np.linalg.norm(turns, axis=-1, keepdims=True), heads, sizes)
    rig = rig_of_prepared(prepared)
    if prepared.humanoid:
        grounded = from_origin(ground(motion, rig, ankles_of(motion, rig)), rig)
        return grounded if _fast_enough(grounded, rig, name) else on_its_way(grounded, rig, name)
    return on_its_way(motion, rig, name)


def on_its_way(motion: Motion, rig: Rig, name: str) -> Motion:
    """The motion of a body that is no human's, brought onto the floor and along its way.

    Args:
        rig: faces -y and stands on z = 0 at rest; its soles are what may touch the floor.
        name: of the motion: says whether it should go somewhere.
    """
    size = _size(rig)
    soles = carried(motion.skin(rig), *rig.soles) if len(rig.soles[0]) else motion.heads
    low = soles[..., 2].min(axis=1)
    floor = float(np.quantile(low, 0.1))
    lift = envelope(np.maximum(floor - low, 0.0), max(1, round(0.5 * _SMOOTH_S * motion.fps)))
    slides = _slides(soles, low, floor, size, motion.fps)
    if np.linalg.norm(slides.mean(axis=0)) * motion.fps < _STILL * size:
        slides = np.zeros_like(slides)
    heads = motion.heads.copy()
    heads[1:, :, :2] -= np.cumsum(slides, axis=0)[:, None]
    heads[..., 2] += (lift - floor)[:, None]
    moved = replace(motion, heads=heads)
    if not _fast_enough(moved, rig, name):
        speed = (RUN_PER_S if runs(name) else WALK_PER_S) * size
        heads[..., 1] -= speed * np.arange(motion.frames)[:, None] / motion.fps
    heads[..., :2] -= heads[0, rig.middle, :2].copy()
    return moved


def _size(rig: Rig) -> float:
    return float(np.ptp(rig.heads, axis=0).max())


def _fast_enough(motion: Motion, rig: Rig, name: str) -> bool:
    """Whether a motion that should go somewhere, by its name, does."""
    gone = float(np.linalg.norm((motion.heads[-1] - motion.heads[0])[rig.middle, :2])) / max(motion.length_s, 1e-6)
    return not goes(name) or gone > _LEAST * (RUN_PER_S if runs(name) else WALK_PER_S) * _size(rig)


def _slides(soles: Array, low: Array, floor: float, size: float, fps: float) -> Array:
    """(F-1, 2) how far what touches the floor slides from frame to frame; where nothing does, as far as on average."""
    touching = (soles[..., 2] < low[:, None] + _TOUCHING * size) & (low[:, None] < floor + _NEAR * size)
    weight = (touching[1:] & touching[:-1]).astype(float)[..., None]
    total = weight.sum(axis=1)
    steps = np.diff(soles[..., :2], axis=0)
    known = total[:, 0] > 0
    if not known.any():
        return np.zeros((len(steps), 2))
    slides = (weight * steps).sum(axis=1) / np.maximum(total, 1.0)
    slides[~known] = slides[known].mean(axis=0)
    return averaged(slides, max(1, round(_SMOOTH_S * fps)))
