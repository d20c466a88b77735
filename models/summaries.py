"""Per-sample scores -> averages with intervals, by subset, by region, and against another method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .bootstrap import cluster_bootstrap
from .metrics import REGIONS, f1, psnr
from .scoring import PERCEPTUAL

Records = Sequence[dict[str, Any]]
SUBSETS = ("LcLf", "LcSf", "ScLf", "ScSf")


def average(records: Records, value: Callable[[dict[str, Any]], float | None]) -> dict[str, Any]:
    """Means of a score by subset, and the mean of the subsets' means with its interval over scenes.

    Every subset counts alike, as in the paper, however many of its samples there are.

    Returns:
        `subsets` (name -> mean, None without samples), `average`, `interval` ([low, high], or None for
        too few scenes) and `samples`: how many have the score.
    """
    scored = [(record, number) for record in records if (number := value(record)) is not None]
    by_subset = {name: [n for record, n in scored if record["subset"] == name] for name in _subsets(records)}
    means = {name: _mean(numbers) for name, numbers in by_subset.items()}
    there = [mean for mean in means.values() if mean is not None]
    interval = cluster_bootstrap(
        [number for _, number in scored],
        [_scene(record) for record, _ in scored],
        [record["subset"] for record, _ in scored],
    )
    return {"subsets": means, "average": _mean(there), "interval": _ends(interval), "samples": len(scored)}


def summarise(records: Records, reference: Records) -> dict[str, Any]:
    """Everything that tables say about one method.

    Args:
        records: of the method, one a sample.
        reference: of the method it is compared with, for the same samples in the same order.
    """
    found: dict[str, Any] = {name: average(records, _of(name)) for name in ("psnr", "ssim", *PERCEPTUAL)}
    found["pooled_psnr"] = _pooled(records)
    paired = [{**one, "gain": one["psnr"] - two["psnr"]} for one, two in zip(records, reference, strict=True)]
    found["gain"] = average(paired, _of("gain"))
    shares = [record["kept"] for record in records if record["kept"] is not None]
    kept = {name: average(records, _of(f"{name}_kept")) for name in ("psnr", "ssim")}
    found["kept"] = {**kept, "share": _mean(shares)}
    found["regions"] = {name: _region([record["regions"][name] for record in records]) for name in REGIONS}
    found["mask"] = _mask([record["mask"] for record in records if record["mask"] is not None])
    found["unchanged"] = sum(record["unchanged"] for record in records)
    return found


def _pooled(records: Records) -> dict[str, Any]:
    """PSNR of the mean squared error of all samples, which the worst samples govern."""
    errors = [record["mse"] for record in records]
    to_db = np.vectorize(psnr, otypes=[float])
    ends = cluster_bootstrap(errors, [_scene(record) for record in records], after=to_db)
    mean = _mean(errors)
    return {"average": None if mean is None else round(psnr(mean), 6), "interval": _ends(ends)}


def _region(parts: Sequence[dict[str, float]]) -> dict[str, Any]:
    """PSNR and mean absolute error over all pixels of a region in all samples; None without pixels."""
    pixels: NDArray[np.float64] = np.array([part["pixels"] for part in parts], float)
    if pixels.sum() == 0:
        return {"pixels": 0, "psnr": None, "mae": None}
    mse, mae = (float(pixels @ [part[name] for part in parts] / pixels.sum()) for name in ("mse", "mae"))
    return {"pixels": int(pixels.sum()), "psnr": round(psnr(mse), 6), "mae": round(mae, 6)}


def _mask(counts: Sequence[dict[str, int]]) -> dict[str, float] | None:
    """Precision, recall and F1 of all pixels of all samples together."""
    if not counts:
        return None
    tp, fp, fn = (sum(count[name] for count in counts) for name in ("tp", "fp", "fn"))
    return {
        "precision": round(tp / (tp + fp), 6) if tp + fp else 1.0,
        "recall": round(tp / (tp + fn), 6) if tp + fn else 1.0,
        "f1": round(f1(tp, fp, fn), 6),
    }


def _subsets(records: Records) -> list[str]:
    """The four, or the names there are when the data has others."""
    names = {record["subset"] for record in records}
    return list(SUBSETS) if names <= set(SUBSETS) else sorted(names)


def _of(name: str) -> Callable[[dict[str, Any]], float | None]:
    return lambda record: record[name]


def _scene(record: dict[str, Any]) -> str:
    """Names a scene among those of all datasets."""
    return f"{record['dataset']}/{record['scene']}"


def _mean(numbers: Sequence[float]) -> float | None:
    return round(float(np.mean(numbers)), 6) if numbers else None


def _ends(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else [round(end, 6) for end in interval]
