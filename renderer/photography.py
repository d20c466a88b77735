"""Linear pictures -> the fields that are stored of them: as a camera takes them, clean, bracketed, and linear.

No Blender here. Labels have no camera: what is taken of them is clean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.colour import tone
from viewlock.degrade import NEUTRAL, Degradation, Gains, bracket, described, photograph

from .sample import beside


@dataclass(frozen=True)
class Shot:
    """One picture to be stored.

    Attributes:
        name: of its field.
        linear: (H, W, 3) radiance.
        exposure_ev, white_balance: that belong to the world, not to a camera's errors.
        degradation: of what the camera takes; None for a label.
    """

    name: str
    linear: NDArray[np.float32]
    exposure_ev: float
    white_balance: Gains = NEUTRAL
    degradation: Degradation | None = None


def nth(degradations: Sequence[Degradation], k: int) -> Degradation:
    """The k-th of a spec's degradations, which has none where nothing is spoilt."""
    return degradations[k] if degradations else Degradation()


def develop(shots: Iterable[Shot], config: Any) -> tuple[dict[str, Any], dict[str, Degradation]]:
    """The fields of pictures, and the degradations of those that a camera takes, by field.

    Args:
        config: of any kind, with the sections `degrade` and `encoding`.
    """
    fields: dict[str, Any] = {}
    taken: dict[str, Degradation] = {}
    for shot in shots:
        clean = tone(shot.linear, shot.exposure_ev, shot.white_balance)
        fields[shot.name] = clean
        if config.encoding.linear is not None:
            fields[beside(shot.name, "linear")] = shot.linear
        if shot.degradation is None:
            continue
        if config.degrade.keep_clean:
            fields[beside(shot.name, "clean")] = clean
        pictures = {shot.name: shot.degradation}
        for n, ev in enumerate(config.degrade.brackets_ev):
            pictures[beside(shot.name, f"bracket{n}")] = bracket(shot.degradation, n, ev)
        for name, degradation in pictures.items():
            fields[name] = photograph(shot.linear, shot.exposure_ev, shot.white_balance, degradation)
        taken |= pictures
    return fields, taken


def recorded(taken: Mapping[str, Degradation], config: Any) -> dict[str, Any]:
    """What `meta` says of the degradations of a sample's pictures: nothing where none is asked for."""
    if not config.degrade.recorded:
        return {}
    plain = {name: described(degradation) for name, degradation in taken.items()}
    return {"degradations": plain, "brackets_ev": list(config.degrade.brackets_ev)}
