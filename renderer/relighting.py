"""How the light on what stands still differs between I1 and Igt, which are pixel-aligned. Definitions:
docs/conventions.md."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from viewlock.colour import luminance

Linear = NDArray[np.float32]
Mask = NDArray[np.bool_]


def relit_mask(linear_1: Linear, linear_gt: Linear, static: Mask, ratio: float) -> Mask:
    """(H, W) static pixels whose linear radiance differs between I1 and Igt by more than a factor `ratio`."""
    return static & (np.abs(_log_ratio(linear_1, linear_gt, static)) > np.log(ratio))


def light_change_log(linear_1: Linear, linear_gt: Linear, static: Mask) -> float:
    """Median over static pixels of |ln(L_gt / L_1)|; 0 if there are none."""
    return float(np.median(np.abs(_log_ratio(linear_1, linear_gt, static)[static]))) if static.any() else 0.0


def _log_ratio(linear_1: Linear, linear_gt: Linear, static: Mask) -> Linear:
    """(H, W) ln(L_gt / L_1) of smoothed luminance, which means nothing where not static.

    Luminance is averaged over the static ones of 5 x 5 pixels first, so that neither render noise nor a moving thing
    nearby counts as light; radiance under 1 % of the pictures' median is taken as that 1 %.
    """
    weight = static.astype(np.float32)
    share = np.maximum(cv2.blur(weight, (5, 5)), 1e-6)
    smooth = [cv2.blur(luminance(image) * weight, (5, 5)) / share for image in (linear_1, linear_gt)]
    floor = 0.01 * float(np.median(np.concatenate(smooth))) + 1e-9
    a, b = (np.maximum(image, floor) for image in smooth)
    return np.log(b / a)
