"""Motions that came with an imported character. numpy only."""

from __future__ import annotations

import numpy as np

from viewlock.assets_manifest.prepared import Prepared
from viewlock.errors import ConfigError

from .grounding import ankles_of, from_origin, ground
from .motion_clips import Motion
from .rigs import rig_of_prepared


def own_motion(prepared: Prepared, name: str) -> Motion:
    """One of a character's own motions, frames of `rig_of_prepared`.

    That of a human begins over the origin facing -y, with its feet on the floor as after `retarget`; one made on a
    treadmill goes ahead. That of any other body is left as its file has it.

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
    if not prepared.humanoid:
        return motion
    rig = rig_of_prepared(prepared)
    return from_origin(ground(motion, rig, ankles_of(motion, rig)), rig)
