"""How pairs of views, the samples of the `parallax` kind, are described and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np

from .photographs import tiles_beside
from .tiles import Image, Tile, picture_of

ABOUT = """A sample is a pair of views of a scene in which nothing moves, with exact optical flow both ways, occlusion,
overlap and the best homography; its difficulty is the parallax that this homography leaves."""

_TITLES = {
    "flow_1to2": "flow 1 to 2",
    "occluded_1to2": "occluded 1 to 2",
    "overlap_1": "overlap on 1",
    "overlap_2": "overlap on 2",
}


def pictures(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that are photographs."""
    return "i1", "i2"


def rows(sample: Mapping[str, Any]) -> list[list[Tile]]:
    """One row: both pictures, I2 aligned by the best homography and laid over I1, flow and masks, and what is stored
    beside the pictures."""
    tiles = [Tile(name, title, sample[name]) for name, title in (("i1", "I1"), ("i2", "I2"))]
    tiles.append(Tile("H_1to2", "I1 red, aligned I2 cyan", overlaid(sample)))
    tiles += [Tile(name, title, picture_of(name, sample[name])) for name, title in _TITLES.items()]
    return [tiles + tiles_beside(sample, ("i1", "i2"))]


def overlaid(sample: Mapping[str, Any]) -> Image:
    """I1 in red and I2, warped onto it by the best homography, in cyan: parallax shows as coloured edges."""
    i1, i2 = sample["i1"], sample["i2"]
    meta = sample["meta"]
    if "distortion_1" in meta:  # the homography is for undistorted pixels
        i1, i2 = (
            cv2.undistort(image, np.array(meta[f"K_{n}"]), np.array(meta[f"distortion_{n}"]))
            for n, image in ((1, i1), (2, i2))
        )
    grey_1, grey_2 = (cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) for image in (i1, i2))
    H = np.array(meta["H_1to2"])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    aligned = cv2.warpPerspective(grey_2, H, grey_1.shape[::-1], flags=flags)
    return np.stack([grey_1, aligned, aligned], axis=-1)


def caption(meta: Mapping[str, Any]) -> str:
    """Parallax and overlap."""
    return (
        f"{meta['difficulty']} (target {meta['target_difficulty']})  parallax {meta['parallax_px']:.1f} px at 512  "
        f"overlap {meta['overlap']:.2f}  light {meta['light_mood']}"
    )
