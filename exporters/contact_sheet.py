"""A picture of samples for people: images, flow in colour, masks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.store import write_file

from .dataset import ShardDataset
from .fields import encode_rgb

Image = NDArray[np.uint8]

COLUMNS = ("i1", "i2", "igt", "flow_1to2", "flow_gtto2", "flow_1togt", "dynamic", "occluded_1to2", "instances_gt")
_TITLES = {
    "i1": "I1 (P1, t1)",
    "i2": "I2 (P2, t2)",
    "igt": "Igt (P1, t2)",
    "flow_1to2": "flow 1 to 2",
    "flow_gtto2": "camera flow gt to 2",
    "flow_1togt": "object flow 1 to gt",
    "dynamic": "dynamic on P1",
    "occluded_1to2": "occluded 1 to 2",
    "instances_gt": "instances gt",
}
_BAR = 22


def contact_sheet(
    dataset: ShardDataset,
    target: Path,
    rows: int = 12,
    width: int = 240,
    columns: tuple[str, ...] = COLUMNS,
    chosen: Sequence[int] | None = None,
) -> int:
    """Write a PNG with one row a sample; returns the number of rows.

    Args:
        rows: how many samples, spread evenly over the dataset.
        width: of one tile in pixels.
        columns: fields to show, some of `COLUMNS`.
        chosen: these samples instead, by index.
    """
    if chosen is None:
        count = min(rows, len(dataset))
        chosen = [round(k * (len(dataset) - 1) / max(count - 1, 1)) for k in range(count)]
    lines = [_header(columns, width)] + [_row(dataset[index], columns, width) for index in chosen]
    write_file(target, encode_rgb(np.concatenate(lines)))
    return len(chosen)


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


def _header(columns: tuple[str, ...], width: int) -> Image:
    return np.concatenate([_text(_TITLES[name], width) for name in columns], axis=1)


def _text(words: str, width: int) -> Image:
    bar = np.full((_BAR, width, 3), 245, np.uint8)
    cv2.putText(bar, words, (4, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (20, 20, 20), 1, cv2.LINE_AA)
    return bar


def _row(sample: dict[str, Any], columns: tuple[str, ...], width: int) -> Image:
    meta = sample["meta"]
    words = (
        f"{sample['key']}  {meta['subset']} (target {meta['target_subset']})  camera {meta['trajectory']} "
        f"{meta['camera_motion_px']:.1f} px  objects {meta['object_motion_px']:.1f} px  dynamic "
        f"{meta['dynamic_fraction']:.2f}  overlap {meta['overlap']:.2f}  light {meta['light_change']}"
    )
    tiles = np.concatenate([_tile(name, sample[name], width) for name in columns], axis=1)
    return np.concatenate([_text(words, tiles.shape[1]), tiles])


def _tile(name: str, value: Any, width: int) -> Image:
    if name.startswith("flow"):
        picture = flow_colours(value.flow, value.valid)
    elif name.startswith("instances"):
        picture = _index_colours(value)
    elif value.dtype == bool:
        picture = np.repeat((value * np.uint8(255))[..., None], 3, axis=2)
    else:
        picture = value
    height = round(picture.shape[0] * width / picture.shape[1])
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)


def _index_colours(index: NDArray[np.uint16]) -> Image:
    """A fixed, well spread colour for each index; 0 is black."""
    numbers = np.arange(int(index.max()) + 1)
    hsv = np.stack([numbers * 67 % 180, np.full_like(numbers, 170), np.where(numbers > 0, 230, 0)], axis=-1)
    table = cv2.cvtColor(hsv.astype(np.uint8)[None], cv2.COLOR_HSV2RGB)[0]
    return table[index]
