"""What a rendered scene yields. Plain data: no Blender here, so that writers and readers of datasets can use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Flow(NamedTuple):
    """Attributes:
    flow: (H, W, 2) float32 pixels (dx, dy).
    valid: (H, W) bool; flow means nothing where it is False.
    """

    flow: NDArray[np.float32]
    valid: NDArray[np.bool_]


PNG_RANGE_PX = 511.99
"""Flow beyond this cannot be said in 16-bit PNG and is stored as not valid."""


def unstorable(flow: NDArray, valid: NDArray[np.bool_], form: str) -> NDArray[np.bool_]:
    """(H, W) pixels whose flow is stored as not valid, in the form `png` or `npz`."""
    return ~valid | (np.abs(flow) >= PNG_RANGE_PX).any(axis=-1) if form == "png" else ~valid


def beside(name: str, what: str) -> str:
    """The field of something that is stored beside a picture: `i1_clean` of `i1`, and `clean_07` of view `07`."""
    return f"{what}_{name}" if name.isdigit() else f"{name}_{what}"


@dataclass(frozen=True)
class Sample:
    """One training example: a kind and named fields.

    Attributes:
        key: `<scene:06d>-<pair:03d>`, or `<scene:06d>` where a sample is a whole scene.
        kind: of the dataset, such as `dsia`.
        fields: arrays, `Flow`s, and the dictionary `meta`. Which names there are, and their types, is said in
            `viewlock.exporters.fields`.
    """

    key: str
    kind: str
    fields: dict[str, Any]
