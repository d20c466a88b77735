"""What must be true of every sample of any kind, from its decoded fields alone: pictures, flow, masks and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Set
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewlock.geometry import pixel_grid
from viewlock.renderer.sample import Flow

from .photographs import photo_faults

STEP_PX = 1 / 128
"""The PNG form rounds each component of flow by up to this much."""

_DARK, _BRIGHT = 8, 254
_BURNT_SHARE = 0.5


def general_faults(sample: Mapping[str, Any]) -> Iterator[str]:
    """One line for each thing that is wrong with a decoded sample of any kind, beginning with the field's name."""
    sizes = {name: value.shape[:2] for name, value in _arrays(sample)}
    if len(set(sizes.values())) > 1:
        yield f"sizes differ: {', '.join(f'{name} {w}x{h}' for name, (h, w) in _one_each(sizes).items())}"
        return
    for name, value in sample.items():
        if isinstance(value, Flow):
            yield from _flow_faults(name, value, sample)
        elif name == "meta":
            yield from _meta_faults(value, str(sample["key"]))
        elif name.startswith("depth_"):
            yield from _depth_faults(name, value)
        elif _is_metered_picture(name, value, sample.get("meta")):
            yield from _picture_faults(name, value)
    yield from photo_faults(sample)


def _arrays(sample: Mapping[str, Any]) -> Iterator[tuple[str, NDArray]]:
    for name, value in sample.items():
        if isinstance(value, Flow):
            yield name, value.flow
            yield f"{name} (valid)", value.valid
        elif isinstance(value, np.ndarray):
            yield name, value


def _one_each(sizes: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The first field of each size."""
    first = {size: name for name, size in reversed(sizes.items())}
    return {name: size for size, name in first.items()}


def _is_metered_picture(name: str, value: Any, meta: Any) -> bool:
    """Whether it is a picture with the exposure that suits its scene: a bracket may well be black."""
    if not (isinstance(value, np.ndarray) and value.dtype == np.uint8 and value.ndim == 3):
        return False
    taken = meta.get("degradations", {}) if isinstance(meta, dict) else {}
    return taken.get(name, {}).get("exposure_ev", 0.0) == 0


def _picture_faults(name: str, picture: NDArray[np.uint8]) -> Iterator[str]:
    if np.percentile(picture, 99) < _DARK:
        yield f"{name}: black: 99 % of its values are under {_DARK}"
    elif (picture >= _BRIGHT).all(axis=-1).mean() > _BURNT_SHARE:
        yield f"{name}: burnt out: more than {_BURNT_SHARE:.0%} of its pixels are white"
    elif picture.std() < 1:
        yield f"{name}: flat: its values differ by less than one level"


def _flow_faults(name: str, flow: Flow, sample: Mapping[str, Any]) -> Iterator[str]:
    bad = ~np.isfinite(flow.flow).all(axis=-1) & flow.valid
    if bad.any():
        yield f"{name}: {_first(bad)} valid, but not a number"
        return
    lost = float((~flow.valid).mean())
    stated = sample.get("meta", {}).get("invalid_share", {})
    if isinstance(stated, Mapping) and name in stated and abs(stated[name] - lost) > 1e-5:
        yield f"meta: invalid_share.{name}: expected {lost:.6f} as in the flow, got {stated[name]}"
    hidden = sample.get(name.replace("flow_", "occluded_"))
    if hidden is not None:
        out = left_frame(flow) & ~hidden
        if out.any():
            mask = name.replace("flow_", "occluded_")
            yield f"{mask}: {_first(out)} out of frame in the other picture, but not occluded"


def missing(sample: Mapping[str, Any], required: Set[str]) -> str:
    """What to say when fields are not there; the empty string if all are."""
    names = sorted(required - sample.keys())
    return f"fields missing: {', '.join(names[:5])}{', ...' if len(names) > 5 else ''}" if names else ""


def correlation(one: NDArray, two: NDArray) -> float:
    """Of two rows of values (N,); 0 where one of them does not vary."""
    a, b = one - one.mean(), two - two.mean()
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / size if size > 1e-6 else 0.0


def left_frame(flow: Flow) -> NDArray[np.bool_]:
    """(H, W) valid pixels whose target is surely outside of a picture of the same size."""
    height, width = flow.valid.shape
    x, y = np.moveaxis(grid(flow.valid) + flow.flow, -1, 0)
    slack = 0.5 + 2 * STEP_PX
    with np.errstate(invalid="ignore"):
        return flow.valid & ((x < -slack) | (x > width - 1 + slack) | (y < -slack) | (y > height - 1 + slack))


def grid(like: NDArray) -> NDArray[np.float64]:
    """(H, W, 2) pixel coordinates (x, y) of a picture like this one."""
    height, width = like.shape[:2]
    return pixel_grid(width, height).reshape(height, width, 2)


def _depth_faults(name: str, depth: NDArray[np.float32]) -> Iterator[str]:
    bad = np.isnan(depth) | (depth <= 0)
    if bad.any():
        yield f"{name}: {_first(bad)} not a positive number"


def _first(where: NDArray[np.bool_]) -> str:
    """`17 pixels, first at (x, y):`."""
    y, x = np.argwhere(where)[0]
    return f"{int(where.sum())} pixels, first at ({x}, {y}):"


def _meta_faults(meta: Any, key: str) -> Iterator[str]:
    if not isinstance(meta, dict):
        yield f"meta: expected an object, got {type(meta).__name__}"
        return
    if "scene_id" in meta and f"{meta['scene_id']:06d}" != key.split("-")[0]:
        yield f"meta: scene_id: expected that of the key, got {meta['scene_id']}"
    for place in _not_finite(meta, "meta"):
        yield f"{place}: not a finite number"


def _not_finite(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, float) and not math.isfinite(value):
        yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _not_finite(inner, f"{place}.{key}")
