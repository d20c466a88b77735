"""The scores of one prediction of one sample, and what it cost to make."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from viewlock.errors import DatasetError

from .aligner import AlignOutput
from .metrics import SSIM_WINDOW, mask_counts, psnr, region, region_masks, ssim
from .perceptual import Distance
from .warping import picture_of_tensor, tensor_of_picture

DIGITS = 6
"""Decimals of stored scores: more than any difference that means something, fewer than machines agree on."""

PERCEPTUAL = ("lpips", "dreamsim")


def score(output: AlignOutput, sample: Mapping[str, Any], distances: Mapping[str, Distance]) -> dict[str, Any]:
    """Scores of one prediction.

    Args:
        output: of one picture.
        sample: with `i2`, `igt`, `meta` and `viewlock.models.metrics.REGION_FIELDS`.

    Returns:
        `psnr`, `ssim`, `mse` of the whole picture; `kept` (share of pixels the method vouches for), `psnr_kept` and
        `ssim_kept` on them (None without `valid`); `lpips`, `dreamsim` (None where they are missing); `mask`
        (`tp`, `fp`, `fn` of the dynamic mask, or None); `regions` (name -> `pixels`, `mse`, `mae`); `unchanged`: the
        prediction is I2, every pixel of it.

    Raises:
        DatasetError: the pictures are too small for SSIM.
    """
    prediction, truth = picture_of_tensor(output.image), sample["igt"]
    if min(truth.shape[:2]) < SSIM_WINDOW:
        height, width = truth.shape[:2]
        raise DatasetError(
            f"sample {sample['key']}: expected pictures of {SSIM_WINDOW} x {SSIM_WINDOW} pixels at least, "
            f"got {width} x {height}"
        )
    whole = region(prediction, truth)
    valid = None if output.valid is None else output.valid[0].cpu().numpy()
    kept = None if valid is None else region(prediction, truth, valid)
    mask = None
    if output.dynamic is not None:
        mask = mask_counts(output.dynamic[0].float().cpu().numpy(), sample["dynamic"])
    pair = [tensor_of_picture(picture) for picture in (prediction, truth)]
    return _rounded(
        {
            "psnr": psnr(whole.mse),
            "ssim": ssim(prediction, truth),
            "mse": whole.mse,
            "kept": None if valid is None else float(valid.mean()),
            "psnr_kept": psnr(kept.mse) if kept and kept.pixels else None,
            "ssim_kept": None if valid is None else ssim(prediction, truth, valid),
            **{name: distances[name](*pair) if name in distances else None for name in PERCEPTUAL},
            "mask": mask,
            "regions": {
                name: asdict(region(prediction, truth, where)) for name, where in region_masks(dict(sample)).items()
            },
            "unchanged": bool(np.array_equal(prediction, sample["i2"])),
        }
    )


def _rounded(value: Any) -> Any:
    """Floats of JSON: finite, and of few digits; NaN becomes None. Errors keep their leading digits instead."""
    if isinstance(value, dict):
        return {key: _significant(v) if key in ("mse", "mae") else _rounded(v) for key, v in value.items()}
    if isinstance(value, float):
        return round(value, DIGITS) if math.isfinite(value) else None
    return value


def _significant(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


class Meter:
    """Seconds and memory of calls.

    Attributes:
        seconds: of each call.
        peak_bytes: most memory that one call took beyond what was in use before it: of the device for CUDA, else of
            this process; None where the system does not say.
    """

    def __init__(self, device: str) -> None:
        self.seconds: list[float] = []
        self.peak_bytes: int | None = None
        self._cuda = torch.device(device).type == "cuda"

    def run(self, call: Callable[[], AlignOutput]) -> AlignOutput:
        """The result of a call, measured."""
        before = self._start()
        begin = time.perf_counter()
        result = call()
        if self._cuda:
            torch.cuda.synchronize()
        self.seconds.append(time.perf_counter() - begin)
        after = torch.cuda.max_memory_allocated() if self._cuda else _status("VmHWM")
        if before is not None and after is not None:
            self.peak_bytes = max(self.peak_bytes or 0, after - before)
        return result

    def summary(self) -> dict[str, Any]:
        """Median seconds a picture, and peak megabytes."""
        peak = None if self.peak_bytes is None else round(self.peak_bytes / 1e6, 1)
        return {"seconds": round(float(np.median(self.seconds)), 4) if self.seconds else None, "megabytes": peak}

    def _start(self) -> int | None:
        if self._cuda:
            torch.cuda.synchronize()
            torch.cuda.reset_peak_memory_stats()
            return torch.cuda.memory_allocated()
        try:
            Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
        except OSError:
            return None
        return _status("VmRSS")


def _status(key: str) -> int | None:
    """Bytes of a line such as `VmRSS: 123 kB` of this process."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith(f"{key}:")]
    return int(found[0]) * 1024 if found else None
