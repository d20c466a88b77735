"""A picture of samples for people: images, flow in colour, masks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from viewlock.store import write_file

from .dataset import ShardDataset
from .fields import encode_rgb
from .kinds import SHOWN
from .tiles import Image, Tile

_BAR = 22


def contact_sheet(dataset: ShardDataset, target: Path, rows: int = 12, width: int = 240) -> int:
    """Write a PNG with samples below each other, spread evenly over the dataset; returns their number.

    Args:
        rows: how many samples.
        width: of one tile in pixels.
    """
    count = min(rows, len(dataset))
    chosen = [round(k * (len(dataset) - 1) / max(count - 1, 1)) for k in range(count)]
    write_file(target, encode_rgb(sheet_of(dataset, chosen, width)))
    return count


def sheet_of(dataset: ShardDataset, chosen: Sequence[int], width: int, columns: tuple[str, ...] | None = None) -> Image:
    """Some samples below each other.

    Args:
        chosen: their indices.
        width: of one tile in pixels.
        columns: only these of the fields that are shown.
    """
    blocks = []
    for index in chosen:
        sample = dataset[index]
        lines = _lines(sample, columns)
        if not blocks:
            blocks.append(np.concatenate([_text(tile.title, width) for tile in lines[0]], axis=1))
        blocks.append(_block(sample, lines, width))
    across = max(block.shape[1] for block in blocks)
    return np.concatenate([_padded(block, across) for block in blocks])


def _lines(sample: dict[str, Any], columns: tuple[str, ...] | None) -> list[list[Tile]]:
    lines = SHOWN[sample["meta"]["kind"]].rows(sample)
    if columns is None:
        return lines
    return [[tile for name in columns for tile in line if tile.field == name] for line in lines]


def _block(sample: dict[str, Any], lines: list[list[Tile]], width: int) -> Image:
    """One sample: its caption, and below it its rows of tiles."""
    meta = sample["meta"]
    rows = [np.concatenate([_scaled(tile.picture, width) for tile in line], axis=1) for line in lines]
    across = max(row.shape[1] for row in rows)
    words = f"{sample['key']}  {SHOWN[meta['kind']].caption(meta)}"
    return np.concatenate([_text(words, across), *(_padded(row, across) for row in rows)])


def _scaled(picture: Image, width: int) -> Image:
    height = round(picture.shape[0] * width / picture.shape[1])
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)


def _padded(picture: Image, width: int) -> Image:
    return np.pad(picture, ((0, 0), (0, width - picture.shape[1]), (0, 0)), constant_values=245)


def _text(words: str, width: int) -> Image:
    bar = np.full((_BAR, width, 3), 245, np.uint8)
    cv2.putText(bar, words, (4, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (20, 20, 20), 1, cv2.LINE_AA)
    return bar
