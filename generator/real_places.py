"""Places that are files of other people: a spot of one is the free middle of a scene."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from viewlock.assets_manifest.catalogue import Asset
from viewlock.assets_manifest.prepared import Spot, read_record

from .layouts import Params
from .places import Stage

GROUND = "ground"
"""Name of the part of a place that its floor at a spot is."""

_UP = (0.0, 0.0, 1.0)


@lru_cache(maxsize=64)
def spots_of(imported: Path) -> tuple[Spot, ...]:
    """The spots of an imported place."""
    return read_record(imported).spots


def draw_real_place(
    places: Sequence[Asset], indoor: bool, choice: np.random.Generator, rng: np.random.Generator
) -> tuple[Asset, Params] | None:
    """A place and the parameters of a spot in it, under a roof or not; None if no place has such a spot.

    Args:
        choice: the stream that picks the place.
        rng: the stream that picks the spot.
    """
    fit = {place.id: [k for k, spot in enumerate(_spots(place)) if spot.indoor == indoor] for place in places}
    able = [place for place in places if fit[place.id]]
    if not able:
        return None
    place = able[int(choice.integers(len(able)))]
    number = fit[place.id][int(rng.integers(len(fit[place.id])))]
    x, y, z = _spots(place)[number].centre
    return place, {"spot": number, "x": x, "y": y, "z": z}


def real_stage(place: Asset, params: Params) -> Stage:
    """What the sampler needs to know of a spot; the place is moved so that the spot's middle is the origin."""
    spot = _spots(place)[int(params["spot"])]
    ceiling = float("inf") if spot.ceiling_m is None else spot.ceiling_m
    bounds = list(spot.walls)
    if spot.indoor:
        bounds.append(((0.0, 0.0, -1.0), -ceiling))
    if not spot.level:
        bounds.append((_UP, 0.0))
    return Stage(
        indoor=spot.indoor,
        half_width=spot.half_width,
        half_depth=spot.half_depth,
        ceiling=ceiling,
        backdrop=np.array(spot.backdrop),
        planes=((GROUND, _UP, 0.0),) if spot.level else (),
        lamps=spot.lamps,
        windows=(),
        bounds=tuple(bounds),
    )


def _spots(place: Asset) -> tuple[Spot, ...]:
    assert place.imported is not None
    return spots_of(place.imported)
