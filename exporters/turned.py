"""How fixed and moved frames, the samples of the `rigid` kind, are described and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from .photographs import tiles_beside
from .tiles import Image, Tile

ABOUT = """A sample is a frame of an object's video, `fixed`, and the same frame seen by a rolled camera, `moved`:
turned counter-clockwise about the centre by `meta.theta_deg`. Each is degraded on its own."""


def pictures(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that are photographs."""
    return "fixed", "moved"


def rows(sample: Mapping[str, Any]) -> list[list[Tile]]:
    """One row: both pictures, the moved one turned back, what then differs, and what is stored beside the pictures."""
    back = turned_back(sample)
    differs = np.abs(sample["fixed"].astype(np.int16) - back).astype(np.uint8)
    differs[(back == 0).all(axis=-1)] = 0
    return [
        [
            Tile("fixed", "fixed", sample["fixed"]),
            Tile("moved", "moved", sample["moved"]),
            Tile("theta_deg", "moved, turned back", back),
            Tile("difference", "difference from fixed", differs),
            *tiles_beside(sample, ("fixed", "moved")),
        ]
    ]


def turned_back(sample: Mapping[str, Any]) -> Image:
    """The moved picture turned back by the angle; black where it does not reach."""
    moved = sample["moved"]
    H = np.array(sample["meta"]["H_fixedtomoved"])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(moved, H, (moved.shape[1], moved.shape[0]), flags=flags)


def caption(meta: Mapping[str, Any]) -> str:
    """The angle, the object and what spoils the pictures."""
    spoilt = f"noise {meta['noise_sigma']:.0f}" if meta["noise_sigma"] else "no noise"
    spoilt += f", JPEG {meta['jpeg_quality']}" if meta["jpeg_quality"] is not None else ", no JPEG"
    return f"{meta['theta_deg']:+.1f} deg  {meta['object'].split('/')[1]} ({meta['group']})  {spoilt}"
