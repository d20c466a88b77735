"""Fields of samples as pictures that a person can read."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


class Tile(NamedTuple):
    """One picture of a contact sheet.

    Attributes:
        field: that it shows.
        title: for people.
        picture: uint8 RGB (H, W, 3) of any size.
    """

    field: str
    title: str
    picture: Image


def picture_of(name: str, value: Any) -> Image:
    """A field's value as an RGB picture: flow and object indices in colour, masks white where True."""
    if name.startswith("flow"):
        return flow_colours(value.flow, value.valid)
    if name.startswith("instances"):
        return index_colours(value)
    if value.dtype == bool:
        return np.repeat((value * np.uint8(255))[..., None], 3, axis=2)
    return value


def written_on(picture: Image, words: str) -> Image:
    """A copy of a picture with a few words on it."""
    size = picture.shape[1] / 240
    thick = max(1, round(1.4 * size))
    made = picture.copy()
    for colour, wide in (((245, 245, 245), 4 * thick), ((20, 20, 20), thick)):
        at = round(8 * size), round(28 * size)
        cv2.putText(made, words, at, cv2.FONT_HERSHEY_SIMPLEX, 0.7 * size, colour, wide, cv2.LINE_AA)
    return made


def flow_colours(flow: NDArray[np.float32], valid: NDArray[np.bool_], longest_px: float | None = None) -> Image:
    """Flow as colour: hue is the direction, strength the length; black where not valid.

    Args:
        longest_px: length of the strongest colour; None takes the 99th percentile.
    """
    length = np.hypot(flow[..., 0], flow[..., 1])
    longest = longest_px or max(float(np.percentile(length[valid], 99)) if valid.any() else 1.0, 1e-3)
    hue = (np.arctan2(flow[..., 1], flow[..., 0]) / (2 * np.pi)) % 1.0 * 180
    strength = np.clip(length / longest, 0, 1) * 255
    hsv = np.stack([hue, strength, np.full_like(hue, 255)], axis=-1).astype(np.uint8)
    picture = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    picture[~valid] = 0
    return picture


def index_colours(index: NDArray[np.uint16]) -> Image:
    """A fixed, well spread colour for each index; 0 is black."""
    numbers = np.arange(int(index.max()) + 1)
    hsv = np.stack([numbers * 67 % 180, np.full_like(numbers, 170), np.where(numbers > 0, 230, 0)], axis=-1)
    table = cv2.cvtColor(hsv.astype(np.uint8)[None], cv2.COLOR_HSV2RGB)[0]
    return table[index]
