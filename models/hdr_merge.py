"""Exposure brackets taken by hand: aligned to one of them, then fused; and how much is left of the ghosts.

The fusion (Mertens, Kautz and Van Reeth, Exposure fusion, 2007) needs no exposure times and no camera curve.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.colour import srgb_from_linear

from .aligner import AlignOutput
from .methods import Method
from .warping import in_frame, look_up, picture_of_tensor, tensor_of_picture

Picture = NDArray[np.uint8]


def fuse(pictures: Sequence[Picture]) -> Picture:
    """Exposure fusion of pictures (H, W, 3) of one size."""
    merged = cv2.createMergeMertens().process([p[..., ::-1] for p in pictures])
    return np.ascontiguousarray(np.rint(np.clip(np.nan_to_num(merged), 0, 1) * 255).astype(np.uint8)[..., ::-1])


def match_tone(picture: Picture, like: Picture) -> Picture:
    """`picture` through one monotone curve a channel that gives it the histogram of `like`."""
    out = np.empty_like(picture)
    for channel in range(3):
        have, want = (np.bincount(p[..., channel].ravel(), minlength=256).cumsum() for p in (picture, like))
        # The middle of each level's share, so that equal histograms give the identity.
        middle = (have - np.diff(have, prepend=0) / 2) / have[-1]
        goal = (want - np.diff(want, prepend=0) / 2) / want[-1]
        curve = np.interp(middle, goal, np.arange(256))
        out[..., channel] = np.rint(curve).astype(np.uint8)[picture[..., channel]]
    return out


def align_bracket(method: Method, reference: Picture, bracket: Picture, key: str = "bracket") -> Picture:
    """`bracket` as the camera of `reference` would have taken it, in its own exposure.

    Its tone is matched to the reference before the method looks at it. A method that gives a flow warps the bracket
    itself; of the others the prediction gets the bracket's tone back, and loses what the reference's exposure clips.
    """
    seen = match_tone(bracket, reference)
    output = method.align({"key": key, "i1": reference, "i2": seen})
    if output.flow_1to2 is None:
        return match_tone(picture_of_tensor(output.image), bracket)
    return _along_flow(output, reference, bracket)


def _along_flow(output: AlignOutput, reference: Picture, bracket: Picture) -> Picture:
    assert output.flow_1to2 is not None
    flow = output.flow_1to2.float().cpu()
    warped = picture_of_tensor(look_up(tensor_of_picture(bracket), flow))
    inside = in_frame(flow)[0].numpy()
    return np.where(inside[..., None], warped, match_tone(reference, bracket))


def merge(
    pictures: Sequence[Picture], reference: int, method: Method | None, watch: Callable[[], object] = lambda: None
) -> Picture:
    """The fusion of brackets, aligned to the one with index `reference` by `method`, or as they are without one."""
    aligned = []
    for k, picture in enumerate(pictures):
        if method is not None and k != reference:
            picture = align_bracket(method, pictures[reference], picture, f"bracket-{k}")
        aligned.append(picture)
        watch()
    return fuse(aligned)


def exposed(picture: Picture, ev: float) -> Picture:
    """What a camera would have stored of the same scene with `ev` stops more light, clipped as sRGB."""
    value = picture / 255.0
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.rint(srgb_from_linear(linear * 2.0**ev) * 255).astype(np.uint8)
