"""Pictures side by side, with words over them that can be read."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

_BAR, _TITLE_BAR, _GAP = 24, 30, 4
_PAPER, _INK = 245, 20
_SMALLEST = 0.36


def picture_grid(
    blocks: Sequence[tuple[str, Sequence[tuple[str, Picture]]]], width: int = 320, columns: int = 6
) -> Picture:
    """One picture of blocks, one below the other: a title, and tiles with captions.

    Args:
        blocks: (title, [(caption, picture (H, W, 3) or mask (H, W))]).
        width: of a tile; its height follows from the picture.
        columns: most tiles in a line; a block takes as many lines as it needs.
    """
    most = max(len(tiles) for _, tiles in blocks)
    columns = math.ceil(most / math.ceil(most / columns))  # lines of about equal length
    whole = columns * width + (columns - 1) * _GAP
    parts: list[Picture] = []
    for title, tiles in blocks:
        parts.append(_words(title, whole, _TITLE_BAR, 0.55))
        for start in range(0, len(tiles), columns):
            parts.append(_line(tiles[start : start + columns], width, whole))
    return np.concatenate(parts)


def _line(tiles: Sequence[tuple[str, Picture]], width: int, whole: int) -> Picture:
    drawn = [_tile(caption, picture, width) for caption, picture in tiles]
    line = np.full((max(tile.shape[0] for tile in drawn) + _GAP, whole, 3), _PAPER, np.uint8)
    for k, tile in enumerate(drawn):
        left = k * (width + _GAP)
        line[: tile.shape[0], left : left + width] = tile
    return line


def _tile(caption: str, picture: Picture, width: int) -> Picture:
    if picture.ndim == 2:
        picture = np.repeat(picture[..., None], 3, axis=2)
    height = max(1, round(picture.shape[0] * width / picture.shape[1]))
    shrinks = picture.shape[1] > width
    sized = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return np.concatenate([_words(caption, width, _BAR, 0.48), np.asarray(sized, np.uint8)])


def _words(words: str, width: int, height: int, size: float) -> Picture:
    """A bar of text, made smaller if it would not fit, and cut where it could not be read any more."""
    # The drawn font knows ASCII alone.
    words = words.replace("–", "-").encode("ascii", "replace").decode()
    font = cv2.FONT_HERSHEY_SIMPLEX
    while cv2.getTextSize(words, font, size, 1)[0][0] > width - 10 and len(words) > 3:
        if size > _SMALLEST:
            size *= 0.95
        else:
            words = words[:-3] + ".."
    bar = np.full((height, width, 3), _PAPER, np.uint8)
    cv2.putText(bar, words, (4, height - 9), font, size, (_INK,) * 3, 1, cv2.LINE_AA)
    return bar
