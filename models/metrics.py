"""How near a prediction is to Igt: PSNR, SSIM, masks, and the error in each kind of region.

Predictions are scored as the 8-bit pictures that would be written, so a score belongs to a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]

PSNR_MOST = 100.0
"""dB of two equal pictures, whose PSNR is infinite."""
SSIM_WINDOW, SSIM_SIGMA = 11, 1.5


@dataclass(frozen=True)
class Region:
    """Error within one kind of region of one sample.

    Attributes:
        pixels: how many there are.
        mse: mean squared error over pixels and channels, of values in [0, 1]; 0 where there is no pixel.
        mae: mean absolute error in 8-bit levels.
    """

    pixels: int
    mse: float
    mae: float


def psnr(mse: float) -> float:
    """dB of a mean squared error of values in [0, 1], at most `PSNR_MOST`."""
    return float(min(PSNR_MOST, -10 * np.log10(max(mse, 1e-300))))


def region(prediction: Picture, truth: Picture, mask: Mask | None = None) -> Region:
    """The error where `mask` (H, W) is True, or everywhere."""
    gap = np.abs(prediction.astype(np.int32) - truth)
    gap = gap if mask is None else gap[mask]
    if gap.size == 0:
        return Region(0, 0.0, 0.0)
    return Region(gap.size // 3, float((gap**2).mean() / 255**2), float(gap.mean()))


def ssim_map(prediction: Picture, truth: Picture) -> NDArray[np.float32]:
    """(H - 10, W - 10) structural similarity, mean over channels, of the windows that fit into the picture.

    Wang et al. 2004: Gaussian window 11 x 11, sigma 1.5, K1 = 0.01, K2 = 0.03, values in [0, 1].
    """
    from torchmetrics.functional.image import structural_similarity_index_measure

    one, two = (torch.from_numpy(p.transpose(2, 0, 1).astype(np.float32) / 255)[None] for p in (prediction, truth))
    scores = structural_similarity_index_measure(
        one, two, gaussian_kernel=True, sigma=SSIM_SIGMA, kernel_size=SSIM_WINDOW, data_range=1.0,
        return_full_image=True,
    )[1]  # fmt: skip
    edge = SSIM_WINDOW // 2
    full: Tensor = scores[0].mean(0)
    return full[edge:-edge, edge:-edge].numpy()


def ssim(prediction: Picture, truth: Picture, mask: Mask | None = None) -> float:
    """Mean of `ssim_map`, over the windows whose centre `mask` (H, W) keeps; NaN if it keeps none."""
    scores = ssim_map(prediction, truth)
    if mask is None:
        return float(scores.mean())
    edge = SSIM_WINDOW // 2
    kept = scores[mask[edge:-edge, edge:-edge]]
    return float(kept.mean()) if kept.size else float("nan")


def mask_counts(probability: NDArray[np.floating], truth: Mask) -> dict[str, int]:
    """True and false positives and false negatives of a mask at probability 0.5."""
    found = probability > 0.5
    return {
        "tp": int((found & truth).sum()),
        "fp": int((found & ~truth).sum()),
        "fn": int((~found & truth).sum()),
    }


def f1(tp: int, fp: int, fn: int) -> float:
    """2 tp / (2 tp + fp + fn); 1 where nothing was to be found and nothing was."""
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0


REGION_FIELDS = ("dynamic", "relit_1togt", "occluded_gtto2", "unreliable_gt")

REGIONS: dict[str, str] = {
    "dynamic": "pixels of what moves, in I1 or Igt",
    "static": "everything else",
    "relit": "static, but its light changes from I1 to Igt: shadows, lamps, clouds",
    "occluded": "of Igt, hidden or out of frame in I2: nobody can copy them from there",
    "plain": "static, not relit, and seen in I2",
    "unreliable": "glass and mirrors in Igt",
}
"""Regions of a sample, and what they are. They overlap: `plain` is what is left of the others."""


def region_masks(sample: dict[str, Any]) -> dict[str, Mask]:
    """The regions of a sample that has `REGION_FIELDS`, each (H, W)."""
    dynamic, relit, occluded = (sample[name] for name in REGION_FIELDS[:3])
    return {
        "dynamic": dynamic,
        "static": ~dynamic,
        "relit": relit & ~dynamic,
        "occluded": occluded,
        "plain": ~dynamic & ~relit & ~occluded,
        "unreliable": sample["unreliable_gt"],
    }
